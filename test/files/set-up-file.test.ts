import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { planSchema } from "../../src/domain/plan/plan.ts";
import { jsonLines } from "../../src/files/json-lines.ts";
import { readSetUp, setUpText, withSetUp } from "../../src/files/set-up-file.ts";

const plan = samplePlan();

/** Line, field and code of what is wrong with a set-up. */
function complaints(lines: readonly string[]): string[] {
  const outcome = readSetUp(lines.join("\n"));
  return outcome.issues.map(({ line, column, code, values }) =>
    [line, column, code, values?.text, values?.allowed].filter((part) => part !== undefined).join(" "),
  );
}

describe("a set-up in a file", () => {
  test("written from a plan makes the same plan again, and the same bytes", () => {
    const text = setUpText(plan);
    const read = readSetUp(text);
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const again = withSetUp({ ...plan, currency: "USD", agents: [], groups: [] }, read.value);
    expect(again).toEqual(plan);
    expect(setUpText(again)).toBe(text);
  });

  test("says of a queue only what differs, and adds one that was not there", () => {
    const read = readSetUp(
      JSON.stringify({
        format: "shiftwright-set-up",
        currency: "GBP",
        queues: [
          { name: plan.queues[0].name, goal: { serviceLevel: 0.9 } },
          { name: "Post", channel: "deferred", defaultAhtSeconds: 600 },
        ],
      }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const made = withSetUp({ ...plan, templates: [], agents: [] }, read.value);
    expect(planSchema.safeParse(made).error).toBeUndefined();
    expect(made.currency).toBe("GBP");
    expect(made.queues[0]).toEqual({
      ...plan.queues[0],
      goal: { ...plan.queues[0].goal, serviceLevel: 0.9 },
    });
    expect(made.queues[1]).toMatchObject({ id: "Post", channel: "deferred", defaultAhtSeconds: 600 });
    expect(made.groups.map(({ queueIds }) => queueIds)).toEqual([[plan.queues[0].id], ["Post"]]);
  });

  test("names the line and the field of what is wrong, and what is allowed there", () => {
    expect(
      complaints([
        "{",
        '  "format": "shiftwright-set-up",',
        '  "dayCount": 0, "colour": "red",',
        '  "firstDate": "30.11.2026",',
        '  "queues": [',
        '    { "name": "Hotline",',
        '      "channel": "phone",',
        '      "goal": { "serviceLevel": 80 } },',
        '    { "channel": "chat" }',
        "  ]",
        "}",
      ]).sort(),
    ).toEqual([
      "3 colour setUp.unknownField",
      "3 dayCount setUp.badField 0 ≥ 1",
      '4 firstDate setUp.badField "30.11.2026" 2026-11-02',
      '7 queues[0].channel setUp.badField "phone" "voice" | "chat" | "deferred"',
      "8 queues[0].goal.serviceLevel setUp.badField 80 ≤ 1",
      "9 queues[1].name setUp.missingField",
    ]);
    expect(complaints(["{"])).toEqual(["setUp.notJson"]);
    expect(
      complaints([
        '{ "format": "shiftwright-set-up", "queues": [{ "name": "A" }, { "name": "A" }],',
        '  "groups": [{ "id": "g", "name": "G", "queueIds": ["A", "B"] }] }',
      ]),
    ).toEqual(["1 queues[1] setUp.queueTwice A", "2 groups[0].queueIds[1] setUp.unknownName B"]);
  });

  test("lines are those of the text, whatever stands in it", () => {
    const lineOf = jsonLines('{"a":\n{"b": ["x, {\\"", [\n1,\n2]]},\n"c": null}');
    expect([["a"], ["a", "b", 0], ["a", "b", 1, 1], ["c"], ["a", "z"]].map(lineOf)).toEqual([2, 2, 4, 5, 2]);
  });
});
