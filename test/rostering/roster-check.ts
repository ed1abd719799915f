import { Temporal } from "temporal-polyfill";
import type { IntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Assignment, Contract, Roster, Violation, Wish } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";

/**
 * An independent judge of a plan's rosters, written from the words of the plan alone: it reads concrete shifts as
 * instants and local dates and shares no code with the engine. `hard` holds the rules that agents' assignments break,
 * `penalties` what it reckons by itself of the price, rule by rule.
 */
export interface RosterCheck {
  readonly hard: readonly BrokenRule[];
  readonly penalties: Readonly<Record<string, number>>;
}

export interface BrokenRule {
  readonly agentId: string;
  readonly rule: string;
  readonly detail: string;
}

type Agent = RosterInput["agents"][number];

export function checkRoster(input: RosterInput, roster: Roster): RosterCheck {
  const { grid, assignments } = roster;
  const hard: BrokenRule[] = [];
  const shiftIds = new Set<string>();
  for (const { agentId, shift } of assignments) {
    if (shiftIds.has(shift.id))
      hard.push({ agentId, rule: "oneShiftAtATime", detail: `${shift.id} given twice` });
    shiftIds.add(shift.id);
  }
  for (const { agentId, shift } of input.present?.assignments.filter(({ pinned }) => pinned) ?? [])
    if (!assignments.some((one) => one.agentId === agentId && one.shift.id === shift.id && one.pinned))
      hard.push({ agentId, rule: "pinned", detail: `${shift.id} is gone` });
  for (const agent of input.agents) {
    const own = assignments
      .filter(({ agentId }) => agentId === agent.id)
      .map(({ shift }) => workOf(grid, shift))
      .sort((a, b) => a.shift.startMinute - b.shift.startMinute);
    const contract = input.contracts.find(({ id }) => id === agent.contractId)!;
    for (const [rule, detail] of brokenBy(input, grid, agent, contract, own, pastOf(input, grid, agent.id)))
      hard.push({ agentId: agent.id, rule, detail });
  }
  return {
    hard,
    penalties: {
      ...wishPenalties(input, grid, assignments),
      startPreference: startPenalty(input, grid, assignments),
      ...(input.requirement && input.rostering?.buildFrom === "requirement"
        ? requirementPenalties(input, grid, assignments)
        : schedulePenalties(input, assignments)),
    },
  };
}

/** A shift with its clock: dates it touches, minutes of the clock counted from the midnight before it. */
interface Work {
  readonly shift: Shift;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly startClock: number;
  readonly endClock: number;
  readonly isNight: boolean;
  readonly paid: number;
}

/** What is known of a person's days before the period. */
interface Past {
  readonly dates: readonly string[];
  readonly works: readonly Work[];
}

function pastOf(input: RosterInput, grid: IntervalGrid, agentId: string): Past {
  const person = input.priorRoster?.people.find((one) => one.agentId === agentId);
  if (!input.priorRoster || !person) return { dates: [], works: [] };
  const { firstDate } = input.priorRoster;
  const dates: string[] = [];
  for (let date = firstDate; date < grid.firstDate; date = addDays(date, 1)) dates.push(date);
  const minuteOf = (instant: string) => (Date.parse(instant) / 1000 - grid.startEpochSeconds) / 60;
  const works = person.shifts.map(({ templateId, date, start, end, paidMinutes }, index) => {
    const [startMinute, endMinute] = [minuteOf(start), minuteOf(end)];
    const bare = { id: `former ${index}`, groupId: "", pinned: false, activities: [] };
    return { ...workOf(grid, { ...bare, templateId, date, startMinute, endMinute }), paid: paidMinutes };
  });
  return { dates, works };
}

function zoned(grid: IntervalGrid, minute: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(
    (grid.startEpochSeconds + minute * 60) * 1000,
  ).toZonedDateTimeISO(grid.timeZone);
}

