import type { LineDate } from "./row-dates.ts";

/** A table of text as it is in a file's head, to be understood. */
export interface TableHead {
  /** null where there is none. */
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** So many of the rows, from the first, stand next to each other in the file. */
  readonly neighbours: number;
  readonly delimiter: string;
  /** All different dates of the file; null: those of the rows. */
  readonly dateTexts: readonly string[] | null;
  /** Of each neighbouring row, the date that a line above it holds; null: none does. */
  readonly dateLines: readonly (LineDate | null)[];
  /** Years that the file's name and the lines above its header speak of. */
  readonly years: readonly number[];
}
