import { type ColumnSpec, modelBuilder } from "../../optimising/model.ts";
import { type OpenLinearProgram, openLinearProgram, type Solver } from "../../optimising/solver.ts";
import {
  createPricer,
  type Piece,
  type PlacedShift,
  type Pricer,
  type Prices,
  pieceOf,
} from "../problem/placed-shift.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { staffingPenalty } from "../search/floor.ts";
import { addFloorRows } from "../search/floor-rows.ts";

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
  /** The optimum's whole parts, from which a search may start. */
  readonly rounded: readonly Piece[];
  /** Pieces that the optimum uses: good columns for a day like this one. */
  readonly used: readonly Piece[];
  /** What one agent more of a group is worth per slot at the optimum, by group, as running sums. */
  readonly prices: Prices | null;
  /** Paid hours of the optimum; 0 where no program was solved. */
  readonly hours: number;
  readonly rounds: number;
}

/**
 * A column: a shift that stands by itself, or one on a day of a kind of tour. A tour's days are chosen independently
 * of each other once its kind and its days off are; so the program counts tours by kind and set of days, and shifts by
 * kind and day, and asks that these agree. That is as tight as a column for each whole tour, with far fewer columns.
 */
interface Column {
  readonly shift: PlacedShift;
  /** Index of the kind of tour, or −1. */
  readonly kind: number;
  readonly day: number;
}

/** Stop when the program and the bound are this close: far below what matters. */
const closeEnough = 2e-4;

/** The same for weeks of tours, whose programs are far larger. */
const closeEnoughWithTours = 2e-3;

/** Columns added in a round, at most, for each day of the block. */
const mostColumns = 150;

export function lowerBound(
  block: ShiftBlock,
  solver: Solver,
  seeds: readonly Piece[],
  mostRounds: number,
  outOfTime: () => boolean,
): LowerBound {
  if (solver.name === "javascript-lp-solver" && masterRows(block) > mostDenseRows) return priceBound(block);
  const master = openMaster(block, solver);
  const columns: Column[] = [];
  const insert = (added: readonly Column[]) => {
    master.program.addColumns(added.map((column) => master.columnOf(column)));
    columns.push(...added);
  };
  insert(seeds.flatMap(({ shifts, rule }) => (rule < 0 ? [{ shift: shifts[0], kind: -1, day: 0 }] : [])));
  const pricer = createPricer(block);
  const untied = block.tours.length > 0 ? untiedBound(block, solver, mostRounds, outOfTime) : null;
  if (untied !== null) insert(untied.columns);
  let best = untied?.bound ?? Number.NEGATIVE_INFINITY;
  let x = new Float64Array(0);
  let prices: Prices | null = null;
  let rounds = 0;
  let calm: Float64Array | null = null;
  let calmLimit = new Float64Array(block.limits.length);
  try {
    for (; rounds < mostRounds && !(rounds > 0 && outOfTime()); rounds++) {
      const solved = master.program.solve();
      if (solved === null) break;
      const { value, limitPrice, dayPrice } = master.readDuals(solved.duals);
      prices = { worth: worthOf(block, value), limitPrice };
      x = solved.x.slice();
      pricer.read(prices);
      const found: { cost: number; column: Column }[] = [];
      let scale = 1;
      for (let candidate = 0; candidate < pricer.count; candidate++) {
        if (pricer.atLeast(candidate) >= 0) continue;
        const cost = pricer.price(candidate);
        if (cost >= 0) continue;
        const piece = pricer.place(candidate);
        scale = Math.min(scale, piece.wage / (piece.wage - cost));
        if (cost < -1e-7 && piece.rule < 0)
          found.push({ cost, column: { shift: piece.shifts[0], kind: -1, day: 0 } });
      }
      for (const [kind, tour] of block.tours.entries()) {
        for (let day = 0; day < tour.formsByDay.length; day++) {
          const cost = pricer.priceDay(tour, day) - dayPrice[kind][day];
          if (cost < -1e-7) found.push({ cost, column: { shift: pricer.placeDay(tour, day), kind, day } });
        }
      }
      best = Math.max(best, boundAt(block, value, limitPrice, scale));
      if (block.endDay - block.firstDay > 1) {
        // A large program's own prices swing from round to round; their average settles sooner.
        calm = calm === null ? value : calm.map((price, at) => 0.5 * (price + value[at]));
        calmLimit = calmLimit.map((price, at) => 0.5 * (price + limitPrice[at]));
        best = Math.max(best, boundAt(block, calm, calmLimit, feasibleScale(block, pricer, calm, calmLimit)));
      }
      const objective = master.objective(solved.x);
      const enough = block.tours.length > 0 ? closeEnoughWithTours : closeEnough;
      if (found.length === 0 || objective - best <= enough * Math.abs(objective)) break;
      found.sort((a, b) => a.cost - b.cost);
      const room = mostColumns * (block.endDay - block.firstDay);
      insert(found.slice(0, room).map(({ column }) => column));
    }
  } finally {
    master.program.dispose();
  }
  const use = x.slice(master.fixedColumns);
  return {
    bound: best,
    prices,
    hours: columns.reduce((sum, { shift }, index) => sum + (use[index] ?? 0) * shift.form.shape.paidHours, 0),
    rounds,
    rounded: [
      ...roundedShifts(columns, use),
      ...roundedTours(block, columns, use, (kind, pattern) => x[master.tourColumn(kind, pattern)] ?? 0),
    ],
    used: columns.flatMap(({ shift, kind }, index) =>
      kind < 0 && use[index] > 1e-6 ? [pieceOf([shift], -1)] : [],
    ),
  };
}

