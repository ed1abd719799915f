import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { PlanDocument, StageName } from "../../domain/plan/plan.ts";
import { stageOrder } from "../../stages/chain.ts";

/** A stored plan without its contents. */
export interface PlanSummary {
  readonly id: string;
  readonly name: string;
  /** ISO instant of the last save. */
  readonly changedAt: string;
  /** Grows by one with each save: two tabs that write the same plan notice each other by it. */
  readonly revision: number;
}

/** A copy of a plan kept under a name, to go back to. */
export interface Snapshot {
  readonly id: string;
  readonly planId: string;
  readonly label: string;
  readonly madeAt: string;
}

/** The pieces a document is stored in, so that an edit of the plan does not write the history again. */
type PartName = "plan" | "history" | "past" | "published" | StageName;
const partNames: readonly PartName[] = ["plan", "history", "past", "published", ...stageOrder];

interface Layout extends DBSchema {
  plans: { key: string; value: PlanSummary };
  parts: { key: [string, PartName]; value: unknown };
  settings: { key: string; value: unknown };
  snapshots: {
    key: string;
    value: Snapshot & { readonly document: PlanDocument };
    indexes: { byPlan: string };
  };
}

export const storageVersion = 2;

export type SaveEnd =
  | { readonly kind: "saved"; readonly revision: number }
  /** Somebody else has saved since `revision`: nothing was written. */
  | { readonly kind: "conflict" }
  | { readonly kind: "failed"; readonly reason: "quota" | "unavailable"; readonly message: string };

/** Plans kept in this browser. Every function may reject when the browser keeps nothing (private mode, no space). */
export interface Storage {
  list(): Promise<readonly PlanSummary[]>;
  load(id: string): Promise<{ readonly document: PlanDocument; readonly revision: number } | null>;
  /**
   * Writes the parts that differ from `before` (null: all). `revision` is the one this document was loaded or saved
   * with last, null for a new plan. Never rejects.
   */
  save(document: PlanDocument, before: PlanDocument | null, revision: number | null): Promise<SaveEnd>;
  /**
   * The same in one breath, for a page that is being closed: every write is handed to the browser before this
   * returns, without asking first whether somebody else has saved. Answers the new revision.
   */
  saveOnClose(document: PlanDocument, before: PlanDocument | null, revision: number): number;
  remove(id: string): Promise<void>;
  lastOpen(): Promise<string | null>;
  setLastOpen(id: string): Promise<void>;
  snapshots(planId: string): Promise<readonly Snapshot[]>;
  addSnapshot(document: PlanDocument, label: string): Promise<void>;
  snapshotDocument(id: string): Promise<PlanDocument | null>;
  removeSnapshot(id: string): Promise<void>;
  close(): void;
}

/**
 * Opens the database, making or migrating it step by step. `onOutdated` is called when a newer version of the program
 * in another tab needs this one to let go.
 */
export async function openStorage(name = "shiftwright", onOutdated?: () => void): Promise<Storage> {
  const database = await openDB<Layout>(name, storageVersion, {
    upgrade(db, oldVersion) {
      // Each step takes the layout from one version to the next; a fresh store walks through all of them.
      if (oldVersion < 1) {
        db.createObjectStore("plans", { keyPath: "id" });
        db.createObjectStore("parts");
        db.createObjectStore("settings");
      }
      if (oldVersion < 2) {
        db.createObjectStore("snapshots", { keyPath: "id" }).createIndex("byPlan", "planId");
      }
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      onOutdated?.();
    },
  });
  return storageOn(database);
}

