import { clockSlots, dayOfDate, type IntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import { clockOf, shrinkageApplies } from "../domain/calendar/weekly-hours.ts";
import type { FloorEvent } from "../domain/plan/floor-event.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Activity, Shift } from "../domain/plan/shift.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Lateness } from "../domain/results/simulation.ts";
import { exp } from "../numerics/elementary.ts";

/** Longest step in which agents are taken to be as many all along, minutes: breaks of a quarter-hour are told apart. */
const longestStepMinutes = 15;

/** Steps per interval of the grid. */
export function stepsPerInterval({ intervalMinutes }: IntervalGrid): number {
  return Math.max(1, Math.round(intervalMinutes / longestStepMinutes));
}

/**
 * Agents of one group on queue, per step (`stepsPerInterval` in each interval of the grid), as the simulation's absences
 * and shift ends have them.
 */
export interface AgentsOnQueue {
  readonly mean: Float64Array;
  /** Of the head count: who is ill today, and the fraction that takes turns. */
  readonly variance: Float64Array;
  /** Agents who leave the queue in a step and finish what they have in hand. */
  readonly leaving: Float64Array;
  /** How quick they are, mean: 1 ÷ the factor on handle times. */
  readonly speed: Float64Array;
}

/** A shift, and the factor on handle times of whoever works it. */
export interface WorkedShift {
  readonly groupId: string;
  readonly shift: Shift;
  readonly handleFactor: number;
}

/** Adds up shifts; a shift taken away again (`weight` −1) leaves what was there before. */
export interface AgentsOnQueueSum {
  add(worked: WorkedShift, weight: 1 | -1): void;
  /** As in `plan.groups`, after shrinkage. */
  agents(): GroupAgents;
}

/** Rows as in `plan.groups`. */
export type GroupAgents = readonly AgentsOnQueue[];

/** Of a plan, what decides who of the shifts is there. */
export interface StaffedPlan {
  readonly groups: readonly Pick<AgentGroup, "id" | "queueIds">[];
  readonly shrinkage: Plan["shrinkage"];
  readonly simulation: Pick<Plan["simulation"], "atShiftEnd" | "lateness" | "events">;
}

/**
 * Work in shifts, less shrinkage as it is drawn in the simulation: unplanned absence takes whole shifts, planned absence
 * takes turns by the hour; who comes late and who is out at a fire drill is not there either. Whoever leaves in the midst
 * of a contact finishes it (`finishContact`), hands it over, or has taken no more for a mean handle time before
 * (`stopTakingContacts`).
 */
export function sumAgentsOnQueue(plan: StaffedPlan, forecast: DemandForecast): AgentsOnQueueSum {
  const { grid } = forecast;
  const { atShiftEnd, lateness } = plan.simulation;
  const parts = stepsPerInterval(grid);
  const stepMinutes = grid.intervalMinutes / parts;
  const count = intervalCount(grid) * parts;
  const series = () => plan.groups.map(() => new Float64Array(count));
  const [working, ends, speeds] = [series(), series(), series()];
  const rowOf = new Map(plan.groups.map(({ id }, row) => [id, row]));
  const { planned, present } = sharesOf(grid, plan.shrinkage);
  const leads = plan.groups.map((group) =>
    atShiftEnd === "stopTakingContacts" ? leadMinutes(group, forecast) : 0,
  );
  const slots = clockSlots(grid);

  function add({ groupId, shift, handleFactor }: WorkedShift, weight: 1 | -1): void {
    const row = rowOf.get(groupId);
    if (row === undefined) return;
    const lead = leads[row];
    for (const activity of shift.activities) {
      if (activity.kind !== "work") continue;
      const isFirst = activity.startMinute === shift.startMinute;
      const late = isFirst && lateness !== undefined ? lateness : null;
      addWork(working[row], speeds[row], activity, stepMinutes, weight, 1 / handleFactor, lead, late);
      if (isFollowedByWork(shift, activity)) continue;
      const end = Math.max(activity.startMinute, activity.endMinute - lead);
      const at = Math.ceil(end / stepMinutes) - 1;
      if (at >= 0 && at < count) ends[row][at] += weight;
    }
  }

  function agentsOf(row: number): AgentsOnQueue {
    const mean = new Float64Array(count);
    const variance = new Float64Array(count);
    const leaving = new Float64Array(count);
    const speed = new Float64Array(count).fill(1);
    for (let at = 0; at < count; at++) {
      const index = Math.floor(at / parts);
      const heads = working[row][at];
      if (heads < 1e-9) continue;
      const off = planned[index];
      const there = present[index];
      speed[at] = speeds[row][at] / heads;
      const minute = slots[index] * grid.intervalMinutes + ((at % parts) + 1) * stepMinutes;
      // Whoever takes a turn off queue at the full hour has stopped before.
      const untilHour = (60 - (minute % 60)) % 60;
      const stopped = off > 0 ? Math.max(0, Math.min(stepMinutes, leads[row] - untilHour)) / stepMinutes : 0;
      mean[at] = heads * there * (1 - off) * (1 - off * stopped);
      const turns = (heads * off) % 1;
      variance[at] =
        heads * there * (1 - there) * (1 - off) ** 2 + (off > 0 ? turns * (1 - turns) * there * there : 0);
      if (atShiftEnd === "handOver") continue;
      leaving[at] = Math.max(0, ends[row][at]) * there * (1 - off);
      // At every full hour the next ones take their turn off queue.
      if (off > 0 && minute % 60 === 0) leaving[at] += mean[at] * off;
    }
    return { mean, variance, leaving, speed };
  }

  return {
    add,
    agents: () => {
      const groups = plan.groups.map((_, row) => agentsOf(row));
      for (const event of plan.simulation.events ?? []) takeAway(groups, event, plan, grid, parts);
      return groups;
    },
  };
}

