import { weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay, dayOfInterval } from "../../domain/calendar/interval-grid.ts";
import { shrinkageApplies } from "../../domain/calendar/weekly-hours.ts";
import type { ShrinkageItem } from "../../domain/plan/queue.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { streamState } from "../../numerics/random.ts";
import type { AgentsProblem } from "./problem.ts";
import type { SimulatedSpan, SimulationInput } from "./simulation-input.ts";

/** Of a group, the agents in each state by their shifts alone. */
export interface ShiftStates {
  readonly working: Float64Array;
  readonly otherwise: Float64Array;
}

/** How many of each group's shifts are at work, and at something else, in every interval. */
export function shiftStatesOf(
  shifts: readonly RosteredShift[],
  groups: readonly { readonly id: string }[],
  { grid, firstInterval, endInterval }: SimulatedSpan,
): ShiftStates[] {
  const length = endInterval - firstInterval;
  const { intervalMinutes } = grid;
  const states = groups.map(() => ({
    working: new Float64Array(length),
    otherwise: new Float64Array(length),
  }));
  const indexOf = new Map(groups.map(({ id }, index) => [id, index]));
  for (const { groupId, shift } of shifts) {
    const { working, otherwise } = states[indexOf.get(groupId) as number];
    for (const { kind, startMinute, endMinute } of shift.activities) {
      const series = kind === "work" ? working : otherwise;
      const first = Math.max(0, Math.floor(startMinute / intervalMinutes) - firstInterval);
      for (let at = first; at < length; at++) {
        const start = (firstInterval + at) * intervalMinutes;
        if (start >= endMinute) break;
        const minutes = Math.min(endMinute, start + intervalMinutes) - Math.max(startMinute, start);
        series[at] += minutes / intervalMinutes;
      }
    }
  }
  return states;
}

export interface RosteredShift {
  readonly groupId: string;
  readonly shift: Shift;
  readonly handleFactor: number;
  readonly absenceName: string;
  /** For people: the agent's name, or the shift's id where nobody has it yet. */
  readonly name: string;
}

/** The shifts that are worked: the roster's with who works them, or the schedule's where there is no roster. */
export function rosteredShifts({
  plan,
  schedule,
  roster,
}: Pick<SimulationInput, "schedule" | "roster"> & {
  readonly plan: Pick<SimulationInput["plan"], "agents">;
}): RosteredShift[] {
  if (roster === null) {
    return (schedule?.shifts ?? []).map((shift) => ({
      groupId: shift.groupId,
      shift,
      handleFactor: shift.handleFactor ?? 1,
      absenceName: shift.id,
      name: shift.id,
    }));
  }
  const agents = new Map(plan.agents.map((agent) => [agent.id, agent]));
  return roster.assignments.map(({ agentId, shift }) => {
    const agent = agents.get(agentId);
    return {
      groupId: agent?.groupId ?? shift.groupId,
      shift,
      handleFactor: (agent?.proficiency ?? 1) * (shift.handleFactor ?? 1),
      absenceName: `${agentId}/${shift.date}`,
      name: agent?.name ?? agentId,
    };
  });
}

/** Shifts that touch the span, in order of their start: the engine's agents. */
export function shiftsInSpan(rostered: readonly RosteredShift[], span: SimulatedSpan): RosteredShift[] {
  const startMinute = span.firstInterval * span.grid.intervalMinutes;
  const endMinute = span.endInterval * span.grid.intervalMinutes;
  return rostered
    .filter(({ shift }) => shift.startMinute < endMinute && shift.endMinute > startMinute)
    .sort((a, b) => a.shift.startMinute - b.shift.startMinute || compareText(a.absenceName, b.absenceName));
}

/** What shrinkage does in each interval of the span. */
interface ShrinkageSeries {
  /** 1 − Π (1 − share) of planned items. */
  readonly planned: Float64Array;
  /** Bit k: unplanned item k may take this interval away. */
  readonly unplanned: Int32Array;
  readonly unplannedShares: readonly number[];
}

function shrinkageSeries(items: readonly ShrinkageItem[], span: SimulatedSpan): ShrinkageSeries {
  const { grid, firstInterval, endInterval } = span;
  const length = endInterval - firstInterval;
  const available = new Float64Array(length).fill(1);
  const unplanned = new Int32Array(length);
  const unplannedItems = items.filter((item) => !item.planned).slice(0, 30);
  const slots = clockSlots(grid);
  for (let interval = 0; interval < length; interval++) {
    const index = firstInterval + interval;
    const weekday = weekdayOf(dateOfDay(grid, dayOfInterval(grid, index)));
    const minute = slots[index] * grid.intervalMinutes;
    for (const item of items) {
      if (!shrinkageApplies(item, weekday, minute)) continue;
      if (item.planned) available[interval] *= 1 - item.share;
      else unplanned[interval] |= 1 << unplannedItems.indexOf(item);
    }
  }
  return {
    planned: available.map((share) => 1 - share),
    unplanned,
    unplannedShares: unplannedItems.map((item) => item.share),
  };
}

