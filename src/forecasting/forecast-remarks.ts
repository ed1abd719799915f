import { addDays, epochDay, type LocalDate } from "../domain/calendar/clock.ts";
import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import { longClosures } from "../domain/calendar/usual-opening.ts";
import type { Issue } from "../domain/outcome.ts";
import type { QueueForecast } from "../domain/results/demand.ts";
import { normalQuantile } from "../numerics/normal.ts";
import type { DayCalendar, DayTable } from "./models/day-table.ts";
import type { QueueLife } from "./queue-life.ts";

/** What a forecast was made from, as far as remarks look at it. */
export interface ForecastBasis {
  readonly life: QueueLife;
  readonly table: DayTable;
  /** Weekday (1 to 7) × slot: when the queue is usually open. */
  readonly usual: Uint8Array;
  readonly calendar: DayCalendar;
  readonly hoursSetByPlanner: boolean;
  readonly knowsTimeOfYear: boolean;
}

/** Days before the end of the history that a planner still has in mind, and the dates of one weekday in them. */
const recentDays = 56;
const recentDates = 8;
/** A queue began late when the history is so many days older. */
const beganLateDays = 14;
/** Share of recent contacts outside the hours of the forecast that is worth a remark. */
const outsideShare = 0.02;
/** Hours jump about when a day's differ from the usual ones by this share of them, on average. */
const hoursDiffer = 0.1;
/** A day of which less has been seen is not compared. */
const leastShareSeen = 0.6;
/** A weekday that was open less often, and is forecast as open, is worth a remark. */
const leastShareOpen = 0.65;
const normal95 = normalQuantile(0.975);

type Remark = Pick<Issue, "severity" | "values"> & { readonly name: string };

/**
 * What a planner has to know before using a queue's forecast: that the queue came or went, that weeks are missing, that
 * nothing is forecast, or nothing on a day that had contacts, that hours jump about, and which week is the first that is
 * not what the last weeks and the model's band allow, with the reason.
 *
 * Each week forecast is held against the last eight weeks: for each of them the totals of the same weekdays are added up.
 * It agrees with them when it lies between the least and the greatest sum, widened by its own 95 % band.
 *
 * Issue codes, all `forecast.…`: queueBegan, queueEnded, queueIdle, weeksMissing, empty, closedHolidays, closedWeekday,
 * openWeekday, zeroDays, hoursVary, contactsOutsideHours, weekOffSpecialDays, weekOffHours, weekOffSeason, weekOffLevel.
 */
export function remarksOn(grid: IntervalGrid, forecast: QueueForecast, basis: ForecastBasis): Issue[] {
  const lifeRemarks = remarksOnLife(basis);
  const remarks = [...lifeRemarks];
  if (!lifeRemarks.some(({ name }) => name === "queueEnded")) {
    const days = forecastDays(grid, forecast, basis);
    const hours = remarkOnHours(basis);
    if (hours !== null) remarks.push(hours);
    if (days.every(({ mean }) => mean === 0)) remarks.push({ name: "empty", severity: "warning" });
    else remarks.push(...remarksOnDays(days, basis), ...remarkOnLevel(days, basis, hours));
  }
  return remarks.map(({ name, severity, values }) => ({
    code: `forecast.${name}`,
    severity,
    values: { queue: forecast.queueId, ...values },
  }));
}

function remarksOnLife({ life, table, hoursSetByPlanner }: ForecastBasis): Remark[] {
  const remarks: Remark[] = [];
  const lastDate = addDays(table.firstDate, table.dayCount - 1);
  if (life.first >= beganLateDays && table.dayCount < recentDays) {
    const values = { date: table.firstDate, days: table.dayCount };
    remarks.push({ name: "queueBegan", severity: "warning", values });
  }
  for (const { first, end } of longClosures(table.dayOpen)) {
    if (table.dayCount - end >= recentDays) continue;
    const [from, to] = [addDays(table.firstDate, first), addDays(table.firstDate, end - 1)];
    remarks.push({ name: "weeksMissing", severity: "warning", values: { from, to, days: end - first } });
  }
  if (life.idleDays > 0) {
    const name = life.ended && !hoursSetByPlanner ? "queueEnded" : "queueIdle";
    remarks.push({ name, severity: "warning", values: { date: lastDate, days: life.idleDays } });
  }
  return remarks;
}

