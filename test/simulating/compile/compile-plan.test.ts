import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import type { Queue } from "../../../src/domain/plan/queue.ts";
import { compilePlan } from "../../../src/simulating/compile/compile-plan.ts";
import { requirementOf } from "../../../src/staffing/require-agents.ts";
import { voiceQueue } from "../../builders.ts";

/** 2026-11-02 is a Monday; the forecast is open around the clock, ten contacts an hour. */
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 2);
const constant = (value: number) => new Float64Array(48).fill(value);
const queue: Queue = voiceQueue({
  id: "q",
  name: "Queue",
  defaultAhtSeconds: 360,
  openingHours: [1, 2].map((weekday) => ({ weekday, openMinute: 480, closeMinute: 1080 })),
});
const forecast = {
  grid,
  queues: [
    {
      queueId: "q",
      open: new Uint8Array(48).fill(1),
      offered: constant(10),
      offeredLower80: constant(10),
      offeredUpper80: constant(10),
      offeredLower95: constant(10),
      offeredUpper95: constant(10),
      dispersion: constant(0),
      dayFactorVariance: 0,
      ahtSeconds: constant(360),
      model: "given",
      backtest: [],
      notes: [],
    },
  ],
};

function simulatedQueue(of: Queue) {
  const outcome = compilePlan({
    plan: {
      queues: [of],
      groups: [{ id: "g", name: "Group", queueIds: ["q"] }],
      agents: [],
      shrinkage: [],
      simulation: {
        replications: 2,
        atShiftEnd: "finishContact",
        uncertainDemand: false,
        handleTimeCv: null,
        halfWidth: null,
      },
      seed: 1,
    },
    forecast,
    schedule: null,
    roster: {
      grid,
      assignments: [],
      unassigned: [],
      violations: [],
      status: "optimal",
      objective: 0,
      bound: null,
      seconds: null,
    },
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.problem.queues[0];
}

describe("a plan faces the contacts its requirement staffs for", () => {
  test("opening hours and self-service reach the simulation as they reach the requirement", () => {
    const served: Queue = {
      ...queue,
      selfService: { offeredShare: 0.5, containedShare: 0.6, handoverMinutes: 90, handoverAhtFactor: 2 },
    };
    const simulated = simulatedQueue(served);
    const required = requirementOf({
      plan: {
        queues: [served],
        shrinkage: [],
        requirement: { method: "stationary", wholeAgents: false, spread: "ignored", missRisk: 0.2 },
      },
      forecast,
    });
    if (!required.ok) throw new Error(required.issues[0].code);
    const [of] = required.value.queues;
    expect([...simulated.offered]).toEqual([...of.offered]);
    for (let index = 0; index < 48; index++)
      if (simulated.open[index] === 1)
        expect(simulated.ahtSeconds[index]).toBeCloseTo(of.ahtSeconds[index], 9);
    // Half go straight to agents; of the other half 40 % come back at twice the handle time.
    expect(simulated.offered[7]).toBe(0);
    expect(simulated.offered[12]).toBeCloseTo(7, 9);
    expect(simulated.ahtSeconds[12]).toBeCloseTo((5 * 360 + 2 * 720) / 7, 9);
    expect(simulated.open[18]).toBe(0);
  });

  test("work with a deadline that comes while closed, and the backlog, wait for the next open interval", () => {
    const simulated = simulatedQueue({
      ...queue,
      channel: "deferred",
      deferred: { withinMinutes: 240, backlogContacts: 25 },
    });
    expect(simulated.offered[8]).toBeCloseTo(25 + 9 * 10, 9);
    expect(simulated.offered[9]).toBeCloseTo(10, 9);
    expect(simulated.carriedOver![8]).toBeCloseTo((25 + 8 * 10) / (25 + 9 * 10), 9);
    expect(simulated.carriedOver![9]).toBe(0);
    // 18:00 to 08:00 is fourteen hours.
    expect(simulated.offered[32]).toBeCloseTo(15 * 10, 9);
    expect(simulated.ahtSeconds[32]).toBeCloseTo(360, 9);
  });
});
