import { describe, expect, test } from "vitest";
import { reportOfSeed } from "./random-rosters.ts";

/** A slice of `npm run bench:random-rosters`, which runs two thousand. */
const seeds = Array.from({ length: 40 }, (_, index) => 3 * index);

describe("rosters of random small plans", () => {
  test(`seeds ${seeds[0]} to ${seeds.at(-1)}: rules kept or named, price and bound right, solving again never worse`, async () => {
    const outcomes = new Set<string>();
    for (const seed of seeds) {
      const { outcome, faults } = await reportOfSeed(seed);
      outcomes.add(outcome);
      expect(faults, `seed ${seed}`).toEqual([]);
    }
    expect(outcomes).toEqual(new Set(["proved", "open", "relaxed"]));
  }, 300_000);
});
