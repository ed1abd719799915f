import { expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Plan } from "../../../../src/domain/plan/plan.ts";
import type { DemandForecast } from "../../../../src/domain/results/demand.ts";
import { requirementOf } from "../../../../src/staffing/require-agents.ts";
import { liveRequirement, requirementBand } from "../../../../src/ui/pages/required/live-requirement.ts";
import { smallDocument } from "../../../app/sample-document.ts";

const small = smallDocument().plan;
const plan: Plan = {
  ...small,
  queues: [
    small.queues[0],
    {
      ...small.queues[0],
      id: "chat",
      channel: "chat",
      concurrency: { maxContacts: 2, slowdown: [1, 1.2] },
      patienceSeconds: 200,
    },
  ],
  requirement: { ...small.requirement, wholeAgents: false },
};
const grid = createIntervalGrid("Europe/Berlin", 60, "2026-11-02", 7);
const count = intervalCount(grid);
const range = { first: 24, end: 48 };

function forecastOf(scale: number): DemandForecast {
  const series = (value: number) => Float64Array.from({ length: count }, (_, at) => value * (1 + (at % 24)));
  return {
    grid,
    queues: plan.queues.map(({ id }) => ({
      queueId: id,
      open: new Uint8Array(count).fill(1),
      offered: series(10 * scale),
      offeredLower80: series(8 * scale),
      offeredUpper80: series(12 * scale),
      offeredLower95: series(7 * scale),
      offeredUpper95: series(13 * scale),
      dispersion: new Float64Array(count),
      dayFactorVariance: 0,
      ahtSeconds: new Float64Array(count).fill(240),
      model: "test",
      backtest: [],
      notes: [],
    })),
  };
}

function agents(changed: Plan, forecast: DemandForecast): number[][] {
  const live = liveRequirement(changed, forecast, range);
  const direct = requirementOf({ plan: changed, forecast, range });
  if (!live.ok || !direct.ok) throw new Error("no requirement");
  expect(live.value.queues.map((queue) => queue.queueId)).toEqual(["voice", "chat"]);
  const series = live.value.queues.map((queue) => [...queue.requiredAgents]);
  expect(series).toEqual(direct.value.queues.map((queue) => [...queue.requiredAgents]));
  return series;
}

test("what is remembered of a queue is what the stage would say, after any edit", () => {
  const forecast = forecastOf(1);
  const first = agents(plan, forecast);
  const [voice, chat] = plan.queues;
  const stricter = { ...voice, goal: { ...voice.goal, serviceLevel: 0.95 } };
  const second = agents({ ...plan, queues: [stricter, chat] }, forecast);
  expect(second[0][30]).toBeGreaterThan(first[0][30]);
  expect(second[1]).toEqual(first[1]);
  const busier = agents(plan, forecastOf(2));
  expect(busier[1][30]).toBeGreaterThan(first[1][30]);
  expect(
    agents({ ...plan, requirement: { ...plan.requirement, wholeAgents: true } }, forecast)[1][30] % 1,
  ).toBe(0);
  expect(agents(plan, forecast)).toEqual(first);
});

test("the band of demand becomes a band of agents, unless it is not wanted any more", async () => {
  const forecast = forecastOf(1);
  const band = (await requirementBand(plan, forecast, range, () => true))!;
  const middle = agents(plan, forecast)[0][30];
  expect(band.lower.queues[0].requiredAgents[30]).toBeLessThan(middle);
  expect(band.upper.queues[0].requiredAgents[30]).toBeGreaterThan(middle);
  expect(await requirementBand(plan, forecast, range, () => false)).toBeNull();
});

test("a goal out of reach is said, whichever queue has it", () => {
  const [voice, chat] = plan.queues;
  const impossible = { ...chat, goal: { ...chat.goal, serviceLevel: 1 } };
  const outcome = liveRequirement({ ...plan, queues: [voice, impossible] }, forecastOf(1), range);
  expect(outcome.ok).toBe(false);
  expect(outcome.issues.map((issue) => issue.code)).toContain("requirement.goalOutOfReach");
});
