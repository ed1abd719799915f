import { chatQueue } from "./chat-queue.ts";
import { erlangB, linesForBlocking } from "./steady/erlang-b.ts";
import { requiredAgents, type ServiceTargets } from "./steady/required-agents.ts";
import { type QueueLoad, type QueueService, steadyQueue } from "./steady/steady-queue.ts";
import { transientQueue } from "./transient/transient-queue.ts";

/** A published or independently computed number, and the same from this program. Runs live on the self-test page. */
export interface ReferenceValue {
  readonly group: "erlangB" | "erlangC" | "erlangA" | "fractional" | "required" | "chat" | "transient";
  /** The case in formula notation: the same in every language. */
  readonly name: string;
  readonly measure: string;
  readonly source: string;
  readonly expected: number;
  /** Half a unit of the last published digit, or 1e-12. */
  readonly tolerance: number;
  readonly compute: () => number;
}

function load(erlangs: number, ahtSeconds: number, patienceSeconds: number | null): QueueLoad {
  return { arrivalsPerSecond: erlangs / ahtSeconds, ahtSeconds, patienceSeconds, answerWithinSeconds: 20 };
}

const eightyTwenty: ServiceTargets = {
  serviceLevel: 0.8,
  serviceLevelRule: "offered",
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: null,
};

type Expected = readonly [keyof QueueService, number, number];

function steady(
  group: ReferenceValue["group"],
  name: string,
  source: string,
  queue: QueueLoad,
  agents: number,
  expected: readonly Expected[],
): ReferenceValue[] {
  return expected.map(([measure, value, tolerance]) => ({
    group,
    name,
    measure,
    source,
    expected: value,
    tolerance,
    compute: () => steadyQueue(queue, agents)[measure],
  }));
}

const textbook = "Erlang 1917; 25-digit recomputation";
const palm = "Palm 1946; 25-digit recomputation";
const garnett = "Garnett, Mandelbaum & Reiman 2002";
const sums = "40-digit sum over states";
const published = "ContactCenters, Université de Montréal: 1,000 simulated days, 95 % interval";

