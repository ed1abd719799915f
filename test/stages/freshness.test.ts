import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { PlanDocument, StageName } from "../../src/domain/plan/plan.ts";
import { stageNamed, stageOrder } from "../../src/stages/chain.ts";
import { stageFreshness, stageInputKey, stagesBefore } from "../../src/stages/freshness.ts";
import { filledDocument } from "./filled-document.ts";
import { fullPlan, leavesOf } from "./leaves-of-plan.ts";

/**
 * Which stages a value of a plan may change the answer of; the first line that fits counts. A new field of a plan
 * fits none, and the test says so: then it has to be settled here who reads it.
 */
const readers: readonly (readonly [path: RegExp, readers: string])[] = [
  [/^(schemaVersion|id|name|timeZone|intervalMinutes|currency|lostContactValue)$/, ""],
  [/^(scenarios|forecastSnapshots|penalties)\./, ""],
  // Names are words for people; only special days are known by theirs.
  [/^forecast\.specialDays\.name$/, "forecast"],
  [/^forecast\.specialDays\.id$/, ""],
  [/\.name$/, ""],
  [/^(firstDate|dayCount)$/, "forecast"],
  [/^seed$/, "schedule roster simulation"],
  [/^forecast\./, "forecast"],
  [/^requirement\./, "requirement"],
  [/^queues\.id$/, "forecast requirement schedule simulation"],
  [/^queues\.openingHours\./, "forecast requirement simulation"],
  [/^queues\.defaultAhtSeconds$/, "forecast requirement simulation"],
  [/^queues\.goal\.(serviceLevel|answerWithinSeconds|serviceLevelRule)$/, "requirement simulation"],
  [/^queues\.goal\./, "requirement"],
  [/^queues\.minimumAgents$/, "requirement schedule"],
  [/^queues\.deferred\.gapShare$/, "requirement"],
  [/^queues\.deferred\.interruptible$/, "simulation"],
  [/^queues\.(channel|patienceSeconds|concurrency|selfService|deferred)\b/, "requirement simulation"],
  [/^queues\.(redial|waitingPlaces|customers|callback|transfers|priority)\b/, "simulation"],
  [/^queues\.money\./, ""],
  [/^groups\.overflow\./, "simulation"],
  [/^groups\.id$/, "schedule roster simulation"],
  [/^groups\.queueIds$/, "requirement schedule roster simulation"],
  [/^shrinkage\.(id|planned)$/, "simulation"],
  [/^shrinkage\./, "requirement simulation"],
  [/^templates\./, "schedule roster"],
  [/^scheduling\.(costPerHourShort|costPerHourOver)$/, "schedule roster"],
  // What a change costs is read only with the result that would change.
  [/\.changePrice$/, ""],
  // What only a person's accepting changes.
  [/^scheduling\.keepGoals\.reservesMayChange$/, ""],
  [/^scheduling\.keepGoals\./, "schedule"],
  [/^scheduling\.weighByService$/, "schedule"],
  [/^scheduling\./, "schedule"],
  [/^contracts\./, "schedule roster"],
  [/^agents\.(id|groupId)$/, "schedule roster simulation"],
  [/^agents\.proficiency$/, "simulation"],
  [/^agents\.(team|site|email|firstId)$/, ""],
  [/^(peopleList|leave|today|stateMeanings)\./, ""],
  [/^rotations\.name$/, ""],
  // Who takes part counts: here the same person by name and by team.
  [/^meetings\.(agentIds|teams)$/, ""],
  [/^meetings\./, "roster"],
  [/^agents\.(wishes|preferences)\./, "roster"],
  [/^(agents|priorRoster|rotations)\./, "schedule roster"],
  [/^(ledger|rostering)\./, "roster"],
  [/^simulation\./, "simulation"],
];

function readersOf(path: string): readonly string[] {
  const line = readers.find(([pattern]) => pattern.test(path));
  if (line === undefined) throw new RangeError(`who reads ${path}? Settle it in the table of this test`);
  return line[1].split(" ").filter((name) => name !== "");
}

/** Stages whose key an edit changes. */
function changed(before: PlanDocument, after: PlanDocument): StageName[] {
  return stageOrder.filter((stage) => stageInputKey(stage, before) !== stageInputKey(stage, after));
}

const judged = filledDocument(fullPlan());
const { keepGoals: _, ...covering } = judged.plan.scheduling;
const document = filledDocument({ ...judged.plan, scheduling: covering });

