import { describe, expect, test } from "vitest";
import { weekdayOf } from "../../src/domain/calendar/clock.ts";
import { clockMinuteAt } from "../../src/domain/calendar/interval-grid.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { type Today, todayOnGrid } from "../../src/domain/plan/today.ts";
import { lineMinute } from "../../src/intraday/line-minute.ts";
import { acceptChanges } from "../../src/intraday/options/accept-changes.ts";
import { partiesOf } from "../../src/intraday/options/candidates.ts";
import { dayOptions } from "../../src/intraday/options/day-options.ts";
import type { DayOption, PersonChange } from "../../src/intraday/options/option.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { faultsOfShift } from "../../src/scheduling/check/check-shift.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { seededDay } from "./seeded-day.ts";

async function optionsOf(document: PlanDocument, today: Today) {
  const outcome = await dayOptions(document, today);
  if (!outcome.ok) throw new Error(outcome.issues.map(({ code }) => code).join());
  return outcome.value;
}

function accepted(document: PlanDocument, today: Today, changes: readonly PersonChange[]): PlanDocument {
  const outcome = acceptChanges(document, today, changes);
  if (!outcome.ok) throw new Error(outcome.issues.map(({ code }) => code).join());
  return outcome.value;
}

const assignmentsOf = ({ results }: PlanDocument) => results.roster!.value.assignments;
const gridOf = ({ results }: PlanDocument) => results.roster!.value.grid;

function lineOf(document: PlanDocument, today: Today): number {
  const grid = gridOf(document);
  return lineMinute(grid, today, todayOnGrid(grid, today)!);
}

/** What somebody does in each minute before a line. */
function minutesBefore(shift: Shift | undefined, line: number): string {
  return (shift?.activities ?? [])
    .flatMap(({ kind, startMinute, endMinute }) =>
      Array.from({ length: Math.max(0, Math.min(endMinute, line) - startMinute) }, (_, k) => [
        startMinute + k,
        kind,
      ]),
    )
    .join();
}

/** Hard rules that a roster breaks, judged from nothing but the plan. */
function brokenRules(document: PlanDocument): Set<string> {
  const assignments = assignmentsOf(document);
  const source = rosterSource(rosterStage.read(document)!);
  const problem = problemFromPlan(
    source,
    assignments.map(({ shift }) => shift),
  );
  const { violations } = judgeAssignments(problem, assignments);
  return new Set(
    violations
      .filter(({ penalty }) => penalty === null)
      .map(({ rule, agentId, date }) => `${rule} ${agentId} ${date}`),
  );
}

/** Wages of a shift minute by minute, written anew from what premiums say. */
function wagesByMinute(document: PlanDocument, shift: Shift | undefined): number {
  const { templates, scheduling } = document.plan;
  const rate = (templates.find(({ id }) => id === shift?.templateId)?.costPerHour ?? 0) / 60;
  let sum = 0;
  let paidMinutes = 0;
  for (const { paid, startMinute, endMinute } of shift?.activities ?? [])
    for (let minute = startMinute; paid && minute < endMinute; minute++) {
      paidMinutes++;
      const clock = clockMinuteAt(gridOf(document), minute);
      let share = 1;
      for (const premium of scheduling.premiums ?? []) {
        if (premium.kind === "overtime" && paidMinutes > premium.afterMinutes) share += premium.share;
        if (
          premium.kind === "clock" &&
          premium.weekdays.includes(weekdayOf(shift!.date)) &&
          clock >= premium.fromMinute &&
          clock < premium.toMinute
        )
          share += premium.share;
      }
      sum += rate * share;
    }
  return sum;
}

/** What an option promises and does not keep, when all of its changes are accepted or some of them. */
function promisesBroken(document: PlanDocument, today: Today) {
  const line = lineOf(document, today);
  const rules = brokenRules(document);
  const before = new Map(assignmentsOf(document).map((one) => [`${one.agentId} ${one.shift.date}`, one]));
  const isSick = new Set(today.sick.map(({ agentId }) => agentId));
  return (changes: readonly PersonChange[]): string[] => {
    const after = accepted(document, today, changes);
    const faults: string[] = [];
    const changed = new Map(assignmentsOf(after).map((one) => [`${one.agentId} ${one.shift.date}`, one]));
    let recount = 0;
    for (const key of new Set([...before.keys(), ...changed.keys()])) {
      const [was, is] = [before.get(key), changed.get(key)];
      if (was === is) continue;
      recount += wagesByMinute(document, is?.shift) - wagesByMinute(document, was?.shift);
      if (minutesBefore(was?.shift, line) !== minutesBefore(is?.shift, line)) faults.push(`past of ${key}`);
      if (!changes.some(({ agentId, to }) => `${agentId} ${to.date}` === key))
        faults.push(`not asked: ${key}`);
      if (was?.pinned) faults.push(`pinned: ${key}`);
      if (is === undefined || isSick.has(is.agentId)) faults.push(`not there: ${key}`);
      else {
        const broken = faultsOfShift(document.plan, { grid: gridOf(document) }, is.shift);
        if (broken.some(({ rule }) => rule === "activities")) faults.push(`no shift: ${key}`);
      }
    }
    for (const rule of brokenRules(after)) if (!rules.has(rule)) faults.push(rule);
    const cost = changes.reduce((sum, change) => sum + change.cost, 0);
    if (Math.abs(cost - recount) > 1e-6) faults.push(`cost ${cost} is ${recount}`);
    const sessionStarts = assignmentsOf(after).flatMap(({ agentId, shift }) =>
      isSick.has(agentId)
        ? []
        : shift.activities.flatMap(({ ruleId, startMinute }) => (ruleId ? [startMinute] : [])),
    );
    if (new Set(sessionStarts).size > 1) faults.push("one session at two times");
    return faults;
  };
}