/** A day of the forecast: its mean, its variance, and how it stands in the calendar. */
interface ForecastDay {
  readonly date: LocalDate;
  readonly weekday: number;
  readonly mean: number;
  readonly variance: number;
  readonly isOpen: boolean;
  readonly isUsuallyOpen: boolean;
  readonly name: string | null;
  readonly hasEffect: boolean;
}

function forecastDays(grid: IntervalGrid, forecast: QueueForecast, basis: ForecastBasis): ForecastDay[] {
  const { calendar, table } = basis;
  const firstDay = epochDay(grid.firstDate) - epochDay(table.firstDate);
  return Array.from({ length: grid.dayCount }, (_, index) => {
    const day = firstDay + index;
    let mean = 0;
    let extra = 0;
    for (let interval = grid.dayOffsets[index]; interval < grid.dayOffsets[index + 1]; interval++) {
      const contacts = forecast.offered[interval];
      mean += contacts;
      extra += (forecast.dispersion[interval] - forecast.dayFactorVariance) * contacts ** 2;
    }
    return {
      date: addDays(grid.firstDate, index),
      weekday: calendar.weekdays[day],
      mean,
      variance: mean + forecast.dayFactorVariance * mean ** 2 + Math.max(0, extra),
      isOpen: calendar.open[day] === 1,
      isUsuallyOpen: calendar.usuallyOpen[day] === 1,
      name: calendar.names[day],
      hasEffect: calendar.effects[day] !== null,
    };
  });
}

/** Days for which nothing is forecast although such days had contacts, and the other way round. */
function remarksOnDays(days: readonly ForecastDay[], { table, hoursSetByPlanner }: ForecastBasis): Remark[] {
  const remarks: Remark[] = [];
  const holidays = days.filter(({ isOpen, isUsuallyOpen }) => isUsuallyOpen && !isOpen);
  if (holidays.length > 0) {
    const list = holidays.map(({ date, name }) => (name === null ? date : `${date} ${name}`)).join(", ");
    remarks.push({ name: "closedHolidays", severity: "info", values: { days: list } });
  }
  for (let weekday = 1; weekday <= 7; weekday++) {
    const first = days.find((day) => day.weekday === weekday);
    if (first === undefined) continue;
    const dates = recentDatesOf(table, weekday);
    const open = dates.filter((day) => dayTotal(table, day) !== 0).length;
    const values = { date: first.date, open, dates: dates.length };
    if (!first.isUsuallyOpen && open > 0) {
      remarks.push({ name: "closedWeekday", severity: "warning", values });
    } else if (first.isUsuallyOpen && open < leastShareOpen * dates.length && !hoursSetByPlanner) {
      remarks.push({ name: "openWeekday", severity: "warning", values });
    }
  }
  const zero = days.filter(({ isOpen, mean }) => isOpen && mean === 0);
  if (zero.length > 0) {
    const list = zero.map(({ date }) => date).join(", ");
    remarks.push({ name: "zeroDays", severity: "warning", values: { days: list } });
  }
  return remarks;
}

/** The latest dates of a weekday, the last one first; none of a long closure. */
function recentDatesOf(table: DayTable, weekday: number): number[] {
  const closures = longClosures(table.dayOpen);
  const dates: number[] = [];
  for (let day = table.dayCount - 1; day >= 0 && dates.length < recentDates; day--) {
    if (table.weekdays[day] !== weekday) continue;
    if (!closures.some(({ first, end }) => day >= first && day < end)) dates.push(day);
  }
  return dates;
}

/** Contacts of a day as if all its open slots had been seen; 0 on a closed day, null where too little was seen. */
function dayTotal({ counts, seen, open, slotCount }: DayTable, day: number): number | null {
  let sum = 0;
  let slotsSeen = 0;
  let slotsOpen = 0;
  for (let cell = day * slotCount; cell < (day + 1) * slotCount; cell++) {
    slotsOpen += open[cell];
    if (seen[cell] === 0) continue;
    sum += counts[cell];
    slotsSeen++;
  }
  if (slotsOpen === 0) return 0;
  return slotsSeen < leastShareSeen * slotsOpen ? null : (sum * slotsOpen) / slotsSeen;
}

