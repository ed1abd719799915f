import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../../sample-data/plan.ts";
import { createSessionStore } from "../../../src/app/session/store.ts";
import { addDays } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import { usesOfGroup, withGroup, withoutGroup, withSkill } from "../../../src/domain/plan/edit-groups.ts";
import {
  onChannel,
  unplannedQueueIds,
  usesOfQueue,
  withNewQueue,
  withoutQueue,
  withQueue,
  withQueueMoved,
} from "../../../src/domain/plan/edit-queues.ts";
import { mergerOf, withMergedQueues } from "../../../src/domain/plan/merge-queues.ts";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import { type Plan, type PlanDocument, planSchema } from "../../../src/domain/plan/plan.ts";
import { leftBehind, withClock } from "../../../src/domain/plan/plan-period.ts";
import type { Shift } from "../../../src/domain/plan/shift.ts";
import type { QueueHistory } from "../../../src/domain/results/demand.ts";
import { summedPast } from "../../../src/domain/results/summed-past.ts";
import { planFileText } from "../../../src/files/plan-file.ts";
import { made, scheduleOf } from "../../builders.ts";

const sample = samplePlan();
const [queue, otherQueue] = sample.queues.map(({ id }) => id);
const [group, otherGroup] = sample.groups.map(({ id }) => id);
const date = addDays(sample.firstDate, 2);
const grid = createIntervalGrid(sample.timeZone, sample.intervalMinutes, sample.firstDate, sample.dayCount);
const pastGrid = createIntervalGrid(sample.timeZone, 30, addDays(sample.firstDate, -14), 14);

function past(queueId: string): QueueHistory {
  const length = intervalCount(pastGrid);
  const offered = Float64Array.from({ length }, (_, index) => index % 7);
  return {
    queueId,
    state: new Uint8Array(length).fill(1),
    offered,
    handled: null,
    abandoned: null,
    handleSeconds: null,
  };
}

function shift(id: string, groupId: string, at: string, pinned = false): Shift {
  const templateId = sample.templates[0].id;
  return { id, templateId, groupId, date: at, startMinute: 480, endMinute: 960, activities: [], pinned };
}

const window = { fromDate: null, toDate: null, weekdays: null, fromMinute: null, toMinute: null };
/** The sample plan with every kind of reference that a plan can hold. */
const plan: Plan = {
  ...sample,
  intervalMinutes: 30,
  queues: sample.queues.map((one, at) =>
    at === 0 ? { ...one, transfers: [{ queueId: otherQueue, share: 0.1, ahtSeconds: null }] } : one,
  ),
  groups: sample.groups.map((one) =>
    one.queueIds.includes(otherQueue)
      ? one
      : { ...one, overflow: [{ queueId: otherQueue, afterSeconds: 60 }] },
  ),
  forecast: {
    ...sample.forecast,
    specialDays: [{ id: "s", name: "Mailing", dates: [date], closed: false, effect: 1.2 }],
    overrides: [queue, otherQueue].map((queueId, at) => ({
      id: `o${at}`,
      queueId,
      fromDate: date,
      fromMinute: 0,
      toDate: date,
      toMinute: 1440,
      what: "offered" as const,
      kind: "scale" as const,
      value: 1.1,
      reason: "",
    })),
    outside: {
      name: "x.csv",
      intervalMinutes: 30,
      queues: [{ queueId: otherQueue, startEpochSeconds: [0], offered: [1], ahtSeconds: [null] }],
    },
  },
  forecastSnapshots: [
    {
      id: "n",
      name: "",
      madeAt: "",
      intervalMinutes: 30,
      firstDate: sample.firstDate,
      dayCount: 1,
      queues: [
        { queueId: queue, offered: [1] },
        { queueId: otherQueue, offered: [1] },
      ],
    },
  ],
  today: {
    date,
    nowMinute: 600,
    came: [
      { queueId: queue, offered: [1, null, 2, 3, 4], handled: 5, handleSeconds: 500 },
      { queueId: otherQueue, offered: [10, 1, 2, null, 40], handled: 50, handleSeconds: null },
    ],
    sick: [{ agentId: sample.agents[0].id, fromMinute: 0 }],
  },
  templates: sample.templates.map((template, at) => ({ ...template, groupIds: at === 0 ? [group] : [] })),
  scheduling: {
    ...sample.scheduling,
    minimums: [{ queueId: otherQueue, weekdays: [1], fromMinute: 0, toMinute: 60, agents: 1 }],
    activities: [
      {
        id: "a",
        name: "Coaching",
        kind: "coaching",
        lengthMinutes: 30,
        sessions: 2,
        peopleTogether: 1,
        groupIds: [group, otherGroup],
        weekdays: [1, 2],
        fromMinute: 480,
        toMinute: 960,
      },
    ],
  },
  simulation: {
    ...sample.simulation,
    routing: {
      skillOrders: sample.groups.map(({ id, queueIds }) => ({
        groupId: id,
        queueIds: [...queueIds].reverse(),
      })),
      reserves: [{ groupId: group, queueId: sample.groups[0].queueIds[0], keepFree: 1 }],
    },
    events: [
      { kind: "outage", groupIds: [group], date, fromMinute: 0, toMinute: 60, turnsAway: true },
      { kind: "surge", queueIds: [otherQueue], date, fromMinute: 0, toMinute: 60, factor: 2 },
    ],
  },
  scenarios: [
    { id: "1", name: "One", changes: [{ kind: "volume", queueId: otherQueue, factor: 1.2, window }] },
    {
      id: "2",
      name: "Two",
      changes: [
        { kind: "absence", groupId: group, share: 0.1, window: null },
        { kind: "crossTraining", groupId: group, queueId: otherQueue, count: 2 },
        { kind: "surge", queueId: queue, contacts: 5, shape: "even", date, fromMinute: 0, toMinute: 60 },
      ],
    },
  ],
};

