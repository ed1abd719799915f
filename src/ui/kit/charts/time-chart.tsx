import { scaleLinear } from "d3";
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useId, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isWeekend } from "../../../domain/calendar/clock.ts";
import { dateOfDay, dayOfInterval, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useAxisWords } from "./axis-words.ts";
import { ChartFigure, type ChartTable } from "./chart-figure.tsx";
import { type CursorStore, useCursor, useCursorStore } from "./cursor-group.tsx";
import { type Plot, PlotContext, useWidth } from "./plot.ts";
import { timeTicks, tintedSpans } from "./time-span.ts";
import { ValueAxis } from "./value-axis.tsx";

/** A line of the readout and a column of the table twin. */
export interface ReadSeries {
  readonly name: string;
  /** Value as it is read aloud; null: nothing there. Absent: a sign that is only explained, without a value. */
  readonly read?: (intervalIndex: number) => string | null;
  /** Its sign in the chart, as a CSS background; absent: read in text only. */
  readonly color?: string;
}

export interface TimeChartProps {
  /** Name of the chart, read by screen readers and shown above it. */
  readonly title: string;
  /** One sentence that says what the chart shows, from the numbers. */
  readonly summary: string;
  readonly grid: IntervalGrid;
  /** Intervals shown. */
  readonly span: IntervalRange;
  readonly height?: number;
  /** Value at the bottom and at the top of the axis. */
  readonly domain: readonly [number, number];
  readonly formatValue: (value: number) => string;
  /** Unit of the axis, shown at its top: "agents". */
  readonly unit?: string;
  readonly series: readonly ReadSeries[];
  /** Per interval of the grid: 0 closed, tinted. null: the night is tinted. */
  readonly open?: ArrayLike<number> | null;
  readonly selection?: IntervalRange | null;
  /** Called with a dragged or typed range, a clicked interval, or null when it is cleared. */
  readonly onSelect?: (selection: IntervalRange | null) => void;
  /** Room for the value axis at the left; the default aligns with `Gantt`. */
  readonly leftRoom?: number;
  /** Layers, drawn in order. */
  readonly children: ReactNode;
}

const top = 18;
const bottom = 34;

/**
 * A chart over time: axis, tint of closed hours, cursor, selection, readout, and a table that says the same.
 * Redrawing costs one pass over the shown intervals per layer; moving the cursor redraws no layer.
 */
export function TimeChart(props: TimeChartProps) {
  const {
    grid,
    span,
    domain,
    height = 260,
    leftRoom: left = 44,
    series,
    title,
    summary,
    selection = null,
  } = props;
  const [box, outerWidth] = useWidth<HTMLDivElement>();
  const cursorStore = useCursorStore();
  const { intervalName } = useAxisWords(grid);
  const [from, to] = domain;
  const { first, end } = span;

  const plot = useMemo<Plot>(() => {
    const nameRoom = outerWidth >= 560 ? 92 : 0;
    const width = Math.max(1, outerWidth - left - nameRoom - 4);
    const plotHeight = height - top - bottom;
    const shown = { first, end: Math.max(end, first + 1) };
    return {
      x: scaleLinear([shown.first, shown.end], [left, left + width]),
      y: scaleLinear([from, to > from ? to : from + 1], [top + plotHeight, top]),
      span: shown,
      left,
      top,
      width,
      height: plotHeight,
      nameRoom,
    };
  }, [outerWidth, height, left, first, end, from, to]);

  const readable = series.filter(({ read }) => read !== undefined);
  const table: ChartTable = {
    rowCount: Math.max(0, end - first),
    columns: readable.map(({ name }) => name),
    rowName: (row) => intervalName(first + row),
    cell: (row, column) => readable[column].read?.(first + row) ?? null,
  };

  return (
    <ChartFigure
      title={title}
      summary={summary}
      table={table}
      readout={<Readout store={cursorStore} series={series} grid={grid} span={span} />}
    >
      <div ref={box} className="chart-box" style={{ height }}>
        {outerWidth > 0 && (
          <PlotContext value={plot}>
            <svg
              width={outerWidth}
              height={height}
              className="chart-drawing"
              aria-hidden="true"
              focusable="false"
            >
              <TimeAxis grid={grid} plot={plot} open={props.open ?? null} />
              <ValueAxis unit={props.unit} formatValue={props.formatValue} />
              {props.children}
              <SelectionMark plot={plot} selection={selection} />
              <CursorMark plot={plot} store={cursorStore} />
            </svg>
            <Overlay {...props} plot={plot} store={cursorStore} intervalName={intervalName} />
          </PlotContext>
        )}
      </div>
    </ChartFigure>
  );
}

