import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import Papa from "papaparse";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

test("a queue named like a formula comes out of the command line guarded; numbers are left alone", () => {
  const names = [
    '=HYPERLINK("http://x.example","y")',
    "＝1+1",
    "  =1+1",
    "\t=1+1",
    "\r=1+1",
    "-1+1",
    "-5",
    "Voice",
  ];
  const problem = {
    intervalMinutes: 60,
    intervals: 1,
    queues: names.map((id) => ({ id, arrivalsPerHour: 6, handleTime: 60 })),
    groups: names.map((id, at) => ({ id: `g${at}`, serves: [id], staffing: 2 })),
  };
  const run = spawnSync(
    resolve(root, "node_modules/.bin/tsx"),
    [resolve(root, "src/cli/shiftwright.ts"), "simulate", "-", "--replications", "2"],
    { input: JSON.stringify(problem), encoding: "utf8" },
  );
  expect(run.stderr).not.toContain("error");
  const { data } = Papa.parse<Record<string, string>>(run.stdout.trim(), { header: true });
  expect(data.map(({ queue }) => queue)).toEqual([
    '\'=HYPERLINK("http://x.example","y")',
    "'＝1+1",
    "'  =1+1",
    "'\t'=1+1",
    "'\r'=1+1",
    "'-1+1",
    "-5",
    "Voice",
  ]);
  for (const row of data) expect(Number(row.offered)).toBeGreaterThanOrEqual(0);
});
