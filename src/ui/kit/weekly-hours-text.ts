import type { Weekday } from "../../domain/calendar/clock.ts";
import type { Format } from "./format.ts";

/** `Mon–Fri 07:00–20:00`, `Sat, Sun 10:00–12:00, 13:00–16:00`. */
export function hoursText(
  format: Format,
  weekdays: readonly Weekday[],
  spans: readonly { readonly openMinute: number; readonly closeMinute: number }[],
): string {
  const name = (weekday: Weekday) => format.weekday(weekday, "short");
  const inARow = weekdays.length > 2 && weekdays[weekdays.length - 1] - weekdays[0] === weekdays.length - 1;
  const days = inARow
    ? `${name(weekdays[0])}–${name(weekdays[weekdays.length - 1])}`
    : weekdays.map(name).join(", ");
  const times = spans.map(
    ({ openMinute, closeMinute }) => `${format.time(openMinute)}–${format.time(closeMinute)}`,
  );
  return `${days} ${times.join(", ")}`;
}
