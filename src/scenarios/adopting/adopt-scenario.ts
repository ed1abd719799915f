import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import { withOverride } from "../../domain/plan/edit-overrides.ts";
import type { ForecastOverride } from "../../domain/plan/forecast-settings.ts";
import type { Plan, PlanDocument, PlanResults } from "../../domain/plan/plan.ts";
import type { Assignment } from "../../domain/plan/roster.ts";
import type { Scenario } from "../../domain/plan/scenario.ts";
import type { Schedule, Shift } from "../../domain/plan/shift.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import { applyOverrides } from "../../forecasting/overrides.ts";
import { judgeAssignments } from "../../rostering/judge-assignments.ts";
import { problemFromPlan } from "../../rostering/problem/problem-from-plan.ts";
import { asWorked, rosterSource } from "../../rostering/problem/roster-input.ts";
import { reviseSchedule } from "../../scheduling/schedule-figures.ts";
import { stageOrder } from "../../stages/chain.ts";
import { stageFreshness, stageInputKey } from "../../stages/freshness.ts";
import { rosterStage } from "../../stages/roster.ts";
import { scheduleTerms } from "../../stages/schedule-terms.ts";
import { inputOf } from "../../stages/stage.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { overridesOf } from "./overrides-of-changes.ts";
import { refusal } from "./refusal.ts";

/**
 * Makes a scenario the plan: the document with the scenario's changes as edits of it, which the caller applies as one
 * step that can be undone. Simulated, it gives what the scenario's column of a comparison shows, bit for bit. The scenario
 * stays and is marked as adopted, and so is every other that holds one of its changes: to measure those against the new
 * plan would make the change a second time.
 *
 * Method: the changes are made by `applyChanges`, as a comparison makes them. What they make of the plan becomes the
 * plan; what they make of shifts or roster becomes those results, changed and new shifts pinned, figures and rules
 * judged again. Changes of contacts and handle times become overrides of the forecast, and the forecast with these
 * overrides must be the scenario's in every interval; otherwise nothing is adopted. Bands are those of an override.
 *
 * A scenario of which one change cannot be carried over is refused whole: the rest would be another plan than the one
 * that was measured.
 *
 * @param newShifts the shifts made for a scenario with `newShifts`; null: it works those of the plan
 * @param at ISO instant, since an engine reads no clock
 * @returns remarks on what follows (`adopt.overrides`, `adopt.settings`, `adopt.people`, `adopt.shifts`,
 *   `adopt.rosterDropped`, `adopt.stale…`, `adopt.costs`, `adopt.shared`), for a person to read before the edit is made
 *
 * Errors: `scenario.noForecast`, `scenario.noShifts`, those of `applyChanges`, `adopt.already`, `adopt.nothing`, `adopt.shiftsWanted`, and
 * with the place of the change `adopt.quantile`, `adopt.swap`, `adopt.emergency`, `adopt.absence`, `adopt.selfService`,
 * `adopt.fastLane`, `adopt.rotation`, `adopt.vendor`, `adopt.notExact`.
 *
 * @example
 * const busier = { id: "busier", name: "+30 %", changes: [{ kind: "volume", queueId: null, factor: 1.3, window: null }] };
 * const outcome = adoptScenario(document, busier, null, "2026-11-30T12:00:00Z");
 * if (outcome.ok) outcome.value.plan.forecast.overrides.length; // 1: this plan has one queue
 */
export function adoptScenario(
  document: PlanDocument,
  scenario: Scenario,
  newShifts: Schedule | null,
  at: string,
): Outcome<PlanDocument> {
  const { plan, results } = document;
  if (results.forecast === null) return fail({ code: "scenario.noForecast", severity: "error" });
  if (results.schedule === null && results.roster === null) {
    return fail({ code: "scenario.noShifts", severity: "error" });
  }
  const { name, changes } = scenario;
  const ofScenario = (issue: Issue): Issue => ({ ...issue, values: { ...issue.values, scenario: name } });
  if (scenario.adoptedAt !== undefined)
    return fail(ofScenario({ code: "adopt.already", severity: "error", values: { at: scenario.adoptedAt } }));
  if (scenario.newShifts && newShifts === null) {
    return fail(ofScenario({ code: "adopt.shiftsWanted", severity: "error" }));
  }
  const base: ScenarioInputs = {
    plan,
    forecast: results.forecast.value,
    schedule: newShifts ?? results.schedule?.value ?? null,
    roster: newShifts === null ? (results.roster?.value ?? null) : null,
  };
  const refused = changes.flatMap((change, place) => {
    const issue = refusal(change, base.roster !== null);
    return issue === null ? [] : [ofScenario({ ...issue, values: { place: place + 1 } })];
  });
  if (refused.length > 0) return fail(...refused);
  const applied = applyChanges(base, changes);
  if (!applied.ok) return fail(...applied.issues.map(ofScenario));
  const changed = applied.value;

  const overrides = changes.flatMap((change) => overridesOf(base.forecast, change));
  const forecast = overridden(base.forecast, overrides);
  if (!sameDemand(forecast, changed.forecast)) {
    return fail(ofScenario({ code: "adopt.notExact", severity: "error" }));
  }
  const parts = ["plan", "forecast", "schedule", "roster"] as const;
  if (newShifts === null && parts.every((part) => changed[part] === base[part])) {
    return fail(ofScenario({ code: "adopt.nothing", severity: "error" }));
  }
  const withOverrides = overrides.reduce(
    (before, override) => withOverride(before, { ...override, reason: name }),
    changed.plan,
  );
  const sharing = plan.scenarios.filter((other) => other.id !== scenario.id && shareChanges(other, scenario));
  const scenarios = plan.scenarios.map((other) =>
    other.id === scenario.id || sharing.includes(other) ? { ...other, adoptedAt: at } : other,
  );
  const adopted = withResults(document, { ...withOverrides, scenarios }, base, {
    ...changed,
    forecast: overrides.length === 0 ? base.forecast : forecast,
  });
  const remarks = whatFollows(document, adopted, overrides.length, newShifts !== null);
  // A plan holds hours and wages; what else a scenario costs stays with the scenario.
  const costs: Issue[] = changed.charges === undefined ? [] : [{ code: "adopt.costs", severity: "info" }];
  const setAside = sharing.map(
    (other): Issue => ({ code: "adopt.shared", severity: "info", values: { scenario: other.name } }),
  );
  return succeed(adopted, [...remarks, ...costs, ...setAside]);
}

