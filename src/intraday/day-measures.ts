import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Activity } from "../domain/plan/shift.ts";
import { type DayMeasure, type Today, todayOnGrid } from "../domain/plan/today.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { SimulationInput } from "../simulating/compile/simulation-input.ts";
import { lineMinute } from "./line-minute.ts";

/** Minute of the grid from which a measure holds. */
function startOf(grid: IntervalGrid, today: Today, { fromMinute }: DayMeasure): number {
  const at = { ...today, nowMinute: fromMinute };
  return lineMinute(grid, at, todayOnGrid(grid, at)!);
}

/** What still comes to queues that close: nothing after they have closed. */
export function withClosings(forecast: DemandForecast, today: Today): DemandForecast {
  const closings = (today.measures ?? []).filter(({ kind }) => kind === "closed");
  const place = todayOnGrid(forecast.grid, today);
  if (closings.length === 0 || place === null) return forecast;
  const { grid } = forecast;
  return {
    grid,
    queues: forecast.queues.map((queue) => {
      const closing = closings.find(({ queueId }) => queueId === queue.queueId);
      if (closing === undefined) return queue;
      const first = Math.ceil(startOf(grid, today, closing) / grid.intervalMinutes);
      const offered = queue.offered.slice().fill(0, first, place.range.end);
      const open = queue.open.slice().fill(0, first, place.range.end);
      return { ...queue, offered, open };
    }),
  };
}

/** Contacts that find a queue closed. */
export function turnedAway(forecast: DemandForecast, today: Today): number {
  const closed = withClosings(forecast, today);
  return forecast.queues.reduce(
    (sum, { offered }, q) =>
      sum +
      (offered === closed.queues[q].offered
        ? 0
        : offered.reduce((all, contacts, at) => all + contacts - closed.queues[q].offered[at], 0)),
    0,
  );
}

/**
 * A simulation with what was decided about queues: callbacks offered from their minute on, and people lent. Who is lent
 * works until then in the group as ever, and afterwards in one that serves that queue alone.
 */
export function withMeasures(input: SimulationInput, today: Today): SimulationInput {
  const measures = today.measures ?? [];
  const { roster, plan, present } = input;
  if (measures.length === 0 || roster === null || present === undefined) return input;
  const { grid } = roster;
  const offers = measures.filter((one) => one.kind === "callbacks");
  const lent = measures.filter((one) => one.kind === "lent");
  const groups: AgentGroup[] = [...plan.groups];
  for (const { queueId } of lent)
    if (!groups.some(({ id }) => id === lentGroup(queueId)))
      groups.push({ id: lentGroup(queueId), name: lentGroup(queueId), queueIds: [queueId] });
  return {
    ...input,
    plan: {
      ...plan,
      groups,
      queues: plan.queues.map((queue) => {
        const measure = offers.find(({ queueId }) => queueId === queue.id);
        return measure === undefined ? queue : { ...queue, callback: measure.offer };
      }),
      agents: [
        ...plan.agents,
        ...lent.flatMap(({ agentId, queueId }) =>
          plan.agents
            .filter(({ id }) => id === agentId)
            .map((agent) => ({ ...agent, id: lentId(agentId), groupId: lentGroup(queueId) })),
        ),
      ],
    },
    roster: lent.reduce<Roster>(
      (all, measure) => withLent(all, measure.agentId, measure.queueId, startOf(grid, today, measure)),
      roster,
    ),
    present: {
      ...present,
      callbacksFrom: offers.map((measure) => ({
        queueId: measure.queueId,
        minute: startOf(grid, today, measure),
      })),
    },
  };
}

const lentGroup = (queueId: string) => `lent to ${queueId}`;
const lentId = (agentId: string) => `${agentId} lent`;

/** The shifts of somebody cut in two at a minute, the later part somebody else's. */
function withLent(roster: Roster, agentId: string, queueId: string, line: number): Roster {
  const assignments = roster.assignments.flatMap((assignment): Assignment[] => {
    const { shift } = assignment;
    if (assignment.agentId !== agentId || shift.endMinute <= line || shift.startMinute > line + 1440)
      return [assignment];
    const part = (from: number, to: number): Activity[] =>
      shift.activities
        .filter(({ startMinute, endMinute }) => startMinute < to && endMinute > from)
        .map((activity) => ({
          ...activity,
          startMinute: Math.max(from, activity.startMinute),
          endMinute: Math.min(to, activity.endMinute),
        }));
    const [before, after] = [part(shift.startMinute, line), part(line, shift.endMinute)];
    // The later part keeps the shift's start: who is there now is not absent by chance.
    return [
      ...(before.length === 0 ? [] : [{ ...assignment, shift: { ...shift, activities: before } }]),
      {
        ...assignment,
        agentId: lentId(agentId),
        shift: { ...shift, id: lentId(shift.id), groupId: lentGroup(queueId), activities: after },
      },
    ];
  });
  return { ...roster, assignments };
}
