import { type LinearModel, type ModelBuilder, modelBuilder } from "../../optimising/model.ts";
import { allocateAgents } from "../problem/agent-allocation.ts";
import { type AllocationRows, addAllocationRows } from "../problem/allocation-rows.ts";
import { type Piece, type PlacedShift, pieceOf, placeShift } from "../problem/piece.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";

/** Part of a schedule as a mixed-integer program. */
export interface PartProgram {
  readonly model: LinearModel;
  /** The schedule as it is, as an answer. */
  readonly start: Float64Array;
  /** Cost of what the model's objective leaves out. */
  readonly constant: number;
  /** The whole schedule that an answer means. */
  read(x: Float64Array): Piece[];
}

/** What may be chosen anew. */
export interface Freedom {
  /** 1 per form: its shifts, those of tours only within their tour's kind and on their day. */
  readonly forms: Uint8Array;
  /** 1 per kind of tour: its tours, days off and all. */
  readonly kinds: Uint8Array;
}

/**
 * Part of a schedule as a mixed-integer program: what is free is chosen anew, at its best, around all that stays.
 *
 * Breaks are implicit (after Aykin 1996): columns count the shifts of a form, and for each of its breaks how many begin
 * in which slot; as many of each as there are shifts. Rows over running counts keep the least work between two breaks,
 * so that the counts come apart into real shifts: the first of each break together, then the second, and so on.
 *
 * `kindOf` returns the kind of tour that a piece counts to, null for a shift by itself.
 */
export function partProgram(
  block: ShiftBlock,
  pieces: readonly Piece[],
  kindOf: (piece: Piece) => number | null,
  free: Freedom,
): PartProgram {
  const division = divide(block, pieces, kindOf, free);
  const rest = withStanding(block, division);
  const builder = modelBuilder();
  const rows = addAllocationRows(rest.block, builder);
  const start: number[] = [];
  const breaks = breakColumns(block, builder, rows);
  const shifts = addShiftColumns(block, builder, rows, breaks, division, start);
  const tours = addTourColumns(block, builder, shifts.dayRow, division, start);
  const model = builder.build();
  const answer = Float64Array.from(model.cost, (_, column) => start[column] ?? 0);
  describeAllocation(block, pieces, rest.counted, rows, answer);
  return {
    model,
    start: answer,
    constant: rows.constant + rest.wages,
    read: (x) => readPieces(block, x, division, breaks, shifts.columns, tours),
  };
}

/** Shifts that must come in some number: by themselves, or on a day (0 is the week's first) of a kind of tour. */
interface ShiftGroup {
  readonly tourDay: { readonly kind: number; readonly day: number } | null;
  /** Forms to choose from. */
  readonly forms: readonly number[];
  /** Shifts that it holds now. */
  readonly now: PlacedShift[];
}

/** A tour of which some shifts stay. */
interface OpenTour {
  readonly piece: Piece;
  readonly kind: number;
  readonly staying: readonly PlacedShift[];
  /** Days within the kind's week for which a shift is chosen. */
  readonly days: readonly number[];
}

/** Pieces cut into what stays, what is half free, and what is chosen anew. */
interface Division {
  readonly free: Freedom;
  readonly stays: readonly Piece[];
  readonly open: readonly OpenTour[];
  readonly single: ShiftGroup;
  /** Shifts by themselves first, then days of kinds of tours, by `dayKey`. */
  readonly groups: ReadonlyMap<string, ShiftGroup>;
  /** Tours chosen anew that there are now, by kind and days. */
  readonly replanned: ReadonlyMap<string, number>;
  readonly formIndex: (shift: PlacedShift) => number;
}

function dayKey(kind: number, day: number): string {
  return `${kind} ${day}`;
}

