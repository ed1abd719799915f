import type { Issue } from "../domain/outcome.ts";
import { loadHighs } from "../optimising/highs-adapter.ts";
import { javascriptLpSolver } from "../optimising/javascript-lp-adapter.ts";
import type { Solver } from "../optimising/solver.ts";
import { masterRows } from "./bound/lower-bound.ts";
import type { ShiftBlock, ShiftsInput } from "./problem/shift-block.ts";

/** What javascript-lp-solver is quick and right for: days without breaks, days off; larger programs are for HiGHS. */
const small = { rows: 100, columns: 500 };

/**
 * The solver a person chose. "auto": javascript-lp-solver where every block is small, else HiGHS. Without WebAssembly
 * javascript-lp-solver whatever the size, with a warning.
 */
export async function chooseSolver(
  choice: ShiftsInput["settings"]["solver"],
  blocks: readonly ShiftBlock[],
): Promise<{ readonly solver: Solver; readonly issue: Issue | null }> {
  if (choice === "javascript-lp-solver" || (choice === "auto" && blocks.every(isSmall)))
    return { solver: javascriptLpSolver, issue: null };
  try {
    return { solver: await loadHighs(), issue: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const issue: Issue = { code: "shifts.highsUnavailable", severity: "warning", values: { reason } };
    return { solver: javascriptLpSolver, issue };
  }
}

/** Judged with all forms as columns, beside two steps of penalty for each queue and slot. */
function isSmall(block: ShiftBlock): boolean {
  const { forms, tours, queueCount, slotCount } = block;
  const patterns = tours.reduce((sum, tour) => sum + tour.patterns.length, 0);
  return (
    forms.every(({ shape }) => shape.breakCount === 0) &&
    masterRows(block) <= small.rows &&
    forms.length + patterns + 2 * queueCount * slotCount <= small.columns
  );
}
