import type { Place } from "./slot-table.ts";

/** Somebody who gave up and calls again within this time calls about the same thing. */
const redialSeconds = 3600;

/**
 * Finds redials in a log that names its callers: a contact is one when the same caller's contact before it was abandoned
 * no more than an hour earlier. Rows may come in any order.
 */
export function redialCounter(): {
  add(caller: string, instant: number, abandoned: boolean, place: Place): void;
  /** Counts into the places of the contacts that were redials. Call once, when all rows are read. */
  count(): void;
} {
  const numbers = new Map<string, number>();
  // Columns instead of a record per contact: a log may have millions of them.
  const callers: number[] = [];
  const instants: number[] = [];
  const gaveUp: boolean[] = [];
  const cells: Place["cells"][] = [];
  const slots: number[] = [];
  return {
    add(caller, instant, abandoned, place) {
      const name = caller.trim();
      // How logs write "not known".
      if (/^(0*|-|unknown|anonymous|null|n\/a)$/i.test(name)) return;
      let number = numbers.get(name);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(name, number);
      }
      callers.push(number);
      instants.push(instant);
      gaveUp.push(abandoned);
      cells.push(place.cells);
      slots.push(place.slot);
    },
    count() {
      const order = Uint32Array.from(callers.keys());
      order.sort((a, b) => callers[a] - callers[b] || instants[a] - instants[b] || a - b);
      for (let at = 1; at < order.length; at++) {
        const [before, contact] = [order[at - 1], order[at]];
        if (callers[before] !== callers[contact] || !gaveUp[before]) continue;
        if (instants[contact] - instants[before] > redialSeconds) continue;
        cells[contact].redials[slots[contact]]++;
      }
    },
  };
}
