import { describe, expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { noResults } from "../../../../src/domain/plan/no-results.ts";
import { type Plan, type PlanDocument, planSchema } from "../../../../src/domain/plan/plan.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { peopleFinding } from "../../../../src/ui/pages/people/finding.ts";
import {
  cellText,
  type PersonColumn,
  personColumns,
  withCells,
} from "../../../../src/ui/pages/people/person-cells.ts";
import { readable, wordsOf } from "../../words.ts";

const sample = samplePlan();
const plan: Plan = { ...sample, agents: sample.agents.slice(0, 4) };
const document: PlanDocument = { plan, history: null, results: noResults };
const format = formatFor("en");
const options = { locale: "en", newName: "New" };

const columns: readonly PersonColumn[] = [...personColumns, "queue:Voice", "queue:Chat"];
function rowOf({ plan: { agents, groups, ...rest } }: PlanDocument, index: number) {
  const agent = agents[index];
  const group = groups.find(({ id }) => id === agent.groupId);
  const text = (column: PersonColumn) => cellText(agent, column, { ...rest, agents, groups }, group, format);
  return Object.fromEntries(columns.map((column) => [column, text(column)])) as Record<PersonColumn, string>;
}
const edit = (column: PersonColumn, text: string, index = 0) =>
  withCells(document, [{ index, column, text }], options);

describe("the headline", () => {
  test("says people, hours and who serves several queues, and before all which queue nobody serves", async () => {
    const t = await wordsOf("people");
    const said = (of: Partial<Plan>) => readable(peopleFinding({ ...plan, ...of }, t, format));
    expect(said({}).text).toBe("4 people with up to 145 h a week, 1 serves several queues.");
    expect(said({ agents: [] }).text).toMatch(/^Nobody is named yet/);
    expect(said({ agents: plan.agents.slice(0, 2) })).toEqual({
      text: "Nobody here serves Chat.",
      tone: "short",
    });
    const [first, second, third, fourth] = plan.agents;
    const comes = { ...first, joined: "2026-11-16" };
    const goes = { ...second, lastDate: "2026-11-20" };
    const gone = { ...fourth, lastDate: "2026-10-31" };
    expect(said({ agents: [comes, goes, third, gone] }).text).toBe(
      "3 people with up to 120 h a week, 1 serves several queues, 1 joins in the period, 1 leaves.",
    );
  });
});

describe("cells of the grid", () => {
  test("what a cell says can be typed into it, for everybody of the sample plan", () => {
    const whole = { ...document, plan: sample };
    const edits = sample.agents.flatMap((_, index) =>
      Object.entries(rowOf(whole, index)).map(([column, text]) => ({
        index,
        column: column as PersonColumn,
        text,
      })),
    );
    const after = withCells(whole, edits, options);
    expect(after.refused).toEqual([]);
    expect(after.document.plan).toEqual(sample);
  });

  test.each([
    ["key", "E-1", { key: "E-1" }],
    ["queue:Chat", "x", { "queue:Chat": "1" }],
    ["queue:Chat", "2", { "queue:Chat": "2" }],
    ["queue:Chat", "45 s", { "queue:Chat": "2: 45 s" }],
    ["contract", "part time, 25 H", { contract: "Part time, 25 h" }],
    ["speed", "", { speed: "1.00" }],
    ["lastDay", "20 Nov 2026", { lastDay: "2026-11-20" }],
    ["firstDay", "21.11.2020", { firstDay: "2020-11-21" }],
    ["daysNeverWorked", "Sa, So", { daysNeverWorked: "Sat Sun" }],
    ["leave", "2026-11-03; 2026-11-02", { leave: "2026-11-02 – 2026-11-03" }],
    ["email", "a@x.example", { email: "a@x.example" }],
  ] as const)("%s takes %j", (column, text, expected) => {
    const { document: after, refused } = edit(column, text);
    expect(refused).toEqual([]);
    expect(rowOf(after, 0)).toMatchObject(expected);
    expect(planSchema.safeParse(after.plan).error).toBeUndefined();
  });

  test.each([
    ["name", " ", "nameNeeded"],
    ["key", "", "keyNeeded"],
    ["key", plan.agents[1].id, "keyTaken"],
    ["contract", "none", "unknown"],
    ["speed", "0", "speed"],
    ["firstDay", "03/04/2020", "date"],
    ["lastDay", "1999-01-01", "order"],
    ["daysNeverWorked", "1-7", "days"],
    ["leave", "soon", "leave"],
    ["queue:Chat", "expert", "level"],
    ["queue:Voice", "", "lastSkill"],
  ] as const)("%s refuses %j", (column, text, code) => {
    const { document: after, refused } = edit(column, text);
    expect(refused.map(({ refusal }) => refusal.code)).toEqual([code]);
    expect(after.plan.agents).toEqual(plan.agents);
  });

  test("a pasted block fills people and makes new ones below the last; what is wrong in it stays out", () => {
    const block = [
      [3, "name", "Ada"],
      [3, "queue:Voice", ""],
      [3, "queue:Chat", "1"],
      [4, "name", "Ben"],
      [4, "key", "E-2"],
      [4, "speed", "quick"],
      [5, "name", ""],
      [5, "key", ""],
    ] as const;
    const after = withCells(
      document,
      block.map(([index, column, text]) => ({ index, column, text })),
      options,
    );
    expect(after.document.plan.agents.map(({ id, name }) => [id, name]).slice(3)).toEqual([
      [plan.agents[3].id, "Ada"],
      ["E-2", "Ben"],
    ]);
    expect(rowOf(after.document, 3)).toMatchObject({ "queue:Voice": "", "queue:Chat": "1" });
    expect(after.refused).toMatchObject([{ index: 4, column: "speed", refusal: { code: "speed" } }]);
  });

  test("a thousand people take a column at once", () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      ...plan.agents[at % 4],
      id: `${at}`,
      name: `P ${at}`,
    }));
    const edits = many.map((_, index) => ({ index, column: "queue:Chat" as const, text: "1" }));
    const after = withCells({ ...document, plan: { ...plan, agents: many } }, edits, options);
    expect(after.refused).toEqual([]);
    expect(new Set(after.document.plan.agents.map(({ groupId }) => groupId)).size).toBe(1);
  });
});
