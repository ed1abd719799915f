import type { ShiftBlock, ShiftsInput } from "../scheduling/problem/shift-block.ts";
import type { JudgedPlan, ServiceCounts } from "./count-service.ts";
import {
  type MarginalService,
  normalDensity,
  probitOf,
  type SlopeTerms,
  slopesOf,
} from "./marginal-service.ts";
import type { ModelledSpan, ModelledTarget } from "./service-model.ts";
import { achievedOf, meanOf, partsOf, type ServiceTarget } from "./service-targets.ts";

/** What the targets of a plan are modelled with. */
export interface TargetTerms extends SlopeTerms {
  readonly targets: readonly ServiceTarget[];
  /** How far each target's goal is raised, because fresh customers missed it, as a share. */
  readonly raised: readonly number[];
  readonly shifts: Pick<ShiftsInput, "groups" | "templates">;
}

/** What the rounds have learnt of a target. */
export interface TargetState {
  /** What a unit of it is worth, in the plan's currency; 0: not known yet. */
  price: number;
  /** What the goal is raised by, since the model promises too much, as a share. */
  margin: number;
  /** What the model said it would be missed by, as a share; null: nothing yet. */
  predicted: number | null;
}

/** A target in a block, and how many units there are that a share of it is of. */
export type BlockTarget = ModelledTarget & { readonly units: number };

/** How the goals of a model are held. */
export interface Holding {
  readonly states: readonly TargetState[];
  readonly marginal: MarginalService;
  /** At which the targets stand. */
  readonly counts: ServiceCounts;
  /** What goals are raised by, beside what each target has learnt. */
  readonly nudge: number;
  /** Goals have a price that rises with what is missed; else they are held firmly. */
  readonly isExploring: boolean;
}

/** A missed share at which the price of a unit has doubled, while exploring and when goals are held firmly. */
const softShare = 0.02;
const firmShare = softShare / 32;

/** Least price of a unit, as a share of that at which an agent is just worth the pay. */
const leastPriceShare = 0.02;

const secondsPerHour = 3600;

export function targetTermsOf(
  { plan, forecast }: JudgedPlan,
  shifts: TargetTerms["shifts"],
  slotMinutes: number,
  { targets, raised }: Pick<TargetTerms, "targets" | "raised">,
): TargetTerms {
  const { intervalMinutes } = forecast.grid;
  const queueCount = plan.queues.length;
  const length = forecast.queues[0]?.offered.length ?? 0;
  const load = new Float64Array(length * queueCount);
  for (const [q, { id }] of plan.queues.entries()) {
    const demand = forecast.queues.find(({ queueId }) => queueId === id);
    for (let interval = 0; interval < length; interval++)
      load[interval * queueCount + q] =
        ((demand?.offered[interval] ?? 0) * (demand?.ahtSeconds[interval] ?? 0)) / (60 * intervalMinutes);
  }
  return {
    targets,
    raised,
    shifts,
    queueCount,
    slotsPerInterval: intervalMinutes / slotMinutes,
    load,
    serves: (group, queue) => {
      const { queueIds, overflow = [] } = plan.groups[group];
      const { id } = plan.queues[queue];
      return queueIds.includes(id) || overflow.some(({ queueId }) => queueId === id);
    },
  };
}

/** Whether some of the target's span lies in the block. */
export function touches(
  { firstInterval, endInterval }: ServiceTarget,
  { firstSlot, slotCount }: Pick<ShiftBlock, "firstSlot" | "slotCount">,
  { slotsPerInterval }: Pick<TargetTerms, "slotsPerInterval">,
): boolean {
  return (
    firstInterval * slotsPerInterval < firstSlot + slotCount && endInterval * slotsPerInterval > firstSlot
  );
}

/** What a missed share of a target is multiplied with: contacts, or for an occupancy agent-hours on queue. */
export function unitsOf(
  { kind, queue, firstInterval, endInterval }: ServiceTarget,
  counts: ServiceCounts,
  queueCount: number,
): number {
  const [, below] = partsOf(kind, counts);
  let sum = 0;
  for (let interval = firstInterval; interval < endInterval; interval++)
    sum += below[interval * queueCount + queue];
  return sum / counts.replications / (kind === "occupancy" ? secondsPerHour : 1);
}

/** Those of the targets `of` that touch a block, as its model holds them; a price that is not known yet becomes so. */
export function targetsInBlock(
  terms: TargetTerms,
  block: ModelledSpan,
  of: readonly number[],
  holding: Holding,
): { readonly own: readonly number[]; readonly modelled: readonly BlockTarget[] } {
  const own = of.filter((k) => touches(terms.targets[k], block, terms));
  return { own, modelled: own.map((k) => heldTarget(terms, block, k, holding)) };
}

function heldTarget(terms: TargetTerms, block: ModelledSpan, k: number, holding: Holding): BlockTarget {
  const { states, counts, nudge, isExploring } = holding;
  const target = terms.targets[k];
  const plain = plainTarget(terms, block, target, holding);
  const state = states[k];
  const least = leastPriceShare * priceWorthItsPay(terms, block, plain);
  state.price = Math.max(state.price === 0 ? least / leastPriceShare : state.price, least);
  const raise = state.margin + nudge + terms.raised[k] + spreadOf(target, counts, terms.queueCount);
  return {
    ...plain,
    goal: raisedGoal(target, raise),
    price: isExploring ? state.price : 0,
    stiffness:
      Math.max(state.price, 1e-9) / ((isExploring ? softShare : firmShare) * Math.max(1e-9, plain.units)),
    elsewhere: elsewhereOf(target, block, terms, counts, raise),
  };
}

