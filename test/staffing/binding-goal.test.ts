import { describe, expect, test } from "vitest";
import type { Queue } from "../../src/domain/plan/queue.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { type BindingGoal, bindingGoal, mostBinding } from "../../src/staffing/binding-goal.ts";
import { agentsForGoal, loadOf } from "../../src/staffing/queue-staffing.ts";
import { voiceQueue } from "../builders.ts";

/** Of several goals, the one that alone asks for most agents sets the number: worked out goal by goal. */
function dearest(queue: Queue, offered: number, ahtSeconds: number, step: 0 | 1) {
  const { goal } = queue;
  const none = { serviceLevel: null, maxAsaSeconds: null, maxAbandonment: null, maxOccupancy: null };
  const names = ["serviceLevel", "maxAsaSeconds", "maxAbandonment", "maxOccupancy"] as const;
  const load = loadOf(queue, offered, ahtSeconds, 900);
  const single = names.flatMap((name) => {
    if (goal[name] === null) return [];
    const alone = { ...queue, goal: { ...goal, ...none, [name]: goal[name] } };
    return [{ name: name as BindingGoal, agents: agentsForGoal(alone, load, 0) ?? 0 }];
  });
  single.sort((a, b) => b.agents - a.agents);
  return { load, single, agents: agentsForGoal(queue, load, step) ?? 0 };
}

describe("the goal that sets the number of agents", () => {
  test("is the one that alone asks for most, on 300 random queues in fractions and in whole agents", () => {
    const random = randomStream(5, "binding goal");
    const between = (least: number, most: number) => least + random.uniform() * (most - least);
    const seen = new Set<BindingGoal | null>();
    for (let trial = 0; trial < 300; trial++) {
      const isChat = trial % 3 === 0;
      const base = voiceQueue({ channel: isChat ? "chat" : "voice", patienceSeconds: between(40, 400) });
      const queue: Queue = {
        ...base,
        concurrency: isChat ? { maxContacts: 2, slowdown: [1, 1.25] } : null,
        goal: {
          ...base.goal,
          serviceLevel: between(0.6, 0.95),
          maxAsaSeconds: trial % 2 === 0 ? between(5, 60) : null,
          maxAbandonment: trial % 5 === 0 ? between(0.01, 0.1) : null,
          maxOccupancy: trial % 4 === 0 ? null : between(0.7, 0.95),
        },
      };
      for (const step of [0, 1] as const) {
        const { load, single, agents } = dearest(queue, between(15, 150), between(120, 500), step);
        const [first, second] = single;
        // Two goals that ask for nearly as many cannot be told apart, and neither sets a number below one.
        if (first.agents < 1.2 || (second !== undefined && first.agents - second.agents < 0.3)) continue;
        const binding = bindingGoal(queue, load, agents);
        seen.add(binding);
        expect([trial, step, binding]).toEqual([trial, step, first.name]);
      }
    }
    expect(seen.size).toBe(4);
  });

  test("is the minimum where nothing else needs as many, and nothing where nobody comes", () => {
    const queue = { ...voiceQueue({}), minimumAgents: 9 };
    expect(bindingGoal(queue, loadOf(queue, 5, 180, 900), 9)).toBe("minimumAgents");
    expect(bindingGoal(queue, loadOf(queue, 0, 180, 900), 9)).toBe(null);
  });

  test("is counted over intervals that have contacts", () => {
    expect(mostBinding([null, "maxOccupancy", "serviceLevel", "maxOccupancy", null])).toEqual({
      goal: "maxOccupancy",
      share: 2 / 3,
    });
    expect(mostBinding([null])).toBe(null);
  });
});
