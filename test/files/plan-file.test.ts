import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { Outcome } from "../../src/domain/outcome.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import type { DemandHistory } from "../../src/domain/results/demand.ts";
import { migrate, readPlanDocument } from "../../src/files/plan-document.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { repairedDocument } from "../../src/files/repair-plan.ts";
import { flatForecast, smallDocument } from "../app/sample-document.ts";

// Two days around the end of summer time: 196 quarter-hours.
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 2);
const count = intervalCount(grid);
const history: DemandHistory = {
  grid,
  queues: [
    {
      queueId: "Voice",
      state: Uint8Array.from({ length: count }, (_, index) => index % 4),
      offered: Float64Array.from({ length: count }, (_, index) => index / 7),
      handled: null,
      abandoned: null,
      handleSeconds: Float64Array.from({ length: count }, (_, index) => index * 1e-300),
    },
  ],
};
const schedule: Schedule = {
  grid,
  shifts: [
    {
      id: "s1",
      templateId: "early",
      groupId: "voice",
      date: "2026-10-24",
      startMinute: 420,
      endMinute: 930,
      activities: [
        { kind: "work", startMinute: 420, endMinute: 600, paid: true },
        { kind: "meal", startMinute: 600, endMinute: 630, paid: false },
        { kind: "work", startMinute: 630, endMinute: 930, paid: true },
      ],
      pinned: true,
    },
  ],
  coverage: [
    { queueId: "Voice", asked: new Float64Array(count), staffed: new Float64Array(count).fill(1.25) },
  ],
  status: "timeLimit",
  objective: 12.5,
  bound: Number.NEGATIVE_INFINITY,
  gap: 1,
  cost: 12,
  paidHours: 8,
  understaffedHours: 0.5,
  overstaffedHours: 0,
  solver: "highs",
  seconds: null,
};
const document: PlanDocument = {
  plan: samplePlan(),
  history,
  results: { ...noResults, schedule: { value: schedule, madeAt: "2026-11-01T00:00:00Z", inputKey: "k" } },
};
const file = planFileText(document);

function read(text: string): Outcome<PlanDocument> {
  return readPlanFile(new TextEncoder().encode(text));
}
function codes(outcome: Outcome<PlanDocument>): string[] {
  return outcome.issues.map((issue) => issue.code);
}
/** The file with something changed before it is coded. */
function changed(
  change: (parsed: { plan: Record<string, unknown> } & Record<string, unknown>) => void,
): string {
  const parsed = JSON.parse(file);
  change(parsed);
  return JSON.stringify(parsed);
}

