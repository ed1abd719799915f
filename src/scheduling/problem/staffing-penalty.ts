import type { ShiftBlock } from "./shift-block.ts";

/**
 * What `staff` agents on a queue in one slot cost in shortage or surplus, and below the hard minimum; convex in `staff`.
 * `at` is queue × slotCount + slot.
 */
export function staffingPenalty(block: ShiftBlock, at: number, staff: number): number {
  const difference = block.demand[at] - staff;
  const missing = block.minimum[at] - staff;
  const penalty = difference > 0 ? shortageCost(block, at, difference) : -difference * block.overPrice[at];
  return missing > 0 ? penalty + missing * block.hardPrice : penalty;
}

/** What missing agents cost: the plain price, and where steps are set more for what is deeper. */
export function shortageCost(block: ShiftBlock, at: number, missing: number): number {
  let agents = missing;
  for (const { beyondShare, more } of block.shortageSteps)
    agents += more * Math.max(0, missing - beyondShare * block.demand[at]);
  return agents * block.shortPrice[at];
}

/** Price of a shift missing at a count a day that must be met. */
export function unmetPrice({ hardPrice }: Pick<ShiftBlock, "hardPrice">): number {
  return 10 * hardPrice;
}
