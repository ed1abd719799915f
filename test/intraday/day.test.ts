import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Made, Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { dayWithoutNews, type Today, todayOnGrid, todayOnIntervals } from "../../src/domain/plan/today.ts";
import { type DemandHistory, intervalState } from "../../src/domain/results/demand.ts";
import { withWhatCame } from "../../src/intraday/came-so-far.ts";
import { dayOutlook } from "../../src/intraday/day-outlook.ts";
import { daySoFar, rosterToday } from "../../src/intraday/day-so-far.ts";
import { smallPlan } from "../scenarios/small-plan.ts";

const { plan, forecast, schedule } = smallPlan({
  days: 2,
  open: { from: 8, to: 18 },
  replications: 40,
  groups: [{ id: "team", queueIds: ["voice"], agents: 9 }],
});
if (schedule === null || forecast === null) throw new Error("a small plan has both");
const { grid } = forecast;
const people = Array.from({ length: 9 }, (_, k) => `agent-${k}`);
const agents: Plan["agents"] = people.map((id) => ({
  id,
  name: id,
  groupId: "team",
  contractId: "none",
  team: "",
  joined: "2020-01-01",
  proficiency: 1,
  daysOff: [],
  unavailable: [],
  wishes: [],
}));
const roster: Roster = {
  grid,
  assignments: schedule.shifts.map((shift, k) => ({ agentId: people[k % 9], shift, pinned: false })),
  unassigned: [],
  violations: [],
  status: "optimal",
  objective: 0,
  bound: null,
  seconds: null,
};
const made = <T>(value: T): Made<T> => ({ value, madeAt: "2026-11-01T00:00:00Z", inputKey: "" });
const document: PlanDocument = {
  plan: { ...plan, agents },
  history: null,
  results: {
    forecast: made(forecast),
    requirement: null,
    schedule: made(schedule),
    roster: made(roster),
    simulation: null,
  },
};

/** Fifty contacts are expected in each half-hour from 08:00; so many came until 11:00. */
function mondayWith(contacts: number, sick: Today["sick"] = []): Today {
  const offered = Array.from({ length: 48 }, (_, slot) => (slot >= 16 && slot < 22 ? contacts : null));
  const came = [{ queueId: "voice", offered, handled: null, handleSeconds: null }];
  return { date: "2026-11-02", nowMinute: 660, came, sick };
}

describe("a day so far", () => {
  test("re-forecasts its rest and, less, the next day; hours before now say what came", () => {
    const soFar = daySoFar(forecast, mondayWith(59));
    const [queue] = soFar?.forecast.queues ?? [];
    expect(soFar?.now).toBe(22);
    expect(queue.offered[18]).toBe(59);
    expect(queue.offered[24] / 50).toBeGreaterThan(1.08);
    expect(queue.offered[24] / 50).toBeLessThan(1.18);
    expect(queue.offered[48 + 24]).toBeGreaterThan(50);
    expect(queue.offered[48 + 24]).toBeLessThan(queue.offered[24]);
  });

  test("is the plan's forecast where nothing is known, or what is known is of other intervals", () => {
    expect(daySoFar(forecast, dayWithoutNews("2026-11-02", 660))?.forecast.queues[0]).toBe(
      forecast.queues[0],
    );
    const quarters = mondayWith(59);
    const other = { ...quarters, came: [{ ...quarters.came[0], offered: new Array(96).fill(9) }] };
    expect(daySoFar(forecast, other)?.forecast.queues[0]).toBe(forecast.queues[0]);
    expect(daySoFar(forecast, { ...quarters, date: "2026-12-24" })).toBeNull();
  });

  test("counts intervals on days the clock is set: after 11:00 begins the 49th quarter of 100", () => {
    const autumn = createIntervalGrid("Europe/Berlin", 15, "2026-10-25", 1);
    const place = todayOnGrid(autumn, dayWithoutNews("2026-10-25", 660));
    expect(place?.now).toBe(48);
    expect(todayOnGrid(autumn, dayWithoutNews("2026-10-25", 1440))?.now).toBe(100);
  });
});

describe("who is sick", () => {
  test("works until then and no longer; nobody else's day and no other day changes", () => {
    const today = mondayWith(50, [
      { agentId: "agent-2", fromMinute: 0 },
      { agentId: "agent-3", fromMinute: 660 },
    ]);
    const { assignments } = rosterToday(roster, today);
    expect(assignments).toHaveLength(17);
    const monday = assignments.filter(({ shift }) => shift.date === "2026-11-02");
    expect(monday.map(({ agentId }) => agentId)).not.toContain("agent-2");
    expect(monday.find(({ agentId }) => agentId === "agent-3")?.shift).toMatchObject({
      startMinute: 480,
      endMinute: 660,
      activities: [{ startMinute: 480, endMinute: 660 }],
    });
    const others = assignments.filter(
      ({ agentId, shift }) => agentId !== "agent-3" || shift.date !== today.date,
    );
    for (const assignment of others) expect(roster.assignments).toContain(assignment);
  });
});

