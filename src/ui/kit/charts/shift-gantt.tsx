import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { Activity } from "../../../domain/plan/shift.ts";
import { useFormat } from "../use-format.ts";
import { useAxisWords } from "./axis-words.ts";
import { useWidth } from "./plot.ts";
import { type Span, timeTicks, tintedSpans } from "./time-span.ts";
import "./charts.css";

/** A shift as a bar. Minutes since the start of the grid, as in the domain. */
export interface GanttBar {
  readonly id: string;
  /** Read aloud and shown on hover, before the times: "Early, Ada Berg". */
  readonly name: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly activities: readonly Activity[];
  readonly pinned?: boolean;
  /** Dashed until accepted. */
  readonly proposal?: boolean;
  /** A token: `var(--series-2)`. */
  readonly color?: string;
}

export interface GanttRow {
  readonly id: string;
  /** Shown at the left where there is room for names. */
  readonly name: string;
  readonly bars: readonly GanttBar[];
}

export interface ShiftGanttProps {
  readonly label: string;
  readonly grid: IntervalGrid;
  readonly span: Span;
  readonly rows: readonly GanttRow[];
  readonly rowHeight?: number;
  readonly height?: number;
  /** Room for names at the left and empty room at the right; the defaults align with the charts above. */
  readonly leftRoom?: number;
  readonly rightRoom?: number;
  readonly open?: ArrayLike<number> | null;
  readonly selectedId?: string | null;
  readonly onSelect?: (barId: string | null) => void;
  /** Bars can be dragged when given; called once when let go, with times on `stepMinutes`. */
  readonly onMove?: (barId: string, startMinute: number, endMinute: number) => void;
  /** Called while dragging, for what redraws along; null when the drag ends. */
  readonly onPreview?: (preview: { barId: string; startMinute: number; endMinute: number } | null) => void;
  /** Breaks can be dragged inside their bar when given; `activity` is the index of the one moved. */
  readonly onMoveActivity?: (barId: string, activity: number, startMinute: number) => void;
  readonly onPreviewActivity?: (
    preview: { barId: string; activity: number; startMinute: number } | null,
  ) => void;
  readonly stepMinutes?: number;
  /** Edges can be dragged too, not only the whole bar. */
  readonly resizable?: boolean;
}

type Part = "whole" | "start" | "end";
interface Drag {
  readonly barId: string;
  readonly part: Part;
  readonly fromX: number;
  readonly startMinute: number;
  readonly endMinute: number;
  /** A break is dragged, not the bar: its index, and where it started. */
  readonly activity: { readonly index: number; readonly startMinute: number } | null;
}

const axisHeight = 24;

