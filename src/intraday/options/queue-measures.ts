import { localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { DayMeasure } from "../../domain/plan/today.ts";
import type { Search } from "./candidates.ts";
import { changeableShifts } from "./day-rules.ts";
import type { DayEffect } from "./option.ts";

/** So many people are lent, one after the other, until it is enough. */
const lentCounts = [1, 2, 3, 5, 8, 12] as const;
/** A callback is offered after so long, or twice the goal's threshold; half accept it. */
const leastWaitSeconds = 60;
const acceptShare = 0.5;
/** A queue may close so many minutes early. */
const earlierMinutes = [60, 120] as const;

/** Lists of measures to be tried in this order. */
export type MeasureSearch = (search: Search, base: DayEffect) => DayMeasure[][];

/** People who serve a queue that misses its goals beside others that keep theirs work for it alone; who stays longest first. */
export function borrow(search: Search, base: DayEffect): DayMeasure[][] {
  const { plan, roster, floor, line, dayEnd, groupOf } = search;
  const isMissed = (queueId: string) =>
    base.queues.some((queue) => queue.queueId === queueId && !queue.isKept);
  const lent = new Set(
    (floor.today.measures ?? []).flatMap((one) => (one.kind === "lent" ? [one.agentId] : [])),
  );
  const lenders = changeableShifts(roster, floor.today, line, dayEnd)
    .filter(({ agentId }) => !lent.has(agentId))
    .sort((a, b) => b.shift.endMinute - a.shift.endMinute || (a.agentId < b.agentId ? -1 : 1))
    .flatMap(({ agentId }) => {
      const group = plan.groups.find(({ id }) => id === groupOf(agentId));
      const own = group?.queueIds ?? [];
      const served = [...own, ...(group?.overflow ?? []).map(({ queueId }) => queueId)];
      const queueId = served.find(isMissed);
      const others = own.filter((id) => id !== queueId);
      return queueId === undefined || others.length === 0 || others.some(isMissed)
        ? []
        : [{ agentId, queueId }];
    });
  return lentCounts
    .filter((count) => count <= lenders.length)
    .map((count) =>
      lenders.slice(0, count).map(({ agentId, queueId }) => ({
        kind: "lent",
        agentId,
        queueId,
        fromMinute: floor.today.nowMinute,
      })),
    );
}

/** Callbacks on every voice queue that misses its goals and does not offer them. */
export function callbacksOn({ plan, floor }: Search, base: DayEffect): DayMeasure[][] {
  const { measures = [], nowMinute } = floor.today;
  const queues = plan.queues.filter(
    ({ id, channel, callback }) =>
      channel === "voice" &&
      callback === undefined &&
      base.queues.some(({ queueId, isKept }) => queueId === id && !isKept) &&
      !measures.some((one) => one.kind === "callbacks" && one.queueId === id),
  );
  if (queues.length === 0) return [];
  return [
    queues.map(({ id, goal }) => ({
      kind: "callbacks",
      queueId: id,
      fromMinute: nowMinute,
      offer: {
        afterSeconds: Math.max(leastWaitSeconds, 2 * goal.answerWithinSeconds),
        acceptShare,
        when: "quietTime",
      },
    })),
  ];
}

/** One queue closes one hour early, or two. */
export function closeEarly({ floor }: Search): DayMeasure[][] {
  const { soFar, today } = floor;
  const { grid, range, now } = soFar;
  return soFar.forecast.queues.flatMap(({ queueId, open }) => {
    if (today.measures?.some((one) => one.kind === "closed" && one.queueId === queueId)) return [];
    const last = open.subarray(now, range.end).lastIndexOf(1);
    if (last < 0) return [];
    // By the clock, which on a day that changes it is not the time since midnight.
    const endMinute = localTimeOf(grid, now + last).minuteOfDay + grid.intervalMinutes;
    return earlierMinutes.flatMap((minutes): DayMeasure[][] => {
      const fromMinute = endMinute - minutes;
      return fromMinute <= today.nowMinute || fromMinute > 1440
        ? []
        : [[{ kind: "closed", queueId, fromMinute }]];
    });
  });
}
