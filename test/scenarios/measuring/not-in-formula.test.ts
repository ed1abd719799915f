import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compared, difference } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

const base = smallPlan({
  queues: [
    { id: "voice", perHour: 100 },
    { id: "orders", perHour: 60, patienceSeconds: 90 },
  ],
  groups: [
    { id: "team", queueIds: ["voice"], agents: 6 },
    { id: "sellers", queueIds: ["orders"], agents: 4 },
    { id: "both", queueIds: ["voice", "orders"], agents: 2 },
  ],
  open: { from: 8, to: 18 },
});

describe("by formula, a change", () => {
  test.each<[string, Change, string]>([
    ["of redials", { kind: "redials", queueId: "voice", share: 0.4, afterMinutes: 5 }, "redials"],
    [
      "of callbacks",
      { kind: "callback", queueId: "voice", afterSeconds: 60, acceptShare: 0.5, when: "inTurn" },
      "callback",
    ],
    ["of the spread of handle times", { kind: "handleTimeSpread", cv: 0.4 }, "handleTimeSpread"],
    ["of overflow", { kind: "overflow", groupId: "team", queueId: "orders", afterSeconds: 20 }, "overflow"],
    ["to a fast lane", { kind: "fastLane", queueId: "voice", share: 0.15 }, "priorities"],
    ["of routing", { kind: "routing", contact: "furthestBelowGoal", agent: "longestIdle" }, "routing"],
  ])("%s is not in the formula, instead of no difference", async (_, change, reason) => {
    const { plans } = await compared(base, "formula", [change]);
    const scope = plans[1].scopes.find(({ queueId }) => queueId === null);
    expect(scope?.withheld?.reason).toBe(reason);
    expect(scope?.figures.serviceLevel).toBe(null);
    expect(scope?.differences?.serviceLevel).toBe(null);
    expect(plans[0].scopes.every(({ withheld }) => withheld === null)).toBe(true);
  });

  const window = null;
  test.each<[string, Change]>([
    ["more contacts", { kind: "volume", queueId: null, factor: 1.15, window }],
    ["longer contacts", { kind: "aht", queueId: "voice", factor: 1.1, window }],
    ["more agents", { kind: "agents", groupId: "both", count: 1, window }],
    ["people who are absent", { kind: "absence", groupId: null, share: 0.1, window }],
    ["more patience", { kind: "patience", queueId: null, patienceSeconds: 240 }],
    ["a shorter threshold", { kind: "goal", queueId: null, serviceLevel: 0.8, answerWithinSeconds: 10 }],
  ])("it knows has the sign and size of the simulation: %s", async (_, change) => {
    const formula = difference(await compared(base, "formula", [change]), 1, "serviceLevel").value;
    const simulated = difference(await compared(base, "simulation", [change]), 1, "serviceLevel");
    expect(Math.sign(formula)).toBe(Math.sign(simulated.value));
    expect(Math.abs(formula - simulated.value)).toBeLessThan(Math.max(0.02, simulated.halfWidth));
  });
});
