import { startTransition, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { dayOfDate } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import { EmptyPage, Inherited, Page, RunStage } from "../../frame/page.tsx";
import {
  useDesk,
  usePlan,
  useResult,
  useStageState,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { CursorGroup } from "../../kit/charts/cursor-group.tsx";
import { SmallMultiples } from "../../kit/charts/small-multiples.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ServiceByStage } from "../service/service-by-stage.tsx";
import { AgentsChart } from "./agents-chart.tsx";
import { AllQueues, AllQueuesGrid } from "./all-queues.tsx";
import { BottleneckLine } from "./bottleneck.tsx";
import { Convergence } from "./convergence.tsx";
import { EventSettings } from "./event-settings.tsx";
import { simulateFinding } from "./finding.ts";
import { QueueFloorSettings } from "./queue-floor-settings.tsx";
import { ReferenceComparison, ReferenceControls } from "./reference.tsx";
import { Replay } from "./replay.tsx";
import { RoutingSettings } from "./routing-settings.tsx";
import { SimulateGrid } from "./simulate-grid.tsx";
import {
  expectedContacts,
  followUpFigures,
  type GridSeries,
  promisedLevel,
  type QueueFigures,
  queueFigures,
} from "./simulated.ts";
import { LevelChart, LevelHistogram, MeasureChart } from "./simulated-charts.tsx";
import { SimulatedFigures } from "./simulated-figures.tsx";
import { SimulationSettings } from "./simulation-settings.tsx";
import { WaitTable } from "./wait-table.tsx";
import "./simulate.css";

/** The very shifts just built, contact by contact: will it hold on the day, and how sure is that. */
export function SimulatePage() {
  const { t } = useTranslation("simulate");
  const made = useResult("simulation");
  const state = useStageState("simulation");
  const schedule = useResult("schedule");
  const partial = useConverging(state === "running");
  const result = partial ?? made?.value ?? null;
  if (result === null) {
    return (
      <EmptyPage title={t("title")} text={schedule === null ? t("noShifts") : t("notYet")}>
        <RunStage stage="simulation" label={t("run")} />
      </EmptyPage>
    );
  }
  return <Simulated result={result} converging={partial !== null} />;
}

/** The running simulation's result so far, looked up at a pace the page can draw; null when none runs. */
function useConverging(running: boolean): SimulationResult | null {
  const { runs } = useDesk();
  const [partial, setPartial] = useState<SimulationResult | null>(null);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => startTransition(() => setPartial(runs.partial("simulation"))), 400);
    return () => {
      clearInterval(timer);
      setPartial(null);
    };
  }, [running, runs]);
  return running ? partial : null;
}

/** In place of a queue's id. */
const allQueues = "";

const smallMeasures = ["asaSeconds", "abandonmentRate", "occupancy", "waiting"] as const;

