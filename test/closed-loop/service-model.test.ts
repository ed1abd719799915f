import { describe, expect, test } from "vitest";
import { type ModelledTarget, minimumsOf, modelledService } from "../../src/closed-loop/service-model.ts";
import { normalProbability } from "../../src/numerics/normal.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";

const { shifts } = dayProblem(dayInstance({ queues: 2, groups: 3, load: 6 }, 1));
const [block] = buildShiftProblem(shifts).blocks;
const cells = block.groupCount * block.slotCount;

function target(kind: ModelledTarget["kind"], changes: Partial<ModelledTarget> = {}): ModelledTarget {
  const length = block.slotCount;
  return {
    kind,
    goal: kind === "wait" ? 30 : 0.8,
    firstSlot: 0,
    endSlot: length,
    weight: new Float64Array(length).fill(10),
    level: new Float64Array(length).fill(kind === "wait" ? 40 : kind === "share" ? 0.5 : 14),
    slope: Array.from({ length: block.groupCount }, (_, group) => new Float64Array(length).fill(0.2 * group)),
    price: 3,
    stiffness: 0.1,
    elsewhere: 0,
    ...changes,
  };
}

describe("the model of service around a measured staffing", () => {
  test("says what was measured where nothing has changed", () => {
    const measured = new Int32Array(cells).fill(2);
    const model = modelledService(block, measured, [target("share")]);
    for (let group = 0; group < block.groupCount; group++)
      for (let slot = 0; slot < block.slotCount; slot++)
        for (let agent = 0; agent < 2; agent++) model.add(group, slot);
    expect(model.surplus(0)).toBeCloseTo(block.slotCount * 10 * (normalProbability(0.5) - 0.8), 9);
  });

  test.each([1, 2, 3])(
    "adds and takes away as if it were made anew, and foretells each step (seed %i)",
    (seed) => {
      const random = randomStream(seed, "service model");
      const measured = Int32Array.from({ length: cells }, () => Math.floor(3 * random.uniform()));
      const targets = [
        target("share"),
        target("wait", { firstSlot: 4, endSlot: block.slotCount, price: 0.4 }),
        target("occupancy", { elsewhere: -20 }),
      ].map((one) => ({
        ...one,
        weight: one.weight.slice(0, one.endSlot - one.firstSlot),
        level: one.level.slice(0, one.endSlot - one.firstSlot),
        slope: one.slope.map((series) => series.slice(0, one.endSlot - one.firstSlot)),
      }));
      const model = modelledService(block, measured, targets);
      const staff = new Int32Array(cells);
      for (let step = 0; step < 400; step++) {
        const group = Math.floor(block.groupCount * random.uniform());
        const slot = Math.floor(block.slotCount * random.uniform());
        const cell = group * block.slotCount + slot;
        const before = model.penalty();
        if (staff[cell] > 0 && random.uniform() < 0.4) {
          staff[cell]--;
          expect(model.remove(group, slot)).toBeCloseTo(model.penalty() - before, 6);
          continue;
        }
        const told = model.addChange(group, slot);
        const surplus = targets.map((_, k) => model.surplus(k));
        staff[cell]++;
        model.add(group, slot);
        const linear = targets.reduce(
          (sum, { price, stiffness }, k) =>
            sum - Math.max(0, price - stiffness * surplus[k]) * (model.surplus(k) - surplus[k]),
          0,
        );
        expect(told).toBeCloseTo(linear, 6);
      }
      const anew = modelledService(block, measured, targets);
      for (const [cell, agents] of staff.entries())
        for (let agent = 0; agent < agents; agent++)
          anew.add(Math.floor(cell / block.slotCount), cell % block.slotCount);
      expect(model.penalty()).toBeCloseTo(anew.penalty(), 6);
      for (const k of targets.keys()) expect(model.surplus(k)).toBeCloseTo(anew.surplus(k), 6);
    },
  );

  test("a goal that is kept with room to spare costs less than one that is missed", () => {
    const measured = new Int32Array(cells);
    const kept = modelledService(block, measured, [
      target("share", { level: new Float64Array(block.slotCount).fill(3) }),
    ]);
    const missed = modelledService(block, measured, [
      target("share", { level: new Float64Array(block.slotCount).fill(-1) }),
    ]);
    expect(kept.penalty()).toBeLessThan(0);
    expect(missed.penalty()).toBeGreaterThan(0);
  });

  test("does not bet on one group standing in for another without loss", () => {
    const alike = {
      slope: Array.from({ length: block.groupCount }, () => new Float64Array(block.slotCount).fill(0.3)),
    };
    const measured = new Int32Array(cells).fill(1);
    const model = modelledService(block, measured, [target("share", alike)]);
    for (let group = 0; group < block.groupCount; group++)
      for (let slot = 0; slot < block.slotCount; slot++) model.add(group, slot);
    const before = model.surplus(0);
    for (let slot = 0; slot < block.slotCount; slot++) {
      model.remove(0, slot);
      model.add(1, slot);
    }
    expect(model.surplus(0)).toBeLessThan(before - 1);
  });

  test("keeps the hard minimum of a queue at its own price", () => {
    const strict = { ...block, minimum: block.minimum.slice() };
    strict.minimum[8] = 1;
    const model = modelledService(strict, new Int32Array(cells), [], minimumsOf(strict));
    expect(model.penalty()).toBeCloseTo(strict.hardPrice, 6);
    const group = strict.groupMask.findIndex((mask) => (mask & 1) !== 0);
    expect(model.addChange(group, 8)).toBeCloseTo(-strict.hardPrice, 6);
    model.add(group, 8);
    expect(model.penalty()).toBeCloseTo(0, 6);
  });
});
