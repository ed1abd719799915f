import { requiredAgents, type ServiceTargets } from "../../src/queueing/steady/required-agents.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import {
  createTransientWalk,
  type TransientLoad,
  transientQueue,
} from "../../src/queueing/transient/transient-queue.ts";
import { simulatedDay } from "./simulated-day.ts";
import { uniformisedDay } from "./uniformisation.ts";

/** Prints what the engine costs beside plainer ways of getting the same, all in one run. `npm run bench:queueing` */

const eightyTwenty: ServiceTargets = {
  serviceLevel: 0.8,
  serviceLevelRule: "offered",
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: null,
};

/** Microseconds of one call: the best of several rounds, so that neighbours on the machine disturb less. */
function microseconds(work: (round: number) => number): number {
  let sink = 0;
  let calls = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 12; round++) {
    const start = performance.now();
    for (let call = 0; call < calls; call++) sink += work(call);
    const each = ((performance.now() - start) * 1000) / calls;
    best = Math.min(best, each);
    calls = Math.max(1, Math.min(20_000, Math.ceil(20_000 / Math.max(each, 0.5))));
  }
  if (Number.isNaN(sink)) throw new RangeError("a benchmark computed NaN");
  return best;
}

/** Erlang C as textbooks do it: B(n) = a B(n − 1) ÷ (n + a B(n − 1)), n steps. */
function recursiveErlangC(agents: number, load: number): number {
  let blocking = 1;
  for (let n = 1; n <= agents; n++) blocking = (load * blocking) / (n + load * blocking);
  const used = load / agents;
  return blocking / (1 - used * (1 - blocking));
}

console.log("Erlang C, P(wait) and all else, against the textbook recursion for P(wait) alone");
for (const agents of [1000, 100_000]) {
  const load = agents - 2 * Math.sqrt(agents);
  const queue = {
    arrivalsPerSecond: load / 300,
    ahtSeconds: 300,
    patienceSeconds: null,
    answerWithinSeconds: 20,
  };
  const series = microseconds((call) => steadyQueue(queue, agents + (call % 2)).waitProbability);
  const recursion = microseconds((call) => recursiveErlangC(agents + (call % 2), load));
  console.log(
    `  ${agents} agents: ${series.toFixed(2)} µs, recursion ${recursion.toFixed(2)} µs: ${(recursion / series).toFixed(0)} times faster`,
  );
}

console.log("Required agents for 80/20 (whole), without a guess from the interval before");
for (const patienceSeconds of [null, 120]) {
  for (const load of [100, 1000, 100_000]) {
    const cost = microseconds(
      (call) =>
        requiredAgents(
          {
            arrivalsPerSecond: (load + (call % 7) * 0.01) / 180,
            ahtSeconds: 180,
            patienceSeconds,
            answerWithinSeconds: 20,
          },
          eightyTwenty,
          1,
        )!,
    );
    console.log(`  Erlang ${patienceSeconds === null ? "C" : "A"}, load ${load}: ${cost.toFixed(1)} µs`);
  }
}

console.log("Exact transient day (96 quarter-hours) against uniformisation of the same day");
/** Contacts simulated by default: 20,000 days of the smallest team, fewer of the others, whose days say more. */
const contactsSimulated = 1.2e8;
for (const peak of [26.5, 103, 1022]) {
  const ahtSeconds = 240;
  const arrivalsPerSecond = Float64Array.from({ length: 96 }, (_, index) => {
    const shape = 0.25 + 0.75 * Math.sin((index / 96) * Math.PI) ** 2 + 0.1 * Math.sin(index);
    return (Math.max(0.02, shape) * peak) / ahtSeconds;
  });
  const load: TransientLoad = {
    intervalSeconds: 900,
    arrivalsPerSecond,
    ahtSeconds: new Float64Array(96).fill(ahtSeconds),
    patienceSeconds: 120,
    answerWithinSeconds: 20,
    start: "empty",
  };
  const agents = Int32Array.from(
    arrivalsPerSecond,
    (rate) =>
      requiredAgents(
        { arrivalsPerSecond: rate, ahtSeconds, patienceSeconds: 120, answerWithinSeconds: 20 },
        eightyTwenty,
        1,
      )!,
  );
  const most = Math.max(...agents);
  const walkDay = () => {
    const walk = createTransientWalk(load);
    return Array.from(agents, (count, index) => {
      const outcome = walk.attempt(index, count, null)!;
      walk.accept();
      return outcome;
    });
  };
  const exact = microseconds(() => walkDay()[5].occupancy) / 1000;
  const withBorders = microseconds(() => transientQueue(load, agents)[5]!.occupancy) / 1000;
  const start = performance.now();
  const reference = uniformisedDay({
    ...load,
    ahtSeconds,
    patienceSeconds: 120,
    agents,
    states: most + 30 + 8 * Math.ceil(Math.sqrt(most)),
  });
  const uniformised = performance.now() - start;
  const worst = walkDay().reduce(
    (most, outcome, index) =>
      Math.max(
        most,
        Math.abs(outcome.serviceLevelOffered - reference[index].inTime),
        Math.abs(outcome.waitProbability - reference[index].wait),
        Math.abs(outcome.occupancy - reference[index].occupancy),
      ),
    0,
  );
  console.log(
    `  ${most} agents: ${exact.toFixed(2)} ms (${withBorders.toFixed(2)} ms with borders), uniformisation ${uniformised.toFixed(0)} ms: ${(uniformised / exact).toFixed(0)} times faster; largest difference of a share ${worst.toExponential(1)}`,
  );
  const contactsOfDay = arrivalsPerSecond.reduce((sum, rate) => sum + rate * load.intervalSeconds, 0);
  const replications = Number(
    process.argv[2] ?? Math.min(20_000, Math.ceil(contactsSimulated / contactsOfDay)),
  );
  const outcomes = transientQueue(load, agents);
  const contacts = arrivalsPerSecond.reduce((sum, rate) => sum + rate, 0);
  const inTime = outcomes.reduce(
    (sum, outcome, index) => sum + outcome!.serviceLevelOffered * arrivalsPerSecond[index],
    0,
  );
  const gone = outcomes.reduce(
    (sum, outcome, index) => sum + outcome!.abandonmentRate * arrivalsPerSecond[index],
    0,
  );
  const simulated = simulatedDay(load, agents, replications, 1);
  const level = inTime / contacts;
  const abandoned = gone / contacts;
  console.log(
    `  ${replications} simulated days: service level ${simulated.serviceLevel.toFixed(6)} ± ${simulated.serviceLevelError.toFixed(6)} (1 s.e.), exact ${level.toFixed(6)}: ${((level - simulated.serviceLevel) / simulated.serviceLevelError).toFixed(2)} s.e. off`,
  );
  console.log(
    `    (${Math.round(contactsOfDay)} contacts a day) abandoned ${simulated.abandonment.toFixed(6)} ± ${simulated.abandonmentError.toFixed(6)}, exact ${abandoned.toFixed(6)}`,
  );
}