function workOf(grid: IntervalGrid, shift: Shift): Work {
  const start = zoned(grid, shift.startMinute);
  const end = zoned(grid, shift.endMinute);
  const days = start.toPlainDate().until(end.toPlainDate()).days;
  const startClock = start.hour * 60 + start.minute;
  const endClock = days * 1440 + end.hour * 60 + end.minute;
  return {
    shift,
    firstDate: start.toPlainDate().toString(),
    lastDate: zoned(grid, shift.endMinute - 1)
      .toPlainDate()
      .toString(),
    startClock,
    endClock,
    isNight: startClock < 360 || endClock > 1440,
    paid: shift.activities.reduce(
      (sum, { paid, startMinute, endMinute }) => sum + (paid ? endMinute - startMinute : 0),
      0,
    ),
  };
}

function touches({ firstDate, lastDate }: Work, date: string): boolean {
  return firstDate <= date && date <= lastDate;
}

function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

function weekdayOf(date: string): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

/** Monday of the week of a date. */
function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/** Whether the agent could be at work then at all: no leave, no appointment, within the weekly hours. */
function isPossible(grid: IntervalGrid, agent: Agent, work: Work): string | null {
  const { shift, firstDate, startClock, endClock } = work;
  const off = agent.daysOff.find((date) => touches(work, date));
  if (off !== undefined) return `day off ${off}`;
  const instant = (date: string, minute: number): number =>
    Temporal.PlainDate.from(addDays(date, Math.floor(minute / 1440))).toZonedDateTime({
      timeZone: grid.timeZone,
      plainTime: { hour: Math.floor((minute % 1440) / 60), minute: minute % 60 },
    }).epochMilliseconds / 60_000;
  const from = grid.startEpochSeconds / 60 + shift.startMinute;
  const to = grid.startEpochSeconds / 60 + shift.endMinute;
  const away = agent.unavailable?.find(
    ({ date, fromMinute, toMinute }) => from < instant(date, toMinute) && to > instant(date, fromMinute),
  );
  if (away) return `away ${away.date} ${away.fromMinute}`;
  const hasHours =
    agent.availability === undefined ||
    agent.availability.some(
      ({ weekday, fromMinute, toMinute }) =>
        weekday === weekdayOf(firstDate) && fromMinute <= startClock && endClock <= toMinute,
    );
  return hasHours ? null : `outside weekly hours ${firstDate}`;
}

function serves(input: RosterInput, agent: Agent, shift: Shift): boolean {
  const queuesOf = (id: string) => input.groups.find((group) => group.id === id)?.queueIds;
  const own = queuesOf(agent.groupId) ?? [];
  return (
    agent.groupId === shift.groupId || (queuesOf(shift.groupId)?.every((id) => own.includes(id)) ?? false)
  );
}

