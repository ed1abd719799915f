import { expect, test } from "vitest";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import { type RandomStream, randomStream } from "../../src/numerics/random.ts";
import { exchangesFor } from "../../src/rostering/exchanges.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { type RosterInput, rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { randomRosterInput } from "./random-plan.ts";
import { agent, contract, given, input, shift } from "./small-plan.ts";

/** Each shift to somebody who has none that day, or to nobody. */
function givenAtRandom({ schedule, agents }: RosterInput, random: RandomStream): Assignment[] {
  const taken = new Set<string>();
  return (schedule?.shifts ?? []).flatMap((one): Assignment[] => {
    const { id } = agents[Math.floor(random.uniform() * agents.length)];
    if (taken.has(`${id} ${one.date}`)) return [];
    taken.add(`${id} ${one.date}`);
    return [{ agentId: id, shift: one, pinned: random.uniform() < 0.1 }];
  });
}

const rulesOf = (of: readonly { readonly rule: string; readonly agentId: string | null }[]) =>
  of.map(({ rule, agentId }) => `${agentId} ${rule}`).sort();

test("an exchange breaks exactly the rules that the roster breaks once it is made", () => {
  let made = 0;
  let breaking = 0;
  for (let seed = 0; seed < 120; seed++) {
    const random = randomStream(seed, "exchange");
    const from = randomRosterInput(seed);
    if (from.rostering?.buildFrom === "requirement") continue;
    const assignments = givenAtRandom(from, random);
    if (assignments.length === 0) continue;
    const plan = problemFromPlan(
      rosterSource(from),
      assignments.map((one) => one.shift),
    );
    const before = judgeAssignments(plan, assignments).violations.filter(({ penalty }) => penalty === null);
    const known = new Set(before.map(({ rule, agentId, date }) => `${rule} ${agentId} ${date}`));
    const chosen = assignments[Math.floor(random.uniform() * assignments.length)];
    for (const exchange of exchangesFor(plan, assignments, chosen.agentId, chosen.shift.date)) {
      const swapped = assignments.flatMap((one): Assignment[] => {
        if (one === chosen) return [{ ...one, agentId: exchange.agentId }];
        const isReturned = one.agentId === exchange.agentId && one.shift.date === chosen.shift.date;
        return [isReturned ? { ...one, agentId: chosen.agentId } : one];
      });
      const added = judgeAssignments(plan, swapped).violations.filter(
        ({ rule, agentId, date, penalty }) => penalty === null && !known.has(`${rule} ${agentId} ${date}`),
      );
      const claimed = [
        ...exchange.breaksOwn.map((rule) => ({ rule, agentId: chosen.agentId })),
        ...exchange.breaksTheirs.map((rule) => ({ rule, agentId: exchange.agentId })),
      ];
      expect([...new Set(rulesOf(added))]).toEqual(rulesOf(claimed));
      made++;
      breaking += claimed.length > 0 ? 1 : 0;
    }
  }
  expect(made).toBeGreaterThan(60);
  expect(breaking).toBeGreaterThan(10);
});

test("who keeps every rule comes first, a swap before a gift, and a pinned shift is left alone", () => {
  const free = {
    ...contract,
    minimumMinutesPerWeek: 0,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
  };
  const shifts = [shift(0, 8), shift(0, 12), shift(0, 10)];
  const people = [agent("Ada"), agent("Ben"), agent("Cem"), agent("Dee")];
  const plan = problemFromPlan(rosterSource(input(shifts, people, { contracts: [free] })));
  const worked = [
    given("Ada", shifts[0]),
    given("Ben", shifts[1]),
    { ...given("Cem", shifts[2]), pinned: true },
  ];
  const found = exchangesFor(plan, worked, "Ada", shifts[0].date);
  expect(found.map(({ agentId, inReturn }) => `${agentId} ${inReturn?.id ?? "free"}`)).toEqual([
    `Ben ${shifts[1].id}`,
    "Dee free",
  ]);
  expect(exchangesFor(plan, worked, "Dee", shifts[0].date)).toEqual([]);
  expect(exchangesFor(plan, worked, "Cem", shifts[2].date)).toEqual([]);
});
