import { dateOfDay, dayOfDate, type IntervalGrid, localTimeOf } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { type CameToday, type Today, todayOnGrid } from "../domain/plan/today.ts";
import { type DemandHistory, intervalState } from "../domain/results/demand.ts";

/**
 * A day with what a file says of it in place of what was known: contacts by interval, and their handle time. "Now" moves
 * to the end of the last interval in which a queue of the plan had contacts: systems list the rest of a day with zeros.
 * Queues are those of the plan with the same id or name; others are left aside.
 *
 * Fails with `today.otherDate` (the file has nothing of the day) and `today.otherQueues` (nothing of the plan's queues).
 *
 * @param came read on the plan's zone and intervals
 */
export function withWhatCame(
  plan: Pick<Plan, "queues">,
  grid: IntervalGrid,
  today: Today,
  came: DemandHistory,
): Outcome<Today> {
  const day = dayOfDate(came.grid, today.date);
  const place = todayOnGrid(grid, today);
  const otherDate: Issue = {
    code: "today.otherDate",
    severity: "error",
    values: {
      date: today.date,
      firstDate: came.grid.firstDate,
      lastDate: dateOfDay(came.grid, came.grid.dayCount - 1),
    },
  };
  if (day === null || place === null) return fail(otherDate);
  const [first, end] = came.grid.dayOffsets.slice(day, day + 2);
  let last = -1;
  const queues = plan.queues.flatMap((queue): CameToday[] => {
    const found = came.queues.find(({ queueId }) => queueId === queue.id || queueId === queue.name);
    if (found === undefined) return [];
    const offered = Array.from({ length: end - first }, (_, k) =>
      found.state[first + k] === intervalState.open ? found.offered[first + k] : null,
    );
    last = Math.max(
      last,
      offered.findLastIndex((contacts) => contacts !== null && contacts > 0),
    );
    const sum = (series: Float64Array | null) =>
      series === null ? null : series.subarray(first, end).reduce((total, value) => total + value, 0);
    const handleSeconds = sum(found.handleSeconds);
    const handled = sum(found.handled) ?? offered.reduce<number>((total, value) => total + (value ?? 0), 0);
    return [{ queueId: queue.id, offered, handled: handleSeconds === null ? null : handled, handleSeconds }];
  });
  if (queues.length === 0) {
    return fail({
      code: "today.otherQueues",
      severity: "error",
      values: { queues: came.queues.map(({ queueId }) => queueId).join(", ") },
    });
  }
  if (last < 0) return fail(otherDate);
  const next = place.range.first + last + 1;
  const nowMinute = next < place.range.end ? localTimeOf(grid, next).minuteOfDay : 1440;
  const others = today.came.filter(({ queueId }) => queues.every((queue) => queue.queueId !== queueId));
  return succeed({ ...today, nowMinute, came: [...others, ...queues] });
}
