/**
 * A sparse linear or mixed-integer model, known to no solver: minimise cost·x subject to
 * rowLower ≤ A·x ≤ rowUpper, columnLower ≤ x ≤ columnUpper, x whole where `integer` is 1.
 * A is kept by columns. Rows and columns carry names so that an answer, or a conflict, can be explained.
 * Bounds may be ±Infinity. Plain cloneable data.
 */
export interface LinearModel {
  readonly rowNames: readonly string[];
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly columnNames: readonly string[];
  readonly cost: Float64Array;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly integer: Uint8Array;
  /** Entries of column j are `starts[j]` … `starts[j + 1] − 1`. */
  readonly starts: Int32Array;
  readonly rowIndices: Int32Array;
  readonly values: Float64Array;
}

/** One column on its way into a model. `entries` are pairs of row index and coefficient. */
export interface ColumnSpec {
  readonly name: string;
  readonly cost: number;
  /** Default 0. */
  readonly lower?: number;
  /** Default Infinity. */
  readonly upper?: number;
  readonly integer?: boolean;
  readonly rows: ArrayLike<number>;
  /** One coefficient for all rows, or one each. */
  readonly values: number | ArrayLike<number>;
}

export interface ModelBuilder {
  /** Adds a row and says its index. */
  row(name: string, lower: number, upper: number): number;
  /** Adds a column and says its index. Throws RangeError for a row that is not there. */
  column(spec: ColumnSpec): number;
  build(): LinearModel;
}

/**
 * Rows first, then columns over them.
 *
 * @example
 * const cover = modelBuilder();
 * const morning = cover.row("morning", 5, Infinity);
 * cover.column({ name: "early", cost: 1, integer: true, rows: [morning], values: 1 });
 */
export function modelBuilder(): ModelBuilder {
  const rowNames: string[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const columns: ColumnSpec[] = [];
  return {
    row(name, lower, upper) {
      rowNames.push(name);
      rowLower.push(lower);
      rowUpper.push(upper);
      return rowNames.length - 1;
    },
    column(spec) {
      for (let entry = 0; entry < spec.rows.length; entry++) {
        const row = spec.rows[entry];
        if (!(row >= 0 && row < rowNames.length))
          throw new RangeError(`column ${spec.name} names row ${row} of ${rowNames.length}`);
      }
      columns.push(spec);
      return columns.length - 1;
    },
    build: () => ({
      rowNames: [...rowNames],
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      ...packColumns(columns),
    }),
  };
}

/** The column part of a model, as arrays. */
export type PackedColumns = Omit<LinearModel, "rowNames" | "rowLower" | "rowUpper">;

export function packColumns(columns: readonly ColumnSpec[]): PackedColumns {
  const entryCount = columns.reduce((sum, column) => sum + column.rows.length, 0);
  const starts = new Int32Array(columns.length + 1);
  const rowIndices = new Int32Array(entryCount);
  const values = new Float64Array(entryCount);
  let next = 0;
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index];
    for (let entry = 0; entry < column.rows.length; entry++) {
      rowIndices[next] = column.rows[entry];
      values[next] = typeof column.values === "number" ? column.values : column.values[entry];
      next++;
    }
    starts[index + 1] = next;
  }
  return {
    columnNames: columns.map((column) => column.name),
    cost: Float64Array.from(columns, (column) => column.cost),
    columnLower: Float64Array.from(columns, (column) => column.lower ?? 0),
    columnUpper: Float64Array.from(columns, (column) => column.upper ?? Number.POSITIVE_INFINITY),
    integer: Uint8Array.from(columns, (column) => (column.integer ? 1 : 0)),
    starts,
    rowIndices,
    values,
  };
}

/** A·x. */
export function rowActivity(model: LinearModel, x: ArrayLike<number>): Float64Array {
  const activity = new Float64Array(model.rowNames.length);
  for (let column = 0; column < model.cost.length; column++) {
    const value = x[column];
    if (value === 0) continue;
    for (let entry = model.starts[column]; entry < model.starts[column + 1]; entry++) {
      activity[model.rowIndices[entry]] += model.values[entry] * value;
    }
  }
  return activity;
}

export function objectiveValue(model: LinearModel, x: ArrayLike<number>): number {
  let sum = 0;
  for (let column = 0; column < model.cost.length; column++) sum += model.cost[column] * x[column];
  return sum;
}

/** Absolute for small numbers, relative for large ones. */
const tolerance = 1e-6;

/**
 * The first thing wrong with a claimed answer, in words for a log, or null when it holds:
 * every bound, every row, every whole number. Whole numbers are judged exactly: round before asking.
 */
export function faultOf(model: LinearModel, x: ArrayLike<number>): string | null {
  if (x.length !== model.cost.length) return `answer has ${x.length} values for ${model.cost.length} columns`;
  for (let column = 0; column < x.length; column++) {
    const value = x[column];
    const name = model.columnNames[column];
    if (!Number.isFinite(value)) return `${name} is ${value}`;
    if (model.integer[column] === 1 && !Number.isInteger(value)) return `${name} is ${value}, not whole`;
    if (outside(value, model.columnLower[column], model.columnUpper[column])) return `${name} is ${value}`;
  }
  const activity = rowActivity(model, x);
  for (let row = 0; row < activity.length; row++) {
    if (outside(activity[row], model.rowLower[row], model.rowUpper[row])) {
      return `row ${model.rowNames[row]} is ${activity[row]}`;
    }
  }
  return null;
}

function outside(value: number, lower: number, upper: number): boolean {
  const slack = tolerance * Math.max(1, Math.abs(value));
  return value < lower - slack || value > upper + slack;
}
