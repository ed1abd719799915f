import { parseIcsCalendar } from "@ts-ics/schema-zod";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openSession, type SessionState, sessionReducer } from "../../src/app/session/session.ts";
import { createIntervalGrid, instantOfMinute } from "../../src/domain/calendar/interval-grid.ts";
import { withAgentKey, withNewAgents, withoutAgents } from "../../src/domain/plan/edit-people.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { personKeys, publishedSince } from "../../src/domain/plan/published-roster.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { publishRoster } from "../../src/domain/plan/roster-changes.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { draftCalendar, publishedCalendars } from "../../src/files/roster-calendar.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { smallDocument } from "../app/sample-document.ts";
import { personCalendar } from "./person-calendar.ts";
import { anyName, differentNames } from "./texts.ts";

/** Three days in Berlin around the 25-hour day. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3);

function shift(id: string, date: string, startMinute: number, length = 480): Shift {
  const [mealStart, mealEnd, endMinute] = [startMinute + 240, startMinute + 270, startMinute + length];
  return {
    id,
    templateId: "early",
    groupId: "voice",
    date,
    startMinute,
    endMinute,
    activities: [
      { kind: "work", startMinute, endMinute: mealStart, paid: true },
      { kind: "meal", startMinute: mealStart, endMinute: mealEnd, paid: false },
      { kind: "work", startMinute: mealEnd, endMinute, paid: true },
    ],
    pinned: false,
  };
}
type Entry = readonly [agentId: string, shift: Shift];
function rosterOf(entries: readonly Entry[]): Roster {
  return {
    grid,
    assignments: entries.map(([agentId, assigned]) => ({ agentId, shift: assigned, pinned: false })),
    unassigned: [],
    violations: [],
    status: "optimal",
    objective: 0,
    bound: null,
    seconds: null,
  };
}
const someone = {
  team: "",
  groupId: "all",
  contractId: "c",
  proficiency: 1,
  joined: "2020-01-01",
  daysOff: [],
  wishes: [],
};
function documentOf(
  ids: readonly string[],
  names: readonly string[],
  entries: readonly Entry[],
): PlanDocument {
  const document = smallDocument();
  return withRoster(
    {
      ...document,
      plan: {
        ...document.plan,
        agents: ids.map((id, at) => ({ ...someone, id, name: names[at] })),
        templates: [{ id: "early", name: "Early" }] as PlanDocument["plan"]["templates"],
      },
    },
    rosterOf(entries),
  );
}
function withRoster(document: PlanDocument, roster: Roster): PlanDocument {
  const made = { value: roster, madeAt: "2026-10-01T08:00:00.000Z", inputKey: "" };
  return { ...document, results: { ...document.results, roster: made } };
}
function published(document: PlanDocument, publishedAt: string, note = ""): PlanDocument {
  const outcome = publishRoster(document, { publishedAt, note });
  if (!outcome.ok) throw new RangeError("not published");
  return outcome.value;
}

const first = shift("s1", "2026-10-24", 420);
const second = shift("s2", "2026-10-25", 1440 + 60);
const document = documentOf(
  ["a", "b"],
  ["Ada, the first", "Ben"],
  [
    ["a", first],
    ["b", second],
  ],
);
const once = published(document, "2026-10-20T12:00:00Z");
const filesOf = (of: PlanDocument, since: number, people: readonly string[] | null = null) =>
  publishedCalendars(of.published!, since, people);

/** Properties of every event, unfolded and unescaped as RFC 5545 says. */
function eventsOf(calendar: string): Record<string, string>[] {
  const lines = calendar.replaceAll("\r\n ", "").split("\r\n");
  const events: Record<string, string>[] = [];
  for (const line of lines) {
    const at = line.indexOf(":");
    const value = line
      .slice(at + 1)
      .replace(/\\([\\;,nN])/g, (_, one: string) => (/n/i.test(one) ? "\n" : one));
    if (line === "BEGIN:VEVENT") events.push({});
    else if (events.length > 0 && line !== "END:VEVENT")
      events[events.length - 1][line.slice(0, at)] ??= value;
  }
  return events;
}

