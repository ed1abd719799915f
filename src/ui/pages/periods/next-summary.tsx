import { useTranslation } from "react-i18next";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import type { NextPeriodSummary } from "../../../periods/next-summary.ts";
import { useFormat } from "../../kit/use-format.ts";

/** What moving on means, row by row: what, how much of it, and what follows. */
export function NextSummary({ summary }: { readonly summary: NextPeriodSummary }) {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const { former, next, historyBefore, historyAfter, specialDays } = summary;
  /** The plan's own history reaches over the period that ends. */
  const hasCome = historyAfter !== null && historyAfter >= lastDateOf(former);
  const dates = (period: typeof former) => format.dateRange(period.firstDate, lastDateOf(period));
  const rows: readonly (readonly [what: string, figure: string, follows: string])[] = [
    [t("row.dates"), `${dates(former)} → ${dates(next)}`, t("row.datesFollows", { count: next.dayCount })],
    [
      t("row.history"),
      summary.historyDaysAdded > 0
        ? t("row.historyAdded", { count: summary.historyDaysAdded })
        : t(hasCome ? "row.historyThere" : "row.historySame"),
      historyAfter === null
        ? t("row.historyNone")
        : t(historyBefore === historyAfter ? "row.historyUntil" : "row.historyLearns", {
            date: format.date(historyAfter, "long"),
          }),
    ],
    [
      t("row.people"),
      format.number(summary.people),
      [
        t("row.peopleFollows"),
        ...(["starting", "leaving", "left"] as const)
          .filter((name) => summary[name].length > 0)
          .map((name) =>
            t(`row.${name}`, { people: format.list(summary[name].slice(0, 5)), count: summary[name].length }),
          ),
      ].join(" "),
    ],
    [
      t("row.leave"),
      t("row.leaveFigure", { leave: summary.leaveDays, wishes: summary.wishes }),
      t("row.leaveFollows"),
    ],
    [
      t("row.specialDays"),
      format.number(specialDays.length),
      specialDays.length > 0
        ? format.list(specialDays.map(({ name, dates: days }) => `${name} (${format.date(days[0])})`))
        : t("row.specialNone"),
    ],
    [t("row.overrides"), format.number(summary.overrides), t("row.overridesFollows")],
    [
      t("row.border"),
      t("row.shifts", { count: summary.priorShifts }),
      t(summary.priorShifts > 0 ? "row.borderFollows" : "row.borderNone"),
    ],
    [
      t("row.ledger"),
      t("row.ledgerFigure", { count: summary.ledgerPeople }),
      t(summary.ledgerPeople > 0 ? "row.ledgerFollows" : "row.ledgerNone"),
    ],
    ...summary.rotations.map(
      ({ name, people, week, weeks }) =>
        [
          t("row.rotation", { name }),
          t("row.ledgerFigure", { count: people }),
          t("row.rotationFollows", { week, weeks }),
        ] as const,
    ),
    [t("row.start"), t("row.shifts", { count: summary.startShifts }), t("row.startFollows")],
  ];
  return (
    <table className="periods-table">
      <caption className="visually-hidden">{t("row.caption")}</caption>
      <tbody>
        {rows.map(([what, figure, follows]) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{figure}</td>
            <td className="periods-follows">{follows}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
