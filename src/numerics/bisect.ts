/**
 * Halves [low, high] around the one place where `isBelow` turns from true to false, and answers the last [low, high]:
 * `isBelow` held at low, or low is where it started, and it did not hold at high, or high is where it started.
 *
 * Ends when the bracket is no wider than `absolute`, or than `relative` · high, or after `steps` halvings. Without any
 * of these it would not end: RangeError.
 */
export function bisect(
  isBelow: (x: number) => boolean,
  low: number,
  high: number,
  end: { readonly absolute?: number; readonly relative?: number; readonly steps?: number },
): readonly [low: number, high: number] {
  const { absolute = 0, relative = 0, steps = Number.POSITIVE_INFINITY } = end;
  if (absolute === 0 && relative === 0 && steps === Number.POSITIVE_INFINITY)
    throw new RangeError("bisect needs a tolerance or a number of steps");
  let [from, to] = [low, high];
  for (let step = 0; step < steps && to - from > Math.max(absolute, relative * to); step++) {
    const middle = (from + to) / 2;
    if (isBelow(middle)) from = middle;
    else to = middle;
  }
  return [from, to];
}
