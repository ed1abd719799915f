import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change, Scenario } from "../../domain/plan/scenario.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import { applyChanges, type ScenarioInputs } from "../changes/apply-changes.ts";
import { agentBalance } from "./agent-balance.ts";
import {
  agentsOfGroups,
  type ExpectedQueue,
  type FloorInputs,
  type GroupAgents,
  type IntervalRange,
  transientService,
} from "./expected-service.ts";
import { type Figure, type Figures, ratioDifference, sure } from "./figures.ts";
import { keepLast } from "./keep-last.ts";
import { figuresBy, type MeasuredPlan, type MeasuredScope, measureColumn } from "./measured-plan.ts";
import { lossWithoutEmergency, type Recovery, recoveryOf } from "./recovery.ts";

/** Days of the plan's grid that are compared. */
export interface ComparedDays {
  readonly first: number;
  readonly count: number;
}

/**
 * `stationary`: steady-state formulas, interval by interval. `transient`: waiting is carried over, exactly where one
 * queue has agents of its own. `simulation`: the plan's replications on the same customers.
 */
export type ComparisonMethod = "stationary" | "transient" | "simulation";

export interface CompareInput extends ScenarioInputs {
  readonly scenarios: readonly Scenario[];
  /** Changes made to the base as well, before those of each scenario. Left out: none. */
  readonly base?: readonly Change[];
  /** Left out: the whole plan. */
  readonly days?: ComparedDays;
  readonly method: ComparisonMethod;
  readonly replications?: number;
  /** Trace how evenly work falls on agents; searches that only want service leave it out. */
  readonly balance?: boolean;
  /** Makes shifts for a scenario that asks for new ones. Left out: such a scenario works the base's shifts. */
  readonly makeShifts?: MakeShifts;
}

/** Shifts for inputs whose own are not to be used: requirement and schedule, made anew. */
export type MakeShifts = (inputs: ScenarioInputs) => Promise<Outcome<Schedule>>;

/**
 * The base with shifts made for what a scenario makes of it; no longer named agents'. Its changes are still to be made:
 * who is absent then is absent from the new shifts. Fails as `applyChanges` and the stages that make shifts do.
 */
export async function withNewShifts(
  base: ScenarioInputs,
  scenario: Scenario,
  makeShifts: MakeShifts,
): Promise<Outcome<ScenarioInputs>> {
  const changed = applyChanges(base, scenario.changes);
  if (!changed.ok) return fail(...changed.issues.map((issue) => named(issue, scenario)));
  const schedule = await makeShifts(changed.value);
  if (!schedule.ok) return fail(...schedule.issues.map((issue) => named(issue, scenario)));
  return succeed({ ...base, schedule: schedule.value, roster: null });
}

/** One queue's figures, or those of all queues together (null), and their differences from the base. */
export interface ComparedScope {
  readonly queueId: string | null;
  readonly figures: Figures;
  /** null for the base itself. */
  readonly differences: Figures | null;
}

/** The base or one scenario. */
export interface ComparedPlan {
  /** null: the base. */
  readonly scenarioId: string | null;
  readonly name: string;
  readonly scopes: readonly ComparedScope[];
  readonly queues: readonly ComparedQueue[];
  /** After an emergency with a date (outage, surge, absence); null: the scenario holds none. */
  readonly recovery: Recovery | null;
}

/** What a chart shows, per interval of the grid; outside of the compared days there is nothing. */
export interface ComparedQueue {
  readonly queueId: string;
  readonly offered: Float64Array;
  /** Agents on queue after shrinkage. */
  readonly agents: Float64Array;
  /** Agents on queue that the goal needs; null: no number is enough. */
  readonly needed: Float64Array | null;
  /** NaN where nobody comes. */
  readonly serviceLevel: Float64Array;
  /** Of the 95 % interval; null where formulas answered. */
  readonly serviceLevelHalfWidth: Float64Array | null;
}

