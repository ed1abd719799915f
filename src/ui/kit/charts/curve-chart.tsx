import { line, scaleLinear } from "d3";
import { useState } from "react";
import { ChartFigure } from "./chart-figure.tsx";
import { isKnown, type Series } from "./paths.ts";
import { useWidth } from "./plot.ts";
import { ValueAxis } from "./value-axis.tsx";

export interface CurveChartProps {
  readonly title: string;
  readonly summary: string;
  readonly xs: readonly number[];
  /** null: no point. */
  readonly ys: Series;
  /** Half-widths of 95 % intervals; zeros where certain. */
  readonly halfWidths?: ArrayLike<number>;
  readonly xName: string;
  readonly yName: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly yDomain: readonly [number, number];
  readonly goal?: { readonly value: number; readonly name: string } | null;
  readonly height?: number;
}

const margin = { top: 18, right: 16, bottom: 34, left: 52 };

/** A measure over one parameter: points with their intervals, joined. */
export function CurveChart(props: CurveChartProps) {
  const { xs, ys, halfWidths, formatX, formatY, goal = null, height = 220 } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const x = scaleLinear(
    [xs[0], xs[xs.length - 1]],
    [margin.left, Math.max(margin.left + 1, width - margin.right)],
  );
  const y = scaleLinear(props.yDomain, [height - margin.bottom, margin.top]);
  const points = xs.flatMap((value, index) => {
    const measured = ys[index];
    return isKnown(measured) ? [{ index, value: measured, x: x(value), y: y(measured) }] : [];
  });
  const path = line<(typeof points)[number]>(
    (point) => point.x,
    (point) => point.y,
  )(points);
  const text = (index: number) => {
    const value = ys[index];
    if (!isKnown(value)) return "—";
    const half = halfWidths?.[index] ?? 0;
    return half > 0 ? `${formatY(value)} ± ${formatY(half)}` : formatY(value);
  };
  return (
    <ChartFigure
      title={props.title}
      summary={props.summary}
      table={{ rowCount: xs.length, columns: [props.yName], rowName: (row) => formatX(xs[row]), cell: text }}
      readout={
        at === null ? null : (
          <>
            <strong className="chart-readout-time">
              {props.xName} {formatX(xs[at])}
            </strong>
            <span className="chart-readout-item">
              {props.yName} <b>{text(at)}</b>
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
            className="chart-drawing"
            role="img"
            aria-label={props.summary}
            onPointerMove={(event) => {
              const under = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
              let nearest = 0;
              xs.forEach((value, index) => {
                if (Math.abs(value - under) < Math.abs(xs[nearest] - under)) nearest = index;
              });
              setAt(nearest);
            }}
            onPointerLeave={() => setAt(null)}
          >
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={5}
                left={margin.left}
                right={width - margin.right}
                formatValue={formatY}
              />
              {xs.map((value, index) =>
                index % Math.ceil((xs.length * 52) / width) === 0 ? (
                  <text key={value} x={x(value)} y={height - margin.bottom + 15} textAnchor="middle">
                    {formatX(value)}
                  </text>
                ) : null,
              )}
              <text className="chart-unit" x={width - margin.right} y={height - 4} textAnchor="end">
                {props.xName} →
              </text>
            </g>
            {goal !== null && (
              <>
                <line
                  className="chart-level"
                  x1={margin.left}
                  x2={width - margin.right}
                  y1={y(goal.value)}
                  y2={y(goal.value)}
                  stroke="var(--goal)"
                />
                <text
                  className="chart-name"
                  x={width - margin.right}
                  y={y(goal.value) - 4}
                  textAnchor="end"
                  fill="var(--goal)"
                >
                  {goal.name}
                </text>
              </>
            )}
            <path className="chart-line" d={path ?? ""} stroke="var(--accent)" strokeWidth={1.5} />
            {points.map((point) => {
              const half = halfWidths?.[point.index] ?? 0;
              return (
                <g key={point.index}>
                  {half > 0 && (
                    <line
                      x1={point.x}
                      x2={point.x}
                      y1={y(point.value - half)}
                      y2={y(point.value + half)}
                      stroke="var(--accent)"
                    />
                  )}
                  <circle cx={point.x} cy={point.y} r={point.index === at ? 4 : 2.5} fill="var(--accent)" />
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}
