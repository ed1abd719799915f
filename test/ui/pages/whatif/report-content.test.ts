import { expect, test } from "vitest";
import type { Change, Scenario } from "../../../../src/domain/plan/scenario.ts";
import { compareScenarios } from "../../../../src/scenarios/measuring/compare-scenarios.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { measureName } from "../../../../src/ui/pages/whatif/comparison-table.tsx";
import { type ReportSources, reportContent } from "../../../../src/ui/pages/whatif/report/report-content.ts";
import { reportCsv } from "../../../../src/ui/pages/whatif/report/report-csv.ts";
import { reportHtml } from "../../../../src/ui/pages/whatif/report/report-html.ts";
import { smallPlan } from "../../../scenarios/small-plan.ts";
import { wordsOf } from "../../words.ts";

const t = await wordsOf("whatif");
const format = formatFor("en");
const more = (count: number): Change => ({ kind: "agents", groupId: "team", count, window: null });

async function sources(count: number, agents = 5): Promise<ReportSources> {
  const { plan, ...inputs } = smallPlan({
    groups: [{ id: "team", queueIds: ["voice"], agents }],
    replications: 10,
  });
  const scenarios = Array.from(
    { length: count },
    (_, at): Scenario => ({ id: `s${at}`, name: `<More> ${at + 1}`, changes: [more(at + 1)] }),
  );
  const outcome = await compareScenarios({ plan, ...inputs, scenarios, method: "simulation" });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return {
    document: {
      plan: { ...plan, scenarios },
      history: null,
      results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
    },
    comparison: outcome.value,
    scenarios,
    queueId: null,
    findingOf: (id) => `Finding of ${id}.`,
    analyses: [],
    analysesCss: "",
    author: "Ada Berg",
    at: "2026-11-30T12:00:00Z",
    programVersion: "0.2.0",
  };
}

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a report has question, answers, recommendation, comparison, cost, risk, grounds and definitions, and says who made it", async () => {
  const report = reportContent(await sources(3), t, format);
  const headings = report.blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : []));
  expect(headings).toEqual([
    "The question",
    "The answer",
    "Recommendation",
    "What was compared",
    "Cost",
    "Risk",
    "Analyses",
    "Assumptions",
    "Definitions",
  ]);
  expect(report.facts).toContainEqual(["Prepared by", "Ada Berg"]);
  expect(report.facts).toContainEqual(["Roster version", "not published"]);
  const box = report.blocks.find((block) => block.kind === "box");
  expect(plain(JSON.stringify(box))).toMatch(
    /As planned: <More> \d".*It keeps every service level goal.*at €\d/,
  );
});

test("where nothing keeps the goals there is no recommendation, and it says what is nearest", async () => {
  const report = reportContent(await sources(1, 2), t, format);
  const box = report.blocks.find((block) => block.kind === "box");
  expect(plain(JSON.stringify(box))).toMatch(/No recommendation.*Nearest is <More> 1, which misses voice \d/);
});

test("every plan has a column, at most five in a table, each with its value, interval and difference", async () => {
  const given = await sources(6);
  const tables = reportContent(given, t, format).blocks.flatMap((block) =>
    block.kind === "table" && block.caption.startsWith("All queues") ? [block] : [],
  );
  expect(tables.map(({ head }) => head.length)).toEqual([5, 5]);
  const names = tables.flatMap(({ head }) => head.slice(2).map(({ name }) => name));
  expect(names).toEqual(given.scenarios.map(({ name }) => name));
  const level = tables[0].rows.find(({ name }) => name === "Service level")!;
  expect(plain(level.cells[1].lines[0])).toMatch(/^\d+\.\d % ± \d+\.\d$/);
  expect(plain(level.cells[1].lines[1])).toMatch(/^\+\d+\.\d ± \d+\.\d points$/);
});

test("the file may load nothing, holds no markup of names, and nothing that can be pressed", async () => {
  const html = await reportHtml(reportContent(await sources(2), t, format), "en");
  expect(html).toContain("default-src 'none'");
  expect(html).not.toContain("<More>");
  expect(html).not.toMatch(/<button|<script|<input/);
});

test("the numbers as a table: a row for each plan, queue and measure", async () => {
  const { document, comparison } = await sources(1);
  const [header, ...rows] = reportCsv(document.plan, comparison).trim().split("\n");
  expect(header).toContain("half_width95");
  const level = rows.find((row) => row.includes(",<More> 1,,serviceLevel,"))!.split(",");
  const { serviceLevel } = comparison.plans[1].scopes.at(-1)!.figures;
  expect(Number(level[5])).toBe(serviceLevel?.value);
  expect(Number(level[6])).toBe(serviceLevel?.halfWidth);
});

test("what happens on other days than those compared gets no recommendation", async () => {
  const { plan, ...inputs } = smallPlan({ days: 2, replications: 5 });
  const window = {
    fromDate: "2026-11-03",
    toDate: "2026-11-03",
    weekdays: null,
    fromMinute: null,
    toMinute: null,
  };
  const scenarios: Scenario[] = [
    { id: "peak", name: "Peak", changes: [{ kind: "volume", queueId: null, factor: 2, window }] },
  ];
  const days = { first: 0, end: 1 };
  const outcome = await compareScenarios({ plan, ...inputs, scenarios, days, method: "simulation" });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const report = reportContent({ ...(await sources(1)), comparison: outcome.value, scenarios }, t, format);
  const box = report.blocks.find((block) => block.kind === "box");
  expect(box?.kind === "box" && box.groups[1].lines).toEqual([t("report.recommend.elsewhere")]);
});

test("without a recommendation it names the analyses that found what keeps the goals", async () => {
  const given = await sources(1, 2);
  const analysis = { key: "a", title: "Hire, overtime or provider: Busy", html: "<table></table>" };
  const lines = (reachesGoals: boolean) => {
    const report = reportContent({ ...given, analyses: [{ ...analysis, reachesGoals }] }, t, format);
    const box = report.blocks.find((block) => block.kind === "box");
    return box?.kind === "box" ? box.groups[0].lines.join(" ") : "";
  };
  expect(lines(true)).toContain("Hire, overtime or provider: Busy");
  expect(lines(false)).not.toContain("Hire");
});

test("its title says that it is a What-if, of which plan and when", async () => {
  const { title } = reportContent(await sources(1), t, format);
  expect(plain(title)).toMatch(/^What-if: .+, Mon 2 Nov/);
});

test("days below goal of several queues are called queue-days, those of one queue days", () => {
  expect(measureName(t, "missRisk", null)).toBe("Queue-days below goal");
  expect(measureName(t, "missRisk", "voice")).toBe("Days below goal");
});