const shifts = [
  shift("1", group, date),
  shift("2", otherGroup, date, true),
  shift("3", group, sample.firstDate),
];
const start: PlanDocument = {
  plan,
  history: { grid: pastGrid, queues: [...plan.queues.map(({ id }) => past(id)), past("Letters")] },
  results: {
    ...noResults,
    schedule: made(
      scheduleOf(grid, shifts, {
        coverage: plan.queues.map(({ id }) => ({
          queueId: id,
          asked: new Float64Array(2),
          staffed: new Float64Array(2),
        })),
        tours: [{ id: "t", ruleId: "r", groupId: group, shiftIds: ["1"] }],
      }),
    ),
    roster: made({
      grid,
      unassigned: [shifts[2]],
      violations: [],
      status: "optimal",
      objective: 0,
      bound: 0,
      seconds: null,
      assignments: shifts
        .slice(0, 2)
        .map((one, at) => ({ agentId: plan.agents[at].id, shift: one, pinned: false })),
    }),
  },
};

/** Paths at which a document names a queue, group, agent, template or contract that its plan does not have. */
function danglingReferences(document: PlanDocument): string[] {
  const ids = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
  const { queues, groups, agents, templates, contracts } = document.plan;
  const known: Readonly<Record<string, ReadonlySet<string>>> = {
    queueId: ids(queues),
    groupId: ids(groups),
    agentId: ids(agents),
    templateId: ids(templates),
    contractId: ids(contracts),
  };
  const dangling: string[] = [];
  function walk(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const named = known[key] ?? known[key.replace(/s$/, "")];
      const references = named === undefined ? [] : [inner].flat().filter((id) => typeof id === "string");
      dangling.push(...references.filter((id) => !named.has(id)).map((id) => `${path}.${key}: ${id}`));
      walk(inner, `${path}.${key}`);
    }
  }
  walk({ plan: document.plan, results: document.results }, "");
  return dangling;
}

/** One edit of the Set-up page, its subjects chosen by numbers. */
type Edit = (document: PlanDocument, a: number, b: number) => PlanDocument;
const pick = <T>(list: readonly T[], number: number): T => list[number % list.length];
const onPlan =
  (change: (plan: Plan, a: number, b: number) => Plan): Edit =>
  (document, a, b) => ({ ...document, plan: change(document.plan, a, b) });
