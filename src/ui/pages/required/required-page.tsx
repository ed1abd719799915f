import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { sameGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { succeed } from "../../../domain/outcome.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { QueueRequirement, Requirement } from "../../../domain/results/requirement.ts";
import { expectedOfQueue } from "../../../scenarios/measuring/service-by-stage.ts";
import { stageFreshness } from "../../../stages/freshness.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { EmptyPage, Inherited, Page, RunStage } from "../../frame/page.tsx";
import {
  useDesk,
  usePlan,
  useResult,
  useSession,
  useStageState,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { SmallMultiples } from "../../kit/charts/small-multiples.tsx";
import { StaffingChart } from "../../kit/charts/staffing-chart.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ServiceByStage } from "../service/service-by-stage.tsx";
import { type Followed, followRequirement } from "./changing-queue.ts";
import { ChannelControls } from "./channel-controls.tsx";
import { BindingGoals, Figures, GapWork, totalsOf } from "./figures.tsx";
import { requiredFinding, requiredPeak, troubleFinding } from "./finding.ts";
import { GoalControls } from "./goal-controls.tsx";
import { HowRequired } from "./how-required.tsx";
import { agentsLeft, liveRequirement, type RequirementBand, requirementBand } from "./live-requirement.ts";
import { MethodControls } from "./method-controls.tsx";
import { MoneyControls, MoneyTable } from "./money.tsx";
import { OneMore } from "./one-more.tsx";
import { OpeningHoursControls } from "./opening-hours.tsx";
import { Pooling } from "./pooling.tsx";
import { RequiredGrid, type RequiredQueue } from "./required-grid.tsx";
import { ShrinkageControls } from "./shrinkage-controls.tsx";
import { TrueQueue } from "./true-queue.tsx";
import "./required.css";

/** Agents required per interval and queue, at the speed of a slider. */
export function RequiredPage() {
  const { t } = useTranslation("required");
  const forecast = useResult("forecast");
  if (forecast === null) {
    return (
      <EmptyPage title={t("title")} text={t("noForecast")}>
        <RunStage stage="forecast" label={t("makeForecast")} />
      </EmptyPage>
    );
  }
  return <Required forecast={forecast.value} />;
}

function Required({ forecast }: { readonly forecast: DemandForecast }) {
  const { t } = useTranslation("required");
  const issueText = useIssueText();
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  // What the shifts give may follow a moment after the requirement.
  const settled = useDeferredValue(plan);
  const schedule = useResult("schedule");
  const view = useView();
  const range = useVisibleRange(forecast.grid);
  const [goalQueueId, setGoalQueueId] = useState(plan.queues[0].id);
  const [opened, setOpened] = useState<number | null>(null);
  useKeptUpToDate();

  const { outcome, followed, current } = useRequirement(plan, forecast, range);
  const band = useBand(plan, forecast, range);
  const requirement = outcome.ok ? outcome.value : null;
  const queues = useMemo<RequiredQueue[]>(() => {
    if (requirement === null) return [];
    // Shifts of other dates say nothing about these.
    const shifts = schedule !== null && sameGrid(schedule.value.grid, forecast.grid) ? schedule.value : null;
    return requirement.queues
      .filter((of) => view.queueId === null || of.queueId === view.queueId)
      .map((of) => ({
        of,
        queue: plan.queues.find((queue) => queue.id === of.queueId)!,
        left: agentsLeft(plan, shifts, of.queueId),
        // Several queues side by side show no level.
        expected:
          shifts === null || (view.queueId === null && plan.queues.length > 1)
            ? null
            : expectedOfQueue(settled, forecast, shifts, of.queueId, range),
      }));
  }, [requirement, view.queueId, plan, settled, schedule, forecast, range]);
  const goalQueue = plan.queues.find((queue) => queue.id === (view.queueId ?? goalQueueId)) ?? plan.queues[0];
  const totals = useMemo(
    () => totalsOf(queues, range, forecast.grid.intervalMinutes),
    [queues, range, forecast],
  );
  const select = (selection: IntervalRange | null) => {
    store.setView({ selection });
    setOpened(selection !== null && selection.end - selection.first === 1 ? selection.first : null);
  };
  const openedQueue = queues.find(({ queue }) => queue.id === goalQueue.id) ?? queues[0];

  const controls = <RequiredControls queue={goalQueue} offered={totals.offered} onQueue={setGoalQueueId} />;
  if (requirement === null || queues.length === 0) {
    return (
      <Page title={t("title")} finding={troubleFinding(outcome.issues, issueText)} controls={controls} />
    );
  }

  return (
    <Page
      title={t("title")}
      finding={requiredFinding(
        { queues: queues.map(({ of }) => of), grid: forecast.grid, range, span: view.span },
        t,
        format,
      )}
      onOpenFinding={(target) => "view" in target && select(target.view.selection ?? null)}
      chart={
        <>
          <StaffingCharts forecast={forecast} queues={queues} band={band} range={range} onSelect={select} />
          <Figures totals={totals} queue={queues.length === 1 ? queues[0].queue : null} />
          <ServiceByStage
            stage="requirement"
            days={{ first: range.firstDay, end: range.firstDay + range.dayCount }}
            shown={{ requirement }}
          />
          <BindingGoals queues={queues} grid={forecast.grid} range={range} />
          <GapWork queues={queues} range={range} intervalMinutes={forecast.grid.intervalMinutes} />
          <MoneyTable queues={queues} range={range} />
          <Pooling day={range.firstDay} />
          <TrueQueue followed={followed} current={current} queues={queues.map(({ queue }) => queue)} />
          {opened !== null && openedQueue !== undefined && openedQueue.of.offered[opened] > 0 && (
            <OneMore
              queue={openedQueue.queue}
              of={openedQueue.of}
              requirement={requirement}
              intervalIndex={opened}
            />
          )}
        </>
      }
      grid={
        <RequiredGrid
          requirement={requirement}
          queues={queues}
          range={range}
          selection={view.selection}
          wholeAgents={plan.requirement.wholeAgents}
          nameOf={(queueId) => plan.queues.find(({ id }) => id === queueId)?.name ?? queueId}
          onSelect={select}
          onOpen={(index) => select({ first: index, end: index + 1 })}
        />
      }
      controls={controls}
    >
      <HowRequired queues={queues.map(({ queue }) => queue)} />
    </Page>
  );
}

/** What decides the requirement of a queue, and what it was taken from. */
function RequiredControls(props: {
  readonly queue: Queue;
  /** Contacts of the shown queues and intervals. */
  readonly offered: number;
  readonly onQueue: (queueId: string) => void;
}) {
  const { queue } = props;
  const { t } = useTranslation("required");
  const format = useFormat();
  const plan = usePlan();
  const view = useView();
  return (
    <>
      {plan.queues.length > 1 && view.queueId === null && (
        <SegmentedControl
          label={t("goal.of")}
          value={queue.id}
          options={plan.queues.map(({ id, name }) => ({ value: id, name }))}
          onChange={props.onQueue}
        />
      )}
      <GoalControls key={queue.id} queue={queue} />
      <OpeningHoursControls key={`hours ${queue.id}`} queue={queue} />
      <ShrinkageControls />
      <ChannelControls queue={queue} />
      <MoneyControls key={`money ${queue.id}`} queue={queue} />
      <MethodControls />
      <ControlGroup title={t("inherited")}>
        <Inherited from="forecast" page="forecast">
          {t("contactsTaken", { contacts: format.number(props.offered) })}
        </Inherited>
        <p className="inherited">
          <a href="#/calculator">{t("calculatorLink")}</a>
        </p>
      </ControlGroup>
    </>
  );
}

/** All shown queues together, and of several each by itself. */
function StaffingCharts(props: {
  readonly forecast: DemandForecast;
  readonly queues: readonly RequiredQueue[];
  readonly band: RequirementBand | null;
  readonly range: IntervalRange;
  readonly onSelect: (selection: IntervalRange | null) => void;
}) {
  const { queues } = props;
  const { t } = useTranslation("required");
  if (queues.length === 1) return <QueuesChart {...props} title={queues[0].queue.name} height={280} />;
  return (
    <>
      <QueuesChart {...props} title={t("allQueues")} height={280} />
      <SmallMultiples minWidth={queues.length === 2 ? 400 : 320} signsAbove>
        {queues.map((queue) => (
          <div key={queue.queue.id}>
            <QueuesChart {...props} queues={[queue]} title={queue.queue.name} height={150} />
          </div>
        ))}
      </SmallMultiples>
    </>
  );
}

/** Required and scheduled agents of some queues together. */
function QueuesChart(
  props: Parameters<typeof StaffingCharts>[0] & { readonly title: string; readonly height: number },
) {
  const { forecast, queues, band, range, title } = props;
  const { t } = useTranslation("required");
  const format = useFormat();
  const { selection } = useView();
  const { intervalName } = useAxisWords(forecast.grid);
  const required = queues.map(({ of }) => of);
  const peak = requiredPeak(required, range);
  const left = queues.map((queue) => queue.left).filter((agents) => agents !== null);
  const bandOf = (side: "lower" | "upper") =>
    band === null ? undefined : summed(required.map(({ queueId }) => findQueue(band[side], queueId)));
  return (
    <StaffingChart
      title={title}
      summary={t("summary", {
        name: title,
        peak: format.number(peak.agents, 1),
        time: intervalName(peak.index),
      })}
      grid={forecast.grid}
      span={range}
      height={props.height}
      open={openOf(forecast, queues)}
      required={summed(required.map(({ requiredAgents }) => requiredAgents))!}
      requiredName={t("series.required")}
      scheduled={left.length > 0 ? summed(left) : null}
      scheduledName={t("series.left")}
      comparison={{
        name: t("series.toSchedule"),
        series: summed(required.map(({ scheduledAgents }) => scheduledAgents))!,
      }}
      requiredLower={bandOf("lower")}
      requiredUpper={bandOf("upper")}
      contacts={summed(required.map(({ offered }) => offered))}
      selection={selection}
      onSelect={props.onSelect}
    />
  );
}

/** The band is two requirements more: it follows when the hand rests, in slices that leave the page free. */
function useBand(plan: Plan, forecast: DemandForecast, range: IntervalRange) {
  const later = useDeferredValue(plan);
  const [made, setMade] = useState<{ readonly range: IntervalRange; readonly band: RequirementBand } | null>(
    null,
  );
  useEffect(() => {
    let wanted = true;
    void requirementBand(later, forecast, range, () => wanted).then((band) => {
      if (band !== null) setMade({ range, band });
    });
    return () => {
      wanted = false;
    };
  }, [later, forecast, range]);
  return made !== null && made.range === range ? made.band : null;
}

/**
 * The requirement of the shown intervals: the stage's own where it is up to date; else at once where that is cheap, and
 * otherwise the stationary one first and the asked one as soon as a worker has it. The true service of each method
 * follows from the worker in any case.
 */
function useRequirement(plan: Plan, forecast: DemandForecast, range: IntervalRange) {
  const fresh = useSession(({ document }) =>
    stageFreshness("requirement", document) === "fresh" ? document.results.requirement : null,
  );
  const [answer, setAnswer] = useState<{
    readonly plan: Plan;
    readonly range: IntervalRange;
    readonly followed: Followed;
  } | null>(null);
  useEffect(() => {
    let takeBack = () => {};
    const timer = setTimeout(() => {
      takeBack = followRequirement({ plan, forecast, range }, (followed) =>
        setAnswer({ plan, range, followed }),
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      takeBack();
    };
  }, [plan, forecast, range]);
  const atOnce = useMemo(
    () => (fresh === null ? liveRequirement(plan, forecast, range) : succeed(fresh.value)),
    [fresh, plan, forecast, range],
  );
  const current = answer !== null && answer.plan === plan && answer.range === range;
  const asked = current ? answer.followed.requirement : null;
  return { outcome: asked ?? atOnce, followed: answer?.followed ?? null, current };
}

/** Re-runs the stage a moment after the last edit: it is cheap, so it need not wait for the person. */
function useKeptUpToDate(): void {
  const { runs } = useDesk();
  const plan = usePlan();
  const state = useStageState("requirement");
  const forecastState = useStageState("forecast");
  useEffect(() => {
    if (state !== "stale" || forecastState !== "fresh") return;
    const timer = setTimeout(() => void runs.run("requirement"), 400);
    return () => clearTimeout(timer);
  }, [state, forecastState, plan, runs]);
}

function findQueue(requirement: Requirement, queueId: string): Float64Array | null {
  return (
    requirement.queues.find((queue: QueueRequirement) => queue.queueId === queueId)?.requiredAgents ?? null
  );
}

function summed(series: readonly (Float64Array | null)[]): Float64Array | undefined {
  const present = series.filter((one) => one !== null);
  if (present.length === 0) return undefined;
  if (present.length === 1) return present[0];
  return present[0].map((_, index) => present.reduce((sum, one) => sum + one[index], 0));
}

function openOf(forecast: DemandForecast, queues: readonly RequiredQueue[]): Uint8Array {
  const shown = forecast.queues.filter(({ queueId }) => queues.some(({ queue }) => queue.id === queueId));
  return shown[0].open.map((_, index) => (shown.some((queue) => queue.open[index] === 1) ? 1 : 0));
}
