import { describe, expect, test } from "vitest";
import type { Change } from "../../src/domain/plan/scenario.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { paidHoursOf } from "../../src/domain/plan/wages.ts";
import { applyChanges } from "../../src/scenarios/changes/apply-changes.ts";
import { campaignCurve, curveWithEcho } from "../../src/scenarios/changes/campaign.ts";
import { shiftsAtWork } from "../../src/scenarios/changes/change-people.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { compared, difference, figure } from "./compared.ts";
import { rostered, smallPlan } from "./small-plan.ts";

/** Four weeks from Monday, two queues with a team each, 8 to 18. */
function fourWeeks(replications = 4): ScenarioInputs {
  const inputs = smallPlan({
    queues: [
      { id: "a", perHour: 100 },
      { id: "b", perHour: 60 },
    ],
    groups: [
      { id: "ga", queueIds: ["a"], agents: 6 },
      { id: "gb", queueIds: ["b"], agents: 6 },
    ],
    open: { from: 8, to: 18 },
    days: 28,
    replications,
  });
  const [long] = inputs.plan.templates;
  const day = {
    ...long,
    id: "day",
    earliestStartMinute: 480,
    latestStartMinute: 570,
    lengthsMinutes: [510],
    breaks: [
      {
        id: "meal",
        kind: "meal" as const,
        lengthMinutes: 30,
        paid: false,
        earliestMinute: 180,
        latestMinute: 300,
      },
    ],
  };
  return { ...inputs, plan: { ...inputs.plan, templates: [long, day] } };
}

