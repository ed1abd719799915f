/** What a shift counts under a limit: the weight of the highest step that its paid hours reach; below the first, 0. */
export interface WeightStep {
  readonly fromHours: number;
  readonly weight: number;
}

/**
 * How much the people of a plan can work: the shifts of these groups and templates that start on these days count no
 * more than `maximum` together. It holds for every roster, so a shift beyond it would have nobody.
 */
export interface WorkLimit {
  readonly groupIds: readonly string[];
  /** Days of the period, from 0, rising. */
  readonly days: readonly number[];
  /** By rising hours; whole weights. */
  readonly weights: readonly WeightStep[];
  /** Absent: shifts of all templates count. */
  readonly templateIds?: readonly string[];
  readonly maximum: number;
}

/** What a shift with so many paid hours counts. */
export function weightOfHours(weights: readonly WeightStep[], paidHours: number): number {
  return weights.reduce((weight, step) => (paidHours >= step.fromHours - 1e-9 ? step.weight : weight), 0);
}
