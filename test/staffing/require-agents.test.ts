import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalAt, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Queue } from "../../src/domain/plan/queue.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import { compareMethods } from "../../src/staffing/compare-methods.ts";
import { type RequirementInput, requireAgents } from "../../src/staffing/require-agents.ts";
import { availableShare } from "../../src/staffing/shrinkage.ts";
import { voiceQueue } from "../builders.ts";

const voice: Queue = voiceQueue();

/** One Monday, 2026-11-02, of half hours in Berlin with the same contacts in each. */
function monday(offered: number, ahtSeconds = 180, queueId = "voice"): DemandForecast {
  const grid = createIntervalGrid("Europe/Berlin", 30, "2026-11-02", 1);
  const count = intervalCount(grid);
  const series = (value: number) => new Float64Array(count).fill(value);
  return {
    grid,
    queues: [
      {
        queueId,
        open: new Uint8Array(count).fill(1),
        offered: series(offered),
        offeredLower80: series(offered),
        offeredUpper80: series(offered),
        offeredLower95: series(offered),
        offeredUpper95: series(offered),
        dispersion: series(0),
        dayFactorVariance: 0,
        ahtSeconds: series(ahtSeconds),
        model: "test",
        backtest: [],
        notes: [],
      },
    ],
  };
}

function input(queue: Queue, forecast: DemandForecast, wholeAgents = false): RequirementInput {
  return {
    plan: {
      queues: [queue],
      shrinkage: [],
      requirement: { method: "stationary", wholeAgents, spread: "ignored", missRisk: 0.2 },
    },
    forecast,
  };
}

async function required(given: RequirementInput) {
  const outcome = await requireAgents(given);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return { ...outcome.value.queues[0], issues: outcome.issues };
}