const TimeAxis = memo(function TimeAxis(props: {
  grid: IntervalGrid;
  plot: Plot;
  open: ArrayLike<number> | null;
}) {
  const { grid, plot, open } = props;
  const { dayName, dayNumber, clock } = useAxisWords(grid);
  const ticks = timeTicks(grid, plot.span, plot.width);
  const days = ticks.filter(({ kind }) => kind === "day");
  const dayWidth = plot.width / Math.max(1, days.length);
  const nameEvery = dayWidth >= 26 ? 1 : Math.ceil(30 / dayWidth / 7) * 7;
  const base = plot.top + plot.height;
  const tints =
    open === null && dayWidth < 24
      ? []
      : tintedSpans(grid, plot.span, open).filter(({ end, first }) => end > first);
  const hasHours = ticks.length > days.length;
  return (
    <g className="chart-axis">
      {tints.map(({ first, end }) => (
        <rect
          key={first}
          className="chart-night"
          x={plot.x(first)}
          width={plot.x(end) - plot.x(first)}
          y={plot.top}
          height={plot.height}
        />
      ))}
      {ticks.map((tick) => {
        const x = Math.round(plot.x(tick.position)) + 0.5;
        return (
          <line
            key={tick.position}
            className={tick.kind === "day" ? "chart-day-line" : "chart-hour-line"}
            x1={x}
            x2={x}
            y1={plot.top}
            y2={tick.kind === "day" ? base + 4 : base}
          />
        );
      })}
      {hasHours &&
        ticks
          .filter(({ kind }) => kind === "hour")
          .map(({ position, minuteOfDay }) => (
            <text key={position} x={plot.x(position)} y={base + 13} textAnchor="middle">
              {clock(minuteOfDay)}
            </text>
          ))}
      {days.map(({ position, date }, index) =>
        index % nameEvery === 0 ? (
          <text
            key={position}
            className={isWeekend(date) ? "chart-weekend" : "chart-day"}
            x={plot.x(position) + 3}
            y={base + (hasHours ? 27 : 14)}
          >
            {dayWidth >= 84 ? dayName(date) : dayNumber(date, dayWidth >= 46)}
          </text>
        ) : null,
      )}
    </g>
  );
});

function SelectionMark({ plot, selection }: { plot: Plot; selection: IntervalRange | null }) {
  if (selection === null) return null;
  const first = Math.max(plot.span.first, selection.first);
  const end = Math.min(plot.span.end, selection.end);
  if (end <= first) return null;
  return (
    <rect
      className="chart-selection"
      x={plot.x(first)}
      width={Math.max(1, plot.x(end) - plot.x(first))}
      y={plot.top}
      height={plot.height}
    />
  );
}

function CursorMark({ plot, store }: { plot: Plot; store: CursorStore }) {
  const cursor = useCursor(store);
  if (cursor === null || cursor < plot.span.first || cursor >= plot.span.end) return null;
  const width = Math.max(1, plot.x(cursor + 1) - plot.x(cursor));
  return <rect className="chart-cursor" x={plot.x(cursor)} width={width} y={plot.top} height={plot.height} />;
}

