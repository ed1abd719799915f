import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import {
  type Skill,
  skillOf,
  usesOfGroup,
  withGroup,
  withoutGroup,
  withSkill,
} from "../../../domain/plan/edit-groups.ts";
import { freeId } from "../../../domain/plan/edit-queues.ts";
import { type AgentGroup, overflowSchema } from "../../../domain/plan/queue.ts";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { nameError } from "./name-field.tsx";
import { RemoveQuestion } from "./remove-question.tsx";
import { typedSkill } from "./typed-skill.ts";

const { min: leastWait, max: longestWait } = fieldsOf(overflowSchema).afterSeconds;

/** Groups down, queues across: who serves what. */
export function SkillsSection() {
  const { t } = useTranslation("setup");
  const headingId = useId();
  const { store } = useDesk();
  const { groups, queues } = usePlan();
  const [chosen, setChosen] = useState(groups[0].id);
  const [removes, setRemoves] = useState(false);
  const columns = useSkillColumns();
  const row = Math.max(
    0,
    groups.findIndex(({ id }) => id === chosen),
  );
  function add(): void {
    store.edit("setup:edit.addGroup", (plan) => {
      const name = freeId(
        t("groups.newName"),
        plan.groups.map((group) => group.name),
      );
      const id = freeId(
        name,
        plan.groups.map((group) => group.id),
      );
      return withGroup(plan, { id, name, queueIds: [queues[0].id] });
    });
    setChosen(store.state().document.plan.groups.at(-1)?.id ?? chosen);
  }
  return (
    <section className="setup-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("skills.title")}
      </h2>
      <DataGrid
        label={t("skills.title")}
        rows={groups}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={300}
        selectedRows={{ first: row, end: row + 1 }}
        onSelectRows={({ first }) => groups[first] && setChosen(groups[first].id)}
      />
      <p className="setup-note">
        {t("skills.hint")} <a href={pageHref("simulate")}>{t("skills.order")}</a>
      </p>
      <div className="setup-buttons">
        <Button onClick={add}>{t("groups.add")}</Button>
        {groups.length > 1 && (
          <Button onClick={() => setRemoves(true)} aria-expanded={removes}>
            {t("groups.remove", { group: groups[row].name })}
          </Button>
        )}
      </div>
      {removes && groups.length > 1 && (
        <RemoveGroup key={groups[row].id} group={groups[row]} onDone={() => setRemoves(false)} />
      )}
    </section>
  );
}

function useSkillColumns(): Column<AgentGroup>[] {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const { groups, queues, agents } = usePlan();
  const people = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { groupId } of agents) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
    return counts;
  }, [agents]);
  function set(group: AgentGroup, queueId: string, skill: Skill): string | null {
    const isLast = skill !== "serves" && group.queueIds.every((id) => id === queueId);
    if (isLast) return t("skills.last");
    store.edit("setup:edit.skill", (plan) => withSkill(plan, group.id, queueId, skill));
    return null;
  }
  function words(skill: Skill): string {
    if (skill === "serves") return t("skills.serves");
    return skill === "none" ? "—" : t("skills.after", { seconds: format.wait(skill.afterSeconds) });
  }
  return [
    {
      id: "name",
      header: t("groups.name"),
      width: 170,
      text: ({ name }) => name,
      onEdit({ id }, _, text) {
        const error = nameError(
          text,
          groups.filter((group) => group.id !== id).map(({ name }) => name),
          t,
        );
        if (error === null)
          store.edit("setup:edit.group", (plan) => ({
            ...plan,
            groups: plan.groups.map((group) => (group.id === id ? { ...group, name: text.trim() } : group)),
          }));
        return error;
      },
    },
    {
      id: "people",
      header: t("groups.people"),
      width: 80,
      align: "right",
      text: ({ id }) => format.number(people.get(id) ?? 0),
    },
    ...queues.map(
      (queue): Column<AgentGroup> => ({
        id: `queue ${queue.id}`,
        header: queue.name,
        width: 130,
        align: "center",
        text: (group) => words(skillOf(group, queue.id)),
        tone: (group) => (skillOf(group, queue.id) === "none" ? "quiet" : undefined),
        cell(group) {
          const skill = skillOf(group, queue.id);
          const isOnly = skill === "serves" && group.queueIds.length === 1;
          return (
            <button
              type="button"
              tabIndex={-1}
              className={skill === "serves" ? "setup-skill is-served" : "setup-skill"}
              aria-pressed={skill === "serves"}
              aria-label={t("skills.toggle", { group: group.name, queue: queue.name })}
              title={isOnly ? t("skills.last") : words(skill)}
              disabled={isOnly}
              onClick={() => set(group, queue.id, skill === "serves" ? "none" : "serves")}
            >
              {typeof skill === "object" ? words(skill) : skill === "serves" ? "●" : "—"}
            </button>
          );
        },
        onEdit(group, _, text) {
          const skill = typedSkill(
            text,
            { least: leastWait ?? 0, most: longestWait ?? 0 },
            t("skills.serves"),
          );
          return skill === null
            ? t("skills.unknown", { most: longestWait ?? 0 })
            : set(group, queue.id, skill);
        },
      }),
    ),
  ];
}

/** Says what uses a group before it goes, and asks where its people go. */
function RemoveGroup({ group, onDone }: { readonly group: AgentGroup; readonly onDone: () => void }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const others = document.plan.groups.filter(({ id }) => id !== group.id);
  const alike = others.find(({ queueIds }) => queueIds.some((id) => group.queueIds.includes(id)));
  const [chosen, setTo] = useState((alike ?? others[0]).id);
  const to = others.some(({ id }) => id === chosen) ? chosen : others[0].id;
  const uses = useMemo(() => usesOfGroup(document, group.id), [document, group.id]);
  const counted = (["agents", "shifts", "templates", "scenarios"] as const)
    .filter((name) => uses[name] > 0)
    .map((name) => t(`uses.${name}`, { count: uses[name] }));
  return (
    <RemoveQuestion
      title={t("groups.remove", { group: group.name })}
      name={group.name}
      successor={
        counted.length > 0 ? { label: t("remove.to"), value: to, options: others, onChange: setTo } : null
      }
      onRemove={() => {
        onDone();
        store.editDocument("setup:edit.removeGroup", (before) => withoutGroup(before, group.id, to));
      }}
      onCancel={onDone}
    >
      <p>{counted.length > 0 ? t("remove.moves", { what: format.list(counted) }) : t("remove.nothing")}</p>
    </RemoveQuestion>
  );
}
