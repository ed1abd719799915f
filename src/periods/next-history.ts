import { addDays, daysBetween, type LocalDate, weekdayOf } from "../domain/calendar/clock.ts";
import { dateOfDay, dayOfInterval } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../domain/results/demand.ts";
import { mergeHistories, overlappingDays } from "../history/reading/merge-histories.ts";
import { qualityReport, withExcluded } from "../history/review/quality-report.ts";

/** A queue of the new history that is a queue of the plan under another name. */
export interface JoinedQueue {
  readonly from: string;
  /** Name or id of the plan's queue. */
  readonly to: string;
}

/**
 * The history so far with what came since. Where both have a day of a queue the newer counts, and what the planner left
 * out of it stays left out. What looks like an outage on days that were not known before is not learnt from.
 */
export function extendedHistory(
  plan: Pick<Plan, "queues" | "timeZone" | "intervalMinutes">,
  before: DemandHistory | null,
  came: DemandHistory,
  joins: readonly JoinedQueue[],
): Outcome<DemandHistory> {
  const { timeZone, intervalMinutes } = came.grid;
  const isOther = (grid: { readonly timeZone: string; readonly intervalMinutes: number }) =>
    grid.timeZone !== timeZone || grid.intervalMinutes !== intervalMinutes;
  if (isOther(plan) || (before !== null && isOther(before.grid)))
    return fail({ code: "nextPeriod.otherIntervals", severity: "error" });
  const joined = withPlanNames(came, plan.queues, joins);
  if (!joined.ok) return joined;
  const added = joined.value;
  const names = new Map(plan.queues.map(({ id, name }) => [id, name]));
  const inFile = new Set(added.queues.map(({ queueId }) => queueId));
  if (!plan.queues.some(({ id }) => inFile.has(id)))
    return fail({
      code: "nextPeriod.noQueueInCommon",
      severity: "error",
      values: { queues: [...inFile].join(", "), planned: [...names.values()].join(", ") },
    });
  const known = new Set([...names.keys(), ...(before?.queues.map(({ queueId }) => queueId) ?? [])]);
  const issues = queueIssues(
    plan.queues.filter(({ id }) => !inFile.has(id)),
    [...inFile].filter((queueId) => !known.has(queueId)),
  );
  if (before === null) return succeed(withoutFaults(added, added.grid.firstDate, issues), issues);
  const overlap = overlappingDays(before, added);
  if (overlap > 0) issues.push({ code: "nextPeriod.overlap", severity: "info", values: { count: overlap } });
  const last = lastKnownDate(before);
  // A file may also lie wholly before what is known.
  const missing = [...holeBetween(before, added), ...holeBetween(added, before)];
  if (missing.length > 0)
    issues.push({
      code: "nextPeriod.hole",
      severity: "warning",
      values: { count: missing.length, from: missing[0], to: missing[missing.length - 1] },
    });
  const merged = withExclusionsOf(before, mergeHistories(added, before));
  const isNewFrom = last === null ? added.grid.firstDate : addDays(last, 1);
  return succeed(withoutFaults(merged, isNewFrom, issues), issues);
}

/** Working days between the end of a history and the beginning of a later one. */
function holeBetween(earlier: DemandHistory, later: DemandHistory): LocalDate[] {
  const last = lastKnownDate(earlier);
  const first = firstKnownDate(later);
  return last === null || first === null ? [] : workingDaysBetween(last, first, [earlier, later]);
}

/** Leaves out of learning in a merged history what was left out in one of its parts. */
function withExclusionsOf(part: DemandHistory, merged: DemandHistory): DemandHistory {
  const start = merged.grid.dayOffsets[daysBetween(merged.grid.firstDate, part.grid.firstDate)];
  return {
    ...merged,
    queues: merged.queues.map((queue) => {
      const former = part.queues.find(({ queueId }) => queueId === queue.queueId);
      if (!former?.state.includes(intervalState.excluded)) return queue;
      const state = queue.state.map((now, interval) =>
        now === intervalState.open && former.state[interval - start] === intervalState.excluded
          ? intervalState.excluded
          : now,
      );
      return { ...queue, state };
    }),
  };
}

