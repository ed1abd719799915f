/**
 * Shares of several causes in a whole that they make together: each cause's effect when it joins those before it,
 * averaged over all orders in which they could join (the Shapley value). The shares sum to the value of all causes less
 * that of none; a cause that changes nothing has 0, and causes that do the same have the same.
 *
 * @param causes at least 1; 2^causes values are read
 * @param worth value with exactly the causes of a bit mask at work
 *
 * Source: L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953).
 *
 * @example
 * shapleyShares(2, (mask) => [0, 1, 2, 6][mask]); // [2.5, 3.5]
 */
export function shapleyShares(causes: number, worth: (mask: number) => number): number[] {
  if (!Number.isInteger(causes) || causes < 1 || causes > 16)
    throw new RangeError(`causes must be 1 to 16, got ${causes}`);
  const values = Array.from({ length: 2 ** causes }, (_, mask) => worth(mask));
  const factorial = [1];
  for (let count = 1; count <= causes; count++) factorial.push(factorial[count - 1] * count);
  return Array.from({ length: causes }, (_, cause) => {
    let share = 0;
    for (let mask = 0; mask < values.length; mask++) {
      if (mask & (1 << cause)) continue;
      let joined = 0;
      for (let rest = mask; rest !== 0; rest &= rest - 1) joined++;
      const weight = (factorial[joined] * factorial[causes - joined - 1]) / factorial[causes];
      share += weight * (values[mask | (1 << cause)] - values[mask]);
    }
    return share;
  });
}
