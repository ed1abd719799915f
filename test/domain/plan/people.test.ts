import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../../sample-data/plan.ts";
import { addDays } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import {
  daysNeverWorked,
  withAgentKey,
  withAgents,
  withDaysNeverWorked,
  withNewAgents,
  withoutAgents,
} from "../../../src/domain/plan/edit-people.ts";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import { type Plan, type PlanDocument, planSchema } from "../../../src/domain/plan/plan.ts";
import type { Roster } from "../../../src/domain/plan/roster.ts";
import type { Shift } from "../../../src/domain/plan/shift.ts";
import {
  type SkillSet,
  skillSetOf,
  withSkillIn,
  withSkillSets,
} from "../../../src/domain/plan/skill-sets.ts";
import { type PeopleUpdateOptions, updatePeople } from "../../../src/domain/plan/update-people.ts";
import { recogniseColumns } from "../../../src/files/people-columns.ts";
import { peopleCsv, peopleTableOfText, readPeople } from "../../../src/files/people-list.ts";
import { made } from "../../builders.ts";

const sample = samplePlan();
const grid = createIntervalGrid(sample.timeZone, sample.intervalMinutes, sample.firstDate, sample.dayCount);
const someone = sample.agents[0];
const [voice, chat, both] = ["voice", "chat", "both"];

/** Ten people of three groups with a shift on each of the first five days, Ada to Jo. */
const names = ["Ada", "Ben", "Cem", "Dana", "Eli", "Fay", "Gus", "Hal", "Ida", "Jo"];
const agents = names.map((name, at) => ({
  ...someone,
  id: `1020${at}`,
  name,
  team: "A",
  groupId: [voice, chat, both][at % 3],
  contractId: "full",
  proficiency: 1,
  joined: "2020-05-13",
  daysOff: [],
  wishes: [],
}));

function shift(id: string, groupId: string, date: string): Shift {
  const templateId = sample.templates[0].id;
  return { id, templateId, groupId, date, startMinute: 480, endMinute: 960, activities: [], pinned: false };
}

const roster: Roster = {
  grid,
  assignments: agents.flatMap(({ id, groupId }) =>
    [0, 1, 2, 3, 4].map((day) => ({
      agentId: id,
      shift: shift(`${id}/${day}`, groupId, addDays(sample.firstDate, day)),
      pinned: false,
    })),
  ),
  unassigned: [],
  violations: [{ rule: "availability", agentId: "10201", date: sample.firstDate, penalty: null }],
  status: "optimal",
  objective: 0,
  bound: null,
  seconds: null,
  ledger: [],
};
const plan: Plan = { ...sample, agents, ledger: [], scenarios: [] };
const document: PlanDocument = { plan, history: null, results: { ...noResults, roster: made(roster) } };
const nobodyGone: PeopleUpdateOptions = { contracts: [], refusedKeys: new Set(), departures: new Map() };

function listed(text: string, of: Plan = plan) {
  const table = peopleTableOfText(text, "hr.csv", of.queues);
  if (!table.ok) throw new Error(JSON.stringify(table.issues));
  const columns = recogniseColumns(table.value.headings, of.queues, of.peopleList);
  const outcome = readPeople(table.value, of, { columns, dateOrder: null, skills: [] });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}
const update = (text: string, options: Partial<PeopleUpdateOptions> = {}, of: PlanDocument = document) =>
  updatePeople(of, listed(text, of.plan).people, { ...nobodyGone, ...options });
const rosterOf = ({ results }: PlanDocument) => results.roster?.value as Roster;
const groupOf = ({ plan: { agents: all, groups } }: PlanDocument, id: string) =>
  groups.find((group) => group.id === all.find((agent) => agent.id === id)?.groupId);

