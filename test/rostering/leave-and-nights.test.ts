import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Agent, Contract, Wish } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { agentShares } from "../../src/rostering/agent-shares.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { replacementsFor } from "../../src/rostering/replacements.ts";
import { rosterFigures } from "../../src/rostering/roster-figures.ts";
import { shiftAt } from "./random-plan.ts";
import { agent, contract, given, grid, input, roster, shift, template, wish } from "./small-plan.ts";

/** Eight hours by the watch from a clock time of Berlin. */
function clockShift(date: string, clockMinute: number, lengthMinutes = 480): Shift {
  return shiftAt(grid, date, template, clockMinute, lengthMinutes, "voice", `${date} ${clockMinute}`)!;
}

const planOf = (shifts: readonly Shift[], people: readonly Agent[], terms: Partial<Contract> = {}) =>
  problemFromPlan(rosterSource(input(shifts, people, { contracts: [{ ...contract, ...terms }] })));

/** Hard rules that Ada breaks when she works these shifts, with the day. */
function broken(shifts: readonly Shift[], ada: Partial<Agent>, terms: Partial<Contract> = {}) {
  const { violations } = judgeAssignments(
    planOf(shifts, [agent("Ada", ada)], terms),
    shifts.map((one) => given("Ada", one)),
  );
  return violations.filter(({ penalty }) => penalty === null).map(({ rule, date }) => [rule, date]);
}

describe("a night that goes on into a day of leave", () => {
  const leave = (...daysOff: string[]) => ({ daysOff });

  test("is given to nobody who is on leave then, and stays open", async () => {
    const result = await roster(input([shift(0, 22)], [agent("Ada", leave("2026-10-20"))]));
    expect(result.assignments).toEqual([]);
    expect(result.unassigned).toHaveLength(1);
    const shared = await roster(input([shift(0, 22)], [agent("Ada", leave("2026-10-20")), agent("Ben")]));
    expect(shared.assignments.map(({ agentId }) => agentId)).toEqual(["Ben"]);
  });

  test("is a broken rule when it is given by hand, like a shift on the day itself", () => {
    expect(broken([shift(0, 22)], leave("2026-10-20"))).toEqual([["availability", "2026-10-19"]]);
    expect(broken([shift(1, 8)], leave("2026-10-20"))).toEqual([["availability", "2026-10-20"]]);
  });

  test("breaks it by a quarter of an hour, and not by ending at midnight", () => {
    expect(broken([clockShift("2026-10-19", 960)], leave("2026-10-20"))).toEqual([]);
    expect(broken([clockShift("2026-10-19", 960, 495)], leave("2026-10-20"))).toHaveLength(1);
  });

  test("leave before the night is no obstacle", () => {
    expect(broken([shift(1, 22)], leave("2026-10-20"))).toEqual([["availability", "2026-10-20"]]);
    expect(broken([shift(1, 22)], leave("2026-10-19"))).toEqual([]);
  });

  test("leave on the day after the period counts", async () => {
    expect(broken([shift(13, 22)], leave("2026-11-02"))).toEqual([["availability", "2026-11-01"]]);
    const result = await roster(input([shift(13, 22)], [agent("Ada", leave("2026-11-02"))]));
    expect(result.unassigned).toHaveLength(1);
  });

  test("the clocks going back in that night change nothing", () => {
    // 22:00 on Saturday to 05:00 by the clock on Sunday; and a late shift of Sunday that ends at midnight.
    expect(broken([clockShift("2026-10-24", 1320)], leave("2026-10-25"))).toHaveLength(1);
    expect(broken([clockShift("2026-10-25", 960)], leave("2026-10-26"))).toEqual([]);
    expect(broken([clockShift("2026-10-25", 1320)], leave("2026-10-26"))).toHaveLength(1);
  });

  test("a pinned night stays, and the conflict names leave", async () => {
    const night = shift(0, 22);
    const result = await roster(
      input([night], [agent("Ada", leave("2026-10-20"))], {
        present: { grid, assignments: [{ ...given("Ada", night), pinned: true }] },
      }),
    );
    expect(result.assignments).toHaveLength(1);
    expect(result.issues.map(({ code, values }) => [code, values?.dropped])).toContainEqual([
      "roster.conflict",
      "availability",
    ]);
    expect(result.violations).toEqual([
      { rule: "availability", agentId: "Ada", date: "2026-10-19", penalty: null },
    ]);
  });

  test("is offered to nobody on leave as a replacement", () => {
    const open = shift(0, 22);
    const plan = planOf([open], [agent("Ada", leave("2026-10-20")), agent("Ben")]);
    expect(replacementsFor(plan, [], open).map(({ agentId }) => agentId)).toEqual(["Ben"]);
  });

  test("is no way to meet a fixed shift: that day is free", async () => {
    const fixed = { fixedShifts: [{ weekday: 1, templateId: "day" }], ...leave("2026-10-20") };
    const result = await roster(input([shift(0, 22)], [agent("Ada", fixed)]));
    expect(result.assignments.map(({ shift: { date } }) => date)).toEqual(["2026-10-26"]);
    expect(result.issues).toEqual([]);
  });

  test("is made from no requirement either", async () => {
    const scheduledAgents = new Float64Array(grid.dayOffsets[14]).fill(0);
    scheduledAgents.fill(1, 88, 120);
    const series = new Float64Array(grid.dayOffsets[14]);
    const queue = {
      queueId: "Voice",
      offered: series,
      ahtSeconds: series,
      requiredAgents: scheduledAgents,
      scheduledAgents,
      serviceLevel: series,
      asaSeconds: series,
      abandonmentRate: series,
      occupancy: series,
    };
    const nights = { ...template, earliestStartMinute: 1320, latestStartMinute: 1320 };
    const made = (person: Agent) =>
      roster(
        input([], [person], {
          schedule: null,
          requirement: { grid, queues: [queue] },
          rostering: { changePrice: 0, buildFrom: "requirement" },
          templates: [nights],
        }),
      );
    expect((await made(agent("Ada"))).assignments).toHaveLength(1);
    expect((await made(agent("Ada", leave("2026-10-20")))).assignments).toEqual([]);
  });
});

