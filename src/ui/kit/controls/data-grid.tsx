// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { CellEditor, type EditableCells, pasteInto, useCellEditing } from "./cell-editing.tsx";
import {
  type CellRange,
  cellsOfText,
  type GridBounds,
  type GridPlace,
  type GridSelection,
  gridCursor,
  rangeOf,
  rangeText,
} from "./grid-cursor.ts";
import "./controls.css";

export interface Column<Row> {
  readonly id: string;
  /** Heading; the unit belongs here, not into the cells. */
  readonly header: string;
  /** Pixels. */
  readonly width: number;
  readonly align?: "left" | "right" | "center";
  /** What the cell says: shown, copied, and read aloud. */
  readonly text: (row: Row, rowIndex: number) => string;
  /** What the cell shows where that is more than text. Keep `text` saying the same. */
  readonly cell?: (row: Row, rowIndex: number) => ReactNode;
  /** Shown on hover: why a value is missing, what a short word means. */
  readonly hint?: (row: Row, rowIndex: number) => string | undefined;
  /** Tints the cell: `short` and `spare` as in charts, `changed` for typed overrides. */
  readonly tone?: (row: Row, rowIndex: number) => "short" | "spare" | "changed" | "quiet" | undefined;
  readonly editable?: (row: Row, rowIndex: number) => boolean;
  /** Takes what was typed or pasted; answers null, or what is wrong with it (shown at the cell, which stays open). */
  readonly onEdit?: (row: Row, rowIndex: number, text: string) => string | null;
}

/** A text for a cell, by its row as shown and its column's id. */
export interface EditedCell {
  readonly row: number;
  readonly columnId: string;
  readonly text: string;
}

/** What a cell refused, and why. */
export interface RefusedCell extends EditedCell {
  readonly error: string;
}

export interface DataGridProps<Row> {
  /** Name of the grid for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, rowIndex: number) => string | number;
  readonly columns: readonly Column<Row>[];
  /** Columns at the left that stay while the others scroll. */
  readonly frozenColumns?: number;
  readonly rowHeight?: number;
  /** Height of the whole grid; it is less when there are fewer rows. */
  readonly height?: number;
  /** Rows that are selected elsewhere, such as the range brushed in the chart. Half-open. */
  readonly selectedRows?: { readonly first: number; readonly end: number } | null;
  /**
   * Takes cells that are pasted or cleared together, also some below the last row; answers null, or the first that was
   * refused. Absent: each cell goes through its column's `onEdit`, and Delete clears none.
   */
  readonly onEditTogether?: (cells: readonly EditedCell[]) => RefusedCell | null;
  /** Called with the rows of the selected cells. */
  readonly onSelectRows?: (rows: { first: number; end: number }) => void;
  /** Called with the selected cells. */
  readonly onSelectCells?: (range: CellRange) => void;
  /** Enter or double click on a cell that is not edited. */
  readonly onOpen?: (row: Row, rowIndex: number, columnId: string) => void;
  /** Brings a row into view whenever it changes. */
  readonly scrollToRow?: number | null;
  /** A last row that stays at the bottom: totals, by column id. */
  readonly totals?: Readonly<Record<string, string>>;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
}

const headerHeight = 28;
/** Room for the borders and a scroll bar, so that a grid ends where its columns end. */
const scrollbarWidth = 17;

