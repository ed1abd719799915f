import { describe, expect, test } from "vitest";
import { varianceReduction } from "./common-random-numbers.ts";
import { dayOf, problemOfDay } from "./days.ts";
import { agreement } from "./transient-agreement.ts";

/** More replications and bigger days: `npm run bench:transient` and `npm run bench:crn`. */
describe("a day at 31 and at 108 agents", () => {
  test("agrees with the exact transient queue in every interval", async () => {
    const { meanSquare, worst, daySimulated, dayExact } = await agreement(dayOf(31), 800, 5);
    expect(meanSquare).toBeGreaterThan(0.7);
    expect(meanSquare).toBeLessThan(1.4);
    expect(worst).toBeLessThan(4.2);
    expect(Math.abs(daySimulated - dayExact)).toBeLessThan(0.004);
  });

  test("the same customers make the difference of one more agent twenty times surer", () => {
    const day = dayOf(108);
    const more = problemOfDay({ ...day, agents: day.agents.map((agents) => agents + 1) });
    const { ratio, difference } = varianceReduction(problemOfDay(day), more, 60);
    expect(ratio).toBeGreaterThan(20);
    expect(difference).toBeGreaterThan(0.01);
  });
});
