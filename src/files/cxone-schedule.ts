import { formatMinuteOfDay, formatOffset, localTimeAt, offsetMinutesAt } from "../domain/calendar/clock.ts";
import { instantOfMinute } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Roster } from "../domain/plan/roster.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

const header = [
  "Username",
  "Shift Start Date and Time",
  "Shift End Date and Time",
  "Local Time Zone",
  "Base Activity Name",
  "Shift Notes",
  "Activity Start Date and Time",
  "Activity End Date and Time",
  "Activity Name",
];

/** What an agent does in a shift besides its activities. */
const baseActivity = "Open";

/**
 * The roster as NICE CXone takes schedules in: a row per activity other than work, or one for a shift without any;
 * `mm/dd/yyyy hh:mm:ss` with the offset of the shift's start beside it, lower-case usernames, and no comma anywhere,
 * since one would lose its whole shift. Usernames are the agents' ids.
 * Source: help.nice-incontact.com, "Importing Schedule via CSV"; the names after the activity's start follow its pattern.
 */
export function cxoneScheduleCsv(plan: Pick<Plan, "templates">, { grid, assignments }: Roster): string {
  const templates = new Map(plan.templates.map(({ id, name }) => [id, name]));
  const rows = [...assignments]
    .sort((a, b) => a.shift.startMinute - b.shift.startMinute || (a.agentId < b.agentId ? -1 : 1))
    .flatMap(({ agentId, shift }): CsvCell[][] => {
      // All times of a shift stand in the offset of its start, also on days when the clocks change.
      const offset = offsetMinutesAt(instantOfMinute(grid, shift.startMinute), grid.timeZone);
      const time = (minute: number) => {
        const { date, minuteOfDay } = localTimeAt(instantOfMinute(grid, minute), offset);
        const [year, month, day] = date.split("-");
        return `${month}/${day}/${year} ${formatMinuteOfDay(minuteOfDay)}:00`;
      };
      const whole = [
        plain(agentId.toLowerCase()),
        time(shift.startMinute),
        time(shift.endMinute),
        `UTC${formatOffset(offset)}`,
        baseActivity,
        plain(templates.get(shift.templateId) ?? ""),
      ];
      const others = shift.activities.filter(({ kind }) => kind !== "work");
      return others.length === 0
        ? [[...whole, null, null, null]]
        : others.map(({ kind, startMinute, endMinute }) => [
            ...whole,
            time(startMinute),
            time(endMinute),
            `${kind[0].toUpperCase()}${kind.slice(1)}`,
          ]);
    });
  return csvText(header, rows);
}

function plain(text: string): string {
  return text.replace(/[,\s]+/g, " ").trim();
}