describe("a wish for a day off", () => {
  const night = shift(0, 22);
  const wishing = (date: string, more: Partial<Wish> = {}) =>
    agent("Ada", { wishes: [{ ...wish(date, "shiftOff"), ...more }] });
  const refused = (shifts: readonly Shift[], ada: Agent) => {
    const plan = planOf(shifts, [ada]);
    const assignments = shifts.map((one) => given("Ada", one));
    const verdict = judgeAssignments(plan, assignments);
    const { wishes, wishesGranted } = rosterFigures(plan, { assignments, ...verdict });
    return [
      wishes - wishesGranted,
      ...verdict.violations.filter(({ rule }) => rule === "shiftOffWish").map(({ date }) => date),
    ];
  };

  test("is not granted by a night that goes on into it", () => {
    expect(refused([night], wishing("2026-10-20"))).toEqual([1, "2026-10-19"]);
    expect(refused([night], wishing("2026-10-21"))).toEqual([0]);
    expect(agentShares(planOf([night], [wishing("2026-10-20")]), [given("Ada", night)])[0]).toMatchObject({
      wishes: 1,
      wishesGranted: 0,
    });
  });

  test("is broken once by each shift that works on it", () => {
    expect(refused([night, shift(1, 22)], wishing("2026-10-20"))).toEqual([1, "2026-10-20", "2026-10-19"]);
  });

  test("for one kind of shift only asks about shifts that start that day", () => {
    expect(refused([night], wishing("2026-10-20", { templateId: "day" }))).toEqual([0]);
    expect(refused([night], wishing("2026-10-19", { templateId: "day" }))).toEqual([1, "2026-10-19"]);
  });

  test("on the day after the period has its price, and its figure belongs to the next period", () => {
    expect(refused([shift(13, 22)], wishing("2026-11-02"))).toEqual([0, "2026-11-01"]);
  });

  test("sends the night to somebody else where there is one", async () => {
    const result = await roster(input([night], [wishing("2026-10-20"), agent("Ben")]));
    expect(result.assignments.map(({ agentId }) => agentId)).toEqual(["Ben"]);
    expect([result.objective, result.bound]).toEqual([0, 0]);
  });

  test("once granted in shift bidding keeps the night before free too", async () => {
    const result = await roster(
      input([night], [wishing("2026-10-20")], {
        rostering: { changePrice: 0, selfRostering: { order: "seniority" } },
      }),
    );
    expect(result.awards?.map(({ granted }) => granted)).toEqual([true]);
    expect(result.assignments).toEqual([]);
  });
});

