import { instantOfMinute } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Roster } from "../domain/plan/roster.ts";
import type { Activity } from "../domain/plan/shift.ts";

/**
 * Shifts of some agents as an iCalendar file (RFC 5545), one event a shift with its breaks in the description.
 * Times are UTC, so every calendar shows them right on the days the clocks change. Same input, same bytes: the stamp
 * of each event is its own start.
 *
 * Escaped and folded by hand: of the libraries tried, ical-generator 10 leaves identifiers unescaped, ends without a line
 * end and needs a secure page for random identifiers that are not used; ics 3 folds by letters instead of bytes.
 *
 * @param agentIds whose shifts; null: everybody's, with the name in front
 */
export function rosterCalendar(
  plan: Pick<Plan, "agents" | "templates">,
  { grid, assignments }: Roster,
  agentIds: readonly string[] | null,
): string {
  const agents = new Map(plan.agents.map(({ id, name }) => [id, name]));
  const templates = new Map(plan.templates.map(({ id, name }) => [id, name]));
  const chosen = agentIds === null ? null : new Set(agentIds);
  const isOne = agentIds?.length === 1;
  const instant = (minute: number) => new Date(instantOfMinute(grid, minute) * 1000);
  const stamp = (minute: number) =>
    instant(minute)
      .toISOString()
      .replace(/[-:]|\.\d+/g, "");
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: grid.timeZone,
    hour: "2-digit",
    minute: "2-digit",
  });
  const activityLine = ({ kind, startMinute, endMinute }: Activity) =>
    `${clock.format(instant(startMinute))}-${clock.format(instant(endMinute))} ${kind}`;
  const events = assignments
    .filter(({ agentId }) => chosen === null || chosen.has(agentId))
    .sort((a, b) => a.shift.startMinute - b.shift.startMinute || (a.agentId < b.agentId ? -1 : 1))
    .flatMap(({ agentId, shift }) => {
      const template = templates.get(shift.templateId) ?? shift.templateId;
      const name = agents.get(agentId) ?? agentId;
      return [
        "BEGIN:VEVENT",
        `UID:${escaped(`${shift.date}-${shift.id}-${agentId}@shiftwright`)}`,
        `DTSTAMP:${stamp(shift.startMinute)}`,
        `DTSTART:${stamp(shift.startMinute)}`,
        `DTEND:${stamp(shift.endMinute)}`,
        `SUMMARY:${escaped(isOne ? template : `${name}: ${template}`)}`,
        `DESCRIPTION:${escaped(shift.activities.map(activityLine).join("\n"))}`,
        "END:VEVENT",
      ];
    });
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Shiftwright//Roster//EN",
    "CALSCALE:GREGORIAN",
    ...events,
    "END:VCALENDAR",
  ]
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join("");
}

/** Text of a property (RFC 5545, 3.3.11); control characters have no place in one. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[^\P{Cc}\t]/gu, " ");
}

/** Lines hold at most 75 bytes; what is longer goes on after a line end and a space. */
function folded(line: string): string[] {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = "";
  let bytes = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (bytes + size > 75) {
      parts.push(part);
      part = " ";
      bytes = 1;
    }
    part += letter;
    bytes += size;
  }
  return [...parts, part];
}
