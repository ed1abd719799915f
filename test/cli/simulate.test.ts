import Papa from "papaparse";
import { expect, test } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import { made } from "../builders.ts";
import { smallPlan } from "../scenarios/small-plan.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();
const rowsOf = (csv: string) =>
  Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;

/** One queue of 200 calls an hour and 13 agents, two days after one of warming up. */
const problem = scratch.file(
  "problem.json",
  JSON.stringify({
    intervalMinutes: 30,
    intervals: 144,
    intervalsPerDay: 48,
    warmUpIntervals: 48,
    queues: [{ id: "sales", arrivalsPerHour: 200, handleTime: 180, patience: 300, answerWithinSeconds: 20 }],
    groups: [{ id: "team", staffing: 13, serves: ["sales"] }],
  }),
);
const exact = steadyQueue(
  { arrivalsPerSecond: 200 / 3600, ahtSeconds: 180, patienceSeconds: 300, answerWithinSeconds: 20 },
  13,
);

test("simulate: a bare problem agrees with Erlang A, on two processes to the byte", () => {
  const run = shiftwright(["simulate", problem, "--replications", "20", "--by", "total"]);
  expect(run.status, run.error).toBe(0);
  const [row] = rowsOf(run.output);
  const level = Number(row.service_level);
  const halfWidth = Number(row.service_level_half_width);
  expect(halfWidth).toBeGreaterThan(0);
  expect(halfWidth).toBeLessThan(0.02);
  expect(Math.abs(level - exact.serviceLevelOffered)).toBeLessThan(2 * halfWidth);
  const onTwo = shiftwright(["simulate", problem, "--replications", "20", "--by", "total", "--workers", "2"]);
  expect(onTwo.output).toBe(run.output);
  const otherSeed = shiftwright([
    "simulate",
    problem,
    "--replications",
    "20",
    "--by",
    "total",
    "--seed",
    "2",
  ]);
  expect(otherSeed.output).not.toBe(run.output);
});

test("simulate: one long run in batches agrees with Erlang A too", () => {
  const run = shiftwright(["simulate", problem, "--batches", "8", "--json"]);
  expect(run.status, run.error).toBe(0);
  const [{ queue, correlation, total }] = JSON.parse(run.output).queues;
  expect(queue).toBe("sales");
  expect(Math.abs(correlation)).toBeLessThan(1);
  const { mean, halfWidth } = total.serviceLevel;
  expect(halfWidth).toBeGreaterThan(0);
  expect(Math.abs(mean - exact.serviceLevelOffered)).toBeLessThan(2 * halfWidth);
});

test("simulate: every contact of one day of a plan file, and why there may be no result", () => {
  const { plan, forecast, schedule } = smallPlan({ days: 1, replications: 3 });
  const results = { ...noResults, forecast: made(forecast), schedule: made(schedule!) };
  const planFile = scratch.file("plan.json", planFileText({ plan, history: null, results }));
  const trace = shiftwright(["simulate", planFile, "--trace", "1"]);
  expect(trace.status, trace.error).toBe(0);
  const contacts = rowsOf(trace.output);
  // A hundred an hour, all day.
  expect(contacts.length).toBeGreaterThan(2200);
  expect(contacts.length).toBeLessThan(2600);
  expect(new Set(contacts.map(({ outcome }) => outcome)).has("answered")).toBe(true);

  const unmade = scratch.file("unmade.json", planFileText({ plan, history: null, results: noResults }));
  const nothing = shiftwright(["simulate", unmade]);
  expect([nothing.status, nothing.output]).toEqual([1, ""]);
  expect(nothing.error).toContain("simulate.noForecastYet");
  expect(shiftwright(["simulate", planFile, "--batches", "4"]).error).toContain("simulate.batchesOfPlan");
  expect(shiftwright(["simulate", problem, "--by", "month"]).status).toBe(2);
});
