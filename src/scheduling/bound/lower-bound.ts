import { type ColumnSpec, modelBuilder } from "../../optimising/model.ts";
import { type OpenLinearProgram, openLinearProgram, type Solver } from "../../optimising/solver.ts";
import { addAllocationRows } from "../problem/allocation-rows.ts";
import { type Piece, pieceOf } from "../problem/piece.ts";
import { createPricer, type Pricer, type Prices } from "../problem/pricing.ts";
import type { ShiftBlock, ShiftForm } from "../problem/shift-block.ts";
import { staffingPenalty } from "../problem/staffing-penalty.ts";
import { roundedShifts, roundedTours, type ShiftColumn } from "./round-optimum.ts";

/** What the linear relaxation of a block came to. */
export interface LowerBound {
  /** No schedule of the block costs less. */
  readonly bound: number;
  /** The optimum made whole, from which a search may start. */
  readonly rounded: () => readonly Piece[];
  /** Pieces that the optimum uses: good columns for a day like this one. */
  readonly used: readonly Piece[];
  /** What one agent more of a group is worth per slot at the optimum; null where no program was solved. */
  readonly prices: Prices | null;
  /** Paid hours of the optimum; 0 where no program was solved. */
  readonly hours: number;
  /** Shifts of the optimum, as many of each as it says, fractions too. */
  readonly shifts: readonly { readonly form: ShiftForm; readonly amount: number }[];
  /** Rounds of column generation. */
  readonly rounds: number;
}

export interface BoundEffort {
  /** Pieces to begin with as columns. */
  readonly start: readonly Piece[];
  readonly mostRounds: number;
  /** Asked before every round but the first. */
  readonly isOutOfTime?: () => boolean;
  /** Stop where the bound cannot become more than this. */
  readonly atMost?: number;
}

/** Stop when the program and the bound are this close: far below what matters. */
const closeEnough = 2e-4;

/** The same for weeks of tours, whose programs are far larger. */
const closeEnoughWithTours = 2e-3;

/** Columns added in a round, at most, for each day of the block. */
const mostColumns = 150;

/** A dense tableau of more rows than this takes longer than anyone would wait. */
const mostDenseRows = 300;

/**
 * How little any schedule of a block can cost, by column generation.
 *
 * The linear program over all placed shifts has far too many columns to write down, but its rows are few: one per
 * queue and slot. It is solved over a few columns; `Pricer` finds, exactly and for every form, the break placement
 * that its duals want most; those are added; and so on. Penalties are taken at whole numbers of agents, where staff
 * must land, which is tighter than at fractions.
 *
 * A tour's days are chosen independently of each other once its kind and its days off are; so the program counts tours
 * by kind and set of days, and shifts by kind and day, and asks that these agree. That is as tight as a column for each
 * whole tour, with far fewer columns.
 *
 * The bound is not the solver's word: from any prices `boundAt` computes one in its own arithmetic (Lagrangian
 * relaxation; Farley's scaling, 1990, makes the prices feasible), so it holds even when the solver stops early or is
 * wrong. Where the tableau of javascript-lp-solver would be too large, it comes from the price of shortage alone.
 *
 * @param block the days to be bounded; a cost below its hard price means that every hard minimum can be met
 * @param solver who solves the linear programs
 * @param effort columns to begin with, and limits
 * @example lowerBound(block, solver, { start: [], mostRounds: 200 }).bound
 */
export function lowerBound(block: ShiftBlock, solver: Solver, effort: BoundEffort): LowerBound {
  if (solver.name === "javascript-lp-solver" && masterRows(block) > mostDenseRows) return priceBound(block);
  const { start, mostRounds, isOutOfTime = () => false, atMost = Number.NEGATIVE_INFINITY } = effort;
  const master = openMaster(block, solver);
  const columns: ShiftColumn[] = [];
  const insert = (added: readonly ShiftColumn[]) => {
    master.program.addColumns(added.map((column) => master.columnOf(column)));
    columns.push(...added);
  };
  insert(
    start.flatMap(({ shifts, tourRule }) => (tourRule === null ? [{ shift: shifts[0], tourDay: null }] : [])),
  );
  const pricer = createPricer(block);
  const untied = block.tours.length > 0 ? untiedBound(block, solver, effort) : null;
  if (untied !== null) insert(untied.columns);
  let best = untied?.bound ?? Number.NEGATIVE_INFINITY;
  let x = new Float64Array(0);
  let prices: Prices | null = null;
  let rounds = 0;
  let average: Pick<MasterPrices, "value" | "limitPrice"> | null = null;
  try {
    for (; rounds < mostRounds && !(rounds > 0 && isOutOfTime()); rounds++) {
      const solved = master.program.solve();
      if (solved === null) break;
      const duals = master.readDuals(solved.duals);
      prices = { worth: worthOf(block, duals.value), limitPrice: duals.limitPrice };
      x = solved.x.slice();
      const { found, scale } = columnsWorthHaving(block, pricer, prices, duals.dayPrice);
      best = Math.max(best, boundAt(block, duals, scale));
      if (block.endDay - block.firstDay > 1) {
        // A large program's own prices swing from round to round; their average settles sooner.
        average = halfway(average, duals);
        best = Math.max(best, boundAt(block, average, feasibleScale(block, pricer, average)));
      }
      const objective = master.objective(solved.x);
      const enough = block.tours.length > 0 ? closeEnoughWithTours : closeEnough;
      if (found.length === 0 || objective <= atMost) break;
      if (objective - best <= enough * Math.abs(objective)) break;
      insert(found.slice(0, mostColumns * (block.endDay - block.firstDay)));
    }
  } finally {
    master.program.dispose();
  }
  const use = x.slice(master.fixedColumns);
  return {
    bound: best,
    prices,
    hours: columns.reduce((sum, { shift }, index) => sum + (use[index] ?? 0) * shift.form.shape.paidHours, 0),
    shifts: columns.flatMap(({ shift }, index) =>
      use[index] > 1e-9 ? [{ form: shift.form, amount: use[index] }] : [],
    ),
    rounds,
    rounded: () => [
      ...roundedShifts(columns, use),
      ...roundedTours(block, columns, use, (kind, pattern) => x[master.tourColumn(kind, pattern)] ?? 0),
    ],
    used: columns.flatMap(({ shift, tourDay }, index) =>
      tourDay === null && use[index] > 1e-6 ? [pieceOf([shift], null)] : [],
    ),
  };
}