test("no option touches the past, breaks a rule or a contract, or costs other than it says, on 12 days", async () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 12; seed++) {
    const { document, today } = seededDay(seed, seed % 3 === 2 ? { agents: 40, factor: 0.5 } : {});
    const { options } = await optionsOf(document, today);
    const broken = promisesBroken(document, today);
    const stream = randomStream(seed, "some");
    for (const { kind, changes } of options) {
      kinds.add(kind);
      expect([seed, kind, ...broken(changes)]).toEqual([seed, kind]);
      const some = partiesOf(changes).filter(() => stream.uniform() < 0.5);
      expect([seed, kind, ...broken(some.flat())]).toEqual([seed, kind]);
    }
  }
  for (const kind of ["activities", "breaks", "callIn", "callbacks", "overtime", "replan", "timeOff"])
    expect(kinds).toContain(kind);
}, 120_000);

describe("options of a day", () => {
  test("are ranked: those that keep the goals by cost, then the others by cost per contact in time", async () => {
    const perContact = ({ cost, inTimeChange }: DayOption) =>
      inTimeChange.value > 0 ? cost / inTimeChange.value : Number.POSITIVE_INFINITY;
    const isBefore = (a: DayOption, b: DayOption) =>
      a.keepsGoals === b.keepsGoals
        ? a.keepsGoals
          ? a.cost <= b.cost
          : perContact(a) <= perContact(b)
        : a.keepsGoals;
    for (const factor of [1.1, 1.3, 1.5]) {
      const { document, today } = seededDay(3, { factor });
      const { options } = await optionsOf(document, today);
      expect(options.length).toBeGreaterThan(1);
      for (const [at, option] of options.slice(1).entries()) expect(isBefore(options[at], option)).toBe(true);
    }
  });

  test("are the same twice", async () => {
    const { document, today } = seededDay(5);
    expect(await optionsOf(document, today)).toEqual(await optionsOf(document, today));
  });

  test("send people home only where the goals stay kept", async () => {
    const { document, today } = seededDay(2, { agents: 40, factor: 0.5 });
    const { base, options } = await optionsOf(document, today);
    expect(base.keepsGoals).toBe(true);
    expect(options.map(({ kind }) => kind)).toEqual(["timeOff"]);
    expect(options[0].keepsGoals).toBe(true);
    expect(options[0].cost).toBeLessThan(0);
  });

  test("solved together win more than any one kind alone, and say what is lacking where that is not enough", async () => {
    const { document, today } = seededDay(9);
    const { options, shortfall } = await optionsOf(document, today);
    const gain = (wanted: string) =>
      options.find(({ kind }) => kind === wanted)?.inTimeChange.value ?? Number.NEGATIVE_INFINITY;
    for (const kind of ["breaks", "overtime", "callIn"]) expect(gain("replan")).toBeGreaterThan(gain(kind));
    expect(options.some(({ keepsGoals }) => keepsGoals)).toBe(false);
    expect(shortfall?.agents).toBeGreaterThan(0.5);
    expect(shortfall?.refused.length).toBeGreaterThan(0);
  });

  test("accepted twice, or after somebody else's edit, are refused", async () => {
    const { document, today } = seededDay(3, { factor: 1.4 });
    const [option] = (await optionsOf(document, today)).options;
    const after = accepted(document, today, option.changes);
    const again = acceptChanges(after, today, option.changes);
    expect(again.issues.map(({ code }) => code)).toEqual(["today.changedSince"]);
    const late = acceptChanges(document, { ...today, nowMinute: 1430 }, option.changes);
    expect(late.issues.map(({ code }) => code)).toEqual(["today.beforeNow"]);
  });
});

test("time off ends no shift before now, also where now is in the middle of a long meal", async () => {
  const { document, today: began } = seededDay(4, { agents: 40, load: 0.25, replications: 20 });
  const today: Today = { ...began, nowMinute: 730 };
  const line = lineOf(document, today);
  const midnight = line - 730;
  const at = (minute: number) => midnight + minute;
  const work = (startMinute: number, endMinute: number) =>
    ({ kind: "work", startMinute, endMinute, paid: true }) as const;
  const { roster } = document.results;
  // From 12:00 to 13:00 a meal, and an hour of work after it.
  const assignments = assignmentsOf(document).map((assignment) => {
    const { shift } = assignment;
    if (shift.date !== today.date || shift.startMinute >= at(660) || shift.endMinute <= at(840))
      return assignment;
    const meal = { kind: "meal", startMinute: at(720), endMinute: at(780), paid: false } as const;
    const activities = [work(shift.startMinute, at(720)), meal, work(at(780), at(840))];
    return { ...assignment, shift: { ...shift, endMinute: at(840), activities } };
  });
  const resting: PlanDocument = {
    ...document,
    plan: {
      ...document.plan,
      contracts: document.plan.contracts.map((one) => ({ ...one, minimumMinutesPerWeek: 0 })),
      queues: document.plan.queues.map((queue) => ({
        ...queue,
        goal: { ...queue.goal, serviceLevel: 0.05 },
      })),
    },
    results: { ...document.results, roster: { ...roster!, value: { ...roster!.value, assignments } } },
  };
  const { options } = await optionsOf(resting, today);
  const changes = options.flatMap(({ kind, changes: own }) => (kind === "timeOff" ? own : []));
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.filter(({ from }) => from?.endMinute === at(840)).length).toBeGreaterThan(0);
  for (const { to } of changes) expect(to.endMinute).toBeGreaterThan(line);
  accepted(resting, today, changes);
});