/** Shifts as bars with their breaks as gaps. Only rows in sight are drawn. */
export function ShiftGantt(props: ShiftGanttProps) {
  const { grid, span, rows, rowHeight = 20, height = 320, onMove, onPreview, stepMinutes = 15 } = props;
  const { t } = useTranslation("charts");
  const format = useFormat();
  const words = useAxisWords(grid);
  const scroller = useRef<HTMLDivElement>(null);
  const [canvas, width] = useWidth<HTMLDivElement>();
  const [drag, setDrag] = useState<Drag | null>(null);
  const [moved, setMoved] = useState<{ startMinute: number; endMinute: number } | null>(null);
  const [activityStart, setActivityStart] = useState<number | null>(null);
  const [cursor, setCursor] = useState<{ row: number; bar: number }>({ row: 0, bar: 0 });
  const id = useId();

  const left = props.leftRoom ?? 44;
  const plotWidth = Math.max(1, width - left - (props.rightRoom ?? (width >= 560 ? 96 : 4)));
  const firstMinute = span.first * grid.intervalMinutes;
  const pixelsPerMinute = plotWidth / Math.max(1, (span.end - span.first) * grid.intervalMinutes);
  const x = (minute: number) => left + (minute - firstMinute) * pixelsPerMinute;
  // Below that a break is narrower than a pixel: a bar is one piece, moved as a whole.
  const detailed = pixelsPerMinute * 60 >= 3;

  const window = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: axisHeight,
    scrollPaddingStart: axisHeight,
  });

  function clock(minute: number): string {
    const last = grid.dayOffsets[grid.dayCount] - 1;
    const index = Math.max(0, Math.min(last, Math.floor(minute / grid.intervalMinutes)));
    return format.time(
      (localTimeOf(grid, index).minuteOfDay + (minute - index * grid.intervalMinutes)) % 1440,
    );
  }

  function timesOf(bar: GanttBar): { startMinute: number; endMinute: number } {
    return moved !== null && drag?.barId === bar.id ? moved : bar;
  }

  function barName(bar: GanttBar): string {
    const { startMinute, endMinute } = timesOf(bar);
    const text = t("gantt.bar", { name: bar.name, from: clock(startMinute), to: clock(endMinute) });
    return bar.pinned ? `${text}, ${t("gantt.pinned")}` : text;
  }

  function shifted(part: Part, bar: { startMinute: number; endMinute: number }, minutes: number) {
    const steps = Math.round(minutes / stepMinutes) * stepMinutes;
    const startMinute = part === "end" ? bar.startMinute : bar.startMinute + steps;
    const endMinute = part === "start" ? bar.endMinute : bar.endMinute + steps;
    return endMinute - startMinute >= stepMinutes && startMinute >= 0 ? { startMinute, endMinute } : null;
  }

  function onBarDown(event: PointerEvent<HTMLElement>, bar: GanttBar, row: number, index: number): void {
    if (event.button !== 0) return;
    setCursor({ row, bar: index });
    props.onSelect?.(bar.id);
    if (onMove === undefined || bar.pinned) return;
    const target = event.target as HTMLElement;
    const handle = target.dataset.part as Part | undefined;
    const breakIndex = target.dataset.activity === undefined ? null : Number(target.dataset.activity);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({
      barId: bar.id,
      part: handle ?? "whole",
      fromX: event.clientX,
      startMinute: bar.startMinute,
      endMinute: bar.endMinute,
      activity:
        breakIndex === null
          ? null
          : { index: breakIndex, startMinute: bar.activities[breakIndex].startMinute },
    });
    setMoved(null);
    setActivityStart(null);
  }

  function onBarMove(event: PointerEvent<HTMLElement>): void {
    if (drag === null) return;
    if (drag.activity !== null) {
      const minutes = (event.clientX - drag.fromX) / pixelsPerMinute;
      const startMinute = drag.activity.startMinute + Math.round(minutes / stepMinutes) * stepMinutes;
      if (startMinute === activityStart) return;
      setActivityStart(startMinute);
      props.onPreviewActivity?.({ barId: drag.barId, activity: drag.activity.index, startMinute });
      return;
    }
    const next = shifted(drag.part, drag, (event.clientX - drag.fromX) / pixelsPerMinute);
    if (next === null || (next.startMinute === moved?.startMinute && next.endMinute === moved.endMinute))
      return;
    setMoved(next);
    onPreview?.({ barId: drag.barId, ...next });
  }

  function onBarUp(): void {
    if (drag === null) return;
    if (drag.activity !== null && activityStart !== null && activityStart !== drag.activity.startMinute)
      props.onMoveActivity?.(drag.barId, drag.activity.index, activityStart);
    if (moved !== null && (moved.startMinute !== drag.startMinute || moved.endMinute !== drag.endMinute)) {
      onMove?.(drag.barId, moved.startMinute, moved.endMinute);
    }
    setDrag(null);
    setMoved(null);
    setActivityStart(null);
    onPreview?.(null);
    props.onPreviewActivity?.(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const bar = rows[cursor.row]?.bars[cursor.bar];
    const sideways = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (event.altKey && sideways !== 0 && bar !== undefined && onMove !== undefined && !bar.pinned) {
      event.preventDefault();
      event.stopPropagation();
      const part = event.shiftKey && props.resizable ? "end" : "whole";
      const next = shifted(part, bar, sideways * stepMinutes);
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
      setCursor({ row, bar: Math.max(0, Math.min(bars - 1, moves[event.key].bar)) });
      window.scrollToIndex(row);
    } else if ((event.key === "Enter" || event.key === " ") && bar !== undefined) {
      event.preventDefault();
      props.onSelect?.(bar.id);
    } else if (event.key === "Escape") props.onSelect?.(null);
  }

  const ticks = timeTicks(grid, span, plotWidth);
  const dayTicks = ticks.filter(({ kind }) => kind === "day");
  const dayWidth = plotWidth / Math.max(1, dayTicks.length);
  const labelEvery = Math.max(1, Math.ceil(30 / dayWidth));
  const tints = props.open || dayWidth >= 24 ? tintedSpans(grid, span, props.open ?? null) : [];
  const atCursor = rows[cursor.row]?.bars[cursor.bar];
  const totalHeight = window.getTotalSize();
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
        <div className="gantt-lines" aria-hidden="true">
          {tints.map(({ first, end }) => (
            <b
              key={first}
              className="gantt-night"
              style={{
                left: x(first * grid.intervalMinutes),
                width: (end - first) * grid.intervalMinutes * pixelsPerMinute,
              }}
            />
          ))}
          {ticks.map((tick) => (
            <i
              key={tick.position}
              className={tick.kind === "day" ? "is-day" : undefined}
              style={{ left: x(tick.position * grid.intervalMinutes) }}
            />
          ))}
        </div>
        <div className="gantt-axis" aria-hidden="true">
          {ticks
            // An hour is named where the name of its day has ended.
            .filter((tick) =>
              tick.kind === "hour"
                ? (tick.minuteOfDay / 1440) * dayWidth >= 68
                : dayTicks.indexOf(tick) % labelEvery === 0,
            )
            .map((tick) => (
              <span key={tick.position} style={{ left: x(tick.position * grid.intervalMinutes) }}>
                {tick.kind === "hour"
                  ? words.clock(tick.minuteOfDay)
                  : dayWidth >= 84
                    ? words.dayName(tick.date)
                    : words.dayNumber(tick.date, dayWidth >= 46)}
              </span>
            ))}
        </div>
        {window.getVirtualItems().map(({ index: row, start }) => (
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
            {rows[row].bars.map((bar, index) => {
              const times = timesOf(bar);
              const from = Math.max(times.startMinute, firstMinute);
              const to = Math.min(times.endMinute, span.end * grid.intervalMinutes);
              if (to <= from) return null;
              const shift = times.startMinute - bar.startMinute;
              const name = barName(bar);
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus and names its active option
                <div
                  key={bar.id}
                  id={`${id}-${bar.id}`}
                  role="option"
                  aria-selected={bar.id === props.selectedId}
                  aria-label={name}
                  title={name}
                  className={[
                    "gantt-bar",
                    onMove && !bar.pinned ? "can-move" : "",
                    bar.proposal ? "is-proposal" : "",
                    bar.id === props.selectedId ? "is-selected" : "",
                    row === cursor.row && index === cursor.bar ? "is-cursor" : "",
                  ].join(" ")}
                  style={
                    {
                      left: x(from),
                      width: Math.max(2, (to - from) * pixelsPerMinute),
                      "--bar-color": bar.color,
                    } as CSSProperties
                  }
                  onPointerDown={(event) => onBarDown(event, bar, row, index)}
                  onPointerMove={onBarMove}
                  onPointerUp={onBarUp}
                  onPointerCancel={onBarUp}
                >
                  {!detailed && <i style={{ left: 0, right: 0 }} />}
                  {(detailed ? bar.activities : []).map((activity, part) => {
                    const last = part === bar.activities.length - 1;
                    const activityStart = Math.max(
                      from,
                      part === 0 ? times.startMinute : activity.startMinute + shift,
                    );
                    const activityEnd = Math.min(to, last ? times.endMinute : activity.endMinute + shift);
                    if (activityEnd <= activityStart) return null;
                    return (
                      <i
                        key={activity.startMinute}
                        className={activityClass(activity)}
                        style={{
                          left: (activityStart - from) * pixelsPerMinute,
                          width: (activityEnd - activityStart) * pixelsPerMinute,
                        }}
                      />
                    );
                  })}
                  {detailed &&
                    props.onMoveActivity &&
                    !bar.pinned &&
                    bar.activities.map((activity, part) => {
                      if (activity.kind === "work") return null;
                      const dragged = drag?.barId === bar.id && drag.activity?.index === part;
                      const start = dragged
                        ? (activityStart ?? activity.startMinute)
                        : activity.startMinute + shift;
                      return (
                        <span
                          key={activity.startMinute}
                          className={dragged ? "gantt-break is-dragged" : "gantt-break"}
                          data-activity={part}
                          style={{
                            left: (start - from) * pixelsPerMinute,
                            width: Math.max(6, (activity.endMinute - activity.startMinute) * pixelsPerMinute),
                          }}
                        />
                      );
                    })}
                  {bar.pinned && <span className="gantt-pin">▾</span>}
                  {detailed && props.resizable && onMove && !bar.pinned && (
                    <>
                      <span className="gantt-handle is-start" data-part="start" />
                      <span className="gantt-handle is-end" data-part="end" />
                    </>
                  )}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <span id={`${id}-hint`} hidden>
        {t("keys.gantt")}
      </span>
    </div>
  );
}

/** Breaks are gaps with a thin thread; training and meetings are lighter than work. */
function activityClass({ kind }: Activity): string | undefined {
  if (kind === "break" || kind === "meal" || kind === "split") return "is-gap";
  return kind === "work" ? undefined : "is-meeting";
}
