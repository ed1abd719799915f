import type { LocalDate } from "../domain/calendar/clock.ts";
import { intervalCount } from "../domain/calendar/interval-grid.ts";
import type { Roster } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import type { Counted, LimitSource } from "./limit-source.ts";
import { workMinutesOfShift } from "./usual-shift.ts";

/** People are whole and what is needed is not: an interval is short when more than half an agent is missing. */
const tolerance = 0.5 + 1e-9;

/**
 * Limits of a roster: people of the group who work that day and whom no interval needs.
 *
 * Method: for every set of queues and every interval the margin is the agents on queue of all who serve any of it, less
 * what it needs. Of the group's shifts of the day the one whose thinnest margin is largest is taken out, then the next,
 * until each would make an interval short, or shorter than it is for reasons that the group has nothing to do with. The
 * count is thus of people who can all be off together; who has no shift that day is off anyway and not counted.
 */
export function limitsByRoster(source: LimitSource, { assignments }: Roster): Counted {
  const { plan, grid, available, sets, dates } = source;
  const count = intervalCount(grid);
  const work = workOf(source, assignments);
  const margins = marginsOf(source, work);
  const workMinutes = Math.max(1, workMinutesOfShift(plan.templates));
  return plan.groups.map((_, group) => {
    const touched = sets.map((_, set) => set).filter((set) => sets[set].groups.includes(group));
    const floors = touched.map((set) => floorOf(source, margins, set, group, count));
    return Array.from({ length: grid.dayCount }, (_, day) => {
      const date = dates[day];
      const shifts = work.filter((one) => one.group === group && one.date === date);
      const left = touched.map((set) => margins[set].slice());
      let more = 0;
      for (;;) {
        let best: ShiftAtWork | null = null;
        let widest = -1e-9;
        for (const shift of shifts) {
          const spare = spareOf(shift, left, floors);
          if (spare >= widest) [best, widest] = [shift, spare];
        }
        if (best === null) break;
        for (const margin of left)
          for (let at = 0; at < best.agents.length; at++) margin[best.first + at] -= best.agents[at];
        shifts.splice(shifts.indexOf(best), 1);
        more++;
      }
      let missing = 0;
      for (let at = grid.dayOffsets[day]; at < grid.dayOffsets[day + 1]; at++) {
        const deficit = Math.max(0, ...touched.map((set) => -margins[set][at]));
        if (deficit > tolerance) missing += (deficit * grid.intervalMinutes) / Math.max(0.01, available[at]);
      }
      return { more, short: more > 0 ? 0 : Math.ceil(Math.max(0, missing / workMinutes - 1e-9)) };
    });
  });
}

/** Agent-hours on queue that a roster lacks on a day, however its flexible people are shared. */
export function hoursShortOn(source: LimitSource, { assignments }: Roster, day: number): number {
  const { grid } = source;
  const margins = marginsOf(source, workOf(source, assignments));
  let hours = 0;
  for (let at = grid.dayOffsets[day]; at < grid.dayOffsets[day + 1]; at++)
    hours += (Math.max(0, ...margins.map((margin) => -margin[at])) * grid.intervalMinutes) / 60;
  return hours;
}

interface ShiftAtWork {
  /** Row of the group. */
  readonly group: number;
  readonly date: LocalDate;
  readonly first: number;
  /** Agents on queue that the shift is, interval by interval from `first` on. */
  readonly agents: Float64Array;
}

function workOf(source: LimitSource, assignments: Roster["assignments"]): ShiftAtWork[] {
  const { plan } = source;
  const rowOfGroup = new Map(plan.groups.map(({ id }, row) => [id, row]));
  const groupOfAgent = new Map(plan.agents.map(({ id, groupId }) => [id, groupId]));
  return assignments.flatMap(({ agentId, shift }) => {
    const group = rowOfGroup.get(groupOfAgent.get(agentId) ?? shift.groupId);
    return group === undefined ? [] : [{ group, date: shift.date, ...agentsOf(shift, source) }];
  });
}

/** Agents on queue beyond what is needed, per set of queues and interval. */
function marginsOf(
  { plan, grid, required, sets }: LimitSource,
  work: readonly ShiftAtWork[],
): Float64Array[] {
  const count = intervalCount(grid);
  const present = plan.groups.map(() => new Float64Array(count));
  for (const { group, first, agents } of work)
    for (let at = 0; at < agents.length; at++) present[group][first + at] += agents[at];
  return sets.map(({ queues, groups }) => {
    const margin = new Float64Array(count);
    for (const group of groups) for (let at = 0; at < count; at++) margin[at] += present[group][at];
    for (const queue of queues) for (let at = 0; at < count; at++) margin[at] -= required[queue][at];
    return margin;
  });
}

/** Least spare agents over the intervals of a shift once it is out; below 0: somebody would be missing. */
function spareOf(
  { first, agents }: ShiftAtWork,
  margins: readonly Float64Array[],
  floors: readonly Float64Array[],
): number {
  let spare = Infinity;
  for (const [at, margin] of margins.entries())
    for (let index = 0; index < agents.length; index++)
      if (agents[index] > 0)
        spare = Math.min(spare, margin[first + index] - agents[index] - floors[at][first + index]);
  return spare;
}

/** How far the margin of a set may fall: as far as some of its queues are short whom the group does not serve. */
function floorOf(
  { sets }: LimitSource,
  margins: readonly Float64Array[],
  set: number,
  group: number,
  count: number,
): Float64Array {
  const floor = new Float64Array(count).fill(-tolerance);
  for (const part of sets[set].parts) {
    if (sets[part].groups.includes(group)) continue;
    for (let at = 0; at < count; at++) floor[at] = Math.min(floor[at], margins[part][at]);
  }
  return floor;
}

function agentsOf(shift: Shift, { grid, available }: LimitSource): Pick<ShiftAtWork, "first" | "agents"> {
  const { intervalMinutes } = grid;
  const first = Math.max(0, Math.floor(shift.startMinute / intervalMinutes));
  const end = Math.min(available.length, Math.ceil(shift.endMinute / intervalMinutes));
  const agents = new Float64Array(Math.max(0, end - first));
  for (const { kind, startMinute, endMinute } of shift.activities) {
    if (kind !== "work") continue;
    for (let at = 0; at < agents.length; at++) {
      const start = (first + at) * intervalMinutes;
      const minutes = Math.min(endMinute, start + intervalMinutes) - Math.max(startMinute, start);
      if (minutes > 0) agents[at] += (minutes / intervalMinutes) * available[first + at];
    }
  }
  return { first, agents };
}
