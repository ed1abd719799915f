import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../src/domain/calendar/interval-grid.ts";
import { forecastDemand } from "../src/forecasting/forecast-demand.ts";
import { quantileOfSorted } from "../src/numerics/order-statistics.ts";
import { chatQueue } from "../src/queueing/chat-queue.ts";
import { finiteQueue } from "../src/queueing/finite-queue.ts";
import { erlangB } from "../src/queueing/steady/erlang-b.ts";
import { requiredAgents } from "../src/queueing/steady/required-agents.ts";
import { steadyQueue } from "../src/queueing/steady/steady-queue.ts";
import { expectedService } from "../src/queueing/steady/uncertain-demand.ts";
import { transientQueue } from "../src/queueing/transient/transient-queue.ts";
import { compareScenarios } from "../src/scenarios/measuring/compare-scenarios.ts";
import { demandRobustness } from "../src/scenarios/searches/robustness.ts";
import { sweepScenarios } from "../src/scenarios/searches/sweep.ts";
import { simulateContacts } from "../src/simulating/simulate-contacts.ts";
import { requireAgents } from "../src/staffing/require-agents.ts";
import { smallPlan } from "./scenarios/small-plan.ts";

/** The examples of the front doors' docstrings, with the numbers they state. */

const rule = { ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20 };
const twoHundred = { ...rule, arrivalsPerSecond: 200 / 3600 };
/** 200 calls an hour of 180 s, and 14 agents round the clock. */
const base = smallPlan({ queues: [{ id: "voice", perHour: 200, patienceSeconds: null }] });

describe("queueing", () => {
  test("erlangB", () => {
    expect(erlangB(10, 8)).toBeCloseTo(0.121661064253, 12);
  });

  test("steadyQueue and requiredAgents", () => {
    expect(steadyQueue(twoHundred, 14).serviceLevelOffered).toBeCloseTo(0.88835, 5);
    const targets = {
      serviceLevel: 0.8,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy: null,
    } as const;
    expect(requiredAgents(twoHundred, targets, 1)).toBe(14);
  });

  test("expectedService", () => {
    const load = { ...rule, arrivalsPerSecond: 10 / 180 };
    expect(expectedService(load, 0.01, 14).serviceLevelOffered).toBeCloseTo(0.856, 3);
  });

  test("chatQueue", () => {
    const oneAtATime = { maxContacts: 1, slowdown: [1] };
    expect(chatQueue(twoHundred, oneAtATime, 14).serviceLevelOffered).toBeCloseTo(0.888, 3);
  });

  test("finiteQueue", () => {
    expect(finiteQueue({ ...rule, arrivalsPerSecond: 8 / 180 }, 10, 10).blockedShare).toBeCloseTo(0.1217, 4);
  });

  test("transientQueue", () => {
    const load = {
      arrivalsPerSecond: Float64Array.of(200 / 3600),
      intervalSeconds: 1800,
      start: "steady",
      ahtSeconds: Float64Array.of(180),
      patienceSeconds: null,
      answerWithinSeconds: 20,
    } as const;
    expect(transientQueue(load, [14])[0]?.serviceLevelOffered).toBeCloseTo(0.888, 3);
  });
});

test("forecastDemand", async () => {
  const grid = createIntervalGrid("UTC", 30, "2026-08-10", 84);
  const queue = {
    queueId: "voice",
    state: new Uint8Array(intervalCount(grid)).fill(1),
    offered: new Float64Array(intervalCount(grid)).fill(100),
    handled: null,
    abandoned: null,
    handleSeconds: null,
  };
  const outcome = await forecastDemand({
    history: { grid, queues: [queue] },
    queues: [{ id: "voice", defaultAhtSeconds: 180, openingHours: null }],
    firstDate: "2026-11-02",
    dayCount: 28,
    settings: { model: "auto", holidays: null, specialDays: [], overrides: [] },
    timed: false,
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const { offered, offeredLower80, offeredUpper80 } = outcome.value.queues[0];
  expect(offered).toHaveLength(28 * 48);
  expect(offered[20]).toBeCloseTo(100, 0);
  expect(offeredLower80[20]).toBeLessThanOrEqual(offered[20]);
  expect(offeredUpper80[20]).toBeGreaterThanOrEqual(offered[20]);
});

test("requireAgents", async () => {
  const { plan, forecast } = base;
  const outcome = await requireAgents({ plan, forecast });
  expect(outcome.ok && outcome.value.queues[0].requiredAgents[20]).toBe(14);
});

test("simulateContacts", async () => {
  const { plan, forecast, schedule } = base;
  const outcome = await simulateContacts({ plan, forecast, schedule, roster: null, replications: 20 });
  const level = outcome.ok ? outcome.value.queues[0].total.serviceLevel : null;
  expect(level?.mean[0]).toBeCloseTo(0.89, 1.7);
  expect(level?.halfWidth[0]).toBeLessThan(0.02);
});

describe("scenarios", () => {
  test("compareScenarios", async () => {
    const busier = {
      id: "busier",
      name: "+30 %",
      changes: [{ kind: "volume" as const, queueId: null, factor: 1.3, window: null }],
    };
    const outcome = await compareScenarios({ ...base, scenarios: [busier], method: "formula" });
    const difference = outcome.ok ? outcome.value.plans[1].scopes[0].differences?.serviceLevel?.value : null;
    // Half an hour is not enough for a queue that grows without end: the day as a whole is not quite as bad.
    expect(difference).toBeLessThan(-0.5);
  });

  test("sweepScenarios", async () => {
    const outcome = await sweepScenarios({
      ...base,
      changes: [],
      across: { lever: { kind: "volume", groupId: "", queueId: null }, values: [0, 0.1, 0.2] },
      down: null,
      measure: "serviceLevel",
      queueId: null,
      method: "formula",
    });
    const [first, second, third] = outcome.ok ? outcome.value.values : [];
    expect(first).toBeGreaterThan(second ?? 1);
    expect(second).toBeGreaterThan(third ?? 1);
  });

  test("demandRobustness", async () => {
    const days = { first: 0, end: 1 };
    const outcome = await demandRobustness({
      ...base,
      changes: [],
      days,
      paths: 40,
      deviations: { handleTime: 0.05, absence: 0.2, patience: 0.2 },
    });
    const levels = outcome.ok ? outcome.value.serviceLevels : new Float64Array(0);
    const worstTenth = quantileOfSorted(levels, 0.1);
    expect(levels.filter((level) => level >= worstTenth)).toHaveLength(36);
  });
});
