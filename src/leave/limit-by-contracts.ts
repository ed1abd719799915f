import { type LocalDate, weekdayOf } from "../domain/calendar/clock.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { type Agent, type Contract, isEmployedOn } from "../domain/plan/roster.ts";
import type { Counted, LimitSource } from "./limit-source.ts";
import { type UsualShift, usualShift } from "./usual-shift.ts";

/** People who are alike in a week: how many days they may be given, and which. */
interface AlikePeople {
  readonly group: number;
  count: number;
  /** Shifts of the usual length that one of them may work in the week, leave taken off. */
  readonly shifts: number;
  /** Share of a usual shift that one of theirs is. */
  readonly weight: number;
  /** Bit k: day k of the week can be worked. */
  readonly days: number;
  /** Share of weekends they may work. */
  readonly weekends: number;
}

/**
 * Limits before there is a roster: person-days that contracts allow, less those that the requirement needs.
 *
 * Supply: who is employed, not away, and available on a weekday can work it. In a week somebody can be given shifts of
 * the longest template up to the contract's hours, and as many days as its longest run of work and shortest rest let on
 * average (6 and 1: six of seven); a day of leave is one of them, and a week that the period cuts has its share. Where
 * weekends are limited, so is the share of people there. Need of a day: the hours over a shift's hours of work, or the
 * fewest shifts of that length that put the needed agents into every interval (from the first on, each short interval
 * begins as many as it lacks, which no other way undercuts), whichever is more; both after shrinkage.
 *
 * For every set of queues and of the week's days, those who can work there must be enough for all of it. A limit is
 * how often a day of leave fits before one of them is not, or falls further behind than it must for reasons that have
 * nothing to do with that group and day. Optimistic in that shifts may start at any time.
 */
export function limitsByContracts(source: LimitSource): Counted {
  const { plan, sets, dates } = source;
  const counted = plan.groups.map(() => dates.map(() => ({ more: 0, short: 0 })));
  const need = sets.map((_, set) => dates.map((_, day) => shiftsNeeded(source, set, day)));
  for (const week of weeksOf(dates)) {
    const people = peopleOf(plan, dates, week);
    const cuts = 2 ** week.length;
    const slack = sets.map(({ groups }, set) => {
      const supply = new Float64Array(cuts);
      for (const alike of people)
        if (groups.includes(alike.group))
          for (let days = 1; days < cuts; days++)
            supply[days] += alike.count * given(alike, days, weekendBits(dates, week));
      for (let days = 1; days < cuts; days++)
        for (const [bit, day] of week.entries()) if ((days >> bit) & 1) supply[days] -= need[set][day];
      return supply;
    });
    for (const [group, limits] of counted.entries())
      for (const [bit, day] of week.entries())
        limits[day] = limitOn(source, { people, slack, week, group, bit });
  }
  return counted;
}

interface WeekQuestion {
  readonly people: readonly AlikePeople[];
  /** Person-days beyond need, per set of queues and of days. */
  readonly slack: readonly Float64Array[];
  readonly week: readonly number[];
  readonly group: number;
  /** Day of the week asked about. */
  readonly bit: number;
}

function limitOn({ sets, dates }: LimitSource, question: WeekQuestion): { more: number; short: number } {
  const { people, slack, week, group, bit } = question;
  const cuts = 2 ** week.length;
  const weekend = weekendBits(dates, week);
  const members = people.filter((one) => one.group === group && (one.days >> bit) & 1);
  // What a day of leave of one member takes from each set of days, at most.
  const drop = new Float64Array(cuts);
  for (const alike of members) {
    const off = { ...alike, shifts: Math.max(0, alike.shifts - 1), days: alike.days & ~(1 << bit) };
    for (let days = 1; days < cuts; days++)
      drop[days] = Math.max(drop[days], given(alike, days, weekend) - given(off, days, weekend));
  }
  // Shortages that have nothing to do with it, of each set of queues and all sets of days within.
  const touches = sets.map(({ groups }) => groups.includes(group));
  const apart = sets.map((_, set) => {
    const deficit = new Float64Array(cuts);
    for (let days = 1; days < cuts; days++)
      if (!touches[set] || drop[days] < 1e-9) deficit[days] = Math.max(0, -slack[set][days]);
    for (let at = 0; at < week.length; at++)
      for (let days = 1; days < cuts; days++)
        if ((days >> at) & 1) deficit[days] = Math.max(deficit[days], deficit[days & ~(1 << at)]);
    return deficit;
  });
  let more = members.reduce((sum, { count }) => sum + count, 0);
  let short = 0;
  for (const [set, { parts }] of sets.entries()) {
    if (!touches[set]) continue;
    for (let days = 1; days < cuts; days++) {
      const excused = Math.max(...parts.map((part) => apart[part][days]));
      const spare = slack[set][days] + excused;
      if (drop[days] > 1e-9) more = Math.min(more, Math.max(0, Math.floor(spare / drop[days] + 1e-9)));
      if ((days >> bit) & 1 && spare < 0) short = Math.max(short, Math.ceil(-spare / bitCount(days) - 1e-9));
    }
  }
  return { more, short: more > 0 ? 0 : short };
}

