import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PastPeriod } from "../../../domain/plan/plan.ts";
import { lastDateOf } from "../../../domain/plan/plan-period.ts";
import { pastDocument } from "../../../periods/past-periods.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Review } from "./review.tsx";

/** Periods that are over, the latest first; the one at the cursor can be opened beside the plan. */
export function PastPeriods() {
  const { t } = useTranslation("periods");
  const format = useFormat();
  const headingId = useId();
  const { library } = useDesk();
  const document = useSession((state) => state.document);
  const [chosen, setChosen] = useState(0);
  const periods = [...(document.past ?? [])].reverse();
  const period = periods[Math.min(chosen, periods.length - 1)];
  const dates = ({ plan }: PastPeriod) => format.dateRange(plan.firstDate, lastDateOf(plan));
  const columns: Column<PastPeriod>[] = [
    { id: "dates", header: t("past.dates"), width: 200, text: dates },
    {
      id: "people",
      header: t("past.people"),
      width: 90,
      align: "right",
      text: ({ plan }) => format.number(plan.agents.length),
    },
    {
      id: "forecast",
      header: t("past.forecast"),
      width: 150,
      align: "right",
      text: ({ results }) =>
        format.number(sumOf(results.forecast?.value.queues.map(({ offered }) => offered))),
    },
    {
      id: "shifts",
      header: t("past.shifts"),
      width: 110,
      align: "right",
      text: ({ results: { roster, schedule } }) =>
        format.number(roster?.value.assignments.length ?? schedule?.value.shifts.length ?? null),
    },
  ];
  function open({ plan, ...rest }: PastPeriod): void {
    const name = t("past.copyName", { plan: plan.name, dates: dates({ plan, ...rest }) });
    void library.openAsNew(pastDocument({ ...rest, plan: { ...plan, name } }, document.history));
  }
  return (
    <section className="periods-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("past.title")}
      </h2>
      {period === undefined ? (
        <p className="periods-note">{t("past.none")}</p>
      ) : (
        <>
          <DataGrid
            label={t("past.title")}
            rows={periods}
            rowKey={({ plan }) => plan.firstDate}
            columns={columns}
            frozenColumns={1}
            height={240}
            selectedRows={{ first: chosen, end: chosen + 1 }}
            onSelectRows={({ first }) => setChosen(first)}
          />
          <Review key={period.plan.firstDate} period={period} />
          <div className="periods-buttons">
            <Button onClick={() => open(period)}>{t("past.open", { dates: dates(period) })}</Button>
            <span className="periods-note">{t("past.openHint")}</span>
          </div>
        </>
      )}
    </section>
  );
}

function sumOf(series: readonly Float64Array[] | undefined): number | null {
  return series?.reduce((sum, values) => values.reduce((total, value) => total + value, sum), 0) ?? null;
}
