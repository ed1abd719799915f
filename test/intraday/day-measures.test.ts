import { expect, test } from "vitest";
import { createIntervalGrid, intervalAt, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { DayMeasure, Today } from "../../src/domain/plan/today.ts";
import type { SimulationResult } from "../../src/domain/results/simulation.ts";
import { dayFloor } from "../../src/intraday/day-floor.ts";
import { turnedAway, withMeasures } from "../../src/intraday/day-measures.ts";
import { dayOptions } from "../../src/intraday/options/day-options.ts";
import { closeEarly } from "../../src/intraday/options/queue-measures.ts";
import { simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { seededDay } from "./seeded-day.ts";

const { document, today: began } = seededDay(4, { agents: 40, load: 0.6, replications: 30, factor: 1.2 });
const today: Today = { ...began, nowMinute: 660 };

async function simulated(measures: DayMeasure[]) {
  const decided = { ...today, measures };
  const floor = dayFloor(document, decided);
  if (!floor.ok) throw new Error("no floor");
  const result = await simulateContacts(withMeasures(floor.value.simulation, decided));
  if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
  return { result: result.value, now: floor.value.soFar.now - result.value.firstInterval };
}

const levelOf = ({ queues }: SimulationResult, queueId: string) =>
  queues.find((queue) => queue.queueId === queueId)!.total.serviceLevel.mean[0];

/** What each queue did in the intervals before now. */
function morning({ queues }: SimulationResult, now: number) {
  return queues.map(({ intervals }) =>
    (["offered", "answered", "abandoned", "serviceLevel", "waiting"] as const).map((series) =>
      intervals[series].mean.slice(0, now - 1).join(),
    ),
  );
}

const offer = { afterSeconds: 60, acceptShare: 0.6, when: "quietTime" } as const;
const both = document.plan.agents.filter(({ groupId }) => groupId === "both").map(({ id }) => id);
const measures: Record<string, DayMeasure[]> = {
  callbacks: [{ kind: "callbacks", queueId: "voice", fromMinute: 660, offer }],
  closed: [{ kind: "closed", queueId: "voice", fromMinute: 1080 }],
  lent: both.map((agentId) => ({ kind: "lent", agentId, queueId: "voice", fromMinute: 660 })),
};

test("what is decided about a queue leaves the morning as it was, contact by contact", async () => {
  const base = await simulated([]);
  for (const measure of Object.values(measures)) {
    const under = await simulated(measure);
    expect(morning(under.result, under.now)).toEqual(morning(base.result, base.now));
  }
});

test("people lent to a queue help it at the cost of their other one", async () => {
  const [base, under] = [await simulated([]), await simulated(measures.lent)];
  expect(both.length).toBeGreaterThan(2);
  expect(levelOf(under.result, "voice")).toBeGreaterThan(levelOf(base.result, "voice"));
  expect(levelOf(under.result, "sales")).toBeLessThan(levelOf(base.result, "sales"));
});

test("callbacks from now on are taken, and fewer give up", async () => {
  const [base, under] = [await simulated([]), await simulated(measures.callbacks)];
  const lost = ({ queues }: SimulationResult) => queues[0].total.abandoned.mean[0];
  expect(under.result.queues[0].total.followUps?.callbacks.mean[0]).toBeGreaterThan(1);
  expect(lost(under.result)).toBeLessThan(lost(base.result));
});

test("a queue that closes early is offered nothing more, and who finds it closed is counted", async () => {
  const { result } = await simulated(measures.closed);
  const close = 36;
  expect(result.queues[0].intervals.offered.mean.slice(close).every((offered) => offered === 0)).toBe(true);
  expect(result.queues[0].intervals.offered.mean[close - 1]).toBeGreaterThan(0);
  const forecast = document.results.forecast!.value;
  const after = forecast.queues[0].offered.subarray(96 + close, 96 + 48).reduce((sum, n) => sum + n, 0);
  expect(turnedAway(forecast, { ...today, measures: measures.closed })).toBeCloseTo(after, 9);
});

test("who serves a queue that is idle is offered to the one that misses its goals", async () => {
  const forecast = document.results.forecast!;
  const queues = forecast.value.queues.map((queue) =>
    queue.queueId === "sales" ? { ...queue, offered: queue.offered.map((n) => n / 8) } : queue,
  );
  const groups = document.plan.groups.map((group) =>
    group.id === "sales" ? { ...group, overflow: [{ queueId: "voice", afterSeconds: 600 }] } : group,
  );
  const idle = {
    ...document,
    plan: { ...document.plan, groups },
    results: { ...document.results, forecast: { ...forecast, value: { ...forecast.value, queues } } },
  };
  const outcome = await dayOptions(idle, { ...today, came: [] });
  if (!outcome.ok) throw new Error("no options");
  const borrowed = outcome.value.options.find(({ kind }) => kind === "borrow");
  expect(borrowed?.inTimeChange.value).toBeGreaterThan(borrowed!.inTimeChange.halfWidth);
  expect(borrowed?.queues.find(({ queueId }) => queueId === "sales")?.isKept).toBe(true);
  const lenders = borrowed!.measures.map((one) => (one.kind === "lent" ? one.agentId : ""));
  const groupOf = new Map(document.plan.agents.map(({ id, groupId }) => [id, groupId]));
  expect(lenders.every((id) => groupOf.get(id) !== "voice")).toBe(true);
});

test("a queue is offered to close early by the clock, also on days that change it", () => {
  for (const date of ["2026-03-29", "2026-10-25", "2026-10-26"]) {
    const grid = createIntervalGrid("Europe/Berlin", 15, date, 1);
    const count = intervalCount(grid);
    // Open until 20:00.
    const closes = intervalAt(grid, date, 1200)!;
    const open = Uint8Array.from({ length: count }, (_, at) => Number(at < closes));
    const floor = {
      soFar: {
        grid,
        range: { first: 0, end: count },
        now: 40,
        forecast: { queues: [{ queueId: "voice", open }] },
      },
      today: { nowMinute: 660, measures: [] },
    };
    const lists = closeEarly({ floor } as unknown as Parameters<typeof closeEarly>[0]);
    expect(lists.flat().map(({ fromMinute }) => fromMinute)).toEqual([1140, 1080]);
  }
});