function Readout(props: {
  store: CursorStore;
  series: readonly ReadSeries[];
  grid: IntervalGrid;
  span: IntervalRange;
}) {
  const cursor = useCursor(props.store);
  const { intervalName } = useAxisWords(props.grid);
  const shown = cursor !== null && cursor >= props.span.first && cursor < props.span.end;
  return (
    <>
      {shown && <strong className="chart-readout-time">{intervalName(cursor)}</strong>}
      {props.series.map(({ name, read, color }) => {
        if (shown ? read === undefined : color === undefined) return null;
        return (
          <span key={name} className={shown ? "chart-readout-item" : "chart-readout-item is-sign"}>
            {color !== undefined && <i className="chart-swatch" style={{ background: color }} />}
            {name}
            {shown && <b>{read?.(cursor) ?? "—"}</b>}
          </span>
        );
      })}
    </>
  );
}

/** Takes the pointer and the keys. It is a slider to assistive technology: arrows move, the value is read aloud. */
function Overlay(
  props: TimeChartProps & { plot: Plot; store: CursorStore; intervalName: (index: number) => string },
) {
  const { plot, store, grid, series, onSelect, selection = null } = props;
  const { t } = useTranslation("charts");
  const dragStart = useRef<number | null>(null);
  const anchor = useRef<number | null>(null);
  const cursor = useCursor(store);
  const hintId = useId();
  const { first, end } = plot.span;

  function intervalUnder(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(first + ((event.clientX - box.left) / box.width) * (end - first));
    return Math.min(end - 1, Math.max(first, index));
  }

  function range(a: number, b: number): IntervalRange {
    return { first: Math.min(a, b), end: Math.max(a, b) + 1 };
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    const index = intervalUnder(event);
    store.set(index);
    anchor.current = index;
    if (onSelect === undefined || event.pointerType === "touch") return;
    dragStart.current = index;
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const index = intervalUnder(event);
    if (index === store.get()) return;
    store.set(index);
    if (dragStart.current !== null && onSelect !== undefined) onSelect(range(dragStart.current, index));
  }

  function onPointerUp(event: PointerEvent<HTMLElement>): void {
    const index = intervalUnder(event);
    if (onSelect !== undefined && (dragStart.current !== null || event.pointerType === "touch")) {
      onSelect(range(dragStart.current ?? index, index));
    }
    dragStart.current = null;
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const at = Math.min(end - 1, Math.max(first, store.get() ?? first));
    const day = dayOfInterval(grid, at);
    const perDay = grid.dayOffsets[day + 1] - grid.dayOffsets[day];
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowDown: at - 1,
      ArrowUp: at + 1,
      PageUp: at - perDay,
      PageDown: at + perDay,
      Home: first,
      End: end - 1,
    };
    if (event.key in moves && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      const next = Math.min(end - 1, Math.max(first, moves[event.key]));
      store.set(next);
      if (event.shiftKey && onSelect !== undefined) {
        anchor.current ??= at;
        onSelect(range(anchor.current, next));
      } else anchor.current = null;
    } else if ((event.key === "Enter" || event.key === " ") && onSelect !== undefined) {
      event.preventDefault();
      onSelect(range(at, at));
    } else if (event.key === "Escape") {
      if (selection !== null) onSelect?.(null);
      store.set(null);
    }
  }

  const at = cursor === null ? first : Math.min(end - 1, Math.max(first, cursor));
  const spoken = [
    props.intervalName(at),
    ...series.flatMap(({ name, read }) => (read ? [`${name} ${read(at) ?? "—"}`] : [])),
  ].join(", ");
  return (
    <>
      <div
        className="chart-overlay"
        style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
        role="slider"
        tabIndex={0}
        aria-label={props.title}
        aria-describedby={hintId}
        aria-valuemin={first}
        aria-valuemax={end - 1}
        aria-valuenow={at}
        aria-valuetext={spoken}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => dragStart.current === null && store.set(null)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && store.set(at)}
        onBlur={() => store.set(null)}
        onKeyDown={onKeyDown}
      />
      <span id={hintId} hidden>
        {t(onSelect === undefined ? "keys.read" : "keys.select", {
          date: dateOfDay(grid, dayOfInterval(grid, at)),
        })}
      </span>
    </>
  );
}
