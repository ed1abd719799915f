import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { noResults } from "../../../../src/domain/plan/no-results.ts";
import type { Change, Scenario } from "../../../../src/domain/plan/scenario.ts";
import { planFileText } from "../../../../src/files/plan-file.ts";
import { randomStream } from "../../../../src/numerics/random.ts";
import { compareScenarios } from "../../../../src/scenarios/measuring/compare-scenarios.ts";
import type { ComparisonMethod } from "../../../../src/scenarios/measuring/comparison.ts";
import { moneyFigure, paidIn, sumOf } from "../../../../src/scenarios/money-ledger.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { figureOf, tableRows } from "../../../../src/ui/pages/whatif/comparison-table.tsx";
import { figureWords } from "../../../../src/ui/pages/whatif/figure-words.ts";
import { reportContent } from "../../../../src/ui/pages/whatif/report/report-content.ts";
import { reportCsv } from "../../../../src/ui/pages/whatif/report/report-csv.ts";
import { made } from "../../../builders.ts";
import { shiftwrightHere } from "../../../cli/in-process.ts";
import { scratchFolder } from "../../../cli/shiftwright.ts";
import { smallPlan } from "../../../scenarios/small-plan.ts";
import { wordsOf } from "../../words.ts";

const t = await wordsOf("whatif");
const format = formatFor("en");
const scratch = scratchFolder();

const floor = smallPlan({
  queues: [
    { id: "a", perHour: 80 },
    { id: "b", perHour: 40 },
  ],
  groups: [
    { id: "ga", queueIds: ["a"], agents: 5 },
    { id: "gb", queueIds: ["b"], agents: 3 },
  ],
  days: 2,
  open: { from: 8, to: 20 },
  replications: 4,
});
const [long] = floor.plan.templates;
const day = { ...long, id: "day", earliestStartMinute: 480, latestStartMinute: 690, lengthsMinutes: [480] };

/** One to five changes, each with costs of its own kind, some of them due once; penalties and a value of lost contacts by chance. */
function randomPlan(seed: number, isPriced: boolean) {
  const random = randomStream(seed, "costs");
  const price = (most: number) => Math.round(random.uniform() * most * 100) / 100;
  const all: Change[] = [
    { kind: "crossTraining", groupId: "gb", queueId: "a", count: 2, costPerPerson: price(2000) },
    { kind: "move", groupId: "gb", toGroupId: "ga", count: 1, costPerPerson: price(2000) },
    {
      kind: "hire",
      groupId: "ga",
      contractId: null,
      count: 2,
      startDate: null,
      trainingWeeks: random.uniform() < 0.5 ? 0 : 1,
      startingPace: 1.2,
      learningWeeks: 2,
      costPerPerson: price(5000),
      costPerPersonMonth: price(200),
    },
    {
      kind: "deflection",
      queueId: "a",
      share: 0.2,
      containment: 0.7,
      delayMinutes: 10,
      handOverFactor: 1,
      pricePerContact: isPriced ? price(1) : null,
    },
    { kind: "outsourcing", queueId: "b", share: 0.3, pricePerContact: price(5), window: null },
    { kind: "vendorAgents", groupId: "ga", count: 1, pricePerHour: price(50), window: null },
    { kind: "cost", what: "project", amount: price(9000), per: "once" },
    { kind: "cost", what: "licence", amount: price(900), per: "month" },
  ];
  const changes = all.filter(
    ({ kind }) => random.uniform() < 0.5 || (!isPriced && kind === "deflection") || kind === "cost",
  );
  const scenario: Scenario = { id: "costly", name: "Costly", changes };
  const penalty = { queueId: "a", below: 0.8, per: "day" as const, amount: price(500) };
  const plan = {
    ...floor.plan,
    templates: [long, day],
    scenarios: [scenario],
    ...(random.uniform() < 0.5 && { lostContactValue: price(10) }),
    ...(random.uniform() < 0.5 && { penalties: [penalty] }),
  };
  return { ...floor, plan };
}

