import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  localTimeOf,
} from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { QueueCoverage, Schedule } from "../../../domain/plan/shift.ts";

/** Asked and staffed of one queue, or of all added up. */
export function coverageSeries(
  coverage: readonly QueueCoverage[],
  queueId: string | null,
): { asked: Float64Array; staffed: Float64Array } {
  const chosen = coverage.filter((queue) => queueId === null || queue.queueId === queueId);
  const length = coverage[0]?.asked.length ?? 0;
  const asked = new Float64Array(length);
  const staffed = new Float64Array(length);
  for (const queue of chosen) {
    for (let index = 0; index < length; index++) {
      asked[index] += queue.asked[index];
      staffed[index] += queue.staffed[index];
    }
  }
  return { asked, staffed };
}

/** A stretch without a whole hour of fit: where a page's one sentence points. */
export interface ShortStretch extends IntervalRange {
  readonly date: string;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Most agents missing at once, rounded up to whole ones. */
  readonly agents: number;
}

/**
 * The worst run of intervals of one day in the range in which at least one whole agent is missing, by missing hours;
 * null: none.
 */
export function worstShortStretch(
  grid: IntervalGrid,
  asked: Float64Array,
  staffed: Float64Array,
  range: IntervalRange = { first: 0, end: asked.length },
): ShortStretch | null {
  let worst: (IntervalRange & { readonly hours: number }) | null = null;
  let first = -1;
  let hours = 0;
  const dayEnds = new Set(grid.dayOffsets);
  for (let index = range.first; index <= range.end; index++) {
    const missing = index < range.end ? asked[index] - staffed[index] : 0;
    if (first >= 0 && (missing < 1 || dayEnds.has(index))) {
      if (worst === null || hours > worst.hours) worst = { first, end: index, hours };
      first = -1;
    }
    if (missing >= 1) {
      if (first < 0) {
        first = index;
        hours = 0;
      }
      hours += missing;
    }
  }
  if (worst === null) return null;
  let agents = 0;
  for (let index = worst.first; index < worst.end; index++)
    agents = Math.max(agents, asked[index] - staffed[index]);
  return {
    first: worst.first,
    end: worst.end,
    date: dateOfDay(grid, dayOfInterval(grid, worst.first)),
    fromMinute: localTimeOf(grid, worst.first).minuteOfDay,
    toMinute: localTimeOf(grid, worst.end - 1).minuteOfDay + grid.intervalMinutes,
    agents: Math.ceil(agents - 1e-9),
  };
}

/** Hours asked for ÷ hours at work: 1 when every agent at work was asked for and nobody is missing; null without work. */
export function efficiencyOf(schedule: Schedule): number | null {
  const { asked, staffed } = coverageSeries(schedule.coverage, null);
  const work = staffed.reduce((sum, agents) => sum + agents, 0);
  return work === 0 ? null : asked.reduce((sum, agents) => sum + agents, 0) / work;
}
