import { describe, expect, test } from "vitest";
import { type Figures, measures } from "../../../src/scenarios/measuring/figures.ts";
import { returnOnInvestment } from "../../../src/scenarios/searches/return-on-investment.ts";

function differences(hoursNeeded: number, lost: number, halfWidth: number): Figures {
  const none = Object.fromEntries(measures.map((measure) => [measure, null])) as unknown as Figures;
  return { ...none, hoursNeeded: { value: hoursNeeded, halfWidth: 0 }, lost: { value: lost, halfWidth } };
}

const month = 365 / 12;

describe("return on investment", () => {
  test("hours and contacts saved, the interval carried through", () => {
    const { netPerMonth, payBackMonths, payBackEarliest, payBackLatest, firstYearReturn } =
      returnOnInvestment({
        differences: differences(-100, -200, 50),
        dayCount: month,
        costPerHour: 20,
        valuePerContact: 5,
        oneOffCost: 10_000,
        runningCostPerMonth: 500,
      });
    // 2,000 for hours and 1,000 ± 250 for contacts, less 500.
    expect(netPerMonth).toEqual({ value: 2500, halfWidth: 250 });
    expect(payBackMonths).toBe(4);
    expect(payBackEarliest).toBeCloseTo(10_000 / 2750, 12);
    expect(payBackLatest).toBeCloseTo(10_000 / 2250, 12);
    expect(firstYearReturn?.value).toBeCloseTo(2, 12);
    expect(firstYearReturn?.halfWidth).toBeCloseTo(0.3, 12);
  });

  test("what costs more than it saves is never earned back; what might be, only at the good end", () => {
    const input = {
      dayCount: month,
      costPerHour: 20,
      valuePerContact: 5,
      oneOffCost: 1000,
      runningCostPerMonth: 1100,
    };
    const never = returnOnInvestment({ ...input, differences: differences(10, 0, 0) });
    expect(never.payBackMonths).toBeNull();
    const maybe = returnOnInvestment({ ...input, differences: differences(0, -200, 50) });
    expect(maybe.payBackMonths).toBeNull();
    expect(maybe.payBackEarliest).toBeCloseTo(1000 / 150, 9);
  });
});
