import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { SessionStore } from "../session/store.ts";
import type { PlanSummary, SaveEnd, Storage } from "./storage.ts";

export type SavedState = "saved" | "saving" | "failed";

/** Keeps the open document in the browser's storage as it changes. */
export interface Autosave {
  /** Writes what is not written yet, now; resolves when it is. */
  flush(): Promise<void>;
  /** The same for a page that is being closed and cannot wait. */
  flushOnClose(): void;
  state(): SavedState;
  subscribe(listener: () => void): () => void;
  /** Says that the document in the session is the stored one at this revision (after loading or mirroring). */
  adopt(document: PlanDocument, revision: number | null): void;
  stop(): void;
}

export interface AutosaveEvents {
  readonly onSaved: (planId: string, revision: number) => void;
  readonly onConflict: (document: PlanDocument) => void;
  readonly onFailed: (end: Extract<SaveEnd, { kind: "failed" }>) => void;
  /** The page is going with this not surely written; the stored plan would get this revision. */
  readonly onClosing: (document: PlanDocument, before: PlanDocument | null, revision: number) => void;
}

const delayMilliseconds = 50;

/**
 * Saves `delayMilliseconds` after the last change, never two writes at once, always the newest document. Stored parts
 * are compared by identity, so only what changed is written.
 */
export function startAutosave(store: SessionStore, storage: Storage, events: AutosaveEvents): Autosave {
  let saved: PlanDocument | null = null;
  let revision: number | null = null;
  let seen = store.state().document;
  /** Revision written for a page that was going. */
  let closing = 0;
  let state: SavedState = "saved";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  function setState(next: SavedState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function writeOnce(): Promise<void> {
    const document = store.state().document;
    if (document === saved || !store.state().writable) {
      if (document === saved) setState("saved");
      return;
    }
    const before = saved?.plan.id === document.plan.id ? saved : null;
    const end = await storage.save(document, before, before === null ? null : revision);
    if (end.kind === "saved") {
      saved = document;
      revision = Math.max(end.revision, closing);
      events.onSaved(document.plan.id, end.revision);
      if (store.state().document !== document) await writeOnce();
      else setState("saved");
    } else if (end.kind === "conflict") {
      events.onConflict(document);
    } else {
      setState("failed");
      events.onFailed(end);
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (writing === null) {
      writing = writeOnce().finally(() => {
        writing = null;
      });
    } else {
      await writing;
      return flush();
    }
    await writing;
  }

  const unsubscribe = store.subscribe(() => {
    const { document, writable } = store.state();
    // Only a changed document is a reason to save: after a failure the next change tries again, not the next message.
    if (document === seen) return;
    seen = document;
    if (document === saved || !writable) return;
    setState("saving");
    clearTimeout(timer);
    timer = setTimeout(() => whenIdle(() => void flush()), delayMilliseconds);
  });

  function flushOnClose(): void {
    const { document, writable } = store.state();
    if (document === saved || !writable) return;
    clearTimeout(timer);
    const before = saved?.plan.id === document.plan.id ? saved : null;
    // A write that is under way may end without this one: the revisions tell which the browser kept.
    const under = (before === null ? 0 : (revision ?? 0)) + (writing === null ? 0 : 1);
    events.onClosing(document, before, under + 1);
    const next = storage.saveOnClose(document, before, under);
    // If the page lives on, saving goes on from here.
    closing = next;
    if (writing === null) {
      saved = document;
      revision = next;
      setState("saved");
    }
  }

  return {
    flush,
    flushOnClose,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    adopt(document, storedRevision) {
      closing = 0;
      saved = storedRevision === null ? null : document;
      revision = storedRevision;
      setState(storedRevision === null ? "saving" : "saved");
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/** A large roster takes some milliseconds to hand over: not between an edit and its frame, nor in the middle of scrolling. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 500 });
  else work();
}

/** `Plan (2)`, `Plan (3)` … : a name no stored plan has. */
export function freeName(name: string, taken: readonly PlanSummary[]): string {
  const names = new Set(taken.map((plan) => plan.name));
  if (!names.has(name)) return name;
  const bare = name.replace(/ \(\d+\)$/, "");
  for (let count = 2; ; count++) {
    const candidate = `${bare} (${count})`;
    if (!names.has(candidate)) return candidate;
  }
}
