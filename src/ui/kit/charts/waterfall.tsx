import { scaleLinear } from "d3";
import { ChartFigure } from "./chart-figure.tsx";
import { useWidth } from "./plot.ts";
import { ValueAxis } from "./value-axis.tsx";

export interface WaterfallBar {
  readonly name: string;
  /** Where the bar starts and ends; a total starts at null. */
  readonly from: number | null;
  readonly to: number;
  readonly halfWidth: number;
  /** What is written at the bar. */
  readonly text: string;
}

const margin = { top: 20, right: 8, bottom: 24, left: 44 };

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
  const { bars, formatValue, height = 200 } = props;
  const [box, width] = useWidth<HTMLDivElement>();
  const ends = bars.flatMap(({ from, to, halfWidth }) => [from ?? to, to - halfWidth, to + halfWidth]);
  // The steps are what counts: the axis need not start at zero, but says where it does.
  const low = Math.max(0, Math.min(...ends) - 0.05);
  const high = Math.max(...ends) + 0.03;
  const y = scaleLinear([low, high], [height - margin.bottom, margin.top]).nice(4);
  const step = Math.max(1, width - margin.left - margin.right) / bars.length;
  const barWidth = Math.min(72, step * 0.6);
  const middle = (at: number) => margin.left + step * (at + 0.5);
  return (
    <ChartFigure
      title={props.title}
      summary={props.summary}
      readout={null}
      table={{
        rowCount: bars.length,
        columns: [props.valueName],
        rowName: (row) => bars[row].name,
        cell: (row) => bars[row].text,
      }}
    >
      <div ref={box} className="chart-box" style={{ height }}>
        {width > 0 && (
          <svg width={width} height={height} className="chart-drawing" role="img" aria-label={props.summary}>
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={4}
                left={margin.left}
                right={width - margin.right}
                formatValue={formatValue}
              />
              {bars.map(({ name }, at) => (
                <text key={name} x={middle(at)} y={height - 6} textAnchor="middle">
                  {name}
                </text>
              ))}
            </g>
            {bars.map(({ name, from, to, halfWidth, text }, at) => {
              const top = y(Math.max(from ?? y.domain()[0], to));
              const bottom = y(Math.min(from ?? y.domain()[0], to));
              const sure = from !== null && Math.abs(to - from) > halfWidth;
              const color =
                from === null
                  ? "var(--accent)"
                  : !sure
                    ? "var(--ink-3)"
                    : to < from
                      ? "var(--short)"
                      : "var(--spare)";
              return (
                <g key={name}>
                  {at > 0 && (
                    <line
                      x1={middle(at - 1) + barWidth / 2}
                      x2={middle(at) - barWidth / 2}
                      y1={y(from ?? to)}
                      y2={y(from ?? to)}
                      stroke="var(--rule-strong)"
                    />
                  )}
                  <rect
                    x={middle(at) - barWidth / 2}
                    width={barWidth}
                    y={top}
                    height={Math.max(1, bottom - top)}
                    fill={color}
                    opacity={0.75}
                  />
                  {halfWidth > 0 && (
                    <path
                      d={`M${middle(at) - 4},${y(to - halfWidth)}h8m-4,0V${y(to + halfWidth)}m-4,0h8`}
                      stroke="var(--ink)"
                      fill="none"
                    />
                  )}
                  <text
                    x={middle(at)}
                    y={Math.min(top, y(to + halfWidth)) - 5}
                    textAnchor="middle"
                    className="chart-mark"
                    fill="var(--ink)"
                  >
                    {text}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}
