import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { visibleRange } from "../../../app/session/session.ts";
import { createIntervalGrid, dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { LeaveRequest } from "../../../domain/plan/leave.ts";
import { Page } from "../../frame/page.tsx";
import { pageHref } from "../../frame/route.ts";
import { usePlan, useResult, useView } from "../../frame/session-context.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { AllowanceControls, LeaveShrinkage } from "./allowance-controls.tsx";
import { leaveFinding } from "./finding.ts";
import { type ChosenLeave, LeaveCalendar } from "./leave-calendar.tsx";
import { LeavePanel } from "./leave-panel.tsx";
import { leaveRows } from "./leave-rows.ts";
import { useLeaveCost, useLimits } from "./use-leave.ts";
import "./leave.css";

/** Who is away, who asks to be, how many more may be off, and what granting would cost. */
export function LeavePage() {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const plan = usePlan();
  const roster = useResult("roster")?.value ?? null;
  const answer = useLimits();
  const costs = useLeaveCost();
  const { date, span } = useView();
  const [view, setView] = useState<"period" | "year">("period");
  const [chosen, setChosen] = useState<ChosenLeave | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const limits = typeof answer === "string" ? null : answer;
  const { timeZone, intervalMinutes, firstDate, dayCount } = plan;
  const shown = useMemo(() => {
    const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
    const range = visibleRange({ date, span: span === "eightWeeks" ? span : "fourWeeks" }, grid);
    const dates = Array.from({ length: range.dayCount }, (_, day) => dateOfDay(grid, range.firstDay + day));
    return { dates, firstDay: range.firstDay };
  }, [timeZone, intervalMinutes, firstDate, dayCount, date, span]);
  const isFitting = limits !== null && limits.dates[shown.firstDay] === shown.dates[0];
  const rows = useMemo(
    () => leaveRows(plan, roster, isFitting && view === "period" ? limits : null, shown.dates),
    [plan, roster, limits, isFitting, view, shown],
  );
  const year = Number(date.slice(0, 4));
  if (plan.agents.length === 0)
    return (
      <Page title={t("title")}>
        <EmptyState
          title={t("empty.title")}
          text={t("empty.text")}
          action={<a href={pageHref("people")}>{t("empty.open")}</a>}
        />
      </Page>
    );
  return (
    <Page
      title={t("title")}
      finding={leaveFinding(plan, limits, t, format)}
      controls={
        <div ref={panel} className="leave-controls">
          {chosen === null ? (
            <p className="leave-note">{t("panel.hint")}</p>
          ) : (
            <>
              <LeavePanel chosen={chosen} costs={costs} />
              <AllowanceControls agentId={chosen.agentId} year={year} />
            </>
          )}
          <LeaveShrinkage />
        </div>
      }
    >
      <div className="leave-head">
        <SegmentedControl
          label={t("view.label")}
          labelHidden
          value={view}
          options={(["period", "year"] as const).map((value) => ({
            value,
            name: value === "year" ? t("view.year", { year: String(year) }) : t("view.period"),
          }))}
          onChange={setView}
        />
        <p className="leave-note">
          {view === "year"
            ? t("view.yearHint")
            : answer === "none"
              ? t("limit.noRequirement")
              : answer === "failed"
                ? t("limit.failed")
                : limits === null
                  ? t("limit.working")
                  : t(`limit.by.${limits.basis}`)}
        </p>
      </div>
      <LeaveCalendar
        key={view}
        rows={rows}
        {...shown}
        view={view}
        year={year}
        onChoose={setChosen}
        onOpen={() => panel.current?.querySelector<HTMLElement>("button, select, input")?.focus()}
      />
      <Requests onChoose={setChosen} />
    </Page>
  );
}

const stateOrder = ["asked", "granted", "refused"] as const;

/** All requests, those that wait first. */
function Requests({ onChoose }: { readonly onChoose: (chosen: ChosenLeave) => void }) {
  const { t } = useTranslation("leave");
  const format = useFormat();
  const { agents, leave } = usePlan();
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  const requests = [...(leave?.requests ?? [])].sort(
    (a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) || (a.fromDate < b.fromDate ? -1 : 1),
  );
  const columns: Column<LeaveRequest>[] = [
    {
      id: "person",
      header: t("column.name"),
      width: 150,
      text: ({ agentId }) => names.get(agentId) ?? agentId,
    },
    {
      id: "dates",
      header: t("column.dates"),
      width: 170,
      text: ({ fromDate, toDate }) => format.dateRange(fromDate, toDate),
    },
    { id: "kind", header: t("column.kind"), width: 110, text: ({ kind }) => t(`kind.${kind}`) },
    {
      id: "state",
      header: t("column.state"),
      width: 110,
      text: ({ state }) => t(`state.${state}`),
      tone: ({ state }) => (state === "asked" ? "changed" : state === "granted" ? "spare" : "quiet"),
    },
    { id: "note", header: t("column.note"), width: 220, text: ({ note }) => note ?? "" },
  ];
  return (
    <section aria-label={t("requests.title")} className="leave-requests">
      <h2 className="control-title">{t("requests.title")}</h2>
      <DataGrid
        label={t("requests.title")}
        rows={requests}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={240}
        empty={t("requests.none")}
        onSelectRows={({ first }) => {
          const request = requests[first];
          if (request !== undefined) onChoose(request);
        }}
      />
    </section>
  );
}
