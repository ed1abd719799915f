import lpSolver, { type ModelDefinition } from "javascript-lp-solver";
import { type ColumnSpec, type LinearModel, packColumns } from "./model.ts";
import type { Claim, ClaimedLinearProgram, Effort, Solver } from "./solver.ts";

/**
 * javascript-lp-solver (Unlicense): a dense tableau, quick and right up to about 100 rows by 500 columns, and the
 * fallback where there is no WebAssembly. It knows no column bounds but 0, so bounds become rows, and it says
 * "feasible" of unfinished searches, so a claim after its time-out carries no bound.
 */
export const javascriptLpSolver: Solver = {
  name: "javascript-lp-solver",
  claim,
  openLinearProgram,
};

const costRow = "cost";

function claim(model: LinearModel, effort: Effort): Claim {
  const started = performance.now();
  const { definition, shift } = definitionOf(model, true);
  const milliseconds = effort.seconds === undefined ? undefined : Math.max(1, effort.seconds * 1000);
  const result = lpSolver.Solve({
    ...definition,
    ...(milliseconds === undefined ? {} : { timeout: milliseconds }),
    options: {
      ...(milliseconds === undefined ? {} : { timeout: milliseconds }),
      ...(effort.gap === undefined ? {} : { tolerance: effort.gap }),
    },
  }) as Readonly<Record<string, number | boolean | undefined>>;
  const timedOut = milliseconds !== undefined && performance.now() - started >= milliseconds;
  if (result.bounded === false) return { status: "unbounded", x: null, bound: null };
  if (result.feasible !== true) return { status: timedOut ? "noAnswer" : "infeasible", x: null, bound: null };
  const x = Float64Array.from(
    model.cost,
    (_, column) => Number(result[columnKey(column)] ?? 0) + shift[column],
  );
  const proved = !timedOut && (effort.gap ?? 0) === 0;
  if (!proved) return { status: "feasible", x, bound: null };
  return {
    status: "optimal",
    x,
    bound: x.reduce((sum, value, column) => sum + value * model.cost[column], 0),
  };
}

function columnKey(column: number): string {
  return `x${column}`;
}

/** Columns are shifted so that their lower bound is 0; upper bounds and rows become its constraints. */
function definitionOf(
  model: LinearModel,
  integrality: boolean,
): { definition: ModelDefinition; shift: Float64Array } {
  const columnCount = model.cost.length;
  const shift = Float64Array.from(model.columnLower, (lower) => (Number.isFinite(lower) ? lower : 0));
  const constraints: Record<string, { min?: number; max?: number; equal?: number }> = {};
  const variables: Record<string, Record<string, number>> = {};
  const ints: Record<string, 1> = {};
  const unrestricted: Record<string, 1> = {};
  const moved = new Float64Array(model.rowNames.length);
  for (let column = 0; column < columnCount; column++) {
    for (let entry = model.starts[column]; entry < model.starts[column + 1]; entry++)
      moved[model.rowIndices[entry]] += model.values[entry] * shift[column];
  }
  for (let row = 0; row < model.rowNames.length; row++) {
    const lower = model.rowLower[row] - moved[row];
    const upper = model.rowUpper[row] - moved[row];
    if (lower === upper) constraints[`r${row}`] = { equal: lower };
    else if (Number.isFinite(lower) || Number.isFinite(upper))
      constraints[`r${row}`] = {
        ...(Number.isFinite(lower) ? { min: lower } : {}),
        ...(Number.isFinite(upper) ? { max: upper } : {}),
      };
  }
  for (let column = 0; column < columnCount; column++) {
    const key = columnKey(column);
    const variable: Record<string, number> = { [costRow]: model.cost[column] };
    for (let entry = model.starts[column]; entry < model.starts[column + 1]; entry++) {
      const row = `r${model.rowIndices[entry]}`;
      if (row in constraints) variable[row] = (variable[row] ?? 0) + model.values[entry];
    }
    const room = model.columnUpper[column] - shift[column];
    if (Number.isFinite(room)) {
      constraints[`u${column}`] = { max: room };
      variable[`u${column}`] = 1;
    }
    if (!Number.isFinite(model.columnLower[column])) unrestricted[key] = 1;
    if (integrality && model.integer[column] === 1) ints[key] = 1;
    variables[key] = variable;
  }
  return {
    definition: { optimize: costRow, opType: "min", constraints, variables, ints, unrestricted },
    shift,
  };
}

