import { cos } from "./elementary.ts";

/**
 * The `count` leading right singular vectors of a matrix of `width` columns, by orthogonal iteration on its Gram matrix
 * (Golub & Van Loan, Matrix Computations, 8.2). Not centred: the first vector is the mean shape.
 *
 * Starts from fixed vectors, so the same matrix gives the same bytes. `count` vectors of `width` numbers, one after the other.
 */
export function principalVectors(rows: Float64Array, width: number, count: number): Float64Array {
  const gram = new Float64Array(width * width);
  for (let start = 0; start < rows.length; start += width) {
    for (let i = 0; i < width; i++) {
      const value = rows[start + i];
      const target = i * width;
      for (let j = 0; j <= i; j++) gram[target + j] += value * rows[start + j];
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) gram[i * width + j] = gram[j * width + i];
  let vectors = new Float64Array(count * width);
  for (let k = 0; k < count; k++) {
    for (let i = 0; i < width; i++) vectors[k * width + i] = cos((Math.PI * k * (i + 0.5)) / width);
  }
  orthonormalise(vectors, width, count);
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(count * width);
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < width; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += gram[i * width + j] * vectors[k * width + j];
        next[k * width + i] = sum;
      }
    }
    orthonormalise(next, width, count);
    let change = 0;
    for (let at = 0; at < next.length; at++) change = Math.max(change, Math.abs(next[at] - vectors[at]));
    vectors = next;
    if (change < 1e-6) break;
  }
  return vectors;
}

/** Gram-Schmidt in place; a vector that vanishes becomes zero. */
function orthonormalise(vectors: Float64Array, width: number, count: number): void {
  for (let k = 0; k < count; k++) {
    const own = k * width;
    for (let other = 0; other < own; other += width) {
      let product = 0;
      for (let i = 0; i < width; i++) product += vectors[own + i] * vectors[other + i];
      for (let i = 0; i < width; i++) vectors[own + i] -= product * vectors[other + i];
    }
    let square = 0;
    for (let i = 0; i < width; i++) square += vectors[own + i] ** 2;
    const length = Math.sqrt(square);
    for (let i = 0; i < width; i++) vectors[own + i] = length > 1e-9 ? vectors[own + i] / length : 0;
  }
}
