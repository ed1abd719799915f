import { describe, expect, test } from "vitest";
import { withAgentKey, withoutAgents } from "../../../src/domain/plan/edit-people.ts";
import type { SkillLevel } from "../../../src/domain/plan/people-list.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { personKeys, toldUntil } from "../../../src/domain/plan/published-roster.ts";
import type { Assignment } from "../../../src/domain/plan/roster.ts";
import { publishRoster, rosterChanges } from "../../../src/domain/plan/roster-changes.ts";
import { updatePeople } from "../../../src/domain/plan/update-people.ts";
import { readPlanDocument } from "../../../src/files/plan-document.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import { staffedPlan } from "../../leave/staffed-plan.ts";

const document = staffedPlan({ days: 2 });

function published(before: PlanDocument): PlanDocument {
  const outcome = publishRoster(before, { publishedAt: "2026-11-01T10:00:00Z", note: "" });
  if (!outcome.ok) throw new RangeError("not published");
  return outcome.value;
}

/** One more person, as a list of people brings them in. */
function joined(before: PlanDocument, key: string, name: string): PlanDocument {
  const levels = new Map<string, SkillLevel>([["voice", "primary"]]);
  return updatePeople(before, [{ line: 2, key, name, levels, contract: "five" }], {
    contracts: [{ text: "five", contractId: "five" }],
    refusedKeys: new Set(),
    departures: new Map(),
  }).document;
}

function withAssignments(
  before: PlanDocument,
  change: (assignments: readonly Assignment[]) => Assignment[],
): PlanDocument {
  const roster = before.results.roster!;
  const value = { ...roster.value, assignments: change(roster.value.assignments) };
  return { ...before, results: { ...before.results, roster: { ...roster, value } } };
}

/** The shifts of one person given to another. */
const given = (before: PlanDocument, from: string, to: string) =>
  withAssignments(before, (all) => all.map((one) => (one.agentId === from ? { ...one, agentId: to } : one)));

const changesByName = (of: PlanDocument, since: number) =>
  rosterChanges(of, since, "roster").map(({ name, changes }) => [
    name,
    changes.map(({ date, before, after }) => [date, before?.start, after?.start]),
  ]);

describe("a newcomer with the freed id of a renamed person", () => {
  const renamed = withAgentKey(published(document), "voice-0", "Z1");
  const twice = published(given(joined(renamed, "voice-0", "Nora"), "voice-1", "voice-0"));

  test("keeps what they were told when that person leaves", () => {
    const after = rosterChanges(withoutAgents(twice, new Set(["Z1"])), 2, "roster");
    expect(
      after.map(({ name, changes }) => [name, changes.every((change) => change.after === null)]),
    ).toEqual([["Agent voice-0", true]]);
  });

  test("has no changes for another id of their own", () => {
    expect(rosterChanges(twice, 2, "roster")).toEqual([]);
    expect(rosterChanges(withAgentKey(twice, "voice-0", "Q9"), 2, "roster")).toEqual([]);
  });
});

test("a newcomer with the id of somebody who was removed does not take over what was published", () => {
  const removed = withoutAgents(published(document), new Set(["voice-0"]));
  const back = given(joined(removed, "voice-0", "Nora"), "voice-1", "voice-0");
  expect(changesByName(back, 1).map(([name]) => name)).toEqual(["Agent voice-1", "Nora", "Agent voice-0"]);
});

test("a plan file in which two people came to have one key opens with a key for each", () => {
  const agents = document.plan.agents.map((agent, at) =>
    at < 2 ? { ...agent, firstId: "A001" } : at === 2 ? { ...agent, id: "A001" } : agent,
  );
  const opened = (of: PlanDocument["plan"]["agents"]) => {
    const outcome = readPlanDocument({ ...document, plan: { ...document.plan, agents: of } });
    if (!outcome.ok) throw new RangeError("not opened");
    return outcome.value.plan.agents;
  };
  expect([...personKeys(opened(agents)).values()].slice(0, 3)).toEqual(["A001", "A001+", "A001++"]);
  expect(opened(document.plan.agents)).toEqual(document.plan.agents);
});

/** Thirty edits and publications; after each, what must hold of it. Returns how many shifts were compared. */
function followedSeed(seed: number): number {
  const random = randomStream(seed);
  const pick = (count: number) => Math.floor(random.uniform() * count);
  const ids = ["voice-0", "voice-1", "both-0", "A001", "A001+"];
  let now = published(document);
  let compared = 0;
  const somebody = () => now.plan.agents[pick(now.plan.agents.length)].id;
  const shiftsByName = (of: PlanDocument) =>
    [...toldUntil(of.published!).values()].flatMap(({ name, date, shift }) =>
      shift === null ? [] : [`${name} ${date}`],
    );
  for (let step = 0; step < 30; step++) {
    const before = now;
    const deed = pick(5);
    if (deed === 0) {
      now = withAgentKey(now, somebody(), ids[pick(ids.length)]);
      expect(changesByName(now, 1), `seed ${seed}`).toEqual(changesByName(before, 1));
    } else if (deed === 1 && now.plan.agents.length > 5) now = withoutAgents(now, new Set([somebody()]));
    else if (deed === 2) {
      const free = ids.filter((id) => now.plan.agents.every((agent) => agent.id !== id));
      if (free.length > 0) now = joined(now, free[pick(free.length)], `Newcomer ${step}`);
    } else if (deed === 3) {
      const to = somebody();
      const idle = now.results.roster!.value.assignments.every(({ agentId }) => agentId !== to);
      if (idle) now = given(now, somebody(), to);
    } else now = published(now);
    const keys = [...personKeys(now.plan.agents).values()];
    expect(new Set(keys).size, `seed ${seed}`).toBe(keys.length);
    if (now.published === before.published) continue;
    // What is published of each name is what the roster gives that person, and of nobody who has left.
    const nameOf = new Map(now.plan.agents.map(({ id, name }) => [id, name]));
    const told = shiftsByName(now);
    const rostered = now.results.roster!.value.assignments.map(
      ({ agentId, shift: { date } }) => `${nameOf.get(agentId)} ${date}`,
    );
    expect(told.sort(), `seed ${seed}`).toEqual(rostered.sort());
    compared += told.length;
  }
  for (const { personKey, name } of toldUntil(now.published!).values())
    for (const { names } of now.published!.versions) expect(names[personKey] ?? name).toBe(name);
  return compared;
}

test("each person's published shifts stay theirs, whoever is renamed, removed or comes with a freed id", () => {
  const compared = Array.from({ length: 40 }, (_, at) => followedSeed(at + 1));
  expect(compared.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000);
});
