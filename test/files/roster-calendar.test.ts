import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { rosterCalendar } from "../../src/files/roster-calendar.ts";
import { anyName, differentNames } from "./texts.ts";

/** Three days in Berlin around the 25-hour day. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3);

function shift(id: string, date: string, startMinute: number): Shift {
  const [mealStart, mealEnd, endMinute] = [startMinute + 240, startMinute + 270, startMinute + 480];
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
function rosterOf(entries: readonly (readonly [agentId: string, shift: Shift])[]): Roster {
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
const planOf = (ids: readonly string[], names: readonly string[]) =>
  ({
    agents: ids.map((id, at) => ({ id, name: names[at] })),
    templates: [{ id: "early", name: "Early" }],
  }) as unknown as Plan;
const plan = planOf(["a", "b"], ["Ada, the first", "Ben"]);
const roster = rosterOf([
  ["a", shift("s1", "2026-10-24", 420)],
  ["b", shift("s2", "2026-10-25", 1440 + 60)],
]);

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

describe("the calendar", () => {
  test("has one event a shift, in UTC through the repeated hour, with its activities", () => {
    expect(eventsOf(rosterCalendar(plan, roster, null))).toMatchObject([
      {
        UID: "2026-10-24-s1-a@shiftwright",
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
    const calendar = rosterCalendar(plan, roster, ["b"]);
    expect(calendar.match(/SUMMARY:.*/g)).toEqual(["SUMMARY:Early"]);
    expect(rosterCalendar(plan, roster, ["b"])).toBe(calendar);
  });

  test("keeps its form whatever people are called: short lines, one property each, texts that read back", () => {
    const long = fc.array(anyName, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(differentNames(2), fc.tuple(long, long), (ids, names) => {
        const drawn = rosterOf(ids.map((id, at) => [id, shift(`s${at}`, "2026-10-24", 420 + 15 * at)]));
        const calendar = rosterCalendar(planOf(ids, names), drawn, null);
        expect(calendar.endsWith("END:VCALENDAR\r\n")).toBe(true);
        const lines = calendar.slice(0, -2).split("\r\n");
        for (const line of lines) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
          expect(line).toMatch(/^( |[A-Z]+:)/);
          expect(line).not.toMatch(/[\r\n]/);
        }
        const plain = (text: string) => text.replace(/\r\n|\r/g, "\n");
        expect(eventsOf(calendar).map(({ SUMMARY }) => SUMMARY)).toEqual(
          names.map((name) => `${plain(name)}: Early`),
        );
        expect(eventsOf(calendar).map(({ UID }) => UID)).toEqual(
          ids.map((id, at) => `2026-10-24-s${at}-${plain(id)}@shiftwright`),
        );
      }),
      { numRuns: 200 },
    );
  });
});
