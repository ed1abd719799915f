import {
  type ColumnSpec,
  faultOf,
  type LinearModel,
  objectiveValue,
  type PackedColumns,
  packColumns,
} from "./model.ts";
import { boundFromDuals } from "./weak-duality.ts";

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
  /** No answer can cost less; null when there is none. */
  readonly bound: number | null;
  /**
   * Who vouches for the bound. duals: computed here from the duals, so it holds whatever the solver did. solver: its
   * branch and bound, of which only the answer can be checked. null without a bound.
   */
  readonly boundFrom: "duals" | "solver" | null;
  /** (objective − bound) ÷ |objective|; 0 when they agree; null without both. */
  readonly gap: number | null;
  readonly fault: string | null;
  /** Name of the solver that ran. */
  readonly solver: SolverName;
  /** Simplex iterations that it took, branch and bound included; null where the solver does not say. */
  readonly iterations: number | null;
}

export type SolverName = "highs" | "javascript-lp-solver";

/** How hard to try. Without a limit a solver goes on to the proof. */
export interface Effort {
  /** Wall time; answers limited by it need not repeat. */
  readonly seconds?: number;
  /** Branch-and-bound nodes: a limit whose answers repeat. */
  readonly nodes?: number;
  /** Simplex iterations of a whole branch and bound, about: a limit whose answers repeat. */
  readonly iterations?: number;
  /** Accept an answer this close to the bound, 0–1. */
  readonly gap?: number;
  /** An answer to start from. */
  readonly start?: Float64Array;
  /** Told of every better answer as the solver claims it, and of the bound at that time, null before there is one. */
  readonly onIncumbent?: (x: Float64Array, objective: number | null, bound: number | null) => void;
}

/** What an adapter hands to the port: claims, to be checked. */
export interface Claim {
  readonly status: Exclude<AnswerStatus, "rejected">;
  readonly x: Float64Array | null;
  readonly bound: number | null;
  /** Of a model without whole numbers, where the solver gives them. */
  readonly duals?: Float64Array;
  readonly iterations?: number;
}

/** What an adapter keeps open: a linear program whose answers are claims. */
export interface ClaimedLinearProgram {
  addColumns(columns: readonly ColumnSpec[]): void;
  /** Ignores integrality. Duals are per row, ∂objective ÷ ∂bound; null when there is no optimum. */
  solve(): { readonly x: Float64Array; readonly duals: Float64Array } | null;
  dispose(): void;
}

/** `interior`: duals from the middle of the best ones and x only nearly basic; far quicker on large programs. */
export type LinearMethod = "simplex" | "interior";

/** One solver behind the port. Outside this room only `solveModel` and `openLinearProgram` may ask it anything. */
export interface Solver {
  readonly name: SolverName;
  claim(model: LinearModel, effort: Effort): Claim;
  openLinearProgram(model: LinearModel, method?: LinearMethod): ClaimedLinearProgram;
}

/** Whole numbers may be off by this much before they are rounded; then every row must hold. */
const integralityTolerance = 1e-5;

/**
 * Solves a model and re-checks bounds, rows, whole numbers and objective of what comes back. Without whole numbers the
 * bound is computed from the duals; `optimal` is said only where bound and objective meet.
 */
export function solveModel(solver: Solver, model: LinearModel, effort: Effort = {}): Answer {
  const claim = solver.claim(model, effort);
  const isLinear = !model.integer.includes(1);
  const claimed =
    isLinear && claim.duals !== undefined ? boundFromDuals(model, [model], claim.duals) : claim.bound;
  const boundFrom = claimed === null ? null : isLinear && claim.duals !== undefined ? "duals" : "solver";
  const ran = { solver: solver.name, iterations: claim.iterations ?? null };
  const nothing = { x: null, objective: null, gap: null, ...ran };
  if (claim.x === null) return { ...nothing, status: claim.status, bound: claimed, boundFrom, fault: null };
  const x = claim.x.map((value, column) =>
    model.integer[column] === 1 && Math.abs(value - Math.round(value)) <= integralityTolerance
      ? Math.round(value)
      : value,
  );
  const fault = faultOf(model, x) ?? (Number.isNaN(claimed) ? "bound is NaN" : null);
  if (fault !== null) return { ...nothing, status: "rejected", bound: null, boundFrom: null, fault };
  const objective = objectiveValue(model, x);
  // A bound above a checked answer is wrong by the solver's tolerance at most; the answer itself is then the bound.
  const bound = claimed === null ? null : Math.min(claimed, objective);
  const gap = bound === null ? null : relativeGap(objective, bound);
  const proved = claim.status !== "optimal" || (gap !== null && gap <= provedGap);
  return {
    status: proved ? claim.status : "feasible",
    x,
    objective,
    bound,
    boundFrom,
    gap,
    fault: null,
    ...ran,
  };
}