/**
 * A week whose shifts need not go together costs no more than one of tours, and its program is far easier. It gives a
 * first bound, and shifts that are worth having on each day of whatever tours may hold them.
 */
function untiedBound(
  block: ShiftBlock,
  solver: Solver,
  mostRounds: number,
  outOfTime: () => boolean,
): { readonly bound: number; readonly columns: readonly Column[] } {
  const untied = { ...block, tours: [], inTours: new Uint8Array(block.inTours.length) };
  const { bound, used } = lowerBound(untied, solver, [], mostRounds, outOfTime);
  const formIndex = new Map(block.forms.map((form, index) => [form, index]));
  const holders: { readonly kind: number; readonly day: number }[][] = block.forms.map(() => []);
  for (const [kind, { formsByDay }] of block.tours.entries())
    for (const [day, forms] of formsByDay.entries())
      for (const form of forms) holders[form].push({ kind, day });
  const columns = used.flatMap(({ shifts: [shift] }): Column[] => {
    if (block.inTours[shift.form.shape.template] === 0) return [{ shift, kind: -1, day: 0 }];
    return holders[formIndex.get(shift.form) ?? 0].map(({ kind, day }) => ({ shift, kind, day }));
  });
  return { bound, columns };
}

/** Rows of the linear program of a block. */
export function masterRows({ queueCount, slotCount, groupMask, limits, tours }: ShiftBlock): number {
  const flexible = groupMask.filter((mask) => (mask & (mask - 1)) !== 0).length;
  const days = tours.reduce((sum, { formsByDay }) => sum + formsByDay.length, 0);
  return (queueCount + flexible) * slotCount + limits.length + days;
}

/** A dense tableau of more rows than this would not be solved within anybody's patience. */
const mostDenseRows = 300;

/** A bound without any linear program, from one price for all slots: what a missing agent costs, made feasible. */
function priceBound(block: ShiftBlock): LowerBound {
  const value = block.shortPrice.slice();
  const limitPrice = new Float64Array(block.limits.length);
  const scale = feasibleScale(block, createPricer(block), value, limitPrice);
  const bound = boundAt(block, value, limitPrice, scale);
  return { bound, rounded: [], used: [], prices: null, rounds: 0, hours: 0 };
}

/** Whole shifts in the optimum's mix: of like shifts what is owed is added up along the day; see `roundedTours`. */
function roundedShifts(columns: readonly Column[], use: Float64Array): Piece[] {
  const used = columns.flatMap(({ shift, kind }, index) =>
    kind < 0 && use[index] > 1e-9 ? [{ shift, amount: use[index] }] : [],
  );
  used.sort((a, b) => a.shift.form.startMinute - b.shift.form.startMinute);
  const owedBy = new Map<string, number>();
  const pieces: Piece[] = [];
  for (const { shift, amount } of used) {
    const { shape, group, day, keep } = shift.form;
    const key = [shape.template, shape.length, group, day, keep].join();
    let owed = (owedBy.get(key) ?? 0) + amount;
    for (; owed > 0.5; owed--) pieces.push(pieceOf([shift], -1));
    owedBy.set(key, owed);
  }
  return pieces;
}

/**
 * Whole tours in the optimum's mix. The optimum spreads a tour over many kinds and sets of days, so that each taken by
 * itself would round to nothing. Instead what is owed on each day is added up along the bands of like tours, and a tour
 * is made of those days on which most is owed once it is nearer to a whole one than to none. Each day takes the shift of
 * which most is left.
 */