/** Whether both make one and the same change of the plan; costs alone are none. */
function shareChanges(one: Scenario, other: Scenario): boolean {
  const made = new Set(other.changes.map((change) => JSON.stringify(change)));
  return one.changes.some((change) => change.kind !== "cost" && made.has(JSON.stringify(change)));
}

type Override = Omit<ForecastOverride, "id" | "reason">;

function overridden(forecast: DemandForecast, overrides: readonly Override[]): DemandForecast {
  const numbered = overrides.map((override, at) => ({ ...override, id: `${at}`, reason: "" }));
  return {
    grid: forecast.grid,
    queues: forecast.queues.map((queue) => applyOverrides(forecast.grid, queue, numbered)),
  };
}

/** Whether a simulation draws the same contacts of both. */
function sameDemand(a: DemandForecast, b: DemandForecast): boolean {
  if (a.queues.length !== b.queues.length) return false;
  return a.queues.every((queue, at) => {
    const other = b.queues[at];
    const series = ["offered", "ahtSeconds", "dispersion", "open"] as const;
    return (
      queue.queueId === other.queueId &&
      queue.dayFactorVariance === other.dayFactorVariance &&
      series.every((name) => queue[name].every((value, interval) => value === other[name][interval]))
    );
  });
}

/** The document with the plan, and with what the scenario makes of forecast, shifts and roster; each as fresh as it was. */
function withResults(
  before: PlanDocument,
  plan: Plan,
  base: ScenarioInputs,
  changed: ScenarioInputs,
): PlanDocument {
  let document: PlanDocument = { ...before, plan };
  const { forecast, schedule } = before.results;
  if (forecast !== null && changed.forecast !== base.forecast) {
    const made = { ...forecast, value: changed.forecast };
    const inputKey = keyIfFresh("forecast", before, document) ?? made.inputKey;
    document = withResult(document, { forecast: { ...made, inputKey } });
  }
  if (changed.schedule !== null && changed.schedule !== schedule?.value) {
    // New shifts follow from a requirement that the plan does not have yet, so that they count as stale.
    const isOfPlan = base.schedule === schedule?.value;
    const value = revised(document, base.schedule, changed.schedule);
    const inputKey = isOfPlan ? (schedule?.inputKey ?? "") : "";
    const madeAt = (schedule ?? forecast)?.madeAt ?? "";
    document = withResult(document, { schedule: { value, madeAt, inputKey } });
  }
  if (changed.roster === null) return withResult(document, { roster: null });
  return judged(before, withAssignments(document, changed.roster.assignments));
}

function withResult(document: PlanDocument, part: Partial<PlanResults>): PlanDocument {
  return { ...document, results: { ...document.results, ...part } };
}

/** The stage's key in the new document, where its result was up to date in the old one. */
function keyIfFresh(stage: "forecast" | "roster", before: PlanDocument, after: PlanDocument): string | null {
  return stageFreshness(stage, before) === "fresh" ? stageInputKey(stage, after) : null;
}

/** The schedule with the scenario's shifts, pinned where it changed or added them: they stay when shifts are made again. */
function revised({ plan, results }: PlanDocument, base: Schedule | null, scenario: Schedule): Schedule {
  if (base === null || scenario === base) return scenario;
  const same = new Set(base.shifts);
  const shifts = scenario.shifts.map((shift) => (same.has(shift) ? shift : { ...shift, pinned: true }));
  const changed = { ...scenario, shifts };
  if (results.requirement === null) return changed;
  const terms = scheduleTerms(plan, results.requirement.value);
  // In the order of the comparison, so that sums over shifts are its sums to the last bit.
  return { ...reviseSchedule(terms, base, shifts), shifts };
}

