import { type ColumnSpec, faultOf, type LinearModel, objectiveValue } from "./model.ts";

/**
 * optimal: proved. feasible: a limit came first. noAnswer: a limit came before any answer.
 * rejected: the solver claimed an answer that does not hold; `fault` says what was wrong.
 */
export type AnswerStatus = "optimal" | "feasible" | "infeasible" | "unbounded" | "noAnswer" | "rejected";

/** What a solve came to. `objective` is computed here from `x`, never taken from the solver. */
export interface Answer {
  readonly status: AnswerStatus;
  readonly x: Float64Array | null;
  readonly objective: number | null;
  /** No answer can cost less; null when the solver gave none. */
  readonly bound: number | null;
  /** (objective − bound) ÷ |objective|; 0 when they agree; null without both. */
  readonly gap: number | null;
  readonly fault: string | null;
  /** Name of the solver that ran. */
  readonly solver: SolverName;
}

export type SolverName = "highs" | "javascript-lp-solver";

/** How hard to try. Without a limit a solver goes on to the proof. */
export interface Effort {
  /** Wall time; answers limited by it need not repeat. */
  readonly seconds?: number;
  /** Branch-and-bound nodes: a limit whose answers repeat. */
  readonly nodes?: number;
  /** Accept an answer this close to the bound, 0–1. */
  readonly gap?: number;
  /** An answer to start from. */
  readonly start?: Float64Array;
  /** Told of every better answer, and of the bound at that time. */
  readonly onIncumbent?: (x: Float64Array, objective: number, bound: number) => void;
}

/** What an adapter hands to the port: claims, to be checked. */
export interface Claim {
  readonly status: Exclude<AnswerStatus, "rejected">;
  readonly x: Float64Array | null;
  readonly bound: number | null;
}

/** A linear program kept open, so that columns can be added and it is solved again from where it stood. */
export interface OpenLinearProgram {
  addColumns(columns: readonly ColumnSpec[]): void;
  /** Ignores integrality. Duals are per row, ∂objective ÷ ∂bound; null when there is no optimum. */
  solve(): { readonly x: Float64Array; readonly duals: Float64Array } | null;
  dispose(): void;
}

/** One solver behind the port. */
export interface Solver {
  readonly name: SolverName;
  claim(model: LinearModel, effort: Effort): Claim;
  /** `interior`: duals from the middle of the best ones and x only nearly basic; far quicker on large programs. */
  openLinearProgram(model: LinearModel, method?: "simplex" | "interior"): OpenLinearProgram;
}

/** Whole numbers may be off by this much before they are rounded; then every row must hold. */
const integralityTolerance = 1e-5;

/** Solves a model and re-checks bounds, rows, whole numbers and objective of what comes back. */
export function solveModel(solver: Solver, model: LinearModel, effort: Effort = {}): Answer {
  const claim = solver.claim(model, effort);
  const nothing = { x: null, objective: null, gap: null, solver: solver.name };
  if (claim.x === null) return { ...nothing, status: claim.status, bound: claim.bound, fault: null };
  const x = claim.x.map((value, column) =>
    model.integer[column] === 1 && Math.abs(value - Math.round(value)) <= integralityTolerance
      ? Math.round(value)
      : value,
  );
  const fault = faultOf(model, x);
  if (fault !== null) return { ...nothing, status: "rejected", bound: null, fault };
  const objective = objectiveValue(model, x);
  // A bound above a checked answer is wrong by the solver's tolerance at most; the answer itself is then the bound.
  const bound = claim.bound === null ? null : Math.min(claim.bound, objective);
  return {
    status: claim.status,
    x,
    objective,
    bound,
    gap: bound === null ? null : relativeGap(objective, bound),
    fault: null,
    solver: solver.name,
  };
}

/** (objective − bound) ÷ |objective|, 0 when they agree. */
export function relativeGap(objective: number, bound: number): number {
  const difference = objective - bound;
  if (difference <= 1e-9 * Math.max(1, Math.abs(objective))) return 0;
  return objective === 0 ? Number.POSITIVE_INFINITY : difference / Math.abs(objective);
}
