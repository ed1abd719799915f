import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Trend } from "../../../history/review/history-patterns.ts";
import { Dots, Line } from "../../kit/charts/layers.tsx";
import { greatest } from "../../kit/charts/paths.ts";
import { XYChart } from "../../kit/charts/xy-chart.tsx";
import { thinned } from "../../kit/charts/xy-plot.tsx";
import { useFormat } from "../../kit/use-format.ts";

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
  const { grid, trend } = props;
  const whole = { first: 0, end: grid.dayCount };
  const dateOf = (day: number) => addDays(grid.firstDate, day);
  const levels = trend.level.filter((level) => level !== null);
  return (
    <XYChart
      title={props.title}
      summary={t("trend.summary", {
        name: props.title,
        first: format.number(levels[0] ?? null),
        last: format.number(levels.at(-1) ?? null),
        change: levels.length > 0 ? format.signedPercent((levels.at(-1) ?? 0) / levels[0] - 1) : "—",
      })}
      height={140}
      leftRoom={72}
      topRoom={8}
      xDomain={[0, grid.dayCount]}
      yDomain={[0, greatest([trend.totals], whole) * 1.05 || 1]}
      formatY={(value) => format.number(value)}
      xTicks={({ width }) =>
        namedDays(grid, width).map((day) => ({
          at: day,
          text: format.date(dateOf(day), "day"),
          anchor: "start",
        }))
      }
      table={{
        rowCount: grid.dayCount,
        columns: [t("trend.day"), t("trend.level")],
        rowName: (row) => format.date(dateOf(row), "full"),
        cell: (row, column) => format.number((column === 0 ? trend.totals : trend.level)[row]),
      }}
      pointAt={(x) => Math.max(0, Math.min(grid.dayCount - 1, Math.floor(x)))}
      brushed={props.zoom}
      // A click goes back to the whole; less than a week shows no week.
      onBrush={(days) => props.onZoom(days.end - days.first < 2 ? null : atLeastAWeek(days, grid.dayCount))}
      readout={(day) =>
        day === null ? (
          t("trend.hint")
        ) : (
          <>
            <strong className="chart-readout-time">{format.date(dateOf(day), "long")}</strong>
            <span className="chart-readout-item">
              {t("trend.day")} <b>{format.number(trend.totals[day])}</b>
            </span>
            <span className="chart-readout-item">
              {t("trend.level")} <b>{format.number(trend.level[day])}</b>
            </span>
          </>
        )
      }
    >
      <Dots series={trend.totals} color="var(--ink-3)" radius={1.3} />
      <Line series={trend.level} width={1.75} />
    </XYChart>
  );
}

/** A stretch of days that fills a week at least, still inside the history. */
export function atLeastAWeek({ first, end }: DayRange, dayCount: number): DayRange {
  const from = Math.max(0, Math.min(first, dayCount - 7));
  return { first: from, end: Math.min(dayCount, Math.max(end, from + 7)) };
}

/** First days of months that have room for their names; of a short history some days. */
function namedDays(grid: IntervalGrid, width: number): number[] {
  const days = Array.from({ length: grid.dayCount }, (_, day) => day);
  const months = days.filter((day) => addDays(grid.firstDate, day).endsWith("-01"));
  const all = months.length >= 3 ? months : days;
  return thinned(all.length, width, 64).map((index) => all[index]);
}
