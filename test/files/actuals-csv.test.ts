import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { knownAt } from "../../src/domain/plan/actuals.ts";
import { actualsSheet, readActualsCsv } from "../../src/files/actuals-csv.ts";
import { agentsOfGroups } from "../../src/scenarios/measuring/expected-service.ts";
import { smallPlan } from "../scenarios/small-plan.ts";

const inputs = smallPlan({ days: 2, open: { from: 8, to: 18 } });
const { grid } = inputs.forecast;
const sheet = actualsSheet(
  inputs.forecast,
  agentsOfGroups(inputs).map((agents, at) => ({ groupId: inputs.plan.groups[at].id, agents })),
  { first: 1, end: 2 },
);
const read = (text: string) => readActualsCsv(text, "actuals.csv", grid, inputs.plan);

describe("actuals", () => {
  test("the sheet asks for every open interval of the days, and says nothing until it is filled in", () => {
    expect(sheet.trim().split("\n")).toHaveLength(1 + 20 + 20);
    const outcome = read(sheet);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues[0].code).toBe("actualsFile.nothing");
  });

  test("what is filled in is read at its interval", () => {
    const { data, meta } = Papa.parse<Record<string, string>>(sheet.trim(), { header: true });
    for (const row of data) {
      if (row.queue === "") row.agents = "13.5";
      else Object.assign(row, { offered: "60", aht_seconds: "190", answered_in_time: "48" });
    }
    const outcome = read(Papa.unparse({ fields: meta.fields as string[], data }));
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [queue] = outcome.value.queues;
    const [group] = outcome.value.groups;
    expect(queue.offered.known.reduce((a, b) => a + b, 0)).toBe(20);
    expect(
      [queue.offered, queue.ahtSeconds, queue.answeredInTime].map((series) => knownAt(series, 64)),
    ).toEqual([60, 190, 48]);
    expect([knownAt(group.agents, 64), knownAt(group.agents, 0)]).toEqual([13.5, null]);
  });

  test("faulty rows are left out with their line; times without an offset are the plan's", () => {
    const outcome = read(
      "interval_start,queue,group,offered,agents\n2026-11-03 08:00,voice,,50,\n2026-11-03 08:30,voice,,many,\nnever,voice,,5,\n2026-11-03 09:00,mail,,5,\n",
    );
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(knownAt(outcome.value.queues[0].offered, 64)).toBe(50);
    expect(knownAt(outcome.value.queues[0].ahtSeconds, 64)).toBeNull();
    expect(outcome.issues.map(({ code, line }) => [code, line])).toEqual([
      ["actualsFile.badNumber", 3],
      ["actualsFile.unparsableTime", 4],
      ["actualsFile.unknownName", 5],
    ]);
    expect(read("date,calls\n1,2\n").issues.map(({ code }) => code)).toContain("actualsFile.missingColumn");
  });
});
