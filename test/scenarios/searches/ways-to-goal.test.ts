import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import {
  type Way,
  type WaysInput,
  wayChanges,
  waysToGoal,
} from "../../../src/scenarios/searches/ways-to-goal.ts";
import { rostered, smallPlan } from "../small-plan.ts";

const plain = smallPlan({
  queues: [{ id: "voice", perHour: 120 }],
  groups: [{ id: "team", queueIds: ["voice"], agents: 6 }],
  open: { from: 8, to: 16 },
  days: 7,
  replications: 6,
});
const [long] = plain.plan.templates;
const eight = {
  ...long,
  id: "eight",
  earliestStartMinute: 480,
  latestStartMinute: 480,
  lengthsMinutes: [480],
};
const base = { ...plain, plan: { ...plain.plan, templates: [long, eight] } };
const days = { first: 0, end: 7 };

const ways: readonly Way[] = [
  {
    kind: "hire",
    change: {
      kind: "hire",
      groupId: "team",
      contractId: null,
      count: 1,
      startDate: null,
      trainingWeeks: 0,
      startingPace: 1,
      learningWeeks: 0,
      costPerPerson: 900,
      costPerPersonMonth: 60,
    },
  },
  { kind: "overtime", groupId: "team", minutes: 60 },
  { kind: "vendorAgents", groupId: "team", pricePerHour: 33 },
  { kind: "outsourcing", queueId: "voice", pricePerContact: null },
];
const input: WaysInput = {
  ...base,
  changes: [],
  ways,
  goals: [{ queueId: "voice", serviceLevel: 0.8 }],
  days,
  replications: 6,
};

async function levelOf(changes: Change[]): Promise<number> {
  const outcome = await compareScenarios({ ...input, base: changes, scenarios: [], method: "simulation" });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.plans[0].scopes[0].figures.serviceLevel?.value ?? 0;
}

describe("hire, overtime or a service provider", () => {
  test("each is the smallest that reaches the goal, with what a point of it costs", async () => {
    const outcome = await waysToGoal(input);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [hire, overtime, agents, contacts] = outcome.value;
    for (const { way, size, changes } of [hire, agents, contacts]) {
      expect(size).toBeGreaterThan(0);
      expect(await levelOf([...changes])).toBeGreaterThanOrEqual(0.8);
      expect(await levelOf(wayChanges(base, days, way, size - 1))).toBeLessThan(0.8);
    }
    // Contacts end at 16:00, when overtime begins: all of it is not enough.
    expect(overtime.reached).toBe(false);
    expect(overtime.size).toBe(100);
    // Seven days of eight hours at 33 for each agent.
    const hours = agents.size * 7 * 8;
    expect(agents.costPerPoint?.value).toBeCloseTo((hours * 33) / (100 * agents.gain.value), 6);
    expect(agents.costPerPoint?.halfWidth).toBeGreaterThan(0);
    // Five days of eight hours at 20, and a seventh of 7 · 12 ÷ 365 of 60 for the workplace; recruiting stands apart.
    const wages = hire.size * (40 * 20 + 60 * 7 * (12 / 365));
    expect(hire.costPerPoint?.value).toBeCloseTo(wages / (100 * hire.gain.value), 6);
    expect(hire.money.once).toBe(900 * hire.size);
    // Without a price nobody knows what a point costs.
    expect(contacts.costPerPoint).toBeNull();
    expect(contacts.money.unknown.map(({ kind }) => kind)).toContain("vendorContacts");
  });

  test("on a roster as on shifts without names; nothing is needed where the goal is reached", async () => {
    const outcome = await waysToGoal({
      ...input,
      ...rostered(base),
      goals: [{ queueId: "voice", serviceLevel: 0.01 }],
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.map(({ size, reached }) => [size, reached])).toEqual(ways.map(() => [0, true]));
  });

  test("without ways or goals there is nothing to compare", async () => {
    expect((await waysToGoal({ ...input, ways: [] })).issues[0].code).toBe("ways.none");
    expect((await waysToGoal({ ...input, goals: [] })).issues[0].code).toBe("leastCost.noGoal");
  });
});
