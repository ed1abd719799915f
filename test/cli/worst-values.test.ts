import { describe, expect, test } from "vitest";
import { shiftwrightProgram } from "../../src/cli/program.ts";
import words from "../../src/ui/issues/words/en.json" with { type: "json" };
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const worst = [
  "1e9",
  "1000000000",
  "1e-9",
  "9999-12-31",
  "0001-01-01",
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
/** What a command needs beside the option that is tried; other commands are given a file that is not there. */
const given: Readonly<Record<string, readonly string[]>> = {
  forecast: [history, "--days", "1"],
  backtest: [history],
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
          expect(error, what).not.toContain(withoutSentence);
          expect(error, what).not.toMatch(/undefined|\[object/);
          if (status !== 0) expect(error.trim(), what).not.toBe("");
          if (status === 2) expect(output, what).toBe("");
        }
      }
    });
  }

  test("a column that is not in the file is named, and so is what an option wants", async () => {
    const { status, error } = await shiftwrightHere(["forecast", history, "--columns", "start=Nope"]);
    expect([status, error]).toEqual([
      1,
      `error ${history}:1 The file has no column Nope. (import.noSuchColumn)\n`,
    ]);
    const wrong = await shiftwrightHere(["forecast", history, "--columns", "volume=Calls"]);
    expect(wrong.status).toBe(2);
    expect(wrong.error).toContain("volume is no use of a column; there are");
  });

  test("a file that leaves a question open ends with status 1 and the options that answer it", async () => {
    const minutes = folder.file(
      "minutes.csv",
      `Date,Time,Calls,AHT\n${Array.from({ length: 16 }, (_, at) => `2026-03-0${2 + (at >> 3)},${clock(at % 8)},${10 + ((at * 7) % 16)},4.05`).join("\n")}\n`,
    );
    const asked = await shiftwrightHere(["forecast", minutes, "--days", "1"]);
    expect(asked.status).toBe(1);
    expect(asked.output).toBe("");
    expect(asked.error).toContain(`${minutes}:1 [AHT] A handle time of 4.05 in AHT would average`);
    expect(asked.error).toContain("--handle-time-unit minutes");
    const answered = await shiftwrightHere([
      "forecast",
      minutes,
      "--days",
      "1",
      "--handle-time-unit",
      "minutes",
    ]);
    expect(answered.status).toBe(0);
    expect(answered.error).toContain("main: 280 contacts in the file, of which 280 are in the history");
  });

  test("a file that is not there, a folder and rubbish are said in a sentence with their name", async () => {
    const rubbish = folder.file("rubbish.csv", '{"a": [1, 2');
    for (const command of shiftwrightProgram().commands) {
      if (command.registeredArguments.length === 0) continue;
      for (const path of [nowhere, folder.pathOf("."), rubbish]) {
        const args = [command.name(), path, ...requiredOf(command)];
        const { status, error } = await shiftwrightHere(args);
        expect(status, `${args.join(" ")} ${error}`).toBeGreaterThan(0);
        expect(error, args.join(" ")).not.toMatch(/^\s+at |program\.fault|SyntaxError|^[[{]/m);
        expect(error, args.join(" ")).not.toContain(withoutSentence);
        if (status === 1) expect(error, args.join(" ")).toContain(path);
      }
    }
  });
});

/** What is printed of an issue that has no sentence. */
const withoutSentence = words.unknown.split("{{")[0];

/** A value for each option that a command cannot do without. */
function requiredOf(command: ReturnType<typeof shiftwrightProgram>): string[] {
  return command.options
    .filter(({ mandatory }) => mandatory)
    .flatMap(({ long }) => [
      long ?? "",
      /level/.test(long ?? "") ? "0.8" : /out|templates/.test(long ?? "") ? nowhere : "20",
    ]);
}
