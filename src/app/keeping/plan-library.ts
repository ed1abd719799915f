import { withAgentCodes } from "../../domain/plan/agent-codes.ts";
import { noResults } from "../../domain/plan/no-results.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import { filesWorker, readPlans } from "../running/files-client.ts";
import type { SessionStore } from "../session/store.ts";
import { freeName, type SavedState } from "./autosave.ts";
import { createKeptLists, type KeptLists } from "./kept-lists.ts";
import { eraseKept, type KeptPlace, keptPlaces, onErasedElsewhere } from "./kept-places.ts";
import { keepOpenPlan, notify, type OpenPlan, renamed, withFreshId } from "./open-plan.ts";
import type { PlanSummary, Snapshot, Storage } from "./storage.ts";
import { type CheckDocument, loadStored } from "./stored-plan.ts";

export type AskPassphrase = (fileName: string, wrong: boolean) => Promise<string | null>;

/** What a file is to hold, and behind what. */
export interface FileTerms {
  /** Without what stages made, which can be made again. */
  readonly withoutResults?: boolean;
  /** Codes in place of people's names and ids. */
  readonly coded?: boolean;
  /** null or absent: anybody who has the file can read it. */
  readonly passphrase?: string | null;
}

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
  /**
   * Opens the plans of a plan file or backup, each as a plan of its own; says what was wrong with it. One behind a
   * passphrase is opened once `askPassphrase`'s answer fits.
   */
  openFile(file: Blob, fileName: string): Promise<boolean>;
  /** Opens as much as holds together of the file that could not be opened last. */
  repairFile(): Promise<void>;
  /** A kept plan as a file, whether it can be opened or not; null: it is gone. */
  keptFile(id: string): Promise<Blob | null>;
  /** How a person is asked for a passphrase: answers null where they leave it. `wrong`: the last one did not fit. */
  askPassphrase(ask: AskPassphrase): void;
  /** The open plan as a file, and every kept plan as one. */
  planFile(terms?: FileTerms): Promise<Blob>;
  backupFile(terms?: FileTerms): Promise<Blob>;
  /** What this browser keeps of the program, and erasing all of it: the page has to be loaded again then. */
  keptPlaces(): Promise<readonly KeptPlace[]>;
  erase(): Promise<void>;
  /** Makes this the tab that edits. */
  takeOver(): Promise<void>;
  flush(): Promise<void>;
  /** The store was lost: writes the open plan anew. */
  rewrite(): Promise<void>;
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
  const lists = createKeptLists(store, storage);
  const openPlan = keepOpenPlan(store, storage, revision, lists);

  onErasedElsewhere({
    onBegin() {
      openPlan.stop();
      storage?.close();
    },
    onEnd: () => window.location.reload(),
  });

  async function openAsNew(document: PlanDocument): Promise<void> {
    await openPlan.flush();
    await lists.refresh();
    const taken = lists.plans().some((plan) => plan.id === document.plan.id);
    const own = taken ? withFreshId(document) : document;
    await openPlan.replace(renamed(own, freeName(document.plan.name, lists.plans())), null);
  }

  return {
    plans: lists.plans,
    snapshots: lists.snapshots,
    subscribe: lists.subscribe,
    savedState: openPlan.savedState,
    takeOver: openPlan.takeOver,
    flush: openPlan.flush,
    rewrite: openPlan.rewrite,
    flushOnClose: openPlan.flushOnClose,
    async open(id) {
      if (storage === null || id === store.state().document.plan.id) return;
      const stored = await loadStored(storage, id, check);
      if (stored !== null && stored.document !== null)
        await openPlan.replace(stored.document, stored.revision);
      else notifyUnreadable(store, lists.nameOf(id));
    },
    openAsNew,
    keptPlaces: () => keptPlaces(storage),
    async erase() {
      openPlan.stop();
      await eraseKept(storage);
    },
    async startNew(name) {
      const { plan } = store.state().document;
      const blank = withFreshId({ plan, history: null, results: noResults });
      await openAsNew({ ...blank, plan: { ...blank.plan, name, scenarios: [] } });
    },
    async duplicate() {
      await openAsNew(withFreshId(store.state().document));
    },
    ...removal(store, storage, check, lists, openPlan),
    ...snapshotCommands(store, storage, check, lists, openPlan),
    ...fileCommands(store, storage, openPlan, openAsNew),
  };
}

function notifyUnreadable(store: SessionStore, plan: string): void {
  notify(store, "unreadable", "storage.unreadablePlan", "error", { values: { plan } });
}