describe("the calendar of a published roster", () => {
  test("has one event a shift, in UTC through the repeated hour, with its activities", () => {
    const files = filesOf(once, 0);
    expect(files.cancelled).toBeNull();
    expect(eventsOf(files.events!)).toMatchObject([
      {
        UID: "2026-10-24-1-a-small@shiftwright",
        DTSTAMP: "20261020T120000Z",
        "LAST-MODIFIED": "20261020T120000Z",
        SEQUENCE: "0",
        STATUS: "CONFIRMED",
        DTSTART: "20261024T050000Z",
        DTEND: "20261024T130000Z",
        SUMMARY: "Ada, the first: Early",
        DESCRIPTION: "07:00-11:00 work\n11:00-11:30 meal\n11:30-15:00 work",
      },
      {
        DTSTART: "20261024T230000Z",
        DTEND: "20261025T070000Z",
        DESCRIPTION: "01:00-04:00 work\n04:00-04:30 meal\n04:30-08:00 work",
      },
    ]);
  });

  test("is the template's name for one agent, and repeats byte for byte", () => {
    const { events } = filesOf(once, 0, ["b"]);
    expect(events!.match(/SUMMARY:.*/g)).toEqual(["SUMMARY:Early"]);
    expect(filesOf(once, 0, ["b"]).events).toBe(events);
  });

  test("is taken by an independent parser, value for value", () => {
    const { method, events } = parseIcsCalendar(filesOf(once, 0).events!);
    expect(method).toBe("PUBLISH");
    expect(events).toHaveLength(2);
    expect(events![0]).toMatchObject({
      uid: "2026-10-24-1-a-small@shiftwright",
      summary: "Ada, the first: Early",
      status: "CONFIRMED",
      description: "07:00-11:00 work\n11:00-11:30 meal\n11:30-15:00 work",
    });
    expect(events![0].start.date.toISOString()).toBe("2026-10-24T05:00:00.000Z");
    expect(events![0].stamp.date.toISOString()).toBe("2026-10-20T12:00:00.000Z");
  });

  test("moves an event whose shift moved, and takes out one whose shift was dropped", () => {
    const moved = shift("s9", "2026-10-24", 480);
    const twice = published(withRoster(once, rosterOf([["a", moved]])), "2026-10-21T12:00:00Z");
    const files = filesOf(twice, 1);
    expect(eventsOf(files.events!)).toMatchObject([
      { UID: "2026-10-24-1-a-small@shiftwright", SEQUENCE: "1", DTSTART: "20261024T060000Z" },
    ]);
    expect(files.cancelled).toContain("METHOD:CANCEL\r\n");
    expect(eventsOf(files.cancelled!)).toMatchObject([
      { UID: "2026-10-25-1-b-small@shiftwright", SEQUENCE: "1", STATUS: "CANCELLED" },
    ]);
    const calendar = personCalendar();
    calendar.open(filesOf(once, 0));
    calendar.open(files);
    expect(calendar.shown().map(({ start }) => start.date.toISOString())).toEqual([
      "2026-10-24T06:00:00.000Z",
    ]);
    // A file from before that is opened late changes nothing.
    calendar.open(filesOf(once, 0));
    expect(calendar.shown()).toHaveLength(1);
  });

  test("holds both shifts of a day", () => {
    const [early, late] = [shift("s1", "2026-10-24", 420, 300), shift("s2", "2026-10-24", 900, 300)];
    const both = published(
      withRoster(
        document,
        rosterOf([
          ["a", late],
          ["a", early],
        ]),
      ),
      "2026-10-20T12:00:00Z",
    );
    expect(eventsOf(filesOf(both, 0).events!).map(({ UID }) => UID)).toEqual([
      "2026-10-24-1-a-small@shiftwright",
      "2026-10-24-2-a-small@shiftwright",
    ]);
  });

  test("replaces a draft that was taken out before", () => {
    const draft = draftCalendar(document, document.results.roster!.madeAt, ["b"]);
    const calendar = personCalendar();
    calendar.open({ events: draft, cancelled: null });
    expect(calendar.shown().map(({ status }) => status)).toEqual(["TENTATIVE"]);
    calendar.open(filesOf(once, 0, ["b"]));
    expect(calendar.shown().map(({ status }) => status)).toEqual(["CONFIRMED"]);
  });

  test("keeps its form whatever people are called: short lines, one property each, texts that read back", () => {
    const long = fc.array(anyName, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(differentNames(2), fc.tuple(long, long), (ids, names) => {
        const entries = ids.map((id, at): Entry => [id, shift(`s${at}`, "2026-10-24", 420 + 15 * at)]);
        const drawn = published(documentOf(ids, names, entries), "2026-10-20T12:00:00Z");
        const calendar = filesOf(drawn, 0).events!;
        expect(calendar.endsWith("END:VCALENDAR\r\n")).toBe(true);
        const lines = calendar.slice(0, -2).split("\r\n");
        for (const line of lines) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
          expect(line).toMatch(/^( |[A-Z-]+[:;])/);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const plain = (text: string) => text.replace(/\r\n|\r/g, "\n");
        expect(eventsOf(calendar).map(({ SUMMARY }) => SUMMARY)).toEqual(
          names.map((name) => `${plain(name)}: Early`),
        );
        expect(eventsOf(calendar).map(({ UID }) => UID)).toEqual(
          ids.map((id) => `2026-10-24-1-${plain(id)}-small@shiftwright`),
        );
      }),
      { numRuns: 200 },
    );
  });
});

