import { memo, useId } from "react";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { bandPath, barPath, dotPath, excessPath, linePath, type Series, stepPath } from "./paths.ts";
import { usePlot } from "./plot.ts";

/** Layers of a `TimeChart`. Colours are tokens: `var(--accent)`. Series hold one value per interval of the whole grid. */

interface LineProps {
  readonly series: Series;
  readonly color?: string;
  readonly width?: number;
  readonly dashed?: boolean;
}

export const StepLine = memo(function StepLine({ series, color = "var(--ink)", ...look }: LineProps) {
  return <Stroke path={stepPath(series, usePlot())} color={color} {...look} />;
});

export const Line = memo(function Line({ series, color = "var(--accent)", ...look }: LineProps) {
  return <Stroke path={linePath(series, usePlot())} color={color} {...look} />;
});

function Stroke(props: {
  readonly path: string;
  readonly color: string;
  readonly width?: number;
  readonly dashed?: boolean;
}) {
  return (
    <path
      className="chart-line"
      d={props.path}
      stroke={props.color}
      strokeWidth={props.width ?? 1.5}
      strokeDasharray={props.dashed ? "4 3" : undefined}
    />
  );
}

/** Filled steps from zero. */
export const StepArea = memo(function StepArea(props: {
  series: Series;
  color?: string;
  outlined?: boolean;
}) {
  const plot = usePlot();
  return (
    <g>
      <path d={bandPath(0, props.series, plot, true)} fill={props.color ?? "var(--accent-25)"} />
      {props.outlined && (
        <Stroke path={stepPath(props.series, plot)} color="var(--accent)" width={1} dashed />
      )}
    </g>
  );
});

/** Area between two series; uncertainty. `strength` picks the tint: the wide band 12 %, the narrow one 24 %. */
export const Band = memo(function Band(props: {
  lower: Series;
  upper: Series;
  strength?: "wide" | "narrow";
  color?: string;
  stepped?: boolean;
}) {
  const plot = usePlot();
  const fill = props.color ?? (props.strength === "narrow" ? "var(--accent-24)" : "var(--accent-12)");
  return <path d={bandPath(props.lower, props.upper, plot, props.stepped ?? false)} fill={fill} />;
});

/** What a thin line looks like in the readout, as a CSS background. */
export function lineSign(color: string): string {
  return `linear-gradient(${color} 0 0) center / 100% 2px no-repeat`;
}

/** What `Bars` look like in the readout. */
export const barsSign = "color-mix(in srgb, var(--ink-3) 30%, transparent)";

export const Bars = memo(function Bars(props: { series: Series; color?: string; opacity?: number }) {
  const plot = usePlot();
  return (
    <path
      d={barPath(props.series, plot)}
      fill={props.color ?? "var(--ink-3)"}
      opacity={props.opacity ?? 0.3}
    />
  );
});

export const Dots = memo(function Dots(props: { series: Series; color?: string; radius?: number }) {
  const plot = usePlot();
  const radius =
    props.radius ?? Math.min(2.2, Math.max(0.7, plot.width / (plot.span.end - plot.span.first) / 2));
  return <path d={dotPath(props.series, plot, radius)} fill={props.color ?? "var(--ink)"} />;
});

/** Where `over` exceeds `under`: hatched in vermilion when short, dotted in blue when spare. */
export const Excess = memo(function Excess(props: { over: Series; under: Series; sign: "short" | "spare" }) {
  const plot = usePlot();
  const id = useId();
  const short = props.sign === "short";
  return (
    <g>
      <pattern
        id={id}
        width={short ? 5 : 6}
        height={short ? 5 : 6}
        patternUnits="userSpaceOnUse"
        patternTransform={short ? "rotate(45)" : undefined}
      >
        {short ? (
          <rect width={2.2} height={5} fill="var(--short)" />
        ) : (
          <circle cx={3} cy={3} r={1.1} fill="var(--spare)" />
        )}
      </pattern>
      <path d={excessPath(props.over, props.under, plot)} fill={`url(#${id})`} />
    </g>
  );
});

