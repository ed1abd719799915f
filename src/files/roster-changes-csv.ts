import { formatMinuteOfDay, formatOffset, localTimeAt, offsetMinutesAt } from "../domain/calendar/clock.ts";
import type { PublishedShift } from "../domain/plan/published-roster.ts";
import type { PersonChanges } from "../domain/plan/roster-changes.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

const header = [
  "date",
  "agent_id",
  "agent_name",
  "change",
  "old_shift",
  "old_start",
  "old_end",
  "old_breaks",
  "new_shift",
  "new_start",
  "new_end",
  "new_breaks",
] as const;

/**
 * What changed in a roster: one row per shift that is new, changed or dropped, and nothing else; local ISO times with
 * offset. Breaks are all that is not work, as `10:00-10:15 break|12:00-12:30 meal`.
 *
 * @example rosterChangesCsv(rosterChanges(document, 1, "roster"), plan.timeZone)
 */
export function rosterChangesCsv(people: readonly PersonChanges[], timeZone: string): string {
  const rows = people.flatMap(({ personKey, agentId, name, changes }) =>
    changes.map(({ date, before, after }): CsvCell[] => [
      date,
      agentId ?? personKey,
      name,
      before === null ? "new" : after === null ? "dropped" : "changed",
      ...cellsOf(before, timeZone),
      ...cellsOf(after, timeZone),
    ]),
  );
  return csvText(header, rows);
}

function cellsOf(shift: PublishedShift | null, timeZone: string): CsvCell[] {
  if (shift === null) return [null, null, null, null];
  const { name, start, end, activities } = shift;
  const from = Date.parse(start) / 1000;
  const clock = (minute: number) => localTime(from + minute * 60, timeZone).clock;
  const breaks = activities
    .filter(({ kind }) => kind !== "work")
    .map(({ kind, startMinute, endMinute }) => `${clock(startMinute)}-${clock(endMinute)} ${kind}`);
  return [
    name,
    localTime(from, timeZone).iso,
    localTime(Date.parse(end) / 1000, timeZone).iso,
    breaks.join("|"),
  ];
}

function localTime(epochSeconds: number, timeZone: string): { readonly iso: string; readonly clock: string } {
  const offset = offsetMinutesAt(epochSeconds, timeZone);
  const { date, minuteOfDay } = localTimeAt(epochSeconds, offset);
  const clock = formatMinuteOfDay(minuteOfDay);
  return { iso: `${date}T${clock}:00${formatOffset(offset)}`, clock };
}