export interface Comparison {
  readonly method: ComparisonMethod;
  readonly days: ComparedDays;
  readonly replications: number | null;
  readonly seed: number;
  /** The base first. */
  readonly plans: readonly ComparedPlan[];
}

/**
 * The base and its scenarios side by side, on the same customers, agents and absences.
 *
 * Fails as `applyChanges` and `simulateContacts` do, with the scenario's name in the issue's values, and with
 * `scenario.noShifts` when there is nothing to staff the plan with.
 */
export async function compareScenarios(
  input: CompareInput,
  onProgress?: OnProgress<Comparison>,
): Promise<Outcome<Comparison>> {
  if (input.schedule === null && input.roster === null) {
    return fail({ code: "scenario.noShifts", severity: "error" });
  }
  const days = input.days ?? { first: 0, count: input.forecast.grid.dayCount };
  const { plan, forecast, schedule, roster } = input;
  const changed = applyChanges({ plan, forecast, schedule, roster }, input.base ?? []);
  if (!changed.ok) return changed;
  const base = changed.value;
  const columns: ComparedColumn[] = [];
  const issues: Issue[] = [];
  for (const scenario of [null, ...input.scenarios]) {
    const own =
      scenario?.newShifts && input.makeShifts !== undefined
        ? await withNewShifts(base, scenario, input.makeShifts)
        : succeed(base);
    if (!own.ok) return own;
    const prepared = prepareColumn(own.value, scenario);
    if (!prepared.ok) return prepared;
    let column = prepared.value;
    if (input.method === "transient") column = { ...column, transient: transientColumn(column, days) };
    if (input.method === "simulation") {
      const simulated = await simulateContacts({
        ...column.inputs,
        days,
        // Said, so that no plan stops before another: pairs need the same replications.
        replications: input.replications ?? input.plan.simulation.replications,
      });
      if (!simulated.ok) return fail(...simulated.issues.map((issue) => named(issue, scenario)));
      if (scenario === null) issues.push(...simulated.issues);
      const balance = input.balance ? agentBalance(column.inputs, days) : null;
      column = { ...column, simulation: simulated.value, balance };
    }
    columns.push(column);
    onProgress?.({
      phase: "scenarios",
      completed: columns.length,
      total: input.scenarios.length + 1,
      partial: compareColumns(columns, days),
    });
  }
  return succeed(compareColumns(columns, days), issues);
}

/** A plan with its changes made, and what it was measured by. */
export interface ComparedColumn {
  readonly scenario: Scenario | null;
  readonly inputs: ScenarioInputs;
  readonly groupAgents: GroupAgents;
  /** null: not worked out (yet); the steady state answers. */
  readonly transient: readonly ExpectedQueue[] | null;
  /** null: not simulated (yet); the formulas answer. */
  readonly simulation: SimulationResult | null;
  /** Spread of occupancy over agents, per replication; null: not traced (yet), or nothing to compare. */
  readonly balance: Float64Array | null;
}

/** What the transient answer reads of a column. */
export interface TransientInput {
  readonly inputs: FloorInputs;
  readonly groupAgents: GroupAgents;
}

/** The transient answer for a column and some days. */
export function transientColumn(
  { inputs, groupAgents }: TransientInput,
  days: ComparedDays,
): ExpectedQueue[] {
  return transientService(inputs, groupAgents, rangeOf(inputs, days));
}

function rangeOf({ forecast: { grid } }: FloorInputs, days: ComparedDays): IntervalRange {
  return { first: grid.dayOffsets[days.first], end: grid.dayOffsets[days.first + days.count] };
}

/** By the list of changes: what the same changes make of the same base is the same object, measured once. */
const keptInputs = keepLast<Outcome<ScenarioInputs>>();
const noChanges: readonly Change[] = [];

