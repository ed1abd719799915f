import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureAdherence } from "../../src/adherence/measure-adherence.ts";
import { withMeasuredShrinkage } from "../../src/adherence/use-shrinkage.ts";
import { createIntervalGrid, instantOfMinute } from "../../src/domain/calendar/interval-grid.ts";
import { type StateKind, type StateLog, stateKinds } from "../../src/domain/plan/agent-states.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Activity, Shift } from "../../src/domain/plan/shift.ts";
import { adherenceOf, conformanceOf } from "../../src/domain/results/adherence.ts";

const grid = createIntervalGrid("Europe/Berlin", 30, "2026-11-02", 2);
const hour = 60;

/** 08:00 to 12:00 with a break at 10:00 of half an hour and half an hour of coaching before the end. */
const activities: readonly Activity[] = [
  { kind: "work", startMinute: 8 * hour, endMinute: 10 * hour, paid: true },
  { kind: "break", startMinute: 10 * hour, endMinute: 10.5 * hour, paid: true },
  { kind: "work", startMinute: 10.5 * hour, endMinute: 11.5 * hour, paid: true },
  { kind: "coaching", startMinute: 11.5 * hour, endMinute: 12 * hour, paid: true },
];
const shift: Shift = {
  id: "s",
  templateId: "t",
  groupId: "g",
  date: "2026-11-02",
  startMinute: 8 * hour,
  endMinute: 12 * hour,
  activities,
  pinned: false,
};
const shrinkage = [
  { id: "a", name: "A", share: 0.1, planned: false, weekdays: null, fromMinute: null, toMinute: null },
  { id: "b", name: "B", share: 0.05, planned: true, weekdays: null, fromMinute: 600, toMinute: 1440 },
  {
    id: "leave",
    name: "Leave",
    share: 0.08,
    planned: true,
    weekdays: null,
    fromMinute: null,
    toMinute: null,
  },
];
const agent = (id: string, team = "T") => ({ id, name: id, team });
const plan = {
  agents: [agent("ada"), agent("ben"), agent("cem", "other")],
  shrinkage,
  leave: { requests: [], allowances: [], shrinkageIds: ["leave"] },
} as unknown as Plan;
const roster = (...ids: readonly string[]) => ({
  grid,
  assignments: ids.map((agentId) => ({ agentId, shift, pinned: false })),
});

type Entry = readonly [agentId: string, kind: StateKind, from: number, to: number];
function logOf(...entries: readonly Entry[]): StateLog {
  const states = entries.map(([agentId, state, from, to]) => ({
    agentId,
    state,
    start: instantOfMinute(grid, from * hour),
    end: instantOfMinute(grid, to * hour),
  }));
  return {
    states,
    from: Math.min(...states.map(({ start }) => start)),
    until: Math.max(...states.map(({ end }) => end)),
    meanings: stateKinds.map((kind) => ({ state: kind, kind, seconds: 0 })),
  };
}
const asPlanned: readonly Entry[] = [
  ["ada", "working", 8, 10],
  ["ada", "break", 10, 10.5],
  ["ada", "working", 10.5, 11.5],
  ["ada", "away", 11.5, 12],
];
function measured(log: StateLog, ...ids: readonly string[]) {
  const outcome = measureAdherence(plan, roster(...ids), log);
  if (!outcome.ok) throw new RangeError(outcome.issues[0].code);
  return outcome.value;
}

