import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTokenColors } from "../theme/token-colors.ts";
import { ChartFigure } from "./chart-figure.tsx";
import { drawHeatMap, type HeatScale, heatExtent } from "./heat-map-canvas.ts";
import { isKnown, type Series } from "./paths.ts";
import { useWidth } from "./plot.ts";

export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

export interface HeatMapProps {
  readonly title: string;
  readonly summary: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Row after row; null where there is nothing. */
  readonly values: Series;
  /** Cells to hatch although they have no value or a wrong one: gaps, faults. 1 marks. */
  readonly marked?: ArrayLike<number> | null;
  /** Name in full, for readout, table and speech. */
  readonly rowName: (row: number) => string;
  readonly columnName: (column: number) => string;
  /** Short name beside the map; null: none at this row or column. Thinned further where there is no room. */
  readonly rowTick: (row: number) => string | null;
  readonly columnTick: (column: number) => string | null;
  /** Names of the axes, shown where given. */
  readonly rowAxis?: string;
  readonly columnAxis?: string;
  readonly formatValue: (value: number) => string;
  /** `sequential`: from paper to accent. `diverging`: below zero vermilion, above zero blue. */
  readonly scale?: "sequential" | "diverging";
  /** Values at the ends of the colour scale; default: what occurs. */
  readonly domain?: readonly [number, number];
  /** Draws the line along which the value crosses this level: the goal in a sweep. */
  readonly isoLine?: { readonly value: number; readonly name: string } | null;
  readonly selected?: CellPosition | null;
  readonly onSelect?: (cell: CellPosition) => void;
  readonly minRowHeight?: number;
  readonly maxRowHeight?: number;
  /** Height the map should fill if its rows allow. */
  readonly height?: number;
}

const top = 20;
const left = 72;
const right = 8;

/** Where cells lie, in pixels. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly columnWidth: number;
}

/** Day × time, or any two parameters: one cell per pair, drawn on a canvas, read by pointer and keys. */
export function HeatMap(props: HeatMapProps) {
  const { rowCount, columnCount, values, marked = null, isoLine = null, selected = null } = props;
  const { t } = useTranslation("charts");
  const [box, outerWidth] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState<CellPosition | null>(null);
  const color = useTokenColors();
  const rowHeight = Math.max(
    props.minRowHeight ?? 2,
    Math.min(props.maxRowHeight ?? 22, (props.height ?? 420) / Math.max(1, rowCount)),
  );
  const width = Math.max(1, outerWidth - left - right);
  const layout: Layout = {
    width,
    height: Math.round(rowHeight * rowCount),
    rowHeight,
    columnWidth: width / Math.max(1, columnCount),
  };
  const [low, high] = useMemo(() => props.domain ?? heatExtent(values), [props.domain, values]);
  const scale: HeatScale = { kind: props.scale ?? "sequential", low, high };

  useEffect(() => {
    if (canvas.current === null || outerWidth === 0 || color === null) return;
    const matrix = { rowCount, columnCount, values, rowHeight, columnWidth: layout.columnWidth };
    drawHeatMap(canvas.current, matrix, scale, marked, isoLine?.value ?? null, color);
  }, [outerWidth, rowHeight, rowCount, columnCount, values, marked, low, high, scale.kind, color, isoLine]);

  function valueName(at: CellPosition): string {
    const index = at.row * columnCount + at.column;
    const value = values[index];
    const text = isKnown(value) ? props.formatValue(value) : "—";
    return marked?.[index] === 1 ? `${text} (${t("marked")})` : text;
  }

  return (
    <ChartFigure
      title={props.title}
      summary={props.summary}
      table={{
        rowCount,
        columns: Array.from({ length: columnCount }, (_, column) => props.columnName(column)),
        rowName: props.rowName,
        cell: (row, column) => valueName({ row, column }),
      }}
      readout={
        cell === null ? (
          <Ramp scale={scale} formatValue={props.formatValue} isoName={isoLine?.name ?? null} />
        ) : (
          <>
            <strong className="chart-readout-time">
              {props.rowName(cell.row)} · {props.columnName(cell.column)}
            </strong>
            <b>{valueName(cell)}</b>
          </>
        )
      }
    >
      <div
        ref={box}
        className="chart-box"
        style={{ height: layout.height + top + (props.columnAxis ? 18 : 4) }}
      >
        {outerWidth > 0 && rowCount > 0 && (
          <>
            <Labels {...props} layout={layout} outerWidth={outerWidth} />
            <canvas
              ref={canvas}
              className="heat-map-canvas"
              style={{ left, top, width: layout.width, height: layout.height }}
            />
            {selected !== null && selected.row < rowCount && (
              <i className="heat-map-selected" style={frameOf(selected, layout)} />
            )}
            {cell !== null && cell.row < rowCount && (
              <i className="heat-map-cursor" style={frameOf(cell, layout)} />
            )}
            <Overlay {...props} layout={layout} cell={cell} valueName={valueName} onCell={setCell} />
          </>
        )}
      </div>
    </ChartFigure>
  );
}

function frameOf({ row, column }: CellPosition, { rowHeight, columnWidth }: Layout) {
  return {
    left: left + column * columnWidth - 1,
    top: top + row * rowHeight - 1,
    width: columnWidth + 1,
    height: rowHeight + 1,
  };
}

