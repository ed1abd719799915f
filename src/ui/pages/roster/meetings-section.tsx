import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type Meeting, meetingSchema, participants } from "../../../domain/plan/meeting.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { type Attendance, attendanceOf } from "../../../rostering/place-meetings.ts";
import { meetingsOf } from "../../../stages/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { Chip, WeekdayChips } from "../../kit/controls/chips.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { withMeetingsPlaced } from "./roster-edits.ts";
import { momentText } from "./shift-words.ts";

const fields = fieldsOf(meetingSchema);

/** Meetings and training of named people or teams: what is to be held, and who comes when. */
export function MeetingsSection(props: { readonly roster: Roster | null; readonly editable: boolean }) {
  const { roster, editable } = props;
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const meetings = plan.meetings ?? [];
  const attendance = useMemo(
    () =>
      roster === null
        ? []
        : attendanceOf(roster.grid, meetingsOf(plan.meetings ?? [], plan.agents), roster.assignments),
    [roster, plan.meetings, plan.agents],
  );
  const edit = (change: (before: readonly Meeting[]) => Meeting[], field?: string) =>
    store.edit(
      "roster:edit.meetings",
      (before) => ({ ...before, meetings: change(before.meetings ?? []) }),
      field === undefined ? undefined : `meetings ${field}`,
    );
  function add(): void {
    let number = meetings.length + 1;
    while (meetings.some(({ id }) => id === `meeting${number}`)) number++;
    const teams = [...new Set(plan.agents.map(({ team }) => team))].filter((team) => team !== "");
    edit((before) => [
      ...before,
      {
        id: `meeting${number}`,
        name: t("meetings.newName"),
        kind: "meeting",
        lengthMinutes: 30,
        agentIds: [],
        teams: teams.slice(0, 1),
        repeats: "weekly",
        together: true,
        must: true,
        weekdays: [1, 2, 3, 4, 5],
        fromMinute: 540,
        toMinute: 1020,
      },
    ]);
  }
  return (
    <section aria-labelledby="rules-meetings">
      <h2 id="rules-meetings" className="control-title">
        {t("meetings.title")}
      </h2>
      <p className="inherited">{t("meetings.hint")}</p>
      {meetings.map((meeting) => (
        <article key={meeting.id} className="meeting-card" aria-label={meeting.name}>
          <MeetingFields
            meeting={meeting}
            onChange={(to) =>
              edit(
                (before) => before.map((one) => (one.id === meeting.id ? { ...one, ...to } : one)),
                `${meeting.id} ${Object.keys(to).join()}`,
              )
            }
          />
          <AttendanceList
            meeting={meeting}
            roster={roster}
            attendance={attendance.filter(({ meetingId }) => meetingId === meeting.id)}
          />
          <Button
            look="quiet"
            aria-label={t("meetings.remove", { name: meeting.name })}
            onClick={() => edit((before) => before.filter(({ id }) => id !== meeting.id))}
          >
            {t("meetings.removeShort")}
          </Button>
        </article>
      ))}
      <div className="place-buttons">
        <Button onClick={add}>{t("meetings.add")}</Button>
        {roster !== null && meetings.length > 0 && (
          <Button
            disabled={!editable}
            onClick={() => store.editDocument("roster:edit.placeMeetings", withMeetingsPlaced)}
          >
            {t("meetings.place")}
          </Button>
        )}
      </div>
    </section>
  );
}

