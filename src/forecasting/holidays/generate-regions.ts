import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Holidays from "date-holidays";
import { addDays, daysBetween, type LocalDate } from "../../domain/calendar/clock.ts";
import { datesOf, holidayYears } from "./holiday-dates.ts";
import { holidayRegions } from "./public-holidays.ts";

/** A holiday as a law or a second source has it where the library has not; see `decisions.json`. */
export interface Decision {
  /** Regions apart by spaces. */
  readonly regions: string;
  readonly name: string;
  /** Days by which the library's dates of this name are moved, before anything else. */
  readonly shiftDays?: number;
  /** Rules as `datesOf` reads them: dates that are no holiday of this name, and dates that are. */
  readonly drop?: string;
  readonly add?: string;
  readonly why: string;
}

/** Countries whose files are generated; China's is kept by hand. */
export const generatedCountries: readonly string[] = [
  ...new Set(holidayRegions.map((region) => region.slice(0, 2))),
].filter((country) => country !== "CN");

const banner =
  "// Generated from date-holidays (https://github.com/commenthol/date-holidays), data licensed CC-BY-3.0. See README.md.\n";

/**
 * The files of `regions/` by name: public holidays of date-holidays, spelled out by day, with the decisions applied, one row
 * per name and set of regions. Same library, same decisions, same bytes: a test compares them with what is committed.
 */
export function regionFiles(
  decisions: readonly Decision[],
  countries: readonly string[] = generatedCountries,
): Record<string, string> {
  return Object.fromEntries(countries.map((country) => [`${country}.ts`, fileOf(country, decisions)]));
}

function fileOf(country: string, decisions: readonly Decision[]): string {
  const regions = regionsOf(country);
  const list = holidayRows(country, decisions)
    .map((row) => `  ${JSON.stringify(row)},\n`)
    .join("");
  return (
    `${banner}\nexport const regions: readonly string[] = ${JSON.stringify(regions)};\n` +
    `export const holidays: readonly (readonly [name: string, regions: string, days: string])[] = [\n${list}];\n`
  );
}

function regionsOf(country: string): string[] {
  return holidayRegions.filter((region) => region.slice(0, 2) === country);
}

/** Rows of a country's file: name, regions (`*`: all of them), rules. */
export function holidayRows(country: string, decisions: readonly Decision[]): [string, string, string][] {
  const regions = regionsOf(country);
  // Name → date → regions.
  const names = new Map<string, Map<LocalDate, string[]>>();
  for (const region of regions) {
    for (const [name, dates] of holidaysOf(region, decisions)) {
      const byDate = names.get(name) ?? new Map<LocalDate, string[]>();
      names.set(name, byDate);
      for (const date of dates) byDate.set(date, [...(byDate.get(date) ?? []), region]);
    }
  }
  return [...names].flatMap(([name, byDate]) => {
    const byRegions = new Map<string, LocalDate[]>();
    for (const [date, where] of byDate) {
      const key = where.length === regions.length ? "*" : where.join(" ");
      byRegions.set(key, [...(byRegions.get(key) ?? []), date]);
    }
    return [...byRegions].map(([where, dates]): [string, string, string] => [name, where, rulesFor(dates)]);
  });
}

