import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "../calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../calendar/interval-grid.ts";
import { memoizeByObject } from "../memo.ts";
import type { Agent } from "./roster.ts";
import { activityKinds } from "./shift.ts";

const instantSchema = z.iso.datetime();

/** A shift as its person was told of it. Instants, since the dates and the time zone of a plan may move on. */
const publishedShiftSchema = z.object({
  templateId: z.string(),
  /** Name of the template then. */
  name: z.string(),
  start: instantSchema,
  end: instantSchema,
  /** Minutes since the start of the shift. */
  activities: z.array(
    z.object({
      kind: z.enum(activityKinds),
      startMinute: z.number().int(),
      endMinute: z.number().int(),
      paid: z.boolean(),
    }),
  ),
});
export type PublishedShift = z.infer<typeof publishedShiftSchema>;

/** Which shift it is, whatever its times: the n-th of a person on a local date. */
const shiftSlotSchema = z.object({
  /** `personKeys`: survives another `Agent.id`. */
  personKey: z.string().min(1),
  date: z.iso.date(),
  /** From 1, in the order of time. */
  number: z.number().int().min(1),
});
export type ShiftSlot = z.infer<typeof shiftSlotSchema>;

/** One version of the roster that went out: what it changed of the versions before it. */
const publicationSchema = z.object({
  publishedAt: instantSchema,
  note: z.string(),
  /** The days that it is about; shifts of other days stay as they were published before. */
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
  timeZone: z.string(),
  /** Names, then, of the people in `changes`. */
  names: z.record(z.string(), z.string()),
  changes: z.array(
    shiftSlotSchema.extend({
      /** null: there is no such shift any more. */
      shift: publishedShiftSchema.nullable(),
    }),
  ),
});
export type Publication = z.infer<typeof publicationSchema>;

/**
 * Every version of the roster that people were told, oldest first. Version 1 is the first. Versions are only ever added:
 * what went out cannot be undone, only followed by another one.
 */
export const publishedRosterSchema = z.object({
  /** Part of the identity of events in people's calendars; a copy of the plan goes on with it. */
  calendarId: z.string().min(1),
  versions: z.array(publicationSchema).min(1),
});
export type PublishedRoster = z.infer<typeof publishedRosterSchema>;

/** What a person knows of one shift. */
export interface ToldShift extends ShiftSlot {
  /** null: it was dropped. */
  readonly shift: PublishedShift | null;
  /** What it was last while it was there. */
  readonly lastShift: PublishedShift | null;
  /** How often it was changed since it was first published (RFC 5545, 3.8.7.4). */
  readonly sequence: number;
  /** Version that changed it last. */
  readonly version: number;
  readonly name: string;
}

/** Whether some of a grid's days were published at all, until a version. */
export function isPublished(
  published: PublishedRoster | undefined,
  grid: IntervalGrid,
  version = Number.POSITIVE_INFINITY,
): boolean {
  const [first, last] = datesOfGrid(grid);
  return (published?.versions ?? [])
    .slice(0, version)
    .some(({ firstDate, lastDate }) => firstDate <= last && lastDate >= first);
}

/** First and last date of a grid. */
export function datesOfGrid(grid: IntervalGrid): [LocalDate, LocalDate] {
  return [grid.firstDate, dateOfDay(grid, grid.dayCount - 1)];
}

/** A shift's slot as a text, to look it up by. */
export function slotText({ personKey, date, number }: ShiftSlot): string {
  return `${date} ${number} ${personKey}`;
}

/** What everybody knows after a version; by slot, those of dropped shifts too. Version 0: nothing. */
export function toldUntil(
  published: PublishedRoster,
  version: number = published.versions.length,
): ReadonlyMap<string, ToldShift> {
  return toldAfterEach(published)[Math.max(0, Math.min(version, published.versions.length))];
}

const toldAfterEach = memoizeByObject(
  ({ versions }: PublishedRoster): readonly ReadonlyMap<string, ToldShift>[] => {
    const after: Map<string, ToldShift>[] = [new Map()];
    for (const [at, { changes, names }] of versions.entries()) {
      const told = new Map(after[at]);
      for (const { shift, ...slot } of changes) {
        const before = told.get(slotText(slot));
        const sequence = before === undefined ? 0 : before.sequence + 1;
        const name = names[slot.personKey] ?? before?.name ?? slot.personKey;
        const lastShift = shift ?? before?.lastShift ?? null;
        told.set(slotText(slot), { ...slot, shift, lastShift, sequence, version: at + 1, name });
      }
      after.push(told);
    }
    return after;
  },
);

/**
 * By what published versions know each agent: fixed when somebody comes into the plan, whatever their id becomes and
 * whoever else comes or goes (`withOwnKeys`).
 */
export const personKeys = memoizeByObject(
  (agents: readonly Pick<Agent, "id" | "firstId">[]): ReadonlyMap<string, string> =>
    new Map(agents.map((agent) => [agent.id, personKeyOf(agent)])),
);

function personKeyOf({ id, firstId }: Pick<Agent, "id" | "firstId">): string {
  return firstId ?? id;
}

/** Keys that somebody has by `personKeys`, or had when a version was published. */
export function takenKeys(
  agents: readonly Pick<Agent, "id" | "firstId">[],
  published: PublishedRoster | undefined,
): Set<string> {
  return new Set([
    ...agents.map(personKeyOf),
    ...(published?.versions.flatMap(({ names }) => Object.keys(names)) ?? []),
  ]);
}

/** People who come into a plan, each known by a key that nobody has or had: their id, or where that is taken one like it. */
export function withOwnKeys<Person extends Pick<Agent, "id" | "firstId">>(
  newcomers: readonly Person[],
  taken: ReadonlySet<string>,
): Person[] {
  const keys = new Set(taken);
  return newcomers.map((agent) => {
    let key = personKeyOf(agent);
    while (keys.has(key)) key += "+";
    keys.add(key);
    return key === personKeyOf(agent) ? agent : { ...agent, firstId: key };
  });
}

/**
 * The agents of a plan file, each with a key of their own. Earlier programs derived the key of somebody with another's
 * former id (`A001+`) anew each time; it is the one that they are known by from now on.
 */
export function withSettledKeys(agents: readonly Agent[]): Agent[] {
  const byPrecedence = [
    ...agents.filter(({ firstId }) => firstId !== undefined),
    ...agents.filter(({ firstId }) => firstId === undefined),
  ];
  const settled = new Map(withOwnKeys(byPrecedence, new Set()).map((agent) => [agent.id, agent]));
  return agents.map(({ id }) => settled.get(id)!);
}

/** The versions without days before a date; their notes stay. The same where there are none. */
export function publishedSince(published: PublishedRoster, date: LocalDate): PublishedRoster {
  if (!published.versions.some(({ changes }) => changes.some((change) => change.date < date)))
    return published;
  return {
    ...published,
    versions: published.versions.map((version) => ({
      ...version,
      changes: version.changes.filter((change) => change.date >= date),
    })),
  };
}