describe("appointments and nights", () => {
  const away = (date: string, fromMinute: number, toMinute: number) => ({
    unavailable: [{ date, fromMinute, toMinute }],
  });

  test("an appointment on the day after forbids the night that runs into it", () => {
    expect(broken([shift(0, 22)], away("2026-10-20", 300, 420))).toHaveLength(1);
    expect(broken([shift(0, 22)], away("2026-10-20", 360, 420))).toEqual([]);
  });

  test("an appointment that runs past midnight forbids what starts the day after", () => {
    expect(broken([shift(1, 1)], away("2026-10-19", 1200, 1800))).toHaveLength(1);
    expect(broken([shift(1, 6)], away("2026-10-19", 1200, 1800))).toEqual([]);
  });

  test("clock times are meant on the day of 25 hours too", () => {
    // 08:00 to 16:00 by the clock, which is nine hours after midnight.
    const day = clockShift("2026-10-25", 480);
    const hours = (fromMinute: number, toMinute: number) => ({
      availability: [{ weekday: 7, fromMinute, toMinute }],
    });
    expect(broken([day], hours(480, 960))).toEqual([]);
    expect(broken([day], hours(540, 1020))).toHaveLength(1);
    expect(broken([day], away("2026-10-25", 960, 1020))).toEqual([]);
    expect(broken([day], away("2026-10-25", 945, 1020))).toHaveLength(1);
  });
});

describe("leave and runs of days", () => {
  // Sunday to Saturday are days −1 to 12: the runs below lie inside the fortnight.
  const works = (...days: number[]) => days.map((day) => shift(day, 8));
  const twoOff = { minimumConsecutiveDaysOff: 2 };

  test("a single day of leave between two days of work is no run of days off", async () => {
    const sick = { daysOff: ["2026-10-21"] };
    expect(broken(works(0, 1, 3, 4), sick, twoOff)).toEqual([]);
    expect(broken(works(0, 1, 3, 4), {}, twoOff)).toEqual([["minimumConsecutiveDaysOff", "2026-10-21"]]);
    const result = await roster(
      input(works(0, 1, 3, 4), [agent("Ada", sick)], { contracts: [{ ...contract, ...twoOff }] }),
    );
    expect(result.unassigned).toEqual([]);
    expect([result.objective, result.bound]).toEqual([0, 0]);
  });

  test("a day off beside leave may stand alone with it; one elsewhere may not", () => {
    const sick = { daysOff: ["2026-10-21"] };
    expect(broken(works(0, 1, 4, 5), sick, { minimumConsecutiveDaysOff: 3 })).toEqual([]);
    expect(broken(works(0, 1, 3, 5), sick, twoOff)).toEqual([["minimumConsecutiveDaysOff", "2026-10-23"]]);
  });

  test("a run of work that leave cuts may be short, before and after", async () => {
    const sick = { daysOff: ["2026-10-21"] };
    const threeOn = { minimumConsecutiveDays: 3 };
    const days = works(1, 3, 7, 8, 9);
    expect(broken(days, sick, threeOn)).toEqual([]);
    expect(broken(works(1, 4), sick, threeOn)).toEqual([["minimumConsecutiveDays", "2026-10-23"]]);
    const result = await roster(
      input(days, [agent("Ada", sick)], { contracts: [{ ...contract, ...threeOn }] }),
    );
    expect(result.unassigned).toEqual([]);
  });

  test("weekly hours that leave a weekday out, and closed days, are no leave", () => {
    const weekdays = [1, 2, 4, 5].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
    expect(broken(works(0, 1, 3, 4), { availability: weekdays }, twoOff)).toEqual([
      ["minimumConsecutiveDaysOff", "2026-10-21"],
    ]);
  });
});