/**
 * A table for long data: only what is in sight is drawn. Arrow keys move, Shift extends, Ctrl+C copies tab-separated
 * text, typing or Enter edits where a column allows, pasted text fills cells from the cursor on, Delete clears them where
 * the grid takes cells together.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, columns, rowHeight = 26, height = 360, totals } = props;
  const { t } = useTranslation("charts");
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [selection, setSelection] = useState<GridSelection>({ cursor: { row: 0, column: 0 }, anchor: null });
  const sight = useGridSight(props, scroller);
  const cells = cellsOf(props);
  const editing = useCellEditing(cells, selection.cursor);
  const bounds: GridBounds = {
    rowCount: rows.length,
    firstColumn: 0,
    endColumn: columns.length,
    pageRows: Math.max(1, Math.floor((height - headerHeight) / rowHeight) - 1),
  };
  const cursor = gridCursor(selection, bounds, select);
  const range = cursor.range!;
  const transfer = cellTransfer(props, cells, range, editing.open !== null, (refused) => {
    select({ cursor: refused.place, anchor: null });
    editing.begin(refused.place, refused.text, refused.error);
  });

  function select(next: GridSelection): void {
    setSelection(next);
    editing.close();
    sight.scrollTo(next.cursor);
    const start = next.anchor ?? next.cursor;
    props.onSelectCells?.(rangeOf(next));
    props.onSelectRows?.({
      first: Math.min(next.cursor.row, start.row),
      end: Math.max(next.cursor.row, start.row) + 1,
    });
  }

  function openOrEdit(place: GridPlace): void {
    if (cells.canEdit(place)) editing.begin(place);
    else if (rows[place.row] !== undefined)
      props.onOpen?.(rows[place.row], place.row, columns[place.column].id);
  }

  function focusGrid(): void {
    scroller.current?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (editing.open !== null) return;
    const far = event.ctrlKey || event.metaKey;
    if (cursor.onMoveKey(event)) event.stopPropagation();
    else if (far && event.key.toLowerCase() === "a") {
      const last = { row: Math.max(0, rows.length - 1), column: columns.length - 1 };
      select({ cursor: last, anchor: { row: 0, column: 0 } });
    } else if (event.key === "Enter" || event.key === "F2") openOrEdit(selection.cursor);
    else if (event.key === "Delete" && props.onEditTogether !== undefined) transfer.clear();
    else if (event.key === "Escape") {
      setSelection({ ...selection, anchor: null });
      return;
    } else if (event.key.length === 1 && !far && !event.altKey && cells.canEdit(selection.cursor))
      editing.begin(selection.cursor, event.key);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={scroller}
      className="data-grid"
      style={{ height: sight.outerHeight, maxWidth: sight.totalWidth + scrollbarWidth }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={
        rows.length > 0 ? `${id}-${selection.cursor.row}-${selection.cursor.column}` : undefined
      }
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={transfer.onCopy}
      onPaste={transfer.onPaste}
      {...useDragSelection(selection.cursor, cursor.select)}
      onDoubleClick={(event) => {
        const place = placeOf(event);
        if (place !== null) openOrEdit(place);
      }}
    >
      <HeadRow columns={columns} sight={sight} />
      {rows.length === 0 ? (
        <div role="rowgroup">
          <div role="row" className="data-grid-empty">
            <div role="gridcell">{props.empty ?? t("empty")}</div>
          </div>
        </div>
      ) : (
        <BodyRows
          {...props}
          id={id}
          sight={sight}
          selection={selection}
          range={range}
          cells={cells}
          editor={
            editing.open && (
              <CellEditor
                label={columns[selection.cursor.column].header}
                text={editing.open.text}
                error={editing.open.error}
                onCommit={(text, move) => {
                  if (!editing.commit(text)) return;
                  focusGrid();
                  const { row, column } = selection.cursor;
                  if (move !== null)
                    cursor.select({ row: row + move.row, column: column + move.column }, false);
                }}
                onCancel={() => {
                  editing.close();
                  focusGrid();
                }}
              />
            )
          }
        />
      )}
      {totals && rows.length > 0 && (
        <TotalsRow columns={columns} totals={totals} rowIndex={rows.length + 2} sight={sight} />
      )}
    </div>
  );
}

interface TextAtPlace {
  readonly place: GridPlace;
  readonly text: string;
}

/** Copies the range, fills cells from the clipboard, clears them; `onRefused` hears of the first that refuses its text. */
function cellTransfer<Row>(
  { rows, columns, onEditTogether }: DataGridProps<Row>,
  cells: EditableCells,
  range: CellRange,
  isEditing: boolean,
  onRefused: (refused: TextAtPlace & { readonly error: string }) => void,
) {
  function together(edits: readonly TextAtPlace[]): (TextAtPlace & { readonly error: string }) | null {
    const taken = edits.filter(
      ({ place }) =>
        columns[place.column]?.onEdit !== undefined && (place.row >= rows.length || cells.canEdit(place)),
    );
    const refused = onEditTogether?.(
      taken.map(({ place, text }) => ({ row: place.row, columnId: columns[place.column].id, text })),
    );
    if (!refused) return null;
    const column = columns.findIndex(({ id }) => id === refused.columnId);
    return { place: { row: refused.row, column }, text: refused.text, error: refused.error };
  }
  return {
    onCopy(event: ClipboardEvent): void {
      if (isEditing) return;
      event.preventDefault();
      const shown = { ...range, endRow: Math.min(rows.length, range.endRow) };
      const text = rangeText(shown, (row, column) => cells.textOf({ row, column }));
      event.clipboardData.setData("text/plain", text);
    },
    onPaste(event: ClipboardEvent): void {
      if (isEditing) return;
      event.preventDefault();
      event.stopPropagation();
      const first = { row: range.firstRow, column: range.firstColumn };
      const text = event.clipboardData.getData("text/plain");
      const refused =
        onEditTogether === undefined ? pasteInto(cells, text, first) : together(cellsOfText(text, first));
      if (refused !== null) onRefused(refused);
    },
    clear(): void {
      const edits: TextAtPlace[] = [];
      for (let row = range.firstRow; row < range.endRow; row++)
        for (let column = range.firstColumn; column < range.endColumn; column++)
          edits.push({ place: { row, column }, text: "" });
      const refused = together(edits);
      if (refused !== null) onRefused(refused);
    },
  };
}

