import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import {
  type Trend,
  trendOf,
  type WeekdayProfile,
  weekdayProfiles,
} from "../../../history/review/history-patterns.ts";

export type HistoryTrend = Trend;
export type WeekdayShape = WeekdayProfile;

/** Day totals of one queue, or of all, and the level beneath them. */
export function historyTrend(history: DemandHistory, queueId: string | null): HistoryTrend {
  return trendOf(history, idsOf(history, queueId));
}

/** What each weekday is like over a range of days, of one queue or of all together. */
export function weekdayShapes(
  history: DemandHistory,
  queueId: string | null,
  days: DayRange,
): readonly WeekdayShape[] {
  return weekdayProfiles(history, idsOf(history, queueId), days);
}

function idsOf(history: DemandHistory, queueId: string | null): readonly string[] {
  return queueId === null ? history.queues.map((queue) => queue.queueId) : [queueId];
}
