import type { LocalDate } from "../../domain/calendar/clock.ts";
import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import type { ForecastSettings } from "../../domain/plan/forecast-settings.ts";
import type { SpecialDay } from "../models/day-table.ts";
import { datesOf } from "./holiday-dates.ts";

/** Regions with public holidays, a country alone where it has one calendar; one file per country in `holidays/`. */
export const holidayRegions: readonly string[] = (
  "AT AU-NSW AU-VIC AU-QLD AU-WA AU-SA BE BR CA CA-ON CA-QC CA-BC CA-AB CH-ZH " +
  "CH-BE CH-GE CH-BS CN CZ DE-BW DE-BY DE-BE DE-BB DE-HB DE-HH DE-HE DE-MV DE-NI " +
  "DE-NW DE-RP DE-SL DE-SN DE-ST DE-SH DE-TH DK ES FI FR GB-ENG GB-SCT GB-WLS " +
  "GB-NIR IE IL IN IT JP KR LU MX NL NO NZ PH PL " +
  "PT SE SG TR US ZA"
).split(" ");

/** Last date of regions whose holidays are decreed a year at a time; what their files have after it is expected, not official. */
export const holidaysOfficialUntil: Readonly<Record<string, LocalDate>> = {
  CN: "2026-12-31",
  IN: "2026-12-31",
  PH: "2026-12-31",
  SG: "2027-12-31",
};

interface HolidayFile {
  readonly regions: readonly string[];
  /** `*`: all regions; days as `datesOf` reads them. */
  readonly holidays: readonly (readonly [name: string, regions: string, days: string])[];
}

/**
 * Public holidays of the settings' region and the planner's own days between two dates, both included. A planner's day
 * goes before a holiday of the same date. Whether a holiday is closed is left to what the history shows. Remarks
 * `forecast.holidaysExpected` where holidays after the last official date are among them; fails with
 * `forecast.unknownHolidays` for a region without data.
 */
export async function specialDaysOf(
  settings: Pick<ForecastSettings, "holidays" | "specialDays">,
  firstDate: LocalDate,
  lastDate: LocalDate,
): Promise<Outcome<readonly SpecialDay[]>> {
  const byDate = new Map<LocalDate, SpecialDay>();
  const add = (day: SpecialDay) => {
    if (day.date >= firstDate && day.date <= lastDate && !byDate.has(day.date)) byDate.set(day.date, day);
  };
  for (const { name, dates, closed, effect } of settings.specialDays) {
    for (const date of dates) add({ date, name, closed, effect });
  }
  const region = settings.holidays;
  const issues: Issue[] = [];
  if (region !== null) {
    const file = await holidayFile(region);
    if (file === null)
      return fail({ code: "forecast.unknownHolidays", severity: "error", values: { region } });
    const official = holidaysOfficialUntil[region] ?? lastDate;
    let expected = false;
    for (const [name, where, days] of file.holidays) {
      if (where !== "*" && !where.split(" ").includes(region)) continue;
      const closed = name === makeUpDay ? false : null;
      const partOfDay = name.endsWith(halfDay);
      for (const date of datesOf(days)) {
        add({ date, name, closed, effect: null, partOfDay });
        if (date > official && date <= lastDate) expected = true;
      }
    }
    if (expected) {
      issues.push({
        code: "forecast.holidaysExpected",
        severity: "info",
        values: { region, date: official },
      });
    }
  }
  return succeed(
    [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    issues,
  );
}

/** A weekend day on which people work in exchange for a bridge day. */
const makeUpDay = "Make-up working day";

/** How the names of holidays end that begin or end within a day. */
const halfDay = "(half day)";

async function holidayFile(region: string): Promise<HolidayFile | null> {
  if (!holidayRegions.includes(region)) return null;
  return import(`./regions/${region.slice(0, 2)}.ts`);
}
