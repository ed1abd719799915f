import { dateOfEpochDay, type LocalDate } from "../domain/calendar/clock.ts";
import { dateOrders, type SkillLevel } from "../domain/plan/people-list.ts";
import { foldedText } from "./calendar-words.ts";
import { type DateOrder, parseDate } from "./clock-cells.ts";

/** Day 0 of spreadsheets' count, 1899-12-30, before 1970-01-01. */
const serialDayZero = 25_569;
const longestLeaveDays = 400;

/** The date of a cell, without a time of day behind it; a number of five figures counts days as spreadsheets do. */
export function dateOfCell(text: string, order: DateOrder): LocalDate | null {
  const bare = text.trim().replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]m|Z)?$/i, "");
  if (/^[2-7]\d{4}(\.0*)?$/.test(bare)) return dateOfEpochDay(Math.trunc(Number(bare)) - serialDayZero);
  const day = parseDate(bare, order);
  return day === null ? null : dateOfEpochDay(day);
}

/** A stretch of dates, both ends in it. */
interface DateRange {
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/**
 * Days of leave in a cell: dates and stretches of dates, after one another: `2026-11-02 – 2026-11-06; 9.11.2026`. null
 * where it cannot be read, runs backwards or is longer than 400 days.
 */
export function leaveOfCell(text: string, order: DateOrder): LocalDate[] | null {
  const days = new Set<LocalDate>();
  for (const range of rangesOf(text, order)) {
    const stretch = range === null ? null : daysOf(range.from, range.to);
    if (stretch === null) return null;
    for (const day of stretch) days.add(day);
  }
  return [...days].sort();
}

/** The days from one date to another; null where they run backwards or are too many. */
export function daysOf(from: LocalDate, to: LocalDate): LocalDate[] | null {
  const [first, last] = [from, to].map((date) => Date.parse(date) / 86_400_000);
  if (last < first || last - first >= longestLeaveDays) return null;
  return Array.from({ length: last - first + 1 }, (_, at) => dateOfEpochDay(first + at));
}

/** A comma may stand within a date as well as between two. */
function rangesOf(text: string, order: DateOrder): (DateRange | null)[] {
  return partsOf(text).flatMap((part) => {
    const range = rangeOfPart(part, order);
    return range === null && part.includes(",")
      ? part
          .split(",")
          .filter((one) => one.trim() !== "")
          .map((one) => rangeOfPart(one, order))
      : [range];
  });
}

function partsOf(text: string): string[] {
  return text.split(/[;|\n，；、]/).filter((part) => part.trim() !== "");
}

function rangeOfPart(part: string, order: DateOrder): DateRange | null {
  for (const texts of readingsOf(part)) {
    const [from, to = from] = texts.map((end) => dateOfCell(end, order));
    if (from && to) return { from, to };
  }
  return null;
}

/** What stands between two dates beyond doubt, and what may stand within one as well. */
const between = /\s+(?:-|to|until|bis|au|al|a|até|tot|do)\s+|[–—~～至]|\.\.+|->/i;
const within = [/\//, /-/];

/** A part of a cell as one date or as the two ends of a stretch, the likelier first. */
function readingsOf(part: string): (readonly string[])[] {
  const ends = part.split(between);
  if (ends.length === 2) return [ends];
  return [[part], ...within.map((separator) => part.split(separator)).filter(({ length }) => length === 2)];
}

/** Order of the parts of dates; `open`: another order makes as much sense, and somebody has to say which is meant. */
export interface PeopleDateOrder {
  readonly order: DateOrder;
  readonly other: DateOrder | null;
  /** A date that is another one in the other order. */
  readonly example: string | null;
}

/**
 * The order in which most dates of a list exist. Days of joining lie anywhere in the calendar, so that of two orders in
 * which all of them exist none is likelier.
 */
export function dateOrderOf(texts: readonly string[]): PeopleDateOrder {
  const single = [...new Set(texts)].flatMap((text) =>
    partsOf(text).flatMap((part) => readingsOf(part).flat()),
  );
  const tries = (["dmy", "mdy", "ymd"] as const).map((order) => ({
    order,
    read: single.filter((text) => dateOfCell(text, order) !== null).length,
  }));
  const most = Math.max(...tries.map(({ read }) => read));
  const [best, next] = tries.filter(({ read }) => read === most).map(({ order }) => order);
  if (most === 0 || next === undefined)
    return { order: most === 0 ? "ymd" : best, other: null, example: null };
  const example =
    single.find((text) => {
      const [date, otherDate] = [best, next].map((order) => dateOfCell(text, order));
      return date !== null && otherDate !== null && date !== otherDate;
    }) ?? null;
  return example === null ? { order: best, other: null, example } : { order: best, other: next, example };
}

export function isDateOrder(text: string): text is DateOrder {
  return (dateOrders as readonly string[]).includes(text);
}

const primary = new Set(
  (
    "x ✓ ✔ ● ○ 1 y yes true ja j oui o si s sim v tak t evet e 是 有 对 はい 有り primary main first prim p l1 a " +
    "haupt hauptskill primar principal primaire primario principale primair glowna podstawowa birincil ana 主 主要 主技能 主担当"
  ).split(" "),
);
const secondary = new Set(
  (
    "secondary second sec backup reserve l2 b neben nebenskill sekundar ersatz secondaire secundario secondario " +
    "secundair reserva riserva drugi pomocnicza ikincil yedek 次 次要 副 备用 サブ 副担当"
  ).split(" "),
);
const none = new Set(
  "0 - – — n no false nein non nao nie hayir h none keine aucun 否 无 没有 × いいえ 無 なし".split(" "),
);

/** Somebody's level in a queue: a tick or a one is primary, two to nine and words for a second choice are secondary. */
export function levelOfCell(text: string): SkillLevel | null {
  const bare = foldedText(text).replace(/[().]/g, "").trim();
  if (bare === "" || none.has(bare)) return "none";
  if (primary.has(bare)) return "primary";
  return secondary.has(bare) || /^[2-9]$/.test(bare) ? "secondary" : null;
}

/** One skill of a list of skills with its level: `Voice`, `Voice:2`, `Chat (secondary)`. */
export function levelOfSkill(part: string): { readonly name: string; readonly level: SkillLevel } {
  const marked = /^(.*?)\s*(?:[:=]\s*|\(\s*|\s)([^\s:=()]+)\s*\)?$/u.exec(part.trim());
  const level = marked === null ? null : levelOfCell(marked[2]);
  // A figure after a blank may be part of the name: "Team 2"; said with a colon or in brackets it is a level.
  const isSaid = marked !== null && level !== null && /[:=(]/.test(part);
  return isSaid ? { name: marked[1].trim(), level } : { name: part.trim(), level: "primary" };
}
