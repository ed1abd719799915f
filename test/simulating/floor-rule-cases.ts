import type { QueueProblem, Service, SimulationProblem } from "../../src/simulating/compile/problem.ts";
import type { Figure, Sums } from "./case-runner.ts";
import type { ClosedFormCase } from "./closed-form-cases.ts";
import { singleQueue } from "./single-queue.ts";

/**
 * What a floor can be told to do, on systems whose answer is known: callbacks keep the work and, in turn, the order;
 * transfers make a Jackson network; a reserve is a birth-death chain; interruption is preemptive resume; a drill is a
 * fluid queue.
 */
const first = (sums: Sums) => sums.queues[0];
const second = (sums: Sums) => sums.queues[1];
const ratio = (
  label: string,
  exact: number,
  above: Figure["above"],
  below: Figure["below"],
  exactError = 0,
): Figure => ({ label, exact, exactError, above, below });

/** Erlang C: chance to wait, and mean wait of all in handle times per server free. */
function erlangC(agents: number, load: number): number {
  let blocking = 1;
  for (let n = 1; n <= agents; n++) blocking = (load * blocking) / (n + load * blocking);
  return blocking / (1 - (load / agents) * (1 - blocking));
}

const perHalfHour = 100;
const ahtSeconds = 180;
const agents = 12;
const load = (perHalfHour * ahtSeconds) / 1800;
const waits = erlangC(agents, load);
/** Seconds by which the queue shortens on average while all are busy: 1 ÷ (nμ − λ). */
const drain = ahtSeconds / (agents - load);
const meanWait = waits * drain;

function long(queue: Partial<QueueProblem>, over: Partial<SimulationProblem> = {}): SimulationProblem {
  return {
    ...singleQueue(
      { agents, intervals: 300, warmUp: 30 },
      { offeredPerHalfHour: perHalfHour, ahtSeconds },
      queue,
    ),
    ...over,
  };
}

function callBacks(inTurn: boolean): ClosedFormCase {
  const afterSeconds = 60;
  return {
    name: `callback after 60 s, ${inTurn ? "in turn" : "in quiet time"}, all accept`,
    problem: long({ callback: { afterSeconds, acceptShare: 1, inTurn } }),
    replications: 300,
    figures: [
      ratio(
        "mean wait of all, s",
        meanWait,
        (sums) => first(sums).waitAnswered + first(sums).waitCalledBack,
        (sums) => first(sums).answered + first(sums).calledBack,
      ),
      // Who comes later and overtakes nobody: those still on the line after so long are those of the plain queue.
      ...(inTurn
        ? [
            ratio(
              "take the callback",
              waits * Math.exp(-afterSeconds / drain),
              (sums) => first(sums).callbackTaken,
              (sums) => first(sums).offered,
            ),
          ]
        : []),
    ],
  };
}

/** Each queue its own agents; a third of the first's contacts goes on to the second, a fifth of those comes back. */
function network(): ClosedFormCase {
  const [there, back] = [1 / 3, 1 / 5];
  const [own, other] = [60, 20];
  const [flowOne, flowTwo] = [
    (own + back * other) / (1 - there * back),
    (other + there * own) / (1 - there * back),
  ];
  const base = long({});
  const wait = (flow: number, n: number) => {
    const erlangs = (flow * ahtSeconds) / 1800;
    return (erlangC(n, erlangs) * ahtSeconds) / (n - erlangs);
  };
  const queue = (id: string, perInterval: number, target: number, share: number): QueueProblem => ({
    ...base.queues[0],
    id,
    offered: new Float64Array(300).fill(perInterval),
    transfers: [{ queue: target, share, ahtSeconds: null }],
  });
  const group = (id: string, served: number, size: number) => ({
    id,
    staffing: new Int32Array(300).fill(size),
    serves: [{ queue: served, level: 0, preference: 0, afterSeconds: 0 }],
  });
  return {
    name: "transfers there and back: a Jackson network",
    problem: {
      ...base,
      queues: [queue("first", own, 1, there), queue("second", other, 0, back)],
      groups: [group("first", 0, 8), group("second", 1, 6)],
    },
    replications: 300,
    figures: [
      ratio(
        "visits of the first per half-hour",
        flowOne,
        (sums) => first(sums).offered,
        () => 270,
      ),
      ratio(
        "visits of the second per half-hour",
        flowTwo,
        (sums) => second(sums).offered,
        () => 270,
      ),
      ratio(
        "mean wait of the first, s",
        wait(flowOne, 8),
        (sums) => first(sums).waitAnswered,
        (sums) => first(sums).answered,
      ),
      ratio(
        "mean wait of the second, s",
        wait(flowTwo, 6),
        (sums) => second(sums).waitAnswered,
        (sums) => second(sums).answered,
      ),
    ],
  };
}

