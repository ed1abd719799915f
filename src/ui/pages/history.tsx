import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays, type LocalDate } from "../../domain/clock.ts";
import { type DemandHistory, intervalState } from "../../domain/demand.ts";
import { Tabs } from "../controls/tabs.tsx";
import { HistoryMap } from "../history/history-map.tsx";
import { ImportPanel } from "../history/import-panel.tsx";
import { QualityList } from "../history/quality-list.tsx";
import { ServicePanel } from "../history/service-panel.tsx";
import { useReview } from "../history/use-review.ts";
import { ControlGroup, Page } from "../page.tsx";
import { useDesk, useFormat, useSession } from "../session-context.tsx";
import "../history/history.css";

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
  const [tab, setTab] = useState<"quality" | "service">("quality");
  const review = useReview(history);
  const { grid } = history;
  const findings = (review ?? []).filter((finding) => queueId === null || finding.queueId === queueId);
  const open = findings.filter((finding) => finding.suggestExcluding && !finding.excluded);
  const [worst] =
    open.length > 0 ? open : findings.filter(({ kind }) => kind !== "closedDay" && kind !== "clockChange");
  const text =
    review === null
      ? t("finding.reviewing")
      : worst === undefined
        ? t("finding.clean", {
            range: format.dateRange(grid.firstDate, addDays(grid.firstDate, grid.dayCount - 1)),
          })
        : t(open.length > 0 ? "finding.open" : "finding.reviewed", {
            count: open.length > 0 ? open.length : findings.length,
            what: t(`kind.${worst.kind}`),
            date: format.date(worst.date, "full"),
            queue: worst.queueId,
          });
  const queues = history.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  return (
    <Page
      title={t("title")}
      finding={{ text, ...(worst === undefined ? {} : { onOpen: () => setShown(worst.date) }) }}
      chart={
        <HistoryMap
          history={history}
          queueId={queueId}
          title={queueId ?? t("map.allQueues")}
          selectedDate={shown}
          onSelectDate={setShown}
        />
      }
      grid={
        <Tabs
          label={t("views.label")}
          value={tab}
          tabs={[
            { value: "quality", name: t("views.quality") },
            { value: "service", name: t("views.service") },
          ]}
          onChange={setTab}
        >
          {tab === "quality" ? (
            <QualityList history={history} findings={findings} onShow={({ date }) => setShown(date)} />
          ) : (
            <ServicePanel history={history} queueId={queueId} />
          )}
        </Tabs>
      }
      controls={
        <>
          <DropZone />
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
          {queues.map((queue) => (
            <QueueFacts key={queue.queueId} history={history} queueId={queue.queueId} />
          ))}
        </>
      }
    />
  );
}

function QueueFacts({ history, queueId }: { readonly history: DemandHistory; readonly queueId: string }) {
  const { t } = useTranslation("history");
  const format = useFormat();
  const queue = history.queues.find((one) => one.queueId === queueId);
  if (queue === undefined) return null;
  const sum = (values: Float64Array | null) => values?.reduce((total, value) => total + value, 0) ?? null;
  const offered = sum(queue.offered) ?? 0;
  const handled = sum(queue.handled);
  const seconds = sum(queue.handleSeconds);
  const abandoned = sum(queue.abandoned);
  const openDays = countOpenDays(history, queue.state);
  const facts: [string, string][] = [
    [t("facts.contacts"), format.number(offered)],
    [t("facts.perDay"), format.number(openDays > 0 ? offered / openDays : null)],
    [
      t("facts.aht"),
      handled !== null && seconds !== null && handled > 0
        ? format.duration(seconds / handled)
        : format.duration(null),
    ],
    [t("facts.abandoned"), format.percent(abandoned === null || offered === 0 ? null : abandoned / offered)],
  ];
  return (
    <ControlGroup title={queueId}>
      <dl className="history-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </ControlGroup>
  );
}

function countOpenDays({ grid }: DemandHistory, state: Uint8Array): number {
  let days = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    if (
      state
        .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
        .some((one) => one !== intervalState.closed)
    )
      days++;
  }
  return days;
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
