import { randomStream } from "../../numerics/random.ts";
import type { Solver } from "../../optimising/solver.ts";
import { lowerBound } from "../bound/lower-bound.ts";
import { paidHoursOf } from "../check/schedule-of-shifts.ts";
import { createFloor } from "../search/floor.ts";
import { distinct, fitting } from "../search/reused-pieces.ts";
import { type Crew, openCrew, type ShiftSearch, searchShifts } from "../search/search.ts";
import type { Piece } from "./placed-shift.ts";
import type { ShiftBlock, ShiftsInput } from "./shift-block.ts";
import { buildShiftProblem } from "./shift-problem.ts";

/**
 * A limit on paid hours ties all days together. It is dealt out by a price: what each paid hour costs on top of its
 * wage (Lagrangian relaxation). At the right price the days, each for itself, use up just the budget; and at any price
 * the days' bounds less price × budget bound every schedule within it.
 */
export interface HourMarket {
  /** Bounds of all blocks with hours at a price; remembered. */
  at(price: number): MarketPoint;
  /** The lowest price, not below `least`, at which the linear programs want no more than so many hours. */
  priceFor(hours: number, least: number): MarketPoint;
}

export interface MarketPoint {
  readonly price: number;
  /** Bound of wages, penalties and price × hours. */
  readonly bound: number;
  /** Paid hours of the linear programs' optima. */
  readonly hours: number;
  /** Per block: its columns in use, and its optimum made whole. */
  readonly used: readonly (readonly Piece[])[];
  readonly rounded: readonly (readonly Piece[])[];
}

/** Prices tried for one budget beyond its two ends, where nothing else is said. */
const enoughTrials = 7;
const mostRounds = 60;

export function openHourMarket(
  input: ShiftsInput,
  solver: Solver,
  outOfTime: () => boolean,
  mostTrials = enoughTrials,
): HourMarket {
  const known = new Map<number, MarketPoint>();
  let seeds: readonly (readonly Piece[])[] = [];

  function at(price: number): MarketPoint {
    const before = known.get(price);
    if (before !== undefined) return before;
    const { blocks } = buildShiftProblem(input, price);
    let last: readonly Piece[] = [];
    const found = blocks.map((block, index) => {
      const start = distinct([...fitting(block, last), ...fitting(block, seeds[index] ?? [])]);
      const relaxed = lowerBound(block, solver, start, mostRounds, outOfTime);
      last = relaxed.used;
      return relaxed;
    });
    const point: MarketPoint = {
      price,
      bound: found.reduce((sum, { bound }) => sum + bound, 0),
      hours: found.reduce((sum, { hours }) => sum + hours, 0),
      used: found.map(({ used }) => used),
      rounded: found.map(({ rounded }) => rounded),
    };
    seeds = point.used;
    known.set(price, point);
    return point;
  }

  function priceFor(hours: number, least: number): MarketPoint {
    let low = at(least);
    if (low.hours <= hours) return low;
    let high = at(dearestHour(input));
    for (let trial = 0; trial < mostTrials && !outOfTime(); trial++) {
      for (const point of known.values()) {
        if (point.hours > hours && point.price > low.price) low = point;
        if (point.hours <= hours && point.price < high.price) high = point;
      }
      if (high.hours > hours || high.price - low.price < 1e-3 * (1 + high.price)) break;
      if (hours - high.hours < 1e-3 * hours) break;
      // Where the two tangents of the concave bound meet; the middle where they are all but parallel.
      const value = (point: MarketPoint) => point.bound - point.price * hours;
      const meet =
        (value(high) - value(low) + low.price * (low.hours - hours) - high.price * (high.hours - hours)) /
        (low.hours - high.hours);
      const span = high.price - low.price;
      const inside = meet > low.price + 0.02 * span && meet < high.price - 0.02 * span;
      const next = at(inside ? meet : (low.price + high.price) / 2);
      if (next.hours > hours) low = next;
      else high = next;
    }
    return high;
  }

  return { at, priceFor };
}

/** A price of hours at which no shift is worth having but for what is hard. */
function dearestHour({ settings, shortWeights }: ShiftsInput): number {
  const deepest = Math.max(1, ...(settings.shortageSteps ?? []).map(({ factor }) => factor));
  const heaviest = (shortWeights ?? []).reduce(
    (most, { weights }) => weights.reduce((a, b) => Math.max(a, b), most),
    1,
  );
  return settings.costPerHourShort * deepest * heaviest + settings.costPerHourOver + 1;
}

