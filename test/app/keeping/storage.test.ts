import "fake-indexeddb/auto";
import { deleteDB, openDB } from "idb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { freeName, startAutosave } from "../../../src/app/keeping/autosave.ts";
import { openStorage, type Storage } from "../../../src/app/keeping/storage.ts";
import { loadStored } from "../../../src/app/keeping/stored-plan.ts";
import { createSessionStore } from "../../../src/app/session/store.ts";
import { succeed } from "../../../src/domain/outcome.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { readPlanDocument } from "../../../src/files/plan-document.ts";
import { stageFreshness } from "../../../src/stages/freshness.ts";
import { flatForecast, madeFrom, smallDocument } from "../sample-document.ts";

const open: Storage[] = [];
let count = 0;

async function fresh(name = `test-${++count}`): Promise<Storage> {
  const storage = await openStorage(name);
  open.push(storage);
  return storage;
}

afterEach(() => {
  vi.useRealTimers();
  for (const storage of open.splice(0)) storage.close();
});

function filled() {
  const document = smallDocument();
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  return { ...document, results: { ...document.results, forecast } };
}

describe("plans in the browser", () => {
  test("a fresh store opens, and opens again: what was kept is there to the bit", async () => {
    const first = await openStorage("again");
    expect(await first.list()).toEqual([]);
    expect(await first.save(filled(), null, null)).toEqual({ kind: "saved", revision: 1 });
    first.close();
    const second = await fresh("again");
    const stored = await second.load("small");
    expect(stored?.document).toEqual(filled());
    expect(stored?.document.history?.queues[0].offered).toBeInstanceOf(Float64Array);
    expect(stageFreshness("forecast", stored!.document)).toBe("fresh");
  });

  test("a store of layout 1 is brought up to date with its plans", async () => {
    const old = await openDB("old", 1, {
      upgrade(db) {
        db.createObjectStore("plans", { keyPath: "id" });
        db.createObjectStore("parts");
        db.createObjectStore("settings");
      },
    });
    const document = smallDocument();
    await old.put("plans", { id: "small", name: "Small", changedAt: "2026-01-01T00:00:00Z", revision: 4 });
    await old.put("parts", document.plan, ["small", "plan"]);
    old.close();
    const storage = await fresh("old");
    expect((await storage.load("small"))?.document.plan).toEqual(document.plan);
    await storage.addSnapshot(document, "before");
    expect(await storage.snapshots("small")).toHaveLength(1);
  });

  test("writing over what another tab has saved is refused", async () => {
    const storage = await fresh();
    await storage.save(smallDocument(), null, null);
    expect(await storage.save(smallDocument(), null, 1)).toEqual({ kind: "saved", revision: 2 });
    expect(await storage.save(smallDocument(), null, 1)).toEqual({ kind: "conflict" });
    expect((await storage.load("small"))?.revision).toBe(2);
  });

  test("what is saved edit by edit is there to the bit, after more edits than are ever logged", async () => {
    const storage = await fresh("edits");
    let document: PlanDocument = filled();
    await storage.save(document, null, null);
    for (let revision = 1; revision <= 150; revision++) {
      const { plan, results } = document;
      const { value } = results.forecast!;
      const queues = value.queues.map((queue) => ({ ...queue, notes: [{ code: `n${revision}` }] })) as never;
      const next =
        revision % 3 === 0
          ? {
              ...document,
              results: { ...results, forecast: { ...results.forecast!, value: { ...value, queues } } },
            }
          : { ...document, plan: { ...plan, name: `N${revision}`, dayCount: 7 + (revision % 5) } };
      expect(await storage.save(next, document, revision)).toEqual({ kind: "saved", revision: revision + 1 });
      document = next;
    }
    storage.close();
    const loaded = await (await fresh("edits")).load("small");
    expect(loaded).toEqual({ document, revision: 151, lostEdits: 0 });
  });

  test("an edit writes the edit, not the history beside it", async () => {
    const storage = await fresh("small-edit");
    await storage.save(filled(), null, null);
    const edited = { ...filled(), plan: { ...filled().plan, name: "Other" } };
    await storage.load("small");
    await storage.save(edited, { ...edited, plan: filled().plan }, 1);
    const database = await openDB("small-edit");
    expect(await database.getAll("edits")).toEqual([[{ path: ["name"], value: "Other" }]]);
    expect(await database.get("parts", ["small", "plan"])).toEqual(filled().plan);
    database.close();
  });

  test("a logged edit that fits nothing is left out and counted, and what came before it is there", async () => {
    const storage = await fresh("torn");
    const before = filled();
    const edited = { ...before, plan: { ...before.plan, name: "Good" } };
    await storage.save(before, null, null);
    await storage.load("small");
    await storage.save(edited, before, 1);
    const database = await openDB("torn");
    await database.put("edits", [{ path: ["no", "such"], value: 1 }], ["small", "plan", 3]);
    database.close();
    const stored = await loadStored(storage, "small", async (value) => readPlanDocument(value));
    expect(stored?.document?.plan.name).toBe("Good");
    expect(stored?.issues[0]).toMatchObject({ code: "storage.lostEdits", values: { count: 1 } });
  });

  test("a store that is deleted under the program is made again, whole, at the next save", async () => {
    const lost = vi.fn();
    const storage = await openStorage("deleted", { onLost: lost });
    open.push(storage);
    const before = filled();
    const edited = { ...before, plan: { ...before.plan, name: "Still here" } };
    await storage.save(before, null, null);
    await deleteDB("deleted");
    expect(lost).toHaveBeenCalledOnce();
    expect(await storage.save(edited, before, 1)).toEqual({ kind: "saved", revision: 2, again: true });
    expect((await storage.load("small"))?.document).toEqual(edited);
  });

  test("a store of a newer program is refused and left alone; an older tab that holds on is waited for", async () => {
    (await openDB("newer", 99)).close();
    await expect(openStorage("newer")).rejects.toMatchObject({ name: "VersionError" });
    const old = await openDB("held", 2);
    const waiting = vi.fn();
    const opening = openStorage("held", { onWaiting: waiting });
    await vi.waitFor(() => expect(waiting).toHaveBeenCalled());
    old.close();
    open.push(await opening);
  });

  test("says how much it keeps, and keeps nothing once erased", async () => {
    const storage = await fresh("erased");
    await storage.save(filled(), null, null);
    await storage.addSnapshot(filled(), "one");
    await storage.setLastOpen("small");
    const { plans, snapshots, settings } = await storage.sizes();
    expect([plans.count, snapshots.count, settings.count]).toEqual([1, 1, 1]);
    expect(plans.bytes).toBeGreaterThan(1000);
    expect(snapshots.bytes).toBeGreaterThan(plans.bytes);
    await storage.erase();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain("erased");
  });

  test("two snapshots of one moment are two, as after a clock was set back", async () => {
    const storage = await fresh();
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
    await storage.addSnapshot(filled(), "one");
    await storage.addSnapshot(filled(), "two");
    expect((await storage.snapshots("small")).map(({ label }) => label).sort()).toEqual(["one", "two"]);
  });

  test("a removed plan takes its parts and snapshots with it and leaves others alone", async () => {
    const storage = await fresh();
    const other = { ...filled(), plan: { ...filled().plan, id: "small2" } };
    await storage.save(filled(), null, null);
    await storage.save(other, null, null);
    await storage.addSnapshot(filled(), "one");
    await storage.remove("small");
    expect(await storage.load("small")).toBeNull();
    expect(await storage.snapshots("small")).toEqual([]);
    expect((await storage.load("small2"))?.document).toEqual(other);
  });

  test("a snapshot comes back whole", async () => {
    const storage = await fresh();
    await storage.addSnapshot(filled(), "before Christmas");
    const [snapshot] = await storage.snapshots("small");
    expect(snapshot.label).toBe("before Christmas");
    expect(await storage.snapshotDocument(snapshot.id)).toEqual(filled());
  });
});

