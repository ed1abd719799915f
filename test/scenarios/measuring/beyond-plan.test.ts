import { describe, expect, test } from "vitest";
import type { Change, Scenario } from "../../../src/domain/plan/scenario.ts";
import { compareBeyondPlan, datesBeyond } from "../../../src/scenarios/measuring/beyond-plan.ts";
import { demandMakers, demandStagesHere } from "../../../src/stages/demand-makers.ts";
import { smallDocument } from "../../app/sample-document.ts";

/** One queue with 60 contacts an hour round the clock, planned for the week from 2 November 2026. */
const { plan, history } = smallDocument();
const onDate = (date: string) => ({
  fromDate: date,
  toDate: date,
  weekdays: null,
  fromMinute: null,
  toMinute: null,
});
const peak = (date: string): Change => ({
  kind: "volume",
  queueId: null,
  factor: 2,
  window: onDate(date),
});
const scenario = (...changes: Change[]): Scenario => ({ id: "s", name: "Peak", changes });
const makers = demandMakers(history, demandStagesHere);

describe("a scenario on dates outside the plan", () => {
  test("is told from one inside, from one without dates, and from one with both", () => {
    expect(datesBeyond(plan, scenario(peak("2027-01-12")))).toEqual({ firstDate: "2027-01-12", dayCount: 1 });
    expect(datesBeyond(plan, scenario(peak("2027-01-12"), peak("2027-01-10")))).toEqual({
      firstDate: "2027-01-10",
      dayCount: 3,
    });
    expect(datesBeyond(plan, scenario(peak("2026-11-09")))).not.toBeNull();
    expect(datesBeyond(plan, scenario(peak("2026-11-08")))).toBeNull();
    expect(datesBeyond(plan, scenario(peak("2026-11-03"), peak("2027-01-12")))).toBeNull();
    expect(datesBeyond(plan, scenario({ kind: "wages", factor: 2 }))).toBeNull();
  });

  test("is forecast ten weeks ahead, and its agents required are compared with the forecast's", async () => {
    const templates = [20, 30].map((costPerHour) => ({ costPerHour }) as (typeof plan.templates)[number]);
    const outcome = await compareBeyondPlan({ ...plan, templates }, scenario(peak("2027-01-12")), makers);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const { scopes, uncounted } = outcome.value;
    expect(uncounted).toBe(0);
    expect(scopes.map(({ queueId }) => queueId)).toEqual(["voice", null]);
    const [{ base, changed }] = scopes;
    expect(base.contacts).toBeCloseTo(24 * 60, 6);
    expect(changed.contacts).toBeCloseTo(2 * 24 * 60, 6);
    // Every hour alike: so many agents for twenty-four hours.
    expect(base.hoursNeeded).toBe(24 * base.peakAgents);
    expect(changed.hoursNeeded).toBe(24 * changed.peakAgents);
    expect(changed.peakAgents).toBeGreaterThan(base.peakAgents);
    expect(changed.peakAgents).toBeLessThan(2 * base.peakAgents);
    expect(base.cost).toBeCloseTo(25 * base.hoursToSchedule, 6);
  });

  test("counts no change about people, and says what it cannot do", async () => {
    const absent: Change = { kind: "absence", groupId: null, share: 0.5, window: onDate("2027-01-12") };
    const outcome = await compareBeyondPlan(plan, scenario(absent), makers);
    expect(outcome.ok && outcome.value.uncounted).toBe(1);
    expect(outcome.ok && outcome.value.scopes[0].changed).toEqual(outcome.ok && outcome.value.scopes[0].base);
    expect(outcome.ok && outcome.value.scopes[0].base.cost).toBeNull();
    const codes = async (changes: Change[], from = makers) =>
      (await compareBeyondPlan(plan, scenario(...changes), from)).issues.map(({ code }) => code);
    expect(await codes([peak("2026-11-03")])).toEqual(["scenario.notBeyond"]);
    expect(await codes([peak("2027-01-12"), peak("2028-01-12")])).toEqual(["scenario.beyondTooLong"]);
    expect(await codes([peak("2027-01-12")], demandMakers(null, demandStagesHere))).toEqual([
      "scenario.beyondNeedsHistory",
    ]);
  });
});
