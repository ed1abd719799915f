/**
 * Where the breaks of one shift go: an exact dynamic program over their windows. It is the one place that knows how
 * breaks may lie, for pricing, for rounding, for local search and for re-placing the breaks of a fixed shift, so
 * break placements are never enumerated.
 */

/** A break on the slot axis; positions are slots after the shift's start. */
export interface SlotBreak {
  /** Index in the template's list of breaks. */
  readonly rule: number;
  readonly length: number;
  /** Window of its start that leaves room for the breaks before and after it, both ends allowed. */
  readonly earliest: number;
  readonly latest: number;
  readonly paid: boolean;
}

/** The breaks of a shift of one length in one order. */
export interface BreakOrder {
  readonly breaks: readonly SlotBreak[];
  /** Least slots of work between two breaks. */
  readonly minimumWork: number;
}

/** A break before its window is fitted to its neighbours; in slots. */
export type LooseBreak = SlotBreak;

/**
 * Every order in which the breaks fit into a shift of `length` slots, windows narrowed so that each start in them can
 * be completed. Empty when they do not fit at all; one order without breaks when there are none.
 */
export function breakOrders(
  breaks: readonly LooseBreak[],
  length: number,
  minimumWork: number,
): readonly BreakOrder[] {
  return permutations(breaks)
    .map((order) => narrowed(order, length, minimumWork))
    .filter((order) => order !== null);
}

function narrowed(order: readonly LooseBreak[], length: number, minimumWork: number): BreakOrder | null {
  const earliest: number[] = [];
  const latest: number[] = new Array(order.length);
  let free = minimumWork;
  for (const { earliest: wanted, length: slots } of order) {
    const start = Math.max(wanted, free);
    earliest.push(start);
    free = start + slots + minimumWork;
  }
  let end = length - minimumWork;
  for (let index = order.length - 1; index >= 0; index--) {
    latest[index] = Math.min(order[index].latest, end - order[index].length);
    end = latest[index] - minimumWork;
    if (latest[index] < earliest[index]) return null;
  }
  return {
    minimumWork,
    breaks: order.map((rule, index) => ({ ...rule, earliest: earliest[index], latest: latest[index] })),
  };
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}

/** Room for the tables of one placement: breaks × positions. Grown on demand, reused by every call. */
let choice = new Int32Array(4096);
let layer = new Float64Array(1024);
let nextLayer = new Float64Array(1024);

/**
 * The cheapest placement for a shift that starts at slot `start`.
 *
 * `worth` is a running sum: being at work in slot t is worth worth[t + 1] − worth[t]; `pay` likewise what slot t costs
 * when paid. A break forgoes the worth of its slots, and saves their pay when it is unpaid. Writes the breaks' starts
 * (slots after the shift's start, in the template's order of rules) to `into` and returns what they forgo in all.
 */
export function placeBreaks(
  orders: readonly BreakOrder[],
  start: number,
  worth: Float64Array,
  pay: Float64Array,
  into: Int32Array,
): number {
  let best = Number.POSITIVE_INFINITY;
  for (const order of orders) {
    const cost = placeInOrder(order, start, worth, pay, best, into);
    if (cost < best) best = cost;
  }
  return best;
}

function placeInOrder(
  { breaks, minimumWork }: BreakOrder,
  start: number,
  worth: Float64Array,
  pay: Float64Array,
  toBeat: number,
  into: Int32Array,
): number {
  if (breaks.length === 0) return 0;
  let stride = 1;
  for (const rule of breaks) stride = Math.max(stride, rule.latest - rule.earliest + 1);
  if (layer.length < stride) {
    layer = new Float64Array(stride);
    nextLayer = new Float64Array(stride);
  }
  if (choice.length < stride * breaks.length) choice = new Int32Array(stride * breaks.length);
  for (let index = 0; index < breaks.length; index++) {
    const { earliest, latest, length, paid } = breaks[index];
    const before = index === 0 ? null : breaks[index - 1];
    let cheapest = Number.POSITIVE_INFINITY;
    let cheapestAt = -1;
    let scanned = 0;
    for (let position = earliest; position <= latest; position++) {
      const from = start + position;
      let cost = worth[from + length] - worth[from];
      if (!paid) cost -= pay[from + length] - pay[from];
      if (before !== null) {
        const limit = Math.min(before.latest, position - minimumWork - before.length) - before.earliest;
        for (; scanned <= limit; scanned++) {
          if (layer[scanned] < cheapest) {
            cheapest = layer[scanned];
            cheapestAt = scanned;
          }
        }
        cost += cheapest;
      }
      nextLayer[position - earliest] = cost;
      choice[index * stride + position - earliest] = cheapestAt;
    }
    const swap = layer;
    layer = nextLayer;
    nextLayer = swap;
  }
  const last = breaks[breaks.length - 1];
  let at = 0;
  for (let index = 1; index <= last.latest - last.earliest; index++) if (layer[index] < layer[at]) at = index;
  const total = layer[at];
  if (total >= toBeat) return total;
  for (let index = breaks.length - 1; index >= 0; index--) {
    into[breaks[index].rule] = breaks[index].earliest + at;
    at = choice[index * stride + at];
  }
  return total;
}
