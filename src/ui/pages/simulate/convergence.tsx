import { scaleLinear } from "d3";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../kit/charts/chart-figure.tsx";
import { useWidth } from "../../kit/charts/plot.ts";
import { ValueAxis } from "../../kit/charts/value-axis.tsx";
import { useFormat } from "../../kit/use-format.ts";

const margin = { top: 12, right: 8, bottom: 22, left: 44 };
const height = 170;

/** How the estimate settled with the number of replications: mean so far, its 95 % interval, and the goal. */
export function Convergence(props: {
  readonly queueName: string;
  readonly mean: Float64Array;
  readonly halfWidth: Float64Array;
  readonly goal: number | null;
}) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>();
  const { mean, halfWidth, goal } = props;
  const steps = mean.length;
  const last = steps - 1;
  // The first few intervals are as wide as the page: the axis is that of the later ones.
  const from = Math.min(last, Math.max(2, Math.floor(steps / 10)));
  let low = goal ?? 1;
  let high = goal ?? 0;
  for (let k = from; k < steps; k++) {
    low = Math.min(low, mean[k] - halfWidth[k]);
    high = Math.max(high, mean[k] + halfWidth[k]);
  }
  const room = Math.max(0.005, (high - low) * 0.08);
  const x = scaleLinear(
    [2, Math.max(3, steps + 1)],
    [margin.left, Math.max(margin.left + 1, width - margin.right)],
  );
  const y = scaleLinear(
    [Math.max(0, low - room), Math.min(1, high + room)],
    [height - margin.bottom, margin.top],
  ).clamp(true);
  const points = (value: (k: number) => number) =>
    Array.from({ length: steps }, (_, k) => `${x(k + 2).toFixed(1)},${y(value(k)).toFixed(1)}`);
  const band = [
    ...points((k) => mean[k] + halfWidth[k]),
    ...points((k) => mean[k] - halfWidth[k]).reverse(),
  ].join(" ");
  const digits = y.domain()[1] - y.domain()[0] < 0.03 ? 1 : 0;
  return (
    <ChartFigure
      title={t("convergence.title", { queue: props.queueName })}
      summary={t("convergence.summary", {
        count: steps + 1,
        level: format.percent(mean[last]),
        half: format.percent(halfWidth[last]),
      })}
      readout={
        <span className="chart-readout-item">
          {t("convergence.now", {
            level: format.percent(mean[last]),
            half: format.number(halfWidth[last] * 100, 1),
          })}
        </span>
      }
      table={{
        rowCount: steps,
        columns: [t("measure.serviceLevel"), t("halfWidth")],
        rowName: (row) => format.number(row + 2),
        cell: (row, column) => format.percent(column === 0 ? mean[row] : halfWidth[row], 2),
      }}
    >
      <div ref={box} className="chart-box" style={{ height }}>
        {width > 0 && steps > 0 && (
          <svg width={width} height={height} className="chart-drawing" aria-hidden="true" focusable="false">
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={4}
                left={margin.left}
                right={width - margin.right}
                formatValue={(value) => format.percent(value, digits)}
              />
              {x.ticks(Math.max(2, Math.floor(width / 90))).map((value) =>
                Number.isInteger(value) ? (
                  <text key={value} x={x(value)} y={height - 6} textAnchor="middle">
                    {format.number(value)}
                  </text>
                ) : null,
              )}
            </g>
            <polygon points={band} fill="var(--accent-12)" />
            <polyline
              className="chart-line"
              points={points((k) => mean[k]).join(" ")}
              stroke="var(--accent)"
            />
            {goal !== null && (
              <line
                className="chart-level"
                x1={margin.left}
                x2={width - margin.right}
                y1={y(goal)}
                y2={y(goal)}
                stroke="var(--goal)"
              />
            )}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}
