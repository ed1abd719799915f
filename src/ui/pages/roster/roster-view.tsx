import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { toldRoster } from "../../../domain/plan/told-roster.ts";
import {
  useDesk,
  usePlan,
  useResult,
  useSession,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { ServiceByStage } from "../service/service-by-stage.tsx";
import { useCoverStrip } from "./cover-strip.tsx";
import { EditEcho } from "./edit-echo.tsx";
import {
  type Burdens,
  type Grouping,
  gridLines,
  matchingRows,
  noFilter,
  type Sorting,
} from "./grid-lines.ts";
import { giveFieldId } from "./place-panel.tsx";
import { PrintSheets, type SheetKind } from "./print-sheets.tsx";
import { sharesOf } from "./roster-answers.ts";
import type { RosterGridEdits } from "./roster-cursor.ts";
import {
  copyShifts,
  editShifts,
  moveShifts,
  prepareEdits,
  type RosterPlace,
  retimed,
  takeShiftsOff,
  togglePins,
} from "./roster-edits.ts";
import { RosterGrid } from "./roster-grid.tsx";
import { coverByDay, rowMaker } from "./roster-rows.ts";
import { dayWidths, RosterTools } from "./roster-tools.tsx";
import { shiftTimesId } from "./shift-times.tsx";
import type { TemplateLook } from "./shift-words.ts";
import { useTimeDrag } from "./use-time-drag.ts";

/** The roster as a grid, with what chooses and arranges its people. */
export function RosterView(props: {
  readonly roster: Roster;
  /** The roster that a proposal would replace. */
  readonly before: Roster | null;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly cursor: RosterPlace | null;
  readonly onCursor: (place: RosterPlace) => void;
  readonly onSelection: (places: readonly RosterPlace[]) => void;
  readonly editable: boolean;
  /** What is printed. */
  readonly sheets: SheetKind;
}) {
  const { before, looks, cursor, editable } = props;
  const stepMinutes = props.roster.grid.intervalMinutes;
  const { shown: roster, remark, onTimes } = useTimeDrag(props.roster, stepMinutes);
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const view = useView();
  const schedule = useResult("schedule");
  const range = useVisibleRange(roster.grid);
  const [filter, setFilter] = useState(noFilter);
  const [grouping, setGrouping] = useState<Grouping>("team");
  const [chosenSorting, setSorting] = useState<Sorting | null>(null);
  const sorting = chosenSorting ?? (view.span === "day" ? "start" : "name");
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState(0);

  // The first edit finds ready what it would have to wait for.
  useEffect(() => {
    const waiting = setTimeout(() => prepareEdits(store.state().document), 600);
    return () => clearTimeout(waiting);
  }, [store]);
  const makeRows = useRef<ReturnType<typeof rowMaker>>(null);
  makeRows.current ??= rowMaker();
  // Without a proposal, what differs from what people were told is what has changed.
  const published = useSession((state) => state.document.published);
  const compared = before ?? toldRoster(published, plan.agents, roster.grid);
  const rows = useMemo(() => makeRows.current!(plan, roster, compared), [plan, roster, compared]);
  // Made straight from the requirement, no shift is beyond any schedule.
  const planned = plan.rostering?.buildFrom === "requirement" ? null : (schedule?.value.shifts ?? null);
  const cover = useMemo(() => coverByDay(roster, planned), [roster, planned]);
  const foot = useCoverStrip(roster, cover, range.firstDay);
  const days = { first: range.firstDay, end: range.firstDay + range.dayCount };
  const burdens = useBurdens(roster, sorting === "burden");
  const matching = useMemo(
    () => matchingRows(rows, plan, view.queueId, range.firstDay, burdens, { ...filter, sorting }),
    [rows, plan, view.queueId, range.firstDay, burdens, filter, sorting],
  );
  // Sorted by start, a line would run away from under the hand that drags its start.
  const settled = useRef(matching);
  const isDragging = roster !== props.roster;
  if (!isDragging) settled.current = matching;
  const shown = isDragging ? settled.current.map(({ number }) => rows[number]) : matching;
  const lines = useMemo(() => gridLines(shown, grouping, closed), [shown, grouping, closed]);
  const edits = useGridEdits(editable, props.roster.grid, onTimes);
  // Whoever is shown from elsewhere, such as from the list of broken rules, is not left out by a filter.
  const sought = cursor?.agentId;
  const isSoughtShown = lines.some((line) => line.kind === "agent" && line.row.agent.id === sought);
  const isSoughtShownNow = useRef(isSoughtShown);
  isSoughtShownNow.current = isSoughtShown;
  useEffect(() => {
    if (sought === undefined || isSoughtShownNow.current) return;
    setFilter(noFilter);
    setClosed(new Set());
  }, [sought]);

  const headings = lines.filter((line) => line.kind === "heading");
  const isAllClosed = headings.length > 0 && headings.every(({ isClosed }) => isClosed);
  const toggle = useRef((name: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    }),
  ).current;
  const changeZoom = (step: number) =>
    setZoom((now) => Math.max(0, Math.min(dayWidths.length - 1, now + step)));
  return (
    <>
      <RosterTools
        filter={filter}
        onFilter={(part) => setFilter((before) => ({ ...before, ...part }))}
        grouping={grouping}
        onGrouping={(next) => {
          setGrouping(next);
          setClosed(new Set());
        }}
        sorting={sorting}
        onSorting={setSorting}
        headings={headings.map(({ name }) => name)}
        isAllClosed={isAllClosed}
        onClose={(names) => setClosed(new Set(names))}
        zoom={zoom}
        onZoom={changeZoom}
      />
      {lines.length === 0 ? (
        <EmptyState title={t("filter.nobody")} />
      ) : (
        <RosterGrid
          label={t("grid.label")}
          grid={roster.grid}
          lines={lines}
          firstDay={range.firstDay}
          endDay={range.firstDay + range.dayCount}
          dayWidth={dayWidths[zoom]}
          looks={looks}
          cursor={cursor}
          isProposal={before !== null}
          onCursor={props.onCursor}
          onToggleHeading={toggle}
          onZoom={changeZoom}
          onEnter={() =>
            document
              .querySelector<HTMLElement>(`#${shiftTimesId} input:enabled, #${giveFieldId} select`)
              ?.focus()
          }
          edits={edits}
          stepMinutes={stepMinutes}
          timesRemark={remark}
          onSelection={props.onSelection}
          height={640}
          foot={foot}
        />
      )}
      <ServiceByStage stage="roster" days={days} shown={{ roster: useDeferredValue(roster) }} />
      <PrintSheets
        kind={props.sheets}
        roster={roster}
        rows={shown}
        firstDay={range.firstDay}
        endDay={range.firstDay + range.dayCount}
        cover={cover}
        looks={looks}
      />
      <EditEcho roster={props.roster} isProposal={before !== null} />
      <Legend looks={looks} editable={editable} isCompared={compared !== null} />
    </>
  );
}

