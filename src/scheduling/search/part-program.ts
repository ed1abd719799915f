import { type LinearModel, modelBuilder } from "../../optimising/model.ts";
import { type Piece, type PlacedShift, pieceOf, placeShift } from "../problem/placed-shift.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { createFloor } from "./floor.ts";
import { addFloorRows } from "./floor-rows.ts";

/**
 * Part of a schedule as a mixed-integer program: what is free is chosen anew, at its best, around all that stays.
 *
 * Breaks are implicit (after Aykin): columns count the shifts of a form, and for each of its breaks how many begin in
 * which slot; as many of each as there are shifts. Rows over running counts keep the least work between two breaks, so
 * that the counts come apart into real shifts: the first of each break together, then the second, and so on.
 */
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

/** A tour of which some shifts stay. */
interface OpenTour {
  readonly piece: Piece;
  readonly kept: readonly PlacedShift[];
  /** Days within the kind's week for which a shift is chosen. */
  readonly days: readonly number[];
}

/** Shifts that must come in some number: by themselves (−1), or on a day of a kind of tour. */
interface Demand {
  readonly kind: number;
  readonly day: number;
  readonly forms: readonly number[];
  /** Shifts that it holds now, by form. */
  readonly now: PlacedShift[];
}

/** `kindOf` says to which kind of tour a piece counts, −1 for a shift by itself. */
export function partProgram(
  block: ShiftBlock,
  pieces: readonly Piece[],
  kindOf: (piece: Piece) => number,
  free: Freedom,
): PartProgram {
  const formIndex = new Map(block.forms.map((form, index) => [form, index]));
  const indexOf = (shift: PlacedShift) => formIndex.get(shift.form) ?? -1;
  const demands = new Map<string, Demand>();
  const demandOf = (kind: number, day: number): Demand => {
    const key = `${kind} ${day}`;
    const known = demands.get(key);
    if (known !== undefined) return known;
    const all = kind < 0 ? singleForms(block) : block.tours[kind].formsByDay[day];
    const forms = [...all].filter((form) => free.forms[form] === 1 || (kind >= 0 && free.kinds[kind] === 1));
    const demand = { kind, day, forms, now: [] };
    demands.set(key, demand);
    return demand;
  };
  demandOf(-1, 0);
  for (const [kind, { formsByDay }] of block.tours.entries())
    if (free.kinds[kind] === 1) for (const day of formsByDay.keys()) demandOf(kind, day);

  const stays: Piece[] = [];
  const open: (OpenTour & { readonly kind: number })[] = [];
  const replanned = new Map<string, number>();
  for (const piece of pieces) {
    const kind = kindOf(piece);
    if (kind < 0) {
      const [shift] = piece.shifts;
      if (free.forms[indexOf(shift)] === 1) demandOf(-1, 0).now.push(shift);
      else stays.push(piece);
      continue;
    }
    const { formsByDay } = block.tours[kind];
    const dayOf = (shift: PlacedShift) => formsByDay.findIndex((forms) => forms.includes(indexOf(shift)));
    if (free.kinds[kind] === 1) {
      for (const shift of piece.shifts) demandOf(kind, dayOf(shift)).now.push(shift);
      const key = `${kind} ${piece.shifts.map(dayOf).join()}`;
      replanned.set(key, (replanned.get(key) ?? 0) + 1);
      continue;
    }
    const freed = piece.shifts.filter((shift) => free.forms[indexOf(shift)] === 1);
    if (freed.length === 0) {
      stays.push(piece);
      continue;
    }
    for (const shift of freed) demandOf(kind, dayOf(shift)).now.push(shift);
    const kept = piece.shifts.filter((shift) => !freed.includes(shift));
    open.push({ kind, piece, kept, days: freed.map(dayOf) });
  }

  const rest = around(block, [...stays.flatMap(({ shifts }) => shifts), ...open.flatMap(({ kept }) => kept)]);
  const builder = modelBuilder();
  const floor = addFloorRows(rest, builder);
  const start: number[] = [];
  const note = (column: number, value: number) => {
    start[column] = value;
  };
  /** Per form and order of its breaks: row by which each break is as frequent as the shift. */
  const orders = new Map<string, { readonly rows: number[]; readonly breakColumns: number[][] }>();
  const orderOf = (form: number, order: number) => {
    const key = `${form} ${order}`;
    const known = orders.get(key);
    if (known !== undefined) return known;
    const { shape, group, start: begin } = block.forms[form];
    const { breaks, minimumWork } = shape.orders[order];
    const pay = block.pay[shape.template];
    const rows = breaks.map(({ rule }) => builder.row(`breaks ${key} ${rule}`, 0, 0));
    const after = breaks.map((rule, at) => {
      if (at === 0) return [];
      const before = breaks[at - 1];
      const from = rule.earliest;
      // Beyond this every break before has ended in time.
      const until = Math.min(rule.latest, before.latest + before.length + minimumWork - 1);
      return Array.from({ length: Math.max(0, until - from + 1) }, (_, step) => ({
        position: from + step,
        row: builder.row(`after ${key} ${rule.rule} ${from + step}`, 0, Number.POSITIVE_INFINITY),
      }));
    });
    const breakColumns = breaks.map(({ rule, length, earliest, latest, paid }, at) =>
      Array.from({ length: latest - earliest + 1 }, (_, step) => {
        const position = earliest + step;
        const from = begin + position;
        const own = after[at].filter((one) => position <= one.position).map(({ row }) => row);
        const next = (after[at + 1] ?? [])
          .filter((one) => position + length + minimumWork <= one.position)
          .map(({ row }) => row);
        const work = Array.from({ length }, (_, slot) => floor.workRow(group, from + slot));
        return builder.column({
          name: `break ${key} ${rule} ${position}`,
          cost: paid ? 0 : -(pay[from + length] - pay[from]),
          integer: true,
          rows: [rows[at], ...work, ...own, ...next],
          values: [1, ...work.map(() => -1), ...own.map(() => -1), ...next.map(() => 1)],
        });
      }),
    );
    const made = { rows, breakColumns };
    orders.set(key, made);
    return made;
  };

  const shiftColumns: { demand: Demand; form: number; order: number; column: number }[] = [];
  const dayRow = new Map<Demand, number>();
  for (const demand of demands.values()) {
    const { kind, day, forms, now } = demand;
    const replan = kind >= 0 && free.kinds[kind] === 1;
    const many = replan ? 0 : now.length;
    if (kind >= 0) dayRow.set(demand, builder.row(`tours ${kind} day ${day}`, many, many));
    for (const form of forms) {
      const { shape, start: begin, extra } = block.forms[form];
      const pay = block.pay[shape.template];
      for (const order of shape.orders.keys()) {
        const work = Array.from({ length: shape.length }, (_, slot) => begin + slot);
        const own = [...orderOf(form, order).rows];
        const count = dayRow.get(demand);
        const rows = floor.rowsOf(block.forms[form], work);
        const column = builder.column({
          name: `shifts ${form} ${order} of ${kind} ${day}`,
          cost: extra + pay[begin + shape.length] - pay[begin],
          integer: true,
          rows: [...rows, ...(count === undefined ? [] : [count]), ...own],
          values: [...rows.map(() => 1), ...(count === undefined ? [] : [1]), ...own.map(() => -1)],
        });
        shiftColumns.push({ demand, form, order, column });
      }
    }
    for (const shift of now) {
      const form = indexOf(shift);
      const order = orderIndex(shift);
      const own = shiftColumns.find(
        (one) => one.demand === demand && one.form === form && one.order === order,
      );
      if (own === undefined) throw new RangeError(`no column for form ${form} of kind ${kind}`);
      note(own.column, (start[own.column] ?? 0) + 1);
      const { breakColumns } = orderOf(form, order);
      for (const [at, { rule, earliest }] of shift.form.shape.orders[order].breaks.entries()) {
        const column = breakColumns[at][shift.breakStarts[rule] - earliest];
        note(column, (start[column] ?? 0) + 1);
      }
    }
  }
  const tourColumns: { kind: number; days: readonly number[]; column: number }[] = [];
  for (const [kind, { patterns }] of block.tours.entries()) {
    if (free.kinds[kind] !== 1) continue;
    for (const days of patterns) {
      const column = builder.column({
        name: `tours ${kind} on ${days.join()}`,
        cost: 0,
        integer: true,
        rows: days.map((day) => dayRow.get(demandOf(kind, day)) ?? -1),
        values: -1,
      });
      note(column, replanned.get(`${kind} ${days.join()}`) ?? 0);
      tourColumns.push({ kind, days, column });
    }
  }
  const model = builder.build();
  const answer = Float64Array.from(model.cost, (_, column) => start[column] ?? 0);
  const whole = createFloor(block);
  const counts = new Int32Array(block.limits.length);
  for (const piece of pieces) {
    for (const slot of piece.slots) whole.add(piece.group, slot);
    for (const limit of piece.limits) counts[limit]++;
  }
  for (let limit = 0; limit < counts.length; limit++) counts[limit] -= rest.counted[limit];
  floor.describe(whole, counts, answer);

  return {
    model,
    start: answer,
    constant: floor.constant + rest.wages,
    read(x) {
      const made = new Map<string, PlacedShift[]>();
      for (const [key, { breakColumns }] of orders) {
        const [form, order] = key.split(" ").map(Number);
        made.set(
          key,
          apart(block, form, order, (at, step) => Math.round(x[breakColumns[at][step]])),
        );
      }
      const placed = new Map<Demand, PlacedShift[]>();
      for (const { demand, form, order, column } of shiftColumns) {
        const own = placed.get(demand) ?? [];
        own.push(...(made.get(`${form} ${order}`) ?? []).splice(0, Math.round(x[column])));
        // A form without breaks has no break to read its shifts off.
        placed.set(demand, own);
        const lacking = block.forms[form].shape.orders[order].breaks.length === 0 ? Math.round(x[column]) : 0;
        for (let more = 0; more < lacking; more++) own.push(placeShift(block, block.forms[form], noBreaks));
      }
      const take = (kind: number, day: number): PlacedShift[] =>
        placed.get(demandOf(kind, day))?.splice(0, 1) ?? [];
      return [
        ...stays,
        ...open.map(({ piece, kind, kept, days }) =>
          pieceOf(
            [...kept, ...days.flatMap((day) => take(kind, day))].sort(
              (a, b) => a.form.startMinute - b.form.startMinute,
            ),
            piece.rule,
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
        ...(placed.get(demandOf(-1, 0)) ?? []).map((shift) => pieceOf([shift], -1)),
      ];
    },
  };
}

const noBreaks = new Int32Array(0);

function singleForms(block: ShiftBlock): number[] {
  return block.forms.flatMap(({ shape }, index) => (block.inTours[shape.template] === 1 ? [] : [index]));
}

/** The block with these shifts as part of what stands. */
function around(
  block: ShiftBlock,
  shifts: readonly PlacedShift[],
): ShiftBlock & { readonly counted: Int32Array; readonly wages: number } {
  const pinnedStaff = block.pinnedStaff.slice();
  const counted = new Int32Array(block.limits.length);
  let wages = 0;
  for (const { form, slots, wage } of shifts) {
    wages += wage;
    for (const slot of slots) pinnedStaff[form.group * block.slotCount + slot]++;
    for (const limit of [form.limit, form.keep]) if (limit >= 0) counted[limit]++;
  }
  const limits = block.limits.map((limit, index) => ({
    ...limit,
    minimum: Math.max(0, limit.minimum - counted[index]),
    maximum: limit.maximum - counted[index],
  }));
  return { ...block, pinnedStaff, limits, counted, wages };
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
function apart(
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
