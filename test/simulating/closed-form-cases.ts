import type { Distribution } from "../../src/numerics/distribution.ts";
import type { QueueProblem, SimulationProblem } from "../../src/simulating/compile/problem.ts";
import type { Figure, Sums } from "./case-runner.ts";
import { singleQueue } from "./single-queue.ts";

/** A system whose answer is known in closed form (`NUMBERS.md`, "Closed-form cases a simulator must reproduce"). */
export interface ClosedFormCase {
  readonly name: string;
  readonly problem: SimulationProblem;
  /** Replications for the printed table; the test runs a twentieth. */
  readonly replications: number;
  /** At least so many in the test: a few overloaded days decide the mean, and with fewer days none may come. */
  readonly leastReplications?: number;
  readonly figures: readonly Figure[];
}

const q = (index: number) => (sums: Sums) => sums.queues[index];
const first = q(0);
const offered = (sums: Sums) => first(sums).offered;
const answered = (sums: Sums) => first(sums).answered;
const seconds = (sums: Sums) => sums.seconds;

/** Share answered at once; the problem's threshold is 0. */
const waitProbability = (exact: number, index = 0): Figure => ({
  label: "P(wait)",
  exact,
  above: (sums) => q(index)(sums).offered - q(index)(sums).answeredInTime,
  below: (sums) => q(index)(sums).offered,
});
const abandonment = (exact: number, index = 0): Figure => ({
  label: "abandoned",
  exact,
  above: (sums) => q(index)(sums).abandoned,
  below: (sums) => q(index)(sums).offered,
});
const serviceLevel = (exact: number, exactError = 0): Figure => ({
  label: "service level 20 s",
  exact,
  exactError,
  above: (sums) => first(sums).answeredInTime,
  below: offered,
});
const meanWait = (exact: number, unit = 1, index = 0): Figure => ({
  label: unit === 1 ? "mean wait, s" : "mean wait ÷ D",
  exact,
  above: (sums) => q(index)(sums).waitAnswered / unit,
  below: (sums) => q(index)(sums).answered,
});
const blocking = (exact: number, label: string): Figure => ({
  label,
  exact,
  above: (sums) => first(sums).blocked,
  below: offered,
});
const concurrency = (exact: number): Figure => ({
  label: "mean concurrency",
  exact,
  above: (sums) => first(sums).serviceTime,
  below: seconds,
});

const exponential = (mean: number): Distribution => ({ kind: "exponential", mean });
const long = { intervals: 60, warmUp: 12 };

/** 55 agents, load 50, AHT 180 s: the second case and its relatives. */
function call55(
  queue: Partial<QueueProblem>,
  replications: number,
  figures: readonly Figure[],
  name: string,
): ClosedFormCase {
  return {
    name,
    problem: singleQueue(
      { agents: 55, ...long },
      { offeredPerHalfHour: 500, ahtSeconds: 180 },
      { patience: exponential(120), ...queue },
    ),
    replications,
    figures,
  };
}

/** One queue with a handle-time shape, no abandonment. */
function queueOf(
  agents: number,
  occupancy: number,
  ahtSeconds: number,
  handleTime: Distribution,
  name: string,
  replications: number,
  figures: readonly Figure[],
): ClosedFormCase {
  return {
    name,
    problem: singleQueue(
      { agents, intervals: 400, warmUp: 100 },
      { offeredPerHalfHour: (agents * occupancy * 1800) / ahtSeconds, ahtSeconds },
      { handleTime },
    ),
    replications,
    figures,
  };
}

const fixed: Distribution = { kind: "deterministic", mean: 1 };

function loss(agents: number, load: number, handleTime: Distribution, exact: number): ClosedFormCase {
  return {
    name: `loss, ${agents} agents, load ${load}, ${handleTime.kind}`,
    problem: singleQueue(
      { agents, intervals: 120, warmUp: 20 },
      { offeredPerHalfHour: load * 10, ahtSeconds: 180 },
      { handleTime, waitingPlaces: 0 },
    ),
    replications: 400,
    figures: [blocking(exact, "blocked")],
  };
}

