import { type Piece, type PlacedShift, pieceOf } from "../problem/piece.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";

/** A column of the linear program: a shift by itself, or one on a day (0 is the week's first) of a kind of tour. */
export interface ShiftColumn {
  readonly shift: PlacedShift;
  readonly tourDay: { readonly kind: number; readonly day: number } | null;
}

/**
 * Whole shifts in the optimum's mix: of like shifts the fractions are added up along the day, and a shift is made
 * whenever the sum is nearer to a whole one than to none.
 */
export function roundedShifts(columns: readonly ShiftColumn[], use: Float64Array): Piece[] {
  const used = columns.flatMap(({ shift, tourDay }, index) =>
    tourDay === null && use[index] > 1e-9 ? [{ shift, amount: use[index] }] : [],
  );
  used.sort((a, b) => a.shift.form.startMinute - b.shift.form.startMinute);
  const owedBy = new Map<string, number>();
  const pieces: Piece[] = [];
  for (const { shift, amount } of used) {
    const { shape, group, day, keepLimit } = shift.form;
    const key = [shape.template, shape.length, group, day, keepLimit].join();
    let owed = (owedBy.get(key) ?? 0) + amount;
    for (; owed > 0.5; owed--) pieces.push(pieceOf([shift], null));
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
export function roundedTours(
  block: ShiftBlock,
  columns: readonly ShiftColumn[],
  use: Float64Array,
  tourUse: (kind: number, pattern: number) => number,
): Piece[] {
  const unused = use.slice();
  const columnsOfDay = new Map<string, number[]>();
  for (let index = 0; index < use.length; index++) {
    const { tourDay } = columns[index];
    if (tourDay === null) continue;
    listIn(columnsOfDay, `${tourDay.kind} ${tourDay.day}`, () => []).push(index);
  }
  const pieces: Piece[] = [];
  const owedBy = new Map<string, Float64Array>();
  for (const [kind, { patterns, rule, formsByDay }] of block.tours.entries()) {
    const owed = listIn(owedBy, tourFamily(block, kind), () => new Float64Array(formsByDay.length));
    for (const [number, days] of patterns.entries()) {
      const amount = tourUse(kind, number);
      for (const day of days) owed[day] += amount;
    }
    const worth = (days: readonly number[]) =>
      days.reduce(
        (sum, day) =>
          columnsOfDay.has(`${kind} ${day}`) ? sum + 2 * owed[day] - 1 : Number.NEGATIVE_INFINITY,
        0,
      );
    while (patterns.length > 0) {
      const days = patterns.reduce((a, b) => (worth(b) > worth(a) + 1e-9 ? b : a));
      if (worth(days) <= 0) break;
      const shifts = days.map((day) => {
        const choices = columnsOfDay.get(`${kind} ${day}`) ?? [];
        const chosen = choices.reduce((a, b) => (unused[b] > unused[a] ? b : a));
        unused[chosen]--;
        owed[day]--;
        return columns[chosen].shift;
      });
      pieces.push(pieceOf(shifts, rule));
    }
  }
  return pieces;
}

/** The same for tours that differ in their band only. */
function tourFamily(block: ShiftBlock, kind: number): string {
  const { rule, formsByDay } = block.tours[kind];
  const weekday = formsByDay.findIndex((forms) => forms.length > 0);
  const { shape, group, day } = block.forms[formsByDay[weekday][0]];
  return [rule, shape.template, shape.plannedLength, group, day - weekday].join();
}

/** The map's entry, made where there is none. */
function listIn<T>(map: Map<string, T>, key: string, make: () => T): T {
  const entry = map.get(key) ?? make();
  map.set(key, entry);
  return entry;
}
