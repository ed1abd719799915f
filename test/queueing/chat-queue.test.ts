import { expect, test } from "vitest";
import { chatQueue, requiredChatAgents } from "../../src/queueing/chat-queue.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";

const targets = {
  serviceLevel: 0.8,
  serviceLevelRule: "offered",
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: null,
} as const;

test("one agent with three slots, each slower the more there are", () => {
  const load = {
    arrivalsPerSecond: 12 / 3600,
    ahtSeconds: 600,
    patienceSeconds: 300,
    answerWithinSeconds: 60,
  };
  const service = chatQueue(load, { maxContacts: 3, slowdown: [1, 1.15, 1.3] }, 1);
  expect(service.waitProbability).toBeCloseTo(0.38366257, 8);
  expect(service.abandonmentRate).toBeCloseTo(0.20844218, 8);
  expect(service.meanConcurrency).toBeCloseTo(1.91850224, 8);
});

test("two agents with two slots, the least loaded first", () => {
  const load = {
    arrivalsPerSecond: 20 / 3600,
    ahtSeconds: 600,
    patienceSeconds: 300,
    answerWithinSeconds: 60,
  };
  const service = chatQueue(load, { maxContacts: 2, slowdown: [1, 1.2] }, 2);
  expect(service.waitProbability).toBeCloseTo(0.46086324, 8);
  expect(service.abandonmentRate).toBeCloseTo(0.22482767, 8);
  expect(service.meanConcurrency).toBeCloseTo(2.98108099, 8);
});

test("where the exact chain hands over to the even spread, nothing jumps", () => {
  const concurrency = { maxContacts: 2, slowdown: [1, 1.2] };
  const level = (agents: number) =>
    chatQueue(
      {
        arrivalsPerSecond: (agents * 1.4) / 600,
        ahtSeconds: 600,
        patienceSeconds: 300,
        answerWithinSeconds: 60,
      },
      concurrency,
      agents,
    ).serviceLevelOffered;
  const levels = [5, 6, 7, 8, 9, 10, 11].map(level);
  const steps = levels.slice(1).map((value, at) => value - levels[at]);
  for (const step of steps) expect(step).toBeGreaterThan(0);
  for (let at = 1; at < steps.length; at++) expect(Math.abs(steps[at] - steps[at - 1])).toBeLessThan(0.01);
});

test("one slot is an agent on the telephone", () => {
  const load = { arrivalsPerSecond: 0.3, ahtSeconds: 180, patienceSeconds: 90, answerWithinSeconds: 20 };
  const chat = chatQueue(load, { maxContacts: 1, slowdown: [1] }, 50);
  const voice = steadyQueue(load, 50);
  expect(chat.serviceLevelOffered).toBeCloseTo(voice.serviceLevelOffered, 12);
  expect(chat.occupancy).toBeCloseTo(voice.occupancy, 12);
  expect(chat.abandonmentRate).toBeCloseTo(voice.abandonmentRate, 12);
});

test("slots that cost nothing are so many more agents", () => {
  const load = { arrivalsPerSecond: 0.3, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20 };
  const chat = chatQueue(load, { maxContacts: 3, slowdown: [1] }, 20);
  expect(chat.serviceLevelOffered).toBeCloseTo(steadyQueue(load, 60).serviceLevelOffered, 12);
  expect(chat.meanConcurrency).toBeCloseTo(54, 9);
});

test("the fraction of the last agent just keeps the promises", () => {
  const load = { arrivalsPerSecond: 0.05, ahtSeconds: 480, patienceSeconds: 300, answerWithinSeconds: 60 };
  const concurrency = { maxContacts: 2, slowdown: [1, 1.2] };
  const whole = requiredChatAgents(load, targets, concurrency, 1)!;
  const part = requiredChatAgents(load, targets, concurrency, 0)!;
  expect(Math.ceil(part)).toBe(whole);
  expect(chatQueue(load, concurrency, part).serviceLevelOffered).toBeCloseTo(0.8, 4);
  expect(chatQueue(load, concurrency, whole - 1).serviceLevelOffered).toBeLessThan(0.8);
});

test("10,000 chat agents stay in range", () => {
  const load = { arrivalsPerSecond: 40, ahtSeconds: 480, patienceSeconds: 300, answerWithinSeconds: 60 };
  const service = chatQueue(load, { maxContacts: 2, slowdown: [1, 1.2] }, 11_000);
  expect(service.serviceLevelOffered).toBeGreaterThan(0.5);
  expect(service.occupancy).toBeGreaterThan(0.9);
});

/** Occupancy of chat teams of two to four slots, simulated over 300 hours (`runReplications`, seed 1), in per cent. */
const simulatedOccupancy = [
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 0.882, agents: 7, occupancy: 0.781 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 0.882, agents: 8, occupancy: 0.788 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 0.882, agents: 12, occupancy: 0.809 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 0.882, agents: 20, occupancy: 0.832 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 0.882, agents: 40, occupancy: 0.855 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 1.35, agents: 8, occupancy: 0.959 },
  { maxContacts: 2, slowdown: [1, 1.25], perAgent: 1.35, agents: 40, occupancy: 0.989 },
  { maxContacts: 3, slowdown: [1, 1.25, 1.5], perAgent: 0.882, agents: 8, occupancy: 0.787 },
  { maxContacts: 3, slowdown: [1, 1.25, 1.5], perAgent: 1.35, agents: 20, occupancy: 0.978 },
  { maxContacts: 4, slowdown: [1, 1.2, 1.4, 1.6], perAgent: 0.882, agents: 12, occupancy: 0.806 },
  { maxContacts: 4, slowdown: [1, 1.2, 1.4, 1.6], perAgent: 1.35, agents: 40, occupancy: 0.986 },
];

test.each(simulatedOccupancy)(
  "$agents agents with $maxContacts slots and a load of $perAgent each are as busy as simulated, within a point",
  ({ perAgent, agents, occupancy, ...concurrency }) => {
    const load = {
      arrivalsPerSecond: (perAgent * agents) / 458,
      ahtSeconds: 458,
      patienceSeconds: null,
      answerWithinSeconds: 30,
    };
    expect(Math.abs(chatQueue(load, concurrency, agents).occupancy - occupancy)).toBeLessThan(0.01);
  },
);

test("occupancy rises evenly from team to team at the same load for each", () => {
  const busy = Array.from({ length: 59 }, (_, at) => {
    const agents = at + 2;
    const load = {
      arrivalsPerSecond: (0.98 * agents) / 458,
      ahtSeconds: 458,
      patienceSeconds: null,
      answerWithinSeconds: 60,
    };
    return chatQueue(load, { maxContacts: 2, slowdown: [1, 1.25] }, agents).occupancy;
  });
  const steps = busy.slice(1).map((value, at) => value - busy[at]);
  for (const step of steps) expect(step).toBeGreaterThan(0);
  for (let at = 3; at < steps.length; at++) expect(Math.abs(steps[at] - steps[at - 1])).toBeLessThan(0.004);
});
