import { intervalCount, intervalStartIso } from "../domain/calendar/interval-grid.ts";
import type { PlanResults } from "../domain/plan/plan.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import { type CsvCell, csvText, figure } from "./table-writer.ts";

/**
 * Tables with one row per interval and queue, ordered by time and then as the plan orders its queues. Intervals in
 * which a queue is closed have no row. Times carry their offset, so that the repeated hour in autumn is two hours.
 */

export const forecastHeader = [
  "interval_start",
  "queue",
  "offered",
  "offered_lower80",
  "offered_upper80",
  "offered_lower95",
  "offered_upper95",
  "aht_seconds",
] as const;

export function forecastCsv(forecast: DemandForecast): string {
  const rows: CsvCell[][] = [];
  for (let index = 0; index < intervalCount(forecast.grid); index++) {
    for (const queue of forecast.queues) {
      if (queue.open[index] === 0) continue;
      rows.push([
        intervalStartIso(forecast.grid, index),
        queue.queueId,
        figure(queue.offered[index]),
        figure(queue.offeredLower80[index]),
        figure(queue.offeredUpper80[index]),
        figure(queue.offeredLower95[index]),
        figure(queue.offeredUpper95[index]),
        queue.ahtKnown === false ? null : figure(queue.ahtSeconds[index]),
      ]);
    }
  }
  return csvText(forecastHeader, rows);
}

export const requirementHeader = [
  "interval_start",
  "queue",
  "required_agents",
  "scheduled_agents",
  "service_level",
  "asa_seconds",
  "abandonment_rate",
  "occupancy",
] as const;

export function requirementCsv(requirement: Requirement): string {
  const rows: CsvCell[][] = [];
  for (let index = 0; index < intervalCount(requirement.grid); index++) {
    for (const queue of requirement.queues) {
      if (queue.requiredAgents[index] === 0 && queue.offered[index] === 0) continue;
      rows.push([
        intervalStartIso(requirement.grid, index),
        queue.queueId,
        figure(queue.requiredAgents[index]),
        figure(queue.scheduledAgents[index]),
        figure(queue.serviceLevel[index]),
        figure(queue.asaSeconds[index]),
        figure(queue.abandonmentRate[index]),
        figure(queue.occupancy[index]),
      ]);
    }
  }
  return csvText(requirementHeader, rows);
}

export const intervalHeader = [
  "interval_start",
  "queue",
  "forecast_offered",
  "forecast_aht_seconds",
  "required_agents",
  "scheduled_agents",
  "net_staffing",
  "expected_service_level",
] as const;

/**
 * The plan's interval table. `required_agents` are on queue; `scheduled_agents` are those whom the shifts put to work;
 * `net_staffing` is these minus the agents asked for after shrinkage, so that 0 means exactly what the goal needs;
 * `expected_service_level` is what the required agents would give. A cell is empty where its stage has not run.
 */
export function intervalCsv(results: PlanResults): string {
  const forecast = results.forecast?.value;
  const requirement = results.requirement?.value;
  const schedule = results.schedule?.value;
  const rows: CsvCell[][] = [];
  if (forecast === undefined) return csvText(intervalHeader, rows);
  for (let index = 0; index < intervalCount(forecast.grid); index++) {
    for (const queue of forecast.queues) {
      const need = requirement?.queues.find((one) => one.queueId === queue.queueId);
      const coverage = schedule?.coverage.find((one) => one.queueId === queue.queueId);
      if (queue.open[index] === 0 && !coverage?.staffed[index]) continue;
      rows.push([
        intervalStartIso(forecast.grid, index),
        queue.queueId,
        figure(queue.offered[index]),
        figure(queue.ahtSeconds[index]),
        need ? figure(need.requiredAgents[index]) : null,
        coverage ? figure(coverage.staffed[index]) : null,
        coverage ? figure(coverage.staffed[index] - coverage.asked[index]) : null,
        need ? figure(need.serviceLevel[index]) : null,
      ]);
    }
  }
  return csvText(intervalHeader, rows);
}

const simulationMeasures = [
  ["offered", "offered"],
  ["answered", "answered"],
  ["abandoned", "abandoned"],
  ["service_level", "serviceLevel"],
  ["asa_seconds", "asaSeconds"],
  ["occupancy", "occupancy"],
] as const;

export const simulationHeader = [
  "interval_start",
  "queue",
  ...simulationMeasures.flatMap(([column]) => [column, `${column}_half_width95`]),
];

/** Means over the replications and half-widths of their 95 % intervals. Intervals without contacts have no row. */
export function simulationCsv(result: SimulationResult): string {
  const rows: CsvCell[][] = [];
  for (let index = result.firstInterval; index < result.endInterval; index++) {
    const at = index - result.firstInterval;
    for (const queue of result.queues) {
      if (queue.intervals.offered.mean[at] === 0) continue;
      rows.push([
        intervalStartIso(result.grid, index),
        queue.queueId,
        ...simulationMeasures.flatMap(([, name]) => [
          figure(queue.intervals[name].mean[at]),
          figure(queue.intervals[name].halfWidth[at]),
        ]),
      ]);
    }
  }
  return csvText(simulationHeader, rows);
}
