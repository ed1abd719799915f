import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import { compared, difference, figure } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

const more: Change = { kind: "volume", queueId: null, factor: 1.3, window: null };

describe("comparison", () => {
  test("formulas give the published answer: 200 calls an hour of 180 s, 14 agents, 88.8 %", async () => {
    const base = smallPlan({ queues: [{ id: "voice", perHour: 200, patienceSeconds: null }] });
    const comparison = await compared(base, "formula");
    // The day begins with nobody there.
    expect(Math.abs(figure(comparison, 0, "serviceLevel").value - 0.88835)).toBeLessThan(0.002);
    expect(figure(comparison, 0, "asaSeconds").value).toBeCloseTo(7.84, 0);
    expect(figure(comparison, 0, "occupancy").value).toBeCloseTo(0.714286, 2);
    expect(figure(comparison, 0, "hoursNeeded").value).toBe(14 * 24);
    expect(figure(comparison, 0, "hoursShort").value).toBe(0);
    expect(figure(comparison, 0, "cost").value).toBe(14 * 24 * 20);
    expect(figure(comparison, 0, "costPerContact").value).toBeCloseTo((14 * 24 * 20) / 4800, 9);
  });

  test.each(["formula", "simulation"] as const)(
    "a scenario equal to the base differs by exactly zero (%s)",
    async (method) => {
      const nothing: Change[] = [
        { kind: "volume", queueId: null, factor: 1, window: null },
        { kind: "goal", queueId: null, serviceLevel: 0.8, answerWithinSeconds: 20 },
      ];
      const comparison = await compared(smallPlan({ replications: 6 }), method, [], nothing);
      for (const plan of [1, 2]) {
        for (const { differences } of comparison.plans[plan].scopes) {
          for (const value of Object.values(differences ?? {})) {
            if (value !== null) expect(value).toEqual({ value: 0, halfWidth: 0 });
          }
        }
      }
    },
  );

  test("the simulation agrees with the formula on a constant rate, and its differences are tighter than its figures", async () => {
    const base = smallPlan({
      queues: [{ id: "voice", perHour: 1000, ahtSeconds: 180, patienceSeconds: 120 }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 55 }],
      replications: 60,
    });
    const formula = await compared(base, "formula", [more]);
    const simulated = await compared(base, "simulation", [more]);
    for (const plan of [0, 1]) {
      const value = figure(simulated, plan, "serviceLevel");
      // The day starts empty, which is worth a few tenths of a point.
      expect(Math.abs(value.value - figure(formula, plan, "serviceLevel").value)).toBeLessThan(
        value.halfWidth + 0.006,
      );
    }
    expect(Math.abs(figure(formula, 0, "serviceLevel").value - 0.93239767)).toBeLessThan(0.002);
    // 55 agents round the clock at 20 an hour for those of 24,000 contacts who were answered.
    expect(figure(simulated, 0, "costPerContact").value).toBeCloseTo((55 * 24 * 20) / (24_000 * 0.976), 2);
    const one: Change = { kind: "agents", groupId: "team", count: 1, window: null };
    const plusOne = await compared(base, "simulation", [one]);
    expect(difference(plusOne, 1, "serviceLevel").value).toBeGreaterThan(0);
    expect(difference(plusOne, 1, "serviceLevel").halfWidth).toBeLessThan(
      figure(plusOne, 1, "serviceLevel").halfWidth / 2,
    );
  });

  test("the same input gives the same bits", async () => {
    const base = smallPlan({ replications: 4 });
    const twice = [await compared(base, "simulation", [more]), await compared(base, "simulation", [more])];
    expect(twice[0].plans).toEqual(twice[1].plans);
  });

  test("pooling two like queues: from dedicated to one queue, as Erlang C has it", async () => {
    // Erlang C, AHT 180 s, 20 s: load 10 with 13 agents .7956; load 20 with 26 agents .9264.
    const queues = ["a", "b"].map((id) => ({ id, perHour: 200, ahtSeconds: 180, patienceSeconds: null }));
    const split = smallPlan({
      queues,
      groups: [
        { id: "ga", queueIds: ["a"], agents: 13 },
        { id: "gb", queueIds: ["b"], agents: 13 },
      ],
      replications: 40,
    });
    const pooled: Change[] = [
      { kind: "crossTraining", groupId: "ga", queueId: "b", count: 13 },
      { kind: "crossTraining", groupId: "gb", queueId: "a", count: 13 },
    ];
    const few: Change[] = [{ kind: "crossTraining", groupId: "ga", queueId: "b", count: 3 }];
    const comparison = await compared(split, "simulation", pooled, few);
    const [dedicated, all, three] = [0, 1, 2].map((plan) => figure(comparison, plan, "serviceLevel"));
    expect(Math.abs(dedicated.value - 0.7956)).toBeLessThan(dedicated.halfWidth + 0.01);
    expect(Math.abs(all.value - 0.9264)).toBeLessThan(all.halfWidth + 0.01);
    expect(three.value).toBeGreaterThan(dedicated.value);
    expect(three.value).toBeLessThan(all.value);
    expect(difference(comparison, 1, "serviceLevel").value).toBeGreaterThan(
      difference(comparison, 1, "serviceLevel").halfWidth,
    );
  });

  test("what lost contacts are worth follows their number, interval included", async () => {
    const base = smallPlan({ queues: [{ id: "voice", perHour: 280 }], replications: 8 });
    const plan = { ...base.plan, lostContactValue: 7 };
    const comparison = await compared({ ...base, plan }, "simulation", [more]);
    expect(figure(comparison, 1, "lostValue").value).toBeCloseTo(7 * figure(comparison, 1, "lost").value, 6);
    expect(difference(comparison, 1, "lostValue").halfWidth).toBeCloseTo(
      7 * difference(comparison, 1, "lost").halfWidth,
      6,
    );
    const unpriced = await compared(base, "simulation", []);
    expect(unpriced.plans[0].scopes.every(({ figures }) => figures.lostValue === null)).toBe(true);
  });

  test("without shifts there is nothing to compare", async () => {
    const outcome = await compareScenarios({
      ...smallPlan(),
      schedule: null,
      method: "formula",
      scenarios: [],
    });
    expect(outcome.ok).toBe(false);
    expect(outcome.issues[0].code).toBe("scenario.noShifts");
  });
});

