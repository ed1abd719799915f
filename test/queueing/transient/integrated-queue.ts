import type { TransientLoad } from "../../../src/queueing/transient/transient-queue.ts";
import { death, uniformised, withoutLeavers } from "../uniformisation.ts";

/**
 * The transient queue by uniformisation alone, late arrivals included: those who come in the last seconds of an
 * interval are followed to their deadline under the staffing of the next, at moments of Simpson's rule. Thresholds
 * are shorter than an interval. Slow, plain, and shares no code with the program.
 */
export function integratedQueue(load: TransientLoad, agents: ArrayLike<number>) {
  const { intervalSeconds, answerWithinSeconds: threshold } = load;
  const theta = load.patienceSeconds === null ? 0 : 1 / load.patienceSeconds;
  const states = statesOf(load, agents, theta);
  let p: Float64Array = new Float64Array(states);
  p[0] = 1;
  const result: { inTime: number; wait: number; meanWaiting: number; occupancy: number }[] = [];
  for (let index = 0; index < load.arrivalsPerSecond.length; index++) {
    const staff = agents[index];
    if (index > 0 && staff < agents[index - 1]) p = withoutLeavers(p, agents[index - 1], staff);
    const queue = {
      lambda: load.arrivalsPerSecond[index],
      out: (n: number) => Math.min(n, staff) / load.ahtSeconds[index] + Math.max(0, n - staff) * theta,
    };
    const next = index + 1 < load.arrivalsPerSecond.length ? index + 1 : null;
    const isWatched = next !== null && agents[next] !== staff;
    const early = isWatched ? intervalSeconds - threshold : intervalSeconds;
    const first = uniformised(p, queue, early);
    const spent: Float64Array = first.mean.map((share) => share * early);
    p = first.end;
    const serve = staff / load.ahtSeconds[index];
    const positions = Math.max(1, states - staff);
    const plain = death(new Float64Array(positions), serve, theta, threshold);
    let change = 0;
    if (next !== null && isWatched) {
      const quickest = Math.max(serve, agents[next] / load.ahtSeconds[next]) + positions * theta;
      const panels = 2 * Math.min(400, Math.max(8, Math.ceil(threshold * quickest)));
      let after: Float64Array = new Float64Array(positions);
      for (let panel = 0; panel <= panels; panel++) {
        const before = threshold * (1 - panel / panels);
        if (panel > 0) {
          const piece = uniformised(p, queue, threshold / panels);
          for (let n = 0; n < states; n++) spent[n] += (piece.mean[n] * threshold) / panels;
          p = piece.end;
        }
        const weight = panel === 0 || panel === panels ? 1 : panel % 2 === 1 ? 4 : 2;
        if (panel > 0) after = death(after, agents[next] / load.ahtSeconds[next], theta, threshold / panels);
        const comers = Math.max(0, agents[next] - staff);
        const joined = after.map((_, ahead) => (ahead < comers ? 1 : after[ahead - comers]));
        const chance = death(joined, serve, theta, before);
        let gain = 0;
        for (let n = staff; n < states; n++) gain += p[n] * (chance[n - staff] - plain[n - staff]);
        change += (gain * weight * threshold) / panels / 3;
      }
    }
    const sum = (value: (n: number) => number): number =>
      spent.reduce((all, time, n) => all + time * value(n), 0) / intervalSeconds;
    result.push({
      inTime: sum((n) => (n < staff ? 1 : plain[n - staff])) + change / intervalSeconds,
      wait: sum((n) => (n < staff ? 0 : 1)),
      meanWaiting: sum((n) => Math.max(0, n - staff)),
      occupancy: sum((n) => Math.min(n, staff)) / staff,
    });
  }
  return result;
}

/** Enough states that the last ones are never reached: the mean without service of those who wait, and its noise. */
function statesOf(load: TransientLoad, agents: ArrayLike<number>, theta: number): number {
  let peak = 0;
  let backlog = 0;
  for (let index = 0; index < load.arrivalsPerSecond.length; index++) {
    const rate = load.arrivalsPerSecond[index];
    const gain = (rate - agents[index] / load.ahtSeconds[index]) * load.intervalSeconds;
    backlog = Math.max(0, theta > 0 ? Math.min(backlog + gain, rate / theta) : backlog + gain);
    const coming = Math.min(rate * load.intervalSeconds, rate * load.ahtSeconds[index]);
    peak = Math.max(peak, Math.max(Math.min(agents[index], coming), 0) + backlog, agents[index]);
  }
  const arrivals = load.arrivalsPerSecond.reduce((sum, rate) => sum + rate * load.intervalSeconds, 0);
  const noise = theta * load.intervalSeconds > 20 ? 2 * peak : arrivals + peak;
  return Math.ceil(
    Math.min(peak + 60 + 12 * Math.sqrt(noise), arrivals + 60 + 12 * Math.sqrt(arrivals + 1) + peak),
  );
}