function storageOn(database: IDBPDatabase<Layout>): Storage {
  return {
    async list() {
      const plans = await database.getAll("plans");
      return plans.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
    },
    async load(id) {
      const transaction = database.transaction(["plans", "parts"]);
      const summary = await transaction.objectStore("plans").get(id);
      if (summary === undefined) return null;
      const store = transaction.objectStore("parts");
      const parts = await Promise.all(partNames.map((part) => store.get([id, part])));
      const [plan, history, past, published, ...made] = parts;
      if (plan === undefined) return null;
      const results = Object.fromEntries(stageOrder.map((stage, at) => [stage, made[at] ?? null]));
      const document = {
        plan,
        history: history ?? null,
        results,
        ...(past !== undefined && { past }),
        ...(published !== undefined && { published }),
      } as unknown as PlanDocument;
      return { document, revision: summary.revision };
    },
    async save(document, before, revision) {
      const { id } = document.plan;
      try {
        const transaction = database.transaction(["plans", "parts"], "readwrite");
        const plans = transaction.objectStore("plans");
        const stored = await plans.get(id);
        if ((stored?.revision ?? null) !== revision && stored !== undefined) {
          transaction.abort();
          await transaction.done.catch(() => undefined);
          return { kind: "conflict" };
        }
        const next = (revision ?? 0) + 1;
        const writes = write(transaction, document, stored === undefined ? null : before, next);
        await Promise.all([...writes, transaction.done]);
        return { kind: "saved", revision: next };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
        return { kind: "failed", reason: name === "QuotaExceededError" ? "quota" : "unavailable", message };
      }
    },
    saveOnClose(document, before, revision) {
      const next = revision + 1;
      try {
        const transaction = database.transaction(["plans", "parts"], "readwrite");
        // Nobody will be there to hear how it ended.
        for (const end of [...write(transaction, document, before, next), transaction.done])
          end.catch(() => {});
        transaction.commit();
      } catch {
        // The database has gone or takes nothing; what `keepUnsaved` holds is read next time.
      }
      return next;
    },
    async remove(id) {
      const transaction = database.transaction(["plans", "parts", "snapshots"], "readwrite");
      const snapshots = transaction.objectStore("snapshots");
      const keys = await snapshots.index("byPlan").getAllKeys(id);
      await Promise.all([
        transaction.objectStore("plans").delete(id),
        transaction.objectStore("parts").delete(IDBKeyRange.bound([id], [id, []])),
        ...keys.map((key) => snapshots.delete(key)),
        transaction.done,
      ]);
    },
    async lastOpen() {
      const id = await database.get("settings", "lastOpen");
      return typeof id === "string" ? id : null;
    },
    async setLastOpen(id) {
      await database.put("settings", id, "lastOpen");
    },
    async snapshots(planId) {
      const all = await database.getAllFromIndex("snapshots", "byPlan", planId);
      return all
        .map(({ document: _, ...summary }) => summary)
        .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
    },
    async addSnapshot(document, label) {
      const madeAt = new Date().toISOString();
      const planId = document.plan.id;
      await database.put("snapshots", { id: `${planId}/${madeAt}`, planId, label, madeAt, document });
    },
    async snapshotDocument(id) {
      return (await database.get("snapshots", id))?.document ?? null;
    },
    async removeSnapshot(id) {
      await database.delete("snapshots", id);
    },
    close: () => database.close(),
  };
}

/** Puts the parts that differ from `before` (null: all), and the summary. */
function write(
  transaction: IDBPTransaction<Layout, ("plans" | "parts")[], "readwrite">,
  document: PlanDocument,
  before: PlanDocument | null,
  revision: number,
): Promise<unknown>[] {
  const { id, name } = document.plan;
  const summary = { id, name, changedAt: new Date().toISOString(), revision };
  const writes: Promise<unknown>[] = [transaction.objectStore("plans").put(summary)];
  const store = transaction.objectStore("parts");
  for (const part of partNames) {
    const value = partOf(document, part);
    if (before !== null && partOf(before, part) === value) continue;
    writes.push(value === null ? store.delete([id, part]) : store.put(value, [id, part]));
  }
  return writes;
}

function partOf(document: PlanDocument, part: PartName): unknown {
  if (part === "plan") return document.plan;
  if (part === "history") return document.history;
  if (part === "past" || part === "published") return document[part] ?? null;
  return document.results[part];
}
