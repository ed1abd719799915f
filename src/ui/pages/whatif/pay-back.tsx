import { useState } from "react";
import { useTranslation } from "react-i18next";
import { returnOnInvestment } from "../../../scenarios/searches/return-on-investment.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import type { AnalysisSubject } from "./analysis-subject.ts";

/** What the shown scenario would earn: saved hours and contacts against its cost, and when it is paid back. */
export function PayBack({ subject }: { readonly subject: AnalysisSubject }) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const [oneOffCost, setOneOff] = useState(20_000);
  const [runningCostPerMonth, setRunning] = useState(1_000);
  const [valuePerContact, setValue] = useState(plan.lostContactValue ?? 5);
  const [costPerHour, setCostPerHour] = useState(
    () =>
      plan.templates.reduce((sum, template) => sum + template.costPerHour, 0) /
      Math.max(1, plan.templates.length),
  );
  const scope = subject.shown.scopes.find(({ queueId }) => queueId === subject.queueId);
  const differences = scope?.differences ?? null;
  const money = (value: number) => format.money(value, plan.currency);
  const field = (label: string, value: number, set: (value: number) => void, unit: string) => (
    <NumberField
      label={label}
      min={0}
      max={1e9}
      step={unit === "" ? 1 : 100}
      value={value}
      onChange={set}
      currency={plan.currency}
    />
  );
  if (differences === null) return <p className="field-hint">{t("payBack.choose")}</p>;
  const result = returnOnInvestment({
    differences,
    dayCount: subject.days.end - subject.days.first,
    costPerHour,
    valuePerContact,
    oneOffCost,
    runningCostPerMonth,
  });
  const months = (value: number | null) =>
    value === null ? t("payBack.never") : t("payBack.months", { months: format.number(value, 1) });
  const plusMinus = (
    { value, halfWidth }: { value: number; halfWidth: number },
    write: (value: number) => string,
  ) => (halfWidth > 0 ? `${write(value)} ± ${write(halfWidth)}` : write(value));
  const rows: [string, string][] = [
    [t("payBack.hours", { hours: format.hours(result.savedHours) }), money(result.savedByHours)],
    [t("payBack.contacts"), plusMinus(result.savedByContacts, money)],
    [t("payBack.running"), money(-runningCostPerMonth)],
    [t("payBack.net"), plusMinus(result.netPerMonth, money)],
    [t("payBack.after"), months(result.payBackMonths)],
    [t("payBack.between"), `${months(result.payBackEarliest)} – ${months(result.payBackLatest)}`],
    ...(result.firstYearReturn === null
      ? []
      : ([
          [t("payBack.firstYear"), plusMinus(result.firstYearReturn, (value) => format.percent(value, 0))],
        ] as [string, string][])),
  ];
  return (
    <div className="whatif-analysis">
      <p className="field-hint">{t("payBack.text")}</p>
      <div className="whatif-fields">
        {field(t("payBack.oneOff"), oneOffCost, setOneOff, "big")}
        {field(t("payBack.perMonth"), runningCostPerMonth, setRunning, "big")}
        {field(t("payBack.perContact"), valuePerContact, setValue, "")}
        {field(t("payBack.perHour"), costPerHour, setCostPerHour, "")}
      </div>
      <div className="whatif-scroll">
        <table className="whatif-table" aria-label={t("payBack.label", { name: subject.name })}>
          <caption className="whatif-caption">{t("payBack.label", { name: subject.name })}</caption>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
