import { placeBreaks } from "./break-placement.ts";
import type { ShiftBlock, ShiftForm } from "./shift-problem.ts";

/** A form with its breaks put somewhere: all that a concrete shift is, on the slot axis. */
export interface PlacedShift {
  readonly form: ShiftForm;
  /** Start of each break, slots after the shift's start, in the template's order. */
  readonly breakStarts: Int32Array;
  /** Slots of the block at which it is at work. */
  readonly slots: Int32Array;
  readonly wage: number;
}

export function placeShift(block: ShiftBlock, form: ShiftForm, breakStarts: Int32Array): PlacedShift {
  const { shape, start } = form;
  const pay = block.pay[shape.template];
  const atWork = new Uint8Array(shape.length).fill(1);
  let wage = pay[start + shape.length] - pay[start];
  let breakSlots = 0;
  for (const rule of shape.orders[0].breaks) {
    const from = breakStarts[rule.rule];
    atWork.fill(0, from, from + rule.length);
    breakSlots += rule.length;
    if (!rule.paid) wage -= pay[start + from + rule.length] - pay[start + from];
  }
  const slots = new Int32Array(shape.length - breakSlots);
  let next = 0;
  for (let slot = 0; slot < shape.length; slot++) if (atWork[slot] === 1) slots[next++] = start + slot;
  return { form, breakStarts: breakStarts.slice(), slots, wage };
}

/**
 * The shifts that pay best at given prices.
 *
 * `worth[group]` is a running sum over slots of what one agent of the group more at work is worth; `limitPrice` what a
 * shift under a count limit is worth beyond that (negative: costs).
 */
export interface Prices {
  readonly worth: readonly Float64Array[];
  readonly limitPrice: Float64Array;
}

/** Wage less worth of the best placement of `form`, whose breaks go to `into`. Negative: it is worth having. */
export function reducedCost(block: ShiftBlock, form: ShiftForm, prices: Prices, into: Int32Array): number {
  const { shape, start, group, limit } = form;
  const worth = prices.worth[group];
  const pay = block.pay[shape.template];
  const end = start + shape.length;
  const bare = pay[end] - pay[start] - (worth[end] - worth[start]);
  const breaks = placeBreaks(shape.orders, start, worth, pay, into);
  return bare + breaks - (limit < 0 ? 0 : prices.limitPrice[limit]);
}

/** Room for the break starts of any shift of the block. */
export function breakBuffer(block: ShiftBlock): Int32Array {
  return new Int32Array(block.forms.reduce((most, { shape }) => Math.max(most, shape.breakCount), 0));
}
