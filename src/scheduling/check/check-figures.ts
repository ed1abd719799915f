import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dayOfDate } from "../../domain/calendar/interval-grid.ts";
import type { Schedule, Shift } from "../../domain/plan/shift.ts";
import { clockTimeOf, type ScheduleFault, type ScheduleRules } from "./schedule-rules.ts";

/** Hours, wages, penalties, objective, bound and gap as stated against what the shifts and the coverage come to. */
export function faultsOfFigures(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const faults: ScheduleFault[] = [];
  const expectFigure = (name: string, stated: number, found: number) => {
    const tolerance = 1e-6 * Math.max(1, Math.abs(stated), Math.abs(found));
    if (!(Math.abs(stated - found) <= tolerance))
      faults.push({ rule: "figures", shiftId: null, detail: `${name} says ${stated}, is ${found}` });
  };
  const expectAtLeast = (name: string, stated: number, least: number) => {
    if (!(stated >= least - 1e-6 * Math.max(1, least)))
      faults.push({ rule: "figures", shiftId: null, detail: `${name} says ${stated}, is at least ${least}` });
  };
  const { cost, paidHours } = wagesOf(rules, schedule);
  for (const { id, date } of schedule.shifts)
    if (dayOfDate(schedule.grid, date) === null) faults.push({ rule: "start", shiftId: id, detail: date });
  expectFigure("cost", schedule.cost, cost);
  expectFigure("paidHours", schedule.paidHours, paidHours);
  const { under, net } = hoursOfMeans(schedule);
  // Within an interval, breaks shorter than it can make both short and over: never less than the means say.
  expectAtLeast("understaffedHours", schedule.understaffedHours, under);
  expectFigure("net hours", schedule.overstaffedHours - schedule.understaffedHours, net);
  let shortCost = rules.costPerHourShort * schedule.understaffedHours;
  if ((rules.shortageSteps ?? []).length > 0 || rules.shortWeights !== undefined) {
    const least = shortCostOfMeans(rules, schedule);
    shortCost = schedule.shortCost ?? Number.NaN;
    const isAligned = schedule.shifts.every(({ activities, endMinute }) =>
      [endMinute, ...activities.map(({ startMinute }) => startMinute)].every(
        (minute) => minute % schedule.grid.intervalMinutes === 0,
      ),
    );
    if (isAligned) expectFigure("shortCost", shortCost, least);
    else expectAtLeast("shortCost", shortCost, least);
  }
  const overCost = rules.costPerHourOver * schedule.overstaffedHours;
  const changeCost = schedule.changes?.cost ?? 0;
  expectFigure("objective", schedule.objective, cost + shortCost + overCost + changeCost);
  if (typeof rules.budgetHours === "number" && paidHours > rules.budgetHours + 1e-6)
    faults.push({ rule: "budget", shiftId: null, detail: `${paidHours} paid of ${rules.budgetHours}` });
  if (!(schedule.bound <= schedule.objective + 1e-6 * Math.max(1, schedule.objective)))
    faults.push({ rule: "bound", shiftId: null, detail: `${schedule.bound} above ${schedule.objective}` });
  const gap = schedule.objective === 0 ? 0 : (schedule.objective - schedule.bound) / schedule.objective;
  expectFigure("gap", schedule.gap, Math.max(0, gap));
  return faults;
}

/** Wages by the rates of the templates, premiums of each minute and of overtime added. */
function wagesOf(rules: ScheduleRules, schedule: Schedule): { cost: number; paidHours: number } {
  const premiumUntil = premiumSums(rules, schedule);
  let cost = 0;
  let paidHours = 0;
  for (const { templateId, activities } of schedule.shifts) {
    const rate = rules.templates.find(({ id }) => id === templateId)?.costPerHour ?? 0;
    const paid = activities.filter((activity) => activity.paid);
    const minutes = paid.reduce((sum, { startMinute, endMinute }) => sum + endMinute - startMinute, 0);
    const byClock = paid.reduce(
      (sum, { startMinute, endMinute }) => sum + premiumUntil(endMinute) - premiumUntil(startMinute),
      0,
    );
    const overtime = (rules.premiums ?? []).reduce(
      (sum, premium) =>
        premium.kind === "overtime" ? sum + premium.share * Math.max(0, minutes - premium.afterMinutes) : sum,
      0,
    );
    cost += ((minutes + byClock + overtime) / 60) * rate;
    paidHours += minutes / 60;
  }
  return { cost, paidHours };
}

/** Sum of the clock premiums' shares over the minutes before one, each minute by its own local weekday and time. */
function premiumSums({ premiums = [] }: ScheduleRules, schedule: Schedule): (minute: number) => number {
  const byClock = premiums.filter((premium) => premium.kind === "clock");
  if (byClock.length === 0) return () => 0;
  const end = schedule.shifts.reduce((last, { endMinute }: Shift) => Math.max(last, endMinute), 0);
  const sums = new Float64Array(end + 1);
  let clock = { date: "", minute: 0 };
  for (let minute = 0; minute < end; minute++) {
    clock =
      minute % schedule.grid.intervalMinutes === 0
        ? clockTimeOf(schedule, minute)
        : { ...clock, minute: clock.minute + 1 };
    const weekday = weekdayOf(clock.date);
    let share = 0;
    for (const { weekdays, fromMinute, toMinute, share: ofPremium } of byClock) {
      if (!weekdays.includes(weekday)) continue;
      const afterFrom = clock.minute >= fromMinute;
      const beforeTo = clock.minute < toMinute;
      if (fromMinute < toMinute ? afterFrom && beforeTo : afterFrom || beforeTo) share += ofPremium;
    }
    sums[minute + 1] = sums[minute] + share;
  }
  return (minute) => sums[minute];
}

/** Hours short, and over less short, by the means of intervals. */
function hoursOfMeans({ coverage, grid }: Schedule): { under: number; net: number } {
  const hours = grid.intervalMinutes / 60;
  let under = 0;
  let net = 0;
  for (const { asked, staffed } of coverage) {
    for (let index = 0; index < asked.length; index++) {
      under += Math.max(0, asked[index] - staffed[index]) * hours;
      net += (staffed[index] - asked[index]) * hours;
    }
  }
  return { under, net };
}

/**
 * What shortage costs when depth or place weighs in it, read off the means of whole intervals. Exact where every
 * activity begins and ends with an interval; otherwise no more than it really costs, because deeper is dearer.
 */
function shortCostOfMeans(rules: ScheduleRules, schedule: Schedule): number {
  const hours = schedule.grid.intervalMinutes / 60;
  const steps = [...(rules.shortageSteps ?? [])].sort((a, b) => a.beyondShare - b.beyondShare);
  let cost = 0;
  for (const { queueId, asked, staffed } of schedule.coverage) {
    const weights = rules.shortWeights?.find((ofQueue) => ofQueue.queueId === queueId)?.weights;
    for (let index = 0; index < asked.length; index++) {
      const missing = asked[index] - staffed[index];
      if (missing <= 0) continue;
      // Layer by layer: what lies between two depths costs the factor of the upper one, never less than above it.
      let factor = 1;
      let from = 0;
      let priced = 0;
      for (const step of [...steps, { beyondShare: Number.POSITIVE_INFINITY, factor: 0 }]) {
        const to = Math.min(missing, step.beyondShare * asked[index]);
        if (to > from) {
          priced += (to - from) * factor;
          from = to;
        }
        factor = Math.max(factor, step.factor);
      }
      cost += priced * rules.costPerHourShort * (weights?.[index] ?? 1) * hours;
    }
  }
  return cost;
}
