import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { dayOfDate, dayOfInterval } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Issue } from "../../../domain/outcome.ts";
import type { DemandForecast, DemandHistory, QueueForecast } from "../../../domain/results/demand.ts";
import type { ForecastAccuracy } from "../../../forecasting/forecast-accuracy.ts";
import { modelNames } from "../../../forecasting/models/models.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { EmptyPage, Page, RunStage } from "../../frame/page.tsx";
import {
  useDesk,
  usePlan,
  useResult,
  useSession,
  useStageState,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { FanChart } from "../../kit/charts/fan-chart.tsx";
import type { Flag } from "../../kit/charts/layers.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { AgainstActual } from "./against-actual.tsx";
import { forecastFinding } from "./finding.ts";
import { ForecastGrid } from "./forecast-grid.tsx";
import {
  accuracyOf,
  fanSeries,
  forecastAxis,
  type GappedSeries,
  intradayOf,
  restOfDay,
} from "./forecast-view.ts";
import { LeagueTable } from "./league-table.tsx";
import { OutsideForecastPanel } from "./outside-forecast.tsx";
import { OverrideForm } from "./override-form.tsx";
import { SnapshotComparison, SnapshotPanel } from "./snapshots.tsx";
import { SpecialDays } from "./special-days.tsx";
import "./forecast.css";

/** Days of history drawn before the first day of the plan. */
const leadDays = { day: 7, week: 14, fourWeeks: 28, eightWeeks: 28 } as const;

/** Contacts expected per interval, next to what came before, with the proof of how good the model is. */
export function ForecastPage() {
  const { t } = useTranslation("forecast");
  const forecast = useResult("forecast");
  const history = useSession((state) => state.document.history);
  if (forecast === null) {
    return (
      <EmptyPage title={t("title")} text={history === null ? t("noHistory") : t("none")}>
        {history === null ? null : <RunStage stage="forecast" label={t("run")} />}
      </EmptyPage>
    );
  }
  return <Forecast forecast={forecast.value} history={history} />;
}

function Forecast(props: { readonly forecast: DemandForecast; readonly history: DemandHistory | null }) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  const view = useView();
  const { forecast, history } = props;
  const range = useVisibleRange(forecast.grid);
  useKeptUpToDate();
  const queues = useMemo(
    () => forecast.queues.filter(({ queueId }) => view.queueId === null || queueId === view.queueId),
    [forecast, view.queueId],
  );
  const select = (selection: IntervalRange | null) => store.setView({ selection });
  const accuracies = useMemo(
    () =>
      new Map(
        queues.flatMap((queue) => {
          const accuracy = accuracyOf(forecast, queue, history);
          return accuracy === null ? [] : [[queue.queueId, accuracy] as const];
        }),
      ),
    [forecast, queues, history],
  );
  return (
    <Page
      title={t("title")}
      finding={forecastFinding(
        {
          queues,
          range,
          span: view.span,
          dayCount:
            dayOfInterval(forecast.grid, range.end - 1) - dayOfInterval(forecast.grid, range.first) + 1,
        },
        t,
        format,
      )}
      chart={
        <>
          <Remarks notes={queues.flatMap((queue) => queue.notes)} />
          {queues.map((queue) => (
            <QueueFan
              key={queue.queueId}
              forecast={forecast}
              queue={queue}
              history={history}
              range={range}
              height={queues.length === 1 ? 300 : 220}
              selection={view.selection}
              onSelect={select}
              accuracy={accuracies.get(queue.queueId) ?? null}
            />
          ))}
        </>
      }
      grid={
        <>
          <ForecastGrid
            forecast={forecast}
            queues={queues}
            range={range}
            selection={view.selection}
            onSelect={select}
          />
          <SnapshotComparison forecast={forecast} range={range} onSelect={select} />
          {queues.map((queue) => {
            const accuracy = accuracies.get(queue.queueId);
            return accuracy === undefined ? null : (
              <AgainstActual
                key={queue.queueId}
                queueId={queue.queueId}
                grid={forecast.grid}
                accuracy={accuracy}
                intraday={intradayOf(forecast, queue, history, accuracy)}
                onSelect={select}
              />
            );
          })}
        </>
      }
      controls={
        <>
          <ControlGroup title={t("model.title")}>
            <SelectField
              label={t("model.label")}
              value={plan.forecast.model}
              options={["auto", ...modelNames].map((model) => ({
                value: model,
                name: t(`model.${model}`),
              }))}
              hint={t(`modelHint.${plan.forecast.model}`)}
              onChange={(model) =>
                store.edit("forecast:edit.model", (before) => ({
                  ...before,
                  forecast: { ...before.forecast, model },
                }))
              }
            />
            <RunStage stage="forecast" label={t("run")} />
          </ControlGroup>
          {queues.map((queue) => (
            <ControlGroup key={queue.queueId} title={t("league.title", { queue: queue.queueId })}>
              <LeagueTable queue={queue} />
            </ControlGroup>
          ))}
          {queues.map((queue) => (
            <OverrideForm key={queue.queueId} grid={forecast.grid} queue={queue} selection={view.selection} />
          ))}
          <OutsideForecastPanel />
          <SnapshotPanel />
          <SpecialDays />
        </>
      }
    />
  );
}

