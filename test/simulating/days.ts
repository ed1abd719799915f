import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import type { SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { singleQueue } from "./single-queue.ts";

/** Calls per hour of the day in `NUMBERS.md`, the shape of all days here. */
const shape = [
  12, 8, 6, 5, 5, 8, 20, 45, 70, 85, 90, 88, 80, 78, 82, 80, 70, 60, 48, 40, 32, 26, 20, 15,
] as const;

export const dayAhtSeconds = 240;
export const dayPatienceSeconds = 120;

export interface Day {
  readonly contactsPerSecond: Float64Array;
  readonly agents: Int32Array;
}

/** A day of 96 quarter-hours whose busiest one needs `peakAgents` for 80/20 by Erlang A, staffed interval by interval. */
export function dayOf(peakAgents: number): Day {
  const rates = (scale: number) =>
    Float64Array.from({ length: 96 }, (_, k) => {
      const hour = Math.floor(k / 4);
      const next = shape[(hour + 1) % 24];
      return ((shape[hour] + ((k % 4) / 4) * (next - shape[hour])) * scale) / 3600;
    });
  let low = 0.01;
  let high = 200;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (needed(Math.max(...rates(middle))) <= peakAgents) low = middle;
    else high = middle;
  }
  const contactsPerSecond = rates(low);
  return { contactsPerSecond, agents: Int32Array.from(contactsPerSecond, needed) };
}

function needed(arrivalsPerSecond: number): number {
  const load = {
    arrivalsPerSecond,
    ahtSeconds: dayAhtSeconds,
    patienceSeconds: dayPatienceSeconds,
    answerWithinSeconds: 20,
  };
  let low = 0;
  let high = Math.ceil(arrivalsPerSecond * dayAhtSeconds * 1.2) + 10;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steadyQueue(load, middle).serviceLevelOffered >= 0.8) high = middle;
    else low = middle;
  }
  return high;
}

export function problemOfDay(day: Day, seed = 1): SimulationProblem {
  const base = singleQueue(
    { agents: 1, intervals: 96 },
    { offeredPerHalfHour: 1, ahtSeconds: dayAhtSeconds },
    { patience: { kind: "exponential", mean: dayPatienceSeconds } },
  );
  return {
    ...base,
    seed,
    intervalSeconds: 900,
    queues: [{ ...base.queues[0], offered: day.contactsPerSecond.map((rate) => rate * 900) }],
    groups: [{ ...base.groups[0], staffing: day.agents }],
  };
}
