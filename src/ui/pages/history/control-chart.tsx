import { max, scaleLinear, scalePoint } from "d3";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ControlChart } from "../../../history/review/service-history.ts";
import { ChartFigure } from "../../kit/charts/chart-figure.tsx";
import { useWidth } from "../../kit/charts/plot.ts";
import { ValueAxis } from "../../kit/charts/value-axis.tsx";
import { useFormat } from "../../kit/use-format.ts";

const height = 200;
const margin = { top: 10, right: 12, bottom: 24, left: 56 };

/** Weeks as dots, their centre as a line, and the band that chance keeps within: a dot outside it is a change. */
export function ControlChartFigure(props: {
  readonly title: string;
  readonly chart: ControlChart;
  readonly formatValue: (value: number) => string;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>();
  const [shown, setShown] = useState<number | null>(null);
  const { centre, points } = props.chart;
  const x = scalePoint<number>()
    .domain(points.map((_, at) => at))
    .range([margin.left, Math.max(margin.left + 1, width - margin.right)])
    .padding(0.5);
  const top = max(points, ({ value, upper }) => Math.max(value, upper)) ?? 1;
  const y = scaleLinear([0, top * 1.05], [height - margin.bottom, margin.top]);
  const at = (index: number) => x(index) ?? 0;
  const edge = (pick: (point: ControlChart["points"][number]) => number) =>
    points.map((point, index) => `${at(index)},${y(pick(point))}`);
  const signals = points.filter(({ signal }) => signal);
  const weekName = (index: number) => t("map.week", { date: format.date(points[index].week, "full") });
  const summary = t(signals.length === 0 ? "service.steady" : "service.changed", {
    name: props.title,
    count: signals.length,
    centre: props.formatValue(centre),
    weeks: format.list(signals.slice(0, 6).map(({ week }) => format.date(week, "full"))),
  });
  const every = Math.max(1, Math.ceil((points.length * 56) / Math.max(1, width - margin.left)));
  return (
    <ChartFigure
      title={props.title}
      summary={summary}
      table={{
        rowCount: points.length,
        columns: [t("service.value"), t("service.lower"), t("service.upper"), t("service.signal")],
        rowName: weekName,
        cell: (row, column) =>
          column === 3
            ? points[row].signal
              ? t("service.outside")
              : ""
            : props.formatValue([points[row].value, points[row].lower, points[row].upper][column]),
      }}
      readout={
        shown === null ? (
          summary
        ) : (
          <>
            <strong>{weekName(shown)}</strong>
            <span className="chart-readout-item">
              <b>{props.formatValue(points[shown].value)}</b> ({props.formatValue(points[shown].lower)}–
              {props.formatValue(points[shown].upper)})
            </span>
          </>
        )
      }
    >
      <div ref={box} className="chart-box" style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            className="chart-drawing"
            role="img"
            aria-label={summary}
            onPointerMove={(event) => {
              const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
              const index = Math.round((offset - at(0)) / Math.max(1, x.step()));
              setShown(Math.max(0, Math.min(points.length - 1, index)));
            }}
            onPointerLeave={() => setShown(null)}
          >
            <g className="chart-axis">
              <ValueAxis
                scale={y}
                ticks={4}
                left={margin.left}
                right={width - margin.right}
                formatValue={props.formatValue}
              />
              {points.map(({ week }, index) =>
                index % every === 0 ? (
                  <text key={week} x={at(index)} y={height - 6} textAnchor="middle">
                    {format.date(week, "day")}
                  </text>
                ) : null,
              )}
            </g>
            <polygon
              points={[...edge(({ upper }) => upper), ...edge(({ lower }) => lower).reverse()].join(" ")}
              fill="var(--accent-12)"
            />
            <line
              x1={margin.left}
              x2={width - margin.right}
              y1={y(centre)}
              y2={y(centre)}
              stroke="var(--accent)"
            />
            {points.map(({ week, value, signal }, index) =>
              signal ? (
                <path key={week} d={`M${at(index)},${y(value) - 5}l5,5l-5,5l-5,-5z`} fill="var(--short)" />
              ) : (
                <circle key={week} cx={at(index)} cy={y(value)} r={2.5} fill="var(--ink)" />
              ),
            )}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
}
