import { addDays, weekdayOf } from "../domain/calendar/clock.ts";
import { dayOfDate, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { DayRange } from "../domain/calendar/ranges.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Penalty } from "../domain/plan/queue.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { type WageParts, wagePartsOf } from "../domain/plan/wages.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import { shiftsAtWork } from "./changes/change-people.ts";
import { hireTraining } from "./changes/hire.ts";
import { type ChargeKind, chargeKinds, type ScenarioInputs } from "./changes/scenario-inputs.ts";
import { type Figure, ratioFigure } from "./measuring/figures.ts";

/** In the order in which they are listed; wages first. */
export const moneyKinds = [
  "wages",
  "clockPremiums",
  "overtimePremiums",
  ...chargeKinds,
  "trainingWages",
  "lostContacts",
  "penalties",
] as const;
export type MoneyKind = (typeof moneyKinds)[number];

/** What a quantity counts. */
export const moneyUnits: Readonly<Record<MoneyKind, "hours" | "contacts" | "months" | "people" | "times">> = {
  wages: "hours",
  clockPremiums: "hours",
  overtimePremiums: "hours",
  bot: "contacts",
  vendorContacts: "contacts",
  vendorHours: "hours",
  workplace: "months",
  perMonth: "months",
  recruiting: "people",
  training: "people",
  oneOff: "times",
  trainingWages: "hours",
  lostContacts: "contacts",
  penalties: "times",
};

/** Where a price stands: with the plan's templates and premiums, its prices of service, or in a change of the scenario. */
export type MoneySource =
  | { readonly part: "templates" | "premiums" | "lostContactValue" | "penalties" }
  | { readonly part: "change"; readonly place: number };

/** One line of a ledger: what is paid, or lost, on the compared days. */
export interface LedgerItem {
  readonly kind: MoneyKind;
  readonly source: MoneySource;
  /** Paid once, by itself; otherwise it belongs to the compared days, and comes again with every such stretch. */
  readonly once: boolean;
  /** Per replication; one entry: certain. Hours of premiums are hours at the plain rate. */
  readonly quantity: Float64Array;
  /** In the plan's currency, likewise; null: nobody has said the price, or no simulation has counted it yet. */
  readonly cost: Float64Array | null;
}

export interface LedgerInput {
  readonly inputs: ScenarioInputs;
  readonly days: DayRange;
  /** null: formulas answered; penalties are not known then. */
  readonly simulation: SimulationResult | null;
  /** Contacts lost on the compared days, over all queues, per replication; null: the formula does not answer. */
  readonly lost: Float64Array | null;
}

/**
 * The money of a plan on some days, as its table of what-if shows it: what its shifts are paid, what the changes of a
 * scenario cost, what lost contacts are worth and what is to be paid for missed service. All of one and the same
 * shifts, so that nothing counts twice: whoever needs fewer agents saves wages only where fewer are there.
 *
 * A penalty for a week is counted in each week from Monday, a month's over all compared days; a part of a week or month
 * counts in proportion. Wages of a hire's training are apart and due once.
 */
export function moneyLedger(input: LedgerInput): readonly LedgerItem[] {
  const { inputs, days, lost } = input;
  const { plan, forecast, charges = [] } = inputs;
  const wages = wagesOnDays(
    shiftsAtWork(inputs),
    forecast.grid,
    plan.templates,
    plan.scheduling.premiums,
    days.first,
    days.end,
  );
  const items: LedgerItem[] = [
    sureItem("wages", { part: "templates" }, false, wages.usual.plainHours, wages.usual.plain),
    sureItem("clockPremiums", { part: "premiums" }, false, wages.usual.clockHours, wages.usual.clock),
    sureItem(
      "overtimePremiums",
      { part: "premiums" },
      false,
      wages.usual.overtimeHours,
      wages.usual.overtime,
    ),
  ];
  for (const { kind, place, perDay, once, price } of charges) {
    const quantity = perDay === null ? once : sumOver(perDay, days);
    const cost = price === null ? null : quantity * price;
    items.push(sureItem(kind, { part: "change", place }, perDay === null, quantity, cost));
  }
  const { training } = wages;
  if (training.plainHours > 0) {
    const cost = training.plain + training.clock + training.overtime;
    items.push(sureItem("trainingWages", { part: "templates" }, true, training.plainHours, cost));
  }
  const value = plan.lostContactValue;
  items.push({
    kind: "lostContacts",
    source: { part: "lostContactValue" },
    once: false,
    quantity: lost ?? new Float64Array(1),
    cost: value === undefined || lost === null ? null : lost.map((contacts) => contacts * value),
  });
  for (const penalty of plan.penalties ?? []) {
    const { amount } = penalty;
    const times =
      input.simulation === null ? null : timesMissed(penalty, input.simulation, forecast.grid, days);
    items.push({
      kind: "penalties",
      source: { part: "penalties" },
      once: false,
      quantity: times ?? new Float64Array(1),
      cost: times === null || amount === null ? null : times.map((count) => count * amount),
    });
  }
  return items;
}

function sureItem(
  kind: MoneyKind,
  source: MoneySource,
  once: boolean,
  quantity: number,
  cost: number | null,
): LedgerItem {
  return {
    kind,
    source,
    once,
    quantity: Float64Array.of(quantity),
    cost: cost === null ? null : Float64Array.of(cost),
  };
}

function sumOver(perDay: Float64Array, { first, end }: DayRange): number {
  let sum = 0;
  for (let day = first; day < end; day++) sum += perDay[day];
  return sum;
}

/** Paid hours and wages of the shifts that start on the compared days; a slider over volume leaves them alone. */
export const wagesOnDays = memoizeByObject(
  (
    worked: readonly Shift[],
    grid: IntervalGrid,
    templates: Plan["templates"],
    premiums: Plan["scheduling"]["premiums"],
    firstDay: number,
    endDay: number,
  ): { readonly usual: WageParts; readonly training: WageParts } => {
    const usual: Shift[] = [];
    const training: Shift[] = [];
    for (const shift of worked) {
      const day = dayOfDate(grid, shift.date);
      if (day === null || day < firstDay || day >= endDay) continue;
      const learns = shift.activities.some(({ ruleId }) => ruleId === hireTraining);
      (learns ? training : usual).push(shift);
    }
    const parts = (shifts: readonly Shift[]) => wagePartsOf(grid, templates, premiums ?? [], shifts);
    return { usual: parts(usual), training: parts(training) };
  },
);

/** How often a queue's service was below the penalty's share, per replication. */
function timesMissed(
  { queueId, below, per }: Penalty,
  simulation: SimulationResult,
  grid: IntervalGrid,
  days: DayRange,
): Float64Array | null {
  const measured = simulation.queues.find((queue) => queue.queueId === queueId)?.replicationDays;
  if (measured === undefined) return null;
  const { dayCount, answeredInTime, serviceLevelBase } = measured;
  const spans = spansOf(per, grid, days);
  return new Float64Array(answeredInTime.length / dayCount).map((_, replication) => {
    let times = 0;
    for (const { first, end, weight } of spans) {
      let inTime = 0;
      let base = 0;
      for (let day = first; day < end; day++) {
        const at = replication * dayCount + day - days.first;
        inTime += answeredInTime[at];
        base += serviceLevelBase[at];
      }
      if (base > 0 && inTime < below * base) times += weight;
    }
    return times;
  });
}

/** Days, weeks from Monday or months that the compared days make up; `weight`: how much of one is there. */
function spansOf(
  per: Penalty["per"],
  { firstDate }: IntervalGrid,
  { first, end }: DayRange,
): (DayRange & { readonly weight: number })[] {
  if (per === "month") return [{ first, end, weight: ((end - first) * 12) / 365 }];
  const spans: (DayRange & { readonly weight: number })[] = [];
  let start = first;
  for (let day = first + 1; day <= end; day++) {
    if (day < end && per === "week" && weekdayOf(addDays(firstDate, day)) !== 1) continue;
    spans.push({ first: start, end: day, weight: per === "day" ? 1 : (day - start) / 7 });
    start = day;
  }
  return spans;
}

const wageKinds: ReadonlySet<MoneyKind> = new Set([
  "wages",
  "clockPremiums",
  "overtimePremiums",
  "trainingWages",
]);
const chargedKinds: ReadonlySet<MoneyKind> = new Set<ChargeKind>(chargeKinds);

/** Wages of the compared days with premiums and overtime, training included. */
export function wagesIn(ledger: readonly LedgerItem[]): number {
  return sumOf(ledger.filter(({ kind }) => wageKinds.has(kind)))?.[0] ?? 0;
}

/** What a scenario costs on the compared days beside wages and lost contacts; null: a price is missing. */
export function otherCostIn(ledger: readonly LedgerItem[]): number | null {
  return sumOf(ledger.filter(({ kind, once }) => chargedKinds.has(kind) && !once))?.[0] ?? null;
}

/** What a scenario costs once, whatever the compared days are; null: a price is missing. */
export function onceCostIn(ledger: readonly LedgerItem[]): number | null {
  return sumOf(ledger.filter(({ kind, once }) => chargedKinds.has(kind) && once))?.[0] ?? null;
}

/** All that is paid: every line but what lost contacts are worth, which nobody pays. */
export function paidIn(ledger: readonly LedgerItem[]): readonly LedgerItem[] {
  return ledger.filter(({ kind }) => kind !== "lostContacts");
}

/** What is to be paid for missed service; null: not simulated. */
export function penaltiesIn(ledger: readonly LedgerItem[]): Float64Array | null {
  return sumOf(ledger.filter(({ kind }) => kind === "penalties"));
}

/** Costs per replication added up; null as soon as one is unknown. */
export function sumOf(items: readonly LedgerItem[]): Float64Array | null {
  let sum: Float64Array = Float64Array.of(0);
  for (const { cost } of items) {
    if (cost === null) return null;
    sum = added(sum, cost, 1);
  }
  return sum;
}

/** One entry stands for every replication. */
export function added(a: Float64Array, b: Float64Array, weight: number): Float64Array {
  const at = (series: Float64Array, index: number) => series[series.length === 1 ? 0 : index];
  return new Float64Array(Math.max(a.length, b.length)).map(
    (_, index) => at(a, index) + weight * at(b, index),
  );
}

/** Mean over replications with its half-width. */
export function moneyFigure(series: Float64Array): Figure {
  const ones = new Float64Array(series.length).fill(1);
  return ratioFigure({ above: series, below: ones }) ?? { value: 0, halfWidth: 0 };
}

/** Mean of the difference of two series on the same customers, with its half-width. */
export function moneyDifference(of: Float64Array, from: Float64Array): Figure {
  return moneyFigure(added(of, from, -1));
}
