import { dayOfDate } from "../../domain/calendar/interval-grid.ts";
import { type DayRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change, Scenario } from "../../domain/plan/scenario.ts";
import type { Schedule, Shift } from "../../domain/plan/shift.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { agentBalance } from "./agent-balance.ts";
import type {
  ComparedColumn,
  ComparedPlan,
  Comparison,
  ComparisonMethod,
  PlanningState,
} from "./comparison.ts";
import { type Figure, type Figures, ratioDifference, sure } from "./figures.ts";
import { figuresBy, type MeasuredPlan, type MeasuredScope, measurePlan } from "./measured-plan.ts";
import { lossWithoutEmergency, recoveryOf } from "./recovery.ts";

export interface CompareInput extends ScenarioInputs {
  readonly scenarios: readonly Scenario[];
  /** Changes made to the base as well, before those of each scenario. Left out: none. */
  readonly base?: readonly Change[];
  /** Left out: the whole plan. */
  readonly days?: DayRange;
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
 * The plan itself, with shifts made anew: what scenarios with new shifts are held against, so that the roster's open
 * shifts, hand edits, and what has changed since its shifts were made are no difference of theirs.
 */
export const planWithNewShifts: Scenario = {
  id: "planWithNewShifts",
  name: "planWithNewShifts",
  changes: [],
  newShifts: true,
};

/** The scenarios, behind the plan with new shifts where one of them asks for its own. */
export function withTheirBase(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios.some(({ newShifts }) => newShifts) ? [planWithNewShifts, ...scenarios] : scenarios;
}

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

/**
 * What-if: the base and its scenarios side by side, each a list of changes to the inputs of the base, with every
 * figure's difference from the base.
 *
 * Assumes that shifts stay as they are but for what a change does to them; a scenario with `newShifts` gets its own from
 * `makeShifts`, and its differences are from the plan with shifts made anew (`planWithNewShifts`), which then has a column
 * as well: like with like. `formula` gives the expected service, with waiting carried over, where it comes close, and else
 * says what it does not know (`withheld`); `simulation` runs every plan on the same customers, agents and absences.
 *
 * Method: changes are applied in their order (`applyChanges`); what a scenario does not change it shares with the base.
 * With simulation a difference is taken replication by replication before its spread, so that chance common to both
 * cancels out; by formulas every half-width is 0. A figure without a value (an endless queue, nothing offered) is null.
 *
 * `days` is half-open and counts from the start of the grid; hours are agent-hours, money is in the plan's currency.
 *
 * Errors: `scenario.noShifts`; those of a change, with the scenario's name in their values: `scenario.unknownQueue`,
 * `scenario.unknownGroup`, `scenario.unknownItem`, `scenario.outsidePlan`, `scenario.emptyWindow`; with simulation
 * those of `simulateContacts`; with new shifts those of `makeShifts`.
 *
 * Source: Law, Simulation Modeling and Analysis (common random numbers, paired differences).
 *
 * @example
 * const busier = { id: "busier", name: "+30 %", changes: [{ kind: "volume", queueId: null, factor: 1.3, window: null }] };
 * const outcome = await compareScenarios({ ...base, scenarios: [busier], method: "formula" });
 * if (outcome.ok) outcome.value.plans[1].scopes[0].differences?.serviceLevel?.value; // −0.53: of 0.89 only 0.36 is left
 */
export async function compareScenarios(
  input: CompareInput,
  onProgress?: OnProgress<Comparison>,
): Promise<Outcome<Comparison>> {
  if (input.schedule === null && input.roster === null) {
    return fail({ code: "scenario.noShifts", severity: "error" });
  }
  const days = input.days ?? { first: 0, end: input.forecast.grid.dayCount };
  const { plan, forecast, schedule, roster } = input;
  const changed = applyChanges({ plan, forecast, schedule, roster }, input.base ?? []);
  if (!changed.ok) return changed;
  const base = changed.value;
  const columns: ComparedColumn[] = [];
  const issues: Issue[] = [];
  const { makeShifts } = input;
  const scenarios = makeShifts === undefined ? input.scenarios : withTheirBase(input.scenarios);
  for (const scenario of [null, ...scenarios]) {
    const madeAnew = makeShifts !== undefined && scenario?.newShifts === true;
    const own = madeAnew ? await withNewShifts(base, scenario, makeShifts) : succeed(base);
    if (!own.ok) return own;
    const prepared = prepareColumn(own.value, scenario, madeAnew);
    if (!prepared.ok) return prepared;
    issues.push(...prepared.issues);
    let column = prepared.value;
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
      total: scenarios.length + 1,
      partial: compareColumns(columns, days),
    });
  }
  return succeed(compareColumns(columns, days), issues);
}

/** By the list of changes: what the same changes make of the same base is the same object, measured once. */
const changedInputs = memoizeByObject(
  (
    changes: readonly Change[],
    plan: ScenarioInputs["plan"],
    forecast: ScenarioInputs["forecast"],
    schedule: ScenarioInputs["schedule"],
    roster: ScenarioInputs["roster"],
    turnedAway: ScenarioInputs["turnedAway"] = [],
    settled: ScenarioInputs["settled"] = [],
    outsourced: ScenarioInputs["outsourced"] = [],
    charges: ScenarioInputs["charges"] = [],
  ) => applyChanges({ plan, forecast, schedule, roster, turnedAway, settled, outsourced, charges }, changes),
);
const noChanges: readonly Change[] = [];