/** How the hours of the last weeks differ from those that are forecast. */
function remarkOnHours({ table, usual, hoursSetByPlanner }: ForecastBasis): Remark | null {
  const { slotCount } = table;
  let contacts = 0;
  let outside = 0;
  let usualSlots = 0;
  let differing = 0;
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = usual.subarray(weekday * slotCount, (weekday + 1) * slotCount);
    if (!hours.includes(1)) continue;
    for (const day of recentDatesOf(table, weekday)) {
      if (table.dayOpen[day] === 0) continue;
      for (let slot = 0; slot < slotCount; slot++) {
        const cell = day * slotCount + slot;
        usualSlots += hours[slot];
        if (table.open[cell] !== hours[slot]) differing++;
        contacts += table.counts[cell];
        if (hours[slot] === 0) outside += table.counts[cell];
      }
    }
  }
  if (outside > outsideShare * contacts) {
    const values = { percent: Math.round((100 * outside) / contacts) };
    return { name: "contactsOutsideHours", severity: "warning", values };
  }
  if (hoursSetByPlanner || differing <= hoursDiffer * usualSlots) return null;
  const values = { percent: Math.round((100 * differing) / usualSlots) };
  return { name: "hoursVary", severity: "warning", values };
}

/** The first week that is not what the last weeks and the band allow, if there is one. */
function remarkOnLevel(days: readonly ForecastDay[], basis: ForecastBasis, hours: Remark | null): Remark[] {
  for (let first = 0; first < days.length; first += 7) {
    const remark = remarkOnWeek(days.slice(first, first + 7), basis, hours);
    if (remark !== null) return [remark];
  }
  return [];
}

function remarkOnWeek(
  week: readonly ForecastDay[],
  basis: ForecastBasis,
  hours: Remark | null,
): Remark | null {
  const compared = compareWithRecent(week, basis.table);
  if (compared === null || compared.agrees) return null;
  const isSpecial = ({ name, hasEffect }: ForecastDay) => name !== null || hasEffect;
  const ordinary = compareWithRecent(
    week.filter((day) => !isSpecial(day)),
    basis.table,
  );
  let name = "weekOffLevel";
  if (week.some(isSpecial) && (ordinary === null || ordinary.agrees)) name = "weekOffSpecialDays";
  else if (hours !== null) name = "weekOffHours";
  else if (basis.knowsTimeOfYear) name = "weekOffSeason";
  const { contacts, least, greatest } = compared;
  const values = { date: week[0].date, contacts, least, greatest };
  return { name, severity: "warning", values };
}

/** The sum of some days beside those of the same weekdays in each of the last weeks; null where there is none. */
function compareWithRecent(
  week: readonly ForecastDay[],
  table: DayTable,
): { contacts: number; least: number; greatest: number; agrees: boolean } | null {
  const days = week.filter(({ isOpen }) => isOpen);
  const totals = new Map<number, readonly number[]>();
  for (const { weekday } of days) {
    const dates = recentDatesOf(table, weekday).filter((day) => table.dayOpen[day] === 1);
    totals.set(
      weekday,
      dates.flatMap((day) => dayTotal(table, day) ?? []),
    );
  }
  const weeks = Math.min(...[...totals.values()].map(({ length }) => length));
  if (days.length === 0 || weeks === 0) return null;
  const sums = Array.from({ length: weeks }, (_, back) =>
    days.reduce((sum, { weekday }) => sum + totals.get(weekday)![back], 0),
  );
  const contacts = days.reduce((sum, { mean }) => sum + mean, 0);
  const spread = normal95 * Math.sqrt(days.reduce((sum, { variance }) => sum + variance, 0));
  const [least, greatest] = [Math.min(...sums), Math.max(...sums)];
  return {
    contacts: Math.round(contacts),
    least: Math.round(least),
    greatest: Math.round(greatest),
    agrees: contacts >= least - spread && contacts <= greatest + spread,
  };
}
