import { describe, expect, test } from "vitest";
import type { Agent, Contract, LedgerEntry, RosteringSettings } from "../../src/domain/plan/roster.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { breachesOf } from "../../src/rostering/rules/hard-rules.ts";
import { choosingOrder } from "../../src/rostering/shift-bidding.ts";
import { agent, contract, grid, input, roster, shift, template, wish } from "./small-plan.ts";

const who = ({ assignments }: Awaited<ReturnType<typeof roster>>) =>
  Object.fromEntries(assignments.map(({ agentId, shift: { id } }) => [id, agentId]));
const settings = (more: Partial<RosteringSettings>): RosteringSettings => ({ changePrice: 0, ...more });

describe("what an agent can do at all", () => {
  const able = (more: Partial<Agent>, terms: Partial<Contract> = {}) => {
    const shifts = [shift(0, 8), shift(0, 14), shift(1, 8)];
    const source = rosterSource(
      input(shifts, [agent("Ada", more)], { contracts: [{ ...contract, ...terms }] }),
    );
    const plan = problemFromPlan(source);
    const [person] = plan.problem.people;
    return shifts
      .filter((one) => {
        const tour = new Int16Array(14).fill(-1);
        tour[plan.dayOf(one.date)!] = plan.kindOf(one)!;
        return breachesOf(plan.problem, person, tour).length === 0;
      })
      .map(({ id }) => id);
  };

  test("weekly hours, an appointment, the longest day", () => {
    expect(able({})).toEqual(["0-8-voice", "0-14-voice", "1-8-voice"]);
    expect(able({ availability: [{ weekday: 1, fromMinute: 480, toMinute: 960 }] })).toEqual(["0-8-voice"]);
    expect(able({ unavailable: [{ date: "2026-10-19", fromMinute: 1020, toMinute: 1080 }] })).toEqual([
      "0-8-voice",
      "1-8-voice",
    ]);
    expect(able({}, { maximumMinutesPerDay: 420 })).toEqual([]);
  });

  test("nothing before the first day of work, nothing after the last, nor the night into either", async () => {
    expect(able({ joined: "2026-10-20" })).toEqual(["1-8-voice"]);
    expect(able({ lastDate: "2026-10-19" })).toEqual(["0-8-voice", "0-14-voice"]);
    const nights = [shift(0, 22), shift(1, 22)];
    const ends = await roster(input(nights, [agent("Ada", { lastDate: "2026-10-20" })]));
    expect(who(ends)).toEqual({ "0-22-voice": "Ada" });
  });

  test("who joins or leaves in a week or period owes no hours of the days before or after", async () => {
    const owed = async (more: Partial<Agent>) => {
      const terms = { ...contract, minimumMinutesPerWeek: 480, minimumMinutesPerPeriod: 960 };
      const outcome = await roster(
        input([shift(0, 8), shift(7, 8)], [agent("Ada", more)], { contracts: [terms] }),
      );
      return outcome.violations.filter(({ penalty }) => penalty === null).map(({ rule }) => rule);
    };
    expect(await owed({})).toEqual([]);
    expect(await owed({ joined: "2026-10-26" })).toEqual([]);
    expect(await owed({ lastDate: "2026-10-25" })).toEqual([]);
  });

  test("a fixed shift is worked every such weekday, unless the agent is away", async () => {
    const shifts = [shift(0, 8), shift(7, 8)];
    const fixed = { fixedShifts: [{ weekday: 1, templateId: "day" }], daysOff: ["2026-10-26"] };
    const wishes = [wish("2026-10-19", "shiftOff")];
    const result = await roster(input(shifts, [agent("Ada", { ...fixed, wishes }), agent("Ben")]));
    expect(who(result)).toEqual({ "0-8-voice": "Ada", "7-8-voice": "Ben" });
    expect(result.issues).toEqual([]);
  });

  test("nights in the period and in a row, hours of the period, forbidden successions", async () => {
    const nights = [shift(0, 22), shift(1, 22), shift(2, 22)];
    const taken = async (terms: Partial<Contract>) =>
      (await roster(input(nights, [agent("Ada")], { contracts: [{ ...contract, ...terms }] }))).assignments
        .length;
    expect(await taken({})).toBe(3);
    expect(await taken({ maximumNights: 1 })).toBe(1);
    expect(await taken({ maximumConsecutiveNights: 1 })).toBe(2);
    expect(await taken({ maximumMinutesPerPeriod: 960 })).toBe(2);
    expect(await taken({ forbiddenSuccessions: [{ templateId: "day", nextTemplateId: "day" }] })).toBe(2);
    expect(await taken({ maximumShifts: [{ templateIds: ["day"], maximum: 2 }] })).toBe(2);
  });

  test("mornings or evenings, as each likes", async () => {
    const likes = (id: string, kind: "early" | "late") =>
      agent(id, { preferences: { startTime: { kind, weight: 2 } } });
    const shifts = [shift(0, 8), shift(0, 14)];
    const result = await roster(input(shifts, [likes("Ada", "late"), likes("Ben", "early")]));
    expect(who(result)).toEqual({ "0-8-voice": "Ben", "0-14-voice": "Ada" });
    const alone = await roster(input([shift(0, 8)], [likes("Ada", "late")]));
    expect(alone.violations).toEqual([
      { rule: "startPreference", agentId: "Ada", date: "2026-10-19", penalty: 2 },
    ]);
  });
});

