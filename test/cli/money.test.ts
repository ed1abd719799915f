import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { readScenarioFile, scenarioFileText } from "../../src/files/scenario-file.ts";
import { baseFor, compareScenarios } from "../../src/scenarios/measuring/compare-scenarios.ts";
import { cheapestRemedy, usualEffort } from "../../src/scenarios/searches/least-cost.ts";
import { remediesOn } from "../../src/scenarios/searches/remedies.ts";
import { returnOnInvestment } from "../../src/scenarios/searches/return-on-investment.ts";
import { made } from "../builders.ts";
import { smallPlan } from "../scenarios/small-plan.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const scratch = scratchFolder();
const plain = smallPlan({
  groups: [{ id: "team", queueIds: ["voice"], agents: 7 }],
  open: { from: 8, to: 20 },
  days: 2,
  replications: 6,
});
const [long] = plain.plan.templates;
const eight = {
  ...long,
  id: "eight",
  earliestStartMinute: 480,
  latestStartMinute: 720,
  startStepMinutes: 60,
  lengthsMinutes: [480],
};
const busier = {
  id: "busier",
  name: "Busier",
  changes: [
    { kind: "volume" as const, queueId: null, factor: 1.2, window: null },
    { kind: "cost" as const, what: "tool" as const, amount: 1200, per: "once" as const },
  ],
};
const inputs = {
  ...plain,
  plan: { ...plain.plan, templates: [long, eight], lostContactValue: 4 },
};
const planFile = scratch.file(
  "plan.shiftwright.json",
  planFileText({
    plan: { ...inputs.plan, scenarios: [busier] },
    history: null,
    results: { ...noResults, forecast: made(inputs.forecast), schedule: made(inputs.schedule!) },
  }),
);
const rows = (text: string) => Papa.parse<Record<string, string>>(text.trim(), { header: true }).data;

describe("shiftwright fix, payback and ways", () => {
  test("fix finds what the page's search finds, and compare shows its cost for the scenario it saves", async () => {
    const saved = scratch.pathOf("fixed.json");
    const { status, output } = await shiftwrightHere([
      "fix",
      planFile,
      "--scenario",
      "Busier",
      "--save",
      saved,
    ]);
    expect(status).toBe(0);
    const days = { first: 0, end: 2 };
    const remedies = remediesOn(inputs, days, {
      groupIds: ["team"],
      shifts: true,
      blockHours: null,
      overtimeMinutes: null,
      vendorPricePerHour: null,
      vendorPricePerContact: null,
    });
    const found = await cheapestRemedy({
      ...inputs,
      changes: busier.changes,
      remedies,
      goals: [{ queueId: "voice", serviceLevel: 0.8 }],
      days,
      eachDay: true,
      ...usualEffort,
      replications: 6,
    });
    if (!found.ok) throw new Error(found.issues[0].code);
    expect(rows(output).map(({ cost, service_level }) => [Number(cost), Number(service_level)])).toEqual(
      found.value.parts.map(({ answer }, at) => [answer?.cost, found.value.checks[at].level.value]),
    );
    const scenario = readScenarioFile(readFileSync(saved, "utf8"));
    expect(scenario.ok && scenario.value.changes).toEqual([...busier.changes, ...found.value.changes]);
    const args = ["compare", planFile, "--files", saved, "--scenarios", "Busier (fixed)"];
    const compared = await shiftwrightHere(args);
    const cost = rows(compared.output).find(
      ({ scenario: id, measure }) => id === "busier-fixed" && measure === "cost",
    );
    expect(Number(cost?.difference)).toBeCloseTo(found.value.cost, 6);
  });

  test("payback prints the page's numbers, bit for bit", async () => {
    const { status, output } = await shiftwrightHere(["payback", planFile, "--scenario", "busier"]);
    expect(status).toBe(0);
    const comparison = await compareScenarios({ ...inputs, scenarios: [busier], method: "simulation" });
    if (!comparison.ok) throw new Error(comparison.issues[0].code);
    const [, column] = comparison.value.plans;
    const result = returnOnInvestment({
      ledger: column.ledger,
      base: baseFor(comparison.value, column).ledger,
      dayCount: 2,
      recurs: false,
    });
    const amount = (line: string) => rows(output).find((row) => row.line === line)?.amount;
    // Two days stand for no month: they are said as what they are, and nothing is paid back over months.
    expect(Number(amount("net_of_days"))).toBe(result.netPerMonth.value);
    expect(Number(amount("once"))).toBe(-1200);
    for (const line of ["net_per_month", "payback_months", "balance_month_12"])
      expect(amount(line)).toBeUndefined();
  });

  test("ways says what each way costs; a scenario file stands for what happened", async () => {
    const file = scratch.file(
      "busier.json",
      scenarioFileText({ ...busier, id: "file", name: "From a file" }),
    );
    const { status, output } = await shiftwrightHere([
      "ways",
      planFile,
      "--files",
      file,
      "--scenario",
      "file",
      "--vendor-hour",
      "35",
    ]);
    expect(status).toBe(0);
    expect(rows(output).map(({ way, reached }) => [way, reached])).toEqual([
      ["hire", "1"],
      ["overtime", "0"],
      ["vendorAgents", "1"],
    ]);
  });

  test("an unknown queue or a goal that is none is said", async () => {
    expect((await shiftwrightHere(["fix", planFile, "--goals", "Fax=0.8"])).status).toBe(1);
    expect((await shiftwrightHere(["fix", planFile, "--goals", "voice"])).status).toBe(2);
    expect((await shiftwrightHere(["payback", planFile, "--scenario", "no such"])).status).toBe(1);
  });
});
