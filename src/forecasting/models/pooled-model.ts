import { pow } from "../../numerics/elementary.ts";
import type { DayTable } from "./day-table.ts";

/** A queue with fewer contacts in its mean open slot is thin. */
const thinBelow = 5;

/** Mean contacts of the slots seen; 0 where none was. */
export function meanOfSlot({ counts, seen }: DayTable): number {
  let sum = 0;
  let slots = 0;
  for (let cell = 0; cell < seen.length; cell++) {
    if (seen[cell] === 0) continue;
    sum += counts[cell];
    slots++;
  }
  return slots > 0 ? sum / slots : 0;
}

/**
 * Whether single slots say so little that a queue has to be looked at over wider stretches of time: the median of such
 * counts is far below their mean, and so is whatever has the least absolute error on them.
 */
export function isThin(table: DayTable): boolean {
  return meanOfSlot(table) < thinBelow;
}

/** Days after which a past day weighs half: in the shape of day and week, and at least in the level. */
const halfLifeDays = { shape: 56, leastOfLevel: 14 } as const;
/** The level looks back until it has about so many contacts, so that it follows a change as soon as chance allows. */
const contactsForLevel = 600;
/** Contacts at which a stretch of the day, or a weekday, has as much say in its share as the even spread has. */
const contactsForHalf = { stretch: 20, weekday: 10 } as const;

/**
 * Contacts of a thin queue: level × weekday × time of day, from sums of counts, which keep what came however few there
 * were (logarithms, roots and medians do not).
 *
 * The day is halved again and again down to single slots. Each half gets its share of the contacts, drawn toward its share
 * of the open time, the more so the fewer contacts and the shorter the stretch: where there are many, slots differ; where
 * there are few, they are pooled into hours or half days (a Pólya tree). Weekdays share the shape of the day. In both, days
 * weigh half after eight weeks; in the level sooner, down to two, where contacts are many.
 *
 * @returns weekday (1 to 7) × slot
 */
export function pooledWeek(table: DayTable): Float64Array {
  const { slotCount } = table;
  const contacts = new Float64Array(8 * slotCount);
  const exposure = new Float64Array(8 * slotCount);
  const keep = pow(0.5, 1 / halfLifeDays.shape);
  for (let day = 0; day < table.dayCount; day++) {
    const weight = pow(keep, table.dayCount - 1 - day);
    for (let slot = 0; slot < slotCount; slot++) {
      if (table.seen[day * slotCount + slot] === 0) continue;
      const cell = table.weekdays[day] * slotCount + slot;
      contacts[cell] += weight * table.counts[day * slotCount + slot];
      exposure[cell] += weight;
    }
  }
  const shape = dayShape(contacts, exposure, slotCount);
  const came = new Float64Array(8);
  const expected = new Float64Array(8);
  for (let cell = slotCount; cell < contacts.length; cell++) {
    const weekday = Math.floor(cell / slotCount);
    came[weekday] += contacts[cell];
    expected[weekday] += exposure[cell] * shape[cell % slotCount];
  }
  const half = contactsForHalf.weekday;
  const factors = came.map((sum, weekday) => (sum + half) / (expected[weekday] + half));
  const rates = Float64Array.from(contacts, (_, cell) =>
    exposure[cell] > 0 ? factors[Math.floor(cell / slotCount)] * shape[cell % slotCount] : 0,
  );
  const level = levelOf(table, rates);
  return rates.map((rate) => level * rate);
}

/** What came lately, as a multiple of some rates per weekday and slot. */
function levelOf(table: DayTable, rates: Float64Array): number {
  const { slotCount, dayCount } = table;
  const perDay = sumOf(table.counts) / dayCount;
  const halfLife = Math.min(
    halfLifeDays.shape,
    Math.max(halfLifeDays.leastOfLevel, contactsForLevel / Math.max(1e-9, perDay)),
  );
  const keep = pow(0.5, 1 / halfLife);
  let came = 0;
  let fitted = 0;
  for (let day = 0; day < dayCount; day++) {
    const weight = pow(keep, dayCount - 1 - day);
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      if (table.seen[cell] === 0) continue;
      came += weight * table.counts[cell];
      fitted += weight * rates[table.weekdays[day] * slotCount + slot];
    }
  }
  return fitted > 0 ? came / fitted : 0;
}

/** Contacts per slot of a day that is like the mean of all weekdays. */
function dayShape(contacts: Float64Array, exposure: Float64Array, slotCount: number): Float64Array {
  const came = new Float64Array(slotCount);
  const open = new Float64Array(slotCount);
  for (let cell = slotCount; cell < contacts.length; cell++) {
    came[cell % slotCount] += contacts[cell];
    open[cell % slotCount] += exposure[cell];
  }
  const shape = new Float64Array(slotCount);
  const spread = (first: number, end: number, sum: number, depth: number): void => {
    const time = sumOf(open.subarray(first, end));
    if (time === 0) return;
    if (end - first === 1) {
      shape[first] = sum / time;
      return;
    }
    const middle = (first + end) >> 1;
    const earlier = sumOf(came.subarray(first, middle));
    const both = earlier + sumOf(came.subarray(middle, end));
    const even = sumOf(open.subarray(first, middle)) / time;
    const half = contactsForHalf.stretch * (depth + 1);
    const share = even === 0 || even === 1 ? even : (earlier + half * even) / (both + half);
    spread(first, middle, sum * share, depth + 1);
    spread(middle, end, sum * (1 - share), depth + 1);
  };
  const first = open.findIndex((time) => time > 0);
  if (first >= 0) spread(first, open.findLastIndex((time) => time > 0) + 1, sumOf(came), 0);
  return shape;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
