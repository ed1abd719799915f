import { dayOfDate } from "../domain/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Scenario } from "../domain/scenario.ts";
import type { QueueSimulation, SimulationResult } from "../domain/simulation.ts";
import { simulateContacts } from "../simulating/simulate-contacts.ts";
import { applyChanges, type ScenarioInputs } from "./apply-changes.ts";
import { shiftsAtWork } from "./change-people.ts";
import {
  agentsOfGroups,
  type ExpectedQueue,
  expectedService,
  type GroupAgents,
  type IntervalRange,
  neededHours,
} from "./expected-service.ts";
import { type Figure, type Figures, type Measure, measures, ratioDifference, ratioFigure, sure } from "./figures.ts";

/** Days of the plan's grid that are compared. */
export interface ComparedDays {
  readonly first: number;
  readonly count: number;
}

export interface CompareInput extends ScenarioInputs {
  readonly scenarios: readonly Scenario[];
  /** Left out: the whole plan. */
  readonly days?: ComparedDays;
  /** `stationary`: formulas, at once. `simulation`: the plan's replications on the same customers. */
  readonly method: "stationary" | "simulation";
  readonly replications?: number;
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
  /** Service level per interval of the grid, NaN where nobody came or nothing was compared; for the chart. */
  readonly serviceLevel: readonly { readonly queueId: string; readonly series: Float64Array }[];
}