/** What the grid may change; null: nothing. */
function useGridEdits(
  editable: boolean,
  grid: IntervalGrid,
  onTimes: RosterGridEdits["onTimes"],
): RosterGridEdits | null {
  const { store } = useDesk();
  return useMemo<RosterGridEdits | null>(
    () =>
      editable
        ? {
            move: (pairs) =>
              store.editDocument("roster:edit.move", (document) => moveShifts(document, pairs)),
            copy: (pairs) =>
              store.editDocument("roster:edit.copy", (document) => copyShifts(document, pairs)),
            takeOff: (places) =>
              store.editDocument("roster:edit.takeOff", (document) => takeShiftsOff(document, places)),
            togglePin: (places) =>
              store.editDocument("roster:edit.pin", (document) => togglePins(document, places)),
            retime: (places, grip, minutes) =>
              store.editDocument("roster:edit.times", (document) =>
                editShifts(document, places, (shift) => retimed(grid, shift, grip, minutes)),
              ),
            onTimes,
          }
        : null,
    [editable, store, grid, onTimes],
  );
}

/** Nights, weekends and late shifts of everybody, where they are asked for. */
function useBurdens(roster: Roster, wanted: boolean): Burdens | null {
  const document = useSession((state) => (wanted ? state.document : null));
  // Sorting may follow an edit a frame later.
  const later = useDeferredValue(roster);
  return useMemo(() => {
    if (document === null) return null;
    const sums = new Map(
      sharesOf(document, later).map(({ agentId, nights, weekends, lates }) => [
        agentId,
        nights + weekends + lates,
      ]),
    );
    return { of: (agentId) => sums.get(agentId) ?? 0 };
  }, [document, later]);
}

function Legend(props: {
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly editable: boolean;
  readonly isCompared: boolean;
}) {
  const { t } = useTranslation("roster");
  return (
    <ul className="roster-legend" aria-label={t("legend.label")}>
      {[...props.looks.values()].map(({ code, name, series }) => (
        <li key={name}>
          <i className="swatch" style={{ background: `var(--series-${series})` }} />
          {code} {name}
        </li>
      ))}
      <li>
        <i className="roster-broken sign" />
        {t("legend.broken")}
      </li>
      <li>
        <i className="roster-soft sign" />
        {t("legend.soft")}
      </li>
      <li>
        <i className="roster-pin sign" />
        {t("legend.pinned")}
      </li>
      {props.isCompared && (
        <li>
          <i className="roster-cell is-changed sign" />
          {t("legend.changed")}
        </li>
      )}
      {props.editable && <li className="legend-keys">{t("legend.keys")}</li>}
    </ul>
  );
}