/** "Costs in all" of the scenario in the table's words and in the report's two tables, in the report's CSV, on the command line. */
async function totals(seed: number, method: ComparisonMethod, isPriced = true) {
  const { plan, ...inputs } = randomPlan(seed, isPriced);
  const outcome = await compareScenarios({ plan, ...inputs, scenarios: plan.scenarios, method });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const comparison = outcome.value;
  const [, column] = comparison.plans;
  const figure = figureOf(column, null, "totalCost");
  const document = {
    plan,
    history: null,
    results: { ...noResults, forecast: made(inputs.forecast), schedule: made(inputs.schedule!) },
  };
  const report = reportContent(
    {
      document,
      comparison,
      scenarios: plan.scenarios,
      queueId: null,
      findingOf: () => "",
      analyses: [],
      analysesCss: "",
      author: "",
      at: "2026-11-30T12:00:00Z",
      programVersion: "0.2.0",
    },
    t,
    format,
  );
  const tables = report.blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
  const inTables = tables.map(
    ({ rows }) => rows.find(({ name }) => name === t("measure.totalCost"))?.cells[1].lines,
  );
  const parsed = (text: string) => Papa.parse<Record<string, string>>(text.trim(), { header: true }).data;
  const csv = parsed(reportCsv(plan, comparison)).find(
    ({ scenario, queue, measure }) => scenario === "Costly" && queue === "" && measure === "totalCost",
  );
  const file = scratch.file("costly.shiftwright.json", planFileText(document));
  const { output } = await shiftwrightHere(["compare", file, "--method", method]);
  const printed = parsed(output).find(
    ({ scenario, queue, measure }) => scenario === "costly" && queue === "" && measure === "total_cost",
  );
  return { comparison, column, figure, inTables, csv, printed, currency: plan.currency };
}

const cases = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (seed) => [seed, seed % 4 === 0 ? "formula" : "simulation"] as const,
);

describe("a scenario's costs have one total", () => {
  test.each(cases)(
    "of random costs %i, by %s, in table, report, CSV and command line",
    async (seed, method) => {
      const { comparison, column, figure, inTables, csv, printed, currency } = await totals(seed, method);
      expect(tableRows(comparison, null).some(({ measure }) => measure === "totalCost")).toBe(true);
      const sum = sumOf(paidIn(column.ledger));
      if (figure === null || sum === null) {
        // Penalties are known by simulation alone.
        expect([method, figure, sum, csv, printed]).toEqual(["formula", null, null, undefined, undefined]);
        return;
      }
      const ofLedger = moneyFigure(sum);
      expect(figure.value).toBeCloseTo(ofLedger.value, 6);
      expect(figure.halfWidth).toBeCloseTo(ofLedger.halfWidth, 6);
      const parts = (["cost", "otherCost", "onceCost", "penalties"] as const).map(
        (measure) => figureOf(column, null, measure)?.value ?? 0,
      );
      expect(parts.reduce((all, part) => all + part)).toBeCloseTo(figure.value, 6);
      const words = figureWords(t, format, "totalCost", currency);
      const text = `${words.value(figure.value)} ${words.interval(figure.halfWidth)}`.trim();
      expect(inTables.map((lines) => lines?.[0])).toEqual([text, text]);
      expect(Number(csv?.value)).toBe(figure.value);
      expect(Number(printed?.value)).toBe(figure.value);
    },
  );

  test("that is unknown everywhere where a price is missing, and the report says what is known", async () => {
    const { figure, inTables, csv, printed } = await totals(3, "simulation", false);
    expect([figure, csv, printed]).toEqual([null, undefined, undefined]);
    expect(inTables.map((lines) => lines?.[0])).toEqual([t("payBack.noPrice"), t("payBack.noPrice")]);
    expect(inTables[1]?.[1]).toMatch(/€[\d,]+ without what has no price yet/);
  });
});

test("a provider's contacts are handled, so that its price counts for contacts that somebody serves", async () => {
  const scenarios: Scenario[] = [
    {
      id: "out",
      name: "Out",
      changes: [{ kind: "outsourcing", queueId: "b", share: 0.3, pricePerContact: 2, window: null }],
    },
  ];
  for (const method of ["formula", "simulation"] as const) {
    const outcome = await compareScenarios({ ...floor, scenarios, method });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [, column] = outcome.value.plans;
    const of = (
      measure: "outsourced" | "handled" | "lost" | "offered" | "costPerContact" | "cost" | "otherCost",
    ) => figureOf(column, null, measure)!.value;
    // 40 an hour, twelve hours, two days, three in ten.
    expect(of("outsourced")).toBeCloseTo(40 * 12 * 2 * 0.3, 6);
    expect(of("otherCost")).toBeCloseTo(288 * 2, 6);
    expect(of("handled") + of("lost")).toBeCloseTo(of("offered") + 288, -1);
    expect(of("costPerContact")).toBeCloseTo((of("cost") + of("otherCost")) / of("handled"), 9);
  }
});