/** The goal in the model's own measure, with so much to spare. */
function raisedGoal({ kind, goal }: ServiceTarget, raise: number): number {
  if (kind === "serviceLevel") return goal + raise;
  if (kind === "abandonment") return 1 - goal + raise;
  return kind === "asa" ? goal / (1 + raise) : goal - raise;
}

/** Where a goal holds with confidence: how far its mean must lie above what so many days reach. */
function spreadOf(target: ServiceTarget, counts: ServiceCounts, queueCount: number): number {
  if (target.confidence === null) return 0;
  return (meanOf(target, counts, queueCount) ?? 0) - (achievedOf(target, counts, queueCount) ?? 0);
}

/** A target's surplus in the intervals outside the block, as measured. */
function elsewhereOf(
  target: ServiceTarget,
  { firstSlot, slotCount }: ModelledSpan,
  { queueCount, slotsPerInterval }: TargetTerms,
  counts: ServiceCounts,
  raise: number,
): number {
  const [above, below] = partsOf(target.kind, counts);
  const goal = raisedGoal(target, raise);
  let sum = 0;
  for (let interval = target.firstInterval; interval < target.endInterval; interval++) {
    const slot = interval * slotsPerInterval;
    if (slot >= firstSlot && slot < firstSlot + slotCount) continue;
    const cell = interval * queueCount + target.queue;
    if (target.kind === "serviceLevel") sum += above[cell] - goal * below[cell];
    else if (target.kind === "abandonment") sum += below[cell] - above[cell] - goal * below[cell];
    else if (target.kind === "asa") sum += (goal * below[cell] - above[cell]) / goal;
    else sum += (goal * below[cell] - above[cell]) / secondsPerHour;
  }
  return sum / counts.replications;
}

/** A target's part in a block at the level that the counts say, at its own goal and without a price. */
function plainTarget(
  terms: TargetTerms,
  block: ModelledSpan,
  target: ServiceTarget,
  { marginal, counts }: Pick<Holding, "marginal" | "counts">,
): BlockTarget {
  const { queueCount, slotsPerInterval, serves, shifts } = terms;
  const firstSlot = Math.max(0, target.firstInterval * slotsPerInterval - block.firstSlot);
  const endSlot = Math.min(block.slotCount, target.endInterval * slotsPerInterval - block.firstSlot);
  const [above, below] = partsOf(target.kind, counts);
  const perSlot = 1 / (counts.replications * slotsPerInterval);
  const series = (value: (cell: number) => number) =>
    Float64Array.from({ length: endSlot - firstSlot }, (_, at) =>
      value(Math.floor((block.firstSlot + firstSlot + at) / slotsPerInterval) * queueCount + target.queue),
    );
  const rest = { goal: target.goal, firstSlot, endSlot, price: 0, stiffness: 1, elsewhere: 0 };
  if (target.kind === "occupancy") {
    const hours = block.slotMinutes / 60;
    const level = series((cell) => (below[cell] * perSlot) / secondsPerHour);
    return {
      ...rest,
      kind: "occupancy",
      weight: series((cell) => (above[cell] * perSlot) / secondsPerHour),
      level,
      slope: shifts.groups.map((_, group) =>
        new Float64Array(level.length).fill(serves(group, target.queue) ? hours : 0),
      ),
      units: sumOf(level),
    };
  }
  const weight = series((cell) => below[cell] * perSlot);
  return {
    ...rest,
    kind: target.kind === "asa" ? "wait" : "share",
    weight,
    level: series((cell) => {
      const mean = below[cell] > 0 ? above[cell] / below[cell] : 0;
      if (target.kind === "asa") return mean;
      return probitOf(target.kind === "abandonment" ? 1 - mean : mean);
    }),
    slope: slopesOf(block, marginal, target, terms).map((all) => all.slice(firstSlot, endSlot)),
    units: sumOf(weight),
  };
}

function sumOf(series: Float64Array): number {
  return series.reduce((sum, value) => sum + value, 0);
}

/** A price of a unit at which the agents who help most are just worth their pay; 0: nobody helps. */
function priceWorthItsPay({ shifts }: TargetTerms, block: ModelledSpan, target: BlockTarget): number {
  let most = 0;
  for (let group = 0; group < block.groupCount; group++) {
    let gain = 0;
    let slots = 0;
    for (let at = 0; at < target.weight.length; at++) {
      if (target.weight[at] === 0) continue;
      slots++;
      gain += target.slope[group][at] * gainPerSlope(target, at);
    }
    const { id } = shifts.groups[group];
    const pay = shifts.templates
      .filter(({ groupIds }) => groupIds.length === 0 || groupIds.includes(id))
      .reduce((least, { costPerHour }) => Math.min(least, costPerHour), Number.POSITIVE_INFINITY);
    if (slots > 0 && pay < Number.POSITIVE_INFINITY)
      most = Math.max(most, gain / (slots * (block.slotMinutes / 60) * Math.max(1e-9, pay)));
  }
  return most > 0 ? 1 / most : 0;
}

/** What the surplus gains in a slot, for each unit that the model's argument rises. */
function gainPerSlope({ kind, goal, weight, level }: BlockTarget, at: number): number {
  if (kind === "share") return weight[at] * normalDensity(level[at]);
  return kind === "wait" ? (weight[at] * level[at]) / goal : goal;
}
