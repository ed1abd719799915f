import { describe, expect, test } from "vitest";
import { randomStream } from "../../src/numerics/random.ts";
import { chatQueue } from "../../src/queueing/chat-queue.ts";
import { finiteQueue } from "../../src/queueing/finite-queue.ts";
import { erlangB } from "../../src/queueing/steady/erlang-b.ts";
import { requiredAgents, type ServiceTargets } from "../../src/queueing/steady/required-agents.ts";
import { type QueueLoad, type QueueService, steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import { expectedService } from "../../src/queueing/steady/uncertain-demand.ts";

const seeds = 2000;

/** A load from 0.01 to 100,000 erlangs of contacts of 1 s to 24 h, patience from seconds to none; every tenth overloaded. */
function randomLoad(seed: number): { load: QueueLoad; agents: number } {
  const chance = randomStream(seed, "every size");
  const logBetween = (low: number, high: number) =>
    Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * chance.uniform());
  const ahtSeconds = logBetween(1, 86_400);
  const offeredLoad = logBetween(0.01, 100_000);
  const factor = seed % 10 === 0 ? logBetween(0.2, 1) : logBetween(0.9, 3);
  return {
    load: {
      arrivalsPerSecond: offeredLoad / ahtSeconds,
      ahtSeconds,
      patienceSeconds: chance.uniform() < 0.4 ? null : logBetween(0.5, 1e6),
      answerWithinSeconds: [0, 20, 300, 86_400][Math.floor(chance.uniform() * 4)],
    },
    agents: Math.max(1, Math.round(offeredLoad * factor)),
  };
}

/** What is wrong with a service, in words; empty when nothing is. */
function faultsOf(service: QueueService, load: QueueLoad, agents: number): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(service) as [string, number][]) {
    if (Number.isNaN(value)) faults.push(`${name} is NaN`);
    else if (value < 0) faults.push(`${name} ${value} is negative`);
    else if (!/Seconds|Waiting/.test(name) && value > 1) faults.push(`${name} ${value} is above 1`);
  }
  const { meanWaiting, meanWaitSeconds, abandonmentRate, occupancy } = service;
  const near = (a: number, b: number) => Math.abs(a - b) <= 1e-8 * (1 + Math.abs(a) + Math.abs(b));
  if (meanWaiting < Infinity && !near(meanWaiting, load.arrivalsPerSecond * meanWaitSeconds))
    faults.push(`Little: ${meanWaiting} wait, not ${load.arrivalsPerSecond * meanWaitSeconds}`);
  const handled = load.arrivalsPerSecond * load.ahtSeconds * (1 - abandonmentRate);
  if (meanWaiting < Infinity && !near(occupancy * agents, handled))
    faults.push(`${occupancy * agents} are busy, not ${handled}`);
  return faults;
}

describe(`queues of every size (seeds 1 to ${seeds})`, () => {
  test("in the steady state: shares in range, waits not negative, Little's law, more agents serve no worse", () => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { load, agents } = randomLoad(seed);
      const service = steadyQueue(load, agents);
      const more = steadyQueue(load, agents + 1);
      expect([seed, faultsOf(service, load, agents)]).toEqual([seed, []]);
      expect([seed, more.serviceLevelOffered >= service.serviceLevelOffered - 1e-9]).toEqual([seed, true]);
      expect([seed, more.meanWaitSeconds <= service.meanWaitSeconds * (1 + 1e-9) + 1e-9]).toEqual([
        seed,
        true,
      ]);
    }
  });

  test("fewest agents for 80 % in time keep the goal, and one fewer does not", () => {
    const targets: ServiceTargets = {
      serviceLevel: 0.8,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy: null,
    };
    for (let seed = 1; seed <= seeds; seed++) {
      const { load } = randomLoad(seed);
      const agents = requiredAgents(load, targets, 1) as number;
      expect([seed, steadyQueue(load, agents).serviceLevelOffered >= 0.8]).toEqual([seed, true]);
      if (agents > 1)
        expect([seed, steadyQueue(load, agents - 1).serviceLevelOffered < 0.8]).toEqual([seed, true]);
    }
  });

  test("Erlang B, chat, a finite line and uncertain demand: shares in range", () => {
    for (let seed = 1; seed <= seeds; seed += 4) {
      const { load, agents } = randomLoad(seed);
      const erlangs = load.arrivalsPerSecond * load.ahtSeconds;
      const blocked = erlangB(agents, erlangs);
      expect([seed, blocked >= 0 && blocked <= 1]).toEqual([seed, true]);
      const spread = expectedService(load, 0.01, agents);
      const chat =
        agents <= 2000 ? chatQueue(load, { maxContacts: 3, slowdown: [1, 1.2, 1.5] }, agents) : spread;
      const finite = agents <= 2000 ? finiteQueue(load, agents, agents + 10) : spread;
      for (const service of [spread, chat, finite])
        for (const [name, value] of Object.entries(service) as [string, unknown][]) {
          if (typeof value !== "number") continue;
          const most = /Seconds|Waiting|Concurrency|Contacts|InSystem|Busy/i.test(name) ? Infinity : 1;
          if (!(value >= 0 && value <= most)) expect([seed, name, value]).toEqual("in range");
        }
    }
  });

  test("an occupancy that asks for no work at all is out of reach, one of 100 % still asks for an end of the queue", () => {
    const load: QueueLoad = {
      arrivalsPerSecond: 100 / 1800,
      ahtSeconds: 180,
      patienceSeconds: null,
      answerWithinSeconds: 20,
    };
    const onlyOccupancy = (maxOccupancy: number): ServiceTargets => ({
      serviceLevel: null,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy,
    });
    expect(requiredAgents(load, onlyOccupancy(0), 1)).toBeNull();
    expect(requiredAgents(load, onlyOccupancy(1), 1)).toBe(11);
  });
});