function brokenBy(
  input: RosterInput,
  grid: IntervalGrid,
  agent: Agent,
  contract: Contract,
  own: readonly Work[],
  past: Past,
): (readonly [string, string])[] {
  const broken: (readonly [string, string])[] = [];
  const say = (rule: string, isBroken: boolean, detail: string | number) => {
    if (isBroken) broken.push([rule, String(detail)]);
  };
  const dates = Array.from({ length: grid.dayCount }, (_, day) => addDays(grid.firstDate, day));
  const on = new Map(own.map((work) => [work.firstDate, work]));
  say("oneShiftAtATime", on.size < own.length, "two shifts on one day");
  for (const work of own) {
    const { shift, firstDate, paid } = work;
    say("date", shift.date !== firstDate, `${shift.id} starts on ${firstDate}`);
    say("maximumOfKind", !serves(input, agent, shift), `${shift.id} is of group ${shift.groupId}`);
    const length = shift.endMinute - shift.startMinute;
    say("maximumOfKind", length > (contract.maximumMinutesPerDay ?? Infinity), `${shift.id} lasts ${length}`);
    const obstacle = isPossible(grid, agent, work);
    say("availability", obstacle !== null, `${shift.id}: ${obstacle}`);
    say("paid", paid < 0, paid);
  }
  for (const [index, next] of own.entries()) {
    const last = own[index - 1] ?? past.works.at(-1);
    if (!last) continue;
    const { shift, firstDate } = last;
    const rest = next.shift.startMinute - shift.endMinute;
    say("restBetweenShifts", rest < contract.minimumRestMinutes, `${rest} min before ${next.shift.id}`);
    const isForbidden = (contract.forbiddenSuccessions ?? []).some(
      ({ templateId, nextTemplateId }) =>
        templateId === shift.templateId && nextTemplateId === next.shift.templateId,
    );
    say(
      "restBetweenShifts",
      isForbidden && next.firstDate === addDays(firstDate, 1),
      `succession to ${next.shift.id}`,
    );
  }
  for (const { weekday, templateId } of agent.fixedShifts ?? []) {
    for (const date of dates.filter((one) => weekdayOf(one) === weekday && !agent.daysOff.includes(one))) {
      const work = on.get(date);
      say(
        "availability",
        work !== undefined && work.shift.templateId !== templateId,
        `not the fixed shift on ${date}`,
      );
      const isThere = (input.schedule?.shifts ?? []).some(
        (shift) =>
          shift.date === date &&
          shift.templateId === templateId &&
          serves(input, agent, shift) &&
          shift.endMinute - shift.startMinute <= (contract.maximumMinutesPerDay ?? Infinity) &&
          !(contract.maximumShifts ?? []).some(
            (cap) => cap.maximum === 0 && cap.templateIds.includes(templateId),
          ) &&
          !(contract.maximumNights === 0 && workOf(grid, shift).isNight) &&
          isPossible(grid, agent, workOf(grid, shift)) === null,
      );
      const isFromRequirement = input.rostering?.buildFrom === "requirement";
      say("availability", !work && isThere && !isFromRequirement, `no fixed shift on ${date}`);
    }
  }
  brokenRuns(agent, contract, dates, on, past, say);
  brokenSums(agent, contract, dates, own, past, say);
  return broken;
}

type Say = (rule: string, isBroken: boolean, detail: string | number) => void;

/**
 * Runs of days that end in the period or touch it. What is not known counts as satisfying the least lengths; leave
 * excuses them.
 */
function brokenRuns(
  agent: Agent,
  contract: Contract,
  period: readonly string[],
  inPeriod: ReadonlyMap<string, Work>,
  past: Past,
  say: Say,
): void {
  const dates = [...past.dates, ...period];
  const on = new Map([...past.works.map((work) => [work.firstDate, work] as const), ...inPeriod]);
  const border = past.dates.length;
  const letters = dates
    .map((date) => (on.has(date) ? "w" : agent.daysOff.includes(date) ? "a" : "o"))
    .join("");
  const endOf = (run: RegExpExecArray) => run.index + run[0].length;
  const isInside = (run: RegExpExecArray) =>
    run.index > 0 && endOf(run) < letters.length && endOf(run) >= border;
  for (const run of letters.matchAll(/w+/g)) {
    const length = run[0].length;
    const isCutByLeave = letters[run.index - 1] === "a" || letters[run.index + length] === "a";
    say(
      "maximumConsecutiveDays",
      endOf(run) > border && length > contract.maximumConsecutiveDays,
      `${length} days`,
    );
    say(
      "minimumConsecutiveDays",
      isInside(run) && !isCutByLeave && length < contract.minimumConsecutiveDays,
      `${length} days from ${dates[run.index]}`,
    );
  }
  for (const run of letters.matchAll(/[oa]+/g))
    say(
      "minimumConsecutiveDaysOff",
      isInside(run) && !run[0].includes("a") && run[0].length < contract.minimumConsecutiveDaysOff,
      `${run[0].length} days from ${dates[run.index]}`,
    );
  const nights = dates.map((date) => (on.get(date)?.isNight ? "n" : "-")).join("");
  for (const run of nights.matchAll(/n+/g)) {
    const isTooLong = run[0].length > (contract.maximumConsecutiveNights ?? Infinity);
    say("maximumConsecutiveNights", endOf(run) > border && isTooLong, run[0].length);
  }
}

