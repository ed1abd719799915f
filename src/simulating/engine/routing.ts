import type { SimulationProblem } from "../compile/problem.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Line } from "./waiting-lines.ts";

/** Agent for a contact of a queue that has waited so long; −1: nobody is free. */
export type AgentRule = (queue: number, waitedSeconds: number) => number;
/** Contact for an agent of a group with so many in hand; −1: none waits. */
export type ContactRule = (group: number, load: number) => number;

export function agentRuleOf(floor: Floor): AgentRule {
  const { queues, agentRule } = floor.problem;
  const pick = agentRule === "leastBusy" ? leastBusy(floor) : longestIdle(floor);
  return queues.some((queue) => queue.interruptible === true) ? orWhoCanBeInterrupted(floor, pick) : pick;
}

export function contactRuleOf(floor: Floor): ContactRule {
  return floor.problem.contactRule === "furthestBelowGoal" ? furthestBelowGoal(floor) : byLevel(floor);
}

/** The least loaded agents, of the group with the lowest preference, who has been free longest. */
function longestIdle({ problem, freeAgents }: Floor): AgentRule {
  const { offset, group, preference, after, keepFree } = serversOf(problem);
  const { head, since, free, loads } = freeAgents;
  const maxContacts = Int32Array.from(problem.queues, (queue) => queue.maxContacts);
  const reserves = keepFree.some((count) => count > 0);
  return function longestIdle(queue, waitedSeconds) {
    const end = offset[queue + 1];
    const limit = maxContacts[queue];
    for (let load = 0; load < limit; load++) {
      let best = -1;
      let bestPreference = 0;
      for (let k = offset[queue]; k < end; k++) {
        if (best >= 0 && preference[k] > bestPreference) break;
        if (after[k] > waitedSeconds) continue;
        const agent = head[group[k] * loads + load];
        if (agent < 0) continue;
        if (reserves && free[group[k]] <= keepFree[k]) continue;
        if (best < 0 || since[agent] < since[best]) {
          best = agent;
          bestPreference = preference[k];
        }
      }
      if (best >= 0) return best;
    }
    return -1;
  };
}

/** The least loaded agents, of the group with the lowest preference, who has been busy for the smallest share of the time. */
function leastBusy({ problem, freeAgents, busyTime }: Floor): AgentRule {
  const { offset, group, preference, after, keepFree } = serversOf(problem);
  const { head, next, free, loads } = freeAgents;
  return function leastBusy(queue, waitedSeconds) {
    for (let load = 0; load < problem.queues[queue].maxContacts; load++) {
      let best = -1;
      let bestPreference = 0;
      let leastShare = 0;
      for (let k = offset[queue]; k < offset[queue + 1]; k++) {
        if (best >= 0 && preference[k] > bestPreference) break;
        if (after[k] > waitedSeconds || (keepFree[k] > 0 && free[group[k]] <= keepFree[k])) continue;
        for (let agent = head[group[k] * loads + load]; agent >= 0; agent = next[agent]) {
          const share = busyTime.share(agent);
          if (best >= 0 && share >= leastShare) continue;
          best = agent;
          bestPreference = preference[k];
          leastShare = share;
        }
      }
      if (best >= 0) return best;
    }
    return -1;
  };
}

/** Where nobody is free, the agent longest at work that may be interrupted; not for such work itself. */
function orWhoCanBeInterrupted({ problem, freeAgents }: Floor, pick: AgentRule): AgentRule {
  const { offset, group, after } = serversOf(problem);
  const { head, since, interruptibleFrom } = freeAgents;
  return function orWhoCanBeInterrupted(queue, waitedSeconds) {
    const free = pick(queue, waitedSeconds);
    if (free >= 0 || problem.queues[queue].interruptible === true) return free;
    let best = -1;
    for (let k = offset[queue]; k < offset[queue + 1]; k++) {
      if (after[k] > waitedSeconds) continue;
      const agent = head[interruptibleFrom + group[k]];
      if (agent >= 0 && (best < 0 || since[agent] < since[best])) best = agent;
    }
    return best;
  };
}

