import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Requirement } from "../../../../src/domain/results/requirement.ts";
import { plannedService } from "../../../../src/ui/pages/history/planned-service.ts";

test("what was promised is weighed by contacts, and only told where the plan reaches", () => {
  const grid = createIntervalGrid("Europe/Berlin", 60, "2026-10-24", 3);
  const count = intervalCount(grid);
  const series = (values: Record<number, number>) =>
    Float64Array.from({ length: count }, (_, at) => values[at] ?? 0);
  const requirement: Requirement = {
    grid,
    queues: [
      {
        queueId: "voice",
        offered: series({ 33: 10, 34: 30 }),
        ahtSeconds: series({}),
        requiredAgents: series({}),
        scheduledAgents: series({}),
        serviceLevel: series({ 33: 0.6, 34: 0.9 }),
        asaSeconds: series({ 33: 40, 34: 10 }),
        abandonmentRate: series({ 33: 0.2, 34: 0 }),
        occupancy: series({}),
      },
    ],
  };
  // The history begins a day later, on the 25-hour day: its interval 9 is the plan's 33.
  const history = createIntervalGrid("Europe/Berlin", 60, "2026-10-25", 5);
  const planned = plannedService(requirement, history, "voice", 9, 11);
  expect(planned?.serviceLevel).toBeCloseTo((10 * 0.6 + 30 * 0.9) / 40, 12);
  expect(planned?.asaSeconds).toBeCloseTo((8 * 40 + 30 * 10) / 38, 12);
  expect(plannedService(requirement, history, "voice", 9, 60)).toBeNull();
  expect(plannedService(requirement, history, "voice", 0, 9)).toBeNull();
  expect(plannedService(requirement, history, "chat", 9, 11)).toBeNull();
  expect(plannedService(null, history, "voice", 9, 11)).toBeNull();
});