function priorities(): SimulationProblem {
  const base = singleQueue(
    { agents: 20, intervals: 600, warmUp: 150 },
    { offeredPerHalfHour: 20, ahtSeconds: 300 },
  );
  const queue = (id: string, perHour: number): QueueProblem => ({
    ...base.queues[0],
    id,
    offered: new Float64Array(600).fill(perHour / 2),
  });
  return {
    ...base,
    queues: [queue("first", 40), queue("second", 160), queue("third", 20)],
    groups: [
      {
        ...base.groups[0],
        serves: [0, 1, 2].map((index) => ({ queue: index, level: index, preference: 0, afterSeconds: 0 })),
      },
    ],
  };
}

function chat(
  agents: number,
  perHour: number,
  slowdown: readonly number[],
  values: readonly [number, number, number],
): ClosedFormCase {
  return {
    name: `chat, ${agents} ${agents === 1 ? "agent" : "agents"}, ${slowdown.length} slots`,
    problem: singleQueue(
      { agents, intervals: 500, warmUp: 20 },
      { offeredPerHalfHour: perHour / 2, ahtSeconds: 600 },
      {
        patience: exponential(300),
        maxContacts: slowdown.length,
        slowdown,
        answerWithinSeconds: 0,
      },
    ),
    replications: 400,
    figures: [waitProbability(values[0]), abandonment(values[1]), concurrency(values[2])],
  };
}

/** Two queues at 4 and 3 a minute, handling 1 min, patience 2 min; 4 agents for the first alone, 4 for both. */
function flexible(): SimulationProblem {
  const base = singleQueue(
    { agents: 4, intervals: 60, warmUp: 2 },
    { offeredPerHalfHour: 120, ahtSeconds: 60 },
    { patience: exponential(120), answerWithinSeconds: 0 },
  );
  const staffing = base.groups[0].staffing;
  return {
    ...base,
    queues: [
      { ...base.queues[0], id: "first" },
      { ...base.queues[0], id: "second", offered: new Float64Array(60).fill(90) },
    ],
    groups: [
      { id: "dedicated", staffing, serves: [{ queue: 0, level: 0, preference: 0, afterSeconds: 0 }] },
      {
        id: "flexible",
        staffing,
        serves: [
          { queue: 0, level: 1, preference: 1, afterSeconds: 0 },
          { queue: 1, level: 0, preference: 0, afterSeconds: 0 },
        ],
      },
    ],
  };
}

const occupancyOf = (group: number, exact: number): Figure => ({
  label: `occupancy of group ${group + 1}`,
  exact,
  above: (sums) => sums.groups[group].handlingTime,
  below: (sums) => sums.groups[group].onQueueTime,
});

/** 12 agents, 4.2 a minute, mean 2 min, eight hours from empty. */
function publishedDay(patienceSeconds: number | null): SimulationProblem {
  return singleQueue(
    { agents: 12, intervals: 16 },
    { offeredPerHalfHour: 126, ahtSeconds: 120 },
    { patience: patienceSeconds === null ? null : exponential(patienceSeconds) },
  );
}

/** Half-width of a published 95 % interval as a standard error. */
const published = (low: number, high: number) => (high - low) / 2 / 1.96;

/**
 * Each replication its own gamma factor: share of all contacts answered in time. `NUMBERS.md` gives three digits
 * (.888, .856, .759); the rest is Erlang C summed over the factor. Long, because an overloaded queue settles slowly.
 */
function uncertainLoad(cv: number, exact: number): ClosedFormCase {
  return {
    name: `load 10, 14 agents, cv ${cv} of the load`,
    problem: singleQueue(
      { agents: 14, intervals: 300, warmUp: 100 },
      { offeredPerHalfHour: 100, ahtSeconds: 180 },
      { dayFactorVariance: cv * cv },
    ),
    replications: 1500,
    leastReplications: cv > 0.1 ? 500 : undefined,
    figures: [{ ...serviceLevel(exact), label: "expected service level" }],
  };
}

