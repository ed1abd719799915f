import { dayOfDate } from "../domain/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Change, Scenario } from "../domain/scenario.ts";
import type { Schedule } from "../domain/shift.ts";
import type { QueueSimulation, SimulationResult } from "../domain/simulation.ts";
import { paidMinutesOf, wagesOf as wagesOfShifts } from "../domain/wages.ts";
import { simulateContacts } from "../simulating/simulate-contacts.ts";
import { agentBalance } from "./agent-balance.ts";
import { applyChanges, type ScenarioInputs } from "./apply-changes.ts";
import { shiftsAtWork } from "./change-people.ts";
import {
  agentsOfGroups,
  type ExpectedQueue,
  expectedService,
  type FloorInputs,
  type GroupAgents,
  type IntervalRange,
  neededAgents,
  transientService,
} from "./expected-service.ts";
import {
  type Figure,
  type Figures,
  type Measure,
  measures,
  ratioDifference,
  ratioFigure,
  sure,
} from "./figures.ts";
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

/** Makes the changes and adds up who is there. null: the base. */
export function prepareColumn(base: ScenarioInputs, scenario: Scenario | null): Outcome<ComparedColumn> {
  const changed = applyChanges(base, scenario?.changes ?? []);
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

/** Sums behind ratios, kept so that differences can be taken pair by pair. */
type Pairs = Partial<Record<Measure, { above: Float64Array; below: Float64Array }>>;

interface MeasuredScope {
  readonly queueId: string | null;
  readonly figures: Figures;
  readonly pairs: Pairs;
}

interface MeasuredPlan {
  readonly scopes: readonly MeasuredScope[];
  readonly queues: readonly ComparedQueue[];
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

const losses = new WeakMap<
  ComparedColumn,
  { readonly key: string; readonly loss: ReadonlyMap<string, Float64Array> }
>();

function otherLoss(base: ComparedColumn, column: ComparedColumn, range: IntervalRange) {
  const key = `${range.first}/${range.end}`;
  const known = losses.get(column);
  if (known?.key === key) return known.loss;
  const loss = lossWithoutEmergency(base.inputs, column.scenario?.changes ?? [], range);
  losses.set(column, { key, loss });
  return loss;
}

/** A column is measured once: while one is dragged the others stand. */
function remembered(
  column: ComparedColumn,
  days: ComparedDays,
  range: IntervalRange,
  method: ComparisonMethod,
): MeasuredPlan {
  const key = `${days.first}/${days.count}/${method}/${column.balance !== null}`;
  const known = memory.get(column);
  if (known?.key === key) return known.measured;
  const measured = measureColumn(column, days, range, method);
  memory.set(column, { key, measured });
  return measured;
}
const memory = new WeakMap<ComparedColumn, { readonly key: string; readonly measured: MeasuredPlan }>();

function measureColumn(
  column: ComparedColumn,
  days: ComparedDays,
  range: IntervalRange,
  method: ComparisonMethod,
): MeasuredPlan {
  const { inputs, groupAgents } = column;
  const expected =
    (method === "transient" ? column.transient : null) ?? expectedService(inputs, groupAgents, range);
  const needed = neededAgents(inputs, expected, range);
  const simulation = method === "simulation" ? column.simulation : null;
  const hours = inputs.forecast.grid.intervalMinutes / 60;
  const wages = wagesOf(inputs, days);
  const away = turnedAwayOf(inputs, range);
  const scopes: MeasuredScope[] = [];
  const pairsOfQueues = simulation?.queues.map((queue) => pairsOf(queue, inputs)) ?? null;
  for (const queueId of [...expected.map((queue) => queue.queueId), null]) {
    const own = expected.flatMap((queue, at) =>
      queueId === null || queue.queueId === queueId ? [{ queue, needed: needed[at] }] : [],
    );
    const money = queueId === null ? wages : null;
    const staffing = staffingOf(own, range, hours);
    if (simulation === null || pairsOfQueues === null) {
      const service = expectedTotals(
        inputs,
        own.map(({ queue }) => queue),
        range,
      );
      const lost = service.lost + away(queueId);
      const lostValue = lost * (inputs.plan.lostContactValue ?? Number.NaN);
      scopes.push({
        queueId,
        pairs: {},
        figures: formulaFigures({ ...service, lost, lostValue }, staffing, money),
      });
      continue;
    }
    const at = simulation.queues.findIndex((queue) => queue.queueId === queueId);
    const pairs = queueId === null ? sumPairs(pairsOfQueues) : { ...pairsOfQueues[at] };
    const lost = pairs.lost;
    if (lost !== undefined && away(queueId) > 0) {
      pairs.lost = { ...lost, above: lost.above.map((abandoned) => abandoned + away(queueId)) };
    }
    const value = inputs.plan.lostContactValue;
    if (value !== undefined && pairs.lost !== undefined) {
      pairs.lostValue = { ...pairs.lost, above: pairs.lost.above.map((contacts) => contacts * value) };
    }
    const { balance } = column;
    if (queueId === null && balance !== null) {
      pairs.occupancySpread = { above: balance, below: new Float64Array(balance.length).fill(1) };
    }
    const served = pairs.asaSeconds?.below;
    if (money !== null && served !== undefined) {
      pairs.costPerContact = { above: served.map(() => money.cost), below: served };
    }
    const figures = figuresBy((measure) => {
      const pair = pairs[measure];
      return pair === undefined ? staticFigure(measure, staffing, money) : ratioFigure(pair);
    });
    scopes.push({ queueId, pairs, figures });
  }
  return { scopes, queues: expected.map((queue, at) => chartOf(queue, needed[at], simulation, range)) };
}

/** Contacts turned away before they reached a queue (null: any queue), inside the range. */
function turnedAwayOf({ turnedAway = [] }: ScenarioInputs, range: IntervalRange) {
  return (queueId: string | null): number => {
    let contacts = 0;
    for (const away of turnedAway) {
      if (queueId !== null && away.queueId !== queueId) continue;
      for (let index = range.first; index < range.end; index++) contacts += away.contacts[index];
    }
    return contacts;
  };
}

function chartOf(
  expected: ExpectedQueue,
  needed: Float64Array | null,
  simulation: SimulationResult | null,
  range: IntervalRange,
): ComparedQueue {
  const { queueId, offered, agents } = expected;
  const simulated = simulation?.queues.find((queue) => queue.queueId === queueId)?.intervals;
  const serviceLevel = new Float64Array(offered.length).fill(Number.NaN);
  const halfWidth = simulated === undefined ? null : serviceLevel.slice();
  for (let index = range.first; index < range.end; index++) {
    if (offered[index] === 0) continue;
    if (simulation === null || simulated === undefined) serviceLevel[index] = expected.serviceLevel[index];
    else {
      const at = index - simulation.firstInterval;
      if (simulated.offered.mean[at] === 0) continue;
      serviceLevel[index] = simulated.serviceLevel.mean[at];
      if (halfWidth !== null) halfWidth[index] = simulated.serviceLevel.halfWidth[at];
    }
  }
  return { queueId, offered, agents, needed, serviceLevel, serviceLevelHalfWidth: halfWidth };
}

function formulaFigures(
  service: ReturnType<typeof expectedTotals> & { readonly lostValue: number },
  staffing: StaffingHours | null,
  money: Wages | null,
): Figures {
  return figuresBy((measure) => {
    switch (measure) {
      case "missRisk":
      case "occupancySpread":
        return null;
      case "costPerContact":
        return money === null ? null : sure(money.cost / service.answered);
      case "offered":
      case "serviceLevel":
      case "asaSeconds":
      case "abandonmentRate":
      case "lost":
      case "lostValue":
      case "occupancy":
        return sure(service[measure]);
      default:
        return staticFigure(measure, staffing, money);
    }
  });
}

interface StaffingHours {
  readonly needed: number;
  readonly short: number;
}

interface Wages {
  readonly paidHours: number;
  readonly cost: number;
}

function staticFigure(measure: Measure, staffing: StaffingHours | null, money: Wages | null): Figure | null {
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

/** null as soon as one queue's goal is out of reach. */
function staffingOf(
  queues: readonly { readonly queue: ExpectedQueue; readonly needed: Float64Array | null }[],
  range: IntervalRange,
  hours: number,
): StaffingHours | null {
  let needed = 0;
  let short = 0;
  for (const own of queues) {
    if (own.needed === null) return null;
    for (let index = range.first; index < range.end; index++) {
      needed += own.needed[index];
      short += Math.max(0, own.needed[index] - own.queue.agents[index]);
    }
  }
  return { needed: needed * hours, short: short * hours };
}

/** Paid hours and wages of the shifts that start on the compared days. */
function wagesOf(inputs: ScenarioInputs, days: ComparedDays): Wages {
  const { grid } = inputs.forecast;
  const shifts = shiftsAtWork(inputs).filter((shift) => {
    const day = dayOfDate(grid, shift.date);
    return day !== null && day >= days.first && day < days.first + days.count;
  });
  const { templates, scheduling } = inputs.plan;
  return {
    paidHours: shifts.reduce((sum, shift) => sum + paidMinutesOf(shift), 0) / 60,
    cost: wagesOfShifts(grid, templates, scheduling.premiums ?? [], shifts),
  };
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
    const rule =
      inputs.plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevelRule ?? "offered";
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
    serviceLevel: {
      above: total(replicationDays.answeredInTime),
      below: total(replicationDays.serviceLevelBase),
    },
    asaSeconds: { above: total(replicationDays.waitSeconds), below: total(replicationDays.answered) },
    abandonmentRate: { above: abandoned, below: offered },
    lost: { above: abandoned, below: one },
    occupancy: {
      above: total(replicationDays.handlingSeconds),
      below: total(replicationDays.onQueueSeconds),
    },
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
    const counts = measure === "offered" || measure === "lost" || measure === "lostValue";
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
