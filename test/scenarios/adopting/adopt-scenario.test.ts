import { describe, expect, test } from "vitest";
import { openSession, sessionReducer } from "../../../src/app/session/session.ts";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import type { Agent, Roster } from "../../../src/domain/plan/roster.ts";
import type { Change, ChangeKind, Scenario } from "../../../src/domain/plan/scenario.ts";
import { adoptScenario } from "../../../src/scenarios/adopting/adopt-scenario.ts";
import { compareScenarios, withNewShifts } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import { forecastStage } from "../../../src/stages/forecast.ts";
import { stageFreshness } from "../../../src/stages/freshness.ts";
import { makeNewShifts, makersHere } from "../../../src/stages/new-shifts.ts";
import { inputOf } from "../../../src/stages/stage.ts";
import { flatRequirement, madeFrom, smallDocument } from "../../app/sample-document.ts";
import { made, scheduleOf } from "../../builders.ts";
import { smallPlan } from "../small-plan.ts";

const adoptedAt = "2026-11-30T12:00:00.000Z";
const monday = { date: "2026-11-02", fromMinute: 540, toMinute: 720 };
const mornings = { fromDate: null, toDate: null, weekdays: [1, 2], fromMinute: 480, toMinute: 720 };

/** A change of each kind, and the code with which it is refused: of shifts without names, and of a roster. */
const cases: {
  readonly [Kind in ChangeKind]: readonly [
    Extract<Change, { kind: Kind }>,
    refused?: string,
    ofRoster?: string,
  ];
} = {
  volume: [{ kind: "volume", queueId: null, factor: 1.17, window: mornings }],
  aht: [{ kind: "aht", queueId: "a", factor: 0.93, window: null }],
  surge: [{ kind: "surge", queueId: "a", contacts: 77, shape: "peak", ...monday }],
  swapDays: [{ kind: "swapDays", date: "2026-11-02", withDate: "2026-11-03" }, "adopt.swap"],
  demandQuantile: [{ kind: "demandQuantile", queueId: null, quantile: 0.8, window: null }, "adopt.quantile"],
  outage: [
    { kind: "outage", queueId: "a", ...monday, redialShare: 0.6, redialMinutes: 20 },
    "adopt.emergency",
  ],
  absence: [{ kind: "absence", groupId: "ga", share: 0.2, window: null }, "adopt.absence"],
  epidemic: [
    { kind: "epidemic", groupId: null, peakShare: 0.3, peakDate: "2026-11-02", spreadDays: 2 },
    "adopt.absence",
  ],
  deflection: [
    { kind: "deflection", queueId: "a", share: 0.2, containment: 0.8, delayMinutes: 60, handOverFactor: 1.2 },
    "adopt.selfService",
  ],
  handleTimeSpread: [{ kind: "handleTimeSpread", cv: 0.3 }],
  afterContactWork: [{ kind: "afterContactWork", queueId: null, seconds: 23 }],
  resolution: [{ kind: "resolution", queueId: null, repeatShare: 0.23, avoided: 0.5 }],
  agents: [{ kind: "agents", groupId: "ga", count: 2, window: mornings }],
  crossTraining: [{ kind: "crossTraining", groupId: "gb", queueId: "a", count: 4 }],
  shrinkage: [{ kind: "shrinkage", itemId: null, factor: 2 }],
  wages: [{ kind: "wages", factor: 1.05 }],
  goal: [{ kind: "goal", queueId: null, serviceLevel: 0.8, answerWithinSeconds: 5 }],
  patience: [{ kind: "patience", queueId: null, patienceSeconds: 30 }],
  redials: [{ kind: "redials", queueId: null, share: 0.6, afterMinutes: 10 }],
  fastLane: [{ kind: "fastLane", queueId: "a", share: 0.3 }, "adopt.fastLane"],
  overflow: [{ kind: "overflow", groupId: "gb", queueId: "a", afterSeconds: 10 }],
  callback: [{ kind: "callback", queueId: null, afterSeconds: 20, acceptShare: 0.6, when: "inTurn" }],
  routing: [{ kind: "routing", contact: "furthestBelowGoal", agent: "leastBusy" }],
  rotation: [{ kind: "rotation", groupId: "ga", queueId: "b", share: 0.25 }, undefined, "adopt.rotation"],
  dropQueue: [{ kind: "dropQueue", queueId: "a", ...monday }, "adopt.emergency"],
  overtime: [{ kind: "overtime", groupId: "ga", date: "2026-11-02", share: 0.5, minutes: 60 }],
  newTemplate: [
    {
      kind: "newTemplate",
      groupId: null,
      lengthMinutes: 240,
      fromMinute: 480,
      latestStartMinute: 840,
      costPerHour: 20,
    },
  ],
  withoutTemplate: [{ kind: "withoutTemplate", templateId: "long" }],
  move: [{ kind: "move", groupId: "ga", toGroupId: "gb", count: 2, costPerPerson: 500 }],
  hire: [
    {
      kind: "hire",
      groupId: "ga",
      contractId: null,
      count: 2,
      startDate: null,
      trainingWeeks: 0,
      startingPace: 1.4,
      learningWeeks: 4,
      costPerPersonMonth: 0,
    },
  ],
  shifts: [
    {
      kind: "shifts",
      templateId: "short",
      groupId: "gb",
      date: "2026-11-03",
      startMinute: 540,
      lengthMinutes: 240,
      count: 3,
    },
  ],
  outsourcing: [
    { kind: "outsourcing", queueId: "a", share: 0.2, pricePerContact: 3, window: null },
    "adopt.vendor",
  ],
  vendorAgents: [
    { kind: "vendorAgents", groupId: "ga", count: 2, pricePerHour: 30, window: mornings },
    "adopt.vendor",
  ],
  campaign: [
    {
      kind: "campaign",
      queueId: "a",
      contacts: 300,
      date: "2026-11-02",
      peakDays: 1,
      halfLifeDays: 2,
      echoShare: 0.2,
      echoDays: 3,
    },
  ],
  cost: [{ kind: "cost", what: "tool", amount: 900, per: "month" }, "adopt.nothing"],
};