function cellsOf<Row>({ rows, columns }: DataGridProps<Row>): EditableCells {
  return {
    canEdit({ row, column }) {
      const { onEdit, editable } = columns[column] ?? {};
      return onEdit !== undefined && rows[row] !== undefined && (editable?.(rows[row], row) ?? true);
    },
    textOf: ({ row, column }) => columns[column].text(rows[row], row),
    put: ({ row, column }, text) => columns[column].onEdit?.(rows[row], row, text) ?? null,
  };
}

interface GridSight {
  /** Rows in sight with their distance from the top, and columns in sight, the frozen ones first. */
  readonly rows: readonly { readonly index: number; readonly start: number }[];
  readonly columns: readonly number[];
  readonly rowHeight: number;
  readonly bodyHeight: number;
  readonly outerHeight: number;
  readonly totalWidth: number;
  readonly cellStyle: (column: number) => CSSProperties;
  readonly scrollTo: (place: GridPlace) => void;
}

/** What is in sight as the grid scrolls, and where it lies. */
/** Room for the sentence that stands in an empty grid. */
const emptyHeight = 84;

function useGridSight<Row>(
  props: DataGridProps<Row>,
  scroller: React.RefObject<HTMLDivElement | null>,
): GridSight {
  const {
    rows,
    columns,
    frozenColumns = 0,
    rowHeight = 26,
    height = 360,
    scrollToRow = null,
    totals,
  } = props;
  const offsets = useMemo(() => {
    let at = 0;
    return columns.map(({ width }) => {
      at += width;
      return at - width;
    });
  }, [columns]);
  const totalWidth = columns.reduce((sum, { width }) => sum + width, 0);
  const frozenWidth = columns.slice(0, frozenColumns).reduce((sum, { width }) => sum + width, 0);
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headerHeight,
    scrollPaddingEnd: totals ? rowHeight : 0,
  });
  const columnWindow = useVirtualizer({
    horizontal: true,
    count: columns.length - frozenColumns,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index + frozenColumns].width,
    overscan: 3,
    scrollPaddingStart: frozenWidth,
    paddingStart: frozenWidth,
  });
  // A changed set of columns must be measured again.
  useEffect(() => columnWindow.measure(), [offsets]);
  useEffect(() => {
    if (scrollToRow !== null && scrollToRow >= 0) rowWindow.scrollToIndex(scrollToRow, { align: "center" });
  }, [scrollToRow, rowWindow]);
  const bodyHeight = rowWindow.getTotalSize();
  return {
    rows: rowWindow.getVirtualItems(),
    columns: [
      ...Array.from({ length: Math.min(frozenColumns, columns.length) }, (_, index) => index),
      ...columnWindow.getVirtualItems().map(({ index }) => index + frozenColumns),
    ],
    rowHeight,
    bodyHeight,
    outerHeight: Math.min(
      height,
      headerHeight + (rows.length === 0 ? emptyHeight : bodyHeight) + (totals ? rowHeight : 0) + 16,
    ),
    totalWidth,
    cellStyle: (column) => ({
      position: column < frozenColumns ? "sticky" : "absolute",
      left: offsets[column],
      width: columns[column].width,
      textAlign: columns[column].align ?? "left",
      zIndex: column < frozenColumns ? 2 : undefined,
    }),
    scrollTo({ row, column }) {
      rowWindow.scrollToIndex(row);
      if (column >= frozenColumns) columnWindow.scrollToIndex(column - frozenColumns);
    },
  };
}

/** Pressing puts the cursor into a cell, Shift or dragging extends the range; what can be pressed in a cell is left alone. */
function useDragSelection(cursor: GridPlace, select: (place: GridPlace, extends_: boolean) => void) {
  const dragging = useRef(false);
  return {
    onMouseDown(event: MouseEvent) {
      const place = placeOf(event);
      if (place === null || event.button !== 0) return;
      if ((event.target as HTMLElement).closest("button, a, input, select") !== null) return;
      dragging.current = true;
      select(place, event.shiftKey);
    },
    onMouseMove(event: MouseEvent) {
      if (event.buttons === 0) dragging.current = false;
      const place = dragging.current ? placeOf(event) : null;
      if (place !== null && (place.row !== cursor.row || place.column !== cursor.column)) select(place, true);
    },
    onMouseUp() {
      dragging.current = false;
    },
  };
}

