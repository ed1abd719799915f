import type { RandomStream } from "../../numerics/random.ts";
import { createPricer, type Piece, type Prices } from "../problem/placed-shift.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { createFloor, type Floor } from "./floor.ts";

/**
 * Whole shifts for a block: round the linear program, fill up greedily, then ruin and recreate.
 *
 * Every insertion is exact: with the floor as it stands, `Pricer` finds the best of all forms and break placements in
 * one pass. A round takes out a few shifts that overlap and puts in the best again, the first ones at prices drawn
 * towards those of the linear program (`guides`); what is worse is taken back, unless chance, cooling, lets it stand.
 */
export interface ShiftSearch {
  readonly pieces: readonly Piece[];
  /** Wages and penalties, pinned shifts' wages not counted. */
  readonly cost: number;
}

export interface SearchEffort {
  readonly rounds: number;
  /** Enough when the cost is this or less. */
  readonly target: number;
  /** Share of the time that is used up, asked now and then; 1 stops. 0 throughout where only rounds count. */
  readonly timeUsed: () => number;
  /** Paid hours there may be in all; absent: no limit. */
  readonly mostHours?: number;
  readonly onBetter?: (found: ShiftSearch) => void;
  readonly onRound?: () => void;
}

/** Tuned on benchmark days: temperature at the start as a share of a shift's cost, and what is left of it at the end. */
const hotness = 0.025;
const coolness = 0.01;
const blurring = 0.5;
const mostRuined = 3;

export function searchShifts(
  block: ShiftBlock,
  start: readonly Piece[],
  random: RandomStream,
  effort: SearchEffort,
  guides: Prices | null = null,
): ShiftSearch {
  const floor = createFloor(block);
  const state = openCrew(block, floor, guides, effort.mostHours);
  for (const shift of start) state.insert(shift);
  state.meetMinimums();
  state.fill();
  state.prune();
  let best = state.snapshot();
  effort.onBetter?.(best);
  const shiftCount = best.pieces.reduce((sum, { shifts }) => sum + shifts.length, 0);
  const hottest = hotness * (best.cost / Math.max(1, shiftCount));
  let temperature = hottest;
  for (let round = 0; round < effort.rounds && best.cost > effort.target; round++) {
    if (round % 32 === 0) {
      const used = Math.max(round / effort.rounds, effort.timeUsed());
      if (used >= 1) break;
      temperature = hottest * coolness ** used;
    }
    if (state.count() === 0) break;
    effort.onRound?.();
    const before = state.cost();
    const undo = state.mark();
    const many = 1 + Math.floor(mostRuined * random.uniform());
    state.ruin(many, random);
    state.recreate(random, blurring * temperature);
    const after = state.cost();
    if (after > before - temperature * Math.log(random.uniform()) + 1e-9) state.undo(undo);
    else if (after < best.cost - 1e-9) {
      best = state.snapshot();
      effort.onBetter?.(best);
    }
  }
  return best;
}

/** The shifts of a block while they are worked on: what they cost, and which move would be best. */
export type Crew = ReturnType<typeof openCrew>;