describe("a stored plan of another program version", () => {
  test("is checked and given what it lacks; what cannot be read stays in the storage", async () => {
    const storage = await fresh();
    await storage.save(filled(), null, null);
    const check = async (value: unknown) => readPlanDocument(value);
    const stored = await loadStored(storage, "small", check);
    expect(stored?.document?.plan.name).toBe("Small");
    expect(stageFreshness("forecast", stored!.document!)).toBe("fresh");
    expect(stored?.revision).toBe(1);

    const broken = { ...filled(), plan: { ...filled().plan, id: "broken", queues: [] } };
    await storage.save(broken, null, null);
    const unread = await loadStored(storage, "broken", check);
    expect(unread?.document).toBeNull();
    expect(unread?.issues[0].code).toBe("planFile.wrongField");
    expect((await storage.load("broken"))?.document.plan.id).toBe("broken");
  });

  test("is written back whole when it was migrated", async () => {
    const storage = await fresh();
    const old = { ...filled(), plan: { ...filled().plan, schemaVersion: 0 as unknown as 2 } };
    await storage.save(old, null, null);
    const stored = await loadStored(storage, "small", async () => succeed(filled()));
    expect(stored?.revision).toBe(2);
    expect((await storage.load("small"))?.document).toEqual(filled());
    expect(await loadStored(storage, "absent", async () => succeed(filled()))).toBeNull();
  });
});

