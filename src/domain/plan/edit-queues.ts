import type { DemandHistory } from "../results/demand.ts";
import { borrowedPast } from "../results/history-on-clock.ts";
import { withRoutedPairs } from "./edit-groups.ts";
import type { FloorEvent } from "./floor-event.ts";
import type { Made, Plan, PlanDocument } from "./plan.ts";
import type { AgentGroup, Queue } from "./queue.ts";
import type { Scenario } from "./scenario.ts";

export type Channel = Queue["channel"];

/** How a chat agent works, and how long back-office work may take, until somebody says otherwise. */
export const twoChatsAtOnce: NonNullable<Queue["concurrency"]> = { maxContacts: 2, slowdown: [1, 1.3] };
export const withinFourHours: NonNullable<Queue["deferred"]> = { withinMinutes: 240, backlogContacts: 0 };

/** A queue on another channel, with what only that channel has. */
export function onChannel({ deferred, ...queue }: Queue, channel: Channel): Queue {
  return {
    ...queue,
    channel,
    concurrency: channel === "chat" ? (queue.concurrency ?? twoChatsAtOnce) : null,
    ...(channel === "deferred" && { deferred: deferred ?? withinFourHours }),
  };
}

/**
 * A new queue with goals and rules of the first of `queues` on its channel, or of the first of all. What a contact is
 * worth, where it goes on to and when the queue is open belong to the other queue alone.
 */
export function queueLike(
  queues: readonly Queue[],
  channel: Channel,
  own: Pick<Queue, "id" | "name" | "defaultAhtSeconds">,
): Queue {
  const {
    money: _money,
    transfers: _transfers,
    ...model
  } = queues.find((queue) => queue.channel === channel) ?? queues[0];
  return { ...model, ...own, channel, openingHours: null };
}

export function withQueue(plan: Plan, queueId: string, change: (queue: Queue) => Queue): Plan {
  return { ...plan, queues: plan.queues.map((queue) => (queue.id === queueId ? change(queue) : queue)) };
}

/** The plan with a queue so many places further down the list; it stops at either end. */
export function withQueueMoved(plan: Plan, queueId: string, places: number): Plan {
  const from = plan.queues.findIndex(({ id }) => id === queueId);
  const to = Math.max(0, Math.min(plan.queues.length - 1, from + places));
  if (from === -1 || from === to) return plan;
  const queues = plan.queues.toSpliced(from, 1);
  queues.splice(to, 0, plan.queues[from]);
  return { ...plan, queues };
}

/** Queues that the history knows and the plan does not. */
export function unplannedQueueIds({ plan, history }: Pick<PlanDocument, "plan" | "history">): string[] {
  const planned = new Set(plan.queues.map(({ id }) => id));
  return (history?.queues ?? []).map(({ queueId }) => queueId).filter((id) => !planned.has(id));
}

/** A name with a number where it is one of `taken` already. */
export function freeId(name: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  let id = name;
  for (let number = 2; known.has(id); number++) id = `${name} ${number}`;
  return id;
}

/** Where the past of a new queue comes from: its own in the history, or a share of another queue's. */
export type PastOfQueue = { readonly queueId: string } | { readonly like: string; readonly share: number };

/**
 * The document with one more queue, last in the list, and a group that serves it alone. Without `past` it has no history
 * yet. A borrowed past becomes part of the history, so that the forecast treats it as any other.
 * Throws RangeError where the history does not hold the past that is named.
 */
export function withNewQueue(
  document: PlanDocument,
  name: string,
  channel: Channel,
  past: PastOfQueue | null,
): PlanDocument {
  const { plan, history } = document;
  const ids = [...plan.queues.map(({ id }) => id), ...(history?.queues.map(({ queueId }) => queueId) ?? [])];
  const id = past !== null && "queueId" in past ? past.queueId : freeId(name, ids);
  const source = past === null ? null : "queueId" in past ? past.queueId : past.like;
  const series = history?.queues.find(({ queueId }) => queueId === source);
  if (past !== null && series === undefined) throw new RangeError(`no history of ${source}`);
  const model = plan.queues.find((queue) => queue.id === source);
  const queue = onChannel(
    queueLike(plan.queues, channel, { id, name, defaultAhtSeconds: model?.defaultAhtSeconds ?? null }),
    channel,
  );
  const group: AgentGroup = {
    id: freeId(
      id,
      plan.groups.map((one) => one.id),
    ),
    name,
    queueIds: [id],
  };
  return {
    ...document,
    plan: { ...plan, queues: [...plan.queues, queue], groups: [...plan.groups, group] },
    history:
      history !== null && past !== null && series !== undefined && "like" in past
        ? withQueueHistory(history, borrowedPast(series, id, past.share))
        : history,
  };
}

function withQueueHistory(history: DemandHistory, queue: DemandHistory["queues"][number]): DemandHistory {
  return { ...history, queues: [...history.queues, queue] };
}

/** What a queue is named by elsewhere in a document; counts. */
export interface QueueUses {
  /** Groups that serve it or help out, and those of them that serve nothing else. */
  readonly groups: number;
  readonly groupsAlone: number;
  /** People and shifts of the groups that serve nothing else. */
  readonly agents: number;
  readonly shifts: number;
  readonly overrides: number;
  readonly scenarios: number;
  /** Least staffing, transfers and floor events that name it. */
  readonly settings: number;
}

