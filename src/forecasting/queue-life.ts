import { longClosures } from "../domain/calendar/usual-opening.ts";
import type { DayTable } from "./models/day-table.ts";

/** From when to when a queue has been in use. Days count from the first of the history; `end` is exclusive. */
export interface QueueLife {
  readonly first: number;
  readonly end: number;
  /** Closed days from the queue's last open day to the last day the history knows of; 0 where its rhythm explains them. */
  readonly idleDays: number;
  /** Idle for two weeks or more. */
  readonly ended: boolean;
}

/** A queue without contacts for so many days, while others had theirs, is more than closed for a holiday or two. */
const endedAfterDays = 14;

/**
 * A queue's life, from the days before `before`; null where nothing was counted on them.
 *
 * How long a queue has been idle is measured against what the history knows: its last day, or, where that is not before
 * `before`, the last day on which any queue was open, because a hole in the whole file ends no queue.
 *
 * @param tables of all queues of the history, aligned
 */
export function queueLife(table: DayTable, tables: readonly DayTable[], before: number): QueueLife | null {
  const { slotCount } = table;
  const limit = Math.min(table.dayCount, before);
  const isCounted = (day: number) => table.seen.subarray(day * slotCount, (day + 1) * slotCount).includes(1);
  let end = limit;
  while (end > 0 && !isCounted(end - 1)) end--;
  if (end <= 0) return null;
  let first = 0;
  while (!isCounted(first)) first++;
  let knownEnd = limit;
  if (before < table.dayCount) {
    while (!tables.some(({ dayOpen }) => dayOpen[knownEnd - 1] === 1)) knownEnd--;
  }
  const closure = longClosures(table.dayOpen.subarray(first, knownEnd)).at(-1);
  const idleDays = closure?.end === knownEnd - first ? closure.end - closure.first : 0;
  return { first, end, idleDays, ended: idleDays >= endedAfterDays };
}
