import Papa from "papaparse";
import { expect, test } from "vitest";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();

/** Twenty weeks of half-hours, 08:00 to 18:00 on weekdays, exactly the same every week, a tenth more on Mondays. */
const history = scratch.file(
  "calls.csv",
  [
    "start;calls",
    ...Array.from({ length: 140 }, (_, day) => new Date(Date.UTC(2026, 0, 5 + day)))
      .filter((date) => date.getUTCDay() % 6 !== 0)
      .flatMap((date) =>
        Array.from({ length: 20 }, (_, half) => {
          const minute = 480 + 30 * half;
          const clock = new Date(date.getTime() + minute * 60_000)
            .toISOString()
            .slice(0, 16)
            .replace("T", " ");
          return `${clock};${(date.getUTCDay() === 1 ? 110 : 100) + 10 * (half % 5)}`;
        }),
      ),
    "",
  ].join("\n"),
);

test("backtest: every model's error, bias and coverage, and the one that auto chooses", () => {
  const run = shiftwright(["backtest", history, "--origins", "4", "--weeks", "1", "--no-seconds"]);
  expect(run.status, run.error).toBe(0);
  const { data, meta } = Papa.parse<Record<string, string>>(run.output, {
    header: true,
    skipEmptyLines: true,
  });
  expect(meta.fields).toEqual("model wape mase bias coverage80 coverage95 seconds chosen".split(" "));
  expect(data.length).toBeGreaterThan(5);
  expect(data.filter(({ chosen }) => chosen === "true")).toHaveLength(1);
  // What repeats every week is known to the last contact from the week before.
  const naive = data.find(({ model }) => model === "seasonalNaive");
  expect([naive?.wape, naive?.bias]).toEqual(["0", "0"]);
  for (const { seconds } of data) expect(seconds).toBe("");
  const again = shiftwright(["backtest", history, "--origins", "4", "--weeks", "1", "--no-seconds"]);
  expect(again.output).toBe(run.output);
});

test("backtest: origins and errors by week ahead as JSON, and a history too short for any", () => {
  const run = shiftwright(["backtest", history, "--origins", "2", "--weeks", "2", "--json"]);
  expect(run.status, run.error).toBe(0);
  const [result] = JSON.parse(run.output);
  expect(result.origins).toHaveLength(2);
  const short = shiftwright([
    "backtest",
    history,
    "--first-origin",
    "2026-01-12",
    "--last-origin",
    "2026-01-12",
  ]);
  expect(short.status, short.output).toBe(1);
});

test("backtest --intraday: the rest of days that never deviate is known by every method", () => {
  const run = shiftwright(["backtest", history, "--intraday", "11:00", "--days", "10"]);
  expect(run.status, run.error).toBe(0);
  const { data } = Papa.parse<Record<string, string>>(run.output, { header: true, skipEmptyLines: true });
  expect(data.map(({ method }) => method)).toEqual(["dayForecast", "ratioScaling", "reforecast"]);
  for (const { days, wape } of data) {
    expect(days).toBe("10");
    expect(Number(wape)).toBeLessThan(0.01);
  }
  const night = shiftwright(["backtest", history, "--intraday", "23:00"]);
  expect(night.status).toBe(1);
  expect(shiftwright(["backtest", history, "--intraday", "25:00"]).status).toBe(2);
});
