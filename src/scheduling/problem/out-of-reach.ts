import { formatMinuteOfDay } from "../../domain/calendar/clock.ts";
import { type IntervalGrid, localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import type { ShiftBlock, ShiftProblem, ShiftsInput } from "./shift-block.ts";

/**
 * Demand that no template reaches: a warning per queue with its first time and hours; an error where a hard minimum
 * stands there, because then no schedule is right.
 */
export function demandOutOfReach(input: ShiftsInput, { blocks, grid }: ShiftProblem): Issue[] {
  return input.requirement.queues.flatMap(({ queueId }, queue): Issue[] => {
    let hours = 0;
    let first: number | null = null;
    let firstHard: number | null = null;
    for (const block of blocks) {
      const reached = reachedSlots(block, queue);
      for (let slot = 0; slot < block.slotCount; slot++) {
        const at = queue * block.slotCount + slot;
        if (reached[slot] === 1 || block.demand[at] <= 0) continue;
        hours += (block.demand[at] * block.slotMinutes) / 60;
        const minute = (block.firstSlot + slot) * block.slotMinutes;
        first ??= minute;
        if (block.minimum[at] > 0) firstHard ??= minute;
      }
    }
    const minute = firstHard ?? first;
    if (minute === null) return [];
    return [
      {
        code: firstHard === null ? "shifts.demandOutOfReach" : "shifts.minimumOutOfReach",
        severity: firstHard === null ? "warning" : "error",
        values: {
          queue: queueName(input, queueId),
          ...dateAndTime(grid, minute),
          hours: Math.round(hours * 100) / 100,
        },
      },
    ];
  });
}

/** 1 for each slot at which some form for the queue, or a pinned shift, may be at work. */
function reachedSlots(block: ShiftBlock, queue: number): Uint8Array {
  const reached = new Uint8Array(block.slotCount);
  const serves = (group: number) => (block.groupMask[group] & (1 << queue)) !== 0;
  for (const { group, start, shape } of block.forms)
    if (serves(group)) reached.fill(1, start, start + shape.length);
  for (let group = 0; group < block.groupCount; group++)
    if (serves(group))
      for (let slot = 0; slot < block.slotCount; slot++)
        if (block.pinnedStaff[group * block.slotCount + slot] > 0) reached[slot] = 1;
  return reached;
}

export function queueName({ queues }: Pick<ShiftsInput, "queues">, queueId: string): string {
  return queues.find(({ id }) => id === queueId)?.name ?? queueId;
}

/** A minute of the grid for a sentence: local date and clock time. */
export function dateAndTime(
  grid: IntervalGrid,
  minute: number,
): { readonly date: string; readonly time: string } {
  const interval = Math.floor(minute / grid.intervalMinutes);
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  return { date, time: formatMinuteOfDay(minuteOfDay + minute - interval * grid.intervalMinutes) };
}