/** Re-solved from scratch each time. The duals are the answer of the dual program, which is solved in its own right. */
function openLinearProgram(model: LinearModel): ClaimedLinearProgram {
  let current: LinearModel = { ...model, integer: new Uint8Array(model.cost.length) };
  return {
    addColumns(columns: readonly ColumnSpec[]) {
      current = withColumns(current, columns);
    },
    solve() {
      const primal = claim(current, {});
      if (primal.status !== "optimal" || primal.x === null) return null;
      const dual = claim(dualOf(current), {});
      if (dual.status !== "optimal" || dual.x === null) return null;
      const rowCount = current.rowNames.length;
      const duals = Float64Array.from(
        current.rowNames,
        (_, row) => (dual.x as Float64Array)[row] - (dual.x as Float64Array)[rowCount + row],
      );
      return { x: primal.x, duals };
    },
    dispose() {},
  };
}

function withColumns(model: LinearModel, columns: readonly ColumnSpec[]): LinearModel {
  const added = packColumns(columns);
  const first = model.starts[model.cost.length];
  return {
    ...model,
    columnNames: [...model.columnNames, ...added.columnNames],
    cost: Float64Array.of(...model.cost, ...added.cost),
    columnLower: Float64Array.of(...model.columnLower, ...added.columnLower),
    columnUpper: Float64Array.of(...model.columnUpper, ...added.columnUpper),
    integer: new Uint8Array(model.cost.length + columns.length),
    starts: Int32Array.of(...model.starts, ...added.starts.slice(1).map((start) => start + first)),
    rowIndices: Int32Array.of(...model.rowIndices, ...added.rowIndices),
    values: Float64Array.of(...model.values, ...added.values),
  };
}

/**
 * The dual of a program whose columns are 0 ≤ x ≤ upper (upper may be Infinity), as a minimisation: one column per
 * row's lower bound, one per row's upper bound, one per finite column bound. Throws RangeError for other lower bounds.
 */
function dualOf(model: LinearModel): LinearModel {
  const columnCount = model.cost.length;
  if (model.columnLower.some((lower) => lower !== 0))
    throw new RangeError("dual wants columns that start at 0");
  const side = (bounds: Float64Array, sign: 1 | -1) =>
    Array.from(bounds, (bound, row) => ({ row, bound, sign })).map(({ row, bound }) => ({
      name: `${sign > 0 ? "lower" : "upper"} ${row}`,
      cost: Number.isFinite(bound) ? -sign * bound : 0,
      upper: Number.isFinite(bound) ? Number.POSITIVE_INFINITY : 0,
      rows: [] as number[],
      values: [] as number[],
    }));
  const lower = side(model.rowLower, 1);
  const upper = side(model.rowUpper, -1);
  const caps: ColumnSpec[] = [];
  for (let column = 0; column < columnCount; column++) {
    for (let entry = model.starts[column]; entry < model.starts[column + 1]; entry++) {
      const row = model.rowIndices[entry];
      lower[row].rows.push(column);
      lower[row].values.push(model.values[entry]);
      upper[row].rows.push(column);
      upper[row].values.push(-model.values[entry]);
    }
    const cap = model.columnUpper[column];
    if (Number.isFinite(cap)) caps.push({ name: `cap ${column}`, cost: cap, rows: [column], values: -1 });
  }
  return {
    rowNames: model.columnNames,
    rowLower: new Float64Array(columnCount).fill(Number.NEGATIVE_INFINITY),
    rowUpper: model.cost,
    ...packColumns([...lower, ...upper, ...caps]),
  };
}
