import { type IntervalGrid, instantOfMinute } from "../calendar/interval-grid.ts";
import { memoizeByObject } from "../memo.ts";
import { fail, type Outcome, succeed } from "../outcome.ts";
import type { PlanDocument } from "./plan.ts";
import {
  datesOfGrid,
  isPublished,
  type PublishedRoster,
  type PublishedShift,
  personKeys,
  type ShiftSlot,
  slotText,
  type ToldShift,
  toldUntil,
} from "./published-roster.ts";
import type { Assignment, Roster } from "./roster.ts";
import type { Shift } from "./shift.ts";

/** One shift of one person that is not as it was: new, changed or dropped. */
export interface RosterChange extends ShiftSlot {
  /** null: there was none. */
  readonly before: PublishedShift | null;
  /** null: there is none any more. */
  readonly after: PublishedShift | null;
}

/** What changed for one person, in the order of time. */
export interface PersonChanges {
  readonly personKey: string;
  /** Who that is in the plan; null: nobody any more. */
  readonly agentId: string | null;
  readonly name: string;
  readonly changes: readonly RosterChange[];
}

/**
 * What differs from a published version: of a later version, or of the roster as it stands, on its days (other days are
 * as published last). People in the order of the plan, then those who are no longer in it.
 *
 * A shift counts as the same while its template, its times and the kind, times and pay of its activities are the same.
 *
 * @param since version that people last heard of; 0: they know nothing
 * @param until a version, or the roster of the document (also where nothing was published yet)
 * @example rosterChanges(document, 2, "roster").length // people who have to be told
 */
export function rosterChanges(
  document: PlanDocument,
  since: number,
  until: number | "roster",
): readonly PersonChanges[] {
  const { published, plan } = document;
  const told = published ? toldUntil(published, since) : noShifts;
  const latest = published ? toldUntil(published, until === "roster" ? undefined : until) : noShifts;
  const roster = until === "roster" ? document.results.roster?.value : undefined;
  const present = roster ? presentShifts(document, roster) : null;
  const [first, last] = roster ? datesOfGrid(roster.grid) : ["", ""];
  const byPerson = new Map<string, RosterChange[]>();
  for (const slot of new Set([...latest.keys(), ...(present?.keys() ?? [])])) {
    const known = latest.get(slot) ?? present!.get(slot)!;
    const { personKey, date, number } = known;
    const isOfRoster = present !== null && date >= first && date <= last;
    const after = (isOfRoster ? present.get(slot) : latest.get(slot))?.shift ?? null;
    const before = told.get(slot)?.shift ?? null;
    if (isSameShift(before, after)) continue;
    const changes = byPerson.get(personKey) ?? [];
    changes.push({ personKey, date, number, before, after });
    byPerson.set(personKey, changes);
  }
  const keys = personKeys(plan.agents);
  const people = plan.agents.map(({ id, name }) => ({ personKey: keys.get(id)!, agentId: id, name }));
  const inPlan = new Set(people.map(({ personKey }) => personKey));
  const gone = [...byPerson.keys()].filter((personKey) => !inPlan.has(personKey)).sort();
  const nameOf = new Map([...latest.values()].map(({ personKey, name }) => [personKey, name]));
  return [
    ...people,
    ...gone.map((personKey) => ({ personKey, agentId: null, name: nameOf.get(personKey) ?? personKey })),
  ].flatMap((person) => {
    const changes = byPerson.get(person.personKey);
    if (changes === undefined) return [];
    changes.sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1));
    return [{ ...person, changes }];
  });
}

/**
 * The document with its roster published as the next version. Undo does not take it back: people have been told.
 *
 * Errors: `publish.noRoster` where there is no roster. `publish.nothingNew` (information) where nothing differs from
 * what is published: there is no new version then.
 *
 * @param publishedAt ISO instant
 * @example publishRoster(document, { publishedAt: "2026-11-30T12:00:00Z", note: "December" })
 */
