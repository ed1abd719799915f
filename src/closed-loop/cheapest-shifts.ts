import type { Shift } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import { draftOf } from "../scheduling/assemble-schedule.ts";
import type { Piece } from "../scheduling/problem/piece.ts";
import type { ShiftBlock } from "../scheduling/problem/shift-block.ts";
import { searchShifts } from "../scheduling/search/ruin-and-recreate.ts";
import type { ShiftRun } from "../scheduling/shift-run.ts";
import { cheaperNeighbours } from "./cheaper-neighbours.ts";
import type { CountService, JudgedPlan, ServiceCounts } from "./count-service.ts";
import {
  type MarginalService,
  marginalService,
  normalDensity,
  probitOf,
  type SlopeTerms,
  slopesOf,
} from "./marginal-service.ts";
import { type ModelledTarget, modelledService } from "./service-model.ts";
import { achievedOf, meanOf, missedBy, partsOf, type ServiceTarget } from "./service-targets.ts";

/** How much is simulated and searched: all in work, so that the same input gives the same answer. */
export interface LoopEffort {
  readonly rounds: number;
  /** Replications that judge a schedule, and those of them that measure what an agent more is worth. */
  readonly replications: number;
  readonly marginalReplications: number;
  /** Rounds of the shift search in each. */
  readonly searchRounds: number;
  /** Exchanges of single shifts that are simulated in the end, in each part at once. */
  readonly exchanges: number;
}

/** A round as it is told of. */
export interface LoopRound {
  readonly round: number;
  readonly cost: number;
  /** Targets missed, and by how much the worst of them. */
  readonly missed: number;
  readonly worst: number;
  /** Cost of the cheapest with all goals kept so far; null: not all are kept yet. */
  readonly bestCost: number | null;
}

export interface LoopTask {
  readonly run: ShiftRun;
  readonly plan: JudgedPlan;
  readonly targets: readonly ServiceTarget[];
  readonly count: CountService;
  readonly seed: number;
  readonly effort: LoopEffort;
  /** How far each target's goal is raised, because fresh customers missed it. */
  readonly raised: readonly number[];
  /** `best`: with which all goals were kept so far; null: none yet. The loop waits for what is done with it. */
  readonly onRound?: (round: LoopRound, best: BlockPieces | null) => Promise<void>;
}

/** The pieces of every block. */
export type BlockPieces = readonly (readonly Piece[])[];

/** Blocks that share a target, and what is known of them. */
interface Part {
  readonly blocks: readonly number[];
  readonly targets: readonly number[];
  /** Where the next search starts. */
  centre: Judged | null;
  /** Of the rounds that explore, the one of most merit. */
  found: Judged | null;
  /** Rounds since the centre moved. */
  idle: number;
  best: (Judged & { readonly cost: number }) | null;
}

/** Pieces and what the simulation said of them. */
interface Judged {
  readonly pieces: BlockPieces;
  readonly counts: ServiceCounts;
  /** Wages and the price of what is missed. */
  readonly merit: number;
  readonly isKept: boolean;
}

/** What a round learns about a target. */
interface TargetState {
  price: number;
  /** What the goal is raised by, since the model promises too much. */
  margin: number;
  /** What the model said it would be missed by; null: nothing yet. */
  predicted: number | null;
}

/** A first stretch of rounds explores; then come turns, of which the first rounds explore and the others polish. */
const turns = { first: 8, length: 12, exploring: 4 };

function explores(round: number): boolean {
  return round < turns.first || (round - turns.first) % turns.length >= turns.length - turns.exploring;
}

/**
 * The cheapest shifts with which the simulation keeps the goals, from shifts to begin with.
 *
 * Each round simulates the shifts, and them again with an agent more of each group. A model through what was measured
 * (`modelledService`) then prices goals in the shift search, which exchanges shifts; the next round measures what came
 * of it, and prices rise where goals were missed. Later rounds start from the best shifts so far, hold the model's goals
 * firmly and keep what is better.
 *
 * Source: after Cezik and L'Ecuyer (2008) and Avramidis et al. (2010), who cut a linear program by simulated
 * subgradients; here the program is a search over whole shifts, and the cut a normal probability.
 *
 * @returns the pieces of each block, and whether the simulation kept every goal with them
 */
