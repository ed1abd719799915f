import { intervalCount, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import type { DaySoFar } from "../../../intraday/day-so-far.ts";

/** One value per interval of the plan's grid; null where there is none. */
type GridSeries = readonly (number | null)[];

/** One queue of a day, for its charts and its grid, aligned to the plan's grid; null outside the day. */
export interface QueueDay {
  readonly queueId: string;
  readonly came: GridSeries;
  readonly forecast: GridSeries;
  /** From now on. */
  readonly reforecast: GridSeries;
  readonly lower80: GridSeries;
  readonly upper80: GridSeries;
  readonly lower95: GridSeries;
  readonly upper95: GridSeries;
  /** Agents required, from now on. */
  readonly required: GridSeries;
  /** Simulated, from now on. */
  readonly serviceLevel: GridSeries;
  readonly serviceHalfWidth: GridSeries;
  readonly asaSeconds: GridSeries;
}

export function queueDay(
  soFar: DaySoFar,
  forecast: DemandForecast,
  requirement: Requirement,
  simulation: SimulationResult | null,
  queueId: string,
): QueueDay | null {
  const q = forecast.queues.findIndex((queue) => queue.queueId === queueId);
  if (q < 0) return null;
  const { grid, range, now } = soFar;
  const planned = forecast.queues[q];
  const updated = soFar.forecast.queues[q];
  const on = (values: (interval: number) => number | null, from: number): GridSeries =>
    Array.from({ length: intervalCount(grid) }, (_, interval) =>
      interval >= from && interval < range.end && planned.open[interval] === 1 ? values(interval) : null,
    );
  const asked = requirement.queues.find((queue) => queue.queueId === queueId);
  const simulated = simulation?.queues.find((queue) => queue.queueId === queueId);
  const measured = (of: "serviceLevel" | "asaSeconds", what: "mean" | "halfWidth") =>
    on((interval) => {
      if (simulated === undefined || simulation === null) return null;
      const at = interval - simulation.firstInterval;
      return simulated.intervals.offered.mean[at] > 0 ? simulated.intervals[of][what][at] : null;
    }, now);
  return {
    queueId,
    came: soFar.came[q],
    forecast: on((interval) => planned.offered[interval], range.first),
    reforecast: on((interval) => updated.offered[interval], now),
    lower80: on((interval) => updated.offeredLower80[interval], now),
    upper80: on((interval) => updated.offeredUpper80[interval], now),
    lower95: on((interval) => updated.offeredLower95[interval], now),
    upper95: on((interval) => updated.offeredUpper95[interval], now),
    required: on((interval) => asked?.requiredAgents[interval] ?? null, now),
    serviceLevel: measured("serviceLevel", "mean"),
    serviceHalfWidth: measured("serviceLevel", "halfWidth"),
    asaSeconds: measured("asaSeconds", "mean"),
  };
}

/** A day's series of agents on the plan's grid. */
export function onGrid(soFar: DaySoFar, ofDay: Float64Array): GridSeries {
  const { grid, range } = soFar;
  return Array.from({ length: intervalCount(grid) }, (_, interval) =>
    interval >= range.first && interval < range.end ? ofDay[interval - range.first] : null,
  );
}

/** Where the day runs short of agents most, from now on. */
export function worstShortage(
  soFar: DaySoFar,
  required: Float64Array,
  rostered: Float64Array,
): { readonly minuteOfDay: number; readonly agents: number } | null {
  let worst = -1;
  for (let k = soFar.now - soFar.range.first; k < required.length; k++) {
    const short = required[k] - rostered[k];
    if (short >= 1 && (worst < 0 || short > required[worst] - rostered[worst])) worst = k;
  }
  if (worst < 0) return null;
  const { minuteOfDay } = localTimeOf(soFar.grid, soFar.range.first + worst);
  return { minuteOfDay, agents: required[worst] - rostered[worst] };
}
