import { type RefObject, useEffect, useState } from "react";

/** Lines and days that are drawn: those in sight and a few around them. Half-open. */
export interface GridWindow {
  readonly firstLine: number;
  readonly endLine: number;
  readonly firstDay: number;
  readonly endDay: number;
}

export interface GridMeasures {
  readonly lineCount: number;
  readonly lineHeight: number;
  readonly dayCount: number;
  readonly dayWidth: number;
  /** Pixels beside and around the days and lines that stay in place. */
  readonly frozenWidth: number;
  readonly frozenHeight: number;
}

const linesBeyond = 5;
/** Pixels beyond the edge to which days are drawn, and in whole steps of which that changes. */
const beyond = 200;

/** Follows the scrolling of `scroller`. */
export function useGridWindow(scroller: RefObject<HTMLElement | null>, measures: GridMeasures): GridWindow {
  const { lineCount, lineHeight, dayCount, dayWidth, frozenWidth, frozenHeight } = measures;
  const [place, setPlace] = useState({ top: 0, left: 0, height: 640, width: 1200 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const follow = () => {
      const next = {
        top: snapped(element.scrollTop, 2 * lineHeight),
        left: snapped(element.scrollLeft, beyond),
        height: element.clientHeight,
        width: element.clientWidth,
      };
      setPlace((last) =>
        last.top === next.top &&
        last.left === next.left &&
        last.height === next.height &&
        last.width === next.width
          ? last
          : next,
      );
    };
    follow();
    element.addEventListener("scroll", follow, { passive: true });
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", follow);
      observer.disconnect();
    };
  }, [scroller, lineHeight]);
  const firstLine = Math.max(0, Math.floor(place.top / lineHeight) - linesBeyond);
  const linesInSight = Math.ceil((place.height - frozenHeight) / lineHeight) + 2;
  const isNarrow = dayCount * dayWidth < 1.2 * place.width;
  const firstDay = isNarrow ? 0 : Math.max(0, Math.floor((place.left - beyond) / dayWidth));
  const endDay = Math.ceil((place.left + place.width - frozenWidth + 2 * beyond) / dayWidth);
  return {
    firstLine: Math.min(firstLine, lineCount),
    endLine: Math.min(lineCount, Math.floor(place.top / lineHeight) + linesInSight + linesBeyond),
    firstDay: Math.min(firstDay, dayCount),
    endDay: isNarrow ? dayCount : Math.min(dayCount, endDay),
  };
}

function snapped(value: number, step: number): number {
  return Math.floor(Math.max(0, value) / step) * step;
}