function withAssignments(document: PlanDocument, assignments: readonly Assignment[]): PlanDocument {
  const { roster } = document.results;
  if (roster === null || roster.value.assignments === assignments) return document;
  const same = new Set(roster.value.assignments);
  const value = {
    ...roster.value,
    status: "stopped" as const,
    // Proved for the roster that the solver made.
    bound: null,
    assignments: assignments.map((one) => (same.has(one) ? one : { ...one, pinned: true })),
  };
  return withResult(document, { roster: { ...roster, value } });
}

/** The rules judged again over the roster as it now is, by people and contracts of the new plan. */
function judged(before: PlanDocument, document: PlanDocument): PlanDocument {
  const { roster } = document.results;
  const input = inputOf(rosterStage, document);
  if (roster === null || input === null) return document;
  const isSame = roster === before.results.roster;
  if (isSame && stageInputKey("roster", document) === stageInputKey("roster", before)) return document;
  const { assignments } = roster.value;
  const worked = assignments.map(({ shift }) => shift);
  const problem = problemFromPlan(asWorked(rosterSource(input), worked), worked);
  const value = { ...roster.value, ...judgeAssignments(problem, assignments) };
  const inputKey = keyIfFresh("roster", before, document) ?? roster.inputKey;
  return withResult(document, { roster: { ...roster, value, inputKey } });
}

const settings = ["queues", "groups", "templates", "shrinkage", "simulation"] as const;

/** What a person reads before the edit is made. */
function whatFollows(
  before: PlanDocument,
  after: PlanDocument,
  overrides: number,
  newShifts: boolean,
): Issue[] {
  const issues: Issue[] = [];
  const remark = (code: string, values?: Issue["values"]) =>
    issues.push({ code, severity: "info", ...(values === undefined ? {} : { values }) });
  if (overrides > 0) remark("adopt.overrides", { count: overrides });
  const edited = settings.filter((part) => before.plan[part] !== after.plan[part]);
  for (const part of edited) remark(settingRemarks[part].code);
  const people = new Map(before.plan.agents.map((agent) => [agent.id, agent]));
  const added = after.plan.agents.filter(({ id }) => !people.has(id)).length;
  const moved = after.plan.agents.filter(({ id, groupId }) => {
    const former = people.get(id);
    return former !== undefined && former.groupId !== groupId;
  }).length;
  if (added > 0) remark("adopt.peopleAdded", { count: added });
  if (moved > 0) remark("adopt.peopleMoved", { count: moved });
  if (newShifts) remark("adopt.newShifts", { count: after.results.schedule?.value.shifts.length ?? 0 });
  else {
    const { changed, blocks, ofTemplates, fewer } = differenceOf(before, after);
    if (changed > 0) remark("adopt.shiftsChanged", { count: changed });
    if (ofTemplates > 0) remark("adopt.templateShifts", { count: ofTemplates });
    if (blocks > 0) remark("adopt.shiftsAdded", { count: blocks });
    if (fewer > 0) remark("adopt.shiftsDropped", { count: fewer });
  }
  if (before.results.roster !== null && after.results.roster === null) remark("adopt.rosterDropped");
  for (const stage of stageOrder) {
    const isStale = stageFreshness(stage, before) === "fresh" && stageFreshness(stage, after) === "stale";
    if (isStale) remark(staleRemarks[stage].code);
  }
  return issues;
}

const settingRemarks = {
  queues: { code: "adopt.queues" },
  groups: { code: "adopt.groups" },
  templates: { code: "adopt.templates" },
  shrinkage: { code: "adopt.shrinkage" },
  simulation: { code: "adopt.simulation" },
};
const staleRemarks = {
  forecast: { code: "adopt.staleForecast" },
  requirement: { code: "adopt.staleRequirement" },
  schedule: { code: "adopt.staleSchedule" },
  roster: { code: "adopt.staleRoster" },
  simulation: { code: "adopt.staleSimulation" },
};

function differenceOf(before: PlanDocument, after: PlanDocument) {
  const shiftsOf = ({ plan, results }: PlanDocument) =>
    results.roster?.value.assignments.map(({ shift }) => shift) ??
    shiftsAtWork({ plan, schedule: results.schedule?.value ?? null, roster: null });
  const former = new Map(shiftsOf(before).map((shift) => [shift.id, shift]));
  const present = shiftsOf(after);
  const stayed = present.filter(({ id }) => former.has(id));
  const more = present.filter(({ id }) => !former.has(id));
  const rests = (shift: Shift) => shift.activities.some(({ kind }) => kind === "break" || kind === "meal");
  return {
    changed: stayed.filter((shift) => former.get(shift.id) !== shift).length,
    blocks: more.filter((shift) => !rests(shift)).length,
    ofTemplates: more.filter(rests).length,
    fewer: former.size - stayed.length,
  };
}