/** What a solved linear program came to, checked. */
export interface Relaxation {
  readonly x: Float64Array;
  /** Per row, ∂objective ÷ ∂bound. Any finite numbers are duals: `bound` is what these prove. */
  readonly duals: Float64Array;
  readonly objective: number;
  /** No answer over the columns there are can cost less; null when the duals prove nothing. */
  readonly bound: number | null;
}

/** A linear program kept open, so that columns can be added and it is solved again from where it stood. */
export interface OpenLinearProgram {
  addColumns(columns: readonly ColumnSpec[]): void;
  /** Ignores integrality. null when there is no optimum, or none that holds. */
  solve(): Relaxation | null;
  /** What was wrong with the last claim; null when it held, or when there was none. */
  fault(): string | null;
  dispose(): void;
}

/** Opens a linear program whose every answer is re-checked: columns, rows, and that its numbers are numbers. */
export function openLinearProgram(
  solver: Solver,
  model: LinearModel,
  method: LinearMethod = "simplex",
): OpenLinearProgram {
  const claimed = solver.openLinearProgram(model, method);
  const columns: PackedColumns[] = [model];
  let fault: string | null = null;
  return {
    addColumns(added) {
      if (added.length === 0) return;
      claimed.addColumns(added);
      columns.push(packColumns(added));
    },
    solve() {
      const claim = claimed.solve();
      fault = claim === null ? null : faultOfRelaxation(model, columns, claim, linearTolerance[method]);
      if (claim === null || fault !== null) return null;
      let objective = 0;
      let at = 0;
      for (const { cost } of columns) for (const price of cost) objective += price * claim.x[at++];
      return { ...claim, objective, bound: boundFromDuals(model, columns, claim.duals) };
    },
    fault: () => fault,
    dispose: () => claimed.dispose(),
  };
}

/** How far off a row or column may be, relative where its numbers are large. */
const linearTolerance = { simplex: 1e-6, interior: 1e-4 };

/** An answer is called optimal when bound and objective are this close. */
const provedGap = 1e-6;

function faultOfRelaxation(
  { rowNames, rowLower, rowUpper }: Pick<LinearModel, "rowNames" | "rowLower" | "rowUpper">,
  columns: readonly PackedColumns[],
  { x, duals }: { readonly x: Float64Array; readonly duals: Float64Array },
  tolerance: number,
): string | null {
  const count = columns.reduce((sum, { cost }) => sum + cost.length, 0);
  if (x.length !== count) return `answer has ${x.length} values for ${count} columns`;
  if (duals.length !== rowNames.length) return `answer has ${duals.length} duals for ${rowNames.length} rows`;
  const badDual = duals.findIndex((dual) => !Number.isFinite(dual));
  if (badDual >= 0) return `dual of row ${rowNames[badDual]} is ${duals[badDual]}`;
  const activity = new Float64Array(rowNames.length);
  const size = new Float64Array(rowNames.length).fill(1);
  let at = 0;
  for (const { columnNames, cost, columnLower, columnUpper, starts, rowIndices, values } of columns) {
    for (let column = 0; column < cost.length; column++) {
      const value = x[at++];
      const slack = tolerance * Math.max(1, Math.abs(value));
      if (!(value >= columnLower[column] - slack && value <= columnUpper[column] + slack))
        return `${columnNames[column]} is ${value}`;
      for (let entry = starts[column]; entry < starts[column + 1]; entry++) {
        activity[rowIndices[entry]] += values[entry] * value;
        size[rowIndices[entry]] += Math.abs(values[entry] * value);
      }
    }
  }
  for (let row = 0; row < activity.length; row++) {
    const slack = tolerance * size[row];
    if (activity[row] < rowLower[row] - slack || activity[row] > rowUpper[row] + slack)
      return `row ${rowNames[row]} is ${activity[row]}`;
  }
  return null;
}

/** (objective − bound) ÷ |objective|, 0 when they agree. */
export function relativeGap(objective: number, bound: number): number {
  const difference = objective - bound;
  if (difference <= 1e-9 * Math.max(1, Math.abs(objective))) return 0;
  return objective === 0 ? Number.POSITIVE_INFINITY : difference / Math.abs(objective);
}
