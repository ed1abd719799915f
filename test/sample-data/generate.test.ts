import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sampleFiles } from "../../sample-data/generate.ts";
import { samplePlan } from "../../sample-data/plan.ts";
import { planSchema } from "../../src/domain/plan/plan.ts";

const folder = join(import.meta.dirname, "../../sample-data");
const files = sampleFiles();

interface Row {
  readonly date: string;
  readonly time: string;
  readonly queue: string;
  readonly offered: number;
  readonly handled: number;
  readonly abandoned: number;
}
const rows: Row[] = files["history.csv"]
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [start, queue, offered, handled, abandoned] = line.split(",");
    const [date, time] = start.split("T");
    return { date, time, queue, offered: +offered, handled: +handled, abandoned: +abandoned };
  });

function dayTotal(queue: string, date: string): number {
  return rows
    .filter((row) => row.queue === queue && row.date === date)
    .reduce((sum, row) => sum + row.offered, 0);
}

describe("sample data", () => {
  for (const [name, text] of Object.entries(files)) {
    test(`${name} is what the generator makes today`, () => {
      expect(readFileSync(join(folder, name), "utf8") === text).toBe(true);
    });
  }

  test("the plan is valid and staffs eighty people with different names", () => {
    const plan = planSchema.parse(samplePlan());
    expect(plan.agents).toHaveLength(80);
    expect(new Set(plan.agents.map((agent) => agent.name)).size).toBe(80);
    const groups = new Set(plan.groups.map((group) => group.id));
    const contracts = new Set(plan.contracts.map((contract) => contract.id));
    expect(plan.agents.every((agent) => groups.has(agent.groupId) && contracts.has(agent.contractId))).toBe(
      true,
    );
    expect(plan.agents.some((agent) => agent.daysOff.length > 4)).toBe(true);
    expect(plan.agents.some((agent) => agent.wishes.length > 0)).toBe(true);
  });

  test("every contact was handled or abandoned", () => {
    expect(rows.every((row) => row.offered === row.handled + row.abandoned)).toBe(true);
  });

  test("holds the patterns it promises", () => {
    expect(dayTotal("Voice", "2026-05-11")).toBeGreaterThan(1.8 * dayTotal("Voice", "2026-05-09"));
    expect(dayTotal("Voice", "2026-04-06")).toBe(0);
    expect(dayTotal("Chat", "2026-05-10")).toBe(0);
    // Month start: Thursday 1 October against Thursday 15 October.
    expect(dayTotal("Voice", "2026-10-01")).toBeGreaterThan(dayTotal("Voice", "2026-10-15"));
    // The day after Easter against the Tuesday two weeks later.
    expect(dayTotal("Voice", "2026-04-07")).toBeGreaterThan(dayTotal("Voice", "2026-04-21"));
  });

  test("holds the faults it promises", () => {
    const voice = rows.filter((row) => row.queue === "Voice");
    const gap = voice.filter((row) => row.date === "2026-02-17" && row.time >= "11:00");
    expect(gap).toHaveLength(0);
    const outage = voice.filter(
      (row) => row.date === "2026-06-09" && row.time >= "13:00" && row.time < "15:00",
    );
    expect(outage.reduce((sum, row) => sum + row.offered, 0)).toBeLessThan(60);
    expect(voice.filter((row) => row.date === "2026-04-22")).toHaveLength(2 * 52);
    expect(dayTotal("Voice", "2026-09-17")).toBeGreaterThan(1.5 * dayTotal("Voice", "2026-09-24"));
  });
});