export async function cheapestShifts(
  task: LoopTask,
  start: BlockPieces,
): Promise<{ readonly pieces: BlockPieces; readonly isKept: boolean }> {
  const { run, targets, count, effort } = task;
  const { blocks } = run.plain;
  const terms = termsOf(task);
  const parts = partsOfPlan(task, terms);
  const states: TargetState[] = targets.map(() => ({ price: 0, margin: 0.001, predicted: null }));
  let marginal: MarginalService | null = null;
  let pieces: BlockPieces = start;
  for (let round = 0; ; round++) {
    const isExploring = explores(round);
    const counts = await count({
      shifts: shiftsOf(run, pieces),
      firstReplication: 0,
      replications: effort.replications,
    });
    judge(task, parts, states, pieces, counts, round);
    const told = roundOf(task, parts, round, pieces, counts);
    await task.onRound?.(told, told.bestCost === null ? null : chosenOf(parts, blocks));
    if (round === effort.rounds) break;
    if (isExploring || marginal === null || explores(round - 1))
      marginal = await marginalService(
        count,
        {
          shifts: shiftsOf(run, centreOf(parts, blocks)),
          firstReplication: round * effort.marginalReplications,
          replications: effort.marginalReplications,
        },
        run.input.groups.length,
      );
    pieces = searchRound(task, { parts, states, marginal, terms, round });
  }
  if (marginal !== null) await exchangeOneByOne(task, { parts, states, marginal, terms });
  return { pieces: chosenOf(parts, blocks), isKept: parts.every(({ best }) => best !== null) };
}

/** Shifts of the pieces, pinned ones and sessions included. */
export function shiftsOf(run: ShiftRun, pieces: BlockPieces): readonly Shift[] {
  const staffed = run.plain.blocks.map((block, b) => ({ block, best: { pieces: pieces[b], cost: 0 } }));
  return draftOf(run, staffed).shifts;
}

function termsOf({ run, plan: { plan, forecast } }: LoopTask): SlopeTerms {
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
    queueCount,
    slotsPerInterval: intervalMinutes / run.plain.slotMinutes,
    load,
    serves: (group, queue) => {
      const { queueIds, overflow = [] } = plan.groups[group];
      const { id } = plan.queues[queue];
      return queueIds.includes(id) || overflow.some(({ queueId }) => queueId === id);
    },
  };
}

/** Blocks that no target joins are improved each by itself. */
function partsOfPlan({ run, targets }: LoopTask, { slotsPerInterval }: SlopeTerms): Part[] {
  const { blocks } = run.plain;
  const partOf = blocks.map((_, b) => b);
  const blocksOf = targets.map(({ firstInterval, endInterval }) =>
    blocks.flatMap(({ firstSlot, slotCount }, b) =>
      firstInterval * slotsPerInterval < firstSlot + slotCount && endInterval * slotsPerInterval > firstSlot
        ? [b]
        : [],
    ),
  );
  for (const joined of blocksOf)
    for (const b of joined) {
      const [from, to] = [partOf[b], partOf[joined[0]]];
      if (from !== to) for (const [other, part] of partOf.entries()) if (part === from) partOf[other] = to;
    }
  return [...new Set(partOf)].map((part) => ({
    blocks: blocks.flatMap((_, b) => (partOf[b] === part ? [b] : [])),
    targets: targets.flatMap((_, k) => (partOf[blocksOf[k][0]] === part ? [k] : [])),
    centre: null,
    found: null,
    idle: 0,
    best: null,
  }));
}

/** Notes what the simulation said of the pieces: what is kept, what is best, and how far off the model was. */
function judge(
  task: LoopTask,
  parts: readonly Part[],
  states: readonly TargetState[],
  pieces: BlockPieces,
  counts: ServiceCounts,
  round: number,
): void {
  const { targets, raised } = task;
  const isExploring = explores(round);
  const queueCount = task.plan.plan.queues.length;
  const misses = targets.map(
    (target, k) => missedBy(target, achievedOf(target, counts, queueCount)) + raised[k],
  );
  for (const part of parts) {
    const own = part.blocks.map((b) => pieces[b]);
    const cost = wagesOf(own);
    let merit = cost;
    for (const k of part.targets)
      if (misses[k] > 0) merit += 3 * states[k].price * misses[k] * unitsOf(targets[k], counts, queueCount);
    const isKept = part.targets.every((k) => misses[k] <= 0);
    if (isKept && (part.best === null || cost < part.best.cost - 1e-9))
      part.best = { pieces: own, counts, merit, isKept, cost };
    part.idle++;
    const judged = { pieces: own, counts, merit, isKept };
    if (isExploring && (!explores(round - 1) || part.found === null || merit < part.found.merit))
      part.found = judged;
    if (!isExploring && explores(round - 1) && part.found !== null) part.centre = part.found;
    if (isExploring || part.centre === null || merit < part.centre.merit - 1e-9) {
      part.centre = judged;
      part.idle = 0;
    }
  }
  for (const [k, state] of states.entries()) {
    if (isExploring) state.price *= Math.exp(within(0.5 * (misses[k] + state.margin) * 50, 0.7));
    if (state.predicted === null) continue;
    state.margin = Math.min(0.02, Math.max(0, 0.7 * state.margin + 0.3 * (misses[k] - state.predicted)));
    state.predicted = null;
  }
}

