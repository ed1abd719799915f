import { describe, expect, test } from "vitest";
import { addDays, weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState } from "../../../src/domain/results/demand.ts";
import { qualityReport, withExcluded, withSuggestions } from "../../../src/history/review/quality-report.ts";
import { countQuantile } from "../../../src/numerics/count-distribution.ts";
import { randomStream } from "../../../src/numerics/random.ts";

const firstDate = "2026-01-05";

/** Twenty-six weeks of hours, 08:00 to 20:00 on weekdays, about forty contacts each, and what a test does to them. */
function made(
  change: (history: {
    state: Uint8Array;
    offered: Float64Array;
    handled: Float64Array;
    seconds: Float64Array;
    at: (date: string, hour: number) => number;
  }) => void = () => {},
  timeZone = "UTC",
): DemandHistory {
  const grid = createIntervalGrid(timeZone, 60, firstDate, 26 * 7);
  const count = intervalCount(grid);
  const chance = randomStream(11, "quality");
  const state = new Uint8Array(count);
  const offered = new Float64Array(count);
  for (let day = 0; day < grid.dayCount; day++) {
    if (weekdayOf(dateOfDay(grid, day)) > 5) continue;
    for (let hour = 8; hour < 20; hour++) {
      state[grid.dayOffsets[day] + hour] = intervalState.open;
      offered[grid.dayOffsets[day] + hour] = countQuantile(40, 0.002, chance.uniform());
    }
  }
  const handled = offered.slice();
  const seconds = handled.map((contacts) => contacts * 200);
  const at = (date: string, hour: number) => {
    const day = Math.round((Date.parse(date) - Date.parse(firstDate)) / 86_400_000);
    return grid.dayOffsets[day] + hour;
  };
  change({ state, offered, handled, seconds, at });
  return {
    grid,
    queues: [{ queueId: "Voice", state, offered, handled, abandoned: null, handleSeconds: seconds }],
  };
}

const kinds = (history: DemandHistory) => qualityReport(history).map(({ kind, date }) => `${kind} ${date}`);

describe("what stands out in a history", () => {
  test("nothing, where nothing does", () => {
    expect(kinds(made())).toEqual([]);
  });

  test("an outage, with what was missed, is suggested to be left out", () => {
    const history = made(({ offered, at }) => offered.fill(1, at("2026-03-10", 13), at("2026-03-10", 16)));
    const [outage, ...others] = qualityReport(history);
    expect(others).toEqual([]);
    expect(outage).toMatchObject({
      kind: "outage",
      date: "2026-03-10",
      actual: 3,
      suggestExcluding: true,
      excluded: false,
    });
    expect(outage.end - outage.first).toBe(3);
    expect(outage.expected).toBeGreaterThan(100);
  });

  test("a gap, a closed day, a copy, a day unlike its weekday", () => {
    const history = made(({ state, offered, at }) => {
      state.fill(intervalState.missing, at("2026-02-03", 10), at("2026-02-03", 12));
      state.fill(intervalState.closed, at("2026-04-06", 8), at("2026-04-06", 20));
      offered.fill(0, at("2026-04-06", 8), at("2026-04-06", 20));
      offered.set(offered.slice(at("2026-05-05", 8), at("2026-05-05", 20)), at("2026-05-06", 8));
      for (let hour = 8; hour < 20; hour++) offered[at("2026-06-11", hour)] *= 2;
    });
    expect(kinds(history)).toEqual([
      "gap 2026-02-03",
      "closedDay 2026-04-06",
      "copiedDay 2026-05-06",
      "outlierDay 2026-06-11",
    ]);
    expect(qualityReport(history)[2].otherDate).toBe("2026-05-05");
  });

  test("no copy, where one week is like the other by rule", () => {
    const regular = made(({ offered, at }) => {
      for (let week = 1; week < 26; week++)
        offered.set(offered.slice(at(firstDate, 0), at(firstDate, 7 * 24)), at(firstDate, week * 7 * 24));
    });
    expect(kinds(regular)).toEqual([]);
    expect(withSuggestions(regular)).toEqual(regular);
    const mondays = made(({ offered, at }) => {
      for (let week = 1; week < 26; week++)
        offered.set(offered.slice(at(firstDate, 0), at(firstDate, 24)), at(firstDate, week * 7 * 24));
    });
    expect(kinds(mondays)).toEqual([]);
  });

  test("copies, where one week stands in for the next and others are their own", () => {
    const history = made(({ offered, at }) => {
      offered.set(offered.slice(at("2026-03-02", 0), at("2026-03-09", 0)), at("2026-03-09", 0));
    });
    expect(kinds(history)).toEqual(
      [9, 10, 11, 12, 13].map((day) => `copiedDay 2026-03-${day < 10 ? "0" : ""}${day}`),
    );
  });

  test("a level that changed and stayed", () => {
    const history = made(({ offered, at }) => {
      for (let interval = at("2026-04-06", 0); interval < offered.length; interval++)
        offered[interval] *= 1.4;
    });
    const shifts = qualityReport(history).filter(({ kind }) => kind === "levelShift");
    expect(shifts.length).toBe(1);
    expect(Math.abs(Date.parse(shifts[0].date) - Date.parse("2026-04-06"))).toBeLessThanOrEqual(
      7 * 86_400_000,
    );
    expect((shifts[0].actual ?? 0) / (shifts[0].expected ?? 1)).toBeCloseTo(1.4, 1);
  });

  test("an AHT out of line", () => {
    const history = made(({ seconds, at }) => {
      for (let hour = 8; hour < 20; hour++) seconds[at("2026-03-18", hour)] *= 2;
    });
    expect(kinds(history)).toEqual(["ahtOutlier 2026-03-18"]);
  });

  test("clock changes, where the queue is open at night", () => {
    const grid = createIntervalGrid("Europe/Berlin", 60, "2026-03-28", 3);
    const count = intervalCount(grid);
    const open = new Uint8Array(count).fill(intervalState.open);
    const offered = new Float64Array(count).fill(5);
    const history = {
      grid,
      queues: [
        { queueId: "Voice", state: open, offered, handled: null, abandoned: null, handleSeconds: null },
      ],
    };
    expect(kinds(history)).toEqual([`clockChange ${addDays("2026-03-28", 1)}`]);
    expect(qualityReport(history)[0].actual).toBe(23);
  });
});

test("what is suggested is left out, stays listed, and comes back with its counts", () => {
  const history = made(({ offered, at }) => offered.fill(1, at("2026-03-10", 13), at("2026-03-10", 16)));
  const reviewed = withSuggestions(history);
  const [outage] = qualityReport(reviewed);
  expect(outage).toMatchObject({ kind: "outage", excluded: true });
  expect(reviewed.queues[0].state[outage.first]).toBe(intervalState.excluded);
  expect(withExcluded(reviewed, outage, false)).toEqual(history);
});
