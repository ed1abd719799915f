import { addDays, type LocalDate } from "../domain/clock.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { SpecialDay } from "./day-table.ts";

/** Countries with a file in `holidays/`; regions are `DE-BY`, or the country alone where it has one calendar. */
export const holidayCountries =
  "AT AU BE BR CA CH CN CZ DE DK ES FI FR GB IE IL IN IT JP KR LU MX NL NO NZ PH PL PT SE SG TR US ZA".split(
    " ",
  );

interface HolidayFile {
  readonly regions: readonly string[];
  readonly holidays: readonly (readonly [name: string, regions: string, dates: string])[];
}

/**
 * Public holidays of a region between two dates, both included; none for null. `closed` is left to what the history
 * shows. Fails with `forecast.unknownHolidays` for a region without data.
 *
 * @param furtherDays counted on from `lastDate`
 */
export async function specialDaysOf(
  region: string | null,
  firstDate: LocalDate,
  lastDate: LocalDate,
  furtherDays = 0,
): Promise<Outcome<readonly SpecialDay[]>> {
  if (region === null) return succeed([]);
  const unknown = fail({ code: "forecast.unknownHolidays", severity: "error", values: { region } });
  const country = region.slice(0, 2);
  if (!holidayCountries.includes(country)) return unknown;
  const file: HolidayFile = await import(`./holidays/${country}.ts`);
  const regions = file.regions.filter((name) => name === region);
  if (regions.length === 0) return unknown;
  const end = addDays(lastDate, furtherDays);
  const byDate = new Map<LocalDate, SpecialDay>();
  for (const [name, where, dates] of file.holidays) {
    if (where !== "*" && !where.split(" ").includes(region)) continue;
    for (const date of dates.split(" ")) {
      if (date < firstDate || date > end || byDate.has(date)) continue;
      byDate.set(date, { date, name, closed: name === "Make-up working day" ? false : null });
    }
  }
  return succeed([...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1)));
}
