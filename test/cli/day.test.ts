import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Papa from "papaparse";
import { expect, test } from "vitest";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();
const planOf010 = join(import.meta.dirname, "../files/fixtures/plan-0.1.0.json.gz");
const now = "2026-11-02T11:00";

test("day: the rest of a Monday from a cumulative table, with and without somebody sick", () => {
  const untouched = shiftwright(["day", planOf010, "--now", now]);
  expect(untouched.status, untouched.error).toBe(0);
  const parse = (text: string) =>
    Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
  const before = parse(untouched.output).filter(({ queue }) => queue === "Voice");
  const early = before.filter(({ interval_start }) => interval_start < now);
  let total = 0;
  const lines = early.map(({ interval_start, forecast_offered }) => {
    total += 1.2 * Number(forecast_offered);
    return `${interval_start.slice(0, 16)},Voice,${Math.round(total)}`;
  });
  const actuals = scratch.file("board.csv", `interval_start,queue,offered\n${lines.join("\n")}\n`);
  const out = scratch.pathOf("monday.json");
  const run = shiftwright([
    "day",
    planOf010,
    "--now",
    now,
    "--actuals",
    actuals,
    "--counts",
    "running",
    "--out",
    out,
  ]);
  expect(run.status, run.error).toBe(0);
  const after = parse(run.output).filter(({ queue }) => queue === "Voice");
  for (const row of after) {
    const isPast = row.interval_start < now;
    expect(row.offered === "").toBe(isPast);
    if (!isPast) {
      expect(Number(row.offered)).toBeGreaterThan(1.02 * Number(row.forecast_offered));
      expect(Number(row.offered_lower80)).toBeLessThan(Number(row.offered));
    }
  }
  const { plan, results } = JSON.parse(readFileSync(out, "utf8"));
  const { today } = plan;
  expect(today).toMatchObject({ date: "2026-11-02", nowMinute: 660, sick: [] });

  const levelOf = (plan: string, ...more: string[]) => {
    const answer = shiftwright(["day", plan, "--now", now, "--json", ...more]);
    expect(answer.status, answer.error).toBe(0);
    const voice = JSON.parse(answer.output).find(({ queue }: { queue: string }) => queue === "Voice");
    return voice.serviceLevel.mean as number;
  };
  // What was kept in the plan file is known again.
  const busier = levelOf(out);
  expect(busier).toBeLessThan(levelOf(planOf010));
  const sick = (results.roster.value.assignments as Assignment[])
    .filter(({ shift }) => shift.date === "2026-11-02" && shift.endMinute > 900)
    .slice(0, 2)
    .flatMap(({ agentId }) => ["--sick", `${agentId}@11:00`]);
  expect(sick).toHaveLength(4);
  expect(levelOf(out, ...sick)).toBeLessThan(busier);
});

test("day: options are ranked, and one of them is made in the plan for one person alone", () => {
  const document = JSON.parse(gunzipSync(readFileSync(planOf010)).toString());
  const assignmentsOf = ({ results }: typeof document) => results.roster.value.assignments as Assignment[];
  const sick = assignmentsOf(document)
    .filter(({ shift }) => shift.date === "2026-11-02" && shift.endMinute > 900)
    .slice(0, 6)
    .flatMap(({ agentId }) => ["--sick", `${agentId}@11:00`]);
  const day = ["day", planOf010, "--now", now, ...sick];
  const run = shiftwright([...day, "--options"]);
  expect(run.status, run.error).toBe(0);
  const { data, meta } = Papa.parse<Record<string, string>>(run.output, {
    header: true,
    skipEmptyLines: true,
  });
  expect(meta.fields?.slice(0, 5)).toEqual(["option", "kind", "people", "cost", "keeps_goals"]);
  expect(data[0]).toMatchObject({ option: "0", kind: "asItStands", keeps_goals: "0" });
  const [best] = data.filter(({ option }) => option === "1");
  expect(Number(best.in_time_change)).toBeGreaterThan(Number(best.in_time_change_half_width));

  const out = scratch.pathOf("applied.json");
  const changes = JSON.parse(shiftwright([...day, "--apply", "1", "--json"]).output);
  expect(changes).toHaveLength(Number(best.people));
  const applied = shiftwright([...day, "--apply", "1", "--agent", changes[0].agentId, "--out", out]);
  expect(applied.status, applied.error).toBe(0);
  expect(Papa.parse<Record<string, string>>(applied.output.trim(), { header: true }).data).toHaveLength(1);
  const before = new Map(assignmentsOf(document).map((one) => [one.shift.id, JSON.stringify(one)]));
  const different = assignmentsOf(JSON.parse(readFileSync(out, "utf8"))).filter(
    (one) => before.get(one.shift.id) !== JSON.stringify(one),
  );
  expect(different.map(({ agentId }) => agentId)).toEqual([changes[0].agentId]);

  const stranger = shiftwright([
    ...day,
    "--apply",
    "1",
    "--agent",
    "nobody",
    "--out",
    scratch.pathOf("none.json"),
  ]);
  expect([stranger.status, stranger.error]).toEqual([1, expect.stringContaining("(today.unknownAgent)")]);
  const none = shiftwright([...day, "--apply", "99"]);
  expect([none.status, none.error]).toEqual([1, expect.stringContaining("(today.noOption)")]);
});

test("day: who is away from when counts as it was said last", () => {
  const out = scratch.pathOf("sick.json");
  const { results } = JSON.parse(gunzipSync(readFileSync(planOf010)).toString());
  const [{ agentId }] = results.roster.value.assignments as Assignment[];
  const sickAfter = (plan: string, time: string) => {
    const run = shiftwright(["day", plan, "--now", now, "--sick", `${agentId}@${time}`, "--out", out]);
    expect(run.status, run.error).toBe(0);
    return JSON.parse(readFileSync(out, "utf8")).plan.today.sick;
  };
  expect(sickAfter(planOf010, "15:00")).toEqual([{ agentId, fromMinute: 900 }]);
  expect(sickAfter(out, "10:00")).toEqual([{ agentId, fromMinute: 600 }]);
});

test("day: what cannot be is refused in a sentence", () => {
  const stranger = shiftwright(["day", planOf010, "--now", now, "--sick", "nobody"]);
  expect([stranger.status, stranger.error]).toEqual([1, expect.stringContaining("(today.unknownAgent)")]);
  const other = shiftwright(["day", planOf010, "--now", "2027-01-01T11:00"]);
  expect(other.error).toContain("(today.noForecast)");
  expect(shiftwright(["day", planOf010, "--now", "11:00"]).status).toBe(2);
});
