import { type DecimalMark, type DurationUnit, parseDuration, parseNumber } from "../../files/cell-values.ts";
import { plausibleSeconds } from "./decimal-mark.ts";
import type { ColumnUse, HistoryMapping } from "./layouts.ts";

/** A column of handle times whose mean is none, in seconds, and the units in which it would be one. */
export interface UnitDoubt {
  readonly column: ColumnUse;
  readonly meanSeconds: number;
  readonly example: string;
  /** Likeliest first. */
  readonly units: readonly DurationUnit[];
}

const perContact = ["ahtSeconds", "talkSeconds", "handleTotalSeconds", "talkTotalSeconds"];

/**
 * The first column of handle times whose mean is impossible: below 15 seconds or above four hours a contact. Totals are
 * divided by the contacts handled.
 */
export function doubtfulUnit(
  columns: readonly ColumnUse[],
  rows: readonly (readonly string[])[],
  rowKind: HistoryMapping["rows"],
  decimal: DecimalMark,
): UnitDoubt | null {
  const count = columns.findIndex(({ role }) => role === "handled");
  const counted = count >= 0 ? count : columns.findIndex(({ role }) => role === "offered");
  for (const [index, column] of columns.entries()) {
    if (!perContact.includes(column.role)) continue;
    const isTotal = column.role.includes("Total") && rowKind !== "contact";
    let [seconds, contacts, example] = [0, 0, ""];
    let zeroSeconds = true;
    for (const cells of rows) {
      const text = (cells[index] ?? "").trim();
      const value = text === "" ? null : parseDuration(text, decimal, column.unit);
      const handled = isTotal ? (parseNumber((cells[counted] ?? "").trim(), decimal) ?? 0) : 1;
      if (value === null || !(value > 0) || handled === 0) continue;
      seconds += value;
      contacts += handled;
      if (example === "") example = text;
      if (!/^\d+:\d{2}:00$/.test(text)) zeroSeconds = false;
    }
    if (contacts === 0) continue;
    const mean = seconds / contacts;
    const doubt = { column, meanSeconds: mean, example };
    if (zeroSeconds && mean > 3600) return { ...doubt, units: ["minutesAsHours", "seconds"] };
    if (mean >= plausibleSeconds.least && mean <= plausibleSeconds.most) continue;
    // The same numbers as if they counted seconds, and then in other units.
    const bare = mean / (parseDuration("1", ".", column.unit) ?? 1);
    const others = (["seconds", "minutes", "milliseconds", "days", "hours"] as const).filter((unit) => {
      const inUnit = bare * (parseDuration("1", ".", unit) ?? 1);
      return inUnit >= plausibleSeconds.least && inUnit <= plausibleSeconds.most;
    });
    return { ...doubt, units: [...others, column.unit ?? "seconds"] };
  }
  return null;
}

/**
 * Whether figures named like a mean are totals of their rows: they grow with the contacts handled, and make a steadier
 * handle time when divided by them.
 */
export function areTotals(values: readonly (number | null)[], contacts: readonly (number | null)[]): boolean {
  const pairs = values.flatMap((value, at) => {
    const count = contacts[at];
    return value === null || count === null || !(value > 0) || !(count > 0) ? [] : [[value, count] as const];
  });
  if (pairs.length < 8) return false;
  const spread = (list: readonly number[]) => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length) / mean;
  };
  const means = pairs.map(([value, count]) => value / count);
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const counts = spread(pairs.map(([, count]) => count));
  return (
    counts > 0.2 &&
    mean >= plausibleSeconds.least &&
    spread(means) * 2 < spread(pairs.map(([value]) => value))
  );
}
