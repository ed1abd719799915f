import { useMemo } from "react";
import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { dayOfInterval, type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { Format } from "../format.ts";
import { useFormat } from "../use-format.ts";

/** `13`, or `13.4` where a fraction is meant. */
export function agentsText(format: Format, agents: number): string {
  return format.number(agents, Math.abs(agents - Math.round(agents)) < 0.05 ? 0 : 1);
}

/** How places on a time axis are called in the page's language. */
export function useAxisWords(grid: IntervalGrid) {
  const format = useFormat();
  return useMemo(
    () => ({
      dayName: (date: LocalDate) => format.date(date, "weekdayDay"),
      dayNumber: (date: LocalDate, wide: boolean) =>
        wide ? format.date(date, "day") : String(Number(date.slice(8, 10))),
      clock: (minuteOfDay: number) => format.time(minuteOfDay),
      intervalName: (intervalIndex: number) => intervalText(format, grid, intervalIndex),
    }),
    [format, grid],
  );
}

/** `Mon 2 Nov 10:00`; the second pass of a repeated hour says its offset. */
export function intervalText(format: Format, grid: IntervalGrid, intervalIndex: number): string {
  const { date, minuteOfDay, utcOffsetMinutes } = localTimeOf(grid, intervalIndex);
  const before = grid.dayUtcOffsetMinutes[dayOfInterval(grid, intervalIndex)];
  const changed =
    utcOffsetMinutes !== before
      ? ` (UTC${utcOffsetMinutes < 0 ? "−" : "+"}${Math.abs(utcOffsetMinutes / 60)})`
      : "";
  return `${format.date(date, "weekdayDay")} ${format.time(minuteOfDay)}${changed}`;
}
