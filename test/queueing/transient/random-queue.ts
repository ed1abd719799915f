import { randomStream } from "../../../src/numerics/random.ts";
import { type TransientLoad, transientQueue } from "../../../src/queueing/transient/transient-queue.ts";
import { integratedQueue } from "./integrated-queue.ts";

/** Two intervals of a queue, small or large, patient or not, quick or slow, with staffing that steps up or down. */
export function randomQueue(seed: number): { load: TransientLoad; agents: Int32Array } {
  const chance = randomStream(seed, "transient grid");
  const between = (low: number, high: number) => low + (high - low) * chance.uniform();
  const logBetween = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)));
  const intervalSeconds = [900, 1800, 3600][Math.floor(between(0, 3))];
  const ahtSeconds = logBetween(1, seed % 5 === 0 ? 86_400 : 3600);
  const contacts = logBetween(0.5, 5000);
  const arrivals = [contacts, contacts * between(0.6, 1.5)];
  const arrivalsPerSecond = Float64Array.from(arrivals, (count) => Math.min(5000, count) / intervalSeconds);
  const agents = Int32Array.from(arrivalsPerSecond, (rate) => {
    // Of work that takes hours only a part has come by the end of an interval.
    const busy = rate * ahtSeconds * -Math.expm1(-intervalSeconds / ahtSeconds);
    return Math.max(1, Math.round(busy * between(0.7, 1.3) + between(-1, 2) * Math.sqrt(busy)));
  });
  return {
    load: {
      intervalSeconds,
      arrivalsPerSecond,
      ahtSeconds: new Float64Array(2).fill(ahtSeconds),
      patienceSeconds: chance.uniform() < 0.5 ? null : logBetween(5, 3600),
      answerWithinSeconds: [10, 20, 60, 300][Math.floor(between(0, 3.2))],
      start: "empty",
    },
    agents,
  };
}

/** How far the program is from the independent integration on a random queue, at most; waiting relative to 1 + itself. */
export function worstDifference(seed: number): number {
  const { load, agents } = randomQueue(seed);
  const wanted = integratedQueue(load, agents);
  return Math.max(
    ...transientQueue(load, agents).flatMap((got, index) => {
      if (got === null) return [Number.POSITIVE_INFINITY];
      const { inTime, wait, occupancy, meanWaiting } = wanted[index];
      return [
        Math.abs(got.serviceLevelOffered - inTime),
        Math.abs(got.waitProbability - wait),
        Math.abs(got.occupancy - occupancy),
        Math.abs(got.meanWaiting - meanWaiting) / (1 + meanWaiting),
      ];
    }),
  );
}
