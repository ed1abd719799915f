import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { dayWithoutNews, type Today } from "../../../domain/plan/today.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";
import { daySoFar, rosterToday } from "../../../intraday/day-so-far.ts";
import { withChanges } from "../../../intraday/options/judge-day.ts";
import { useIssueText } from "../../frame/notices.tsx";
import { EmptyPage, Page } from "../../frame/page.tsx";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan, useResult, useView } from "../../frame/session-context.tsx";
import { BandChart, type BandChartProps } from "../../kit/charts/band-chart.tsx";
import { FanChart } from "../../kit/charts/fan-chart.tsx";
import { StaffingChart } from "../../kit/charts/staffing-chart.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { rosterService } from "../roster/roster-service.ts";
import { CameControls, NowControls, SickControls } from "./day-controls.tsx";
import { onGrid, type QueueDay, queueDay, worstShortage } from "./day-view.ts";
import { dayFinding } from "./finding.ts";
import { OptionsPanel } from "./options-panel.tsx";
import { useOptions, useProposal } from "./use-options.ts";
import { useOutlook } from "./use-outlook.ts";
import "./day.css";

/** The day that is going on: what came, what is still to come, whether the people who are there are enough. */
export function DayPage() {
  const { t } = useTranslation("day");
  const forecast = useResult("forecast")?.value ?? null;
  const requirement = useResult("requirement")?.value ?? null;
  const roster = useResult("roster")?.value ?? null;
  const plan = usePlan();
  const { date } = useView();
  const untouched = useMemo(() => dayWithoutNews(date, 12 * 60), [date]);
  if (forecast === null || requirement === null || roster === null) {
    return (
      <EmptyPage title={t("title")} text={t("none")}>
        <a href={pageHref(forecast === null ? "forecast" : "roster")}>
          {t(forecast === null ? "toForecast" : "toRoster")}
        </a>
      </EmptyPage>
    );
  }
  return <Day {...{ forecast, requirement, roster }} today={plan.today ?? untouched} />;
}

function Day(props: {
  readonly forecast: DemandForecast;
  readonly requirement: Requirement;
  readonly roster: Roster;
  readonly today: Today;
}) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const plan = usePlan();
  const view = useView();
  const issueText = useIssueText();
  const { store } = useDesk();
  const { forecast, roster, today } = props;
  const isChosen = plan.today !== undefined;
  // The bar shows the day that the page is about.
  useEffect(() => {
    if (isChosen && store.state().view.date !== today.date) store.setView({ date: today.date });
  }, [isChosen, today.date, store]);
  const soFar = useMemo(() => daySoFar(forecast, today), [forecast, today]);
  const hasBegun = soFar !== null && soFar.now > soFar.range.first && soFar.now < soFar.range.end;
  const outlook = useOutlook(today, hasBegun);
  const { simulation = null, requirement = props.requirement } = outlook.outcome?.ok
    ? outlook.outcome.value
    : {};
  const options = useOptions(today);
  const proposal = useProposal(options, roster);
  const { proposed } = proposal;
  const service = useMemo(
    () => soFar && rosterService(plan, soFar.forecast, requirement, view.queueId),
    [plan, soFar, requirement, view.queueId],
  );
  const staffing = useMemo(
    () =>
      soFar === null || service === null
        ? null
        : service.day(withChanges(rosterToday(roster, today), proposed), soFar.day),
    [service, soFar, roster, today, proposed],
  );
  const controls = (
    <>
      <NowControls today={today} />
      <CameControls today={today} grid={forecast.grid} />
      <SickControls today={today} />
    </>
  );
  if (soFar === null || staffing === null) {
    return <Page title={t("title")} finding={{ text: t("otherDate"), tone: "short" }} controls={controls} />;
  }
  const { grid, range } = soFar;
  const shown = plan.queues.filter(({ id }) => view.queueId === null || id === view.queueId);
  const days = shown.flatMap(({ id }) => queueDay(soFar, forecast, requirement, simulation, id) ?? []);
  const now = { at: soFar.now, name: t("nowAt", { time: format.time(today.nowMinute) }) };
  const nameOf = (queueId: string) => plan.queues.find(({ id }) => id === queueId)?.name ?? queueId;
  const worst = worstShortage(soFar, staffing.required, staffing.rostered);
  const chart = {
    grid,
    span: openSpan(days, range),
    now,
    selection: view.selection,
    onSelect: (selection: typeof view.selection) => store.setView({ selection }),
  };
  return (
    <Page
      title={t("title")}
      finding={dayFinding(plan, today, soFar, simulation, t, format)}
      controls={controls}
      chart={
        <>
          <div className="day-outlook" role="status">
            {!hasBegun && t("notBegun")}
            {hasBegun && simulation !== null && t("simulated", { count: simulation.replications })}
            {hasBegun && outlook.outcome === null && (
              <>
                {t(outlook.isRunning ? "simulating" : "notSimulated")}
                {!outlook.isRunning && <Button onClick={outlook.again}>{t("simulate")}</Button>}
              </>
            )}
            {outlook.outcome?.ok === false && outlook.outcome.issues.map(issueText).join(" ")}
          </div>
          {hasBegun && <OptionsPanel {...{ options, proposal, today, roster }} queues={shown} />}
          {days.map((day) => (
            <FanChart
              key={day.queueId}
              {...chart}
              title={t("chart.contacts", { queue: nameOf(day.queueId) })}
              summary={t("chart.contactsSummary", {
                queue: nameOf(day.queueId),
                time: format.time(today.nowMinute),
              })}
              height={200}
              actual={day.came}
              forecast={day.reforecast}
              forecastName={t("column.reforecast")}
              lower80={day.lower80}
              upper80={day.upper80}
              lower95={day.lower95}
              upper95={day.upper95}
              comparison={{ name: t("chart.planned"), series: day.forecast }}
            />
          ))}
          <StaffingChart
            {...chart}
            title={t("chart.agents")}
            summary={
              worst === null
                ? t("chart.enough")
                : t("chart.short", {
                    time: format.time(worst.minuteOfDay),
                    agents: format.number(worst.agents, 1),
                  })
            }
            height={180}
            required={onGrid(soFar, staffing.required)}
            scheduled={onGrid(soFar, staffing.rostered)}
            scheduledName={t(proposed.length > 0 ? "chart.proposed" : "chart.rostered")}
            proposal={proposed.length > 0}
          />
          {simulation !== null && days.map((day) => <ServiceChart key={day.queueId} {...{ day, chart }} />)}
        </>
      }
      grid={days.map((day) => (
        <DayGrid key={day.queueId} day={day} name={nameOf(day.queueId)} today={today} soFar={soFar} />
      ))}
    />
  );
}

