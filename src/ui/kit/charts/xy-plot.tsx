import { scaleLinear } from "d3";
import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from "react";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { type Plot, PlotContext, useWidth } from "./plot.ts";
import { ValueAxis } from "./value-axis.tsx";
import "./charts.css";

/** A name on the horizontal axis. */
export interface XTick {
  readonly at: number;
  readonly text: string;
  /** Which of its sides stands at the place; default the middle. */
  readonly anchor?: "start" | "middle" | "end";
}

export interface XYPlotProps {
  /** One sentence that says what the drawing shows, from the numbers. */
  readonly summary: string;
  readonly height?: number;
  /** Values at the left and right end of the plot, and at its bottom and top. */
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  /** Without it there is no value axis. */
  readonly formatY?: (value: number) => string;
  readonly yTicks?: readonly number[];
  readonly xTicks: (plot: Plot) => readonly XTick[];
  readonly xName?: string;
  /** Room for the value axis at the left, and for names on top of the plot. */
  readonly leftRoom?: number;
  readonly topRoom?: number;
  /** Room for names of series at the right, where the drawing is wide enough for it. */
  readonly nameRoom?: number;
  /** Number of the point that stands at, or nearest to, a place on the horizontal axis. */
  readonly pointAt?: (x: number) => number;
  readonly onPoint?: (point: number | null) => void;
  /** A stretch of points, marked. */
  readonly brushed?: IntervalRange | null;
  /** Points can be dragged over when given; a click is a stretch of one. */
  readonly onBrush?: (points: IntervalRange) => void;
  /** Marks, drawn in order; they ask `usePlot` where things stand. */
  readonly children: ReactNode;
}

/** Room at the right: half the width of a name under the last tick. */
const right = 16;

/** Two axes, and what stands between them. */
export function XYPlot(props: XYPlotProps) {
  const { height = 200, xName, leftRoom: left = 44, topRoom: top = 18 } = props;
  const [box, outerWidth] = useWidth<HTMLDivElement>();
  const nameRoom = outerWidth >= 420 ? (props.nameRoom ?? 0) : 0;
  const bottom = xName === undefined ? 24 : 34;
  const [xFirst, xLast] = props.xDomain;
  const [yFirst, yLast] = props.yDomain;
  const plot = useMemo<Plot>(() => {
    const width = Math.max(1, outerWidth - left - Math.max(right, nameRoom));
    return {
      x: scaleLinear([xFirst, xLast > xFirst ? xLast : xFirst + 1], [left, left + width]),
      y: scaleLinear([yFirst, yLast > yFirst ? yLast : yFirst + 1], [height - bottom, top]),
      span: { first: xFirst, end: xLast },
      left,
      top,
      width,
      height: height - bottom - top,
      nameRoom,
    };
  }, [outerWidth, height, left, top, bottom, nameRoom, xFirst, xLast, yFirst, yLast]);
  const { brush, ...handlers } = usePoints(props, plot);
  const marked = brush ?? props.brushed ?? null;
  return (
    <div ref={box} className="chart-box" style={{ height }}>
      {outerWidth > 0 && (
        <PlotContext value={plot}>
          <svg
            width={outerWidth}
            height={height}
            className={props.onBrush ? "chart-drawing can-brush" : "chart-drawing"}
            role="img"
            aria-label={props.summary}
            {...handlers}
          >
            {props.formatY ? (
              <ValueAxis formatValue={props.formatY} ticks={props.yTicks} />
            ) : (
              <line
                className="chart-value-line"
                x1={left}
                x2={left + plot.width}
                y1={height - bottom + 0.5}
                y2={height - bottom + 0.5}
              />
            )}
            <g className="chart-axis">
              {props.xTicks(plot).map(({ at, text, anchor }) => (
                <text key={at} x={plot.x(at)} y={height - bottom + 16} textAnchor={anchor ?? "middle"}>
                  {text}
                </text>
              ))}
              {xName !== undefined && (
                <text className="chart-unit" x={left + plot.width} y={height - 4} textAnchor="end">
                  {xName} →
                </text>
              )}
            </g>
            {props.children}
            {marked !== null && (
              <rect
                className="chart-selection"
                x={plot.x(marked.first)}
                width={Math.max(2, plot.x(marked.end) - plot.x(marked.first))}
                y={top}
                height={plot.height}
              />
            )}
          </svg>
        </PlotContext>
      )}
    </div>
  );
}

/** Tells which point is under the pointer, and which it is dragged over. */
function usePoints({ pointAt, onPoint, onBrush }: XYPlotProps, plot: Plot) {
  const start = useRef<number | null>(null);
  const [brush, setBrush] = useState<IntervalRange | null>(null);
  if (pointAt === undefined) return { brush };
  const under = (event: PointerEvent<SVGElement>) =>
    pointAt(plot.x.invert(event.clientX - event.currentTarget.getBoundingClientRect().left));
  const dragged = (from: number, to: number): IntervalRange => ({
    first: Math.min(from, to),
    end: Math.max(from, to) + 1,
  });
  function end(): void {
    start.current = null;
    setBrush(null);
  }
  return {
    brush,
    onPointerMove(event: PointerEvent<SVGElement>) {
      const point = under(event);
      onPoint?.(point);
      if (start.current !== null) setBrush(dragged(start.current, point));
    },
    onPointerLeave: () => onPoint?.(null),
    ...(onBrush && {
      onPointerDown(event: PointerEvent<SVGElement>) {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = under(event);
      },
      onPointerUp(event: PointerEvent<SVGElement>) {
        const from = start.current;
        end();
        if (from !== null) onBrush(dragged(from, under(event)));
      },
      onPointerCancel: end,
    }),
  };
}

/** Round numbers along the horizontal axis, each with about `room` pixels to itself. */
export function numberTicks(formatX: (value: number) => string, room = 80): XYPlotProps["xTicks"] {
  return ({ x, width }) =>
    x.ticks(Math.max(2, Math.floor(width / room))).map((at) => ({ at, text: formatX(at) }));
}

/** Numbers of the points that have room for a name of `room` pixels: every one, every second … */
export function thinned(count: number, width: number, room: number): number[] {
  const every = Math.max(1, Math.ceil((count * room) / Math.max(1, width)));
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every);
}
