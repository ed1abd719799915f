import { expect, test } from "vitest";
import { fingerprint } from "../../src/domain/fingerprint.ts";
import { compilePlan } from "../../src/simulating/compile/compile-plan.ts";
import type { SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";
import { closedFormCases } from "./closed-form-cases.ts";
import { input } from "./two-queue-plan.ts";

/** What three replications counted, to the last bit. */
function digest(problem: SimulationProblem): string {
  const run = createEngine(problem);
  const tally = createTally(problem);
  for (let replication = 0; replication < 3; replication++) run(replication, tally);
  // Counts that there were in the first version of the engine.
  const first = tally.queues.filter((_, at) => at % queueCounts <= queueCount.serviceTime);
  return fingerprint([first, tally.groups, tally.contacts, tally.stillThere]);
}

test("who has no use for newer settings sees the same customers and the same days as ever", () => {
  const { plan } = input();
  const compiled = compilePlan(
    input({
      simulation: { ...plan.simulation, uncertainDemand: true, atShiftEnd: "handOver" },
      shrinkage: [true, false].map((planned) => ({
        id: `${planned}`,
        name: "s",
        share: 0.1,
        planned,
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      })),
    }),
  );
  if (!compiled.ok) throw new Error(compiled.issues[0].code);
  const named = (name: string) => closedFormCases.find((one) => one.name === name)!.problem;
  expect(digest(compiled.value.problem)).toBe("2039bd51999b2fab");
  expect(digest(named("two queues, flexible agents"))).toBe("025db12b090bf89f");
  expect(digest(named("M/M/1 with redials, λ 0.6, μ 1, retry 0.5"))).toBe("b80a8559a4c11d63");
});