/** Usual shifts that one of these people can give to a set of days. */
function given({ shifts, weight, days, weekends }: AlikePeople, asked: number, weekend: number): number {
  const all = bitCount(days & asked);
  const most = Math.min(shifts, all);
  const without = weekends < 1 ? Math.min(shifts, bitCount(days & asked & ~weekend)) : most;
  return weight * (weekends * most + (1 - weekends) * without);
}

function peopleOf(plan: LimitSource["plan"], dates: readonly LocalDate[], week: readonly number[]) {
  const rowOfGroup = new Map(plan.groups.map(({ id }, row) => [id, row]));
  const contracts = new Map(plan.contracts.map((contract) => [contract.id, contract]));
  const weekendCount = dates.filter((date) => weekdayOf(date) === 6).length;
  const classes = new Map<string, AlikePeople>();
  for (const agent of plan.agents) {
    const group = rowOfGroup.get(agent.groupId);
    const contract = contracts.get(agent.contractId);
    if (group === undefined || contract === undefined) continue;
    const one = inWeek(plan, agent, contract, dates, week, weekendCount);
    const key = [group, one.shifts, one.weight, one.days, one.weekends].join();
    const same = classes.get(key);
    if (same === undefined) classes.set(key, { group, count: 1, ...one });
    else same.count++;
  }
  return [...classes.values()];
}

function inWeek(
  { templates }: Pick<Plan, "templates">,
  agent: Agent,
  contract: Contract,
  dates: readonly LocalDate[],
  week: readonly number[],
  weekendCount: number,
): Omit<AlikePeople, "group" | "count"> {
  const longest = usualShift(templates);
  const own = usualShift(templates, agent.groupId, null, contract.maximumMinutesPerDay);
  if (longest === null || own === null) return { shifts: 0, weight: 0, days: 0, weekends: 1 };
  const daysOff = new Set(agent.daysOff);
  let days = 0;
  let leave = 0;
  let employed = 0;
  for (const [bit, day] of week.entries()) {
    const date = dates[day];
    const weekday = weekdayOf(date);
    if (!isEmployedOn(agent, date)) continue;
    employed++;
    if (agent.availability?.every((window) => window.weekday !== weekday)) continue;
    if (daysOff.has(date)) leave++;
    else days |= 1 << bit;
  }
  const { maximumConsecutiveDays: run, minimumConsecutiveDaysOff: rest } = contract;
  const weekMinutes = Math.min(
    contract.maximumMinutesPerWeek,
    ((contract.maximumMinutesPerPeriod ?? Infinity) * 7) / dates.length,
  );
  const most = Math.min(weekMinutes / own.paidMinutes, (7 * run) / (run + rest), 7);
  const weekends = Math.min(
    contract.maximumWeekends === null || weekendCount === 0 ? 1 : contract.maximumWeekends / weekendCount,
    contract.maximumConsecutiveWeekends === undefined
      ? 1
      : contract.maximumConsecutiveWeekends / (contract.maximumConsecutiveWeekends + 1),
    1,
  );
  return {
    shifts: Math.max(0, (most * employed) / 7 - leave),
    weight: own.workMinutes / longest.workMinutes,
    days,
    weekends,
  };
}

/** Usual shifts that a set of queues needs on a day. */
export function shiftsNeeded(
  { plan, grid, required, available, sets, dates }: LimitSource,
  set: number,
  day: number,
) {
  const [first, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
  const people = new Float64Array(end - first);
  for (const queue of sets[set].queues)
    for (let at = first; at < end; at++)
      people[at - first] += required[queue][at] / Math.max(0.01, available[at]);
  const usual = usualShift(plan.templates) as UsualShift;
  const ofDay = usualShift(plan.templates, null, weekdayOf(dates[day])) ?? usual;
  const hours = people.reduce((sum, count) => sum + count * grid.intervalMinutes, 0);
  return Math.max(
    hours / ofDay.workMinutes,
    shiftsThatCover(people, ofDay.elapsedMinutes / grid.intervalMinutes),
  );
}

/** Fewest shifts of `length` intervals that put so many people into each interval; may be fractions. */
export function shiftsThatCover(people: ArrayLike<number>, length: number): number {
  const begun = new Float64Array(people.length);
  const whole = Math.max(1, Math.floor(length + 1e-9));
  let present = 0;
  let all = 0;
  for (let at = 0; at < people.length; at++) {
    if (at >= whole) present -= begun[at - whole];
    begun[at] = Math.max(0, people[at] - present);
    present += begun[at];
    all += begun[at];
  }
  return all;
}

/** Days of the period by calendar week. */
function weeksOf(dates: readonly LocalDate[]): number[][] {
  const weeks: number[][] = [];
  for (const [day, date] of dates.entries()) {
    if (day === 0 || weekdayOf(date) === 1) weeks.push([]);
    weeks[weeks.length - 1].push(day);
  }
  return weeks;
}

function weekendBits(dates: readonly LocalDate[], week: readonly number[]): number {
  return week.reduce((bits, day, bit) => bits | (weekdayOf(dates[day]) >= 6 ? 1 << bit : 0), 0);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}
