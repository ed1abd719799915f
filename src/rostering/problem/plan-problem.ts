import { daysBetween, epochDay, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type {
  Assignment,
  Contract,
  LedgerEntry,
  RosteredAgent,
  RosteringSettings,
} from "../../domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import { isAvailable, mayDo, startPreferencePrice, wishPrice } from "../rules/day-rules.ts";
import {
  type Cover,
  dayOff,
  type Person,
  type RosterProblem,
  type Tour,
  type TourLimits,
} from "./roster-problem.ts";
import { homeGroups, intervalCover, shiftCandidates } from "./shift-candidates.ts";
import { isNightShift, softTermsOf } from "./soft-terms.ts";

/** What a plan's roster is made from. */
export interface RosterSource {
  readonly grid: IntervalGrid;
  readonly shifts: readonly Shift[];
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly contracts: readonly Contract[];
  readonly agents: readonly RosteredAgent[];
  /** Price of a paid hour of a shift that nobody takes, and of one that is worked beyond the schedule. */
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  /** Present: shifts are made from the templates to cover this, and `shifts` is empty. */
  readonly requirement?: Requirement | null;
  readonly rostering?: RosteringSettings;
  readonly ledger?: readonly LedgerEntry[];
}

/** A plan in the neutral form, and the way back. */
export interface PlanProblem {
  readonly source: RosterSource;
  readonly problem: RosterProblem;
  /** Kind of a shift by its times, template and group; null for one the problem was made without. */
  kindOf(shift: Shift): number | null;
  /** The same with other people, or other wishes and days off of some: only who differs is made anew. */
  withAgents(agents: readonly RosteredAgent[]): PlanProblem;
  /** Day of a date, or null outside the horizon. */
  dayOf(date: LocalDate): number | null;
  /** One shift of each kind, from which further ones are cut. */
  readonly samples: readonly Shift[];
}

/** Days of paid time off that stand for a whole week's minimum. */
const workingDaysPerWeek = 5;

/**
 * The neutral problem of a plan. Kinds are shifts that differ in nothing but date and place of breaks; a kind may be
 * worked on every weekday of its template, beyond the schedule at `costPerHourOver`. Agents may work shifts whose
 * queues they all serve. Each day off cuts a fifth of the week's minimum; a week that the horizon cuts owes its share.
 * Rest is measured in physical time, so it is right when the clocks change.
 *
 * @param further shifts that are worked but not in the schedule, so that they have a kind too
 */
export function planProblem(source: RosterSource, further: readonly Shift[] = []): PlanProblem {
  const { grid, groups, templates, agents } = source;
  const dayCount = grid.dayCount;
  const dates = Array.from({ length: dayCount }, (_, day) => dateOfDay(grid, day));
  const dayByDate = new Map(dates.map((date, day) => [date, day]));
  const dayOf = (date: LocalDate) => dayByDate.get(date) ?? daysBetween(grid.firstDate, date);
  const firstWeek = isoWeek(dates[0]);
  const weekOfDay = dates.map((date) => isoWeek(date) - firstWeek);
  const weekCount = (weekOfDay.at(-1) ?? -1) + 1;

  const samples: Shift[] = [];
  const kindByName = new Map<string, number>();
  const kindOf = (shift: Shift): number => {
    const name = kindName(grid, shift);
    let kind = kindByName.get(name);
    if (kind === undefined) {
      kind = samples.length;
      kindByName.set(name, kind);
      samples.push(shift);
    }
    return kind;
  };
  const needed = source.shifts.map((shift) => ({
    kind: kindOf(shift),
    day: dayOf(shift.date),
  }));
  const outside = further.map((shift) => ({
    kind: kindOf(shift),
    day: dayOf(shift.date),
  }));
  const { requirement } = source;
  const homes = requirement ? homeGroups(requirement, groups) : null;
  if (homes)
    for (const shift of shiftCandidates(grid, templates, [...new Set(homes.values())])) kindOf(shift);
  const kindCount = samples.length;
  const minutes = samples.map(paidMinutes);

  // One cell for each day and kind that exists there.
  const template = new Map(templates.map((entry) => [entry.id, entry]));
  const isPlain = (day: number) => minutesOfDay(grid, day) === 1440;
  const cellsOf: number[][] = Array.from({ length: dayCount * kindCount }, () => []);
  const need: number[] = [];
  const cellKind: number[] = [];
  const openCell = (day: number, kind: number): number => {
    const index = day * kindCount + kind;
    if (cellsOf[index].length === 0) {
      cellsOf[index].push(need.length);
      need.push(0);
      cellKind.push(kind);
    }
    return cellsOf[index][0];
  };
  for (const { day, kind } of needed) need[openCell(day, kind)]++;
  for (const { day, kind } of outside) openCell(day, kind);
  for (const [kind, sample] of samples.entries()) {
    if (requirement) break;
    const madeOnPlainDay = isPlain(daysBetween(grid.firstDate, sample.date));
    const weekdays = template.get(sample.templateId)?.weekdays ?? [];
    for (let day = 0; day < dayCount; day++) {
      if (madeOnPlainDay && isPlain(day) && weekdays.includes(weekdayOf(dates[day]))) openCell(day, kind);
    }
  }
  const hours = cellKind.map((kind) => minutes[kind] / 60);
  const clock = samples.map((shift) => {
    const startMinute = shift.startMinute - startOfDayMinute(grid, shift.date);
    const endMinute = startMinute + shift.endMinute - shift.startMinute;
    return { startMinute, endMinute, isNight: isNightShift(startMinute, endMinute) };
  });
  const nights = clock.flatMap(({ isNight }, kind) => (isNight ? [kind] : []));
  const kindsOf = (templateIds: readonly string[]): number[] =>
    samples.flatMap(({ templateId }, kind) => (templateIds.includes(templateId) ? [kind] : []));

  const rest = new Map<number, boolean[][]>();
  const mayFollow = (minimumRestMinutes: number): boolean[][] => {
    let matrix = rest.get(minimumRestMinutes);
    if (!matrix) {
      const untilMidnight = samples.map((shift) => endOfDayMinute(grid, shift.date) - shift.endMinute);
      const afterMidnight = samples.map((shift) => shift.startMinute - startOfDayMinute(grid, shift.date));
      matrix = untilMidnight.map((before) =>
        afterMidnight.map((after) => before + after >= minimumRestMinutes),
      );
      rest.set(minimumRestMinutes, matrix);
    }
    return matrix;
  };
  const queuesOfGroup = new Map(groups.map((group) => [group.id, group.queueIds]));
  const serves = (groupId: string, shift: Shift): boolean => {
    const own = queuesOfGroup.get(groupId) ?? [];
    return (
      shift.groupId === groupId || (queuesOfGroup.get(shift.groupId) ?? [""]).every((id) => own.includes(id))
    );
  };
  const contractById = new Map(source.contracts.map((contract) => [contract.id, contract]));
  const limitsByName = new Map<string, TourLimits>();
  const limitsOf = (agent: RosteredAgent): TourLimits => {
    const contract = contractById.get(agent.contractId);
    if (!contract) throw new RangeError(`agent ${agent.id} has the unknown contract ${agent.contractId}`);
    const owed = new Array<number>(weekCount).fill(0);
    const daysOff = new Set(agent.daysOff);
    for (let week = 0; week < weekCount; week++) {
      const inWeek = dates.filter((_, day) => weekOfDay[day] === week);
      const off = inWeek.filter((date) => daysOff.has(date)).length;
      const share = Math.max(0, Math.min(workingDaysPerWeek, inWeek.length) - off) / workingDaysPerWeek;
      owed[week] = contract.minimumMinutesPerWeek * share;
    }
    const name = JSON.stringify([agent.groupId, contract.id, owed]);
    let limits = limitsByName.get(name);
    if (!limits) {
      const longest = contract.maximumMinutesPerDay ?? Infinity;
      const barred = samples.flatMap((shift, kind) =>
        serves(agent.groupId, shift) && shift.endMinute - shift.startMinute <= longest ? [] : [kind],
      );
      const forbidden = contract.forbiddenSuccessions ?? [];
      const rested = mayFollow(contract.minimumRestMinutes);
      limits = {
        mayFollow:
          forbidden.length === 0
            ? rested
            : rested.map((row, last) =>
                row.map(
                  (enough, next) =>
                    enough &&
                    !forbidden.some(
                      ({ templateId, nextTemplateId }) =>
                        samples[last].templateId === templateId &&
                        samples[next].templateId === nextTemplateId,
                    ),
                ),
              ),
        caps: [
          ...(barred.length > 0 ? [{ kinds: barred, maximum: 0 }] : []),
          ...(contract.maximumShifts ?? []).map(({ templateIds, maximum }) => ({
            kinds: kindsOf(templateIds),
            maximum,
          })),
          ...(contract.maximumNights === undefined
            ? []
            : [{ kinds: nights, maximum: contract.maximumNights, isNights: true }]),
        ],
        minimumMinutes: contract.minimumMinutesPerPeriod ?? 0,
        maximumMinutes: contract.maximumMinutesPerPeriod ?? Infinity,
        maximumConsecutiveNights: contract.maximumConsecutiveNights,
        minimumMinutesOfWeek: owed,
        maximumMinutesPerWeek: contract.maximumMinutesPerWeek,
        maximumConsecutiveDays: contract.maximumConsecutiveDays,
        minimumConsecutiveDays: contract.minimumConsecutiveDays,
        minimumConsecutiveDaysOff: contract.minimumConsecutiveDaysOff,
        maximumWeekends: contract.maximumWeekends ?? Infinity,
      };
      limitsByName.set(name, limits);
    }
    return limits;
  };

  const width = kindCount + 1;
  const cover: Cover =
    requirement && homes
      ? intervalCover(requirement, homes, samples, templates, source.costPerHourShort, source.costPerHourOver)
      : {
          need: Float64Array.from(need),
          underPrice: Float64Array.from(hours, (value) => value * source.costPerHourShort),
          overPrice: Float64Array.from(hours, (value) => value * source.costPerHourOver),
          cellsOf,
        };
  const covered = cover.cellsOf;
  const madePerson = (agent: RosteredAgent): Person => {
    const prices = new Float64Array(dayCount * width);
    const limits = limitsOf(agent);
    const daysOff = new Set(agent.daysOff);
    const fixed = new Map(agent.fixedShifts?.map(({ weekday, templateId }) => [weekday, templateId]));
    for (let day = 0; day < dayCount; day++) {
      const templateId = daysOff.has(dates[day]) ? undefined : fixed.get(weekdayOf(dates[day]));
      for (let kind = 0; kind < kindCount; kind++) {
        const place = day * width + kind + 1;
        if (
          covered[day * kindCount + kind].length === 0 ||
          daysOff.has(dates[day]) ||
          (templateId !== undefined && samples[kind].templateId !== templateId) ||
          !isAvailable(agent, dates[day], clock[kind])
        )
          prices[place] = Infinity;
        else prices[place] = startPreferencePrice(agent, clock[kind].startMinute);
      }
      const hasFixed =
        templateId !== undefined &&
        samples.some((_, kind) => prices[day * width + kind + 1] < Infinity && mayDo(limits, kind));
      if (hasFixed) prices[day * width] = Infinity;
      // Away for part of the day, so that none of the fixed shifts is left: a day off, not a contradiction.
    }
    for (const wish of agent.wishes) {
      const day = daysBetween(grid.firstDate, wish.date);
      if (day < 0 || day >= dayCount) continue;
      for (let choice = 0; choice < width; choice++)
        prices[day * width + choice] += wishPrice(wish, choice === 0 ? null : samples[choice - 1].templateId);
    }
    return { id: agent.id, limits, prices };
  };
  const knownPeople = new WeakMap<RosteredAgent, Person>();
  const personOf = (agent: RosteredAgent): Person => {
    const person = knownPeople.get(agent) ?? madePerson(agent);
    knownPeople.set(agent, person);
    return person;
  };

  const frame: Omit<RosterProblem, "people"> = {
    dayCount,
    weekOfDay,
    weekendOfDay: dates.map((date, day) => (weekdayOf(date) >= 6 ? weekOfDay[day] : -1)),
    kinds: samples.map((shift, kind) => ({
      id: kindName(grid, shift),
      minutes: minutes[kind],
      ...clock[kind],
    })),
    cover,
  };

  const withTerms = (all: readonly RosteredAgent[]): Person[] => {
    const terms = softTermsOf({ ...source, agents: all }, frame, samples, (agent, kind) =>
      mayDo(personOf(agent).limits, kind),
    );
    return all.map((agent, index) =>
      terms[index] ? { ...personOf(agent), soft: terms[index] } : personOf(agent),
    );
  };
  const problem: RosterProblem = { ...frame, people: withTerms(agents) };
  // Asked for every assignment at every edit.
  const kindByShift = new WeakMap<Shift, number>();
  const made: PlanProblem = {
    source,
    problem,
    withAgents: (all) => ({
      ...made,
      source: { ...source, agents: all },
      problem: { ...problem, people: withTerms(all) },
    }),
    samples,
    dayOf: (date) => dayByDate.get(date) ?? null,
    kindOf(shift) {
      let kind = kindByShift.get(shift);
      if (kind === undefined) {
        kind = kindByName.get(kindName(grid, shift));
        if (kind === undefined) return null;
        kindByShift.set(shift, kind);
      }
      return kind;
    },
  };
  return made;
}

/** The same problem with pinned assignments: on their days nothing else is to be had. */
export function withPins(plan: PlanProblem, pinned: readonly Assignment[]): RosterProblem {
  if (pinned.length === 0) return plan.problem;
  const width = plan.problem.kinds.length + 1;
  const position = new Map(plan.source.agents.map((agent, index) => [agent.id, index]));
  const people = [...plan.problem.people];
  for (const { agentId, shift } of pinned) {
    const person = position.get(agentId);
    const day = plan.dayOf(shift.date);
    if (person === undefined || day === null) continue;
    const prices = people[person].prices.slice();
    const kept = knownKind(plan, shift) + 1;
    for (let choice = 0; choice < width; choice++)
      if (choice !== kept) prices[day * width + choice] = Infinity;
    people[person] = { ...people[person], prices };
  }
  return { ...plan.problem, people };
}

/** The roster that people already know, and what each day that turns out otherwise costs. */
export interface PresentRoster {
  readonly assignments: readonly Assignment[];
  /** Per agent and day. */
  readonly changePrice: number;
}

/** What each agent works in the present roster; null for those who have no shift in it: to them all is new, and free. */
export function presentTours(plan: PlanProblem, present: PresentRoster): (Tour | null)[] {
  const { tours } = toursOf(plan, present.assignments);
  return tours.map((tour) => (tour.some((kind) => kind !== dayOff) ? tour : null));
}

/** `problem` with the price of changes on every other choice than the present one. */
export function withChangePrice(
  plan: PlanProblem,
  problem: RosterProblem,
  present: PresentRoster,
): RosterProblem {
  const width = problem.kinds.length + 1;
  const known = presentTours(plan, present);
  const people = problem.people.map((person, index): Person => {
    const tour = known[index];
    if (tour === null) return person;
    const kept = (place: number) => place % width === tour[Math.floor(place / width)] + 1;
    return {
      ...person,
      prices: person.prices.map((price, place) => (kept(place) ? price : price + present.changePrice)),
    };
  });
  return { ...problem, people };
}

/** Tours that assignments make, and those beyond one a day, which a tour cannot hold. */
export function toursOf(
  plan: PlanProblem,
  assignments: readonly Assignment[],
): { tours: Tour[]; doubled: Assignment[] } {
  const position = new Map(plan.source.agents.map((agent, index) => [agent.id, index]));
  const tours: Tour[] = plan.source.agents.map(() => new Int16Array(plan.problem.dayCount).fill(dayOff));
  const doubled: Assignment[] = [];
  for (const assignment of assignments) {
    const person = position.get(assignment.agentId);
    const day = plan.dayOf(assignment.shift.date);
    if (person === undefined || day === null) continue;
    if (tours[person][day] !== dayOff) doubled.push(assignment);
    else tours[person][day] = knownKind(plan, assignment.shift);
  }
  return { tours, doubled };
}

function knownKind(plan: PlanProblem, shift: Shift): number {
  const kind = plan.kindOf(shift);
  if (kind === null) throw new RangeError(`shift ${shift.id} is of a kind the problem was made without`);
  return kind;
}

/** Paid time of a shift, minutes. */
export function paidMinutes(shift: Shift): number {
  return shift.activities.reduce(
    (sum, activity) => sum + (activity.paid ? activity.endMinute - activity.startMinute : 0),
    0,
  );
}

/** Equal for shifts that differ in nothing but date and place of breaks. Remembered: a plan's problem is made again at some edits. */
function kindName(grid: IntervalGrid, shift: Shift): string {
  let names = kindNames.get(grid);
  if (!names) {
    names = new WeakMap();
    kindNames.set(grid, names);
  }
  let name = names.get(shift);
  if (name === undefined) {
    const start = shift.startMinute - startOfDayMinute(grid, shift.date);
    const untilMidnight = endOfDayMinute(grid, shift.date) - shift.endMinute;
    name = `${shift.groupId}/${shift.templateId}/${start}/${untilMidnight}/${paidMinutes(shift)}`;
    names.set(shift, name);
  }
  return name;
}
const kindNames = new WeakMap<IntervalGrid, WeakMap<Shift, string>>();

function startOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return (grid.dayOffsets[daysBetween(grid.firstDate, date)] ?? Number.NaN) * grid.intervalMinutes;
}

function endOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return (grid.dayOffsets[daysBetween(grid.firstDate, date) + 1] ?? Number.NaN) * grid.intervalMinutes;
}

function minutesOfDay(grid: IntervalGrid, day: number): number {
  return (grid.dayOffsets[day + 1] - grid.dayOffsets[day]) * grid.intervalMinutes;
}

/** Weeks start on Monday. */
function isoWeek(date: LocalDate): number {
  return Math.floor((epochDay(date) + 3) / 7);
}
