import { describe, expect, test } from "vitest";
import { shiftwrightProgram } from "../../src/cli/program.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const worst = [
  "",
  " ",
  "-1",
  "0",
  "NaN",
  "1e999",
  "0x10",
  "2026-13-45",
  "{}",
  "=1+1",
  "号\u0000\u202e",
  "x".repeat(5000),
  "../nowhere/at/all",
];

const folder = scratchFolder();
const clock = (at: number) => `${String(8 + (at >> 1)).padStart(2, "0")}:${at % 2 === 0 ? "00" : "30"}`;
const history = folder.file(
  "history.csv",
  `Date,Time,Calls,AHT\n${["02", "03", "04", "05"]
    .flatMap((day) => Array.from({ length: 8 }, (_, at) => `2026-03-${day},${clock(at)},${10 + at},240`))
    .join("\n")}\n`,
);
const forecast = folder.file(
  "forecast.csv",
  "interval_start,queue,offered,aht_seconds\n2026-03-09T08:00:00+00:00,main,20,240\n2026-03-09T08:30:00+00:00,main,30,240\n",
);
const problem = folder.file(
  "problem.json",
  JSON.stringify({
    intervalMinutes: 30,
    intervals: 4,
    queues: [{ id: "sales", arrivalsPerHour: 20, handleTime: 180, patience: 300, answerWithinSeconds: 20 }],
    groups: [{ id: "team", staffing: 3, serves: ["sales"] }],
  }),
);
/** What a command needs beside the option that is tried; other commands are given a file that is not there. */
const given: Readonly<Record<string, readonly string[]>> = {
  forecast: [history, "--days", "1"],
  backtest: [history],
  simulate: [problem, "--replications", "2"],
  require: [forecast, "--service-level", "0.8", "--answer-within", "20"],
  erlang:
    "--model c --offered 100 --interval-minutes 30 --aht 180 --answer-within 20 --service-level 0.8".split(
      " ",
    ),
};
const nowhere = folder.pathOf("nowhere.csv");

describe("the ten worst values of every option", () => {
  for (const command of shiftwrightProgram().commands) {
    const name = command.name();
    const base = given[name] ?? command.registeredArguments.map(() => nowhere);
    test(`${name}: ends with words and a status, never with a stack or raw JSON`, async () => {
      for (const option of command.options) {
        for (const value of worst) {
          const flag = option.long ?? option.short ?? "";
          const args = [name, ...base, ...(option.isBoolean() ? [flag] : [`${flag}=${value}`])];
          const { status, error, output } = await shiftwrightHere(args);
          const what = `${flag} ${JSON.stringify(value.slice(0, 20))}: ${error.slice(0, 400)}`;
          expect([0, 1, 2], what).toContain(status);
          expect(error, what).not.toMatch(/^\s+at |program\.fault|^[[{]/m);
          expect(error, what).not.toMatch(/There is no sentence|undefined|\[object/);
          if (status !== 0) expect(error.trim(), what).not.toBe("");
          if (status === 2) expect(output, what).toBe("");
        }
      }
    });
  }

  test("a file that is not there, a folder and rubbish are said in a sentence with their name", async () => {
    const rubbish = folder.file("rubbish.csv", '{"a": [1, 2');
    for (const command of shiftwrightProgram().commands) {
      if (command.registeredArguments.length === 0) continue;
      for (const path of [nowhere, folder.pathOf("."), rubbish]) {
        const args = [command.name(), path, ...requiredOf(command)];
        const { status, error } = await shiftwrightHere(args);
        expect(status, `${args.join(" ")} ${error}`).toBeGreaterThan(0);
        expect(error, args.join(" ")).not.toMatch(/^\s+at |program\.fault|SyntaxError|^[[{]/m);
      }
    }
  });
});

/** A value for each option that a command cannot do without. */
function requiredOf(command: ReturnType<typeof shiftwrightProgram>): string[] {
  return command.options
    .filter(({ mandatory }) => mandatory)
    .flatMap(({ long }) => [
      long ?? "",
      /level/.test(long ?? "") ? "0.8" : /out|templates/.test(long ?? "") ? nowhere : "20",
    ]);
}
