import type { LocalDate } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import { intervalState, type QueueHistory } from "../../domain/results/demand.ts";

export type QualityKind =
  /** Intervals of open time without a row. */
  | "gap"
  /** A usually open day without contacts. */
  | "closedDay"
  /** Hours in which far fewer contacts came than always: lines down, or the counter. */
  | "outage"
  /** A day far from its weekday. */
  | "outlierDay"
  /** A day whose every count equals another day's. */
  | "copiedDay"
  /** The level changed and stayed. */
  | "levelShift"
  /** A day whose AHT is far from its neighbours'. */
  | "ahtOutlier"
  /** A day of 23 or 25 hours. */
  | "clockChange";

/** One oddity of a history, and what is done about it. */
export interface QualityFinding extends IntervalRange {
  readonly kind: QualityKind;
  readonly queueId: string;
  readonly date: LocalDate;
  /** Contacts that came and that were to be expected; null where that is not the point. */
  readonly actual: number | null;
  readonly expected: number | null;
  /** Excluding is offered; for the other kinds there is nothing to decide. */
  readonly switchable: boolean;
  /** What a careful planner would do. */
  readonly suggestExcluding: boolean;
  /** Now left out of learning. */
  readonly excluded: boolean;
  /** Another date the finding speaks of: the day a copy equals. */
  readonly otherDate: LocalDate | null;
}

/** A finding about some intervals of a day; whether they are left out by now is read from their states. */
export function finding(
  kind: QualityKind,
  grid: IntervalGrid,
  queue: QueueHistory,
  day: number,
  first: number,
  end: number,
  more: Partial<QualityFinding> = {},
): QualityFinding {
  let excluded = true;
  let any = false;
  for (let interval = first; interval < end; interval++) {
    if (queue.state[interval] === intervalState.open) excluded = false;
    if (queue.state[interval] === intervalState.excluded) any = true;
  }
  return {
    kind,
    queueId: queue.queueId,
    date: dateOfDay(grid, day),
    first,
    end,
    actual: null,
    expected: null,
    switchable: false,
    suggestExcluding: false,
    excluded: any && excluded,
    otherDate: null,
    ...more,
  };
}

/** Whether a state holds a count, learnt from or not. */
export function counted(state: number): boolean {
  return state === intervalState.open || state === intervalState.excluded;
}

/** Per day: contacts, and whether the queue was open at all. */
export function dayTotals(
  grid: IntervalGrid,
  queue: QueueHistory,
): { totals: Float64Array; open: Uint8Array } {
  const totals = new Float64Array(grid.dayCount);
  const open = new Uint8Array(grid.dayCount);
  for (let day = 0; day < grid.dayCount; day++) {
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (queue.state[interval] !== intervalState.closed) open[day] = 1;
      if (counted(queue.state[interval])) totals[day] += queue.offered[interval];
    }
  }
  return { totals, open };
}