/** Columns with a negative reduced cost, the cheapest first, and the scale at which these prices are feasible. */
function columnsWorthHaving(
  block: ShiftBlock,
  pricer: Pricer,
  prices: Prices,
  dayPrice: MasterPrices["dayPrice"],
): { readonly found: readonly ShiftColumn[]; readonly scale: number } {
  pricer.read(prices);
  const found: { readonly cost: number; readonly column: ShiftColumn }[] = [];
  let scale = 1;
  for (let candidate = 0; candidate < pricer.count; candidate++) {
    if (pricer.priceAtLeast(candidate) >= 0) continue;
    const cost = pricer.price(candidate);
    if (cost >= 0) continue;
    const piece = pricer.place(candidate);
    scale = Math.min(scale, piece.wage / (piece.wage - cost));
    if (cost < -1e-7 && piece.tourRule === null)
      found.push({ cost, column: { shift: piece.shifts[0], tourDay: null } });
  }
  for (const [kind, tour] of block.tours.entries()) {
    for (let day = 0; day < tour.formsByDay.length; day++) {
      const cost = pricer.priceDay(tour, day) - dayPrice[kind][day];
      if (cost < -1e-7)
        found.push({ cost, column: { shift: pricer.placeDay(tour, day), tourDay: { kind, day } } });
    }
  }
  found.sort((a, b) => a.cost - b.cost);
  return { found: found.map(({ column }) => column), scale };
}

/** Prices moved halfway towards new ones. */
function halfway(
  before: Pick<MasterPrices, "value" | "limitPrice"> | null,
  { value, limitPrice }: Pick<MasterPrices, "value" | "limitPrice">,
): Pick<MasterPrices, "value" | "limitPrice"> {
  if (before === null) return { value, limitPrice: limitPrice.map((price) => 0.5 * price) };
  return {
    value: before.value.map((price, at) => 0.5 * (price + value[at])),
    limitPrice: before.limitPrice.map((price, at) => 0.5 * (price + limitPrice[at])),
  };
}

/**
 * A week whose shifts need not go together costs no more than one of tours, and its program is far easier. It gives a
 * first bound, and shifts that are worth having on each day of whatever tours may hold them.
 */
function untiedBound(
  block: ShiftBlock,
  solver: Solver,
  effort: BoundEffort,
): { readonly bound: number; readonly columns: readonly ShiftColumn[] } {
  const untied = { ...block, tours: [], inTours: new Uint8Array(block.inTours.length) };
  const { bound, used } = lowerBound(untied, solver, { ...effort, start: [] });
  const formIndex = new Map(block.forms.map((form, index) => [form, index]));
  const holders: { readonly kind: number; readonly day: number }[][] = block.forms.map(() => []);
  for (const [kind, { formsByDay }] of block.tours.entries())
    for (const [day, forms] of formsByDay.entries())
      for (const form of forms) holders[form].push({ kind, day });
  const columns = used.flatMap(({ shifts: [shift] }): ShiftColumn[] => {
    if (block.inTours[shift.form.shape.template] === 0) return [{ shift, tourDay: null }];
    return holders[formIndex.get(shift.form) ?? 0].map((tourDay) => ({ shift, tourDay }));
  });
  return { bound, columns };
}

