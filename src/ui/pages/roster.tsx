import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  copyShift,
  moveShift,
  pinShifts,
  prepareEdits,
  type RosterPlace,
  takeShiftOff,
} from "../../app/roster-edits.ts";
import { addDays, type LocalDate } from "../../domain/clock.ts";
import { dateOfDay } from "../../domain/interval-grid.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Roster } from "../../domain/roster.ts";
import type { Shift } from "../../domain/shift.ts";
import { ShiftGantt } from "../charts/shift-gantt.tsx";
import { Button } from "../controls/button.tsx";
import { EmptyState } from "../controls/empty-state.tsx";
import { NumberField } from "../controls/number-field.tsx";
import { SelectField } from "../controls/select-field.tsx";
import { Tabs } from "../controls/tabs.tsx";
import { TextField } from "../controls/text-field.tsx";
import { ControlGroup, EmptyPage, type Finding, Inherited, Page, RunStage } from "../page.tsx";
import { useIsPhone } from "../phone.ts";
import { ExchangePanel } from "../roster/exchange-panel.tsx";
import { FairnessView } from "../roster/fairness-view.tsx";
import { PeopleView } from "../roster/people-view.tsx";
import { PlacePanel } from "../roster/place-panel.tsx";
import { RosterGrid, type RosterGridEdits, type TemplateLook } from "../roster/roster-grid.tsx";
import { coverByDay, type RosterRow, rosterRows, templateCodes } from "../roster/roster-rows.ts";
import { ViolationsPanel } from "../roster/violations-panel.tsx";
import {
  useDesk,
  useFormat,
  usePlan,
  useResult,
  useSession,
  useView,
  useVisibleRange,
} from "../session-context.tsx";
import "../roster/roster.css";

/** Roster: agents down, days across; a new roster lands as a proposal when there is one already. */
export function RosterPage() {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const schedule = useResult("schedule");
  // Not deferred: an edit in the grid must answer at once.
  const made = useSession((state) => state.document.results.roster);
  const proposal = useSession((state) => state.proposals.roster);
  const roster = proposal?.value ?? made?.value ?? null;
  if (plan.agents.length === 0)
    return (
      <Page title={t("title")} finding={{ text: t("noAgents") }}>
        <PeopleView />
      </Page>
    );
  if (roster === null && schedule === null)
    return (
      <EmptyPage title={t("title")} text={t("noShifts")}>
        <RunStage stage="roster" label={t("build")} />
      </EmptyPage>
    );
  if (roster === null)
    return (
      <Page
        title={t("title")}
        finding={{ text: t("notYet") }}
        controls={<BuildControls roster={null} before={null} />}
      >
        <EmptyState title={t("empty.title")} text={t("empty.text", { agents: plan.agents.length })} />
        <PeopleView />
      </Page>
    );
  return <RosteredPage roster={roster} before={proposal ? (made?.value ?? null) : null} />;
}

type Sorting = "name" | "team" | "group" | "hours" | "wishes";

