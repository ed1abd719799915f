import { describe, expect, test } from "vitest";
import {
  queueDifference,
  referenceRun,
  simulatedAsItStands,
} from "../../../src/app/session/reference-run.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import type { Schedule, Shift } from "../../../src/domain/plan/shift.ts";
import { dayFigures } from "../../../src/simulating/measure/day-figures.ts";
import { simulateContacts } from "../../../src/simulating/simulate-contacts.ts";
import { stageInputKey } from "../../../src/stages/freshness.ts";
import { contactsKey } from "../../../src/stages/simulation.ts";
import { flatForecast, madeFrom, smallDocument } from "../sample-document.ts";

/** Sixty contacts of three minutes an hour, and so many agents round the clock. */
function withAgents(agents: number, replications = 30): PlanDocument {
  const small = smallDocument();
  const document = {
    ...small,
    plan: {
      ...small.plan,
      queues: small.plan.queues.map((queue) => ({ ...queue, patienceSeconds: 120 })),
      simulation: { ...small.plan.simulation, replications },
    },
  };
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  const shifts = Array.from({ length: 7 * agents }, (_, k): Shift => {
    const startMinute = Math.floor(k / agents) * 1440;
    const endMinute = startMinute + 1440;
    return {
      id: `s${k}`,
      templateId: "t",
      groupId: "all",
      date: `2026-11-0${2 + Math.floor(k / agents)}`,
      startMinute,
      endMinute,
      activities: [{ kind: "work", startMinute, endMinute, paid: true }],
      pinned: false,
    };
  });
  const schedule = { grid: forecast.value.grid, shifts } as unknown as Schedule;
  const madeAt = forecast.madeAt;
  return {
    ...document,
    results: { ...document.results, forecast, schedule: { value: schedule, madeAt, inputKey: "" } },
  };
}

async function simulated(document: PlanDocument): Promise<PlanDocument> {
  const outcome = await simulateContacts({
    plan: document.plan,
    forecast: document.results.forecast!.value,
    schedule: document.results.schedule!.value,
    roster: null,
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const inputKey = stageInputKey("simulation", document) ?? "";
  const simulation = { value: outcome.value, madeAt: "2026-11-01T11:00:00.000Z", inputKey };
  return { ...document, results: { ...document.results, simulation } };
}

const resultOf = (document: PlanDocument) => document.results.simulation!.value;

describe("a reference simulation", () => {
  test("one more agent on the same contacts: the paired interval is far narrower than that of two runs apart", async () => {
    const before = await simulated(withAgents(4));
    const after = await simulated(withAgents(5, 40));
    const reference = referenceRun(before)!;
    expect(reference.shiftCount).toBe(28);
    expect(contactsKey(after)).toBe(reference.contactsKey);
    const [queue] = resultOf(after).queues;
    const found = queueDifference(resultOf(after), reference.made.value, queue, 0.8, 0, 7)!;
    expect(found.pairs).toBe(30);
    const apart = [before, after].map(
      (one) => dayFigures(resultOf(one).queues[0].replicationDays, 0, 7).serviceLevel,
    );
    const level = found.serviceLevel!;
    expect(level.value).toBeCloseTo(apart[1].mean! - apart[0].mean!, 1);
    expect(level.value).toBeGreaterThan(level.halfWidth);
    expect(level.halfWidth).toBeLessThan(0.8 * Math.hypot(apart[0].halfWidth, apart[1].halfWidth));
    expect(found.missRisk!.value).toBeLessThan(0);
    expect(found.asaSeconds!.value).toBeLessThan(-found.asaSeconds!.halfWidth);
    expect(found.abandonmentRate!.value).toBeLessThan(0);
    expect(found.occupancy!.value).toBeLessThan(0);
    expect(queueDifference(resultOf(after), reference.made.value, queue, null, 0, 7)!.missRisk).toBeNull();
  });

  test("against itself it differs by exactly nothing, and a day outside is nothing", async () => {
    const document = await simulated(withAgents(4, 10));
    const [queue] = resultOf(document).queues;
    const found = queueDifference(resultOf(document), resultOf(document), queue, 0.8, 2, 1)!;
    for (const measure of [
      "serviceLevel",
      "missRisk",
      "asaSeconds",
      "abandonmentRate",
      "occupancy",
    ] as const) {
      expect(found[measure]).toEqual({ value: 0, halfWidth: 0 });
    }
    expect(queueDifference(resultOf(document), resultOf(document), queue, 0.8, 7, 1)).toBeNull();
  });

  test("is only kept of the plan as it stands, and other customers are told", async () => {
    const document = await simulated(withAgents(4, 4));
    const patient = {
      ...document,
      plan: { ...document.plan, queues: [{ ...document.plan.queues[0], patienceSeconds: 600 }] },
    };
    expect(simulatedAsItStands(document)).toBe(true);
    expect(simulatedAsItStands(patient)).toBe(false);
    expect(referenceRun(patient)).toBeNull();
    expect(contactsKey(patient)).not.toBe(contactsKey(document));
    const otherEnd = {
      ...document.plan,
      simulation: { ...document.plan.simulation, atShiftEnd: "handOver" as const, replications: 9 },
    };
    expect(contactsKey({ ...document, plan: otherEnd })).toBe(contactsKey(document));
  });
});