const inputs = smallPlan({
  queues: [
    { id: "a", perHour: 80.7 },
    { id: "b", perHour: 33.3 },
  ],
  groups: [
    { id: "ga", queueIds: ["a"], agents: 6 },
    { id: "gb", queueIds: ["b"], agents: 5 },
  ],
  open: { from: 8, to: 13 },
  days: 2,
  replications: 2,
});
const meetings = {
  id: "meetings",
  name: "Meetings",
  share: 0.08,
  planned: false,
  weekdays: null,
  fromMinute: null,
  toMinute: null,
};

const short = {
  ...inputs.plan.templates[0],
  id: "short",
  earliestStartMinute: 480,
  latestStartMinute: 600,
  lengthsMinutes: [240],
  breaks: [
    { id: "b", kind: "break" as const, lengthMinutes: 15, paid: true, earliestMinute: 60, latestMinute: 180 },
  ],
};
const ofSchedule: PlanDocument = {
  plan: { ...inputs.plan, shrinkage: [meetings], templates: [...inputs.plan.templates, short] },
  history: null,
  results: { ...noResults, forecast: made(inputs.forecast), schedule: made(inputs.schedule!) },
};

/** Every shift of a day has a person of its group, the same on both days. */
function rostered(document: PlanDocument): PlanDocument {
  const shifts = document.results.schedule?.value.shifts ?? [];
  const nameOf = (id: string) => id.replace(/^(\w+)-\d+-/, "$1 ");
  const agents = [...new Map(shifts.map(({ id, groupId }) => [nameOf(id), groupId]))].map(
    ([id, groupId]): Agent => ({
      id,
      name: id,
      team: groupId,
      groupId,
      contractId: "full",
      proficiency: 1,
      joined: "2020-01-01",
      daysOff: [],
      wishes: [],
    }),
  );
  const contract = {
    id: "full",
    name: "Full",
    minimumMinutesPerWeek: 0,
    maximumMinutesPerWeek: 3000,
    maximumConsecutiveDays: 6,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 660,
  };
  const roster: Roster = {
    grid: inputs.forecast.grid,
    assignments: shifts.map((shift) => ({ agentId: nameOf(shift.id), shift, pinned: false })),
    violations: [],
    unassigned: [],
    objective: 0,
    bound: 0,
    status: "optimal",
    seconds: null,
  };
  return {
    ...document,
    plan: { ...document.plan, agents, contracts: [contract] },
    results: { ...document.results, roster: made(roster) },
  };
}
const ofRoster = rostered(ofSchedule);

const scenarioOf = (...changes: Change[]): Scenario => ({ id: "s", name: "Autumn", changes });

