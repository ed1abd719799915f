import { expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { cxoneScheduleCsv } from "../../src/files/cxone-schedule.ts";

test("a shift over the hour that comes twice keeps the offset of its start, and no field holds a comma", () => {
  // 25 October 2026: clocks go back from 03:00 to 02:00 in Berlin.
  const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-25", 1);
  const roster: Roster = {
    grid,
    assignments: [
      {
        agentId: "Berg, Ada",
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
  const template = { id: "night", name: "Night, long" };
  const text = cxoneScheduleCsv({ templates: [template as never] }, roster);
  expect(text.trimEnd().split("\n")).toEqual([
    "Username,Shift Start Date and Time,Shift End Date and Time,Local Time Zone,Base Activity Name,Shift Notes,Activity Start Date and Time,Activity End Date and Time,Activity Name",
    "berg ada,10/25/2026 01:00:00,10/25/2026 06:00:00,UTC+02:00,Open,Night long,10/25/2026 04:00:00,10/25/2026 04:15:00,Break",
  ]);
});