/** A level all along, such as a goal, with its name at the right: above the plot where there is no room beside it. */
/** The line between what has been and what is to come, at the start of an interval. */
export function NowLine({ at, name }: { readonly at: number; readonly name: string }) {
  const plot = usePlot();
  if (at < plot.span.first || at > plot.span.end) return null;
  const x = Math.round(plot.x(at)) + 0.5;
  return (
    <g>
      <line x1={x} x2={x} y1={plot.top} y2={plot.top + plot.height} stroke="var(--ink)" />
      <text className="chart-name" x={x + 4} y={plot.top - 4} fill="var(--ink)">
        {name}
      </text>
    </g>
  );
}

export function LevelLine(props: { value: number; name?: string; color?: string; solid?: boolean }) {
  const plot = usePlot();
  const y = Math.round(plot.y(props.value)) + 0.5;
  const color = props.color ?? "var(--goal)";
  return (
    <g>
      <line
        className={props.solid ? undefined : "chart-level"}
        x1={plot.left}
        x2={plot.left + plot.width}
        y1={y}
        y2={y}
        stroke={color}
      />
      {props.name !== undefined && plot.nameRoom === 0 && (
        <text
          className="chart-name"
          x={plot.left + plot.width - 2}
          y={plot.top - 5}
          textAnchor="end"
          fill={color}
        >
          {props.name}
        </text>
      )}
    </g>
  );
}

export interface SeriesName {
  readonly name: string;
  readonly color: string;
  /** The name stands at the series' last value in the span, or at a fixed value. */
  readonly at: Series | number;
}

/** Names at the right end of the series they belong to, moved apart where they would overlap. */
export function SeriesNames({ names }: { names: readonly SeriesName[] }) {
  const plot = usePlot();
  if (plot.nameRoom === 0) return null;
  const placed = names
    .map(({ name, color, at }) => {
      const value = typeof at === "number" ? at : lastValue(at, plot.span);
      return { name, color, y: plot.y(value) + 4 };
    })
    .sort((a, b) => a.y - b.y);
  const lowest = plot.top + plot.height + 4;
  for (let index = 1; index < placed.length; index++) {
    placed[index].y = Math.max(placed[index].y, placed[index - 1].y + 14);
  }
  for (let index = placed.length - 1; index >= 0; index--) {
    const below = index === placed.length - 1 ? lowest : placed[index + 1].y - 14;
    placed[index].y = Math.min(placed[index].y, below);
  }
  return (
    <g>
      {placed.map(({ name, color, y }) => (
        <text key={name} className="chart-name" x={plot.left + plot.width + 7} y={y} fill={color}>
          {name}
        </text>
      ))}
    </g>
  );
}

/** Last value above zero, so that a name does not lie on the axis only because the day has closed; else 0. */
function lastValue(series: Series, span: IntervalRange): number {
  for (let index = span.end - 1; index >= span.first; index--) {
    const value = series[index];
    if (value !== null && value > 0) return value;
  }
  return 0;
}

export interface Flag {
  readonly id: string;
  /** Interval at which it stands, and at which it ends (same: a tick). */
  readonly first: number;
  readonly end: number;
  readonly name: string;
  readonly color?: string;
}

/** Marks along the top of the plot: overrides, special days. */
export function Flags({ flags, onPress }: { flags: readonly Flag[]; onPress?: (flag: Flag) => void }) {
  const plot = usePlot();
  return (
    <g className="chart-flags">
      {flags
        .filter(({ first, end }) => end > plot.span.first && first < plot.span.end)
        .map((flag) => {
          const from = plot.x(Math.max(plot.span.first, flag.first));
          const to = plot.x(Math.min(plot.span.end, flag.end));
          const color = flag.color ?? "var(--accent)";
          return (
            // The same flags stand in the page's list, which the keyboard reaches.
            <g key={flag.id} onPointerDown={onPress && (() => onPress(flag))}>
              <title>{flag.name}</title>
              <rect x={from} y={plot.top - 5} width={Math.max(3, to - from)} height={3} fill={color} />
              {to - from > 40 && (
                <text className="chart-name" x={from + 2} y={plot.top - 8} fill={color}>
                  {flag.name}
                </text>
              )}
            </g>
          );
        })}
    </g>
  );
}
