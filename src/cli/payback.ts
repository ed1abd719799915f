import type { Command } from "commander";
import { readPlanFile } from "../files/plan-file.ts";
import { baseFor, compareScenarios } from "../scenarios/measuring/compare-scenarios.ts";
import type { Figure } from "../scenarios/measuring/figures.ts";
import { moneyUnits } from "../scenarios/money-ledger.ts";
import {
  type Investment,
  type MoneyDifference,
  returnOnInvestment,
  standsForMonths,
} from "../scenarios/searches/return-on-investment.ts";
import { makeNewShifts, makersHere } from "../stages/new-shifts.ts";
import { readInput, usable, writeCsv, writeJson } from "./io.ts";
import { wholeFrom } from "./option-values.ts";
import { chosenScenarios, daysOf, listOf, scenarioInputs, withScenarioFiles } from "./scenario-input.ts";

interface PaybackOptions {
  readonly scenario: string;
  readonly files?: readonly string[];
  readonly firstDay?: number;
  readonly days?: number;
  readonly replications?: number;
  readonly json: boolean;
}

const help = `
One row per line of money by which the scenario differs from the plan: kind, source of its price (a part of the plan, or
the number of the change in which it was typed), due (month, days or once), quantity with its unit, amount with
half_width; money earned is positive. Where the days compared are no whole weeks, or all that the scenario changes holds on
dates, "days" is those days alone: no month is like them. An empty amount is not known: nobody has said its price. Then the
sums: net_per_month (or net_of_days), once, and over months payback_months (empty: never), first_year_return, break_even_per_contact, balance at the end of months. The numbers are
those of What-if's "Payback", bit for bit. Same input, same bytes.`;

/** `shiftwright payback PLAN --scenario NAME`: the money of a scenario, month by month. */
export function addPaybackCommand(program: Command): void {
  program
    .command("payback")
    .description("What a scenario earns and costs, line by line, and when it is paid back")
    .argument("<plan>", "a plan file with forecast and shifts, or - for standard input")
    .requiredOption("--scenario <name>", "a scenario of the plan, by name or id")
    .option("--files <files>", "scenario files saved on What-if, with commas", listOf)
    .option("--first-day <day>", "first day compared, 1 is the plan's first", wholeFrom(1))
    .option("--days <count>", "number of days; default: to the end", wholeFrom(1))
    .option("--replications <count>", "at least 2; default: the plan's own", wholeFrom(2))
    .option("--json", "JSON instead of CSV", false)
    .addHelpText("after", help)
    .action(async (path: string, options: PaybackOptions) => {
      const document = withScenarioFiles(usable(readPlanFile(readInput(path)), path), options.files);
      const inputs = scenarioInputs(document, path);
      const days = daysOf(inputs, options);
      const [scenario] = chosenScenarios(document, path, [options.scenario]);
      const comparison = usable(
        await compareScenarios({
          ...inputs,
          scenarios: [scenario],
          days,
          method: "simulation",
          replications: options.replications,
          makeShifts: (changed) => makeNewShifts(changed, makersHere(null)),
        }),
        path,
      );
      const column = comparison.plans[comparison.plans.length - 1];
      const recurs = standsForMonths(scenario.changes, days.end - days.first);
      const result = returnOnInvestment({
        ledger: column.ledger,
        base: baseFor(comparison, column).ledger,
        dayCount: days.end - days.first,
        recurs,
      });
      if (options.json) writeJson(asJson(result, recurs));
      else
        writeCsv(
          ["line", "source", "due", "quantity", "unit", "amount", "half_width"],
          [...result.differences.map((line) => lineRow(line, recurs)), ...sumRows(result, recurs)],
        );
    });
}

const sourceOf = ({ source }: MoneyDifference) =>
  source.part === "change" ? `change ${source.place}` : source.part;

function lineRow(line: MoneyDifference, recurs: boolean) {
  const { kind, once, quantity, cost } = line;
  return [
    kind,
    sourceOf(line),
    once ? "once" : recurs ? "month" : "days",
    quantity.value,
    moneyUnits[kind],
    cost === null ? null : 0 - cost.value,
    cost?.halfWidth ?? null,
  ];
}

function sumRows(result: Investment, recurs: boolean) {
  const row = (name: string, { value, halfWidth }: Figure | { value: number | null; halfWidth: null }) => [
    name,
    "",
    "",
    null,
    "",
    value,
    halfWidth,
  ];
  const plain = (value: number | null) => ({ value, halfWidth: null });
  return [
    row(recurs ? "net_per_month" : "net_of_days", result.netPerMonth),
    row("once", plain(0 - result.once)),
    ...(recurs && result.isPriced ? monthRows(result, row, plain) : []),
  ];
}

/** Sums over months, where the days stand for any. */
function monthRows<Row>(
  result: Investment,
  row: (name: string, figure: Figure | { value: number | null; halfWidth: null }) => Row,
  plain: (value: number | null) => { value: number | null; halfWidth: null },
): Row[] {
  return [
    row("payback_months", plain(result.payBackMonths)),
    row("payback_months_earliest", plain(result.payBackEarliest)),
    row("payback_months_latest", plain(result.payBackLatest)),
    row("first_year_return", result.firstYearReturn ?? plain(null)),
    row("break_even_per_contact", plain(result.breakEvenPerContact)),
    ...result.months.map(({ month, cumulated }) => row(`balance_month_${month}`, cumulated)),
  ];
}

function asJson(result: Investment, recurs: boolean) {
  return {
    once: 0 - result.once,
    ...(recurs && !result.isPriced && { net_per_month: result.netPerMonth }),
    ...(recurs && result.isPriced
      ? {
          net_per_month: result.netPerMonth,
          payback_months: result.payBackMonths,
          payback_months_earliest: result.payBackEarliest,
          payback_months_latest: result.payBackLatest,
          first_year_return: result.firstYearReturn,
          break_even_per_contact: result.breakEvenPerContact,
          months: result.months.map(({ month, cumulated }) => ({ month, balance: cumulated })),
        }
      : !recurs && { net_of_days: result.netPerMonth }),
    lines: result.differences.map((line) => ({
      line: line.kind,
      source: sourceOf(line),
      once: line.once,
      quantity: line.quantity,
      unit: moneyUnits[line.kind],
      amount: line.cost === null ? null : { value: 0 - line.cost.value, halfWidth: line.cost.halfWidth },
    })),
    unknown: result.unknown.map(({ kind }) => kind),
  };
}