const cases: readonly ClosedFormCase[] = [
  {
    name: "M/M/55, load 50, AHT 180 s",
    problem: singleQueue({ agents: 55, ...long }, { offeredPerHalfHour: 500, ahtSeconds: 180 }),
    replications: 1000,
    figures: [serviceLevel(0.7793646609), meanWait(13.84370345)],
  },
  {
    name: "M/M/55, load 50, threshold 0",
    problem: singleQueue(
      { agents: 55, ...long },
      { offeredPerHalfHour: 500, ahtSeconds: 180 },
      { answerWithinSeconds: 0 },
    ),
    replications: 1000,
    figures: [waitProbability(0.3845473179)],
  },
  call55({}, 1000, [serviceLevel(0.93239767), abandonment(0.02414432)], "the same, patience 120 s"),
  call55({ answerWithinSeconds: 0 }, 1000, [waitProbability(0.23595045)], "the same, threshold 0"),
  queueOf(1, 2 / 3, 240, { kind: "lognormal", mean: 1, cv: Math.sqrt(1.5) }, "M/G/1, ρ 2/3, cv² 1.5", 1000, [
    meanWait(600),
  ]),
  queueOf(1, 2 / 3, 240, { kind: "gamma", mean: 1, cv: Math.sqrt(1.5) }, "M/G/1, gamma", 1000, [
    meanWait(600),
  ]),
  queueOf(1, 2 / 3, 240, fixed, "M/D/1, ρ 2/3", 1000, [meanWait(240)]),
  queueOf(5, 0.8, 180, fixed, "M/D/5, ρ 0.8", 600, [meanWait(0.28906001, 180)]),
  queueOf(10, 0.9, 180, fixed, "M/D/10, ρ 0.9", 600, [meanWait(0.34458205, 180)]),
  queueOf(20, 0.9, 180, fixed, "M/D/20, ρ 0.9", 600, [meanWait(0.14428608, 180)]),
  {
    name: "M/M/20, non-preemptive priorities",
    problem: priorities(),
    replications: 400,
    figures: [
      { ...meanWait(11.06246929, 1, 0), label: "mean wait of the first, s" },
      { ...meanWait(66.37481571, 1, 1), label: "mean wait of the second, s" },
      { ...meanWait(663.74815712, 1, 2), label: "mean wait of the third, s" },
    ],
  },
  ...(
    [
      { kind: "exponential", mean: 1 },
      fixed,
      { kind: "lognormal", mean: 1, cv: 1.5 },
      { kind: "hyperexponential", shares: [0.5, 0.5], means: [0.4, 1.6] },
    ] as const
  ).map((shape) => loss(10, 8, shape, 0.121661064253)),
  loss(55, 50, { kind: "lognormal", mean: 1, cv: 1.5 }, 0.053748812126),
  call55(
    { patience: { kind: "lognormal", mean: 120, cv: 2 } },
    1000,
    [serviceLevel(0.945138), abandonment(0.026114)],
    "patience lognormal(120, cv² 4)",
  ),
  call55(
    { patience: { kind: "hyperexponential", shares: [0.4, 0.6], means: [20, 560 / 3] } },
    1000,
    [serviceLevel(0.953738), abandonment(0.031873)],
    "patience hyperexponential",
  ),
  call55(
    { dayFactorVariance: 0.01 },
    4000,
    [serviceLevel(0.894275), abandonment(0.034921)],
    "arrivals mixed by a gamma factor, cv 0.1",
  ),
  chat(1, 12, [1, 1.15, 1.3], [0.38366257, 0.20844218, 1.91850224]),
  chat(2, 20, [1, 1.2], [0.46086324, 0.22482767, 2.98108099]),
  {
    name: "M/M/1 with redials, λ 0.6, μ 1, retry 0.5",
    problem: singleQueue(
      { agents: 1, intervals: 100, warmUp: 10 },
      { offeredPerHalfHour: 1080, ahtSeconds: 1 },
      { waitingPlaces: 0, redial: { probability: 1, delay: exponential(2) } },
    ),
    replications: 200,
    figures: [
      {
        label: "mean in orbit",
        exact: 2.7,
        // Little: those who come back, times the mean delay of 2 s, per measured second (λ 0.6 of them new).
        above: (sums) => first(sums).redialled * 2,
        below: seconds,
      },
    ],
  },
  {
    name: "two queues, flexible agents",
    problem: flexible(),
    replications: 1000,
    figures: [
      { ...waitProbability(0.367956, 0), label: "P(wait) of the first" },
      { ...waitProbability(0.629304, 1), label: "P(wait) of the second" },
      { ...abandonment(0.062898, 0), label: "abandoned of the first" },
      { ...abandonment(0.128645, 1), label: "abandoned of the second" },
      occupancyOf(0, 0.759325),
      occupancyOf(1, 0.831293),
    ],
  },
  {
    name: "12 agents, eight hours from empty (published)",
    problem: publishedDay(null),
    replications: 4000,
    figures: [
      serviceLevel(0.902, published(0.9, 0.904)),
      {
        label: "ASA, min",
        exact: 0.0995,
        exactError: published(0.097, 0.102),
        above: (sums) => first(sums).waitAnswered / 60,
        below: answered,
      },
      { ...occupancyOf(0, 0.6955), label: "occupancy", exactError: published(0.694, 0.697) },
    ],
  },
  {
    name: "the same, patience 1 min (published)",
    problem: publishedDay(60),
    replications: 4000,
    figures: [
      {
        label: "abandoned a day",
        exact: 58.61,
        exactError: published(57.66, 59.56),
        above: (sums) => first(sums).abandoned,
        below: () => 1,
      },
    ],
  },
  uncertainLoad(0, 0.88835),
  uncertainLoad(0.1, 0.855769),
  uncertainLoad(0.2, 0.759184),
];

