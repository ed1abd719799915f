import { scaleLinear } from "d3";
import { useState } from "react";
import { ChartFigure } from "./chart-figure.tsx";
import { useWidth } from "./plot.ts";
import { ValueAxis } from "./value-axis.tsx";

export interface HistogramProps {
  readonly title: string;
  readonly summary: string;
  /** Edges of the bins, one more than `counts`. */
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly formatValue: (value: number) => string;
  readonly formatCount: (count: number) => string;
  /** Names for the columns of the table: the value, and what is counted. */
  readonly valueName: string;
  readonly countName: string;
  /** Lines across, such as a goal or a mean. */
  readonly marks?: readonly { readonly name: string; readonly value: number; readonly color?: string }[];
  readonly height?: number;
}

const margin = { top: 18, right: 8, bottom: 22, left: 40 };

/** How often each value came. */
export function Histogram(props: HistogramProps) {
  const { edges, counts, formatValue, formatCount, marks = [], height = 180 } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const [bin, setBin] = useState<number | null>(null);
  let most = 1;
  for (let index = 0; index < counts.length; index++) most = Math.max(most, counts[index]);
  const x = scaleLinear(
    [edges[0], edges[counts.length]],
    [margin.left, Math.max(margin.left + 1, width - margin.right)],
  );
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
  const binName = (index: number) => `${formatValue(edges[index])}–${formatValue(edges[index + 1])}`;
  return (
    <ChartFigure
      title={props.title}
      summary={props.summary}
      table={{
        rowCount: counts.length,
        columns: [props.countName],
        rowName: binName,
        cell: (row) => formatCount(counts[row]),
      }}
      readout={
        bin === null ? null : (
          <>
            <strong>{binName(bin)}</strong>
            <span className="chart-readout-item">
              {props.countName} <b>{formatCount(counts[bin])}</b>
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
              const at = x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left);
              let found = 0;
              while (found < counts.length - 1 && edges[found + 1] <= at) found++;
              setBin(found);
            }}
            onPointerLeave={() => setBin(null)}
          >
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={3}
                left={margin.left}
                right={width - margin.right}
                formatValue={formatCount}
              />
              {x.ticks(Math.max(2, Math.floor(width / 80))).map((value) => (
                <text key={value} x={x(value)} y={height - 6} textAnchor="middle">
                  {formatValue(value)}
                </text>
              ))}
            </g>
            {Array.from({ length: counts.length }, (_, index) => (
              <rect
                key={edges[index]}
                x={x(edges[index])}
                width={Math.max(0.5, x(edges[index + 1]) - x(edges[index]) - 1)}
                y={y(counts[index])}
                height={y(0) - y(counts[index])}
                fill={index === bin ? "var(--accent)" : "var(--accent-25)"}
              />
            ))}
            {marks.map(({ name, value, color = "var(--goal)" }) => (
              <g key={name}>
                <line
                  className="chart-level"
                  x1={x(value)}
                  x2={x(value)}
                  y1={margin.top}
                  y2={y(0)}
                  stroke={color}
                />
                <text className="chart-name" x={x(value) + 4} y={margin.top - 5} fill={color}>
                  {name}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}