/** Whoever is at a fire drill, or cannot work in an outage, is not on queue. */
function takeAway(
  groups: readonly AgentsOnQueue[],
  event: FloorEvent,
  plan: StaffedPlan,
  grid: IntervalGrid,
  parts: number,
): void {
  if (event.kind !== "fireDrill" && event.kind !== "outage") return;
  const day = dayOfDate(grid, event.date);
  if (day === null) return;
  const slots = clockSlots(grid);
  const stepMinutes = grid.intervalMinutes / parts;
  for (const [row, { mean, variance, leaving }] of groups.entries()) {
    if (event.groupIds !== null && !event.groupIds.includes(plan.groups[row].id)) continue;
    for (let at = grid.dayOffsets[day] * parts; at < grid.dayOffsets[day + 1] * parts; at++) {
      const start = slots[Math.floor(at / parts)] * grid.intervalMinutes + (at % parts) * stepMinutes;
      const away =
        Math.max(0, Math.min(event.toMinute, start + stepMinutes) - Math.max(event.fromMinute, start)) /
        stepMinutes;
      if (away <= 0) continue;
      mean[at] *= 1 - away;
      variance[at] *= (1 - away) ** 2;
      leaving[at] *= 1 - away;
    }
  }
}

/** Mean handle time of what a group serves, minutes. */
function leadMinutes({ queueIds }: StaffedPlan["groups"][number], { queues }: DemandForecast): number {
  let contacts = 0;
  let work = 0;
  for (const { queueId, offered, ahtSeconds } of queues) {
    if (!queueIds.includes(queueId)) continue;
    for (let index = 0; index < offered.length; index++) {
      contacts += offered[index];
      work += offered[index] * ahtSeconds[index];
    }
  }
  return contacts > 0 ? work / contacts / 60 : 0;
}

/** Adds `weight` agents for each minute of an activity, less the last `lead` minutes and who comes late at its start. */
function addWork(
  agents: Float64Array,
  speeds: Float64Array,
  { startMinute, endMinute }: Activity,
  stepMinutes: number,
  weight: number,
  speed: number,
  lead: number,
  late: Lateness | null,
): void {
  const last = Math.max(startMinute, endMinute - lead);
  const first = Math.max(0, Math.floor(startMinute / stepMinutes));
  const end = Math.min(agents.length, Math.ceil(last / stepMinutes));
  for (let at = first; at < end; at++) {
    const from = Math.max(startMinute, at * stepMinutes);
    const to = Math.min(last, (at + 1) * stepMinutes);
    let minutes = to - from;
    if (late !== null) {
      const away = (minute: number) => exp(-(minute - startMinute) / late.meanMinutes);
      minutes -= late.share * late.meanMinutes * (away(from) - away(to));
    }
    agents[at] += (weight * minutes) / stepMinutes;
    speeds[at] += (weight * minutes * speed) / stepMinutes;
  }
}

function isFollowedByWork({ activities }: Shift, { endMinute }: Activity): boolean {
  return activities.some(({ kind, startMinute }) => kind === "work" && startMinute === endMinute);
}

/** Per interval: share off queue by planned shrinkage, and share of shifts that are not taken by unplanned absence. */
function sharesOf(grid: IntervalGrid, items: Plan["shrinkage"]) {
  const count = intervalCount(grid);
  const planned = new Float64Array(count);
  const present = new Float64Array(count).fill(1);
  if (items.length > 0)
    for (const { index, weekday, minute } of clockOf(grid)) {
      let onQueue = 1;
      for (const item of items) {
        if (!shrinkageApplies(item, weekday, minute)) continue;
        if (item.planned) onQueue *= 1 - item.share;
        else present[index] *= 1 - item.share;
      }
      planned[index] = 1 - onQueue;
    }
  return { planned, present };
}
