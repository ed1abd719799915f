import type { Issue } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import { newPlanId } from "../session/plan-id.ts";
import type { NoticeAction } from "../session/session.ts";
import type { SessionStore } from "../session/store.ts";
import { type Autosave, freeName, type SavedState, startAutosave } from "./autosave.ts";
import type { KeptLists } from "./kept-lists.ts";
import type { Storage } from "./storage.ts";
import { holdPlan, type TabLock } from "./tab-lock.ts";
import { forgetUnsaved, keepUnsaved } from "./unsaved.ts";

/** The open plan's keeping: autosave, the lock among tabs, and a copy aside where another tab wrote first. */
export interface OpenPlan {
  savedState(): SavedState;
  /** Makes a document the open one, after what was open is safe. `revision` null: it is not stored yet. */
  replace(document: PlanDocument, revision: number | null): Promise<void>;
  /** Makes this the tab that edits. */
  takeOver(): Promise<void>;
  flush(): Promise<void>;
  flushOnClose(): void;
  /** The store was lost: everything is written anew, where this tab is the one that writes. */
  rewrite(): Promise<void>;
  /** Writes nothing any more. */
  stop(): void;
}

/**
 * Keeps the document the session was opened with, and whatever replaces it.
 * @param revision the stored one of that document, null when it is not stored yet
 */
export function keepOpenPlan(
  store: SessionStore,
  storage: Storage | null,
  revision: number | null,
  lists: KeptLists,
): OpenPlan {
  const opened = store.state().document;
  let lock: TabLock | null = null;
  let isMirroring = false;
  let isCopying = false;

  const autosave: Autosave | null =
    storage === null
      ? null
      : startAutosave(store, storage, {
          onSaved(planId, saved, again) {
            lock?.announce(saved);
            forgetUnsaved(planId);
            store.dispatch({ type: "dismiss", id: "storage" });
            if (again) {
              const values = { plan: store.state().document.plan.name };
              notify(store, "emptied", "storage.emptied", "warning", { action: "backup", values });
              void lists.refresh();
            }
            if (lists.nameOf(planId) !== store.state().document.plan.name) void lists.refresh();
          },
          onConflict: (document) => void copyAside(document),
          onFailed: ({ reason }) =>
            notify(store, "storage", `storage.${reason}`, "error", { action: "backup" }),
          // The sample plan can be had again: what a first visit changed in it is little.
          onClosing: (document, before, next) =>
            keepUnsaved(document, before ?? (opened.plan.id === document.plan.id ? opened : null), next),
        });
  autosave?.subscribe(lists.announce);

  /** Another tab wrote the same plan without a lock: what this tab has becomes a plan of its own. */
  async function copyAside(document: PlanDocument): Promise<void> {
    if (isCopying) return;
    isCopying = true;
    await lists.refresh();
    const copy = renamed(withFreshId(document), freeName(document.plan.name, lists.plans()));
    await show(copy, null);
    isCopying = false;
    notify(store, "conflict", "storage.conflict", "warning", { values: { plan: copy.plan.name } });
  }

  function watch(planId: string): void {
    lock?.release();
    isMirroring = false;
    store.dispatch({ type: "writable", writable: true });
    if (storage === null) return;
    lock = holdPlan(planId, {
      onHolder: (holds) => (holds ? void write() : mirror()),
      onSavedElsewhere: () => {
        if (isMirroring) void reload();
      },
      onAsked: async () => autosave?.flush(),
    });
  }

  /** This tab is the one that edits, from what another left. */
  async function write(): Promise<void> {
    const wasMirroring = isMirroring;
    isMirroring = false;
    store.dispatch({ type: "dismiss", id: "otherTab" });
    if (wasMirroring) await reload();
    store.dispatch({ type: "writable", writable: true });
  }

  /** Another tab edits; this one shows what it saves. */
  function mirror(): void {
    isMirroring = true;
    store.dispatch({ type: "writable", writable: false });
    notify(store, "otherTab", "plan.openElsewhere", "warning", { action: "workHere" });
  }

  /** The stored state of the open plan, as another tab left it. */
  async function reload(): Promise<void> {
    const stored = await storage?.load(store.state().document.plan.id);
    if (!stored) return;
    autosave?.adopt(stored.document, stored.revision);
    store.dispatch({ type: "mirror", document: stored.document });
  }

  async function show(document: PlanDocument, storedRevision: number | null): Promise<void> {
    autosave?.adopt(document, storedRevision);
    store.dispatch({ type: "open", document });
    watch(document.plan.id);
    await storage?.setLastOpen(document.plan.id).catch(() => undefined);
    await autosave?.flush();
    await lists.refresh();
  }

  autosave?.adopt(opened, revision);
  watch(opened.plan.id);
  void storage?.setLastOpen(opened.plan.id).catch(() => undefined);
  void autosave?.flush().then(lists.refresh);
  return {
    savedState: () => autosave?.state() ?? "failed",
    async replace(document, storedRevision) {
      await autosave?.flush();
      await show(document, storedRevision);
    },
    takeOver: async () => lock?.takeOver(),
    flush: async () => autosave?.flush(),
    flushOnClose: () => autosave?.flushOnClose(),
    async rewrite() {
      if (!isMirroring) await autosave?.rewrite();
    },
    stop() {
      autosave?.stop();
      lock?.release();
    },
  };
}

/** A notice about keeping plans; a later one with the same id takes its place. */
export function notify(
  store: SessionStore,
  id: string,
  code: string,
  severity: Issue["severity"],
  more: { readonly action?: NoticeAction; readonly values?: Issue["values"] } = {},
): void {
  const { action, values } = more;
  store.dispatch({ type: "notice", notice: { id, issue: { code, severity, values }, action } });
}

export function withFreshId(document: PlanDocument): PlanDocument {
  return { ...document, plan: { ...document.plan, id: newPlanId() } };
}

export function renamed(document: PlanDocument, name: string): PlanDocument {
  return name === document.plan.name ? document : { ...document, plan: { ...document.plan, name } };
}