describe("a plan file", () => {
  test("reopens to the same document, every bit", () => {
    const outcome = read(file);
    expect(outcome).toEqual({ ok: true, value: document, issues: [] });
  });

  test("is the same text when it is written again", () => {
    const outcome = read(file);
    expect(outcome.ok && planFileText(outcome.value)).toBe(file);
  });

  test("keeps any series of counts, every bit", () => {
    fc.assert(
      fc.property(
        fc.float64Array({ minLength: count, maxLength: count, min: 0, max: 1e10, noNaN: true }),
        (offered) => {
          const filled = { ...history, queues: [{ ...history.queues[0], offered }] };
          const outcome = read(planFileText({ ...document, history: filled }));
          expect(outcome.ok && outcome.value.history?.queues[0].offered).toEqual(offered);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("may begin with a byte order mark", () => {
    expect(read(`\uFEFF${file}`).ok).toBe(true);
  });
});

describe("a bad plan file says what is wrong", () => {
  test.each([
    ["an empty file", "", "planFile.empty"],
    ["half a file", file.slice(0, file.length / 2), "planFile.truncated"],
    [
      "a file cut behind an inner brace",
      file.slice(0, file.lastIndexOf("}", file.length - 20) + 1),
      "planFile.truncated",
    ],
    ["broken JSON", file.replace(":", "::"), "planFile.damaged"],
    ["a history instead of a plan", "interval_start,queue\n2026-01-01T00:00:00,Voice\n", "planFile.notAPlan"],
    ["another JSON file", '{"name":"shiftwright"}', "planFile.notAPlan"],
    ["a series cut off", file.replace(/"base64":"(.{40})[^"]*"/, '"base64":"$1"'), "planFile.partLeftOut"],
    [
      "a series cut within a number",
      file.replace(/("Float64Array","base64":".{40})[^"]*"/, '$1"'),
      "planFile.damaged",
    ],
    ["a series that is no base64", file.replace(/"base64":"..../, '"base64":"?!? '), "planFile.damaged"],
    ["a series of an unknown type", file.replace("Float64Array", "Float16Array"), "planFile.damaged"],
    [
      "a file of a newer program",
      changed((parsed) => {
        parsed.plan.schemaVersion = 99;
      }),
      "planFile.newerVersion",
    ],
    [
      "a file without a version",
      changed((parsed) => {
        delete parsed.plan.schemaVersion;
      }),
      "planFile.notAPlan",
    ],
  ])("%s", (_name, text, code) => {
    expect(codes(read(text))).toContain(code);
  });

  test("a binary file", () => {
    expect(codes(readPlanFile(Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe, 0, 0)))).toEqual([
      "planFile.notText",
    ]);
    expect(codes(readPlanFile(Uint8Array.of(0x7b, 0, 0x7d)))).toEqual(["planFile.notText"]);
  });

  test("a wrong field is named", () => {
    const outcome = read(
      changed((parsed) => {
        parsed.plan.timeZone = "Europe/Atlantis";
      }),
    );
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toMatchObject([{ code: "planFile.wrongField", column: "plan.timeZone" }]);
  });

  test.each([
    ["a currency that no amount can be written in", "currency", { currency: "12€" }],
    ["a currency of markup", "currency", { currency: "<b>" }],
    [
      "a method of staffing that there is none of",
      "requirement.method",
      { requirement: { method: "crystalBall", wholeAgents: true } },
    ],
    ["a time zone", "timeZone", { timeZone: "Europe/Atlantis" }],
  ])("%s is named, and an amount could be written in what is left", (_name, place, part) => {
    const plan = samplePlan();
    const damaged = { plan: { ...plan, ...part }, history: null, results: noResults };
    const outcome = readPlanDocument(damaged);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues.map(({ code, column }) => [code, column])).toEqual([
      ["planFile.wrongField", `plan.${place}`],
    ]);
    const repaired = repairedDocument(damaged);
    const currency = repaired.ok ? repaired.value.plan.currency : "EUR";
    expect(new Intl.NumberFormat("en", { style: "currency", currency }).format(1)).toContain("1.00");
  });

  test("a currency that nobody has heard of opens: amounts are written with its letters", () => {
    const plan = samplePlan();
    const outcome = readPlanDocument({
      plan: { ...plan, currency: "ABC" },
      history: null,
      results: noResults,
    });
    expect(outcome.ok && outcome.value.plan.currency).toBe("ABC");
  });

  test("agents of one id are refused, each id once with the names of its agents", () => {
    const twice = (...ids: string[]) =>
      read(
        changed((parsed) => {
          parsed.plan.agents = ids.map((id, index) => ({
            ...document.plan.agents[0],
            id,
            name: `Agent ${index}`,
          }));
        }),
      );
    expect(twice("a1", "a1").issues).toEqual([
      { code: "planFile.repeatedAgent", severity: "error", values: { id: "a1", agents: "Agent 0, Agent 1" } },
    ]);
    expect(twice("a1", "b", "a1", "b", "a1").issues.map(({ values }) => values)).toEqual([
      { id: "a1", agents: "Agent 0, Agent 2, Agent 4" },
      { id: "b", agents: "Agent 1, Agent 3" },
    ]);
    expect(codes(twice("a1", "A1", "a1 "))).toEqual(["planFile.changedOutside"]);
  });

  describe("a plan that contradicts itself is refused, and the contradiction is named", () => {
    const { queues, groups, agents } = document.plan;
    test.each<[string, Record<string, unknown>, string, string | undefined]>([
      ["two queues of one id", { queues: [queues[0], queues[0]] }, "planFile.repeatedId", "plan.queues"],
      [
        "a group of a queue that is not there",
        { groups: [{ ...groups[0], queueIds: ["gone"] }, ...groups.slice(1)] },
        "planFile.unknownName",
        "plan.groups.0.queueIds.0",
      ],
      [
        "a person of a group that is not there",
        { agents: [{ ...agents[0], groupId: "gone" }] },
        "planFile.unknownName",
        "plan.agents.0.groupId",
      ],
      [
        "a person on a contract that is not there",
        { agents: [{ ...agents[0], contractId: "gone" }] },
        "planFile.unknownName",
        "plan.agents.0.contractId",
      ],
      [
        "contacts that are passed on in a circle for ever",
        {
          queues: queues.map((queue, at) => ({
            ...queue,
            transfers: [{ queueId: queues[(at + 1) % queues.length].id, share: 1, ahtSeconds: null }],
          })),
        },
        "planFile.endlessTransfers",
        undefined,
      ],
      [
        "a period beyond every calendar",
        { firstDate: "9999-12-28" },
        "planFile.dateOutOfRange",
        "plan.firstDate",
      ],
      [
        "a patience that no queue reckons with",
        { queues: [{ ...queues[0], patienceSeconds: 1e308 }, ...queues.slice(1)] },
        "planFile.wrongField",
        "plan.queues.0.patienceSeconds",
      ],
    ])("%s", (_name, change, code, column) => {
      const outcome = read(changed(({ plan }) => Object.assign(plan, change)));
      expect(outcome.ok).toBe(false);
      expect(outcome.issues.map((issue) => [issue.code, issue.column])).toContainEqual([code, column]);
    });
  });

  test("a part that holds itself, as a browser may keep one, is refused", () => {
    const endless: Record<string, unknown> = { note: "around" };
    endless.self = endless;
    expect(codes(readPlanDocument({ ...document, results: { forecast: endless } }))).toEqual([
      "planFile.damaged",
    ]);
  });

  test("a forecast with a number that is none is left out", () => {
    const forecast = flatForecast({ plan: smallDocument().plan, history: null, results: noResults }, 10);
    forecast.queues[0].offered[3] = Number.NaN;
    const outcome = readPlanDocument({
      ...smallDocument(),
      results: { ...noResults, forecast: { value: forecast, madeAt: "", inputKey: "" } },
    });
    expect(outcome.ok && outcome.value.results.forecast).toBeNull();
    expect(outcome.issues).toMatchObject([{ code: "planFile.partLeftOut", values: { part: "forecast" } }]);
  });

  test("a change made outside the program is said, and the file opens", () => {
    const outcome = read(
      changed((parsed) => {
        parsed.plan.currency = "CHF";
      }),
    );
    expect(outcome.ok && outcome.value.plan.currency).toBe("CHF");
    expect(codes(outcome)).toEqual(["planFile.changedOutside"]);
  });

  test("a damaged result is left out, the rest stays", () => {
    const outcome = readPlanDocument({
      ...document,
      results: {
        ...document.results,
        schedule: { ...document.results.schedule, value: { grid, shifts: 3 } },
      },
    });
    expect(outcome.ok && outcome.value.results.schedule).toBeNull();
    expect(outcome.ok && outcome.value.history).toEqual(history);
    expect(codes(outcome)).toEqual(["planFile.partLeftOut"]);
  });

  test("a history that does not fit its grid is left out", () => {
    const wrong = { ...history, grid: createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3) };
    const outcome = readPlanDocument({ ...document, history: wrong });
    expect(outcome.ok && outcome.value.history).toBeNull();
    expect(outcome.issues).toMatchObject([{ code: "planFile.partLeftOut", values: { part: "history" } }]);
  });
});

test("an older document walks through every later step, in order", () => {
  const steps = [(one: object) => ({ ...one, first: 1 }), (one: object) => ({ ...one, second: { ...one } })];
  expect(migrate({ a: 0 }, 1, steps)).toEqual({ a: 0, first: 1, second: { a: 0, first: 1 } });
  expect(migrate({ a: 0 }, 2, steps)).toEqual({ a: 0, second: { a: 0 } });
  expect(migrate({ a: 0 }, 3, steps)).toEqual({ a: 0 });
});
