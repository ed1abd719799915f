import { daysBetween, weekdayOf } from "../../domain/calendar/clock.ts";
import { clockMinuteAt, dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Agent, Assignment } from "../../domain/plan/roster.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { clockStartsOn, mayWork, shiftOfTemplate } from "../../domain/plan/template-shift.ts";
import { evenOrder } from "../measuring/time-window.ts";
import { freeId, shiftsAtWork, withMoreShifts } from "./change-people.ts";
import { monthsPerDay } from "./outsource.ts";
import { type ScenarioInputs, withCharge } from "./scenario-inputs.ts";

type Hire = ChangeOf<"hire">;

/** Training of new people carries this mark, so that money can tell it from the work they do every month. */
export const hireTraining = "hire";

/** Which shift somebody on a contract works, and on how many days of a week. */
interface WorkingWeek {
  readonly template: ShiftTemplate;
  readonly lengthMinutes: number;
  readonly days: number;
}

/** New people with shifts, days off, training and a learning curve; null: no template of the group fits the contract. */
export function hirePeople(inputs: ScenarioInputs, hire: Hire, place: number): ScenarioInputs | null {
  const { plan, forecast } = inputs;
  const { grid } = forecast;
  const { count, groupId } = hire;
  const startDate = hire.startDate ?? grid.firstDate;
  const firstDay = Math.max(0, daysBetween(grid.firstDate, startDate));
  if (count === 0) return inputs;
  const present = shiftsAtWork(inputs).filter((shift) => shift.groupId === groupId);
  const week = workingWeek(plan, hire, present);
  if (week === null) return null;
  const taken = new Set([...plan.agents.map(({ id }) => id), ...shiftsAtWork(inputs).map(({ id }) => id)]);
  const isTaken = (id: string) => taken.has(id) || taken.has(`${id}@0`);
  const starts = usualStarts(grid, week, present);
  const order = evenOrder(starts.length);
  const free = daysOffOf(grid, week, present, count);
  const added: Assignment[] = [];
  const people: Agent[] = [];
  for (let number = 0; number < count; number++) {
    const agentId = freeId(`new-${place}-${number}`, isTaken);
    const startMinute = starts[order[number % order.length]];
    people.push(newAgent(plan, hire, agentId, number, startDate));
    for (let day = firstDay; day < grid.dayCount; day++) {
      if (free[number].has(weekdayOf(dateOfDay(grid, day)))) continue;
      const shift = shiftOfTemplate(grid, week.template, {
        id: `${agentId}@${day}`,
        groupId,
        day,
        startMinute,
        lengthMinutes: week.lengthMinutes,
        breaksAt: (number + 0.5) / count,
      });
      if (shift !== null)
        added.push({
          agentId,
          shift: asLearner(shift, hire, daysBetween(startDate, shift.date)),
          pinned: false,
        });
    }
  }
  const withPeople =
    inputs.roster === null ? inputs : { ...inputs, plan: { ...plan, agents: [...plan.agents, ...people] } };
  return withHiringCosts(withMoreShifts(withPeople, added), hire, place, firstDay);
}

/** Training instead of work at first, then contacts that take longer, less so from week to week. */
function asLearner(
  shift: Shift,
  { trainingWeeks, startingPace, learningWeeks }: Hire,
  daysSince: number,
): Shift {
  const week = Math.floor(daysSince / 7) - trainingWeeks;
  if (week < 0)
    return {
      ...shift,
      activities: shift.activities.map((activity) =>
        activity.kind === "work" ? { ...activity, kind: "training", ruleId: hireTraining } : activity,
      ),
    };
  const handleFactor = startingPace - ((startingPace - 1) * week) / Math.max(1, learningWeeks);
  return week >= learningWeeks || handleFactor <= 1 ? shift : { ...shift, handleFactor };
}

function withHiringCosts(
  inputs: ScenarioInputs,
  hire: Hire,
  place: number,
  firstDay: number,
): ScenarioInputs {
  const { count, costPerPerson, costPerPersonMonth } = hire;
  const once = withCharge(inputs, {
    kind: "recruiting",
    place: place + 1,
    perDay: null,
    once: count,
    price: costPerPerson ?? null,
  });
  return withCharge(once, {
    kind: "workplace",
    place: place + 1,
    perDay: monthsPerDay(inputs.forecast.grid, count, firstDay),
    once: 0,
    price: costPerPersonMonth ?? null,
  });
}

function paidMinutes({ breaks }: ShiftTemplate, lengthMinutes: number): number {
  return breaks.reduce((left, { paid, lengthMinutes: off }) => left - (paid ? 0 : off), lengthMinutes);
}

