import { type KeyboardEvent, type PointerEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "./chart-figure.tsx";
import { isoSegments } from "./iso-line.ts";
import { isKnown, type Series } from "./paths.ts";
import { useWidth } from "./plot.ts";
import { useThemeColors } from "./theme-colors.ts";

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

/** Day × time, or any two parameters: one cell per pair, drawn on a canvas, read by pointer and keys. */
export function HeatMap(props: HeatMapProps) {
  const { rowCount, columnCount, values, marked = null, scale = "sequential", isoLine = null } = props;
  const { t } = useTranslation("charts");
  const [box, outerWidth] = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState<CellPosition | null>(null);
  const colors = useThemeColors();
  const hintId = useId();
  const rowHeight = Math.max(
    props.minRowHeight ?? 2,
    Math.min(props.maxRowHeight ?? 22, (props.height ?? 420) / Math.max(1, rowCount)),
  );
  const plotHeight = Math.round(rowHeight * rowCount);
  const plotWidth = Math.max(1, outerWidth - left - right);
  const columnWidth = plotWidth / Math.max(1, columnCount);
  const [low, high] = useMemo(() => props.domain ?? extent(values), [props.domain, values]);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || outerWidth === 0 || colors === null) return;
    const ratio = window.devicePixelRatio || 1;
    context.canvas.width = Math.round(plotWidth * ratio);
    context.canvas.height = Math.round(plotHeight * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, plotWidth, plotHeight);
    const gapX = columnWidth >= 5 ? 1 : 0;
    const gapY = rowHeight >= 5 ? 1 : 0;
    for (let row = 0; row < rowCount; row++) {
      const y = Math.round(row * rowHeight);
      const cellHeight = Math.max(1, Math.round((row + 1) * rowHeight) - y - gapY);
      for (let column = 0; column < columnCount; column++) {
        const index = row * columnCount + column;
        const value = values[index];
        const x = Math.round(column * columnWidth);
        const cellWidth = Math.max(1, Math.round((column + 1) * columnWidth) - x - gapX);
        if (isKnown(value)) {
          context.globalAlpha = 1;
          context.fillStyle = colors.paper2;
          context.fillRect(x, y, cellWidth, cellHeight);
          const [color, strength] = shade(value, low, high, scale, colors);
          context.globalAlpha = strength;
          context.fillStyle = color;
          context.fillRect(x, y, cellWidth, cellHeight);
        }
        if (marked !== null && marked[index] === 1) {
          context.globalAlpha = 0.9;
          context.fillStyle = colors.short;
          context.fillRect(x, y + cellHeight / 2 - 0.5, cellWidth, Math.max(1, Math.min(2, cellHeight / 3)));
        }
      }
    }
    context.globalAlpha = 1;
    if (isoLine !== null) {
      for (const [width, color] of [
        [4, colors.paper],
        [1.75, colors.ink],
      ] as const) {
        context.strokeStyle = color;
        context.lineWidth = width;
        context.lineCap = "round";
        context.beginPath();
        for (const [x1, y1, x2, y2] of isoSegments(values, rowCount, columnCount, isoLine.value)) {
          context.moveTo((x1 + 0.5) * columnWidth, (y1 + 0.5) * rowHeight);
          context.lineTo((x2 + 0.5) * columnWidth, (y2 + 0.5) * rowHeight);
        }
        context.stroke();
      }
    }
  }, [
    outerWidth,
    plotWidth,
    plotHeight,
    columnWidth,
    rowHeight,
    rowCount,
    columnCount,
    values,
    marked,
    low,
    high,
    scale,
    colors,
    isoLine,
  ]);

  function valueName(at: CellPosition): string {
    const index = at.row * columnCount + at.column;
    const value = values[index];
    const text = isKnown(value) ? props.formatValue(value) : "—";
    return marked?.[index] === 1 ? `${text} (${t("marked")})` : text;
  }

  function cellUnder(event: PointerEvent<HTMLElement>): CellPosition {
    const bounds = event.currentTarget.getBoundingClientRect();
    return {
      row: clamp(Math.floor((event.clientY - bounds.top) / rowHeight), rowCount),
      column: clamp(Math.floor((event.clientX - bounds.left) / columnWidth), columnCount),
    };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = cell ?? props.selected ?? { row: 0, column: 0 };
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
      setCell({ row: clamp(next.row, rowCount), column: clamp(next.column, columnCount) });
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      props.onSelect?.(at);
    } else if (event.key === "Escape") setCell(null);
  }

  const selected = props.selected ?? null;
  const columnStep = tickStep(columnCount, columnWidth, 40);
  const rowStep = tickStep(rowCount, rowHeight, 13);
  const at = cell ?? selected ?? { row: 0, column: 0 };
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
          <Ramp
            low={low}
            high={high}
            scale={scale}
            formatValue={props.formatValue}
            isoName={isoLine?.name ?? null}
          />
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
      <div ref={box} className="chart-box" style={{ height: plotHeight + top + (props.columnAxis ? 18 : 4) }}>
        {outerWidth > 0 && rowCount > 0 && (
          <>
            <svg
              width={outerWidth}
              height={plotHeight + top + 18}
              className="chart-drawing"
              aria-hidden="true"
            >
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
                  <text
                    className="chart-unit"
                    x={left + plotWidth}
                    y={top + plotHeight + 13}
                    textAnchor="end"
                  >
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
            <canvas
              ref={canvas}
              className="heat-map-canvas"
              style={{ left, top, width: plotWidth, height: plotHeight }}
            />
            {[selected, cell].map((mark, index) =>
              mark === null || mark.row >= rowCount ? null : (
                <i
                  key={index === 0 ? "selected" : "cursor"}
                  className={index === 0 ? "heat-map-selected" : "heat-map-cursor"}
                  style={{
                    left: left + mark.column * columnWidth - 1,
                    top: top + mark.row * rowHeight - 1,
                    width: columnWidth + 1,
                    height: rowHeight + 1,
                  }}
                />
              ),
            )}
            <div
              className="chart-overlay"
              style={{ left, top, width: plotWidth, height: plotHeight }}
              role="slider"
              tabIndex={0}
              aria-label={props.title}
              aria-describedby={hintId}
              aria-valuemin={0}
              aria-valuemax={Math.max(0, rowCount * columnCount - 1)}
              aria-valuenow={at.row * columnCount + at.column}
              aria-valuetext={`${props.rowName(at.row)}, ${props.columnName(at.column)}: ${valueName(at)}`}
              onPointerMove={(event) => {
                const next = cellUnder(event);
                if (cell?.row !== next.row || cell.column !== next.column) setCell(next);
              }}
              onPointerLeave={() => setCell(null)}
              onClick={(event) => props.onSelect?.(cellUnder(event as unknown as PointerEvent<HTMLElement>))}
              onBlur={() => setCell(null)}
              onKeyDown={onKeyDown}
            />
            <span id={hintId} hidden>
              {t("keys.map")}
            </span>
          </>
        )}
      </div>
    </ChartFigure>
  );
}

/** The colour scale, with the values at its ends. */
function Ramp(props: {
  low: number;
  high: number;
  scale: "sequential" | "diverging";
  formatValue: (value: number) => string;
  isoName: string | null;
}) {
  const { low, high, scale, formatValue, isoName } = props;
  if (!(high > low)) return null;
  const gradient =
    scale === "diverging"
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

function extent(values: Series): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!isKnown(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high < low ? [0, 1] : [Math.min(0, low), high];
}

function shade(
  value: number,
  low: number,
  high: number,
  scale: "sequential" | "diverging",
  colors: { accent: string; short: string; spare: string },
): [string, number] {
  if (scale === "diverging") {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [value < 0 ? colors.short : colors.spare, Math.min(1, Math.abs(value) / most)];
  }
  return [colors.accent, Math.max(0, Math.min(1, (value - low) / (high - low || 1)))];
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