function divide(
  block: ShiftBlock,
  pieces: readonly Piece[],
  kindOf: (piece: Piece) => number | null,
  free: Freedom,
): Division {
  const formNumber = new Map(block.forms.map((form, index) => [form, index]));
  const formIndex = (shift: PlacedShift) => formNumber.get(shift.form) ?? -1;
  const singleForms = block.forms.flatMap(({ shape }, index) =>
    block.inTours[shape.template] === 0 && free.forms[index] === 1 ? [index] : [],
  );
  const single: ShiftGroup = { tourDay: null, forms: singleForms, now: [] };
  const groups = new Map<string, ShiftGroup>([["", single]]);
  const groupOf = (kind: number, day: number): ShiftGroup => {
    const key = dayKey(kind, day);
    const before = groups.get(key);
    if (before !== undefined) return before;
    const forms = [...block.tours[kind].formsByDay[day]].filter(
      (form) => free.forms[form] === 1 || free.kinds[kind] === 1,
    );
    const group: ShiftGroup = { tourDay: { kind, day }, forms, now: [] };
    groups.set(key, group);
    return group;
  };
  for (const [kind, { formsByDay }] of block.tours.entries())
    if (free.kinds[kind] === 1) for (const day of formsByDay.keys()) groupOf(kind, day);

  const stays: Piece[] = [];
  const open: OpenTour[] = [];
  const replanned = new Map<string, number>();
  for (const piece of pieces) {
    const kind = kindOf(piece);
    if (kind === null) {
      const [shift] = piece.shifts;
      if (free.forms[formIndex(shift)] === 1) single.now.push(shift);
      else stays.push(piece);
      continue;
    }
    const { formsByDay } = block.tours[kind];
    const dayOf = (shift: PlacedShift) => formsByDay.findIndex((forms) => forms.includes(formIndex(shift)));
    if (free.kinds[kind] === 1) {
      for (const shift of piece.shifts) groupOf(kind, dayOf(shift)).now.push(shift);
      const key = `${kind} ${piece.shifts.map(dayOf).join()}`;
      replanned.set(key, (replanned.get(key) ?? 0) + 1);
      continue;
    }
    const freed = piece.shifts.filter((shift) => free.forms[formIndex(shift)] === 1);
    if (freed.length === 0) {
      stays.push(piece);
      continue;
    }
    for (const shift of freed) groupOf(kind, dayOf(shift)).now.push(shift);
    const staying = piece.shifts.filter((shift) => !freed.includes(shift));
    open.push({ kind, piece, staying, days: freed.map(dayOf) });
  }
  return { free, stays, open, single, groups, replanned, formIndex };
}

/** The block with all that stays as part of what stands, and what that counts and costs. */
function withStanding(
  block: ShiftBlock,
  { stays, open }: Division,
): { readonly block: ShiftBlock; readonly counted: Int32Array; readonly wages: number } {
  const pinnedStaff = block.pinnedStaff.slice();
  const counted = new Int32Array(block.limits.length);
  let wages = 0;
  const standing = [...stays.flatMap(({ shifts }) => shifts), ...open.flatMap(({ staying }) => staying)];
  for (const { form, slots, wage } of standing) {
    wages += wage;
    for (const slot of slots) pinnedStaff[form.group * block.slotCount + slot]++;
    for (const limit of form.limits) counted[limit]++;
  }
  const limits = block.limits.map((limit, index) => ({
    ...limit,
    minimum: Math.max(0, limit.minimum - counted[index]),
    maximum: limit.maximum - counted[index],
  }));
  return { block: { ...block, pinnedStaff, limits }, counted, wages };
}

/** Columns of the breaks of a form in one order, by break and position; `rows` say that each is as frequent as the shift. */
interface BreakColumns {
  readonly rows: readonly number[];
  readonly columns: readonly (readonly number[])[];
}