function changed(base: ScenarioInputs, ...changes: Change[]): ScenarioInputs {
  const outcome = applyChanges(base, changes);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

const addedShifts = (base: ScenarioInputs, after: ScenarioInputs): readonly Shift[] => {
  const before = new Set(shiftsAtWork(base).map(({ id }) => id));
  return shiftsAtWork(after).filter(({ id }) => !before.has(id));
};
const hours = (shifts: readonly Shift[]) => shifts.reduce((sum, shift) => sum + paidHoursOf(shift), 0);

const hire = {
  kind: "hire" as const,
  groupId: "ga",
  contractId: null,
  count: 1,
  startDate: null,
  trainingWeeks: 0,
  startingPace: 1,
  learningWeeks: 0,
};

describe("new people on contracts", () => {
  test.each([1, 3, 10])(
    "%i on 40 hours are paid 160 hours each in four weeks, with days off and breaks",
    (count) => {
      for (const base of [fourWeeks(), rostered(fourWeeks(), 5)]) {
        const shifts = addedShifts(base, changed(base, { ...hire, count }));
        expect(hours(shifts)).toBe(160 * count);
        expect(shifts.every(({ activities }) => activities.some(({ kind }) => kind === "meal"))).toBe(true);
        // Five days a week each, never two shifts on a day.
        const days = new Set(shifts.map(({ id, date }) => `${id.split("@")[0]} ${date}`));
        expect(days.size).toBe(shifts.length);
        expect(shifts).toHaveLength(20 * count);
      }
    },
  );

  test("days off are spread, so that every day of the week gets its share", () => {
    const base = fourWeeks();
    const shifts = addedShifts(base, changed(base, { ...hire, count: 7 }));
    const perDate = new Map<string, number>();
    for (const { date } of shifts) perDate.set(date, (perDate.get(date) ?? 0) + 1);
    expect(perDate.size).toBe(28);
    for (const people of perDate.values()) expect(Math.abs(people - 5)).toBeLessThanOrEqual(1);
  });

  test("training is paid and serves nobody; then contacts take longer, a little less each week", async () => {
    const base = fourWeeks();
    const learner = { ...hire, count: 2, trainingWeeks: 1, startingPace: 1.5, learningWeeks: 2 };
    const shifts = addedShifts(base, changed(base, learner));
    const byWeek = [0, 1, 2, 3].map((week) =>
      shifts.filter(({ startMinute }) => Math.floor(startMinute / 10_080) === week),
    );
    expect(byWeek.map((week) => week[0].handleFactor)).toEqual([undefined, 1.5, 1.25, undefined]);
    expect(byWeek[0].every(({ activities }) => activities.every(({ kind }) => kind !== "work"))).toBe(true);
    expect(hours(byWeek[0])).toBe(80);
    const skilled: Change[] = [{ ...hire, count: 2 }];
    const comparison = await compared(base, "simulation", [learner], skilled);
    expect(difference(comparison, 1, "serviceLevel", "a").value).toBeGreaterThan(0);
    expect(difference(comparison, 2, "serviceLevel", "a").value).toBeGreaterThan(
      difference(comparison, 1, "serviceLevel", "a").value,
    );
    expect(difference(comparison, 1, "cost").value).toBeCloseTo(difference(comparison, 2, "cost").value, 6);
    // The formula knows the pace as well.
    const formula = await compared(base, "formula", [learner], skilled);
    expect(difference(formula, 2, "serviceLevel", "a").value).toBeGreaterThan(
      difference(formula, 1, "serviceLevel", "a").value,
    );
  });

  test("who begins after the plan's end is outside of it", () => {
    const outcome = applyChanges(fourWeeks(), [{ ...hire, startDate: "2027-01-04" }]);
    expect(outcome.issues[0].code).toBe("scenario.outsidePlan");
  });

  test("a contract that no template fits is said", () => {
    const base = fourWeeks();
    const [long] = base.plan.templates;
    const none = applyChanges(
      { ...base, plan: { ...base.plan, templates: [{ ...long, groupIds: ["gb"] }] } },
      [hire],
    );
    expect(none.issues[0].code).toBe("scenario.noSuchShift");
  });
});

describe("people who change queues", () => {
  test.each([
    ["shifts without names", fourWeeks()],
    ["a roster", rostered(fourWeeks())],
    ["a roster with open shifts", rostered(fourWeeks(), 9)],
  ])("take their hours with them and invent none, on %s", async (_on, base) => {
    const move: Change = { kind: "move", groupId: "ga", toGroupId: "gb", count: 2, costPerPerson: 800 };
    const comparison = await compared(base, "simulation", [move]);
    expect(difference(comparison, 1, "paidHours")).toEqual({ value: 0, halfWidth: 0 });
    expect(difference(comparison, 1, "cost")).toEqual({ value: 0, halfWidth: 0 });
    expect(difference(comparison, 1, "serviceLevel", "a").value).toBeLessThan(0);
    expect(difference(comparison, 1, "serviceLevel", "b").value).toBeGreaterThan(0);
    const training = comparison.plans[1].ledger.find(({ kind }) => kind === "training");
    expect(training).toMatchObject({ once: true, quantity: Float64Array.of(2), cost: Float64Array.of(1600) });
  });
});

describe("more shifts of a template", () => {
  test("as many, with the template's break, on that day alone; none where the template has no such shift", () => {
    const base = fourWeeks();
    const shifts: Change = {
      kind: "shifts",
      templateId: "day",
      groupId: "ga",
      date: "2026-11-12",
      startMinute: 540,
      lengthMinutes: 510,
      count: 4,
    };
    for (const on of [base, rostered(base)]) {
      const added = addedShifts(on, changed(on, shifts));
      expect(added).toHaveLength(4);
      expect(new Set(added.map(({ date }) => date))).toEqual(new Set(["2026-11-12"]));
      expect(hours(added)).toBe(32);
      // Breaks are spread: not everybody eats at once.
      const meals = added.map(
        ({ activities }) => activities.find(({ kind }) => kind === "meal")?.startMinute,
      );
      expect(new Set(meals).size).toBe(4);
    }
    for (const part of [{ startMinute: 600 }, { lengthMinutes: 480 }, { templateId: "long" }])
      expect(applyChanges(base, [{ ...shifts, ...part }]).issues[0].code).toBe("scenario.noSuchShift");
  });

  test("in a roster the same people come on other days, as rest allows", () => {
    const base = rostered(fourWeeks());
    const on = (date: string): Change => ({
      kind: "shifts",
      templateId: "day",
      groupId: "ga",
      date,
      startMinute: 540,
      lengthMinutes: 510,
      count: 2,
    });
    const after = changed(base, on("2026-11-12"), on("2026-11-13"));
    expect(after.plan.agents.length - base.plan.agents.length).toBe(2);
    expect(after.plan.contracts).toHaveLength(2);
  });
});

describe("a service provider", () => {
  test("takes a share of the contacts at a price for each, within the window", async () => {
    const base = fourWeeks();
    const window = {
      fromDate: "2026-11-02",
      toDate: "2026-11-08",
      weekdays: null,
      fromMinute: null,
      toMinute: null,
    };
    const change: Change = { kind: "outsourcing", queueId: "a", share: 0.25, pricePerContact: 3.2, window };
    const { charges, forecast } = changed(base, change);
    const contacts = 100 * 10 * 7 * 0.25;
    expect(charges?.[0].perDay?.reduce((a, b) => a + b, 0)).toBeCloseTo(contacts, 6);
    const offered = (inputs: ScenarioInputs) => inputs.forecast.queues[0].offered.reduce((a, b) => a + b, 0);
    expect(offered(base) - offered({ ...base, forecast })).toBeCloseTo(contacts, 6);
    const comparison = await compared(base, "simulation", [change], [{ ...change, pricePerContact: null }]);
    expect(figure(comparison, 1, "otherCost").value).toBeCloseTo(contacts * 3.2, 6);
    expect(difference(comparison, 1, "totalCost").value).toBeCloseTo(contacts * 3.2, 6);
    // Without a price it is unknown, and not nothing.
    expect(comparison.plans[2].scopes.at(-1)?.figures.otherCost).toBeNull();
    expect(comparison.plans[2].scopes.at(-1)?.figures.totalCost).toBeNull();
  });

  test.each([
    ["shifts without names", fourWeeks()],
    ["a roster", rostered(fourWeeks())],
  ])("sends agents by the hour: no wages, no paid hours, better service, on %s", async (_on, base) => {
    const window = { fromDate: null, toDate: null, weekdays: [1], fromMinute: 540, toMinute: 720 };
    const change: Change = { kind: "vendorAgents", groupId: "ga", count: 3, pricePerHour: 31, window };
    const comparison = await compared(base, "simulation", [change]);
    expect(difference(comparison, 1, "cost")).toEqual({ value: 0, halfWidth: 0 });
    expect(difference(comparison, 1, "paidHours")).toEqual({ value: 0, halfWidth: 0 });
    expect(figure(comparison, 1, "otherCost").value).toBeCloseTo(3 * 3 * 4 * 31, 6);
    expect(difference(comparison, 1, "serviceLevel", "a").value).toBeGreaterThan(0);
  });
});

describe("a campaign over several days", () => {
  const campaign = {
    kind: "campaign" as const,
    queueId: "a",
    contacts: 900,
    date: "2026-11-04",
    peakDays: 2,
    halfLifeDays: 1,
    echoShare: 0,
    echoDays: 2,
  };

  test("rises evenly to its peak and halves from there", () => {
    const curve = campaignCurve(campaign);
    expect(curve.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(curve[2] / curve[0]).toBeCloseTo(3, 12);
    expect(curve[3] / curve[2]).toBeCloseTo(0.5, 12);
    expect(Math.max(...curve)).toBe(curve[2]);
  });

  test("brings its contacts in all, and the echo on top, later", () => {
    const base = fourWeeks();
    const perDay = (inputs: ScenarioInputs) =>
      Array.from({ length: 28 }, (_, day) =>
        inputs.forecast.queues[0].offered.slice(day * 48, day * 48 + 48).reduce((a, b) => a + b, 0),
      );
    const plain = perDay(changed(base, campaign)).map((contacts) => contacts - 1000);
    expect(plain.slice(0, 2)).toEqual([0, 0]);
    expect(plain.reduce((a, b) => a + b, 0)).toBeCloseTo(900, 1);
    expect(plain.indexOf(Math.max(...plain))).toBe(4);
    const echo = perDay(changed(base, { ...campaign, echoShare: 0.3 })).map((contacts) => contacts - 1000);
    expect(echo.reduce((a, b) => a + b, 0)).toBeCloseTo(900 * 1.3, 0);
    expect(echo[2]).toBeCloseTo(plain[2], 9);
    expect(echo[10]).toBeGreaterThan(plain[10]);
    expect(curveWithEcho({ ...campaign, echoShare: 0 })).toEqual(campaignCurve(campaign));
  });

  test("who finds the queue closed comes when it opens", () => {
    const base = fourWeeks();
    for (const { offered } of base.forecast.queues) offered.fill(0, 4 * 48, 6 * 48);
    const after = changed(base, campaign);
    const day = (at: number) =>
      after.forecast.queues[0].offered.slice(at * 48, at * 48 + 48).reduce((a, b) => a + b, 0);
    expect(day(4) + day(5)).toBe(0);
    expect(day(6) - 1000).toBeGreaterThan(campaignCurve(campaign)[4] * 900 + 1);
  });

  test("costs service on its days", async () => {
    const comparison = await compared(fourWeeks(), "simulation", [{ ...campaign, contacts: 2000 }]);
    const { value, halfWidth } = difference(comparison, 1, "serviceLevel", "a");
    expect(value).toBeLessThan(-halfWidth);
  });
});
