import { describe, expect, test } from "vitest";
import { readSimulationProblem } from "../../../src/files/simulation-problem.ts";
import { compileBareProblem } from "../../../src/simulating/compile/compile-bare-problem.ts";
import { createBlockRunner } from "../../../src/simulating/measure/replication-blocks.ts";
import { runReplications } from "../../../src/simulating/simulate-contacts.ts";

function problem(change: object = {}): string {
  return JSON.stringify({
    intervalMinutes: 30,
    intervals: 40,
    intervalsPerDay: 20,
    warmUpIntervals: 4,
    queues: [{ id: "sales", arrivalsPerHour: 200, handleTime: 180, patience: 300 }],
    groups: [{ id: "team", serves: ["sales"], staffing: 13 }],
    ...change,
  });
}

function compiled(text: string) {
  const read = readSimulationProblem(text);
  if (!read.ok) throw new Error(read.issues[0].code);
  return compileBareProblem(read.value, 1);
}

const codes = (text: string) => {
  const read = readSimulationProblem(text);
  return (read.ok ? compileBareProblem(read.value, 1) : read).issues.map((issue) => issue.code);
};

describe("a bare problem", () => {
  test("100 calls per half-hour, 13 agents, patience 5 min: 85.8 % in 20 s, 88 % of the answered", async () => {
    for (const [rule, level] of [
      ["offered", 0.85818],
      ["answered", 0.88015],
    ] as const) {
      const outcome = compiled(
        problem({
          queues: [
            { id: "sales", arrivalsPerHour: 200, handleTime: 180, patience: 300, serviceLevelRule: rule },
          ],
        }),
      );
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      const run = createBlockRunner(outcome.value, 120);
      const { queues } = await runReplications(outcome.value, 120, [async (block) => run(block)]);
      const { serviceLevel } = queues[0].total;
      expect(Math.abs(serviceLevel.mean[0] - level)).toBeLessThan(1.5 * serviceLevel.halfWidth[0]);
      expect(serviceLevel.halfWidth[0]).toBeLessThan(0.008);
      expect(queues[0].days.offered.mean).toHaveLength(2);
      // The warm-up is left out of the first day.
      expect(queues[0].days.offered.mean[0]).toBeLessThan(0.85 * queues[0].days.offered.mean[1]);
    }
  });

  test("says what is wrong with it", () => {
    expect(codes("{")).toEqual(["simulationProblem.notJson"]);
    expect(codes("{}")).toContain("simulationProblem.wrongField");
    expect(codes(problem({ queues: [{ id: "a", arrivalsPerHour: [1, 2], handleTime: 10 }] }))).toEqual([
      "simulate.seriesLength",
      "simulate.unknownQueue",
    ]);
    const sales = { id: "sales", arrivalsPerHour: 1, handleTime: 10 };
    expect(codes(problem({ queues: [sales, sales] }))).toEqual(["simulate.repeatedName"]);
    expect(codes(problem({ queues: [{ ...sales, classes: [{ share: 0.5 }] }] }))).toEqual([
      "simulate.classShares",
    ]);
    expect(codes(problem({ queues: [{ ...sales, handleTime: -3 }] }))).toEqual([
      "simulationProblem.wrongField",
    ]);
  });
});