describe("an outage and what comes after it", () => {
  // 1,000 an hour, 60 agents of 20 an hour each: 1,200. An hour of outage leaves 1,000 who call at once; the surplus
  // of 200 an hour clears them in five hours, at 14:00, give or take half an hour of chance.
  const base = smallPlan({
    queues: [{ id: "voice", perHour: 1000, patienceSeconds: null }],
    groups: [{ id: "team", queueIds: ["voice"], agents: 60 }],
    replications: 6,
  });
  const outage: Change = {
    kind: "outage",
    queueId: null,
    date: "2026-11-02",
    fromMinute: 480,
    toMinute: 540,
    redialShare: 1,
    redialMinutes: 2,
  };

  test.each(["formula", "simulation"] as const)("recovers when the fluid queue does (%s)", async (method) => {
    const comparison = await compared(base, method, [outage]);
    const { serviceLevel } = comparison.plans[1].queues[0];
    const atHour = (hour: number) => serviceLevel[hour * 2];
    expect(atHour(7)).toBeGreaterThan(0.9);
    for (const hour of [9.5, 10.5, 11.5]) expect(atHour(hour)).toBeLessThan(0.08);
    for (const hour of [17, 19, 21]) expect(atHour(hour)).toBeGreaterThan(0.85);
  });

  test("minutes to recovery: as the fluid queue has it, and fewer when agents are called in", async () => {
    const drill: Change = {
      kind: "agents",
      groupId: "team",
      count: 30,
      window: {
        fromDate: "2026-11-02",
        toDate: "2026-11-02",
        weekdays: null,
        fromMinute: 540,
        toMinute: 720,
      },
    };
    const comparison = await compared(base, "formula", [outage], [outage, drill], [more]);
    // Five hours on a surplus of 200 an hour; 30 agents more make it 800: an hour and a quarter.
    const [, plain, drilled, other] = comparison.plans.map(({ recovery }) => recovery);
    expect(plain?.minutes).toBeGreaterThanOrEqual(270);
    expect(plain?.minutes).toBeLessThanOrEqual(420);
    expect(drilled?.minutes).toBeGreaterThanOrEqual(60);
    expect(drilled?.minutes).toBeLessThanOrEqual(120);
    expect(other).toBeNull();
    expect(comparison.plans[0].recovery).toBeNull();
    // A floor that is busier all day is back when it is as bad as that, not when it is as good as before.
    const busier: Change = { kind: "volume", queueId: null, factor: 1.16, window: null };
    const short: Change = { ...outage, toMinute: 500, redialShare: 0.5 };
    const both = await compared(base, "formula", [busier, short]);
    expect(both.plans[1].recovery?.minutes).not.toBeNull();
  });

  test("an interval without contacts, or of another day, has no service level", async () => {
    const outcome = await compareScenarios({
      ...base,
      method: "formula",
      scenarios: [],
      days: { first: 0, end: 1 },
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [{ offered, serviceLevel }] = outcome.value.plans[0].queues;
    expect(serviceLevel.map((level) => level === null)).toEqual(
      Array.from(offered, (contacts) => contacts === 0),
    );
  });

  test("who does not call again counts as lost", async () => {
    const half: Change = { ...outage, redialShare: 0.5 };
    for (const method of ["formula", "simulation"] as const) {
      const comparison = await compared(base, method, [half]);
      const lost = difference(comparison, 1, "lost");
      expect(lost.value).toBeCloseTo(500, 6);
    }
  });
});
