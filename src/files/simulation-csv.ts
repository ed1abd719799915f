import type { SimulationResult } from "../domain/results/simulation.ts";
import { intervalTableText } from "./interval-table.ts";
import { figure } from "./table-writer.ts";

/** Columns of a simulation table, and the measures they are. */
const measures = {
  offered: "offered",
  answered: "answered",
  abandoned: "abandoned",
  service_level: "serviceLevel",
  asa_seconds: "asaSeconds",
  occupancy: "occupancy",
} as const;

/** Means over the replications and half-widths of their 95 % intervals. Intervals without contacts have no row. */
export function simulationCsv({ grid, queues, firstInterval, endInterval }: SimulationResult): string {
  const columns = Object.keys(measures).flatMap((column) => [column, `${column}_half_width95`]);
  return intervalTableText(
    grid,
    queues,
    columns,
    ({ intervals }, index) => {
      const at = index - firstInterval;
      if (intervals.offered.mean[at] === 0) return null;
      return Object.values(measures).flatMap((name) => [
        figure(intervals[name].mean[at]),
        figure(intervals[name].halfWidth[at]),
      ]);
    },
    { first: firstInterval, end: endInterval },
  );
}