describe("adherence", () => {
  test("is whole for who does what was planned, and nothing is lost", () => {
    const { total, shrinkage, lostSeconds, agents } = measured(logOf(...asPlanned), "ada");
    expect([adherenceOf(total), conformanceOf(total), shrinkage]).toEqual([1, 1, 0]);
    expect(lostSeconds).toEqual({ break: 0, away: 0, offline: 0 });
    expect(agents[0].days.map(({ date }) => date)).toEqual(["2026-11-02"]);
  });

  test("falls for who comes late, and conformance does not where the time is made up for", () => {
    const { total, lostSeconds } = measured(
      logOf(
        ["ada", "working", 8.5, 10],
        ["ada", "break", 10, 10.5],
        ["ada", "working", 10.5, 11.5],
        ["ada", "away", 11.5, 12],
        ["ada", "working", 12, 12.5],
      ),
      "ada",
    );
    expect(adherenceOf(total)).toBeCloseTo(3.5 / 4, 12);
    expect(conformanceOf(total)).toBe(1);
    expect(lostSeconds.offline).toBe(1800);
  });

  test("counts each interval for itself, a half one as a half", () => {
    const { agents, firstInterval } = measured(
      logOf(["ada", "working", 8.25, 9], ["ada", "offline", 9, 12]),
      "ada",
    );
    const at = (clock: number) => agents[0].intervals[clock * 2 - firstInterval];
    expect(adherenceOf(at(8))).toBe(0.5);
    expect(adherenceOf(at(8.5))).toBe(1);
    expect(adherenceOf(at(9))).toBe(0);
    // Logged out for the break keeps it; planned coaching is missed.
    expect(adherenceOf(at(10))).toBe(1);
    expect(adherenceOf(at(11.5))).toBe(0);
    expect(adherenceOf(at(7))).toBeNull();
  });

  test("counts who is missing from the log as absent beside their team, and leaves out whole teams", () => {
    const result = measured(logOf(...asPlanned), "ada", "ben", "cem");
    expect([result.absentIds, result.unloggedIds]).toEqual([["ben"], ["cem"]]);
    // Of two shifts one was kept; who is not there keeps no break either.
    expect(adherenceOf(result.total)).toBeCloseTo(0.5, 12);
    expect(result.shrinkage).toBe(0.5);
  });

  test("is told only as far as the log goes", () => {
    const { total } = measured(logOf(["ada", "working", 8, 9]), "ada");
    expect(total).toMatchObject({ plannedSeconds: 3600, adherentSeconds: 3600 });
    const outcome = measureAdherence(plan, roster("ada"), { ...logOf(...asPlanned), from: 0, until: 1000 });
    expect(outcome).toMatchObject({ ok: false, issues: [{ code: "adherence.otherDays" }] });
  });

  test("lies between 0 and 1 and loses what it does not do, whatever people did", () => {
    const state = fc.tuple(fc.constantFrom(...stateKinds), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 20 }), (drawn) => {
        let at = 7;
        const entries = drawn.map(([kind, length]): Entry => {
          const from = at;
          at += length / 4;
          return ["ada", kind, from, at];
        });
        const { total, lostSeconds, intervals } = measured(logOf(...entries), "ada");
        const share = adherenceOf(total);
        if (share !== null) expect(share).toBeGreaterThanOrEqual(0);
        if (share !== null) expect(share).toBeLessThanOrEqual(1 + 1e-12);
        expect(lostSeconds.break + lostSeconds.away + lostSeconds.offline).toBeCloseTo(
          total.plannedWorkSeconds - total.workedAsPlannedSeconds,
          6,
        );
        // The roster has two days: what a log tells of later ones does not count.
        const worked = entries.reduce(
          (sum, [, kind, from, to]) => sum + (kind === "working" ? Math.max(0, Math.min(to, 48) - from) : 0),
          0,
        );
        expect(total.workedSeconds).toBeCloseTo(worked * 3600, 6);
        expect(intervals.reduce((sum, { plannedSeconds }) => sum + plannedSeconds, 0)).toBeCloseTo(
          total.plannedSeconds,
          6,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("the shrinkage that really was", () => {
  const result = measured(
    logOf(["ada", "working", 8, 9], ["ada", "away", 9, 12], ["ada", "offline", 12, 12.5]),
    "ada",
  );

  test("stands beside what the plan reckoned with at the same time, without leave", () => {
    expect(result.shrinkage).toBeCloseTo(2 / 3, 12);
    expect(result.plannedShrinkage).toBeCloseTo(1 - (2 * 0.9 + 0.9 * 0.95) / 3, 12);
  });

  test("becomes the plan's, each kind in its share of it, and leave stays", () => {
    const next = withMeasuredShrinkage(plan, grid, result, "Measured");
    expect(next.shrinkage[2]).toBe(shrinkage[2]);
    const again = measureAdherence(
      next,
      roster("ada"),
      logOf(["ada", "working", 8, 9], ["ada", "away", 9, 12]),
    );
    if (!again.ok) throw new RangeError("not measured");
    expect(again.value.plannedShrinkage).toBeCloseTo(2 / 3, 5);
    const [a, b] = next.shrinkage.map(({ share }) => Math.log(1 - share));
    expect(a / b).toBeCloseTo(Math.log(0.9) / Math.log(0.95), 4);
  });

  test("is a kind of its own where the plan has none", () => {
    const bare = { ...plan, shrinkage: [], leave: undefined };
    expect(withMeasuredShrinkage(bare, grid, result, "Measured").shrinkage).toMatchObject([
      { name: "Measured", share: expect.closeTo(2 / 3, 12) },
    ]);
    const nothing = { ...result, shrinkage: null };
    expect(withMeasuredShrinkage(plan, grid, nothing, "Measured")).toBe(plan);
  });
});
