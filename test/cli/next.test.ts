import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();
const next = (...args: string[]) => shiftwright(["next", ...args]);
const planOf010 = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");

/** Contacts of two queues by the hour, 8 to 18 on weekdays, on so many days from a date. */
function calls(from: string, dayCount: number, voice = "Voice"): string {
  const lines = ["interval_start,queue,offered,handled,abandoned,aht_seconds"];
  for (let day = 0; day < dayCount; day++) {
    const date = addDays(from, day);
    if (weekdayOf(date) > 5) continue;
    for (let hour = 8; hour < 18; hour++)
      for (const [queue, offered] of [
        [voice, 40 + ((day + hour) % 7)],
        ["Chat", 20 + ((day * hour) % 5)],
      ])
        lines.push(`${date}T${String(hour).padStart(2, "0")}:00:00,${queue},${offered},${offered},0,200`);
  }
  return `${lines.join("\n")}\n`;
}

const read = (path: string) => {
  const outcome = readPlanFile(readFileSync(path));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
};

describe("shiftwright next", () => {
  test("moves a plan of version 0.1.0 on by its week, with the same bytes twice", () => {
    const history = scratch.file("week.csv", calls("2026-11-02", 5));
    const [one, two] = ["one.json", "two.json"].map((name) => {
      const out = scratch.pathOf(name);
      const { status, error } = next(planOf010, "--history", history, "--out", out);
      expect(status, error).toBe(0);
      expect(error).toContain("(nextPeriod.pastWishes)");
      return out;
    });
    expect(readFileSync(one, "utf8")).toBe(readFileSync(two, "utf8"));
    const { plan, results, history: whole } = read(one);
    expect([plan.firstDate, plan.dayCount]).toEqual(["2026-11-09", 7]);
    expect([whole?.grid.firstDate, whole?.grid.dayCount]).toEqual(["2026-08-24", 75]);
    expect(plan.priorRoster?.people).toHaveLength(13);
    expect(results).toEqual(noResults);
  });

  test("moves the sample plan on to the dates that are asked for", () => {
    const file = planFileText({ plan: samplePlan(), history: null, results: noResults });
    const history = scratch.file("month.csv", calls("2026-11-02", 26));
    const out = scratch.pathOf("sample.json");
    const { status, error } = next(
      ...[scratch.file("sample-plan.json", file), "--history", history],
      ...["--from", "2026-12-07", "--days", "14", "--out", out],
    );
    expect(status, error).toBe(0);
    expect(error).toContain("7 days between the two periods belong to neither and are not planned.");
    expect(error).toContain("(nextPeriod.noRoster)");
    const { plan } = read(out);
    expect([plan.firstDate, plan.dayCount, plan.agents.length]).toEqual(["2026-12-07", 14, 80]);
  });

  test("a queue with a new name is pointed out, and joined when asked to", () => {
    const history = scratch.file("renamed.csv", calls("2026-11-02", 5, "Voice EU"));
    const out = scratch.pathOf("renamed.json");
    const apart = next(planOf010, "--history", history, "--out", out);
    expect(apart.status).toBe(0);
    expect(apart.error).toContain("If Voice EU is the new name of Voice, join them");
    const joined = next(planOf010, "--history", history, "--join", "Voice EU=Voice", "--out", out);
    expect(joined.status).toBe(0);
    expect(joined.error).not.toContain("nextPeriod.queue");
    expect(read(out).history?.queues.map(({ queueId }) => queueId)).toEqual(["Chat", "Voice"]);

    // A second file of the same step goes on where the first ends.
    const further = scratch.file("further.csv", calls("2026-11-07", 5, "Voice EU"));
    const files = ["--history", history, "--history", further];
    const both = next(planOf010, ...files, "--join", "Voice EU=Voice", "--out", out);
    expect(both.status, both.error).toBe(0);
    const grid = read(out).history?.grid;
    expect(grid && addDays(grid.firstDate, grid.dayCount - 1)).toBe("2026-11-11");
  });

  test("says why there is none, with status 1, and what is wrong usage, with status 2", () => {
    const history = scratch.file("none.csv", calls("2026-11-02", 5));
    const out = scratch.pathOf("none.json");
    const early = next(planOf010, "--history", history, "--from", "2026-11-01", "--out", out);
    expect(early.status).toBe(1);
    expect(early.error).toContain("The next period cannot begin on 2026-11-01");
    expect(next(planOf010, "--history", history).status).toBe(2);
    expect(next(planOf010, "--history", history, "--time-zone", "UTC", "--out", out).status).toBe(2);
    expect(next(planOf010, "--history", history, "--join", "Voice", "--out", out).status).toBe(2);
  });
});
