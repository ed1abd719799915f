import { intervalCount } from "../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Requirement } from "../domain/results/requirement.ts";

/**
 * Agents of groups given to queues, per queue of the requirement and interval. A group goes first to what its queues
 * still need, those of one queue before those of several, in proportion to what is missing; whoever is left over is
 * shared out in proportion to the requirement. Nobody is counted twice.
 *
 * @param groupAgents agents on queue per group and interval, after shrinkage
 */
export function agentsOfQueues(
  groups: readonly Pick<AgentGroup, "queueIds">[],
  groupAgents: readonly Float64Array[],
  { grid, queues }: Requirement,
): Float64Array[] {
  const count = intervalCount(grid);
  const given = queues.map(() => new Float64Array(count));
  const order = groups
    .map(({ queueIds }, row) => ({
      row,
      serves: queues.flatMap(({ queueId }, at) => (queueIds.includes(queueId) ? [at] : [])),
    }))
    .filter(({ serves }) => serves.length > 0)
    .sort((a, b) => a.serves.length - b.serves.length);
  for (let index = 0; index < count; index++)
    for (const { row, serves } of order) {
      const agents = groupAgents[row][index];
      if (agents === 0) continue;
      const missing = serves.map((at) => Math.max(0, queues[at].requiredAgents[index] - given[at][index]));
      const lacking = missing.reduce((sum, value) => sum + value, 0);
      const filled = Math.min(agents, lacking);
      const asked = serves.map((at) => queues[at].requiredAgents[index]);
      const wanted = asked.reduce((sum, value) => sum + value, 0);
      for (const [place, at] of serves.entries()) {
        const spare = wanted > 0 ? asked[place] / wanted : 1 / serves.length;
        given[at][index] +=
          (lacking > 0 ? (filled * missing[place]) / lacking : 0) + (agents - filled) * spare;
      }
    }
  return given;
}
