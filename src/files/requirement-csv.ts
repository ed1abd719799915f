import type { Requirement } from "../domain/results/requirement.ts";
import { intervalTableText } from "./interval-table.ts";
import { figure } from "./table-writer.ts";

/** Columns of a requirement table, and the series they are. */
const columns = {
  required_agents: "requiredAgents",
  scheduled_agents: "scheduledAgents",
  service_level: "serviceLevel",
  asa_seconds: "asaSeconds",
  abandonment_rate: "abandonmentRate",
  occupancy: "occupancy",
} as const;

/** Agents required per interval and queue, and the service that they give. Closed intervals have no row. */
export function requirementCsv(requirement: Requirement): string {
  return intervalTableText(requirement.grid, requirement.queues, Object.keys(columns), (queue, index) =>
    queue.requiredAgents[index] === 0 && queue.offered[index] === 0
      ? null
      : Object.values(columns).map((series) => figure(queue[series][index])),
  );
}
