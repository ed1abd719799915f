import { describe, expect, test } from "vitest";
import { countServiceHere } from "../../src/closed-loop/count-service.ts";
import { openTargets } from "../../src/closed-loop/judged-goals.ts";
import { keepGoals } from "../../src/closed-loop/keep-goals.ts";
import { missesOf } from "../../src/closed-loop/service-targets.ts";
import { tunedReserves, withJudgedReserves } from "../../src/closed-loop/tuned-reserves.ts";
import { withReserves } from "../../src/domain/plan/edit-groups.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { withReservesOf } from "../../src/stages/closed-loop.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";

/** One group answers both queues, of which one must be answered at once and the other may wait a minute. */
function unlikeGoals(seed: number) {
  const problem = dayProblem(dayInstance({ queues: 2, groups: 1, load: 6 }, seed));
  const goals = [
    { ...problem.goals[0], serviceLevel: 0.9, answerWithinSeconds: 10 },
    { ...problem.goals[1], serviceLevel: 0.6, answerWithinSeconds: 60 },
  ];
  const { plan } = problem.plan;
  const queues = plan.queues.map((queue, at) => ({ ...queue, goal: { ...queue.goal, ...goals[at] } }));
  return { ...problem, goals, plan: { ...problem.plan, plan: { ...plan, queues } } };
}

const terms = { span: "day", confidence: null } as const;

describe("reserves that are tuned with the shifts", () => {
  test("let fewer people keep goals of unlike queues; without leave they stay", async () => {
    const problem = unlikeGoals(2);
    const found: Schedule[] = [];
    for (const reservesMayChange of [false, true]) {
      const outcome = await keepGoals({ ...problem, terms: { ...terms, reservesMayChange }, seconds: 4 });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
      found.push(outcome.value);
    }
    const [fixed, tuned] = found;
    expect(fixed.judgement?.reserves).toBe(undefined);
    expect(tuned.judgement?.reserves?.map(({ queueId }) => queueId)).toEqual(["q2"]);
    expect(tuned.cost).toBeLessThan(0.95 * fixed.cost);
    // Customers that neither the search nor its judgement have seen, with the reserves that belong to the shifts.
    const plan = withJudgedReserves(problem.plan, tuned.judgement?.reserves ?? []);
    const counts = await countServiceHere(plan)({
      shifts: tuned.shifts,
      firstReplication: 50_000_000,
      replications: 500,
    });
    const targets = openTargets(problem.plan, problem.goals, terms);
    for (const miss of missesOf(targets, counts, 2)) expect(miss).toBeLessThan(0.01);
  });

  test("are searched by trying: none is proposed that gives no room, and the tries are counted", async () => {
    const problem = unlikeGoals(1);
    let asked = 0;
    const reserves = await tunedReserves({
      plan: problem.plan,
      targets: openTargets(problem.plan, problem.goals, terms),
      shifts: [],
      countFor: (plan) => {
        asked++;
        return countServiceHere(plan);
      },
      firstReplication: 0,
      replications: 3,
      tries: 5,
    });
    // Nobody is there, so nothing helps.
    expect(reserves).toBe(null);
    expect(asked).toBeLessThanOrEqual(6);
  });

  test("become the plan's when their shifts are accepted, and no rule of routing is lost", () => {
    const routing = {
      contact: "skillOrder",
      reserves: [{ groupId: "a", queueId: "x", keepFree: 3 }],
    } as const;
    const plan = { simulation: { routing } } as unknown as Plan;
    const reserves = [{ groupId: "b", queueId: "y", keepFree: 1 }];
    const judgement = { reserves } as unknown as NonNullable<Schedule["judgement"]>;
    expect(withReservesOf({ plan }, { judgement }).plan.simulation.routing).toEqual({
      contact: "skillOrder",
      reserves,
    });
    expect(withReserves(plan, []).simulation.routing).toEqual({ contact: "skillOrder" });
    const document = { plan };
    expect(withReservesOf(document, {})).toBe(document);
  });
});
