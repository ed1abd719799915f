import { describe, expect, test } from "vitest";
import { keepGoals } from "../../src/closed-loop/keep-goals.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { randomPlan } from "../scheduling/random-plans.ts";

/** The contacts that so many required agents could handle, at nine parts in ten of their time. */
function forecastFor({ requirement: { grid, queues } }: ShiftsInput): DemandForecast {
  const ahtSeconds = 240;
  return {
    grid,
    queues: queues.map(({ queueId, requiredAgents }) => {
      const offered = requiredAgents.map((agents) => (0.9 * agents * grid.intervalMinutes * 60) / ahtSeconds);
      return {
        queueId,
        open: Uint8Array.from(requiredAgents, (agents) => Number(agents > 0)),
        offered,
        offeredLower80: offered,
        offeredUpper80: offered,
        offeredLower95: offered,
        offeredUpper95: offered,
        dispersion: new Float64Array(offered.length),
        dayFactorVariance: 0,
        ahtSeconds: new Float64Array(offered.length).fill(ahtSeconds),
        model: "given",
        backtest: [],
        notes: [],
      };
    }),
  };
}

/** What may be in the way of shifts that keep the goals, as of any shifts. */
const refusals = /^(shifts\.|closedLoop\.(noGoals|budget|tooFewPeople))/;

describe("plans by chance: tours, nights, clock changes, minimums, premiums, activities, pins of all kinds", () => {
  test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    "seed %i keeps every rule or says why not",
    async (seed) => {
      const shifts = randomPlan(seed);
      const outcome = await keepGoals({
        shifts,
        plan: {
          plan: {
            queues: shifts.queues.map((queue) => ({ ...queue, ...anyQueue })),
            groups: [...shifts.groups],
            agents: [],
            shrinkage: [],
            simulation: {
              replications: 10,
              atShiftEnd: "finishContact",
              uncertainDemand: false,
              handleTimeCv: null,
              halfWidth: null,
            },
            seed,
          },
          forecast: forecastFor(shifts),
        },
        goals: shifts.queues.map(() => anyQueue.goal),
        terms: { span: seed % 3 === 0 ? "period" : "day", confidence: null },
        seconds: 0.15,
      });
      if (!outcome.ok) {
        for (const { code } of outcome.issues) expect(code).toMatch(refusals);
        return;
      }
      expect(checkSchedule({ ...shifts, ...shifts.settings }, outcome.value)).toEqual([]);
      const { judgement, cost } = outcome.value;
      expect(judgement?.rounds.length).toBeGreaterThan(0);
      for (const { value, missedBy } of judgement?.goals ?? []) {
        expect(Number.isFinite(value)).toBe(true);
        expect(Number.isFinite(missedBy)).toBe(true);
      }
      // Shifts that keep the goals cannot be cheaper than their work.
      if (outcome.issues.every(({ code }) => code !== "closedLoop.goalsMissed"))
        expect(cost).toBeGreaterThanOrEqual((judgement?.leastWorkCost ?? 0) - 1e-6);
    },
  );
});

const anyQueue = {
  channel: "voice" as const,
  goal: {
    serviceLevel: 0.8,
    answerWithinSeconds: 20,
    serviceLevelRule: "offered" as const,
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
  },
  patienceSeconds: 300,
  defaultAhtSeconds: 240,
  concurrency: null,
  openingHours: null,
};
