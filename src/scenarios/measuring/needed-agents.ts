import type { Queue } from "../../domain/plan/queue.ts";
import { log, pow } from "../../numerics/elementary.ts";
import { agentsForGoal } from "../../staffing/queue-staffing.ts";

/** Neighbouring nodes of the table differ by these factors, in load and in mean handle time. */
const loadRatio = 1.07;
const ahtRatio = 1.25;

/**
 * Agents on queue (fractional, at least one) that keep a queue's goal, as a function quick enough to follow a slider:
 * null where no number does.
 *
 * Each promise asks for n = a + β√a agents, and β changes so slowly with the load a and the handle time that it is read
 * off a table of exact answers, linear in the logarithms; within 0.05 agents up to loads of several hundred. The nodes
 * do not depend on the data, and are worked out when first needed and kept with the queue.
 */
export function neededAgentsTable(
  queue: Queue,
): (arrivalsPerSecond: number, ahtSeconds: number) => number | null {
  let table = tables.get(queue);
  if (table === undefined) {
    const single = singlePromises(queue).map(createTable);
    table = (arrivalsPerSecond, ahtSeconds) => {
      let most: number | null = 0;
      for (const needed of single) {
        const agents = needed(arrivalsPerSecond, ahtSeconds);
        if (agents === null) return null;
        most = Math.max(most, agents);
      }
      return most;
    };
    tables.set(queue, table);
  }
  return table;
}

type Needed = (arrivalsPerSecond: number, ahtSeconds: number) => number | null;
const tables = new WeakMap<Queue, Needed>();

/** One queue per promise: each promise alone is smooth, the strictest of them is not. */
function singlePromises(queue: Queue): Queue[] {
  const { serviceLevel, maxAsaSeconds, maxAbandonment, maxOccupancy } = queue.goal;
  const none = { serviceLevel: null, maxAsaSeconds: null, maxAbandonment: null, maxOccupancy: null };
  const promises = [
    serviceLevel === null ? null : { serviceLevel },
    maxAsaSeconds === null ? null : { maxAsaSeconds },
    maxAbandonment === null ? null : { maxAbandonment },
    maxOccupancy === null ? null : { maxOccupancy },
  ].filter((promise) => promise !== null);
  if (promises.length < 2 || queue.channel === "deferred") return [queue];
  return promises.map((promise) => ({ ...queue, goal: { ...queue.goal, ...none, ...promise } }));
}

function createTable(queue: Queue): Needed {
  const margins = new Map<number, number | null>();

  function exact(load: number, ahtSeconds: number): number | null {
    const arrivalsPerSecond = load / ahtSeconds;
    const { patienceSeconds, goal } = queue;
    return agentsForGoal(
      queue,
      { arrivalsPerSecond, ahtSeconds, patienceSeconds, answerWithinSeconds: goal.answerWithinSeconds },
      0,
    );
  }

  /** β at a node; null when no number of agents will do. */
  function margin(loadStep: number, ahtStep: number): number | null {
    const key = loadStep * 1000 + ahtStep;
    let value = margins.get(key);
    if (value === undefined) {
      const load = pow(loadRatio, loadStep);
      const agents = exact(load, pow(ahtRatio, ahtStep));
      value = agents === null ? null : (agents - load) / Math.sqrt(load);
      margins.set(key, value);
    }
    return value;
  }

  return (arrivalsPerSecond: number, ahtSeconds: number): number | null => {
    const load = arrivalsPerSecond * ahtSeconds;
    if (load === 0) return 0;
    if (queue.channel === "deferred") return exact(load, ahtSeconds);
    const x = log(load) / log(loadRatio);
    const y = log(ahtSeconds) / log(ahtRatio);
    const column = Math.floor(x);
    const row = Math.floor(y);
    const corners = [
      margin(column, row),
      margin(column + 1, row),
      margin(column, row + 1),
      margin(column + 1, row + 1),
    ];
    if (corners.includes(null)) return exact(load, ahtSeconds);
    const [a, b, c, d] = corners as number[];
    const right = x - column;
    const down = y - row;
    const beta = (a * (1 - right) + b * right) * (1 - down) + (c * (1 - right) + d * right) * down;
    return Math.max(1, load + beta * Math.sqrt(load));
  };
}
