import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Queue } from "../../src/domain/plan/queue.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { serviceOfCoverage, shortageWeights } from "../../src/staffing/coverage-service.ts";
import { expectService, loadOf } from "../../src/staffing/queue-staffing.ts";
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

test("the service of a coverage is that of its intervals, weighted by contacts, after shrinkage", () => {
  const available = new Float64Array(count).fill(0.8);
  const coverage = [{ queueId: "voice", asked: filled([]), staffed: filled([7.5, 55]) }];
  const of = (offered: number, agents: number) =>
    expectService(queue, loadOf(queue, offered, 240, 1800), agents).serviceLevel;
  const { offered, inTime } = serviceOfCoverage([queue], requirement, coverage, available, 0, count);
  expect(offered).toBe(330);
  expect(inTime).toBeCloseTo(30 * of(30, 6) + 300 * of(300, 44), 9);
  const first = serviceOfCoverage([queue], requirement, coverage, available, 0, 1);
  expect(first.inTime / first.offered).toBeCloseTo(of(30, 6), 9);
});

test("nobody there answers nobody; deferred work has no service level", () => {
  const all = new Float64Array(count).fill(1);
  const nobody = [{ queueId: "voice", asked: filled([]), staffed: filled([]) }];
  expect(serviceOfCoverage([queue], requirement, nobody, all, 0, count)).toEqual({ offered: 330, inTime: 0 });
  const mail: Queue = { ...queue, channel: "deferred" };
  expect(serviceOfCoverage([mail], requirement, nobody, all, 0, count)).toEqual({ offered: 0, inTime: 0 });
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