/** What a share of a target missed is multiplied with: contacts, or agents on queue. */
function unitsOf(target: ServiceTarget, counts: ServiceCounts, queueCount: number): number {
  const [, below] = partsOf(target.kind, counts);
  let sum = 0;
  for (let interval = target.firstInterval; interval < target.endInterval; interval++)
    sum += below[interval * queueCount + target.queue];
  return sum / counts.replications;
}

function within(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

interface SearchTerms {
  readonly parts: readonly Part[];
  readonly states: readonly TargetState[];
  readonly marginal: MarginalService;
  readonly terms: SlopeTerms;
  readonly round: number;
}

/** Other shifts for every block, by the model. */
function searchRound(task: LoopTask, { parts, states, marginal, terms, round }: SearchTerms): BlockPieces {
  const { run, effort, seed } = task;
  const isExploring = explores(round);
  const found: (readonly Piece[])[] = run.plain.blocks.map(() => []);
  for (const part of parts) {
    const { pieces, counts, isKept } = part.centre as NonNullable<Part["centre"]>;
    // Where nothing better comes up: a little more is asked of shifts that miss a goal, a little less of those that keep all.
    const nudge = isExploring ? 0 : (isKept ? -0.002 : 0.002) * (part.idle % 6);
    const missedInPart = new Map<number, { surplus: number; units: number }>();
    for (const [place, b] of part.blocks.entries()) {
      const block = run.plain.blocks[b];
      const { own, modelled } = modelledBlock(task, block, part.targets, {
        states,
        marginal,
        terms,
        counts,
        nudge,
        isExploring,
      });
      const before = staffOf(block, pieces[place]);
      const { pieces: better } = searchShifts(
        block,
        pieces[place],
        randomStream(seed, "closed loop", round, b),
        {
          rounds: isExploring ? effort.searchRounds : Math.ceil(effort.searchRounds / 2 ** (round % 6)),
          target: Number.NEGATIVE_INFINITY,
          mostHours: run.budget.hours,
          staffingValue: modelledService(block, before, modelled),
        },
      );
      found[b] = better;
      const after = modelledService(block, before, modelled);
      for (const { group, slots } of better) for (const slot of slots) after.add(group, slot);
      for (const [at, k] of own.entries()) {
        const sum = missedInPart.get(k) ?? { surplus: 0, units: 0 };
        sum.surplus += after.surplus(at) - modelled[at].elsewhere;
        sum.units += modelled[at].units;
        missedInPart.set(k, sum);
      }
    }
    for (const [k, { surplus, units }] of missedInPart)
      states[k].predicted = units > 0 ? -surplus / units - states[k].margin - nudge : null;
  }
  return found;
}

/** What a model of a block is made of. */
interface BlockTerms extends Pick<SearchTerms, "states" | "marginal" | "terms"> {
  readonly counts: ServiceCounts;
  /** What goals are raised by, beside what each target has learnt. */
  readonly nudge: number;
  /** Goals have a price that rises with what is missed; else they are held firmly. */
  readonly isExploring: boolean;
}

/** The targets that touch a block, as its model holds them. */
function modelledBlock(
  task: LoopTask,
  block: ShiftBlock,
  of: readonly number[],
  { states, marginal, terms, counts, nudge, isExploring }: BlockTerms,
) {
  const own = of.filter((k) => touches(task.targets[k], block, terms));
  const modelled = own.map((k) => {
    const { target, units } = modelledTarget(task, block, k, { marginal, terms, counts });
    const state = states[k];
    const least = firstPrice(task, block, target);
    state.price = Math.max(state.price === 0 ? least : state.price, 0.02 * least);
    const raise = state.margin + nudge + task.raised[k] + spreadOf(task, k, counts);
    return {
      ...target,
      goal: raisedGoal(task.targets[k], raise),
      price: isExploring ? state.price : 0,
      stiffness:
        ((isExploring ? 50 : 1600) * Math.max(state.price, 0.02 * least, 1e-9)) / Math.max(1e-9, units),
      elsewhere: elsewhereOf(task.targets[k], block, terms, counts, raise),
      units,
    };
  });
  return { own, modelled };
}

/**
 * Exchanges one shift at a time in each part, the simulation deciding: the model is too coarse where one shift is a large
 * share of all there are.
 */
async function exchangeOneByOne(
  task: LoopTask,
  { parts, states, marginal, terms }: Omit<SearchTerms, "round">,
): Promise<void> {
  const { run, targets, count, effort, raised } = task;
  const queueCount = task.plan.plan.queues.length;
  const queues = new Map<Part, BlockPieces[]>();
  for (let round = 0; round < effort.exchanges; round++) {
    const trials = new Map<Part, BlockPieces>();
    for (const part of parts) {
      if (part.best === null) continue;
      const queue = queues.get(part) ?? neighboursOf(task, part, part.best, { states, marginal, terms });
      queues.set(part, queue);
      const next = queue.shift();
      if (next !== undefined) trials.set(part, next);
    }
    if (trials.size === 0) return;
    const pieces = spread(
      parts,
      run.plain.blocks,
      (part) => trials.get(part) ?? part.best?.pieces ?? part.centre?.pieces ?? [],
    );
    const counts = await count({
      shifts: shiftsOf(run, pieces),
      firstReplication: 0,
      replications: effort.replications,
    });
    for (const [part, trial] of trials) {
      const isKept = part.targets.every(
        (k) => missedBy(targets[k], achievedOf(targets[k], counts, queueCount)) + raised[k] <= 0,
      );
      if (!isKept) continue;
      const cost = wagesOf(trial);
      part.best = { pieces: trial, counts, merit: cost, isKept, cost };
      queues.delete(part);
    }
  }
}

/** Cheaper schedules of a part, one exchange in one of its blocks away, the most promising first. */
function neighboursOf(
  task: LoopTask,
  part: Part,
  { pieces, counts }: Judged,
  rest: Pick<SearchTerms, "states" | "marginal" | "terms">,
): BlockPieces[] {
  return part.blocks.flatMap((b, place) => {
    const block = task.run.plain.blocks[b];
    const { modelled } = modelledBlock(task, block, part.targets, {
      ...rest,
      counts,
      nudge: 0,
      isExploring: false,
    });
    const others = cheaperNeighbours(block, pieces[place], staffOf(block, pieces[place]), modelled);
    return others.map((other) => pieces.map((own, at) => (at === place ? other : own)));
  });
}

function touches(
  target: ServiceTarget,
  { firstSlot, slotCount }: ShiftBlock,
  { slotsPerInterval }: SlopeTerms,
) {
  return (
    target.firstInterval * slotsPerInterval < firstSlot + slotCount &&
    target.endInterval * slotsPerInterval > firstSlot
  );
}

function raisedGoal({ kind, goal }: ServiceTarget, raise: number): number {
  if (kind === "serviceLevel") return goal + raise;
  if (kind === "abandonment") return 1 - goal + raise;
  return kind === "asa" ? goal / (1 + raise) : goal - raise;
}

/** Where a goal holds with confidence: how far its mean must lie above what so many days reach. */
function spreadOf({ targets, plan }: LoopTask, k: number, counts: ServiceCounts): number {
  const target = targets[k];
  if (target.confidence === null) return 0;
  const queueCount = plan.plan.queues.length;
  return (meanOf(target, counts, queueCount) ?? 0) - (achievedOf(target, counts, queueCount) ?? 0);
}

/** A target's surplus in the intervals outside the block, as measured. */
function elsewhereOf(
  target: ServiceTarget,
  { firstSlot, slotCount }: ShiftBlock,
  { queueCount, slotsPerInterval }: SlopeTerms,
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
    else sum += (goal * below[cell] - above[cell]) / (60 * 60);
  }
  return sum / counts.replications;
}

