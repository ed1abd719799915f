import type { LinearModel, PackedColumns } from "./model.ts";

/** A reduced cost so little below 0 is rounding. */
const dualTolerance = 1e-7;

/**
 * A lower bound on a linear program from any duals, by weak duality: each row at the side its dual leans on, each column
 * at the end its reduced cost leans on. Where a column without upper end is worth more than it costs, all duals are
 * scaled down until it is not (after Farley); null when that cannot be, because the column is free.
 */
export function boundFromDuals(
  { rowLower, rowUpper }: Pick<LinearModel, "rowLower" | "rowUpper">,
  columns: readonly PackedColumns[],
  duals: ArrayLike<number>,
): number | null {
  // A dual that leans on a side that is not there proves nothing.
  const leaning = Float64Array.from(rowLower, (lower, row) =>
    Number.isFinite(duals[row] > 0 ? lower : rowUpper[row]) ? duals[row] : 0,
  );
  const worthOf = ({ starts, rowIndices, values }: PackedColumns, column: number) => {
    let worth = 0;
    for (let entry = starts[column]; entry < starts[column + 1]; entry++)
      worth += values[entry] * leaning[rowIndices[entry]];
    return worth;
  };
  let scale = 1;
  for (const part of columns) {
    for (let column = 0; column < part.cost.length; column++) {
      if (part.columnUpper[column] !== Number.POSITIVE_INFINITY) continue;
      const worth = worthOf(part, column);
      const cost = part.cost[column];
      if (cost - worth >= -dualTolerance * Math.max(1, Math.abs(cost))) continue;
      if (cost <= 0 || worth <= 0) return null;
      scale = Math.min(scale, cost / worth);
    }
  }
  let bound = 0;
  for (let row = 0; row < leaning.length; row++)
    if (leaning[row] !== 0)
      bound += scale * leaning[row] * (leaning[row] > 0 ? rowLower[row] : rowUpper[row]);
  for (const part of columns) {
    for (let column = 0; column < part.cost.length; column++) {
      const reduced = part.cost[column] - scale * worthOf(part, column);
      const end = reduced > 0 ? part.columnLower[column] : part.columnUpper[column];
      if (Number.isFinite(end)) bound += reduced * end;
      else if (Math.abs(reduced) > dualTolerance * Math.max(1, Math.abs(part.cost[column]))) return null;
    }
  }
  return Number.isFinite(bound) ? bound : null;
}