function brokenSums(
  agent: Agent,
  contract: Contract,
  dates: readonly string[],
  own: readonly Work[],
  past: Past,
  say: Say,
): void {
  const sum = (works: readonly Work[]) => works.reduce((total, { paid }) => total + paid, 0);
  const weekendsOf = (works: readonly Work[]) => {
    const mondays = new Set<string>();
    for (const work of works)
      for (let date = work.firstDate; date <= work.lastDate; date = addDays(date, 1))
        if (weekdayOf(date) >= 6) mondays.add(mondayOf(date));
    return mondays;
  };
  const weekends = weekendsOf(own);
  const formerWeekends = weekendsOf(past.works);
  for (const monday of weekends) {
    if (formerWeekends.has(monday)) continue;
    let run = 1;
    for (
      let last = addDays(monday, -7);
      weekends.has(last) || formerWeekends.has(last);
      last = addDays(last, -7)
    )
      run++;
    say(
      "maximumConsecutiveWeekends",
      run > (contract.maximumConsecutiveWeekends ?? Infinity),
      `${run} to ${monday}`,
    );
  }
  say("maximumWeekends", weekends.size > (contract.maximumWeekends ?? Infinity), [...weekends].join());
  const nights = own.filter(({ isNight }) => isNight).length;
  say("maximumNights", nights > (contract.maximumNights ?? Infinity), nights);
  for (const { templateIds, maximum } of contract.maximumShifts ?? []) {
    const count = own.filter(({ shift }) => templateIds.includes(shift.templateId)).length;
    say("maximumOfKind", count > maximum, `${count} of ${templateIds.join()}`);
  }
  say("minimumMinutes", sum(own) < (contract.minimumMinutesPerPeriod ?? 0), sum(own));
  say("maximumMinutes", sum(own) > (contract.maximumMinutesPerPeriod ?? Infinity), sum(own));
  for (const monday of new Set(dates.map(mondayOf))) {
    const days = [...past.dates, ...dates].filter((date) => mondayOf(date) === monday);
    const inWeek = own.filter(({ firstDate }) => mondayOf(firstDate) === monday);
    const former = past.works.filter(({ firstDate }) => mondayOf(firstDate) === monday);
    const minutes = sum(inWeek) + sum(former);
    const off = days.filter((date) => agent.daysOff.includes(date)).length;
    const owed = (contract.minimumMinutesPerWeek * Math.max(0, Math.min(5, days.length) - off)) / 5;
    say("minimumMinutesPerWeek", minutes < owed - 1e-9, `${minutes} of ${owed} in the week of ${monday}`);
    say(
      "maximumMinutesPerWeek",
      inWeek.length > 0 && minutes > contract.maximumMinutesPerWeek,
      `${minutes} in the week of ${monday}`,
    );
  }
}

function worksOf(grid: IntervalGrid, assignments: readonly Assignment[], agentId: string): Work[] {
  return assignments.filter((one) => one.agentId === agentId).map(({ shift }) => workOf(grid, shift));
}

/** A wish for a shift is met by one that starts that day; a wish for a day off is broken by each shift that touches it. */
function wishPenalties(input: RosterInput, grid: IntervalGrid, assignments: readonly Assignment[]) {
  const last = addDays(grid.firstDate, grid.dayCount - 1);
  let shiftOnWish = 0;
  let shiftOffWish = 0;
  for (const agent of input.agents) {
    const own = worksOf(grid, assignments, agent.id);
    const isMeant = ({ templateId }: Wish, { shift }: Work) =>
      templateId === null || templateId === shift.templateId;
    for (const wish of agent.wishes) {
      const starting = own.filter((work) => work.firstDate === wish.date && isMeant(wish, work)).length;
      const isInside = wish.date >= grid.firstDate && wish.date <= last;
      if (wish.kind === "shiftOn") shiftOnWish += isInside && starting === 0 ? wish.weight : 0;
      else
        shiftOffWish +=
          wish.weight *
          (wish.templateId === null ? own.filter((work) => touches(work, wish.date)).length : starting);
    }
  }
  return { shiftOnWish, shiftOffWish };
}

