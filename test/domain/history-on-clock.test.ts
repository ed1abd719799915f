import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalAt, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState } from "../../src/domain/results/demand.ts";
import { borrowedPast, historyOnClock } from "../../src/domain/results/history-on-clock.ts";

/** Half-hours from Saturday, 24 October 2026: Berlin repeats an hour on the Sunday, New York a week later. */
function berlin(): DemandHistory {
  const grid = createIntervalGrid("Europe/Berlin", 30, "2026-10-24", 10);
  const length = intervalCount(grid);
  const offered = Float64Array.from({ length }, (_, index) => index + 1);
  const state = new Uint8Array(length).fill(intervalState.open);
  return {
    grid,
    queues: [
      { queueId: "calls", state, offered, handled: offered.slice(), abandoned: null, handleSeconds: null },
    ],
  };
}
const total = (series: Float64Array) => series.reduce((sum, value) => sum + value, 0);

describe("a history on another clock", () => {
  test("keeps every contact and its clock time in another zone, over both zones' clock changes", () => {
    const before = berlin();
    const after = historyOnClock(before, { timeZone: "America/New_York", intervalMinutes: 30 });
    expect(total(after.queues[0].offered)).toBe(total(before.queues[0].offered));
    for (const date of ["2026-10-24", "2026-10-26", "2026-11-02"]) {
      const old = intervalAt(before.grid, date, 540)!;
      expect(after.queues[0].offered[intervalAt(after.grid, date, 540)!]).toBe(old + 1);
    }
    // Berlin's two passes of 02:00 come together where New York has one.
    const passes = [0, 1].map((pass) => intervalAt(before.grid, "2026-10-25", 120, pass as 0 | 1)! + 1);
    expect(after.queues[0].offered[intervalAt(after.grid, "2026-10-25", 120)!]).toBe(passes[0] + passes[1]);
    // New York's second pass of 01:00 never was in Berlin.
    expect(after.queues[0].state[intervalAt(after.grid, "2026-11-01", 60, 1)!]).toBe(intervalState.missing);
  });

  test("moves contacts of a skipped hour to the hour after", () => {
    const grid = createIntervalGrid("UTC", 30, "2026-03-29", 1);
    const offered = new Float64Array(48).fill(1);
    const utc = {
      ...berlin(),
      grid,
      queues: [{ ...berlin().queues[0], handled: null, state: new Uint8Array(48).fill(1), offered }],
    };
    const after = historyOnClock(utc, { timeZone: "Europe/Berlin", intervalMinutes: 30 });
    expect(total(after.queues[0].offered)).toBe(48);
    expect(after.queues[0].offered[intervalAt(after.grid, "2026-03-29", 180)!]).toBe(3);
  });

  test("sums to a coarser interval; a sum with a gap in it is a gap", () => {
    const before = berlin();
    before.queues[0].state[3] = intervalState.missing;
    const { grid, queues } = historyOnClock(before, { timeZone: "Europe/Berlin", intervalMinutes: 60 });
    expect(intervalCount(grid)).toBe(intervalCount(before.grid) / 2);
    expect([...queues[0].offered.subarray(0, 4)]).toEqual([1 + 2, 0, 5 + 6, 7 + 8]);
    expect([...queues[0].state.subarray(0, 3)]).toEqual([1, intervalState.missing, 1]);
  });

  test("cannot be cut finer than it is", () => {
    expect(() => historyOnClock(berlin(), { timeZone: "Europe/Berlin", intervalMinutes: 15 })).toThrow(
      RangeError,
    );
  });

  test("lends a share of its contacts, and all of its handle time", () => {
    const [queue] = berlin().queues;
    const handleSeconds = queue.offered.map((contacts) => 200 * contacts);
    const lent = borrowedPast({ ...queue, handleSeconds }, "letters", 0.3);
    expect(lent.queueId).toBe("letters");
    expect(total(lent.offered)).toBeCloseTo(0.3 * total(queue.offered));
    expect(lent.handleSeconds![7] / lent.handled![7]).toBeCloseTo(200);
  });
});
