import { leastIndex } from "d3";
import { useTranslation } from "react-i18next";
import { LevelLine, lineSign, SeriesNames } from "../../kit/charts/layers.tsx";
import { usePlot } from "../../kit/charts/plot.ts";
import { XYChart } from "../../kit/charts/xy-chart.tsx";
import { Curve, UprightLine } from "../../kit/charts/xy-marks.tsx";
import { numberTicks } from "../../kit/charts/xy-plot.tsx";
import { useFormat } from "../../kit/use-format.ts";

export interface CurvePoint {
  /** Place on the horizontal axis, for instance a number of agents. */
  readonly at: number;
  /** 0–1. */
  readonly serviceLevel: number;
  readonly occupancy: number;
}

/** Service level and occupancy along one quantity, with the goal as a line and one place marked. */
export function ServiceCurve(props: {
  readonly title: string;
  readonly summary: string;
  readonly points: readonly CurvePoint[];
  readonly formatAt: (at: number) => string;
  readonly goal: number | null;
  readonly marked: number | null;
  readonly height?: number;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const { points, goal, marked, formatAt } = props;
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 1;
  const end = points.at(-1);
  const series = [
    { name: t("column.serviceLevel"), color: "var(--accent)", measure: "serviceLevel" },
    { name: t("column.occupancy"), color: "var(--series-2)", measure: "occupancy" },
  ] as const;
  return (
    <XYChart
      title={props.title}
      summary={props.summary}
      height={props.height ?? 180}
      leftRoom={40}
      nameRoom={84}
      xDomain={[first, last]}
      yDomain={[0, 1]}
      formatY={(level) => format.percent(level, 0)}
      yTicks={[0, 0.25, 0.5, 0.75, 1]}
      xTicks={numberTicks(formatAt, 70)}
      table={{
        rowCount: points.length,
        columns: series.map(({ name }) => name),
        rowName: (row) => formatAt(points[row].at),
        cell: (row, column) => format.percent(points[row][series[column].measure]),
      }}
      pointAt={(x) => leastIndex(points, ({ at }) => Math.abs(at - x)) ?? 0}
      readout={(point) => (
        <>
          {point !== null && <strong className="chart-readout-time">{formatAt(points[point].at)}</strong>}
          {series.map(({ name, color, measure }) => (
            <span key={name} className="chart-readout-item">
              <i className="chart-swatch" style={{ background: lineSign(color) }} />
              {name}
              {point !== null && <b>{format.percent(points[point][measure])}</b>}
            </span>
          ))}
        </>
      )}
    >
      {marked !== null && marked >= first && marked <= last && (
        <UprightLine at={marked} color="var(--rule-strong)" solid />
      )}
      {goal !== null && <LevelLine value={goal} />}
      <Curve
        points={points.map(({ at, occupancy }) => ({ x: at, y: occupancy }))}
        color="var(--series-2)"
        width={1.25}
      />
      <Curve points={points.map(({ at, serviceLevel }) => ({ x: at, y: serviceLevel }))} width={1.75} />
      {points.length <= 40 && <Places points={points} />}
      {end && <SeriesNames names={series.map(({ measure, ...name }) => ({ ...name, at: end[measure] }))} />}
    </XYChart>
  );
}

function Places({ points }: { readonly points: readonly CurvePoint[] }) {
  const { x, y } = usePlot();
  return points.map(({ at, serviceLevel }) => (
    <circle key={at} cx={x(at)} cy={y(serviceLevel)} r={2.5} fill="var(--accent)" />
  ));
}
