import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { priceHours } from "../../../app/running/schedule-jobs.ts";
import type { HoursPoint } from "../../../domain/plan/shift.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { CurveChart } from "../../kit/charts/curve-chart.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { expectedLevel } from "./schedule-edits.ts";
import { useScheduling } from "./use-scheduling.ts";

/** Points worked out, and the requirement they are of. */
export interface HoursCurve {
  readonly of: unknown;
  readonly points: readonly HoursPoint[];
}

/** What each hour of budget buys: hours short and expected service over paid hours; any point can become the budget. */
export function HoursPanel({
  made,
  onMade,
}: {
  readonly made: HoursCurve | null;
  readonly onMade: (curve: HoursCurve) => void;
}) {
  const { t } = useTranslation("shifts");
  const desk = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const change = useScheduling();
  const requirement = useSession((state) => state.document.results.requirement);
  const running = useSession((state) => state.jobs.some(({ id }) => id === "hoursCurve"));
  const rows = useMemo(() => {
    if (made === null) return [];
    const { document } = desk.store.state();
    const days = document.results.requirement?.value.grid.dayCount ?? 0;
    return made.points.map((point, at) => {
      const before = made.points[at - 1];
      return {
        ...point,
        level: expectedLevel(document, point.coverage, 0, days),
        // Of a hundred hours more, how many fewer are short.
        bought:
          before === undefined
            ? null
            : (before.understaffedHours - point.understaffedHours) / (point.paidHours - before.paidHours),
      };
    });
  }, [made, desk]);
  const stale = made !== null && made.of !== requirement;
  async function run(): Promise<void> {
    const points = await priceHours(desk);
    if (points !== null) onMade({ of: desk.store.state().document.results.requirement, points });
  }
  return (
    <section className="hours-panel" aria-label={t("hours.title")}>
      <div className="hours-head">
        <p>{t("hours.text")}</p>
        <Button onClick={() => void run()} disabled={running}>
          {t("hours.run")}
        </Button>
        {stale ? <span className="stale-sign">◐ {t("hours.stale")}</span> : null}
      </div>
      {rows.length > 1 && (
        <>
          <CurveChart
            title={t("hours.chart")}
            summary={t("hours.summary", {
              from: format.hours(rows[0].paidHours),
              low: format.percent(rows[0].level),
              to: format.hours(rows[rows.length - 1].paidHours),
              high: format.percent(rows[rows.length - 1].level),
            })}
            xs={rows.map(({ paidHours }) => paidHours)}
            ys={rows.map(({ level }) => level)}
            xName={t("figure.paidHours")}
            yName={t("hours.level")}
            formatX={(value) => format.hours(value)}
            formatY={(value) => format.percent(value, 0)}
            yDomain={[0, 1]}
            height={190}
          />
          <table className="hours-table" aria-label={t("hours.table")}>
            <thead>
              <tr>
                <th scope="col">{t("figure.paidHours")}</th>
                <th scope="col">{t("figure.cost")}</th>
                <th scope="col">{t("figure.short")}</th>
                <th scope="col">{t("hours.level")}</th>
                <th scope="col" title={t("hours.boughtHint")}>
                  {t("hours.bought")}
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.paidHours}>
                  <td>{format.hours(row.paidHours)}</td>
                  <td>{format.money(row.cost, plan.currency)}</td>
                  <td>{format.hours(row.understaffedHours, 1)}</td>
                  <td>{format.percent(row.level)}</td>
                  <td>{format.number(row.bought, 2)}</td>
                  <td>
                    <Button
                      look="quiet"
                      aria-label={t("hours.useName", { hours: format.hours(row.paidHours) })}
                      onClick={() => change("budget", { budgetHours: Math.ceil(row.paidHours) })}
                    >
                      {t("hours.use")}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
