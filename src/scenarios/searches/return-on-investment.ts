import type { Change } from "../../domain/plan/scenario.ts";
import type { Figure } from "../measuring/figures.ts";
import { added, type LedgerItem, type MoneyKind, type MoneySource, moneyFigure } from "../money-ledger.ts";

/** A month is this many days: the compared days are carried to months. */
export const daysPerMonth = 365 / 12;

/** How far the months are listed. */
const mostMonths = 36;

export interface InvestmentInput {
  /** Of the scenario and of the plan it is held against, on the same `dayCount` days. */
  readonly ledger: readonly LedgerItem[];
  readonly base: readonly LedgerItem[];
  readonly dayCount: number;
  /** Left out: it recurs in every month. False: it is that of those days alone, which then stand where a month would. */
  readonly recurs?: boolean;
}

/** What one line of the ledgers differs by; costs are positive, savings negative. */
export interface MoneyDifference {
  readonly kind: MoneyKind;
  readonly source: MoneySource;
  readonly once: boolean;
  /** Per month, or once; in the unit of the kind. */
  readonly quantity: Figure;
  /** Per month, or once; null: its price is not known. */
  readonly cost: Figure | null;
}

/** Money that has come in by the end of a month, all costs paid. */
export interface InvestmentMonth {
  readonly month: number;
  readonly net: Figure;
  readonly cumulated: Figure;
}

/** Figures with half-widths of 95 % intervals; money earned is positive. */
export interface Investment {
  readonly differences: readonly MoneyDifference[];
  /** Lines that differ and whose price nobody has said: they are in no sum. */
  readonly unknown: readonly MoneyDifference[];
  /** To be paid once; negative where it saves. */
  readonly once: number;
  /** What a month brings, costs taken off. */
  readonly netPerMonth: Figure;
  /** Empty where something is paid that nobody has priced, and so are pay-back, return and break-even: no balance is right. */
  readonly months: readonly InvestmentMonth[];
  /** Whether everything that is paid has its price; what lost contacts are worth may still be unknown. */
  readonly isPriced: boolean;
  /** Months until what is paid once is earned back; 0: nothing is paid once and no month loses; null: never, or not priced. */
  readonly payBackMonths: number | null;
  /** The same at the ends of the interval of the net gain; null: never. */
  readonly payBackEarliest: number | null;
  readonly payBackLatest: number | null;
  /** Net gain of the first year ÷ what is paid once; null where nothing is. */
  readonly firstYearReturn: Figure | null;
  /**
   * What a contact that is not lost must be worth for the first year to come out even, all other money taken as it is;
   * null: fewer are not lost, or the rest pays by itself.
   */
  readonly breakEvenPerContact: number | null;
}

/**
 * Whether money of the compared days can be carried to months: they are whole weeks, since a Friday's money thirty times
 * is no month's, and not all that the scenario changes holds on dates alone, such as one busy day with its fix, whose money
 * falls due once.
 */
export function standsForMonths(changes: readonly Change[], dayCount: number): boolean {
  return dayCount % 7 === 0 && !holdsOnDates(changes);
}

function holdsOnDates(changes: readonly Change[]): boolean {
  const lasting = changes.filter((change) => {
    if (change.kind === "cost") return false;
    if ("window" in change) return change.window?.fromDate == null || change.window.toDate === null;
    return !("date" in change) && !("peakDate" in change);
  });
  return changes.length > 0 && lasting.length === 0;
}

/**
 * What a scenario earns, month by month, out of the same two ledgers as the table's wages: every line of money, as it
 * differs between the scenario and the plan in the same state of planning. Assumes that every month is like the compared
 * days (months of 365 ÷ 12 days), and that what is due once is paid at the start.
 *
 * Method: differences per replication on common customers, so that chance common to both cancels out; money that does not
 * depend on chance has no interval. A line without a price is left out of every sum and listed as unknown; where something
 * that is paid has none, nothing is said of months, since a balance without its largest cost is no balance.
 */
