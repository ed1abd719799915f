import type { KeyboardEvent } from "react";
import { guardedText, withoutGuard } from "../../../domain/formula-guard.ts";

/** A cell of a grid, by its row and column as shown. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell with the cursor, and the one where a range that ends there began; null: that cell alone. */
export interface GridSelection {
  readonly cursor: GridPlace;
  readonly anchor: GridPlace | null;
}

/** Cells, half-open in rows and columns as shown. */
export interface CellRange {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** Where a cursor can stand. */
export interface GridBounds {
  readonly rowCount: number;
  /** Columns, half-open. */
  readonly firstColumn: number;
  readonly endColumn: number;
  /** Rows that Page up and Page down pass over. */
  readonly pageRows: number;
  /** Rows without cells, such as headings. Absent: none is. */
  readonly isHeading?: (row: number) => boolean;
}

/** The smallest range that holds the cursor and its anchor. */
export function rangeOf({ cursor, anchor }: GridSelection): CellRange {
  const start = anchor ?? cursor;
  return {
    firstRow: Math.min(cursor.row, start.row),
    endRow: Math.max(cursor.row, start.row) + 1,
    firstColumn: Math.min(cursor.column, start.column),
    endColumn: Math.max(cursor.column, start.column) + 1,
  };
}

/**
 * The selection once the cursor goes to a place, or to the nearest one on the way where it can stand; null: nowhere.
 * @param extends_ the range grows to the place from where it began, instead of starting anew
 */
export function selectionAt(
  place: GridPlace,
  extends_: boolean,
  before: GridSelection | null,
  bounds: GridBounds,
): GridSelection | null {
  const row = standingRow(place.row, before?.cursor.row ?? 0, bounds);
  if (row === null) return null;
  const column = Math.max(bounds.firstColumn, Math.min(bounds.endColumn - 1, place.column));
  return {
    cursor: { row, column },
    anchor: extends_ && before !== null ? (before.anchor ?? before.cursor) : null,
  };
}

/** A heading at the way's end sends the cursor back to where it came from. */
function standingRow(row: number, from: number, bounds: GridBounds): number | null {
  const { rowCount, isHeading = () => false } = bounds;
  if (rowCount === 0) return null;
  const isInside = (at: number) => at >= 0 && at < rowCount;
  let at = Math.max(0, Math.min(rowCount - 1, row));
  const step = at >= from ? 1 : -1;
  if (isHeading(at) && !isInside(at + step)) at = Math.max(0, Math.min(rowCount - 1, from));
  while (isHeading(at) && isInside(at + step)) at += step;
  return isHeading(at) ? null : at;
}

/**
 * Where a key takes the cursor: arrows by one, with Ctrl to the edge; Page up and down; Home and End along the row,
 * with Ctrl to the first and the last cell. null: the key is none of these.
 */
export function placeAfterKey(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  { row, column }: GridPlace,
  { rowCount, firstColumn, endColumn, pageRows }: GridBounds,
): GridPlace | null {
  const far = ctrlKey || metaKey;
  switch (key) {
    case "ArrowUp":
      return { row: far ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: far ? rowCount - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: far ? firstColumn : column - 1 };
    case "ArrowRight":
      return { row, column: far ? endColumn - 1 : column + 1 };
    case "PageUp":
      return { row: row - pageRows, column };
    case "PageDown":
      return { row: row + pageRows, column };
    case "Home":
      return { row: far ? 0 : row, column: firstColumn };
    case "End":
      return { row: far ? rowCount - 1 : row, column: endColumn - 1 };
    default:
      return null;
  }
}

/** The cursor of a grid, by pointer and by keys. The grid keeps the selection; `onSelect` tells it the next one. */
export function gridCursor(
  selection: GridSelection | null,
  bounds: GridBounds,
  onSelect: (next: GridSelection) => void,
) {
  function select(place: GridPlace, extends_: boolean): void {
    const next = selectionAt(place, extends_, selection, bounds);
    if (next !== null) onSelect(next);
  }
  return {
    range: selection === null ? null : rangeOf(selection),
    select,
    /** Goes where the key says, with Shift extending the range; false: the key moves no cursor. */
    onMoveKey(event: KeyboardEvent): boolean {
      const from = selection?.cursor ?? { row: 0, column: bounds.firstColumn };
      const place = placeAfterKey(event, from, bounds);
      if (place !== null) select(place, event.shiftKey);
      return place !== null;
    },
  };
}

/** Cells as spreadsheets take them from the clipboard: tabs between columns, a line for every row; formulas are guarded. */
export function rangeText(range: CellRange, text: (row: number, column: number) => string): string {
  const lines: string[] = [];
  for (let row = range.firstRow; row < range.endRow; row++) {
    const cells: string[] = [];
    for (let column = range.firstColumn; column < range.endColumn; column++)
      cells.push(guardedText(text(row, column).replace(/[\t\n\r]+/g, " ")));
    lines.push(cells.join("\t"));
  }
  return lines.join("\n");
}

/** What the clipboard's text puts into each cell, from `first` on to the right and down. */
export function cellsOfText(text: string, first: GridPlace): { place: GridPlace; text: string }[] {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.flatMap((line, down) =>
    line.split("\t").map((cell, across) => ({
      place: { row: first.row + down, column: first.column + across },
      text: withoutGuard(cell),
    })),
  );
}
