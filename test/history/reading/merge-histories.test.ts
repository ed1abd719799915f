import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState } from "../../../src/domain/results/demand.ts";
import { mergeHistories, overlappingDays } from "../../../src/history/reading/merge-histories.ts";
import { measureOf, overallRatio, serviceRows } from "../../../src/history/review/service-history.ts";

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

test("what only one file says is kept, and is not known on the days of the other", () => {
  const old = days("2026-03-02", [10, 10, 10]);
  const fresh = days("2026-03-04", [20, 20]);
  const told = (history: DemandHistory, share: number, seconds: number): DemandHistory => ({
    ...history,
    queues: history.queues.map((queue) => ({
      ...queue,
      handled: queue.offered.slice(),
      handleSeconds: queue.offered.map((contacts) => contacts * 200),
      inTime: { seconds, contacts: queue.offered.map((contacts) => contacts * share) },
    })),
  });
  const [queue] = mergeHistories(told(fresh, 0.8, 20), old).queues;
  expect(queue.abandoned).toBeNull();
  expect(queue.waitSeconds).toBeUndefined();
  expect(Object.keys(queue.unknown ?? {}).sort()).toEqual(["handleSeconds", "handled", "inTime"]);
  const history = { grid: mergeHistories(fresh, old).grid, queues: [queue] };
  expect(serviceRows(history, "Voice", "day").map((row) => measureOf(row, "serviceLevel"))).toEqual([
    null,
    null,
    0.8,
    0.8,
  ]);
  expect(overallRatio(queue, "inTime", "offered")).toBeCloseTo(0.8, 12);
  expect(overallRatio(queue, "handleSeconds", "handled")).toBeCloseTo(200, 12);
  // Both say it, in other seconds: the preferred one's stays. Both say it alike: nothing is unknown.
  const other = mergeHistories(told(fresh, 0.8, 20), told(old, 0.5, 30)).queues[0];
  expect([other.inTime?.seconds, Object.keys(other.unknown ?? {})]).toEqual([20, ["inTime"]]);
  const alike = mergeHistories(told(fresh, 0.8, 20), told(old, 0.5, 20)).queues[0];
  expect(alike.unknown).toBeUndefined();
  // And once more onto a history that is known in part already.
  const [again] = mergeHistories(days("2026-03-07", [5]), history).queues;
  expect(Array.from(again.unknown?.inTime ?? []).filter((one) => one === 1).length).toBe(3 * 24);
});
