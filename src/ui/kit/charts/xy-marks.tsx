import { line } from "d3";
import { usePlot } from "./plot.ts";

export interface XYPoint {
  readonly x: number;
  readonly y: number;
}

/** Straight lines from point to point. */
export function Curve(props: {
  readonly points: readonly XYPoint[];
  readonly color?: string;
  readonly width?: number;
}) {
  const plot = usePlot();
  const path = line<XYPoint>(
    ({ x }) => plot.x(x),
    ({ y }) => plot.y(y),
  )(props.points);
  return (
    <path
      className="chart-line"
      d={path ?? ""}
      stroke={props.color ?? "var(--accent)"}
      strokeWidth={props.width ?? 1.5}
    />
  );
}

/** A line up at a place of the horizontal axis, with its name on top if it has one. */
export function UprightLine(props: {
  readonly at: number;
  readonly name?: string;
  readonly color?: string;
  readonly solid?: boolean;
}) {
  const plot = usePlot();
  const { color = "var(--goal)" } = props;
  const x = plot.x(props.at);
  return (
    <g>
      <line
        className={props.solid ? undefined : "chart-level"}
        x1={x}
        x2={x}
        y1={plot.top}
        y2={plot.top + plot.height}
        stroke={color}
      />
      {props.name !== undefined && (
        <text className="chart-name" x={x + 4} y={plot.top - 5} fill={color}>
          {props.name}
        </text>
      )}
    </g>
  );
}

/** A 95 % interval at a place, with a dash at both ends if it is `capped`. */
export function Whisker(props: {
  readonly at: number;
  readonly middle: number;
  readonly halfWidth: number;
  readonly color?: string;
  readonly capped?: boolean;
}) {
  const plot = usePlot();
  if (!(props.halfWidth > 0)) return null;
  const x = plot.x(props.at);
  const [low, high] = [plot.y(props.middle - props.halfWidth), plot.y(props.middle + props.halfWidth)];
  const cap = props.capped ? 4 : 0;
  return (
    <path
      d={`M${x - cap},${low}h${2 * cap}m${-cap},0V${high}m${-cap},0h${2 * cap}`}
      stroke={props.color ?? "var(--accent)"}
      fill="none"
    />
  );
}