function roundedTours(
  block: ShiftBlock,
  columns: readonly Column[],
  use: Float64Array,
  tourUse: (kind: number, pattern: number) => number,
): Piece[] {
  const left = use.slice();
  const byDay = new Map<string, number[]>();
  for (let index = 0; index < use.length; index++) {
    const { kind, day } = columns[index];
    if (kind < 0) continue;
    const key = `${kind} ${day}`;
    byDay.set(key, [...(byDay.get(key) ?? []), index]);
  }
  const pieces: Piece[] = [];
  const owedBy = new Map<string, Float64Array>();
  for (const [kind, { patterns, rule, formsByDay }] of block.tours.entries()) {
    const owed = listed(owedBy, likeTours(block, kind), () => new Float64Array(formsByDay.length));
    for (const [number, days] of patterns.entries()) {
      const amount = tourUse(kind, number);
      for (const day of days) owed[day] += amount;
    }
    for (;;) {
      const worth = (days: readonly number[]) =>
        days.reduce(
          (sum, day) => (byDay.has(`${kind} ${day}`) ? sum + 2 * owed[day] - 1 : Number.NEGATIVE_INFINITY),
          0,
        );
      const days = patterns.reduce((a, b) => (worth(b) > worth(a) + 1e-9 ? b : a));
      if (worth(days) <= 0) break;
      const shifts = days.map((day) => {
        const choices = byDay.get(`${kind} ${day}`) ?? [];
        const chosen = choices.reduce((a, b) => (left[b] > left[a] ? b : a));
        left[chosen]--;
        owed[day]--;
        return columns[chosen].shift;
      });
      pieces.push(pieceOf(shifts, rule));
    }
  }
  return pieces;
}

/** Tours that differ in their band only. */
function likeTours(block: ShiftBlock, kind: number): string {
  const { rule, formsByDay } = block.tours[kind];
  const weekday = formsByDay.findIndex((forms) => forms.length > 0);
  const { shape, group, day } = block.forms[formsByDay[weekday][0]];
  return [rule, shape.template, shape.length, group, day - weekday].join();
}

function listed<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** The largest factor, at most 1, under which no piece is worth more than its wage at these prices. */
function feasibleScale(
  block: ShiftBlock,
  pricer: Pricer,
  value: Float64Array,
  limitPrice: Float64Array,
): number {
  pricer.read({ worth: worthOf(block, value), limitPrice });
  let scale = 1;
  for (let candidate = 0; candidate < pricer.count; candidate++) {
    if (pricer.atLeast(candidate) >= 0) continue;
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
  for (const [index, { minimum, maximum, missingPrice }] of block.limits.entries()) {
    const price = Math.min(scale * limitPrice[index], missingPrice ?? Number.POSITIVE_INFINITY);
    if (price > 0) bound += price * minimum;
    else if (price < 0) bound += price * maximum;
  }
  return bound;
}

interface Master {
  readonly program: OpenLinearProgram;
  /** Columns that are not shifts; shifts follow in the order they were added. */
  readonly fixedColumns: number;
  /** Index of the column that counts tours of a kind with a set of days. */
  tourColumn(kind: number, pattern: number): number;
  columnOf(column: Column): ColumnSpec;
  readDuals(duals: Float64Array): {
    value: Float64Array;
    limitPrice: Float64Array;
    /** Per kind of tour and day: what one shift of it is worth to its tours. */
    dayPrice: readonly (readonly number[])[];
  };
  objective(x: Float64Array): number;
}

/** Floor rows, rows by which tours and their days agree, and then the shifts. */
function openMaster(block: ShiftBlock, solver: Solver): Master {
  const builder = modelBuilder();
  const floor = addFloorRows(block, builder);
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
    columnOf({ shift, kind, day }) {
      costs.push(shift.wage);
      const rows = floor.rowsOf(shift.form, shift.slots);
      if (kind >= 0) rows.push(dayRow[kind][day]);
      return { name: `shift ${costs.length}`, cost: shift.wage, rows, values: 1 };
    },
    readDuals: (duals) => ({
      value: duals.slice(0, floor.queueRows),
      limitPrice: Float64Array.from(floor.limitRow, (row) => duals[row]),
      dayPrice: dayRow.map((rows) => rows.map((row) => duals[row])),
    }),
    objective: (x) => x.reduce((sum, amount, index) => sum + amount * costs[index], floor.constant),
  };
}
