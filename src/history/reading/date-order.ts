import { clockReader, type DateForm, type DateOrder } from "../../files/clock-cells.ts";

/** Order of the parts of dates, and how sure it is. `open`: two orders make as much sense as each other. */
export interface DateOrderReading {
  readonly order: DateOrder;
  /** `proven`: only this order reads all dates, or all orders read them alike. */
  readonly certainty: "proven" | "likely" | "open";
  /** The order that might be meant instead; null when proven. */
  readonly other: DateOrder | null;
}

interface Try {
  readonly order: DateOrder;
  readonly read: number;
  /** Days in the order of the rows. */
  readonly days: readonly number[];
  /** Different days per day between the first and the last. */
  readonly density: number;
  /** Days gone to and fro, row by row. */
  readonly travelled: number;
  /** All on the first of a month, in three months or more. */
  readonly monthly: boolean;
}

/**
 * Order of dates written in numbers, from all that are given: the one in which most of them exist; of equals the one in
 * which they lie densest in the calendar (a year first and of two digits makes twenty years out of twenty days), and then
 * the one with the shorter walk from row to row.
 *
 * @param year of dates that are written without one
 */
export function recogniseDateOrder(
  texts: readonly string[],
  form: DateForm,
  year?: number,
): DateOrderReading {
  const proven = (order: DateOrder): DateOrderReading => ({ order, certainty: "proven", other: null });
  if (form !== "written") return proven("ymd");
  const tries = (["dmy", "mdy", "ymd"] as const).map((order) => tryOrder(texts, order, year));
  const most = Math.max(...tries.map(({ read }) => read));
  const full = tries.filter(({ read }) => read === most);
  const days = (one: Try) => [...new Set(one.days)].sort((a, b) => a - b).join();
  if (most === 0 || full.every((one) => days(one) === days(full[0])))
    return proven(full.at(-1)?.order ?? "ymd");
  full.sort((a, b) => b.density - a.density || a.travelled - b.travelled);
  const [best, next] = full;
  if (next === undefined) {
    // Dates of which some exist in one order only and some in another: said by the rows that are refused.
    return proven(best.order);
  }
  const monthsOrDays = best.monthly !== next.monthly;
  const denser = best.density >= next.density * 2;
  const shorter = best.density >= next.density && best.travelled * 2 < next.travelled;
  const certainty = !monthsOrDays && (denser || shorter) ? "likely" : "open";
  return { order: best.order, certainty, other: next.order };
}

/** Whether a date can be read in one order only, year first or with its month in words: what spreadsheets make of dates. */
export function isExplicitDate(text: string): boolean {
  return /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}[-\s.]+\p{L}{3,}/u.test(text.trim());
}

/**
 * Whether a spreadsheet of the other order of dates has been at a column: it takes those up to the 12th for dates, with day
 * and month exchanged, and leaves the others as text. `swapped`: so exchanged, the days lie together; as they are, they
 * are scattered over the year. `open`: neither is much denser than the other.
 */
export function recogniseSwap(texts: readonly string[], order: DateOrder): "none" | "swapped" | "open" {
  const explicit = texts.filter(isExplicitDate);
  if (explicit.length === texts.length) return "none";
  if (explicit.length === 0) return recogniseSwapOfOneForm(texts, order);
  const days = (list: readonly string[], swapped: boolean) => {
    const read = clockReader({ order, swapped });
    return list.flatMap((text) => read(text, null)?.day ?? []);
  };
  const others = days(
    texts.filter((text) => !isExplicitDate(text)),
    false,
  );
  const asWritten = days(explicit, false);
  const exchanged = days(explicit, true);
  if (others.length === 0 || exchanged.length < asWritten.length) return "none";
  const [plain, other] = [asWritten, exchanged].map((list) => densityOf([...list, ...others]));
  if (plain >= other * 2) return "none";
  if (other >= plain * 2) return "swapped";
  return plain === other && new Set(asWritten.concat(exchanged)).size === new Set(asWritten).size
    ? "none"
    : "open";
}

/** Whether day and month may change places in a date of numbers alone: `5/6/2025`, but not `13/6/2025` or `5/5/2025`. */
export function isExchangeable(text: string): boolean {
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-]/.exec(text.trim());
  return parts !== null && +parts[1] <= 12 && +parts[2] <= 12 && +parts[1] !== +parts[2];
}

/**
 * The same where all dates have come out in one form: those up to the 12th were exchanged, and the others, that gave no date
 * of the other order, were not.
 */
function recogniseSwapOfOneForm(texts: readonly string[], order: DateOrder): "none" | "swapped" {
  const certain = texts.filter((text) => !isExchangeable(text));
  if (order === "ymd" || certain.length === 0 || certain.length === texts.length) return "none";
  const [plain, other] = [false, "sameForm" as const].map((swapped) => {
    const read = clockReader({ order, swapped });
    return texts.flatMap((text) => read(text, null)?.day ?? []);
  });
  return other.length === plain.length && densityOf(other) >= densityOf(plain) * 2 ? "swapped" : "none";
}

/** Different days per day between the first and the last. */
function densityOf(days: readonly number[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
  return new Set(days).size / (last - first + 1);
}

function tryOrder(texts: readonly string[], order: DateOrder, year: number | undefined): Try {
  const read = clockReader(year === undefined ? order : { order, year });
  const days: number[] = [];
  for (const text of texts) {
    const reading = read(text, null);
    if (reading !== null) days.push(reading.day);
  }
  const distinct = new Set(days);
  let [first, last, travelled] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [at, day] of days.entries()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
    if (at > 0) travelled += Math.abs(day - days[at - 1]);
  }
  const months = new Set([...distinct].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 7)));
  const firsts = [...distinct].every((day) => new Date(day * 86_400_000).getUTCDate() === 1);
  return {
    order,
    read: days.length,
    days,
    density: days.length === 0 ? 0 : distinct.size / (last - first + 1),
    travelled,
    monthly: firsts && months.size > 2,
  };
}
