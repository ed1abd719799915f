import { line, scaleLinear } from "d3";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../kit/charts/chart-figure.tsx";
import { lineSign } from "../../kit/charts/layers.tsx";
import { useWidth } from "../../kit/charts/plot.ts";
import { useFormat } from "../../kit/use-format.ts";

export interface CurvePoint {
  /** Place on the horizontal axis, for instance a number of agents. */
  readonly at: number;
  /** 0–1. */
  readonly serviceLevel: number;
  readonly occupancy: number;
}

/** Service level and occupancy along one quantity, with the goal as a line and one place marked. */
export function ServiceCurve(props: {
  readonly title: string;
  readonly summary: string;
  readonly points: readonly CurvePoint[];
  readonly formatAt: (at: number) => string;
  readonly goal: number | null;
  readonly marked: number | null;
  readonly height?: number;
}) {
  const { t } = useTranslation("required");
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>();
  const { points, height = 180, goal, marked, formatAt } = props;
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 1;
  const right = width >= 420 ? 84 : 8;
  const x = scaleLinear([first, Math.max(last, first + 1e-9)], [40, Math.max(60, width - right)]);
  const y = scaleLinear([0, 1], [height - 26, 12]);
  const path = (value: (point: CurvePoint) => number) =>
    line<CurvePoint>(
      (point) => x(point.at),
      (point) => y(value(point)),
    )(points) ?? "";
  const end = points.at(-1);
  return (
    <ChartFigure
      title={props.title}
      summary={props.summary}
      readout={
        right > 8
          ? null
          : [
              { name: t("column.serviceLevel"), color: "var(--accent)" },
              { name: t("column.occupancy"), color: "var(--series-2)" },
            ].map(({ name, color }) => (
              <span key={name} className="chart-readout-item">
                <i className="chart-swatch" style={{ background: lineSign(color) }} />
                {name}
              </span>
            ))
      }
      table={{
        rowCount: points.length,
        columns: [t("column.serviceLevel"), t("column.occupancy")],
        rowName: (row) => formatAt(points[row].at),
        cell: (row, column) =>
          format.percent(column === 0 ? points[row].serviceLevel : points[row].occupancy),
      }}
    >
      <div ref={box} className="chart-box" style={{ height }}>
        <svg className="chart-drawing" width={width} height={height} aria-hidden="true">
          {[0, 0.25, 0.5, 0.75, 1].map((level) => (
            <g key={level}>
              <line x1={40} x2={x.range()[1]} y1={y(level)} y2={y(level)} stroke="var(--rule)" />
              <text x={34} y={y(level) + 4} textAnchor="end" fill="var(--ink-2)">
                {format.percent(level, 0)}
              </text>
            </g>
          ))}
          {x.ticks(Math.max(2, Math.floor(width / 70))).map((tick) => (
            <text key={tick} x={x(tick)} y={height - 8} textAnchor="middle" fill="var(--ink-2)">
              {formatAt(tick)}
            </text>
          ))}
          {marked !== null && marked >= first && marked <= last && (
            <line x1={x(marked)} x2={x(marked)} y1={12} y2={height - 26} stroke="var(--rule-strong)" />
          )}
          {goal !== null && (
            <line
              x1={40}
              x2={x.range()[1]}
              y1={y(goal)}
              y2={y(goal)}
              stroke="var(--goal)"
              strokeDasharray="4 3"
            />
          )}
          <path
            d={path((point) => point.occupancy)}
            fill="none"
            stroke="var(--series-2)"
            strokeWidth={1.25}
          />
          <path
            d={path((point) => point.serviceLevel)}
            fill="none"
            stroke="var(--accent)"
            strokeWidth={1.75}
          />
          {points.length <= 40 &&
            points.map((point) => (
              <circle
                key={point.at}
                cx={x(point.at)}
                cy={y(point.serviceLevel)}
                r={2.5}
                fill="var(--accent)"
              />
            ))}
          {right > 8 && end !== undefined && (
            <>
              <text
                x={x(end.at) + 6}
                y={y(end.serviceLevel) + (Math.abs(y(end.serviceLevel) - y(end.occupancy)) < 13 ? -3 : 4)}
                fill="var(--accent)"
              >
                {t("column.serviceLevel")}
              </text>
              <text
                x={x(end.at) + 6}
                y={y(end.occupancy) + (Math.abs(y(end.serviceLevel) - y(end.occupancy)) < 13 ? 12 : 4)}
                fill="var(--series-2)"
              >
                {t("column.occupancy")}
              </text>
            </>
          )}
        </svg>
      </div>
    </ChartFigure>
  );
}
