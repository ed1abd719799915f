import { memoizeByObject } from "../../domain/memo.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { BacktestScore, DemandForecast, QueueForecast } from "../../domain/results/demand.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";

/** The one figure each stage shows beside its sign; null where there is nothing to show yet. */
export interface KeyFigures {
  readonly historyWeeks: number | null;
  /** WAPE of the chosen models in the back-test, weighted by what each queue is expected to offer. */
  readonly forecastWape: number | null;
  /** Most agents on queue at once, all queues together. */
  readonly requiredPeak: number | null;
  readonly scheduleGap: number | null;
  /** Shifts nobody has. */
  readonly rosterOpen: number | null;
  /** Hard rules broken; they come before open shifts. */
  readonly rulesBroken: number | null;
  /** Contacts in time ÷ contacts that count, over the whole plan and all queues. */
  readonly simulatedServiceLevel: number | null;
}

export function keyFigures(document: PlanDocument): KeyFigures {
  const { forecast, requirement, schedule, roster, simulation } = document.results;
  return {
    historyWeeks: document.history === null ? null : document.history.grid.dayCount / 7,
    forecastWape: forecast === null ? null : wapeOf(forecast.value),
    requiredPeak: requirement === null ? null : peakOf(requirement.value),
    scheduleGap: schedule === null ? null : schedule.value.gap,
    rosterOpen: roster === null ? null : roster.value.unassigned.length,
    rulesBroken:
      roster === null ? null : roster.value.violations.filter(({ penalty }) => penalty === null).length,
    simulatedServiceLevel: simulation === null ? null : serviceLevelOf(simulation.value),
  };
}

const wapeOf = memoizeByObject(({ queues }: DemandForecast) => weightedWape(queues, ({ chosen }) => chosen));

/** WAPE of one score of each queue's back-test, weighted by forecast contacts; queues without that score are left out. */
export function weightedWape(
  queues: readonly QueueForecast[],
  isMeant: (score: BacktestScore) => boolean,
): number | null {
  let weighted = 0;
  let weight = 0;
  for (const { backtest, offered } of queues) {
    const score = backtest.find(isMeant);
    if (score === undefined) continue;
    const contacts = offered.reduce((sum, value) => sum + value, 0);
    weighted += score.wape * contacts;
    weight += contacts;
  }
  return weight > 0 ? weighted / weight : null;
}

const peakOf = memoizeByObject((requirement: Requirement): number | null => {
  const count = requirement.queues[0]?.requiredAgents.length ?? 0;
  let peak = 0;
  for (let index = 0; index < count; index++) {
    let agents = 0;
    for (const queue of requirement.queues) agents += queue.requiredAgents[index];
    peak = Math.max(peak, agents);
  }
  return count > 0 ? peak : null;
});

const serviceLevelOf = memoizeByObject((simulation: SimulationResult): number | null => {
  let inTime = 0;
  let base = 0;
  for (const { replicationDays } of simulation.queues) {
    for (const contacts of replicationDays.answeredInTime) inTime += contacts;
    for (const contacts of replicationDays.serviceLevelBase) base += contacts;
  }
  return base > 0 ? inTime / base : null;
});
