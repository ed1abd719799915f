import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanResults } from "../../src/domain/plan/plan.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import type { Schedule, Shift } from "../../src/domain/plan/shift.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { forecastCsv } from "../../src/files/forecast-csv.ts";
import { intervalsCsv } from "../../src/files/intervals-csv.ts";
import { requirementCsv } from "../../src/files/requirement-csv.ts";
import { scheduleCsv } from "../../src/files/schedule-csv.ts";
import { csvText } from "../../src/files/table-writer.ts";
import { scheduleOf } from "../builders.ts";

// The day on which summer time ends: 25 hours, 02:00 to 03:00 twice.
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-10-25", 1);
const count = intervalCount(grid);
function ramp(factor: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => index * factor);
}
const open = new Uint8Array(count).fill(1);
open[24] = 0;

const forecast: DemandForecast = {
  grid,
  queues: [
    {
      queueId: "Voice",
      open,
      offered: ramp(1 / 3),
      offeredLower80: ramp(0.25),
      offeredUpper80: ramp(0.5),
      offeredLower95: ramp(0.2),
      offeredUpper95: ramp(0.6),
      dispersion: ramp(0),
      dayFactorVariance: 0.01,
      ahtSeconds: ramp(10),
      model: "mean",
      backtest: [],
      notes: [],
    },
  ],
};
const requirement: Requirement = {
  grid,
  queues: [
    {
      queueId: "Voice",
      offered: ramp(1 / 3),
      ahtSeconds: ramp(10),
      requiredAgents: ramp(2),
      scheduledAgents: ramp(2.5),
      serviceLevel: ramp(0.01),
      asaSeconds: ramp(1),
      abandonmentRate: ramp(0.001),
      occupancy: ramp(0.02),
    },
  ],
};
const night: Shift = {
  id: "n1",
  templateId: "night",
  groupId: "both",
  date: "2026-10-25",
  startMinute: 60,
  endMinute: 1560,
  activities: [
    { kind: "work", startMinute: 60, endMinute: 150, paid: true },
    { kind: "break", startMinute: 150, endMinute: 210, paid: false },
    { kind: "work", startMinute: 210, endMinute: 1560, paid: true },
  ],
  pinned: false,
};
const early: Shift = {
  ...night,
  id: "e1",
  groupId: "voice",
  startMinute: 0,
  activities: [night.activities[0]],
};
const schedule: Schedule = scheduleOf(grid, [night, early], {
  coverage: [{ queueId: "Voice", asked: ramp(2.5), staffed: ramp(3) }],
});
function made<T>(value: T) {
  return { value, madeAt: "2026-10-24T00:00:00Z", inputKey: "k" };
}
const results: PlanResults = {
  ...noResults,
  forecast: made(forecast),
  requirement: made(requirement),
  schedule: made(schedule),
};
function table(csv: string): Record<string, string>[] {
  const parsed = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(parsed.errors).toEqual([]);
  return parsed.data;
}

describe("a cell", () => {
  test("that a spreadsheet would run is neutralised; numbers are not", () => {
    const texts = ["=1+1", "+49", "-x", "@a", "\tb", "\rc", "'=d", "plain", "O'Neil", "'quoted'"];
    const rows = csvText(
      ["text", "number"],
      texts.map((text) => [text, -5]),
    );
    const read = Papa.parse<string[]>(rows, { skipEmptyLines: true }).data.slice(1);
    const neutral = ["'=1+1", "'+49", "'-x", "'@a", "'\tb", "'\rc", "''=d", "plain", "O'Neil", "'quoted'"];
    expect(read.map(([text]) => text)).toEqual(neutral);
    expect(read.every(([, number]) => number === "-5")).toBe(true);
  });

  test("with separator, quote or line break is quoted by RFC 4180; null is empty", () => {
    expect(csvText(["a", "b", "c", "d"], [["x,y", 'say "hi"', "two\nlines", null]])).toBe(
      'a,b,c,d\n"x,y","say ""hi""","two\nlines",\n',
    );
  });
});

