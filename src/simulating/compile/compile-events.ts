import type { FloorEvent } from "../../domain/plan/floor-event.ts";
import type { AwayWindow, QueueProblem } from "./problem.ts";

/** An event with its times in seconds since the start of the span. */
export type TimedEvent =
  | (EventTimes & Pick<EventOf<"outage">, "kind" | "groupIds" | "turnsAway">)
  | (EventTimes & Pick<EventOf<"surge">, "kind" | "queueIds" | "factor">)
  | (EventTimes & Pick<EventOf<"lateOpening">, "kind" | "queueIds">)
  | (EventTimes & Pick<EventOf<"fireDrill">, "kind" | "groupIds">);
type EventOf<Kind extends FloorEvent["kind"]> = Extract<FloorEvent, { kind: Kind }>;
interface EventTimes {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Groups with the queues they serve, as far as events care. */
interface Server {
  readonly id: string;
  readonly serves: readonly { readonly queue: number }[];
}

/** When whole groups are away. */
export function awayWindows(events: readonly TimedEvent[], groups: readonly Server[]): AwayWindow[] {
  return events.flatMap((event) => {
    if (event.kind !== "outage" && event.kind !== "fireDrill") return [];
    const { startSeconds, endSeconds, groupIds } = event;
    const away = groups.flatMap(({ id }, g) => (groupIds === null || groupIds.includes(id) ? [g] : []));
    return [{ startSeconds, endSeconds, groups: away, atOnce: event.kind === "outage" }];
  });
}

/** A queue as the events leave it: with more contacts in a surge, and turned away where nobody can or may answer. */
export function queueUnderEvents(
  queue: QueueProblem,
  index: number,
  events: readonly TimedEvent[],
  groups: readonly Server[],
  intervalSeconds: number,
): QueueProblem {
  const hit = (ids: readonly string[] | null) => ids === null || ids.includes(queue.id);
  let { offered } = queue;
  const shut: [number, number][] = [];
  for (const event of events) {
    const { startSeconds, endSeconds } = event;
    if (event.kind === "surge" && hit(event.queueIds)) {
      offered = offered.map((contacts, interval) => {
        const start = interval * intervalSeconds;
        const overlap = Math.min(endSeconds, start + intervalSeconds) - Math.max(startSeconds, start);
        return contacts * (1 + (event.factor - 1) * Math.max(0, overlap / intervalSeconds));
      });
    } else if (event.kind === "lateOpening" && hit(event.queueIds)) {
      shut.push([startSeconds, endSeconds]);
    } else if (event.kind === "outage" && event.turnsAway) {
      const servers = groups.filter(({ serves }) => serves.some((service) => service.queue === index));
      if (servers.every(({ id }) => event.groupIds === null || event.groupIds.includes(id))) {
        shut.push([startSeconds, endSeconds]);
      }
    }
  }
  // Work with a deadline waits, whatever happens.
  const turnedAway = queue.doneWithinSeconds === undefined ? merged(shut) : [];
  return { ...queue, offered, ...(turnedAway.length > 0 && { turnedAway: Float64Array.from(turnedAway) }) };
}

/** Stretches that overlap become one: start, end, start, end, … */
function merged(stretches: readonly (readonly [number, number])[]): number[] {
  const flat: number[] = [];
  for (const [start, end] of [...stretches].sort((a, b) => a[0] - b[0])) {
    const last = flat.length - 1;
    if (last > 0 && start <= flat[last]) flat[last] = Math.max(flat[last], end);
    else if (end > start) flat.push(start, end);
  }
  return flat;
}
