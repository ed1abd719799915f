import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { isLocalDate, type Weekday } from "../../../domain/calendar/clock.ts";
import { freeId } from "../../../domain/plan/edit-queues.ts";
import type { Agent } from "../../../domain/plan/roster.ts";
import {
  type RotationCell,
  rotationWeeks,
  rowOfPerson,
  type ShiftRotation,
  withPersonInRow,
  withWeekCount,
} from "../../../domain/plan/rotation.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { NameField } from "./name-field.tsx";
import { typedRotationCell } from "./typed-rotation-cell.ts";

/** Patterns of weeks that people work in turn. */
export function RotationSection() {
  const { t } = useTranslation("setup");
  const headingId = useId();
  const { store } = useDesk();
  const { rotations = [], agents } = usePlan();
  const [chosen, setChosen] = useState("");
  const rotation = rotations.find(({ id }) => id === chosen) ?? rotations[0];
  if (agents.length === 0) return null;
  function add(): void {
    const taken = rotations.map(({ id }) => id);
    const id = freeId("rotation", taken);
    store.edit("setup:edit.addRotation", (plan) => ({
      ...plan,
      rotations: [
        ...(plan.rotations ?? []),
        {
          id,
          name: freeId(
            t("rotation.newName"),
            rotations.map(({ name }) => name),
          ),
          weeks: Array.from({ length: 3 }, () => Array<RotationCell>(7).fill(null)),
          startDate: plan.firstDate,
          people: [],
        },
      ],
    }));
    setChosen(id);
  }
  return (
    <section className="setup-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("rotation.title")}
      </h2>
      <p className="setup-note">{t("rotation.about")}</p>
      {rotation !== undefined && (
        <Rotation key={rotation.id} rotation={rotation} rotations={rotations} onChoose={setChosen} />
      )}
      <div className="setup-buttons">
        <Button onClick={add}>{t("rotation.add")}</Button>
        {rotation !== undefined && (
          <Button
            onClick={() =>
              store.edit("setup:edit.removeRotation", ({ rotations: all = [], ...plan }) => ({
                ...plan,
                rotations: all.filter(({ id }) => id !== rotation.id),
              }))
            }
          >
            {t("rotation.remove", { name: rotation.name })}
          </Button>
        )}
      </div>
    </section>
  );
}

function useRotationEdit(rotationId: string) {
  const { store } = useDesk();
  return (change: (rotation: ShiftRotation) => ShiftRotation, field?: string) =>
    store.edit(
      "setup:edit.rotation",
      (plan) => ({
        ...plan,
        rotations: plan.rotations?.map((one) => (one.id === rotationId ? change(one) : one)),
      }),
      field && `rotation.${rotationId}.${field}`,
    );
}

function Rotation(props: {
  readonly rotation: ShiftRotation;
  readonly rotations: readonly ShiftRotation[];
  readonly onChoose: (id: string) => void;
}) {
  const { t } = useTranslation("setup");
  const { firstDate } = usePlan();
  const { rotation, rotations } = props;
  const edit = useRotationEdit(rotation.id);
  const [start, setStart] = useState<string | null>(null);
  return (
    <>
      <div className="setup-fields">
        {rotations.length > 1 && (
          <SelectField
            label={t("rotation.which")}
            value={rotation.id}
            options={rotations.map(({ id, name }) => ({ value: id, name }))}
            onChange={props.onChoose}
          />
        )}
        <NameField
          label={t("rotation.name")}
          value={rotation.name}
          taken={rotations.filter(({ id }) => id !== rotation.id).map(({ name }) => name)}
          onChange={(name) => edit((before) => ({ ...before, name }), "name")}
        />
        <NumberField
          kind="whole"
          label={t("rotation.weeks")}
          value={rotation.weeks.length}
          min={rotationWeeks.least}
          max={rotationWeeks.most}
          onChange={(count) => edit((before) => withWeekCount(before, count, firstDate), "weeks")}
        />
        <TextField
          type="date"
          label={t("rotation.start")}
          value={start ?? rotation.startDate}
          error={start === null || isLocalDate(start) ? null : t("period.noDate")}
          onBlur={() => setStart(null)}
          onChange={(startDate) => {
            setStart(startDate);
            if (isLocalDate(startDate)) edit((before) => ({ ...before, startDate }), "start");
          }}
        />
      </div>
      <Pattern rotation={rotation} />
      <p className="setup-note">{t("rotation.hint")}</p>
      <People rotation={rotation} />
    </>
  );
}