describe("interval tables", () => {
  test("the forecast has the layout of the command line and one row per open interval", () => {
    const rows = table(forecastCsv(forecast));
    expect(rows).toHaveLength(24);
    expect(rows[3]).toEqual({
      interval_start: "2026-10-25T02:00:00+01:00",
      queue: "Voice",
      offered: "1",
      offered_lower80: "0.75",
      offered_upper80: "1.5",
      offered_lower95: "0.6",
      offered_upper95: "1.8",
      aht_seconds: "30",
    });
    expect(rows[2].interval_start).toBe("2026-10-25T02:00:00+02:00");
    expect(rows[1].offered).toBe("0.333333");
  });

  test("the requirement reads back", () => {
    const rows = table(requirementCsv(requirement));
    expect(rows.at(-1)).toEqual({
      interval_start: "2026-10-25T23:00:00+01:00",
      queue: "Voice",
      required_agents: "48",
      scheduled_agents: "60",
      service_level: "0.24",
      asa_seconds: "24",
      abandonment_rate: "0.024",
      occupancy: "0.48",
    });
  });

  test("the plan's table nets staffing against what was asked for after shrinkage", () => {
    const rows = table(
      intervalsCsv(results, [
        {
          queueId: "Voice",
          serviceLevel: new Float64Array(intervalCount(results.forecast!.value.grid)).fill(0.25),
          withheld: null,
        },
      ]),
    );
    expect(rows[10]).toEqual({
      interval_start: "2026-10-25T09:00:00+01:00",
      queue: "Voice",
      forecast_offered: "3.333333",
      forecast_aht_seconds: "100",
      required_agents: "20",
      agents_in_shifts: "30",
      net_staffing: "5",
      required_service_level: "0.1",
      expected_service_level: "0.25",
    });
    // Closed, but somebody works: the row stays.
    expect(rows).toHaveLength(25);
  });

  test("stages that have not run leave their cells empty", () => {
    const rows = table(intervalsCsv({ ...results, requirement: null, schedule: null }, []));
    expect(rows).toHaveLength(24);
    expect(rows[10]).toMatchObject({ forecast_offered: "3.333333", required_agents: "", net_staffing: "" });
    expect(intervalsCsv(noResults, []).trim().split("\n")).toHaveLength(1);
  });
});

describe("the schedule", () => {
  const plan = samplePlan();

  test("has one row per activity, times with offset, past midnight and through the repeated hour", () => {
    const rows = table(scheduleCsv(plan, schedule));
    expect(rows.map((row) => row.shift_id)).toEqual(["e1", "n1", "n1", "n1"]);
    expect(rows[2]).toEqual({
      date: "2026-10-25",
      agent_id: "",
      agent_name: "",
      shift_id: "n1",
      activity: "break",
      start: "2026-10-25T02:30:00+02:00",
      end: "2026-10-25T02:30:00+01:00",
      paid: "false",
      queues: "Voice|Chat",
    });
    expect(rows[3].end).toBe("2026-10-26T01:00:00+01:00");
  });

  test("names the agents of a roster, and leaves unassigned shifts without", () => {
    const roster: Roster = {
      grid,
      assignments: [{ agentId: "A002", shift: night, pinned: false }],
      unassigned: [early],
      violations: [],
      status: "optimal",
      objective: 0,
      bound: null,
      seconds: null,
    };
    const named = { ...plan, agents: [{ ...plan.agents[1], name: '=HYPERLINK("x")' }] };
    const rows = table(scheduleCsv(named, roster));
    expect(rows.map((row) => [row.agent_id, row.agent_name])).toEqual([
      ["", ""],
      ["A002", `'=HYPERLINK("x")`],
      ["A002", `'=HYPERLINK("x")`],
      ["A002", `'=HYPERLINK("x")`],
    ]);
  });
});