/** Public holidays of a region by name. */
export function holidaysOf(region: string, decisions: readonly Decision[]): Map<string, LocalDate[]> {
  const [country, state] = region.split("-");
  const library = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const byName = new Map<string, Set<LocalDate>>();
  const datesNamed = (name: string) => {
    const dates = byName.get(name) ?? new Set<LocalDate>();
    byName.set(name, dates);
    return dates;
  };
  for (let year: number = holidayYears.first; year <= holidayYears.last; year++) {
    for (const { type, name, date, start, end } of library.getHolidays(year, "en")) {
      if (type !== "public") continue;
      const days = Math.max(1, Math.floor((end.getTime() - start.getTime()) / 86_400_000 + 0.06));
      const dates = datesNamed(name.replace("(substitute day)", "(observed)"));
      for (let day = 0; day < days; day++) dates.add(addDays(date.slice(0, 10), day));
    }
  }
  for (const { regions, name, shiftDays, drop, add } of decisions) {
    if (!regions.split(" ").includes(region)) continue;
    const dates = datesNamed(name);
    if (shiftDays !== undefined) {
      const shifted = [...dates].map((date) => addDays(date, shiftDays));
      dates.clear();
      for (const date of shifted) dates.add(date);
    }
    if (drop !== undefined) for (const date of datesOf(drop)) dates.delete(date);
    if (add !== undefined) for (const date of datesOf(add)) dates.add(date);
  }
  const sorted = [...byName].map(([name, dates]) => [name, [...dates].sort()] as const);
  return new Map(sorted.filter(([, dates]) => dates.length > 0));
}

/** Shortest runs of years worth a rule. */
const leastRun = 3;

/** Dates as rules that `datesOf` reads: years that follow one rule as that rule, days in a row as one, others singly. */
export function rulesFor(dates: readonly LocalDate[]): string {
  const left = new Set([...dates].sort());
  const found: { readonly first: LocalDate; readonly rule: string }[] = [];
  for (;;) {
    let best: { rule: string; first: number; last: number } | null = null;
    for (const rule of new Set([...left].flatMap(rulesOfDate))) {
      for (const run of runsOf(rule, left)) {
        if (best === null || run.last - run.first > best.last - best.first) best = { rule, ...run };
      }
    }
    if (best === null || best.last - best.first + 1 < leastRun) break;
    const { rule, first, last } = best;
    const from = first === holidayYears.first ? "" : first;
    const to = last === holidayYears.last ? "" : last;
    const whole = from === "" && to === "" ? rule : `${rule}/${from}-${to}`;
    const covered = datesOf(whole).sort();
    found.push({ first: covered[0], rule: whole });
    for (const date of covered) left.delete(date);
  }
  for (const date of left) {
    if (left.has(addDays(date, -1))) continue;
    let days = 1;
    while (left.has(addDays(date, days))) days++;
    found.push({ first: date, rule: days === 1 ? date : `${date}x${days}` });
  }
  found.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.rule < b.rule ? -1 : 1));
  return found.map(({ rule }) => rule).join(" ");
}

/** Yearly rules under which a date falls. */
function rulesOfDate(date: LocalDate): string[] {
  const year = date.slice(0, 4);
  const monthAndDay = date.slice(5);
  const [easter] = datesOf(`easter+0/${year}-${year}`);
  const days = daysBetween(easter, date);
  const weekday = ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const nth = Math.ceil(+date.slice(8) / 7);
  const month = `${date.slice(5, 7)}-${weekday}#`;
  const isLast = addDays(date, 7).slice(5, 7) !== date.slice(5, 7);
  return [
    monthAndDay,
    ...(days >= -60 && days <= 70 ? [`easter${days < 0 ? "" : "+"}${days}`] : []),
    ...(nth <= 4 ? [`${month}${nth}`] : []),
    ...(isLast ? [`${month}-1`] : []),
  ];
}

/** Runs of years in each of which a rule's date is among some dates. */
function runsOf(rule: string, dates: ReadonlySet<LocalDate>): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  for (const date of datesOf(rule)) {
    if (!dates.has(date)) continue;
    const year = +date.slice(0, 4);
    const run = runs.at(-1);
    if (run?.last === year - 1) run.last = year;
    else runs.push({ first: year, last: year });
  }
  return runs;
}

export function committedDecisions(): readonly Decision[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "decisions.json"), "utf8")).decisions;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, text] of Object.entries(regionFiles(committedDecisions()))) {
    writeFileSync(join(import.meta.dirname, "regions", name), text);
    console.log(name);
  }
}
