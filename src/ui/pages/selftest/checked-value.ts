import type { ReferenceValue } from "../../../queueing/reference-values.ts";

/** A published number beside the same from this program. */
export interface CheckedValue {
  readonly reference: ReferenceValue;
  readonly computed: number;
  readonly difference: number;
  readonly agrees: boolean;
}

/** Computes a published number again; it agrees within the tolerance of its source's digits. */
export function checkValue(reference: ReferenceValue): CheckedValue {
  const computed = reference.compute();
  const difference = Math.abs(computed - reference.expected);
  return { reference, computed, difference, agrees: difference <= reference.tolerance };
}