/** A target's part in a block, at the level that the counts say. */
function modelledTarget(
  task: LoopTask,
  block: ShiftBlock,
  k: number,
  { marginal, terms, counts }: Pick<SearchTerms, "marginal" | "terms"> & { readonly counts: ServiceCounts },
): { readonly target: ModelledTarget; readonly units: number } {
  const target = task.targets[k];
  const { queueCount, slotsPerInterval, serves } = terms;
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
    const level = series((cell) => (below[cell] * perSlot) / 3600);
    return {
      target: {
        ...rest,
        kind: "occupancy",
        weight: series((cell) => (above[cell] * perSlot) / 3600),
        level,
        slope: task.run.input.groups.map((_, group) =>
          new Float64Array(level.length).fill(serves(group, target.queue) ? hours : 0),
        ),
      },
      units: level.reduce((sum, agents) => sum + agents, 0),
    };
  }
  const weight = series((cell) => below[cell] * perSlot);
  const level = series((cell) => {
    const mean = below[cell] > 0 ? above[cell] / below[cell] : 0;
    if (target.kind === "asa") return mean;
    return probitOf(target.kind === "abandonment" ? 1 - mean : mean);
  });
  return {
    target: {
      ...rest,
      kind: target.kind === "asa" ? "wait" : "share",
      weight,
      level,
      slope: slopesOf(block, marginal, target, terms).map((all) => all.slice(firstSlot, endSlot)),
    },
    units: weight.reduce((sum, contacts) => sum + contacts, 0),
  };
}

