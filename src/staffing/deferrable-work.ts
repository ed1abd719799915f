/** Work that may wait: what comes when, and how long it may wait. */
export interface DeferrableWork {
  /** Agent-hours that arrive in each interval. */
  readonly arriving: Float64Array;
  /** Agent-hours that wait when the first interval begins. */
  readonly backlog: number;
  /** 1 where agents are there to do it. */
  readonly open: Uint8Array;
  /** Open intervals within which work must be done, its own included; at least 1. */
  readonly withinIntervals: number;
  /** Agents the other queues need at the same time: the gaps are theirs to show. */
  readonly others: Float64Array;
  /** Agent-hours in which agents of other queues wait for a contact and can do this work meanwhile; absent: none. */
  readonly gaps?: Float64Array;
}

export interface DeferrablePlan {
  /** Agent-hours done in each interval. */
  readonly done: Float64Array;
  /** Agent-hours of it done in the gaps, in each interval. */
  readonly inGaps: Float64Array;
  /** Mean time from arrival to being done, in intervals, weighted by work; 0 without work. */
  readonly meanDelayIntervals: number;
  /** Agent-hours that have no open interval before the end of the plan. */
  readonly undone: number;
}

/**
 * Puts as much work into the gaps as they take, what is due first going first, and spreads the rest over its allowed
 * intervals so that the total of all queues is as level as can be: least Σ total². First due first served fills the
 * gaps as far as any order could, since every batch has a window of the same length (Glover's matching, 1967).
 *
 * Each interval's arrivals are one batch with one window (from its arrival to its deadline), so no order of batches can
 * miss a deadline: whatever is placed is placed in time. Batches are levelled in turn, each by pouring its work like
 * water onto what the others leave, until nothing moves; the problem is convex, so this ends at its optimum.
 * Work that arrives while closed belongs to the next open interval; a window that passes the end of the plan ends there.
 */
export function spreadDeferrable(work: DeferrableWork, hoursPerInterval: number): DeferrablePlan {
  const openIntervals: number[] = [];
  for (let index = 0; index < work.open.length; index++)
    if (work.open[index] === 1) openIntervals.push(index);
  const slots = openIntervals.length;
  const pending = new Float64Array(slots);
  let undone = 0;
  let next = 0;
  for (let index = 0; index < work.arriving.length; index++) {
    while (next < slots && openIntervals[next] < index) next++;
    if (next < slots) pending[next] += work.arriving[index];
    else undone += work.arriving[index];
  }
  if (slots === 0)
    return {
      done: new Float64Array(work.open.length),
      inGaps: new Float64Array(work.open.length),
      meanDelayIntervals: 0,
      undone: undone + work.backlog,
    };
  pending[0] += work.backlog;
  const within = Math.max(1, Math.floor(work.withinIntervals));
  const inGaps = new Float64Array(work.open.length);
  let delay = 0;
  let sum = 0;
  if (work.gaps !== undefined) {
    let due = 0;
    for (let slot = 0; slot < slots; slot++) {
      let room = work.gaps[openIntervals[slot]];
      due = Math.max(due, slot - within + 1);
      while (room > 0 && due <= slot) {
        const hours = Math.min(room, pending[due]);
        inGaps[openIntervals[slot]] += hours;
        delay += hours * (slot - due);
        sum += hours;
        room -= hours;
        pending[due] -= hours;
        if (pending[due] > 0) break;
        due++;
      }
    }
  }
  /** Agents' work that stands in each slot, in agent-hours. */
  const total = Float64Array.from(openIntervals, (index) => work.others[index] * hoursPerInterval);
  const share = openIntervals.map(
    (_, at) => new Float64Array(pending[at] > 0 ? Math.min(within, slots - at) : 0),
  );
  const scale = pending.reduce((most, value) => Math.max(most, value), 0);
  for (let sweep = 0; sweep < 60; sweep++) {
    let moved = 0;
    for (let batch = 0; batch < slots; batch++) {
      const parts = share[batch];
      if (parts.length === 0) continue;
      for (let at = 0; at < parts.length; at++) total[batch + at] -= parts[at];
      const level = waterLevel(total, batch, parts.length, pending[batch]);
      for (let at = 0; at < parts.length; at++) {
        const poured = Math.max(0, level - total[batch + at]);
        moved = Math.max(moved, Math.abs(poured - parts[at]));
        parts[at] = poured;
        total[batch + at] += poured;
      }
    }
    if (moved <= 1e-6 * scale) break;
  }
  const done = inGaps.slice();
  for (let batch = 0; batch < slots; batch++) {
    for (const [at, hours] of share[batch].entries()) {
      done[openIntervals[batch + at]] += hours;
      delay += hours * at;
      sum += hours;
    }
  }
  return { done, inGaps, meanDelayIntervals: sum > 0 ? delay / sum : 0, undone };
}

/** Level to which `volume` poured over `length` columns from `first` rises. */
function waterLevel(heights: Float64Array, first: number, length: number, volume: number): number {
  const sorted = heights.slice(first, first + length).sort();
  let sum = 0;
  for (let columns = 1; columns <= length; columns++) {
    sum += sorted[columns - 1];
    const level = (volume + sum) / columns;
    if (columns === length || level <= sorted[columns]) return level;
  }
  return volume;
}
