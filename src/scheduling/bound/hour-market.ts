import { paidHoursOf } from "../../domain/plan/wages.ts";
import type { Solver } from "../../optimising/solver.ts";
import { carriedOver, distinctPieces } from "../problem/carry-over.ts";
import type { Piece } from "../problem/piece.ts";
import type { ShiftBlock, ShiftsInput } from "../problem/shift-block.ts";
import { buildShiftProblem } from "../problem/shift-problem.ts";
import { lowerBound } from "./lower-bound.ts";

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
  readonly rounded: readonly (() => readonly Piece[])[];
}

/** Prices tried for one budget beyond its two ends, where nothing else is said. */
const enoughTrials = 7;
const mostRounds = 60;

export function openHourMarket(
  input: ShiftsInput,
  solver: Solver,
  isOutOfTime: () => boolean,
  mostTrials = enoughTrials,
): HourMarket {
  const points = new Map<number, MarketPoint>();
  let seeds: readonly (readonly Piece[])[] = [];

  function at(price: number): MarketPoint {
    const before = points.get(price);
    if (before !== undefined) return before;
    const { blocks } = buildShiftProblem(input, price);
    let usedBefore: readonly Piece[] = [];
    const bounds = blocks.map((block, index) => {
      const start = distinctPieces([
        ...carriedOver(block, usedBefore),
        ...carriedOver(block, seeds[index] ?? []),
      ]);
      const relaxed = lowerBound(block, solver, { start, mostRounds, isOutOfTime });
      usedBefore = relaxed.used;
      return relaxed;
    });
    const point: MarketPoint = {
      price,
      bound: bounds.reduce((sum, { bound }) => sum + bound, 0),
      hours: bounds.reduce((sum, { hours }) => sum + hours, 0),
      used: bounds.map(({ used }) => used),
      rounded: bounds.map(({ rounded }) => rounded),
    };
    seeds = point.used;
    points.set(price, point);
    return point;
  }

  function priceFor(hours: number, least: number): MarketPoint {
    let low = at(least);
    if (low.hours <= hours) return low;
    let high = at(dearestHour(input));
    for (let trial = 0; trial < mostTrials && !isOutOfTime(); trial++) {
      for (const point of points.values()) {
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

/** Hours of the budget that pinned shifts leave; Infinity: there is no budget. */
export function freeHours({ settings, pinned }: ShiftsInput): number {
  const pinnedHours = pinned.reduce((sum, shift) => sum + paidHoursOf(shift), 0);
  return (settings.budgetHours ?? Number.POSITIVE_INFINITY) - pinnedHours;
}

/** The fewest paid hours in which every hard minimum and count can be met: a bound, so never too many. */
export function leastHours(input: ShiftsInput, solver: Solver): number {
  const { blocks } = buildShiftProblem(input);
  return blocks.reduce(
    (sum, block) => {
      const { bound } = lowerBound(onlyHours(block), solver, { start: [], mostRounds: 200 });
      return sum + Math.max(0, bound);
    },
    input.pinned.reduce((sum, shift) => sum + paidHoursOf(shift), 0),
  );
}

/** The block where nothing costs anything but paid hours and what must be met. */
export function onlyHours(block: ShiftBlock): ShiftBlock {
  const zero = new Float64Array(block.demand.length);
  const slotHours = block.slotMinutes / 60;
  return {
    ...block,
    demand: zero,
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
}
