import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { burdens, type LedgerEntry, type Roster } from "../../../domain/plan/roster.ts";
import { usePlan, useSession } from "../../frame/session-context.tsx";
import { Histogram } from "../../kit/charts/histogram.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { sharesOf } from "./roster-answers.ts";

const measures = [...burdens, "shifts", "wishesGranted"] as const;
type Measure = (typeof measures)[number];
type Share = Readonly<Partial<Record<Measure | "wishes" | "paidMinutes", number>>> & {
  readonly agentId: string;
};

/**
 * How evenly nights, weekends, late and undesired shifts and granted wishes are spread: in this roster, in the one a
 * proposal would replace, and with what the ledger carries over from earlier periods.
 */
export function FairnessView(props: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const [measure, setMeasure] = useState<Measure>("weekends");
  const shares: readonly Share[] = useMemo(() => sharesOf(document, props.roster), [document, props.roster]);
  const before: readonly Share[] | null = useMemo(
    () => (props.before ? sharesOf(document, props.before) : null),
    [document, props.before],
  );
  const { carried, together } = useMemo(() => withLedger(shares, plan.ledger), [shares, plan.ledger]);
  const agents = useMemo(() => new Map(plan.agents.map((agent) => [agent.id, agent])), [plan.agents]);
  const offered = measures.filter((value) => shares.some((share) => value in share));
  const measured = (share: Share): number | null =>
    measure === "wishesGranted"
      ? !share.wishes
        ? null
        : (share.wishesGranted ?? 0) / share.wishes
      : (share[measure] ?? 0);
  const formatValue = (value: number) =>
    measure === "wishesGranted"
      ? format.percent(value, 0)
      : format.number(value, Number.isInteger(value) ? 0 : 1);
  const chartOf = (name: string, list: readonly Share[]) => {
    const values = list.map(measured).filter((value) => value !== null);
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
        countName={t("fairness.agents")}
        {...(measure === "wishesGranted"
          ? {}
          : { formatBin: (from: number, to: number) => format.number((from + to) / 2) })}
        marks={[{ name: t("fairness.mean"), value: mean }]}
      />
    );
  };
  const number = (
    id: string,
    header: string,
    value: (share: Share) => number | null,
    digits = 0,
  ): Column<Share> => ({
    id,
    header,
    width: 96,
    align: "right",
    text: (share) => format.number(value(share), digits),
  });
  const inList = (list: readonly Share[] | null) => {
    const byAgent = new Map(list?.map((share) => [share.agentId, measured(share)]));
    return ({ agentId }: Share) => byAgent.get(agentId) ?? null;
  };
  const isShare = measure === "wishesGranted";
  const columns: Column<Share>[] = [
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
    number("hours", t("column.hours"), ({ paidMinutes = 0 }) => paidMinutes / 60, 1),
    ...offered
      .filter((value) => value !== "wishesGranted")
      .map((value) => number(value, t(`measure.${value}`), (share) => share[value] ?? 0)),
    {
      id: "wishes",
      header: t("measure.wishesGranted"),
      width: 110,
      align: "right",
      text: ({ wishes, wishesGranted }) => (wishes ? `${wishesGranted}/${wishes}` : "—"),
    },
    ...(before && !isShare
      ? [number("before", `${t("fairness.before")}: ${t(`measure.${measure}`)}`, inList(before))]
      : []),
    ...(carried && !isShare
      ? [
          number("carried", `${t("person.carried")}: ${t(`measure.${measure}`)}`, inList(carried), 1),
          number("together", `${t("person.together")}: ${t(`measure.${measure}`)}`, inList(together), 1),
        ]
      : []),
  ];
  return (
    <div className="fairness">
      <SelectField
        label={t("fairness.measure")}
        value={measure}
        options={offered.map((value) => ({ value, name: t(`measure.${value}`) }))}
        onChange={setMeasure}
      />
      <div className="fairness-charts">
        {before && chartOf(t("fairness.before"), before)}
        {chartOf(before ? t("fairness.after") : t("fairness.now"), shares)}
        {carried && measure !== "shifts" && chartOf(t("person.carried"), carried)}
        {together && measure !== "shifts" && chartOf(t("person.together"), together)}
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

/** What was carried over, and that with this roster's shares added; null without a ledger. */
function withLedger(
  shares: readonly Share[],
  ledger: readonly LedgerEntry[] | undefined,
): { readonly carried: readonly Share[] | null; readonly together: readonly Share[] | null } {
  if (!ledger || ledger.length === 0) return { carried: null, together: null };
  const entries = new Map(ledger.map((entry) => [entry.agentId, entry]));
  const added = [...burdens, "wishes", "wishesGranted"] as const;
  return {
    carried: shares.flatMap(({ agentId }) => entries.get(agentId) ?? []),
    together: shares.map((share) => {
      const entry = entries.get(share.agentId);
      const sums = added.map((field) => [field, (share[field] ?? 0) + (entry?.[field] ?? 0)]);
      return { ...share, ...Object.fromEntries(sums) };
    }),
  };
}

/** One bin per whole number, or ten of a tenth for shares. */
function bins(values: readonly number[], areShares: boolean): { edges: number[]; counts: number[] } {
  const step = areShares ? 0.1 : 1;
  const last = areShares ? 9 : Math.max(4, ...values);
  const counts = new Array<number>(last + 1).fill(0);
  for (const value of values) counts[Math.min(last, Math.floor(value / step + 1e-9))]++;
  // The bar of a whole number stands over it.
  const first = areShares ? 0 : -0.5;
  return { edges: Array.from({ length: last + 2 }, (_, index) => first + index * step), counts };
}
