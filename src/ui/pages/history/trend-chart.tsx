import { scaleLinear } from "d3";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Trend } from "../../../history/review/history-patterns.ts";
import { ChartFigure } from "../../kit/charts/chart-figure.tsx";
import { dotPath, greatest, linePath } from "../../kit/charts/paths.ts";
import { useWidth } from "../../kit/charts/plot.ts";
import { ValueAxis } from "../../kit/charts/value-axis.tsx";
import { useFormat } from "../../kit/use-format.ts";

const height = 132;
const margin = { top: 8, right: 8, bottom: 20, left: 72 };

/** Every day of the history as a dot, the level beneath as a line; dragging over days zooms the page to them. */
export function TrendChart(props: {
  readonly title: string;
  readonly grid: IntervalGrid;
  readonly trend: Trend;
  readonly zoom: DayRange | null;
  readonly onZoom: (days: DayRange | null) => void;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const [brush, setBrush] = useState<DayRange | null>(null);
  const anchor = useRef<number | null>(null);
  const { grid, trend, zoom } = props;
  const whole = { first: 0, end: grid.dayCount };
  const x = scaleLinear([0, grid.dayCount], [margin.left, Math.max(margin.left + 1, width - margin.right)]);
  const y = scaleLinear(
    [0, greatest([trend.totals], whole) * 1.05 || 1],
    [height - margin.bottom, margin.top],
  );
  const scales = { x, y, span: whole };
  const dateOf = (day: number) => addDays(grid.firstDate, day);
  const known = trend.level.filter((level) => level !== null);
  const summary = t("trend.summary", {
    name: props.title,
    first: format.number(known[0] ?? null),
    last: format.number(known.at(-1) ?? null),
    change: known.length > 0 ? format.signedPercent((known.at(-1) ?? 0) / known[0] - 1) : "—",
  });
  const shown = brush ?? zoom;

  function dayUnder(event: PointerEvent<SVGElement>): number {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.max(0, Math.min(grid.dayCount - 1, Math.floor(x.invert(offset))));
  }
  function dragged(to: number): DayRange | null {
    const from = anchor.current;
    return from === null ? null : { first: Math.min(from, to), end: Math.max(from, to) + 1 };
  }
  return (
    <ChartFigure
      title={props.title}
      summary={summary}
      table={{
        rowCount: grid.dayCount,
        columns: [t("trend.day"), t("trend.level")],
        rowName: (row) => format.date(dateOf(row), "full"),
        cell: (row, column) => format.number((column === 0 ? trend.totals : trend.level)[row]),
      }}
      readout={
        at === null ? (
          t("trend.hint")
        ) : (
          <>
            <strong className="chart-readout-time">{format.date(dateOf(at), "long")}</strong>
            <span className="chart-readout-item">
              {t("trend.day")} <b>{format.number(trend.totals[at])}</b>
            </span>
            <span className="chart-readout-item">
              {t("trend.level")} <b>{format.number(trend.level[at])}</b>
            </span>
          </>
        )
      }
    >
      <div ref={box} className="chart-box" style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            className="chart-drawing history-trend"
            role="img"
            aria-label={summary}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              anchor.current = dayUnder(event);
            }}
            onPointerMove={(event) => {
              const day = dayUnder(event);
              setAt(day);
              if (anchor.current !== null) setBrush(dragged(day));
            }}
            onPointerUp={(event) => {
              const days = dragged(dayUnder(event));
              anchor.current = null;
              setBrush(null);
              // A click goes back to the whole; less than a week shows no week.
              props.onZoom(
                days === null || days.end - days.first < 2 ? null : atLeastAWeek(days, grid.dayCount),
              );
            }}
            onPointerCancel={() => {
              anchor.current = null;
              setBrush(null);
            }}
            onPointerLeave={() => setAt(null)}
          >
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={3}
                left={margin.left}
                right={width - margin.right}
                formatValue={(value) => format.number(value)}
              />
              {ticksOf(grid, (width - margin.left) / 64).map((day) => (
                <text key={day} x={x(day)} y={height - 5}>
                  {format.date(dateOf(day), "day")}
                </text>
              ))}
            </g>
            <path d={dotPath(trend.totals, scales, 1.3)} fill="var(--ink-3)" />
            <path
              className="chart-line"
              d={linePath(trend.level, scales)}
              stroke="var(--accent)"
              strokeWidth={1.75}
            />
            {shown !== null && (
              <rect
                className="chart-selection"
                x={x(shown.first)}
                width={Math.max(2, x(shown.end) - x(shown.first))}
                y={margin.top}
                height={height - margin.top - margin.bottom}
              />
            )}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}

/** A stretch of days that fills a week at least, still inside the history. */
export function atLeastAWeek({ first, end }: DayRange, dayCount: number): DayRange {
  const from = Math.max(0, Math.min(first, dayCount - 7));
  return { first: from, end: Math.min(dayCount, Math.max(end, from + 7)) };
}

/** First days of months, thinned to what there is room for; of a short history some days. */
function ticksOf(grid: IntervalGrid, room: number): number[] {
  const months: number[] = [];
  for (let day = 0; day < grid.dayCount; day++)
    if (addDays(grid.firstDate, day).endsWith("-01")) months.push(day);
  const all = months.length >= 3 ? months : Array.from({ length: grid.dayCount }, (_, day) => day);
  const every = Math.max(1, Math.ceil(all.length / Math.max(1, room)));
  return all.filter((_, index) => index % every === 0);
}
