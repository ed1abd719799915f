import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { QueueForecast } from "../../src/domain/results/demand.ts";
import { agentsOfQueues } from "../../src/periods/rostered-agents.ts";
import {
  demandAsItCame,
  patternMisfit,
  type QueueCame,
  staffingCauses,
  staffingError,
} from "../../src/periods/staffing-error.ts";

/** A fortnight from a Monday, with contacts in the first four hours of each day. */
const grid = createIntervalGrid("UTC", 60, "2026-11-02", 14);
const count = intervalCount(grid);

function forecastOf(perDay: readonly number[], ahtSeconds = 200): QueueForecast {
  const offered = Float64Array.from({ length: count }, (_, index) => perDay[index % 24] ?? 0);
  return {
    queueId: "voice",
    open: new Uint8Array(count).fill(1),
    offered,
    offeredLower80: offered,
    offeredUpper80: offered,
    offeredLower95: offered,
    offeredUpper95: offered,
    dispersion: new Float64Array(count),
    dayFactorVariance: 0,
    ahtSeconds: new Float64Array(count).fill(ahtSeconds),
    model: "test",
    backtest: [],
    notes: [],
  };
}

function cameOf(perDay: readonly number[], ahtSeconds = 200): QueueCame {
  const offered = Float64Array.from({ length: count }, (_, index) => perDay[index % 24] ?? 0);
  return {
    isKnown: new Uint8Array(count).fill(1),
    offered,
    handled: offered,
    handleSeconds: offered.map((contacts) => contacts * ahtSeconds),
  };
}

const day = (series: Float64Array, first = 0) =>
  [...series.subarray(first, first + 4)].map((value) => +value.toFixed(9));

describe("a forecast with causes as they came", () => {
  const forecast = forecastOf([0, 10, 20, 10]);
  const came = cameOf([0, 20, 20, 20], 300);

  test("has the volume alone, the handle time alone, or the pattern alone", () => {
    expect(day(demandAsItCame(grid, forecast, came, 0).offered)).toEqual([0, 10, 20, 10]);
    expect(day(demandAsItCame(grid, forecast, came, 1).offered)).toEqual([0, 15, 30, 15]);
    expect(day(demandAsItCame(grid, forecast, came, 2).ahtSeconds)).toEqual([300, 300, 300, 300]);
    expect(day(demandAsItCame(grid, forecast, came, 4).offered)).toEqual([
      0, 13.333333333, 13.333333333, 13.333333333,
    ]);
    const all = demandAsItCame(grid, forecast, came, 7);
    expect([day(all.offered), day(all.ahtSeconds)]).toEqual([
      [0, 20, 20, 20],
      [300, 300, 300, 300],
    ]);
  });

  test("takes the pattern of a weekday from all of its days, at the day's own volume", () => {
    const offered = came.offered.slice();
    offered.set([0, 40, 0, 0], 0);
    offered.set([0, 0, 40, 80], 7 * 24);
    const scattered = { ...came, offered };
    expect(day(demandAsItCame(grid, forecast, scattered, 5).offered)).toEqual([0, 10, 10, 20]);
    expect(day(demandAsItCame(grid, forecast, scattered, 5).offered, 7 * 24)).toEqual([0, 30, 30, 60]);
  });

  test("counts only what is known", () => {
    const isKnown = came.isKnown.slice();
    isKnown[2] = 0;
    expect(day(demandAsItCame(grid, forecast, { ...came, isKnown }, 1).offered)).toEqual([0, 20, 0, 20]);
    expect(day(demandAsItCame(grid, forecast, { ...came, isKnown }, 0).offered)).toEqual([0, 10, 0, 10]);
  });

  test("lies beyond chance where the pattern is another, and within it where it is not", () => {
    expect(patternMisfit(grid, forecast, came)).toBeGreaterThan(2);
    expect(patternMisfit(grid, forecast, cameOf([0, 15, 30, 15]))).toBe(0);
  });
});

describe("the error of staffing", () => {
  const counts = new Uint8Array(2).fill(1);
  /** Agents needed in two intervals of an hour, by what of the demand is as it came. */
  const required = (needed: (volume: boolean, handleTime: boolean, pattern: boolean) => number[]) =>
    Array.from({ length: 8 }, (_, mask) =>
      Float64Array.from(needed(!!(mask & 1), !!(mask & 2), !!(mask & 4))),
    );

  test("of one cause is all of that cause", () => {
    const volume = required((isVolume) => (isVolume ? [12, 6] : [10, 5]));
    expect(staffingError(volume, Float64Array.of(10, 5), counts, 60)).toEqual({
      requiredHours: 15,
      neededHours: 18,
      rosteredHours: 15,
      shortHours: 3,
      overHours: 0,
      misplaced: { volume: 3, handleTime: 0, pattern: 0, staff: 0 },
      net: { volume: -3, handleTime: 0, pattern: 0, staff: 0 },
    });
    const staff = staffingError(
      required(() => [10, 5]),
      Float64Array.of(8, 7),
      counts,
      30,
    );
    expect(staff).toMatchObject({ shortHours: 1, overHours: 1, rosteredHours: 7.5 });
    expect(staff.misplaced).toEqual({ volume: 0, handleTime: 0, pattern: 0, staff: 2 });
    expect(staff.net.staff).toBe(0);
  });

  test("of several causes is shared so that the parts sum to the whole, and what helps is below 0", () => {
    const both = required((isVolume, isLonger) => [10 * (isVolume ? 1.2 : 1) * (isLonger ? 1.5 : 1), 5]);
    const error = staffingError(both, Float64Array.of(16, 5), counts, 60);
    const sum = (parts: Record<string, number>) =>
      staffingCauses.reduce((all, cause) => all + parts[cause], 0);
    // 18 needed, 16 there.
    expect(sum(error.misplaced)).toBeCloseTo(2, 12);
    expect(sum(error.net)).toBeCloseTo(-2, 12);
    // Six more than asked for are there, whatever came.
    expect(error.net.staff).toBeCloseTo(6, 12);
    expect(error.misplaced.staff).toBeLessThan(error.misplaced.handleTime);
    expect(error.net.volume + error.net.handleTime).toBeCloseTo(-8, 12);
  });

  test("leaves out what is not known, and the staff where there was no roster", () => {
    const volume = required((isVolume) => (isVolume ? [12, 6] : [10, 5]));
    const error = staffingError(volume, null, Uint8Array.of(1, 0), 60);
    expect(error).toMatchObject({ requiredHours: 10, neededHours: 12, rosteredHours: null, shortHours: 2 });
    expect(error.misplaced).toEqual({ volume: 2, handleTime: 0, pattern: 0, staff: 0 });
  });
});

test("agents of several queues go where they are missing, then by the requirement, and nobody twice", () => {
  const series = (agents: number) => new Float64Array(count).fill(agents);
  const requirement = {
    grid,
    queues: [
      { queueId: "voice", requiredAgents: series(8) },
      { queueId: "chat", requiredAgents: series(4) },
    ],
  };
  const groups = [{ queueIds: ["voice", "chat"] }, { queueIds: ["voice"] }, { queueIds: ["chat"] }];
  const given = (both: number, voice: number, chat: number) =>
    agentsOfQueues(groups, [series(both), series(voice), series(chat)], requirement as never).map(
      ([first]) => first,
    );
  expect(given(3, 6, 3)).toEqual([8, 4]);
  expect(given(6, 6, 3)).toEqual([10, 5]);
  const [voice, chat] = given(1, 6, 2);
  expect([voice, chat]).toEqual([6.5, 2.5]);
  expect(given(0, 9, 1)).toEqual([9, 1]);
});