/** Weeks down, days across: a template, a day off, or nothing said. */
function Pattern({ rotation }: { readonly rotation: ShiftRotation }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { templates } = usePlan();
  const edit = useRotationEdit(rotation.id);
  function words(cell: RotationCell): string {
    if (cell === null) return "·";
    if (cell.templateId === null) return t("rotation.off");
    return templates.find(({ id }) => id === cell.templateId)?.name ?? t("rotation.gone");
  }
  const columns: Column<ShiftRotation["weeks"][number]>[] = [
    {
      id: "row",
      header: t("rotation.row"),
      width: 90,
      text: (_, row) => t("rotation.rowName", { row: row + 1 }),
    },
    ...([1, 2, 3, 4, 5, 6, 7] as const).map(
      (weekday: Weekday): Column<ShiftRotation["weeks"][number]> => ({
        id: `day ${weekday}`,
        header: format.weekday(weekday),
        width: 96,
        align: "center",
        text: (week) => words(week[weekday - 1]),
        tone: (week) => (week[weekday - 1] === null ? "quiet" : undefined),
        onEdit(_, row, text) {
          const cell = typedRotationCell(text, templates, t("rotation.off"));
          if (cell === undefined) return t("rotation.unknown", { off: t("rotation.off") });
          edit((before) => ({
            ...before,
            weeks: before.weeks.map((week, at) =>
              at === row ? week.map((old, day) => (day === weekday - 1 ? cell : old)) : week,
            ),
          }));
          return null;
        },
      }),
    ),
  ];
  return (
    <DataGrid
      label={t("rotation.pattern")}
      rows={rotation.weeks}
      rowKey={(_, row) => row}
      columns={columns}
      frozenColumns={1}
      height={260}
    />
  );
}

/** Who works the rotation, and in which row they are in the plan's first week. */
function People({ rotation }: { readonly rotation: ShiftRotation }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { agents, firstDate } = usePlan();
  const edit = useRotationEdit(rotation.id);
  const teams = [...new Set(agents.map(({ team }) => team))].sort();
  const [team, setTeam] = useState(teams[0]);
  const count = rotation.weeks.length;
  const members = agents.filter((agent) => agent.team === team);
  const columns: Column<Agent>[] = [
    { id: "name", header: t("rotation.person"), width: 180, text: ({ name }) => name },
    { id: "team", header: t("rotation.team"), width: 120, text: ({ team: of }) => of },
    {
      id: "row",
      header: t("rotation.rowOn", { date: format.date(firstDate) }),
      width: 150,
      align: "right",
      text({ id }) {
        const row = rowOfPerson(rotation, id, firstDate);
        return row === null ? "" : String(row + 1);
      },
      onEdit({ id }, _, text) {
        const typed = text.trim();
        const row = typed === "" || typed === "-" || typed === "0" ? null : Number(typed) - 1;
        if (row !== null && !(Number.isInteger(row) && row >= 0 && row < count))
          return t("rotation.badRow", { count });
        edit((before) => withPersonInRow(before, id, row, firstDate));
        return null;
      },
    },
  ];
  return (
    <>
      <DataGrid
        label={t("rotation.people")}
        rows={agents}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={260}
      />
      <div className="setup-fields">
        <SelectField
          label={t("rotation.team")}
          value={team}
          options={teams.map((value) => ({ value, name: value || t("rotation.noTeam") }))}
          onChange={setTeam}
        />
        <div className="setup-beside">
          <Button
            onClick={() =>
              edit((before) =>
                members.reduce(
                  (changed, { id }, at) => withPersonInRow(changed, id, at % count, firstDate),
                  before,
                ),
              )
            }
          >
            {t("rotation.addTeam", { count: members.length })}
          </Button>
        </div>
      </div>
    </>
  );
}
