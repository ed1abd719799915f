import { usePlot } from "./plot.ts";
import { XYChart } from "./xy-chart.tsx";
import { UprightLine } from "./xy-marks.tsx";
import { numberTicks } from "./xy-plot.tsx";

export interface HistogramProps {
  readonly title: string;
  readonly summary: string;
  /** Edges of the bins, rising, one more than `counts`. */
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly formatValue: (value: number) => string;
  /** Name of a bin where it is not from edge to edge. */
  readonly formatBin?: (from: number, to: number) => string;
  readonly formatCount: (count: number) => string;
  /** Name of what is counted, in readout and table. */
  readonly countName: string;
  /** Lines across, such as a goal or a mean. */
  readonly marks?: readonly { readonly name: string; readonly value: number; readonly color?: string }[];
  readonly height?: number;
}

/** How often each value came. */
export function Histogram(props: HistogramProps) {
  const { edges, counts, formatValue, formatCount, marks = [] } = props;
  const fromTo = (from: number, to: number) => `${formatValue(from)}–${formatValue(to)}`;
  const binName = (bin: number) => (props.formatBin ?? fromTo)(edges[bin], edges[bin + 1]);
  return (
    <XYChart
      title={props.title}
      summary={props.summary}
      height={props.height ?? 180}
      xDomain={[edges[0], edges[counts.length]]}
      yDomain={[0, Math.max(1, ...Array.from(counts))]}
      formatY={formatCount}
      xTicks={numberTicks(formatValue)}
      table={{
        rowCount: counts.length,
        columns: [props.countName],
        rowName: binName,
        cell: (row) => formatCount(counts[row]),
      }}
      pointAt={(value) => {
        let bin = 0;
        while (bin < counts.length - 1 && edges[bin + 1] <= value) bin++;
        return bin;
      }}
      readout={(bin) =>
        bin !== null && (
          <>
            <strong>{binName(bin)}</strong>
            <span className="chart-readout-item">
              {props.countName} <b>{formatCount(counts[bin])}</b>
            </span>
          </>
        )
      }
    >
      {(under) => (
        <>
          <Bins edges={edges} counts={counts} under={under} />
          {marks.map(({ name, value, color }) => (
            <UprightLine key={name} at={value} name={name} color={color} />
          ))}
        </>
      )}
    </XYChart>
  );
}

function Bins(props: {
  readonly edges: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly under: number | null;
}) {
  const { edges, counts } = props;
  const { x, y } = usePlot();
  return Array.from(counts, (count, bin) => (
    <rect
      key={edges[bin]}
      x={x(edges[bin])}
      width={Math.max(0.5, x(edges[bin + 1]) - x(edges[bin]) - 1)}
      y={y(count)}
      height={y(0) - y(count)}
      fill={bin === props.under ? "var(--accent)" : "var(--accent-25)"}
    />
  ));
}