/**
 * Each shift becomes one agent of the engine, its work cut where an absence may start or end.
 * @param presentInterval who has begun before this interval is there, and not absent by chance; null: nobody has begun
 */
export function compileAgents(
  inSpan: readonly RosteredShift[],
  groupIndex: ReadonlyMap<string, number>,
  groupCount: number,
  items: readonly ShrinkageItem[],
  span: SimulatedSpan,
  presentInterval: number | null = null,
): AgentsProblem {
  const { grid, firstInterval, endInterval } = span;
  const startMinute = firstInterval * grid.intervalMinutes;
  const shrinkage = shrinkageSeries(items, span);
  const cuts = cutMinutes(shrinkage, span);
  const atoms: { agent: number; start: number; end: number; interval: number }[] = [];
  inSpan.forEach(({ shift }, agent) => {
    for (const activity of shift.activities) {
      if (activity.kind !== "work") continue;
      // Work that runs on past the span goes on there: contacts are seen to their end.
      let start = Math.max(activity.startMinute, startMinute);
      while (start < activity.endMinute) {
        const end = Math.min(activity.endMinute, cuts[cutsUntil(cuts, start)] ?? activity.endMinute);
        const interval = Math.min(endInterval - 1, Math.floor(start / grid.intervalMinutes));
        atoms.push({ agent, start, end, interval: interval - firstInterval });
        start = end;
      }
    }
  });
  const presentMinute = (presentInterval ?? Number.NEGATIVE_INFINITY) * grid.intervalMinutes;
  const group = Int32Array.from(inSpan, ({ groupId }) => groupIndex.get(groupId) as number);
  // Blocks of planned absence: the atoms of one group that lie between the same two cuts.
  const blocks = new Map<number, number[]>();
  atoms.forEach((atom, index) => {
    if (shrinkage.planned[atom.interval] <= 0) return;
    const key = cutsUntil(cuts, atom.start) * groupCount + group[atom.agent];
    const members = blocks.get(key);
    if (members === undefined) blocks.set(key, [index]);
    else members.push(index);
  });
  const ordered = [...blocks.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]);
  const blockOffset = new Int32Array(ordered.length + 1);
  ordered.forEach((members, index) => {
    blockOffset[index + 1] = blockOffset[index] + members.length;
  });
  const seconds = (minute: number) => (minute - startMinute) * 60;
  return {
    group,
    handleFactor: Float64Array.from(inSpan, ({ handleFactor }) => handleFactor),
    absenceKey: Int32Array.from(inSpan, ({ absenceName }) => streamState(0, [absenceName])[0]),
    absenceShares: shrinkage.unplannedShares,
    atomAgent: Int32Array.from(atoms, (atom) => atom.agent),
    atomStart: Float64Array.from(atoms, (atom) => seconds(atom.start)),
    atomEnd: Float64Array.from(atoms, (atom) => seconds(atom.end)),
    atomAbsences: Int32Array.from(atoms, (atom) =>
      inSpan[atom.agent].shift.startMinute < presentMinute ? 0 : shrinkage.unplanned[atom.interval],
    ),
    blockShare: Float64Array.from(ordered, (members) => shrinkage.planned[atoms[members[0]].interval]),
    blockOffset,
    blockAtoms: Int32Array.from(ordered.flat()),
  };
}

/** Minutes since the grid's start at which work is cut: where shrinkage changes, and every hour when any is planned. */
function cutMinutes({ planned, unplanned }: ShrinkageSeries, span: SimulatedSpan): number[] {
  const { grid, firstInterval } = span;
  const cuts: number[] = [];
  for (let interval = 1; interval < planned.length; interval++) {
    const minute = (firstInterval + interval) * grid.intervalMinutes;
    const changes =
      planned[interval] !== planned[interval - 1] || unplanned[interval] !== unplanned[interval - 1];
    if (changes || (planned[interval] > 0 && minute % 60 === 0)) cuts.push(minute);
  }
  return cuts;
}

/** How many cuts lie at or before a minute: the index of the next one. */
function cutsUntil(cuts: readonly number[], minute: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle] > minute) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
