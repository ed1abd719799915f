import { expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { createIntervalGrid, intervalCount } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Plan } from "../../../../src/domain/plan/plan.ts";
import type { Assignment, Roster } from "../../../../src/domain/plan/roster.ts";
import type { DemandForecast } from "../../../../src/domain/results/demand.ts";
import type { Requirement } from "../../../../src/domain/results/requirement.ts";
import { steadyQueue } from "../../../../src/queueing/steady/steady-queue.ts";
import { rosterService } from "../../../../src/ui/pages/roster/roster-service.ts";

/** Two days, one voice queue that nobody leaves: 25 contacts a quarter of 180 s are 5 erlangs, from 08:00 to 16:00. */
const grid = createIntervalGrid("UTC", 15, "2026-11-02", 2);
const sample = samplePlan();
const plan: Plan = {
  ...sample,
  timeZone: "UTC",
  shrinkage: [],
  queues: [{ ...sample.queues[0], id: "q", patienceSeconds: null, openingHours: null }],
  groups: [{ ...sample.groups[0], id: "g", queueIds: ["q"] }],
  simulation: { ...sample.simulation, uncertainDemand: false, lateness: undefined, events: [] },
  agents: Array.from({ length: 8 }, (_, index) => ({
    ...sample.agents[0],
    id: `a${index}`,
    groupId: "g",
    proficiency: 1,
  })),
};
const atDaytime = (value: number) =>
  Float64Array.from({ length: intervalCount(grid) }, (_, index) =>
    index % 96 >= 32 && index % 96 < 64 ? value : 0,
  );
const queue = {
  queueId: "q",
  offered: atDaytime(25),
  ahtSeconds: atDaytime(180),
  open: new Uint8Array(192).fill(1),
};
const forecast = { grid, queues: [queue] } as unknown as DemandForecast;
const requirement = {
  grid,
  queues: [{ queueId: "q", requiredAgents: atDaytime(7) }],
} as unknown as Requirement;

function assignment(agent: number, day: number): Assignment {
  const startMinute = day * 1440 + 480;
  const shift = {
    id: `s${agent}-${day}`,
    templateId: "t",
    groupId: "g",
    date: day === 0 ? "2026-11-02" : "2026-11-03",
    startMinute,
    endMinute: startMinute + 480,
    activities: [{ kind: "work" as const, startMinute, endMinute: startMinute + 480, paid: true }],
    pinned: false,
  };
  return { agentId: `a${agent}`, shift, pinned: false };
}
const rosterOf = (assignments: readonly Assignment[]) => ({ grid, assignments }) as unknown as Roster;
const erlang = (agents: number) =>
  steadyQueue(
    { arrivalsPerSecond: 25 / 900, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20 },
    agents,
  ).serviceLevelOffered;

test("a day's service is nearly Erlang's for the people who work it, required beside rostered", () => {
  const service = rosterService(plan, forecast, requirement, null);
  const roster = rosterOf([0, 1, 2, 3, 4, 5, 6].map((agent) => assignment(agent, 0)));
  const monday = service.day(roster, 0);
  // The day begins with nobody waiting.
  expect(monday.serviceLevel).toBeGreaterThan(erlang(7));
  expect(monday.serviceLevel).toBeLessThan(erlang(7) + 0.03);
  expect([monday.required[40], monday.rostered[40], monday.rostered[70]]).toEqual([7, 7, 0]);
  expect(service.day(roster, 1).serviceLevel).toBeCloseTo(0, 9);
});

test("following edits one by one gives what starting afresh gives", () => {
  const service = rosterService(plan, forecast, requirement, null);
  let all = Array.from({ length: 8 }, (_, agent) => assignment(agent, 0));
  service.day(rosterOf(all), 0);
  for (let agent = 0; agent < 6; agent++) {
    all = all.map((given) => (given.agentId === `a${agent}` ? assignment(agent, 1) : given));
    const fresh = rosterService(plan, forecast, requirement, null);
    for (const day of [0, 1]) {
      const followed = service.day(rosterOf(all), day);
      expect(followed).toEqual(fresh.day(rosterOf(all), day));
      if (agent === 1) expect(followed.rostered[40]).toBe(day === 0 ? 6 : 2);
    }
  }
});