function removal(
  store: SessionStore,
  storage: Storage | null,
  check: CheckDocument,
  lists: KeptLists,
  openPlan: OpenPlan,
): Pick<PlanLibrary, "remove" | "undoRemove"> {
  let removed: PlanDocument | null = null;
  return {
    async remove(id) {
      if (storage === null) return;
      await openPlan.flush();
      const stored = await storage.load(id);
      if (stored === null) return;
      if (id === store.state().document.plan.id) {
        const other = lists.plans().find((plan) => plan.id !== id);
        const next = other === undefined ? null : await loadStored(storage, other.id, check);
        if (next === null || next.document === null) return;
        await openPlan.replace(next.document, next.revision);
      }
      removed = stored.document;
      await storage.remove(id);
      // Where the store was full there is room now.
      await openPlan.flush();
      await lists.refresh();
      const values = { plan: stored.document.plan.name };
      notify(store, "removed", "plan.removed", "info", { action: "undo", values });
    },
    async undoRemove() {
      if (removed === null) return;
      const document = removed;
      removed = null;
      await openPlan.replace(document, null);
    },
  };
}

function snapshotCommands(
  store: SessionStore,
  storage: Storage | null,
  check: CheckDocument,
  lists: KeptLists,
  openPlan: OpenPlan,
): Pick<PlanLibrary, "addSnapshot" | "restoreSnapshot" | "removeSnapshot"> {
  return {
    async addSnapshot(label) {
      try {
        await storage?.addSnapshot(store.state().document, label);
      } catch {
        notify(store, "storage", "storage.quota", "error", { action: "backup" });
      }
      await lists.refresh();
    },
    async restoreSnapshot(id) {
      const stored = await storage?.snapshotDocument(id);
      if (!stored) return;
      const outcome = await check(stored);
      if (outcome.ok) store.editDocument("frame:edit.restore", () => outcome.value);
      else notifyUnreadable(store, stored.plan.name);
    },
    async removeSnapshot(id) {
      await storage?.removeSnapshot(id);
      await openPlan.flush();
      await lists.refresh();
    },
  };
}

function fileCommands(
  store: SessionStore,
  storage: Storage | null,
  openPlan: OpenPlan,
  openAsNew: PlanLibrary["openAsNew"],
): Pick<PlanLibrary, "openFile" | "repairFile" | "keptFile" | "askPassphrase" | "planFile" | "backupFile"> {
  let ask: AskPassphrase = async () => null;
  let unopened: { readonly file: Blob; readonly fileName: string } | null = null;

  /** Asks until the passphrase fits, or nobody has one. */
  async function unlockedPlans(
    file: Blob,
    fileName: string,
    isRepaired: boolean,
  ): ReturnType<typeof readPlans> {
    let outcome = await readPlans(file, null, isRepaired);
    const has = (code: string) => outcome.issues.some((issue) => issue.code === code);
    while (!outcome.ok && (has("planFile.locked") || has("planFile.wrongPassphrase"))) {
      const passphrase = await ask(fileName, has("planFile.wrongPassphrase"));
      if (passphrase === null) return outcome;
      outcome = await readPlans(file, passphrase, isRepaired);
    }
    return outcome;
  }

  async function openPlans(file: Blob, fileName: string, isRepaired: boolean): Promise<boolean> {
    store.dispatch({ type: "dismiss", id: "file" });
    const outcome = await unlockedPlans(file, fileName, isRepaired);
    unopened = outcome.ok ? null : { file, fileName };
    const [worst] = outcome.issues;
    if (worst !== undefined) {
      const issue = { ...worst, table: fileName, values: { ...worst.values, file: fileName } };
      const action = !outcome.ok && !isRepaired && isRepairable(worst.code) ? "repair" : undefined;
      store.dispatch({ type: "notice", notice: { id: "file", issue, action } });
    }
    if (!outcome.ok) return false;
    for (const document of [...outcome.value].reverse()) await openAsNew(document);
    return true;
  }

  return {
    askPassphrase(asking) {
      ask = asking;
    },
    openFile: (file, fileName) => openPlans(file, fileName, false),
    async repairFile() {
      if (unopened !== null) await openPlans(unopened.file, unopened.fileName, true);
    },
    async keptFile(id) {
      const stored = await storage?.load(id);
      return stored ? filesWorker.call((worker) => worker.planFile(stored.document, null)) : null;
    },
    planFile(terms = {}) {
      const saved = onTerms(store.state().document, terms);
      return filesWorker.call((worker) => worker.planFile(saved, terms.passphrase ?? null));
    },
    async backupFile(terms = {}) {
      await openPlan.flush();
      const stored = await Promise.all(((await storage?.list()) ?? []).map((plan) => storage?.load(plan.id)));
      const documents = stored.flatMap((entry) => (entry ? [entry.document] : []));
      const kept = documents.length > 0 ? documents : [store.state().document];
      const saved = kept.map((document) => onTerms(document, terms));
      return filesWorker.call((worker) => worker.backupFile(saved, terms.passphrase ?? null));
    },
  };
}

function onTerms(document: PlanDocument, { withoutResults, coded }: FileTerms): PlanDocument {
  const whole = withoutResults ? { ...document, results: noResults } : document;
  return coded ? withAgentCodes(whole) : whole;
}

/** Whether a plan file is whole, and only something in it is wrong. */
function isRepairable(code: string): boolean {
  return /^planFile\.(wrongField|repeated|unknownName|endlessTransfers|dateOutOfRange|noIntervals)/.test(
    code,
  );
}
