import { describe, expect, test } from "vitest";
import { check } from "./case-runner.ts";
import { bothQueues, closedFormCases, likeQueues } from "./closed-form-cases.ts";
import { floorRuleCases } from "./floor-rule-cases.ts";

/** The printed table with all replications is `npm run bench:closed-form`; here a twentieth of them. */
describe("systems whose answer is known", () => {
  for (const { name, problem, replications, leastReplications = 0, figures } of [
    ...closedFormCases,
    ...floorRuleCases,
  ]) {
    test(name, () => {
      for (const { label, z, standardError, exact } of check(
        problem,
        Math.max(leastReplications, Math.ceil(replications / 20)),
        figures,
      )) {
        expect(Math.abs(z), `${label}: z ${z}`).toBeLessThan(3);
        // An estimate too vague to be wrong proves nothing.
        expect(standardError / exact, label).toBeLessThan(0.12);
      }
    });
  }

  test("two like queues: helping after ten seconds lies between apart and pooled", () => {
    const [apart, helping, pooled] = (["dedicated", "overflow", "pooled"] as const).map(
      (routing) => check(likeQueues(routing), 40, [bothQueues])[0],
    );
    expect(Math.abs(apart.estimate - 0.754466) / apart.standardError).toBeLessThan(3);
    expect(Math.abs(pooled.estimate - 0.893767) / pooled.standardError).toBeLessThan(3);
    expect(helping.estimate).toBeGreaterThan(apart.estimate + 0.02);
    expect(helping.estimate).toBeLessThan(pooled.estimate);
  });
});
