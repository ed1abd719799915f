import { memo } from "react";
import { usePlot } from "./plot.ts";

/** Lines across the plot at round values, each with its value at the left. Ticks have room from the height if not told. */
export const ValueAxis = memo(function ValueAxis(props: {
  readonly formatValue: (value: number) => string;
  readonly ticks?: readonly number[];
  /** Shown above the axis: "agents". */
  readonly unit?: string;
}) {
  const plot = usePlot();
  const values = props.ticks ?? plot.y.ticks(Math.max(2, Math.min(6, Math.floor(plot.height / 36))));
  return (
    <g className="chart-axis">
      {values.map((value) => {
        const y = Math.round(plot.y(value)) + 0.5;
        return (
          <g key={value}>
            <line className="chart-value-line" x1={plot.left} x2={plot.left + plot.width} y1={y} y2={y} />
            <text x={plot.left - 6} y={y + 3.5} textAnchor="end">
              {props.formatValue(value)}
            </text>
          </g>
        );
      })}
      {props.unit !== undefined && (
        <text className="chart-unit" x={2} y={10}>
          {props.unit}
        </text>
      )}
    </g>
  );
});
