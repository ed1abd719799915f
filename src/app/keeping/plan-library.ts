import type { Issue } from "../../domain/outcome.ts";
import { noResults } from "../../domain/plan/no-results.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import { filesWorker, readPlans } from "../running/files-client.ts";
import type { NoticeAction } from "../session/session.ts";
import type { SessionStore } from "../session/store.ts";
import { type Autosave, freeName, type SavedState, startAutosave } from "./autosave.ts";
import type { PlanSummary, Snapshot, Storage } from "./storage.ts";
import { type CheckDocument, loadStored } from "./stored-plan.ts";
import { holdPlan, type TabLock } from "./tab-lock.ts";
import { forgetUnsaved, keepUnsaved } from "./unsaved.ts";

/** The plans kept in this browser, and the open one's keeping: autosave, other tabs, copies, snapshots. */
export interface PlanLibrary {
  plans(): readonly PlanSummary[];
  snapshots(): readonly Snapshot[];
  savedState(): SavedState;
  /** Calls back when any of the three above has changed. */
  subscribe(listener: () => void): () => void;
  open(id: string): Promise<void>;
  /** Keeps a document (from a file, a duplicate, a backup) as a plan of its own and opens it. */
  openAsNew(document: PlanDocument): Promise<void>;
  /** A plan with the open one's queues, rules and people, but no history and no results. */
  startNew(name: string): Promise<void>;
  duplicate(): Promise<void>;
  /** Deletes a stored plan; `undoRemove` brings the last one back. */
  remove(id: string): Promise<void>;
  undoRemove(): Promise<void>;
  addSnapshot(label: string): Promise<void>;
  restoreSnapshot(id: string): Promise<void>;
  removeSnapshot(id: string): Promise<void>;
  /** Opens the plans of a plan file or backup, each as a plan of its own; says what was wrong with it. */
  openFile(file: Blob, fileName: string): Promise<boolean>;
  /** The open plan as a file, with what its stages made or without, and every kept plan as one. */
  planFile(withResults: boolean): Promise<Blob>;
  backupFile(): Promise<Blob>;
  /** Makes this the tab that edits. */
  takeOver(): Promise<void>;
  flush(): Promise<void>;
  /** Hands what is not kept yet to the browser at once: the page is going. */
  flushOnClose(): void;
}

/**
 * Keeps `store`'s document in `storage` (null: this browser keeps nothing; the session then lives in memory and says
 * so). `revision` is the stored one of the document the store was opened with, null when it is not stored yet.
 */
