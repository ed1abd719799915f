import type { ShiftBlock } from "./shift-block.ts";
import { staffingPenalty } from "./staffing-penalty.ts";

/**
 * The agents at work in a block, each given to one queue per slot so that penalties are least.
 *
 * A flexible agent serves one queue at a time and is never counted twice. Adding or taking away one agent moves
 * others along a chain (a flexible one from voice to chat, say) when that is better; because penalties are convex
 * such chains keep the allocation the cheapest there is.
 */
export interface AgentAllocation {
  /** Agents per queue and slot. */
  readonly staff: Int32Array;
  /** Agents of a group given to a queue and slot (index queue × slotCount + slot); noted for flexible groups only. */
  given(group: number, at: number): number;
  /** Sum of all penalties. */
  penalty(): number;
  /** One agent of `group` more at work in `slot`; returns by how much the penalty changed. */
  add(group: number, slot: number): number;
  remove(group: number, slot: number): number;
  /** Change of penalty that `add` would bring. */
  addChange(group: number, slot: number): number;
}

/** The allocation of the block's pinned agents, to which others are added. */
export function allocateAgents(block: ShiftBlock): AgentAllocation {
  const { queueCount, groupCount, slotCount, groupMask } = block;
  const staff = new Int32Array(queueCount * slotCount);
  /** Agents of a group on a queue: index (group × queueCount + queue) × slotCount + slot. */
  const placed = new Int32Array(groupCount * queueCount * slotCount);
  const flexible = groupMask.some((mask) => (mask & (mask - 1)) !== 0);
  const onlyQueue = Int32Array.from(groupMask, (mask) => 31 - Math.clz32(mask));
  let total = 0;
  for (let at = 0; at < queueCount * slotCount; at++) total += staffingPenalty(block, at, 0);

  const change = (queue: number, slot: number, by: number) => {
    const at = queue * slotCount + slot;
    return staffingPenalty(block, at, staff[at] + by) - staffingPenalty(block, at, staff[at]);
  };
  const viaQueue = new Int32Array(queueCount);
  const viaGroup = new Int32Array(queueCount);

  /** Queues that gain when an agent joins one of `mask`: others may move on from there. Notes by which move. */
  function reachForward(mask: number, slot: number): number {
    let reached = mask;
    viaQueue.fill(-1);
    for (let grown = true; grown; ) {
      grown = false;
      for (let queue = 0; queue < queueCount; queue++) {
        if ((reached & (1 << queue)) === 0) continue;
        for (let group = 0; group < groupCount; group++) {
          if (placed[(group * queueCount + queue) * slotCount + slot] === 0) continue;
          let fresh = groupMask[group] & ~reached;
          while (fresh !== 0) {
            const next = 31 - Math.clz32(fresh);
            fresh &= ~(1 << next);
            reached |= 1 << next;
            viaQueue[next] = queue;
            viaGroup[next] = group;
            grown = true;
          }
        }
      }
    }
    return reached;
  }

  /** Queues that may lose when an agent leaves one of `mask`: others come from there. Notes by which move. */
  function reachBackward(mask: number, slot: number): number {
    let reached = mask;
    viaQueue.fill(-1);
    for (let grown = true; grown; ) {
      grown = false;
      for (let queue = 0; queue < queueCount; queue++) {
        if ((reached & (1 << queue)) !== 0) continue;
        for (let group = 0; group < groupCount; group++) {
          if ((groupMask[group] & reached) === 0) continue;
          if (placed[(group * queueCount + queue) * slotCount + slot] === 0) continue;
          viaQueue[queue] = 31 - Math.clz32(groupMask[group] & reached);
          viaGroup[queue] = group;
          reached |= 1 << queue;
          grown = true;
          break;
        }
      }
    }
    return reached;
  }

  function cheapest(mask: number, slot: number, by: number): number {
    let best = -1;
    let bestChange = Number.POSITIVE_INFINITY;
    for (let queue = 0; queue < queueCount; queue++) {
      if ((mask & (1 << queue)) === 0) continue;
      const delta = change(queue, slot, by);
      if (delta < bestChange) {
        bestChange = delta;
        best = queue;
      }
    }
    return best;
  }

  function move(group: number, from: number, to: number, slot: number): void {
    placed[(group * queueCount + from) * slotCount + slot]--;
    placed[(group * queueCount + to) * slotCount + slot]++;
  }

  function add(group: number, slot: number): number {
    let queue = onlyQueue[group];
    if (flexible) {
      queue = cheapest(reachForward(groupMask[group], slot), slot, 1);
      const delta = change(queue, slot, 1);
      staff[queue * slotCount + slot]++;
      let at = queue;
      for (; viaQueue[at] >= 0; at = viaQueue[at]) move(viaGroup[at], viaQueue[at], at, slot);
      placed[(group * queueCount + at) * slotCount + slot]++;
      total += delta;
      return delta;
    }
    const delta = change(queue, slot, 1);
    staff[queue * slotCount + slot]++;
    total += delta;
    return delta;
  }

  function remove(group: number, slot: number): number {
    let queue = onlyQueue[group];
    if (flexible) {
      let mask = 0;
      for (let own = 0; own < queueCount; own++)
        if (placed[(group * queueCount + own) * slotCount + slot] > 0) mask |= 1 << own;
      if (mask === 0) throw new RangeError(`no agent of group ${group} at work in slot ${slot}`);
      queue = cheapest(reachBackward(mask, slot), slot, -1);
      const delta = change(queue, slot, -1);
      staff[queue * slotCount + slot]--;
      let at = queue;
      for (; viaQueue[at] >= 0; at = viaQueue[at]) move(viaGroup[at], at, viaQueue[at], slot);
      placed[(group * queueCount + at) * slotCount + slot]--;
      total += delta;
      return delta;
    }
    const delta = change(queue, slot, -1);
    staff[queue * slotCount + slot]--;
    total += delta;
    return delta;
  }

  const allocation: AgentAllocation = {
    staff,
    given: (group, at) => placed[group * queueCount * slotCount + at],
    penalty: () => total,
    add,
    remove,
    addChange(group, slot) {
      if (!flexible) return change(onlyQueue[group], slot, 1);
      const mask = reachForward(groupMask[group], slot);
      return change(cheapest(mask, slot, 1), slot, 1);
    },
  };
  for (let group = 0; group < groupCount; group++)
    for (let slot = 0; slot < slotCount; slot++)
      for (let agent = 0; agent < block.pinnedStaff[group * slotCount + slot]; agent++)
        allocation.add(group, slot);
  return allocation;
}