function Simulated(props: { readonly result: SimulationResult; readonly converging: boolean }) {
  const { t } = useTranslation("simulate");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const forecast = useResult("forecast");
  const schedule = useResult("schedule");
  const roster = useResult("roster");
  const view = useView();
  const { result } = props;
  const range = useVisibleRange(result.grid);
  const [chosenId, setChosenId] = useState<string>(allQueues);
  const [by, setBy] = useState<"interval" | "day" | null>(null);
  const resolution = by ?? (view.span === "day" || view.span === "week" ? "interval" : "day");

  const shown = useMemo(
    () =>
      result.queues.flatMap((simulated) => {
        const queue = plan.queues.find((candidate) => candidate.id === simulated.queueId);
        if (queue === undefined) return [];
        const figures = queueFigures(
          result,
          simulated,
          queue.goal.serviceLevel,
          range.firstDay,
          range.dayCount,
        );
        return figures === null || figures.serviceLevel.mean === null ? [] : [{ queue, simulated, figures }];
      }),
    [result, plan.queues, range.firstDay, range.dayCount],
  );
  const inView = shown.filter(({ queue }) => view.queueId === null || queue.id === view.queueId);
  const queuesInView = useMemo(
    () => plan.queues.filter(({ id }) => view.queueId === null || id === view.queueId),
    [plan.queues, view.queueId],
  );
  const detail = inView.find(({ queue }) => queue.id === chosenId) ?? inView[0];
  /** Several queues are one to begin with, as the bar says. */
  const showsAll = inView.length > 1 && !inView.some(({ queue }) => queue.id === chosenId);
  const promises = useMemo(() => {
    const made = roster?.value ?? schedule?.value;
    if (forecast === null || made === undefined) return new Map<string, GridSeries | null>();
    return new Map(
      plan.queues.map(({ id }) => [id, promisedLevel(plan, forecast.value, made, id, range)] as const),
    );
  }, [plan, forecast, schedule, roster, range]);
  const select = (selection: IntervalRange | null) => store.setView({ selection });
  const common = { result, resolution, range, selection: view.selection, onSelect: select };

  const controls = <SimulateControls queueId={detail?.queue.id ?? plan.queues[0].id} range={range} />;
  if (detail === undefined) {
    return <Page title={t("title")} finding={{ text: t("closed") }} controls={controls} />;
  }

  return (
    <Page
      title={t("title")}
      finding={simulateFinding(
        {
          result,
          queues: inView.map(({ queue, simulated, figures }) => ({
            queue,
            simulated,
            serviceLevel: figures.serviceLevel.mean,
          })),
          days: { first: range.firstDay, end: range.firstDay + range.dayCount },
        },
        t,
        format,
      )}
      controls={controls}
      chart={
        <>
          <div className="simulate-options">
            <SegmentedControl
              label={t("by.label")}
              labelHidden
              value={resolution}
              options={[
                { value: "interval", name: t("by.interval") },
                { value: "day", name: t("by.day") },
              ]}
              onChange={setBy}
            />
            {inView.length > 1 && (
              <SegmentedControl
                label={t("detailOf")}
                labelHidden
                value={showsAll ? allQueues : detail.queue.id}
                options={[
                  { value: allQueues, name: t("allQueues") },
                  ...inView.map(({ queue }) => ({ value: queue.id, name: queue.name })),
                ]}
                onChange={setChosenId}
              />
            )}
            <ReplicationsNote result={result} converging={props.converging} />
          </div>
          <CursorGroup>
            {inView.map(({ queue, simulated, figures }) => (
              <LevelChart
                key={queue.id}
                {...common}
                queue={queue}
                simulated={simulated}
                total={figures.serviceLevel}
                promise={promises.get(queue.id) ?? null}
                height={inView.length > 1 ? 180 : 260}
              />
            ))}
          </CursorGroup>
          <BottleneckLine result={result} queues={queuesInView} range={range} />
          <ReferenceComparison result={result} converging={props.converging} range={range} queues={inView} />
          {showsAll ? (
            <AllQueues result={result} range={range} />
          ) : (
            <QueueDetail {...common} range={range} detail={detail} />
          )}
        </>
      }
      grid={
        showsAll ? (
          <AllQueuesGrid result={result} range={range} />
        ) : (
          <SimulateGrid
            result={result}
            queue={detail.simulated}
            queueName={detail.queue.name}
            goal={detail.queue.goal.serviceLevel}
            promise={promises.get(detail.queue.id) ?? null}
            range={range}
            selection={view.selection}
            onSelect={select}
          />
        )
      }
    >
      <Replay day={dayOfDate(result.grid, view.date) ?? 0} />
    </Page>
  );
}

/** One queue of the plan, what was simulated of it, and what that comes to over the days in sight. */
interface QueueInView {
  readonly queue: Queue;
  readonly simulated: QueueSimulation;
  readonly figures: QueueFigures;
}