export function createPlanLibrary(
  store: SessionStore,
  storage: Storage | null,
  revision: number | null,
  check: CheckDocument,
): PlanLibrary {
  const opened = store.state().document;
  let plans: readonly PlanSummary[] = [];
  let snapshots: readonly Snapshot[] = [];
  let removed: PlanDocument | null = null;
  let lock: TabLock | null = null;
  let mirroring = false;
  let copying = false;
  const listeners = new Set<() => void>();

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function say(
    id: string,
    code: string,
    severity: Issue["severity"],
    action?: NoticeAction,
    values?: Issue["values"],
  ) {
    store.dispatch({ type: "notice", notice: { id, issue: { code, severity, values }, action } });
  }

  function nameOf(id: string): string {
    return plans.find((plan) => plan.id === id)?.name ?? "";
  }

  async function refresh(): Promise<void> {
    if (storage === null) return;
    try {
      plans = await storage.list();
      snapshots = await storage.snapshots(store.state().document.plan.id);
      changed();
    } catch {
      // The list is a convenience; saving reports what is wrong with the storage.
    }
  }

  const autosave: Autosave | null =
    storage === null
      ? null
      : startAutosave(store, storage, {
          onSaved(planId, saved) {
            lock?.announce(saved);
            forgetUnsaved(planId);
            store.dispatch({ type: "dismiss", id: "storage" });
            if (plans.find((plan) => plan.id === planId)?.name !== store.state().document.plan.name)
              void refresh();
          },
          onConflict(document) {
            void copyAside(document);
          },
          onFailed: ({ reason }) => say("storage", `storage.${reason}`, "error", "backup"),
          // The sample plan can be had again: what a first visit changed in it is little.
          onClosing: (document, before, next) =>
            keepUnsaved(document, before ?? (opened.plan.id === document.plan.id ? opened : null), next),
        });
  autosave?.subscribe(changed);

  /** Another tab wrote the same plan without a lock: what this tab has becomes a plan of its own. */
  async function copyAside(document: PlanDocument): Promise<void> {
    if (copying) return;
    copying = true;
    await refresh();
    const copy = renamed(withFreshId(document), freeName(document.plan.name, plans));
    await show(copy, null);
    copying = false;
    say("conflict", "storage.conflict", "warning", undefined, { plan: copy.plan.name });
  }

  function watch(planId: string): void {
    lock?.release();
    mirroring = false;
    store.dispatch({ type: "writable", writable: true });
    if (storage === null) return;
    lock = holdPlan(planId, {
      onHolder(holds) {
        if (holds) {
          const wasMirroring = mirroring;
          mirroring = false;
          store.dispatch({ type: "dismiss", id: "otherTab" });
          void (wasMirroring ? reload() : Promise.resolve()).then(() =>
            store.dispatch({ type: "writable", writable: true }),
          );
        } else {
          mirroring = true;
          store.dispatch({ type: "writable", writable: false });
          say("otherTab", "plan.openElsewhere", "warning", "workHere");
        }
      },
      onSavedElsewhere: () => {
        if (mirroring) void reload();
      },
      onAsked: async () => autosave?.flush(),
    });
  }

  /** The stored state of the open plan, as another tab left it. */
  async function reload(): Promise<void> {
    const stored = await storage?.load(store.state().document.plan.id);
    if (!stored) return;
    autosave?.adopt(stored.document, stored.revision);
    store.dispatch({ type: "mirror", document: stored.document });
  }

  /** Makes a document the open one, after what was open is safe. */
  async function replace(document: PlanDocument, storedRevision: number | null): Promise<void> {
    await autosave?.flush();
    await show(document, storedRevision);
  }

  async function show(document: PlanDocument, storedRevision: number | null): Promise<void> {
    autosave?.adopt(document, storedRevision);
    store.dispatch({ type: "open", document });
    watch(document.plan.id);
    await storage?.setLastOpen(document.plan.id).catch(() => undefined);
    await autosave?.flush();
    await refresh();
  }

  async function openAsNew(document: PlanDocument): Promise<void> {
    await autosave?.flush();
    await refresh();
    const taken = plans.some((plan) => plan.id === document.plan.id);
    const own = taken ? withFreshId(document) : document;
    await replace(renamed(own, freeName(document.plan.name, plans)), null);
  }

  autosave?.adopt(store.state().document, revision);
  watch(store.state().document.plan.id);
  void storage?.setLastOpen(store.state().document.plan.id).catch(() => undefined);
  void autosave?.flush().then(refresh);

  return {
    plans: () => plans,
    snapshots: () => snapshots,
    savedState: () => autosave?.state() ?? "failed",
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(id) {
      if (id === store.state().document.plan.id) return;
      const stored = storage === null ? null : await loadStored(storage, id, check);
      if (stored !== null && stored.document !== null) await replace(stored.document, stored.revision);
      else if (storage !== null)
        say("unreadable", "storage.unreadablePlan", "error", undefined, { plan: nameOf(id) });
    },
    openAsNew,
    async startNew(name) {
      const { plan } = store.state().document;
      await openAsNew({
        plan: { ...withFreshId({ plan, history: null, results: noResults }).plan, name, scenarios: [] },
        history: null,
        results: noResults,
      });
    },
    async duplicate() {
      await openAsNew(withFreshId(store.state().document));
    },
    async remove(id) {
      if (storage === null) return;
      await autosave?.flush();
      const stored = await storage.load(id);
      if (stored === null) return;
      if (id === store.state().document.plan.id) {
        const other = plans.find((plan) => plan.id !== id);
        const next = other === undefined ? null : await loadStored(storage, other.id, check);
        if (next === null || next.document === null) return;
        await replace(next.document, next.revision);
      }
      removed = stored.document;
      await storage.remove(id);
      await refresh();
      say("removed", "plan.removed", "info", "undo", { plan: stored.document.plan.name });
    },
    async undoRemove() {
      if (removed === null) return;
      const document = removed;
      removed = null;
      await replace(document, null);
    },
    async addSnapshot(label) {
      try {
        await storage?.addSnapshot(store.state().document, label);
      } catch {
        say("storage", "storage.quota", "error", "backup");
      }
      await refresh();
    },
    async restoreSnapshot(id) {
      const stored = await storage?.snapshotDocument(id);
      if (!stored) return;
      const outcome = await check(stored);
      if (outcome.ok) store.editDocument("frame:edit.restore", () => outcome.value);
      else say("unreadable", "storage.unreadablePlan", "error", undefined, { plan: stored.plan.name });
    },
    async removeSnapshot(id) {
      await storage?.removeSnapshot(id);
      await refresh();
    },
    async openFile(file, fileName) {
      store.dispatch({ type: "dismiss", id: "file" });
      const outcome = await readPlans(file);
      const [worst] = outcome.issues;
      if (worst !== undefined) {
        const issue = { ...worst, table: fileName, values: { ...worst.values, file: fileName } };
        store.dispatch({ type: "notice", notice: { id: "file", issue } });
      }
      if (!outcome.ok) return false;
      for (const document of [...outcome.value].reverse()) await openAsNew(document);
      return true;
    },
    planFile(withResults) {
      const { document } = store.state();
      const saved = withResults ? document : { ...document, results: noResults };
      return filesWorker.call((worker) => worker.planFile(saved));
    },
    async backupFile() {
      await autosave?.flush();
      const stored = await Promise.all(((await storage?.list()) ?? []).map((plan) => storage?.load(plan.id)));
      const documents = stored.flatMap((entry) => (entry ? [entry.document] : []));
      return filesWorker.call((worker) =>
        worker.backupFile(documents.length > 0 ? documents : [store.state().document]),
      );
    },
    takeOver: async () => lock?.takeOver(),
    flush: async () => autosave?.flush(),
    flushOnClose: () => autosave?.flushOnClose(),
  };
}

export function withFreshId(document: PlanDocument): PlanDocument {
  return { ...document, plan: { ...document.plan, id: crypto.randomUUID() } };
}

function renamed(document: PlanDocument, name: string): PlanDocument {
  return name === document.plan.name ? document : { ...document, plan: { ...document.plan, name } };
}
