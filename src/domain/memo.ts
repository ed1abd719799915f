/**
 * Remembering what a pure function answered. Arguments are compared by identity (`Object.is`), never by content: what
 * travels through the program is immutable, so the same object means the same answer. What throws is not remembered.
 *
 * Three kinds, by what decides how long an answer is kept:
 *
 * - {@link memoizeLast}: the latest answer only. For one thing on screen that is asked again and again.
 * - {@link memoizeByObject}: one answer per object, for as long as something else holds the object. For what is derived
 *   from a result, a grid, a shift.
 * - {@link memoizeByKey}: the answers of the `limit` keys used last. For texts and numbers, which nothing collects.
 *
 * Two objects decide: nest them, `memoizeByObject((grid) => memoizeByObject((shift) => …))`.
 */

/**
 * Remembers the last call: asked again with the same arguments it answers without running `compute`.
 *
 * @example
 * const total = memoizeLast((values: readonly number[]) => values.reduce((sum, value) => sum + value, 0));
 */
export function memoizeLast<Arguments extends readonly unknown[], Result>(
  compute: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  let last: { readonly args: Arguments; readonly result: Result } | null = null;
  return (...args) => {
    if (last === null || !isSame(last.args, args)) last = { args, result: compute(...args) };
    return last.result;
  };
}

/**
 * Remembers one answer per first argument, weakly: it goes when that object does. Further arguments belong to the
 * answer as in {@link memoizeLast}: others than last time make it anew. A promise that rejects is forgotten, so that
 * the next call tries again.
 *
 * @example
 * const peakOf = memoizeByObject((forecast: DemandForecast) => Math.max(...forecast.queues[0].offered));
 */
export function memoizeByObject<Key extends object, Further extends readonly unknown[], Result>(
  compute: (key: Key, ...further: Further) => Result,
): (key: Key, ...further: Further) => Result {
  const answers = new WeakMap<Key, { readonly further: Further; readonly result: Result }>();
  return (key, ...further) => {
    const answer = answers.get(key);
    if (answer !== undefined && isSame(answer.further, further)) return answer.result;
    const result = compute(key, ...further);
    const latest = { further, result };
    answers.set(key, latest);
    if (result instanceof Promise)
      result.catch(() => {
        if (answers.get(key) === latest) answers.delete(key);
      });
    return result;
  };
}

/**
 * Remembers the answers of the `limit` keys that were asked for last; the one unused for longest makes room.
 *
 * @example
 * const isWeekend = memoizeByKey(1000, (date: string) => weekdayOf(date) >= 6);
 */
export function memoizeByKey<Key extends string | number, Result>(
  limit: number,
  compute: (key: Key) => Result,
): (key: Key) => Result {
  if (!(limit >= 1)) throw new RangeError(`limit must be at least 1, got ${limit}`);
  const answers = new Map<Key, { readonly result: Result }>();
  return (key) => {
    const answer = answers.get(key) ?? { result: compute(key) };
    // A map keeps the order of insertion: what was used last stands last.
    answers.delete(key);
    answers.set(key, answer);
    if (answers.size > limit) answers.delete(answers.keys().next().value!);
    return answer.result;
  };
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at++) if (!Object.is(before[at], now[at])) return false;
  return true;
}
