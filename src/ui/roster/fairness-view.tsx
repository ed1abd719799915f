import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { sharesOf } from "../../app/roster-edits.ts";
import type { Roster } from "../../domain/roster.ts";
import { Histogram } from "../charts/histogram.tsx";
import { type Column, DataGrid } from "../controls/data-grid.tsx";
import { SelectField } from "../controls/select-field.tsx";
import { useFormat, usePlan, useSession } from "../session-context.tsx";

const measures = ["nights", "weekends", "lates", "shifts", "wishesGranted"] as const;
type Measure = (typeof measures)[number];

/** How evenly hours, weekends, lates, nights and granted wishes are spread; a proposal stands beside what it replaces. */
export function FairnessView(props: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const [measure, setMeasure] = useState<Measure>("weekends");
  const shares = useMemo(() => sharesOf(document, props.roster), [document, props.roster]);
  const before = useMemo(
    () => (props.before ? sharesOf(document, props.before) : null),
    [document, props.before],
  );
  const agents = useMemo(() => new Map(plan.agents.map((agent) => [agent.id, agent])), [plan.agents]);
  const measured = (share: (typeof shares)[number]): number =>
    measure === "wishesGranted"
      ? share.wishes === 0
        ? Number.NaN
        : share.wishesGranted / share.wishes
      : share[measure];
  const formatValue = (value: number) =>
    measure === "wishesGranted"
      ? format.percent(value, 0)
      : format.number(value, Number.isInteger(value) ? 0 : 1);
  const chartOf = (name: string, list: typeof shares) => {
    const values = list.map(measured).filter((value) => !Number.isNaN(value));
    const { edges, counts } = bins(values, measure === "wishesGranted");
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length),
    );
    return (
      <Histogram
        title={name}
        summary={t("fairness.summary", {
          mean: measure === "wishesGranted" ? format.percent(mean) : format.number(mean, 1),
          spread: measure === "wishesGranted" ? format.percent(spread) : format.number(spread, 1),
        })}
        edges={edges}
        counts={counts}
        formatValue={formatValue}
        formatCount={(count) => format.number(count)}
        valueName={t(`measure.${measure}`)}
        countName={t("fairness.agents")}
        marks={[{ name: t("fairness.mean"), value: mean }]}
      />
    );
  };
  const number = (
    id: Measure | "hours",
    header: string,
    value: (share: (typeof shares)[number]) => number,
  ): Column<(typeof shares)[number]> => ({
    id,
    header,
    width: 92,
    align: "right",
    text: (share) => format.number(value(share), id === "hours" ? 1 : 0),
  });
  const columns: Column<(typeof shares)[number]>[] = [
    {
      id: "agent",
      header: t("column.agent"),
      width: 170,
      text: ({ agentId }) => agents.get(agentId)?.name ?? agentId,
    },
    {
      id: "team",
      header: t("column.team"),
      width: 90,
      text: ({ agentId }) => agents.get(agentId)?.team ?? "",
    },
    number("hours", t("column.hours"), ({ paidMinutes }) => paidMinutes / 60),
    number("shifts", t("measure.shifts"), ({ shifts }) => shifts),
    number("weekends", t("measure.weekends"), ({ weekends }) => weekends),
    number("lates", t("measure.lates"), ({ lates }) => lates),
    number("nights", t("measure.nights"), ({ nights }) => nights),
    {
      id: "wishes",
      header: t("measure.wishesGranted"),
      width: 120,
      align: "right",
      text: ({ wishes, wishesGranted }) => (wishes === 0 ? "—" : `${wishesGranted}/${wishes}`),
    },
  ];
  return (
    <div className="fairness">
      <SelectField
        label={t("fairness.measure")}
        value={measure}
        options={measures.map((value) => ({ value, name: t(`measure.${value}`) }))}
        onChange={setMeasure}
      />
      <div className="fairness-charts">
        {before && chartOf(t("fairness.before"), before)}
        {chartOf(before ? t("fairness.after") : t("fairness.now"), shares)}
      </div>
      <DataGrid
        label={t("fairness.table")}
        rows={shares}
        rowKey={({ agentId }) => agentId}
        columns={columns}
        frozenColumns={1}
        height={320}
      />
    </div>
  );
}

/** One bin per whole number, or ten of a tenth for shares. */
function bins(values: readonly number[], areShares: boolean): { edges: number[]; counts: number[] } {
  const step = areShares ? 0.1 : 1;
  const last = areShares ? 9 : Math.max(4, ...values);
  const counts = new Array<number>(last + 1).fill(0);
  for (const value of values) counts[Math.min(last, Math.floor(value / step + 1e-9))]++;
  return { edges: Array.from({ length: last + 2 }, (_, index) => index * step), counts };
}