describe("a list of people over a plan with a roster", () => {
  const rows = peopleCsv(plan).trimEnd().split("\n");
  const edited = (change: (row: string, at: number) => string | null, more: string[] = []) =>
    [...rows.flatMap((row, at) => change(row, at) ?? []), ...more].join("\n");

  test("without keys people are known by name or address, and keep their keys", () => {
    const [first, second] = agents;
    const addressed: PlanDocument = {
      ...document,
      plan: {
        ...plan,
        agents: agents.map((agent) => (agent === second ? { ...agent, email: "Second@x.example" } : agent)),
      },
    };
    const byName = update(`Name,Team\n${first.name},Moved`);
    expect(byName.changed).toMatchObject([{ key: first.id, changes: [{ field: "team", to: "Moved" }] }]);
    expect(byName.gone.map(({ id }) => id)).not.toContain(first.id);
    const byAddress = update("E-mail,Team\nsecond@x.example,Moved", {}, addressed);
    expect(byAddress.changed).toMatchObject([
      { key: second.id, changes: [{ field: "email" }, { field: "team" }] },
    ]);
  });

  test("a name that two people of the plan have tells nobody apart, and neither of them is gone", () => {
    const [first, second] = agents;
    const alike = agents.map((agent) => (agent === second ? { ...agent, name: first.name } : agent));
    const reading = listed(`Name,Team\n${first.name},Moved`, { ...plan, agents: alike });
    expect(reading.people).toEqual([]);
    expect([...reading.refusedKeys]).toEqual([first.id, second.id]);
  });

  test("nobody leaves before their first day", () => {
    const [first] = agents;
    const outcome = update(`Key,Last day\n${first.id},1999-01-01`);
    expect(outcome.issues).toMatchObject([{ code: "people.endBeforeJoining", line: 2 }]);
    expect(outcome.document).toBe(document);
  });

  test("changes three, adds two and ends one, and leaves everybody else's roster alone", () => {
    const text = edited(
      (row, at) => {
        if (at === 1) return row.replace(",A,", ",B,");
        if (at === 2) return row.replace("Full time, 40 h", "Part time, 25 h");
        if (at === 3) return row.replace("Cem", "Cem Kurt");
        return at === 10 ? null : row;
      },
      [
        '10290,Kit,,B,,"Full time, 40 h",1,,1,2026-11-09,,Sat;Sun,',
        '10291,Lea,,B,,"Full time, 40 h",1,2,1,,,,',
      ],
    );
    const lastDate = addDays(plan.firstDate, 1);
    const departures = new Map([["10209", { kind: "end", lastDate } as const]]);
    const after = update(text, { departures });
    expect(after.changed.map(({ key, changes }) => [key, ...changes.map(({ field }) => field)])).toEqual([
      ["10200", "team"],
      ["10201", "contract"],
      ["10202", "name"],
    ]);
    expect(after.added.map(({ key }) => key)).toEqual(["10290", "10291"]);
    expect(after.gone).toEqual([{ id: "10209", name: "Jo", shifts: 5 }]);
    expect(after.unchangedCount).toBe(6);
    expect(after.issues).toEqual([]);

    const stays = ({ agentId }: { readonly agentId: string }) => agentId !== "10209";
    const { assignments, unassigned, violations } = rosterOf(after.document);
    expect(assignments.filter(stays)).toEqual(roster.assignments.filter(stays));
    expect(assignments.filter((one) => !stays(one)).map(({ shift }) => shift.date)).toEqual([
      plan.firstDate,
      lastDate,
    ]);
    expect(unassigned.map(({ id }) => id)).toEqual(["10209/2", "10209/3", "10209/4"]);
    expect(violations).toEqual(roster.violations);
    expect(groupOf(after.document, "10291")?.name).toBe("Voice (+ Chat)");
    expect(after.document.plan.groups.slice(0, 3)).toEqual(plan.groups);
    expect(planSchema.safeParse(after.document.plan).error).toBeUndefined();
  });

  test("once more changes nothing, whatever the plan", () => {
    const level = fc.constantFrom("serves" as const, { afterSeconds: 45 }, null);
    const person = fc.record({
      id: fc
        .stringMatching(/^[=+\-@'A-Za-z0-9 äß中.;,"]{1,8}$/)
        .filter((id) => id.trim() === id && id !== ""),
      name: fc
        .stringMatching(/^[=A-Za-z äé中,;"]{1,12}$/)
        .filter((name) => name.trim() === name && name !== ""),
      levels: fc.tuple(level, level).filter((levels) => levels.some((one) => one !== null)),
      lastDate: fc.constantFrom(undefined, "2027-03-31"),
      daysOff: fc.subarray(["2026-11-02", "2026-11-03", "2026-11-04", "2026-12-24"]),
      never: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { maxLength: 6 }),
      email: fc.constantFrom(undefined, "a@x.example"),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1, maxLength: 12 }),
        (people) => {
          const sets = new Map(
            people.map(({ id, levels }): [string, SkillSet] => [
              id,
              plan.queues.reduce<SkillSet>(
                (set, queue, at) => withSkillIn(set, queue.id, levels[at] ?? "none"),
                new Map(),
              ),
            ]),
          );
          const peopled = withSkillSets(
            {
              ...document,
              plan: {
                ...plan,
                agents: people.map(({ id, name, lastDate, daysOff, never, email }) =>
                  withDaysNeverWorked(
                    {
                      ...{
                        ...someone,
                        id,
                        name,
                        joined: "2020-05-13",
                        daysOff,
                        contractId: "part",
                        groupId: voice,
                      },
                      ...(lastDate && { lastDate }),
                      ...(email && { email }),
                    },
                    never,
                  ),
                ),
              },
            },
            sets,
          );
          const text = peopleCsv(peopled.plan);
          const again = update(text, {}, peopled);
          expect(again.changed).toEqual([]);
          expect(again.document).toBe(peopled);

          // Into a plan without people, and then once more.
          const empty = { ...document, plan: { ...plan, agents: [] } };
          const first = update(text, {}, empty);
          expect(first.added).toHaveLength(people.length);
          const second = update(text, {}, first.document);
          expect(second.document).toBe(first.document);
          expect(peopleCsv(first.document.plan)).toBe(text);
        },
      ),
      { numRuns: 60, seed: 14 },
    );
  });

  test("a refused row is nobody gone, and who has a last day is not asked about again", () => {
    const text = edited((row, at) => (at === 4 ? row.replace("2020-05-13", "soon") : row));
    const { people, refusedKeys } = listed(text);
    expect([...refusedKeys]).toEqual(["10203"]);
    expect(updatePeople(document, people, { ...nobodyGone, refusedKeys }).gone).toEqual([]);
    const ended = withAgents(document, new Set(["10209"]), (agent) => ({ ...agent, lastDate: "2026-10-31" }));
    expect(
      update(
        edited((row, at) => (at === 10 ? null : row)),
        {},
        ended,
      ).gone,
    ).toEqual([]);
  });

  test("a name that one person has, here and there, brings a new key", () => {
    const after = update(edited((row) => row.replace("10204", "E-4711")));
    expect(after.changed.map(({ key, changes }) => [key, changes])).toEqual([
      ["E-4711", [{ field: "key", from: "10204", to: "E-4711" }]],
    ]);
    expect([after.added, after.gone]).toEqual([[], []]);
    expect(rosterOf(after.document).assignments.filter(({ agentId }) => agentId === "E-4711")).toHaveLength(
      5,
    );
  });

  test("hours find a contract or make one like the nearest; a name nobody knows is asked about", () => {
    const heads = "key,contract,weekly hours,skills";
    const after = update(
      `${heads}\n10200,,25,\n10201,,37.5,\n10202,Trainee,,\nnew,Trainee,,Voice\nx,Azubi,30,Voice`,
    );
    const terms = Object.fromEntries(
      after.document.plan.agents.map(({ id, contractId }) => [id, contractId]),
    );
    expect([terms["10200"], terms["10201"], terms["10202"], terms.x]).toEqual([
      "part",
      "37.5 h",
      "full",
      "Azubi",
    ]);
    expect(
      after.madeContracts.map(({ name, maximumMinutesPerWeek }) => [name, maximumMinutesPerWeek]),
    ).toEqual([
      ["37.5 h", 2250],
      ["Azubi", 1800],
    ]);
    expect(after.unknownContracts).toEqual([{ text: "Trainee", count: 2 }]);
    expect(after.issues.map(({ code, line }) => [code, line])).toEqual([
      ["people.contractMade", undefined],
      ["people.unknownContractKept", 4],
      ["people.unknownContract", 5],
      ["people.contractMade", undefined],
    ]);
    const settled = update(`${heads}\nnew,Trainee,,Voice`, {
      contracts: [{ text: "trainee", contractId: "student" }],
    });
    expect(settled.added.map(({ key }) => key)).toEqual(["new"]);
    expect(settled.document.plan.agents.at(-1)?.contractId).toBe("student");
  });

  test("somebody new without a skill of the plan is refused, somebody known keeps theirs", () => {
    const after = update("key,name,skills\n10200,Ada,Telex\nnew,Kit,Telex");
    expect(after.issues.map(({ code, line }) => [code, line])).toEqual([["people.noSkill", 3]]);
    expect(groupOf(after.document, "10200")?.id).toBe(voice);
  });
});

describe("groups follow from skills", () => {
  const set = (...entries: [string, "serves" | { afterSeconds: number }][]): SkillSet => new Map(entries);

  test("hand-made groups stay while skills stay", () => {
    const sets = new Map(
      agents.map(({ id, groupId }) => [id, skillSetOf(plan.groups.find((g) => g.id === groupId)!)]),
    );
    expect(withSkillSets(document, sets).plan).toEqual(plan);
  });

  test("who changes goes to the group that can do it, or to one that is made, with the templates of the old", () => {
    const templates = plan.templates.map((template, at) =>
      at === 0 ? { ...template, groupIds: [chat] } : template,
    );
    const sets = new Map([
      ["10200", set(["Chat", "serves"])],
      ["10201", set(["Chat", "serves"], ["Voice", { afterSeconds: 20 }])],
    ]);
    const after = withSkillSets({ ...document, plan: { ...plan, templates } }, sets);
    expect(groupOf(after, "10200")?.id).toBe(chat);
    expect(groupOf(after, "10201")).toEqual({
      id: "Chat (+ Voice)",
      name: "Chat (+ Voice)",
      queueIds: ["Chat"],
      overflow: [{ queueId: "Voice", afterSeconds: 20 }],
    });
    expect(after.plan.templates[0].groupIds).toEqual([chat, "Chat (+ Voice)"]);
    expect(after.plan.templates[1].groupIds).toEqual([]);
  });

  test("a group that loses its last member goes where others serve its queues, and its open shifts with it", () => {
    const all = new Map(agents.map(({ id }) => [id, set(["Voice", "serves"], ["Chat", "serves"])]));
    const after = withSkillSets(document, all);
    expect(after.plan.groups.map(({ id }) => id)).toEqual([both]);
    expect(rosterOf(after).assignments.map(({ agentId }) => agentId)).toEqual(
      roster.assignments.map(({ agentId }) => agentId),
    );
    const voiceOnly = new Map(agents.map(({ id }) => [id, set(["Voice", "serves"])]));
    expect(withSkillSets(document, voiceOnly).plan.groups.map(({ id }) => id)).toEqual([voice, chat, both]);
  });

  test("somebody serves at least one queue of their own", () => {
    const own = set(["Voice", "serves"], ["Chat", { afterSeconds: 30 }]);
    expect([...withSkillIn(own, "Voice", "none")]).toEqual([["Chat", "serves"]]);
    expect(withSkillIn(set(["Voice", "serves"]), "Voice", "none")).toEqual(set(["Voice", "serves"]));
  });
});

describe("people", () => {
  test("have a key that the whole document uses, and that only one has", () => {
    const after = withAgentKey(document, "10200", "E-1");
    expect(after.plan.agents[0].id).toBe("E-1");
    expect(rosterOf(after).assignments.filter(({ agentId }) => agentId === "E-1")).toHaveLength(5);
    expect(withAgentKey(document, "10200", "10201")).toBe(document);
  });

  test("who go leave their shifts open", () => {
    const after = withoutAgents(document, new Set(["10201"]));
    expect(after.plan.agents).toHaveLength(9);
    expect(rosterOf(after).unassigned).toHaveLength(5);
    expect(rosterOf(after).violations).toEqual([]);
  });

  test("added get a key of their own and a name of their own", () => {
    const grown = withNewAgents({ ...document, plan: { ...plan, agents: [] } }, 2, "New").plan;
    expect(grown.agents.map(({ id, name }) => [id, name])).toEqual([
      ["agent-1", "New"],
      ["agent-2", "New 2"],
    ]);
    expect(planSchema.safeParse(grown).error).toBeUndefined();
  });

  test("who never work on some days keep the hours agreed for the others", () => {
    const hours = [
      { weekday: 1, fromMinute: 480, toMinute: 960 },
      { weekday: 2, fromMinute: 0, toMinute: 2880 },
    ];
    const changed = withDaysNeverWorked({ ...someone, availability: hours }, [2, 4, 5, 6, 7]);
    expect(changed.availability).toEqual([hours[0], { weekday: 3, fromMinute: 0, toMinute: 1440 }]);
    expect(daysNeverWorked(changed)).toEqual([2, 4, 5, 6, 7]);
    expect(withDaysNeverWorked(withDaysNeverWorked(someone, [6]), [])).not.toHaveProperty("availability");
  });
});
