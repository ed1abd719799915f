import { formatMinuteOfDay, localTimeAt, offsetMinutesAt } from "../domain/calendar/clock.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import {
  type PublishedRoster,
  type PublishedShift,
  type ShiftSlot,
  type ToldShift,
  toldUntil,
} from "../domain/plan/published-roster.ts";
import { rosterChanges } from "../domain/plan/roster-changes.ts";

/** Calendar files: events that are there, and those that have to go; null where there are none. */
export interface CalendarFiles {
  readonly events: string | null;
  readonly cancelled: string | null;
}

/**
 * Published shifts as iCalendar files (RFC 5545), one event a shift with its breaks in the description. Opened one after
 * the other (RFC 5546, 3.2), each version's files make the events of a calendar equal to the published roster: an event
 * is known by person, date and number (`UID`), `SEQUENCE` rises with each version that changed it, and what was dropped
 * comes in a file of its own with `METHOD:CANCEL`, as calendars take one method a file. Versions may be skipped where
 * `since` is the last one that was opened. Times are UTC, so every calendar shows them right on the days the clocks
 * change. No clock is read: `DTSTAMP` is when the version was published.
 *
 * Escaped and folded by hand: of the libraries tried, ical-generator 10 leaves identifiers unescaped, ends without a line
 * end and needs a secure page for random identifiers that are not used; ics 3 folds by letters instead of bytes.
 *
 * @param since the version last opened; 0: none
 * @param personKeys whose shifts; null: everybody's, with the name in front
 */
export function publishedCalendars(
  published: PublishedRoster,
  since: number,
  personKeys: readonly string[] | null,
): CalendarFiles {
  const chosen = personKeys === null ? null : new Set(personKeys);
  const news = [...toldUntil(published).values()].filter(
    ({ personKey, version }) => version > since && (chosen === null || chosen.has(personKey)),
  );
  const { publishedAt } = published.versions[published.versions.length - 1];
  const stampOf = ({ version }: ToldShift) => published.versions[version - 1].publishedAt;
  const eventOf = (told: ToldShift, status: "CONFIRMED" | "CANCELLED") =>
    eventLines(told, told.lastShift!, {
      calendarId: published.calendarId,
      timeZone: published.versions[told.version - 1].timeZone,
      name: personKeys?.length === 1 ? null : told.name,
      status,
      sequence: told.sequence,
      stamp: publishedAt,
      modified: stampOf(told),
    });
  const events = news.filter(({ shift }) => shift !== null).map((told) => eventOf(told, "CONFIRMED"));
  const cancelled = news
    .filter(({ shift, lastShift }) => shift === null && lastShift !== null)
    .map((told) => eventOf(told, "CANCELLED"));
  return {
    events: events.length > 0 ? calendar("PUBLISH", events) : null,
    cancelled: cancelled.length > 0 ? calendar("CANCEL", cancelled) : null,
  };
}

/**
 * A roster that is not published yet as a calendar: its events are tentative, and those that are published later take
 * their place.
 *
 * @param madeAt when the roster was made, ISO instant
 * @param agentIds whose shifts; null: everybody's, with the name in front
 */
export function draftCalendar(
  document: PlanDocument,
  madeAt: string,
  agentIds: readonly string[] | null,
): string {
  const { published, ...unpublished } = document;
  const { plan, results } = document;
  const chosen = agentIds === null ? null : new Set(agentIds);
  const events = rosterChanges(unpublished, 0, "roster").flatMap(({ agentId, name, changes }) =>
    chosen !== null && (agentId === null || !chosen.has(agentId))
      ? []
      : changes.flatMap((change) =>
          change.after === null
            ? []
            : [
                eventLines(change, change.after, {
                  calendarId: published?.calendarId ?? plan.id,
                  timeZone: results.roster!.value.grid.timeZone,
                  name: agentIds?.length === 1 ? null : name,
                  status: "TENTATIVE",
                  sequence: 0,
                  stamp: madeAt,
                  modified: madeAt,
                }),
              ],
        ),
  );
  return calendar("PUBLISH", events);
}

interface EventTerms {
  readonly calendarId: string;
  /** Of the times in the description. */
  readonly timeZone: string;
  /** In front of the template's name; null: the calendar is that person's own. */
  readonly name: string | null;
  readonly status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  readonly sequence: number;
  /** ISO instants: when the version went out, and when it last changed the shift. */
  readonly stamp: string;
  readonly modified: string;
}

interface Event {
  readonly start: string;
  readonly lines: readonly string[];
}

function eventLines(slot: ShiftSlot, shift: PublishedShift, terms: EventTerms): Event {
  const uid = [slot.date, slot.number, slot.personKey, terms.calendarId].join("-");
  const start = Date.parse(shift.start) / 1000;
  const clock = (minute: number) => {
    const instant = start + minute * 60;
    return formatMinuteOfDay(localTimeAt(instant, offsetMinutesAt(instant, terms.timeZone)).minuteOfDay);
  };
  const activities = shift.activities.map(
    ({ kind, startMinute, endMinute }) => `${clock(startMinute)}-${clock(endMinute)} ${kind}`,
  );
  return {
    start: `${shift.start} ${uid}`,
    lines: [
      "BEGIN:VEVENT",
      `UID:${escaped(`${uid}@shiftwright`)}`,
      `DTSTAMP:${utc(terms.stamp)}`,
      `LAST-MODIFIED:${utc(terms.modified)}`,
      `SEQUENCE:${terms.sequence}`,
      `STATUS:${terms.status}`,
      "ORGANIZER;CN=Shiftwright:mailto:roster@shiftwright.invalid",
      `DTSTART:${utc(shift.start)}`,
      `DTEND:${utc(shift.end)}`,
      `SUMMARY:${escaped(terms.name === null ? shift.name : `${terms.name}: ${shift.name}`)}`,
      `DESCRIPTION:${escaped(activities.join("\n"))}`,
      "END:VEVENT",
    ],
  };
}

/** Events in the order of time. */
function calendar(method: "PUBLISH" | "CANCEL", events: Event[]): string {
  events.sort((a, b) => (a.start < b.start ? -1 : 1));
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Shiftwright//Roster//EN",
    "CALSCALE:GREGORIAN",
    `METHOD:${method}`,
    ...events.flatMap(({ lines }) => lines),
    "END:VCALENDAR",
  ]
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join("");
}

/** `20261130T120000Z`. */
function utc(instant: string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");
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
