import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();
const plan = (...args: string[]) => shiftwright(["plan", ...args]);

/** Sixteen weeks of half-hours, weekdays 08:00 to 18:00, without handle times. */
function smallHistory(): string {
  const lines = ["start;calls"];
  for (let day = 0; day < 112; day++) {
    const date = new Date(Date.UTC(2026, 0, 5 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    for (let half = 16; half < 36; half++) {
      const time = `${String(half >> 1).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;
      const calls = 20 + (half % 7) + Math.floor(12 * randomStream(1, day, half).uniform());
      lines.push(`${date.toISOString().slice(0, 10)} ${time};${calls}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
const history = scratch.file("calls.csv", smallHistory());
const options = ["--aht", "240", "--days", "7", "--interval-minutes", "30", "--replications", "5"];

/** The folder of the first run, which every test of this file reads. */
const first = scratch.pathOf("one");
beforeAll(() => {
  const { status, error } = plan(history, ...options, "--out", first);
  expect(status, error).toBe(0);
});

describe("shiftwright plan", () => {
  test("writes every file, the same bytes twice, and a plan file that reads back", () => {
    const second = scratch.pathOf("two");
    const { status, error } = plan(history, ...options, "--out", second);
    expect(status, error).toBe(0);
    const runs = [first, second];
    const names = readdirSync(runs[0]).sort();
    expect(names).toEqual([
      "backtest.csv",
      "forecast.csv",
      "intervals.csv",
      "plan.json",
      "requirement.csv",
      "schedule.csv",
      "simulation.csv",
    ]);
    for (const name of names) {
      const [one, two] = runs.map((out) => readFileSync(join(out, name)));
      expect(one.equals(two), name).toBe(true);
      expect(one.length, name).toBeGreaterThan(100);
    }
    const text = readFileSync(join(runs[0], "plan.json"));
    const read = readPlanFile(text);
    expect(read.issues).toEqual([]);
    if (!read.ok) return;
    expect(read.value.plan.firstDate).toBe("2026-04-27");
    expect(read.value.plan.dayCount).toBe(7);
    expect(read.value.plan.queues[0].defaultAhtSeconds).toBe(240);
    expect(read.value.results.simulation?.value.replications).toBe(5);
  });

  test("follows a plan that is given", () => {
    const out = scratch.pathOf("followed");
    const given = join(first, "plan.json");
    const { status, error } = plan(history, "--plan", given, "--service-level", "0.9", "--out", out);
    expect(status, error).toBe(0);
    const read = readPlanFile(readFileSync(join(out, "plan.json")));
    expect(read.ok && read.value.plan.queues[0].goal.serviceLevel).toBe(0.9);
    expect(read.ok && read.value.plan.queues[0].defaultAhtSeconds).toBe(240);
  });

  test("says why there is no result, with status 1, and what is wrong usage, with status 2", () => {
    const noAht = plan(history, "--days", "7", "--out", scratch.pathOf("none"));
    expect(noAht.status).toBe(1);
    expect(noAht.error).toContain("forecast.noAht");
    const whole = readFileSync(join(first, "plan.json"), "utf8");
    const damaged = scratch.file("damaged.json", whole.slice(0, 5000));
    const broken = plan(history, "--plan", damaged, "--out", scratch.pathOf("none"));
    expect(broken.status).toBe(1);
    expect(broken.error).toContain("planFile.truncated");
    expect(plan(history).status).toBe(2);
  });

  test("follows a set-up kept in a file, the same bytes twice, and writes one", () => {
    const setUp = scratch.file(
      "set-up.json",
      JSON.stringify({
        format: "shiftwright-set-up",
        ...{ name: "Bank", timeZone: "Europe/Berlin", currency: "CHF", intervalMinutes: 30, dayCount: 5 },
        queues: [{ name: "main", defaultAhtSeconds: 200, goal: { serviceLevel: 0.9 } }],
      }),
    );
    const outs = ["one.json", "two.json"].map(scratch.pathOf);
    for (const out of outs) {
      const { status, error } = plan(
        history,
        "--set-up",
        setUp,
        "--replications",
        "5",
        "--plan-file",
        out,
        "--set-up-out",
        `${out}.set-up`,
      );
      expect(status, error).toBe(0);
    }
    const [one, two] = outs.map((out) => readFileSync(out));
    expect(one.equals(two)).toBe(true);
    const read = readPlanFile(one);
    expect(read.ok && read.value.plan).toMatchObject({ name: "Bank", currency: "CHF", dayCount: 5 });
    expect(read.ok && read.value.plan.queues[0]).toMatchObject({ id: "main", defaultAhtSeconds: 200 });
    const kept = JSON.parse(readFileSync(`${outs[0]}.set-up`, "utf8"));
    expect(kept).toMatchObject({ format: "shiftwright-set-up", currency: "CHF", dayCount: 5 });

    const wrong = scratch.file(
      "wrong.json",
      '{ "format": "shiftwright-set-up",\n  "queues": [{ "name": "main",\n    "channel": "fax" }] }',
    );
    const { status, error } = plan(history, "--set-up", wrong, "--out", scratch.pathOf("none"));
    expect(status).toBe(1);
    expect(error).toContain('wrong.json:3 [queues[0].channel] "fax" cannot stand here');
  });
});
