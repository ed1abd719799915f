import type { WorkLimit } from "../../domain/results/work-limit.ts";
import { modelBuilder } from "../../optimising/model.ts";
import { openLinearProgram, type Solver } from "../../optimising/solver.ts";
import { allocateAgents } from "../problem/agent-allocation.ts";
import { pinnedUnder, workWeight } from "../problem/build-block.ts";
import { carriedOver, distinctPieces } from "../problem/carry-over.ts";
import type { Piece } from "../problem/piece.ts";
import type { ShiftBlock, ShiftForm, ShiftsInput } from "../problem/shift-block.ts";
import { buildShiftProblem } from "../problem/shift-problem.ts";
import { type LowerBound, lowerBound } from "./lower-bound.ts";

/** What the people can work, dealt out to the blocks. */
export interface DealtWork {
  /** Limits that each lie within one block. */
  readonly limits: readonly WorkLimit[];
  /** The limits that they come from; the others are far from being reached. */
  readonly dealt: readonly WorkLimit[];
  /** No schedule within the limits costs less, pinned shifts' wages not counted. */
  readonly bound: number;
  /** The same where there are as many people as shifts want. */
  readonly boundWithout: number;
  /** Agent-hours short of that optimum made whole. */
  readonly hoursShortWithout: number;
  /** Per block: shifts that the linear programs use, columns to begin with. */
  readonly used: readonly (readonly Piece[])[];
}

/** Prices tried at most, and when they are near enough: (cost − bound) ÷ cost. */
const mostTrials = 12;
const nearEnough = 1e-3;
const mostRounds = 60;

/** A limit of which the days use less than this in all is left alone: it is slack. */
const bindingShare = 0.9;

/** The linear optimum of a block at some prices: one corner of what the block can be. */
interface Corner {
  readonly block: number;
  /** Wages and penalties, prices of limits not counted. */
  readonly cost: number;
  /** What its shifts count under each limit. */
  readonly use: Float64Array;
}

/**
 * What people can work in a week or a period ties its days together. It is dealt out by prices (Dantzig and Wolfe 1960):
 * each block is solved for itself with every shift at the price of the limits under which it counts; a small linear
 * program mixes the optima so that the limits hold at the least cost, and its duals are the next prices. The mix says
 * how much of each limit belongs to which block; and at any prices the blocks' bounds less price × limit bound every
 * schedule (Lagrangian relaxation).
 *
 * @param onTrial told after each set of prices
 */
export function dealOutWork(
  input: ShiftsInput,
  limits: readonly WorkLimit[],
  solver: Solver,
  isOutOfTime: () => boolean,
  onTrial: (trials: number) => void = () => {},
): DealtWork {
  const { blocks } = buildShiftProblem({ ...input, workLimits: [] });
  const weights = blocks.map((block) => formWeights(input, block, limits));
  const free = limits.map((limit) => Math.max(0, limit.maximum - pinnedUnder(input, limit)));
  const overPrice = priceOfTooMany(input);
  const corners: Corner[] = [];
  let used: readonly (readonly Piece[])[] = blocks.map(() => []);
  let hoursShortWithout: number | null = null;

  /** Solves every block at these prices and adds its corner; the bound on every schedule. */
  const boundAt = (prices: Float64Array): number => {
    let usedBefore: readonly Piece[] = [];
    const relaxed = blocks.map((block, index) => {
      const priced = withPrices(block, weights[index], prices);
      const start = distinctPieces([...carriedOver(priced, usedBefore), ...carriedOver(priced, used[index])]);
      const solved = lowerBound(priced, solver, { start, mostRounds, isOutOfTime });
      usedBefore = solved.used;
      corners.push(cornerOf(solved, priced, index, weights[index], prices));
      return solved;
    });
    used = relaxed.map((solved) => solved.used);
    hoursShortWithout ??= relaxed.reduce(
      (sum, { rounded }, at) => sum + hoursShort(blocks[at], rounded()),
      0,
    );
    return (
      relaxed.reduce((sum, { bound }) => sum + bound, 0) -
      free.reduce((sum, most, limit) => sum + prices[limit] * most, 0)
    );
  };

  const boundWithout = boundAt(new Float64Array(limits.length));
  let bound = boundWithout;
  let mix = mixOf(corners, blocks.length, free, solver, overPrice);
  for (let trial = 1; trial <= mostTrials && mix !== null && !isOutOfTime(); trial++) {
    onTrial(trial);
    if (mix.cost - bound <= nearEnough * Math.abs(mix.cost)) break;
    bound = Math.max(bound, boundAt(mix.prices));
    mix = mixOf(corners, blocks.length, free, solver, overPrice);
  }
  const shares = mix === null ? { limits: [], dealt: [] } : sharesOf(input, blocks, limits, free, mix.use);
  return { ...shares, bound, boundWithout, hoursShortWithout: hoursShortWithout ?? 0, used };
}

/** Agent-hours below the demand where these pieces are all there is. */
export function hoursShort(block: ShiftBlock, pieces: readonly Piece[]): number {
  const allocation = allocateAgents(block);
  for (const { group, slots } of pieces) for (const slot of slots) allocation.add(group, slot);
  const missing = block.demand.reduce((sum, asked, at) => sum + Math.max(0, asked - allocation.staff[at]), 0);
  return (missing * block.slotMinutes) / 60;
}

/** Per form, the limits under which it counts. */
type FormWeights = readonly (readonly { readonly limit: number; readonly weight: number }[])[];

