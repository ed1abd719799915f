import type { PlanResults } from "../domain/plan/plan.ts";
import { intervalTableText } from "./interval-table.ts";
import { csvText, figure } from "./table-writer.ts";

const columns = [
  "forecast_offered",
  "forecast_aht_seconds",
  "required_agents",
  "scheduled_agents",
  "net_staffing",
  "expected_service_level",
] as const;

/**
 * The plan's interval table: forecast, requirement and schedule side by side. `required_agents` are on queue;
 * `scheduled_agents` are those whom the shifts put to work; `net_staffing` is these minus the agents asked for after
 * shrinkage, so that 0 means exactly what the goal needs; `expected_service_level` is what the required agents would
 * give. A cell is empty where its stage has not run. Closed intervals have no row, unless somebody works then.
 */
export function intervalsCsv(results: PlanResults): string {
  const forecast = results.forecast?.value;
  if (forecast === undefined) return csvText(["interval_start", "queue", ...columns], []);
  const queues = forecast.queues.map((queue) => ({
    ...queue,
    need: results.requirement?.value.queues.find(({ queueId }) => queueId === queue.queueId),
    coverage: results.schedule?.value.coverage.find(({ queueId }) => queueId === queue.queueId),
  }));
  return intervalTableText(forecast.grid, queues, columns, (queue, index) => {
    const { need, coverage } = queue;
    if (queue.open[index] === 0 && !coverage?.staffed[index]) return null;
    return [
      figure(queue.offered[index]),
      figure(queue.ahtSeconds[index]),
      need ? figure(need.requiredAgents[index]) : null,
      coverage ? figure(coverage.staffed[index]) : null,
      coverage ? figure(coverage.staffed[index] - coverage.asked[index]) : null,
      need ? figure(need.serviceLevel[index]) : null,
    ];
  });
}
