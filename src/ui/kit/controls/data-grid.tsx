// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of absolutely placed rows cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid itself has the focus and names its cursor by aria-activedescendant
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
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

export interface CellRange {
  /** Half-open, in rows and columns as shown. */
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
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
  /** Called with the rows of the selected cells. */
  readonly onSelectRows?: (rows: { first: number; end: number }) => void;
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

interface Place {
  readonly row: number;
  readonly column: number;
}

const headerHeight = 28;
/** Room for the borders and a scroll bar, so that a grid ends where its columns end. */
const scrollbarWidth = 17;

/**
 * A table for long data: only what is in sight is drawn. Arrow keys move, Shift extends, Ctrl+C copies tab-separated
 * text, typing or Enter edits where a column allows, pasted text fills cells from the cursor on.
 */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, columns, frozenColumns = 0, rowHeight = 26, height = 360, selectedRows = null } = props;
  const { t } = useTranslation("charts");
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Place>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<Place | null>(null);
  const [editing, setEditing] = useState<{ text: string; error: string | null } | null>(null);
  const dragging = useRef(false);
  const gridId = useId();

  const frozenWidth = useMemo(
    () => columns.slice(0, frozenColumns).reduce((sum, { width }) => sum + width, 0),
    [columns, frozenColumns],
  );
  const offsets = useMemo(() => {
    let at = 0;
    return columns.map(({ width }) => {
      at += width;
      return at - width;
    });
  }, [columns]);
  const totalWidth = columns.reduce((sum, { width }) => sum + width, 0);

  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: headerHeight,
    scrollPaddingEnd: props.totals ? rowHeight : 0,
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

  const { scrollToRow = null } = props;
  useEffect(() => {
    if (scrollToRow !== null && scrollToRow >= 0) rowWindow.scrollToIndex(scrollToRow, { align: "center" });
  }, [scrollToRow, rowWindow]);

  const range: CellRange = {
    firstRow: Math.min(cursor.row, anchor?.row ?? cursor.row),
    endRow: Math.max(cursor.row, anchor?.row ?? cursor.row) + 1,
    firstColumn: Math.min(cursor.column, anchor?.column ?? cursor.column),
    endColumn: Math.max(cursor.column, anchor?.column ?? cursor.column) + 1,
  };

  function select(next: Place, from: Place | null): void {
    const place = {
      row: Math.max(0, Math.min(rows.length - 1, next.row)),
      column: Math.max(0, Math.min(columns.length - 1, next.column)),
    };
    setCursor(place);
    setAnchor(from);
    setEditing(null);
    rowWindow.scrollToIndex(place.row);
    if (place.column >= frozenColumns) columnWindow.scrollToIndex(place.column - frozenColumns);
    const start = from ?? place;
    props.onSelectRows?.({ first: Math.min(place.row, start.row), end: Math.max(place.row, start.row) + 1 });
    props.onSelectCells?.({
      firstRow: Math.min(place.row, start.row),
      endRow: Math.max(place.row, start.row) + 1,
      firstColumn: Math.min(place.column, start.column),
      endColumn: Math.max(place.column, start.column) + 1,
    });
  }

  function canEdit(place: Place): boolean {
    const column = columns[place.column];
    return (
      column?.onEdit !== undefined &&
      rows[place.row] !== undefined &&
      (column.editable?.(rows[place.row], place.row) ?? true)
    );
  }

  function commit(text: string, then: Place | null): void {
    const error = columns[cursor.column].onEdit?.(rows[cursor.row], cursor.row, text) ?? null;
    if (error !== null) {
      setEditing({ text, error });
      return;
    }
    setEditing(null);
    scroller.current?.focus({ preventScroll: true });
    if (then !== null) select(then, null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (editing !== null) return;
    const page = Math.max(1, Math.floor((height - headerHeight) / rowHeight) - 1);
    const { row, column } = cursor;
    const far = event.ctrlKey || event.metaKey;
    const moves: Record<string, Place> = {
      ArrowUp: { row: far ? 0 : row - 1, column },
      ArrowDown: { row: far ? rows.length - 1 : row + 1, column },
      ArrowLeft: { row, column: far ? 0 : column - 1 },
      ArrowRight: { row, column: far ? columns.length - 1 : column + 1 },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: { row: far ? 0 : row, column: 0 },
      End: { row: far ? rows.length - 1 : row, column: columns.length - 1 },
    };
    if (event.key in moves) {
      event.preventDefault();
      event.stopPropagation();
      select(moves[event.key], event.shiftKey ? (anchor ?? cursor) : null);
    } else if (far && event.key.toLowerCase() === "a") {
      event.preventDefault();
      select({ row: rows.length - 1, column: columns.length - 1 }, { row: 0, column: 0 });
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      if (canEdit(cursor)) {
        setEditing({ text: columns[column].text(rows[row], row), error: null });
      } else if (rows[row] !== undefined) props.onOpen?.(rows[row], row, columns[column].id);
    } else if (event.key === "Escape") setAnchor(null);
    else if (event.key.length === 1 && !far && !event.altKey && canEdit(cursor)) {
      event.preventDefault();
      setEditing({ text: event.key, error: null });
    }
  }

  function onCopy(event: ClipboardEvent): void {
    if (editing !== null) return;
    event.preventDefault();
    const lines: string[] = [];
    for (let row = range.firstRow; row < Math.min(rows.length, range.endRow); row++) {
      const cells = columns
        .slice(range.firstColumn, range.endColumn)
        .map((column) => column.text(rows[row], row));
      lines.push(cells.map((cell) => cell.replace(/[\t\n\r]+/g, " ")).join("\t"));
    }
    event.clipboardData.setData("text/plain", lines.join("\n"));
  }

  function onPaste(event: ClipboardEvent): void {
    if (editing !== null) return;
    const lines = event.clipboardData
      .getData("text/plain")
      .replace(/\r?\n$/, "")
      .split(/\r?\n/);
    event.preventDefault();
    event.stopPropagation();
    for (const [down, line] of lines.entries()) {
      for (const [across, text] of line.split("\t").entries()) {
        const place = { row: range.firstRow + down, column: range.firstColumn + across };
        if (!canEdit(place)) continue;
        const error = columns[place.column].onEdit?.(rows[place.row], place.row, text) ?? null;
        if (error === null) continue;
        select(place, null);
        setEditing({ text, error });
        return;
      }
    }
  }

  function placeOf(event: MouseEvent): Place | null {
    const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
    if (cell === null) return null;
    const [row, column] = cell.dataset.cell!.split(",").map(Number);
    return { row, column };
  }

  const shownColumns = [
    ...Array.from({ length: Math.min(frozenColumns, columns.length) }, (_, index) => index),
    ...columnWindow.getVirtualItems().map(({ index }) => index + frozenColumns),
  ];
  const bodyHeight = rowWindow.getTotalSize();
  const outerHeight = Math.min(
    height,
    headerHeight + Math.max(rowHeight, bodyHeight) + (props.totals ? rowHeight : 0) + 16,
  );

  function cellStyle(column: number): CSSProperties {
    const frozen = column < frozenColumns;
    return {
      position: frozen ? "sticky" : "absolute",
      left: offsets[column],
      width: columns[column].width,
      textAlign: columns[column].align ?? "left",
      zIndex: frozen ? 2 : undefined,
    };
  }

  return (
    <div
      ref={scroller}
      className="data-grid"
      style={{ height: outerHeight, maxWidth: totalWidth + scrollbarWidth }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable="true"
      aria-activedescendant={rows.length > 0 ? `${gridId}-${cursor.row}-${cursor.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onPaste={onPaste}
      onMouseDown={(event) => {
        const place = placeOf(event);
        if (place === null || event.button !== 0 || (event.target as HTMLElement).tagName === "INPUT") return;
        if ((event.target as HTMLElement).closest("button, a, input, select") !== null) return;
        dragging.current = true;
        select(place, event.shiftKey ? (anchor ?? cursor) : null);
      }}
      onMouseMove={(event) => {
        if (!dragging.current) return;
        if (event.buttons === 0) {
          dragging.current = false;
          return;
        }
        const place = placeOf(event);
        if (place !== null && (place.row !== cursor.row || place.column !== cursor.column)) {
          select(place, anchor ?? cursor);
        }
      }}
      onMouseUp={() => {
        dragging.current = false;
      }}
      onDoubleClick={(event) => {
        const place = placeOf(event);
        if (place === null) return;
        if (canEdit(place)) {
          setEditing({ text: columns[place.column].text(rows[place.row], place.row), error: null });
        } else props.onOpen?.(rows[place.row], place.row, columns[place.column].id);
      }}
    >
      <div role="rowgroup" className="data-grid-head" style={{ width: totalWidth, height: headerHeight }}>
        <div role="row" aria-rowindex={1} className="data-grid-row" style={{ height: headerHeight }}>
          {shownColumns.map((column) => (
            <div
              key={columns[column].id}
              role="columnheader"
              aria-colindex={column + 1}
              className="data-grid-cell"
              style={cellStyle(column)}
              title={columns[column].header}
            >
              {columns[column].header || <span className="visually-hidden">{t("rowHeader")}</span>}
            </div>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <div role="rowgroup">
          <div role="row" className="data-grid-empty">
            <div role="gridcell">{props.empty ?? t("empty")}</div>
          </div>
        </div>
      ) : (
        <div
          role="rowgroup"
          style={{ position: "relative", height: bodyHeight, width: totalWidth, minWidth: "100%" }}
        >
          {rowWindow.getVirtualItems().map(({ index: row, start }) => (
            <div
              key={props.rowKey(rows[row], row)}
              role="row"
              aria-rowindex={row + 2}
              className={
                selectedRows !== null && row >= selectedRows.first && row < selectedRows.end
                  ? "data-grid-row is-selected"
                  : "data-grid-row"
              }
              style={{
                position: "absolute",
                top: start,
                height: rowHeight,
                width: totalWidth,
                minWidth: "100%",
              }}
            >
              {shownColumns.map((column) => {
                const atCursor = cursor.row === row && cursor.column === column;
                const inRange =
                  row >= range.firstRow &&
                  row < range.endRow &&
                  column >= range.firstColumn &&
                  column < range.endColumn;
                return (
                  <div
                    key={columns[column].id}
                    id={`${gridId}-${row}-${column}`}
                    role="gridcell"
                    aria-colindex={column + 1}
                    aria-selected={inRange}
                    aria-readonly={
                      columns[column].onEdit === undefined ? undefined : !canEdit({ row, column })
                    }
                    data-cell={`${row},${column}`}
                    className={[
                      "data-grid-cell",
                      inRange && anchor !== null ? "is-in-range" : "",
                      atCursor ? "is-cursor" : "",
                      toneClass(columns[column].tone?.(rows[row], row)),
                    ].join(" ")}
                    style={{ ...cellStyle(column), lineHeight: `${rowHeight - 1}px` }}
                    title={columns[column].hint?.(rows[row], row)}
                  >
                    {atCursor && editing !== null ? (
                      <CellEditor
                        label={columns[column].header}
                        text={editing.text}
                        error={editing.error}
                        onCommit={(text, move) =>
                          commit(
                            text,
                            move === null ? null : { row: row + move.row, column: column + move.column },
                          )
                        }
                        onCancel={() => {
                          setEditing(null);
                          scroller.current?.focus({ preventScroll: true });
                        }}
                      />
                    ) : (
                      (columns[column].cell?.(rows[row], row) ?? columns[column].text(rows[row], row))
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      )}
      {props.totals && rows.length > 0 && (
        <div role="rowgroup" className="data-grid-totals" style={{ width: totalWidth, minWidth: "100%" }}>
          <div
            role="row"
            aria-rowindex={rows.length + 2}
            className="data-grid-row"
            style={{ height: rowHeight }}
          >
            {shownColumns.map((column) => (
              <div
                key={columns[column].id}
                role="gridcell"
                aria-colindex={column + 1}
                className="data-grid-cell"
                style={{ ...cellStyle(column), lineHeight: `${rowHeight - 1}px` }}
              >
                {props.totals?.[columns[column].id] ?? ""}
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function toneClass(tone: string | undefined): string {
  return tone === undefined ? "" : `is-${tone}`;
}

const CellEditor = memo(function CellEditor(props: {
  label: string;
  text: string;
  error: string | null;
  onCommit: (text: string, move: Place | null) => void;
  onCancel: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(props.text);
  const done = useRef(false);
  const errorId = useId();
  useEffect(() => {
    input.current?.focus();
    // One typed character opened the cell: writing goes on after it. Otherwise the old value is replaced.
    if (props.text.length !== 1) input.current?.select();
  }, [props.text]);
  useEffect(() => {
    if (props.error !== null) done.current = false;
  }, [props.error]);
  return (
    <>
      <input
        ref={input}
        className="data-grid-editor"
        aria-label={props.label}
        aria-invalid={props.error !== null}
        aria-describedby={props.error === null ? undefined : errorId}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!done.current && props.error === null) props.onCommit(text, null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            done.current = true;
            props.onCancel();
          } else if (event.key === "Enter" || event.key === "Tab") {
            event.preventDefault();
            const back = event.shiftKey ? -1 : 1;
            // Committing moves the focus away, and leaving must not commit a second time.
            done.current = true;
            props.onCommit(text, event.key === "Enter" ? { row: back, column: 0 } : { row: 0, column: back });
          }
        }}
      />
      {props.error !== null && (
        <span id={errorId} role="alert" className="data-grid-error">
          {props.error}
        </span>
      )}
    </>
  );
});