/**
 * Makes the changes and adds up who is there.
 * @param scenario null: the base
 * @param madeAnew the shifts of `base` were made for this scenario
 */
export function prepareColumn(
  base: ScenarioInputs,
  scenario: Scenario | null,
  madeAnew = false,
): Outcome<ComparedColumn> {
  const { plan, forecast, schedule, roster, turnedAway, settled, outsourced, charges } = base;
  const changes = scenario?.changes ?? noChanges;
  const changed = changedInputs(
    changes,
    plan,
    forecast,
    schedule,
    roster,
    turnedAway,
    settled,
    outsourced,
    charges,
  );
  if (!changed.ok) return fail(...changed.issues.map((issue) => named(issue, scenario)));
  const remarks = changed.issues.map((issue) => named(issue, scenario));
  return succeed({ scenario, inputs: changed.value, madeAnew, simulation: null, balance: null }, remarks);
}

function named(issue: Issue, scenario: Scenario | null): Issue {
  return scenario === null ? issue : { ...issue, values: { ...issue.values, scenario: scenario.name } };
}

/**
 * Compares the columns that are there with the first, or with the plan with new shifts where their own were made anew,
 * all by the best method that every column has an answer of.
 */
export function compareColumns(columns: readonly ComparedColumn[], days: DayRange): Comparison {
  const range = intervalsOfDays(columns[0].inputs.forecast.grid, days);
  const simulated = columns.every(({ simulation }) => simulation !== null);
  const method = simulated ? "simulation" : "formula";
  const measured = columns.map((column) => measureColumn(column, days, method));
  const baseAnew = columns.findIndex(({ scenario, madeAnew }) => madeAnew && scenario === planWithNewShifts);
  return {
    method,
    days,
    replications: simulated ? (columns[0].simulation?.replications ?? null) : null,
    seed: columns[0].inputs.plan.seed,
    plans: measured.map((plan, at) => {
      const column = columns[at];
      const { scenario, inputs } = column;
      const base = column.madeAnew ? measured[baseAnew] : measured[0];
      const isBase = base === plan || base === undefined;
      return {
        scenarioId: scenario?.id ?? null,
        name: scenario === null || scenario === planWithNewShifts ? inputs.plan.name : scenario.name,
        state: planningState(column, days),
        queues: plan.queues,
        ledger: plan.ledger,
        recovery:
          scenario === null || isBase
            ? null
            : recoveryOf(
                inputs,
                scenario.changes,
                plan.queues,
                base.queues,
                otherLoss(scenario.changes, columns[0].inputs, range.first, range.end),
                range,
              ),
        scopes: plan.scopes.map((scope) => {
          const from = base?.scopes.find(({ queueId }) => queueId === scope.queueId);
          return {
            queueId: scope.queueId,
            figures: scope.figures,
            withheld: scope.withheld,
            differences: isBase || from === undefined ? null : differencesOf(scope, from),
          };
        }),
      };
    }),
  };
}

/** The plan that a column is held against: as it is, or with new shifts where the column has new shifts. */
export function baseFor({ plans }: Comparison, { state }: ComparedPlan): ComparedPlan {
  const anew = state.madeAnew
    ? plans.find(({ scenarioId }) => scenarioId === planWithNewShifts.id)
    : undefined;
  return anew ?? plans[0];
}

function planningState({ inputs, madeAnew }: ComparedColumn, { first, end }: DayRange): PlanningState {
  const { roster, forecast } = inputs;
  const onDays = (shifts: readonly Shift[]) =>
    shifts.reduce((count, { date }) => {
      const day = dayOfDate(forecast.grid, date);
      return day !== null && day >= first && day < end ? count + 1 : count;
    }, 0);
  return {
    kind: roster === null ? "schedule" : "roster",
    madeAnew,
    shifts: onDays(shiftsAtWork(inputs)),
    openShifts: onDays(roster?.unassigned ?? []),
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

const otherLoss = memoizeByObject(
  (changes: readonly Change[], base: ScenarioInputs, first: number, end: number) =>
    lossWithoutEmergency(base, changes, { first, end }),
);

/** A column is measured once by each method: while one is dragged the others stand. */
function measureColumn(column: ComparedColumn, days: DayRange, method: ComparisonMethod): MeasuredPlan {
  const { inputs, simulation, balance } = column;
  const { first, end } = days;
  if (method === "simulation") return bySimulation(inputs, simulation, balance, first, end);
  return byFormula(inputs, first, end);
}

const byFormula = memoizeByObject((inputs: ScenarioInputs, firstDay: number, endDay: number) =>
  measurePlan(inputs, { simulation: null, balance: null }, firstDay, endDay),
);
const bySimulation = memoizeByObject(
  (
    inputs: ScenarioInputs,
    simulation: ComparedColumn["simulation"],
    balance: ComparedColumn["balance"],
    firstDay: number,
    endDay: number,
  ) => measurePlan(inputs, { simulation, balance }, firstDay, endDay),
);

/** Does the greater part of a column's work before `compareColumns` asks for it. */
export function measureAhead(column: ComparedColumn, days: DayRange): void {
  measureColumn(column, days, "formula");
}
