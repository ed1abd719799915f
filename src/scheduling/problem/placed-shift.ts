import { placeBreaks, type SlotBreak } from "./break-placement.ts";
import type { ShiftBlock, ShiftForm, ShiftShape, TourKind } from "./shift-block.ts";

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

/** What is put on the floor or taken off as one: a shift, or one person's tour of several. */
export interface Piece {
  readonly group: number;
  /** Slot at which it first starts. */
  readonly start: number;
  readonly slots: Int32Array;
  readonly wage: number;
  /** Count limits under which its shifts stand, an entry for each shift and limit. */
  readonly limits: readonly number[];
  readonly shifts: readonly PlacedShift[];
  /** Paid hours. */
  readonly hours: number;
  /** Index of the tour rule, or −1 for a shift by itself. */
  readonly rule: number;
}

/** Count limits under which a shift of the form stands. */
export function limitsOf({ limit, keep }: ShiftForm): number[] {
  return [limit, keep].filter((index) => index >= 0);
}

export function pieceOf(shifts: readonly PlacedShift[], rule: number): Piece {
  const [{ form }] = shifts;
  return {
    group: form.group,
    start: form.start,
    slots: Int32Array.from(shifts.flatMap(({ slots }) => [...slots])),
    wage: shifts.reduce((sum, { wage }) => sum + wage, 0),
    limits: shifts.flatMap(({ form }) => limitsOf(form)),
    shifts,
    hours: shifts.reduce((sum, { form: { shape } }) => sum + shape.paidHours, 0),
    rule,
  };
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

/**
 * Prices candidates: what the best placement of each costs less its worth. A candidate is a form that may stand by
 * itself, or a kind of tour: rule, group, shape and band of starts. One per search or bound; not shared.
 */
export interface Pricer {
  readonly count: number;
  /** Paid hours of each candidate, wherever its breaks go. */
  readonly hours: Float64Array;
  /** Takes up prices. */
  read(prices: Prices): void;
  /** Never more than `price`, for a fraction of the effort. */
  atLeast(candidate: number): number;
  /** Wage less worth of the candidate's best placement. Negative: worth having. Infinite: there is none. */
  price(candidate: number): number;
  /** That placement. */
  place(candidate: number): Piece;
  /** The same of the best single shift that a kind of tour may hold on one of its days. */
  priceDay(tour: TourKind, day: number): number;
  placeDay(tour: TourKind, day: number): PlacedShift;
}

/**
 * The breaks' part of a price is a dynamic program. It need not be run for a form that even the cheapest start of each
 * break, taken by itself, leaves too dear: that is read off tables of minima over windows of a power of two.
 */
function createFormPricer(block: ShiftBlock) {
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
  const fixedWage = Float64Array.from(forms, ({ shape, start, extra }) => {
    const pay = block.pay[shape.template];
    let wage = extra + pay[start + shape.length] - pay[start];
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
  const limitPart = ({ limit, keep }: ShiftForm) =>
    (limit < 0 ? 0 : current.limitPrice[limit]) + (keep < 0 ? 0 : current.limitPrice[keep]);

  return {
    breakStarts,
    read(prices: Prices) {
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
    atLeast(index: number) {
      const { shape, start, group } = forms[index];
      const worth = current.worth[group];
      let cost = fixedWage[index] - (worth[start + shape.length] - worth[start]) - limitPart(forms[index]);
      const look = looks[index];
      for (let at = 0; at < look.length; at += 4) {
        const table = tables[group][look[at]][look[at + 1]];

        cost += Math.min(table[look[at + 2]], table[look[at + 3]]);
      }
      return cost;
    },
    price(index: number) {
      const { shape, start, group, extra } = forms[index];
      const worth = current.worth[group];
      const pay = block.pay[shape.template];
      const end = start + shape.length;
      const bare = extra + pay[end] - pay[start] - (worth[end] - worth[start]);
      return bare + placeBreaks(shape.orders, start, worth, pay, breakStarts) - limitPart(forms[index]);
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

export function createPricer(block: ShiftBlock): Pricer {
  const { forms, tours } = block;
  const single = Int32Array.from(
    forms.flatMap(({ shape }, index) => (block.inTours[shape.template] === 1 ? [] : [index])),
  );
  const byForm = createFormPricer(block);
  /** Prices of forms that tours ask for, computed once per reading; `stamp` says by which. */
  const known = new Float64Array(forms.length);
  const stamp = new Int32Array(forms.length);
  let reading = 0;
  const formPrice = (form: number) => {
    if (stamp[form] !== reading) {
      stamp[form] = reading;
      known[form] = byForm.price(form);
    }
    return known[form];
  };
  const longest = tours.reduce((most, { formsByDay }) => Math.max(most, formsByDay.length), 0);
  const dayCost = new Float64Array(longest);
  const dayForm = new Int32Array(longest);
  const chosenDays: number[] = [];

  /** Cheapest shift of a day, noted in `dayForm`; not `exact`: a price it cannot be below. */
  function priceOfDay(tour: TourKind, day: number, exact: boolean): number {
    let best = Number.POSITIVE_INFINITY;
    for (const form of tour.formsByDay[day]) {
      const least = byForm.atLeast(form);
      if (least >= best) continue;
      const cost = exact ? formPrice(form) : least;
      if (cost < best) {
        best = cost;
        dayForm[day] = form;
      }
    }
    return best;
  }

  /** Cheapest days of a tour; with `exact` their forms are noted in `dayForm` and `chosenDays`. */
  function priceTour(tour: TourKind, exact: boolean): number {
    for (let day = 0; day < tour.formsByDay.length; day++) dayCost[day] = priceOfDay(tour, day, exact);
    let cheapest = Number.POSITIVE_INFINITY;
    let pattern: readonly number[] | null = null;
    for (const days of tour.patterns) {
      let cost = 0;
      for (const day of days) cost += dayCost[day];
      if (cost < cheapest) {
        cheapest = cost;
        pattern = days;
      }
    }
    if (exact) {
      chosenDays.length = 0;
      if (pattern !== null) chosenDays.push(...pattern);
    }
    return cheapest;
  }

  function placed(form: number): PlacedShift {
    byForm.price(form);
    return placeShift(block, forms[form], byForm.breakStarts);
  }

  return {
    count: single.length + tours.length,
    hours: Float64Array.from([
      ...Array.from(single, (form) => forms[form].shape.paidHours),
      ...tours.map(({ formsByDay, patterns }) => {
        const day = formsByDay.find(({ length }) => length > 0);
        return day === undefined ? 0 : forms[day[0]].shape.paidHours * (patterns[0]?.length ?? 0);
      }),
    ]),
    read(prices) {
      reading++;
      byForm.read(prices);
    },
    atLeast: (candidate) =>
      candidate < single.length
        ? byForm.atLeast(single[candidate])
        : priceTour(tours[candidate - single.length], false),
    price: (candidate) =>
      candidate < single.length
        ? byForm.price(single[candidate])
        : priceTour(tours[candidate - single.length], true),
    priceDay: (tour, day) => priceOfDay(tour, day, true),
    placeDay(tour, day) {
      priceOfDay(tour, day, true);
      return placed(dayForm[day]);
    },
    place(candidate) {
      if (candidate < single.length) return pieceOf([placed(single[candidate])], -1);
      const tour = tours[candidate - single.length];
      priceTour(tour, true);
      return pieceOf(
        chosenDays.map((day) => placed(dayForm[day])),
        tour.rule,
      );
    },
  };
}
