import { type ColumnSpec, modelBuilder } from "../optimising/model.ts";
import type { OpenLinearProgram, Solver } from "../optimising/solver.ts";
import { staffingPenalty } from "./floor.ts";
import { createPricer, type Piece, type Prices } from "./placed-shift.ts";
import type { ShiftBlock } from "./shift-problem.ts";

/**
 * How little any schedule of a block can cost, by column generation.
 *
 * The linear program over all placed shifts has far too many columns to write down, but its rows are few: one per
 * queue and slot. It is solved over a few columns; `Pricer` finds, exactly and for every form, the break placement
 * that its duals want most; those are added; and so on. Penalties are taken at whole numbers of agents, where staff
 * must land, which is tighter than at fractions.
 *
 * The bound is not the solver's word: from any prices `boundAt` computes one in its own arithmetic (Lagrangian
 * relaxation; Farley's scaling makes the prices feasible), so it holds even when the solver stops early or is wrong.
 */
export interface LowerBound {
  readonly bound: number;
  /** Columns of the linear program and how often its optimum uses each: what rounding starts from. */
  readonly columns: readonly Piece[];
  readonly use: Float64Array;
  /** What one agent more of a group is worth per slot at the optimum, by group, as running sums. */
  readonly prices: Prices;
  readonly rounds: number;
}

/** Stop when the program and the bound are this close: far below what matters. */
const closeEnough = 2e-4;

export function lowerBound(
  block: ShiftBlock,
  solver: Solver,
  seeds: readonly Piece[],
  mostRounds: number,
  outOfTime: () => boolean,
): LowerBound {
  const master = openMaster(block, solver);
  const columns: Piece[] = [];
  const insert = (shifts: readonly Piece[]) => {
    master.program.addColumns(shifts.map((shift) => master.columnOf(shift)));
    columns.push(...shifts);
  };
  insert(seeds);
  const pricer = createPricer(block);
  let best = Number.NEGATIVE_INFINITY;
  let use = new Float64Array(0);
  let prices: Prices = { worth: [], limitPrice: new Float64Array(block.limits.length) };
  let rounds = 0;
  try {
    for (; rounds < mostRounds && !(rounds > 0 && outOfTime()); rounds++) {
      const solved = master.program.solve();
      if (solved === null) break;
      const { value, limitPrice } = master.readDuals(solved.duals);
      prices = { worth: worthOf(block, value), limitPrice };
      use = solved.x.slice(master.fixedColumns);
      const found: { cost: number; shift: Piece }[] = [];
      let scale = 1;
      pricer.read(prices);
      for (let candidate = 0; candidate < pricer.count; candidate++) {
        if (pricer.atLeast(candidate) >= -1e-7) continue;
        const cost = pricer.price(candidate);
        if (cost >= -1e-7) continue;
        const shift = pricer.place(candidate);
        found.push({ cost, shift });
        scale = Math.min(scale, shift.wage / (shift.wage - cost));
      }
      best = Math.max(best, boundAt(block, value, limitPrice, scale));
      const objective = master.objective(solved.x);
      if (found.length === 0 || objective - best <= closeEnough * Math.abs(objective)) break;
      found.sort((a, b) => a.cost - b.cost);
      insert(found.slice(0, 150).map(({ shift }) => shift));
    }
  } finally {
    master.program.dispose();
  }
  return { bound: best, columns: columns.slice(0, use.length), use, prices, rounds };
}

/** Running sums, per group, of the best price among the queues it serves. */
export function worthOf(block: ShiftBlock, value: Float64Array): Float64Array[] {
  const { slotCount, queueCount } = block;
  return Array.from(block.groupMask, (mask) => {
    const sums = new Float64Array(slotCount + 1);
    for (let slot = 0; slot < slotCount; slot++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let queue = 0; queue < queueCount; queue++)
        if ((mask & (1 << queue)) !== 0) most = Math.max(most, value[queue * slotCount + slot]);
      sums[slot + 1] = sums[slot] + most;
    }
    return sums;
  });
}

/**
 * A valid lower bound from prices per queue and slot and per limit, all multiplied by `scale`, the largest factor
 * (at most 1) under which no shift is worth more than its wage.
 */
function boundAt(block: ShiftBlock, value: Float64Array, limitPrice: Float64Array, scale: number): number {
  const { slotCount, queueCount } = block;
  let bound = 0;
  const scaled = value.map((price, at) => Math.max(scale * price, -block.overPrice[at]));
  for (let at = 0; at < queueCount * slotCount; at++) {
    let staff = 0;
    let least = staffingPenalty(block, at, 0);
    // Convex in staff: walk down until it rises. Beyond the demand it only rises.
    const last = Math.ceil(Math.max(block.asked[at], block.minimum[at]));
    for (; staff < last; staff++) {
      const next = staffingPenalty(block, at, staff + 1) + scaled[at] * (staff + 1);
      if (next >= least) break;
      least = next;
    }
    bound += least;
  }
  const worth = worthOf(block, scaled);
  for (let group = 0; group < block.groupCount; group++) {
    for (let slot = 0; slot < slotCount; slot++) {
      const pinned = block.pinnedStaff[group * slotCount + slot];
      if (pinned > 0) bound -= pinned * (worth[group][slot + 1] - worth[group][slot]);
    }
  }
  for (const [index, { minimum, maximum }] of block.limits.entries()) {
    const price = scale * limitPrice[index];
    if (price > 0) bound += price * minimum;
    else if (price < 0) bound += price * maximum;
  }
  return bound;
}