/** The line with the lowest level; among equals the contact that has waited longest, credit included. */
function byLevel({ problem, lines, waitingLines, freeAgents, clock, contacts }: Floor): ContactRule {
  const { offset, line, level, after, keepFree } = linesOfGroups(problem, lines);
  const { head } = waitingLines;
  const { free } = freeAgents;
  const { enqueuedAt } = contacts;
  const { now } = clockAt;
  const credit = Float64Array.from(lines, ({ creditSeconds }) => creditSeconds);
  const maxContacts = Int32Array.from(lines, ({ queue }) => problem.queues[queue].maxContacts);
  const reserves = keepFree.some((count) => count > 0);
  return function byLevel(group, load) {
    const end = offset[group + 1];
    let best = -1;
    let bestLevel = 0;
    let bestSince = 0;
    for (let k = offset[group]; k < end; k++) {
      if (best >= 0 && level[k] > bestLevel) break;
      const at = line[k];
      const contact = head[at];
      if (contact < 0) continue;
      if (load > 0 && maxContacts[at] <= load) continue;
      if (after[k] > 0 && clock[now] - enqueuedAt[contact] < after[k] - 1e-9) continue;
      if (reserves && load === 0 && free[group] < keepFree[k]) continue;
      const since = enqueuedAt[contact] - credit[at];
      if (best < 0 || since < bestSince) {
        best = contact;
        bestLevel = level[k];
        bestSince = since;
      }
    }
    return best;
  };
}

/** Of the queue furthest below its goal today, the line with the lowest level, in it the first; equal: who waits longest. */
function furthestBelowGoal({
  problem,
  lines,
  waitingLines,
  freeAgents,
  clock,
  contacts,
  dayLevels,
}: Floor): ContactRule {
  const { offset, line, level, after, keepFree } = linesOfGroups(problem, lines);
  const { head } = waitingLines;
  const { free } = freeAgents;
  const { enqueuedAt } = contacts;
  const { now } = clockAt;
  return function furthestBelowGoal(group, load) {
    let best = -1;
    let bestShortfall = 0;
    let bestLevel = 0;
    let bestSince = 0;
    for (let k = offset[group]; k < offset[group + 1]; k++) {
      const { queue, creditSeconds } = lines[line[k]];
      const contact = head[line[k]];
      if (contact < 0) continue;
      if (load > 0 && problem.queues[queue].maxContacts <= load) continue;
      if (after[k] > 0 && clock[now] - enqueuedAt[contact] < after[k] - 1e-9) continue;
      if (load === 0 && free[group] < keepFree[k]) continue;
      const below = dayLevels.shortfall(queue);
      const since = enqueuedAt[contact] - creditSeconds;
      const first =
        best < 0 ||
        below > bestShortfall ||
        (below === bestShortfall && (level[k] < bestLevel || (level[k] === bestLevel && since < bestSince)));
      if (!first) continue;
      best = contact;
      bestShortfall = below;
      bestLevel = level[k];
      bestSince = since;
    }
    return best;
  };
}

/** Groups that serve each queue, by preference, then number: row `q` lies from `offset[q]` to `offset[q + 1]`. */
function serversOf({ queues, groups }: SimulationProblem) {
  const rows = queues.map((_, queue) =>
    groups
      .flatMap(({ serves }, group) =>
        serves.filter((service) => service.queue === queue).map((service) => ({ ...service, group })),
      )
      .sort((a, b) => a.preference - b.preference || a.group - b.group),
  );
  const all = rows.flat();
  return {
    offset: offsets(rows),
    group: Int32Array.from(all, (row) => row.group),
    preference: Float64Array.from(all, (row) => row.preference),
    after: Float64Array.from(all, (row) => row.afterSeconds),
    keepFree: Int32Array.from(all, (row) => row.keepFree ?? 0),
  };
}

/** Lines each group serves, by level, then number. */
function linesOfGroups({ groups }: SimulationProblem, lines: readonly Line[]) {
  const rows = groups.map(({ serves }) =>
    lines
      .flatMap((line, index) =>
        serves
          .filter((service) => service.queue === line.queue)
          .map(({ level, afterSeconds, keepFree = 0 }) => ({
            line: index,
            level: level + line.level,
            after: afterSeconds,
            keepFree,
          })),
      )
      .sort((a, b) => a.level - b.level || a.line - b.line),
  );
  const all = rows.flat();
  return {
    offset: offsets(rows),
    line: Int32Array.from(all, (row) => row.line),
    level: Float64Array.from(all, (row) => row.level),
    after: Float64Array.from(all, (row) => row.after),
    keepFree: Int32Array.from(all, (row) => row.keepFree),
  };
}

function offsets(rows: readonly (readonly unknown[])[]): Int32Array {
  const result = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    result[index + 1] = result[index] + row.length;
  });
  return result;
}
