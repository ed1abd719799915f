import type { PlanResults } from "../domain/plan/plan.ts";
import { intervalTableText } from "./interval-table.ts";
import { csvText, figure } from "./table-writer.ts";

const columns = [
  "forecast_offered",
  "forecast_aht_seconds",
  "required_agents",
  "agents_in_shifts",
  "net_staffing",
  "required_service_level",
  "expected_service_level",
] as const;

/** What is to be expected of the agents who are really there; `withheld`: the formula does not answer. */
export interface ExpectedLevels {
  readonly queueId: string;
  readonly serviceLevel: Float64Array;
  readonly withheld: unknown;
}

/**
 * The plan's interval table: forecast, requirement and schedule side by side. `required_agents` are on queue;
 * `agents_in_shifts` are those whom the shifts put to work, before shrinkage; `net_staffing` is these minus the agents to
 * schedule (`scheduled_agents` of the requirement's table), so that 0 means exactly what the goal needs;
 * `required_service_level` is what the required agents would give, `expected_service_level` what those give who are really
 * there: of the roster, or of the schedule where there is none. A cell is empty where its stage has not run or nobody
 * calls, and where the service can only be simulated. Closed intervals have no row, unless somebody works then.
 */
export function intervalsCsv(results: PlanResults, expected: readonly ExpectedLevels[]): string {
  const forecast = results.forecast?.value;
  if (forecast === undefined) return csvText(["interval_start", "queue", ...columns], []);
  const queues = forecast.queues.map((queue) => ({
    ...queue,
    need: results.requirement?.value.queues.find(({ queueId }) => queueId === queue.queueId),
    coverage: results.schedule?.value.coverage.find(({ queueId }) => queueId === queue.queueId),
    level: expected.find(({ queueId, withheld }) => queueId === queue.queueId && withheld === null)
      ?.serviceLevel,
  }));
  return intervalTableText(forecast.grid, queues, columns, (queue, index) => {
    const { need, coverage, level } = queue;
    if (queue.open[index] === 0 && !coverage?.staffed[index]) return null;
    return [
      figure(queue.offered[index]),
      figure(queue.ahtSeconds[index]),
      need ? figure(need.requiredAgents[index]) : null,
      coverage ? figure(coverage.staffed[index]) : null,
      coverage ? figure(coverage.staffed[index] - coverage.asked[index]) : null,
      need ? figure(need.serviceLevel[index]) : null,
      level && queue.offered[index] > 0 ? figure(level[index]) : null,
    ];
  });
}