export function returnOnInvestment({ ledger, base, dayCount, recurs = true }: InvestmentInput): Investment {
  const perMonth = recurs ? daysPerMonth / dayCount : 1;
  const lines = linesOf(ledger, base);
  const differences: MoneyDifference[] = [];
  let once = 0;
  let monthly: Float64Array = Float64Array.of(0);
  let savedContacts: Float64Array = Float64Array.of(0);
  let valueOfContacts: Float64Array = Float64Array.of(0);
  for (const line of lines) {
    const scale = line.once ? 1 : perMonth;
    const quantity = line.quantity.map((value) => value * scale);
    const cost = line.cost?.map((value) => value * scale) ?? null;
    if (line.kind === "lostContacts") {
      savedContacts = quantity.map((value) => -value);
      valueOfContacts = cost ?? valueOfContacts;
    }
    if (quantity.every((value) => value === 0) && (cost === null || cost.every((value) => value === 0)))
      continue;
    differences.push({
      kind: line.kind,
      source: line.source,
      once: line.once,
      quantity: moneyFigure(quantity),
      cost: cost === null ? null : moneyFigure(cost),
    });
    if (cost === null) continue;
    if (line.once) once += cost[0];
    else monthly = added(monthly, cost, 1);
  }
  const net = monthly.map((cost) => 0 - cost);
  const netPerMonth = moneyFigure(net);
  const saved = moneyFigure(savedContacts).value;
  const restOfYear = once + 12 * moneyFigure(added(monthly, valueOfContacts, -1)).value;
  const unknown = differences.filter(({ cost }) => cost === null);
  const sums = { differences, unknown, once, netPerMonth };
  if (unknown.some(({ kind }) => kind !== "lostContacts")) {
    const nothing = { payBackMonths: null, payBackEarliest: null, payBackLatest: null };
    return {
      ...sums,
      isPriced: false,
      months: [],
      ...nothing,
      firstYearReturn: null,
      breakEvenPerContact: null,
    };
  }
  return {
    ...sums,
    isPriced: true,
    months: Array.from({ length: mostMonths }, (_, at) => ({
      month: at + 1,
      net: netPerMonth,
      cumulated: moneyFigure(net.map((value) => (at + 1) * value - once)),
    })),
    payBackMonths: payBack(once, netPerMonth.value),
    payBackEarliest: payBack(once, netPerMonth.value + netPerMonth.halfWidth),
    payBackLatest: payBack(once, netPerMonth.value - netPerMonth.halfWidth),
    firstYearReturn:
      once > 0
        ? {
            value: (12 * netPerMonth.value - once) / once,
            halfWidth: (12 * netPerMonth.halfWidth) / once,
          }
        : null,
    breakEvenPerContact: saved > 0 && restOfYear > 0 ? restOfYear / (12 * saved) : null,
  };
}

function payBack(once: number, net: number): number | null {
  if (once <= 0) return net >= 0 ? 0 : null;
  return net > 0 ? once / net : null;
}

/** Scenario less plan, line by line; a line that one of them lacks counts as nothing there. */
function linesOf(ledger: readonly LedgerItem[], base: readonly LedgerItem[]): readonly LedgerItem[] {
  const rest = [...base];
  const lines = ledger.map((item): LedgerItem => {
    const at = rest.findIndex((other) => isSameLine(item, other));
    if (at < 0) return item;
    const [other] = rest.splice(at, 1);
    return {
      ...item,
      quantity: added(item.quantity, other.quantity, -1),
      cost: item.cost === null || other.cost === null ? null : added(item.cost, other.cost, -1),
    };
  });
  const gone = rest.map((item) => ({
    ...item,
    quantity: item.quantity.map((value) => 0 - value),
    cost: item.cost?.map((value) => 0 - value) ?? null,
  }));
  return [...lines, ...gone];
}

function isSameLine(a: LedgerItem, b: LedgerItem): boolean {
  if (a.kind !== b.kind || a.once !== b.once || a.source.part !== b.source.part) return false;
  return a.source.part !== "change" || b.source.part !== "change" || a.source.place === b.source.place;
}