describe("a stage is made again exactly for what it reads", () => {
  const leaves = leavesOf(document.plan);

  test("a plan in full has its more than two hundred values", () => {
    expect(new Set(leaves.map(({ path }) => path)).size).toBeGreaterThan(200);
  });

  test.each(leaves.map(({ path, edit }, at) => [`${path} (${at})`, path, edit] as const))(
    "%s",
    (_, path, edit) => {
      expect(changed(document, { ...document, plan: edit(document.plan) })).toEqual(readersOf(path));
    },
  );

  test("with shortage weighed by service, shifts read what service depends on", () => {
    const plan = { ...document.plan, scheduling: { ...document.plan.scheduling, weighByService: true } };
    const weighed = { ...document, plan };
    for (const { path, edit } of leaves.filter((leaf) => leaf.path.startsWith("queues."))) {
      const readsForService = readersOf(path).includes("requirement");
      expect([path, changed(weighed, { ...weighed, plan: edit(plan) }).includes("schedule")]).toEqual([
        path,
        readsForService || readersOf(path).includes("schedule"),
      ]);
    }
  });

  test("shifts judged by simulation read besides what a simulation of shifts reads, and the goals", () => {
    const unnamed = { ...document, results: { ...document.results, roster: null } };
    for (const { path, edit } of leavesOf(judged.plan)) {
      // How often Simulate simulates, and how exactly, is nothing to shifts.
      const isSimulated =
        !/^simulation\.(replications|halfWidth)$/.test(path) &&
        (path.startsWith("queues.goal.") ||
          (path.startsWith("scheduling.keepGoals.") && !path.endsWith("reservesMayChange")) ||
          (!path.startsWith("scheduling.keepGoals.") &&
            changed(unnamed, { ...unnamed, plan: edit(unnamed.plan) }).includes("simulation")));
      expect([path, changed(judged, { ...judged, plan: edit(judged.plan) }).includes("schedule")]).toEqual([
        path,
        isSimulated || readersOf(path).includes("schedule"),
      ]);
    }
  });

  test("shifts made as if there were people enough read nobody", () => {
    const plan = { ...document.plan, scheduling: { ...document.plan.scheduling, withoutPeople: true } };
    const without = { ...document, plan };
    for (const { edit } of leaves.filter(({ path }) =>
      /^(agents|contracts|priorRoster|rotations)\./.test(path),
    ))
      expect(changed(without, { ...without, plan: edit(plan) })).not.toContain("schedule");
  });

  test("a simulation of a schedule knows of nobody by name", () => {
    const unnamed = { ...document, results: { ...document.results, roster: null } };
    for (const { edit } of leaves.filter(({ path }) => path.startsWith("agents."))) {
      expect(changed(unnamed, { ...unnamed, plan: edit(unnamed.plan) })).not.toContain("simulation");
    }
  });
});

describe("what a stage reads of others' results", () => {
  test.each(stageOrder)(
    "%s touches the results of the stages it says it comes after, and no others",
    (name) => {
      for (const given of [
        document,
        judged,
        { ...document, results: { ...document.results, roster: null } },
      ]) {
        const touched = new Set<string>();
        const results = new Proxy(given.results, {
          get: (target, stage: StageName) => {
            if (target[stage] !== null) touched.add(stage);
            return target[stage];
          },
        });
        stageNamed(name).read({ ...given, results });
        expect([...touched].sort()).toEqual([...stageNamed(name).after(given)].sort());
      }
    },
  );

  test("a roster made from the requirement comes after it and not after the schedule", () => {
    const rostering = { ...document.plan.rostering, changePrice: 0, buildFrom: "requirement" as const };
    const direct = { ...document, plan: { ...document.plan, rostering } };
    expect(stagesBefore("roster", direct)).toEqual(["forecast", "requirement"]);
    expect(changed(direct, { ...direct, results: { ...direct.results, schedule: null } })).toEqual([]);
  });

  test("a pin or the time a result was made leaves every stage as it is", () => {
    const pinned = structuredClone(document) as unknown as {
      results: { schedule: { value: { shifts: { pinned: boolean }[] } } };
    };
    pinned.results.schedule.value.shifts[0].pinned = true;
    expect(stageInputKey("schedule", pinned as never)).toBe(stageInputKey("schedule", document));
  });

  test("a new seed leaves the forecast fresh and makes what involves chance stale", () => {
    let made = document;
    for (const stage of stageOrder) {
      const result = { ...made.results[stage], inputKey: stageInputKey(stage, made) };
      made = { ...made, results: { ...made.results, [stage]: result } };
    }
    const reseeded = { ...made, plan: { ...made.plan, seed: made.plan.seed + 1 } };
    expect(stageOrder.map((stage) => stageFreshness(stage, made))).toEqual(Array(5).fill("fresh"));
    expect(stageOrder.map((stage) => stageFreshness(stage, reseeded))).toEqual([
      "fresh",
      "fresh",
      "stale",
      "stale",
      "stale",
    ]);
  });

  test("pins of another period stay on the days both have, at the same clock time", () => {
    const shiftOn = (date: string, startMinute: number) => ({
      id: date,
      date,
      startMinute,
      endMinute: startMinute + 480,
      pinned: true,
      activities: [],
    });
    const former = createIntervalGrid("Europe/Berlin", 60, "2026-10-31", 3);
    const shifts = [shiftOn("2026-10-31", 540), shiftOn("2026-11-02", 2 * 1440 + 540)];
    const moved = structuredClone(document) as unknown as {
      results: { schedule: { value: object } };
    };
    moved.results.schedule.value = { grid: former, shifts };
    const { pinned } = stageNamed("schedule").resume(
      moved as never,
      stageNamed("schedule").read(moved as never)!,
    ) as unknown as { pinned: { date: string; startMinute: number }[] };
    expect(pinned.map(({ date, startMinute }) => [date, startMinute])).toEqual([["2026-11-02", 540]]);
  });
});
