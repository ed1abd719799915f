import type { ScaleLinear } from "d3";
import { createContext, startTransition, useContext, useLayoutEffect, useRef, useState } from "react";
import type { PathScales } from "./paths.ts";

/** What a layer needs to draw itself inside a chart: scales in pixels, and the plot's own box. */
export interface Plot extends PathScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Room at the right of the plot for names of series; 0 on a narrow screen. */
  readonly nameRoom: number;
}

export const PlotContext = createContext<Plot | null>(null);

/** The plot a layer stands in. Throws outside of a chart. */
export function usePlot(): Plot {
  const plot = useContext(PlotContext);
  if (plot === null) throw new RangeError("a chart layer stands outside of a chart");
  return plot;
}

/** Width of an element in whole pixels, kept up to date; 0 until it is laid out. */
export function useWidth<E extends HTMLElement>(): [React.RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    // Not urgent: a page of charts is then drawn in slices instead of in one long task.
    startTransition(() => setWidth(Math.floor(target.clientWidth)));
    const observer = new ResizeObserver((entries) => setWidth(Math.floor(entries[0].contentRect.width)));
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
