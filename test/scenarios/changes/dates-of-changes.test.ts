import { describe, expect, test } from "vitest";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import type { Change, Scenario, TimeWindow } from "../../../src/domain/plan/scenario.ts";
import { planFileText } from "../../../src/files/plan-file.ts";
import { readScenarioFile, scenarioFileText } from "../../../src/files/scenario-file.ts";
import { applyChanges } from "../../../src/scenarios/changes/apply-changes.ts";
import { compareBeyondPlan, datesBeyond } from "../../../src/scenarios/measuring/beyond-plan.ts";
import { prepareScenarios } from "../../../src/ui/pages/whatif/answers.ts";
import { scenarioOfAddress, scenarioParameter } from "../../../src/ui/pages/whatif/scenario-exchange.ts";
import { made } from "../../builders.ts";
import { shiftwrightHere } from "../../cli/in-process.ts";
import { scratchFolder } from "../../cli/shiftwright.ts";
import { smallPlan } from "../small-plan.ts";

const base = smallPlan({ days: 3, replications: 2 });
const scratch = scratchFolder();
const limits = (fromDate: string | null, toDate: string | null): TimeWindow => ({
  fromDate,
  toDate,
  weekdays: null,
  fromMinute: null,
  toMinute: null,
});
const reversed = limits("2026-11-04", "2026-11-02");
const ofKinds = (window: TimeWindow): readonly (readonly [string, Change])[] =>
  (
    [
      { kind: "volume", queueId: null, factor: 1.2, window },
      { kind: "aht", queueId: null, factor: 1.2, window },
      { kind: "demandQuantile", queueId: null, quantile: 0.8, window },
      { kind: "absence", groupId: null, share: 0.1, window },
      { kind: "agents", groupId: "team", count: 1, window },
      { kind: "outsourcing", queueId: "voice", share: 0.2, window },
      { kind: "vendorAgents", groupId: "team", count: 1, window },
    ] satisfies Change[]
  ).map((change) => [change.kind, change] as const);
const scenarioOf = (...changes: Change[]): Scenario => ({ id: "s", name: "Autumn", changes });
const said = { code: "scenario.reversedDates", values: { from: "2026-11-04", to: "2026-11-02" } };

describe("dates in reverse order are refused by their names", () => {
  test.each(ofKinds(reversed))("%s", (_kind, change) => {
    expect(applyChanges(base, [change]).issues).toMatchObject([
      { ...said, values: { ...said.values, place: 1 } },
    ]);
    expect(
      applyChanges(
        base,
        ofKinds(limits("2026-11-02", "2026-11-02")).map(([, one]) => one),
      ).ok,
    ).toBe(true);
  });

  test("on screen, in a scenario file and in a link", () => {
    const scenario = scenarioOf(ofKinds(reversed)[0][1]);
    expect(prepareScenarios(new Map(), base, [scenario]).issues).toMatchObject([
      { scenarioId: "s", issue: said },
    ]);
    expect(readScenarioFile(scenarioFileText(scenario)).issues).toMatchObject([
      { ...said, values: { ...said.values, scenario: "Autumn" } },
    ]);
    expect(scenarioOfAddress(`#/whatif?${scenarioParameter(scenario)}`)?.issues).toMatchObject([said]);
  });

  test("on dates beyond the plan", async () => {
    const scenario = scenarioOf(ofKinds(limits("2027-11-04", "2027-11-02"))[3][1]);
    const fails = () => Promise.reject(new Error("asked"));
    const outcome = await compareBeyondPlan(base.plan, scenario, { forecast: fails, requirement: fails });
    expect(outcome.issues).toMatchObject([{ code: "scenario.reversedDates" }]);
  });

  test("on the command line", async () => {
    const plan = { ...base.plan, scenarios: [scenarioOf(ofKinds(reversed)[0][1])] };
    const results = { ...noResults, forecast: made(base.forecast), schedule: made(base.schedule!) };
    const file = scratch.file("reversed.shiftwright.json", planFileText({ plan, history: null, results }));
    const { status, error } = await shiftwrightHere(["compare", file, "--method", "formula"]);
    expect(status).toBe(1);
    expect(error).toMatch(/Autumn, change 1: it ends on 2026-11-02, before it begins on 2026-11-04/);
  });
});

test("dates from before the plan until after it are the plan's", () => {
  const plan = { firstDate: "2026-11-02", dayCount: 3 };
  const around = scenarioOf(ofKinds(limits("2026-01-01", "2026-12-31"))[0][1]);
  expect(datesBeyond(plan, around)).toBe(null);
  expect(datesBeyond(plan, scenarioOf(ofKinds(limits("2026-12-01", "2026-12-31"))[0][1]))).not.toBe(null);
});

describe("a campaign that comes mostly after the plan", () => {
  const campaign = (date: string, peakDays: number): Change => ({
    kind: "campaign",
    queueId: "voice",
    contacts: 1000,
    date,
    peakDays,
    halfLifeDays: 7,
    echoShare: 0.2,
    echoDays: 3,
  });

  test.each([
    ["from its last day on", campaign("2026-11-04", 5), true],
    ["rising for longer than it lasts", campaign("2026-11-02", 30), true],
    ["within it", { ...campaign("2026-11-02", 0), halfLifeDays: 0.5, echoShare: 0 } as Change, false],
  ])("%s", (_where, change, isCut) => {
    const issues = prepareScenarios(new Map(), base, [scenarioOf(change)]).issues.map(
      ({ issue }) => issue.code,
    );
    expect(issues).toEqual(isCut ? ["scenario.campaignCut"] : []);
  });
});
