import { intervalCount } from "../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Shift, ShiftTemplate } from "../domain/plan/shift.ts";
import { wagesOf } from "../domain/plan/wages.ts";
import { demandForAgents } from "../domain/results/agent-demand.ts";
import { exp } from "../numerics/elementary.ts";
import { modelBuilder } from "../optimising/model.ts";
import { type Solver, solveModel } from "../optimising/solver.ts";
import type { ShiftsInput } from "../scheduling/problem/shift-block.ts";
import type { JudgedPlan } from "./count-service.ts";

/**
 * What the work itself costs: no shifts that keep the goals can be cheaper, however they lie and whatever the routing.
 *
 * Whoever is answered in time takes an agent's time, and agents have no more than they are at work (and, after each
 * stretch of work, the contact in hand). A linear program gives each group's hours at its cheapest pay to the queues that
 * it serves. Left out is all that makes queues queue: that contacts come by chance, that they come at certain hours, and
 * that shifts come whole. So the bound is weak, the more so the smaller the queues, and called the cost of the work.
 *
 * Pinned shifts are there in any case: their pay is in the bound and their time is free.
 *
 * @returns a bound in the plan's currency
 */
export function costOfLeastWork(
  plan: JudgedPlan,
  { templates, groups, settings, pinned, requirement }: ShiftsInput,
  goals: readonly { readonly serviceLevel: number | null; readonly maxAbandonment: number | null }[],
  available: Float64Array,
  solver: Solver,
): number {
  const { queues } = plan.plan;
  const pay = wagesOf(requirement.grid, templates, settings.premiums ?? [], pinned);
  const model = modelBuilder();
  const longest = queues.map((queue) => Math.max(0, ...demandOf(plan, queue.id).ahtSeconds) / 3600);
  const workRows = queues.map((queue, q) =>
    model.row(queue.id, leastWorkHours(plan, q, goals[q]), Number.POSITIVE_INFINITY),
  );
  const presence = available.reduce((most, share) => Math.max(most, share), 0);
  for (const [g, group] of groups.entries()) {
    const served = servedBy(plan.plan.groups[g] ?? group);
    const inHand =
      residual(plan) * Math.max(0, ...queues.map(({ id }, q) => (served.includes(id) ? longest[q] : 0)));
    const hourPrice = cheapestHour(templates, group.id, inHand) / Math.max(1e-9, presence);
    const free = pinned
      .filter(({ groupId }) => groupId === group.id)
      .reduce((sum, shift) => sum + hoursAtWork(shift, inHand), 0);
    const hours = model.row(`hours of ${group.id}`, Number.NEGATIVE_INFINITY, free * presence);
    if (hourPrice < Number.POSITIVE_INFINITY)
      model.column({ name: `buy ${group.id}`, cost: hourPrice, rows: [hours], values: -1 });
    for (const [q, queue] of queues.entries())
      if (served.includes(queue.id))
        model.column({
          name: `${group.id} on ${queue.id}`,
          cost: 0,
          rows: [hours, workRows[q]],
          values: [1, mostAtOnce(queue.concurrency)],
        });
  }
  const { bound } = solveModel(solver, model.build());
  return pay + Math.max(0, bound ?? 0);
}

function servedBy({ queueIds, overflow = [] }: Pick<AgentGroup, "queueIds" | "overflow">): readonly string[] {
  return [...queueIds, ...overflow.map(({ queueId }) => queueId)];
}

function demandOf({ plan, forecast }: JudgedPlan, queueId: string) {
  const demand = forecast.queues.find((one) => one.queueId === queueId);
  const queue = plan.queues.find(({ id }) => id === queueId);
  const nothing = new Float64Array(intervalCount(forecast.grid));
  if (demand === undefined || queue === undefined) return { offered: nothing, ahtSeconds: nothing };
  return demandForAgents(queue, demand, forecast.grid.intervalMinutes);
}

/** Handling time of the contacts that must be answered at least, the shortest ones first. */
function leastWorkHours(
  plan: JudgedPlan,
  q: number,
  {
    serviceLevel,
    maxAbandonment,
  }: { readonly serviceLevel: number | null; readonly maxAbandonment: number | null },
): number {
  const queue = plan.plan.queues[q];
  const { offered, ahtSeconds } = demandOf(plan, queue.id);
  const { serviceLevelRule, answerWithinSeconds } = queue.goal;
  // Who gives up at once may be left out of what the service level is a share of.
  const counted =
    serviceLevelRule === "offered"
      ? 1
      : serviceLevelRule === "answered"
        ? 0
        : queue.patienceSeconds === null
          ? 1
          : exp(-answerWithinSeconds / queue.patienceSeconds);
  const share = Math.max((serviceLevel ?? 0) * counted, maxAbandonment === null ? 0 : 1 - maxAbandonment);
  const order = Array.from(offered.keys()).sort((a, b) => ahtSeconds[a] - ahtSeconds[b]);
  let left = share * offered.reduce((sum, contacts) => sum + contacts, 0);
  let hours = 0;
  for (const interval of order) {
    const taken = Math.min(left, offered[interval]);
    hours += (taken * ahtSeconds[interval]) / 3600;
    left -= taken;
  }
  return hours;
}

/** Contacts an agent gets done in the time of one, at best. */
function mostAtOnce(concurrency: JudgedPlan["plan"]["queues"][number]["concurrency"]): number {
  if (concurrency === null) return 1;
  const { maxContacts, slowdown } = concurrency;
  return Array.from(
    { length: maxContacts },
    (_, k) => (k + 1) / (slowdown[Math.min(k, slowdown.length - 1)] ?? 1),
  ).reduce((most, pace) => Math.max(most, pace), 1);
}

/** What is left of a contact in hand, on average, as a multiple of the mean handle time. */
function residual({ plan }: JudgedPlan): number {
  const cv = plan.simulation.handleTimeCv;
  return cv === null ? 1 : Math.max(1, (1 + cv * cv) / 2);
}

/** Least pay for an hour of work by a group, breaks paid or not; the contact in hand at each end of work is a gift. */
function cheapestHour(templates: readonly ShiftTemplate[], groupId: string, inHandHours: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { groupIds, lengthsMinutes, breaks, costPerHour } of templates) {
    if (groupIds.length > 0 && !groupIds.includes(groupId)) continue;
    const away = breaks.reduce((sum, { lengthMinutes }) => sum + lengthMinutes, 0);
    const unpaid = breaks.reduce((sum, { lengthMinutes, paid }) => sum + (paid ? 0 : lengthMinutes), 0);
    for (const length of lengthsMinutes) {
      const work = (length - away) / 60 + (breaks.length + 1) * inHandHours;
      least = Math.min(least, (((length - unpaid) / 60) * costPerHour) / work);
    }
  }
  return least;
}

function hoursAtWork({ activities }: Shift, inHandHours: number): number {
  return activities
    .filter(({ kind }) => kind === "work")
    .reduce((sum, { startMinute, endMinute }) => sum + (endMinute - startMinute) / 60 + inHandHours, 0);
}