function RosteredPage({ roster, before }: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const view = useView();
  const isWritable = useSession((state) => state.writable);
  const isProposal = useSession((state) => state.proposals.roster !== null);
  const schedule = useResult("schedule");
  const range = useVisibleRange(roster.grid);
  const [tab, setTab] = useState<"grid" | "fairness" | "people">("grid");
  const [search, setSearch] = useState("");
  const [group, setGroup] = useState("");
  const [team, setTeam] = useState("");
  const [sorting, setSorting] = useState<Sorting>("team");
  const [cursor, setCursor] = useState<RosterPlace | null>(null);
  const [wanted, setWanted] = useState<Shift | null>(null);

  const isPhone = useIsPhone();
  const editable = isWritable && !isProposal && !isPhone;
  useEffect(() => {
    const waiting = setTimeout(() => prepareEdits(store.state().document), 600);
    return () => clearTimeout(waiting);
  }, [store]);
  const looks = useMemo(() => templateLooks(plan), [plan]);
  const allRows = useMemo(() => rosterRows(plan, roster, before), [plan, roster, before]);
  const cover = useMemo(() => coverByDay(roster, schedule?.value.shifts ?? null), [roster, schedule]);
  const rows = useMemo(
    () => arranged(allRows, search, group, team, sorting, plan, view.queueId),
    [allRows, search, group, team, sorting, plan, view.queueId],
  );
  const teams = useMemo(() => [...new Set(plan.agents.map((agent) => agent.team))].sort(), [plan.agents]);
  const finding = useFinding(roster, cover, (date) => store.setView({ date }));
  const edits = useMemo<RosterGridEdits | null>(
    () =>
      editable
        ? {
            move: (from, to) =>
              store.editDocument("roster:edit.move", (document) => moveShift(document, from, to)),
            copy: (from, to) =>
              store.editDocument("roster:edit.copy", (document) => copyShift(document, from, to)),
            takeOff: (place) =>
              store.editDocument("roster:edit.takeOff", (document) => takeShiftOff(document, place)),
            togglePin: (place) =>
              store.editDocument("roster:edit.pin", (document) => {
                const assignment = document.results.roster?.value.assignments.find(
                  ({ agentId, shift }) => agentId === place.agentId && shift.date === place.date,
                );
                return assignment
                  ? pinShifts(document, (other) => other === assignment, !assignment.pinned)
                  : document;
              }),
          }
        : null,
    [editable, store],
  );
  const openPlace = ({ agentId, date }: Partial<RosterPlace>): void => {
    if (date) store.setView({ date });
    if (agentId) {
      setSearch("");
      setGroup("");
      setTeam("");
      setCursor({ agentId, date: date ?? roster.grid.firstDate });
    }
  };
  const all = { value: "", name: t("filter.all") };

  return (
    <Page
      title={t("title")}
      finding={finding}
      chart={isProposal ? <ProposalBar roster={roster} before={before} /> : undefined}
      grid={
        <Tabs
          label={t("tabs.label")}
          value={tab}
          tabs={[
            { value: "grid", name: t("tabs.grid") },
            { value: "fairness", name: t("tabs.fairness") },
            { value: "people", name: t("tabs.people") },
          ]}
          onChange={setTab}
        >
          {tab === "people" ? (
            <PeopleView />
          ) : tab === "fairness" ? (
            <FairnessView roster={roster} before={before} />
          ) : (
            <>
              <div className="roster-tools">
                <TextField label={t("filter.search")} type="search" value={search} onChange={setSearch} />
                <SelectField
                  label={t("filter.group")}
                  value={group}
                  options={[all, ...plan.groups.map(({ id, name }) => ({ value: id, name }))]}
                  onChange={setGroup}
                />
                <SelectField
                  label={t("filter.team")}
                  value={team}
                  options={[all, ...teams.map((name) => ({ value: name, name }))]}
                  onChange={setTeam}
                />
                <SelectField
                  label={t("filter.sort")}
                  value={sorting}
                  options={(["team", "group", "name", "hours", "wishes"] as const).map((value) => ({
                    value,
                    name: t(`sort.${value}`),
                  }))}
                  onChange={setSorting}
                />
              </div>
              {rows.length === 0 ? (
                <EmptyState title={t("filter.nobody")} />
              ) : view.span === "day" ? (
                <DayGantt
                  roster={roster}
                  rows={rows}
                  looks={looks}
                  date={dateOfDay(roster.grid, range.firstDay)}
                  day={range.firstDay}
                  cursor={cursor}
                  onCursor={setCursor}
                  isProposal={isProposal}
                />
              ) : (
                <RosterGrid
                  label={t("grid.label")}
                  grid={roster.grid}
                  rows={rows}
                  firstDay={range.firstDay}
                  endDay={range.firstDay + range.dayCount}
                  cover={cover}
                  looks={looks}
                  cursor={cursor}
                  isProposal={isProposal}
                  onCursor={setCursor}
                  edits={edits}
                  height={640}
                />
              )}
              <Legend looks={looks} editable={editable} />
            </>
          )}
        </Tabs>
      }
      controls={
        <>
          <BuildControls roster={roster} before={before} />
          {isPhone && <p className="inherited">{t("readOnlyOnPhone")}</p>}
          {cursor && (
            <PlacePanel
              roster={roster}
              place={cursor}
              looks={looks}
              editable={editable}
              wanted={wanted}
              onWanted={setWanted}
            />
          )}
          <ViolationsPanel roster={roster} onOpen={openPlace} />
          <ExchangePanel roster={roster} place={cursor} editable={editable} />
        </>
      }
    />
  );
}

