import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useFormat } from "../use-format.ts";
import { useAxisWords } from "./axis-words.ts";
import { GanttBarView, type GanttScale } from "./gantt-bar.tsx";
import { type GanttBar, type GanttEdits, movedTimes, useGanttDrag } from "./gantt-drag.ts";
import { useWidth } from "./plot.ts";
import { timeTicks, tintedSpans } from "./time-span.ts";
import "./charts.css";

export interface GanttRow {
  readonly id: string;
  /** Shown at the left where there is room for names. */
  readonly name: string;
  readonly bars: readonly GanttBar[];
}

export interface GanttProps extends GanttEdits {
  readonly label: string;
  readonly grid: IntervalGrid;
  readonly span: IntervalRange;
  readonly rows: readonly GanttRow[];
  readonly rowHeight?: number;
  readonly height?: number;
  /** Room for names at the left and empty room at the right; the defaults align with the charts above. */
  readonly leftRoom?: number;
  readonly rightRoom?: number;
  readonly open?: ArrayLike<number> | null;
  readonly selectedId?: string | null;
  readonly onSelect?: (barId: string | null) => void;
}

const axisHeight = 24;

/** Bars over time with their gaps, a row under the other. Only rows in sight are drawn. */
export function Gantt(props: GanttProps) {
  const { grid, span, rows, rowHeight = 20, height = 320, leftRoom: left = 44 } = props;
  const { t } = useTranslation("charts");
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const [canvas, width] = useWidth<HTMLDivElement>();
  const [cursor, setCursor] = useState({ row: 0, bar: 0 });
  const id = useId();

  const plotWidth = Math.max(1, width - left - (props.rightRoom ?? (width >= 560 ? 96 : 4)));
  const firstMinute = span.first * grid.intervalMinutes;
  const pixelsPerMinute = plotWidth / Math.max(1, (span.end - span.first) * grid.intervalMinutes);
  const scale: GanttScale = {
    firstMinute,
    endMinute: span.end * grid.intervalMinutes,
    pixelsPerMinute,
    x: (minute) => left + (minute - firstMinute) * pixelsPerMinute,
  };
  const drag = useGanttDrag(props, pixelsPerMinute);
  const rowWindow = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: axisHeight,
    scrollPaddingStart: axisHeight,
  });

  function barName(bar: GanttBar): string {
    const { startMinute, endMinute } = drag.timesOf(bar);
    const text = t("gantt.bar", {
      name: bar.name,
      from: format.time(clockMinuteAt(grid, startMinute)),
      to: format.time(clockMinuteAt(grid, endMinute)),
    });
    return bar.pinned ? `${text}, ${t("gantt.pinned")}` : text;
  }

  const onKeyDown = ganttKeys(props, cursor, (next) => {
    setCursor(next);
    rowWindow.scrollToIndex(next.row);
  });
  const atCursor = rows[cursor.row]?.bars[cursor.bar];
  const totalHeight = rowWindow.getTotalSize();
  return (
    <div
      ref={scroller}
      className="gantt"
      style={{ height: Math.min(height, totalHeight + 2) }}
      role="listbox"
      aria-label={props.label}
      aria-describedby={`${id}-hint`}
      aria-activedescendant={atCursor ? `${id}-${atCursor.id}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div ref={canvas} style={{ position: "relative", height: totalHeight }} role="presentation">
        <GanttAxis grid={grid} span={span} open={props.open ?? null} scale={scale} plotWidth={plotWidth} />
        {rowWindow.getVirtualItems().map(({ index: row, start }) => (
          <div
            key={rows[row].id}
            className="gantt-row"
            role="presentation"
            style={{ top: start, height: rowHeight, lineHeight: `${rowHeight}px` }}
          >
            {left >= 60 && (
              <span className="gantt-row-name" style={{ width: left - 1 }}>
                {rows[row].name}
              </span>
            )}
            {rows[row].bars.map((bar, index) => (
              <GanttBarView
                key={bar.id}
                id={`${id}-${bar.id}`}
                bar={bar}
                name={barName(bar)}
                scale={scale}
                selected={bar.id === props.selectedId}
                atCursor={row === cursor.row && index === cursor.bar}
                edits={props}
                drag={drag}
                onPress={() => {
                  setCursor({ row, bar: index });
                  props.onSelect?.(bar.id);
                }}
              />
            ))}
          </div>
        ))}
      </div>
      <span id={`${id}-hint`} hidden>
        {t("keys.gantt")}
      </span>
    </div>
  );
}

/** Arrows go from bar to bar; Alt moves the bar at the cursor, with Shift its end; Enter selects. */
function ganttKeys(
  props: GanttProps,
  cursor: { readonly row: number; readonly bar: number },
  onCursor: (next: { row: number; bar: number }) => void,
) {
  const { rows, onMove, stepMinutes = 15 } = props;
  return (event: KeyboardEvent): void => {
    const bar = rows[cursor.row]?.bars[cursor.bar];
    const sideways = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (event.altKey && sideways !== 0 && bar !== undefined && onMove !== undefined && !bar.pinned) {
      event.preventDefault();
      event.stopPropagation();
      const grip = event.shiftKey && props.resizable ? "end" : "whole";
      const next = movedTimes(bar, grip, sideways * stepMinutes, stepMinutes);
      if (next !== null) onMove(bar.id, next.startMinute, next.endMinute);
      return;
    }
    const moves: Record<string, { row: number; bar: number }> = {
      ArrowUp: { row: cursor.row - 1, bar: cursor.bar },
      ArrowDown: { row: cursor.row + 1, bar: cursor.bar },
      ArrowLeft: { row: cursor.row, bar: cursor.bar - 1 },
      ArrowRight: { row: cursor.row, bar: cursor.bar + 1 },
      Home: { row: 0, bar: 0 },
      End: { row: rows.length - 1, bar: 0 },
      PageUp: { row: cursor.row - 10, bar: cursor.bar },
      PageDown: { row: cursor.row + 10, bar: cursor.bar },
    };
    if (event.key in moves && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      const row = Math.max(0, Math.min(rows.length - 1, moves[event.key].row));
      const bars = rows[row]?.bars.length ?? 0;
      onCursor({ row, bar: Math.max(0, Math.min(bars - 1, moves[event.key].bar)) });
    } else if ((event.key === "Enter" || event.key === " ") && bar !== undefined) {
      event.preventDefault();
      props.onSelect?.(bar.id);
    } else if (event.key === "Escape") props.onSelect?.(null);
  };
}

/** Lines of days and hours with their names, and the tint of closed hours. */
function GanttAxis(props: {
  readonly grid: IntervalGrid;
  readonly span: IntervalRange;
  readonly open: ArrayLike<number> | null;
  readonly scale: GanttScale;
  readonly plotWidth: number;
}) {
  const { grid, span, open, scale, plotWidth } = props;
  const words = useAxisWords(grid);
  const ticks = timeTicks(grid, span, plotWidth);
  const days = ticks.filter(({ kind }) => kind === "day");
  const dayWidth = plotWidth / Math.max(1, days.length);
  const nameEvery = Math.max(1, Math.ceil(30 / dayWidth));
  const tints = open || dayWidth >= 24 ? tintedSpans(grid, span, open) : [];
  const at = (interval: number) => scale.x(interval * grid.intervalMinutes);
  return (
    <>
      <div className="gantt-lines" aria-hidden="true">
        {tints.map(({ first, end }) => (
          <b key={first} className="gantt-night" style={{ left: at(first), width: at(end) - at(first) }} />
        ))}
        {ticks.map(({ position, kind }) => (
          <i
            key={position}
            className={kind === "day" ? "is-day" : undefined}
            style={{ left: at(position) }}
          />
        ))}
      </div>
      <div className="gantt-axis" aria-hidden="true">
        {ticks
          // An hour is named where the name of its day has ended.
          .filter((tick) =>
            tick.kind === "hour"
              ? (tick.minuteOfDay / 1440) * dayWidth >= 68
              : days.indexOf(tick) % nameEvery === 0,
          )
          .map(({ position, kind, minuteOfDay, date }) => (
            <span key={position} style={{ left: at(position) }}>
              {kind === "hour"
                ? words.clock(minuteOfDay)
                : dayWidth >= 84
                  ? words.dayName(date)
                  : words.dayNumber(date, dayWidth >= 46)}
            </span>
          ))}
      </div>
    </>
  );
}
