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
  /** Writes everything, now: the store was lost. */
  rewrite(): Promise<void>;
  state(): SavedState;
  subscribe(listener: () => void): () => void;
  /** Says that the document in the session is the stored one at this revision (after loading or mirroring). */
  adopt(document: PlanDocument, revision: number | null): void;
  stop(): void;
}

export interface AutosaveEvents {
  /** `again`: the stored plan had gone, and was written anew. */
  readonly onSaved: (planId: string, revision: number, again: boolean) => void;
  readonly onConflict: (document: PlanDocument) => void;
  readonly onFailed: (end: Extract<SaveEnd, { kind: "failed" }>) => void;
  /** The page is going with this not surely written; the stored plan would get this revision. */
  readonly onClosing: (document: PlanDocument, before: PlanDocument | null, revision: number) => void;
}

const delayMilliseconds = 50;

/**
 * Saves `delayMilliseconds` after the last change, never two writes at once, always the newest document. Stored parts
 * are compared by identity, so only what changed is written. The state is "saved" only when the disk has what the screen
 * shows: never ahead of it.
 */
export function startAutosave(store: SessionStore, storage: Storage, events: AutosaveEvents): Autosave {
  let saved: PlanDocument | null = null;
  let revision: number | null = null;
  let seen = store.state().document;
  /** Revision written for a page that was going, and its write until it has ended. */
  let closing = 0;
  let handedOver: Promise<void> | null = null;
  /** That write came on top of another: what is stored is no longer known, and the next save is of everything. */
  let overlapped = false;
  let stopped = false;
  let state: SavedState = "saved";
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | null = null;
  /** A save has been handed to the browser and has not ended. */
  let isSaving = false;
  const listeners = new Set<() => void>();

  function setState(next: SavedState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function writeOnce(): Promise<void> {
    if (handedOver !== null) await handedOver;
    const document = store.state().document;
    if (document === saved || !store.state().writable || stopped) {
      if (document === saved) setState("saved");
      return;
    }
    const before = saved?.plan.id === document.plan.id ? saved : null;
    isSaving = true;
    const end = await storage.save(document, before, revision);
    isSaving = false;
    if (overlapped) {
      overlapped = false;
      saved = null;
    } else if (end.kind === "saved") saved = document;
    if (end.kind === "saved") {
      revision = Math.max(end.revision, closing);
      events.onSaved(document.plan.id, end.revision, end.again ?? false);
      if (store.state().document !== saved) await writeOnce();
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
    if (document === saved || !writable || stopped) return;
    clearTimeout(timer);
    const before = saved?.plan.id === document.plan.id ? saved : null;
    // A write that is under way may end without this one: the revisions tell which the browser kept.
    const under = (revision ?? 0) + (isSaving ? 1 : 0);
    events.onClosing(document, before, under + 1);
    const { revision: next, written } = storage.saveOnClose(document, before, under, isSaving);
    // If the page lives on, saving goes on from here.
    closing = next;
    if (isSaving) {
      overlapped = true;
      return;
    }
    saved = document;
    const former = revision;
    revision = next;
    // Not "saved" before it is: the page may have been hidden only.
    handedOver = written.then((ok) => {
      handedOver = null;
      if (saved !== document) return;
      if (ok) {
        if (store.state().document === document) setState("saved");
        return;
      }
      saved = before;
      revision = former;
      closing = 0;
      setState("failed");
    });
  }

  function rewrite(): Promise<void> {
    saved = null;
    overlapped = isSaving;
    setState("saving");
    return flush();
  }

  return {
    flush,
    flushOnClose,
    rewrite,
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
      stopped = true;
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