/** How many replications have been through. */
function ReplicationsNote(props: { readonly result: SimulationResult; readonly converging: boolean }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { replications: count, contacts, seconds } = props.result;
  const words = { count, contacts: format.number(contacts) };
  return (
    <span className="simulate-note">
      {props.converging
        ? t("converging", { count })
        : seconds === null
          ? t("replications", words)
          : t("replicationsTimed", { ...words, seconds: format.wait(seconds) })}
    </span>
  );
}

/** Everything about one queue: its figures, waits, measures, the groups that serve it, and how sure all that is. */
function QueueDetail(props: {
  readonly result: SimulationResult;
  readonly detail: QueueInView;
  readonly resolution: "interval" | "day";
  readonly range: VisibleRange;
  readonly selection: IntervalRange | null;
  readonly onSelect: (selection: IntervalRange | null) => void;
}) {
  const { detail, ...common } = props;
  const { result, range, selection, onSelect } = common;
  const { queue, simulated, figures } = detail;
  const plan = usePlan();
  const { span } = useView();
  const servingGroups = plan.groups.filter(
    ({ queueIds, overflow = [] }) =>
      queueIds.includes(queue.id) || overflow.some(({ queueId }) => queueId === queue.id),
  );
  return (
    <>
      <SimulatedFigures
        queue={queue}
        figures={figures}
        followUps={followUpFigures(result, simulated, range.firstDay, range.dayCount)}
        span={span}
      />
      <ServiceByStage
        stage="simulation"
        days={{ first: range.firstDay, end: range.firstDay + range.dayCount }}
        shown={{ simulation: result }}
      />
      <WaitTable result={result} queue={simulated} queueName={queue.name} range={range} />
      <SmallMultiples minWidth={300}>
        {smallMeasures.map((measure) => (
          <MeasureChart key={measure} {...common} measure={measure} queue={queue} simulated={simulated} />
        ))}
        {servingGroups.map(({ id, name }) => {
          const group = result.groups.find(({ groupId }) => groupId === id);
          return group === undefined ? null : (
            <AgentsChart
              key={id}
              result={result}
              group={group}
              groupName={name}
              range={range}
              selection={selection}
              onSelect={onSelect}
            />
          );
        })}
        <Convergence
          queueName={queue.name}
          mean={figures.settling.mean}
          halfWidth={figures.settling.halfWidth}
          goal={queue.goal.serviceLevel}
        />
        <LevelHistogram
          queueName={queue.name}
          goal={queue.goal.serviceLevel}
          levels={figures.levels}
          span={span}
        />
      </SmallMultiples>
    </>
  );
}

/** Run, compare, and how the floor works; what the simulation was given. */
function SimulateControls({ queueId, range }: { readonly queueId: string; readonly range: VisibleRange }) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const forecast = useResult("forecast");
  const schedule = useResult("schedule");
  const roster = useResult("roster");
  const view = useView();
  const shiftWords = (count: number) => ({ count, shifts: format.number(count) });
  return (
    <>
      <RunStage stage="simulation" label={t("run")} />
      <ReferenceControls />
      <SimulationSettings />
      <QueueFloorSettings queueId={queueId} />
      <RoutingSettings />
      <EventSettings />
      <ControlGroup title={t("inherited.title")}>
        {roster !== null ? (
          <Inherited from="roster" page="roster">
            {t("inherited.roster", shiftWords(roster.value.assignments.length))}
          </Inherited>
        ) : (
          <Inherited from="schedule" page="shifts">
            {t("inherited.shifts", shiftWords(schedule?.value.shifts.length ?? 0))}
          </Inherited>
        )}
        {forecast !== null && (
          <Inherited from="forecast" page="forecast">
            {t("inherited.contacts", {
              contacts: format.number(expectedContacts(forecast.value, view.queueId, range)),
            })}
          </Inherited>
        )}
        <p className="field-hint">{t("shrinkageNote")}</p>
      </ControlGroup>
    </>
  );
}
