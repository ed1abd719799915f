import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { cxoneScheduleCsv } from "../../src/files/cxone-schedule.ts";
import { anyName } from "./texts.ts";

// 25 October 2026: clocks go back from 03:00 to 02:00 in Berlin.
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-25", 1);

function rosterOf(agentId: string): Roster {
  return {
    grid,
    assignments: [
      {
        agentId,
        shift: {
          id: "s",
          templateId: "night",
          groupId: "voice",
          date: "2026-10-25",
          startMinute: 60,
          endMinute: 360,
          activities: [
            { kind: "work", startMinute: 60, endMinute: 240, paid: true },
            { kind: "break", startMinute: 240, endMinute: 255, paid: true },
            { kind: "work", startMinute: 255, endMinute: 360, paid: true },
          ],
          pinned: false,
        },
        pinned: false,
      },
    ],
    unassigned: [],
    violations: [],
    status: "optimal",
    objective: 0,
    bound: null,
    seconds: null,
  };
}

function textFor(agentId: string, templateName: string): string {
  return cxoneScheduleCsv({ templates: [{ id: "night", name: templateName } as never] }, rosterOf(agentId));
}

test("a shift over the hour that comes twice keeps the offset of its start, and no field holds a comma", () => {
  expect(textFor("Berg, Ada", "Night, long").trimEnd().split("\n")).toEqual([
    "Username,Shift Start Date and Time,Shift End Date and Time,Local Time Zone,Base Activity Name,Shift Notes,Activity Start Date and Time,Activity End Date and Time,Activity Name",
    "berg ada,10/25/2026 01:00:00,10/25/2026 06:00:00,UTC+02:00,Open,Night long,10/25/2026 04:00:00,10/25/2026 04:15:00,Break",
  ]);
});

test("whatever people are called, a shift is one line of nine fields", () => {
  fc.assert(
    fc.property(anyName, anyName, (agentId, templateName) => {
      const text = textFor(agentId, templateName);
      expect(text.trimEnd().split(/\r\n|\r|\n/)).toHaveLength(2);
      const [, row] = Papa.parse<string[]>(text.trimEnd(), { delimiter: "," }).data;
      expect(row).toHaveLength(9);
      expect(row.join("")).not.toContain(",");
    }),
    { numRuns: 200 },
  );
});