/** Names of rows and columns, thinned to what there is room for, and of the axes. */
function Labels(props: HeatMapProps & { readonly layout: Layout; readonly outerWidth: number }) {
  const { rowCount, columnCount, layout } = props;
  const { rowHeight, columnWidth, width, height } = layout;
  const columnStep = tickStep(columnCount, columnWidth, 40);
  const rowStep = tickStep(rowCount, rowHeight, 13);
  return (
    <svg width={props.outerWidth} height={height + top + 18} className="chart-drawing" aria-hidden="true">
      <g className="chart-axis">
        {labelled(columnCount, props.columnTick, columnStep).map(({ index, text }) => (
          <text key={index} x={left + index * columnWidth} y={top - 6}>
            {text}
          </text>
        ))}
        {labelled(rowCount, props.rowTick, rowStep).map(({ index, text }) => (
          <text
            key={index}
            x={left - 6}
            y={top + index * rowHeight + Math.min(11, rowHeight / 2 + 4)}
            textAnchor="end"
          >
            {text}
          </text>
        ))}
        {props.columnAxis && (
          <text className="chart-unit" x={left + width} y={top + height + 13} textAnchor="end">
            {props.columnAxis} →
          </text>
        )}
        {props.rowAxis && (
          <text className="chart-unit" x={2} y={top - 6}>
            {props.rowAxis} ↓
          </text>
        )}
      </g>
    </svg>
  );
}

/** Takes the pointer and the keys. A slider to assistive technology: arrows go from cell to cell, each is read aloud. */
function Overlay(
  props: HeatMapProps & {
    readonly layout: Layout;
    /** The cell that is read, if any. */
    readonly cell: CellPosition | null;
    readonly valueName: (at: CellPosition) => string;
    readonly onCell: (cell: CellPosition | null) => void;
  },
) {
  const { rowCount, columnCount, layout, cell, onCell, onSelect } = props;
  const { t } = useTranslation("charts");
  const hintId = useId();
  const at = cell ?? props.selected ?? { row: 0, column: 0 };

  function cellUnder(event: { currentTarget: Element; clientX: number; clientY: number }): CellPosition {
    const bounds = event.currentTarget.getBoundingClientRect();
    return {
      row: clamp(Math.floor((event.clientY - bounds.top) / layout.rowHeight), rowCount),
      column: clamp(Math.floor((event.clientX - bounds.left) / layout.columnWidth), columnCount),
    };
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const next = cellUnder(event);
    if (cell?.row !== next.row || cell.column !== next.column) onCell(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const moves: Record<string, CellPosition> = {
      ArrowLeft: { row: at.row, column: at.column - 1 },
      ArrowRight: { row: at.row, column: at.column + 1 },
      ArrowUp: { row: at.row - 1, column: at.column },
      ArrowDown: { row: at.row + 1, column: at.column },
      PageUp: { row: at.row - 7, column: at.column },
      PageDown: { row: at.row + 7, column: at.column },
      Home: { row: at.row, column: 0 },
      End: { row: at.row, column: columnCount - 1 },
    };
    if (event.key in moves) {
      event.preventDefault();
      event.stopPropagation();
      const next = moves[event.key];
      onCell({ row: clamp(next.row, rowCount), column: clamp(next.column, columnCount) });
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onSelect?.(at);
    } else if (event.key === "Escape") onCell(null);
  }

  return (
    <>
      <div
        className="chart-overlay"
        style={{ left, top, width: layout.width, height: layout.height }}
        role="slider"
        tabIndex={0}
        aria-label={props.title}
        aria-describedby={hintId}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, rowCount * columnCount - 1)}
        aria-valuenow={at.row * columnCount + at.column}
        aria-valuetext={`${props.rowName(at.row)}, ${props.columnName(at.column)}: ${props.valueName(at)}`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => onCell(null)}
        onClick={(event) => onSelect?.(cellUnder(event))}
        onBlur={() => onCell(null)}
        onKeyDown={onKeyDown}
      />
      <span id={hintId} hidden>
        {t("keys.map")}
      </span>
    </>
  );
}

/** The colour scale, with the values at its ends. */
function Ramp(props: {
  readonly scale: HeatScale;
  readonly formatValue: (value: number) => string;
  readonly isoName: string | null;
}) {
  const { scale, formatValue, isoName } = props;
  const { low, high } = scale;
  if (!(high > low)) return null;
  const gradient =
    scale.kind === "diverging"
      ? "linear-gradient(90deg, var(--short), var(--paper-2), var(--spare))"
      : "linear-gradient(90deg, var(--paper-2), var(--accent))";
  return (
    <span className="chart-readout-item">
      {formatValue(low)} <i className="heat-map-ramp" style={{ background: gradient }} /> {formatValue(high)}
      {isoName !== null && (
        <span className="chart-readout-item">
          <i className="chart-swatch" style={{ background: "var(--ink)", height: 2 }} />
          {isoName}
        </span>
      )}
    </span>
  );
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

/** Every how many rows or columns a label has room. */
function tickStep(count: number, size: number, room: number): number {
  return Math.max(1, Math.min(count, Math.ceil(room / size)));
}

function labelled(
  count: number,
  tick: (index: number) => string | null,
  step: number,
): { index: number; text: string }[] {
  const labels: { index: number; text: string }[] = [];
  let last = -step;
  for (let index = 0; index < count; index++) {
    const text = tick(index);
    if (text === null || index - last < step) continue;
    labels.push({ index, text });
    last = index;
  }
  return labels;
}
