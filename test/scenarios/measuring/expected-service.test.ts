import { describe, expect, test } from "vitest";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { agentsOnQueue } from "../../../src/scenarios/measuring/expected-service.ts";
import { expectedService } from "../../../src/staffing/expected-service.ts";
import { judgeFloor } from "../judge-floor.ts";
import { smallPlan } from "../small-plan.ts";

describe("expected service beside the simulation", () => {
  // A part of the fifty that `npm run bench:expected-service` prints.
  test.each([4, 7, 14, 17, 24, 29, 36, 40, 48])(
    "of random floor %i comes within two points, or the interval, or is withheld",
    async (seed) => {
      const { queues } = await judgeFloor(seed, 60);
      expect(queues.some(({ reason }) => reason === null)).toBe(true);
      for (const { expected, simulated, halfWidth, reason } of queues)
        if (reason === null)
          expect(Math.abs(expected - simulated)).toBeLessThan(Math.max(0.02, halfWidth) + 0.3 * halfWidth);
    },
  );

  test("a queue with agents of its own, or one line of calls, is never withheld", async () => {
    for (const seed of [2, 24, 29]) {
      const { queues } = await judgeFloor(seed, 2);
      for (const { reason } of queues) expect(reason).toBe(null);
    }
  });
});

describe("days remembered", () => {
  const base = smallPlan({
    queues: [
      { id: "calls", perHour: 100 },
      { id: "orders", perHour: 60 },
    ],
    groups: [
      { id: "calls", queueIds: ["calls"], agents: 6 },
      { id: "both", queueIds: ["calls", "orders"], agents: 6 },
    ],
    replications: 2,
  });
  const { plan, forecast } = base;
  const inTime = (inputs: ScenarioInputs) =>
    expectedService(inputs.plan, inputs.forecast, agentsOnQueue(inputs), {
      first: 0,
      end: forecast.queues[0].offered.length,
    })[0].inTime.reduce((sum, contacts) => sum + contacts, 0);
  const [calls, ...others] = plan.queues;
  const withCalls = (change: Partial<typeof calls>) => ({
    ...base,
    plan: { ...plan, queues: [{ ...calls, ...change }, ...others] },
  });

  const changedPlans: readonly [string, ScenarioInputs][] = [
    ["patience", withCalls({ patienceSeconds: 47 })],
    ["threshold", withCalls({ goal: { ...calls.goal, answerWithinSeconds: 7 } })],
    ["chats at once", withCalls({ channel: "chat", concurrency: { maxContacts: 2, slowdown: [1, 1.2] } })],
    ["slowdown", withCalls({ channel: "chat", concurrency: { maxContacts: 2, slowdown: [1, 1.3] } })],
    [
      "skills",
      { ...base, plan: { ...plan, groups: [plan.groups[0], { ...plan.groups[1], queueIds: ["orders"] }] } },
    ],
    [
      "contacts",
      {
        ...base,
        forecast: {
          ...forecast,
          queues: forecast.queues.map((queue) => ({
            ...queue,
            offered: queue.offered.map((contacts) => 1.001 * contacts),
          })),
        },
      },
    ],
    [
      "handle times",
      {
        ...base,
        forecast: {
          ...forecast,
          queues: forecast.queues.map((queue) => ({
            ...queue,
            ahtSeconds: queue.ahtSeconds.map((aht) => 1.001 * aht),
          })),
        },
      },
    ],
    [
      "shrinkage",
      {
        ...base,
        plan: {
          ...plan,
          shrinkage: [
            {
              id: "ill",
              name: "ill",
              share: 0.01,
              planned: false,
              weekdays: null,
              fromMinute: null,
              toMinute: null,
            },
          ],
        },
      },
    ],
  ];

  test.each(changedPlans)("are worked out anew with other %s, and again the same as before", (_, changed) => {
    const before = inTime(base);
    expect(inTime(changed)).not.toBe(before);
    expect(inTime({ ...base })).toBe(before);
  });

  test("are told apart by every setting", () => {
    expect(new Set(changedPlans.map(([, changed]) => inTime(changed))).size).toBe(changedPlans.length);
  });
});
