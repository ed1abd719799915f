import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { baseFor, compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import type { LedgerItem } from "../../../src/scenarios/money-ledger.ts";
import {
  type Investment,
  returnOnInvestment,
  standsForMonths,
} from "../../../src/scenarios/searches/return-on-investment.ts";
import { smallPlan } from "../small-plan.ts";

/** Seven days from Monday, 8 to 18, six agents at 20 an hour: 60 paid hours a day. */
function week(more: Partial<ScenarioInputs["plan"]> = {}): ScenarioInputs {
  const inputs = smallPlan({
    queues: [{ id: "voice", perHour: 60 }],
    groups: [{ id: "team", queueIds: ["voice"], agents: 6 }],
    open: { from: 8, to: 18 },
    days: 7,
    replications: 6,
  });
  return { ...inputs, plan: { ...inputs.plan, ...more } };
}

async function investment(base: ScenarioInputs, changes: Change[]): Promise<Investment> {
  const outcome = await compareScenarios({
    ...base,
    method: "simulation",
    scenarios: [{ id: "s", name: "s", changes }],
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const [, scenario] = outcome.value.plans;
  const { ledger } = baseFor(outcome.value, scenario);
  return returnOnInvestment({ ledger: scenario.ledger, base: ledger, dayCount: 7 });
}

const costOf = ({ differences }: Investment, kind: string) =>
  differences.find((line) => line.kind === kind)?.cost?.value;

/** Weeks in a month of 365 ÷ 12 days. */
const weeks = 365 / 12 / 7;
const always = { queueId: null, window: null };

describe("pay-back, held against hand arithmetic", () => {
  test("one: two more agents cost their wages, and nobody has said what else they bring", async () => {
    const result = await investment(week(), [{ kind: "agents", groupId: "team", count: 2, window: null }]);
    // Two agents, ten hours, seven days, 20 an hour.
    expect(costOf(result, "wages")).toBeCloseTo(2 * 10 * 7 * 20 * weeks, 6);
    expect(result.netPerMonth.value).toBeCloseTo(-2800 * weeks, 6);
    expect(result.netPerMonth.halfWidth).toBe(0);
    expect(result.once).toBe(0);
    expect(result.payBackMonths).toBeNull();
    expect(result.firstYearReturn).toBeNull();
    // Fewer contacts are lost; what one is worth is unknown, and not nothing.
    expect(result.unknown.map(({ kind }) => kind)).toEqual(["lostContacts"]);
    expect(result.unknown[0].quantity.value).toBeLessThan(0);
    expect(result.months[11].cumulated.value).toBeCloseTo(12 * -2800 * weeks, 6);
  });

  test("two: a tool of 6,000 once and 100 a month against contacts no longer lost, worth 9 each", async () => {
    const base = week({ lostContactValue: 9 });
    const result = await investment(base, [
      { kind: "aht", ...always, factor: 0.8 },
      { kind: "cost", what: "tool", amount: 6000, per: "once" },
      { kind: "cost", what: "licence", amount: 100, per: "month" },
    ]);
    const saved = -(result.differences.find(({ kind }) => kind === "lostContacts")?.quantity.value ?? 0);
    expect(saved).toBeGreaterThan(0);
    const net = saved * 9 - 100;
    expect(result.netPerMonth.value).toBeCloseTo(net, 6);
    expect(result.netPerMonth.halfWidth).toBeGreaterThan(0);
    expect(result.once).toBe(6000);
    expect(result.payBackMonths).toBeCloseTo(6000 / net, 6);
    expect(result.firstYearReturn?.value).toBeCloseTo((12 * net - 6000) / 6000, 6);
    // In a year 6,000 + 12 · 100 = 7,200 are spent; so many contacts must bring it.
    expect(result.breakEvenPerContact).toBeCloseTo(7200 / (12 * saved), 6);
    expect(result.unknown).toEqual([]);
  });

  test("three: a bot's price per contact is paid for every contact it takes; no wage is saved with the same shifts", async () => {
    const result = await investment(week({ lostContactValue: 0 }), [
      {
        kind: "deflection",
        queueId: null,
        share: 0.3,
        containment: 0.5,
        delayMinutes: 0,
        handOverFactor: 1,
        pricePerContact: 0.4,
      },
    ]);
    // 60 an hour, ten hours, seven days; three in ten of them at 0.40.
    expect(costOf(result, "bot")).toBeCloseTo(60 * 10 * 7 * 0.3 * 0.4 * weeks, 6);
    expect(costOf(result, "wages")).toBeUndefined();
    expect(result.netPerMonth.value).toBeCloseTo(-504 * weeks, 6);
  });

  test("four: recruiting once, workplaces by the month, training weeks once, and wages every month", async () => {
    const base = week();
    const [long] = base.plan.templates;
    const tenHours = { ...long, earliestStartMinute: 480, latestStartMinute: 480, lengthsMinutes: [600] };
    const days = 4;
    const result = await investment({ ...base, plan: { ...base.plan, templates: [tenHours] } }, [
      {
        kind: "hire",
        groupId: "team",
        contractId: null,
        count: 3,
        startDate: null,
        trainingWeeks: 1,
        startingPace: 1,
        learningWeeks: 0,
        costPerPerson: 1500,
        costPerPersonMonth: 80,
      },
    ]);
    // 40 hours are four shifts of ten hours; all of the week is training.
    expect(costOf(result, "trainingWages")).toBeCloseTo(3 * days * 10 * 20, 6);
    expect(costOf(result, "recruiting")).toBe(4500);
    // Three workplaces for one month: 12 ÷ 365 of a month each day, 365 ÷ 12 days a month.
    expect(costOf(result, "workplace")).toBeCloseTo(240, 6);
    expect(result.once).toBeCloseTo(2400 + 4500, 6);
    expect(result.netPerMonth.value).toBeCloseTo(-240, 6);
    expect(costOf(result, "wages")).toBeUndefined();
  });

  test("five: Sunday and overtime premiums, and a penalty for each day below 60 %", async () => {
    const base = week({
      lostContactValue: 0,
      currency: "USD",
      penalties: [{ queueId: "voice", below: 0.6, per: "day", amount: 250 }],
      scheduling: {
        ...week().plan.scheduling,
        premiums: [
          {
            kind: "clock",
            id: "sunday",
            name: "Sunday",
            share: 0.5,
            weekdays: [7],
            fromMinute: 0,
            toMinute: 1440,
          },
          { kind: "overtime", id: "over", name: "Over", share: 0.25, afterMinutes: 600 },
        ],
      },
    });
    const sunday = "2026-11-08";
    const result = await investment(base, [
      // Sunday's contacts more than double: six agents cannot answer 60 % in time.
      { kind: "volume", queueId: null, factor: 2.5, window: onDay(sunday) },
      { kind: "overtime", groupId: "team", date: sunday, share: 0.5, minutes: 60 },
    ]);
    // Three stay an hour longer: 3 h at 20, half as much again on Sunday, a quarter for the eleventh hour.
    expect(costOf(result, "wages")).toBeCloseTo(3 * 20 * weeks, 6);
    expect(costOf(result, "clockPremiums")).toBeCloseTo(3 * 10 * weeks, 6);
    expect(costOf(result, "overtimePremiums")).toBeCloseTo(3 * 5 * weeks, 6);
    expect(costOf(result, "penalties")).toBeCloseTo(250 * weeks, 6);
    expect(result.netPerMonth.value).toBeCloseTo(-(60 + 30 + 15 + 250) * weeks, 6);
  });
});

function onDay(date: string) {
  return { fromDate: date, toDate: date, weekdays: null, fromMinute: null, toMinute: null };
}

test("a benefit counts once: fewer contacts with the same shifts save contacts, not hours as well", async () => {
  const result = await investment(week({ lostContactValue: 5 }), [
    { kind: "deflection", queueId: null, share: 0.2, containment: 0.7, delayMinutes: 0, handOverFactor: 1 },
  ]);
  expect(result.differences.map(({ kind }) => kind)).toEqual(["bot", "lostContacts"]);
  const lost = result.differences[1];
  expect(result.netPerMonth.value).toBeCloseTo(-5 * lost.quantity.value, 6);
  // What the bot costs nobody has said.
  expect(result.unknown.map(({ kind }) => kind)).toEqual(["bot"]);
});

test("the ledger's wages are those of the table, and a scenario that changes nothing pays and earns nothing", async () => {
  const result = await investment(week({ lostContactValue: 5 }), [{ kind: "volume", ...always, factor: 1 }]);
  expect(result.differences).toEqual([]);
  expect(result.payBackMonths).toBe(0);
});

describe("which days stand for months", () => {
  const lasting: Change[] = [{ kind: "agents", groupId: "team", count: 2, window: null }];
  const dated: Change[] = [
    {
      kind: "agents",
      groupId: "team",
      count: 2,
      window: {
        fromDate: "2026-11-27",
        toDate: "2026-11-27",
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    },
  ];

  test.each([
    [7, lasting, true],
    [28, lasting, true],
    [28, [], true],
    // A Friday's wages thirty times are no month's.
    [1, lasting, false],
    [5, lasting, false],
    [10, lasting, false],
    // One busy day comes once, however long the days shown are.
    [7, dated, false],
    [28, dated, false],
    [28, [...dated, ...lasting], true],
  ] as const)("%i days", (dayCount, changes, stands) => {
    expect(standsForMonths(changes, dayCount)).toBe(stands);
  });
});

describe("a price that is missing", () => {
  const lines = (...ledger: LedgerItem[]) =>
    returnOnInvestment({ ledger, base: [line("wages", 10_000)], dayCount: 28 });
  const line = (kind: LedgerItem["kind"], cost: number | null, once = false): LedgerItem => ({
    kind,
    source: kind === "wages" ? { part: "templates" } : { part: "change", place: 1 },
    once,
    quantity: Float64Array.of(cost ?? 5),
    cost: cost === null ? null : Float64Array.of(cost),
  });

  test.each([
    ["once", line("recruiting", null, true)],
    ["month by month", line("vendorContacts", null)],
    ["as a penalty", line("penalties", null)],
  ])("of what is paid %s leaves no balance, no payback and no return", (_due, unpriced) => {
    const result = lines(line("wages", 8000), line("oneOff", 3000, true), unpriced);
    expect(result.unknown.map(({ kind }) => kind)).toEqual([unpriced.kind]);
    expect(result).toMatchObject({ isPriced: false, months: [], payBackMonths: null, firstYearReturn: null });
    // What is known is still said.
    expect(result.netPerMonth.value).toBeCloseTo((2000 * 365) / 12 / 28, 9);
  });

  test("of what lost contacts are worth leaves the balance of what is paid, named as such", () => {
    const result = lines(line("wages", 8000), line("oneOff", 3000, true), line("lostContacts", null));
    expect(result.isPriced).toBe(true);
    expect(result.unknown.map(({ kind }) => kind)).toEqual(["lostContacts"]);
    expect(result.payBackMonths).toBeCloseTo(3000 / ((2000 * 365) / 12 / 28), 9);
  });
});
