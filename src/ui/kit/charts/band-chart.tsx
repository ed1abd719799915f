import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useFormat } from "../use-format.ts";
import { Band, LevelLine, lineSign, NowLine, type SeriesName, SeriesNames, StepLine } from "./layers.tsx";
import { greatest, isKnown, type Series } from "./paths.ts";
import { type ReadSeries, TimeChart } from "./time-chart.tsx";

export interface BandChartProps {
  readonly title: string;
  readonly summary: string;
  readonly grid: IntervalGrid;
  readonly span: IntervalRange;
  readonly height?: number;
  readonly open?: ArrayLike<number> | null;
  /** Name of the measure: "service level". */
  readonly name: string;
  /** Measured value per interval of the grid; null where there was nothing to measure. */
  readonly mean: Series;
  /** Half-width of its 95 % interval. */
  readonly halfWidth?: Series;
  /** What the stationary formula promised, or the base plan: thin line. */
  readonly promise?: { readonly name: string; readonly series: Series } | null;
  readonly goal?: { readonly name: string; readonly value: number } | null;
  /** `share`: the axis runs from 0 to 1 and says percent. `value`: from 0 to the greatest value. */
  readonly scale: "share" | "value";
  /** Needed with `value`. */
  readonly formatValue?: (value: number) => string;
  readonly unit?: string;
  /** Where the day stands: a line with its name. */
  readonly now?: { readonly at: number; readonly name: string } | null;
  readonly selection?: IntervalRange | null;
  readonly onSelect?: (selection: IntervalRange | null) => void;
}

/** A measure over time with its 95 % band, a goal, and what was promised. */
export function BandChart(props: BandChartProps) {
  const { t } = useTranslation("charts");
  const { span, name, mean, halfWidth, promise = null, goal = null, scale } = props;
  const words = useFormat();
  const format = props.formatValue ?? ((value: number) => words.percent(value));
  const axisFormat = props.formatValue ?? ((value: number) => words.percent(value, 0));
  const [lower, upper] = useMemo(() => {
    if (halfWidth === undefined) return [null, null];
    const cap = scale === "share" ? 1 : Number.POSITIVE_INFINITY;
    const edge = (bound: (value: number, half: number) => number) =>
      Array.from(mean, (value, index) => {
        const half = halfWidth[index];
        return isKnown(value) && isKnown(half) ? bound(value, half) : null;
      });
    return [
      edge((value, half) => Math.max(0, value - half)),
      edge((value, half) => Math.min(cap, value + half)),
    ];
  }, [mean, halfWidth, scale]);
  const most =
    scale === "share"
      ? 1
      : Math.max(greatest([upper ?? mean, promise?.series], span), goal?.value ?? 0) * 1.08 || 1;
  const series: ReadSeries[] = [
    {
      name,
      color: lineSign("var(--accent)"),
      read: (index) => {
        const [value, half] = [mean[index], halfWidth?.[index] ?? null];
        if (!isKnown(value)) return null;
        return isKnown(half) ? `${format(value)} ± ${format(half)}` : format(value);
      },
    },
  ];
  const names: SeriesName[] = [{ name, color: "var(--accent)", at: mean }];
  if (promise !== null) {
    series.push({
      name: promise.name,
      color: lineSign("var(--ink-3)"),
      read: (index) => {
        const value = promise.series[index];
        return isKnown(value) ? format(value) : null;
      },
    });
    names.push({ name: promise.name, color: "var(--ink-2)", at: promise.series });
  }
  if (halfWidth) series.push({ name: t("interval95"), color: "var(--accent-12)" });
  if (goal !== null) names.push({ name: goal.name, color: "var(--goal)", at: goal.value });
  return (
    <TimeChart {...props} domain={[0, most]} formatValue={axisFormat} series={series}>
      {lower && upper && <Band lower={lower} upper={upper} stepped />}
      {promise && <StepLine series={promise.series} color="var(--ink-3)" width={1} />}
      <StepLine series={mean} color="var(--accent)" />
      {goal && <LevelLine value={goal.value} name={goal.name} />}
      {props.now && <NowLine {...props.now} />}
      <SeriesNames names={names} />
    </TimeChart>
  );
}
