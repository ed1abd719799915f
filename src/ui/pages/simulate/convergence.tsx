import { useTranslation } from "react-i18next";
import { Band, LevelLine, Line } from "../../kit/charts/layers.tsx";
import { XYChart } from "../../kit/charts/xy-chart.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** The first mean with an interval is that of two replications. */
const firstCount = 2;

/** How the estimate settled with the number of replications: mean so far, its 95 % interval, and the goal. */
export function Convergence(props: {
  readonly queueName: string;
  /** null: no contact so far. */
  readonly mean: readonly (number | null)[];
  readonly halfWidth: Float64Array;
  readonly goal: number | null;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { mean, halfWidth, goal } = props;
  const steps = mean.length;
  const last = steps - 1;
  const [low, high] = shownLevels(mean, halfWidth, goal);
  const inside = (level: number | null, offset = 0) =>
    level === null ? null : Math.max(low, Math.min(high, level + offset));
  const now = { level: format.percent(mean[last]), half: format.number(halfWidth[last] * 100, 1) };
  return (
    <XYChart
      title={t("convergence.title", { queue: props.queueName })}
      summary={t("convergence.summary", {
        count: steps + 1,
        level: now.level,
        half: format.percent(halfWidth[last]),
      })}
      height={170}
      xDomain={[0, steps]}
      yDomain={[low, high]}
      formatY={(level) => format.percent(level, high - low < 0.03 ? 1 : 0)}
      xTicks={({ x, width }) =>
        x
          .ticks(Math.max(2, Math.floor(width / 90)))
          .filter((count) => Number.isInteger(count) && count >= firstCount)
          .map((count) => ({ at: count - firstCount + 0.5, text: format.number(count) }))
      }
      readout={() => <span className="chart-readout-item">{t("convergence.now", now)}</span>}
      table={{
        rowCount: steps,
        columns: [t("measure.serviceLevel"), t("halfWidth")],
        rowName: (row) => format.number(row + firstCount),
        cell: (row, column) => format.percent(column === 0 ? mean[row] : halfWidth[row], 2),
      }}
    >
      <Band
        lower={mean.map((level, step) => inside(level, -halfWidth[step]))}
        upper={mean.map((level, step) => inside(level, halfWidth[step]))}
      />
      <Line series={mean.map((level) => inside(level))} />
      {goal !== null && <LevelLine value={goal} />}
    </XYChart>
  );
}

/** The first few intervals are as wide as the page: the axis is that of the later ones, and of the goal. */
function shownLevels(
  mean: readonly (number | null)[],
  halfWidth: Float64Array,
  goal: number | null,
): [number, number] {
  const last = mean.length - 1;
  let low = goal ?? 1;
  let high = goal ?? 0;
  for (let step = Math.min(last, Math.max(2, Math.floor(mean.length / 10))); step <= last; step++) {
    const level = mean[step];
    if (level === null) continue;
    low = Math.min(low, level - halfWidth[step]);
    high = Math.max(high, level + halfWidth[step]);
  }
  const room = Math.max(0.005, (high - low) * 0.08);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}
