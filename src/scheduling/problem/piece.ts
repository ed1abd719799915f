import type { ShiftBlock, ShiftForm } from "./shift-block.ts";

/** A form whose breaks have their times: all that a concrete shift is, on the slot axis. */
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
  let wage = form.extra + pay[start + shape.length] - pay[start];
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

/** What is added or taken out as one: a shift by itself, or one person's tour of several. */
export interface Piece {
  readonly group: number;
  /** Slot at which it first starts. */
  readonly start: number;
  readonly slots: Int32Array;
  readonly wage: number;
  /** Count limits under which its shifts stand, an entry for each shift and limit. */
  readonly limits: readonly number[];
  readonly shifts: readonly PlacedShift[];
  readonly paidHours: number;
  /** Index of the tour rule; null: a shift by itself. */
  readonly tourRule: number | null;
}

/** Placed shifts as one piece: a tour of the rule, or, with null, the one shift by itself. */
export function pieceOf(shifts: readonly PlacedShift[], tourRule: number | null): Piece {
  const [{ form }] = shifts;
  return {
    group: form.group,
    start: form.start,
    slots: Int32Array.from(shifts.flatMap(({ slots }) => [...slots])),
    wage: shifts.reduce((sum, { wage }) => sum + wage, 0),
    limits: shifts.flatMap(({ form }) => form.limits),
    shifts,
    paidHours: shifts.reduce((sum, { form: { shape } }) => sum + shape.paidHours, 0),
    tourRule,
  };
}

export function paidHoursIn(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { paidHours }) => sum + paidHours, 0);
}

/** The free shifts of a block, and what they cost. */
export interface BlockSchedule {
  readonly pieces: readonly Piece[];
  /** Wages, penalties and what is missing at minimums; pinned shifts' wages not counted. */
  readonly cost: number;
}

/** A block with the best shifts there are for it. */
export interface StaffedBlock {
  readonly block: ShiftBlock;
  readonly best: BlockSchedule;
}
