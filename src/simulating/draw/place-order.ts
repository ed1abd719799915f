/** The contacts of one interval before they are put in order, each with its place in the interval: 0 start, 1 end. */
export interface PlaceOrder {
  places: Float64Array;
  /** Contact with each rank, earliest first, and rank of each contact. */
  order: Int32Array;
  ranks: Int32Array;
  /** Room for at least so many places; those there are stay. */
  makeRoom(size: number): void;
  /** Puts the first `count` places in order; at the same place by number. */
  rank(count: number): void;
}

export function createPlaceOrder(): PlaceOrder {
  let buckets = new Int32Array(1);
  const result: PlaceOrder = {
    places: new Float64Array(0),
    order: new Int32Array(0),
    ranks: new Int32Array(0),
    makeRoom(size) {
      if (size <= result.places.length) return;
      const { places } = result;
      result.places = new Float64Array(2 * size);
      result.places.set(places);
      result.order = new Int32Array(2 * size);
      result.ranks = new Int32Array(2 * size);
      buckets = new Int32Array(2 * size + 1);
    },
    rank(count) {
      rankPlaces(count, result.places, result.order, result.ranks, buckets);
    },
  };
  return result;
}

/** One bucket per contact, then insertion: places are uniform, so that each bucket holds about one. */
function rankPlaces(
  count: number,
  places: Float64Array,
  order: Int32Array,
  ranks: Int32Array,
  buckets: Int32Array,
): void {
  buckets.fill(0, 0, count + 1);
  for (let k = 0; k < count; k++) buckets[((places[k] * count) | 0) + 1]++;
  for (let k = 0; k < count; k++) buckets[k + 1] += buckets[k];
  for (let k = 0; k < count; k++) order[buckets[(places[k] * count) | 0]++] = k;
  ranks[order[0]] = 0;
  for (let k = 1; k < count; k++) {
    const moved = order[k];
    const place = places[moved];
    let at = k;
    while (at > 0 && places[order[at - 1]] > place) {
      order[at] = order[at - 1];
      ranks[order[at]] = at;
      at--;
    }
    order[at] = moved;
    ranks[moved] = at;
  }
}