/** A price at which the agents who help most are just worth their pay. */
function firstPrice({ run }: LoopTask, block: ShiftBlock, target: ModelledTarget): number {
  let most = 0;
  for (let group = 0; group < block.groupCount; group++) {
    let gain = 0;
    let slots = 0;
    for (let at = 0; at < target.weight.length; at++) {
      if (target.weight[at] === 0) continue;
      slots++;
      const slope = target.slope[group][at];
      const density =
        target.kind === "share"
          ? target.weight[at] * normalDensity(target.level[at])
          : target.kind === "wait"
            ? (target.weight[at] * target.level[at]) / target.goal
            : target.goal;
      gain += slope * density;
    }
    const { id } = run.input.groups[group];
    const pay = run.input.templates
      .filter(({ groupIds }) => groupIds.length === 0 || groupIds.includes(id))
      .reduce((least, { costPerHour }) => Math.min(least, costPerHour), Number.POSITIVE_INFINITY);
    if (slots > 0 && pay < Number.POSITIVE_INFINITY)
      most = Math.max(most, gain / (slots * (block.slotMinutes / 60) * Math.max(1e-9, pay)));
  }
  return most > 0 ? 1 / most : 0;
}

function staffOf(block: ShiftBlock, pieces: readonly Piece[]): Int32Array {
  const staff = block.pinnedStaff.slice();
  for (const { group, slots } of pieces) for (const slot of slots) staff[group * block.slotCount + slot]++;
  return staff;
}

function wagesOf(pieces: BlockPieces): number {
  return pieces.reduce((sum, own) => own.reduce((part, { wage }) => part + wage, sum), 0);
}

/** Per block: the centre's pieces; or the best, where its goals are kept. */
function centreOf(parts: readonly Part[], blocks: readonly ShiftBlock[]): BlockPieces {
  return spread(parts, blocks, ({ centre }) => centre?.pieces ?? []);
}

function chosenOf(parts: readonly Part[], blocks: readonly ShiftBlock[]): BlockPieces {
  return spread(parts, blocks, ({ best, centre }) => best?.pieces ?? centre?.pieces ?? []);
}

function spread(
  parts: readonly Part[],
  blocks: readonly ShiftBlock[],
  piecesOf: (part: Part) => BlockPieces,
): BlockPieces {
  const all: (readonly Piece[])[] = blocks.map(() => []);
  for (const part of parts)
    for (const [place, b] of part.blocks.entries()) all[b] = piecesOf(part)[place] ?? [];
  return all;
}

function roundOf(
  { targets, plan }: LoopTask,
  parts: readonly Part[],
  round: number,
  pieces: BlockPieces,
  counts: ServiceCounts,
): LoopRound {
  const misses = targets.map((target) =>
    missedBy(target, achievedOf(target, counts, plan.plan.queues.length)),
  );
  const bests = parts.map(({ best }) => best?.cost ?? null);
  return {
    round,
    cost: wagesOf(pieces),
    missed: misses.filter((miss) => miss > 0).length,
    worst: Math.max(Number.NEGATIVE_INFINITY, ...misses),
    bestCost: bests.some((cost) => cost === null)
      ? null
      : bests.reduce((sum: number, cost) => sum + (cost ?? 0), 0),
  };
}
