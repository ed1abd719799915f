import type { IntervalRange } from "../../../domain/calendar/ranges.ts";

/**
 * Outlines of series over interval indices, as SVG path text. A series holds one value per interval of the whole
 * grid; only `span` is drawn. null is a gap. Where there are several intervals to a pixel the extremes of each pixel
 * are kept, so that a peak never disappears and a month costs no more than a day.
 */
export type Series = ArrayLike<number | null>;

/** Whether there is something to draw. What engines leave unmeasured in typed arrays, where null has no place, is none. */
export function isKnown(value: number | null): value is number {
  return value !== null && !Number.isNaN(value);
}

/** Position of an interval's start, and of a value, in pixels. */
export interface PathScales {
  readonly x: (intervalIndex: number) => number;
  readonly y: (value: number) => number;
  readonly span: IntervalRange;
}

/** Intervals that share one drawn column: 1 until there are more than two per pixel. */
export function columnIntervals({ x, span }: PathScales): number {
  const width = Math.max(1, x(span.end) - x(span.first));
  return Math.max(1, Math.ceil((span.end - span.first) / (width * 2)));
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function extreme(
  series: Series,
  first: number,
  end: number,
  pick: (a: number, b: number) => number,
): number | null {
  let best: number | null = null;
  for (let index = first; index < end; index++) {
    const value = series[index];
    if (isKnown(value)) best = best === null ? value : pick(best, value);
  }
  return best;
}

/** Steps: the value of an interval holds from its start to its end. */
export function stepPath(series: Series, scales: PathScales): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  let path = "";
  let pen: number | null = null;
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    const value = extreme(series, index, end, Math.max);
    if (value === null) {
      pen = null;
      continue;
    }
    if (pen === null) path += `M${px(x(index))},${px(y(value))}`;
    else if (value !== pen) path += `V${px(y(value))}`;
    path += `H${px(x(end))}`;
    pen = value;
  }
  return path;
}

/** Straight lines between the middles of intervals. */
export function linePath(series: Series, scales: PathScales): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  let path = "";
  let down = false;
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    const low = extreme(series, index, end, Math.min);
    const high = extreme(series, index, end, Math.max);
    if (low === null || high === null) {
      down = false;
      continue;
    }
    const middle = px(x((index + end) / 2));
    path += `${down ? "L" : "M"}${middle},${px(y(low))}`;
    if (high !== low) path += `L${middle},${px(y(high))}`;
    down = true;
  }
  return path;
}

/** Area between two series (`lower` may be a constant); `stepped` follows intervals, otherwise their middles. */
export function bandPath(
  lower: Series | number,
  upper: Series,
  scales: PathScales,
  stepped: boolean,
): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  let path = "";
  let there: string[] = [];
  let back: string[] = [];
  function close(): void {
    if (there.length > 0) path += `M${there.join("L")}L${back.reverse().join("L")}Z`;
    there = [];
    back = [];
  }
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    const top = extreme(upper, index, end, Math.max);
    const bottom = typeof lower === "number" ? lower : extreme(lower, index, end, Math.min);
    if (top === null || bottom === null) {
      close();
      continue;
    }
    const ends = stepped ? [x(index), x(end)] : [x((index + end) / 2)];
    for (const at of ends) {
      there.push(`${px(at)},${px(y(top))}`);
      back.push(`${px(at)},${px(y(bottom))}`);
    }
  }
  close();
  return path;
}

/** Area where `over` exceeds `under`, from one up to the other: hatching of what is short, dots of what is spare. */
export function excessPath(over: Series, under: Series, scales: PathScales): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  let path = "";
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    let top = 0;
    let bottom = 0;
    for (let candidate = index; candidate < end; candidate++) {
      const [high, low] = [over[candidate], under[candidate]];
      if (isKnown(high) && isKnown(low) && high - low > top - bottom) [top, bottom] = [high, low];
    }
    if (!(top - bottom > 1e-9)) continue;
    path += `M${px(x(index))},${px(y(top))}H${px(x(end))}V${px(y(bottom))}H${px(x(index))}Z`;
  }
  return path;
}

/** One bar per interval from zero; a hair's gap between bars where there is room for it. */
export function barPath(series: Series, scales: PathScales): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  const gap = (x(span.end) - x(span.first)) / (span.end - span.first) > 5 ? 1 : 0;
  const base = px(y(0));
  let path = "";
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    const value = extreme(series, index, end, Math.max);
    if (value === null || value <= 0) continue;
    path += `M${px(x(index))},${base}V${px(y(value))}H${px(x(end) - gap)}V${base}Z`;
  }
  return path;
}

/** Small circles at the middles of intervals, as one path. Thinned to the extremes of a pixel. */
export function dotPath(series: Series, scales: PathScales, radius: number): string {
  const { x, y, span } = scales;
  const every = columnIntervals(scales);
  const r = px(radius);
  const d = px(radius * 2);
  let path = "";
  for (let index = span.first; index < span.end; index += every) {
    const end = Math.min(span.end, index + every);
    const high = extreme(series, index, end, Math.max);
    if (high === null) continue;
    const low = (every > 1 ? extreme(series, index, end, Math.min) : null) ?? high;
    for (const value of low === high ? [high] : [low, high]) {
      path += `M${px(x((index + end) / 2) - radius)},${px(y(value))}a${r},${r} 0 1,0 ${d},0a${r},${r} 0 1,0 -${d},0`;
    }
  }
  return path;
}

/** Largest finite value of several series over a span; 0 when there is none. */
export function greatest(seriesList: readonly (Series | null | undefined)[], span: IntervalRange): number {
  let best = 0;
  for (const series of seriesList) {
    if (series === null || series === undefined) continue;
    for (let index = span.first; index < span.end; index++) {
      const value = series[index];
      if (value !== null && value > best) best = value;
    }
  }
  return best;
}
