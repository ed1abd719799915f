import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Queue } from "../../src/domain/plan/queue.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { expectService, loadOf } from "../../src/staffing/queue-staffing.ts";
import { shortageWeights } from "../../src/staffing/shortage-weights.ts";
import { voiceQueue } from "../builders.ts";

const queue: Queue = voiceQueue();
const grid = createIntervalGrid("UTC", 30, "2026-11-02", 1);
const count = intervalCount(grid);
const filled = (values: readonly number[]) => {
  const series = new Float64Array(count);
  series.set(values);
  return series;
};
/** A small crew, a large one, and nobody calling. */
const requirement: Requirement = {
  grid,
  queues: [
    {
      queueId: "voice",
      offered: filled([30, 300, 0]),
      ahtSeconds: filled([240, 240, 240]),
      requiredAgents: filled([6, 44, 0]),
      scheduledAgents: filled([8, 55, 0]),
      serviceLevel: new Float64Array(count),
      asaSeconds: new Float64Array(count),
      abandonmentRate: new Float64Array(count),
      occupancy: new Float64Array(count),
    },
  ],
};

test("deferred work, where nobody waits, has no weights", () => {
  const mail: Queue = { ...queue, channel: "deferred" };
  expect(shortageWeights(requirement, [mail])).toEqual([]);
});

test("an agent missing weighs by the contacts that are late for it; the mean is 1", () => {
  const [{ weights }] = shortageWeights(requirement, [queue]);
  const lost = (offered: number, agents: number) => {
    const level = (n: number) => expectService(queue, loadOf(queue, offered, 240, 1800), n).serviceLevel;
    return offered * (level(agents) - level(agents - 1));
  };
  expect(weights[1] / weights[0]).toBeCloseTo(lost(300, 44) / lost(30, 6), 9);
  expect((weights[0] * 8 + weights[1] * 55) / 63).toBeCloseTo(1, 9);
  expect(weights[2]).toBe(1);
});