describe("rest across a change of the clocks", () => {
  const rest = (timeZone: string, firstDate: string, first: [string, number], second: [string, number]) => {
    const local = createIntervalGrid(timeZone, 15, firstDate, 7);
    const at = ([date, clock]: [string, number], id: string) =>
      shiftAt(local, date, template, clock, 480, "voice", id)!;
    const shifts = [at(first, "first"), at(second, "second")];
    const base = input(shifts, [agent("Ada")]);
    const source = rosterSource({ ...base, schedule: { ...base.schedule!, grid: local } });
    return judgeAssignments(
      problemFromPlan(source),
      shifts.map((one) => given("Ada", one)),
    ).violations.filter(({ penalty }) => penalty === null).length;
  };

  test("is as many real hours as the contract says: eleven", () => {
    // Berlin, clocks back at 03:00 on 25 October: 00:00 to 10:00 are eleven hours.
    expect(rest("Europe/Berlin", "2026-10-19", ["2026-10-24", 960], ["2026-10-25", 600])).toBe(0);
    expect(rest("Europe/Berlin", "2026-10-19", ["2026-10-24", 960], ["2026-10-25", 585])).toBe(1);
    // Forward on 28 March: 00:00 to 11:00 are ten.
    expect(rest("Europe/Berlin", "2027-03-22", ["2027-03-27", 960], ["2027-03-28", 660])).toBe(1);
    expect(rest("Europe/Berlin", "2027-03-22", ["2027-03-27", 960], ["2027-03-28", 720])).toBe(0);
  });

  test("after a night over the change, in New York", () => {
    // 22:00 + 8 h ends at 05:00 by the clock on 1 November; 16:00 is eleven hours later.
    expect(rest("America/New_York", "2026-10-26", ["2026-10-31", 1320], ["2026-11-01", 960])).toBe(0);
    expect(rest("America/New_York", "2026-10-26", ["2026-10-31", 1320], ["2026-11-01", 945])).toBe(1);
    // It ends at 07:00 on 14 March; 18:00 is eleven hours later.
    expect(rest("America/New_York", "2027-03-08", ["2027-03-13", 1320], ["2027-03-14", 1080])).toBe(0);
    expect(rest("America/New_York", "2027-03-08", ["2027-03-13", 1320], ["2027-03-14", 1065])).toBe(1);
  });

  test("where the clocks change by half an hour, and where they change at midnight", () => {
    // Lord Howe: 02:00 becomes 01:30 on 5 April, so that 00:00 to 10:30 are eleven hours.
    expect(rest("Australia/Lord_Howe", "2026-03-30", ["2026-04-04", 960], ["2026-04-05", 630])).toBe(0);
    expect(rest("Australia/Lord_Howe", "2026-03-30", ["2026-04-04", 960], ["2026-04-05", 615])).toBe(1);
    // Cairo goes from 24:00 on 23 April to 01:00: a late shift ends with the day, and 12:00 is eleven hours later.
    expect(rest("Africa/Cairo", "2026-04-20", ["2026-04-23", 960], ["2026-04-24", 720])).toBe(0);
    expect(rest("Africa/Cairo", "2026-04-20", ["2026-04-23", 960], ["2026-04-24", 705])).toBe(1);
  });
});