interface Master {
  readonly program: OpenLinearProgram;
  /** Columns that are not shifts; shifts follow in the order they were added. */
  readonly fixedColumns: number;
  columnOf(shift: Piece): ColumnSpec;
  readDuals(duals: Float64Array): { value: Float64Array; limitPrice: Float64Array };
  objective(x: Float64Array): number;
}

/**
 * Rows: per queue and slot, agents there = agents given to it; per flexible group and slot, agents at work = agents
 * given to its queues; per count limit. Columns: steps of the convex penalties, the giving, and then the shifts.
 */
function openMaster(block: ShiftBlock, solver: Solver): Master {
  const { slotCount, queueCount, groupCount, groupMask } = block;
  const builder = modelBuilder();
  const costs: number[] = [];
  let constant = 0;
  const column = (spec: ColumnSpec) => {
    costs.push(spec.cost);
    builder.column(spec);
  };
  const flexible = Array.from(groupMask, (mask) => (mask & (mask - 1)) !== 0);
  const fixedStaff = new Float64Array(queueCount * slotCount);
  for (let group = 0; group < groupCount; group++) {
    if (flexible[group]) continue;
    const queue = 31 - Math.clz32(groupMask[group]);
    for (let slot = 0; slot < slotCount; slot++)
      fixedStaff[queue * slotCount + slot] += block.pinnedStaff[group * slotCount + slot];
  }
  for (let at = 0; at < queueCount * slotCount; at++)
    builder.row(
      `queue ${Math.floor(at / slotCount)} slot ${at % slotCount}`,
      -fixedStaff[at],
      -fixedStaff[at],
    );
  const groupRow = Array.from(groupMask, (_, group) => {
    if (!flexible[group]) return (31 - Math.clz32(groupMask[group])) * slotCount;
    const first = builder.row(`group ${group} slot 0`, 0, 0);
    for (let slot = 1; slot < slotCount; slot++) builder.row(`group ${group} slot ${slot}`, 0, 0);
    return first;
  });
  const limitRow = block.limits.map(({ template, day, minimum, maximum }) =>
    builder.row(`template ${template} day ${day}`, minimum, maximum),
  );
  for (let at = 0; at < queueCount * slotCount; at++) {
    constant += staffingPenalty(block, at, 0);
    for (const { steps, slope } of penaltySteps(block, at))
      column({ name: `staff ${at}`, cost: slope, upper: steps, rows: [at], values: -1 });
  }
  for (let group = 0; group < groupCount; group++) {
    if (!flexible[group]) continue;
    for (let slot = 0; slot < slotCount; slot++) {
      for (let queue = 0; queue < queueCount; queue++) {
        if ((groupMask[group] & (1 << queue)) === 0) continue;
        column({
          name: `give ${group} ${queue} ${slot}`,
          cost: 0,
          rows: [queue * slotCount + slot, groupRow[group] + slot],
          values: [1, -1],
        });
      }
    }
    // Pinned agents of a flexible group are there without a shift column.
    for (let slot = 0; slot < slotCount; slot++) {
      const pinned = block.pinnedStaff[group * slotCount + slot];
      if (pinned > 0)
        column({
          name: `pinned ${group} ${slot}`,
          cost: 0,
          lower: pinned,
          upper: pinned,
          rows: [groupRow[group] + slot],
          values: 1,
        });
    }
  }
  // A minimum that cannot be met yet is bought at a price no shift has.
  for (const [index, { minimum }] of block.limits.entries())
    if (minimum > 0)
      column({ name: `missing ${index}`, cost: block.hardPrice * 10, rows: [limitRow[index]], values: 1 });
  const fixedColumns = costs.length;
  return {
    program: solver.openLinearProgram(builder.build()),
    fixedColumns,
    columnOf(shift) {
      costs.push(shift.wage);
      const first = groupRow[shift.group];
      const rows = Array.from(shift.slots, (slot) => first + slot);
      for (const limit of shift.limits) rows.push(limitRow[limit]);
      return { name: `shift ${costs.length}`, cost: shift.wage, rows, values: 1 };
    },
    readDuals: (duals) => ({
      value: duals.slice(0, queueCount * slotCount),
      limitPrice: Float64Array.from(limitRow, (row) => duals[row]),
    }),
    objective: (x) => x.reduce((sum, amount, index) => sum + amount * costs[index], constant),
  };
}

/** The convex penalty of one queue and slot as runs of equal slope, from no agents up; the last run has no end. */
function penaltySteps(block: ShiftBlock, at: number): { steps: number; slope: number }[] {
  const runs: { steps: number; slope: number }[] = [];
  const last = Math.ceil(Math.max(block.asked[at], block.minimum[at]));
  let before = staffingPenalty(block, at, 0);
  for (let staff = 1; staff <= last; staff++) {
    const penalty = staffingPenalty(block, at, staff);
    const slope = penalty - before;
    const run = runs.at(-1);
    if (run !== undefined && Math.abs(run.slope - slope) < 1e-9) run.steps++;
    else runs.push({ steps: 1, slope });
    before = penalty;
  }
  runs.push({ steps: Number.POSITIVE_INFINITY, slope: block.overPrice[at] });
  return runs;
}
