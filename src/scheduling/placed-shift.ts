import { placeBreaks, type SlotBreak } from "./break-placement.ts";
import type { ShiftBlock, ShiftForm, ShiftShape } from "./shift-problem.ts";

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

/** Prices forms: how much the best placement of each costs less its worth. One per search or bound; not shared. */
export interface Pricer {
  /** Takes up prices; the ones given may change until then. */
  read(prices: Prices): void;
  /** Never more than `price` of a form, for a fraction of the effort. */
  atLeast(form: number): number;
  /** Wage less worth of the best placement of a form, whose breaks go to `breakStarts`. Negative: worth having. */
  price(form: number): number;
  readonly breakStarts: Int32Array;
}

/**
 * The breaks' part of a price is a dynamic program. It need not be run for a form that even the cheapest start of each
 * break, taken by itself, leaves too dear: that is read off tables of minima over windows of a power of two.
 */
export function createPricer(block: ShiftBlock): Pricer {
  const { slotCount, groupCount, forms } = block;
  const breakStarts = new Int32Array(forms.reduce((most, { shape }) => Math.max(most, shape.breakCount), 0));
  const looseBreaks = new Map(forms.map(({ shape }) => [shape, loosened(shape)]));
  const lengths = [
    ...new Set([...looseBreaks.values()].flatMap((rules) => rules.map(({ length }) => length))),
  ];
  const widest = Math.max(
    1,
    ...[...looseBreaks.values()].flatMap((rules) => rules.map((r) => r.latest - r.earliest + 1)),
  );
  const levels = 32 - Math.clz32(widest);
  /** Per group, length and level: least worth lost by a break of that length that starts in 2^level slots from here. */
  const tables = Array.from({ length: groupCount }, () =>
    lengths.map(() => Array.from({ length: levels }, () => new Float64Array(slotCount))),
  );
  const fixedWage = Float64Array.from(forms, ({ shape, start }) => {
    const pay = block.pay[shape.template];
    let wage = pay[start + shape.length] - pay[start];
    for (const rule of looseBreaks.get(shape) ?? []) {
      if (rule.paid) continue;
      let most = 0;
      for (let from = start + rule.earliest; from <= start + rule.latest; from++)
        most = Math.max(most, pay[from + rule.length] - pay[from]);
      wage -= most;
    }
    return wage;
  });
  /** Per form, flat: for each break the row of tables, level, and the two window starts that cover its window. */
  const looks = forms.map(({ shape, start }) =>
    Int32Array.from(
      (looseBreaks.get(shape) ?? []).flatMap(({ length, earliest, latest }) => {
        const level = 31 - Math.clz32(latest - earliest + 1);
        return [lengths.indexOf(length), level, start + earliest, start + latest + 1 - (1 << level)];
      }),
    ),
  );
  let current: Prices = { worth: [], limitPrice: new Float64Array(0) };
  const limitPart = (limit: number) => (limit < 0 ? 0 : current.limitPrice[limit]);

  return {
    breakStarts,
    read(prices) {
      current = prices;
      for (let group = 0; group < groupCount; group++) {
        const worth = prices.worth[group];
        for (let row = 0; row < lengths.length; row++) {
          const length = lengths[row];
          const [first, ...others] = tables[group][row];
          for (let slot = 0; slot + length <= slotCount; slot++)
            first[slot] = worth[slot + length] - worth[slot];
          let below = first;
          for (let level = 1; level <= others.length; level++) {
            const table = others[level - 1];
            const half = 1 << (level - 1);
            for (let slot = 0; slot + 2 * half + length <= slotCount + 1; slot++)
              table[slot] = Math.min(below[slot], below[slot + half]);
            below = table;
          }
        }
      }
    },
    atLeast(index) {
      const { shape, start, group, limit } = forms[index];
      const worth = current.worth[group];
      let cost = fixedWage[index] - (worth[start + shape.length] - worth[start]) - limitPart(limit);
      const look = looks[index];
      for (let at = 0; at < look.length; at += 4) {
        const table = tables[group][look[at]][look[at + 1]];

        cost += Math.min(table[look[at + 2]], table[look[at + 3]]);
      }
      return cost;
    },
    price(index) {
      const { shape, start, group, limit } = forms[index];
      const worth = current.worth[group];
      const pay = block.pay[shape.template];
      const end = start + shape.length;
      const bare = pay[end] - pay[start] - (worth[end] - worth[start]);
      return bare + placeBreaks(shape.orders, start, worth, pay, breakStarts) - limitPart(limit);
    },
  };
}

/** Each break with the widest window it has in any order. */
function loosened({ orders }: ShiftShape): SlotBreak[] {
  const widest = new Map<number, SlotBreak>();
  for (const { breaks } of orders) {
    for (const rule of breaks) {
      const known = widest.get(rule.rule) ?? rule;
      widest.set(rule.rule, {
        ...rule,
        earliest: Math.min(known.earliest, rule.earliest),
        latest: Math.max(known.latest, rule.latest),
      });
    }
  }
  return [...widest.values()];
}
