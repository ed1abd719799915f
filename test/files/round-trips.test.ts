import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import {
  createIntervalGrid,
  intervalCount,
  intervalSeconds,
} from "../../src/domain/calendar/interval-grid.ts";
import { unknownSeries } from "../../src/domain/plan/actuals.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { LedgerEntry, Roster, Wish } from "../../src/domain/plan/roster.ts";
import type { Activity, Shift } from "../../src/domain/plan/shift.ts";
import type { DemandForecast, QueueForecast } from "../../src/domain/results/demand.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { actualsSheet, readActualsCsv } from "../../src/files/actuals-csv.ts";
import { forecastCsv, readForecastCsv } from "../../src/files/forecast-csv.ts";
import { readIntervalTable } from "../../src/files/interval-table.ts";
import { ledgerCsv, readLedgerCsv } from "../../src/files/ledger-csv.ts";
import { requirementCsv } from "../../src/files/requirement-csv.ts";
import { readRosterCsv, scheduleCsv } from "../../src/files/schedule-csv.ts";
import { readWishesCsv, wishesCsv } from "../../src/files/wishes-csv.ts";
import { anyFigure, differentNames } from "./texts.ts";

// The day on which summer time ends in Berlin, 02:00 to 03:00 twice, and the day before.
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-10-24", 2);
const count = intervalCount(grid);
const dates = ["2026-10-24", "2026-10-25"];

const named = (ids: readonly string[], names: readonly string[]) =>
  ids.map((id, at) => ({ id, name: names[at] }));
const figures = fc
  .array(anyFigure, { minLength: count, maxLength: count })
  .map((list) => Float64Array.from(list));
/** Two things with different ids and names that may be alike. */
const twoThings = fc.tuple(differentNames(2), differentNames(2)).map(([ids, names]) => named(ids, names));

test("wishes written and read are the same wishes, whatever agents and templates are called", () => {
  const wish = (templateIds: readonly string[]): fc.Arbitrary<Wish> =>
    fc.record({
      date: fc.constantFrom(...dates),
      kind: fc.constantFrom("shiftOn" as const, "shiftOff" as const),
      templateId: fc.constantFrom(null, ...templateIds),
      weight: anyFigure.map((value) => value + 1e-6).map((value) => Math.round(value * 1e6) / 1e6),
    });
  const plans = fc.tuple(twoThings, twoThings).chain(([agents, templates]) =>
    fc
      .tuple(
        ...agents.map(() => fc.array(wish(templates.map(({ id }) => id)), { minLength: 1, maxLength: 3 })),
      )
      .map((wishes) => ({
        agents: agents.map((agent, at) => ({ ...agent, wishes: wishes[at] })),
        templates,
      })),
  );
  fc.assert(
    fc.property(plans, (drawn) => {
      const plan = drawn as unknown as Plan;
      const outcome = readWishesCsv(wishesCsv(plan.agents), "w.csv", plan);
      const wishes = new Map(plan.agents.map((agent) => [agent.id, agent.wishes]));
      expect(outcome).toEqual({ ok: true, value: wishes, issues: [] });
    }),
    { numRuns: 300 },
  );
});

test("a ledger written and read is the same ledger", () => {
  const counts = fc.record({
    nights: anyFigure,
    weekends: anyFigure,
    lates: anyFigure,
    undesired: anyFigure,
    wishes: anyFigure,
    wishesGranted: anyFigure,
  });
  fc.assert(
    fc.property(twoThings, counts, counts, (agents, first, second) => {
      const ledger: LedgerEntry[] = [
        { agentId: agents[0].id, ...first },
        { agentId: agents[1].id, ...second },
      ];
      const text = ledgerCsv(agents as unknown as Plan["agents"], ledger);
      expect(readLedgerCsv(text, "l.csv", agents)).toEqual({ ok: true, value: ledger, issues: [] });
    }),
    { numRuns: 300 },
  );
});

function queueForecast(queueId: string, offered: Float64Array, ahtSeconds: Float64Array): QueueForecast {
  return {
    queueId,
    open: new Uint8Array(count).fill(1),
    offered,
    offeredLower80: offered,
    offeredUpper80: offered,
    offeredLower95: offered,
    offeredUpper95: offered,
    dispersion: offered,
    dayFactorVariance: 0,
    ahtSeconds,
    model: "mean8",
    backtest: [],
    notes: [],
  };
}
/** A forecast of two queues; handle times are above 0. */
const forecasts = fc
  .tuple(twoThings, fc.array(figures, { minLength: 4, maxLength: 4 }))
  .map(([queues, series]) => {
    const aht = (values: Float64Array) =>
      values.map((value) => value + 1).map((value) => Math.round(value * 1e6) / 1e6);
    const forecast: DemandForecast = {
      grid,
      queues: queues.map(({ id }, at) => queueForecast(id, series[at], aht(series[at + 2]))),
    };
    return { queues, forecast };
  });

test("a forecast written and read is the same forecast, the repeated hour included", () => {
  fc.assert(
    fc.property(forecasts, ({ queues, forecast }) => {
      const plan = {
        timeZone: "Europe/Berlin",
        intervalMinutes: 60 as const,
        firstDate: grid.firstDate,
        dayCount: grid.dayCount,
        queues: queues as unknown as Plan["queues"],
      };
      const outcome = readForecastCsv(forecastCsv(forecast), "f.csv", plan);
      const startEpochSeconds = Array.from(
        { length: count },
        (_, at) => grid.startEpochSeconds + at * intervalSeconds(grid),
      );
      expect(outcome).toEqual({
        ok: true,
        issues: [],
        value: {
          name: "f.csv",
          intervalMinutes: 60,
          queues: forecast.queues.map(({ queueId, offered, ahtSeconds }) => ({
            queueId,
            startEpochSeconds,
            offered: [...offered],
            ahtSeconds: [...ahtSeconds],
          })),
        },
      });
    }),
    { numRuns: 100 },
  );
});

