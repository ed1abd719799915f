import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/domain/outcome.ts";
import { grantRequest, type NewLeaveRequest, withRequest } from "../../src/domain/plan/edit-leave.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { leaveCost } from "../../src/leave/leave-cost.ts";
import { leaveLimits } from "../../src/leave/leave-limit.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { ratioDifference, ratioFigure } from "../../src/scenarios/measuring/figures.ts";
import { simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { simulationStage } from "../../src/stages/simulation.ts";
import { staffedPlan } from "./staffed-plan.ts";

const monday: Omit<NewLeaveRequest, "agentId"> = {
  kind: "holiday",
  fromDate: "2026-11-02",
  toDate: "2026-11-02",
  askedOn: null,
};

function answerOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new RangeError(outcome.issues.map(({ code }) => code).join());
  return outcome.value;
}

function granted(document: PlanDocument, agentId: string): PlanDocument {
  const asked = withRequest(document, { ...monday, agentId });
  return answerOf(grantRequest(asked, asked.plan.leave!.requests.at(-1)!.id));
}

function limitsOf(document: PlanDocument) {
  const { plan, results } = document;
  return leaveLimits({
    plan,
    requirement: results.requirement!.value,
    roster: results.roster?.value ?? null,
  });
}

/** What happened to each queue on customers of another seed, replication by replication. */
async function simulatedFresh(document: PlanDocument, seed: number) {
  const input = simulationStage.read({ ...document, plan: { ...document.plan, seed } })!;
  const { queues } = answerOf(await simulateContacts({ ...input, replications: 150 }));
  return queues.map(({ replicationDays: { answeredInTime, serviceLevelBase } }) => ({
    above: answeredInTime,
    below: serviceLevelBase,
  }));
}

describe("what granting costs", () => {
  test.each([1, 2, 3, 4, 5, 6])(
    "one more than the limit costs what a simulation of fresh customers then shows, plan %i",
    async (seed) => {
      const random = randomStream(seed, "plan");
      const document = staffedPlan({
        seed,
        voicePerHour: 70 + Math.floor(50 * random.uniform()),
        voiceAgents: 4 + Math.floor(5 * random.uniform()),
        bothAgents: 3 + Math.floor(4 * random.uniform()),
      });
      // As many off as the limit lets, then one more.
      let full = document;
      for (let more = limitsOf(full).groups[0].days[0].more; more > 0; more--) {
        const left = full.results.roster!.value.assignments.find(({ agentId }) =>
          agentId.startsWith("voice-"),
        )!;
        full = granted(full, left.agentId);
      }
      expect(limitsOf(full).groups[0].days[0].more).toBe(0);
      const { agentId } = full.results.roster!.value.assignments.find((one) =>
        one.agentId.startsWith("voice-"),
      )!;
      const outcome = await leaveCost({ document: full, request: { ...monday, agentId }, replications: 150 });
      expect(outcome.issues.map(({ code }) => code)).toContain("leave.overLimit");
      const { total } = answerOf(outcome);
      const before = await simulatedFresh(full, seed + 1000);
      const after = await simulatedFresh(granted(full, agentId), seed + 1000);
      for (const [at, queue] of total.entries()) {
        const level = ratioFigure(after[at])!;
        const shown = ratioDifference(after[at], before[at])!;
        expect(Math.abs(queue.after!.value - level.value)).toBeLessThan(
          queue.after!.halfWidth + level.halfWidth,
        );
        expect(Math.abs(queue.difference!.value - shown.value)).toBeLessThan(
          queue.difference!.halfWidth + shown.halfWidth,
        );
      }
      const voice = total.find(({ queueId }) => queueId === "voice")!;
      expect(voice.difference!.value + voice.difference!.halfWidth).toBeLessThan(0);
    },
  );

  test("the same customers on both sides: who is not there anyway costs exactly nothing", async () => {
    const document = staffedPlan({});
    const roster = document.results.roster!;
    const assignments = roster.value.assignments.filter(({ agentId }) => agentId !== "voice-0");
    const without = {
      ...document,
      results: { ...document.results, roster: { ...roster, value: { ...roster.value, assignments } } },
    };
    const outcome = await leaveCost({ document: without, request: { ...monday, agentId: "voice-0" } });
    expect(answerOf(outcome)).toMatchObject({ openShifts: 0, days: [], total: [], coverCost: 0 });
  });

  test("the day lacks the hours that the shift put where they were needed, and no more", async () => {
    const document = staffedPlan({ voiceAgents: 2, bothAgents: 3 });
    const { days } = answerOf(
      await leaveCost({ document, request: { ...monday, agentId: "voice-0" }, replications: 2 }),
    );
    // Short in every interval already: ten hours of work are ten hours short.
    expect(days[0].hoursShortAfter - days[0].hoursShortBefore).toBeCloseTo(10, 9);
  });

  test("who could cover is named once, with what the shift costs", async () => {
    const document = staffedPlan({});
    const roster = document.results.roster!;
    const free = roster.value.assignments.filter(({ agentId }) => agentId !== "both-1");
    const spare = {
      ...document,
      results: { ...document.results, roster: { ...roster, value: { ...roster.value, assignments: free } } },
    };
    const cost = answerOf(
      await leaveCost({ document: spare, request: { ...monday, agentId: "voice-0" }, replications: 2 }),
    );
    expect(cost.cover.map(({ agentId, candidates }) => [agentId, candidates])).toEqual([["both-1", 1]]);
    // Ten hours at 20.
    expect([cost.openHours, cost.coverCost]).toEqual([10, 200]);
  });

  test("without a roster the requirement's arithmetic answers", async () => {
    const { results, ...document } = staffedPlan({ voiceAgents: 4, bothAgents: 3 });
    const planned = { ...document, results: { ...results, roster: null } };
    const before = limitsOf(planned).groups[0].days[0];
    const cost = answerOf(await leaveCost({ document: planned, request: { ...monday, agentId: "voice-0" } }));
    expect(cost).toMatchObject({ method: "requirement", replications: null, openShifts: 0, cover: [] });
    expect(before.more).toBe(0);
    const [voice] = cost.total;
    expect(voice.difference!.value).toBeLessThan(0);
    expect(voice.difference!.halfWidth).toBe(0);
    expect(cost.days[0].hoursShortAfter - cost.days[0].hoursShortBefore).toBe(10);
  });

  test("a request that cannot be granted has no cost", async () => {
    const document = staffedPlan({});
    const costOf = async (request: Partial<NewLeaveRequest>) => {
      const outcome = await leaveCost({ document, request: { ...monday, agentId: "voice-0", ...request } });
      return outcome.ok ? null : outcome.issues.map(({ code }) => code);
    };
    expect(await costOf({ agentId: "nobody" })).toEqual(["leave.unknownPerson"]);
    expect(await costOf({ toDate: "2026-11-01" })).toEqual(["leave.badRange"]);
    expect(await costOf({ fromDate: "2027-01-04", toDate: "2027-01-05" })).toEqual(["leave.outsidePeriod"]);
    const { results, ...rest } = document;
    const bare = { ...rest, results: { ...results, requirement: null } };
    const outcome = await leaveCost({ document: bare, request: { ...monday, agentId: "voice-0" } });
    expect(outcome.issues.map(({ code }) => code)).toEqual(["leave.noRequirement"]);
  });
});
