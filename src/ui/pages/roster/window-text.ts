import { formatMinuteOfDay, isLocalDate } from "../../../domain/calendar/clock.ts";

/** A stretch of the day, clock minutes; an end beyond 1440 is on the next day. */
export interface DayWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** `08:00–16:00, 22:00–06:00`: an end that is not after its start is on the next day. */
export function windowText(windows: readonly DayWindow[]): string {
  return windows
    .map(
      ({ fromMinute, toMinute }) =>
        `${formatMinuteOfDay(fromMinute)}–${formatMinuteOfDay(toMinute > 1440 ? toMinute - 1440 : toMinute)}`,
    )
    .join(", ");
}

/** The windows that a text names, none for an empty one; null where it cannot be read. */
export function readWindows(text: string): DayWindow[] | null {
  const windows: DayWindow[] = [];
  for (const part of text.split(/[,;]/)) {
    if (part.trim() === "") continue;
    const found = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(part);
    if (!found) return null;
    const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number);
    const from = fromHour * 60 + fromMinute;
    const to = toHour * 60 + toMinute;
    if (fromHour > 23 || toHour > 24 || fromMinute > 59 || toMinute > 59 || to > 1440) return null;
    windows.push({ fromMinute: from, toMinute: to > from ? to : to + 1440 });
  }
  return windows;
}

/** Windows on dates, one a line or after a semicolon: `2026-11-05 14:00–16:00`. */
export function readDatedWindows(text: string): (DayWindow & { readonly date: string })[] | null {
  const read: (DayWindow & { readonly date: string })[] = [];
  for (const part of text.split(/[;\n]/)) {
    if (part.trim() === "") continue;
    const [date, ...rest] = part.trim().split(/\s+/);
    const windows = readWindows(rest.join(""));
    if (!isLocalDate(date) || windows === null || windows.length === 0) return null;
    read.push(...windows.map((window) => ({ ...window, date })));
  }
  return read;
}