/** Figures of the plan itself, then of the scenarios, on the same seeds. */
async function columns({ plan, results }: PlanDocument, ...scenarios: Scenario[]) {
  const outcome = await compareScenarios({
    plan,
    forecast: results.forecast!.value,
    schedule: results.schedule?.value ?? null,
    roster: results.roster?.value ?? null,
    scenarios,
    method: "simulation",
    balance: true,
    makeShifts: (changed) => makeNewShifts(changed, makersHere(null)),
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.plans.map((column) => ({
    queues: column.queues,
    // What a scenario costs once stays with it: a plan holds hours and wages.
    figures: column.scopes.map(({ queueId, figures: { onceCost: _, totalCost: __, ...figures } }) => ({
      queueId,
      figures,
    })),
  }));
}

function adopted(document: PlanDocument, scenario: Scenario): PlanDocument {
  const outcome = adoptScenario(document, scenario, null, adoptedAt);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

describe("each kind of change becomes the plan bit for bit, or is refused with a reason", () => {
  const all = Object.values(cases).flatMap(([change, refused, refusedOfRoster]) => [
    [change.kind, "shifts", ofSchedule, change, refused] as const,
    [change.kind, "a roster", ofRoster, change, refused ?? refusedOfRoster] as const,
  ]);

  test.each(all)("%s, on %s", async (_kind, _on, document, change, refused) => {
    const scenario = scenarioOf(change);
    const outcome = adoptScenario(document, scenario, null, adoptedAt);
    if (refused !== undefined) {
      expect(outcome.issues).toEqual([
        {
          code: refused,
          severity: "error",
          values: { ...(refused === "adopt.nothing" ? {} : { place: 1 }), scenario: "Autumn" },
        },
      ]);
      return;
    }
    const after = adopted(document, scenario);
    const [, column] = await columns(document, scenario);
    const [plan] = await columns(after);
    expect(plan).toEqual(column);
    expect(outcome.issues.length).toBeGreaterThan(0);
  });

  test("several changes in a row, of which one alone is another plan", async () => {
    const scenario = scenarioOf(
      cases.volume[0],
      cases.surge[0],
      cases.resolution[0],
      cases.aht[0],
      cases.afterContactWork[0],
      cases.agents[0],
      cases.overtime[0],
      cases.crossTraining[0],
      cases.routing[0],
    );
    const [base, column] = await columns(ofRoster, scenario);
    const [plan] = await columns(adopted(ofRoster, scenario));
    expect(plan).toEqual(column);
    expect(plan).not.toEqual(base);
  });

  test("a second scenario that adds agents and a template adds others than the first", async () => {
    const scenario = scenarioOf(cases.agents[0], cases.newTemplate[0]);
    const once = adopted(ofRoster, scenario);
    const twice = adopted(once, scenario);
    const ids = twice.plan.agents.map(({ id }) => id);
    expect(ids).toHaveLength(ofRoster.plan.agents.length + 4);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(twice.plan.templates.map(({ id }) => id)).size).toBe(4);
  });
});

describe("what becomes of the document", () => {
  test("shifts made for the scenario replace those of the plan, and the roster falls away", async () => {
    const short: Change = { ...cases.newTemplate[0] };
    const scenario: Scenario = { ...scenarioOf(short), newShifts: true };
    expect(adoptScenario(ofRoster, scenario, null, adoptedAt).issues[0].code).toBe("adopt.shiftsWanted");
    const { plan, results } = ofRoster;
    const base = await withNewShifts(
      {
        plan,
        forecast: results.forecast!.value,
        schedule: results.schedule!.value,
        roster: results.roster!.value,
      },
      scenario,
      (changed) => makeNewShifts(changed, makersHere(null)),
    );
    if (!base.ok) throw new Error(base.issues[0].code);
    const outcome = adoptScenario(ofRoster, scenario, base.value.schedule, adoptedAt);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.results.roster).toBe(null);
    expect(outcome.issues.map(({ code }) => code)).toContain("adopt.rosterDropped");
    // Behind the plan, and the plan with new shifts.
    const [, , column] = await columns(ofRoster, scenario);
    expect((await columns(outcome.value))[0]).toEqual(column);
  });

  test("the example of its description: a plan of one queue gets one override", () => {
    const { plan, forecast, schedule } = smallPlan();
    const results = { ...noResults, forecast: made(forecast), schedule: made(schedule!) };
    const busier: Change = { kind: "volume", queueId: null, factor: 1.3, window: null };
    const after = adopted({ plan, history: null, results }, scenarioOf(busier));
    expect(after.plan.forecast.overrides).toHaveLength(1);
  });

  test("shifts of a template come with its breaks and say so, blocks come without", () => {
    const meal = { id: "meal", kind: "meal" as const, lengthMinutes: 30, paid: false };
    const breaks = [{ ...meal, earliestMinute: 120, latestMinute: 300 }];
    const { plan } = ofSchedule;
    const templates = plan.templates.map((template) => ({ ...template, breaks }));
    const document = { ...ofSchedule, plan: { ...plan, templates } };
    const codes = (...changes: Change[]) =>
      adoptScenario(document, scenarioOf(...changes), null, adoptedAt).issues.map(({ code }) => code);
    expect(codes(cases.shifts[0])).toContain("adopt.templateShifts");
    expect(codes(cases.shifts[0])).not.toContain("adopt.shiftsAdded");
    expect(codes(cases.agents[0])).toContain("adopt.shiftsAdded");
  });

  test("changed and added shifts are pinned, and the roster is judged by the new people", () => {
    const after = adopted(ofRoster, scenarioOf(cases.agents[0], cases.overtime[0]));
    const assignments = after.results.roster?.value.assignments ?? [];
    // Two more people on two days, and half of six shifts longer.
    expect(assignments.filter(({ pinned }) => pinned)).toHaveLength(2 * 2 + 3);
    expect(after.results.roster?.value.bound).toBe(null);
  });

  test("a forecast made again is the one adopted, interval by interval; what reads it is stale", async () => {
    const history = smallDocument();
    const made = await forecastStage.run(inputOf(forecastStage, history)!);
    if (!made.ok) throw new Error(made.issues[0].code);
    const forecast = madeFrom("forecast", history, made.value);
    const withForecast = { ...history, results: { ...history.results, forecast } };
    const requirement = madeFrom("requirement", withForecast, flatRequirement(made.value, 4));
    const schedule = { ...forecast, value: scheduleOf(made.value.grid, []) };
    const document = { ...withForecast, results: { ...withForecast.results, requirement, schedule } };
    expect(stageFreshness("requirement", document)).toBe("fresh");

    const { firstDate } = document.plan;
    const changes: Change[] = [
      { kind: "volume", queueId: null, factor: 1.17, window: mornings },
      { ...cases.surge[0], queueId: document.plan.queues[0].id, date: firstDate },
      { kind: "aht", queueId: null, factor: 0.93, window: null },
      cases.afterContactWork[0],
    ];
    const outcome = adoptScenario(document, scenarioOf(...changes), null, adoptedAt);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.issues.map(({ code }) => code)).toEqual(["adopt.overrides", "adopt.staleRequirement"]);
    expect(stageFreshness("forecast", outcome.value)).toBe("fresh");
    const again = await forecastStage.run(inputOf(forecastStage, outcome.value)!);
    if (!again.ok) throw new Error(again.issues[0].code);
    expect(outcome.value.results.forecast?.value.queues).toEqual(again.value.queues);
  });

  test("an empty scenario changes nothing, and one bad change stops all", () => {
    expect(adoptScenario(ofRoster, scenarioOf(), null, adoptedAt).issues[0].code).toBe("adopt.nothing");
    const outcome = adoptScenario(ofRoster, scenarioOf(cases.volume[0], cases.outage[0]), null, adoptedAt);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toMatchObject([{ code: "adopt.emergency", values: { place: 2 } }]);
  });
});