function startPenalty(input: RosterInput, grid: IntervalGrid, assignments: readonly Assignment[]): number {
  return input.agents.reduce((sum, { id, preferences }) => {
    const liked = preferences?.startTime;
    if (!liked) return sum;
    const against = worksOf(grid, assignments, id).filter(
      ({ startClock }) => startClock < 720 !== (liked.kind === "early"),
    );
    return sum + against.length * liked.weight;
  }, 0);
}

/** Shifts that differ in nothing but their breaks stand for each other. */
function schedulePenalties(
  { schedule, costPerHourShort, costPerHourOver }: RosterInput,
  assignments: readonly Assignment[],
) {
  const paid = ({ activities }: Shift) =>
    activities.reduce((sum, one) => sum + (one.paid ? one.endMinute - one.startMinute : 0), 0);
  const keyOf = (shift: Shift) =>
    [shift.groupId, shift.templateId, shift.startMinute, shift.endMinute, paid(shift)].join("|");
  const missing = new Map<string, { count: number; hours: number }>();
  const count = (shift: Shift, step: number) => {
    const entry = missing.get(keyOf(shift)) ?? { count: 0, hours: paid(shift) / 60 };
    entry.count += step;
    missing.set(keyOf(shift), entry);
  };
  for (const shift of schedule?.shifts ?? []) count(shift, 1);
  for (const { shift } of assignments) count(shift, -1);
  let coverShort = 0;
  let coverOver = 0;
  for (const entry of missing.values()) {
    if (entry.count > 0) coverShort += entry.count * entry.hours * costPerHourShort;
    else coverOver -= entry.count * entry.hours * costPerHourOver;
  }
  return { coverShort, coverOver };
}

/** Each queue is covered by the smallest group that serves it; people count in the intervals in which they work. */
function requirementPenalties(
  { requirement, groups, costPerHourShort, costPerHourOver }: RosterInput,
  grid: IntervalGrid,
  assignments: readonly Assignment[],
) {
  const { intervalMinutes } = grid;
  let coverShort = 0;
  let coverOver = 0;
  const smallest = (queueId: string) =>
    [...groups]
      .sort((a, b) => a.queueIds.length - b.queueIds.length)
      .find(({ queueIds }) => queueIds.includes(queueId));
  const homes = new Set(requirement!.queues.map(({ queueId }) => smallest(queueId)?.id));
  for (let index = 0; index < grid.dayOffsets[grid.dayCount]; index++) {
    for (const home of homes) {
      const wanted = requirement!.queues
        .filter(({ queueId }) => smallest(queueId)?.id === home)
        .reduce((sum, { scheduledAgents }) => sum + scheduledAgents[index], 0);
      const there = assignments.filter(
        ({ shift }) =>
          shift.groupId === home &&
          shift.activities.some(
            ({ kind, startMinute, endMinute }) =>
              kind === "work" &&
              startMinute <= index * intervalMinutes &&
              (index + 1) * intervalMinutes <= endMinute,
          ),
      ).length;
      const hours = intervalMinutes / 60;
      if (there < wanted) coverShort += (wanted - there) * hours * costPerHourShort;
      else coverOver += (there - wanted) * hours * costPerHourOver;
    }
  }
  return { coverShort, coverOver };
}

/** What a roster says itself of its penalties, rule by rule. */
export function penaltiesOf(violations: readonly Violation[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { rule, penalty } of violations) if (penalty !== null) sums[rule] = (sums[rule] ?? 0) + penalty;
  return sums;
}
