import { dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import { allocateAgents } from "../problem/agent-allocation.ts";
import { dateAndTime, queueName } from "../problem/out-of-reach.ts";
import type { StaffedBlock } from "../problem/piece.ts";
import type { ShiftsInput } from "../problem/shift-block.ts";

/** A hard minimum that the shifts of a block miss. */
export interface MissedMinimum {
  /** Days [firstDay, endDay) of the block. */
  readonly firstDay: number;
  readonly endDay: number;
  readonly issue: Issue;
  /** Code in place of the issue's where it is not proved that no schedule meets the minimum. */
  readonly codeUnproved: string;
}

/** The first hard minimum, of agents on a queue or of shifts a day, that these shifts miss; null: all are met. */
export function firstMissedMinimum(
  input: ShiftsInput,
  staffed: readonly StaffedBlock[],
): MissedMinimum | null {
  for (const one of staffed) {
    const { firstDay, endDay } = one.block;
    const agents = missedAgents(input, one);
    if (agents !== null) return { firstDay, endDay, issue: agents, codeUnproved: "shifts.minimumNotFound" };
    const count = missedCount(input, one);
    if (count !== null) return { firstDay, endDay, issue: count, codeUnproved: "shifts.countNotFound" };
  }
  return null;
}

export function meetsMinimums(staffed: StaffedBlock): boolean {
  return agentsMissing(staffed) === null && countMissing(staffed) === null;
}

/** The first queue and slot below its minimum. */
function agentsMissing({
  block,
  best,
}: StaffedBlock): { readonly at: number; readonly staff: number } | null {
  const allocation = allocateAgents(block);
  for (const { group, slots } of best.pieces) for (const slot of slots) allocation.add(group, slot);
  const { staff } = allocation;
  for (let at = 0; at < staff.length; at++)
    if (staff[at] < block.minimum[at]) return { at, staff: staff[at] };
  return null;
}

/** The first hard count a day that is not reached. */
function countMissing({
  block,
  best,
}: StaffedBlock): { readonly limit: number; readonly count: number } | null {
  const counts = new Int32Array(block.limits.length);
  for (const { limits } of best.pieces) for (const limit of limits) counts[limit]++;
  for (const [limit, { minimum, missingPrice }] of block.limits.entries())
    if (missingPrice === null && counts[limit] < minimum) return { limit, count: counts[limit] };
  return null;
}

function missedAgents(input: ShiftsInput, staffed: StaffedBlock): Issue | null {
  const missing = agentsMissing(staffed);
  if (missing === null) return null;
  const { block } = staffed;
  const { at, staff } = missing;
  const { grid, queues } = input.requirement;
  const minute = (block.firstSlot + (at % block.slotCount)) * block.slotMinutes;
  return {
    code: "shifts.minimumMissed",
    severity: "error",
    values: {
      queue: queueName(input, queues[Math.floor(at / block.slotCount)].queueId),
      ...dateAndTime(grid, minute),
      minimum: block.minimum[at],
      staffed: staff,
    },
  };
}

function missedCount(input: ShiftsInput, staffed: StaffedBlock): Issue | null {
  const missing = countMissing(staffed);
  if (missing === null) return null;
  const { template, day, minimum } = staffed.block.limits[missing.limit];
  if (template === null) throw new RangeError("a limit of people has no minimum");
  const { id, name, minimumCount } = input.templates[template];
  const date = dateOfDay(input.requirement.grid, day);
  const pinned = input.pinned.filter((shift) => shift.templateId === id && shift.date === date).length;
  return {
    code: "shifts.countMissed",
    severity: "error",
    values: { template: name, date, minimum: minimumCount ?? minimum, count: missing.count + pinned },
  };
}