describe("a scenario that is in the plan", () => {
  const surge = cases.surge[0];
  const extra = cases.shifts[0];
  const cost: Change = { kind: "cost", what: "tool", amount: 500, per: "once" };
  const peak: Scenario = { id: "peak", name: "Peak", changes: [surge] };
  const fixed: Scenario = { id: "fixed", name: "Peak (fixed)", changes: [surge, extra, cost] };
  const other: Scenario = { id: "other", name: "Other", changes: [cases.aht[0], cost] };
  const before: PlanDocument = {
    ...ofSchedule,
    plan: { ...ofSchedule.plan, scenarios: [peak, fixed, other] },
  };

  test("stays, marked, and so do those that hold one of its changes; costs are none", () => {
    const outcome = adoptScenario(before, fixed, null, adoptedAt);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.plan.scenarios).toEqual([{ ...peak, adoptedAt }, { ...fixed, adoptedAt }, other]);
    expect(outcome.issues.filter(({ code }) => code === "adopt.shared")).toMatchObject([
      { values: { scenario: "Peak" } },
    ]);
  });

  test("is not adopted a second time", () => {
    const [again] = [{ ...fixed, adoptedAt }];
    const outcome = adoptScenario(before, again, null, adoptedAt);
    expect(outcome.issues).toMatchObject([{ code: "adopt.already", values: { scenario: "Peak (fixed)" } }]);
  });

  test("comes back with the plan as it was", () => {
    const change = (document: PlanDocument) => {
      const outcome = adoptScenario(document, fixed, null, adoptedAt);
      return outcome.ok ? outcome.value : document;
    };
    const after = sessionReducer(openSession(before), { type: "edit", label: "adopt", change, at: 0 });
    expect(after.document.plan.scenarios[0].adoptedAt).toBe(adoptedAt);
    const undone = sessionReducer(after, { type: "undo" });
    expect(undone.document.plan).toEqual(before.plan);
  });
});
