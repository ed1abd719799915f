/**
 * A difference with its 95 % interval on a scale that several rows share: bar from zero, whisker over the interval.
 * Vermilion when it is worse beyond doubt, blue when better, grey while the interval holds zero.
 */
export function DifferenceBar(props: {
  /** Difference, in the measure's own unit; positive is more. */
  difference: number;
  halfWidth: number;
  /** Value at the edge of the drawing; the same for all rows that are compared. */
  extent: number;
  better: "more" | "less" | "neither";
  /** What it says in words, for those who cannot see it. */
  label: string;
  width?: number;
  height?: number;
}) {
  const { difference, halfWidth, extent, better, label, width = 96, height = 16 } = props;
  const scale = (value: number) =>
    width / 2 + (Math.max(-1, Math.min(1, value / (extent || 1))) * (width - 6)) / 2;
  const sure = Math.abs(difference) > halfWidth;
  const good = better === "more" ? difference > 0 : difference < 0;
  const color = !sure || better === "neither" ? "var(--ink-3)" : good ? "var(--spare)" : "var(--short)";
  const from = scale(difference - halfWidth);
  const to = scale(difference + halfWidth);
  const middle = height / 2;
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="difference-bar">
      <line x1={width / 2} x2={width / 2} y1={0} y2={height} stroke="var(--rule-strong)" />
      <rect
        x={Math.min(width / 2, scale(difference))}
        width={Math.abs(scale(difference) - width / 2)}
        y={middle - 4}
        height={8}
        fill={color}
        opacity={0.75}
      />
      {halfWidth > 0 && (
        <path
          d={`M${from},${middle - 3}v6m0,-3H${to}m0,-3v6`}
          stroke="var(--ink)"
          strokeWidth={1}
          fill="none"
        />
      )}
    </svg>
  );
}
