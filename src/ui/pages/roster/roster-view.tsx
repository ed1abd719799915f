import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import {
  useDesk,
  usePlan,
  useResult,
  useSession,
  useView,
  useVisibleRange,
} from "../../frame/session-context.tsx";
import { EmptyState } from "../../kit/controls/empty-state.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useCoverStrip } from "./cover-strip.tsx";
import { EditEcho } from "./edit-echo.tsx";
import {
  type Burdens,
  type Grouping,
  gridLines,
  groupings,
  matchingRows,
  type Sorting,
  sortings,
} from "./grid-lines.ts";
import { giveFieldId } from "./place-panel.tsx";
import { PrintSheets } from "./print-sheets.tsx";
import type { RosterGridEdits } from "./roster-cursor.ts";
import {
  copyShifts,
  moveShifts,
  prepareEdits,
  type RosterPlace,
  sharesOf,
  takeShiftsOff,
  togglePins,
} from "./roster-edits.ts";
import { RosterGrid } from "./roster-grid.tsx";
import { coverByDay, rowMaker } from "./roster-rows.ts";
import type { TemplateLook } from "./shift-words.ts";

/** Pixels of a day, from two months at a glance to quarter-hours; null: as many as make all days fit. */
const zooms = [null, 40, 64, 112, 240, 480, 960, 1920] as const;

/** The roster as a grid, with what chooses and arranges its people. */
export function RosterView(props: {
  readonly roster: Roster;
  /** The roster that a proposal would replace. */
  readonly before: Roster | null;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly cursor: RosterPlace | null;
  readonly onCursor: (place: RosterPlace) => void;
  readonly editable: boolean;
}) {
  const { roster, before, looks, cursor, editable } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const view = useView();
  const schedule = useResult("schedule");
  const range = useVisibleRange(roster.grid);
  const [search, setSearch] = useState("");
  const [groupId, setGroupId] = useState("");
  const [team, setTeam] = useState("");
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
  const rows = useMemo(() => makeRows.current!(plan, roster, before), [plan, roster, before]);
  // Made straight from the requirement, no shift is beyond any schedule.
  const planned = plan.rostering?.buildFrom === "requirement" ? null : (schedule?.value.shifts ?? null);
  const cover = useMemo(() => coverByDay(roster, planned), [roster, planned]);
  const foot = useCoverStrip(roster, cover, range.firstDay);
  const burdens = useBurdens(roster, sorting === "burden");
  const shown = useMemo(
    () => matchingRows(rows, plan, view.queueId, range.firstDay, burdens, { search, groupId, team, sorting }),
    [rows, plan, view.queueId, range.firstDay, burdens, search, groupId, team, sorting],
  );
  const lines = useMemo(() => gridLines(shown, grouping, closed), [shown, grouping, closed]);
  const teams = useMemo(() => [...new Set(plan.agents.map((agent) => agent.team))].sort(), [plan.agents]);
  const edits = useMemo<RosterGridEdits | null>(
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
          }
        : null,
    [editable, store],
  );
  // Whoever is shown from elsewhere, such as from the list of broken rules, is not left out by a filter.
  const sought = cursor?.agentId;
  const isSoughtShown = lines.some((line) => line.kind === "agent" && line.row.agent.id === sought);
  const isSoughtShownNow = useRef(isSoughtShown);
  isSoughtShownNow.current = isSoughtShown;
  useEffect(() => {
    if (sought === undefined || isSoughtShownNow.current) return;
    setSearch("");
    setGroupId("");
    setTeam("");
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
  const all = { value: "", name: t("filter.all") };
  return (
    <>
      <div className="roster-tools">
        <TextField label={t("filter.search")} type="search" value={search} onChange={setSearch} />
        <SelectField
          label={t("filter.group")}
          value={groupId}
          options={[all, ...plan.groups.map(({ id, name }) => ({ value: id, name }))]}
          onChange={setGroupId}
        />
        <SelectField
          label={t("filter.team")}
          value={team}
          options={[all, ...teams.map((name) => ({ value: name, name }))]}
          onChange={setTeam}
        />
        <SelectField
          label={t("filter.grouping")}
          value={grouping}
          options={groupings.map((value) => ({ value, name: t(`grouping.${value}`) }))}
          onChange={(next) => {
            setGrouping(next);
            setClosed(new Set());
          }}
        />
        <SelectField
          label={t("filter.sort")}
          value={sorting}
          options={sortings.map((value) => ({ value, name: t(`sort.${value}`) }))}
          onChange={setSorting}
        />
        <fieldset className="roster-zoom">
          <legend className="sr-only">{t("zoom.label")}</legend>
          {headings.length > 0 && (
            <button
              type="button"
              className="icon-button"
              title={t(isAllClosed ? "heading.openAll" : "heading.closeAll")}
              aria-label={t(isAllClosed ? "heading.openAll" : "heading.closeAll")}
              onClick={() => setClosed(isAllClosed ? new Set() : new Set(headings.map(({ name }) => name)))}
            >
              {isAllClosed ? "▸" : "▾"}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={t("zoom.out")}
            title={t("zoom.out")}
            aria-disabled={zoom === 0}
            onClick={() => setZoom(Math.max(0, zoom - 1))}
          >
            −
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={t("zoom.in")}
            title={t("zoom.in")}
            aria-disabled={zoom === zooms.length - 1}
            onClick={() => setZoom(Math.min(zooms.length - 1, zoom + 1))}
          >
            +
          </button>
        </fieldset>
      </div>
      {lines.length === 0 ? (
        <EmptyState title={t("filter.nobody")} />
      ) : (
        <RosterGrid
          label={t("grid.label")}
          grid={roster.grid}
          lines={lines}
          firstDay={range.firstDay}
          endDay={range.firstDay + range.dayCount}
          dayWidth={zooms[zoom]}
          looks={looks}
          cursor={cursor}
          isProposal={before !== null}
          onCursor={props.onCursor}
          onToggleHeading={toggle}
          onZoom={(step) => setZoom((now) => Math.max(0, Math.min(zooms.length - 1, now + step)))}
          onEnter={() => document.querySelector<HTMLSelectElement>(`#${giveFieldId} select`)?.focus()}
          edits={edits}
          height={640}
          foot={foot}
        />
      )}
      <PrintSheets
        grid={roster.grid}
        rows={shown}
        firstDay={range.firstDay}
        endDay={range.firstDay + range.dayCount}
        cover={cover}
        looks={looks}
      />
      <EditEcho roster={roster} isProposal={before !== null} />
      <Legend looks={looks} editable={editable} />
    </>
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

function Legend(props: { readonly looks: ReadonlyMap<string, TemplateLook>; readonly editable: boolean }) {
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
      {props.editable && <li className="legend-keys">{t("legend.keys")}</li>}
    </ul>
  );
}