describe("required agents of a queue", () => {
  test("100 contacts in 30 minutes of 180 s: 14, of whom 20 are scheduled at 30 % shrinkage", async () => {
    const shrinkage = [
      {
        id: "all",
        name: "All",
        share: 0.3,
        planned: true,
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    ];
    const given = input(voice, monday(100), true);
    const { requiredAgents, scheduledAgents, serviceLevel, occupancy } = await required({
      ...given,
      plan: { ...given.plan, shrinkage },
    });
    expect(requiredAgents[20]).toBe(14);
    expect(scheduledAgents[20]).toBe(20);
    expect(serviceLevel[20]).toBeCloseTo(0.88835, 6);
    expect(occupancy[20]).toBeCloseTo(0.714286, 6);
    const fractions = await required({
      ...input(voice, monday(100)),
      plan: { ...given.plan, shrinkage, requirement: { ...given.plan.requirement, wholeAgents: false } },
    });
    expect(fractions.requiredAgents[20]).toBeCloseTo(13.037206, 5);
    expect(fractions.scheduledAgents[20]).toBeCloseTo(13.037206 / 0.7, 5);
    expect(fractions.serviceLevel[20]).toBeCloseTo(0.8, 6);
  });

  test("patience makes it Erlang A", async () => {
    const { requiredAgents, abandonmentRate } = await required(
      input({ ...voice, patienceSeconds: 300 }, monday(100), true),
    );
    expect(requiredAgents[0]).toBe(13);
    expect(abandonmentRate[0]).toBeCloseTo(0.02496, 5);
  });

  test("every promise of the goal holds", async () => {
    const goal = {
      ...voice.goal,
      serviceLevel: null,
      maxAsaSeconds: 10,
      maxAbandonment: 0.02,
      maxOccupancy: 0.7,
    };
    const found = await required(input({ ...voice, goal, patienceSeconds: 200 }, monday(100)));
    expect(found.asaSeconds[0]).toBeLessThanOrEqual(10 + 1e-6);
    expect(found.abandonmentRate[0]).toBeLessThanOrEqual(0.02 + 1e-9);
    expect(found.occupancy[0]).toBeLessThanOrEqual(0.7 + 1e-9);
    expect(found.occupancy[0]).toBeGreaterThan(0.69);
  });

  test("opening hours, least agents, an interval without contacts", async () => {
    const forecast = monday(4);
    forecast.queues[0].offered[20] = 0;
    const hours = [{ weekday: 1, openMinute: 480, closeMinute: 1200 }];
    const found = await required(input({ ...voice, openingHours: hours, minimumAgents: 3 }, forecast));
    expect(found.requiredAgents[15]).toBe(0);
    expect(found.requiredAgents[16]).toBe(3);
    expect(found.requiredAgents[20]).toBe(3);
    expect(found.serviceLevel[20]).toBe(1);
    expect(found.requiredAgents[40]).toBe(0);
    expect(found.issues).toEqual([
      {
        code: "requirement.outsideOpeningHours",
        severity: "warning",
        values: { queue: "Voice", contacts: 96 },
      },
    ]);
  });

  test("one agent at least while there is any work", async () => {
    const found = await required(input(voice, monday(0.01)));
    expect(found.requiredAgents[0]).toBe(1);
  });

  test("a goal of 100 % is answered with the reason", async () => {
    const goal = { ...voice.goal, serviceLevel: 1 };
    const outcome = await requireAgents(input({ ...voice, goal }, monday(100)));
    expect(outcome.ok).toBe(false);
    expect(outcome.issues[0].code).toBe("requirement.goalOutOfReach");
    expect(outcome.issues[0].values).toEqual({ queue: "Voice", promise: "serviceLevel" });
  });

  test("a queue nobody forecast", async () => {
    const outcome = await requireAgents(input(voice, monday(100, 180, "other")));
    expect(outcome.ok).toBe(false);
    expect(outcome.issues.map((issue) => issue.code)).toEqual([
      "requirement.noForecast",
      "requirement.nothingForecast",
    ]);
  });

  test("chat agents with several slots need fewer heads, slower contacts more", async () => {
    const chat = (slowdown: number[]): Queue => ({
      ...voice,
      channel: "chat",
      concurrency: { maxContacts: 3, slowdown },
    });
    const quick = (await required(input(chat([1]), monday(100), true))).requiredAgents[0];
    const slow = (await required(input(chat([1, 1.4, 1.9]), monday(100), true))).requiredAgents[0];
    expect(quick).toBeLessThan(7);
    expect(slow).toBeGreaterThan(quick);
    const single = await required(
      input({ ...chat([1]), concurrency: { maxContacts: 1, slowdown: [1] } }, monday(100), true),
    );
    expect(single.requiredAgents[0]).toBe(14);
  });
});

describe("what a requirement is made for", () => {
  const settings = { method: "stationary", wholeAgents: false, spread: "ignored", missRisk: 0.2 } as const;

  test("long handle times: the lagged load rises later, the transient staffing keeps every interval", async () => {
    const forecast = monday(0, 900);
    const { open, offered } = forecast.queues[0];
    for (let index = 0; index < 48; index++) {
      open[index] = index >= 16 && index < 40 ? 1 : 0;
      offered[index] = open[index] === 1 ? 30 + 20 * Math.sin((index - 16) / 4) : 0;
    }
    const queue = { ...voice, patienceSeconds: 180 };
    const made = async (method: RequirementInput["plan"]["requirement"]["method"]) =>
      required({
        plan: { queues: [queue], shrinkage: [], requirement: { ...settings, method } },
        forecast,
      });
    const stationary = await made("stationary");
    const lagged = await made("lagged");
    const transient = await made("transient");
    // The load rises from 16 to 22 and falls from 22 on: what lags is below it first and above it later.
    expect(lagged.requiredAgents[18]).toBeLessThan(stationary.requiredAgents[18]);
    expect(lagged.requiredAgents[28]).toBeGreaterThan(stationary.requiredAgents[28]);
    for (let index = 16; index < 40; index++) {
      expect(Number.isInteger(transient.requiredAgents[index])).toBe(true);
      expect(transient.serviceLevel[index]).toBeGreaterThanOrEqual(0.8);
    }
    const rows = compareMethods({
      plan: { queues: [queue], shrinkage: [], requirement: settings },
      forecast,
    });
    expect(rows.map((row) => row.method)).toEqual(["stationary", "lagged", "transient"]);
    expect(rows[2].missing).toBe(0);
    expect(rows[2].agentHours).toBeLessThanOrEqual(rows[0].agentHours);
    expect(rows[2].worstServiceLevel).toBeGreaterThanOrEqual(0.8);
    // Over the day the goal takes fewer still: some interval misses it, the day does not.
    const day = { ...settings, method: "transientDay" as const };
    const [, , every, over] = compareMethods({
      plan: { queues: [queue], shrinkage: [], requirement: day },
      forecast,
    });
    expect(over.method).toBe("transientDay");
    expect(over.agentHours).toBeLessThan(every.agentHours);
    expect([over.daysMissing, over.days]).toEqual([0, 1]);
    expect(over.serviceLevel).toBeGreaterThanOrEqual(0.8);
    expect(over.serviceLevel).toBeLessThan(0.82);
    const asked = await made("transientDay");
    expect(asked.requiredAgents.reduce((sum, agents) => sum + agents, 0) / 2).toBe(over.agentHours);
  });

  test("spread of demand asks for more: for the expected service, and by the risk that is taken", async () => {
    const forecast = monday(100);
    forecast.queues[0].dispersion.fill(0.04);
    const made = async (requirement: RequirementInput["plan"]["requirement"]) =>
      (await required({ plan: { queues: [voice], shrinkage: [], requirement }, forecast })).requiredAgents[0];
    expect(await made(settings)).toBeCloseTo(13.0372, 3);
    const expected = await made({ ...settings, spread: "expectedService" });
    expect(expected).toBeCloseTo(14.4337, 3);
    // P95 of a gamma with cv 0.2 is χ²(50)₀.₉₅ ÷ 50 = 67.50481 ÷ 50, and the load so many times 10.
    const risky = await made({ ...settings, spread: "missRisk", missRisk: 0.5 });
    const careful = await made({ ...settings, spread: "missRisk", missRisk: 0.05 });
    expect(risky).toBeLessThan(13.0372);
    expect(careful).toBeGreaterThan(16.5);
    const sure = monday(100 * 1.3500961);
    const same = (await required(input(voice, sure))).requiredAgents[0];
    expect(careful).toBeCloseTo(same, 2);
  });

  test("self-service keeps some, hands the rest over later and longer", async () => {
    const forecast = monday(0, 200);
    forecast.queues[0].offered[20] = 100;
    const selfService = {
      offeredShare: 0.5,
      containedShare: 0.6,
      handoverMinutes: 15,
      handoverAhtFactor: 1.5,
    };
    const found = await required(input({ ...voice, selfService }, forecast));
    // 50 come at once; of 50 offered to the bot 20 are handed over, half of them in the next half hour.
    expect(found.offered[20]).toBeCloseTo(60, 9);
    expect(found.offered[21]).toBeCloseTo(10, 9);
    expect(found.ahtSeconds[20]).toBeCloseTo((50 * 200 + 10 * 300) / 60, 9);
    expect(found.ahtSeconds[21]).toBeCloseTo(300, 9);
  });

  test("deferrable work waits for the others' gap, within its deadline", async () => {
    const forecast = monday(20);
    const { offered } = forecast.queues[0];
    for (let index = 0; index < 48; index++) offered[index] = index % 8 < 4 ? 100 : 20;
    const mail = monday(10, 360, "mail").queues[0];
    const queues: Queue[] = [
      voice,
      {
        ...voice,
        id: "mail",
        name: "Mail",
        channel: "deferred",
        deferred: { withinMinutes: 240, backlogContacts: 30 },
      },
    ];
    const outcome = await requireAgents({
      plan: { queues, shrinkage: [], requirement: settings },
      forecast: { ...forecast, queues: [forecast.queues[0], mail] },
    });
    if (!outcome.ok) throw new Error();
    const [calls, letters] = outcome.value.queues;
    const hours = letters.requiredAgents.reduce((total, agents) => total + agents, 0) / 2;
    expect(hours).toBeCloseTo((48 * 10 + 30) * 0.1, 6);
    expect(letters.requiredAgents[1]).toBeLessThan(letters.requiredAgents[5]);
    const peak = Math.max(
      ...calls.requiredAgents.map((agents, index) => agents + letters.requiredAgents[index]),
    );
    expect(peak).toBeCloseTo(Math.max(...calls.requiredAgents), 1);
  });

  test("agents who serve both do deferrable work between calls, and it is not staffed twice", async () => {
    const mail = monday(10, 360, "mail").queues[0];
    const forecast = { ...monday(100), queues: [monday(100).queues[0], mail] };
    const made = async (gapShare: number | undefined, queueIds: string[]) => {
      const deferred = { withinMinutes: 240, backlogContacts: 0, gapShare };
      const queues: Queue[] = [voice, { ...voice, id: "mail", name: "Mail", channel: "deferred", deferred }];
      const groups = [{ id: "g", name: "Both", queueIds }];
      const outcome = await requireAgents({
        plan: { queues, groups, shrinkage: [], requirement: settings },
        forecast,
      });
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      return outcome.value.queues;
    };
    const mean = (agents: Float64Array) => agents.reduce((sum, value) => sum + value, 0) / agents.length;
    const [calls, letters] = await made(0.2, ["voice", "mail"]);
    // 13.0372 agents for 10 erlangs wait 3.0372 agents' time; a fifth of it is 0.6074 of the two erlangs of letters.
    expect(letters.gapAgents![5]).toBeCloseTo(0.2 * 3.0372, 3);
    expect(mean(letters.requiredAgents) + mean(letters.gapAgents!)).toBeCloseTo(2, 6);
    expect(mean(calls.requiredAgents)).toBeCloseTo(13.0372, 3);
    const [, all] = await made(1, ["voice", "mail"]);
    expect(Math.max(...all.requiredAgents)).toBe(0);
    expect(mean(all.gapAgents!)).toBeCloseTo(2, 6);
    for (const apart of [await made(1, ["mail"]), await made(undefined, ["voice", "mail"])]) {
      expect(mean(apart[1].requiredAgents)).toBeCloseTo(2, 6);
      expect(apart[1].gapAgents).toBeUndefined();
    }
  });

  test("zero handle time, a day that is closed", async () => {
    const instant = await required(input(voice, monday(100, 0)));
    expect(instant.requiredAgents[0]).toBe(0);
    const closed = monday(100);
    closed.queues[0].open.fill(0);
    const nobody = await required(input(voice, closed));
    expect(Math.max(...nobody.requiredAgents)).toBe(0);
    for (const method of ["lagged", "transient"] as const) {
      const plan = { queues: [voice], shrinkage: [], requirement: { ...settings, method } };
      expect((await required({ plan, forecast: monday(100, 0) })).requiredAgents[3]).toBeLessThanOrEqual(1);
      expect(Math.max(...(await required({ plan, forecast: closed })).requiredAgents)).toBe(0);
    }
  });
});

test("shrinkage multiplies, by weekday and by clock time, over midnight too", () => {
  const grid = createIntervalGrid("Europe/Berlin", 60, "2026-10-24", 2);
  const item = (
    share: number,
    weekdays: number[] | null,
    fromMinute: number | null,
    toMinute: number | null,
  ) => ({ id: `${share}`, name: "", share, planned: true, weekdays, fromMinute, toMinute });
  const available = availableShare(grid, [
    item(0.1, null, null, null),
    item(0.2, [7], null, null),
    item(0.5, null, 1380, 120),
  ]);
  expect(available[intervalAt(grid, "2026-10-24", 600)!]).toBeCloseTo(0.9, 12);
  expect(available[intervalAt(grid, "2026-10-25", 600)!]).toBeCloseTo(0.72, 12);
  expect(available[intervalAt(grid, "2026-10-24", 1380)!]).toBeCloseTo(0.45, 12);
  expect(available[intervalAt(grid, "2026-10-25", 60)!]).toBeCloseTo(0.36, 12);
  // The day has 25 hours; its last hour is 23:00.
  expect(intervalCount(grid)).toBe(49);
  expect(available[48]).toBeCloseTo(0.36, 12);
});