/**
 * The template and length that fill the contract's week best, then the one the group works most: as many days as the
 * hours and the contract's runs of days allow. null: no template of the group fits.
 */
function workingWeek(
  plan: Plan,
  { groupId, contractId }: Hire,
  present: readonly Shift[],
): WorkingWeek | null {
  const contract = plan.contracts.find(({ id }) => id === contractId);
  const weekMinutes = contract?.maximumMinutesPerWeek ?? 40 * 60;
  const mostDays = Math.min(
    contract?.maximumConsecutiveDays ?? 5,
    7 - (contract?.minimumConsecutiveDaysOff ?? 2),
    6,
  );
  let best: (WorkingWeek & { readonly minutes: number; readonly used: number }) | null = null;
  for (const template of plan.templates) {
    if (!mayWork(template, groupId)) continue;
    for (const lengthMinutes of template.lengthsMinutes) {
      const paid = paidMinutes(template, lengthMinutes);
      const days = Math.min(mostDays, template.weekdays.length, Math.floor(weekMinutes / paid));
      if (days === 0 || paid > (contract?.maximumMinutesPerDay ?? Number.POSITIVE_INFINITY)) continue;
      const minutes = days * paid;
      const used = present.filter(
        ({ templateId, startMinute, endMinute }) =>
          templateId === template.id && endMinute - startMinute === lengthMinutes,
      ).length;
      if (best === null || minutes > best.minutes || (minutes === best.minutes && used > best.used))
        best = { template, lengthMinutes, days, minutes, used };
    }
  }
  return best;
}

/** Starts of the group's shifts of the template, in order; those the template allows where it has none yet. */
function usualStarts(grid: IntervalGrid, { template }: WorkingWeek, present: readonly Shift[]): number[] {
  const theirs = present
    .filter(({ templateId }) => templateId === template.id)
    .map(({ startMinute }) => clockMinuteAt(grid, startMinute));
  if (theirs.length > 0) return theirs.sort((a, b) => a - b);
  for (let day = 0; day < Math.min(7, grid.dayCount); day++) {
    const starts = clockStartsOn(grid, template, day);
    if (starts.length > 0) return starts;
  }
  return [template.earliestStartMinute];
}

/**
 * Weekdays off of each new person, standing together, so that the new shifts lie over the week as the group's do: one
 * person after the other takes the days off that leave the most even share.
 */
function daysOffOf(
  grid: IntervalGrid,
  { template, days }: WorkingWeek,
  present: readonly Shift[],
  count: number,
): ReadonlySet<number>[] {
  const usual = new Float64Array(8);
  for (const { date } of present) usual[weekdayOf(date)]++;
  if (present.length === 0) for (const weekday of template.weekdays) usual[weekday] = 1;
  const weeks = Math.max(1, grid.dayCount / 7);
  const patterns = Array.from({ length: 7 }, (_, first) => {
    const off = new Set(Array.from({ length: 7 - days }, (_, at) => ((first + at) % 7) + 1));
    for (let weekday = 1; weekday <= 7; weekday++) if (!template.weekdays.includes(weekday)) off.add(weekday);
    return off;
  });
  const most = Math.max(...patterns.map((off) => 7 - off.size));
  const full = patterns.filter((off) => 7 - off.size === most);
  const given = new Float64Array(8);
  return Array.from({ length: count }, () => {
    const unevenness = (off: ReadonlySet<number>) => {
      let sum = 0;
      for (let weekday = 1; weekday <= 7; weekday++)
        sum += (given[weekday] + (off.has(weekday) ? 0 : 1)) ** 2 / (usual[weekday] / weeks + 0.1);
      return sum;
    };
    const chosen = full.reduce((best, off) => (unevenness(off) < unevenness(best) - 1e-12 ? off : best));
    for (let weekday = 1; weekday <= 7; weekday++) if (!chosen.has(weekday)) given[weekday]++;
    return chosen;
  });
}

function newAgent(plan: Plan, hire: Hire, id: string, number: number, joined: string): Agent {
  const { groupId } = hire;
  const colleague = plan.agents.find((agent) => agent.groupId === groupId) ?? plan.agents[0];
  const group = plan.groups.find((other) => other.id === groupId);
  return {
    id,
    name: `+${number + 1} ${group?.name ?? groupId}`,
    team: colleague?.team ?? "",
    groupId,
    contractId: hire.contractId ?? colleague?.contractId ?? plan.contracts[0]?.id ?? "",
    proficiency: 1,
    joined,
    daysOff: [],
    wishes: [],
  };
}
