import type { Issue } from "../domain/outcome.ts";
import { loadHighs } from "../optimising/highs-adapter.ts";
import { javascriptLpSolver } from "../optimising/javascript-lp-adapter.ts";
import type { Solver } from "../optimising/solver.ts";
import type { ShiftsInput } from "./shift-problem.ts";

/** The solver a person chose; without WebAssembly the other one, and a word about it. */
export async function chooseSolver(
  wanted: ShiftsInput["settings"]["solver"],
): Promise<{ readonly solver: Solver; readonly issue: Issue | null }> {
  if (wanted === "javascript-lp-solver") return { solver: javascriptLpSolver, issue: null };
  try {
    return { solver: await loadHighs(), issue: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const issue: Issue = { code: "shifts.highsUnavailable", severity: "warning", values: { reason } };
    return { solver: javascriptLpSolver, issue };
  }
}
