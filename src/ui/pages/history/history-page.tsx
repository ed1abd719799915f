import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, daysBetween, type LocalDate } from "../../../domain/calendar/clock.ts";
import { dayOfDate } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import { trendOf, weekdayProfiles } from "../../../history/review/history-patterns.ts";
import { Page } from "../../frame/page.tsx";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { Tabs } from "../../kit/controls/tabs.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { historyFinding } from "./finding.ts";
import { HistoryMap } from "./history-map.tsx";
import { ImportPanel } from "./import-panel.tsx";
import { QualityList } from "./quality-list.tsx";
import { QueueFacts } from "./queue-facts.tsx";
import { ServicePanel } from "./service-panel.tsx";
import { atLeastAWeek, TrendChart } from "./trend-chart.tsx";
import { useReview } from "./use-review.ts";
import { WeekdayProfiles } from "./weekday-profiles.tsx";
import "./history.css";

/** What came in the past: the file's way in, the map of it, and what is odd in it. */
export function HistoryPage() {
  const incoming = useSession((state) => state.incoming);
  const history = useSession((state) => state.document.history);
  if (incoming !== null) return <ImportPanel key={incoming.name} file={incoming} />;
  return <History history={history} />;
}

function History({ history }: { readonly history: DemandHistory | null }) {
  const { t } = useTranslation("history");
  if (history === null) {
    return (
      <Page title={t("title")} finding={{ text: t("none") }}>
        <DropZone />
      </Page>
    );
  }
  return <Reviewed history={history} />;
}

function Reviewed({ history }: { readonly history: DemandHistory }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const queueId = useSession((state) => state.view.queueId);
  const [shown, setShown] = useState<LocalDate | null>(null);
  const [tab, setTab] = useState<"quality" | "profiles" | "service">("quality");
  const [zoom, setZoom] = useState<DayRange | null>(null);
  const review = useReview(history);
  const { grid } = history;
  const findings = review?.filter((finding) => queueId === null || finding.queueId === queueId) ?? null;
  const queueIds = useMemo(
    () => history.queues.map((queue) => queue.queueId).filter((id) => queueId === null || id === queueId),
    [history, queueId],
  );
  const trend = useMemo(() => trendOf(history, queueIds), [history, queueIds]);
  // Another history may have fewer days than the one that was zoomed.
  const days = zoom !== null && zoom.end <= grid.dayCount ? zoom : { first: 0, end: grid.dayCount };
  const profiles = useMemo(
    () =>
      tab === "profiles" ? weekdayProfiles(history, queueIds, { first: days.first, end: days.end }) : [],
    [history, queueIds, days.first, days.end, tab],
  );
  /** A finding outside of the zoom is brought into sight. */
  const show = (date: LocalDate) => {
    const day = dayOfDate(grid, date);
    if (day !== null && (day < days.first || day >= days.end)) setZoom(null);
    setShown(date);
  };
  return (
    <Page
      title={t("title")}
      finding={historyFinding({ grid, quality: findings }, t, format)}
      onOpenFinding={(target) => "view" in target && target.view.date !== undefined && show(target.view.date)}
      chart={
        <>
          <TrendChart
            title={t("trend.title")}
            grid={grid}
            trend={trend}
            zoom={days.end - days.first < grid.dayCount ? days : null}
            onZoom={setZoom}
          />
          <HistoryMap
            history={history}
            queueId={queueId}
            title={queueId ?? t("map.allQueues")}
            days={days}
            selectedDate={shown}
            onSelectDate={setShown}
          />
        </>
      }
      grid={
        <Tabs
          label={t("views.label")}
          value={tab}
          tabs={[
            { value: "quality", name: t("views.quality") },
            { value: "profiles", name: t("views.profiles") },
            { value: "service", name: t("views.service") },
          ]}
          onChange={setTab}
        >
          {tab === "quality" ? (
            <QualityList history={history} findings={findings ?? []} onShow={({ date }) => show(date)} />
          ) : tab === "profiles" ? (
            <WeekdayProfiles profiles={profiles} intervalMinutes={grid.intervalMinutes} />
          ) : (
            <ServicePanel history={history} queueId={queueId} days={days} />
          )}
        </Tabs>
      }
      controls={
        <>
          <DropZone />
          <Zoom grid={grid} days={days} onZoom={setZoom} />
          <ControlGroup title={t("facts.title")}>
            <dl className="history-facts">
              <div>
                <dt>{t("understood.first")}</dt>
                <dd>{format.date(grid.firstDate, "full")}</dd>
              </div>
              <div>
                <dt>{t("understood.last")}</dt>
                <dd>{format.date(addDays(grid.firstDate, grid.dayCount - 1), "full")}</dd>
              </div>
              <div>
                <dt>{t("facts.interval")}</dt>
                <dd>{t("understood.minutes", { count: grid.intervalMinutes })}</dd>
              </div>
              <div>
                <dt>{t("facts.timeZone")}</dt>
                <dd>{grid.timeZone}</dd>
              </div>
            </dl>
          </ControlGroup>
          {queueIds.map((id) => (
            <QueueFacts key={id} history={history} queueId={id} />
          ))}
        </>
      }
    />
  );
}

/** The days looked at, for those who type them; the trend takes them by dragging. */
function Zoom(props: {
  readonly grid: DemandHistory["grid"];
  readonly days: DayRange;
  readonly onZoom: (days: DayRange | null) => void;
}) {
  const { t } = useTranslation("history");
  const { grid, days } = props;
  function set(from: LocalDate, to: LocalDate): void {
    const [first, end] = [daysBetween(grid.firstDate, from), daysBetween(grid.firstDate, to) + 1];
    if (first >= 0 && end <= grid.dayCount && first < end)
      props.onZoom(atLeastAWeek({ first, end }, grid.dayCount));
  }
  const from = addDays(grid.firstDate, days.first);
  const to = addDays(grid.firstDate, days.end - 1);
  const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
  return (
    <ControlGroup title={t("zoom.title")}>
      <div className="history-dates">
        <TextField
          label={t("zoom.from")}
          type="date"
          value={from}
          onChange={(text) => isDate(text) && set(text, to)}
        />
        <TextField
          label={t("zoom.to")}
          type="date"
          value={to}
          onChange={(text) => isDate(text) && set(from, text)}
        />
      </div>
      <Button disabled={days.end - days.first === grid.dayCount} onClick={() => props.onZoom(null)}>
        {t("zoom.whole")}
      </Button>
    </ControlGroup>
  );
}

/** Where a file goes in: dropped anywhere, pasted, or chosen here. */
function DropZone() {
  const { t } = useTranslation("history");
  const { store } = useDesk();
  return (
    <label className="history-drop">
      <b>{t("drop.title")}</b>
      <span>{t("drop.text")}</span>
      <span className="button">{t("drop.choose")}</span>
      <input
        type="file"
        className="visually-hidden"
        aria-label={t("drop.choose")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) store.dispatch({ type: "incoming", file: { name: file.name, data: file } });
          event.target.value = "";
        }}
      />
    </label>
  );
}
