import { beforeAll, describe, expect, test } from "vitest";
import { keepGoals as keepGoalsOf } from "../../src/closed-loop/keep-goals.ts";
import { keepGoalsInRoster, type RosterGoalsInput } from "../../src/closed-loop/keep-goals-in-roster.ts";
import type { Outcome } from "../../src/domain/outcome.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Agent, Assignment, MovedShifts } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { changedDays } from "../../src/stages/changed-days.ts";
import { closedLoopInput, movedRosterInput } from "../../src/stages/closed-loop.ts";
import { rosterProblem, withAssignments, withMovedShifts } from "../../src/stages/judged-roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import { inputOf } from "../../src/stages/stage.ts";
import { agent } from "../rostering/small-plan.ts";
import { lopsided, people } from "./lopsided-roster.ts";

function movedIn(outcome: Outcome<MovedShifts>): MovedShifts {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

const missed = (goals: MovedShifts["judgement"]["goals"]) =>
  goals.filter(({ missedBy }) => missedBy > 0.003).length;
const minutesOf = ({ activities }: Shift) =>
  activities.reduce((sum, { paid, startMinute, endMinute }) => sum + (paid ? endMinute - startMinute : 0), 0);

describe("moving shifts of a roster that leaves evenings and the weekend to nobody", () => {
  let document: PlanDocument;
  let input: RosterGoalsInput;
  let moved: MovedShifts;
  beforeAll(async () => {
    const wish = { kind: "shiftOff", date: "2026-11-07", templateId: null, weight: 5 } as const;
    document = await lopsided(
      Array.from({ length: people }, (_, at) =>
        agent(`a${at}`, {
          groupId: "all",
          ...(at === 1 ? { daysOff: ["2026-11-07", "2026-11-08"] } : {}),
          ...(at === 2 ? { wishes: [wish, { ...wish, date: "2026-11-08" }] } : {}),
        } as Partial<Agent>),
      ),
    );
    input = (await movedRosterInput(document, { span: "day", confidence: null }))!;
    moved = movedIn(await keepGoalsInRoster({ ...input, seconds: 6 }));
  });

  test("more goals are kept, at the same hours of the same people", () => {
    expect(missed(moved.judgement.before)).toBe(7);
    expect(missed(moved.judgement.goals)).toBeLessThan(4);
    expect(moved.assignments).toHaveLength(input.assignments.length);
    for (const [at, { agentId, shift: now, pinned }] of moved.assignments.entries()) {
      const before = input.assignments[at];
      expect([agentId, now.id, pinned, minutesOf(now)]).toEqual([
        before.agentId,
        before.shift.id,
        before.pinned,
        minutesOf(before.shift),
      ]);
    }
    const changed = moved.assignments.filter(({ shift: now }, at) => now !== input.assignments[at].shift);
    expect(changed.length).toBe(moved.judgement.moved);
  });

  test("nobody's rule is newly broken, no wish is worse, and what is pinned stays", () => {
    const hard = (assignments: readonly Assignment[]) =>
      judgeAssignments(rosterProblem(document, assignments)!, assignments).violations.filter(
        ({ penalty }) => penalty === null,
      );
    expect(hard(moved.assignments)).toEqual(hard(input.assignments));
    const datesOf = (agentId: string) =>
      moved.assignments.flatMap((one) => (one.agentId === agentId ? [one.shift.date] : []));
    for (const agentId of ["a1", "a2"])
      expect(datesOf(agentId).filter((date) => date > "2026-11-06")).toEqual([]);
    expect(moved.assignments[0]).toBe(input.assignments[0]);
  });

  test("the same input moves the same shifts", async () => {
    const again = movedIn(await keepGoalsInRoster({ ...input, seconds: 6 }));
    expect(again).toEqual(moved);
  });

  test("in the document the moved shifts are neither short nor over, no day counts as changed, and an edit by hand drops the judgement", () => {
    const roster = withMovedShifts(document, moved)!;
    expect(roster.value.judgement?.moved).toBe(moved.judgement.moved);
    expect(roster.value.violations.filter(({ rule }) => rule === "coverOver")).toEqual([]);
    const accepted = { ...document, results: { ...document.results, roster } };
    expect(changedDays("roster", accepted)).toBe(null);
    const without = (assignments: readonly Assignment[]) => assignments.slice(1);
    const edited = withAssignments(accepted, without).results.roster!;
    expect(edited.value.assignments).toEqual(roster.value.assignments.slice(1));
    expect(edited.value.judgement).toBe(undefined);
    expect(changedDays("roster", { ...accepted, results: { ...accepted.results, roster: edited } })).toBe(
      null,
    );
  });
});

test("a plan that asks for kept goals gets them from its shift stage, as from Optimise", async () => {
  const made = await lopsided([]);
  const keepGoals = { span: "period", confidence: null } as const;
  const scheduling = { ...made.plan.scheduling, seconds: 0.1, keepGoals };
  const asked = { ...made, plan: { ...made.plan, scheduling } };
  const byStage = await scheduleStage.run(inputOf(scheduleStage, asked)!);
  const byOptimise = await keepGoalsOf((await closedLoopInput(asked, keepGoals))!);
  if (!byStage.ok || !byOptimise.ok) throw new Error(JSON.stringify([byStage, byOptimise]));
  expect(byStage.value.judgement?.goals.length).toBeGreaterThan(0);
  expect({ ...byStage.value, seconds: 0 }).toEqual({ ...byOptimise.value, seconds: 0 });
});

test("where all goals are kept nothing moves", async () => {
  const document = await lopsided(
    Array.from({ length: people }, (_, at) => agent(`a${at}`, { groupId: "all" })),
  );
  const input = (await movedRosterInput(document, { span: "period", confidence: null }))!;
  const easy = input.goals.map((goal) => ({ ...goal, serviceLevel: 0.2 }));
  const outcome = await keepGoalsInRoster({ ...input, goals: easy, seconds: 2 });
  const moved = movedIn(outcome);
  expect(moved.judgement.moved).toBe(0);
  expect(outcome.issues.map(({ code }) => code)).toEqual(["closedLoop.allKept"]);
  expect(moved.assignments).toEqual(input.assignments);
});
