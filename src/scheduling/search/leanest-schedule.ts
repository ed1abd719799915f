import { type Effort, type Solver, solveModel } from "../../optimising/solver.ts";
import { onlyHours } from "../bound/hour-market.ts";
import { meetsMinimums } from "../check/missed-minimum.ts";
import { carriedOver } from "../problem/carry-over.ts";
import { type Piece, paidHoursIn } from "../problem/piece.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { kindsHolding, partProgram } from "./part-program.ts";

/** The fewest paid hours in which a block meets what it must. */
export interface LeanestSchedule {
  /** Pieces of the block; where they miss a hard minimum, the fewest agents and shifts that any schedule misses. */
  readonly pieces: readonly Piece[];
  readonly hours: number;
  readonly meetsMinimums: boolean;
  /** Whether it is proved that nothing does better. */
  readonly isProved: boolean;
}

/** Programs of more columns are not begun; a dense tableau takes far fewer. */
const mostColumns = { highs: 12_000, "javascript-lp-solver": 400 };

/** Limits of work, so that the answer repeats; javascript-lp-solver knows only one of time. */
const effortOf: Readonly<Record<Solver["name"], Effort>> = {
  highs: { nodes: 500, iterations: 100_000 },
  "javascript-lp-solver": { seconds: 2 },
};

/**
 * The whole block as one mixed-integer program in which nothing counts but paid hours and what must be met: the last
 * resort where a search by price misses a hard minimum or a budget that can be kept. `start` are pieces of the block.
 * null: the program is too large, or was not solved.
 */
export function leanestSchedule(
  block: ShiftBlock,
  solver: Solver,
  start: readonly Piece[],
): LeanestSchedule | null {
  const lean = onlyHours(block);
  const kinds = kindsHolding(lean);
  const everything = {
    forms: new Uint8Array(lean.forms.length).fill(1),
    kinds: new Uint8Array(lean.tours.length).fill(1),
  };
  const program = partProgram(
    lean,
    carriedOver(lean, start),
    (piece) => (piece.tourRule === null ? null : kinds(piece)[0]),
    everything,
  );
  if (program.model.cost.length > mostColumns[solver.name]) return null;
  const answer = solveModel(solver, program.model, { ...effortOf[solver.name], start: program.start });
  if (answer.x === null) return null;
  const pieces = carriedOver(block, program.read(answer.x));
  return {
    pieces,
    hours: paidHoursIn(pieces),
    meetsMinimums: meetsMinimums({ block, best: { pieces, cost: 0 } }),
    isProved: answer.status === "optimal",
  };
}
