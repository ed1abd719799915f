import { expect, test } from "vitest";
import { type DemandHistory, intervalState } from "../../src/domain/demand.ts";
import { createIntervalGrid, intervalCount } from "../../src/domain/interval-grid.ts";
import { mergeHistories, overlappingDays } from "../../src/importing/merge-histories.ts";

function days(firstDate: string, values: readonly (number | null)[], queueId = "Voice"): DemandHistory {
  const grid = createIntervalGrid("Europe/Berlin", 60, firstDate, values.length);
  const count = intervalCount(grid);
  const state = new Uint8Array(count);
  const offered = new Float64Array(count);
  for (const [day, value] of values.entries()) {
    if (value === null) continue;
    state.fill(intervalState.open, grid.dayOffsets[day], grid.dayOffsets[day + 1]);
    offered.fill(value, grid.dayOffsets[day], grid.dayOffsets[day + 1]);
  }
  return { grid, queues: [{ queueId, state, offered, handled: null, abandoned: null, handleSeconds: null }] };
}

const perDay = ({ grid, queues }: DemandHistory, queue = 0) =>
  Array.from({ length: grid.dayCount }, (_, day) => queues[queue].offered[grid.dayOffsets[day] + 5]);

test("days of both are kept once, from the preferred one, across a clock change and a hole between them", () => {
  const old = days("2026-10-23", [1, 2, 3, null]);
  const fresh = days("2026-10-25", [30, 40, 50]);
  expect(overlappingDays(old, fresh)).toBe(1);
  const merged = mergeHistories(fresh, old);
  expect([merged.grid.firstDate, merged.grid.dayCount]).toEqual(["2026-10-23", 5]);
  expect(perDay(merged)).toEqual([1, 2, 30, 40, 50]);
  expect(perDay(mergeHistories(old, fresh))).toEqual([1, 2, 3, 40, 50]);
  const later = mergeHistories(days("2026-11-01", [9]), old);
  expect(perDay(later)).toEqual([1, 2, 3, 0, 0, 0, 0, 0, 0, 9]);
  expect(later.queues[0].state[later.grid.dayOffsets[5]]).toBe(intervalState.closed);
});

test("queues that only one of them has are kept", () => {
  const merged = mergeHistories(days("2026-03-02", [5]), days("2026-03-02", [7], "Chat"));
  expect(merged.queues.map(({ queueId }) => queueId)).toEqual(["Chat", "Voice"]);
  expect([perDay(merged, 0), perDay(merged, 1)]).toEqual([[7], [5]]);
});