/** Makes the changes and adds up who is there. null: the base. */
export function prepareColumn(base: ScenarioInputs, scenario: Scenario | null): Outcome<ComparedColumn> {
  const { plan, forecast, schedule, roster, turnedAway } = base;
  const changes = scenario?.changes ?? noChanges;
  const changed = keptInputs(changes, [plan, forecast, schedule, roster, turnedAway], () =>
    applyChanges(base, changes),
  );
  if (!changed.ok) return fail(...changed.issues.map((issue) => named(issue, scenario)));
  const inputs = changed.value;
  return succeed({
    scenario,
    inputs,
    groupAgents: agentsOfGroups(inputs),
    transient: null,
    simulation: null,
    balance: null,
  });
}

function named(issue: Issue, scenario: Scenario | null): Issue {
  return scenario === null ? issue : { ...issue, values: { ...issue.values, scenario: scenario.name } };
}

/** Compares the columns that are there with the first, all by the best method that every column has an answer of. */
export function compareColumns(columns: readonly ComparedColumn[], days: ComparedDays): Comparison {
  const range = rangeOf(columns[0].inputs, days);
  const simulated = columns.every(({ simulation }) => simulation !== null);
  const transient = columns.every((column) => column.transient !== null);
  const method = simulated ? "simulation" : transient ? "transient" : "stationary";
  const measured = columns.map((column) => remembered(column, days, range, method));
  return {
    method,
    days,
    replications: simulated ? (columns[0].simulation?.replications ?? null) : null,
    seed: columns[0].inputs.plan.seed,
    plans: measured.map((plan, at) => ({
      scenarioId: columns[at].scenario?.id ?? null,
      name: columns[at].scenario?.name ?? columns[at].inputs.plan.name,
      queues: plan.queues,
      recovery:
        columns[at].scenario === null
          ? null
          : recoveryOf(
              columns[at].inputs,
              columns[at].scenario.changes,
              plan.queues,
              measured[0].queues,
              otherLoss(columns[0], columns[at], range),
              range,
            ),
      scopes: plan.scopes.map((scope) => {
        const base = measured[0].scopes.find(({ queueId }) => queueId === scope.queueId);
        return {
          queueId: scope.queueId,
          figures: scope.figures,
          differences: at === 0 || base === undefined ? null : differencesOf(scope, base),
        };
      }),
    })),
  };
}

function differencesOf(scope: MeasuredScope, base: MeasuredScope): Figures {
  return figuresBy((measure): Figure | null => {
    const pair = scope.pairs[measure];
    const basePair = base.pairs[measure];
    if (pair !== undefined && basePair !== undefined) return ratioDifference(pair, basePair);
    const value = scope.figures[measure];
    const from = base.figures[measure];
    return value === null || from === null ? null : sure(value.value - from.value);
  });
}

const keptLosses = keepLast<ReadonlyMap<string, Float64Array>>();

function otherLoss(base: ComparedColumn, column: ComparedColumn, range: IntervalRange) {
  const changes = column.scenario?.changes ?? [];
  return keptLosses(column.inputs, [base.inputs, changes, range.first, range.end], () =>
    lossWithoutEmergency(base.inputs, changes, range),
  );
}

/** A column is measured once by each method: while one is dragged the others stand. */
function remembered(
  column: ComparedColumn,
  days: ComparedDays,
  range: IntervalRange,
  method: ComparisonMethod,
): MeasuredPlan {
  const { inputs, transient, simulation, balance } = column;
  const measuredBy = { stationary: [], transient: [transient], simulation: [simulation, balance] }[method];
  return keptMeasured[method](inputs, [days.first, days.count, ...measuredBy], () =>
    measureColumn(column, days, range, method),
  );
}
const keptMeasured = {
  stationary: keepLast<MeasuredPlan>(),
  transient: keepLast<MeasuredPlan>(),
  simulation: keepLast<MeasuredPlan>(),
};

/** Does the greater part of a column's work before `compareColumns` asks for it. */
export function measureAhead(column: ComparedColumn, days: ComparedDays): void {
  remembered(column, days, rangeOf(column.inputs, days), "stationary");
}
