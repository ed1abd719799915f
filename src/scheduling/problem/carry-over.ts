import { type Piece, pieceOf, placeShift } from "./piece.ts";
import type { ShiftBlock, ShiftForm } from "./shift-block.ts";

/**
 * Pieces of another day, or of this one at other prices, as pieces of this block: same shape and group, as far from the
 * block's start. Left out: those of which the block has no form.
 */
export function carriedOver(block: ShiftBlock, pieces: readonly Piece[]): Piece[] {
  if (pieces.length === 0) return [];
  const key = ({ shape, group, start, keepLimit }: ShiftForm) =>
    `${shape.template} ${shape.length} ${group} ${start} ${keepLimit === null ? "" : "kept"}`;
  const forms = new Map(block.forms.map((form) => [key(form), form]));
  return pieces.flatMap((piece) => {
    const shifts = piece.shifts.flatMap((shift) => {
      const form = forms.get(key(shift.form));
      // What the same hours cost may differ: it is a Sunday, or hours have another price.
      return form === undefined ? [] : [placeShift(block, form, shift.breakStarts)];
    });
    return shifts.length === piece.shifts.length ? [pieceOf(shifts, piece.tourRule)] : [];
  });
}

/** Each piece once. */
export function distinctPieces(pieces: readonly Piece[]): Piece[] {
  const byKey = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = piece.shifts.map(({ form, breakStarts }) =>
      [form.shape.template, form.shape.length, form.group, form.start, form.keepLimit, ...breakStarts].join(
        " ",
      ),
    );
    byKey.set(key.join("|"), piece);
  }
  return [...byKey.values()];
}
