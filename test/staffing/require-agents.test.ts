import { describe, expect, test } from "vitest";
import type { DemandForecast } from "../../src/domain/demand.ts";
import { createIntervalGrid, intervalAt, intervalCount } from "../../src/domain/interval-grid.ts";
import type { Queue } from "../../src/domain/queue.ts";
import { type RequirementInput, requireAgents } from "../../src/staffing/require-agents.ts";
import { availableShare } from "../../src/staffing/shrinkage.ts";

const voice: Queue = {
  id: "voice",
  name: "Voice",
  channel: "voice",
  goal: {
    serviceLevel: 0.8,
    answerWithinSeconds: 20,
    serviceLevelRule: "offered",
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
  },
  patienceSeconds: null,
  defaultAhtSeconds: null,
  concurrency: null,
  openingHours: null,
  minimumAgents: 0,
};

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
    plan: { queues: [queue], shrinkage: [], requirement: { method: "stationary", wholeAgents, spread: "ignored", missRisk: 0.2 } },
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
