import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { applyChanges } from "../../../src/scenarios/changes/apply-changes.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { agentsOfGroups } from "../../../src/scenarios/measuring/expected-service.ts";
import { evenOrder } from "../../../src/scenarios/measuring/time-window.ts";
import { smallPlan } from "../small-plan.ts";

function changed(base: ScenarioInputs, ...changes: Change[]): ScenarioInputs {
  const outcome = applyChanges(base, changes);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

const lunch = { fromDate: null, toDate: null, weekdays: null, fromMinute: 720, toMinute: 840 };

describe("changes of people", () => {
  test("more agents are there in the window, on each of its days, and nowhere else", () => {
    const inputs = changed(smallPlan({ days: 2 }), {
      kind: "agents",
      groupId: "team",
      count: 3,
      window: lunch,
    });
    const [team] = agentsOfGroups(inputs);
    expect([23, 24, 27, 28].map((index) => team[index])).toEqual([14, 17, 17, 14]);
    expect(team[48 + 25]).toBe(17);
  });

  test("without a window they come for the opening hours", () => {
    const [team] = agentsOfGroups(
      changed(smallPlan({ open: { from: 8, to: 18 } }), {
        kind: "agents",
        groupId: "team",
        count: 2,
        window: null,
      }),
    );
    expect([15, 16, 35, 36].map((index) => team[index])).toEqual([0, 16, 16, 0]);
  });

  test("fewer agents lose work and wage in the window", () => {
    const inputs = changed(smallPlan(), { kind: "agents", groupId: "team", count: -4, window: lunch });
    const [team] = agentsOfGroups(inputs);
    expect([23, 24, 28].map((index) => team[index])).toEqual([14, 10, 14]);
    const paid =
      inputs.schedule?.shifts.flatMap(({ activities }) => activities).filter((part) => part.paid) ?? [];
    const hours = paid.reduce((sum, { startMinute, endMinute }) => sum + (endMinute - startMinute) / 60, 0);
    expect(hours).toBe(14 * 24 - 4 * 2);
  });

  test("fewer for the whole day takes the shifts away; more than there are takes all", () => {
    expect(
      changed(smallPlan(), { kind: "agents", groupId: "team", count: -4, window: null }).schedule?.shifts,
    ).toHaveLength(10);
    expect(
      changed(smallPlan(), { kind: "agents", groupId: "team", count: -99, window: null }).schedule?.shifts,
    ).toHaveLength(0);
  });

  test("absence takes work, not wages", () => {
    const inputs = changed(smallPlan(), { kind: "absence", groupId: null, share: 0.5, window: null });
    expect(agentsOfGroups(inputs)[0][20]).toBe(7);
    const paid =
      inputs.schedule?.shifts.flatMap(({ activities }) => activities).filter((part) => part.paid) ?? [];
    expect(paid.reduce((sum, { startMinute, endMinute }) => sum + (endMinute - startMinute) / 60, 0)).toBe(
      14 * 24,
    );
  });

  test("an epidemic peaks on its day and is a bell around it", () => {
    const epidemic: Change = {
      kind: "epidemic",
      groupId: null,
      peakShare: 0.5,
      peakDate: "2026-11-05",
      spreadDays: 2,
    };
    const [team] = agentsOfGroups(changed(smallPlan({ days: 7 }), epidemic));
    const there = Array.from({ length: 7 }, (_, day) => team[day * 48]);
    // 14 · 0.5 · e^(−d²/8): 7, 6, 4, 2 missing at distance 0, 1, 2, 3.
    expect(there).toEqual([12, 10, 8, 7, 8, 10, 12]);
  });

  test("cross-trained agents serve the further queue and are counted once", () => {
    const base = smallPlan({
      queues: [
        { id: "a", perHour: 50 },
        { id: "b", perHour: 50 },
      ],
      groups: [
        { id: "ga", queueIds: ["a"], agents: 8 },
        { id: "gb", queueIds: ["b"], agents: 8 },
      ],
    });
    const inputs = changed(base, { kind: "crossTraining", groupId: "ga", queueId: "b", count: 3 });
    expect(inputs.plan.groups.at(-1)?.queueIds).toEqual(["a", "b"]);
    const agents = agentsOfGroups(inputs);
    expect(agents.map((series) => series[10])).toEqual([5, 8, 3]);
  });

  test("shrinkage scales one item or all", () => {
    const base = smallPlan();
    const item = {
      id: "sick",
      name: "sick",
      share: 0.1,
      planned: false,
      weekdays: null,
      fromMinute: null,
      toMinute: null,
    };
    const plan = { ...base.plan, shrinkage: [item, { ...item, id: "coach", share: 0.2 }] };
    const inputs = changed({ ...base, plan }, { kind: "shrinkage", itemId: "sick", factor: 2 });
    expect(inputs.plan.shrinkage.map(({ share }) => share)).toEqual([0.2, 0.2]);
    expect(agentsOfGroups(inputs)[0][0]).toBeCloseTo(14 * 0.8 * 0.8, 9);
  });

  test("a smaller sample is the beginning of a larger one, spread evenly", () => {
    expect(evenOrder(8)).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
    expect([...evenOrder(13)].sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, index) => index));
  });
});
