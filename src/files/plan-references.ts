import { isPlannableDate } from "../domain/calendar/clock.ts";
import { createIntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import type { Issue } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan/plan.ts";

/**
 * What a plan cannot mean although every field is right by itself: one id for two things, names of what is not there,
 * contacts that are passed on for ever, a period that no calendar holds. Edits of the program make none of it.
 *
 * Things that a result or a list remembers of the past (ledgers, leave, rosters before) may name what has gone, and so
 * may scenarios and wishes, which say so where they are used.
 *
 * Issues: `planFile.repeatedAgent`, `planFile.repeatedId`, `planFile.unknownName`, `planFile.endlessTransfers`,
 * `planFile.dateOutOfRange`, `planFile.noIntervals`.
 */
export function planContradictions(plan: Plan): Issue[] {
  return [...periodIssues(plan), ...repeatedAgents(plan.agents), ...repeatedIds(plan), ...unknownNames(plan)];
}

function wrong(code: string, values: Issue["values"], column?: string): Issue {
  return { code: `planFile.${code}`, severity: "error", values, ...(column !== undefined && { column }) };
}

function periodIssues({ timeZone, intervalMinutes, firstDate, dayCount }: Plan): Issue[] {
  if (!isPlannableDate(firstDate)) return [wrong("dateOutOfRange", { date: firstDate }, "plan.firstDate")];
  const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
  return intervalCount(grid) > 0
    ? []
    : [wrong("noIntervals", { date: firstDate, timeZone }, "plan.firstDate")];
}

/** Agents of one id would be taken for one person and booked twice: one issue per id. */
function repeatedAgents(agents: Plan["agents"]): Issue[] {
  return [...new Set(agents.map(({ id }) => id))].flatMap((id) => {
    const same = agents.filter((agent) => agent.id === id);
    return same.length > 1
      ? [wrong("repeatedAgent", { id, agents: same.map(({ name }) => name).join(", ") })]
      : [];
  });
}

function repeatedIds(plan: Plan): Issue[] {
  const lists = {
    queues: plan.queues,
    groups: plan.groups,
    templates: plan.templates,
    contracts: plan.contracts,
    shrinkage: plan.shrinkage,
    rotations: plan.rotations ?? [],
    meetings: plan.meetings ?? [],
    scenarios: plan.scenarios,
    "scheduling.tours": plan.scheduling.tours ?? [],
  };
  return Object.entries(lists).flatMap(([part, list]) => {
    const seen = new Set<string>();
    const repeated = new Set<string>();
    for (const { id } of list) (seen.has(id) ? repeated : seen).add(id);
    return [...repeated].map((id) => wrong("repeatedId", { id, part }, `plan.${part}`));
  });
}

function unknownNames(plan: Plan): Issue[] {
  const queues = new Set(plan.queues.map(({ id }) => id));
  const groups = new Set(plan.groups.map(({ id }) => id));
  const contracts = new Set(plan.contracts.map(({ id }) => id));
  const issues: Issue[] = [];
  const name = (ids: ReadonlySet<string>, id: string, column: string) => {
    if (!ids.has(id)) issues.push(wrong("unknownName", { id }, `plan.${column}`));
  };
  for (const [at, group] of plan.groups.entries()) {
    for (const [one, id] of group.queueIds.entries()) name(queues, id, `groups.${at}.queueIds.${one}`);
    for (const [one, { queueId }] of (group.overflow ?? []).entries())
      name(queues, queueId, `groups.${at}.overflow.${one}`);
  }
  for (const [at, { groupId, contractId }] of plan.agents.entries()) {
    name(groups, groupId, `agents.${at}.groupId`);
    name(contracts, contractId, `agents.${at}.contractId`);
  }
  for (const [at, { groupIds }] of plan.templates.entries())
    for (const [one, id] of groupIds.entries()) name(groups, id, `templates.${at}.groupIds.${one}`);
  for (const [at, { transfers = [] }] of plan.queues.entries())
    for (const [one, { queueId }] of transfers.entries())
      name(queues, queueId, `queues.${at}.transfers.${one}`);
  for (const [at, { queueId }] of (plan.penalties ?? []).entries())
    name(queues, queueId, `penalties.${at}.queueId`);
  for (const [at, { queueId }] of (plan.scheduling.minimums ?? []).entries())
    name(queues, queueId, `scheduling.minimums.${at}.queueId`);
  const endless = endlessQueues(plan.queues);
  if (endless.length > 0) issues.push(wrong("endlessTransfers", { queues: endless.join(", ") }));
  return issues;
}

/** Names of queues all of whose contacts are passed on and never leave: no path from them ends. */
function endlessQueues(queues: Plan["queues"]): string[] {
  const sumOf = ({ transfers = [] }: Plan["queues"][number]) =>
    transfers.reduce((sum, { share }) => sum + share, 0);
  const ending = new Set(queues.filter((queue) => sumOf(queue) < 1).map(({ id }) => id));
  for (let before = -1; before < ending.size; ) {
    before = ending.size;
    for (const { id, transfers = [] } of queues)
      if (transfers.some(({ queueId, share }) => share > 0 && ending.has(queueId))) ending.add(id);
  }
  return queues.filter((queue) => !ending.has(queue.id) || sumOf(queue) > 1 + 1e-9).map(({ name }) => name);
}
