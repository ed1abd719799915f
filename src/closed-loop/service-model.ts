import { exp } from "../numerics/elementary.ts";
import { normalProbability } from "../numerics/normal.ts";
import { allocateAgents } from "../scheduling/problem/agent-allocation.ts";
import type { ShiftBlock } from "../scheduling/problem/shift-block.ts";
import type { StaffingValue } from "../scheduling/search/crew.ts";

/** The slots that a model speaks of. */
export type ModelledSpan = Pick<ShiftBlock, "firstSlot" | "slotCount" | "slotMinutes" | "groupCount">;

/**
 * A goal as a surplus that must not be negative, added up over the slots of its span: contacts answered in time beyond
 * those asked for, seconds of waiting spared, idle time beyond what the occupancy allows.
 */
export interface ModelledTarget {
  readonly kind: "share" | "wait" | "occupancy";
  /** Least share; most seconds; most occupancy. */
  readonly goal: number;
  /** Slots of the block [firstSlot, endSlot); the series below begin at its first. */
  readonly firstSlot: number;
  readonly endSlot: number;
  /** share: contacts; wait: answered contacts; occupancy: agents handling. */
  readonly weight: Float64Array;
  /** As measured. share: probit of the share; wait: mean seconds; occupancy: agents on queue. */
  readonly level: Float64Array;
  /** Per group: what one more agent adds. share, wait: to the argument; occupancy: agents on queue. */
  readonly slope: readonly Float64Array[];
  /** Price of a unit of surplus that is missing, and how fast it rises with what is missing. */
  readonly price: number;
  readonly stiffness: number;
  /** Surplus of what of the span lies outside the block. */
  readonly elsewhere: number;
}

/**
 * How fast a group's agents beyond those measured lose in worth: groups stand in for each other less and less well, and
 * the search shall not bet on more.
 */
const bend = 0.2;

/** What a group's agents add to a target's argument, as far as they are from those measured: always more with more agents. */
function riseBy({ kind }: ModelledTarget, straight: number): number {
  if (kind === "occupancy") return straight;
  return straight > 0 ? straight / (1 + bend * straight) : straight - bend * straight * straight;
}

/** What the agents at work are worth in goals kept, by a model that is right where it was measured. */
export interface ServiceModel extends StaffingValue {
  /** Of a target as things stand, `elsewhere` included. */
  surplus(target: number): number;
}

/**
 * Prices of what goals miss, as agents come and go: an augmented Lagrangian, so that a missed goal costs by how much it
 * is missed and a kept one earns little.
 *
 * @param block `pinnedStaff`: agents who are there to begin with
 * @param measuredAt agents at work when the levels were measured, by group × slots + slot
 * @param minimums the price of hard minimums of queues (`minimumsOf`), whose agents begin with none; null: there are none
 */
