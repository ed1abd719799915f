import { intervalCount, sameGrid } from "../../domain/calendar/interval-grid.ts";
import { type DayRange, type IntervalRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Plan, PlanDocument } from "../../domain/plan/plan.ts";
import type { QueueSimulation, SimulationResult } from "../../domain/results/simulation.ts";
import { spanSums } from "../../simulating/measure/day-figures.ts";
import { type ExpectedQueue, expectedService } from "../../staffing/expected-service.ts";
import type { Withheld } from "../../staffing/formula-limits.ts";
import type { QueueContacts, ScenarioInputs } from "../changes/scenario-inputs.ts";
import {
  type LedgerItem,
  moneyLedger,
  onceCostIn,
  otherCostIn,
  penaltiesIn,
  wagesIn,
} from "../money-ledger.ts";
import type { ComparedColumn, ComparedQueue } from "./comparison.ts";
import { agentsOnQueue, neededAgents, shortByGoal } from "./expected-service.ts";
import { type Figure, type Figures, type Measure, measures, ratioFigure, sure } from "./figures.ts";

/** Sums behind ratios, kept so that differences can be taken pair by pair. */
export type Pairs = Partial<Record<Measure, { above: Float64Array; below: Float64Array }>>;

export interface MeasuredScope {
  readonly queueId: string | null;
  readonly figures: Figures;
  readonly withheld: Withheld | null;
  readonly pairs: Pairs;
}

export interface MeasuredPlan {
  readonly scopes: readonly MeasuredScope[];
  readonly ledger: readonly LedgerItem[];
  readonly queues: readonly ComparedQueue[];
}

/** What a plan was measured by; null: not by this. */
export type PlanAnswers = Pick<ComparedColumn, "simulation" | "balance">;

/** Every measure once. */
export function figuresBy(figure: (measure: Measure) => Figure | null): Figures {
  return Object.fromEntries(measures.map((measure) => [measure, figure(measure)])) as unknown as Figures;
}

/** By inputs, whatever the method: the formula is most of the work, and the simulation's charts read it as well. */
export const serviceOfInputs = memoizeByObject((inputs: ScenarioInputs, first: number, end: number) =>
  expectedService(inputs.plan, inputs.forecast, agentsOnQueue(inputs), { first, end }),
);
const shortOf = memoizeByObject((inputs: ScenarioInputs, first: number, end: number) =>
  shortByGoal(inputs, serviceOfInputs(inputs, first, end), needsOfGoals(inputs, first, end), { first, end }),
);

/** What is to be expected of a plan's results: of its roster, or of its schedule where there is none; nothing without shifts. */
export function serviceOfResults({
  plan,
  results,
}: Pick<PlanDocument, "plan" | "results">): readonly ExpectedQueue[] {
  const { forecast, schedule, roster } = results;
  const shifts = roster ?? schedule;
  if (forecast === null || shifts === null || !sameGrid(shifts.value.grid, forecast.value.grid)) return [];
  const inputs = {
    plan,
    forecast: forecast.value,
    schedule: schedule?.value ?? null,
    roster: roster?.value ?? null,
  };
  return serviceOfInputs(inputs, 0, intervalCount(forecast.value.grid));
}

const needsOfGoals = memoizeByObject((inputs: ScenarioInputs, first: number, end: number) =>
  neededAgents(inputs, serviceOfInputs(inputs, first, end), { first, end }),
);

/**
 * All figures of a plan on days [firstDay, endDay), by the simulation where there is one, or else by formula.
 */
