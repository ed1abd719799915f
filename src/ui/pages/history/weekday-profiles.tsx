import { max } from "d3";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { WeekdayProfile } from "../../../history/review/history-patterns.ts";
import { Band, Line } from "../../kit/charts/layers.tsx";
import { XYPlot } from "../../kit/charts/xy-plot.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { useFormat } from "../../kit/use-format.ts";

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
  const { profile, span } = props;
  const time = (slot: number) => format.time(slot * props.intervalMinutes);
  return (
    <figure className="chart history-profile">
      <figcaption>
        <b>{format.weekday(profile.weekday, "long")}</b> {format.number(profile.meanTotal)}
      </figcaption>
      <XYPlot
        summary={props.words}
        height={100}
        leftRoom={0}
        topRoom={4}
        xDomain={[span.first, span.end]}
        yDomain={[0, props.most * 1.05 || 1]}
        xTicks={() => [
          { at: span.first, text: time(span.first), anchor: "start" },
          { at: span.end, text: time(span.end), anchor: "end" },
        ]}
      >
        <Band lower={profile.low} upper={profile.high} strength="narrow" />
        <Line series={profile.median} color="var(--ink)" />
      </XYPlot>
    </figure>
  );
}
