import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import { compared, difference, figure } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

/** 100 contacts an hour of 180 s and too few agents, so that callers give up or take a callback. */
const busy = smallPlan({ groups: [{ id: "team", queueIds: ["voice"], agents: 5 }], replications: 20 });
const offer = (more: Partial<Extract<Change, { kind: "callback" }>> = {}): Change => ({
  kind: "callback",
  queueId: null,
  afterSeconds: 20,
  acceptShare: 0.6,
  when: "inTurn",
  ...more,
});

describe("contacts handled", () => {
  test("are those answered and those called back, and all offered are handled, lost or still there", async () => {
    const result = await compared(busy, "simulation", [offer()]);
    const of = (measure: "offered" | "handled" | "calledBack" | "lost", plan: number) =>
      figure(result, plan, measure).value;
    expect(of("calledBack", 0)).toBe(0);
    expect(of("calledBack", 1)).toBeGreaterThan(100);
    expect(of("handled", 1) + of("lost", 1)).toBeCloseTo(of("offered", 1), -1.5);
    expect(figure(result, 1, "handled").halfWidth).toBeGreaterThan(0);
  });

  test("cost less each where fewer are lost for the same wages", async () => {
    const result = await compared(busy, "simulation", [offer()], [offer({ acceptShare: 1 })]);
    for (const plan of [1, 2]) {
      expect(difference(result, plan, "lost").value).toBeLessThan(0);
      expect(difference(result, plan, "cost").value).toBe(0);
      const perContact = difference(result, plan, "costPerContact");
      expect(perContact.value + perContact.halfWidth).toBeLessThan(0);
    }
  });

  test("hold those that a bot settles, in a row of their own, by formula and by simulation", async () => {
    const bot: Change = {
      kind: "deflection",
      queueId: null,
      share: 0.2,
      containment: 0.7,
      delayMinutes: 15,
      handOverFactor: 1,
      pricePerContact: 0,
    };
    for (const method of ["formula", "simulation"] as const) {
      const result = await compared(busy, method, [bot]);
      expect(figure(result, 1, "settled").value).toBeCloseTo(2400 * 0.14, 6);
      expect(difference(result, 1, "costPerContact").value).toBeLessThan(0);
    }
  });
});

test("a callback counts as in time where it is made within its promise, and without a promise never", async () => {
  const result = await compared(
    busy,
    "simulation",
    [offer()],
    [offer({ promiseMinutes: 5 })],
    [offer({ promiseMinutes: 1440 })],
  );
  const [without, short, long] = [1, 2, 3].map((plan) => figure(result, plan, "serviceLevel").value);
  expect(short).toBeGreaterThan(without);
  expect(long).toBeGreaterThan(short);
  // All who were called back within a day are in time: the difference is exactly theirs.
  const share = figure(result, 3, "calledBack").value / figure(result, 3, "offered").value;
  expect(long - without).toBeCloseTo(share, 2);
});

test("all queues together have the interval of their sum, not the sum of their intervals", async () => {
  const two = smallPlan({
    queues: [
      { id: "voice", perHour: 100 },
      { id: "back", perHour: 60 },
    ],
    groups: [{ id: "team", queueIds: ["voice", "back"], agents: 9 }],
    days: 3,
    replications: 20,
  });
  const result = await compared(two, "simulation");
  const [voice, back, all] = ["voice", "back", null].map((id) => figure(result, 0, "serviceLevel", id));
  const contacts = ["voice", "back"].map((id) => figure(result, 0, "offered", id).value);
  const weighted = (voice.value * contacts[0] + back.value * contacts[1]) / (contacts[0] + contacts[1]);
  expect(all.value).toBeCloseTo(weighted, 9);
  // The two share their agents, so that bad hours are bad for both: independent intervals would be too narrow.
  const independent =
    Math.hypot(voice.halfWidth * contacts[0], back.halfWidth * contacts[1]) / (contacts[0] + contacts[1]);
  expect(all.halfWidth).toBeGreaterThan(independent);
});

test("days below goal are counted queue by queue: one queue that always misses beside one that never does are half", async () => {
  const base = smallPlan({
    queues: [
      { id: "voice", perHour: 100 },
      { id: "chat", perHour: 20 },
    ],
    groups: [
      { id: "few", queueIds: ["voice"], agents: 3 },
      { id: "many", queueIds: ["chat"], agents: 9 },
    ],
    days: 2,
    replications: 5,
  });
  const result = await compared(base, "simulation");
  expect(figure(result, 0, "missRisk", "voice").value).toBe(1);
  expect(figure(result, 0, "missRisk", "chat").value).toBe(0);
  expect(figure(result, 0, "missRisk").value).toBe(0.5);
});
