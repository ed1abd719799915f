import { addDays, daysBetween, weekdayOf } from "../../domain/calendar/clock.ts";
import { dayOfDate, dayOfInterval, intervalCount, localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type {
  ActivityRule,
  Premium,
  Schedule,
  Shift,
  ShiftTemplate,
  TourRule,
} from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";

/**
 * An independent judge of schedules. It knows only the rules, the requirement and the finished shifts, and shares no
 * code with the optimiser: everything is read again from activities and clock times.
 */
export interface ScheduleRules {
  readonly requirement: Requirement;
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  readonly pinned: readonly Shift[];
  readonly tours?: readonly TourRule[];
  readonly premiums?: readonly Premium[];
  readonly shortageSteps?: readonly { readonly beyondShare: number; readonly factor: number }[];
  readonly shortWeights?: readonly { readonly queueId: string; readonly weights: Float64Array }[];
  readonly budgetHours?: number | null;
  /** Price of each shift dropped from, or added to, `present`. */
  readonly changePrice?: number;
  readonly present?: Pick<Schedule, "shifts">;
  /** Only breaks may differ from `present`. */
  readonly breaksOnly?: boolean;
  readonly activities?: readonly ActivityRule[];
}

/** A rule that does not hold, in stable words; `shiftId` when it is about one shift. */
export interface ScheduleFault {
  readonly rule:
    | "duplicateId"
    | "unknownTemplate"
    | "unknownGroup"
    | "groupNotAllowed"
    | "weekday"
    | "start"
    | "length"
    | "activities"
    | "breaks"
    | "breakWindow"
    | "minimumWork"
    | "activity"
    | "budget"
    | "onlyBreaksMove"
    | "minimumCount"
    | "maximumCount"
    | "pinnedMoved"
    | "tour"
    | "coverage"
    | "figures"
    | "bound";
  readonly shiftId: string | null;
  readonly detail: string;
}

/** Where only breaks may move, what was drawn by hand against the rules may stay just as it was. */
function staysAsItWas(rules: ScheduleRules, shift: Shift): boolean {
  if (rules.breaksOnly !== true) return false;
  const before = rules.present?.shifts.find(({ id }) => id === shift.id);
  return before !== undefined && JSON.stringify(before.activities) === JSON.stringify(shift.activities);
}

/** All faults of a schedule; empty when it is right. */
export function checkSchedule(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  return [
    ...schedule.shifts
      .filter((shift) => !shift.pinned && !staysAsItWas(rules, shift))
      .flatMap((shift) => faultsOfShift(rules, schedule, shift)),
    ...faultsOfIds(schedule),
    ...faultsOfCounts(rules, schedule),
    ...faultsOfPinned(rules, schedule),
    ...faultsOfActivities(rules, schedule),
    ...faultsOfChanges(rules, schedule),
    ...faultsOfTours(rules, schedule),
    ...faultsOfCoverage(rules, schedule),
    ...faultsOfFigures(rules, schedule),
  ];
}

function faultsOfShift(rules: ScheduleRules, schedule: Schedule, shift: Shift): ScheduleFault[] {
  const faults: ScheduleFault[] = [];
  const say = (rule: ScheduleFault["rule"], detail: string) =>
    faults.push({ rule, shiftId: shift.id, detail });
  const template = rules.templates.find(({ id }) => id === shift.templateId);
  if (template === undefined) {
    say("unknownTemplate", shift.templateId);
    return faults;
  }
  if (!rules.groups.some(({ id }) => id === shift.groupId)) say("unknownGroup", shift.groupId);
  else if (template.groupIds.length > 0 && !template.groupIds.includes(shift.groupId))
    say("groupNotAllowed", shift.groupId);
  if (!template.weekdays.includes(weekdayOf(shift.date))) say("weekday", shift.date);
  if (!template.lengthsMinutes.includes(shift.endMinute - shift.startMinute))
    say("length", String(shift.endMinute - shift.startMinute));
  const clock = clockStart(schedule, shift);
  if (
    clock === null ||
    clock.date !== shift.date ||
    clock.minute < template.earliestStartMinute ||
    clock.minute > template.latestStartMinute ||
    (clock.minute - template.earliestStartMinute) % template.startStepMinutes !== 0
  )
    say("start", `${clock?.date ?? "?"} ${clock?.minute ?? "?"}`);
  let at = shift.startMinute;
  for (const activity of shift.activities) {
    if (activity.startMinute !== at || activity.endMinute <= activity.startMinute)
      say("activities", `gap or overlap at ${activity.startMinute}`);
    at = activity.endMinute;
  }
  if (at !== shift.endMinute) say("activities", `ends at ${at}`);
  const breaks = shift.activities.filter(
    ({ kind }) => kind === "break" || kind === "meal" || kind === "split",
  );
  for (const { kind, paid, ruleId } of shift.activities) {
    const placed = kind === "training" || kind === "meeting" || kind === "coaching";
    if ((kind === "work" || placed) && !paid) say("activities", `unpaid ${kind}`);
    if (placed !== (ruleId !== undefined)) say("activities", `${kind} of rule ${ruleId}`);
  }
  const open = [...template.breaks];
  for (const found of breaks) {
    const start = found.startMinute - shift.startMinute;
    const like = open.filter(
      (rule) =>
        rule.kind === found.kind &&
        rule.paid === found.paid &&
        rule.lengthMinutes === found.endMinute - found.startMinute,
    );
    if (like.length === 0) {
      say("breaks", `no rule for the ${found.kind} at ${start}`);
      continue;
    }
    // Of like rules the one whose window closes first: an exchange argument shows that this finds a fit if one exists.
    const fitting = like
      .filter((rule) => start >= rule.earliestMinute && start <= rule.latestMinute)
      .sort((a, b) => a.latestMinute - b.latestMinute)[0];
    if (fitting === undefined) say("breakWindow", `${found.kind} at ${start}`);
    open.splice(open.indexOf(fitting ?? like[0]), 1);
  }
  for (const missing of open) say("breaks", `${missing.id} is missing`);
  const edges = [shift.startMinute, ...breaks.flatMap((b) => [b.startMinute, b.endMinute]), shift.endMinute];
  for (let index = 0; index < edges.length; index += 2) {
    const work = edges[index + 1] - edges[index];
    if (breaks.length > 0 && work < template.minimumWorkMinutes)
      say("minimumWork", `${work} at ${edges[index]}`);
  }
  return faults;
}

/** Clock time at which a shift starts, read off the grid; null when it starts outside. */
function clockStart(schedule: Schedule, shift: Shift): { date: string; minute: number } | null {
  const { grid } = schedule;
  const interval = Math.floor(shift.startMinute / grid.intervalMinutes);
  if (interval < 0 || interval >= intervalCount(grid)) return null;
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  return { date, minute: minuteOfDay + (shift.startMinute - interval * grid.intervalMinutes) };
}

function faultsOfIds(schedule: Schedule): ScheduleFault[] {
  const seen = new Set<string>();
  return schedule.shifts.flatMap(({ id }) => {
    if (seen.has(id)) return [{ rule: "duplicateId" as const, shiftId: id, detail: id }];
    seen.add(id);
    return [];
  });
}

function faultsOfCounts(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  if (rules.breaksOnly === true) return [];
  const counts = new Map<string, number>();
  for (const { templateId, date } of schedule.shifts) {
    const key = `${templateId} ${date}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const dates = [
    ...new Set(
      Array.from({ length: intervalCount(schedule.grid) }, (_, i) => localTimeOf(schedule.grid, i).date),
    ),
  ];
  return rules.templates.flatMap((template) =>
    dates.flatMap((date): ScheduleFault[] => {
      if (!template.weekdays.includes(weekdayOf(date))) return [];
      const count = counts.get(`${template.id} ${date}`) ?? 0;
      const pinned = rules.pinned.filter((s) => s.templateId === template.id && s.date === date).length;
      if (count < (template.minimumCount ?? 0))
        return [{ rule: "minimumCount", shiftId: null, detail: `${template.id} ${date}: ${count}` }];
      if (count > Math.max(pinned, template.maximumCount ?? Number.POSITIVE_INFINITY))
        return [{ rule: "maximumCount", shiftId: null, detail: `${template.id} ${date}: ${count}` }];
      return [];
    }),
  );
}

function faultsOfPinned(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  return rules.pinned.flatMap((pinned): ScheduleFault[] => {
    const kept = schedule.shifts.find(({ id }) => id === pinned.id);
    const same = (a: Shift, b: Shift) =>
      a.startMinute === b.startMinute &&
      a.endMinute === b.endMinute &&
      a.groupId === b.groupId &&
      a.templateId === b.templateId &&
      JSON.stringify(a.activities) === JSON.stringify(b.activities);
    return kept !== undefined && same(kept, pinned)
      ? []
      : [{ rule: "pinnedMoved", shiftId: pinned.id, detail: "pinned shift changed or gone" }];
  });
}

/** Sessions of placed activities: right length, window, groups, and as many people together as the rule says. */
function faultsOfActivities(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const faults: ScheduleFault[] = [];
  const say = (shiftId: string, detail: string) => faults.push({ rule: "activity", shiftId, detail });
  const sessions = new Map<string, { rule: ActivityRule; start: number; shiftIds: string[] }>();
  const pinned = new Set(rules.pinned.map(({ id }) => id));
  for (const shift of schedule.shifts) {
    for (const { kind, ruleId, session, startMinute, endMinute } of shift.activities) {
      if (ruleId === undefined) continue;
      const rule = (rules.activities ?? []).find(({ id }) => id === ruleId);
      if (pinned.has(shift.id) && rule === undefined) continue;
      if (rule === undefined || session === undefined || session < 1 || session > rule.sessions) {
        say(shift.id, `unknown session ${session} of ${ruleId}`);
        continue;
      }
      const key = `${ruleId} ${session}`;
      const held = sessions.get(key) ?? { rule, start: startMinute, shiftIds: [] };
      if (held.start !== startMinute) say(shift.id, `${key} is held twice`);
      held.shiftIds.push(shift.id);
      sessions.set(key, held);
      if (pinned.has(shift.id)) continue;
      if (kind !== rule.kind || endMinute - startMinute !== rule.lengthMinutes)
        say(shift.id, `${kind} of ${endMinute - startMinute} minutes is not ${rule.id}`);
      if (rule.groupIds.length > 0 && !rule.groupIds.includes(shift.groupId))
        say(shift.id, `group ${shift.groupId} takes no part in ${rule.id}`);
      const clock = clockStart(schedule, { ...shift, startMinute });
      if (
        clock === null ||
        !rule.weekdays.includes(weekdayOf(clock.date)) ||
        clock.minute < rule.fromMinute ||
        clock.minute + rule.lengthMinutes > rule.toMinute
      )
        say(shift.id, `${rule.id} at ${clock?.date} ${clock?.minute}`);
    }
  }
  for (const [key, { rule, shiftIds }] of sessions) {
    const people = new Set(shiftIds).size;
    const right = people === shiftIds.length && people === rule.peopleTogether;
    if (!right && !shiftIds.every((id) => pinned.has(id))) say(shiftIds[0], `${key} has ${people} people`);
  }
  return faults;
}

/** Shifts dropped and added are counted and priced; where only breaks may move there are none. */
function faultsOfChanges(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const counted = rules.breaksOnly === true || (rules.changePrice ?? 0) > 0;
  if (!counted || rules.present === undefined) return [];
  const free = (shifts: readonly Shift[]) =>
    shifts
      .filter(({ id }) => !rules.pinned.some((pinned) => pinned.id === id))
      .map((s) => `${s.templateId} ${s.groupId} ${s.startMinute}-${s.endMinute}`);
  const left = free(schedule.shifts);
  let dropped = 0;
  for (const kind of free(rules.present.shifts)) {
    const at = left.indexOf(kind);
    if (at < 0) dropped++;
    else left.splice(at, 1);
  }
  const count = dropped + left.length;
  if (rules.breaksOnly === true)
    return count === 0
      ? []
      : [{ rule: "onlyBreaksMove", shiftId: null, detail: `${count} shifts are not as they were` }];
  const cost = count * (rules.changePrice ?? 0);
  const stated = schedule.changes;
  return stated?.count === count && Math.abs(stated.cost - cost) <= 1e-6 * Math.max(1, cost)
    ? []
    : [{ rule: "figures", shiftId: null, detail: `changes say ${JSON.stringify(stated)}, are ${count}` }];
}

/** Paid hours of a shift at the plain rate, premiums of each of its minutes and of its overtime added. */
function ratedHours(rules: ScheduleRules, schedule: Schedule, shift: Shift): number {
  let paidMinutes = 0;
  let extra = 0;
  const premiums = rules.premiums ?? [];
  for (const { paid, startMinute, endMinute } of shift.activities) {
    if (!paid) continue;
    paidMinutes += endMinute - startMinute;
    if (premiums.length === 0) continue;
    for (let minute = startMinute; minute < endMinute; minute++) {
      const interval = Math.floor(minute / schedule.grid.intervalMinutes);
      const { date, minuteOfDay } = localTimeOf(schedule.grid, interval);
      const clock = minuteOfDay + (minute % schedule.grid.intervalMinutes);
      for (const premium of premiums) {
        if (premium.kind !== "clock" || !premium.weekdays.includes(weekdayOf(date))) continue;
        const afterFrom = clock >= premium.fromMinute;
        const beforeTo = clock < premium.toMinute;
        if (premium.fromMinute < premium.toMinute ? afterFrom && beforeTo : afterFrom || beforeTo)
          extra += premium.share;
      }
    }
  }
  for (const premium of premiums)
    if (premium.kind === "overtime" && paidMinutes > premium.afterMinutes)
      extra += premium.share * (paidMinutes - premium.afterMinutes);
  return (paidMinutes + extra) / 60;
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
    const weights = rules.shortWeights?.find((of) => of.queueId === queueId)?.weights;
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

/** Each free shift of a tour's template in exactly one tour, and each tour a week that its rule allows. */
function faultsOfTours(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  if (rules.breaksOnly === true) return [];
  const faults: ScheduleFault[] = [];
  const say = (shiftId: string | null, detail: string) => faults.push({ rule: "tour", shiftId, detail });
  const tourRules = rules.tours ?? [];
  const uses = new Map<string, number>();
  const byId = new Map(schedule.shifts.map((shift) => [shift.id, shift]));
  const { grid } = schedule;
  const lastDate = addDays(grid.firstDate, grid.dayCount - 1);
  for (const tour of schedule.tours ?? []) {
    const rule = tourRules.find(({ id }) => id === tour.ruleId);
    const shifts = tour.shiftIds.flatMap((id) => byId.get(id) ?? []);
    for (const id of tour.shiftIds) uses.set(id, (uses.get(id) ?? 0) + 1);
    if (rule === undefined || shifts.length === 0 || shifts.length !== tour.shiftIds.length) {
      say(tour.shiftIds[0] ?? null, `${tour.id}: unknown rule or shift`);
      continue;
    }
    const [first] = shifts;
    // Weeks from Monday to Sunday as the plan's ends cut them: one, or two that begin with an even one of the plan.
    const planMonday = addDays(grid.firstDate, 1 - weekdayOf(grid.firstDate));
    const firstWeek = Math.floor(daysBetween(planMonday, first.date) / 7);
    const twoWeeks = rule.everySecondWeekendOff === true;
    const from = twoWeeks ? firstWeek - (firstWeek % 2) : firstWeek;
    const weeks = (twoWeeks ? [from, from + 1] : [from]).flatMap((week) => {
      const monday = addDays(planMonday, 7 * week);
      const dates = Array.from({ length: 7 }, (_, day) => addDays(monday, day));
      const planned = dates.filter((date) => date >= grid.firstDate && date <= lastDate);
      return planned.length > 0 ? [planned] : [];
    });
    const dates = shifts.map(({ date }) => date);
    const outside = dates.filter((date) => !weeks.some((week) => week.includes(date)));
    if (new Set(dates).size !== dates.length || outside.length > 0)
      say(first.id, `${tour.id}: days ${dates.join()}`);
    let weekends = 0;
    for (const week of weeks) {
      const worked = week.filter((date) => dates.includes(date));
      if (worked.length !== Math.min(rule.daysPerWeek, week.length))
        say(first.id, `${tour.id}: ${worked.length} days from ${week[0]}`);
      const stretches = week.filter(
        (date, at) => dates.includes(date) && !dates.includes(week[(at + 1) % week.length]),
      ).length;
      if (rule.daysOffTogether && stretches > 1) say(first.id, `${tour.id}: days off apart`);
      if (worked.some((date) => weekdayOf(date) >= 6)) weekends++;
    }
    if (twoWeeks && weeks.length === 2 && weekends > 1) say(first.id, `${tour.id}: no weekend off`);
    if (shifts.some((shift) => shift.groupId !== tour.groupId)) say(first.id, `${tour.id}: another group`);
    if (!rule.templateIds.includes(first.templateId)) say(first.id, `${tour.id}: not a template of its rule`);
    const kind = ({ templateId, startMinute, endMinute }: Shift) =>
      `${templateId} ${endMinute - startMinute}`;
    if (shifts.some((shift) => kind(shift) !== kind(first)))
      say(first.id, `${tour.id}: several kinds of shift`);
    const starts = shifts.map((shift) => {
      const dayStart = grid.dayOffsets[daysBetween(grid.firstDate, shift.date)] * grid.intervalMinutes;
      return shift.startMinute - dayStart;
    });
    if (Math.max(...starts) - Math.min(...starts) > rule.startBandMinutes)
      say(first.id, `${tour.id}: start band`);
  }
  for (const shift of schedule.shifts) {
    const bound =
      !shift.pinned && tourRules.some(({ templateIds }) => templateIds.includes(shift.templateId));
    const times = uses.get(shift.id) ?? 0;
    if (bound ? times !== 1 : times > 1) say(shift.id, `in ${times} tours`);
  }
  return faults;
}

/** Agents at work per group and interval, fractional where a break is shorter than an interval. */
function atWork(rules: ScheduleRules, schedule: Schedule): Float64Array[] {
  const { grid } = schedule;
  const count = intervalCount(grid);
  const present = rules.groups.map(() => new Float64Array(count));
  for (const shift of schedule.shifts) {
    const group = rules.groups.findIndex(({ id }) => id === shift.groupId);
    if (group < 0) continue;
    for (const { kind, startMinute, endMinute } of shift.activities) {
      if (kind !== "work") continue;
      const first = Math.max(0, Math.floor(startMinute / grid.intervalMinutes));
      for (let index = first; index < count && index * grid.intervalMinutes < endMinute; index++) {
        const from = Math.max(startMinute, index * grid.intervalMinutes);
        const to = Math.min(endMinute, (index + 1) * grid.intervalMinutes);
        present[group][index] += (to - from) / grid.intervalMinutes;
      }
    }
  }
  return present;
}

/**
 * No agent counted twice: for every set of queues, no more staff than the agents who serve any of them, and exactly
 * as many in all as are at work (Hall's condition for splitting agents among queues).
 */
function faultsOfCoverage(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const present = atWork(rules, schedule);
  const queueIds = rules.requirement.queues.map(({ queueId }) => queueId);
  const staffed = queueIds.map((id) => schedule.coverage.find(({ queueId }) => queueId === id)?.staffed);
  const asked = queueIds.map((id) => schedule.coverage.find(({ queueId }) => queueId === id)?.asked);
  const count = intervalCount(schedule.grid);
  const groupMasks = rules.groups.map((group) =>
    queueIds.reduce((mask, id, index) => (group.queueIds.includes(id) ? mask | (1 << index) : mask), 0),
  );
  for (const [index, queue] of rules.requirement.queues.entries()) {
    if (staffed[index]?.length !== count || asked[index]?.length !== count)
      return [{ rule: "coverage", shiftId: null, detail: `${queue.queueId} has no coverage` }];
    for (let interval = 0; interval < count; interval++)
      if (asked[index][interval] !== queue.scheduledAgents[interval])
        return [
          { rule: "coverage", shiftId: null, detail: `${queue.queueId} asks otherwise at ${interval}` },
        ];
  }
  // With many queues: single queues and all of them, instead of every set.
  const all = 2 ** queueIds.length - 1;
  const sets =
    queueIds.length <= 8
      ? Array.from({ length: all }, (_, index) => index + 1)
      : [...queueIds.map((_, index) => 2 ** index), all];
  for (let interval = 0; interval < count; interval++) {
    for (const set of sets) {
      let given = 0;
      for (let queue = 0; queue < queueIds.length; queue++)
        if ((set & (1 << queue)) !== 0) given += staffed[queue]?.[interval] ?? 0;
      let able = 0;
      for (let group = 0; group < groupMasks.length; group++)
        if ((groupMasks[group] & set) !== 0) able += present[group][interval];
      if (given > able + 1e-6 || (set === all && given < able - 1e-6)) {
        const detail = `interval ${interval} of day ${dayOfInterval(schedule.grid, interval)}: ${given} given, ${able} at work`;
        return [{ rule: "coverage", shiftId: null, detail }];
      }
    }
  }
  return [];
}

function faultsOfFigures(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const faults: ScheduleFault[] = [];
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
  const expect = (name: string, stated: number, found: number) => {
    if (!near(stated, found))
      faults.push({ rule: "figures", shiftId: null, detail: `${name} says ${stated}, is ${found}` });
  };
  let cost = 0;
  let paidHours = 0;
  for (const shift of schedule.shifts) {
    const paid =
      shift.activities.reduce((sum, a) => sum + (a.paid ? a.endMinute - a.startMinute : 0), 0) / 60;
    const template = rules.templates.find(({ id }) => id === shift.templateId);
    paidHours += paid;
    cost += ratedHours(rules, schedule, shift) * (template?.costPerHour ?? 0);
    if (dayOfDate(schedule.grid, shift.date) === null)
      faults.push({ rule: "start", shiftId: shift.id, detail: shift.date });
  }
  expect("cost", schedule.cost, cost);
  expect("paidHours", schedule.paidHours, paidHours);
  const hours = schedule.grid.intervalMinutes / 60;
  let under = 0;
  let net = 0;
  for (const { asked, staffed } of schedule.coverage) {
    for (let index = 0; index < asked.length; index++) {
      under += Math.max(0, asked[index] - staffed[index]) * hours;
      net += (staffed[index] - asked[index]) * hours;
    }
  }
  // Within an interval, breaks shorter than it can make both short and over: never less than the means say.
  if (schedule.understaffedHours < under - 1e-6 * Math.max(1, under))
    faults.push({
      rule: "figures",
      shiftId: null,
      detail: `understaffedHours says ${schedule.understaffedHours}, is at least ${under}`,
    });
  expect("net hours", schedule.overstaffedHours - schedule.understaffedHours, net);
  const weighed = (rules.shortageSteps ?? []).length > 0 || rules.shortWeights !== undefined;
  let shortCost = rules.costPerHourShort * schedule.understaffedHours;
  if (weighed) {
    const least = shortCostOfMeans(rules, schedule);
    shortCost = schedule.shortCost ?? Number.NaN;
    const aligned = schedule.shifts.every(({ activities }) =>
      activities.every(({ startMinute }) => startMinute % schedule.grid.intervalMinutes === 0),
    );
    if (aligned) expect("shortCost", shortCost, least);
    else if (!(shortCost >= least - 1e-6 * Math.max(1, least)))
      faults.push({ rule: "figures", shiftId: null, detail: `shortCost ${shortCost} below ${least}` });
  }
  expect(
    "objective",
    schedule.objective,
    cost + shortCost + rules.costPerHourOver * schedule.overstaffedHours + (schedule.changes?.cost ?? 0),
  );
  if (typeof rules.budgetHours === "number" && paidHours > rules.budgetHours + 1e-6)
    faults.push({ rule: "budget", shiftId: null, detail: `${paidHours} paid of ${rules.budgetHours}` });
  if (schedule.bound > schedule.objective + 1e-6 * Math.max(1, schedule.objective))
    faults.push({ rule: "bound", shiftId: null, detail: `${schedule.bound} above ${schedule.objective}` });
  const gap = schedule.objective === 0 ? 0 : (schedule.objective - schedule.bound) / schedule.objective;
  expect("gap", schedule.gap, Math.max(0, gap));
  return faults;
}
