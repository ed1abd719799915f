import { randomStream } from "../../numerics/random.ts";
import { carriedOver } from "../problem/carry-over.ts";
import { paidHoursIn, type StaffedBlock } from "../problem/piece.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { blockScheduleOf, type Crew, insertPiece, openCrew } from "./crew.ts";
import { cheapestInsertion, cheapestRemoval, type PricedMove } from "./crew-moves.ts";
import { searchShifts } from "./ruin-and-recreate.ts";

/**
 * The same blocks with no more than `hours` paid in all: the shifts that are missed least for each hour leave; then
 * what still fits comes in as long as it is worth its wage. `price` is what hours cost on top of it in these blocks.
 */
export function withinHours<Run extends StaffedBlock>(
  runs: readonly Run[],
  hours: number,
  price: number,
): Run[] {
  const crews = runs.map(({ block, best }) => {
    const crew = openCrew(block);
    for (const piece of best.pieces) insertPiece(crew, piece);
    return crew;
  });
  const changed = new Set<Crew>();
  const used = removeDownTo(crews, hours, changed);
  insertUpTo(crews, hours - used, price, changed);
  return runs.map((run, index) =>
    changed.has(crews[index]) ? { ...run, best: blockScheduleOf(crews[index]) } : run,
  );
}

/** Removes pieces until no more than `hours` are paid or nothing may leave; returns the hours paid then. */
function removeDownTo(crews: readonly Crew[], hours: number, changed: Set<Crew>): number {
  let used = crews.reduce((sum, { paidHours }) => sum + paidHours, 0);
  const removals = new Map<Crew, PricedMove | null>();
  while (used > hours + 1e-9) {
    for (const crew of crews) if (!removals.has(crew)) removals.set(crew, cheapestRemoval(crew));
    const next = cheapest(removals);
    if (next === null) break;
    const { crew, move } = next;
    used -= crew.paidHours;
    move.make();
    used += crew.paidHours;
    removals.delete(crew);
    changed.add(crew);
  }
  return used;
}

/** Inserts pieces while `hours` last and they are worth their wage at the true price of hours. */
function insertUpTo(crews: readonly Crew[], hours: number, price: number, changed: Set<Crew>): void {
  let left = hours;
  const insertions = new Map<Crew, PricedMove | null>();
  for (let leftBefore = left; left > 1e-9; ) {
    // An insertion chosen when more was left may be too long by now.
    if (left < leftBefore - 1e-9) insertions.clear();
    leftBefore = left;
    for (const crew of crews) if (!insertions.has(crew)) insertions.set(crew, cheapestInsertion(crew, left));
    const next = cheapest(insertions);
    if (next === null || next.move.costPerHour >= price - 1e-9) break;
    const { crew, move } = next;
    left += crew.paidHours;
    move.make();
    left -= crew.paidHours;
    changed.add(crew);
  }
}

function cheapest(moves: ReadonlyMap<Crew, PricedMove | null>) {
  let best: { readonly crew: Crew; readonly move: PricedMove } | null = null;
  for (const [crew, move] of moves)
    if (move !== null && move.costPerHour < (best?.move.costPerHour ?? Number.POSITIVE_INFINITY))
      best = { crew, move };
  return best;
}

/**
 * The same shifts improved by exchanges at the true price of hours, block by block, each with what the others leave of
 * the budget. `blocks` are those of the plain problem.
 */
export function exchangedWithinHours<Run extends StaffedBlock>(
  blocks: readonly ShiftBlock[],
  runs: readonly Run[],
  { hours, seed, rounds }: { readonly hours: number; readonly seed: number; readonly rounds: number },
): Run[] {
  let left = runs.reduce((rest, { best }) => rest - paidHoursIn(best.pieces), hours);
  return runs.map((run, index) => {
    const block = blocks[index];
    const mostHours = left + paidHoursIn(run.best.pieces);
    const start = carriedOver(block, run.best.pieces);
    const effort = { rounds, target: 0, mostHours };
    const best = searchShifts(block, start, randomStream(seed, "budget", index), effort);
    left = mostHours - paidHoursIn(best.pieces);
    return { ...run, block, best };
  });
}