export function measurePlan(
  inputs: ScenarioInputs,
  { simulation, balance }: PlanAnswers,
  firstDay: number,
  endDay: number,
): MeasuredPlan {
  const { grid } = inputs.forecast;
  const range = intervalsOfDays(grid, { first: firstDay, end: endDay });
  const expected = serviceOfInputs(inputs, range.first, range.end);
  const needed = needsOfGoals(inputs, range.first, range.end);
  const hours = grid.intervalMinutes / 60;
  const away = contactsIn(inputs.turnedAway, range);
  const settledBy = contactsIn(inputs.settled, range);
  const outsourcedBy = contactsIn(inputs.outsourced, range);
  const scopes: MeasuredScope[] = [];
  const pairsOfQueues = simulation?.queues.map((queue) => pairsOf(queue, inputs)) ?? null;
  const lost = lostPerReplication(inputs, expected, pairsOfQueues, range, away(null));
  const ledger = moneyLedger({ inputs, days: { first: firstDay, end: endDay }, simulation, lost });
  const paidHours = ledger
    .filter(({ kind }) => kind === "wages" || kind === "trainingWages")
    .reduce((sum, { quantity }) => sum + quantity[0], 0);
  for (const queueId of [...expected.map((queue) => queue.queueId), null]) {
    const own = expected.flatMap((queue, at) =>
      queueId === null || queue.queueId === queueId ? [{ queue, needed: needed[at] }] : [],
    );
    const money = queueId === null ? moneyOf(ledger, paidHours) : null;
    const staffing = staffingOf(own, range, hours);
    if (simulation === null || pairsOfQueues === null) {
      const service = expectedTotals(
        inputs,
        own.map(({ queue }) => queue),
        range,
      );
      const lost = service.lost + away(queueId);
      const settled = settledBy(queueId);
      const outsourced = outsourcedBy(queueId);
      const handled = service.answered + settled + outsourced;
      const { lostContactValue } = inputs.plan;
      const lostValue = lostContactValue === undefined ? null : lost * lostContactValue;
      scopes.push({
        queueId,
        pairs: {},
        withheld: own.find(({ queue }) => queue.withheld !== null)?.queue.withheld ?? null,
        figures: formulaFigures(
          { ...service, handled, settled, outsourced, lost, lostValue },
          staffing,
          money,
        ),
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
    if (queueId === null && balance !== null) {
      const { spread, overrunHours } = balance;
      const below = new Float64Array(overrunHours.length).fill(1);
      if (spread !== null) pairs.occupancySpread = { above: spread, below };
      pairs.overrunHours = { above: overrunHours, below };
      if (money !== null && money.paidHours > 0) {
        const perHour = money.cost / money.paidHours;
        pairs.overrunCost = { above: overrunHours.map((hours) => hours * perHour), below };
      }
    }
    const settled = settledBy(queueId);
    const outsourced = outsourcedBy(queueId);
    const agentsHandled = pairs.handled;
    if (agentsHandled !== undefined) {
      const handled = agentsHandled.above.map((contacts) => contacts + settled + outsourced);
      pairs.handled = { above: handled, below: agentsHandled.below };
      pairs.settled = { above: handled.map(() => settled), below: agentsHandled.below };
      pairs.outsourced = { above: handled.map(() => outsourced), below: agentsHandled.below };
      if (money !== null) Object.assign(pairs, moneyPairs(money, handled, agentsHandled.below));
    }
    const figures = figuresBy((measure) => {
      const pair = pairs[measure];
      return pair === undefined ? staticFigure(measure, staffing, money) : ratioFigure(pair);
    });
    scopes.push({ queueId, pairs, figures, withheld: null });
  }
  return {
    scopes,
    ledger,
    queues: expected.map((queue, at) => ({
      ...chartOf(queue, needed[at], simulation, range),
      shortFor: shortOf(inputs, range.first, range.end)[at],
    })),
  };
}

/** Contacts lost over all queues, turned away ones included; null: the formula does not answer. */
function lostPerReplication(
  inputs: ScenarioInputs,
  expected: readonly ExpectedQueue[],
  pairs: readonly Pairs[] | null,
  range: IntervalRange,
  away: number,
): Float64Array | null {
  if (pairs === null) {
    const { lost } = expectedTotals(inputs, expected, range);
    return Number.isNaN(lost) ? null : Float64Array.of(lost + away);
  }
  return addUp(pairs.flatMap(({ lost }) => lost?.above ?? [])).map((contacts) => contacts + away);
}

/** Running costs per contact handled, and penalties with what they make of costs in all where chance decides. */
function moneyPairs(money: Wages, handled: Float64Array, below: Float64Array): Pairs {
  const { penalties } = money;
  const running = runningCost(money);
  const pairs: Pairs = {};
  if (running !== null) pairs.costPerContact = { above: handled.map(() => running), below: handled };
  if (penalties === null || penalties.length === 1) return pairs;
  pairs.penalties = { above: penalties, below };
  const certain = certainCost(money);
  if (certain !== null) pairs.totalCost = { above: penalties.map((paid) => paid + certain), below };
  return pairs;
}

/** Wages and what changes cost day by day; null: a price is missing. */
function runningCost({ cost, otherCost }: Wages): number | null {
  return otherCost === null ? null : cost + otherCost;
}

/** All that is paid whatever service turns out to be; null: a price is missing. */
function certainCost(money: Wages): number | null {
  const running = runningCost(money);
  return running === null || money.onceCost === null ? null : running + money.onceCost;
}

function moneyOf(ledger: readonly LedgerItem[], paidHours: number): Wages {
  return {
    paidHours,
    cost: wagesIn(ledger),
    otherCost: otherCostIn(ledger),
    onceCost: onceCostIn(ledger),
    penalties: penaltiesIn(ledger),
  };
}

/** Contacts of a list inside the range, of a queue or of any (null). */
function contactsIn(list: readonly QueueContacts[] = [], range: IntervalRange) {
  return (queueId: string | null): number => {
    let total = 0;
    for (const queue of list) {
      if (queueId !== null && queue.queueId !== queueId) continue;
      for (let index = range.first; index < range.end; index++) total += queue.contacts[index];
    }
    return total;
  };
}

function chartOf(
  expected: ExpectedQueue,
  needed: Float64Array | null,
  simulation: SimulationResult | null,
  range: IntervalRange,
): Omit<ComparedQueue, "shortFor"> {
  const { queueId, offered, agents } = expected;
  const simulated = simulation?.queues.find((queue) => queue.queueId === queueId)?.intervals;
  const serviceLevel: (number | null)[] = new Array(offered.length).fill(null);
  const halfWidth = simulated === undefined ? null : serviceLevel.slice();
  for (let index = range.first; index < range.end; index++) {
    if (offered[index] === 0) continue;
    if (simulation === null || simulated === undefined) {
      if (expected.withheld === null) serviceLevel[index] = expected.serviceLevel[index];
    } else {
      const at = index - simulation.firstInterval;
      if (simulated.offered.mean[at] === 0) continue;
      serviceLevel[index] = simulated.serviceLevel.mean[at];
      if (halfWidth !== null) halfWidth[index] = simulated.serviceLevel.halfWidth[at];
    }
  }
  return { queueId, offered, agents, needed, serviceLevel, serviceLevelHalfWidth: halfWidth };
}

function formulaFigures(
  service: ReturnType<typeof expectedTotals> & {
    readonly handled: number;
    readonly settled: number;
    readonly outsourced: number;
    readonly lostValue: number | null;
  },
  staffing: StaffingHours | null,
  money: Wages | null,
): Figures {
  return figuresBy((measure) => {
    switch (measure) {
      case "missRisk":
      case "occupancySpread":
      case "overrunHours":
      case "overrunCost":
        return null;
      case "costPerContact": {
        const running = money === null ? null : runningCost(money);
        return running === null ? null : sure(running / service.handled);
      }
      // The formula knows of no callbacks.
      case "calledBack":
        return null;
      case "offered":
      case "handled":
      case "settled":
      case "outsourced":
      case "serviceLevel":
      case "asaSeconds":
      case "abandonmentRate":
      case "lost":
      case "occupancy":
        return sure(service[measure]);
      case "lostValue":
        return service.lostValue === null ? null : sure(service.lostValue);
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
  /** null: a price is missing. */
  readonly otherCost: number | null;
  readonly onceCost: number | null;
  /** Per replication; null: not simulated. */
  readonly penalties: Float64Array | null;
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
    case "otherCost":
      return money?.otherCost == null ? null : sure(money.otherCost);
    case "onceCost":
      return money?.onceCost == null ? null : sure(money.onceCost);
    case "penalties":
      return money?.penalties == null ? null : sure(money.penalties[0]);
    case "totalCost": {
      const certain = money === null ? null : certainCost(money);
      return certain === null || money?.penalties == null ? null : sure(certain + money.penalties[0]);
    }
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

/** As much of inputs as says by which rule and goal a queue is judged. */
interface OfQueues {
  readonly plan: Pick<Plan, "queues">;
}

/** What is expected of a queue, per interval: as required, or as the expected service has it. */
type JudgedQueue = Omit<ExpectedQueue, "withheld" | "onQueue" | "finishing" | "counted" | "inTime"> &
  Partial<Pick<ExpectedQueue, "withheld" | "onQueue" | "counted">>;

/**
 * Totals of the formula, intervals weighted by the contacts that count, occupancy by the agents there, whether anybody
 * calls or not. NaN is what the formula does not answer: of one queue withheld, or where nobody comes.
 *
 * @param withheldToo also what would be withheld, as a guess to search by
 */
export function expectedTotals(
  inputs: OfQueues,
  queues: readonly JudgedQueue[],
  range: IntervalRange,
  withheldToo = false,
) {
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
      const there = queue.onQueue ?? queue.agents;
      busy += there[index] * queue.occupancy[index];
      agents += there[index];
      const contacts = queue.offered[index];
      if (contacts === 0) continue;
      const served = contacts * (1 - queue.abandonmentRate[index]);
      const counted = queue.counted?.[index] ?? (rule === "answered" ? served : contacts);
      offered += contacts;
      answered += served;
      base += counted;
      inTime += counted * queue.serviceLevel[index];
      if (served > 0 && queue.asaSeconds[index] < Infinity) waited += served * queue.asaSeconds[index];
    }
  }
  const isWithheld = !withheldToo && queues.some(({ withheld }) => withheld != null);
  const answer = (value: number) => (isWithheld ? Number.NaN : value);
  return {
    offered,
    answered: answer(answered),
    serviceLevel: answer(inTime / base),
    asaSeconds: answer(waited / answered),
    abandonmentRate: answer((offered - answered) / offered),
    lost: answer(offered - answered),
    occupancy: answer(busy / agents),
  };
}

/** Per replication, summed over the simulated days, or over some of them (half-open, counted from the first). */
export function pairsOf(
  queue: QueueSimulation,
  { plan }: OfQueues,
  days: DayRange = { first: 0, end: queue.replicationDays.dayCount },
): Pairs {
  const { replicationDays } = queue;
  const { dayCount } = replicationDays;
  const replications = replicationDays.offered.length / dayCount;
  const total = (series: Float64Array | undefined) =>
    series === undefined
      ? new Float64Array(replications)
      : spanSums(series, dayCount, days.first, days.end - days.first);
  const one = new Float64Array(replications).fill(1);
  const offered = total(replicationDays.offered);
  const answered = total(replicationDays.answered);
  const abandoned = total(replicationDays.abandoned);
  const calledBack = total(replicationDays.calledBack);
  const blocked = total(replicationDays.blocked);
  const pairs: Pairs = {
    offered: { above: offered, below: one },
    handled: { above: answered.map((contacts, k) => contacts + calledBack[k]), below: one },
    calledBack: { above: calledBack, below: one },
    serviceLevel: {
      above: total(replicationDays.answeredInTime),
      below: total(replicationDays.serviceLevelBase),
    },
    asaSeconds: { above: total(replicationDays.waitSeconds), below: answered },
    abandonmentRate: { above: abandoned, below: offered },
    lost: { above: abandoned.map((contacts, k) => contacts + blocked[k]), below: one },
    occupancy: {
      above: total(replicationDays.handlingSeconds),
      below: total(replicationDays.onQueueSeconds),
    },
  };
  const goal = plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevel ?? null;
  if (goal !== null) {
    const missed = new Float64Array(replications);
    const open = new Float64Array(replications);
    for (let at = 0; at < replicationDays.offered.length; at++) {
      const base = replicationDays.serviceLevelBase[at];
      const day = at % dayCount;
      if (base === 0 || day < days.first || day >= days.end) continue;
      const replication = Math.floor(at / dayCount);
      open[replication]++;
      if (replicationDays.answeredInTime[at] < goal * base) missed[replication]++;
    }
    pairs.missRisk = { above: missed, below: open };
  }
  return pairs;
}

/** All queues together: sums above and below added up, replication by replication. */
export function sumPairs(queues: readonly Pairs[]): Pairs {
  const sums: Pairs = {};
  for (const measure of measures) {
    const present = queues.flatMap((pairs) => pairs[measure] ?? []);
    if (present.length === 0) continue;
    const counts = counted.has(measure);
    sums[measure] = {
      above: addUp(present.map(({ above }) => above)),
      below: counts ? present[0].below : addUp(present.map(({ below }) => below)),
    };
  }
  return sums;
}

/** Numbers of contacts or money per replication, not ratios. */
const counted: ReadonlySet<Measure> = new Set([
  "offered",
  "handled",
  "calledBack",
  "settled",
  "outsourced",
  "lost",
  "lostValue",
]);

function addUp(seriesList: readonly Float64Array[]): Float64Array {
  const sums = seriesList[0].slice();
  for (const series of seriesList.slice(1)) for (let at = 0; at < sums.length; at++) sums[at] += series[at];
  return sums;
}