test("somebody sick from midnight leaves the night shift that began the day before", () => {
  const [first] = roster.assignments;
  const night = { ...first.shift, startMinute: 22 * 60, endMinute: 30 * 60, activities: [] };
  const nights = { ...roster, assignments: [{ ...first, shift: night }] };
  const tuesday = (fromMinute: number): Today => ({
    ...dayWithoutNews("2026-11-03", 660),
    sick: [{ agentId: first.agentId, fromMinute }],
  });
  expect(rosterToday(nights, tuesday(0)).assignments[0].shift.endMinute).toBe(24 * 60);
  expect(rosterToday(nights, tuesday(120)).assignments[0].shift.endMinute).toBe(26 * 60);
  expect(rosterToday(nights, tuesday(420)).assignments).toEqual(nights.assignments);
  const tomorrow = { ...tuesday(0), date: "2026-11-02" };
  const next = { ...night, date: "2026-11-03", startMinute: 32 * 60, endMinute: 40 * 60 };
  const later = { ...roster, assignments: [{ ...first, shift: next }] };
  expect(rosterToday(later, tomorrow).assignments).toEqual(later.assignments);
});

test("what came is summed to wider intervals, unknown where a part is, and dropped on narrower ones", () => {
  const [queue] = mondayWith(50).came;
  const quarters = { ...mondayWith(50), came: [{ ...queue, offered: [1, 2, null, 4, 5] }] };
  expect(todayOnIntervals(quarters, 15, 30).came[0].offered).toEqual([3, null, 5]);
  expect(todayOnIntervals(quarters, 15, 60).came[0].offered).toEqual([null, 5]);
  expect(todayOnIntervals(quarters, 15, 15)).toBe(quarters);
  expect(todayOnIntervals(quarters, 30, 15).came).toEqual([]);
});

describe("the outlook of a day", () => {
  const levelOf = async (today: Today) => {
    const outcome = await dayOutlook(document, today);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const { simulation, requirement } = outcome.value;
    return {
      level: simulation.queues[0].total.serviceLevel.mean[0],
      offered: simulation.queues[0].total.offered.mean[0],
      required: requirement.queues[0].requiredAgents[30],
    };
  };

  test("is of its rest alone, and worse with more contacts and with two people sick", async () => {
    const asPlanned = await levelOf(mondayWith(50));
    const more = await levelOf(mondayWith(66));
    const fewer = await levelOf(
      mondayWith(66, [
        { agentId: "agent-0", fromMinute: 0 },
        { agentId: "agent-1", fromMinute: 660 },
      ]),
    );
    expect(asPlanned.offered / (14 * 50)).toBeCloseTo(1, 1);
    expect(more.offered).toBeGreaterThan(1.05 * asPlanned.offered);
    expect(more.required).toBeGreaterThan(asPlanned.required);
    expect(more.level).toBeLessThan(asPlanned.level - 0.02);
    expect(fewer.level).toBeLessThan(more.level - 0.05);
  });

  test("says why there is none", async () => {
    const codes = async (today: Today, of = document) =>
      (await dayOutlook(of, today)).issues.map(({ code }) => code);
    expect(await codes({ ...mondayWith(50), nowMinute: 1440 })).toEqual(["today.nothingLeft"]);
    expect(await codes({ ...mondayWith(50), date: "2026-12-24" })).toEqual(["today.noForecast"]);
    const bare = { ...document, results: { ...document.results, roster: null, schedule: null } };
    expect(await codes(mondayWith(50), bare)).toEqual(["simulate.noShifts"]);
  });
});

describe("what a file says of a day", () => {
  const historyOf = (queueId: string, date = "2026-11-02"): DemandHistory => {
    const state = Uint8Array.from({ length: 48 }, (_, slot) =>
      slot >= 16 && slot < 23 ? intervalState.open : intervalState.closed,
    );
    const values = (value: number) => Float64Array.from(state, (one) => (one === 1 ? value : 0));
    return {
      grid: createIntervalGrid("UTC", 30, date, 1),
      queues: [
        {
          queueId,
          state,
          offered: values(60),
          handled: values(58),
          abandoned: null,
          handleSeconds: values(58 * 200),
        },
      ],
    };
  };

  test("takes the place of what was known, and now moves to its end", () => {
    const outcome = withWhatCame(plan, grid, mondayWith(50), historyOf("voice"));
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.nowMinute).toBe(690);
    expect(outcome.value.came).toHaveLength(1);
    expect(outcome.value.came[0].offered.slice(15, 24)).toEqual([null, ...new Array(7).fill(60), null]);
    expect(outcome.value.came[0]).toMatchObject({ handled: 7 * 58, handleSeconds: 7 * 58 * 200 });
  });

  test("whose rest it lists as zeros is not over: now stands where contacts end", () => {
    const came = historyOf("voice");
    const [queue] = came.queues;
    const whole = { ...queue, state: new Uint8Array(48).fill(intervalState.open) };
    const outcome = withWhatCame(plan, grid, mondayWith(50), { ...came, queues: [whole] });
    expect(outcome.ok && outcome.value.nowMinute).toBe(690);
    const empty = { ...whole, offered: new Float64Array(48) };
    const none = withWhatCame(plan, grid, mondayWith(50), { ...came, queues: [empty] });
    expect(none.issues.map(({ code }) => code)).toEqual(["today.otherDate"]);
  });

  test("is refused where it is of another day or of other queues", () => {
    const codes = (came: DemandHistory) =>
      withWhatCame(plan, grid, mondayWith(50), came).issues.map(({ code }) => code);
    expect(codes(historyOf("voice", "2026-11-03"))).toEqual(["today.otherDate"]);
    expect(codes(historyOf("fax"))).toEqual(["today.otherQueues"]);
  });
});