export interface Comparison {
  readonly method: "stationary" | "simulation";
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
  const columns: ComparedColumn[] = [];
  const issues: Issue[] = [];
  for (const scenario of [null, ...input.scenarios]) {
    const prepared = prepareColumn(input, scenario);
    if (!prepared.ok) return prepared;
    let column = prepared.value;
    if (input.method === "simulation") {
      const simulated = await simulateContacts({
        ...column.inputs,
        days,
        replications: input.replications,
      });
      if (!simulated.ok) return fail(...simulated.issues.map((issue) => named(issue, scenario)));
      if (scenario === null) issues.push(...simulated.issues);
      column = { ...column, simulation: simulated.value };
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
  /** null: not simulated (yet); the formulas answer. */
  readonly simulation: SimulationResult | null;
}

/** Makes the changes and adds up who is there. null: the base. */
export function prepareColumn(base: ScenarioInputs, scenario: Scenario | null): Outcome<ComparedColumn> {
  const { plan, forecast, schedule, roster } = base;
  const changed = applyChanges({ plan, forecast, schedule, roster }, scenario?.changes ?? []);
  if (!changed.ok) return fail(...changed.issues.map((issue) => named(issue, scenario)));
  const inputs = changed.value;
  return succeed({ scenario, inputs, groupAgents: agentsOfGroups(inputs), simulation: null });
}

function named(issue: Issue, scenario: Scenario | null): Issue {
  return scenario === null ? issue : { ...issue, values: { ...issue.values, scenario: scenario.name } };
}

/** Compares the columns that are there with the first. All are simulated, or all are answered by formulas. */
export function compareColumns(columns: readonly ComparedColumn[], days: ComparedDays): Comparison {
  const { grid } = columns[0].inputs.forecast;
  const range = { first: grid.dayOffsets[days.first], end: grid.dayOffsets[days.first + days.count] };
  const simulated = columns.every(({ simulation }) => simulation !== null);
  const measured = columns.map((column) => measureColumn(column, days, range, simulated));
  return {
    method: simulated ? "simulation" : "stationary",
    days,
    replications: simulated ? (columns[0].simulation?.replications ?? null) : null,
    seed: columns[0].inputs.plan.seed,
    plans: measured.map((plan, at) => ({
      scenarioId: columns[at].scenario?.id ?? null,
      name: columns[at].scenario?.name ?? columns[at].inputs.plan.name,
      serviceLevel: plan.serviceLevel,
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

/** Sums behind ratios, kept so that differences can be taken pair by pair. */
type Pairs = Partial<Record<Measure, { above: Float64Array; below: Float64Array }>>;

interface MeasuredScope {
  readonly queueId: string | null;
  readonly figures: Figures;
  readonly pairs: Pairs;
}

interface MeasuredPlan {
  readonly scopes: readonly MeasuredScope[];
  readonly serviceLevel: ComparedPlan["serviceLevel"];
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

function figuresBy(figure: (measure: Measure) => Figure | null): Figures {
  return Object.fromEntries(measures.map((measure) => [measure, figure(measure)])) as unknown as Figures;
}

function measureColumn(
  column: ComparedColumn,
  days: ComparedDays,
  range: IntervalRange,
  simulated: boolean,
): MeasuredPlan {
  const { inputs, groupAgents, simulation } = column;
  const expected = expectedService(inputs, groupAgents, range);
  const hours = neededHours(inputs, expected, range);
  const wages = wagesOf(inputs, days);
  if (simulated && simulation !== null) {
    const service = simulation.queues.map((queue) => ({ queueId: queue.queueId, pairs: pairsOf(queue, inputs) }));
    const scopes = [...service, { queueId: null, pairs: sumPairs(service.map(({ pairs }) => pairs)) }];
    return {
      scopes: scopes.map((scope) => {
        const staffing = hoursOf(scope.queueId, expected, hours);
        const money = scope.queueId === null ? wages : null;
        const served = scope.pairs.asaSeconds?.below;
        const pairs: Pairs = { ...scope.pairs };
        if (money !== null && served !== undefined) {
          pairs.costPerContact = { above: served.map(() => money.cost), below: served };
        }
        return {
          queueId: scope.queueId,
          pairs,
          figures: figuresBy((measure) => {
            const pair = pairs[measure];
            return pair === undefined ? staticFigure(measure, staffing, money) : ratioFigure(pair);
          }),
        };
      }),
      serviceLevel: simulation.queues.map((queue) => ({
        queueId: queue.queueId,
        series: spread(simulation, queue, range, inputs.forecast.queues[0]?.offered.length ?? 0),
      })),
    };
  }
  const scopes = expected.map(({ queueId }) => queueId as string | null).concat(null);
  return {
    scopes: scopes.map((queueId) => {
      const money = queueId === null ? wages : null;
      const service = expectedTotals(
        inputs,
        expected.filter((queue) => queueId === null || queue.queueId === queueId),
        range,
      );
      const staffing = hoursOf(queueId, expected, hours);
      return {
        queueId,
        pairs: {},
        figures: figuresBy((measure) => {
          if (measure === "missRisk") return null;
          if (measure === "costPerContact") return money === null ? null : sure(money.cost / service.answered);
          if (measure in service) return sure(service[measure as keyof typeof service]);
          return staticFigure(measure, staffing, money);
        }),
      };
    }),
    serviceLevel: expected.map(({ queueId, serviceLevel, offered }) => ({
      queueId,
      series: serviceLevel.map((value, index) => (offered[index] > 0 ? value : Number.NaN)),
    })),
  };
}

function staticFigure(
  measure: Measure,
  staffing: { readonly needed: number; readonly short: number } | null,
  money: { readonly paidHours: number; readonly cost: number } | null,
): Figure | null {
  switch (measure) {
    case "hoursNeeded":
      return staffing === null ? null : sure(staffing.needed);
    case "hoursShort":
      return staffing === null ? null : sure(staffing.short);
    case "paidHours":
      return money === null ? null : sure(money.paidHours);
    case "cost":
      return money === null ? null : sure(money.cost);
    default:
      return null;
  }
}

function hoursOf(
  queueId: string | null,
  expected: readonly ExpectedQueue[],
  hours: ReturnType<typeof neededHours>,
): { needed: number; short: number } | null {
  let needed = 0;
  let short = 0;
  for (const [at, queue] of expected.entries()) {
    if (queueId !== null && queue.queueId !== queueId) continue;
    const own = hours[at];
    if (own === null) return null;
    needed += own.needed;
    short += own.short;
  }
  return { needed, short };
}

/** Paid hours and wages of the shifts that start on the compared days. */
function wagesOf(inputs: ScenarioInputs, days: ComparedDays): { paidHours: number; cost: number } {
  const { grid } = inputs.forecast;
  const priceOf = new Map(inputs.plan.templates.map(({ id, costPerHour }) => [id, costPerHour]));
  let paidMinutes = 0;
  let cost = 0;
  for (const shift of shiftsAtWork(inputs)) {
    const day = dayOfDate(grid, shift.date);
    if (day === null || day < days.first || day >= days.first + days.count) continue;
    let minutes = 0;
    for (const activity of shift.activities) if (activity.paid) minutes += activity.endMinute - activity.startMinute;
    paidMinutes += minutes;
    cost += (minutes / 60) * (priceOf.get(shift.templateId) ?? 0);
  }
  return { paidHours: paidMinutes / 60, cost };
}

/** Totals of the formulas, intervals weighted by their contacts (occupancy by agents). */
function expectedTotals(inputs: ScenarioInputs, queues: readonly ExpectedQueue[], range: IntervalRange) {
  let offered = 0;
  let answered = 0;
  let inTime = 0;
  let base = 0;
  let waited = 0;
  let busy = 0;
  let agents = 0;
  for (const queue of queues) {
    const rule = inputs.plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevelRule ?? "offered";
    for (let index = range.first; index < range.end; index++) {
      const contacts = queue.offered[index];
      if (contacts === 0) continue;
      const served = contacts * (1 - queue.abandonmentRate[index]);
      const counted = rule === "answered" ? served : contacts;
      offered += contacts;
      answered += served;
      base += counted;
      inTime += counted * queue.serviceLevel[index];
      if (served > 0) waited += served * queue.asaSeconds[index];
      busy += queue.agents[index] * queue.occupancy[index];
      agents += queue.agents[index];
    }
  }
  return {
    offered,
    answered,
    serviceLevel: inTime / base,
    asaSeconds: waited / answered,
    abandonmentRate: (offered - answered) / offered,
    lost: offered - answered,
    occupancy: busy / agents,
  };
}

/** Per replication, summed over the simulated days. */
function pairsOf(queue: QueueSimulation, inputs: ScenarioInputs): Pairs {
  const { replicationDays } = queue;
  const { dayCount } = replicationDays;
  const replications = replicationDays.offered.length / dayCount;
  const total = (series: Float64Array) => {
    const sums = new Float64Array(replications);
    for (let at = 0; at < series.length; at++) sums[Math.floor(at / dayCount)] += series[at];
    return sums;
  };
  const one = new Float64Array(replications).fill(1);
  const offered = total(replicationDays.offered);
  const abandoned = total(replicationDays.abandoned);
  const pairs: Pairs = {
    offered: { above: offered, below: one },
    serviceLevel: { above: total(replicationDays.answeredInTime), below: total(replicationDays.serviceLevelBase) },
    asaSeconds: { above: total(replicationDays.waitSeconds), below: total(replicationDays.answered) },
    abandonmentRate: { above: abandoned, below: offered },
    lost: { above: abandoned, below: one },
    occupancy: { above: total(replicationDays.handlingSeconds), below: total(replicationDays.onQueueSeconds) },
  };
  const goal = inputs.plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevel ?? null;
  if (goal !== null) {
    const missed = new Float64Array(replications);
    const open = new Float64Array(replications);
    for (let at = 0; at < replicationDays.offered.length; at++) {
      const base = replicationDays.serviceLevelBase[at];
      if (base === 0) continue;
      const replication = Math.floor(at / dayCount);
      open[replication]++;
      if (replicationDays.answeredInTime[at] < goal * base) missed[replication]++;
    }
    pairs.missRisk = { above: missed, below: open };
  }
  return pairs;
}

/** All queues together: sums above and below added up. */
function sumPairs(queues: readonly Pairs[]): Pairs {
  const sums: Pairs = {};
  for (const measure of measures) {
    const present = queues.flatMap((pairs) => pairs[measure] ?? []);
    if (present.length === 0) continue;
    const counts = measure === "offered" || measure === "lost";
    sums[measure] = {
      above: addUp(present.map(({ above }) => above)),
      below: counts ? present[0].below : addUp(present.map(({ below }) => below)),
    };
  }
  return sums;
}

function addUp(seriesList: readonly Float64Array[]): Float64Array {
  const sums = seriesList[0].slice();
  for (const series of seriesList.slice(1)) for (let at = 0; at < sums.length; at++) sums[at] += series[at];
  return sums;
}

/** A simulated series laid out on the plan's grid. */
function spread(
  simulation: SimulationResult,
  queue: QueueSimulation,
  range: IntervalRange,
  count: number,
): Float64Array {
  const series = new Float64Array(count).fill(Number.NaN);
  const { serviceLevel, offered } = queue.intervals;
  for (let index = range.first; index < range.end; index++) {
    const at = index - simulation.firstInterval;
    if (offered.mean[at] > 0) series[index] = serviceLevel.mean[at];
  }
  return series;
}