/**
 * Random editing through the session, as a planner does it: shifts moved, dropped, added, given and swapped, ids changed,
 * people added and removed, undo and redo, the next period, and publications in between. Some people open every file they
 * get, others only now and then. In the end each calendar must show that person's shifts and nothing else.
 */
test("calendars that open file after file show exactly what was published last, for 60 seeded walks", () => {
  let cancelled = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { people, cancellations } = walk(seed);
    cancelled += cancellations;
    for (const { name, shown, told } of people)
      expect({ seed, name, shown }).toEqual({ seed, name, shown: told });
  }
  // The walks would prove little if nothing were ever dropped.
  expect(cancelled).toBeGreaterThan(150);
});

/** Times of shifts, `start end`, sorted. */
type Times = readonly string[];

interface Reader {
  readonly calendar: ReturnType<typeof personCalendar>;
  /** The version whose files were opened last. */
  version: number;
  readonly personKey: string;
}

function walk(seed: number) {
  const stream = randomStream(seed, "walk");
  const pick = (count: number) => stream.uint32() % count;
  let state: SessionState = openSession(documentOf(["a", "b", "c"], ["Ada", "Ben", "Cem"], []));
  let at = 0;
  let added = 0;
  let cancellations = 0;
  let starting = grid;
  const readers = new Map<string, Reader>();
  /** By name, then by date: kept beside the program's own account. */
  const told = new Map<string, Map<string, string[]>>();
  const now = () => state.document;
  const edit = (change: (document: PlanDocument) => PlanDocument) => {
    at += 10_000;
    state = sessionReducer(state, { type: "edit", label: "", change, at });
  };
  const assignments = () => now().results.roster!.value.assignments;
  const withAssignments = (next: Roster["assignments"]) =>
    edit((before) =>
      withRoster(before, { ...before.results.roster!.value, grid: starting, assignments: next }),
    );
  const somebody = () => now().plan.agents[pick(now().plan.agents.length)];
  const newShift = (day: number) =>
    shift(`n${at}`, `2026-10-${String(24 + day).padStart(2, "0")}`, 0, 480 + 15 * pick(5));
  const placed = (one: Shift, minute: number): Shift => {
    const by = minute - one.startMinute;
    const moved = (range: { startMinute: number; endMinute: number }) => ({
      startMinute: range.startMinute + by,
      endMinute: range.endMinute + by,
    });
    return {
      ...one,
      ...moved(one),
      activities: one.activities.map((activity) => ({ ...activity, ...moved(activity) })),
    };
  };

  function addShift(): void {
    const day = pick(3);
    const date = `2026-10-${24 + day + (starting === grid ? 0 : 3)}`;
    const minute = starting.dayOffsets[day] * 15 + 300 + 15 * pick(40);
    const one = { ...placed(newShift(day), minute), date };
    withAssignments([...assignments(), { agentId: somebody().id, shift: one, pinned: false }]);
  }
  const changeOne = (
    change: (one: Roster["assignments"][number]) => Roster["assignments"][number] | null,
  ) => {
    if (assignments().length === 0) return;
    const chosen = pick(assignments().length);
    withAssignments(assignments().flatMap((one, index) => (index === chosen ? (change(one) ?? []) : one)));
  };
  function publish(): void {
    at += 10_000;
    const document = published(now(), new Date(Date.UTC(2026, 9, 1) + at).toISOString());
    if (document === now()) return;
    state = sessionReducer(state, { type: "published", published: document.published! });
    const { agents } = document.plan;
    const dates = [0, 1, 2].map((day) => `2026-10-${24 + day + (starting === grid ? 0 : 3)}`);
    for (const { name } of agents) if (!told.has(name)) told.set(name, new Map());
    for (const [name, days] of told)
      for (const date of dates)
        days.set(
          date,
          assignments()
            .filter(
              (one) => one.shift.date === date && agents.find(({ id }) => id === one.agentId)?.name === name,
            )
            .map(({ shift: { startMinute, endMinute } }) => timesOf(startMinute, endMinute)),
        );
    for (const [id, personKey] of personKeys(agents)) {
      const { name } = agents.find((agent) => agent.id === id)!;
      // Who was never told of a shift has no calendar from here.
      if (!document.published!.versions.some(({ names }) => names[personKey] === name)) continue;
      if (!readers.has(name)) readers.set(name, { calendar: personCalendar(), version: 0, personKey });
    }
    for (const reader of readers.values()) if (pick(3) > 0) open(reader);
  }
  const timesOf = (startMinute: number, endMinute: number) =>
    [startMinute, endMinute]
      .map((minute) => new Date(instantOfMinute(starting, minute) * 1000).toISOString())
      .join(" ");
  function open(reader: Reader): void {
    const files = filesOf(now(), reader.version, [reader.personKey]);
    cancellations += files.cancelled?.match(/BEGIN:VEVENT/g)?.length ?? 0;
    reader.calendar.open(files);
    reader.version = now().published!.versions.length;
  }
  function moveOn(): void {
    if (starting !== grid) return;
    starting = createIntervalGrid("Europe/Berlin", 15, "2026-10-27", 3);
    edit((before) => ({
      ...withRoster(before, { ...rosterOf([]), grid: starting }),
      ...(before.published && { published: publishedSince(before.published, "2026-10-01") }),
    }));
  }
  const deeds: readonly (() => void)[] = [
    addShift,
    addShift,
    () =>
      changeOne((one) => ({ ...one, shift: placed(one.shift, one.shift.startMinute + 15 * (1 + pick(4))) })),
    () => changeOne(() => null),
    () => changeOne((one) => ({ ...one, agentId: somebody().id })),
    () => edit((before) => withAgentKey(before, somebody().id, `key-${pick(6)}`)),
    () => {
      const name = `New ${added++}`;
      edit((before) => withNewAgents(before, 1, name));
    },
    () => {
      if (now().plan.agents.length > 2) edit((before) => withoutAgents(before, new Set([somebody().id])));
    },
    () => {
      state = sessionReducer(state, { type: "undo" });
      starting = now().results.roster!.value.grid;
    },
    () => {
      state = sessionReducer(state, { type: "redo" });
      starting = now().results.roster!.value.grid;
    },
    publish,
    publish,
  ];
  for (let step = 0; step < 60; step++) {
    if (step === 40) moveOn();
    else deeds[pick(deeds.length)]();
  }
  addShift();
  publish();
  for (const reader of readers.values()) open(reader);
  return {
    cancellations,
    people: [...readers].map(([name, { calendar }]) => ({
      name,
      shown: calendar
        .shown()
        .map((event) => `${event.start.date.toISOString()} ${event.end?.date.toISOString()}`)
        .sort() as Times,
      told: [...told.get(name)!.values()].flat().sort() as Times,
    })),
  };
}
