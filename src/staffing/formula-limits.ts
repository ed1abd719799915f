import { dayOfDate, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../domain/plan/queue.ts";
import { type GroupAgents, stepsPerInterval } from "./agents-on-queue.ts";

/** Of a plan, what the expected service depends on besides shifts and forecast. */
export interface ServedPlan {
  readonly queues: readonly Omit<Queue, "money">[];
  readonly groups: readonly AgentGroup[];
  readonly simulation: Plan["simulation"];
}

/** What keeps the formula from answering; each has its words on the page (`whatif`: `withheld.…`). */
export const withheldReasons = [
  "deferred",
  "redials",
  "callback",
  "transfers",
  "waitingPlaces",
  "customers",
  "handleTimeSpread",
  "floorEvent",
  "priorities",
  "routing",
  "reserves",
  "overflow",
  "besideChats",
  "allShared",
  "contended",
] as const;
export type WithheldReason = (typeof withheldReasons)[number];

/** Why the formula does not answer for a queue, and which queue or event is behind it. */
export interface Withheld {
  readonly reason: WithheldReason;
  /** The queue that has it: its own, or one that shares agents with it. */
  readonly queueId: string;
}

/**
 * Above this share of a queue's agents who serve chats beside its contacts, or contacts beside its chats, they hold on to
 * agents in a way that the formula does not follow closely enough: where one line of calls shares agents with one of
 * chats, and where more lines do.
 */
const mostBesideChats = { twoLines: 0.72, moreLines: 0.5 };
/** Above this share of agents who also serve queues that others serve too, queues run full together, which it misses. */
const mostShared = 0.95;

/** Above this share of contacts that are late and depend on shared agents, what the queues do to each other decides. */
const mostContended = 0.09;

/**
 * Per queue: why the formula does not answer in these days; null: it does. Decided without any simulation, by what the
 * plan has that the formula does not know, by how many agents are shared, and by how many contacts are late.
 *
 * @param levels what the formula makes of each queue's service level in the range; null: nobody comes
 */
export function withheldQueues(
  plan: ServedPlan,
  grid: IntervalGrid,
  agents: GroupAgents,
  levels: readonly (number | null)[],
  range: IntervalRange,
): (Withheld | null)[] {
  const parts = stepsPerInterval(grid);
  const hours = agents.map(({ mean }) =>
    mean.subarray(range.first * parts, range.end * parts).reduce((sum, count) => sum + count, 0),
  );
  const own = plan.queues.map(
    (queue, q) => ownReason(plan, queue, grid, range) ?? sharingReason(plan, queue, hours, levels[q]),
  );
  return plan.queues.map((queue, q) => {
    const reason = own[q];
    if (reason !== null) return { reason, queueId: queue.id };
    for (const other of linkedQueues(plan, queue.id)) {
      const at = plan.queues.findIndex(({ id }) => id === other);
      const otherReason = own[at];
      if (otherReason === null || at === q) continue;
      const { deferred } = plan.queues[at];
      // Work that a contact interrupts at once takes nobody away from it.
      if (otherReason === "deferred" && deferred?.interruptible === true) continue;
      return { reason: otherReason, queueId: other };
    }
    return null;
  });
}

type ServedQueue = ServedPlan["queues"][number];

function ownReason(
  plan: ServedPlan,
  queue: ServedQueue,
  grid: IntervalGrid,
  range: IntervalRange,
): WithheldReason | null {
  const { simulation, groups } = plan;
  if (queue.channel === "deferred") return "deferred";
  if ((queue.redial?.share ?? 0) > 0) return "redials";
  if (queue.callback !== undefined && queue.callback.acceptShare > 0) return "callback";
  if (
    plan.queues.some(({ id, transfers }) =>
      transfers?.some(({ queueId, share }) => share > 0 && (queueId === queue.id || id === queue.id)),
    )
  )
    return "transfers";
  if (queue.waitingPlaces !== undefined) return "waitingPlaces";
  if (queue.customers?.some(({ share }) => share > 0)) return "customers";
  if (simulation.handleTimeCv !== null) return "handleTimeSpread";
  if ((simulation.events ?? []).some((event) => turnsAway(event, queue.id, grid, range))) return "floorEvent";
  if (
    groups.some(({ queueIds, overflow }) =>
      overflow?.some(({ queueId }) => queueId === queue.id || queueIds.includes(queue.id)),
    )
  )
    return "overflow";
  const sharing = groups.filter(({ queueIds }) => queueIds.length > 1 && queueIds.includes(queue.id));
  if (sharing.length === 0) return null;
  const { routing } = simulation;
  if (routing?.contact !== undefined && routing.contact !== "priority") return "routing";
  if (routing?.reserves?.some(({ groupId }) => sharing.some(({ id }) => id === groupId))) return "reserves";
  const levelOf = ({ priority, channel }: ServedQueue) => priority ?? (channel === "deferred" ? 1 : 0);
  const others = plan.queues.filter(
    ({ id, channel }) => channel !== "deferred" && sharing.some(({ queueIds }) => queueIds.includes(id)),
  );
  if (others.some((other) => levelOf(other) !== levelOf(queue))) return "priorities";
  return null;
}

function turnsAway(
  event: NonNullable<ServedPlan["simulation"]["events"]>[number],
  queueId: string,
  grid: IntervalGrid,
  range: IntervalRange,
): boolean {
  const day = dayOfDate(grid, event.date);
  if (day === null || grid.dayOffsets[day + 1] <= range.first || grid.dayOffsets[day] >= range.end)
    return false;
  if (event.kind === "lateOpening") return event.queueIds === null || event.queueIds.includes(queueId);
  return event.kind === "outage";
}

/** Queues that some group serves together with this one, directly or through others. */
function linkedQueues({ groups }: ServedPlan, queueId: string): string[] {
  const linked = new Set([queueId]);
  for (let size = 0; size < linked.size; ) {
    size = linked.size;
    for (const { queueIds } of groups)
      if (queueIds.some((id) => linked.has(id))) for (const id of queueIds) linked.add(id);
  }
  linked.delete(queueId);
  return [...linked];
}

/** Whether too many of a queue's agents are shared. Calls that exactly the same agents serve are one line, and not shared. */
function sharingReason(
  plan: ServedPlan,
  queue: ServedQueue,
  hours: readonly number[],
  level: number | null,
): WithheldReason | null {
  let all = 0;
  let shared = 0;
  let besideChats = 0;
  for (const [row, { queueIds }] of plan.groups.entries()) {
    if (!queueIds.includes(queue.id)) continue;
    all += hours[row];
    const others = plan.queues.filter(
      (other) =>
        other.id !== queue.id &&
        other.channel !== "deferred" &&
        queueIds.includes(other.id) &&
        !isOneLine(plan, queue, other),
    );
    if (others.length > 0) shared += hours[row];
    if (others.some((other) => hasChats(queue) || hasChats(other))) besideChats += hours[row];
  }
  const linked = [queue.id, ...linkedQueues(plan, queue.id)].flatMap(
    (id) => plan.queues.find((other) => other.id === id && other.channel !== "deferred") ?? [],
  );
  const lines = linked.filter((one, at) => !linked.slice(0, at).some((other) => isOneLine(plan, one, other)));
  const isPair = lines.length === 2 && lines.some((line) => !hasChats(line));
  if (besideChats > mostBesideChats[isPair ? "twoLines" : "moreLines"] * all) return "besideChats";
  if (shared > mostShared * all) return "allShared";
  return shared * (1 - (level ?? 1)) > mostContended * all ? "contended" : null;
}

/** Whether two queues are served by exactly the same agents, one contact at a time. */
function isOneLine({ groups }: ServedPlan, one: ServedQueue, other: ServedQueue): boolean {
  const sameAgents = groups.every(
    ({ queueIds }) => queueIds.includes(one.id) === queueIds.includes(other.id),
  );
  return sameAgents && !hasChats(one) && !hasChats(other);
}

function hasChats({ channel, concurrency }: ServedQueue): boolean {
  return channel === "chat" && (concurrency?.maxContacts ?? 1) > 1;
}
