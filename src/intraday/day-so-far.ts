import { type IntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import { intervalOf, type Today, type TodayOnGrid, todayOnGrid } from "../domain/plan/today.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { type Reforecast, reforecastQueue } from "../forecasting/reforecast.ts";

/** A day that has begun: where "now" is, what came, and what is expected of the rest of it and of the days after. */
export interface DaySoFar extends TodayOnGrid {
  readonly grid: IntervalGrid;
  /** Per queue of the forecast, aligned to the grid: what came before now, null where it is not known. */
  readonly came: readonly (readonly (number | null)[])[];
  /** What the plan's forecast became; before now it says what came. The same where nothing is known. */
  readonly forecast: DemandForecast;
  /** Per queue of the forecast; null where nothing of it has come, or nothing is left of the day. */
  readonly updates: readonly (Reforecast | null)[];
}

/** null where the plan does not hold the date. What came on another length of intervals is not read. */
export function daySoFar(forecast: DemandForecast, today: Today): DaySoFar | null {
  const { grid } = forecast;
  const place = todayOnGrid(grid, today);
  if (place === null) return null;
  const { range, now } = place;
  const known = forecast.queues.map(({ queueId }) => {
    const of = today.came.find((one) => one.queueId === queueId);
    return of?.offered.length === range.end - range.first ? of : null;
  });
  const came = known.map((of) => {
    const series: (number | null)[] = new Array(intervalCount(grid)).fill(null);
    for (let interval = range.first; interval < now; interval++)
      series[interval] = of?.offered[interval - range.first] ?? null;
    return series;
  });
  const updates = forecast.queues.map((queue, q) => {
    const handling =
      known[q]?.handled && known[q].handleSeconds
        ? { handled: known[q].handled, handleSeconds: known[q].handleSeconds }
        : null;
    return reforecastQueue(grid, queue, { offered: came[q], handling }, now);
  });
  const queues = forecast.queues.map((queue, q) => updates[q]?.forecast ?? queue);
  return { ...place, grid, came, updates, forecast: { grid, queues } };
}

/** A roster without those who are away sick: their work ends where their sickness begins. */
export function rosterToday(roster: Roster, today: Today): Roster {
  const { grid } = roster;
  const place = todayOnGrid(grid, today);
  if (place === null || today.sick.length === 0) return roster;
  const assignments = roster.assignments.flatMap((assignment): Assignment[] => {
    const sick = today.sick.find(({ agentId }) => agentId === assignment.agentId);
    const from = sick && intervalOf(grid, today.date, sick.fromMinute, place.range) * grid.intervalMinutes;
    // A night shift of the day before is work of this day too.
    const isOfToday = assignment.shift.startMinute < place.range.end * grid.intervalMinutes;
    if (from === undefined || !isOfToday || from >= assignment.shift.endMinute) return [assignment];
    if (from <= assignment.shift.startMinute) return [];
    const activities = assignment.shift.activities
      .filter(({ startMinute }) => startMinute < from)
      .map((activity) => ({ ...activity, endMinute: Math.min(activity.endMinute, from) }));
    return [{ ...assignment, shift: { ...assignment.shift, endMinute: from, activities } }];
  });
  return { ...roster, assignments };
}
