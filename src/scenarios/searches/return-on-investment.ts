import type { Figure, Figures } from "../measuring/figures.ts";

/** Daily sums are carried to months of this many days. */
const daysPerMonth = 365 / 12;

export interface InvestmentInput {
  /** Differences of the scenario from the base over `dayCount` days. */
  readonly differences: Figures;
  readonly dayCount: number;
  /** Price of an hour on queue. */
  readonly costPerHour: number;
  /** What a contact is worth that is not lost. */
  readonly valuePerContact: number;
  readonly oneOffCost: number;
  readonly runningCostPerMonth: number;
}

/** Per month, with half-widths of 95 % intervals. */
export interface Investment {
  /** Hours on queue that the goals no longer need, at their price; negative when they need more. */
  readonly savedHours: number;
  readonly savedByHours: number;
  /** Contacts no longer lost, at their value. */
  readonly savedByContacts: Figure;
  readonly netPerMonth: Figure;
  /** Months until the one-off cost is earned back; null: never. */
  readonly payBackMonths: number | null;
  /** The same at the ends of the interval of the net gain; null: never. */
  readonly payBackEarliest: number | null;
  readonly payBackLatest: number | null;
  /** Net gain of the first year ÷ one-off cost; null without a one-off cost. */
  readonly firstYearReturn: Figure | null;
}

/**
 * What a change earns. Hours saved are those the goals no longer need; contacts saved come from the simulation with
 * their interval, which is carried through (all else is certain). Assumes that every month is like the compared days.
 */
export function returnOnInvestment(input: InvestmentInput): Investment {
  const perMonth = daysPerMonth / input.dayCount;
  const savedHours = -(input.differences.hoursNeeded?.value ?? 0) * perMonth;
  const savedByHours = savedHours * input.costPerHour;
  const lost = input.differences.lost ?? { value: 0, halfWidth: 0 };
  const savedByContacts = {
    value: -lost.value * perMonth * input.valuePerContact + 0,
    halfWidth: lost.halfWidth * perMonth * input.valuePerContact,
  };
  const netPerMonth = {
    value: savedByHours + savedByContacts.value - input.runningCostPerMonth,
    halfWidth: savedByContacts.halfWidth,
  };
  const payBack = (net: number) => (net > 0 ? input.oneOffCost / net : null);
  return {
    savedHours,
    savedByHours,
    savedByContacts,
    netPerMonth,
    payBackMonths: payBack(netPerMonth.value),
    payBackEarliest: payBack(netPerMonth.value + netPerMonth.halfWidth),
    payBackLatest: payBack(netPerMonth.value - netPerMonth.halfWidth),
    firstYearReturn:
      input.oneOffCost > 0
        ? {
            value: (12 * netPerMonth.value - input.oneOffCost) / input.oneOffCost,
            halfWidth: (12 * netPerMonth.halfWidth) / input.oneOffCost,
          }
        : null,
  };
}
