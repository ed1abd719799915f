import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import { skillOf } from "../../../domain/plan/edit-groups.ts";
import { shiftsOf, withNewAgents, withoutAgents } from "../../../domain/plan/edit-people.ts";
import type { Agent } from "../../../domain/plan/roster.ts";
import { exportFileName } from "../../../files/export-names.ts";
import { peopleCsv } from "../../../files/people-list.ts";
import { CodesSwitch, useCoded } from "../../frame/codes-switch.tsx";
import { download } from "../../frame/download.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { cellText, type PersonColumn, type PersonEdit, personColumns, withCells } from "./person-cells.ts";

/** A person with their place in the plan, which stays when the key is edited. */
interface PersonRow {
  readonly agent: Agent;
  readonly index: number;
}

const widths: Readonly<Record<(typeof personColumns)[number], number>> = {
  name: 150,
  key: 96,
  contract: 130,
  speed: 64,
  team: 96,
  site: 96,
  firstDay: 96,
  lastDay: 96,
  daysNeverWorked: 130,
  leave: 200,
  email: 220,
};

/** People down, what they can do and have agreed to across, like a spreadsheet; groups follow. */
export function PeopleGrid() {
  const { t } = useTranslation("people");
  const headingId = useId();
  const format = useFormat();
  const { store } = useDesk();
  const coded = useCoded();
  const plan = usePlan();
  const [filter, setFilter] = useState("");
  const [selected, setSelected] = useState({ first: 0, end: 0 });
  const [isLeaving, setIsLeaving] = useState(false);
  const rows = useRows(filter);
  const options = { locale: format.locale, newName: t("newName") };

  /** Takes texts into cells as one step; answers the first that is refused. */
  function edit(
    label: string,
    edits: readonly PersonEdit[],
  ): (PersonEdit & { readonly error: string }) | null {
    const { document, refused } = withCells(store.state().document, edits, options);
    store.editDocument(label, () => document);
    const [first] = refused;
    return first === undefined
      ? null
      : { ...first, error: t(`refusal.${first.refusal.code}`, first.refusal.values) };
  }
  const columns = useColumns((row, column, text) =>
    edit("people:edit.cell", [{ index: row.index, column, text }]),
  );
  const chosen = rows.slice(selected.first, selected.end);

  return (
    <section className="people-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("grid.title")}
      </h2>
      <div className="people-tools">
        <TextField
          type="search"
          label={t("grid.filter")}
          labelHidden
          placeholder={t("grid.filter")}
          value={filter}
          onChange={setFilter}
        />
        <Button
          onClick={() =>
            store.editDocument("people:edit.add", (before) => withNewAgents(before, 1, options.newName))
          }
        >
          {t("grid.add")}
        </Button>
        <Button
          disabled={chosen.length === 0}
          aria-expanded={isLeaving}
          onClick={() => setIsLeaving(chosen.length > 0)}
        >
          {t("grid.remove", { count: chosen.length })}
        </Button>
        {plan.agents.length > 0 && (
          <Button
            onClick={() =>
              download(
                new Blob([peopleCsv(coded ? withAgentCodes(store.state().document).plan : plan)], {
                  type: "text/csv",
                }),
                exportFileName(plan.name, "people", "csv"),
              )
            }
          >
            {t("grid.save")}
          </Button>
        )}
        {plan.agents.length > 0 && <CodesSwitch />}
      </div>
      {isLeaving && chosen.length > 0 && <RemovePeople people={chosen} onDone={() => setIsLeaving(false)} />}
      <DataGrid
        label={t("grid.title")}
        rows={rows}
        rowKey={({ index }) => index}
        columns={columns}
        frozenColumns={1}
        height={460}
        selectedRows={selected}
        onSelectRows={setSelected}
        onEditTogether={(cells) => {
          // Below the last row people are new, which a filter would hide.
          const edits = cells.map(({ row, columnId, text }) => ({
            index: rows[row]?.index ?? plan.agents.length + row - rows.length,
            column: columnId as PersonColumn,
            text,
          }));
          const refused = edit("people:edit.cells", edits);
          if (refused === null) return null;
          const at = edits.findIndex(
            ({ index, column }) => index === refused.index && column === refused.column,
          );
          return { ...cells[at], error: refused.error };
        }}
        empty={filter === "" ? t("grid.nobody") : t("grid.noMatch")}
      />
      <p className="people-note">{t("grid.hint")}</p>
    </section>
  );
}