describe("fairness over periods", () => {
  const entry = (agentId: string, nights: number): LedgerEntry => ({
    agentId,
    nights,
    weekends: 0,
    lates: 0,
    undesired: 0,
    wishes: 0,
    wishesGranted: 0,
  });
  const fairness = { nights: 5, weekends: 0, lates: 0, undesired: 0, undesiredTemplateIds: [] };

  test("who had more nights before gets fewer now, and the new ledger says so", async () => {
    const shifts = [shift(0, 22), shift(3, 22)];
    const result = await roster(
      input(shifts, [agent("Ada"), agent("Ben")], {
        rostering: settings({ fairness }),
        ledger: [entry("Ada", 4), entry("Ben", 2)],
      }),
    );
    expect(who(result)).toEqual({ "0-22-voice": "Ben", "3-22-voice": "Ben" });
    expect(result.objective).toBe(0);
    expect(result.ledger?.map(({ agentId, nights }) => [agentId, nights])).toEqual([
      ["Ada", 4],
      ["Ben", 4],
    ]);
  });

  test("a newcomer starts with the average", async () => {
    const result = await roster(
      input([shift(0, 22), shift(3, 22)], [agent("Ada"), agent("New")], {
        rostering: settings({ fairness }),
        ledger: [entry("Ada", 6)],
      }),
    );
    expect(new Set(Object.values(who(result))).size).toBe(2);
  });
});

