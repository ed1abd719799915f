import { addDays, dateOfEpochDay, epochDay, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";

/** Years that rules of holiday files are spelled out for. */
export const holidayYears = { first: 1999, last: 2035 } as const;

/**
 * Dates of a holiday as the files in `regions/` write them, in no particular order. Words apart by spaces:
 * `12-25` the same date every year; `easter-2` so many days from Easter Sunday; `11-4#4` the fourth Thursday (ISO weekday
 * 4) of November, `05-1#-1` the last Monday of May; each of them followed by `/2021-`, `/-2016` or `/2019-2022` holds in
 * those years only, both included; `2022-01-31` one date, `2022-01-31x7` seven days from it. Throws RangeError on others.
 *
 * @example datesOf("easter+1/2024-2025") // ["2024-04-01", "2025-04-21"]
 */
export function datesOf(rules: string): LocalDate[] {
  return rules.split(" ").flatMap((rule) => {
    const days = /^(\d{4}-\d\d-\d\d)(?:x(\d+))?$/.exec(rule);
    if (days !== null) return Array.from({ length: Number(days[2] ?? 1) }, (_, day) => addDays(days[1], day));
    const yearly = /^([^/]+)(?:\/(\d{4})?-(\d{4})?)?$/.exec(rule);
    if (yearly === null) throw new RangeError(`not a rule for holidays: ${rule}`);
    const first = Number(yearly[2] ?? holidayYears.first);
    const last = Number(yearly[3] ?? holidayYears.last);
    return Array.from({ length: last - first + 1 }, (_, year) => dateInYear(yearly[1], first + year));
  });
}

function dateInYear(rule: string, year: number): LocalDate {
  if (/^\d\d-\d\d$/.test(rule)) return `${year}-${rule}`;
  const fromEaster = /^easter([+-]\d+)$/.exec(rule);
  if (fromEaster !== null) return addDays(easterSunday(year), Number(fromEaster[1]));
  const nth = /^(\d\d)-([1-7])#([1-5]|-1)$/.exec(rule);
  if (nth === null) throw new RangeError(`not a rule for holidays: ${rule}`);
  const first = `${year}-${nth[1]}-01`;
  if (nth[3] !== "-1")
    return addDays(first, ((Number(nth[2]) - weekdayOf(first) + 7) % 7) + 7 * (Number(nth[3]) - 1));
  const next = dateOfEpochDay(epochDay(first) + 31).slice(0, 8);
  const last = addDays(`${next}01`, -1);
  return addDays(last, -((weekdayOf(last) - Number(nth[2]) + 7) % 7));
}

/** Western Easter by the Gregorian reckoning of Meeus, Jones and Butcher (Nature, 20 April 1876). */
function easterSunday(year: number): LocalDate {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const corrected = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - corrected + 15) % 30;
  const inCentury = year % 100;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4) + 7 * 32) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * late + 114;
  return `${year}-0${Math.floor(days / 31)}-${String((days % 31) + 1).padStart(2, "0")}`;
}
