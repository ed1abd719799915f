import { expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { HistoryImport } from "../../../../src/history/reading/history-import.ts";
import { planFromHistory } from "../../../../src/ui/pages/history/import-client.ts";

test("an own plan takes no contracts of the sample along, but those of a plan of one's own", () => {
  const sample = samplePlan();
  const grid = createIntervalGrid("Europe/Berlin", 60, "2026-09-07", 14);
  const length = intervalCount(grid);
  const calls = {
    queueId: "Calls",
    state: new Uint8Array(length).fill(1),
    offered: new Float64Array(length).fill(10),
    handled: null,
    abandoned: null,
    handleSeconds: null,
  };
  const imported = { history: { grid, queues: [calls] }, channels: ["voice"] } as unknown as HistoryImport;
  const contracts = (base: typeof sample) =>
    planFromHistory(base, imported, 240, "own", "Own").plan.contracts;
  expect(sample.contracts.length).toBeGreaterThan(0);
  expect(contracts(sample)).toEqual([]);
  expect(contracts({ ...sample, id: "plan-1" })).toEqual(sample.contracts);
});
