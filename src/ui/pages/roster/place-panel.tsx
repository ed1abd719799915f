import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { Assignment, Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { ExchangeList } from "./exchange-list.tsx";
import { RankedPeople, type RankedPerson } from "./ranked-people.tsx";
import { obstaclesOf, replacements } from "./roster-answers.ts";
import {
  callInSick,
  endAbsence,
  giveShift,
  pinShifts,
  placesUntil,
  type RosterPlace,
  setWish,
  takeShiftsOff,
} from "./roster-edits.ts";
import { ShiftTimes } from "./shift-times.tsx";
import { shiftText, type TemplateLook } from "./shift-words.ts";

/** The chosen day of one agent: what stands there, what it breaks, and what can be done with it. */
export function PlacePanel(props: {
  readonly roster: Roster;
  readonly place: RosterPlace;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly editable: boolean;
  /** An open shift whose replacements are shown, such as the one of somebody who called in sick. */
  readonly wanted: Shift | null;
  readonly onWanted: (shift: Shift | null) => void;
  /** Shifts that became open. */
  readonly onOpened: (shifts: readonly Shift[]) => void;
  readonly onOpenPerson: () => void;
}) {
  const { roster, place, editable } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const [exchanged, setExchanged] = useState<RosterPlace | null>(null);
  const isExchanging = exchanged?.agentId === place.agentId && exchanged.date === place.date;
  const agent = plan.agents.find(({ id }) => id === place.agentId);
  if (!agent) return null;
  const contract = plan.contracts.find(({ id }) => id === agent.contractId);
  const assignment = roster.assignments.find(
    ({ agentId, shift }) => agentId === place.agentId && shift.date === place.date,
  );
  const violations = roster.violations.filter(
    ({ agentId, date }) => agentId === place.agentId && date === place.date,
  );
  const wish = agent.wishes.find(({ date }) => date === place.date);
  const openHere = roster.unassigned.filter(({ date }) => date === place.date);
  const pinAll = (chosen: (assignment: Assignment) => boolean) => {
    const isAllPinned = roster.assignments.filter(chosen).every(({ pinned }) => pinned);
    store.editDocument("roster:edit.pin", (document) => pinShifts(document, chosen, !isAllPinned));
  };
  return (
    <ControlGroup title={`${agent.name}, ${format.date(place.date)}`}>
      <p>
        {assignment
          ? `${props.looks.get(assignment.shift.templateId)?.name ?? assignment.shift.templateId} ${shiftText(assignment.shift, roster.grid, format)}`
          : t(agent.daysOff.includes(place.date) ? "cell.away" : "cell.free")}
        {assignment?.pinned ? `, ${t("cell.pinned")}` : ""}
      </p>
      <p className="inherited">
        {plan.groups.find(({ id }) => id === agent.groupId)?.name}, {contract?.name}, {agent.team}{" "}
        <button type="button" className="link-button" onClick={props.onOpenPerson}>
          {t("action.openPerson")}
        </button>
      </p>
      {violations.length > 0 && (
        <ul className="violation-list">
          {violations.map(({ rule, penalty }) => (
            <li key={rule} className={penalty === null ? "finding-short" : undefined}>
              {t(`rule.${rule}`)} {penalty === null ? "" : format.number(penalty)}
            </li>
          ))}
        </ul>
      )}
      {editable && assignment && <ShiftTimes assignment={assignment} grid={roster.grid} />}
      {editable && (
        <div className="place-buttons">
          {assignment && (
            <>
              <Button
                onClick={() =>
                  pinAll(({ agentId, shift }) => agentId === place.agentId && shift.date === place.date)
                }
              >
                {t(assignment.pinned ? "action.unpin" : "action.pin")}
              </Button>
              <Button
                disabled={assignment.pinned}
                onClick={() =>
                  store.editDocument("roster:edit.takeOff", (document) => takeShiftsOff(document, [place]))
                }
              >
                {t("action.takeOff")}
              </Button>
              <Button
                disabled={assignment.pinned}
                aria-expanded={isExchanging}
                onClick={() => setExchanged(isExchanging ? null : place)}
              >
                {t("action.exchange")}
              </Button>
            </>
          )}
          {agent.daysOff.includes(place.date) ? (
            <Button
              onClick={() =>
                store.editDocument("roster:edit.back", (document) => endAbsence(document, [place]))
              }
            >
              {t("action.back")}
            </Button>
          ) : (
            !assignment && (
              <Button
                onClick={() =>
                  store.editDocument("roster:edit.away", (document) => callInSick(document, [place]))
                }
              >
                {t("action.away")}
              </Button>
            )
          )}
          <Button onClick={() => pinAll(({ agentId }) => agentId === place.agentId)}>
            {t("action.pinPerson")}
          </Button>
          <Button onClick={() => pinAll(({ shift }) => shift.date === place.date)}>
            {t("action.pinDay")}
          </Button>
        </div>
      )}
      {editable && assignment && isExchanging && !assignment.pinned && (
        <ExchangeList roster={roster} place={place} looks={props.looks} onDone={() => setExchanged(null)} />
      )}
      {editable && assignment && (
        <SickUntil key={`${place.agentId} ${place.date}`} {...props} onOpened={props.onOpened} />
      )}
      {editable && (
        <SelectField
          label={t("wish.label")}
          value={wish === undefined ? "none" : wish.kind}
          options={(["none", "shiftOff", "shiftOn"] as const).map((value) => ({
            value,
            name: t(`wish.${value}`),
          }))}
          onChange={(kind) =>
            store.editDocument("roster:edit.wish", (document) =>
              setWish(
                document,
                [place],
                kind === "none" ? null : { kind, templateId: null, weight: wish?.weight ?? 1 },
              ),
            )
          }
        />
      )}
      {editable && openHere.length > 0 && !assignment?.pinned && <GiveField {...props} openHere={openHere} />}
      {editable && openHere.length > 0 && (
        <p className="inherited">
          {t("openHere", { count: openHere.length })}{" "}
          <Button look="quiet" onClick={() => props.onWanted(openHere[0])}>
            {t("action.findSomebody")}
          </Button>
        </p>
      )}
      {editable && props.wanted && <Replacements {...props} shift={props.wanted} />}
    </ControlGroup>
  );
}

/** Somebody is sick from the chosen day to a date: their shifts open, and who could take them is asked one by one. */
function SickUntil(props: {
  readonly roster: Roster;
  readonly place: RosterPlace;
  readonly onOpened: (shifts: readonly Shift[]) => void;
}) {
  const { roster, place } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const [until, setUntil] = useState(place.date);
  const lastDate = dateOfDay(roster.grid, roster.grid.dayCount - 1);
  const isRange = until >= place.date && until <= lastDate;
  return (
    <div className="sick-until">
      <TextField
        type="date"
        label={t("sick.until")}
        value={until}
        error={isRange ? null : t("sick.outside")}
        onChange={setUntil}
      />
      <Button
        disabled={!isRange}
        onClick={() => {
          const places = placesUntil(roster, place, until);
          const opened = roster.assignments
            .filter(
              ({ agentId, shift }) =>
                agentId === place.agentId && shift.date >= place.date && shift.date <= until,
            )
            .map(({ shift }) => shift);
          store.editDocument("roster:edit.sick", (document) => callInSick(document, places));
          props.onOpened(opened);
        }}
      >
        {t("action.sick")}
      </Button>
    </div>
  );
}

/** An open shift for the person: what it is, for which skill, and what it would break. */
function GiveField(props: {
  readonly roster: Roster;
  readonly place: RosterPlace;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly openHere: readonly Shift[];
}) {
  const { roster, place, looks, openHere } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const { groups } = usePlan();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const kinds = useMemo(
    () =>
      kindsOf(openHere).map((kind) => ({
        ...kind,
        obstacles: obstaclesOf(document, kind.shift, place.agentId),
      })),
    [document, openHere, place.agentId],
  );
  return (
    <div id={giveFieldId}>
      <SelectField
        label={t("give.label")}
        value=""
        options={[
          { value: "", name: t("give.choose") },
          ...kinds.map(({ shift, count, obstacles }) => ({
            value: shift.id,
            name: [
              `${looks.get(shift.templateId)?.name ?? shift.templateId} ${shiftText(shift, roster.grid, format)}${count > 1 ? ` × ${count}` : ""}`,
              groups.find(({ id }) => id === shift.groupId)?.name ?? shift.groupId,
              ...obstacles.map((obstacle) => t(`open.obstacle.${obstacle}`)),
            ].join(" · "),
          })),
        ]}
        onChange={(id) => {
          const shift = openHere.find((open) => open.id === id);
          if (shift)
            store.editDocument("roster:edit.give", (before) => giveShift(before, shift, place.agentId));
        }}
      />
    </div>
  );
}

/** Around the choice of an open shift, for the key that leads there from the grid. */
export const giveFieldId = "roster-give";

/** One shift of each template and time, in order of start, and how many there are. */
function kindsOf(shifts: readonly Shift[]): { readonly shift: Shift; readonly count: number }[] {
  const kinds = new Map<string, { readonly shift: Shift; count: number }>();
  for (const shift of shifts) {
    const key = `${shift.templateId} ${shift.groupId} ${shift.startMinute} ${shift.endMinute}`;
    const known = kinds.get(key);
    if (known) known.count++;
    else kinds.set(key, { shift, count: 1 });
  }
  return [...kinds.values()].sort((a, b) => a.shift.startMinute - b.shift.startMinute);
}

function Replacements(props: {
  readonly shift: Shift;
  readonly roster: Roster;
  readonly looks: ReadonlyMap<string, TemplateLook>;
  readonly onWanted: (shift: Shift | null) => void;
}) {
  const { shift, roster } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const document = useSession((state) => state.document);
  const ranked = useMemo(() => replacements(document, shift), [document, shift]);
  const isTaken = roster.assignments.some((assignment) => assignment.shift.id === shift.id);
  if (isTaken) return null;
  return (
    <section aria-label={t("replacement.label")}>
      <h3 className="control-title">
        {t("replacement.title", {
          template: props.looks.get(shift.templateId)?.name ?? shift.templateId,
          skill: plan.groups.find(({ id }) => id === shift.groupId)?.name ?? shift.groupId,
          times: shiftText(shift, roster.grid, format),
          date: format.date(shift.date),
        })}
      </h3>
      <RankedPeople
        key={shift.id}
        people={ranked.map(
          ({ breaks, weekMinutes, maximumWeekMinutes, ...person }): RankedPerson => ({
            ...person,
            aside: t("replacement.week", {
              hours: format.number(weekMinutes / 60, 1),
              most: format.hours(maximumWeekMinutes / 60),
            }),
            broken: format.list(breaks.map((rule) => t(`rule.${rule}`))),
          }),
        )}
        nobody={t("replacement.nobody")}
        onChoose={(agentId) => {
          store.editDocument("roster:edit.replace", (before) => giveShift(before, shift, agentId));
          props.onWanted(null);
        }}
      />
      <Button look="quiet" onClick={() => props.onWanted(null)}>
        {t("replacement.leave")}
      </Button>
    </section>
  );
}