/** Each with customers of its own, so that one lucky month does not favour them all. */
export const closedFormCases: readonly ClosedFormCase[] = cases.map((one, index) => ({
  ...one,
  problem: { ...one.problem, seed: index + 101 },
}));

/** Two like queues with 13 agents each, load 10, AHT 400 s: any routing lies between dedicated (0.7545) and pooled (0.8938). */
export function likeQueues(routing: "dedicated" | "overflow" | "pooled"): SimulationProblem {
  const base = singleQueue(
    { agents: 13, intervals: 120, warmUp: 20 },
    { offeredPerHalfHour: 45, ahtSeconds: 400 },
  );
  const { staffing } = base.groups[0];
  const serves = (own: number, other: number) => [
    { queue: own, level: 0, preference: 0, afterSeconds: 0 },
    ...(routing === "dedicated"
      ? []
      : [
          routing === "pooled"
            ? { queue: other, level: 0, preference: 0, afterSeconds: 0 }
            : { queue: other, level: 0, preference: 1, afterSeconds: 10 },
        ]),
  ];
  return {
    ...base,
    queues: [
      { ...base.queues[0], id: "first" },
      { ...base.queues[0], id: "second" },
    ],
    groups: [
      { id: "first", staffing, serves: serves(0, 1) },
      { id: "second", staffing, serves: serves(1, 0) },
    ],
  };
}

/** Service level of both queues of `likeQueues` together. */
export const bothQueues: Figure = {
  label: "service level 20 s",
  exact: Number.NaN,
  above: (sums) => sums.queues[0].answeredInTime + sums.queues[1].answeredInTime,
  below: (sums) => sums.queues[0].offered + sums.queues[1].offered,
};
