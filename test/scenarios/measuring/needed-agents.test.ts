import { describe, expect, test } from "vitest";
import { neededAgentsTable } from "../../../src/scenarios/measuring/needed-agents.ts";
import { agentsForGoal } from "../../../src/staffing/queue-staffing.ts";
import { smallPlan } from "../small-plan.ts";

const [voice] = smallPlan().plan.queues;

describe("the table of needed agents", () => {
  test.each([
    ["patience", voice],
    ["no patience", { ...voice, patienceSeconds: null }],
    [
      "chat",
      { ...voice, channel: "chat" as const, concurrency: { maxContacts: 3, slowdown: [1, 1.1, 1.3] } },
    ],
    ["other goals", { ...voice, goal: { ...voice.goal, maxOccupancy: 0.85, maxAbandonment: 0.03 } }],
  ])("is close to the exact answer (%s)", (_, queue) => {
    const table = neededAgentsTable(queue);
    for (const load of [0.3, 1.7, 6.2, 13.37, 40, 111, 260]) {
      for (const ahtSeconds of [95, 180, 333, 610]) {
        const arrivalsPerSecond = load / ahtSeconds;
        const { patienceSeconds, goal } = queue;
        const exact = agentsForGoal(
          queue,
          { arrivalsPerSecond, ahtSeconds, patienceSeconds, answerWithinSeconds: goal.answerWithinSeconds },
          0,
        );
        expect(
          Math.abs((table(arrivalsPerSecond, ahtSeconds) ?? Number.NaN) - (exact ?? Number.NaN)),
        ).toBeLessThan(0.05);
      }
    }
  });

  test("nothing to do needs nobody; a goal out of reach has no answer", () => {
    expect(neededAgentsTable(voice)(0, 180)).toBe(0);
    const impossible = { ...voice, goal: { ...voice.goal, serviceLevel: 1 } };
    expect(neededAgentsTable(impossible)(0.1, 180)).toBeNull();
  });
});
