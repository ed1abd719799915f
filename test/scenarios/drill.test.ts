import { expect, test } from "vitest";
import type { Change } from "../../src/domain/plan/scenario.ts";
import { applyChanges } from "../../src/scenarios/changes/apply-changes.ts";
import { agentsOfGroups } from "../../src/scenarios/measuring/expected-service.ts";
import { compared, difference, figure } from "./compared.ts";
import { smallPlan } from "./small-plan.ts";

const base = smallPlan({
  queues: [
    { id: "calls", perHour: 200 },
    { id: "orders", perHour: 60 },
  ],
  groups: [{ id: "all", queueIds: ["calls", "orders"], agents: 15 }],
  open: { from: 8, to: 20 },
  replications: 20,
});
const date = "2026-11-02";
const outage: Change = {
  kind: "outage",
  queueId: null,
  date,
  fromMinute: 600,
  toMinute: 720,
  redialShare: 1,
  redialMinutes: 20,
};

test("a drill: the emergency plan shortens the recovery, at the price of the queue it drops", async () => {
  const plan: Change[] = [
    { kind: "dropQueue", queueId: "orders", date, fromMinute: 720, toMinute: 840 },
    {
      kind: "agents",
      groupId: "all",
      count: 4,
      window: { fromDate: date, toDate: date, weekdays: null, fromMinute: 720, toMinute: 960 },
    },
  ];
  const comparison = await compared(base, "simulation", [outage], [outage, ...plan]);
  const minutes = comparison.plans.map(({ recovery }) => recovery?.minutes);
  expect(minutes[0]).toBeUndefined();
  expect(minutes[1]).toBeGreaterThan(60);
  expect(minutes[2]).toBeLessThan((minutes[1] ?? 0) - 30);
  expect(difference(comparison, 2, "paidHours").value).toBe(4 * 4);
  // Two hours of sixty contacts, a few more who called again in them.
  expect(
    figure(comparison, 2, "lost", "orders").value - figure(comparison, 1, "lost", "orders").value,
  ).toBeGreaterThan(80);
});

test("overtime puts so many more there after the shift, and is paid", async () => {
  const early = base.schedule?.shifts.map((shift) => ({
    ...shift,
    endMinute: 960,
    activities: shift.activities.map((activity) => ({ ...activity, endMinute: 960 })),
  }));
  const floor = { ...base, schedule: base.schedule && { ...base.schedule, shifts: early ?? [] } };
  const overtime: Change = { kind: "overtime", groupId: null, date, share: 0.4, minutes: 120 };
  const changed = applyChanges(floor, [overtime]);
  if (!changed.ok) throw new Error("overtime failed");
  const agents = agentsOfGroups(changed.value)[0];
  expect([agents[31], agents[32], agents[35], agents[36]]).toEqual([15, 6, 6, 0]);
  const comparison = await compared(floor, "simulation", [overtime]);
  expect(difference(comparison, 1, "paidHours").value).toBeCloseTo(6 * 2, 9);
  const { value, halfWidth } = difference(comparison, 1, "serviceLevel");
  expect(value).toBeGreaterThan(halfWidth);
  expect(halfWidth).toBeGreaterThan(0);
});
