/** Lines across a plot at round values of a scale, each with its value at the left. */
export function ValueAxis(props: {
  readonly scale: { (value: number): number; readonly ticks: (count: number) => number[] };
  readonly ticks: number;
  /** Ends of the lines, pixels. */
  readonly left: number;
  readonly right: number;
  readonly formatValue: (value: number) => string;
}) {
  const { scale, left, right } = props;
  return scale.ticks(props.ticks).map((value) => (
    <g key={value}>
      <line className="chart-value-line" x1={left} x2={right} y1={scale(value)} y2={scale(value)} />
      <text x={left - 6} y={scale(value) + 4} textAnchor="end">
        {props.formatValue(value)}
      </text>
    </g>
  ));
}