/** Hours of the budget that pinned shifts leave; null: there is no budget. */
export function freeHours({ settings, pinned }: ShiftsInput): number | null {
  if (settings.budgetHours === undefined || settings.budgetHours === null) return null;
  return settings.budgetHours - pinned.reduce((sum, shift) => sum + paidHoursOf(shift), 0);
}

/** A block with its best shifts. */
export interface StaffedBlock {
  readonly block: ShiftBlock;
  readonly best: ShiftSearch;
}

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
    const crew = openCrew(block, createFloor(block), null);
    for (const piece of best.pieces) crew.insert(piece);
    return crew;
  });
  let used = crews.reduce((sum, crew) => sum + crew.hours(), 0);
  const changed = new Set<Crew>();
  const removals = new Map<Crew, ReturnType<Crew["bestRemoval"]>>();
  while (used > hours + 1e-9) {
    for (const crew of crews) if (!removals.has(crew)) removals.set(crew, crew.bestRemoval());
    const [crew, move] = [...removals].reduce((a, b) =>
      (b[1]?.loss ?? Number.POSITIVE_INFINITY) < (a[1]?.loss ?? Number.POSITIVE_INFINITY) ? b : a,
    );
    if (move === null) break;
    used -= crew.hours();
    move.remove();
    used += crew.hours();
    removals.delete(crew);
    changed.add(crew);
  }
  let left = hours - used;
  const insertions = new Map<Crew, ReturnType<Crew["bestWithin"]>>();
  for (let asked = left; left > 1e-9; ) {
    // An insertion found when more was left may be too long by now.
    if (left < asked - 1e-9) insertions.clear();
    asked = left;
    for (const crew of crews) if (!insertions.has(crew)) insertions.set(crew, crew.bestWithin(left));
    if (insertions.size === 0) break;
    const [crew, move] = [...insertions].reduce((a, b) =>
      (b[1]?.cost ?? Number.POSITIVE_INFINITY) < (a[1]?.cost ?? Number.POSITIVE_INFINITY) ? b : a,
    );
    if (move === null || move.cost >= price - 1e-9) break;
    left += crew.hours();
    move.insert();
    left -= crew.hours();
    changed.add(crew);
  }
  return runs.map((run, index) =>
    changed.has(crews[index]) ? { ...run, best: crews[index].snapshot() } : run,
  );
}

/**
 * The same shifts improved by exchanges at the true price of hours, block by block, each with what the others leave of
 * the budget. `blocks` are those of the plain problem.
 */
export function exchangedWithinHours<Run extends StaffedBlock>(
  blocks: readonly ShiftBlock[],
  runs: readonly Run[],
  hours: number,
  seed: number,
  rounds: number,
): Run[] {
  const paid = ({ pieces }: ShiftSearch) => pieces.reduce((sum, piece) => sum + piece.hours, 0);
  let left = runs.reduce((rest, { best }) => rest - paid(best), hours);
  return runs.map((run, index) => {
    const block = blocks[index];
    const mostHours = left + paid(run.best);
    const best = searchShifts(block, fitting(block, run.best.pieces), randomStream(seed, "budget", index), {
      rounds,
      target: 0,
      timeUsed: () => 0,
      mostHours,
    });
    left = mostHours - paid(best);
    return { ...run, block, best };
  });
}

/** The fewest paid hours in which every hard minimum and count can be met: a bound, so never too many. */
export function leastHours(input: ShiftsInput, solver: Solver): number {
  const { blocks } = buildShiftProblem(input);
  return blocks.reduce(
    (sum, block) => {
      const zero = new Float64Array(block.asked.length);
      const slotHours = block.slotMinutes / 60;
      const onlyHours: ShiftBlock = {
        ...block,
        asked: zero,
        shortPrice: zero,
        overPrice: zero,
        shortageSteps: [],
        hardPrice: 4 * block.slotCount * slotHours,
        pay: block.pay.map((pay) => pay.map((_, slot) => slot * slotHours)),
        forms: block.forms.map((form) => ({ ...form, extra: 0 })),
        limits: block.limits.map((limit) =>
          limit.missingPrice === null ? limit : { ...limit, missingPrice: 0 },
        ),
      };
      return sum + Math.max(0, lowerBound(onlyHours, solver, [], 200, () => false).bound);
    },
    input.pinned.reduce((sum, shift) => sum + paidHoursOf(shift), 0),
  );
}
