import { parseIcsCalendar } from "@ts-ics/schema-zod";
import type { IcsEvent } from "ts-ics";
import type { CalendarFiles } from "../../src/files/roster-calendar.ts";

/**
 * A person's calendar as RFC 5546 (2.1.5, 3.2.1, 3.2.5) has it: an event replaces the one of its UID where its SEQUENCE is
 * higher, or as high with a later DTSTAMP; METHOD:CANCEL takes it out, and what is older comes too late. Files are read by
 * an independent parser that checks each value.
 */
export function personCalendar() {
  const events = new Map<string, IcsEvent>();
  function open(file: string): void {
    const { method, events: news = [] } = parseIcsCalendar(file);
    for (const event of news) {
      const before = events.get(event.uid);
      if (before !== undefined && !isNewer(event, before)) continue;
      if ((method === "CANCEL") !== (event.status === "CANCELLED"))
        throw new RangeError(`${event.status} in a file with the method ${method}`);
      events.set(event.uid, event);
    }
  }
  return {
    open(files: CalendarFiles): void {
      for (const file of [files.events, files.cancelled]) if (file !== null) open(file);
    },
    /** What the person sees. */
    shown: (): IcsEvent[] =>
      [...events.values()]
        .filter(({ status }) => status !== "CANCELLED")
        .sort((a, b) => a.start.date.getTime() - b.start.date.getTime()),
  };
}

function isNewer(event: IcsEvent, before: IcsEvent): boolean {
  const [sequence, former] = [event.sequence ?? 0, before.sequence ?? 0];
  if (sequence !== former) return sequence > former;
  // Many calendars look at nothing else: whatever differs must have a higher number, but for what was a draft.
  const times = ({ start, end, status }: IcsEvent) =>
    [start.date.getTime(), end?.date.getTime(), status].join();
  if (before.status !== "TENTATIVE" && times(event) !== times(before))
    throw new RangeError(`${event.uid} has changed under the same SEQUENCE`);
  return event.stamp.date.getTime() > before.stamp.date.getTime();
}