export function openCrew(
  block: ShiftBlock,
  floor: Floor,
  guides: Prices | null,
  mostHours = Number.POSITIVE_INFINITY,
) {
  const shifts: Piece[] = [];
  const limitCount = new Int32Array(block.limits.length);
  const pricer = createPricer(block);
  const worth = Array.from({ length: block.groupCount }, () => new Float64Array(block.slotCount + 1));
  const prices: Prices = { worth, limitPrice: new Float64Array(block.limits.length) };
  let wages = 0;
  let hours = 0;
  /** Price of what is missing at minimums that need not be met. */
  let missing = block.limits.reduce(
    (sum, { minimum, missingPrice }) => sum + minimum * (missingPrice ?? 0),
    0,
  );
  const cost = () => wages + floor.penalty() + missing;
  /** What was done since `mark`, to take back. */
  let log: { readonly shift: Piece; readonly inserted: boolean }[] = [];

  function insert(shift: Piece): void {
    shifts.push(shift);
    wages += shift.wage;
    hours += shift.hours;
    for (const limit of shift.limits) {
      const { minimum, missingPrice } = block.limits[limit];
      if (limitCount[limit]++ < minimum) missing -= missingPrice ?? 0;
    }
    for (const slot of shift.slots) floor.add(shift.group, slot);
    log.push({ shift, inserted: true });
  }

  function removeAt(index: number): void {
    const shift = shifts[index];
    shifts[index] = shifts[shifts.length - 1];
    shifts.pop();
    wages -= shift.wage;
    hours -= shift.hours;
    for (const limit of shift.limits) {
      const { minimum, missingPrice } = block.limits[limit];
      if (--limitCount[limit] < minimum) missing += missingPrice ?? 0;
    }
    for (const slot of shift.slots) floor.remove(shift.group, slot);
    log.push({ shift, inserted: false });
  }

  /**
   * Prices of one agent more as the floor stands. With chance: drawn towards the linear program's prices by a random
   * share, because those know what the shifts still to come will be good for, and blurred a little. A full count
   * limit closes its forms; the `wanted` one outweighs everything.
   */
  function readPrices(random: RandomStream | null, blur: number, wanted = -1): void {
    const pull = random === null ? 0 : random.uniform();
    for (let group = 0; group < block.groupCount; group++) {
      const sums = worth[group];
      const guide = guides?.worth[group];
      for (let slot = 0; slot < block.slotCount; slot++) {
        let gain = -floor.addChange(group, slot);
        if (guide !== undefined) gain += pull * (guide[slot + 1] - guide[slot] - gain);
        if (random !== null) gain += blur * (random.uniform() - 0.5);
        sums[slot + 1] = sums[slot] + gain;
      }
    }
    for (let limit = 0; limit < block.limits.length; limit++) {
      const { minimum, maximum, missingPrice } = block.limits[limit];
      const count = limitCount[limit];
      prices.limitPrice[limit] =
        count >= maximum ? Number.NEGATIVE_INFINITY : count < minimum ? (missingPrice ?? 0) : 0;
    }
    if (wanted >= 0) prices.limitPrice[wanted] = 2 * block.hardPrice * block.slotCount;
    pricer.read(prices);
  }

  function bestInsertion(): { readonly candidate: number; readonly cost: number } {
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    const room = mostHours - hours + 1e-9;
    for (let candidate = 0; candidate < pricer.count; candidate++) {
      if (pricer.hours[candidate] > room) continue;
      if (pricer.atLeast(candidate) >= bestCost) continue;
      const cost = pricer.price(candidate);
      if (cost < bestCost) {
        bestCost = cost;
        best = candidate;
      }
    }
    return { candidate: best, cost: bestCost };
  }

  function insertWhileWorth(): void {
    for (;;) {
      readPrices(null, 0);
      const { candidate, cost } = bestInsertion();
      if (candidate < 0 || cost >= -1e-9) return;
      insert(pricer.place(candidate));
    }
  }

  function mayLeave(shift: Piece): boolean {
    return shift.limits.every(
      (limit) => block.limits[limit].missingPrice !== null || limitCount[limit] > block.limits[limit].minimum,
    );
  }

  return {
    insert,
    cost,
    count: () => shifts.length,
    fill: insertWhileWorth,
    /** Shifts for per-day minimums, the cheapest that count. */
    meetMinimums() {
      for (const [index, { minimum, missingPrice }] of block.limits.entries()) {
        if (missingPrice !== null) continue;
        while (limitCount[index] < minimum) {
          readPrices(null, 0, index);
          const { candidate } = bestInsertion();
          if (candidate < 0) return;
          insert(pricer.place(candidate));
        }
      }
    },
    /** Takes out what costs more than it helps. */
    prune() {
      for (let index = shifts.length - 1; index >= 0; index--) {
        const shift = shifts[index];
        if (!mayLeave(shift)) continue;
        const before = cost();
        removeAt(index);
        if (cost() > before - 1e-9) insert(shift);
      }
    },
    mark() {
      log = [];
      return 0;
    },
    undo(_mark: number) {
      for (const { shift, inserted } of [...log].reverse()) {
        if (inserted) removeAt(shifts.indexOf(shift));
        else insert(shift);
      }
      log = [];
    },
    ruin(many: number, random: RandomStream) {
      let near = Math.floor(random.uniform() * block.slotCount);
      for (let taken = 0; taken < many && shifts.length > 0; taken++) {
        // A few draws, the closest to the first one taken: shifts that overlap can mend each other.
        let chosen = Math.floor(random.uniform() * shifts.length);
        for (let draw = 0; draw < 3 && taken > 0; draw++) {
          const other = Math.floor(random.uniform() * shifts.length);
          if (Math.abs(shifts[other].start - near) < Math.abs(shifts[chosen].start - near)) chosen = other;
        }
        if (!mayLeave(shifts[chosen])) continue;
        near = shifts[chosen].start;
        removeAt(chosen);
      }
    },
    recreate(random: RandomStream, blur: number) {
      for (let bold = 1 + Math.floor(2 * random.uniform()); bold > 0; bold--) {
        readPrices(random, blur);
        const { candidate, cost } = bestInsertion();
        if (candidate < 0 || cost >= 0) break;
        insert(pricer.place(candidate));
      }
      insertWhileWorth();
    },
    /** The insertion of at most `mostHours` that costs least (gains most) for each paid hour; null: none fits. */
    bestWithin(mostHours: number): { readonly cost: number; readonly insert: () => void } | null {
      readPrices(null, 0);
      let best = -1;
      let bestPerHour = Number.POSITIVE_INFINITY;
      for (let candidate = 0; candidate < pricer.count; candidate++) {
        const hours = pricer.hours[candidate];
        if (hours > mostHours + 1e-9 || hours <= 0) continue;
        if (pricer.atLeast(candidate) >= bestPerHour * hours) continue;
        const perHour = pricer.price(candidate) / hours;
        if (perHour < bestPerHour) {
          bestPerHour = perHour;
          best = candidate;
        }
      }
      if (best < 0) return null;
      return { cost: bestPerHour, insert: () => insert(pricer.place(best)) };
    },
    /** The removal that loses least for each paid hour it frees; null: nothing may leave. */
    bestRemoval(): { readonly loss: number; readonly remove: () => void } | null {
      let least = Number.POSITIVE_INFINITY;
      let chosen: Piece | null = null;
      for (const piece of [...shifts]) {
        if (!mayLeave(piece)) continue;
        const before = cost();
        removeAt(shifts.indexOf(piece));
        const loss = (cost() - before) / Math.max(1e-9, piece.hours);
        insert(piece);
        if (loss < least) {
          least = loss;
          chosen = piece;
        }
      }
      const found = chosen;
      return found === null ? null : { loss: least, remove: () => removeAt(shifts.indexOf(found)) };
    },
    hours: () => hours,
    snapshot: (): ShiftSearch => ({ pieces: [...shifts], cost: cost() }),
  };
}