function ProposalBar({ roster, before }: { readonly roster: Roster; readonly before: Roster | null }) {
  const { t } = useTranslation(["roster", "frame"]);
  const { runs } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const changed = useMemo(
    () =>
      before === null
        ? roster.assignments.length
        : rosterRows(plan, roster, before).reduce(
            (sum, { cells }) => sum + cells.filter(({ isChanged }) => isChanged).length,
            0,
          ),
    [plan, roster, before],
  );
  const open = roster.unassigned.length - (before?.unassigned.length ?? 0);
  return (
    <section className="proposal-bar" aria-label={t("roster:proposal.label")}>
      <p>
        {t("roster:proposal.text", {
          count: changed,
          price: format.signed(Math.round(roster.objective - (before?.objective ?? 0))),
          open: format.signed(open),
        })}
      </p>
      <Button look="primary" onClick={() => runs.accept("roster")}>
        {t("frame:proposal.accept")}
      </Button>
      <Button onClick={() => runs.discard("roster")}>{t("frame:proposal.discard")}</Button>
    </section>
  );
}

function BuildControls({
  roster,
  before,
}: {
  readonly roster: Roster | null;
  readonly before: Roster | null;
}) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const schedule = useResult("schedule");
  const pinned = roster?.assignments.filter((assignment) => assignment.pinned).length ?? 0;
  const figures = roster && wishFigures(plan, roster);
  return (
    <ControlGroup title={t("build")}>
      <RunStage
        stage="roster"
        label={t(pinned > 0 ? "resolveRest" : roster ? "rebuild" : "build")}
        propose={roster !== null}
      />
      {pinned > 0 && <p className="inherited">{t("pinnedKept", { count: pinned })}</p>}
      {roster && (
        <NumberField
          label={t("changePrice.label")}
          min={0}
          value={plan.rostering?.changePrice ?? 0}
          hint={t("changePrice.hint")}
          onChange={(value) =>
            value !== null &&
            store.edit("roster:edit.changePrice", (before) => ({
              ...before,
              rostering: { ...before.rostering, changePrice: value },
            }))
          }
        />
      )}
      {schedule && (
        <Inherited from="schedule" page="shifts">
          {t("inherited", { count: schedule.value.shifts.length })}
        </Inherited>
      )}
      {roster && figures && (
        <dl className="figure-list">
          <dt>{t("figure.open")}</dt>
          <dd>{format.number(roster.unassigned.length)}</dd>
          <dt>{t("figure.hard")}</dt>
          <dd>{format.number(roster.violations.filter(({ penalty }) => penalty === null).length)}</dd>
          <dt>{t("figure.wishes")}</dt>
          <dd>
            {figures.wishes === 0
              ? "—"
              : `${figures.granted}/${figures.wishes} · ${format.percent(figures.granted / figures.wishes, 0)}`}
          </dd>
          <dt>{t("figure.price")}</dt>
          <dd>{format.number(roster.objective)}</dd>
          {before && (
            <>
              <dt>{t("figure.before")}</dt>
              <dd>{format.number(before.objective)}</dd>
            </>
          )}
          <dt title={t("figure.boundHint")}>{t("figure.bound")}</dt>
          <dd>{roster.bound === null ? "—" : format.number(roster.bound)}</dd>
        </dl>
      )}
    </ControlGroup>
  );
}

/** One day as bars with their activities, an agent a row; whoever works comes first, in order of start. */
function DayGantt(props: {
  readonly roster: Roster;
  readonly rows: readonly RosterRow[];
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly date: LocalDate;
  readonly day: number;
  readonly cursor: RosterPlace | null;
  readonly onCursor: (place: RosterPlace) => void;
  readonly isProposal: boolean;
}) {
  const { roster, day, looks, isProposal } = props;
  const { t } = useTranslation("roster");
  const { grid } = roster;
  const ganttRows = useMemo(
    () =>
      props.rows
        .flatMap((row) => {
          const assignment = row.cells[day]?.assignment;
          return assignment ? [{ row, assignment }] : [];
        })
        .sort((a, b) => a.assignment.shift.startMinute - b.assignment.shift.startMinute)
        .map(({ row, assignment: { shift, pinned } }) => ({
          id: row.agent.id,
          name: row.agent.name,
          bars: [
            {
              id: row.agent.id,
              name: `${looks.get(shift.templateId)?.name ?? shift.templateId}, ${row.agent.name}`,
              startMinute: shift.startMinute,
              endMinute: shift.endMinute,
              activities: shift.activities,
              pinned,
              proposal: isProposal,
              color: looks.get(shift.templateId)?.color,
            },
          ],
        })),
    [props.rows, day, looks, isProposal],
  );
  if (ganttRows.length === 0) return <EmptyState title={t("nobodyWorks")} />;
  return (
    <ShiftGantt
      label={t("gantt.label")}
      grid={grid}
      span={{ first: grid.dayOffsets[day], end: grid.dayOffsets[day + 1] }}
      rows={ganttRows}
      height={600}
      rowHeight={22}
      leftRoom={150}
      selectedId={props.cursor?.date === props.date ? props.cursor.agentId : null}
      onSelect={(agentId) => agentId !== null && props.onCursor({ agentId, date: props.date })}
    />
  );
}

