import { type Piece, pieceOf, placeShift } from "../problem/placed-shift.ts";
import type { ShiftBlock, ShiftForm } from "../problem/shift-block.ts";

/** Pieces of another day, or of this one at other prices, as columns here: same shape and group, at the same distance. */
export function fitting(block: ShiftBlock, pieces: readonly Piece[]): Piece[] {
  if (pieces.length === 0) return [];
  const key = ({ shape, group, start, limit, keep }: ShiftForm) =>
    `${shape.template} ${shape.length} ${group} ${start} ${limit < 0 ? "" : "limited"} ${keep < 0 ? "" : "kept"}`;
  const forms = new Map(block.forms.map((form) => [key(form), form]));
  return pieces.flatMap((piece) => {
    const shifts = piece.shifts.flatMap((shift) => {
      const form = forms.get(key(shift.form));
      // What the same hours cost may differ: it is a Sunday, or hours have another price.
      return form === undefined ? [] : [placeShift(block, form, shift.breakStarts)];
    });
    return shifts.length === piece.shifts.length ? [pieceOf(shifts, piece.rule)] : [];
  });
}

export function distinct(pieces: readonly Piece[]): Piece[] {
  const seen = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = piece.shifts.map(({ form, breakStarts }) =>
      [form.shape.template, form.shape.length, form.group, form.start, form.keep, ...breakStarts].join(" "),
    );
    seen.set(key.join("|"), piece);
  }
  return [...seen.values()];
}
