import { dateOfEpochDay, type LocalDate } from "../../domain/calendar/clock.ts";
import { foldedText, weekdayOfWord } from "../../files/calendar-words.ts";
import { clockReader, parseStretch, parseTimeOfDay } from "../../files/clock-cells.ts";

/** Columns that stand for times of the day, or for dates, with counts under them. */
export interface ColumnsAcross {
  readonly minutes: ReadonlyMap<number, number>;
  readonly dates: ReadonlyMap<number, LocalDate>;
  /** 1 Monday to 7 Sunday. */
  readonly weekdays: ReadonlyMap<number, number>;
  /** Minutes from one column of times to the next. */
  readonly step: number;
}

const none: ColumnsAcross = { minutes: new Map(), dates: new Map(), weekdays: new Map(), step: 0 };

/** Finds times (`08:00`, `08:00-08:30`, `8`, `8h`) dates or weekdays side by side in a header: four times, three dates or five weekdays, or more. */
export function columnsAcross(header: readonly string[]): ColumnsAcross {
  const minutes = new Map<number, number>();
  for (const [index, cell] of header.entries()) {
    const text = cell.trim();
    const seconds = parseTimeOfDay(text) ?? parseStretch(text)?.from ?? null;
    if (seconds !== null) minutes.set(index, seconds / 60);
  }
  if (minutes.size < 4) {
    minutes.clear();
    for (const [index, minute] of hoursAcross(header)) minutes.set(index, minute);
  }
  const sorted = [...new Set(minutes.values())].sort((a, b) => a - b);
  if (sorted.length >= 4 && sorted.length === minutes.size) {
    const steps = sorted.slice(1).map((minute, at) => minute - sorted[at]);
    return { ...none, minutes, step: Math.min(...steps) };
  }
  for (const order of ["ymd", "dmy", "mdy"] as const) {
    const read = clockReader(order);
    const dates = new Map<number, LocalDate>();
    for (const [index, cell] of header.entries()) {
      const reading = /^\d{1,5}$/.test(cell.trim()) ? null : read(cell, null);
      if (reading !== null && !reading.hasTime) dates.set(index, dateOfEpochDay(reading.day));
    }
    const days = [...dates.values()];
    // Days that follow each other tell the order of their parts.
    const rising = days.every((date, at) => at === 0 || date > days[at - 1]);
    if (dates.size >= 3 && rising && isDense(days)) return { ...none, dates };
  }
  const weekdays = weekdaysAcross(header);
  return weekdays.size < 5 ? none : { ...none, weekdays };
}

/** `Mon, Tue, Wed …`, each once. */
function weekdaysAcross(header: readonly string[]): Map<number, number> {
  const weekdays = new Map<number, number>();
  for (const [index, cell] of header.entries()) {
    const weekday = weekdayOfWord(foldedText(cell).trim());
    if (weekday > 0 && cell.trim().length < 12) weekdays.set(index, weekday);
  }
  return new Set(weekdays.values()).size === weekdays.size ? weekdays : new Map();
}

function isDense(days: readonly LocalDate[]): boolean {
  const span = (Date.parse(days[days.length - 1]) - Date.parse(days[0])) / 86_400_000 + 1;
  return span <= days.length * 3;
}

/** `8, 9, 10, 11 …`: six or more whole hours that follow each other. */
function hoursAcross(header: readonly string[]): [number, number][] {
  const hours = header.flatMap((cell, index): [number, number][] => {
    const match = /^h?\s?(\d{1,2})$/i.exec(cell.trim());
    return match === null ? [] : [[index, +match[1]]];
  });
  const follow = hours.every(
    ([index, hour], at) => at === 0 || (hour === hours[at - 1][1] + 1 && index === hours[at - 1][0] + 1),
  );
  if (hours.length < 6 || !follow || hours[hours.length - 1][1] > 24) return [];
  const first = hours[0][1] === 1 && hours.length === 24 ? 1 : 0;
  return hours.map(([index, hour]) => [index, (hour - first) * 60]);
}
