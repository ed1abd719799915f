import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { baseFor } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { Figure } from "../../../scenarios/measuring/figures.ts";
import { moneyUnits } from "../../../scenarios/money-ledger.ts";
import {
  type Investment,
  type MoneyDifference,
  returnOnInvestment,
  standsForMonths,
} from "../../../scenarios/searches/return-on-investment.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";
import { changeWords, digitsOf } from "./change-words.ts";
import { moneyWords, monthsWords } from "./money-words.ts";

/** Months whose balance is listed. */
const listedMonths = [1, 3, 6, 12, 24, 36];

/** What the shown scenario earns and costs, line by line out of the table's ledgers, and when it is paid back. */
export function PayBack(props: {
  readonly subject: AnalysisSubject;
  /** Adds a cost to the scenario that is shown; null: it is not one that can be edited. */
  readonly onAddCost: (() => void) | null;
}) {
  const { subject } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { shown, comparison } = subject;
  const base = baseFor(comparison, shown);
  if (shown === base) return <p className="field-hint">{t("payBack.choose")}</p>;
  const dayCount = subject.days.end - subject.days.first;
  const recurs = standsForMonths(subject.changes, dayCount);
  const result = returnOnInvestment({
    ledger: shown.ledger,
    base: base.ledger,
    dayCount,
    recurs,
  });
  const label = t("payBack.label", { name: subject.name });
  const money = (figure: Figure) => moneyWords(format, plan.currency, figure);
  return (
    <div className="whatif-analysis" data-answer={result.differences.length === 0 ? "nothing" : undefined}>
      <p className="field-hint">
        {t(recurs ? "payBack.text" : dayCount % 7 === 0 ? "payBack.textOnce" : "payBack.textDays")}
      </p>
      <Sums result={result} recurs={recurs} format={format} currency={plan.currency} />
      {result.unknown.length > 0 && (
        <p className="whatif-unknown" role="note">
          {t("payBack.unknown", {
            lines: result.unknown
              .map((line) => `${t(`money.kind.${line.kind}`)} (${quantityWords(t, format, line)})`)
              .join(", "),
          })}
        </p>
      )}
      <div className="run-stage">
        <Button disabled={props.onAddCost === null} onClick={() => props.onAddCost?.()}>
          {t("payBack.addCost")}
        </Button>
        {props.onAddCost === null && <span className="field-hint">{t("payBack.keepFirst")}</span>}
      </div>
      <div className="whatif-scroll">
        <table className="whatif-table" aria-label={label}>
          <caption className="whatif-caption">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t("payBack.line")}</th>
              <th scope="col">{t("payBack.quantity")}</th>
              <th scope="col">{t(recurs ? "payBack.perMonth" : "payBack.onDays")}</th>
              <th scope="col">{t("payBack.once")}</th>
              <th scope="col" className="is-text">
                {t("payBack.source")}
              </th>
            </tr>
          </thead>
          <tbody>
            {result.differences.map((line) => {
              const cost = line.cost === null ? t("payBack.noPrice") : money(negated(line.cost));
              return (
                <tr key={`${line.kind} ${line.once} ${sourceKey(line)}`}>
                  <th scope="row">{t(`money.kind.${line.kind}`)}</th>
                  <td>{quantityWords(t, format, line)}</td>
                  <td>{line.once ? "" : cost}</td>
                  <td>{line.once ? cost : ""}</td>
                  <td className="is-text">{sourceWords(t, format, plan, subject, line)}</td>
                </tr>
              );
            })}
            {result.differences.length === 0 && (
              <tr>
                <th scope="row" colSpan={5}>
                  {t("payBack.nothing")}
                </th>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {recurs && result.isPriced && <Balance result={result} money={money} />}
      {recurs && !result.isPriced && <p className="whatif-unknown">{t("payBack.noBalance")}</p>}
    </div>
  );
}

/** What has come in by the end of some months, all costs paid. */
function Balance(props: { readonly result: Investment; readonly money: (figure: Figure) => string }) {
  const { t } = useTranslation("whatif");
  const label = t(props.result.unknown.length === 0 ? "payBack.monthsLabel" : "payBack.monthsWithoutLost");
  return (
    <div className="whatif-scroll">
      <table className="whatif-table" aria-label={label}>
        <caption className="whatif-caption">{label}</caption>
        <thead>
          <tr>
            {listedMonths.map((month) => (
              <th key={month} scope="col">
                {t("payBack.month", { month })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {listedMonths.map((month) => (
              <td key={month}>{props.money(props.result.months[month - 1].cumulated)}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** The few numbers that a decision rests on. */
function Sums(props: {
  readonly result: Investment;
  readonly recurs: boolean;
  readonly format: Format;
  readonly currency: string;
}) {
  const { result, recurs, format, currency } = props;
  const { t } = useTranslation("whatif");
  const months = (value: number | null) => monthsWords(t, format, value);
  const { payBackMonths, payBackEarliest, payBackLatest, firstYearReturn, breakEvenPerContact } = result;
  const hasRange = payBackEarliest !== payBackLatest;
  const isKnown = result.unknown.length === 0;
  const netLabel = recurs
    ? isKnown
      ? "payBack.net"
      : "payBack.netKnown"
    : isKnown
      ? "payBack.netOnDays"
      : "payBack.netOnDaysKnown";
  const netAndOnce: [string, ReactNode][] = [
    [t(netLabel), moneyWords(format, currency, result.netPerMonth)],
    [t("payBack.once"), moneyWords(format, currency, { value: 0 - result.once, halfWidth: 0 })],
  ];
  const lasting: [string, ReactNode][] = [
    [
      t("payBack.after"),
      hasRange
        ? t("payBack.afterRange", {
            after: months(payBackMonths),
            from: months(payBackEarliest),
            to: months(payBackLatest),
          })
        : months(payBackMonths),
    ],
    ...(firstYearReturn === null
      ? []
      : ([
          [
            t("payBack.firstYear"),
            firstYearReturn.halfWidth > 0
              ? `${format.percent(firstYearReturn.value, 0)} ± ${format.percent(firstYearReturn.halfWidth, 0)}`
              : format.percent(firstYearReturn.value, 0),
          ],
        ] as [string, string][])),
    ...(breakEvenPerContact === null
      ? []
      : ([
          [
            t("payBack.breakEven"),
            t("payBack.breakEvenAt", { money: format.money(breakEvenPerContact, currency, 2) }),
          ],
        ] as [string, string][])),
  ];
  return (
    <dl className="whatif-sums">
      {(recurs && result.isPriced ? [...netAndOnce, ...lasting] : netAndOnce).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function negated({ value, halfWidth }: Figure): Figure {
  return { value: 0 - value, halfWidth };
}

function quantityWords(t: TFunction<"whatif">, format: Format, { kind, quantity }: MoneyDifference): string {
  const digits = Math.abs(quantity.value) < 10 ? digitsOf(quantity.value, 1) : 0;
  const number = format.signed(quantity.value, digits);
  const half = quantity.halfWidth > 0 ? ` ± ${format.number(quantity.halfWidth, digits)}` : "";
  return t(`money.unit.${moneyUnits[kind]}`, {
    count: Math.abs(quantity.value),
    number: `${number}${half}`,
  });
}

function sourceKey({ source }: MoneyDifference): string {
  return source.part === "change" ? `${source.place}` : source.part;
}

/** Who said the price: the change in which it was typed, or the part of the plan that it comes from. */
function sourceWords(
  t: TFunction<"whatif">,
  format: Format,
  plan: ReturnType<typeof usePlan>,
  { changes }: AnalysisSubject,
  { source, cost }: MoneyDifference,
): string {
  if (source.part !== "change") return t(`money.source.${cost === null ? "missing" : source.part}`);
  const change = changes[source.place - 1];
  if (change === undefined) return "";
  return t(cost === null ? "money.source.changeMissing" : "money.source.change", {
    change: changeWords(t, format, plan, change),
  });
}
