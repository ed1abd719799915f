import { useTranslation } from "react-i18next";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";
import {
  callInSick,
  editShifts,
  endAbsence,
  type RosterPlace,
  retimed,
  type ShiftGrip,
  setWish,
  takeShiftsOff,
  togglePins,
} from "./roster-edits.ts";

const ends: readonly { readonly name: string; readonly grip: ShiftGrip; readonly sign: number }[] = [
  { name: "startEarlier", grip: "start", sign: -1 },
  { name: "startLater", grip: "start", sign: 1 },
  { name: "endEarlier", grip: "end", sign: -1 },
  { name: "endLater", grip: "end", sign: 1 },
];

/** What can be done with many chosen places at once; each is one step to undo. */
export function SelectionPanel(props: {
  readonly roster: Roster;
  readonly places: readonly RosterPlace[];
  /** Shifts that became open. */
  readonly onOpened: (shifts: readonly Shift[]) => void;
}) {
  const { roster, places } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const format = useFormat();
  const wanted = new Set(places.map(({ agentId, date }) => `${agentId} ${date}`));
  const chosen = roster.assignments.filter(({ agentId, shift }) => wanted.has(`${agentId} ${shift.date}`));
  const free = chosen.filter(({ pinned }) => !pinned);
  const people = new Set(places.map(({ agentId }) => agentId));
  const isAway = places.some(({ agentId, date }) =>
    plan.agents.find(({ id }) => id === agentId)?.daysOff.includes(date),
  );
  const step = roster.grid.intervalMinutes;
  const away = () => {
    store.editDocument("roster:edit.sick", (document) => callInSick(document, places));
    props.onOpened(chosen.map(({ shift }) => shift));
  };
  return (
    <ControlGroup title={t("selection.title", { count: places.length })}>
      <p className="inherited">
        {t("selection.shifts", { count: chosen.length })}, {t("selection.people", { count: people.size })}
      </p>
      <div className="place-buttons">
        <Button
          disabled={chosen.length === 0}
          onClick={() => store.editDocument("roster:edit.pin", (document) => togglePins(document, places))}
        >
          {t(chosen.length > 0 && free.length === 0 ? "action.unpin" : "action.pin")}
        </Button>
        <Button
          disabled={free.length === 0}
          onClick={() =>
            store.editDocument("roster:edit.takeOff", (document) => takeShiftsOff(document, places))
          }
        >
          {t("action.takeOff")}
        </Button>
        <Button onClick={away}>{t("selection.away")}</Button>
        {isAway && (
          <Button
            onClick={() => store.editDocument("roster:edit.back", (document) => endAbsence(document, places))}
          >
            {t("action.back")}
          </Button>
        )}
        <Button
          onClick={() =>
            store.editDocument("roster:edit.wish", (document) =>
              setWish(document, places, { kind: "shiftOff", templateId: null, weight: 1 }),
            )
          }
        >
          {t("selection.wishOff")}
        </Button>
      </div>
      <div className="place-buttons">
        {ends.map(({ name, grip, sign }) => (
          <Button
            key={name}
            look="quiet"
            disabled={free.length === 0}
            onClick={() =>
              store.editDocument("roster:edit.times", (document) =>
                editShifts(document, places, (shift) => retimed(roster.grid, shift, grip, sign * step)),
              )
            }
          >
            {t(`selection.${name}`, { minutes: format.number(step) })}
          </Button>
        ))}
      </div>
    </ControlGroup>
  );
}