const edits: Readonly<Record<string, Edit>> = {
  moveDates: onPlan((before, a, b) => ({
    ...before,
    firstDate: addDays(before.firstDate, a - 50),
    dayCount: 1 + b,
  })),
  coarser: (document, a) =>
    withClock(document, {
      timeZone: pick(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"], a),
      intervalMinutes: document.plan.intervalMinutes === 60 ? 60 : pick([30, 60], a),
    }),
  renameQueue: onPlan((before, a, b) =>
    withQueue(before, pick(before.queues, a).id, (one) => ({ ...one, name: `Q${b}` })),
  ),
  channel: onPlan((before, a, b) =>
    withQueue(before, pick(before.queues, a).id, (one) =>
      onChannel(one, pick(["voice", "chat", "deferred"], b)),
    ),
  ),
  moveQueue: onPlan((before, a, b) =>
    withQueueMoved(before, pick(before.queues, a).id, b % 2 === 0 ? 1 : -1),
  ),
  addKnownQueue: (document, a) => {
    const unplanned = unplannedQueueIds(document);
    return unplanned.length === 0
      ? document
      : withNewQueue(document, "Post", "deferred", { queueId: pick(unplanned, a) });
  },
  addLike: (document, a, b) => {
    const lent = document.plan.queues.filter(({ id }) =>
      document.history?.queues.some(({ queueId }) => queueId === id),
    );
    if (lent.length === 0) return document;
    return withNewQueue(document, `Like ${b % 5}`, "chat", { like: pick(lent, a).id, share: 0.3 });
  },
  removeQueue: (document, a, b) => {
    const { queues } = document.plan;
    if (queues.length === 1) return document;
    const { id } = pick(queues, a);
    return withoutQueue(
      document,
      id,
      pick(
        queues.filter((one) => one.id !== id),
        b,
      ).id,
    );
  },
  mergeQueues: (document, a, b) => {
    const { queues } = document.plan;
    if (queues.length === 1) return document;
    const { id } = pick(queues, a);
    const others = queues.filter((one) => one.id !== id);
    return withMergedQueues(document, id, pick(others, b).id);
  },
  skill: onPlan((before, a, b) =>
    withSkill(
      before,
      pick(before.groups, a).id,
      pick(before.queues, b).id,
      pick(["serves", "none", { afterSeconds: 30 }] as const, a + b),
    ),
  ),
  addGroup: onPlan((before, a) =>
    before.groups.some(({ id }) => id === `g${a}`)
      ? before
      : withGroup(before, { id: `g${a}`, name: "New", queueIds: [before.queues[0].id] }),
  ),
  removeGroup: (document, a, b) => {
    const { groups } = document.plan;
    if (groups.length === 1) return document;
    const { id } = pick(groups, a);
    return withoutGroup(
      document,
      id,
      pick(
        groups.filter((one) => one.id !== id),
        b,
      ).id,
    );
  },
};

describe("edits of a plan's set-up", () => {
  test("the plan they begin with names nothing that is not there", () => {
    expect(planSchema.safeParse(plan).error).toBeUndefined();
    expect(danglingReferences(start)).toEqual([]);
  });

  test("any sequence of them leaves a valid plan with whole references, and undo gives back the same bytes", () => {
    const before = planFileText(start);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(edits)), fc.nat(100), fc.nat(100)), {
          minLength: 1,
          maxLength: 10,
        }),
        (sequence) => {
          const store = createSessionStore(start);
          for (const [name, a, b] of sequence) {
            store.editDocument(name, (document) => edits[name](document, a, b));
            const { document } = store.state();
            expect(planSchema.safeParse(document.plan).error).toBeUndefined();
            expect(danglingReferences(document)).toEqual([]);
            expect(document.history?.grid.timeZone).toBe(document.plan.timeZone);
            expect(document.history?.grid.intervalMinutes).toBe(document.plan.intervalMinutes);
            // None stays all, and some never become all.
            expect(document.plan.templates.map(({ groupIds }) => groupIds.length > 0)).toEqual(
              plan.templates.map(({ groupIds }) => groupIds.length > 0),
            );
          }
          while (store.state().past.length > 0) store.undo();
          expect(planFileText(store.state().document)).toEqual(before);
        },
      ),
      { numRuns: 80, seed: 14 },
    );
  });

  test("moving the dates a week on leaves behind what is dated before, and says how much", () => {
    expect(leftBehind(start, { firstDate: addDays(plan.firstDate, 7), dayCount: plan.dayCount })).toEqual({
      shifts: 3,
      pinned: 1,
      overrides: 2,
      specialDays: 1,
      floorEvents: 2,
      scenarios: 1,
      daysOfPeople: plan.agents
        .flatMap(({ daysOff, wishes }) => [...daysOff, ...wishes.map((wish) => wish.date)])
        .filter((day) => day < addDays(plan.firstDate, 7)).length,
    });
    expect(leftBehind(start, plan)).toMatchObject({ shifts: 0, overrides: 0, scenarios: 0, daysOfPeople: 0 });
  });

  test("a queue that goes takes its overrides and the changes that name it along, and no scenario; a group of nothing else serves another", () => {
    const uses = usesOfQueue(start, otherQueue);
    expect(uses).toMatchObject({ overrides: 1, scenarios: 2, settings: 3 });
    const after = withoutQueue(start, otherQueue, queue);
    expect(after.plan.scenarios.map(({ id, changes }) => [id, changes.map(({ kind }) => kind)])).toEqual([
      ["1", []],
      [
        "2",
        start.plan.scenarios[1].changes.map(({ kind }) => kind).filter((kind) => kind !== "crossTraining"),
      ],
    ]);
    expect(after.plan.forecast.overrides).toHaveLength(1);
    expect(after.plan.groups.filter(({ queueIds }) => queueIds.includes(queue))).toHaveLength(
      plan.groups.filter(({ queueIds }) => queueIds.includes(queue)).length + uses.groupsAlone,
    );
    expect(after.results.schedule?.value.coverage.map(({ queueId }) => queueId)).not.toContain(otherQueue);
    expect(unplannedQueueIds(after)).toContain(otherQueue);
  });

  test("people and shifts of a group that goes are found in the other one", () => {
    const uses = usesOfGroup(start, group);
    const there = usesOfGroup(start, otherGroup);
    expect(uses).toMatchObject({ shifts: 2, templates: 1, scenarios: 1 });
    expect(usesOfGroup(withoutGroup(start, group, otherGroup), otherGroup)).toMatchObject({
      agents: uses.agents + there.agents,
      shifts: uses.shifts + there.shifts,
      templates: 1,
    });
  });

  test("the last queue of a group is not taken away; a further one comes last among its skills", () => {
    const alone = plan.groups.find(({ queueIds }) => queueIds.length === 1)!;
    const [own] = alone.queueIds;
    const further = plan.queues.find(({ id }) => id !== own)!.id;
    expect(withSkill(plan, alone.id, own, "none")).toBe(plan);
    const both = withSkill(plan, alone.id, further, "serves").groups.find(({ id }) => id === alone.id)!;
    expect(both.queueIds).toEqual([own, further]);
    expect(both.overflow).toBeUndefined();
  });

  test("another zone keeps the clock times of the history and of the roster before", () => {
    const agentId = plan.agents[0].id;
    const worked = {
      templateId: plan.templates[0].id,
      date: "2026-10-24",
      start: "2026-10-24T07:00:00Z",
      end: "2026-10-24T15:00:00Z",
      paidMinutes: 450,
    };
    const priorRoster = {
      firstDate: "2026-10-05",
      lastDate: "2026-11-01",
      people: [{ agentId, shifts: [worked] }],
    };
    const before = { ...start, plan: { ...plan, timeZone: "Europe/Berlin", priorRoster } };
    const after = withClock(before, { timeZone: "America/New_York", intervalMinutes: 30 });
    expect(after.plan.priorRoster?.people[0].shifts[0]).toMatchObject({
      start: "2026-10-24T13:00:00.000Z",
      end: "2026-10-24T21:00:00.000Z",
    });
    expect(after.history?.grid.timeZone).toBe("America/New_York");
    expect(after.plan.forecast.outside).toBeUndefined();
  });
});

