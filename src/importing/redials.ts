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
  const contacts: { caller: number; instant: number; abandoned: boolean; place: Place }[] = [];
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
      contacts.push({ caller: number, instant, abandoned, place });
    },
    count() {
      contacts.sort((a, b) => a.caller - b.caller || a.instant - b.instant);
      for (let at = 1; at < contacts.length; at++) {
        const [before, { caller, instant, place }] = [contacts[at - 1], contacts[at]];
        if (before.caller !== caller || !before.abandoned || instant - before.instant > redialSeconds)
          continue;
        place.cells.redials[place.slot]++;
      }
    },
  };
}