function placeOf(event: MouseEvent): GridPlace | null {
  const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
  if (cell === null) return null;
  const [row, column] = cell.dataset.cell!.split(",").map(Number);
  return { row, column };
}

function HeadRow<Row>(props: { readonly columns: readonly Column<Row>[]; readonly sight: GridSight }) {
  const { columns, sight } = props;
  const { t } = useTranslation("charts");
  return (
    <div role="rowgroup" className="data-grid-head" style={{ width: sight.totalWidth, height: headerHeight }}>
      <div role="row" aria-rowindex={1} className="data-grid-row" style={{ height: headerHeight }}>
        {sight.columns.map((column) => (
          <div
            key={columns[column].id}
            role="columnheader"
            aria-colindex={column + 1}
            className="data-grid-cell"
            style={sight.cellStyle(column)}
            title={columns[column].header}
          >
            {columns[column].header || <span className="visually-hidden">{t("rowHeader")}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}

function BodyRows<Row>(
  props: DataGridProps<Row> & {
    readonly id: string;
    readonly sight: GridSight;
    readonly selection: GridSelection;
    readonly range: CellRange;
    readonly cells: EditableCells;
    /** Stands in the cell at the cursor while it is edited. */
    readonly editor: ReactNode;
  },
) {
  const { rows, columns, selectedRows = null, id, sight, selection, range, cells, editor } = props;
  const { cursor, anchor } = selection;
  const { rowHeight, totalWidth } = sight;
  return (
    <div
      role="rowgroup"
      style={{ position: "relative", height: sight.bodyHeight, width: totalWidth, minWidth: "100%" }}
    >
      {sight.rows.map(({ index: row, start }) => (
        <div
          key={props.rowKey(rows[row], row)}
          role="row"
          aria-rowindex={row + 2}
          className={
            selectedRows !== null && row >= selectedRows.first && row < selectedRows.end
              ? "data-grid-row is-selected"
              : "data-grid-row"
          }
          style={{ position: "absolute", top: start, height: rowHeight, width: totalWidth, minWidth: "100%" }}
        >
          {sight.columns.map((column) => {
            const { id: columnId, onEdit, tone, hint, cell, text } = columns[column];
            const atCursor = cursor.row === row && cursor.column === column;
            const inRange =
              row >= range.firstRow &&
              row < range.endRow &&
              column >= range.firstColumn &&
              column < range.endColumn;
            return (
              <div
                key={columnId}
                id={`${id}-${row}-${column}`}
                role="gridcell"
                aria-colindex={column + 1}
                aria-selected={inRange}
                aria-readonly={onEdit === undefined ? undefined : !cells.canEdit({ row, column })}
                data-cell={`${row},${column}`}
                className={[
                  "data-grid-cell",
                  inRange && anchor !== null ? "is-in-range" : "",
                  atCursor ? "is-cursor" : "",
                  toneClass(tone?.(rows[row], row)),
                ].join(" ")}
                style={{ ...sight.cellStyle(column), lineHeight: `${rowHeight - 1}px` }}
                title={hint?.(rows[row], row)}
              >
                {atCursor && editor ? editor : (cell?.(rows[row], row) ?? text(rows[row], row))}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function TotalsRow<Row>(props: {
  readonly columns: readonly Column<Row>[];
  readonly totals: Readonly<Record<string, string>>;
  readonly rowIndex: number;
  readonly sight: GridSight;
}) {
  const { columns, sight } = props;
  return (
    <div role="rowgroup" className="data-grid-totals" style={{ width: sight.totalWidth, minWidth: "100%" }}>
      <div
        role="row"
        aria-rowindex={props.rowIndex}
        className="data-grid-row"
        style={{ height: sight.rowHeight }}
      >
        {sight.columns.map((column) => (
          <div
            key={columns[column].id}
            role="gridcell"
            aria-colindex={column + 1}
            className="data-grid-cell"
            style={{ ...sight.cellStyle(column), lineHeight: `${sight.rowHeight - 1}px` }}
          >
            {props.totals[columns[column].id] ?? ""}
          </div>
        ))}
      </div>
    </div>
  );
}

function toneClass(tone: string | undefined): string {
  return tone === undefined ? "" : `is-${tone}`;
}