function MeetingFields(props: {
  readonly meeting: Meeting;
  readonly onChange: (to: Partial<Meeting>) => void;
}) {
  const { meeting, onChange } = props;
  const { t } = useTranslation("roster");
  const { agents } = usePlan();
  const teams = [...new Set(agents.map(({ team }) => team))].filter((team) => team !== "").sort();
  const nameOf = new Map(agents.map(({ id, name }) => [id, name]));
  return (
    <>
      <div className="rules-fields">
        <TextField
          label={t("meetings.name")}
          value={meeting.name}
          onChange={(name) => name !== "" && onChange({ name })}
        />
        <SelectField
          label={t("meetings.kind")}
          value={meeting.kind}
          options={(["meeting", "training", "coaching"] as const).map((value) => ({
            value,
            name: t(`activity.${value}`),
          }))}
          onChange={(kind) => onChange({ kind })}
        />
        <NumberField
          {...fields.lengthMinutes}
          label={t("meetings.length")}
          value={meeting.lengthMinutes}
          onChange={(lengthMinutes) => onChange({ lengthMinutes })}
        />
        <SelectField
          label={t("meetings.repeats")}
          value={meeting.repeats}
          options={(["once", "weekly"] as const).map((value) => ({ value, name: t(`meetings.${value}`) }))}
          onChange={(repeats) => onChange({ repeats })}
        />
        <SelectField
          label={t("meetings.how")}
          value={meeting.together ? "together" : "inTurns"}
          options={(["together", "inTurns"] as const).map((value) => ({
            value,
            name: t(`meetings.${value}`),
          }))}
          onChange={(how) => onChange({ together: how === "together" })}
        />
        <ClockField
          label={t("meetings.from")}
          minute={meeting.fromMinute}
          onChange={(fromMinute) => onChange({ fromMinute })}
        />
        <ClockField
          label={t("meetings.to")}
          minute={meeting.toMinute}
          isEnd
          onChange={(toMinute) => onChange({ toMinute })}
        />
      </div>
      <WeekdayChips
        label={t("meetings.weekdays")}
        value={meeting.weekdays}
        onChange={(weekdays) => onChange({ weekdays })}
      />
      <Switch label={t("meetings.must")} checked={meeting.must} onChange={(must) => onChange({ must })} />
      <fieldset className="chip-row">
        <legend className="field-label">{t("meetings.teams")}</legend>
        {teams.map((team) => (
          <Chip
            key={team}
            pressed={meeting.teams.includes(team)}
            name={team}
            onPress={() =>
              onChange({
                teams: meeting.teams.includes(team)
                  ? meeting.teams.filter((one) => one !== team)
                  : [...meeting.teams, team],
              })
            }
          >
            {team}
          </Chip>
        ))}
        {meeting.agentIds.map((id) => (
          <Chip
            key={id}
            pressed
            name={nameOf.get(id) ?? id}
            onPress={() => onChange({ agentIds: meeting.agentIds.filter((one) => one !== id) })}
          >
            {nameOf.get(id) ?? id}
          </Chip>
        ))}
      </fieldset>
      <SelectField
        label={t("meetings.addPerson")}
        value=""
        options={[
          { value: "", name: t("meetings.choose") },
          ...agents
            .filter(({ id, team }) => !meeting.agentIds.includes(id) && !meeting.teams.includes(team))
            .map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(id) => id !== "" && onChange({ agentIds: [...meeting.agentIds, id] })}
      />
    </>
  );
}

/** Who comes when: one line for each week and time, and who is missing. */
function AttendanceList(props: {
  readonly meeting: Meeting;
  readonly roster: Roster | null;
  readonly attendance: readonly Attendance[];
}) {
  const { meeting, roster, attendance } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const { agents } = usePlan();
  const nameOf = new Map(agents.map(({ id, name }) => [id, name]));
  if (meeting.toMinute - meeting.fromMinute < meeting.lengthMinutes)
    return <p className="finding-short">{t("meetings.tooShort")}</p>;
  if (roster === null) return null;
  if (attendance.length === 0)
    return (
      <p className="inherited">
        {t(participants(meeting, agents).length === 0 ? "meetings.nobody" : "meetings.noDay")}
      </p>
    );
  if (attendance.every(({ startMinute }) => startMinute === null))
    return <p className="inherited">{t("meetings.notPlaced")}</p>;
  const weeks = [...new Set(attendance.map(({ week }) => week))];
  return (
    <ul className="meeting-times" aria-label={t("meetings.attendance", { name: meeting.name })}>
      {weeks.map((week) => {
        const ofWeek = attendance.filter((one) => one.week === week);
        const held = ofWeek.filter(({ startMinute }) => startMinute !== null);
        const missing = ofWeek.filter(({ startMinute }) => startMinute === null);
        const times = [...new Set(held.map(({ startMinute }) => startMinute!))].sort((a, b) => a - b);
        const shown = times.map((minute) => momentText(roster.grid, minute, format));
        return (
          <li key={week} className={missing.length > 0 && meeting.must ? "finding-short" : undefined}>
            {held.length === 0
              ? t("meetings.notHeld")
              : t("meetings.held", {
                  when: shown.length > 3 ? t("meetings.times", { count: shown.length }) : format.list(shown),
                  come: held.length,
                  of: ofWeek.length,
                })}
            {missing.length > 0 && held.length > 0 && (
              <>
                {" "}
                {t("meetings.missing", {
                  names: format.list(missing.map(({ agentId }) => nameOf.get(agentId) ?? agentId)),
                })}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}