function useRows(filter: string): readonly PersonRow[] {
  const { agents } = usePlan();
  return useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return agents
      .map((agent, index) => ({ agent, index }))
      .filter(({ agent: { id, name, team, site = "", email = "" } }) =>
        [id, name, team, site, email].some((text) => text.toLowerCase().includes(wanted)),
      );
  }, [agents, filter]);
}

function useColumns(
  put: (row: PersonRow, column: PersonColumn, text: string) => { readonly error: string } | null,
): Column<PersonRow>[] {
  const { t } = useTranslation("people");
  const format = useFormat();
  const plan = usePlan();
  const groups = useMemo(() => new Map(plan.groups.map((group) => [group.id, group])), [plan.groups]);
  const text = (column: PersonColumn) => (row: PersonRow) =>
    cellText(row.agent, column, plan, groups.get(row.agent.groupId), format);
  const onEdit = (column: PersonColumn) => (row: PersonRow, _: number, typed: string) =>
    put(row, column, typed)?.error ?? null;
  const field = (column: (typeof personColumns)[number]): Column<PersonRow> => ({
    id: column,
    header: t(`column.${column}`),
    width: widths[column],
    align: column === "speed" ? "right" : "left",
    text: text(column),
    hint: column === "leave" || column === "email" ? text(column) : undefined,
    onEdit: onEdit(column),
  });
  const [name, key, ...others] = personColumns;
  return [
    field(name),
    field(key),
    ...plan.queues.map((queue): Column<PersonRow> => {
      const column = `queue:${queue.id}` as const;
      const level = ({ agent }: PersonRow) => {
        const group = groups.get(agent.groupId);
        const skill = group === undefined ? "none" : skillOf(group, queue.id);
        if (skill === "serves") return t("level.primary");
        return skill === "none" ? null : t("level.secondary", { wait: format.wait(skill.afterSeconds) });
      };
      return {
        id: column,
        header: queue.name,
        width: Math.max(64, Math.min(150, 24 + 8 * queue.name.length)),
        align: "center",
        text: text(column),
        hint: (row) => level(row) ?? t("level.none"),
        onEdit: onEdit(column),
      };
    }),
    {
      id: "group",
      header: t("column.group"),
      width: 140,
      text: ({ agent }) => groups.get(agent.groupId)?.name ?? agent.groupId,
      tone: () => "quiet",
    },
    ...others.map(field),
  ];
}

/** Says what becomes of the shifts before people go. */
function RemovePeople({
  people,
  onDone,
}: {
  readonly people: readonly PersonRow[];
  readonly onDone: () => void;
}) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const ids = useMemo(() => new Set(people.map(({ agent }) => agent.id)), [people]);
  const shifts = shiftsOf(document, ids).length;
  const names = people.slice(0, 5).map(({ agent }) => agent.name);
  const more = people.length - names.length;
  return (
    <fieldset className="people-ask">
      <legend className="field-label">{t("grid.remove", { count: people.length })}</legend>
      <p role="status">
        {t("remove.who", {
          names: format.list(more > 0 ? [...names, t("remove.more", { count: more })] : names),
        })}{" "}
        {t("remove.shifts", { count: shifts })} {t("remove.lastDay")}
      </p>
      <div className="people-tools">
        <Button
          look="danger"
          onClick={() => {
            onDone();
            store.editDocument("people:edit.remove", (before) => withoutAgents(before, ids));
          }}
        >
          {t("grid.remove", { count: people.length })}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </fieldset>
  );
}