/** Makes the columns of a form and order when they are first asked for; `made` are all so far. */
function breakColumns(block: ShiftBlock, builder: ModelBuilder, allocation: AllocationRows) {
  const made = new Map<string, BreakColumns & { readonly form: number; readonly order: number }>();
  const make = (form: number, order: number): BreakColumns => {
    const key = `${form} ${order}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const { shape, group, start: begin } = block.forms[form];
    const { breaks, minimumWork } = shape.orders[order];
    const pay = block.pay[shape.template];
    const rows = breaks.map(({ rule }) => builder.row(`breaks ${key} ${rule}`, 0, 0));
    // Running counts, for positions up to where every break before has ended in time anyway.
    const after = breaks.map((rule, at) => {
      if (at === 0) return [];
      const before = breaks[at - 1];
      const from = rule.earliest;
      const until = Math.min(rule.latest, before.latest + before.length + minimumWork - 1);
      return Array.from({ length: Math.max(0, until - from + 1) }, (_, step) => ({
        position: from + step,
        row: builder.row(`after ${key} ${rule.rule} ${from + step}`, 0, Number.POSITIVE_INFINITY),
      }));
    });
    const columns = breaks.map(({ rule, length, earliest, latest, paid }, at) =>
      Array.from({ length: latest - earliest + 1 }, (_, step) => {
        const position = earliest + step;
        const from = begin + position;
        const own = after[at].filter((one) => position <= one.position).map(({ row }) => row);
        const next = (after[at + 1] ?? [])
          .filter((one) => position + length + minimumWork <= one.position)
          .map(({ row }) => row);
        const work = Array.from({ length }, (_, slot) => allocation.workRow(group, from + slot));
        return builder.column({
          name: `break ${key} ${rule} ${position}`,
          cost: paid ? 0 : -(pay[from + length] - pay[from]),
          integer: true,
          rows: [rows[at], ...work, ...own, ...next],
          values: [1, ...work.map(() => -1), ...own.map(() => -1), ...next.map(() => 1)],
        });
      }),
    );
    const entry = { form, order, rows, columns };
    made.set(key, entry);
    return entry;
  };
  return { make, made };
}

type MadeBreaks = ReturnType<typeof breakColumns>;

interface ShiftCount {
  readonly group: ShiftGroup;
  readonly form: number;
  readonly order: number;
  readonly column: number;
}

/** Columns that count the shifts of each group by form and order of breaks; notes in `start` those there are now. */
function addShiftColumns(
  block: ShiftBlock,
  builder: ModelBuilder,
  allocation: AllocationRows,
  breaks: MadeBreaks,
  { groups, free, formIndex }: Division,
  start: number[],
): { readonly columns: readonly ShiftCount[]; readonly dayRow: ReadonlyMap<string, number> } {
  const columns: ShiftCount[] = [];
  const dayRow = new Map<string, number>();
  for (const [key, group] of groups) {
    const { tourDay, forms, now } = group;
    const label = tourDay === null ? "single" : `tours ${tourDay.kind} day ${tourDay.day}`;
    if (tourDay !== null) {
      const count = free.kinds[tourDay.kind] === 1 ? 0 : now.length;
      dayRow.set(key, builder.row(label, count, count));
    }
    const countRow = dayRow.get(key);
    for (const form of forms) {
      const { shape, start: begin, extra } = block.forms[form];
      const pay = block.pay[shape.template];
      for (const order of shape.orders.keys()) {
        const work = Array.from({ length: shape.length }, (_, slot) => begin + slot);
        const ofBreaks = breaks.make(form, order).rows;
        const ofShift = allocation.entriesOf(block.forms[form], work);
        if (countRow !== undefined) {
          ofShift.rows.push(countRow);
          ofShift.values.push(1);
        }
        const column = builder.column({
          name: `shifts ${form} ${order} ${label}`,
          cost: extra + pay[begin + shape.length] - pay[begin],
          integer: true,
          rows: [...ofShift.rows, ...ofBreaks],
          values: [...ofShift.values, ...ofBreaks.map(() => -1)],
        });
        columns.push({ group, form, order, column });
      }
    }
    for (const shift of now) {
      const form = formIndex(shift);
      const order = orderIndex(shift);
      const count = columns.find((one) => one.group === group && one.form === form && one.order === order);
      if (count === undefined) throw new RangeError(`no column for form ${form}, ${label}`);
      start[count.column] = (start[count.column] ?? 0) + 1;
      const ofBreaks = breaks.make(form, order).columns;
      for (const [at, { rule, earliest }] of shift.form.shape.orders[order].breaks.entries()) {
        const column = ofBreaks[at][shift.breakStarts[rule] - earliest];
        start[column] = (start[column] ?? 0) + 1;
      }
    }
  }
  return { columns, dayRow };
}

interface TourCount {
  readonly kind: number;
  readonly days: readonly number[];
  readonly column: number;
}

/** Columns that count the tours of free kinds by their days; notes in `start` those there are now. */
function addTourColumns(
  block: ShiftBlock,
  builder: ModelBuilder,
  dayRow: ReadonlyMap<string, number>,
  { free, replanned }: Division,
  start: number[],
): TourCount[] {
  const columns: TourCount[] = [];
  for (const [kind, { patterns }] of block.tours.entries()) {
    if (free.kinds[kind] !== 1) continue;
    for (const days of patterns) {
      const column = builder.column({
        name: `tours ${kind} on ${days.join()}`,
        cost: 0,
        integer: true,
        rows: days.map((day) => dayRow.get(dayKey(kind, day)) ?? -1),
        values: -1,
      });
      start[column] = replanned.get(`${kind} ${days.join()}`) ?? 0;
      columns.push({ kind, days, column });
    }
  }
  return columns;
}

/** Completes the answer that stands for the schedule as it is: agents on queues and counts under limits. */
function describeAllocation(
  block: ShiftBlock,
  pieces: readonly Piece[],
  counted: Int32Array,
  rows: AllocationRows,
  answer: Float64Array,
): void {
  const allocation = allocateAgents(block);
  const counts = new Int32Array(block.limits.length);
  for (const { group, slots, limits } of pieces) {
    for (const slot of slots) allocation.add(group, slot);
    for (const limit of limits) counts[limit]++;
  }
  rows.describe(
    allocation,
    counts.map((count, limit) => count - counted[limit]),
    answer,
  );
}

const noBreaks = new Int32Array(0);

/** The pieces of an answer: what stayed, half-free tours completed, and what was chosen anew. */
function readPieces(
  block: ShiftBlock,
  x: Float64Array,
  { stays, open, single, groups }: Division,
  breaks: MadeBreaks,
  shiftColumns: readonly ShiftCount[],
  tourColumns: readonly TourCount[],
): Piece[] {
  const unassigned = new Map<string, PlacedShift[]>();
  for (const [key, { form, order, columns }] of breaks.made) {
    const countAt = (at: number, step: number) => Math.round(x[columns[at][step]]);
    unassigned.set(key, shiftsOfCounts(block, form, order, countAt));
  }
  const chosen = new Map<ShiftGroup, PlacedShift[]>();
  for (const { group, form, order, column } of shiftColumns) {
    const shifts = chosen.get(group) ?? [];
    chosen.set(group, shifts);
    const count = Math.round(x[column]);
    if (block.forms[form].shape.orders[order].breaks.length > 0)
      shifts.push(...(unassigned.get(`${form} ${order}`) ?? []).splice(0, count));
    // A form without breaks has no break to read its shifts off.
    else
      for (let index = 0; index < count; index++) shifts.push(placeShift(block, block.forms[form], noBreaks));
  }
  const take = (kind: number, day: number): PlacedShift[] => {
    const group = groups.get(dayKey(kind, day));
    return group === undefined ? [] : (chosen.get(group)?.splice(0, 1) ?? []);
  };
  return [
    ...stays,
    ...open.map(({ piece, kind, staying, days }) =>
      pieceOf(
        [...staying, ...days.flatMap((day) => take(kind, day))].sort(
          (a, b) => a.form.startMinute - b.form.startMinute,
        ),
        piece.tourRule,
      ),
    ),
    ...tourColumns.flatMap(({ kind, days, column }) =>
      Array.from({ length: Math.round(x[column]) }, () =>
        pieceOf(
          days.flatMap((day) => take(kind, day)),
          block.tours[kind].rule,
        ),
      ),
    ),
    ...(chosen.get(single) ?? []).map((shift) => pieceOf([shift], null)),
  ];
}

/** Which order of its shape a shift's breaks keep. */
function orderIndex({ form, breakStarts }: PlacedShift): number {
  return form.shape.orders.findIndex(({ breaks, minimumWork }) =>
    breaks.every(
      ({ rule, length, earliest, latest }, at) =>
        breakStarts[rule] >= earliest &&
        breakStarts[rule] <= latest &&
        (at === breaks.length - 1 ||
          breakStarts[rule] + length + minimumWork <= breakStarts[breaks[at + 1].rule]),
    ),
  );
}

/** Counts of breaks per position as shifts: the earliest of each break together, and so on. */
function shiftsOfCounts(
  block: ShiftBlock,
  form: number,
  order: number,
  countAt: (at: number, step: number) => number,
): PlacedShift[] {
  const { breaks } = block.forms[form].shape.orders[order];
  const positions = breaks.map(({ earliest, latest }, at) =>
    Array.from({ length: latest - earliest + 1 }, (_, step) =>
      Array.from({ length: countAt(at, step) }, () => earliest + step),
    ).flat(),
  );
  return (positions[0] ?? []).map((_, turn) => {
    const starts = new Int32Array(breaks.length);
    for (const [at, { rule }] of breaks.entries()) starts[rule] = positions[at][turn];
    return placeShift(block, block.forms[form], starts);
  });
}

/** Finds the kinds of tours that a tour may count to: those that hold all its shifts. */
export function kindsHolding(block: ShiftBlock): (tour: Piece) => number[] {
  const formIndex = new Map(block.forms.map((form, index) => [form, index]));
  const kindsOfForm: Set<number>[] = block.forms.map(() => new Set());
  for (const [kind, { formsByDay }] of block.tours.entries())
    for (const form of formsByDay.flatMap((forms) => [...forms])) kindsOfForm[form].add(kind);
  return ({ tourRule, shifts }) => {
    const [first, ...others] = shifts.map(({ form }) => kindsOfForm[formIndex.get(form) ?? 0]);
    return [...first].filter(
      (kind) => block.tours[kind].rule === tourRule && others.every((kinds) => kinds.has(kind)),
    );
  };
}
