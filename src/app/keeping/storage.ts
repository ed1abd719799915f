import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { PlanDocument, StageName } from "../../domain/plan/plan.ts";
import { stageOrder } from "../../stages/chain.ts";
import { afterEdit, type EditStep, editSteps } from "./edit-log.ts";

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
  /** A part as it was written whole last … */
  parts: { key: [string, PartName]; value: unknown };
  /** … and the edits since, by the revision each made. */
  edits: { key: [string, PartName, number]; value: readonly EditStep[] };
  settings: { key: string; value: unknown };
  snapshots: {
    key: string;
    value: Snapshot & { readonly document: PlanDocument };
    indexes: { byPlan: string };
  };
}

export const storageVersion = 3;

/** After so many logged edits of a part it is written whole: opening a plan never has more of them to repeat. */
const mostLogged = 64;

export type SaveEnd =
  /** On the disk, not only handed over. `again`: a plan that had been stored was no longer there, and is now, whole. */
  | { readonly kind: "saved"; readonly revision: number; readonly again?: true }
  /** Somebody else has saved since `revision`: nothing was written. */
  | { readonly kind: "conflict" }
  | { readonly kind: "failed"; readonly reason: "quota" | "unavailable"; readonly message: string };

/** Plans kept in this browser. Every function may reject when the browser keeps nothing (private mode, no space). */
export interface Storage {
  list(): Promise<readonly PlanSummary[]>;
  /** `lostEdits`: so many of the latest edits do not fit the parts they belong to, and are left out. */
  load(id: string): Promise<LoadedPlan | null>;
  /**
   * Writes what differs from `before` (null: everything): of a part its edit, or the part where that is smaller. `revision`
   * is the one this document was loaded or saved with last, null for a new plan. "saved" means that the browser has put it
   * on the disk. Never rejects.
   */
  save(document: PlanDocument, before: PlanDocument | null, revision: number | null): Promise<SaveEnd>;
  /**
   * The same in one breath, for a page that is being closed: every write is handed to the browser before this
   * returns, without asking first whether somebody else has saved. `whole`: parts that differ are written whole, for where
   * another write that begins at `before` may still be under way. Answers the new revision, and later whether it was
   * written.
   */
  saveOnClose(
    document: PlanDocument,
    before: PlanDocument | null,
    revision: number,
    whole?: boolean,
  ): { readonly revision: number; readonly written: Promise<boolean> };
  remove(id: string): Promise<void>;
  lastOpen(): Promise<string | null>;
  setLastOpen(id: string): Promise<void>;
  /** Time zone this computer had when the program was opened last, and has now; null at the first time. */
  exchangeZone(zone: string): Promise<string | null>;
  snapshots(planId: string): Promise<readonly Snapshot[]>;
  addSnapshot(document: PlanDocument, label: string): Promise<void>;
  snapshotDocument(id: string): Promise<PlanDocument | null>;
  removeSnapshot(id: string): Promise<void>;
  /** Entries and about how many bytes; `settings` are the program's own. */
  sizes(): Promise<Readonly<Record<"plans" | "snapshots" | "settings", Size>>>;
  /** Deletes the whole database. */
  erase(): Promise<void>;
  close(): void;
}

export interface Size {
  readonly count: number;
  readonly bytes: number;
}

export interface LoadedPlan {
  readonly document: PlanDocument;
  readonly revision: number;
  readonly lostEdits: number;
}

export interface StorageEvents {
  /** A newer version of the program in another tab needs this one to let go: the last moment to write. */
  readonly onOutdated?: () => void;
  /** The store was deleted or cut off under the program; it is opened again at the next call. */
  readonly onLost?: () => void;
  /** Opening waits for something, such as an older version in another tab. */
  readonly onWaiting?: () => void;
}

/** Opening for so long waits for something: a large store on a busy machine takes less. */
const openWithinMilliseconds = 8000;

/** Opens the database, making or migrating it step by step. Rejects with a VersionError when a newer program has made it. */
export async function openStorage(name = "shiftwright", events: StorageEvents = {}): Promise<Storage> {
  let database: IDBPDatabase<Layout> | null = null;
  const waiting = setTimeout(() => events.onWaiting?.(), openWithinMilliseconds);
  let opening: Promise<IDBPDatabase<Layout>> | null = null;

  function lose(): void {
    if (database === null) return;
    database = null;
    opening = null;
    events.onLost?.();
  }
  function open(): Promise<IDBPDatabase<Layout>> {
    opening ??= openDatabase(name, {
      onBlocked: () => events.onWaiting?.(),
      onOutdated: () => events.onOutdated?.(),
      onLost: lose,
    }).then(
      (opened) => {
        database = opened;
        return opened;
      },
      (error) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }
  try {
    await open();
  } finally {
    clearTimeout(waiting);
  }
  return {
    ...storageOn(open, () => database),
    async erase() {
      database?.close();
      await deleteDB(name);
    },
  };
}

function openDatabase(
  name: string,
  events: { readonly onBlocked: () => void; readonly onOutdated: () => void; readonly onLost: () => void },
): Promise<IDBPDatabase<Layout>> {
  return openDB<Layout>(name, storageVersion, {
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
      if (oldVersion < 3) db.createObjectStore("edits");
    },
    blocked: events.onBlocked,
    blocking(_current, next, event) {
      if (next !== null) events.onOutdated();
      (event.target as IDBDatabase).close();
      if (next === null) events.onLost();
    },
    terminated: events.onLost,
  });
}

