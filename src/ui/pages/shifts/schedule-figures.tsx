import { useTranslation } from "react-i18next";
import type { Schedule } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import { efficiencyOf } from "./schedule-summary.ts";

/** Cost, hours and how far from the best possible. With `against`, what would change. */
export function ScheduleFigures(props: { readonly schedule: Schedule; readonly against?: Schedule }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const { currency } = usePlan();
  const { schedule, against } = props;
  const money = (value: number) => format.money(value, currency);
  // How far shifts made to keep the goals are from the requirement says nothing about them.
  const rows: readonly FigureRow[] = [
    { key: "cost", read: (of) => of.cost, show: money },
    { key: "paidHours", read: (of) => of.paidHours, show: (value) => format.hours(value) },
    ...(schedule.judgement === undefined ? coveringRows(schedule, format) : []),
    ...(schedule.changes === undefined
      ? []
      : [
          {
            key: "changes",
            read: (of: Schedule) => of.changes?.count ?? null,
            show: (value: number) => format.number(value),
          },
        ]),
    ...(schedule.judgement === undefined
      ? [
          { key: "efficiency", read: efficiencyOf, show: (value: number) => format.percent(value) },
          { key: "objective", read: (of: Schedule) => of.objective, show: money },
          { key: "bound", read: (of: Schedule) => of.bound, show: money },
          { key: "gap", read: (of: Schedule) => of.gap, show: (value: number) => format.percent(value, 2) },
        ]
      : [
          {
            key: "leastWork",
            read: (of: Schedule) => of.judgement?.leastWorkCost ?? null,
            show: money,
          },
        ]),
  ];
  return (
    <dl className="figure-list">
      {rows.map(({ key, read, show }) => {
        const value = read(schedule);
        const before = against ? read(against) : null;
        const change = value === null || before === null ? null : value - before;
        return (
          <div key={key} className="figure-row">
            <dt title={t(`figure.${key}Hint`)}>{t(`figure.${key}`)}</dt>
            <dd>
              {value === null ? "—" : show(value)}
              {change !== null && Math.abs(change) > 1e-9 && (
                <span className="figure-change">
                  {change > 0 ? "+" : "−"}
                  {show(Math.abs(change))}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface FigureRow {
  readonly key: string;
  readonly read: (of: Schedule) => number | null;
  readonly show: (value: number) => string;
}

/** How far shifts are from the requirement that they cover. */
function coveringRows(schedule: Schedule, format: Format): FigureRow[] {
  return [
    { key: "short", read: (of) => of.understaffedHours, show: (value) => format.hours(value, 1) },
    ...(schedule.people === undefined
      ? []
      : [
          {
            key: "people",
            read: (of: Schedule) => of.people?.understaffedHours ?? null,
            show: (value: number) => format.hours(value, 1),
          },
        ]),
    { key: "over", read: (of) => of.overstaffedHours, show: (value) => format.hours(value, 1) },
  ];
}
