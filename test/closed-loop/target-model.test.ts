import { describe, expect, test } from "vitest";
import { countService } from "../../src/closed-loop/count-service.ts";
import { modelledService } from "../../src/closed-loop/service-model.ts";
import { missesOf, targetsOf } from "../../src/closed-loop/service-targets.ts";
import { targetsInBlock, targetTermsOf, unitsOf } from "../../src/closed-loop/target-model.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";

const { plan, shifts, goals } = dayProblem(dayInstance({ queues: 2, groups: 3, load: 5 }, 2));
const everyGoal = goals.map((goal) => ({
  ...goal,
  maxAbandonment: 0.04,
  maxAsaSeconds: 25,
  maxOccupancy: 0.8,
}));

async function measured() {
  const outcome = await optimiseShifts({ ...shifts, settings: { ...shifts.settings, seconds: 0.2 } });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const request = { shifts: outcome.value.shifts, firstReplication: 0, replications: 30 };
  const counts = countService(plan, request);
  const raised = shifts.groups.map((_, group) =>
    countService(plan, { ...request, extra: { group, agents: 1 } }),
  );
  const problem = buildShiftProblem(shifts);
  const [block] = problem.blocks;
  const staff = new Int32Array(block.groupCount * block.slotCount);
  for (const { groupId, activities } of outcome.value.shifts) {
    const group = shifts.groups.findIndex(({ id }) => id === groupId);
    for (const { kind, startMinute, endMinute } of activities)
      if (kind === "work")
        for (let minute = startMinute; minute < endMinute; minute += problem.slotMinutes)
          staff[group * block.slotCount + minute / problem.slotMinutes - block.firstSlot]++;
  }
  const queues = goals.map((_, q) => ({ channel: "voice" as const, goal: everyGoal[q] }));
  const targets = targetsOf(queues, plan.forecast.grid, { span: "day", confidence: null }, () => true);
  const terms = targetTermsOf(plan, shifts, problem.slotMinutes, { targets, raised: targets.map(() => 0) });
  return { counts, marginal: { base: counts, raised }, block, staff, targets, terms };
}

describe("targets in a block", () => {
  test("each kind stands in the model where the simulation measured it, in the units that a missed share is of", async () => {
    const { counts, marginal, block, staff, targets, terms } = await measured();
    const states = targets.map(() => ({ price: 0, margin: 0, predicted: null }));
    const { own, modelled } = targetsInBlock(terms, block, [...targets.keys()], {
      states,
      marginal,
      counts,
      nudge: 0,
      isExploring: true,
    });
    expect(own).toHaveLength(8);
    const model = modelledService(block, staff, modelled);
    for (const [cell, agents] of staff.entries())
      for (let agent = 0; agent < agents; agent++)
        model.add(Math.floor(cell / block.slotCount), cell % block.slotCount);
    const misses = missesOf(targets, counts, 2);
    for (const [k, target] of targets.entries()) {
      expect(modelled[k].units).toBeCloseTo(unitsOf(target, counts, 2), 6);
      // A share at the edge is kept off 0 and 1, so the model is a hair off there.
      expect(-model.surplus(k) / modelled[k].units).toBeCloseTo(misses[k], 2);
      expect(states[k].price).toBeGreaterThan(0);
    }
  });

  test("what is raised is asked of the model on top, and held firmly costs more than while exploring", async () => {
    const { counts, marginal, block, targets, terms } = await measured();
    const states = targets.map(() => ({ price: 2, margin: 0, predicted: null }));
    const holding = { states, marginal, counts, nudge: 0, isExploring: true };
    const plain = targetsInBlock(terms, block, [0, 1, 2, 3], holding).modelled;
    const raised = targets.map(() => 0.02);
    const more = targetsInBlock({ ...terms, raised }, block, [0, 1, 2, 3], holding).modelled;
    expect(more.map(({ goal }, k) => goal - plain[k].goal).map((rise) => Math.sign(rise))).toEqual([
      1, 1, -1, -1,
    ]);
    const firm = targetsInBlock(terms, block, [0], { ...holding, isExploring: false }).modelled;
    expect(firm[0].stiffness).toBeGreaterThan(plain[0].stiffness);
    expect(firm[0].price).toBe(0);
  });
});
