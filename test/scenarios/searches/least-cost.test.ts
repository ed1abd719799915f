import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import {
  cheapestRemedy,
  type LeastCost,
  type LeastCostInput,
} from "../../../src/scenarios/searches/least-cost.ts";
import {
  bought,
  type Remedy,
  type RemedyChoice,
  remediesOn,
} from "../../../src/scenarios/searches/remedies.ts";
import { rostered, smallPlan } from "../small-plan.ts";

const monday = "2026-11-02";
const between = (fromMinute: number, toMinute: number, date = monday) => ({
  fromDate: date,
  toDate: date,
  weekdays: null,
  fromMinute,
  toMinute,
});
const morning = between(600, 720);
const evening = between(960, 1080);
const oneMore = (window: typeof morning): Remedy => ({
  day: 0,
  most: 10,
  unit: { kind: "agents", groupId: "team", count: 1, window },
});
const evenings = {
  kind: "clock" as const,
  id: "e",
  name: "Evening",
  share: 1,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  fromMinute: 960,
  toMinute: 1080,
};
const peaked = smallPlan({ queues: [{ id: "voice", perHour: 230 }], open: { from: 8, to: 20 } });

/** Both windows get 60 % more; an hour in the evening costs twice as much. */
const input: LeastCostInput = {
  ...peaked,
  plan: { ...peaked.plan, scheduling: { ...peaked.plan.scheduling, premiums: [evenings] } },
  changes: [
    { kind: "volume", queueId: null, factor: 1.6, window: morning },
    { kind: "volume", queueId: null, factor: 1.6, window: evening },
  ],
  remedies: [oneMore(morning), oneMore(evening)],
  goals: [{ queueId: "voice", serviceLevel: 0.82 }],
  days: { first: 0, end: 1 },
  eachDay: true,
  replications: 10,
  mostSimulations: 60,
};

