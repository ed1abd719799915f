import { existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { Scenario } from "../../src/domain/plan/scenario.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { flatForecast, smallDocument } from "../app/sample-document.ts";
import { made } from "../builders.ts";
import { smallPlan } from "../scenarios/small-plan.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();

const inputs = smallPlan({
  groups: [{ id: "team", queueIds: ["voice"], agents: 7 }],
  open: { from: 8, to: 20 },
  days: 2,
  replications: 10,
});
const planFile = scratch.file(
  "plan.shiftwright.json",
  planFileText({
    plan: {
      ...inputs.plan,
      scenarios: [
        {
          id: "same",
          name: "Nothing",
          changes: [{ kind: "volume", queueId: null, factor: 1, window: null }],
        },
        {
          id: "busier",
          name: "Busier",
          changes: [
            { kind: "volume", queueId: null, factor: 1.3, window: null },
            { kind: "agents", groupId: "team", count: 1, window: null },
          ],
        },
        {
          id: "down",
          name: "Lines down",
          changes: [
            {
              kind: "outage",
              queueId: null,
              date: "2026-11-02",
              fromMinute: 600,
              toMinute: 660,
              redialShare: 0.8,
              redialMinutes: 20,
            },
          ],
        },
      ],
    },
    history: null,
    results: {
      ...noResults,
      forecast: made(inputs.forecast),
      schedule: made(inputs.schedule!),
    },
  }),
);

describe("shiftwright compare and pilot", () => {
  test("the same bytes twice, exactly zero for what changes nothing, minutes to recovery after an outage", () => {
    const first = shiftwright(["compare", planFile]);
    expect(first.error).not.toContain("error");
    expect(first.status).toBe(0);
    expect(shiftwright(["compare", planFile]).output).toBe(first.output);
    const { data } = Papa.parse<Record<string, string>>(first.output.trim(), { header: true });
    const same = data.filter(({ scenario }) => scenario === "same");
    expect(same.length).toBeGreaterThan(10);
    for (const row of same) expect([row.measure, row.difference]).toEqual([row.measure, "0"]);
    const recovery = data.find(({ measure }) => measure === "recovery_minutes");
    expect(recovery?.scenario).toBe("down");
    expect(Number(recovery?.value)).toBeGreaterThan(0);
  });

  test("a peak on a date without shifts is forecast, and its agents required are compared", () => {
    const document = smallDocument();
    const window = {
      ...{ fromDate: "2027-01-12", toDate: "2027-01-12" },
      ...{ weekdays: null, fromMinute: null, toMinute: null },
    };
    const peak: Scenario = {
      id: "peak",
      name: "Peak",
      changes: [{ kind: "volume", queueId: null, factor: 2, window }],
    };
    const forecast = flatForecast(document, 60);
    const file = scratch.file(
      "beyond.json",
      planFileText({
        ...document,
        plan: { ...document.plan, scenarios: [peak] },
        results: { ...noResults, forecast: made(forecast) },
      }),
    );
    const { status, output, error } = shiftwright(["compare", file]);
    expect(status, error).toBe(0);
    expect(error).toContain("Peak, 2027-01-12 to 2027-01-12, lies outside the plan");
    const { data } = Papa.parse<Record<string, string>>(output.trim(), { header: true });
    const contacts = data.find(({ queue, measure }) => queue === "" && measure === "contacts");
    expect([Number(contacts?.value), Number(contacts?.difference)]).toEqual([2880, 1440]);
    expect(data.map(({ measure }) => measure)).toContain("hours_to_schedule");
  });

  test("--adopt writes the plan as the scenario has it: the same rows, and the same bytes twice", () => {
    const at = "2026-11-30T12:00:00Z";
    const out = scratch.pathOf("adopted.shiftwright.json");
    const again = scratch.pathOf("again.shiftwright.json");
    const run = shiftwright(["compare", planFile, "--adopt", "Busier", "--at", at, "--out", out]);
    expect(run.status).toBe(0);
    expect(run.error).toContain("(adopt.overrides)");
    shiftwright(["compare", planFile, "--adopt", "busier", "--at", at, "--out", again]);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(out, "utf8"));
    const rowsOf = (file: string, id: string, name: string) =>
      Papa.parse<Record<string, string>>(shiftwright(["compare", file, "--scenarios", name]).output.trim(), {
        header: true,
      })
        .data.filter(({ scenario }) => scenario === id)
        .map(({ queue, measure, value, half_width }) => [queue, measure, value, half_width]);
    const asked = rowsOf(planFile, "busier", "Busier");
    expect(asked.length).toBeGreaterThan(10);
    expect(rowsOf(out, inputs.plan.id, "Nothing")).toEqual(asked);
  });

  test("--adopt refuses an emergency with a reason and writes nothing; without --out it is wrong usage", () => {
    const out = scratch.pathOf("refused.shiftwright.json");
    const run = shiftwright(["compare", planFile, "--adopt", "Lines down", "--out", out]);
    expect([run.status, existsSync(out)]).toEqual([1, false]);
    expect(run.error).toContain("(adopt.emergency)");
    expect(shiftwright(["compare", planFile, "--adopt", "Busier"]).status).toBe(2);
  });

  test("a sheet is printed, filled in, and split by cause", () => {
    const sheet = shiftwright(["pilot", planFile, "--to", "2026-11-02"]);
    const { data, meta } = Papa.parse<Record<string, string>>(sheet.output.trim(), { header: true });
    expect(data).toHaveLength(24 + 24);
    for (const row of data) {
      if (row.queue !== "") Object.assign(row, { offered: "65", aht_seconds: "180", answered_in_time: "30" });
      else row.agents = row.planned_agents;
    }
    const actuals = scratch.file("actuals.csv", Papa.unparse({ fields: meta.fields as string[], data }));
    const run = shiftwright(["pilot", planFile, "--to", "2026-11-02", "--actuals", actuals]);
    expect(run.status).toBe(0);
    const causes = Papa.parse<Record<string, string>>(run.output.trim(), { header: true }).data;
    const effect = (cause: string) => Number(causes.find((row) => row.cause === cause)?.effect);
    expect(causes.map(({ cause }) => cause)).toEqual([
      "forecast",
      "volume",
      "aht",
      "staffing",
      "schedule_fit",
      "chance",
    ]);
    expect(effect("volume")).toBeLessThan(-0.05);
    expect([effect("aht"), effect("staffing"), effect("schedule_fit")]).toEqual([0, 0, 0]);
    expect(Number(causes[5].service_level)).toBeCloseTo(30 / 65, 9);
  });
});