export function publishRoster(
  document: PlanDocument,
  { publishedAt, note }: { readonly publishedAt: string; readonly note: string },
): Outcome<PlanDocument> {
  const roster = document.results.roster?.value;
  if (!roster) return fail({ code: "publish.noRoster", severity: "error" });
  const { published, plan } = document;
  const versions = published?.versions ?? [];
  const people = rosterChanges(document, versions.length, "roster");
  if (people.length === 0 && isPublished(published, roster.grid))
    return succeed(document, [
      { code: "publish.nothingNew", severity: "info", values: { version: versions.length } },
    ]);
  const [firstDate, lastDate] = datesOfGrid(roster.grid);
  const next: PublishedRoster = {
    calendarId: published?.calendarId ?? plan.id,
    versions: [
      ...versions,
      {
        publishedAt,
        note,
        firstDate,
        lastDate,
        timeZone: roster.grid.timeZone,
        names: Object.fromEntries(people.map(({ personKey, name }) => [personKey, name])),
        changes: people.flatMap(({ changes }) =>
          changes.map(({ personKey, date, number, after }) => ({ personKey, date, number, shift: after })),
        ),
      },
    ],
  };
  return succeed({ ...document, published: next });
}

const noShifts: ReadonlyMap<string, ToldShift> = new Map();

/** Shifts of a roster as they would be published; by slot. */
function presentShifts(
  { plan }: PlanDocument,
  roster: Roster,
): ReadonlyMap<string, ShiftSlot & { readonly shift: PublishedShift }> {
  const keys = personKeys(plan.agents);
  const names = new Map(plan.templates.map(({ id, name }) => [id, name]));
  const shiftOf = publishedShifts(roster.grid);
  const days = new Map<string, Assignment[]>();
  for (const assignment of roster.assignments) {
    const personKey = keys.get(assignment.agentId);
    if (personKey === undefined) continue;
    const day = `${assignment.shift.date} ${personKey}`;
    const others = days.get(day);
    if (others === undefined) days.set(day, [assignment]);
    else others.push(assignment);
  }
  const present = new Map<string, ShiftSlot & { readonly shift: PublishedShift }>();
  for (const assignments of days.values()) {
    if (assignments.length > 1) assignments.sort((a, b) => a.shift.startMinute - b.shift.startMinute);
    for (const [at, { agentId, shift }] of assignments.entries()) {
      const slot = { personKey: keys.get(agentId)!, date: shift.date, number: at + 1 };
      const name = names.get(shift.templateId) ?? shift.templateId;
      present.set(slotText(slot), { ...slot, shift: shiftOf(shift, name) });
    }
  }
  return present;
}

const publishedShifts = memoizeByObject((grid: IntervalGrid) =>
  memoizeByObject((shift: Shift, name: string): PublishedShift => {
    const instant = (minute: number) => new Date(instantOfMinute(grid, minute) * 1000);
    const iso = (minute: number) => instant(minute).toISOString().replace(".000Z", "Z");
    const { templateId, startMinute, endMinute } = shift;
    return {
      templateId,
      name,
      start: iso(startMinute),
      end: iso(endMinute),
      activities: shift.activities.map((activity) => ({
        kind: activity.kind,
        startMinute: minutesBetween(instant(startMinute), instant(activity.startMinute)),
        endMinute: minutesBetween(instant(startMinute), instant(activity.endMinute)),
        paid: activity.paid,
      })),
    };
  }),
);

function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}

function isSameShift(a: PublishedShift | null, b: PublishedShift | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  return (
    a.templateId === b.templateId &&
    a.start === b.start &&
    a.end === b.end &&
    a.activities.length === b.activities.length &&
    a.activities.every(({ kind, startMinute, endMinute, paid }, at) => {
      const other = b.activities[at];
      return (
        kind === other.kind &&
        startMinute === other.startMinute &&
        endMinute === other.endMinute &&
        paid === other.paid
      );
    })
  );
}
