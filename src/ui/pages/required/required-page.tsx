import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { type Issue, succeed } from "../../../domain/outcome.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { QueueRequirement, Requirement } from "../../../domain/results/requirement.ts";
import { stageFreshness } from "../../../stages/freshness.ts";
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
import { type Followed, followRequirement } from "./changing-queue.ts";
import { ChannelControls } from "./channel-controls.tsx";
import { Figures, GapWork, totalsOf } from "./figures.tsx";
import { requiredFinding, requiredPeak } from "./finding.ts";
import { GoalControls } from "./goal-controls.tsx";
import { HowRequired } from "./how-required.tsx";
import { agentsLeft, liveRequirement, type RequirementBand, requirementBand } from "./live-requirement.ts";
import { MethodControls } from "./method-controls.tsx";
import { MoneyControls, MoneyTable } from "./money.tsx";
import { OneMore } from "./one-more.tsx";
import { OpeningHoursControls } from "./opening-hours.tsx";
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
  const { t: issueWords } = useTranslation("issues");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const schedule = useResult("schedule");
  const view = useView();
  const range = useVisibleRange(forecast.grid);
  const { intervalName } = useAxisWords(forecast.grid);
  const [goalQueueId, setGoalQueueId] = useState(plan.queues[0].id);
  const [opened, setOpened] = useState<number | null>(null);
  useKeptUpToDate();

  const { outcome, followed, current } = useRequirement(plan, forecast, range);
  const band = useBand(plan, forecast, range);
  const requirement = outcome.ok ? outcome.value : null;
  const queues = useMemo<RequiredQueue[]>(() => {
    if (requirement === null) return [];
    return requirement.queues
      .filter((of) => view.queueId === null || of.queueId === view.queueId)
      .map((of) => ({
        of,
        queue: plan.queues.find((queue) => queue.id === of.queueId)!,
        left: agentsLeft(plan, schedule?.value ?? null, of.queueId),
      }));
  }, [requirement, view.queueId, plan, schedule]);
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

  const controls = (
    <>
      {plan.queues.length > 1 && view.queueId === null && (
        <SegmentedControl
          label={t("goal.of")}
          value={goalQueue.id}
          options={plan.queues.map((queue) => ({ value: queue.id, name: queue.name }))}
          onChange={setGoalQueueId}
        />
      )}
      <GoalControls key={goalQueue.id} queue={goalQueue} />
      <OpeningHoursControls key={`hours ${goalQueue.id}`} queue={goalQueue} />
      <ShrinkageControls />
      <ChannelControls queue={goalQueue} />
      <MoneyControls key={`money ${goalQueue.id}`} queue={goalQueue} />
      <MethodControls />
      <ControlGroup title={t("inherited")}>
        <Inherited from="forecast" page="forecast">
          {t("contactsTaken", { contacts: format.number(totals.offered) })}
        </Inherited>
        <p className="inherited">
          <a href="#/calculator">{t("calculatorLink")}</a>
        </p>
      </ControlGroup>
    </>
  );

  if (requirement === null || queues.length === 0) {
    const reasons = outcome.issues.filter((issue) => issue.severity === "error");
    return (
      <Page
        title={t("title")}
        finding={{ text: reasons.map((issue) => issueText(issueWords, issue)).join(" "), tone: "short" }}
        controls={controls}
      />
    );
  }

  const shownRequirements = queues.map(({ of }) => of);
  const bandOf = (side: "lower" | "upper", shown: readonly RequiredQueue[]) =>
    band === null ? undefined : summed(shown.map(({ of }) => findQueue(band[side], of.queueId)));
  const chartOf = (shown: readonly RequiredQueue[], title: string, height: number) => {
    const lefts = shown.map(({ left }) => left).filter((left) => left !== null);
    const total = shown.length === 1 ? shown[0].of : null;
    const peak = requiredPeak(
      shown.map(({ of }) => of),
      range,
    );
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
        height={height}
        open={openOf(forecast, shown)}
        required={total?.requiredAgents ?? summed(shown.map(({ of }) => of.requiredAgents))!}
        requiredName={t("series.required")}
        scheduled={lefts.length > 0 ? summed(lefts) : null}
        scheduledName={t("series.left")}
        comparison={{
          name: t("series.toSchedule"),
          series: total?.scheduledAgents ?? summed(shown.map(({ of }) => of.scheduledAgents))!,
        }}
        requiredLower={bandOf("lower", shown)}
        requiredUpper={bandOf("upper", shown)}
        contacts={total?.offered ?? summed(shown.map(({ of }) => of.offered))}
        selection={view.selection}
        onSelect={select}
      />
    );
  };
  return (
    <Page
      title={t("title")}
      finding={requiredFinding(
        { queues: shownRequirements, grid: forecast.grid, range, span: view.span },
        t,
        format,
      )}
      onOpenFinding={(target) => "view" in target && select(target.view.selection ?? null)}
      chart={
        <>
          {chartOf(queues, queues.length === 1 ? queues[0].queue.name : t("allQueues"), 280)}
          {queues.length > 1 && (
            <SmallMultiples minWidth={queues.length === 2 ? 400 : 320} signsAbove>
              {queues.map((queue) => (
                <div key={queue.queue.id}>{chartOf([queue], queue.queue.name, 150)}</div>
              ))}
            </SmallMultiples>
          )}
          <Figures totals={totals} queue={queues.length === 1 ? queues[0].queue : null} />
          <GapWork queues={queues} range={range} intervalMinutes={forecast.grid.intervalMinutes} />
          <MoneyTable queues={queues} range={range} />
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

function issueText(words: (key: string, values?: Record<string, unknown>) => string, issue: Issue): string {
  return words(issue.code, issue.values);
}
