import { linePath, type Series } from "./paths.ts";

/** A line the size of a word. Decoration: the number it stands beside says what matters. */
export function Sparkline(props: { series: Series; width?: number; height?: number; color?: string }) {
  const { series, width = 72, height = 18, color = "var(--accent)" } = props;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < series.length; index++) {
    low = Math.min(low, series[index]);
    high = Math.max(high, series[index]);
  }
  const spread = high - low || 1;
  const path = linePath(series, {
    x: (index) => 1 + (index / Math.max(1, series.length)) * (width - 2),
    y: (value) => height - 2 - ((value - low) / spread) * (height - 4),
    span: { first: 0, end: series.length },
  });
  return (
    <svg width={width} height={height} className="sparkline" aria-hidden="true" focusable="false">
      <path className="chart-line" d={path} stroke={color} strokeWidth={1.25} />
    </svg>
  );
}
