import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useFormat } from "../use-format.ts";
import { agentsText } from "./axis-words.ts";
import {
  Band,
  Bars,
  barsSign,
  Excess,
  lineSign,
  NowLine,
  type SeriesName,
  SeriesNames,
  StepArea,
  StepLine,
} from "./layers.tsx";
import { greatest, isKnown, type Series } from "./paths.ts";
import { type ReadSeries, TimeChart } from "./time-chart.tsx";

export interface StaffingChartProps {
  readonly title: string;
  readonly summary: string;
  readonly grid: IntervalGrid;
  readonly span: IntervalRange;
  readonly height?: number;
  readonly open?: ArrayLike<number> | null;
  /** Agents asked for: the step line in ink. */
  readonly required: Series;
  /** Agents the shifts put to work: filled steps. null: not scheduled yet. */
  readonly scheduled?: Series | null;
  /** Agents required at the ends of the demand band. */
  readonly requiredLower?: Series;
  readonly requiredUpper?: Series;
  /** Contacts, as faint bars scaled to the plot's height. */
  readonly contacts?: Series;
  /** A second requirement, thin: the one of the base plan. */
  readonly comparison?: { readonly name: string; readonly series: Series };
  /** Name of `required`, where it is not simply "required". */
  readonly requiredName?: string;
  readonly scheduledName?: string;
  /** True while `scheduled` is a proposal: outlined in dashes. */
  readonly proposal?: boolean;
  /** Where the day stands: a line with its name. */
  readonly now?: { readonly at: number; readonly name: string } | null;
  readonly selection?: IntervalRange | null;
  readonly onSelect?: (selection: IntervalRange | null) => void;
}

const hatchSwatch = "repeating-linear-gradient(-45deg, var(--short) 0 2px, transparent 2px 4px)";
const dotSwatch = "radial-gradient(circle, var(--spare) 1.2px, transparent 1.6px) 0 0 / 4px 4px";

/** Required against scheduled: short is hatched, spare is dotted. */
export function StaffingChart(props: StaffingChartProps) {
  const { t } = useTranslation("charts");
  const format = useFormat();
  const formatAgents = (agents: number) => agentsText(format, agents);
  const { span, required, scheduled = null, requiredLower, requiredUpper, contacts, comparison } = props;
  const most = greatest([required, scheduled, requiredUpper, comparison?.series], span);
  const mostContacts = contacts ? greatest([contacts], span) : 0;
  const bars = useMemo(
    () =>
      contacts && mostContacts > 0
        ? Float64Array.from(contacts, (n) => ((n ?? 0) / mostContacts) * most * 0.5)
        : null,
    [contacts, mostContacts, most],
  );
  const requiredName = props.requiredName ?? t("required");
  const scheduledName = props.scheduledName ?? t("scheduled");
  const value = (of: Series) => (index: number) => {
    const agents = of[index];
    return isKnown(agents) ? formatAgents(agents) : null;
  };

  const series: ReadSeries[] = [{ name: requiredName, read: value(required), color: lineSign("var(--ink)") }];
  const names: SeriesName[] = [];
  if (scheduled) {
    series.push({ name: scheduledName, read: value(scheduled), color: "var(--accent)" });
    series.push({
      name: t("net"),
      read: (index) => {
        const [have, need] = [scheduled[index], required[index]];
        if (!isKnown(have) || !isKnown(need)) return null;
        return `${have > need ? "+" : ""}${formatAgents(have - need)}`;
      },
    });
    series.push({ name: t("short"), color: hatchSwatch });
    series.push({ name: t("spare"), color: dotSwatch });
  }
  if (requiredLower && requiredUpper) {
    series.push({
      name: t("demandBand"),
      read: (index) => {
        const [low, high] = [requiredLower[index], requiredUpper[index]];
        return isKnown(low) && isKnown(high) ? `${formatAgents(low)}–${formatAgents(high)}` : null;
      },
      color: "var(--accent-24)",
    });
  }
  if (comparison) {
    series.push({ name: comparison.name, read: value(comparison.series), color: lineSign("var(--ink-3)") });
  }
  if (contacts) {
    series.push({
      name: t("contacts"),
      read: (index) => format.number(contacts[index] ?? null),
      color: barsSign,
    });
  }
  names.push({ name: requiredName, color: "var(--ink)", at: required });
  if (scheduled) names.push({ name: scheduledName, color: "var(--accent)", at: scheduled });

  return (
    <TimeChart
      {...props}
      domain={[0, most * 1.08 || 1]}
      formatValue={formatAgents}
      unit={t("agents")}
      series={series}
    >
      {bars && <Bars series={bars} />}
      {requiredLower && requiredUpper && (
        <Band lower={requiredLower} upper={requiredUpper} strength="narrow" stepped />
      )}
      {scheduled && <StepArea series={scheduled} outlined={props.proposal} />}
      {scheduled && <Excess over={scheduled} under={required} sign="spare" />}
      {scheduled && <Excess over={required} under={scheduled} sign="short" />}
      {comparison && <StepLine series={comparison.series} color="var(--ink-3)" width={1} />}
      <StepLine series={required} />
      {props.now && <NowLine {...props.now} />}
      <SeriesNames names={names} />
    </TimeChart>
  );
}
