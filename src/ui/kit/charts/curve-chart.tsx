import { leastIndex } from "d3";
import { LevelLine, SeriesNames } from "./layers.tsx";
import { isKnown, type Series } from "./paths.ts";
import { usePlot } from "./plot.ts";
import { XYChart } from "./xy-chart.tsx";
import { Curve, Whisker, type XYPoint } from "./xy-marks.tsx";
import { thinned } from "./xy-plot.tsx";

export interface CurveChartProps {
  readonly title: string;
  readonly summary: string;
  /** Rising. */
  readonly xs: readonly number[];
  /** null: no point. */
  readonly ys: Series;
  /** Half-widths of 95 % intervals; zeros where certain. */
  readonly halfWidths?: Series;
  readonly xName: string;
  readonly yName: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly yDomain: readonly [number, number];
  readonly goal?: { readonly value: number; readonly name: string } | null;
  readonly height?: number;
}

/** A measure over one parameter: points with their intervals, joined. */
export function CurveChart(props: CurveChartProps) {
  const { xs, ys, halfWidths, formatX, formatY, goal = null } = props;
  const points = xs.flatMap((x, index) => {
    const y = ys[index];
    return isKnown(y) ? [{ index, x, y, halfWidth: halfWidths?.[index] ?? 0 }] : [];
  });
  const text = (index: number) => {
    const value = ys[index];
    if (!isKnown(value)) return "—";
    const half = halfWidths?.[index] ?? 0;
    return half > 0 ? `${formatY(value)} ± ${formatY(half)}` : formatY(value);
  };
  return (
    <XYChart
      title={props.title}
      summary={props.summary}
      height={props.height ?? 220}
      leftRoom={52}
      nameRoom={goal === null ? 0 : 84}
      xDomain={[xs[0], xs[xs.length - 1]]}
      yDomain={props.yDomain}
      formatY={formatY}
      xName={props.xName}
      xTicks={({ width }) =>
        thinned(xs.length, width, 52).map((index) => ({ at: xs[index], text: formatX(xs[index]) }))
      }
      table={{ rowCount: xs.length, columns: [props.yName], rowName: (row) => formatX(xs[row]), cell: text }}
      pointAt={(x) => leastIndex(xs, (value) => Math.abs(value - x)) ?? 0}
      readout={(point) =>
        point !== null && (
          <>
            <strong className="chart-readout-time">
              {props.xName} {formatX(xs[point])}
            </strong>
            <span className="chart-readout-item">
              {props.yName} <b>{text(point)}</b>
            </span>
          </>
        )
      }
    >
      {(under) => (
        <>
          {goal !== null && <LevelLine value={goal.value} name={goal.name} />}
          {goal !== null && (
            <SeriesNames names={[{ name: goal.name, color: "var(--goal)", at: goal.value }]} />
          )}
          <Curve points={points} />
          {points.map((point) => (
            <g key={point.index}>
              <Whisker at={point.x} middle={point.y} halfWidth={point.halfWidth} />
              <CurvePoint point={point} isUnder={point.index === under} />
            </g>
          ))}
        </>
      )}
    </XYChart>
  );
}

function CurvePoint({ point, isUnder }: { readonly point: XYPoint; readonly isUnder: boolean }) {
  const plot = usePlot();
  return <circle cx={plot.x(point.x)} cy={plot.y(point.y)} r={isUnder ? 4 : 2.5} fill="var(--accent)" />;
}
