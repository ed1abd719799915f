/**
 * Medians and quantiles of a sample. Own code, because these few lines decide bits of forecasts: libraries differ in
 * which of the nine usual definitions "the" quantile is.
 */

/** Middle value, the mean of the two middle ones for an even number. Throws RangeError without values. */
export function median(values: readonly number[] | Float64Array): number {
  if (values.length === 0) throw new RangeError("median of no values");
  return medianOfSorted(Float64Array.from(values).sort());
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Quantile of values in rising order by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996,
 * what R and spreadsheets do). `share` is 0–1; 0.5 is the median. Throws RangeError without values.
 */
export function quantileOfSorted(sorted: readonly number[] | Float64Array, share: number): number {
  if (sorted.length === 0) throw new RangeError("quantile of no values");
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = sorted[Math.min(sorted.length - 1, below + 1)];
  return sorted[below] + (place - below) * (above - sorted[below]);
}

/**
 * Quantile of values in rising order by nearest rank (type 1 of Hyndman and Fan): the least value that at least `share`
 * (above 0, at most 1) of them do not exceed, such as the time within which 90 % of tickets were solved. Always a
 * value of the sample. Throws RangeError without values.
 */
export function nearestRank(sorted: readonly number[] | Float64Array, share: number): number {
  if (sorted.length === 0) throw new RangeError("quantile of no values");
  return sorted[Math.ceil(share * sorted.length) - 1];
}

/**
 * Median absolute deviation from a centre, scaled to be the standard deviation of a normal sample (1 ÷ Φ⁻¹(3⁄4)); a
 * few wild values do not move it. Throws RangeError without values.
 */
export function robustDeviation(values: readonly number[] | Float64Array, centre: number): number {
  if (values.length === 0) throw new RangeError("deviation of no values");
  const distances = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) distances[at] = Math.abs(values[at] - centre);
  return 1.4826 * medianOfSorted(distances.sort());
}