/** Ten agents, nobody waits; the second queue is served only while more than two are free. */
function reserve(): ClosedFormCase {
  const [n, keepFree] = [10, 2];
  const [loadOne, loadTwo] = [3, 5];
  const weights = [1];
  for (let busy = 0; busy < n; busy++) {
    const rate = loadOne + (n - busy > keepFree ? loadTwo : 0);
    weights.push((weights[busy] * rate) / (busy + 1));
  }
  const all = weights.reduce((a, b) => a + b, 0);
  const base = singleQueue(
    { agents: n, intervals: 120, warmUp: 10 },
    { offeredPerHalfHour: loadOne * 10, ahtSeconds },
    { waitingPlaces: 0 },
  );
  const service = (queue: number, kept: number): Service => ({
    queue,
    level: 0,
    preference: 0,
    afterSeconds: 0,
    keepFree: kept,
  });
  return {
    name: "two of ten agents kept free for the first of two queues",
    problem: {
      ...base,
      queues: [
        { ...base.queues[0], id: "first" },
        { ...base.queues[0], id: "second", offered: new Float64Array(120).fill(loadTwo * 10) },
      ],
      groups: [{ ...base.groups[0], serves: [service(0, 0), service(1, keepFree)] }],
    },
    replications: 400,
    figures: [
      ratio(
        "blocked of the first",
        weights[n] / all,
        (s) => first(s).blocked,
        (s) => first(s).offered,
      ),
      ratio(
        "blocked of the second",
        weights.slice(n - keepFree).reduce((a, b) => a + b, 0) / all,
        (s) => second(s).blocked,
        (s) => second(s).offered,
      ),
    ],
  };
}

/** One agent; the second queue's work is interrupted by the first: preemptive resume, Poisson and exponential. */
function interruption(): ClosedFormCase {
  const [rhoOne, rhoTwo] = [0.3, 0.4];
  const base = singleQueue(
    { agents: 1, intervals: 600, warmUp: 50 },
    { offeredPerHalfHour: rhoOne * 30, ahtSeconds: 60 },
  );
  const workAhead = (rhoOne + rhoTwo) * 60;
  const stay = 60 / (1 - rhoOne) + workAhead / ((1 - rhoOne) * (1 - rhoOne - rhoTwo));
  return {
    name: "work that the other queue interrupts, M/M/1 preemptive resume",
    problem: {
      ...base,
      queues: [
        { ...base.queues[0], id: "urgent" },
        {
          ...base.queues[0],
          id: "deferred",
          offered: new Float64Array(600).fill(rhoTwo * 30),
          interruptible: true,
          waitsOvernight: true,
        },
      ],
      groups: [
        {
          ...base.groups[0],
          serves: [
            { queue: 0, level: 0, preference: 0, afterSeconds: 0 },
            { queue: 1, level: 1, preference: 0, afterSeconds: 0 },
          ],
        },
      ],
    },
    replications: 400,
    figures: [
      ratio(
        "mean wait of the urgent, s",
        (60 * rhoOne) / (1 - rhoOne),
        (s) => first(s).waitAnswered,
        (s) => first(s).answered,
      ),
      ratio(
        "stay of the deferred, s",
        stay,
        (s) => second(s).waitingTime + second(s).serviceTime,
        (s) => second(s).offered,
      ),
    ],
  };
}

/** Everybody is away for twenty minutes: contacts in hand end, the others pile up and are worked off, as a fluid does. */
function drill(): ClosedFormCase {
  const scale = 40;
  const perSecond = (perHalfHour * scale) / 1800;
  const away = 1200;
  const size = Math.round(load * scale * 1.25);
  const busy = perSecond * ahtSeconds;
  const atEnd = busy * Math.exp(-away / ahtSeconds) + perSecond * away;
  const over = atEnd - size;
  const waited = (perSecond * away * away) / 2 + (over * over) / (2 * (size / ahtSeconds - perSecond));
  return {
    name: "a drill of 20 min at 400 Erlang: the fluid queue",
    problem: {
      ...singleQueue(
        { agents: size, intervals: 16 },
        { offeredPerHalfHour: perHalfHour * scale, ahtSeconds },
      ),
      away: [{ startSeconds: 7200, endSeconds: 7200 + away, groups: [0], atOnce: false }],
    },
    replications: 60,
    figures: [
      // Chance rounds the fluid's corners off by a few in a thousand.
      ratio(
        "contact-hours waited",
        waited / 3600,
        (s) => first(s).waitingTime / 3600,
        () => 1,
        0.004 * (waited / 3600),
      ),
    ],
  };
}

/** In the average every rule that leaves nobody free beside who waits makes the same queue. */
function rules(): ClosedFormCase {
  const base = long({ offered: new Float64Array(300).fill(perHalfHour / 2) });
  const queue = (id: string, goal: number): QueueProblem => ({
    ...base.queues[0],
    id,
    serviceLevelGoal: goal,
  });
  return {
    name: "furthest below its goal first, least busy agent: the work is the same",
    problem: {
      ...base,
      contactRule: "furthestBelowGoal",
      agentRule: "leastBusy",
      queues: [queue("first", 0.9), queue("second", 0.6)],
      groups: [
        {
          ...base.groups[0],
          serves: [0, 1].map((index) => ({ queue: index, level: 0, preference: 0, afterSeconds: 0 })),
        },
      ],
    },
    replications: 300,
    figures: [
      ratio(
        "mean wait of both, s",
        meanWait,
        (s) => first(s).waitAnswered + second(s).waitAnswered,
        (s) => first(s).answered + second(s).answered,
      ),
    ],
  };
}

const cases = [callBacks(true), callBacks(false), network(), reserve(), interruption(), drill(), rules()];

export const floorRuleCases: readonly ClosedFormCase[] = cases.map((one, index) => ({
  ...one,
  problem: { ...one.problem, seed: index + 201 },
}));
