import { max, scaleLinear } from "d3";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { WeekdayProfile } from "../../../history/review/history-patterns.ts";
import { bandPath, linePath } from "../../kit/charts/paths.ts";
import { useWidth } from "../../kit/charts/plot.ts";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { useFormat } from "../../kit/use-format.ts";

const height = 96;
const bottom = 16;

/** Weekdays side by side on one scale: the middle date's contacts over the day, with the band eight in ten dates keep to. */
export function WeekdayProfiles(props: {
  readonly profiles: readonly WeekdayProfile[];
  readonly intervalMinutes: number;
}) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const { profiles, intervalMinutes } = props;
  if (profiles.length === 0) return <EmptyState title={t("profiles.none")} />;
  const most = max(profiles.flatMap(({ high }) => high.map((value) => value ?? 0))) ?? 1;
  const open = profiles.flatMap(({ median }) =>
    median.flatMap((value, slot) => (value === null ? [] : [slot])),
  );
  const span = { first: Math.min(...open), end: Math.max(...open) + 1 };
  const mean =
    profiles.reduce((sum, { meanTotal, dates }) => sum + meanTotal * dates, 0) /
    profiles.reduce((sum, { dates }) => sum + dates, 0);
  const peakOf = ({ median }: WeekdayProfile) =>
    median.reduce<number>(
      (best, value, slot) => ((value ?? 0) > (median[best] ?? 0) ? slot : best),
      span.first,
    );
  const columns: Column<WeekdayProfile>[] = [
    {
      id: "weekday",
      header: t("profiles.weekday"),
      width: 110,
      text: ({ weekday }) => format.weekday(weekday, "long"),
    },
    {
      id: "dates",
      header: t("profiles.dates"),
      width: 70,
      align: "right",
      text: ({ dates }) => format.number(dates),
    },
    {
      id: "mean",
      header: t("profiles.mean"),
      width: 120,
      align: "right",
      text: ({ meanTotal }) => format.number(meanTotal),
    },
    {
      id: "index",
      header: t("profiles.index"),
      width: 130,
      align: "right",
      text: ({ meanTotal }) => format.signedPercent(mean > 0 ? meanTotal / mean - 1 : null),
    },
    {
      id: "peak",
      header: t("profiles.peak"),
      width: 120,
      align: "right",
      text: (row) => format.time(peakOf(row) * intervalMinutes),
    },
    {
      id: "peakContacts",
      header: t("profiles.peakContacts"),
      width: 130,
      align: "right",
      text: (row) => format.number(row.median[peakOf(row)]),
    },
  ];
  return (
    <section aria-label={t("profiles.title")} className="history-service">
      <p className="field-hint">{t("profiles.hint", { count: intervalMinutes })}</p>
      <div className="history-profiles">
        {profiles.map((profile) => (
          <Profile
            key={profile.weekday}
            profile={profile}
            most={most}
            span={span}
            intervalMinutes={intervalMinutes}
            words={t("profiles.words", {
              weekday: format.weekday(profile.weekday, "long"),
              contacts: format.number(profile.meanTotal),
              peak: format.time(peakOf(profile) * intervalMinutes),
            })}
          />
        ))}
      </div>
      <DataGrid
        label={t("profiles.title")}
        rows={profiles}
        rowKey={({ weekday }) => weekday}
        columns={columns}
        height={260}
      />
    </section>
  );
}

function Profile(props: {
  readonly profile: WeekdayProfile;
  readonly most: number;
  readonly span: IntervalRange;
  readonly intervalMinutes: number;
  readonly words: string;
}) {
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>();
  const { profile, span } = props;
  const x = scaleLinear([span.first, span.end], [0, Math.max(1, width)]);
  const y = scaleLinear([0, props.most * 1.05 || 1], [height - bottom, 4]);
  const scales = { x, y, span };
  return (
    <figure className="chart history-profile">
      <figcaption>
        <b>{format.weekday(profile.weekday, "long")}</b> {format.number(profile.meanTotal)}
      </figcaption>
      <div ref={box} className="chart-box" style={{ height }}>
        {width > 0 && (
          <svg width={width} height={height} className="chart-drawing" role="img" aria-label={props.words}>
            <line className="chart-value-line" x1={0} x2={width} y1={y(0)} y2={y(0)} />
            <path d={bandPath(profile.low, profile.high, scales, false)} fill="var(--accent-24)" />
            <path
              className="chart-line"
              d={linePath(profile.median, scales)}
              stroke="var(--ink)"
              strokeWidth={1.5}
            />
            <g className="chart-axis">
              <text x={0} y={height - 3}>
                {format.time(span.first * props.intervalMinutes)}
              </text>
              <text x={width} y={height - 3} textAnchor="end">
                {format.time(span.end * props.intervalMinutes)}
              </text>
            </g>
          </svg>
        )}
      </div>
    </figure>
  );
}
