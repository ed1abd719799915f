import { describe, expect, test } from "vitest";
import { judgeFloor } from "../judge-floor.ts";

describe("expected service beside the simulation", () => {
  // A part of the fifty that `npm run bench:expected-service` prints.
  test.each([4, 7, 14, 17, 24, 29, 36, 40, 48])(
    "of random floor %i comes within two points, or the interval, or is withheld",
    async (seed) => {
      const { queues } = await judgeFloor(seed, 60);
      expect(queues.some(({ reason }) => reason === null)).toBe(true);
      for (const { expected, simulated, halfWidth, reason } of queues)
        if (reason === null)
          expect(Math.abs(expected - simulated)).toBeLessThan(Math.max(0.02, halfWidth) + 0.3 * halfWidth);
    },
  );

  test("a queue with agents of its own, or one line of calls, is never withheld", async () => {
    for (const seed of [2, 24, 29]) {
      const { queues } = await judgeFloor(seed, 2);
      for (const { reason } of queues) expect(reason).toBe(null);
    }
  });
});
