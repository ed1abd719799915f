/**
 * Weighted ridge regression: the b that minimises Σ wᵢ (yᵢ − xᵢ·b)² + Σ λⱼ bⱼ², through the normal equations and a Cholesky
 * factor. Every λ > 0 makes the system positive definite whatever the columns, so dummies for every weekday may stand
 * together.
 *
 * @param rows features, `width` numbers per observation
 * @param weights not negative; observations of weight 0 are skipped
 * @param penalties λ of each column
 */
export function ridge(
  rows: Float64Array,
  width: number,
  values: Float64Array,
  weights: Float64Array,
  penalties: ArrayLike<number>,
): Float64Array {
  for (let column = 0; column < width; column++) {
    if (!(penalties[column] > 0))
      throw new RangeError(`penalties must be positive, got ${penalties[column]}`);
  }
  const gram = new Float64Array(width * width);
  const right = new Float64Array(width);
  const used = new Int32Array(width);
  for (let row = 0; row < values.length; row++) {
    const weight = weights[row];
    if (weight === 0) continue;
    const start = row * width;
    // Calendar features are mostly zeros: only the others are multiplied.
    let count = 0;
    for (let column = 0; column < width; column++) if (rows[start + column] !== 0) used[count++] = column;
    for (let i = 0; i < count; i++) {
      const a = used[i];
      const scaled = weight * rows[start + a];
      right[a] += scaled * values[row];
      for (let j = 0; j <= i; j++) gram[a * width + used[j]] += scaled * rows[start + used[j]];
    }
  }
  for (let column = 0; column < width; column++) gram[column * width + column] += penalties[column];
  // Cholesky in place, lower triangle.
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = gram[i * width + j];
      for (let k = 0; k < j; k++) sum -= gram[i * width + k] * gram[j * width + k];
      gram[i * width + j] = i === j ? Math.sqrt(sum) : sum / gram[j * width + j];
    }
  }
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) right[i] -= gram[i * width + k] * right[k];
    right[i] /= gram[i * width + i];
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) right[i] -= gram[k * width + i] * right[k];
    right[i] /= gram[i * width + i];
  }
  return right;
}