/** The last day of which a history knows something; null: of none. */
export function lastKnownDate(history: DemandHistory): LocalDate | null {
  const last = Math.max(-1, ...history.queues.map(({ state }) => state.findLastIndex(isKnown)));
  return last < 0 ? null : dateOfDay(history.grid, dayOfInterval(history.grid, last));
}

/** Days between two others, both excluded, on whose weekdays some day of the histories is known. */
export function workingDaysBetween(
  last: LocalDate,
  first: LocalDate,
  histories: readonly DemandHistory[],
): LocalDate[] {
  const weekdays = new Set<number>();
  for (const { grid, queues } of histories)
    for (let day = 0; day < grid.dayCount; day++) {
      const isKnownDay = ({ state }: QueueHistory) =>
        state.subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1]).some(isKnown);
      const weekday = weekdayOf(dateOfDay(grid, day));
      if (!weekdays.has(weekday) && queues.some(isKnownDay)) weekdays.add(weekday);
    }
  const count = Math.max(0, daysBetween(last, first) - 1);
  return Array.from({ length: count }, (_, index) => addDays(last, index + 1)).filter((date) =>
    weekdays.has(weekdayOf(date)),
  );
}

function firstKnownDate(history: DemandHistory): LocalDate | null {
  const firsts = history.queues.map(({ state }) => state.findIndex(isKnown)).filter((first) => first >= 0);
  if (firsts.length === 0) return null;
  return dateOfDay(history.grid, dayOfInterval(history.grid, Math.min(...firsts)));
}

function isKnown(state: number): boolean {
  return state === intervalState.open || state === intervalState.excluded;
}

/** Queues by the plan's ids: by id, by name, or as a person says. */
function withPlanNames(
  history: DemandHistory,
  queues: readonly Queue[],
  joins: readonly JoinedQueue[],
): Outcome<DemandHistory> {
  const inFile = new Set(history.queues.map(({ queueId }) => queueId));
  const planned = (name: string) =>
    queues.find(({ id }) => id === name) ?? queues.find((queue) => queue.name === name);
  const idOf = new Map([...inFile].map((queueId) => [queueId, planned(queueId)?.id ?? queueId]));
  for (const { from, to } of joins) {
    const queue = planned(to);
    if (!inFile.has(from) || queue === undefined)
      return fail({ code: "nextPeriod.joinUnknown", severity: "error", values: { from, to } });
    idOf.set(from, queue.id);
  }
  const ids = [...idOf.values()];
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    return fail({ code: "nextPeriod.joinTwice", severity: "error", values: { queue: twice } });
  return succeed({
    ...history,
    queues: history.queues.map((queue) => ({ ...queue, queueId: idOf.get(queue.queueId)! })),
  });
}

/** Queues that are gone and new; one gone and one new may be the same under another name. */
function queueIssues(gone: readonly Queue[], added: readonly string[]): Issue[] {
  const issues = [
    ...gone.map(
      ({ name }): Issue => ({ code: "nextPeriod.queueGone", severity: "warning", values: { queue: name } }),
    ),
    ...added.map((queue): Issue => ({ code: "nextPeriod.queueNew", severity: "warning", values: { queue } })),
  ];
  if (gone.length > 0 && added.length > 0)
    issues.push({
      code: "nextPeriod.queueRenamed",
      severity: "info",
      values: { gone: gone.map(({ name }) => name).join(", "), added: added.join(", ") },
    });
  return issues;
}

/** Leaves out of learning what looks like an outage from a date on; earlier days stay as the planner has them. */
function withoutFaults(history: DemandHistory, from: LocalDate, issues: Issue[]): DemandHistory {
  const faults = qualityReport(history).filter(
    ({ suggestExcluding, excluded, date }) => suggestExcluding && !excluded && date >= from,
  );
  if (faults.length > 0)
    issues.push({ code: "nextPeriod.leftOut", severity: "info", values: { count: faults.length } });
  return faults.reduce((changed, fault) => withExcluded(changed, fault, true), history);
}
