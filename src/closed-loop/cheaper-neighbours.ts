import type { Piece } from "../scheduling/problem/piece.ts";
import type { ShiftBlock } from "../scheduling/problem/shift-block.ts";
import { fits, insertPiece, mayLeave, openCrew, removePieceAt } from "../scheduling/search/crew.ts";
import { readPrices } from "../scheduling/search/crew-moves.ts";
import { type ModelledTarget, minimumsOf, modelledService } from "./service-model.ts";

/** For each shift taken out, so many of the best cheaper ones are tried in its place. */
const insteadOfEach = 6;

/**
 * Schedules one exchange away that cost less: a shift taken out, or a cheaper one in its place. The model only says in
 * which order to try them, those that it expects to miss least first; the simulation decides.
 *
 * @param measuredAt agents at work when the targets were measured, by group × slots + slot
 */
export function cheaperNeighbours(
  block: ShiftBlock,
  pieces: readonly Piece[],
  measuredAt: Int32Array,
  targets: readonly (ModelledTarget & { readonly units: number })[],
): (readonly Piece[])[] {
  const model = modelledService(block, measuredAt, targets, minimumsOf(block));
  const crew = openCrew(block, Number.POSITIVE_INFINITY, model);
  for (const piece of pieces) insertPiece(crew, piece);
  const missed = () =>
    targets.reduce(
      (most, { units }, k) => Math.max(most, -model.surplus(k) / Math.max(1e-9, units)),
      Number.NEGATIVE_INFINITY,
    );
  const found: { readonly pieces: readonly Piece[]; readonly missed: number }[] = [];
  for (const piece of distinct(pieces)) {
    const at = crew.pieces.indexOf(piece);
    if (!mayLeave(crew, crew.pieces[at])) continue;
    removePieceAt(crew, at);
    found.push({ pieces: [...crew.pieces], missed: missed() });
    for (const other of cheaperThan(crew, piece)) {
      insertPiece(crew, other);
      found.push({ pieces: [...crew.pieces], missed: missed() });
      removePieceAt(crew, crew.pieces.indexOf(other));
    }
    insertPiece(crew, piece);
  }
  return found.sort((a, b) => a.missed - b.missed).map((one) => one.pieces);
}

/** One of each kind. */
function distinct(pieces: readonly Piece[]): Piece[] {
  const kinds = new Map<string, Piece>();
  for (const piece of pieces)
    kinds.set([piece.group, piece.tourRule, piece.wage, ...piece.slots].join(" "), piece);
  return [...kinds.values()];
}

/** The best that fit of those that cost less. */
function cheaperThan(crew: ReturnType<typeof openCrew>, { wage }: Piece): Piece[] {
  readPrices(crew, null);
  const { pricer } = crew;
  return Array.from({ length: pricer.count }, (_, candidate) => ({
    candidate,
    price: pricer.price(candidate),
  }))
    .filter(({ price }) => price < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.price - b.price)
    .slice(0, 4 * insteadOfEach)
    .map(({ candidate }) => pricer.place(candidate))
    .filter((piece) => piece.wage < wage - 1e-9 && fits(crew, piece))
    .slice(0, insteadOfEach);
}