/** Rows of the linear program of a block. */
export function masterRows({ queueCount, slotCount, groupMask, limits, tours }: ShiftBlock): number {
  const flexible = groupMask.filter((mask) => (mask & (mask - 1)) !== 0).length;
  const days = tours.reduce((sum, { formsByDay }) => sum + formsByDay.length, 0);
  return (queueCount + flexible) * slotCount + limits.length + days;
}

/** A bound without any linear program, from one price for all slots: what a missing agent costs, made feasible. */
function priceBound(block: ShiftBlock): LowerBound {
  const prices = { value: block.shortPrice.slice(), limitPrice: new Float64Array(block.limits.length) };
  const bound = boundAt(block, prices, feasibleScale(block, createPricer(block), prices));
  return { bound, rounded: () => [], used: [], prices: null, rounds: 0, hours: 0, shifts: [] };
}

/** The largest factor, at most 1, under which no piece is worth more than its wage at these prices. */
function feasibleScale(
  block: ShiftBlock,
  pricer: Pricer,
  { value, limitPrice }: Pick<MasterPrices, "value" | "limitPrice">,
): number {
  pricer.read({ worth: worthOf(block, value), limitPrice });
  let scale = 1;
  for (let candidate = 0; candidate < pricer.count; candidate++) {
    if (pricer.priceAtLeast(candidate) >= 0) continue;
    const cost = pricer.price(candidate);
    if (cost >= 0) continue;
    const { wage } = pricer.place(candidate);
    scale = Math.min(scale, wage / (wage - cost));
  }
  return scale;
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
function boundAt(
  block: ShiftBlock,
  { value, limitPrice }: Pick<MasterPrices, "value" | "limitPrice">,
  scale: number,
): number {
  const { slotCount, queueCount } = block;
  let bound = 0;
  const scaled = value.map((price, at) => Math.max(scale * price, -block.overPrice[at]));
  for (let at = 0; at < queueCount * slotCount; at++) {
    let staff = 0;
    let least = staffingPenalty(block, at, 0);
    // Convex in staff: walk down until it rises. Beyond the demand it only rises.
    const last = Math.ceil(Math.max(block.demand[at], block.minimum[at]));
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
  for (const [index, { minimum, maximum, missingPrice }] of block.limits.entries()) {
    const price = Math.min(scale * limitPrice[index], missingPrice ?? Number.POSITIVE_INFINITY);
    if (price > 0) bound += price * minimum;
    else if (price < 0) bound += price * maximum;
  }
  return bound;
}

/** Prices of the linear program's rows. */
interface MasterPrices {
  /** Per queue and slot: what one agent more is worth. */
  readonly value: Float64Array;
  readonly limitPrice: Float64Array;
  /** Per kind of tour and day: what one shift of it is worth to its tours. */
  readonly dayPrice: readonly (readonly number[])[];
}

/** The linear program over the columns there are so far. */
interface Master {
  readonly program: OpenLinearProgram;
  /** Columns that are not shifts; shifts follow in the order they were added. */
  readonly fixedColumns: number;
  /** Index of the column that counts tours of a kind with a set of days. */
  tourColumn(kind: number, pattern: number): number;
  columnOf(column: ShiftColumn): ColumnSpec;
  readDuals(duals: Float64Array): MasterPrices;
  objective(x: Float64Array): number;
}

/** Rows of the allocation, rows by which tours and their days agree, and then the shifts. */
function openMaster(block: ShiftBlock, solver: Solver): Master {
  const builder = modelBuilder();
  const allocation = addAllocationRows(block, builder);
  const dayRow = block.tours.map((tour, kind) =>
    tour.formsByDay.map((_, day) => builder.row(`tours ${kind} day ${day}`, 0, 0)),
  );
  const firstTour = block.tours.map(({ patterns }, kind) => {
    const columns = patterns.map((days) =>
      builder.column({
        name: `tours ${kind} on ${days.join()}`,
        cost: 0,
        rows: days.map((day) => dayRow[kind][day]),
        values: -1,
      }),
    );
    return columns[0] ?? 0;
  });
  const model = builder.build();
  const costs = [...model.cost];
  return {
    program: openLinearProgram(solver, model, block.tours.length > 0 ? "interior" : "simplex"),
    fixedColumns: costs.length,
    tourColumn: (kind, pattern) => firstTour[kind] + pattern,
    columnOf({ shift, tourDay }) {
      costs.push(shift.wage);
      const { rows, values } = allocation.entriesOf(shift.form, shift.slots);
      if (tourDay !== null) {
        rows.push(dayRow[tourDay.kind][tourDay.day]);
        values.push(1);
      }
      return { name: `shift ${costs.length}`, cost: shift.wage, rows, values };
    },
    readDuals: (duals) => ({
      value: duals.slice(0, allocation.queueRows),
      limitPrice: Float64Array.from(allocation.limitRow, (row) => duals[row]),
      dayPrice: dayRow.map((rows) => rows.map((row) => duals[row])),
    }),
    objective: (x) => x.reduce((sum, amount, index) => sum + amount * costs[index], allocation.constant),
  };
}
