import { expect, test } from "vitest";
import { samplePlan } from "../../../sample-data/plan.ts";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import { agentCodes, withAgentCodes } from "../../../src/domain/plan/agent-codes.ts";
import { renamedExtra } from "../../../src/domain/plan/agent-ids.ts";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { planFileText } from "../../../src/files/plan-file.ts";
import { readRosterCsv, scheduleCsv } from "../../../src/files/schedule-csv.ts";

const grid = createIntervalGrid("Europe/Berlin", 15, "2026-11-02", 2);
const shift = (id: string, date: string, startMinute: number) => ({
  id,
  templateId: "early",
  groupId: "voice",
  date,
  startMinute,
  endMinute: startMinute + 480,
  activities: [{ kind: "work" as const, startMinute, endMinute: startMinute + 480, paid: true }],
  pinned: false,
});
const person = (id: string, name: string) => ({ id, name, groupId: "voice" });
const document = {
  plan: {
    agents: [person("ada", "Ada Berg"), person("ada-2", "Ada Frey")],
    groups: [],
    templates: [],
    today: { sick: [{ agentId: "ada-2", fromMinute: 0 }] },
    priorRoster: {
      firstDate: "2026-11-01",
      lastDate: "2026-11-01",
      people: [{ agentId: "ada-2", shifts: [] }],
    },
  },
  results: {
    roster: {
      value: {
        grid,
        assignments: [
          { agentId: "ada-2", shift: shift("s1", "2026-11-02", 420), pinned: false },
          { agentId: "ada", shift: shift("extra-2026-11-03-ada-2+", "2026-11-03", 1860), pinned: true },
        ],
        unassigned: [],
        violations: [],
      },
    },
  },
} as unknown as PlanDocument;

test("nothing of a name or id is left in an export with codes", () => {
  const coded = withAgentCodes(document);
  const text = scheduleCsv(coded.plan, coded.results.roster!.value);
  expect(text).not.toMatch(/ada|berg|frey/i);
  expect(text).toContain("2026-11-02,P002,P002,s1");
  expect(coded.plan.today?.sick).toEqual([{ agentId: "P002", fromMinute: 0 }]);
  expect(coded.plan.priorRoster?.people).toEqual([{ agentId: "P002", shifts: [] }]);
});

test("a plan file with codes holds nobody's name, of past periods neither", () => {
  const plan = samplePlan();
  const gone = { ...plan.agents[0], id: "gone", name: "Zebulon Quillfeather" };
  const roster = { value: document.results.roster!.value, madeAt: "", inputKey: "" };
  const results = { ...noResults, roster };
  const past = [{ plan: { ...plan, agents: [gone, ...plan.agents] }, results, historyLastDate: null }];
  const whole = { plan, history: null, results: noResults, past };
  const text = planFileText(withAgentCodes(whole));
  const named = [...plan.agents, gone].filter(
    ({ name, id }) => text.includes(name) || text.includes(`"${id}"`),
  );
  expect(named).toEqual([]);
  expect(planFileText(whole)).toContain("Zebulon Quillfeather");
  const [coded] = withAgentCodes(whole).past ?? [];
  expect(coded.plan.agents[1].id).toBe("P001");
});

test("a roster with codes comes back as it was", () => {
  const { plan, results } = document;
  const coded = withAgentCodes(document);
  const text = scheduleCsv(coded.plan, coded.results.roster!.value);
  const outcome = readRosterCsv(text, "roster.csv", plan, results.roster!.value);
  expect(outcome).toEqual({ ok: true, value: results.roster!.value.assignments, issues: [] });
});

test("codes are as long as they must be; only shifts beyond the schedule are named for people", () => {
  expect([...agentCodes([{ id: "x" }, { id: "y" }]).values()]).toEqual(["P001", "P002"]);
  expect(agentCodes(Array.from({ length: 1000 }, (_, index) => ({ id: `${index}` }))).get("999")).toBe(
    "P1000",
  );
  expect(renamedExtra("extra-2026-11-03-a-b++", () => "P9")).toBe("extra-2026-11-03-P9++");
  expect(renamedExtra("mon-8", () => "P9")).toBe("mon-8");
});
