import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dayOfInterval, intervalCount, localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import { clockTimeOf, type ScheduleFault, type ScheduleRules } from "./schedule-rules.ts";

/**
 * No agent counted twice: for every set of queues, no more staff than the agents who serve any of them, and exactly
 * as many in all as are at work (Hall's condition for splitting agents among queues).
 */
export function faultsOfCoverage(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const present = atWork(rules, schedule);
  const { queues } = rules.requirement;
  const coverage = queues.map(({ queueId }) => schedule.coverage.find((of) => of.queueId === queueId));
  const count = intervalCount(schedule.grid);
  for (const [index, queue] of queues.entries()) {
    const { asked, staffed } = coverage[index] ?? {};
    if (staffed?.length !== count || asked?.length !== count)
      return [{ rule: "coverage", shiftId: null, detail: `${queue.queueId} has no coverage` }];
    const differing = queue.scheduledAgents.findIndex((agents, interval) => agents !== asked[interval]);
    if (differing >= 0)
      return [{ rule: "coverage", shiftId: null, detail: `${queue.queueId} asks otherwise at ${differing}` }];
  }
  const groupMasks = masksOf(rules);
  const all = 2 ** queues.length - 1;
  for (let interval = 0; interval < count; interval++) {
    for (const set of setsOfQueues(queues.length)) {
      let given = 0;
      for (let queue = 0; queue < queues.length; queue++)
        if ((set & (1 << queue)) !== 0) given += coverage[queue]?.staffed[interval] ?? 0;
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

/** Queues that each group serves, as bits. */
function masksOf({ groups, requirement }: ScheduleRules): number[] {
  return groups.map(({ queueIds }) =>
    requirement.queues.reduce(
      (mask, { queueId }, index) => (queueIds.includes(queueId) ? mask | (1 << index) : mask),
      0,
    ),
  );
}

/** Every set of queues as bits; with many queues single ones and all of them, instead of every set. */
function setsOfQueues(queueCount: number): number[] {
  const all = 2 ** queueCount - 1;
  return queueCount <= 8
    ? Array.from({ length: all }, (_, index) => index + 1)
    : [...Array.from({ length: queueCount }, (_, index) => 2 ** index), all];
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

/** The first minute at which the agents at work cannot give every queue its hard minimum at once. */
export function faultsOfMinimums(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const { grid } = schedule;
  const minimums = minimumsByInterval(rules, schedule);
  if (minimums.every((series) => series.every((agents) => agents === 0))) return [];
  const changes = changesByMinute(rules, schedule);
  const groupMasks = masksOf(rules);
  const sets = setsOfQueues(minimums.length);
  const present = new Int32Array(rules.groups.length);
  const minutes = intervalCount(grid) * grid.intervalMinutes;
  for (let minute = 0; minute < minutes; minute++) {
    let isChanged = minute % grid.intervalMinutes === 0;
    for (let group = 0; group < present.length; group++) {
      present[group] += changes[group][minute];
      if (changes[group][minute] !== 0) isChanged = true;
    }
    if (!isChanged) continue;
    const interval = Math.floor(minute / grid.intervalMinutes);
    for (const set of sets) {
      const wanted = minimums.reduce(
        (sum, series, queue) => sum + ((set & (1 << queue)) === 0 ? 0 : series[interval]),
        0,
      );
      const able = present.reduce(
        (sum, agents, group) => sum + ((groupMasks[group] & set) === 0 ? 0 : agents),
        0,
      );
      if (able >= wanted) continue;
      const { date, minute: clock } = clockTimeOf(schedule, minute);
      return [
        { rule: "minimumAgents", shiftId: null, detail: `${date} ${clock}: ${able} at work of ${wanted}` },
      ];
    }
  }
  return [];
}

/** Least agents per queue and interval: the queue's own minimum, or one by time that is higher; where it is open. */
function minimumsByInterval(rules: ScheduleRules, { grid }: Schedule): Int32Array[] {
  return rules.requirement.queues.map(({ queueId, requiredAgents }) => {
    const own = rules.queues?.find(({ id }) => id === queueId)?.minimumAgents ?? 0;
    const byTime = (rules.minimums ?? []).filter((minimum) => minimum.queueId === queueId);
    return Int32Array.from(requiredAgents, (required, interval) => {
      if (required <= 0) return 0;
      const { date, minuteOfDay } = localTimeOf(grid, interval);
      const weekday = weekdayOf(date);
      const applying = byTime.filter(({ weekdays, fromMinute, toMinute }) => {
        if (fromMinute < toMinute)
          return weekdays.includes(weekday) && minuteOfDay >= fromMinute && minuteOfDay < toMinute;
        // Over midnight: the evening of a named day, and the morning after one.
        const dayBefore = ((weekday + 5) % 7) + 1;
        return (
          (weekdays.includes(weekday) && minuteOfDay >= fromMinute) ||
          (weekdays.includes(dayBefore) && minuteOfDay < toMinute)
        );
      });
      return Math.max(Math.ceil(own), ...applying.map(({ agents }) => agents));
    });
  });
}

/** Per group: agents who begin work less those who stop, by minute. */
function changesByMinute(rules: ScheduleRules, { grid, shifts }: Schedule): Int32Array[] {
  const minutes = intervalCount(grid) * grid.intervalMinutes;
  const changes = rules.groups.map(() => new Int32Array(minutes + 1));
  for (const { groupId, activities } of shifts) {
    const group = rules.groups.findIndex(({ id }) => id === groupId);
    if (group < 0) continue;
    for (const { kind, startMinute, endMinute } of activities) {
      if (kind !== "work") continue;
      changes[group][Math.min(minutes, Math.max(0, startMinute))]++;
      changes[group][Math.min(minutes, Math.max(0, endMinute))]--;
    }
  }
  return changes;
}
