import type { Shift } from "../domain/plan/shift.ts";
import { exp } from "../numerics/elementary.ts";
import { randomStream } from "../numerics/random.ts";
import { draftOf } from "../scheduling/assemble-schedule.ts";
import type { Piece, StaffedBlock } from "../scheduling/problem/piece.ts";
import type { ShiftBlock } from "../scheduling/problem/shift-block.ts";
import { searchShifts } from "../scheduling/search/ruin-and-recreate.ts";
import type { ShiftRun } from "../scheduling/shift-run.ts";
import { cheaperNeighbours } from "./cheaper-neighbours.ts";
import type { CountService, JudgedPlan, ServiceCounts } from "./count-service.ts";
import { type MarginalService, marginalService } from "./marginal-service.ts";
import { minimumsOf, modelledService } from "./service-model.ts";
import { missesOf, type ServiceTarget } from "./service-targets.ts";
import {
  type TargetState,
  type TargetTerms,
  targetsInBlock,
  targetTermsOf,
  touches,
  unitsOf,
} from "./target-model.ts";

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
  /** Targets missed. */
  readonly missed: number;
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
  /** The cheapest with which its targets are kept: its merit is its cost. */
  best: Judged | null;
}

/** Pieces and what the simulation said of them. */
interface Judged {
  readonly pieces: BlockPieces;
  readonly counts: ServiceCounts;
  /** Wages and the price of what is missed. */
  readonly merit: number;
  readonly isKept: boolean;
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
 * @returns the pieces of each block: the cheapest that kept their goals, or those that came nearest
 */
export async function cheapestShifts(task: LoopTask, start: BlockPieces): Promise<BlockPieces> {
  const { run, plan, targets, count, effort } = task;
  const { blocks } = run.plain;
  const terms = targetTermsOf(plan, run.input, run.plain.slotMinutes, task);
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
  return chosenOf(parts, blocks);
}

/** Shifts of the pieces, pinned ones and sessions included. */
export function shiftsOf(run: ShiftRun, pieces: BlockPieces): readonly Shift[] {
  return draftOf(run, staffedBy(run, pieces)).shifts;
}

/** The pieces as a run hands them on; what they cost is not asked there. */
export function staffedBy(run: ShiftRun, pieces: BlockPieces): StaffedBlock[] {
  return run.plain.blocks.map((block, b) => ({ block, best: { pieces: pieces[b], cost: 0 } }));
}

/** Blocks that no target joins are improved each by itself. */
function partsOfPlan({ run, targets }: LoopTask, terms: TargetTerms): Part[] {
  const { blocks } = run.plain;
  const partOf = blocks.map((_, b) => b);
  const blocksOf = targets.map((target) =>
    [...blocks.keys()].filter((b) => touches(target, blocks[b], terms)),
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
  const misses = missesOf(targets, counts, queueCount).map((miss, k) => miss + raised[k]);
  for (const part of parts) {
    const own = part.blocks.map((b) => pieces[b]);
    const cost = wagesOf(own);
    let merit = cost;
    for (const k of part.targets)
      if (misses[k] > 0) merit += 3 * states[k].price * misses[k] * unitsOf(targets[k], counts, queueCount);
    const isKept = part.targets.every((k) => misses[k] <= 0);
    if (isKept && (part.best === null || cost < part.best.merit - 1e-9))
      part.best = { pieces: own, counts, merit, isKept };
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
    if (isExploring) state.price *= exp(within(0.5 * (misses[k] + state.margin) * 50, 0.7));
    if (state.predicted === null) continue;
    state.margin = Math.min(0.02, Math.max(0, 0.7 * state.margin + 0.3 * (misses[k] - state.predicted)));
    state.predicted = null;
  }
}

function within(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}

interface SearchTerms {
  readonly parts: readonly Part[];
  readonly states: readonly TargetState[];
  readonly marginal: MarginalService;
  readonly terms: TargetTerms;
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
      const { own, modelled } = targetsInBlock(terms, block, part.targets, {
        states,
        marginal,
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
          staffingValue: modelledService(block, before, modelled, minimumsOf(block)),
        },
      );
      found[b] = better;
      const after = modelledService(block, before, modelled, minimumsOf(block));
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

/**
 * Exchanges one shift at a time in each part, the simulation deciding: the model is too coarse where one shift is a large
 * share of all there are.
 */
async function exchangeOneByOne(
  task: LoopTask,
  { parts, states, marginal, terms }: Omit<SearchTerms, "round">,
): Promise<void> {
  const { run, count, effort, raised } = task;
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
    const misses = missesOf(task.targets, counts, task.plan.plan.queues.length);
    for (const [part, trial] of trials) {
      if (part.targets.some((k) => misses[k] + raised[k] > 0)) continue;
      part.best = { pieces: trial, counts, merit: wagesOf(trial), isKept: true };
      queues.delete(part);
    }
    const told = roundOf(task, parts, effort.rounds + 1 + round, pieces, counts);
    await task.onRound?.(told, told.bestCost === null ? null : chosenOf(parts, run.plain.blocks));
  }
}

/** Cheaper schedules of a part, one exchange in one of its blocks away, the most promising first. */
function neighboursOf(
  task: LoopTask,
  part: Part,
  { pieces, counts }: Judged,
  { states, marginal, terms }: Pick<SearchTerms, "states" | "marginal" | "terms">,
): BlockPieces[] {
  return part.blocks.flatMap((b, place) => {
    const block = task.run.plain.blocks[b];
    const holding = { states, marginal, counts, nudge: 0, isExploring: false };
    const { modelled } = targetsInBlock(terms, block, part.targets, holding);
    const others = cheaperNeighbours(block, pieces[place], staffOf(block, pieces[place]), modelled);
    return others.map((other) => pieces.map((own, at) => (at === place ? other : own)));
  });
}

function staffOf(block: ShiftBlock, pieces: readonly Piece[]): Int32Array {
  const staff = block.pinnedStaff.slice();
  for (const { group, slots } of pieces) for (const slot of slots) staff[group * block.slotCount + slot]++;
  return staff;
}

function wagesOf(pieces: BlockPieces): number {
  return pieces.reduce((sum, own) => own.reduce((part, { wage }) => part + wage, sum), 0);
}

/** Per block: the centre's pieces. */
function centreOf(parts: readonly Part[], blocks: readonly ShiftBlock[]): BlockPieces {
  return spread(parts, blocks, ({ centre }) => centre?.pieces ?? []);
}

/** Per block: the best, where its goals are kept; else the centre's. */
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
  task: LoopTask,
  parts: readonly Part[],
  round: number,
  pieces: BlockPieces,
  counts: ServiceCounts,
): LoopRound {
  const bests = parts.flatMap(({ best }) => (best === null ? [] : [best.merit]));
  return {
    round,
    cost: wagesOf(pieces),
    missed: missesOf(task.targets, counts, task.plan.plan.queues.length).filter((miss) => miss > 0).length,
    bestCost: bests.length < parts.length ? null : bests.reduce((sum, cost) => sum + cost, 0),
  };
}
