import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readPlanDocument } from "../../src/files/plan-document.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { stageOrder } from "../../src/stages/chain.ts";
import { stageFreshness } from "../../src/stages/freshness.ts";
import { asVersion2 } from "./as-version-2.ts";

/**
 * `fixtures/plan-0.1.0.json.gz` was written by version 0.1.0 (`plan HISTORY --plan PLAN --plan-file FILE`): one week of
 * voice and chat by the hour with nine agents, an override, an outside forecast, a snapshot, redials, callbacks,
 * transfers, events and scenarios; every stage has run.
 */
const file = gunzipSync(readFileSync(join(import.meta.dirname, "fixtures/plan-0.1.0.json.gz")));

/** The file's own JSON with its series unpacked, by other means than the reader's. */
const written = JSON.parse(file.toString("utf8"), (_key, value) => {
  if (typeof value?.number === "string") return Number(value.number);
  if (typeof value?.base64 !== "string") return value;
  const { buffer } = Uint8Array.from(Buffer.from(value.base64, "base64"));
  if (value.type === "Float64Array") return new Float64Array(buffer);
  if (value.type === "Int32Array") return new Int32Array(buffer);
  return new Uint8Array(buffer);
});

test("a plan file of version 0.1.0 opens without a remark", () => {
  const outcome = readPlanFile(file);
  expect(outcome.ok).toBe(true);
  expect(outcome.issues).toEqual([]);
});

test("plan, history and every result of a version 0.1.0 file read back as they were written", () => {
  const outcome = readPlanFile(file);
  if (!outcome.ok) throw new Error("not read");
  const { plan, history, results } = outcome.value;
  expect(plan).toEqual(asVersion2(written.plan));
  expect(history).toEqual(written.history);
  for (const stage of stageOrder) {
    expect(results[stage]?.value).toEqual(written.results[stage].value);
    expect(results[stage]?.madeAt).toBe(written.results[stage].madeAt);
  }
});

test("what was up to date in version 0.1.0 is up to date, and what was not is not", () => {
  const outcome = readPlanFile(file);
  if (!outcome.ok) throw new Error("not read");
  for (const stage of stageOrder) expect(stageFreshness(stage, outcome.value)).toBe("fresh");
  const results = { ...written.results, forecast: { ...written.results.forecast, inputKey: "older" } };
  const older = readPlanDocument({ plan: written.plan, history: written.history, results });
  if (!older.ok) throw new Error("not read");
  for (const stage of stageOrder) expect(stageFreshness(stage, older.value)).toBe("stale");
  expect(older.value.results.requirement?.inputKey).toBe(outcome.value.results.requirement?.inputKey);
});

test("a simulation with redials, callbacks and transfers survives the plan file", () => {
  const outcome = readPlanFile(file);
  if (!outcome.ok) throw new Error("not read");
  const followUps = outcome.value.results.simulation?.value.queues[0].total.followUps;
  expect(followUps?.callbacks.mean).toBeInstanceOf(Float64Array);
});