async function found(more: Partial<LeastCostInput> = {}): Promise<LeastCost> {
  const outcome = await cheapestRemedy({ ...input, ...more });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

/** What the comparison says of the changes on these days, as the table shows it. */
async function tableOf(
  base: ScenarioInputs,
  what: readonly Change[],
  fix: readonly Change[],
  days = { first: 0, end: base.forecast.grid.dayCount },
) {
  const outcome = await compareScenarios({
    ...base,
    base: what,
    scenarios: [{ id: "fix", name: "fix", changes: [...fix] }],
    days,
    method: "simulation",
    replications: 10,
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const { scopes } = outcome.value.plans[1];
  return {
    cost: scopes.find(({ queueId }) => queueId === null)?.differences?.totalCost?.value,
    level: (queueId: string) =>
      scopes.find((scope) => scope.queueId === queueId)?.figures.serviceLevel?.value ?? 0,
    differences: scopes.map(({ differences }) => differences?.serviceLevel),
  };
}

describe("least-cost remedy", () => {
  test("finds what trying every combination finds, and says that every cheaper one fails only if it was shown", async () => {
    let best = { cost: Number.POSITIVE_INFINITY, steps: [0, 0] };
    for (let a = 0; a <= 10; a++) {
      for (let b = 0; b <= 10; b++) {
        const cost = a * 2 * 20 + b * 2 * 40;
        if (cost >= best.cost) continue;
        const fix = [a, b].flatMap((count, at) => (count > 0 ? [bought(input.remedies[at], count)] : []));
        if ((await tableOf(input, input.changes, fix)).level("voice") >= 0.82) best = { cost, steps: [a, b] };
      }
    }
    const { parts, cost } = await found();
    expect(best.cost).toBeGreaterThan(0);
    expect(cost).toBeCloseTo(best.cost, 6);
    const [{ judged, answer, search }] = parts;
    // The evidence: what is cheaper and was judged is not enough; and far fewer than all 121 were tried.
    expect(judged.filter((one) => one.cost < best.cost - 1e-9).every(({ enough }) => !enough)).toBe(true);
    expect(judged.length).toBeLessThan(40);
    if (search !== "exhaustive") return;
    const failed = judged.filter(({ enough }) => !enough);
    const stepsOf = (purchases: (typeof judged)[number]["purchases"]) =>
      [0, 1].map((remedy) => purchases.find((one) => one.remedy === remedy)?.steps ?? 0);
    for (let a = 0; a <= 10; a++)
      for (let b = 0; b <= 10; b++)
        if (40 * a + 80 * b < (answer?.cost ?? 0) - 1e-9)
          expect(
            failed.some(({ purchases }) => stepsOf(purchases)[0] >= a && stepsOf(purchases)[1] >= b),
          ).toBe(true);
  });

  test("nothing to mend costs nothing", async () => {
    const { parts, cost, changes } = await found({
      changes: [],
      goals: [{ queueId: "voice", serviceLevel: 0.7 }],
    });
    expect(parts[0].status).toBe("kept");
    expect(cost).toBe(0);
    expect(changes).toEqual([]);
  });

  test("what no remedy reaches has no answer, after judging the largest", async () => {
    const few = input.remedies.map((remedy) => ({ ...remedy, most: 1 }));
    const { parts, changes } = await found({
      remedies: few,
      goals: [{ queueId: "voice", serviceLevel: 0.98 }],
    });
    expect(parts[0].status).toBe("outOfReach");
    expect(parts[0].judged.at(-1)?.purchases).toEqual([
      { remedy: 0, steps: 1 },
      { remedy: 1, steps: 1 },
    ]);
    expect(changes).toEqual([]);
  });

  test("a budget that ends is said", async () => {
    const { parts } = await found({ mostSimulations: 1 });
    expect(parts[0]).toMatchObject({ status: "outOfReach", search: "ended" });
  });

  test("without remedies or goals there is nothing to search", async () => {
    expect((await cheapestRemedy({ ...input, remedies: [] })).issues[0].code).toBe("leastCost.noRemedy");
    expect((await cheapestRemedy({ ...input, goals: [] })).issues[0].code).toBe("leastCost.noGoal");
  });
});

const choice: RemedyChoice = {
  groupIds: ["ga", "gb"],
  shifts: true,
  blockHours: null,
  overtimeMinutes: null,
  vendorPricePerHour: null,
  vendorPricePerContact: null,
};

/** Two queues over three days from Friday, in a zone; shifts of eight hours by day and into the night, with premiums. */
function weekend(zone: string): ScenarioInputs {
  const inputs = smallPlan({
    queues: [
      { id: "a", perHour: 90 },
      { id: "b", perHour: 60 },
    ],
    groups: [
      { id: "ga", queueIds: ["a"], agents: 7 },
      { id: "gb", queueIds: ["b"], agents: 6 },
    ],
    open: { from: 8, to: 24 },
    days: 3,
    replications: 10,
  });
  const grid = createIntervalGrid(zone, 30, "2026-11-06", 3);
  const [long] = inputs.plan.templates;
  const meal = {
    id: "meal",
    kind: "meal" as const,
    lengthMinutes: 30,
    paid: false,
    earliestMinute: 120,
    latestMinute: 300,
  };
  const day = {
    ...long,
    id: "day",
    earliestStartMinute: 480,
    latestStartMinute: 600,
    startStepMinutes: 60,
    lengthsMinutes: [510],
    breaks: [meal],
  };
  const night = { ...day, id: "night", earliestStartMinute: 960, latestStartMinute: 1080, costPerHour: 23 };
  const shifts = (inputs.schedule?.shifts ?? []).map((shift) => ({
    ...shift,
    date: ["2026-11-06", "2026-11-07", "2026-11-08"][Math.floor(shift.startMinute / 1440)],
  }));
  const clock = { kind: "clock" as const, weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 };
  return {
    ...inputs,
    plan: {
      ...inputs.plan,
      timeZone: zone,
      firstDate: "2026-11-06",
      templates: [long, day, night],
      scheduling: {
        ...inputs.plan.scheduling,
        premiums: [
          { ...clock, id: "n", name: "Night", share: 0.25, fromMinute: 1320, toMinute: 360 },
          { ...clock, id: "s", name: "Sunday", share: 0.5, weekdays: [7] },
          { kind: "overtime", id: "o", name: "Overtime", share: 0.4, afterMinutes: 960 },
        ],
      },
    },
    forecast: { ...inputs.forecast, grid },
    schedule: inputs.schedule && { ...inputs.schedule, grid, shifts },
  };
}

const busySunday: Change = {
  kind: "volume",
  queueId: null,
  factor: 1.5,
  window: { fromDate: "2026-11-08", toDate: "2026-11-08", weekdays: null, fromMinute: null, toMinute: null },
};
const goals = [
  { queueId: "a", serviceLevel: 0.8 },
  { queueId: "b", serviceLevel: 0.75 },
];

async function fixOf(base: ScenarioInputs, part: Partial<RemedyChoice>, more: Partial<LeastCostInput> = {}) {
  const days = { first: 0, end: 3 };
  const remedies = remediesOn(base, days, { ...choice, ...part });
  return found({ ...base, changes: [busySunday], remedies, goals, days, mostSimulations: 12, ...more });
}

describe("a fix by the plan's own shifts", () => {
  test.each([
    ["Europe/Berlin", "shifts without names", weekend("Europe/Berlin")],
    ["America/New_York", "a roster", rostered(weekend("America/New_York"))],
    ["Asia/Tokyo", "a roster with open shifts", rostered(weekend("Asia/Tokyo"), 2)],
  ])(
    "costs what the table shows to the cent, premiums of Sunday and night included: %s, %s",
    async (_z, _s, base) => {
      const { cost, changes, parts, checks } = await fixOf(base, {});
      const table = await tableOf(base, [busySunday], changes);
      expect(cost).toBeGreaterThan(0);
      expect(table.cost).toBeCloseTo(cost, 6);
      // Every queue on every day that was asked for, not a mixture.
      for (const { days, answer } of parts) {
        const there = await tableOf(base, [busySunday], changes, days);
        expect(answer?.enough).toBe(true);
        expect(there.level("a")).toBeGreaterThanOrEqual(0.8);
        expect(there.level("b")).toBeGreaterThanOrEqual(0.75);
      }
      expect(checks.map(({ queueId }) => queueId)).toEqual(["a", "b", "a", "b", "a", "b"]);
      expect(checks.every(({ level }) => level.halfWidth > 0)).toBe(true);
    },
  );

  test("each change keeps its date, so that other days are not touched", async () => {
    const base = weekend("Europe/Berlin");
    const { changes, parts } = await fixOf(base, {}, { days: { first: 2, end: 3 } });
    expect(parts).toHaveLength(1);
    expect(changes.every((change) => change.kind === "shifts" && change.date === "2026-11-08")).toBe(true);
    const friday = await tableOf(base, [busySunday], changes, { first: 0, end: 1 });
    expect(friday.differences).toEqual(friday.differences.map(() => ({ value: 0, halfWidth: 0 })));
    expect(friday.cost).toBe(0);
  });

  test.each([
    ["blocks without breaks", { shifts: false, blockHours: 4 }],
    [
      "overtime, and a service provider by the hour",
      { shifts: false, overtimeMinutes: 120, vendorPricePerHour: 36 },
    ],
    ["a service provider by the contact", { shifts: false, vendorPricePerContact: 2.5 }],
  ])("can be made of %s, at their own price", async (_name, part) => {
    const base = weekend("Europe/Berlin");
    const { cost, changes, parts } = await fixOf(base, part, { days: { first: 2, end: 3 } });
    expect(parts[0].status).toBe("restored");
    const table = await tableOf(base, [busySunday], changes, { first: 2, end: 3 });
    expect(table.cost).toBeCloseTo(cost, 6);
    expect(table.level("a")).toBeGreaterThanOrEqual(0.8);
  });

  test("over the days together one day may be below as long as all of them reach it", async () => {
    const base = weekend("Europe/Berlin");
    const each = await fixOf(base, {});
    const together = await fixOf(base, {}, { eachDay: false });
    expect(together.parts).toHaveLength(1);
    expect(together.cost).toBeLessThan(each.cost);
    const table = await tableOf(base, [busySunday], together.changes);
    expect(table.level("a")).toBeGreaterThanOrEqual(0.8);
    expect(table.level("b")).toBeGreaterThanOrEqual(0.75);
  });

  test("hundreds of agents, where hundreds are missing", async () => {
    const big = smallPlan({
      queues: [{ id: "voice", perHour: 5000 }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 60 }],
      open: { from: 8, to: 12 },
      replications: 4,
    });
    const [long] = big.plan.templates;
    const four = { ...long, earliestStartMinute: 480, latestStartMinute: 480, lengthsMinutes: [240] };
    const base = { ...big, plan: { ...big.plan, templates: [four] } };
    const days = { first: 0, end: 1 };
    const remedies = remediesOn(base, days, { ...choice, groupIds: ["team"] });
    const voice = [{ queueId: "voice", serviceLevel: 0.8 }];
    const { changes, parts } = await found({
      ...base,
      changes: [],
      remedies,
      goals: voice,
      days,
      replications: 4,
      mostSimulations: 14,
    });
    expect(parts[0].status).toBe("restored");
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind: "shifts" });
    expect(changes[0].kind === "shifts" ? changes[0].count : 0).toBeGreaterThan(150);
  });
});

describe("fresh customers", () => {
  // Found among the first sixty: with one search more, each of them stays short.
  const seeds = [18, 23, 43, 48, 58, 60];
  const ofSeed = (seed: number, onProgress?: Parameters<typeof cheapestRemedy>[1]) =>
    cheapestRemedy({ ...input, plan: { ...input.plan, seed }, replications: 5 }, onProgress);

  test("find every restored day at its goal, or it was searched again as often as is usual", async () => {
    let held = 0;
    for (const seed of seeds) {
      const outcome = await ofSeed(seed);
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      const [{ level, goal }] = outcome.value.checks;
      if (level.value >= goal) held++;
      expect(level.value + level.halfWidth).toBeGreaterThan(goal);
    }
    expect(held).toBe(seeds.length);
  });

  test("are said of the fix they met: what is searched again has no check until it is done", async () => {
    for (const seed of seeds) {
      const seen: LeastCost[] = [];
      const outcome = await ofSeed(seed, ({ partial }) => partial && seen.push(partial));
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      const { parts, checks } = outcome.value;
      expect(checks).toHaveLength(1);
      for (const partial of seen)
        if (partial.parts[0].judged.length < parts[0].judged.length) expect(partial.checks).toEqual([]);
    }
  });
});
