import { describe, expect, test } from "vitest";
import type { Change } from "../../src/domain/plan/scenario.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { compareScenarios } from "../../src/scenarios/measuring/compare-scenarios.ts";
import { smallPlan } from "./small-plan.ts";

async function figures(base: ScenarioInputs, ...changes: Change[]) {
  const outcome = await compareScenarios({
    ...base,
    method: "simulation",
    scenarios: [{ id: "s", name: "s", changes }],
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.plans.map(({ scopes }) => (queueId: string | null) => {
    const found = scopes.find((scope) => scope.queueId === queueId);
    if (found === undefined) throw new Error(`no queue ${queueId}`);
    return found.figures;
  });
}

describe("service and routing", () => {
  test("a fast lane waits as Cobham's formula says, and the others pay for it", async () => {
    // 20 agents, 200 contacts an hour of 300 s; a fifth of them go first.
    const base = smallPlan({
      queues: [{ id: "voice", perHour: 200, ahtSeconds: 300, patienceSeconds: null }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 20 }],
      days: 7,
      replications: 20,
    });
    const [, lane] = await figures(base, { kind: "fastLane", queueId: "voice", share: 0.2 });
    const waits = steadyQueue(
      { arrivalsPerSecond: 200 / 3600, ahtSeconds: 300, patienceSeconds: null, answerWithinSeconds: 20 },
      20,
    ).waitProbability;
    const share = (200 * 300) / 3600 / 20;
    const first = (waits * 300) / 20 / (1 - 0.2 * share);
    const second = first / (1 - share);
    const fast = lane("voice!").asaSeconds;
    const slow = lane("voice").asaSeconds;
    expect(Math.abs((fast?.value ?? 0) - first)).toBeLessThan((fast?.halfWidth ?? 0) + 0.3);
    expect(Math.abs((slow?.value ?? 0) - second)).toBeLessThan((slow?.halfWidth ?? 0) + 1.5);
  });

  test("redials: those who come are all first tries and the repeats they cause", async () => {
    const base = smallPlan({
      queues: [{ id: "voice", perHour: 300, patienceSeconds: 60 }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 13 }],
      replications: 20,
    });
    const [plain, redialling] = await figures(base, {
      kind: "redials",
      queueId: null,
      share: 0.5,
      afterMinutes: 5,
    });
    const before = plain("voice");
    const after = redialling("voice");
    expect(after.serviceLevel?.value).toBeLessThan(before.serviceLevel?.value ?? 0);
    expect(after.abandonmentRate?.value).toBeGreaterThan(before.abandonmentRate?.value ?? 1);
    const repeats = (after.offered?.value ?? 0) - (before.offered?.value ?? 0);
    const gaveUp = (after.abandonmentRate?.value ?? 0) * (after.offered?.value ?? 0);
    expect(Math.abs(repeats / gaveUp - 0.5)).toBeLessThan(0.03);
  });

  test("help from another group: the queue in need gains, the helpers lose less than it gains", async () => {
    const base = smallPlan({
      queues: [
        { id: "a", perHour: 260 },
        { id: "b", perHour: 120 },
      ],
      groups: [
        { id: "ga", queueIds: ["a"], agents: 12 },
        { id: "gb", queueIds: ["b"], agents: 12 },
      ],
      replications: 20,
    });
    const [plain, helped] = await figures(base, {
      kind: "overflow",
      groupId: "gb",
      queueId: "a",
      afterSeconds: 10,
    });
    const gain = (helped("a").serviceLevel?.value ?? 0) - (plain("a").serviceLevel?.value ?? 0);
    const loss = (plain("b").serviceLevel?.value ?? 0) - (helped("b").serviceLevel?.value ?? 0);
    expect(gain).toBeGreaterThan(0.05);
    expect(loss).toBeLessThan(gain);
  });

  test("routing by who is furthest below the goal helps the queue that always came second", async () => {
    const plan = smallPlan({
      queues: [
        { id: "a", perHour: 130 },
        { id: "b", perHour: 60 },
      ],
      groups: [{ id: "all", queueIds: ["a", "b"], agents: 11 }],
      replications: 20,
    });
    const queues = plan.plan.queues.map((queue) => ({ ...queue, priority: queue.id === "a" ? 0 : 1 }));
    const base = { ...plan, plan: { ...plan.plan, queues } };
    const [plain, fair] = await figures(base, {
      kind: "routing",
      contact: "furthestBelowGoal",
      agent: "longestIdle",
    });
    const gain = (queueId: string) =>
      (fair(queueId).serviceLevel?.value ?? 0) - (plain(queueId).serviceLevel?.value ?? 0);
    expect(gain("b")).toBeGreaterThan(0.02);
    expect(gain("a")).toBeLessThan(0);
  });

  test("who accepts a callback no longer gives up; nobody offered, nothing changed", async () => {
    const base = smallPlan({
      queues: [{ id: "voice", perHour: 260, patienceSeconds: 60 }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 12 }],
      replications: 20,
    });
    const offer = { kind: "callback", queueId: null, afterSeconds: 10, when: "inTurn" } as const;
    const [plain, offered] = await figures(base, { ...offer, acceptShare: 1 });
    const [, refused] = await figures(base, { ...offer, acceptShare: 0 });
    expect(offered("voice").lost?.value).toBeLessThan((plain("voice").lost?.value ?? 0) * 0.75);
    expect(refused("voice").lost?.value).toBe(plain("voice").lost?.value);
  });
});
