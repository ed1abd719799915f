import type { Queue } from "../plan/queue.ts";
import type { QueueForecast } from "./demand.ts";

/** Contacts that reach agents, and their mean handle time, per interval. */
export interface AgentDemand {
  readonly offered: Float64Array;
  readonly ahtSeconds: Float64Array;
}

/**
 * What self-service leaves to agents: those not offered to it at once, those it hands over `handoverMinutes` later
 * with a longer handle time. A hand-over that falls between two intervals is split between them in proportion; one
 * that would come after closing comes at the last open interval.
 */
export function demandForAgents(
  queue: Pick<Queue, "selfService">,
  demand: Pick<QueueForecast, "offered" | "ahtSeconds" | "open">,
  intervalMinutes: number,
): AgentDemand {
  const habit = queue.selfService;
  if (habit === undefined) return demand;
  const count = demand.offered.length;
  const direct = 1 - habit.offeredShare;
  const handed = habit.offeredShare * (1 - habit.containedShare);
  const shift = habit.handoverMinutes / intervalMinutes;
  const later = new Float64Array(count);
  const work = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const contacts = demand.offered[index] * handed;
    if (contacts === 0) continue;
    const whole = Math.floor(shift);
    const part = shift - whole;
    for (const [steps, share] of [
      [whole, 1 - part],
      [whole + 1, part],
    ]) {
      if (share === 0) continue;
      const at = lastOpen(demand.open, index, index + steps);
      later[at] += contacts * share;
      work[at] += contacts * share * demand.ahtSeconds[index] * habit.handoverAhtFactor;
    }
  }
  const offered = demand.offered.map((contacts, index) => contacts * direct + later[index]);
  const ahtSeconds = demand.ahtSeconds.map((aht, index) =>
    offered[index] > 0 ? (demand.offered[index] * direct * aht + work[index]) / offered[index] : aht,
  );
  return { offered, ahtSeconds };
}

/** The interval aimed at, or the last one before it up to which the queue stays open. */
function lastOpen(open: Uint8Array, from: number, aim: number): number {
  let at = from;
  while (at < aim && at + 1 < open.length && open[at + 1] === 1) at++;
  return at;
}
