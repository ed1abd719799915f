import { describe, expect, test } from "vitest";
import { bestTrainings } from "../../../src/scenarios/searches/cross-training.ts";
import { smallPlan } from "../small-plan.ts";

const days = { first: 0, end: 1 };

describe("which cross-trainings buy most", () => {
  test("idle agents learn the queue in need, each step helps less, and all is on the same customers", async () => {
    const base = smallPlan({
      queues: [
        { id: "busy", perHour: 280 },
        { id: "quiet", perHour: 100 },
        { id: "fair", perHour: 160 },
      ],
      groups: [
        { id: "gBusy", queueIds: ["busy"], agents: 13 },
        { id: "gQuiet", queueIds: ["quiet"], agents: 12 },
        { id: "gFair", queueIds: ["fair"], agents: 9 },
      ],
    });
    const outcome = await bestTrainings({
      ...base,
      changes: [],
      agentsPerStep: 2,
      steps: 3,
      queueId: null,
      days,
      replications: 10,
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const { steps, changes } = outcome.value;
    expect([steps[0].groupId, steps[0].queueId]).toEqual(["gQuiet", "busy"]);
    const gains = steps.map(({ gain }) => gain.value);
    expect(gains).toEqual([...gains].sort((a, b) => a - b));
    expect(gains[0]).toBeGreaterThan(steps[0].gain.halfWidth);
    expect(gains[1] - gains[0]).toBeLessThan(gains[0]);
    expect(changes.reduce((sum, { count }) => sum + count, 0)).toBe(2 * steps.length);
  });

  test("when everybody can do everything there is nothing to learn", async () => {
    const outcome = await bestTrainings({
      ...smallPlan(),
      changes: [],
      agentsPerStep: 1,
      steps: 1,
      queueId: null,
      days,
      replications: 2,
    });
    expect(outcome.issues[0].code).toBe("training.nothingToLearn");
  });
});