export const referenceValues: readonly ReferenceValue[] = [
  {
    group: "erlangB",
    name: "B(10, 8)",
    measure: "blocked",
    source: textbook,
    expected: 0.121661064253,
    tolerance: 5e-13,
    compute: () => erlangB(10, 8),
  },
  {
    group: "erlangB",
    name: "B(55, 50)",
    measure: "blocked",
    source: textbook,
    expected: 0.053748812126,
    tolerance: 5e-13,
    compute: () => erlangB(55, 50),
  },
  {
    group: "erlangB",
    name: "10 Erl, B ≤ 0.02",
    measure: "lines",
    source: textbook,
    expected: 17,
    tolerance: 0,
    compute: () => linesForBlocking(10, 0.02),
  },
  ...steady("erlangC", "100 / 30 min, 180 s, n = 14", textbook, load(10, 180, null), 14, [
    ["waitProbability", 0.1741319, 5e-8],
    ["serviceLevelOffered", 0.88835, 5e-8],
    ["asaSeconds", 7.84, 5e-3],
    ["occupancy", 0.714286, 5e-7],
  ]),
  ...steady("erlangC", "50 Erl, 300 s, n = 58", textbook, load(50, 300, null), 58, [
    ["waitProbability", 0.194432, 5e-7],
    ["serviceLevelOffered", 0.885937, 5e-7],
    ["asaSeconds", 7.291, 5e-4],
  ]),
  ...steady("erlangC", "1,000 Erl, 300 s, n = 1,020", textbook, load(1000, 300, null), 1020, [
    ["waitProbability", 0.41626, 5e-7],
    ["serviceLevelOffered", 0.890275, 5e-7],
    ["asaSeconds", 6.244, 5e-4],
  ]),
  ...steady("erlangA", "48/min, 1 min, θ⁻¹ = 2 min, n = 50", garnett, load(48, 60, 120), 50, [
    ["abandonmentRate", 0.031, 5e-4],
    ["meanWaitSeconds", 3.7, 0.05],
    ["occupancy", 0.93, 5e-3],
  ]),
  ...steady("erlangA", "100 / 30 min, 180 s, θ⁻¹ = 300 s, n = 13", palm, load(10, 180, 300), 13, [
    ["serviceLevelOffered", 0.85818, 5e-6],
    ["serviceLevelAnswered", 0.88015, 5e-6],
    ["waitWithinProbability", 0.86981, 5e-6],
  ]),
  ...steady("fractional", "10 Erl, 300 s patience, n = 11.5", sums, load(10, 180, 300), 11.5, [
    ["waitProbability", 0.3935192534246495, 1e-12],
    ["serviceLevelOffered", 0.7181672100566161, 1e-12],
    ["abandonmentRate", 0.05496321063000412, 1e-12],
  ]),
  ...steady("fractional", "1,000 Erl, 120 s patience, n = 888.25", sums, load(1000, 300, 120), 888.25, [
    ["waitProbability", 0.988302809941108, 1e-12],
    ["serviceLevelOffered", 0.7332546776080549, 1e-12],
    ["asaSeconds", 14.06680076499266, 1e-9],
  ]),
  {
    group: "required",
    name: "100 / 30 min, 180 s, 80/20, C",
    measure: "agents",
    source: textbook,
    expected: 14,
    tolerance: 0,
    compute: () => requiredAgents(load(10, 180, null), eightyTwenty, 1) ?? Number.NaN,
  },
  {
    group: "required",
    name: "984.5 Erl, 300 s, θ⁻¹ = 120 s, 80/20, A",
    measure: "agents",
    source: palm,
    expected: 888,
    tolerance: 0,
    compute: () => requiredAgents(load(984.5, 300, 120), eightyTwenty, 1) ?? Number.NaN,
  },
  ...(
    [
      ["waitProbability", 0.38366257],
      ["abandonmentRate", 0.20844218],
      ["meanConcurrency", 1.91850224],
    ] as const
  ).map(
    ([measure, expected]): ReferenceValue => ({
      group: "chat",
      name: "12/h, 600 s × (1, 1.15, 1.3), 1 × 3, θ⁻¹ = 300 s",
      measure,
      source: sums,
      expected,
      tolerance: 5e-9,
      compute: () =>
        chatQueue(
          { arrivalsPerSecond: 12 / 3600, ahtSeconds: 600, patienceSeconds: 300, answerWithinSeconds: 20 },
          { maxContacts: 3, slowdown: [1, 1.15, 1.3] },
          1,
        )[measure],
    }),
  ),
  ...(
    [
      ["waitProbability", 0.46086324],
      ["abandonmentRate", 0.22482767],
      ["meanConcurrency", 2.98108099],
    ] as const
  ).map(
    ([measure, expected]): ReferenceValue => ({
      group: "chat",
      name: "20/h, 600 s × (1, 1.2), 2 × 2, θ⁻¹ = 300 s",
      measure,
      source: sums,
      expected,
      tolerance: 5e-9,
      compute: () =>
        chatQueue(
          { arrivalsPerSecond: 20 / 3600, ahtSeconds: 600, patienceSeconds: 300, answerWithinSeconds: 20 },
          { maxContacts: 2, slowdown: [1, 1.2] },
          2,
        )[measure],
    }),
  ),
  {
    group: "transient",
    name: "12 agents, 4.2/min, 2 min, 8 h from empty",
    measure: "serviceLevelOffered",
    source: published,
    expected: 0.902,
    tolerance: 0.0025,
    compute: () => meanOfDay(null, "serviceLevelOffered"),
  },
  {
    group: "transient",
    name: "12 agents, 4.2/min, 2 min, θ⁻¹ = 1 min, 8 h from empty",
    measure: "abandonmentRate",
    source: published,
    expected: 58.609 / (4.2 * 480),
    tolerance: 0.949 / (4.2 * 480),
    compute: () => meanOfDay(60, "abandonmentRate"),
  },
];

/** The published day of eight hours, by the exact transient queue. */
function meanOfDay(
  patienceSeconds: number | null,
  measure: "serviceLevelOffered" | "abandonmentRate",
): number {
  const intervals = 32;
  const outcomes = transientQueue(
    {
      intervalSeconds: 900,
      arrivalsPerSecond: new Float64Array(intervals).fill(4.2 / 60),
      ahtSeconds: new Float64Array(intervals).fill(120),
      patienceSeconds,
      answerWithinSeconds: 20,
      start: "empty",
    },
    new Int32Array(intervals).fill(12),
  );
  return outcomes.reduce((sum, outcome) => sum + (outcome?.[measure] ?? 0), 0) / intervals;
}
