import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import { planFileText, readPlanFile } from "../../../../src/files/plan-file.ts";
import { stageInputKey } from "../../../../src/stages/freshness.ts";
import {
  comparedIntervals,
  snapshotContacts,
  withoutSnapshot,
  withSnapshot,
} from "../../../../src/ui/pages/forecast/forecast-snapshots.ts";
import { smallDocument } from "../../../app/sample-document.ts";

const document = smallDocument();
const { timeZone } = document.plan;

function expected(firstDate: string, dayCount: number, queues: Readonly<Record<string, number>>) {
  const grid = createIntervalGrid(timeZone, 60, firstDate, dayCount);
  const entries = Object.entries(queues);
  return {
    grid,
    queues: entries.map(([queueId, value]) => ({
      queueId,
      offered: new Float64Array(intervalCount(grid)).fill(value),
    })),
  };
}

describe("snapshots of a forecast", () => {
  test("hold what was expected, survive the plan file, and make no stage stale", () => {
    const made = {
      value: expected("2026-11-02", 7, { voice: 4 / 3 }),
      madeAt: "2026-10-30T10:00:00.000Z",
      inputKey: "key",
    } as unknown as Parameters<typeof withSnapshot>[1];
    const once = withSnapshot(document.plan, made, "first");
    const twice = withSnapshot(once, made, "second");
    const reread = readPlanFile(new TextEncoder().encode(planFileText({ ...document, plan: twice })));
    if (!reread.ok) throw new Error(JSON.stringify(reread.issues));
    const kept = reread.value.plan.forecastSnapshots ?? [];
    expect(kept.map(({ id, name }) => [id, name])).toEqual([
      ["snapshot-1", "first"],
      ["snapshot-2", "second"],
    ]);
    const contacts = snapshotContacts(timeZone, kept[0]);
    expect(contacts.queues[0].offered[5]).toBe(1.333);
    expect(contacts.grid).toEqual(made.value.grid);
    expect(stageInputKey("forecast", { ...document, plan: twice })).toBe(stageInputKey("forecast", document));
    expect(withoutSnapshot(twice, "snapshot-1").forecastSnapshots?.map(({ id }) => id)).toEqual([
      "snapshot-2",
    ]);
  });

  test("are matched by time, where both know it, over the queues both have", () => {
    // The clocks go back between the two first days: the same hour has another number in each.
    const before = expected("2026-10-24", 4, { voice: 3, chat: 1, fax: 9 });
    const after = expected("2026-10-26", 7, { voice: 5, chat: 2 });
    const { grid } = after;
    const whole = { first: 0, end: intervalCount(grid) };
    const all = comparedIntervals(grid, whole, before, after, null);
    expect(all).toHaveLength(2 * 24);
    expect(all[0]).toEqual({ interval: 0, before: 4, after: 7 });
    expect(comparedIntervals(grid, { first: 30, end: 40 }, before, after, "chat")).toHaveLength(10);
    expect(comparedIntervals(grid, whole, before, after, "fax")).toEqual([]);
    const quarters = { ...before, grid: createIntervalGrid(timeZone, 15, "2026-10-24", 1) };
    expect(comparedIntervals(grid, whole, quarters, after, null)).toEqual([]);
  });
});