describe("shift bidding", () => {
  const off = (id: string, joined: string) =>
    agent(id, { joined, wishes: [{ ...wish("2026-10-19", "shiftOff"), weight: id === "Ben" ? 9 : 1 }] });

  test("seniority decides who is off, whatever the weights, and everybody learns why", async () => {
    const people = [off("Ada", "2021-01-01"), off("Ben", "2024-01-01")];
    const result = await roster(
      input([shift(0, 8)], people, { rostering: settings({ selfRostering: { order: "seniority" } }) }),
    );
    expect(who(result)).toEqual({ "0-8-voice": "Ben" });
    expect(
      result.awards?.map(({ agentId, rank, granted, refusal, takenBy }) => [
        agentId,
        rank,
        granted,
        refusal,
        ...takenBy,
      ]),
    ).toEqual([
      ["Ada", 1, true, null],
      ["Ben", 2, false, "tooFewLeft", "Ada"],
    ]);
  });

  test("a shift is granted once; rules of one's own and shifts that are not there refuse", async () => {
    const on = (id: string, date: string, more: Partial<Agent> = {}) =>
      agent(id, { wishes: [wish(date, "shiftOn")], ...more });
    const people = [
      on("Ada", "2026-10-19"),
      on("Ben", "2026-10-19"),
      on("Cy", "2026-10-21"),
      on("Di", "2026-10-20", { contractId: "rest" }),
    ];
    const result = await roster(
      input([shift(0, 8), shift(1, 8)], people, {
        contracts: [
          contract,
          { ...contract, id: "rest", minimumConsecutiveDays: 3, maximumMinutesPerWeek: 480 },
        ],
        rostering: settings({ selfRostering: { order: "seniority" } }),
      }),
    );
    expect(Object.fromEntries(result.awards!.map(({ agentId, refusal }) => [agentId, refusal]))).toEqual({
      Ada: null,
      Ben: "shiftsTaken",
      Cy: "noSuchShift",
      Di: "ownRules",
    });
    expect(result.awards![3].rules.length).toBeGreaterThan(0);
    expect(result.awards![1].takenBy).toEqual(["Ada"]);
  });

  test("a lottery is drawn from the seed", () => {
    const people = Array.from({ length: 12 }, (_, index) => agent(`P${index}`));
    expect(choosingOrder(people, "lottery", 4)).toEqual(choosingOrder(people, "lottery", 4));
    expect(choosingOrder(people, "lottery", 4)).not.toEqual(choosingOrder(people, "lottery", 5));
    expect([...choosingOrder(people, "lottery", 4)].sort((a, b) => a - b)).toEqual([...people.keys()]);
  });
});

describe("straight from the requirement", () => {
  const intervals = grid.dayOffsets[14];
  const requirement = (scheduledAgents: Float64Array): Requirement => ({
    grid,
    queues: [
      {
        queueId: "Voice",
        offered: new Float64Array(intervals),
        ahtSeconds: new Float64Array(intervals),
        requiredAgents: scheduledAgents,
        scheduledAgents,
        serviceLevel: new Float64Array(intervals),
        asaSeconds: new Float64Array(intervals),
        abandonmentRate: new Float64Array(intervals),
        occupancy: new Float64Array(intervals),
      },
    ],
  });

  test("starts are chosen so that the two people at hand cover the day", async () => {
    // One agent from 08:00 to 16:00 and one from 12:00 to 20:00 on the second day.
    const wanted = new Float64Array(intervals);
    wanted.fill(1, 96 + 32, 96 + 64);
    for (let index = 96 + 48; index < 96 + 80; index++) wanted[index]++;
    const result = await roster(
      input([], [agent("Ada"), agent("Ben", { wishes: [wish("2026-10-20", "shiftOn")] })], {
        schedule: null,
        requirement: requirement(wanted),
        rostering: settings({ buildFrom: "requirement" }),
        templates: [{ ...template, startStepMinutes: 60 }],
      }),
    );
    expect(result.objective).toBe(0);
    expect(
      result.assignments.map(({ shift: { startMinute } }) => startMinute - 1440).sort((a, b) => a - b),
    ).toEqual([480, 720]);
    expect(result.unassigned).toEqual([]);
  });

  test("what cannot be covered is counted once per interval", async () => {
    const wanted = new Float64Array(intervals);
    wanted.fill(2, 96 + 32, 96 + 64);
    const result = await roster(
      input([], [agent("Ada")], {
        schedule: null,
        requirement: requirement(wanted),
        rostering: settings({ buildFrom: "requirement" }),
        templates: [{ ...template, startStepMinutes: 60 }],
      }),
    );
    expect(result.violations).toEqual([
      { rule: "coverShort", agentId: null, date: "2026-10-20", penalty: 8 * 60 },
    ]);
  });
});
