import { expect, test } from "vitest";
import type { Plan } from "../../src/domain/plan/plan.ts";
import { readWishesCsv, wishesCsv } from "../../src/files/wishes-csv.ts";

const plan = {
  agents: [
    {
      id: "ada",
      name: "Ada Berg",
      wishes: [
        { date: "2026-11-02", kind: "shiftOff", templateId: null, weight: 2 },
        { date: "2026-11-05", kind: "shiftOn", templateId: "late", weight: 0.5 },
      ],
    },
    { id: "ben", name: "Ben Kurz", wishes: [] },
  ],
  templates: [{ id: "late", name: "Late" }],
} as unknown as Plan;

test("wishes go out and come back", () => {
  const outcome = readWishesCsv(wishesCsv(plan.agents), "wishes.csv", plan);
  expect(outcome).toEqual({ ok: true, value: new Map([["ada", plan.agents[0].wishes]]), issues: [] });
});

test("agents by name or code, shifts by name; faulty rows are told and left out", () => {
  const text = [
    "Agent_ID;date;wish;shift;weight",
    "Ben Kurz;2026-11-03;OFF;;",
    "P001;2026-11-04;on;Late;1,5",
    "Cem;2026-11-04;on;;",
    "ada;4.11.2026;maybe;Night;-1",
  ].join("\n");
  const outcome = readWishesCsv(text, "wishes.csv", plan);
  expect(outcome.ok && [...outcome.value]).toEqual([
    ["ben", [{ date: "2026-11-03", kind: "shiftOff", templateId: null, weight: 1 }]],
    ["ada", [{ date: "2026-11-04", kind: "shiftOn", templateId: "late", weight: 1.5 }]],
  ]);
  expect(outcome.issues.map(({ code, line }) => `${line} ${code}`)).toEqual([
    "4 wishesFile.unknownAgent",
    "5 wishesFile.badDate",
    "5 wishesFile.badWish",
    "5 wishesFile.unknownShift",
    "5 wishesFile.badWeight",
  ]);
});

test("a file without the columns, or without a usable row, changes nothing", () => {
  expect(readWishesCsv("a,b\n1,2", "x.csv", plan).issues.map(({ code }) => code)).toEqual(
    Array.from({ length: 3 }, () => "wishesFile.missingColumn"),
  );
  expect(readWishesCsv("agent_id,date,wish\n", "x.csv", plan).ok).toBe(false);
});
