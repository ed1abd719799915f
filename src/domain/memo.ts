/**
 * Remembering what a pure function answered. Arguments are compared by identity (`Object.is`): what travels through the
 * program is immutable, so the same object means the same answer. What throws is not remembered.
 *
 * Four kinds, by what decides how long an answer is kept:
 *
 * - {@link memoizeLast}: the latest answer only. For one thing on screen that is asked again and again.
 * - {@link memoizeByObject}: one answer per object, for as long as something else holds the object. For what is derived
 *   from a result, a grid, a shift.
 * - {@link memoizeByKey}: the answers of the `limit` keys used last. For texts and numbers, which nothing collects.
 * - {@link memoizeByNumbers}: the same by the content of a series of numbers. For what is asked again in arrays made anew.
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

/**
 * Remembers the answers to the `limit` series of numbers that were asked for last, compared by content, as whatever is
 * derived from a plan afresh at each edit is the same but for what was edited. `numbers` says all that the answer depends
 * on; it is kept, and so must not be changed.
 *
 * @example
 * const ofDay = memoizeByNumbers<number>(100);
 * ofDay(Float64Array.of(1, 2), () => 3); // 3, and from now on without asking
 */
export function memoizeByNumbers<Result>(
  limit: number,
): (numbers: Float64Array, compute: () => Result) => Result {
  if (!(limit >= 1)) throw new RangeError(`limit must be at least 1, got ${limit}`);
  const answers = new Map<number, { readonly numbers: Float64Array; readonly result: Result }>();
  return (numbers, compute) => {
    const key = digestOf(numbers);
    const before = answers.get(key);
    const answer =
      before !== undefined && isSame(before.numbers, numbers) ? before : { numbers, result: compute() };
    answers.delete(key);
    answers.set(key, answer);
    if (answers.size > limit) answers.delete(answers.keys().next().value!);
    return answer.result;
  };
}

/** 32 bits by the FNV-1a rule, a word at a time. */
function digestOf(numbers: Float64Array): number {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  let digest = 2166136261;
  for (let at = 0; at < words.length; at++) digest = Math.imul(digest ^ words[at], 16777619);
  // The highest bits have been mixed best.
  return digest ^ (digest >>> 15);
}

function isSame(before: ArrayLike<unknown>, now: ArrayLike<unknown>): boolean {
  if (before.length !== now.length) return false;
  for (let at = 0; at < now.length; at++) if (!Object.is(before[at], now[at])) return false;
  return true;
}