function formWeights(input: ShiftsInput, block: ShiftBlock, limits: readonly WorkLimit[]): FormWeights {
  return block.forms.map((form) =>
    limits.flatMap((limit, index) => {
      const weight = workWeight(input, limit, form);
      return weight > 0 ? [{ limit: index, weight }] : [];
    }),
  );
}

function withPrices(block: ShiftBlock, weights: FormWeights, prices: Float64Array): ShiftBlock {
  const priceOf = (form: number) =>
    weights[form].reduce((sum, { limit, weight }) => sum + weight * prices[limit], 0);
  return {
    ...block,
    forms: block.forms.map((form, index) => ({ ...form, extra: form.extra + priceOf(index) })),
  };
}

function cornerOf(
  { bound, shifts }: LowerBound,
  { forms }: ShiftBlock,
  block: number,
  weights: FormWeights,
  prices: Float64Array,
): Corner {
  const number = new Map<ShiftForm, number>(forms.map((form, index) => [form, index]));
  const use = new Float64Array(prices.length);
  for (const { form, amount } of shifts)
    for (const { limit, weight } of weights[number.get(form) ?? 0]) use[limit] += weight * amount;
  const paid = use.reduce((sum, amount, limit) => sum + amount * prices[limit], 0);
  return { block, cost: bound - paid, use };
}

/** Corners mixed so that each block is one whole and the limits hold. */
interface Mix {
  readonly cost: number;
  /** Per block, what it uses of each limit. */
  readonly use: readonly Float64Array[];
  /** What one more of each limit would save. */
  readonly prices: Float64Array;
}

/** The cheapest mix; what is too much under a limit costs more than any shift is worth. null: the solver has none. */
function mixOf(
  corners: readonly Corner[],
  blockCount: number,
  most: readonly number[],
  solver: Solver,
  overPrice: number,
): Mix | null {
  const builder = modelBuilder();
  const limitRow = most.map((maximum, limit) =>
    builder.row(`limit ${limit}`, Number.NEGATIVE_INFINITY, maximum),
  );
  const blockRow = Array.from({ length: blockCount }, (_, block) => builder.row(`block ${block}`, 1, 1));
  for (const row of limitRow)
    builder.column({ name: `too many under ${row}`, cost: overPrice, rows: [row], values: -1 });
  for (const { block, cost, use } of corners) {
    const counted = [...limitRow.keys()].filter((limit) => use[limit] > 1e-9);
    builder.column({
      name: `block ${block}`,
      cost,
      rows: [blockRow[block], ...counted.map((limit) => limitRow[limit])],
      values: [1, ...counted.map((limit) => use[limit])],
    });
  }
  const program = openLinearProgram(solver, builder.build());
  try {
    const solved = program.solve();
    if (solved === null) return null;
    const use = Array.from({ length: blockCount }, () => new Float64Array(most.length));
    for (const [index, corner] of corners.entries()) {
      const share = solved.x[most.length + index];
      for (let limit = 0; limit < most.length; limit++) use[corner.block][limit] += share * corner.use[limit];
    }
    const prices = Float64Array.from(limitRow, (row) => Math.max(0, -solved.duals[row]));
    return { cost: solved.objective, use, prices };
  } finally {
    program.dispose();
  }
}

/** A price that no shift is worth. */
function priceOfTooMany({ settings, templates }: ShiftsInput): number {
  const longest = templates.reduce((most, { lengthsMinutes }) => Math.max(most, ...lengthsMinutes), 0) / 60;
  const deepest = Math.max(1, ...(settings.shortageSteps ?? []).map(({ factor }) => factor));
  return 2 * (longest + 1) * (settings.costPerHourShort * deepest + settings.costPerHourOver);
}

/** What the mix uses of each limit in each block, in whole numbers that add up to the limit; pinned shifts on top. */
function sharesOf(
  input: ShiftsInput,
  blocks: readonly ShiftBlock[],
  limits: readonly WorkLimit[],
  free: readonly number[],
  use: readonly Float64Array[],
): Pick<DealtWork, "limits" | "dealt"> {
  const byBlock = new Map<string, WorkLimit>();
  const dealt: WorkLimit[] = [];
  for (const [index, limit] of limits.entries()) {
    const parts = blocks.flatMap(({ firstDay, endDay }, block) => {
      const days = limit.days.filter((day) => day >= firstDay && day < endDay);
      return days.length > 0 ? [{ days, use: use[block][index] }] : [];
    });
    const total = parts.reduce((sum, part) => sum + part.use, 0);
    if (parts.length > 1 && total < bindingShare * free[index]) continue;
    dealt.push(limit);
    const scale = total === 0 ? 0 : free[index] / total;
    const whole =
      parts.length === 1
        ? [free[index]]
        : wholeShares(
            parts.map((part) => scale * part.use),
            free[index],
          );
    for (const [at, { days }] of parts.entries()) {
      const share = { ...limit, days };
      const maximum = whole[at] + pinnedUnder(input, share);
      const key = JSON.stringify([limit.groupIds, limit.templateIds, limit.weights, days]);
      const before = byBlock.get(key);
      if (before === undefined || before.maximum > maximum) byBlock.set(key, { ...share, maximum });
    }
  }
  return { limits: [...byBlock.values()], dealt };
}

/** Whole numbers near to these that add up to `total`: the largest remainders are rounded up. */
function wholeShares(exact: readonly number[], total: number): number[] {
  const whole = exact.map((share) => Math.floor(share + 1e-6));
  const left = total - whole.reduce((sum, share) => sum + share, 0);
  const byRest = [...exact.keys()].sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]));
  for (const at of byRest.slice(0, Math.max(0, left))) whole[at]++;
  return whole;
}