describe("a queue merged into another", () => {
  const merged = withMergedQueues(start, otherQueue, queue);

  test("is the sum of both in the history, and named nowhere else", () => {
    const [one, two] = [queue, otherQueue].map(
      (id) => start.history!.queues.find(({ queueId }) => queueId === id)!,
    );
    const sum = merged.history!.queues.find(({ queueId }) => queueId === queue)!;
    expect([...sum.offered]).toEqual([...one.offered].map((contacts, at) => contacts + two.offered[at]));
    expect(JSON.stringify(merged.plan)).not.toContain(`"queueId":"${otherQueue}"`);
    expect(merged.plan.queues.map(({ id }) => id)).not.toContain(otherQueue);
    expect(danglingReferences(merged)).toEqual([]);
  });

  test("knows of the day that is going on what is known of both", () => {
    expect(merged.plan.today?.came).toEqual([
      { queueId: queue, offered: [11, null, 4, null, 44], handled: 55, handleSeconds: null },
    ]);
  });

  test("gets at most all contacts of a third queue that sent more than it had to both", () => {
    const transfers = [queue, otherQueue].map((queueId) => ({ queueId, share: 0.6, ahtSeconds: null }));
    const third = { ...start.plan.queues[0], id: "third", name: "Third", transfers };
    const sent = { ...start, plan: { ...start.plan, queues: [...start.plan.queues, third] } };
    const after = withMergedQueues(sent, otherQueue, queue).plan;
    expect(after.queues.find(({ id }) => id === "third")?.transfers).toMatchObject([
      { queueId: queue, share: 1 },
    ]);
    expect(planSchema.safeParse(after).success).toBe(true);
  });

  test("takes its people and shifts along, in groups that can do different things", () => {
    const skills = merged.plan.groups.map(({ queueIds, overflow }) =>
      JSON.stringify([[...queueIds].sort(), overflow]),
    );
    expect(new Set(skills).size).toBe(skills.length);
    const { groupsAlike, overrides } = mergerOf(start, otherQueue, queue);
    expect(merged.plan.groups).toHaveLength(start.plan.groups.length - groupsAlike);
    expect(groupsAlike).toBeGreaterThan(0);
    expect(merged.plan.forecast.overrides).toHaveLength(start.plan.forecast.overrides.length - overrides);
    expect(merged.plan.agents).toHaveLength(start.plan.agents.length);
    expect(merged.results.schedule?.value.shifts).toHaveLength(start.results.schedule!.value.shifts.length);
  });

  test("counts alone before the other began; while both live, a gap of one is a gap of the sum", () => {
    const of = (queueId: string, states: readonly number[], offered: readonly number[]): QueueHistory => ({
      ...past(queueId),
      state: Uint8Array.from(states),
      offered: Float64Array.from(offered),
      handled: queueId === "Sales" ? Float64Array.from(offered) : null,
    });
    const sales = of("Sales", [1, 1, 1, 1, 0, 2], [5, 6, 7, 8, 0, 0]);
    const salesEu = of("Sales EU", [2, 0, 1, 2, 1, 1], [0, 0, 1, 0, 3, 4]);
    expect(summedPast(sales, salesEu)).toEqual({
      queueId: "Sales",
      state: Uint8Array.of(1, 1, 1, 2, 1, 1),
      offered: Float64Array.of(5, 6, 8, 0, 3, 4),
      handled: Float64Array.of(5, 6, 0, 0, 0, 0),
      abandoned: null,
      handleSeconds: null,
      unknown: { handled: Uint8Array.of(0, 0, 1, 0, 1, 1) },
    });
  });
});
