import { placeBreaks, type SlotBreak } from "./break-placement.ts";
import { type Piece, type PlacedShift, pieceOf, placeShift } from "./piece.ts";
import type { ShiftBlock, ShiftForm, ShiftShape, TourKind } from "./shift-block.ts";

/** What one agent more is worth, from the bound's linear program or from the shifts there are. */
export interface Prices {
  /** Per group: running sum over slots of what one agent of it more at work is worth. */
  readonly worth: readonly Float64Array[];
  /** What a shift under a count limit is worth beyond that; negative: what it costs. */
  readonly limitPrice: Float64Array;
}

/**
 * Pricing of candidates (the subproblem of column generation): what the best placement of each costs less its worth.
 * A candidate is a form that may stand by itself, or a kind of tour: rule, group, shape and band of starts. A pricer
 * belongs to one search or bound; it is not shared.
 */
export interface Pricer {
  readonly count: number;
  /** Paid hours of each candidate, wherever its breaks go; of a tour no fewer than it has. */
  readonly paidHours: Float64Array;
  /**
   * Of each candidate, the limits in which it counts several times, and how often at most: such a limit may have room,
   * but too little. In all others it counts once.
   */
  readonly repeats: readonly (readonly { readonly limit: number; readonly times: number }[])[];
  /** Takes the prices that all further calls go by. */
  read(prices: Prices): void;
  /** Never more than `price`, for a fraction of the effort. */
  priceAtLeast(candidate: number): number;
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
  const looseBreaks = new Map(forms.map(({ shape }) => [shape, widestWindows(shape)]));
  const lengths = [
    ...new Set([...looseBreaks.values()].flatMap((rules) => rules.map(({ length }) => length))),
  ];
  const widest = Math.max(
    1,
    ...[...looseBreaks.values()].flatMap((rules) => rules.map((r) => r.latest - r.earliest + 1)),
  );
  const levels = 32 - Math.clz32(widest);
  /** Per group, break length and level: least worth lost by a break that starts within 2^level slots from here. */
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
  const worthOfLimits = ({ limits }: ShiftForm) => {
    let sum = 0;
    for (let index = 0; index < limits.length; index++) sum += current.limitPrice[limits[index]];
    return sum;
  };

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
    priceAtLeast(index: number) {
      const { shape, start, group } = forms[index];
      const worth = current.worth[group];
      let cost =
        fixedWage[index] - (worth[start + shape.length] - worth[start]) - worthOfLimits(forms[index]);
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
      return bare + placeBreaks(shape.orders, start, worth, pay, breakStarts) - worthOfLimits(forms[index]);
    },
  };
}

/** Each break with the widest window it has in any order. */
function widestWindows({ orders }: ShiftShape): SlotBreak[] {
  const widest = new Map<number, SlotBreak>();
  for (const { breaks } of orders) {
    for (const rule of breaks) {
      const before = widest.get(rule.rule) ?? rule;
      widest.set(rule.rule, {
        ...rule,
        earliest: Math.min(before.earliest, rule.earliest),
        latest: Math.max(before.latest, rule.latest),
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
  /** Prices of forms that tours ask for, computed once per reading of prices; `pricedAt` is that reading's number. */
  const priceOfForm = new Float64Array(forms.length);
  const pricedAt = new Int32Array(forms.length);
  let reading = 0;
  const formPrice = (form: number) => {
    if (pricedAt[form] !== reading) {
      pricedAt[form] = reading;
      priceOfForm[form] = byForm.price(form);
    }
    return priceOfForm[form];
  };
  const longest = tours.reduce((most, { formsByDay }) => Math.max(most, formsByDay.length), 0);
  const dayCost = new Float64Array(longest);
  const dayForm = new Int32Array(longest);
  const chosenDays: number[] = [];

  /** Cheapest shift of a day, noted in `dayForm`; not `exact`: a price it cannot be below. */
  function priceOfDay(tour: TourKind, day: number, exact: boolean): number {
    let best = Number.POSITIVE_INFINITY;
    for (const form of tour.formsByDay[day]) {
      const least = byForm.priceAtLeast(form);
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

  // Only what people can work is counted in weights, or over several days.
  const repeats = block.limits.some(({ template }) => template === null)
    ? [
        ...Array.from(single, (form) => repeatsOf([forms[form].limits])),
        ...tours.map(({ formsByDay }) =>
          repeatsOf(formsByDay.map((ofDay) => mostUnderLimits([...ofDay].map((form) => forms[form].limits)))),
        ),
      ]
    : Array.from({ length: single.length + tours.length }, () => noRepeats);

  return {
    count: single.length + tours.length,
    paidHours: Float64Array.from([
      ...Array.from(single, (form) => forms[form].shape.paidHours),
      ...tours.map(({ formsByDay, patterns }) => {
        const hours = formsByDay.flatMap((ofDay) => Array.from(ofDay, (form) => forms[form].shape.paidHours));
        return Math.max(0, ...hours) * (patterns[0]?.length ?? 0);
      }),
    ]),
    repeats,
    read(prices) {
      reading++;
      byForm.read(prices);
    },
    priceAtLeast: (candidate) =>
      candidate < single.length
        ? byForm.priceAtLeast(single[candidate])
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
      if (candidate < single.length) return pieceOf([placed(single[candidate])], null);
      const tour = tours[candidate - single.length];
      priceTour(tour, true);
      return pieceOf(
        chosenDays.map((day) => placed(dayForm[day])),
        tour.rule,
      );
    },
  };
}

const noRepeats: Pricer["repeats"][number] = [];

/** Limits that stand more than once in these lists together. */
function repeatsOf(lists: readonly (readonly number[])[]): { limit: number; times: number }[] {
  const all = lists.flat();
  return [...new Set(all)].flatMap((limit) => {
    const times = all.filter((other) => other === limit).length;
    return times > 1 ? [{ limit, times }] : [];
  });
}

/** Each limit as often as it stands in that list in which it stands most often. */
function mostUnderLimits(lists: readonly (readonly number[])[]): number[] {
  return [...new Set(lists.flat())].flatMap((limit) =>
    Array<number>(Math.max(...lists.map((list) => list.filter((other) => other === limit).length))).fill(
      limit,
    ),
  );
}
