import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { proposeBetterBreaks } from "../../../app/running/schedule-jobs.ts";
import { intervalCount, sameGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../../domain/outcome.ts";
import type { Schedule, Shift } from "../../../domain/plan/shift.ts";
import { IssueText } from "../../frame/notices.tsx";
import { EmptyPage, Inherited, Page, RunStage } from "../../frame/page.tsx";
import {
  useDesk,
  usePlan,
  useResult,
  useSession,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { StaffingChart } from "../../kit/charts/staffing-chart.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { Tabs } from "../../kit/controls/tabs.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { CoverageMap } from "./coverage-map.tsx";
import { shiftsFinding } from "./finding.ts";
import { type HoursCurve, HoursPanel } from "./hours-panel.tsx";
import { JudgementView } from "./judgement-view.tsx";
import { OptimiseControls } from "./keep-goals.tsx";
import { coverageWith, shiftsThatDiffer, withShifts } from "./schedule-edits.ts";
import { ScheduleFigures } from "./schedule-figures.tsx";
import { coverageSeries } from "./schedule-summary.ts";
import { ServiceLine } from "./service-line.tsx";
import { ShiftDetail } from "./shift-detail.tsx";
import { ShiftGantt } from "./shift-gantt.tsx";
import { shiftsInSpan } from "./shift-rows.ts";
import { ShiftTable } from "./shift-table.tsx";
import { TemplatesPanel } from "./templates-panel.tsx";
import { ToursPanel } from "./tours-panel.tsx";
import { WhatCounts } from "./what-counts.tsx";
import "./shifts.css";

/** Shifts: templates at the right, coverage above, the shifts below; an optimisation lands as a proposal. */
export function ShiftsPage() {
  const { t } = useTranslation("shifts");
  const requirement = useResult("requirement");
  const made = useResult("schedule");
  const proposal = useSession((state) => state.proposals.schedule);
  if (requirement === null && made === null)
    return (
      <EmptyPage title={t("title")} text={t("noRequirement")}>
        <RunStage stage="schedule" label={t("optimise")} />
      </EmptyPage>
    );
  const schedule = proposal?.value ?? made?.value ?? null;
  return schedule === null ? (
    <Page title={t("title")} finding={{ text: t("notYet") }} controls={<ShiftControls schedule={null} />}>
      <EmptyState title={t("empty.title")} text={t("empty.text")} />
    </Page>
  ) : (
    <ScheduledPage schedule={schedule} isProposal={proposal !== null} />
  );
}

function ScheduledPage({
  schedule,
  isProposal,
}: {
  readonly schedule: Schedule;
  readonly isProposal: boolean;
}) {
  const { t } = useTranslation("shifts");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const view = useView();
  const range = useVisibleRange(schedule.grid);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [preview, setPreview] = useState<Shift | null>(null);
  const [tab, setTab] = useState<"gantt" | "table" | "hours">("gantt");
  const [hours, setHours] = useState<HoursCurve | null>(null);
  const endDay = range.firstDay + range.dayCount;
  const days = useMemo(() => ({ first: range.firstDay, end: endDay }), [range.firstDay, endDay]);

  const moved = useMemo(
    () =>
      preview === null
        ? null
        : (coverageWith(store.state().document, schedule, preview, range.firstDay, endDay)?.coverage ?? null),
    [preview, schedule, store, range, endDay],
  );
  const shown = useMemo(
    () => coverageSeries(moved ?? schedule.coverage, view.queueId),
    [moved, schedule, view.queueId],
  );
  const shifts = useMemo(
    () => shiftsInSpan(schedule.shifts, schedule.grid, range, plan.groups, view.queueId),
    [schedule, range, plan.groups, view.queueId],
  );
  const { first, end } = range;
  const finding = useMemo(
    () => shiftsFinding(schedule, { first, end }, t, format),
    [schedule, first, end, t, format],
  );
  const selected = schedule.shifts.find(({ id }) => id === selectedId) ?? null;
  const span = { first: range.first, end: range.end };
  const changeShift = useShiftChange();
  return (
    <Page
      title={t("title")}
      finding={finding}
      chart={
        <>
          <StaffingChart
            title={t("chart.title")}
            summary={t("chart.summary", {
              shifts: format.number(shifts.length),
              short: format.hours(schedule.understaffedHours, 1),
              over: format.hours(schedule.overstaffedHours, 1),
            })}
            grid={schedule.grid}
            span={span}
            required={shown.asked}
            scheduled={shown.staffed}
            requiredName={t("chart.asked")}
            proposal={isProposal}
            selection={view.selection}
            onSelect={(selection) => store.setView({ selection })}
          />
          <JudgementView schedule={schedule} />
          <ServiceLine schedule={schedule} moved={preview} days={days} />
          {range.dayCount > 1 && (
            <CoverageMap
              grid={schedule.grid}
              firstDay={range.firstDay}
              dayCount={range.dayCount}
              asked={shown.asked}
              staffed={shown.staffed}
              onOpenDay={(date) => store.setView({ date, span: "day" })}
            />
          )}
        </>
      }
      grid={
        <Tabs
          label={t("tabs.label")}
          value={tab}
          tabs={[
            { value: "gantt", name: t("tabs.gantt", { count: shifts.length }) },
            { value: "table", name: t("tabs.table") },
            { value: "hours", name: t("tabs.hours") },
          ]}
          onChange={setTab}
        >
          {tab === "gantt" ? (
            <ShiftGantt
              schedule={schedule}
              shifts={shifts}
              range={range}
              isProposal={isProposal}
              selectedId={selectedId}
              onSelect={setSelectedId}
              onChange={changeShift}
              onPreview={setPreview}
            />
          ) : tab === "table" ? (
            <ShiftTable
              shifts={shifts}
              grid={schedule.grid}
              selectedId={selectedId}
              onSelect={setSelectedId}
            />
          ) : (
            <HoursPanel made={hours} onMade={setHours} />
          )}
        </Tabs>
      }
      controls={
        <>
          {selected !== null && (
            <ShiftDetail
              shift={selected}
              grid={schedule.grid}
              editable={!isProposal}
              onChange={(label, change) => changeShift(label, selected.id, change)}
              onClose={() => setSelectedId(null)}
            />
          )}
          <ShiftControls schedule={schedule} />
        </>
      }
    >
      {isProposal && <ProposalBar schedule={schedule} />}
    </Page>
  );
}

/** Changes one shift of the schedule by hand; null takes it out. */
function useShiftChange() {
  const { store } = useDesk();
  return (label: string, id: string, change: (shift: Shift) => Shift | null): void =>
    store.editDocument(label, (document) =>
      withShifts(document, (shifts) =>
        shifts.flatMap((shift) => {
          if (shift.id !== id) return [shift];
          const changed = change(shift);
          return changed === null ? [] : [changed];
        }),
      ),
    );
}

function ProposalBar({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTranslation(["shifts", "frame"]);
  const { runs } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const before = useResult("schedule")?.value ?? null;
  const moved = useMemo(
    () => (before === null ? null : shiftsThatDiffer(before, schedule)),
    [before, schedule],
  );
  const { judgement } = schedule;
  const change = (now: number, then: number | undefined) =>
    then === undefined ? 0 : Math.round((now - then) * 100) / 100;
  return (
    <section className="proposal-bar" aria-label={t("shifts:proposal.label")}>
      <p>
        {judgement !== undefined
          ? t("shifts:proposal.judged", {
              kept: format.number(
                judgement.goals.filter(({ missedBy }) => missedBy <= judgement.keptWithin).length,
              ),
              of: format.number(judgement.goals.length),
              cost: format.signedMoney(change(schedule.cost, judgement.covering.cost), plan.currency),
              shifts: format.number(schedule.shifts.length),
            })
          : t("shifts:proposal.text", {
              gap: format.percent(schedule.gap, 2),
              cost: format.signedMoney(change(schedule.cost, before?.cost), plan.currency),
              short: format.signed(change(schedule.understaffedHours, before?.understaffedHours), 1),
              shifts: format.signed(schedule.shifts.length - (before?.shifts.length ?? 0)),
            })}
        {moved !== null &&
          ` ${t("shifts:proposal.days", {
            count: moved.dates.length,
            shifts: format.number(moved.shifts),
            dates: moved.dates.length === 1 ? format.date(moved.dates[0]) : "",
          })}`}
      </p>
      <Button look="primary" onClick={() => runs.accept("schedule")}>
        {t("frame:proposal.accept")}
      </Button>
      <Button onClick={() => runs.discard("schedule")}>{t("frame:proposal.discard")}</Button>
    </section>
  );
}

function ShiftControls({ schedule }: { readonly schedule: Schedule | null }) {
  const { t } = useTranslation("shifts");
  const format = useFormat();
  const requirement = useResult("requirement");
  const before = useResult("schedule")?.value;
  const peak = useMemo(() => {
    if (requirement === null) return null;
    const { queues, grid } = requirement.value;
    let most = 0;
    for (let index = 0; index < intervalCount(grid); index++)
      most = Math.max(
        most,
        queues.reduce((sum, { scheduledAgents }) => sum + scheduledAgents[index], 0),
      );
    return most;
  }, [requirement]);
  return (
    <>
      <ControlGroup title={t("optimise")}>
        <OptimiseControls />
        {before !== undefined &&
          before === schedule &&
          requirement !== null &&
          sameGrid(before.grid, requirement.value.grid) && <BreaksButton />}
        <RunIssues />
        {peak !== null && (
          <Inherited from="requirement" page="required">
            {t("inherited", { peak: format.number(peak, 1) })}
          </Inherited>
        )}
        {schedule !== null && (
          <ScheduleFigures schedule={schedule} against={before === schedule ? undefined : before} />
        )}
      </ControlGroup>
      <TemplatesPanel />
      <ToursPanel />
      <WhatCounts schedule={schedule} />
    </>
  );
}

/** Shifts stay; only their breaks move to where they are missed least. */
function BreaksButton() {
  const { t } = useTranslation("shifts");
  const desk = useDesk();
  const running = useSession((state) =>
    state.jobs.some(({ id }) => id === "breaks" || id === "schedule" || id === "keepGoals"),
  );
  return (
    <Button disabled={running} title={t("breaksOnlyHint")} onClick={() => void proposeBetterBreaks(desk)}>
      {t("breaksOnly")}
    </Button>
  );
}

const noIssues: readonly Issue[] = [];

/** What the last run remarked: demand out of reach, or the rules that contradict each other. */
function RunIssues() {
  const issues = useSession((state) => state.issues.schedule ?? noIssues);
  if (issues.length === 0) return null;
  return (
    <ul className="run-issues">
      {issues.map((issue, index) => (
        <li key={`${issue.code} ${index}`} className={`run-issue-${issue.severity}`}>
          <IssueText issue={issue} />
        </li>
      ))}
    </ul>
  );
}