/** What is written is on the disk when its transaction ends, not only with the operating system. */
const onDisk = { durability: "strict" } as const;

/** Every edit of a part. */
const editsOf = (id: string, part: PartName) => IDBKeyRange.bound([id, part], [id, part, []]);
const allOf = (id: string) => IDBKeyRange.bound([id], [id, []]);

/** `open` opens the database again where it was lost; `current` is the one that is open now. */
function storageOn(
  open: () => Promise<IDBPDatabase<Layout>>,
  current: () => IDBPDatabase<Layout> | null,
): Omit<Storage, "erase"> {
  /** Logged edits of each part since it was written whole, by plan and part; of no plan that was not loaded or saved here. */
  const logged = new Map<string, number>();
  return {
    ...planReading(open, logged),
    ...planWriting(open, current, logged),
    ...settings(open),
    ...snapshotKeeping(open),
    async sizes() {
      const transaction = (await open()).transaction(["plans", "parts", "edits", "snapshots", "settings"]);
      const bytesOf = async (name: "parts" | "edits" | "snapshots" | "settings") => {
        let bytes = 0;
        // One after the other: a browser full of plans need not be in the memory at once.
        for await (const { value } of transaction.objectStore(name)) bytes += byteCount(value);
        return bytes;
      };
      const count = (name: "plans" | "snapshots" | "settings") => transaction.objectStore(name).count();
      return {
        plans: { count: await count("plans"), bytes: (await bytesOf("parts")) + (await bytesOf("edits")) },
        snapshots: { count: await count("snapshots"), bytes: await bytesOf("snapshots") },
        settings: { count: await count("settings"), bytes: await bytesOf("settings") },
      };
    },
    close: () => current()?.close(),
  };
}

/** About the bytes a value takes: text and keys by their letters, a number or a mark as eight. */
function byteCount(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const [key, item] of Object.entries(value))
    bytes += (Array.isArray(value) ? 0 : key.length) + byteCount(item);
  return bytes;
}

type Open = () => Promise<IDBPDatabase<Layout>>;

function planReading(open: Open, logged: Map<string, number>): Pick<Storage, "list" | "load"> {
  return {
    async list() {
      const plans = await (await open()).getAll("plans");
      return plans.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
    },
    async load(id) {
      const transaction = (await open()).transaction(["plans", "parts", "edits"]);
      const summary = await transaction.objectStore("plans").get(id);
      if (summary === undefined) return null;
      const store = transaction.objectStore("parts");
      const edits = transaction.objectStore("edits");
      const stored = await Promise.all(
        partNames.map(
          async (part) => [part, await store.get([id, part]), await edits.getAll(editsOf(id, part))] as const,
        ),
      );
      let lostEdits = 0;
      const parts = stored.map(([part, whole, log]) => {
        logged.set(`${id}/${part}`, log.length);
        const { value, lost } = afterLog(whole, log);
        lostEdits += lost;
        return value;
      });
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
      return { document, revision: summary.revision, lostEdits };
    },
  };
}

/** A part with its logged edits; from the first that does not fit it on, they are lost. */
function afterLog(
  whole: unknown,
  log: readonly (readonly EditStep[])[],
): { readonly value: unknown; readonly lost: number } {
  let value = whole;
  for (const [at, steps] of log.entries()) {
    try {
      value = afterEdit(value, steps);
    } catch {
      return { value, lost: log.length - at };
    }
  }
  return { value, lost: 0 };
}