export function usesOfQueue({ plan, results }: PlanDocument, queueId: string): QueueUses {
  const count = <T>(list: readonly T[], test: (entry: T) => boolean) => list.filter(test).length;
  const alone = new Set(
    plan.groups.filter(({ queueIds }) => queueIds.every((id) => id === queueId)).map(({ id }) => id),
  );
  return {
    groups: count(plan.groups, ({ queueIds, overflow = [] }) =>
      [...queueIds, ...overflow.map((help) => help.queueId)].includes(queueId),
    ),
    groupsAlone: alone.size,
    agents: count(plan.agents, ({ groupId }) => alone.has(groupId)),
    shifts: count(results.schedule?.value.shifts ?? [], ({ groupId }) => alone.has(groupId)),
    overrides: count(plan.forecast.overrides, (override) => override.queueId === queueId),
    scenarios: count(plan.scenarios, ({ changes }) =>
      changes.some((change) => "queueId" in change && change.queueId === queueId),
    ),
    settings:
      count(plan.scheduling.minimums ?? [], (minimum) => minimum.queueId === queueId) +
      plan.queues.reduce(
        (sum, { transfers = [] }) => sum + count(transfers, (transfer) => transfer.queueId === queueId),
        0,
      ) +
      count(
        plan.simulation.events ?? [],
        (event) => "queueIds" in event && event.queueIds !== null && event.queueIds.includes(queueId),
      ),
  };
}

/**
 * The document without a queue, and without whatever named it: overrides, transfers, least staffing, changes of scenarios
 * (which stay, also without any change left), its part of the results. Groups that served nothing else serve `insteadId`.
 * The simulation is dropped; the history keeps the queue, so that it can be added again.
 * Throws RangeError where either queue does not exist, or both are one.
 */
export function withoutQueue(document: PlanDocument, queueId: string, insteadId: string): PlanDocument {
  const { plan, results } = document;
  const exists = (wanted: string) => plan.queues.some(({ id }) => id === wanted);
  if (!exists(queueId) || !exists(insteadId) || queueId === insteadId)
    throw new RangeError(`no queue ${queueId} that ${insteadId} could stand for`);
  const isOther = (entry: { readonly queueId: string }) => entry.queueId !== queueId;
  const { outside, ...forecast } = plan.forecast;
  const { minimums, ...scheduling } = plan.scheduling;
  const { events, ...simulation } = plan.simulation;
  const { schedule } = results;
  return {
    ...document,
    plan: withRoutedPairs({
      ...plan,
      queues: plan.queues
        .filter(({ id }) => id !== queueId)
        .map(({ transfers, ...queue }) =>
          transfers === undefined ? queue : { ...queue, transfers: transfers.filter(isOther) },
        ),
      groups: plan.groups.map((group) => groupWithout(group, queueId, insteadId)),
      forecast: {
        ...forecast,
        overrides: forecast.overrides.filter(isOther),
        ...(outside !== undefined && {
          outside: outside && { ...outside, queues: outside.queues.filter(isOther) },
        }),
      },
      ...(plan.today && {
        today: {
          ...plan.today,
          came: plan.today.came.filter(isOther),
          ...(plan.today.measures && { measures: plan.today.measures.filter(isOther) }),
        },
      }),
      ...(plan.forecastSnapshots && {
        forecastSnapshots: plan.forecastSnapshots.map((snapshot) => ({
          ...snapshot,
          queues: snapshot.queues.filter(isOther),
        })),
      }),
      scheduling: { ...scheduling, ...(minimums && { minimums: minimums.filter(isOther) }) },
      simulation: {
        ...simulation,
        ...(events && { events: events.flatMap((event) => eventWithout(event, queueId)) }),
      },
      scenarios: plan.scenarios.map((scenario) => scenarioWithout(scenario, queueId)),
    }),
    results: {
      forecast: withoutSeries(results.forecast, queueId),
      requirement: withoutSeries(results.requirement, queueId),
      schedule: schedule && {
        ...schedule,
        value: { ...schedule.value, coverage: schedule.value.coverage.filter(isOther) },
      },
      roster: results.roster,
      simulation: null,
    },
  };
}

function groupWithout(group: AgentGroup, queueId: string, insteadId: string): AgentGroup {
  const { overflow, ...rest } = group;
  const others = group.queueIds.filter((id) => id !== queueId);
  const queueIds = others.length > 0 ? others : [insteadId];
  const helps = overflow?.filter((help) => help.queueId !== queueId && !queueIds.includes(help.queueId));
  return { ...rest, queueIds, ...(helps && helps.length > 0 && { overflow: helps }) };
}

function eventWithout(event: FloorEvent, queueId: string): FloorEvent[] {
  if (!("queueIds" in event) || event.queueIds === null) return [event];
  const queueIds = event.queueIds.filter((id) => id !== queueId);
  return queueIds.length > 0 ? [{ ...event, queueIds }] : [];
}

function scenarioWithout(scenario: Scenario, queueId: string): Scenario {
  const changes = scenario.changes.filter((change) => !("queueId" in change) || change.queueId !== queueId);
  return { ...scenario, changes };
}

function withoutSeries<Result extends { readonly queues: readonly { readonly queueId: string }[] }>(
  made: Made<Result> | null,
  queueId: string,
): Made<Result> | null {
  if (made === null) return null;
  const queues = made.value.queues.filter((queue) => queue.queueId !== queueId);
  return { ...made, value: { ...made.value, queues } };
}
