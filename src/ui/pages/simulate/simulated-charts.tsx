import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Span } from "../../../app/session/session.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { useResult } from "../../frame/session-context.tsx";
import { BandChart } from "../../kit/charts/band-chart.tsx";
import { Histogram } from "../../kit/charts/histogram.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { inTimeWords } from "./in-time.ts";
import { type GridSeries, type MeasureName, measureOnGrid, type QueueFigures } from "./simulated.ts";

/** What every chart of one queue over the shown time needs. */
interface ChartProps {
  readonly result: SimulationResult;
  readonly resolution: "interval" | "day";
  readonly range: IntervalRange;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange | null) => void;
  readonly queue: Queue;
  readonly simulated: QueueSimulation;
}

function useOpen(queueId: string): Uint8Array | null {
  const forecast = useResult("forecast");
  return forecast?.value.queues.find((queue) => queue.queueId === queueId)?.open ?? null;
}

/** Service level with its band, the goal, and what the formula expects of the same agents. */
export function LevelChart(
  props: ChartProps & {
    readonly total: QueueFigures["serviceLevel"];
    readonly promise: GridSeries | null;
    readonly height: number;
  },
) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { queue, simulated, result, resolution, promise, total } = props;
  const estimate = useMemo(
    () => measureOnGrid(result, simulated, "serviceLevel", resolution),
    [simulated, result, resolution],
  );
  const { goal } = queue;
  return (
    <BandChart
      title={t(queue.channel === "deferred" && queue.deferred ? "chart.doneInTime" : "chart.serviceLevel", {
        queue: queue.name,
        wait: inTimeWords(queue, format),
      })}
      summary={t("chart.summary", {
        queue: queue.name,
        level: format.percent(total.mean),
        half: format.number(total.halfWidth * 100, 1),
      })}
      grid={result.grid}
      span={props.range}
      height={props.height}
      open={useOpen(queue.id)}
      name={t("series.simulated")}
      mean={estimate.mean}
      halfWidth={estimate.halfWidth}
      promise={promise === null ? null : { name: t("series.promise"), series: promise }}
      goal={goal.serviceLevel === null ? null : { name: t("series.goal"), value: goal.serviceLevel }}
      scale="share"
      selection={props.selection}
      onSelect={props.onSelect}
    />
  );
}

/** One of the small charts: waiting time, abandonment, occupancy or backlog. */
export function MeasureChart(props: ChartProps & { readonly measure: MeasureName }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { measure, queue, simulated, result, resolution } = props;
  const estimate = useMemo(
    () => measureOnGrid(result, simulated, measure, resolution),
    [simulated, measure, result, resolution],
  );
  const { maxAsaSeconds, maxAbandonment, maxOccupancy } = queue.goal;
  const limit =
    measure === "asaSeconds"
      ? maxAsaSeconds
      : measure === "abandonmentRate"
        ? maxAbandonment
        : measure === "occupancy"
          ? maxOccupancy
          : null;
  const show: Record<MeasureName, (value: number) => string> = {
    serviceLevel: (value) => format.percent(value, 0),
    abandonmentRate: (value) => format.percent(value, value > 0 && value < 0.1 ? 1 : 0),
    occupancy: (value) => format.percent(value, 0),
    asaSeconds: (value) => format.wait(value),
    waiting: (value) => format.number(value, value > 0 && value < 10 ? 1 : 0),
  };
  const words = { measure: t(`measure.${measure}`), queue: queue.name };
  return (
    <BandChart
      title={t("chart.measure", words)}
      summary={t("chart.measureSummary", words)}
      grid={result.grid}
      span={props.range}
      height={170}
      open={useOpen(queue.id)}
      name={words.measure}
      mean={estimate.mean}
      halfWidth={estimate.halfWidth}
      goal={limit === null ? null : { name: t("series.limit"), value: limit }}
      scale={measure === "occupancy" ? "share" : "value"}
      formatValue={show[measure]}
      selection={props.selection}
      onSelect={props.onSelect}
    />
  );
}

/** How often the shown time came to which service level. */
export function LevelHistogram(props: {
  readonly queueName: string;
  readonly goal: number | null;
  readonly levels: Float64Array;
  readonly span: Span;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { goal, levels } = props;
  const { edges, counts } = useMemo(() => binned(levels), [levels]);
  return (
    <Histogram
      title={t(`distribution.${props.span}`, { queue: props.queueName })}
      summary={t("distribution.summary", {
        low: format.percent(levels.reduce((a, b) => Math.min(a, b), 1)),
        high: format.percent(levels.reduce((a, b) => Math.max(a, b), 0)),
      })}
      edges={edges}
      counts={counts}
      formatValue={(value) => format.percent(value, edges[1] - edges[0] < 0.01 ? 1 : 0)}
      formatCount={(count) => format.number(count)}
      countName={t("replicationsName")}
      marks={goal === null ? [] : [{ name: t("series.goal"), value: goal }]}
      height={170}
    />
  );
}

/** About sixteen bins of a round width over what came. */
function binned(levels: Float64Array): { edges: Float64Array; counts: Float64Array } {
  let low = 1;
  let high = 0;
  for (const level of levels) {
    low = Math.min(low, level);
    high = Math.max(high, level);
  }
  const width = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1].find((step) => (high - low) / step <= 16) ?? 0.1;
  const first = Math.floor(low / width);
  const bins = Math.max(1, Math.floor(high / width) - first + 1);
  const counts = new Float64Array(bins);
  for (const level of levels) counts[Math.min(bins - 1, Math.floor(level / width) - first)]++;
  return { edges: Float64Array.from({ length: bins + 1 }, (_, k) => (first + k) * width), counts };
}
