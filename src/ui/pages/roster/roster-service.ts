import { dayOfInterval, type IntervalGrid, intervalCount } from "../../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Assignment, Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";
import { expectedTotals } from "../../../scenarios/measuring/measured-plan.ts";
import { sumAgentsOnQueue } from "../../../staffing/agents-on-queue.ts";
import { expectedService } from "../../../staffing/expected-service.ts";
import type { Withheld } from "../../../staffing/formula-limits.ts";

/** What the people of a roster can be expected to give their callers on one day. */
export interface DayService {
  /** Agents on queue per interval of the day, required and rostered, of the queues asked for. */
  readonly required: Float64Array;
  readonly rostered: Float64Array;
  /** Share answered within the threshold, weighted by contacts, 0–1; null on a day without contacts, or `withheld`. */
  readonly serviceLevel: number | null;
  /** Why the formula does not answer on this day; null: it does. */
  readonly withheld: Withheld | null;
  readonly queues: readonly QueueDay[];
}

export interface QueueDay {
  readonly queueId: string;
  readonly serviceLevel: number;
  /** null: only other goals count. */
  readonly goal: number | null;
}

export interface RosterService {
  /** Days of `roster`, which may be another at each call: only what differs from the last one is worked out again. */
  day(roster: Roster, day: number): DayService;
}

/**
 * Expected service of a roster as it is edited, by the one reckoning of service (`staffing/expected-service.ts`). An edit touches a shift or two, so their intervals are taken out and put in, and only the
 * days they lie on are judged again: some milliseconds a day.
 *
 * @param queueId null: all queues
 */
export function rosterService(
  plan: Plan,
  forecast: DemandForecast,
  requirement: Requirement,
  queueId: string | null,
): RosterService {
  const { grid } = forecast;
  const agents = new Map(plan.agents.map((agent) => [agent.id, agent]));
  const atWork = sumAgentsOnQueue(plan, forecast);
  const days: (DayService | null)[] = new Array(grid.dayCount).fill(null);
  let known: ReadonlySet<Assignment> = new Set();
  let last: readonly Assignment[] = [];

  function put({ agentId, shift }: Assignment, weight: 1 | -1): void {
    const { groupId = shift.groupId, proficiency: handleFactor = 1 } = agents.get(agentId) ?? {};
    atWork.add({ groupId, shift, handleFactor }, weight);
    for (const day of daysOf(grid, shift)) days[day] = null;
  }

  function follow(roster: Roster): void {
    if (roster.assignments === last) return;
    const now = new Set(roster.assignments);
    for (const assignment of last) if (!now.has(assignment)) put(assignment, -1);
    for (const assignment of roster.assignments) if (!known.has(assignment)) put(assignment, 1);
    known = now;
    last = roster.assignments;
  }

  function judged(day: number): DayService {
    const range = { first: grid.dayOffsets[day], end: grid.dayOffsets[day + 1] };
    const queues = expectedService(plan, forecast, atWork.agents(), range).filter(
      (queue) => queueId === null || queue.queueId === queueId,
    );
    const required = new Float64Array(range.end - range.first);
    const rostered = new Float64Array(range.end - range.first);
    for (const queue of queues) {
      const asked = requirement.queues.find((other) => other.queueId === queue.queueId)?.requiredAgents;
      for (let index = range.first; index < range.end; index++) {
        rostered[index - range.first] += queue.agents[index];
        required[index - range.first] += asked?.[index] ?? 0;
      }
    }
    const levels = queues.flatMap((queue) => {
      const goal = plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevel;
      const { offered, serviceLevel } = expectedTotals({ plan }, [queue], range);
      return offered > 0 && goal !== undefined && queue.withheld === null
        ? [{ queueId: queue.queueId, serviceLevel, goal }]
        : [];
    });
    const all = expectedTotals({ plan }, queues, range);
    return {
      required,
      rostered,
      serviceLevel: Number.isNaN(all.serviceLevel) ? null : all.serviceLevel,
      withheld: queues.find(({ withheld }) => withheld !== null)?.withheld ?? null,
      queues: levels,
    };
  }

  return {
    day(roster, day) {
      follow(roster);
      let service = days[day];
      if (service === null) {
        service = judged(day);
        days[day] = service;
      }
      return service;
    },
  };
}

/** Days of the grid on which a shift has time: its own, and the next where it passes midnight. */
function daysOf(grid: IntervalGrid, shift: Shift): number[] {
  const last = intervalCount(grid) - 1;
  const dayAt = (minute: number) =>
    dayOfInterval(grid, Math.max(0, Math.min(last, Math.floor(minute / grid.intervalMinutes))));
  const from = dayAt(shift.startMinute);
  const to = dayAt(shift.endMinute - 1);
  return from === to ? [from] : [from, to];
}
