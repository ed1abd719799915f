import { max } from "d3";
import { useTranslation } from "react-i18next";
import type { ControlChart } from "../../../history/review/service-history.ts";
import { Band, LevelLine } from "../../kit/charts/layers.tsx";
import { usePlot } from "../../kit/charts/plot.ts";
import { XYChart } from "../../kit/charts/xy-chart.tsx";
import { thinned } from "../../kit/charts/xy-plot.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Weeks as dots, their centre as a line, and the band that chance keeps within: a dot outside it is a change. */
export function ControlChartFigure(props: {
  readonly title: string;
  readonly chart: ControlChart;
  readonly formatValue: (value: number) => string;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { formatValue } = props;
  const { centre, points } = props.chart;
  const signals = points.filter(({ signal }) => signal);
  const weekName = (index: number) => t("map.week", { date: format.date(points[index].week, "full") });
  const summary = t(signals.length === 0 ? "service.steady" : "service.changed", {
    name: props.title,
    count: signals.length,
    centre: formatValue(centre),
    weeks: format.list(signals.slice(0, 6).map(({ week }) => format.date(week, "full"))),
  });
  const cell = (row: number, column: number) => {
    const { value, lower, upper, signal } = points[row];
    if (column === 3) return signal ? t("service.outside") : "";
    return formatValue([value, lower, upper][column]);
  };
  return (
    <XYChart
      title={props.title}
      summary={summary}
      leftRoom={56}
      xDomain={[0, points.length]}
      yDomain={[0, (max(points, ({ value, upper }) => Math.max(value, upper)) ?? 1) * 1.05]}
      formatY={formatValue}
      xTicks={({ width }) =>
        thinned(points.length, width, 56).map((index) => ({
          at: index + 0.5,
          text: format.date(points[index].week, "day"),
        }))
      }
      table={{
        rowCount: points.length,
        columns: [t("service.value"), t("service.lower"), t("service.upper"), t("service.signal")],
        rowName: weekName,
        cell,
      }}
      pointAt={(x) => Math.max(0, Math.min(points.length - 1, Math.floor(x)))}
      readout={(point) =>
        point === null ? (
          summary
        ) : (
          <>
            <strong>{weekName(point)}</strong>
            <span className="chart-readout-item">
              <b>{cell(point, 0)}</b> ({cell(point, 1)}–{cell(point, 2)})
            </span>
          </>
        )
      }
    >
      <Band lower={points.map(({ lower }) => lower)} upper={points.map(({ upper }) => upper)} />
      <LevelLine solid value={centre} color="var(--accent)" />
      <Weeks points={points} />
    </XYChart>
  );
}

function Weeks({ points }: { readonly points: ControlChart["points"] }) {
  const { x, y } = usePlot();
  return points.map(({ week, value, signal }, index) =>
    signal ? (
      <path key={week} d={`M${x(index + 0.5)},${y(value) - 5}l5,5l-5,5l-5,-5z`} fill="var(--short)" />
    ) : (
      <circle key={week} cx={x(index + 0.5)} cy={y(value)} r={2.5} fill="var(--ink)" />
    ),
  );
}
