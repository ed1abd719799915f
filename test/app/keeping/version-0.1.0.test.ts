import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openDB } from "idb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStorage, type Storage } from "../../../src/app/keeping/storage.ts";
import { loadStored } from "../../../src/app/keeping/stored-plan.ts";
import { unsaved, withUnsaved } from "../../../src/app/keeping/unsaved.ts";
import type { Made, PlanDocument } from "../../../src/domain/plan/plan.ts";
import { readPlanDocument } from "../../../src/files/plan-document.ts";
import { readPlanFile } from "../../../src/files/plan-file.ts";
import { asVersion2 } from "../../files/as-version-2.ts";

interface Dump {
  readonly version: number;
  readonly stores: Readonly<Record<string, readonly { readonly key: never; readonly value: unknown }[]>>;
  readonly localStorage: Readonly<Record<string, string>>;
}

/**
 * What version 0.1.0 left in a browser: every record of its database with its key, and its local storage. One plan,
 * saved twice, with all stages but the simulation; one snapshot; a change of the seed that the closing page kept.
 */
const dump: Dump = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, "fixtures/browser-0.1.0.json.gz"))).toString("utf8"),
  (_key, value) => {
    if (typeof value?.number === "string") return Number(value.number);
    if (typeof value?.base64 !== "string") return value;
    const { buffer } = Uint8Array.from(Buffer.from(value.base64, "base64"));
    return value.type === "Float64Array" ? new Float64Array(buffer) : new Uint8Array(buffer);
  },
);
const id = "before-0.2";
const record = (store: string, key: unknown) =>
  dump.stores[store].find((one) => JSON.stringify(one.key) === JSON.stringify(key))?.value;

let storage: Storage;

beforeAll(async () => {
  const old = await openDB("shiftwright", dump.version, {
    upgrade(db) {
      db.createObjectStore("plans", { keyPath: "id" });
      db.createObjectStore("parts");
      db.createObjectStore("settings");
      db.createObjectStore("snapshots", { keyPath: "id" }).createIndex("byPlan", "planId");
    },
  });
  for (const [store, records] of Object.entries(dump.stores))
    for (const { key, value } of records)
      await old.put(store, value, store === "parts" || store === "settings" ? key : undefined);
  old.close();
  storage = await openStorage();
});
afterAll(() => storage.close());

test("the list of plans and the plan that was open last are those of version 0.1.0", async () => {
  expect(await storage.list()).toEqual([record("plans", id)]);
  expect(await storage.lastOpen()).toBe(id);
});

test("a plan kept by version 0.1.0 opens whole and without a remark", async () => {
  const stored = await loadStored(storage, id, async (value) => readPlanDocument(value));
  expect(stored?.issues).toEqual([]);
  expect(stored?.document?.plan).toEqual(asVersion2(record("parts", [id, "plan"]) as never));
  expect(stored?.document?.history).toEqual(record("parts", [id, "history"]));
  for (const stage of ["forecast", "requirement", "schedule", "roster"] as const)
    expect(stored?.document?.results[stage]?.value).toEqual(
      (record("parts", [id, stage]) as Made<unknown>).value,
    );
  expect(stored?.document?.results.simulation).toBeNull();
});

test("a snapshot of version 0.1.0 opens", async () => {
  const [snapshot] = await storage.snapshots(id);
  expect(snapshot.label).toBe("Before the press release");
  const outcome = readPlanDocument(await storage.snapshotDocument(snapshot.id));
  if (!outcome.ok) throw new Error("not read");
  const { document } = record("snapshots", snapshot.id) as { document: PlanDocument };
  expect(outcome.value.plan).toEqual(asVersion2(document.plan as never));
  expect(outcome.value.history).toEqual(document.history);
});

test("what a closing page of version 0.1.0 kept is taken up", async () => {
  const store = { getItem: (key: string) => dump.localStorage[key] ?? null, setItem() {}, removeItem() {} };
  const held = unsaved(store);
  expect(held).toMatchObject({ planId: id, revision: 3, parts: ["plan"] });
  const outcome = readPlanFile(new TextEncoder().encode(held?.text));
  const stored = await loadStored(storage, id, async (value) => readPlanDocument(value));
  if (!outcome.ok || !stored?.document || !held) throw new Error("not read");
  const document = withUnsaved(stored.document, outcome.value, held.parts);
  expect(document.plan).toEqual({ ...stored.document.plan, seed: 7 });
  expect(document.results).toEqual(stored.document.results);
});
