import { nice } from "d3";
import { usePlot } from "./plot.ts";
import { XYChart } from "./xy-chart.tsx";
import { Whisker } from "./xy-marks.tsx";

export interface WaterfallBar {
  readonly name: string;
  /** Where the bar starts and ends; a total starts at null. */
  readonly from: number | null;
  readonly to: number;
  readonly halfWidth: number;
  /** What is written at the bar. */
  readonly text: string;
}

/** From one total to another, one cause after the other; whiskers are 95 % intervals of each step. */
export function Waterfall(props: {
  readonly title: string;
  readonly summary: string;
  readonly bars: readonly WaterfallBar[];
  readonly formatValue: (value: number) => string;
  /** Names the column of values in the table. */
  readonly valueName: string;
  readonly height?: number;
}) {
  const { bars } = props;
  const ends = bars.flatMap(({ from, to, halfWidth }) => [from ?? to, to - halfWidth, to + halfWidth]);
  // The steps are what counts: the axis need not start at zero, but says where it does.
  const yDomain = nice(Math.max(0, Math.min(...ends) - 0.05), Math.max(...ends) + 0.03, 4);
  return (
    <XYChart
      title={props.title}
      summary={props.summary}
      height={props.height}
      xDomain={[0, bars.length]}
      yDomain={yDomain}
      formatY={props.formatValue}
      xTicks={() => bars.map(({ name }, index) => ({ at: index + 0.5, text: name }))}
      readout={() => null}
      table={{
        rowCount: bars.length,
        columns: [props.valueName],
        rowName: (row) => bars[row].name,
        cell: (row) => bars[row].text,
      }}
    >
      {bars.map((bar, index) => (
        <Step key={bar.name} bar={bar} index={index} />
      ))}
    </XYChart>
  );
}

/** A bar, joined to the one before it, in the colour of what it does: worse, better, or neither beyond doubt. */
function Step({ bar, index }: { readonly bar: WaterfallBar; readonly index: number }) {
  const { x, y } = usePlot();
  const { from, to, halfWidth } = bar;
  const width = Math.min(72, (x(1) - x(0)) * 0.6);
  const middle = (place: number) => x(place + 0.5);
  const base = from ?? y.domain()[0];
  const top = y(Math.max(base, to));
  const isSure = from !== null && Math.abs(to - from) > halfWidth;
  const color =
    from === null ? "var(--accent)" : !isSure ? "var(--ink-3)" : to < from ? "var(--short)" : "var(--spare)";
  return (
    <g>
      {index > 0 && (
        <line
          x1={middle(index - 1) + width / 2}
          x2={middle(index) - width / 2}
          y1={y(from ?? to)}
          y2={y(from ?? to)}
          stroke="var(--rule-strong)"
        />
      )}
      <rect
        x={middle(index) - width / 2}
        width={width}
        y={top}
        height={Math.max(1, y(Math.min(base, to)) - top)}
        fill={color}
        opacity={0.75}
      />
      <Whisker at={index + 0.5} middle={to} halfWidth={halfWidth} color="var(--ink)" capped />
      <text
        x={middle(index)}
        y={Math.min(top, y(to + halfWidth)) - 5}
        textAnchor="middle"
        className="chart-mark"
        fill="var(--ink)"
      >
        {bar.text}
      </text>
    </g>
  );
}
