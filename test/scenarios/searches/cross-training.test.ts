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
      by: "points",
      costPerPerson: null,
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

  test("by money: the contacts it saves against what it costs, and none once it costs more than it saves", async () => {
    const floor = smallPlan({
      queues: [
        { id: "busy", perHour: 280 },
        { id: "quiet", perHour: 100 },
      ],
      groups: [
        { id: "gBusy", queueIds: ["busy"], agents: 13 },
        { id: "gQuiet", queueIds: ["quiet"], agents: 12 },
      ],
    });
    const base = { ...floor, plan: { ...floor.plan, lostContactValue: 3 } };
    const trained = async (costPerPerson: number) => {
      const outcome = await bestTrainings({
        ...base,
        changes: [],
        agentsPerStep: 2,
        steps: 2,
        by: "money",
        costPerPerson,
        queueId: null,
        days,
        replications: 10,
      });
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      return outcome.value;
    };
    const { steps, changes } = await trained(100);
    const { money } = steps[0];
    const lost = money.differences.find(({ kind }) => kind === "lostContacts")?.quantity.value ?? 0;
    expect(lost).toBeLessThan(0);
    expect(money.netPerMonth.value).toBeCloseTo(-3 * lost, 6);
    expect(money.once).toBe(200);
    expect(money.payBackMonths).toBeCloseTo(200 / (-3 * lost), 6);
    expect(changes[0]).toMatchObject({ kind: "crossTraining", costPerPerson: 100 });
    expect((await trained(1e7)).steps).toEqual([]);
  });

  test("when everybody can do everything there is nothing to learn", async () => {
    const outcome = await bestTrainings({
      ...smallPlan(),
      changes: [],
      agentsPerStep: 1,
      steps: 1,
      by: "points",
      costPerPerson: null,
      queueId: null,
      days,
      replications: 2,
    });
    expect(outcome.issues[0].code).toBe("training.nothingToLearn");
  });
});
