import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { type Made, type Plan, type PlanDocument, planSchemaVersion } from "../../src/domain/plan/plan.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { stageInputKey } from "../../src/stages/freshness.ts";
import type { StageSources } from "../../src/stages/stage.ts";
import { voiceQueue } from "../builders.ts";

/** One voice queue, one week of hours: small enough for every test of the app room. */
export function smallDocument(): PlanDocument {
  const plan: Plan = {
    schemaVersion: planSchemaVersion,
    id: "small",
    name: "Small",
    timeZone: "Europe/Berlin",
    intervalMinutes: 60,
    currency: "EUR",
    firstDate: "2026-11-02",
    dayCount: 7,
    queues: [voiceQueue({ defaultAhtSeconds: 180 })],
    groups: [{ id: "all", name: "All", queueIds: ["voice"] }],
    shrinkage: [],
    forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] },
    requirement: { method: "stationary", wholeAgents: true, spread: "ignored", missRisk: 0.2 },
    templates: [],
    scheduling: { solver: "auto", seconds: 5, gap: 0.01, costPerHourShort: 60, costPerHourOver: 12 },
    contracts: [],
    agents: [],
    simulation: {
      replications: 20,
      atShiftEnd: "finishContact",
      uncertainDemand: false,
      handleTimeCv: null,
      halfWidth: null,
    },
    scenarios: [],
    seed: 1,
  };
  const count = intervalCount(createIntervalGrid("Europe/Berlin", 60, "2026-10-26", 7));
  return {
    plan,
    history: {
      grid: createIntervalGrid("Europe/Berlin", 60, "2026-10-26", 7),
      queues: [
        {
          queueId: "voice",
          state: new Uint8Array(count).fill(1),
          offered: new Float64Array(count).fill(60),
          handled: null,
          abandoned: null,
          handleSeconds: null,
        },
      ],
    },
    results: noResults,
  };
}

export function flatForecast(document: StageSources, offered: number): DemandForecast {
  const grid = createIntervalGrid(
    document.plan.timeZone,
    document.plan.intervalMinutes,
    document.plan.firstDate,
    document.plan.dayCount,
  );
  const series = (value: number) => new Float64Array(intervalCount(grid)).fill(value);
  return {
    grid,
    queues: [
      {
        queueId: "voice",
        open: new Uint8Array(intervalCount(grid)).fill(1),
        offered: series(offered),
        offeredLower80: series(offered * 0.9),
        offeredUpper80: series(offered * 1.1),
        offeredLower95: series(offered * 0.8),
        offeredUpper95: series(offered * 1.2),
        dispersion: series(0),
        dayFactorVariance: 0,
        ahtSeconds: series(180),
        model: "flat",
        backtest: [],
        notes: [],
      },
    ],
  };
}

export function flatRequirement(forecast: DemandForecast, agents: number): Requirement {
  const count = intervalCount(forecast.grid);
  const series = (value: number) => new Float64Array(count).fill(value);
  return {
    grid: forecast.grid,
    queues: [
      {
        queueId: "voice",
        offered: forecast.queues[0].offered,
        ahtSeconds: forecast.queues[0].ahtSeconds,
        requiredAgents: series(agents),
        scheduledAgents: series(agents),
        serviceLevel: series(0.85),
        asaSeconds: series(8),
        abandonmentRate: series(0),
        occupancy: series(0.8),
      },
    ],
  };
}

/** A result as a run would have left it for this document. */
export function madeFrom<T>(stage: "forecast" | "requirement", document: PlanDocument, value: T): Made<T> {
  return { value, madeAt: "2026-11-01T10:00:00.000Z", inputKey: stageInputKey(stage, document) ?? "" };
}