function planWriting(
  open: Open,
  current: () => IDBPDatabase<Layout> | null,
  logged: Map<string, number>,
): Pick<Storage, "save" | "saveOnClose" | "remove"> {
  return {
    async save(document, before, revision) {
      const { id } = document.plan;
      try {
        // At once where it is open: a page that closes meanwhile writes after this.
        const database = current() ?? (await open());
        const transaction = database.transaction(["plans", "parts", "edits"], "readwrite", onDisk);
        const plans = transaction.objectStore("plans");
        const stored = await plans.get(id);
        if ((stored?.revision ?? null) !== revision && stored !== undefined) {
          transaction.abort();
          await transaction.done.catch(() => undefined);
          return { kind: "conflict" };
        }
        const next = (revision ?? 0) + 1;
        const known = stored === undefined ? null : before;
        await Promise.all([...write(transaction, document, known, next, logged), transaction.done]);
        const again = stored === undefined && revision !== null;
        return { kind: "saved", revision: next, ...(again && { again }) };
      } catch (error) {
        const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
        return { kind: "failed", reason: name === "QuotaExceededError" ? "quota" : "unavailable", message };
      }
    },
    saveOnClose(document, before, revision, whole = false) {
      const next = revision + 1;
      if (whole) for (const part of partNames) logged.delete(`${document.plan.id}/${part}`);
      try {
        const transaction = current()!.transaction(["plans", "parts", "edits"], "readwrite", onDisk);
        const ends = Promise.all([...write(transaction, document, before, next, logged), transaction.done]);
        const written = ends.then(
          () => true,
          () => false,
        );
        transaction.commit();
        return { revision: next, written };
      } catch {
        // The database has gone or takes nothing; what `keepUnsaved` holds is read next time.
        return { revision: next, written: Promise.resolve(false) };
      }
    },
    async remove(id) {
      const names = ["plans", "parts", "edits", "snapshots"] as const;
      const transaction = (await open()).transaction(names, "readwrite", onDisk);
      const snapshots = transaction.objectStore("snapshots");
      const keys = await snapshots.index("byPlan").getAllKeys(id);
      await Promise.all([
        transaction.objectStore("plans").delete(id),
        transaction.objectStore("parts").delete(allOf(id)),
        transaction.objectStore("edits").delete(allOf(id)),
        ...keys.map((key) => snapshots.delete(key)),
        transaction.done,
      ]);
    },
  };
}

function settings(open: Open): Pick<Storage, "lastOpen" | "setLastOpen" | "exchangeZone"> {
  return {
    async lastOpen() {
      const id = await (await open()).get("settings", "lastOpen");
      return typeof id === "string" ? id : null;
    },
    async setLastOpen(id) {
      await (await open()).put("settings", id, "lastOpen");
    },
    async exchangeZone(zone) {
      const transaction = (await open()).transaction("settings", "readwrite");
      const before = await transaction.store.get("zone");
      await Promise.all([transaction.store.put(zone, "zone"), transaction.done]);
      return typeof before === "string" ? before : null;
    },
  };
}

function snapshotKeeping(
  open: Open,
): Pick<Storage, "snapshots" | "addSnapshot" | "snapshotDocument" | "removeSnapshot"> {
  return {
    async snapshots(planId) {
      const all = await (await open()).getAllFromIndex("snapshots", "byPlan", planId);
      return all
        .map(({ document: _, ...summary }) => summary)
        .sort((a, b) => b.madeAt.localeCompare(a.madeAt));
    },
    async addSnapshot(document, label) {
      const madeAt = new Date().toISOString();
      const planId = document.plan.id;
      const transaction = (await open()).transaction("snapshots", "readwrite", onDisk);
      // A clock that was set back comes to the same moment again.
      const taken = new Set(await transaction.store.index("byPlan").getAllKeys(planId));
      let id = `${planId}/${madeAt}`;
      while (taken.has(id)) id += "+";
      await Promise.all([transaction.store.add({ id, planId, label, madeAt, document }), transaction.done]);
    },
    async snapshotDocument(id) {
      return (await (await open()).get("snapshots", id))?.document ?? null;
    },
    async removeSnapshot(id) {
      await (await open()).delete("snapshots", id);
    },
  };
}

/** Puts what differs from `before` (null: all), and the summary. */
function write(
  transaction: IDBPTransaction<Layout, ("plans" | "parts" | "edits")[], "readwrite">,
  document: PlanDocument,
  before: PlanDocument | null,
  revision: number,
  logged: Map<string, number>,
): Promise<unknown>[] {
  const { id, name } = document.plan;
  const summary = { id, name, changedAt: new Date().toISOString(), revision };
  const writes: Promise<unknown>[] = [transaction.objectStore("plans").put(summary)];
  const parts = transaction.objectStore("parts");
  const edits = transaction.objectStore("edits");
  for (const part of partNames) {
    const value = partOf(document, part);
    const former = before === null ? null : partOf(before, part);
    if (before !== null && former === value) continue;
    const key = `${id}/${part}`;
    const count = logged.get(key) ?? mostLogged;
    const steps = former === null || value === null || count >= mostLogged ? null : editSteps(former, value);
    if (steps !== null) {
      logged.set(key, count + 1);
      writes.push(edits.put(steps, [id, part, revision]));
      continue;
    }
    logged.set(key, 0);
    writes.push(
      edits.delete(editsOf(id, part)),
      value === null ? parts.delete([id, part]) : parts.put(value, [id, part]),
    );
  }
  return writes;
}

function partOf(document: PlanDocument, part: PartName): unknown {
  if (part === "plan") return document.plan;
  if (part === "history") return document.history;
  if (part === "past" || part === "published") return document[part] ?? null;
  return document.results[part];
}
