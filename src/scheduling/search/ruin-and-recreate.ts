import { log, pow } from "../../numerics/elementary.ts";
import type { RandomStream } from "../../numerics/random.ts";
import type { BlockSchedule, Piece } from "../problem/piece.ts";
import type { Prices } from "../problem/pricing.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import {
  blockScheduleOf,
  type Crew,
  costOf,
  fits,
  forgetChanges,
  insertPiece,
  mayLeave,
  openCrew,
  removePieceAt,
  type StaffingValue,
  undoChanges,
} from "./crew.ts";
import { fillCrew, insertByChance, meetMinimums, pruneCrew } from "./crew-moves.ts";

/** How long to search, and by what. */
export interface SearchEffort {
  readonly rounds: number;
  /** Enough when the cost is this or less. */
  readonly target: number;
  /** Share of the time that is used up, asked now and then; 1 stops. Absent: only rounds count. */
  readonly timeUsed?: () => number;
  /** Most paid hours in all; absent: no limit. */
  readonly mostHours?: number;
  /** Prices of the linear program's optimum, towards which the search leans. */
  readonly guides?: Prices | null;
  /** Absent: shortage and surplus of the block's demand. */
  readonly staffingValue?: StaffingValue;
  readonly onBetter?: (better: BlockSchedule) => void;
  readonly onRound?: () => void;
}

/** Only makes a start whole: minimums met, what is worth its wage added, what is not taken out. */
export const noSearch: SearchEffort = { rounds: 0, target: 0 };

/** Tuned on benchmark days: temperature at the start as a share of a shift's cost, and what is left of it at the end. */
const hotness = 0.025;
const coolness = 0.01;
const blurring = 0.5;
const mostRuined = 3;

/**
 * Whole shifts for a block, from any start: minimums are met, gaps filled greedily, and then the shifts improved by
 * ruin and recreate with simulated annealing.
 *
 * A round takes out a few pieces that overlap and puts in the best again, the first ones at prices drawn towards the
 * guides; what is worse is taken back, unless chance, cooling, lets it stand (Schrimpf et al. 2000). Pieces of the
 * start that would break a count a day or the hours are left out, so every answer keeps both.
 *
 * @param block the days to be scheduled
 * @param start pieces of this block to begin with, in order of preference
 * @param random one stream per search
 * @param effort limits and guides
 * @returns the best pieces met, and their cost
 * @example searchShifts(block, [], randomStream(1, "cover"), noSearch) // a greedy cover
 */
export function searchShifts(
  block: ShiftBlock,
  start: readonly Piece[],
  random: RandomStream,
  effort: SearchEffort,
): BlockSchedule {
  const { rounds, target, timeUsed, guides = null, onBetter, onRound } = effort;
  const crew = openCrew(block, effort.mostHours, effort.staffingValue);
  for (const piece of start) if (fits(crew, piece)) insertPiece(crew, piece);
  meetMinimums(crew);
  fillCrew(crew);
  pruneCrew(crew);
  let best = blockScheduleOf(crew);
  onBetter?.(best);
  const shiftCount = best.pieces.reduce((sum, { shifts }) => sum + shifts.length, 0);
  const hottest = hotness * (best.cost / Math.max(1, shiftCount));
  let temperature = hottest;
  for (let round = 0; round < rounds && best.cost > target; round++) {
    if (round % 32 === 0) {
      const used = Math.max(round / rounds, timeUsed?.() ?? 0);
      if (used >= 1) break;
      temperature = hottest * pow(coolness, used);
    }
    if (crew.pieces.length === 0) break;
    onRound?.();
    const before = costOf(crew);
    forgetChanges(crew);
    ruin(crew, 1 + Math.floor(mostRuined * random.uniform()), random);
    recreate(crew, random, guides, blurring * temperature);
    const after = costOf(crew);
    if (after > before - temperature * log(random.uniform()) + 1e-9) undoChanges(crew);
    else if (after < best.cost - 1e-9) {
      best = blockScheduleOf(crew);
      onBetter?.(best);
    }
  }
  return best;
}

/** Takes out a few pieces near each other: shifts that overlap can mend each other. */
function ruin(crew: Crew, count: number, random: RandomStream): void {
  const { pieces, block } = crew;
  let near = Math.floor(random.uniform() * block.slotCount);
  for (let taken = 0; taken < count && pieces.length > 0; taken++) {
    // A few draws, the closest to the first one taken.
    let chosen = Math.floor(random.uniform() * pieces.length);
    for (let draw = 0; draw < 3 && taken > 0; draw++) {
      const other = Math.floor(random.uniform() * pieces.length);
      if (Math.abs(pieces[other].start - near) < Math.abs(pieces[chosen].start - near)) chosen = other;
    }
    if (!mayLeave(crew, pieces[chosen])) continue;
    near = pieces[chosen].start;
    removePieceAt(crew, chosen);
  }
}

/** Puts pieces in again: one or two at prices drawn by chance, the rest the best there is. */
function recreate(crew: Crew, random: RandomStream, guides: Prices | null, blur: number): void {
  for (let bold = 1 + Math.floor(2 * random.uniform()); bold > 0; bold--)
    if (!insertByChance(crew, { random, guides, blur })) break;
  fillCrew(crew);
}
