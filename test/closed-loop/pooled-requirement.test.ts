import { expect, test } from "vitest";
import { pooledRequirement } from "../../src/closed-loop/pooled-requirement.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { pooledRequirementInput } from "../../src/stages/pooled-requirement.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { flatForecast, madeFrom, smallDocument } from "../app/sample-document.ts";

/** Two small queues of two days, each with people of its own, and a group that serves both; one group serves nobody. */
async function twoQueues(): Promise<PlanDocument> {
  const small = smallDocument();
  const openingHours = [1, 2].map((weekday) => ({ weekday, openMinute: 540, closeMinute: 900 }));
  const [voice] = small.plan.queues;
  let document: PlanDocument = {
    ...small,
    plan: {
      ...small.plan,
      dayCount: 2,
      queues: [
        { ...voice, openingHours },
        { ...voice, id: "sales", name: "Sales", openingHours },
      ],
      groups: [
        { id: "voice", name: "Voice", queueIds: ["voice"] },
        { id: "sales", name: "Sales", queueIds: ["sales"] },
        { id: "both", name: "Both", queueIds: ["voice", "sales"] },
      ],
    },
  };
  const flat = flatForecast(document, 40);
  const forecast = madeFrom("forecast", document, {
    ...flat,
    queues: [flat.queues[0], { ...flat.queues[0], queueId: "sales" }],
  });
  document = { ...document, results: { ...noResults, forecast } };
  const required = await requirementStage.run(requirementStage.read(document)!);
  if (!required.ok) throw new Error(JSON.stringify(required.issues));
  return {
    ...document,
    results: { ...document.results, requirement: madeFrom("requirement", document, required.value) },
  };
}

test("sharing agents needs fewer hours than each queue by itself, and an agent helps the queues of the group", async () => {
  const document = await twoQueues();
  const input = (await pooledRequirementInput(document, 1))!;
  const outcome = await pooledRequirement({ ...input, seconds: 4 });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const { date, separateHours, pooledHours, goals, worth } = outcome.value;
  expect(date).toBe("2026-11-03");
  const required = document.results.requirement!.value;
  const day = required.queues.map(({ scheduledAgents }) =>
    scheduledAgents
      .slice(required.grid.dayOffsets[1], required.grid.dayOffsets[2])
      .reduce((sum, agents) => sum + agents, 0),
  );
  // Hours of both queues, each by itself, to the last one.
  expect(separateHours).toBeCloseTo(day[0] + day[1], 9);
  expect(pooledHours).toBeLessThan(0.85 * separateHours);
  for (const { missedBy } of goals) expect(missedBy).toBeLessThan(0.01);
  const gain = (groupId: string, queueId: string) =>
    worth.find((one) => one.groupId === groupId && one.queueId === queueId)!.gain;
  expect(gain("voice", "voice")).toBeGreaterThan(0.02);
  expect(gain("both", "voice")).toBeGreaterThan(0.01);
  expect(gain("both", "sales")).toBeGreaterThan(0.01);
  expect(gain("voice", "voice")).toBeGreaterThan(gain("voice", "sales"));
  const again = await pooledRequirement({ ...input, seconds: 4 });
  expect(again).toEqual(outcome);
});

test("without a requirement there is nothing to share", async () => {
  expect(await pooledRequirementInput(smallDocument(), 0)).toBeNull();
});
