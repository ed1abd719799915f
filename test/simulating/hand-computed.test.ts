import { expect, test } from "vitest";
import type { QueueProblem, SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";
import { simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { singleQueue } from "./single-queue.ts";
import { input } from "./two-queue-plan.ts";

/** One half-hour whose contacts come at given seconds and take given seconds, so that pencil and paper say the rest. */
function halfHour(
  contacts: readonly (readonly [arrivalSeconds: number, handleSeconds: number])[],
  queue: Partial<QueueProblem> = {},
  agents = 1,
): SimulationProblem {
  const log = {
    arrivalSeconds: Float64Array.from(contacts, ([arrival]) => arrival),
    handleSeconds: contacts.map(([, handle]) => handle),
    classIndex: new Uint8Array(contacts.length),
  };
  return singleQueue(
    { agents, intervals: 1 },
    { offeredPerHalfHour: contacts.length, ahtSeconds: 100 },
    { log, answerWithinSeconds: 50, ...queue },
  );
}

function counted(problem: SimulationProblem, queue = 0) {
  const tally = createTally(problem);
  createEngine(problem)(0, tally);
  const count = (what: keyof typeof queueCount) => tally.queues[queue * queueCounts + queueCount[what]];
  return {
    offered: count("offered"),
    answered: count("answered"),
    inTime: count("answeredInTime"),
    abandoned: count("abandoned"),
    blocked: count("blocked"),
    waitAnswered: count("waitAnswered"),
    waitAbandoned: count("waitAbandoned"),
    waiting: count("waitingTime"),
    serving: count("serviceTime"),
  };
}

const three = [
  [0, 100],
  [60, 100],
  [90, 100],
] as const;

test("one agent takes three contacts in their order: waits of 0, 40 and 110 s", () => {
  expect(counted(halfHour(three))).toEqual({
    offered: 3,
    answered: 3,
    inTime: 2,
    abandoned: 0,
    blocked: 0,
    waitAnswered: 150,
    waitAbandoned: 0,
    waiting: 150,
    serving: 300,
  });
});

test("whoever waits for a minute and no longer gives up after a minute", () => {
  const impatient = halfHour(three, { patience: { kind: "deterministic", mean: 60 } });
  expect(counted(impatient)).toMatchObject({
    answered: 2,
    abandoned: 1,
    waitAnswered: 40,
    waitAbandoned: 60,
    waiting: 100,
    serving: 200,
  });
});

test("with one waiting place the third contact is turned away", () => {
  expect(counted(halfHour(three, { waitingPlaces: 1 }))).toMatchObject({
    offered: 3,
    answered: 2,
    blocked: 1,
    waiting: 40,
  });
});

test("with two agents only the third contact waits, until the first is served", () => {
  expect(counted(halfHour(three, {}, 2))).toMatchObject({ inTime: 3, waitAnswered: 10, serving: 300 });
});

test("two chats at once at a slowdown of 1.5: the second takes half as long again while the first is there", () => {
  // From 60 to 120 s both are served at two thirds of the pace: the first has 40 s of work left and ends at 120 s; the
  // second has done 40 s of its 100 by then and ends at 180 s.
  const chat = halfHour(three.slice(0, 2), { maxContacts: 2, slowdown: [1, 1.5] });
  expect(counted(chat)).toMatchObject({ answered: 2, waitAnswered: 0, serving: 120 + 120 });
});

test("the queue that is served first goes first, though its contact came later", () => {
  const base = halfHour([
    [0, 100],
    [10, 100],
  ]);
  const urgent = halfHour([[20, 100]]).queues[0];
  const both = {
    ...base,
    queues: [base.queues[0], { ...urgent, id: "urgent" }],
    groups: [
      {
        ...base.groups[0],
        serves: [
          { queue: 0, level: 1, preference: 0, afterSeconds: 0 },
          { queue: 1, level: 0, preference: 0, afterSeconds: 0 },
        ],
      },
    ],
  };
  expect(counted(both, 1)).toMatchObject({ waitAnswered: 80 });
  expect(counted(both, 0)).toMatchObject({ waitAnswered: 190 });
});

test("the same input and seed give the same bytes, another seed does not", async () => {
  const { plan } = input();
  const result = async (seed: number) => {
    const outcome = await simulateContacts({
      ...input({ seed, simulation: { ...plan.simulation, uncertainDemand: true, atShiftEnd: "handOver" } }),
      replications: 3,
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    return { ...outcome.value, seed: null, seconds: null };
  };
  const first = await result(1);
  expect(await result(1)).toEqual(first);
  expect(await result(2)).not.toEqual(first);
});