describe("autosave", () => {
  test("writes the newest state after quick edits, once", async () => {
    const storage = await fresh();
    const store = createSessionStore(smallDocument());
    const revisions: number[] = [];
    const autosave = startAutosave(store, storage, {
      onSaved: (_, revision) => revisions.push(revision),
      onConflict: () => {},
      onFailed: () => {},
      onClosing: () => {},
    });
    await autosave.flush();
    for (let step = 0; step < 10; step++) store.edit("rename", (plan) => ({ ...plan, name: `N${step}` }));
    expect(autosave.state()).toBe("saving");
    await autosave.flush();
    expect(autosave.state()).toBe("saved");
    expect(revisions).toEqual([1, 2]);
    expect((await storage.load("small"))?.document.plan.name).toBe("N9");
    autosave.stop();
  });

  test("a page that is closed right after a change has handed it over", async () => {
    const storage = await fresh();
    const store = createSessionStore(filled());
    const autosave = startAutosave(store, storage, {
      onSaved: () => {},
      onConflict: () => {},
      onFailed: () => {},
      onClosing: () => {},
    });
    await autosave.flush();
    store.edit("rename", (plan) => ({ ...plan, name: "last words" }));
    autosave.flushOnClose();
    autosave.stop();
    const stored = await storage.load("small");
    expect(stored?.document).toEqual({ ...filled(), plan: { ...filled().plan, name: "last words" } });
    expect(stored?.revision).toBe(2);
  });

  test("a closing page is not called saved before the disk has it, and a refused write is not called saved at all", async () => {
    const storage = await fresh();
    let end = (_written: boolean) => {};
    const slow: Storage = {
      ...storage,
      saveOnClose: (_document, _before, revision) => ({
        revision: revision + 1,
        written: new Promise((resolve) => {
          end = resolve;
        }),
      }),
    };
    const store = createSessionStore(filled());
    const nothing = { onSaved: () => {}, onConflict: () => {}, onFailed: () => {}, onClosing: () => {} };
    const autosave = startAutosave(store, slow, nothing);
    await autosave.flush();
    store.edit("rename", (plan) => ({ ...plan, name: "handed over" }));
    autosave.flushOnClose();
    expect(autosave.state()).toBe("saving");
    end(false);
    await vi.waitFor(() => expect(autosave.state()).toBe("failed"));
    await autosave.flush();
    expect(autosave.state()).toBe("saved");
    expect((await storage.load("small"))?.document.plan.name).toBe("handed over");
    autosave.stop();
  });

  test("closing while a write is under way keeps the newest, and a page that lives on saves without conflict", async () => {
    const storage = await fresh();
    const store = createSessionStore(filled());
    const conflicts: string[] = [];
    const autosave = startAutosave(store, storage, {
      onSaved: () => {},
      onConflict: (document) => conflicts.push(document.plan.name),
      onFailed: () => {},
      onClosing: () => {},
    });
    const writing = autosave.flush();
    store.edit("rename", (plan) => ({ ...plan, name: "newest" }));
    autosave.flushOnClose();
    await writing;
    expect((await storage.load("small"))?.document.plan.name).toBe("newest");
    store.edit("rename", (plan) => ({ ...plan, name: "later" }));
    await autosave.flush();
    expect((await storage.load("small"))?.document.plan.name).toBe("later");
    expect(conflicts).toEqual([]);
    autosave.stop();
  });

  test("a full disk is said, and the next change tries again", async () => {
    const storage = await fresh();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let full = true;
    const limited: Storage = {
      ...storage,
      save: async (...given) =>
        full ? { kind: "failed", reason: "quota", message: "full" } : storage.save(...given),
    };
    const store = createSessionStore(smallDocument());
    const failures: string[] = [];
    const autosave = startAutosave(store, limited, {
      onSaved: () => {},
      onConflict: () => {},
      onClosing: () => {},
      onFailed: (end) => {
        failures.push(end.reason);
        const issue = { code: "storage.quota", severity: "error" } as const;
        store.dispatch({ type: "notice", notice: { id: "storage", issue } });
      },
    });
    await autosave.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(failures).toEqual(["quota"]);
    expect(autosave.state()).toBe("failed");
    full = false;
    store.edit("rename", (plan) => ({ ...plan, name: "kept" }));
    await autosave.flush();
    expect(autosave.state()).toBe("saved");
    expect((await storage.load("small"))?.document.plan.name).toBe("kept");
    autosave.stop();
  });

  test("a copy gets a name that is free", () => {
    const plans = ["Plan", "Plan (2)"].map((name) => ({ id: name, name, changedAt: "", revision: 1 }));
    expect(freeName("Plan", plans)).toBe("Plan (3)");
    expect(freeName("Plan (2)", plans)).toBe("Plan (3)");
    expect(freeName("Other", plans)).toBe("Other");
  });
});
