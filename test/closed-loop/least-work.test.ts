import { describe, expect, test } from "vitest";
import { costOfLeastWork } from "../../src/closed-loop/least-work.ts";
import { javascriptLpSolver } from "../../src/optimising/javascript-lp-adapter.ts";
import { template } from "../scheduling/small-plans.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";

/**
 * A queue of 480 contacts of 300 s on a day: 40 hours of handling, of which 80 % must be answered in time: 32. A shift of
 * four hours at 20 an hour works four hours, and at its end goes on with the contact in hand: 4 + 1/12 hours for 80.
 */
function problem() {
  const instance = dayInstance({ queues: 1, groups: 1, load: 5 }, 1);
  const [queue] = instance.forecast.queues;
  queue.offered.fill(0).fill(480 / 36, 32, 68);
  queue.ahtSeconds.fill(300);
  const templates = [template("four", { lengthsMinutes: [240], costPerHour: 20 })];
  return dayProblem({ plan: { ...instance.plan, templates }, forecast: instance.forecast });
}
const goal = { serviceLevel: 0.8, maxAbandonment: null };
const always = new Float64Array(96).fill(1);
const handPrice = 80 / (4 + 300 / 3600);

describe("the cost of the work alone, against hand arithmetic", () => {
  test("handling of the contacts that must be answered, at the cheapest pay", () => {
    const { plan, shifts } = problem();
    expect(costOfLeastWork(plan, shifts, [goal], always, javascriptLpSolver)).toBeCloseTo(32 * handPrice, 6);
  });

  test("an abandonment goal asks for more of them; no goal for none", () => {
    const { plan, shifts } = problem();
    const few = { serviceLevel: 0.8, maxAbandonment: 0.05 };
    expect(costOfLeastWork(plan, shifts, [few], always, javascriptLpSolver)).toBeCloseTo(38 * handPrice, 6);
    const none = { serviceLevel: null, maxAbandonment: null };
    expect(costOfLeastWork(plan, shifts, [none], always, javascriptLpSolver)).toBe(0);
  });

  test("who is away by shrinkage is paid and does not work", () => {
    const { plan, shifts } = problem();
    const cost = costOfLeastWork(
      plan,
      shifts,
      [goal],
      always.map(() => 0.8),
      javascriptLpSolver,
    );
    expect(cost).toBeCloseTo((32 / 0.8) * handPrice, 6);
  });

  test("two chats at once, each a quarter slower, are done in five eighths of the time", () => {
    const { plan, shifts } = problem();
    const queues = plan.plan.queues.map((queue) => ({
      ...queue,
      concurrency: { maxContacts: 2, slowdown: [1, 1.25] },
    }));
    const chats = { ...plan, plan: { ...plan.plan, queues } };
    const cost = costOfLeastWork(chats, shifts, [goal], always, javascriptLpSolver);
    expect(cost).toBeCloseTo(32 * (1.25 / 2) * handPrice, 6);
  });

  test("pinned shifts are paid in any case, and what they work need not be bought", () => {
    const { plan, shifts } = problem();
    const [group] = shifts.groups;
    const pinned = [
      {
        id: "p",
        templateId: "four",
        groupId: group.id,
        date: "2026-03-02",
        startMinute: 480,
        endMinute: 720,
        activities: [{ kind: "work" as const, startMinute: 480, endMinute: 720, paid: true }],
        pinned: true,
      },
    ];
    const cost = costOfLeastWork(plan, { ...shifts, pinned }, [goal], always, javascriptLpSolver);
    expect(cost).toBeCloseTo(80 + (32 - (4 + 300 / 3600)) * handPrice, 6);
  });

  test("of several groups the cheapest that may", () => {
    const { plan, shifts } = problem();
    const [first] = shifts.groups;
    const groups = [first, { ...first, id: "dear" }];
    const templates = [
      template("cheap", { groupIds: ["nobody"], lengthsMinutes: [240], costPerHour: 1 }),
      template("four", { groupIds: [first.id], lengthsMinutes: [240], costPerHour: 20 }),
      template("dear", { groupIds: ["dear"], lengthsMinutes: [240], costPerHour: 30 }),
    ];
    const wider = { ...plan, plan: { ...plan.plan, groups: groups.map((group) => ({ ...group })) } };
    const cost = costOfLeastWork(wider, { ...shifts, groups, templates }, [goal], always, javascriptLpSolver);
    expect(cost).toBeCloseTo(32 * handPrice, 6);
  });
});