/** What has to be known before the figures are used: warnings first, in the order of the queues. */
function Remarks({ notes }: { readonly notes: readonly Issue[] }) {
  const { t } = useTranslation("forecast");
  const issueText = useIssueText();
  if (notes.length === 0) return null;
  const warnings = notes.filter(({ severity }) => severity !== "info");
  const others = notes.filter(({ severity }) => severity === "info");
  return (
    <ul className="forecast-remarks" aria-label={t("remarks")}>
      {[...warnings, ...others].map((note) => (
        <li key={JSON.stringify(note)} className={`forecast-remark-${note.severity}`}>
          {issueText(note)}
        </li>
      ))}
    </ul>
  );
}

/** A series of the plan's grid on the chart's axis. */
function shiftedSeries(values: GappedSeries, offset: number): GappedSeries {
  return [...new Array<null>(offset).fill(null), ...values];
}

/** From the first to the last interval marked; null where none is. */
function markedStretch(marks: Uint8Array | undefined): IntervalRange | null {
  const first = marks?.indexOf(1) ?? -1;
  return marks === undefined || first < 0 ? null : { first, end: marks.lastIndexOf(1) + 1 };
}

/** Runs the stage a moment after the last edit of a setting, so that what is shown is what was asked for. */
function useKeptUpToDate(): void {
  const { runs } = useDesk();
  const settings = usePlan().forecast;
  const state = useStageState("forecast");
  useEffect(() => {
    if (state !== "stale") return;
    const timer = setTimeout(() => void runs.run("forecast"), 500);
    return () => clearTimeout(timer);
  }, [state, settings, runs]);
}

function QueueFan(props: {
  readonly forecast: DemandForecast;
  readonly queue: QueueForecast;
  readonly history: DemandHistory | null;
  readonly range: VisibleRange;
  readonly height: number;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange | null) => void;
  readonly accuracy: ForecastAccuracy | null;
}) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const plan = usePlan();
  const { span } = useView();
  const { forecast, history, queue, range } = props;
  const axis = useMemo(() => forecastAxis(forecast, history, leadDays[span]), [forecast, history, span]);
  const series = useMemo(() => fanSeries(axis, queue, history), [axis, queue, history]);
  const { offset } = axis;
  const update = useMemo(
    () => intradayOf(forecast, queue, history, props.accuracy),
    [forecast, queue, history, props.accuracy],
  );
  const comparison =
    update !== null
      ? { name: t("actual.updated"), series: shiftedSeries(restOfDay(forecast.grid, update), offset) }
      : series.baseline === null
        ? undefined
        : { name: t("override.before"), series: series.baseline };
  const lead = Math.min(offset + range.first, (leadDays[span] * 1440) / axis.grid.intervalMinutes);
  const shown = { first: offset + range.first - lead, end: offset + range.end };
  const imported = markedStretch(queue.fromOutside);
  const flags: Flag[] = [
    ...(imported === null
      ? []
      : [
          {
            id: "outside",
            first: imported.first + offset,
            end: imported.end + offset,
            name: plan.forecast.outside?.name ?? t("outside.title"),
          },
        ]),
    ...plan.forecast.overrides
      .filter(({ queueId }) => queueId === queue.queueId)
      .map((override) => ({
        id: override.id,
        ...flagSpan(override.fromDate, override.toDate),
        name: override.reason || t("override.flag"),
      })),
    ...plan.forecast.specialDays.flatMap((day) =>
      day.dates.map((date) => ({
        id: `${day.id}.${date}`,
        ...flagSpan(date, date),
        name: day.name,
        color: "var(--goal)",
      })),
    ),
  ];
  function flagSpan(from: string, to: string): IntervalRange {
    const first = dayOfDate(axis.grid, from);
    const last = dayOfDate(axis.grid, to);
    if (first === null || last === null) return { first: -1, end: -1 };
    return { first: axis.grid.dayOffsets[first], end: axis.grid.dayOffsets[last + 1] };
  }
  const sum = queue.offered.subarray(range.first, range.end).reduce((total, value) => total + value, 0);
  return (
    <FanChart
      title={queue.queueId}
      summary={t("summary", {
        queue: queue.queueId,
        contacts: format.number(sum),
        model: t(`model.${queue.model}`),
      })}
      grid={axis.grid}
      span={shown}
      height={props.height}
      open={series.open}
      actual={series.actual}
      forecast={series.forecast}
      lower80={series.lower80}
      upper80={series.upper80}
      lower95={series.lower95}
      upper95={series.upper95}
      comparison={comparison}
      flags={flags.filter(({ first }) => first >= 0)}
      selection={
        props.selection === null
          ? null
          : { first: props.selection.first + offset, end: props.selection.end + offset }
      }
      onSelect={(selection) =>
        props.onSelect(
          selection === null || selection.end <= offset
            ? null
            : { first: Math.max(0, selection.first - offset), end: selection.end - offset },
        )
      }
    />
  );
}