function Legend(props: { readonly looks: ReadonlyMap<string, TemplateLook>; readonly editable: boolean }) {
  const { looks, editable } = props;
  const { t } = useTranslation("roster");
  return (
    <ul className="roster-legend" aria-label={t("legend.label")}>
      {[...looks.values()].map(({ code, name, color }) => (
        <li key={name}>
          <i className="swatch" style={{ background: color }} />
          {code} {name}
        </li>
      ))}
      <li>
        <i className="roster-broken sign" />
        {t("legend.broken")}
      </li>
      <li>
        <i className="roster-refused sign" />
        {t("legend.refused")}
      </li>
      <li>
        <i className="roster-pin sign" />
        {t("legend.pinned")}
      </li>
      {editable && <li className="legend-keys">{t("legend.keys")}</li>}
    </ul>
  );
}

function useFinding(
  roster: Roster,
  cover: readonly { readonly open: number }[],
  onOpenDay: (date: LocalDate) => void,
): Finding {
  const { t } = useTranslation("roster");
  const format = useFormat();
  const hard = roster.violations.filter(({ penalty }) => penalty === null);
  if (hard.length > 0) {
    const date = hard.find((violation) => violation.date !== null)?.date ?? null;
    return {
      text: t("finding.hard", { count: hard.length, rule: t(`rule.${hard[0].rule}`) }),
      tone: "short",
      ...(date === null ? {} : { onOpen: () => onOpenDay(date) }),
    };
  }
  if (roster.unassigned.length > 0) {
    const worst = cover.reduce((most, { open }, day) => (open > cover[most].open ? day : most), 0);
    const date = addDays(roster.grid.firstDate, worst);
    return {
      text: t("finding.open", {
        count: roster.unassigned.length,
        day: format.date(date),
        most: format.number(cover[worst].open),
      }),
      onOpen: () => onOpenDay(date),
    };
  }
  return { text: t("finding.full"), tone: "good" };
}

const seriesColors = 6;

function templateLooks(plan: Plan): Map<string, TemplateLook> {
  const codes = templateCodes(plan.templates);
  return new Map(
    plan.templates.map(({ id, name }, index) => [
      id,
      { code: codes.get(id) ?? "", name, color: `var(--series-${(index % seriesColors) + 1})` },
    ]),
  );
}

/** Rows that match, in the order asked for. */
function arranged(
  rows: readonly RosterRow[],
  search: string,
  group: string,
  team: string,
  sorting: Sorting,
  plan: Plan,
  queueId: string | null,
): RosterRow[] {
  const words = search.trim().toLowerCase();
  const serving = new Set(
    plan.groups.filter(({ queueIds }) => queueId === null || queueIds.includes(queueId)).map(({ id }) => id),
  );
  const granted = ({ wishes, wishesGranted }: RosterRow) => (wishes === 0 ? 2 : wishesGranted / wishes);
  const byName = (a: RosterRow, b: RosterRow) => a.agent.name.localeCompare(b.agent.name);
  const orders: Record<Sorting, (a: RosterRow, b: RosterRow) => number> = {
    name: byName,
    team: (a, b) => a.agent.team.localeCompare(b.agent.team) || byName(a, b),
    group: (a, b) => a.groupName.localeCompare(b.groupName) || byName(a, b),
    hours: (a, b) => b.paidMinutes - a.paidMinutes || byName(a, b),
    wishes: (a, b) => granted(a) - granted(b) || byName(a, b),
  };
  return rows
    .filter(
      ({ agent }) =>
        serving.has(agent.groupId) &&
        (group === "" || agent.groupId === group) &&
        (team === "" || agent.team === team) &&
        (words === "" || agent.name.toLowerCase().includes(words)),
    )
    .sort(orders[sorting]);
}

function wishFigures(plan: Plan, roster: Roster): { wishes: number; granted: number } {
  const last = addDays(roster.grid.firstDate, roster.grid.dayCount - 1);
  const wishes = plan.agents.reduce(
    (sum, agent) =>
      sum + agent.wishes.filter(({ date }) => date >= roster.grid.firstDate && date <= last).length,
    0,
  );
  const refused = roster.violations.filter(
    ({ rule }) => rule === "shiftOnWish" || rule === "shiftOffWish",
  ).length;
  return { wishes, granted: wishes - refused };
}