test("a forecast and a requirement read back strictly, with the grid they were written on", () => {
  fc.assert(
    fc.property(forecasts, ({ forecast }) => {
      const outcome = readIntervalTable(
        forecastCsv(forecast),
        "f.csv",
        ["offered", "aht_seconds"],
        ["offered_lower80"],
        "Europe/Berlin",
      );
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
      expect(outcome.value.grid).toEqual(grid);
      expect(outcome.value.queues).toEqual(
        forecast.queues.map(({ queueId, offered, ahtSeconds }) => ({
          queueId,
          present: new Uint8Array(count).fill(1),
          values: { offered, aht_seconds: ahtSeconds, offered_lower80: offered },
        })),
      );
      const requirement: Requirement = {
        grid,
        queues: forecast.queues.map(({ queueId, offered, ahtSeconds }) => ({
          queueId,
          offered,
          ahtSeconds,
          requiredAgents: ahtSeconds,
          scheduledAgents: offered,
          serviceLevel: offered,
          asaSeconds: offered,
          abandonmentRate: offered,
          occupancy: offered,
        })),
      };
      const again = readIntervalTable(
        requirementCsv(requirement),
        "r.csv",
        ["scheduled_agents"],
        [],
        "Europe/Berlin",
      );
      expect(
        again.ok && again.value.queues.map(({ queueId, values }) => [queueId, values.scheduled_agents]),
      ).toEqual(forecast.queues.map(({ queueId, offered }) => [queueId, offered]));
    }),
    { numRuns: 50 },
  );
});

test("actuals filled into the sheet read back at their intervals", () => {
  const drawn = fc.tuple(forecasts, twoThings, figures);
  fc.assert(
    fc.property(drawn, ([{ queues, forecast }, groups, agents]) => {
      const planned = new Float64Array(count).fill(3);
      const sheet = actualsSheet(
        forecast,
        groups.map(({ id }) => ({ groupId: id, agents: planned })),
        { first: 0, end: 2 },
      );
      // Somebody fills the sheet in, in another program.
      const { data, meta } = Papa.parse<Record<string, string>>(sheet.slice(0, -1), { header: true });
      for (const [at, row] of data.entries()) {
        const interval = Math.floor(at / 4);
        const { offered, ahtSeconds } = forecast.queues[at % 2];
        if (at % 4 >= 2) row.agents = String(agents[interval]);
        else Object.assign(row, { offered: offered[interval], aht_seconds: ahtSeconds[interval] });
      }
      const text = Papa.unparse({ fields: meta.fields as string[], data });
      const plan = { queues, groups } as unknown as Plan;
      const known = new Uint8Array(count).fill(1);
      expect(readActualsCsv(text, "a.csv", grid, plan)).toEqual({
        ok: true,
        issues: [],
        value: {
          grid,
          queues: forecast.queues.map(({ queueId, offered, ahtSeconds }) => ({
            queueId,
            offered: { known, values: offered },
            ahtSeconds: { known, values: ahtSeconds },
            answeredInTime: unknownSeries(count),
          })),
          groups: groups.map(({ id }) => ({ groupId: id, agents: { known, values: agents } })),
        },
      });
    }),
    { numRuns: 50 },
  );
});

test("a roster written and read is the same roster, pins included, whatever agents and shifts are called", () => {
  const shifts = fc
    .tuple(differentNames(3), fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 3, maxLength: 3 }))
    .map(([ids, starts]) =>
      ids.map((id, at): Shift => {
        const [start, middle, end] = [starts[at], starts[at] + 240, starts[at] + 480];
        const activities: Activity[] = [
          { kind: "work", startMinute: start, endMinute: middle, paid: true },
          { kind: "meal", startMinute: middle, endMinute: end, paid: false },
        ];
        return {
          id,
          templateId: "t",
          groupId: "g",
          date: dates[start < 1440 ? 0 : 1],
          startMinute: start,
          endMinute: end,
          activities,
          pinned: at === 1,
        };
      }),
    );
  fc.assert(
    fc.property(twoThings, shifts, (agents, [first, second, open]) => {
      const roster: Roster = {
        grid,
        assignments: [
          { agentId: agents[0].id, shift: first, pinned: true },
          { agentId: agents[1].id, shift: second, pinned: false },
        ],
        unassigned: [open],
        violations: [],
        status: "optimal",
        objective: 0,
        bound: null,
        seconds: null,
      };
      const plan = {
        agents: agents.map((agent) => ({ ...agent, groupId: "g" })),
        templates: [{ id: "t", name: "T" }],
        groups: [{ id: "g", name: "G", queueIds: ["a|b"] }],
      } as unknown as Plan;
      const outcome = readRosterCsv(scheduleCsv(plan, roster), "r.csv", plan, roster);
      expect(outcome.issues).toEqual([]);
      const byShift = outcome.ok ? new Map(outcome.value.map((one) => [one.shift.id, one])) : null;
      expect(byShift).toEqual(new Map(roster.assignments.map((one) => [one.shift.id, one])));
    }),
    { numRuns: 300 },
  );
});
