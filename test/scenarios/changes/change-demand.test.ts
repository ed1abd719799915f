import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import type { DemandForecast } from "../../../src/domain/results/demand.ts";
import { applyChanges } from "../../../src/scenarios/changes/apply-changes.ts";
import { turnedAwayBy } from "../../../src/scenarios/changes/change-demand.ts";
import { smallPlan } from "../small-plan.ts";

function changed(changes: Change[], options: Parameters<typeof smallPlan>[0] = {}): DemandForecast {
  const outcome = applyChanges(smallPlan(options), changes);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.forecast;
}

const sum = (series: Float64Array) => series.reduce((a, b) => a + b, 0);
const always = null;

describe("changes of demand", () => {
  test("volume scales mean and bands of the named queue only, in its window only", () => {
    const two = {
      queues: [
        { id: "a", perHour: 10 },
        { id: "b", perHour: 20 },
      ],
      groups: [{ id: "g", queueIds: ["a", "b"], agents: 9 }],
      days: 7,
    };
    const window = { fromDate: null, toDate: null, weekdays: [1], fromMinute: 600, toMinute: 720 };
    const [a, b] = changed([{ kind: "volume", queueId: "a", factor: 1.5, window }], two).queues;
    expect(a.offered[20]).toBe(7.5);
    expect(a.offeredUpper95[20]).toBeCloseTo(5 * 1.15 * 1.5, 12);
    expect(a.offered[24]).toBe(5);
    expect(a.offered[48 + 20]).toBe(5);
    expect(sum(b.offered)).toBe(20 * 24 * 7);
  });

  test("a window past midnight holds on both sides of it", () => {
    const window = { fromDate: null, toDate: null, weekdays: null, fromMinute: 1380, toMinute: 60 };
    const [queue] = changed([{ kind: "volume", queueId: null, factor: 2, window }]).queues;
    expect([0, 1, 2, 45, 46, 47].map((index) => queue.offered[index] / 50)).toEqual([2, 2, 1, 1, 2, 2]);
  });

  test.each(["even", "peak", "decay"] as const)("a surge (%s) brings exactly its contacts", (shape) => {
    const surge: Change = {
      kind: "surge",
      queueId: "voice",
      contacts: 300,
      shape,
      date: "2026-11-02",
      fromMinute: 540,
      toMinute: 720,
    };
    const [queue] = changed([surge]).queues;
    expect(sum(queue.offered)).toBeCloseTo(2400 + 300, 9);
    expect(queue.offered[17]).toBe(50);
    expect(queue.offered[24]).toBe(50);
    if (shape === "decay") expect(queue.offered[18]).toBeGreaterThan(queue.offered[23] * 1.5);
    if (shape === "peak") expect(queue.offered[20]).toBeGreaterThan(queue.offered[18]);
  });

  test("two days change places", () => {
    const base = smallPlan({ days: 2 });
    base.forecast.queues[0].offered.fill(7, 48);
    const outcome = applyChanges(base, [{ kind: "swapDays", date: "2026-11-02", withDate: "2026-11-03" }]);
    expect(outcome.ok && [...outcome.value.forecast.queues[0].offered.slice(46, 50)]).toEqual([7, 7, 50, 50]);
    const outside = applyChanges(base, [{ kind: "swapDays", date: "2026-11-02", withDate: "2027-01-01" }]);
    expect(outside.ok).toBe(false);
    expect(outside.issues[0].code).toBe("scenario.outsidePlan");
  });

  test("a high quantile is above the mean, by about z standard deviations", () => {
    const [queue] = changed([
      { kind: "demandQuantile", queueId: null, quantile: 0.95, window: always },
    ]).queues;
    // Var = 50 + 0.01 · 50² = 75, z(.95) = 1.645: 50 + 14.2.
    expect(queue.offered[0]).toBeGreaterThanOrEqual(64);
    expect(queue.offered[0]).toBeLessThanOrEqual(66);
    expect(queue.dispersion[0]).toBe(0);
  });

  test("an outage loses who does not redial; who does comes after it, most at once", () => {
    const outage = {
      kind: "outage" as const,
      queueId: null,
      date: "2026-11-02",
      fromMinute: 600,
      toMinute: 720,
      redialShare: 0.6,
      redialMinutes: 20,
    };
    const [queue] = changed([outage]).queues;
    expect([...queue.offered.slice(19, 25)].map(Math.round)).toEqual([50, 0, 0, 0, 0, 143]);
    // 200 tried, 120 come back: 120 · (1 − e^(−30/20)) in the first half hour.
    expect(queue.offered[24]).toBeCloseTo(50 + 120 * (1 - Math.exp(-1.5)), 9);
    expect(sum(queue.offered)).toBeCloseTo(2400 - 80, 3);
    expect(sum(turnedAwayBy(smallPlan().forecast, outage)[0].contacts)).toBeCloseTo(80, 3);
  });

  test("deflection: contained ones are gone, the others come later and are heavier", () => {
    const bot: Change = {
      kind: "deflection",
      queueId: "voice",
      share: 0.4,
      containment: 0.75,
      delayMinutes: 60,
      handOverFactor: 1.5,
    };
    const [queue] = changed([bot]).queues;
    expect(sum(queue.offered)).toBeCloseTo(2400 * (1 - 0.4 * 0.75), 9);
    expect(queue.offered[0]).toBeCloseTo(30, 9);
    expect(queue.offered[10]).toBeCloseTo(35, 9);
    expect(queue.ahtSeconds[10]).toBeCloseTo((30 * 180 + 5 * 270) / 35, 9);
    // Work handed over is work contained subtracted: erlangs = contacts × AHT.
    const work = queue.offered.reduce(
      (total, offered, index) => total + offered * queue.ahtSeconds[index],
      0,
    );
    expect(work).toBeCloseTo(2400 * 180 * (0.6 + 0.1 * 1.5), 6);
  });

  test("repeats avoided and after-contact work saved", () => {
    const resolution: Change = { kind: "resolution", queueId: null, repeatShare: 0.2, avoided: 0.5 };
    expect(changed([resolution]).queues[0].offered[0]).toBeCloseTo(45, 12);
    const saved: Change = { kind: "afterContactWork", queueId: null, seconds: 30 };
    expect(changed([saved]).queues[0].ahtSeconds[0]).toBe(150);
    const absurd: Change = { kind: "afterContactWork", queueId: null, seconds: 3000 };
    expect(changed([absurd]).queues[0].ahtSeconds[0]).toBe(1);
  });

  test("what is not changed is the same object", () => {
    const base = smallPlan();
    const outcome = applyChanges(base, [
      { kind: "volume", queueId: null, factor: 1, window: null },
      { kind: "agents", groupId: "team", count: 0, window: null },
    ]);
    expect(outcome.ok && outcome.value).toBe(base);
  });

  test("a change that no interval of the plan feels is said, instead of doing nothing", () => {
    const window = { fromDate: "2027-01-01", toDate: null, weekdays: null, fromMinute: null, toMinute: null };
    const outage: Change = {
      kind: "outage",
      queueId: null,
      date: "2027-01-01",
      fromMinute: 0,
      toMinute: 60,
      redialShare: 0,
      redialMinutes: 5,
    };
    const outcome = applyChanges(smallPlan(), [{ kind: "volume", queueId: null, factor: 2, window }, outage]);
    expect(outcome.issues.map(({ code }) => code)).toEqual(["scenario.emptyWindow", "scenario.outsidePlan"]);
  });

  test("unknown names are said, with the place of the change", () => {
    const outcome = applyChanges(smallPlan(), [
      { kind: "volume", queueId: "voice", factor: 1.1, window: null },
      { kind: "volume", queueId: "fax", factor: 1.1, window: null },
      { kind: "agents", groupId: "nobody", count: 1, window: null },
    ]);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues.map(({ code, values }) => [code, values?.place, values?.name])).toEqual([
      ["scenario.unknownQueue", 2, "fax"],
      ["scenario.unknownGroup", 3, "nobody"],
    ]);
  });
});