export function modelledService(
  block: ModelledSpan & Pick<ShiftBlock, "pinnedStaff">,
  measuredAt: Int32Array,
  targets: readonly ModelledTarget[],
  minimums: StaffingValue | null = null,
): ServiceModel {
  const { slotCount, groupCount } = block;
  const staff = new Int32Array(groupCount * slotCount);
  const surplus = Float64Array.from(targets, ({ elsewhere }) => elsewhere);
  const states = targets.map(({ weight }) => ({
    /** Σ over groups of what their difference from the measured staffing adds to the argument. */
    rise: new Float64Array(weight.length),
    value: new Float64Array(weight.length),
  }));
  /** Per group and slot, targets that change when the group's agents do. */
  const touched: number[][] = Array.from({ length: groupCount * slotCount }, () => []);
  for (const [k, target] of targets.entries()) {
    const { rise, value } = states[k];
    for (let at = 0; at < value.length; at++) {
      for (let group = 0; group < groupCount; group++) {
        if (target.slope[group][at] === 0) continue;
        const cell = group * slotCount + target.firstSlot + at;
        rise[at] += riseBy(target, -target.slope[group][at] * measuredAt[cell]);
        touched[cell].push(k);
      }
      value[at] = surplusAt(target, at, rise[at]);
      surplus[k] += value[at];
    }
  }
  let total = 0;
  for (let k = 0; k < targets.length; k++) total += penaltyOf(targets[k], surplus[k]);

  /** What one agent more would add to the surplus of each touched target; kept until the slot changes. */
  const gains = touched.map((list) => new Float64Array(list.length));
  const isFresh = new Uint8Array(groupCount * slotCount);

  function change(group: number, slot: number, by: 1 | -1): number {
    const cell = group * slotCount + slot;
    const difference = staff[cell] - measuredAt[cell];
    staff[cell] += by;
    const before = total;
    for (const k of touched[cell]) {
      const target = targets[k];
      const { rise, value } = states[k];
      const at = slot - target.firstSlot;
      const slope = target.slope[group][at];
      rise[at] += riseBy(target, slope * (difference + by)) - riseBy(target, slope * difference);
      const after = surplusAt(target, at, rise[at]);
      total -= penaltyOf(target, surplus[k]);
      surplus[k] += after - value[at];
      value[at] = after;
      total += penaltyOf(target, surplus[k]);
    }
    for (let other = 0; other < groupCount; other++) isFresh[other * slotCount + slot] = 0;
    const atMinimums = by > 0 ? minimums?.add(group, slot) : minimums?.remove(group, slot);
    return total - before + (atMinimums ?? 0);
  }

  function addChange(group: number, slot: number): number {
    const cell = group * slotCount + slot;
    const list = touched[cell];
    const gain = gains[cell];
    if (isFresh[cell] === 0) {
      const difference = staff[cell] - measuredAt[cell];
      for (let index = 0; index < list.length; index++) {
        const target = targets[list[index]];
        const { rise, value } = states[list[index]];
        const at = slot - target.firstSlot;
        const slope = target.slope[group][at];
        const after = surplusAt(
          target,
          at,
          rise[at] + riseBy(target, slope * (difference + 1)) - riseBy(target, slope * difference),
        );
        gain[index] = after - value[at];
      }
      isFresh[cell] = 1;
    }
    let worth = 0;
    for (let index = 0; index < list.length; index++)
      worth += pressureOf(targets[list[index]], surplus[list[index]]) * gain[index];
    return (minimums?.addChange(group, slot) ?? 0) - worth;
  }

  const model: ServiceModel = {
    penalty: () => total + (minimums?.penalty() ?? 0),
    add: (group, slot) => change(group, slot, 1),
    remove: (group, slot) => change(group, slot, -1),
    addChange,
    surplus: (target) => surplus[target],
  };
  for (let group = 0; group < groupCount; group++)
    for (let slot = 0; slot < slotCount; slot++)
      for (let agent = 0; agent < block.pinnedStaff[group * slotCount + slot]; agent++)
        change(group, slot, 1);
  return model;
}

/** What a slot adds to the surplus. */
function surplusAt({ kind, goal, weight, level }: ModelledTarget, at: number, rise: number): number {
  if (weight[at] === 0 && kind !== "occupancy") return 0;
  switch (kind) {
    case "share":
      return weight[at] * (normalProbability(level[at] + rise) - goal);
    case "wait":
      return (weight[at] * (goal - level[at] * exp(-rise))) / goal;
    case "occupancy":
      return goal * Math.max(0, level[at] + rise) - weight[at];
  }
}

function pressureOf({ price, stiffness }: ModelledTarget, surplus: number): number {
  return Math.max(0, price - stiffness * surplus);
}

function penaltyOf(target: ModelledTarget, surplus: number): number {
  const pressure = pressureOf(target, surplus);
  return (pressure * pressure - target.price * target.price) / (2 * target.stiffness);
}

/** Least agents on queues, as the shift optimiser holds them; null: there are none. */
export function minimumsOf(block: ShiftBlock): StaffingValue | null {
  if (block.minimum.every((agents) => agents === 0)) return null;
  const nothing = new Float64Array(block.demand.length);
  return allocateAgents({
    ...block,
    demand: nothing,
    shortPrice: nothing,
    overPrice: nothing,
    pinnedStaff: new Int32Array(block.pinnedStaff.length),
  });
}