/** Expected service of a queue over the rest of the day. */
function ServiceChart(props: {
  readonly day: QueueDay;
  readonly chart: Pick<BandChartProps, "grid" | "span" | "now" | "selection" | "onSelect">;
}) {
  const { t } = useTranslation("day");
  const plan = usePlan();
  const { day, chart } = props;
  const queue = plan.queues.find(({ id }) => id === day.queueId);
  const goal = queue?.goal.serviceLevel ?? null;
  const name = queue?.name ?? day.queueId;
  return (
    <BandChart
      {...chart}
      title={t("chart.service", { queue: name })}
      summary={t("chart.serviceSummary", { queue: name })}
      height={150}
      name={t("column.serviceLevel")}
      mean={day.serviceLevel}
      halfWidth={day.serviceHalfWidth}
      goal={goal === null ? null : { name: t("chart.goal"), value: goal }}
      scale="share"
    />
  );
}

/** The part of the day in which some queue is open, with an interval on either side. */
function openSpan(days: readonly QueueDay[], range: { first: number; end: number }) {
  let [first, end] = [range.end, range.first];
  for (const { forecast } of days) {
    for (let interval = range.first; interval < range.end; interval++) {
      if (forecast[interval] === null) continue;
      first = Math.min(first, interval);
      end = Math.max(end, interval + 1);
    }
  }
  if (end <= first) return range;
  return { first: Math.max(range.first, first - 1), end: Math.min(range.end, end + 1) };
}

/** A queue's day interval by interval. */
function DayGrid(props: {
  readonly day: QueueDay;
  readonly name: string;
  readonly today: Today;
  readonly soFar: NonNullable<ReturnType<typeof daySoFar>>;
}) {
  const { t } = useTranslation("day");
  const format = useFormat();
  const { day, soFar } = props;
  const { grid, range, now } = soFar;
  const rows = useMemo(
    () =>
      Array.from({ length: range.end - range.first }, (_, k) => range.first + k).filter(
        (interval) => day.forecast[interval] !== null,
      ),
    [day, range],
  );
  const number = (
    id: string,
    series: QueueDay["came"],
    text: (value: number | null) => string,
  ): Column<number> => ({
    id,
    header: t(`column.${id}`),
    width: 96,
    align: "right",
    text: (interval) => text(series[interval]),
  });
  const columns: Column<number>[] = [
    {
      id: "time",
      header: t("column.time"),
      width: 90,
      text: (interval) => format.time(localTimeOf(grid, interval).minuteOfDay),
      tone: (interval) => (interval < now ? "quiet" : undefined),
    },
    number("came", day.came, (value) => format.number(value)),
    number("forecast", day.forecast, (value) => format.number(value, 1)),
    number("reforecast", day.reforecast, (value) => format.number(value, 1)),
    {
      id: "band",
      header: t("column.band"),
      width: 96,
      align: "right",
      text: (interval) =>
        day.lower80[interval] === null
          ? "—"
          : `${format.number(day.lower80[interval])}–${format.number(day.upper80[interval])}`,
    },
    number("required", day.required, (value) => format.number(value, 1)),
    number("serviceLevel", day.serviceLevel, (value) => format.percent(value)),
    number("asa", day.asaSeconds, (value) => format.wait(value)),
  ];
  return (
    <section className="day-queue" aria-label={props.name}>
      <h2 className="control-title">{props.name}</h2>
      <DataGrid
        label={t("gridOf", { queue: props.name })}
        rows={rows}
        rowKey={(interval) => interval}
        columns={columns}
        frozenColumns={1}
        height={280}
      />
    </section>
  );
}
