import type { PublishedRoster } from "../domain/plan/published-roster.ts";
import type { PersonChanges } from "../domain/plan/roster-changes.ts";
import { exportFileName } from "./export-names.ts";
import { publishedCalendars } from "./roster-calendar.ts";

export interface CalendarFile {
  /** `ada-berg-4711.ics`, `ada-berg-4711-cancelled.ics`. */
  readonly name: string;
  readonly text: string;
}

/**
 * The calendar files of people whose published shifts changed since a version: one of events, one of dropped ones. No two
 * have the same name, whatever file systems make of its case; where names clash, later ones end in a number.
 */
export function personCalendars(
  published: PublishedRoster,
  since: number,
  people: readonly Pick<PersonChanges, "personKey" | "agentId" | "name">[],
): CalendarFile[] {
  const taken = new Set<string>();
  const uniqueName = (who: string, part: string) => {
    let name = exportFileName(who, part, "ics");
    for (let number = 2; taken.has(caseless(name)); number++)
      name = exportFileName(who, part === "" ? `${number}` : `${part}-${number}`, "ics");
    taken.add(caseless(name));
    return name;
  };
  return people.flatMap(({ personKey, agentId, name }) => {
    const { events, cancelled } = publishedCalendars(published, since, [personKey]);
    const who = `${name} ${agentId ?? personKey}`;
    return [
      ...(events === null ? [] : [{ name: uniqueName(who, ""), text: events }]),
      ...(cancelled === null ? [] : [{ name: uniqueName(who, "cancelled"), text: cancelled }]),
    ];
  });
}

/** A name as file systems that tell no case apart compare it; `ß` and `ss` count as the same. */
function caseless(name: string): string {
  return name.toUpperCase().toLowerCase();
}

/** Files as one ZIP archive; without dates, so that the same files give the same bytes. */
export async function zipped(files: readonly CalendarFile[]): Promise<Blob> {
  const { strToU8, zipSync } = await import("fflate");
  const entries = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
  return new Blob([zipSync(entries, { mtime: "1980-01-01T00:00:00" })], { type: "application/zip" });
}
