import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import { cheapestRemedy, type LeastCostInput } from "../../../src/scenarios/searches/least-cost.ts";
import { smallPlan } from "../small-plan.ts";

const between = (fromMinute: number, toMinute: number) => ({
  fromDate: null,
  toDate: null,
  weekdays: null,
  fromMinute,
  toMinute,
});
const morning = between(600, 720);
const evening = between(960, 1080);

/** Both windows get 60 % more; an hour in the evening costs twice as much. */
const input: LeastCostInput = {
  ...smallPlan({ queues: [{ id: "voice", perHour: 230 }], open: { from: 8, to: 20 } }),
  changes: [
    { kind: "volume", queueId: null, factor: 1.6, window: morning },
    { kind: "volume", queueId: null, factor: 1.6, window: evening },
  ],
  remedies: [
    { groupId: "team", window: morning, most: 10, costPerHour: 20 },
    { groupId: "team", window: evening, most: 10, costPerHour: 40 },
  ],
  serviceLevel: 0.82,
  queueId: null,
  days: { first: 0, end: 1 },
  replications: 10,
  mostSimulations: 60,
};

async function simulated(agents: readonly number[]): Promise<number> {
  const remedies = input.remedies.map(
    ({ groupId, window }, at): Change => ({ kind: "agents", groupId, count: agents[at], window }),
  );
  const outcome = await compareScenarios({
    ...input,
    base: [...input.changes, ...remedies],
    scenarios: [],
    method: "simulation",
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return (
    outcome.value.plans[0].scopes.find(({ queueId }) => queueId === null)?.figures.serviceLevel?.value ?? 0
  );
}

describe("least-cost remedy", () => {
  test("finds what trying every combination finds", async () => {
    let best = { cost: Number.POSITIVE_INFINITY, agents: [0, 0] };
    for (let a = 0; a <= 10; a++) {
      for (let b = 0; b <= 10; b++) {
        const cost = a * 2 * 20 + b * 2 * 40;
        if (cost < best.cost && (await simulated([a, b])) >= 0.82) best = { cost, agents: [a, b] };
      }
    }
    const outcome = await cheapestRemedy(input);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const { answer, judged, prices, complete } = outcome.value;
    expect(prices).toEqual([40, 80]);
    expect(best.cost).toBeGreaterThan(0);
    expect(answer?.cost).toBe(best.cost);
    expect(complete).toBe(true);
    // The evidence: what is cheaper and was judged is not enough; and far fewer than all 121 were tried.
    const cheaper = judged.filter(({ cost }) => cost < best.cost);
    expect(cheaper.every(({ serviceLevel }) => serviceLevel.value < 0.82)).toBe(true);
    expect(judged.length).toBeLessThan(30);
  });

  test("nothing to mend costs nothing", async () => {
    const outcome = await cheapestRemedy({ ...input, changes: [], serviceLevel: 0.7 });
    expect(outcome.ok && outcome.value.answer?.agents).toEqual([0, 0]);
    expect(outcome.ok && outcome.value.answer?.cost).toBe(0);
  });

  test("what no remedy reaches has no answer, after judging the largest", async () => {
    const few = input.remedies.map((remedy) => ({ ...remedy, most: 1 }));
    const outcome = await cheapestRemedy({ ...input, remedies: few, serviceLevel: 0.98 });
    expect(outcome.ok && outcome.value.answer).toBeNull();
    expect(outcome.ok && outcome.value.judged.at(-1)?.agents).toEqual([1, 1]);
  });

  test("a budget that ends is said", async () => {
    const outcome = await cheapestRemedy({ ...input, mostSimulations: 0 });
    expect(outcome.ok && outcome.value.answer).toBeNull();
    expect(outcome.ok && outcome.value.complete).toBe(false);
  });

  test("without remedies there is nothing to search", async () => {
    const outcome = await cheapestRemedy({ ...input, remedies: [] });
    expect(outcome.issues[0].code).toBe("leastCost.noRemedy");
  });
});
