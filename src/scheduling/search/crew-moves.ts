import type { RandomStream } from "../../numerics/random.ts";
import type { Piece } from "../problem/piece.ts";
import type { Prices } from "../problem/pricing.ts";
import { type Crew, costOf, insertPiece, mayLeave, removePieceAt } from "./crew.ts";

/**
 * Moves of a crew, each the best of its kind: with the agents where they stand, `Pricer` finds the best of all forms and
 * break placements in one pass.
 */

/** By what prices are drawn away from what they are. */
interface Chance {
  readonly random: RandomStream;
  /** The linear program's prices, which know what the shifts still to come will be good for. */
  readonly guides: Prices | null;
  /** Width of the noise on each price. */
  readonly blur: number;
}

/**
 * Prices of one agent more as things stand. With chance: drawn towards the guides by a random share, and blurred a
 * little. A full count limit closes its forms; the `wanted` one outweighs everything.
 */
export function readPrices(crew: Crew, chance: Chance | null, wanted: number | null = null): void {
  const { block, allocation, limitCount, prices } = crew;
  const pull = chance === null ? 0 : chance.random.uniform();
  for (let group = 0; group < block.groupCount; group++) {
    const sums = prices.worth[group];
    const guide = chance?.guides?.worth[group];
    for (let slot = 0; slot < block.slotCount; slot++) {
      let gain = -allocation.addChange(group, slot);
      if (guide !== undefined) gain += pull * (guide[slot + 1] - guide[slot] - gain);
      if (chance !== null) gain += chance.blur * (chance.random.uniform() - 0.5);
      sums[slot + 1] = sums[slot] + gain;
    }
  }
  for (let limit = 0; limit < block.limits.length; limit++) {
    const { minimum, maximum, missingPrice } = block.limits[limit];
    const count = limitCount[limit];
    prices.limitPrice[limit] =
      count >= maximum ? Number.NEGATIVE_INFINITY : count < minimum ? (missingPrice ?? 0) : 0;
  }
  if (wanted !== null) prices.limitPrice[wanted] = 2 * block.hardPrice * block.slotCount;
  crew.pricer.read(prices);
}

/** The candidate that costs least at the prices read last; null: none fits into the hours. */
function cheapestCandidate(crew: Crew): { readonly candidate: number; readonly cost: number } | null {
  const { pricer, mostHours, paidHours } = crew;
  let best = -1;
  let bestCost = Number.POSITIVE_INFINITY;
  const room = mostHours - paidHours + 1e-9;
  for (let candidate = 0; candidate < pricer.count; candidate++) {
    if (pricer.paidHours[candidate] > room) continue;
    if (pricer.priceAtLeast(candidate) >= bestCost || !hasRoomFor(crew, candidate)) continue;
    const cost = pricer.price(candidate);
    if (cost < bestCost) {
      bestCost = cost;
      best = candidate;
    }
  }
  return best < 0 ? null : { candidate: best, cost: bestCost };
}

/** False where the candidate counts more often under a limit than there is room; full limits have their price. */
function hasRoomFor({ pricer, block, limitCount }: Crew, candidate: number): boolean {
  for (const { limit, times } of pricer.repeats[candidate])
    if (limitCount[limit] + times > block.limits[limit].maximum) return false;
  return true;
}

/** Inserts the best piece again and again, as long as it is worth its wage. */
export function fillCrew(crew: Crew): void {
  for (;;) {
    readPrices(crew, null);
    const found = cheapestCandidate(crew);
    if (found === null || found.cost >= -1e-9) return;
    insertPiece(crew, crew.pricer.place(found.candidate));
  }
}

/** One insertion at prices drawn by chance, where it is worth its wage; false: nothing was. */
export function insertByChance(crew: Crew, chance: Chance): boolean {
  readPrices(crew, chance);
  const found = cheapestCandidate(crew);
  if (found === null || found.cost >= 0) return false;
  insertPiece(crew, crew.pricer.place(found.candidate));
  return true;
}

/** Shifts for hard minimums a day, the cheapest that count. */
export function meetMinimums(crew: Crew): void {
  for (const [limit, { minimum, missingPrice }] of crew.block.limits.entries()) {
    if (missingPrice !== null) continue;
    while (crew.limitCount[limit] < minimum) {
      readPrices(crew, null, limit);
      const found = cheapestCandidate(crew);
      const piece = found === null ? null : crew.pricer.place(found.candidate);
      // No form under the limit is free to come: the rules contradict each other, or the hours are spent.
      if (piece === null || !piece.limits.includes(limit)) break;
      insertPiece(crew, piece);
    }
  }
}

/** Takes out what costs more than it helps. */
export function pruneCrew(crew: Crew): void {
  for (let index = crew.pieces.length - 1; index >= 0; index--) {
    const piece = crew.pieces[index];
    if (!mayLeave(crew, piece)) continue;
    const before = costOf(crew);
    removePieceAt(crew, index);
    if (costOf(crew) > before - 1e-9) insertPiece(crew, piece);
  }
}

/** A move that is known but not made, and what it costs for each paid hour. */
export interface PricedMove {
  readonly costPerHour: number;
  readonly make: () => void;
}

/** The insertion of at most `mostHours` that costs least (gains most) for each paid hour; null: none fits. */
export function cheapestInsertion(crew: Crew, mostHours: number): PricedMove | null {
  const { pricer } = crew;
  readPrices(crew, null);
  let best = -1;
  let costPerHour = Number.POSITIVE_INFINITY;
  for (let candidate = 0; candidate < pricer.count; candidate++) {
    const hours = pricer.paidHours[candidate];
    if (hours > mostHours + 1e-9 || hours <= 0) continue;
    if (pricer.priceAtLeast(candidate) >= costPerHour * hours || !hasRoomFor(crew, candidate)) continue;
    const price = pricer.price(candidate) / hours;
    if (price < costPerHour) {
      costPerHour = price;
      best = candidate;
    }
  }
  return best < 0 ? null : { costPerHour, make: () => insertPiece(crew, pricer.place(best)) };
}

/** The removal that loses least for each paid hour it frees; null: nothing may leave. */
export function cheapestRemoval(crew: Crew): PricedMove | null {
  let costPerHour = Number.POSITIVE_INFINITY;
  let chosen: Piece | null = null;
  for (const piece of [...crew.pieces]) {
    if (!mayLeave(crew, piece)) continue;
    const before = costOf(crew);
    removePieceAt(crew, crew.pieces.indexOf(piece));
    const loss = (costOf(crew) - before) / Math.max(1e-9, piece.paidHours);
    insertPiece(crew, piece);
    if (loss < costPerHour) {
      costPerHour = loss;
      chosen = piece;
    }
  }
  const leaving = chosen;
  if (leaving === null) return null;
  return { costPerHour, make: () => removePieceAt(crew, crew.pieces.indexOf(leaving)) };
}
