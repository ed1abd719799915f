import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { useFormat } from "../use-format.ts";
import { Band, Dots, type Flag, Flags, Line, NowLine, type SeriesName, SeriesNames } from "./layers.tsx";
import { greatest, isKnown, type Series } from "./paths.ts";
import { type ReadSeries, TimeChart } from "./time-chart.tsx";

export interface FanChartProps {
  readonly title: string;
  readonly summary: string;
  readonly grid: IntervalGrid;
  readonly span: IntervalRange;
  readonly height?: number;
  readonly open?: ArrayLike<number> | null;
  /** What happened; null where unknown. Aligned to `grid`, like every series here. */
  readonly actual: Series | null;
  /** What is expected; null where nothing is. */
  readonly forecast: Series | null;
  readonly lower80?: Series;
  readonly upper80?: Series;
  readonly lower95?: Series;
  readonly upper95?: Series;
  /** Name of `forecast`, where it is not simply that. */
  readonly forecastName?: string;
  /** A second forecast to compare with, thin and dashed. */
  readonly comparison?: { readonly name: string; readonly series: Series };
  /** Overrides and special days, drawn above the plot. */
  readonly flags?: readonly Flag[];
  readonly onFlag?: (flag: Flag) => void;
  readonly unit?: string;
  readonly formatValue?: (value: number) => string;
  /** Where the day stands: a line with its name. */
  readonly now?: { readonly at: number; readonly name: string } | null;
  readonly selection?: IntervalRange | null;
  readonly onSelect?: (selection: IntervalRange | null) => void;
}

/** History as ink dots, forecast as an accent line with its 80 % and 95 % bands. */
export function FanChart(props: FanChartProps) {
  const { t } = useTranslation("charts");
  const { span, actual, forecast, lower80, upper80, lower95, upper95, comparison } = props;
  const words = useFormat();
  const format = props.formatValue ?? ((value: number) => words.number(value));
  const most = greatest([actual, forecast, upper95 ?? upper80, comparison?.series], span);
  const value = (series: Series) => (index: number) => {
    const known = series[index];
    return isKnown(known) ? format(known) : null;
  };
  const range = (low: Series, high: Series) => (index: number) => {
    const [from, to] = [low[index], high[index]];
    return isKnown(from) && isKnown(to) ? `${format(from)}–${format(to)}` : null;
  };
  const series: ReadSeries[] = [];
  const names: SeriesName[] = [];
  if (actual) {
    series.push({ name: t("actual"), read: value(actual), color: "var(--ink)" });
    names.push({ name: t("actual"), color: "var(--ink)", at: actual });
  }
  if (forecast) {
    const name = props.forecastName ?? t("forecast");
    series.push({ name, read: value(forecast), color: "var(--accent)" });
    names.push({ name, color: "var(--accent)", at: forecast });
  }
  if (lower80 && upper80)
    series.push({ name: t("band80"), read: range(lower80, upper80), color: "var(--accent-24)" });
  if (lower95 && upper95)
    series.push({ name: t("band95"), read: range(lower95, upper95), color: "var(--accent-12)" });
  if (comparison) {
    series.push({ name: comparison.name, read: value(comparison.series), color: "var(--series-3)" });
    names.push({ name: comparison.name, color: "var(--series-3)", at: comparison.series });
  }
  return (
    <TimeChart
      {...props}
      domain={[0, most * 1.05 || 1]}
      formatValue={format}
      unit={props.unit ?? t("contactsUnit")}
      series={series}
    >
      {lower95 && upper95 && <Band lower={lower95} upper={upper95} />}
      {lower80 && upper80 && <Band lower={lower80} upper={upper80} strength="narrow" />}
      {actual && <Dots series={actual} />}
      {comparison && <Line series={comparison.series} color="var(--series-3)" width={1} dashed />}
      {forecast && <Line series={forecast} />}
      <SeriesNames names={names} />
      {props.now && <NowLine {...props.now} />}
      {props.flags && <Flags flags={props.flags} onPress={props.onFlag} />}
    </TimeChart>
  );
}
