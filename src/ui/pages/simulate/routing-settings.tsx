import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { type AgentGroup, overflowSchema, queueSchema } from "../../../domain/plan/queue.ts";
import {
  agentRuleSchema,
  contactRuleSchema,
  type Routing,
  reserveSchema,
} from "../../../domain/results/simulation.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Disclosed } from "./disclosed.tsx";

const queueFields = fieldsOf(queueSchema);
const reserveFields = fieldsOf(reserveSchema);
const overflowFields = fieldsOf(overflowSchema);

/** Who serves whom: the two rules, and what they go by. */
export function RoutingSettings() {
  const { t } = useTranslation("simulate");
  const { groups } = usePlan();
  const { routing, change } = useRouting();
  const contact = routing.contact ?? "priority";
  const agent = routing.agent ?? "longestIdle";
  const several = groups.some(({ queueIds, overflow = [] }) => queueIds.length + overflow.length > 1);
  return (
    <ControlGroup title={t("routing.title")}>
      <SelectField
        label={t("routing.contact")}
        value={contact}
        options={contactRuleSchema.options.map((value) => ({ value, name: t(`contactRule.${value}`) }))}
        onChange={(value) => change({ contact: value })}
        hint={t(`contactRule.hint.${contact}`)}
      />
      {contact === "priority" && several && <Priorities />}
      {contact === "skillOrder" && <SkillOrders />}
      <SelectField
        label={t("routing.agent")}
        value={agent}
        options={agentRuleSchema.options.map((value) => ({ value, name: t(`agentRule.${value}`) }))}
        onChange={(value) => change({ agent: value })}
      />
      {several && <Reserves />}
      <Overflows />
    </ControlGroup>
  );
}

function useRouting() {
  const { store } = useDesk();
  const routing: Routing = usePlan().simulation.routing ?? {};
  const editPlan = (edit: (plan: Plan) => Plan, key: string) =>
    store.edit("simulate:edit.routing", edit, `routing.${key}`);
  return {
    routing,
    editPlan,
    change: (part: Partial<Routing>) =>
      editPlan(
        (plan) => ({
          ...plan,
          simulation: { ...plan.simulation, routing: { ...plan.simulation.routing, ...part } },
        }),
        Object.keys(part).join(),
      ),
  };
}

function Priorities() {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { queues } = usePlan();
  const { editPlan } = useRouting();
  const priorityOf = (queue: (typeof queues)[number]) =>
    queue.priority ?? (queue.channel === "deferred" ? 1 : 0);
  const first = Math.min(...queues.map(priorityOf));
  const ahead = queues.filter((queue) => priorityOf(queue) === first);
  return (
    <Disclosed
      name={t("routing.priorities.name")}
      state={
        ahead.length === queues.length
          ? t("routing.priorities.same")
          : t("routing.priorities.first", { queues: format.list(ahead.map(({ name }) => name)) })
      }
    >
      {queues.map((queue) => (
        <NumberField
          key={queue.id}
          {...queueFields.priority}
          label={queue.name}
          value={priorityOf(queue)}
          onChange={(priority) =>
            editPlan(
              (plan) => ({
                ...plan,
                queues: plan.queues.map((other) => (other.id === queue.id ? { ...other, priority } : other)),
              }),
              `priority.${queue.id}`,
            )
          }
          optional={false}
        />
      ))}
      <p className="field-hint">{t("routing.priorities.hint")}</p>
    </Disclosed>
  );
}

function SkillOrders() {
  const { t } = useTranslation("simulate");
  const { groups, queues } = usePlan();
  const { routing, change } = useRouting();
  const nameOf = (id: string) => queues.find((queue) => queue.id === id)?.name ?? id;
  const orderOf = ({ id, queueIds }: AgentGroup) => {
    const order = (routing.skillOrders ?? []).find(({ groupId }) => groupId === id)?.queueIds ?? [];
    const known = order.filter((queueId) => queueIds.includes(queueId));
    return [...known, ...queueIds.filter((queueId) => !known.includes(queueId))];
  };
  return groups
    .filter(({ queueIds }) => queueIds.length > 1)
    .map((group) => {
      const order = orderOf(group);
      return (
        <Disclosed key={group.id} name={group.name} state={order.map(nameOf).join(" › ")}>
          <ol className="simulate-order">
            {order.map((queueId, place) => (
              <li key={queueId}>
                <span>{nameOf(queueId)}</span>
                {place > 0 && (
                  <Button
                    look="quiet"
                    aria-label={t("routing.moveUp", { queue: nameOf(queueId), group: group.name })}
                    onClick={() => {
                      const moved = [...order];
                      moved.splice(place - 1, 2, order[place], order[place - 1]);
                      change({
                        skillOrders: [
                          ...(routing.skillOrders ?? []).filter(({ groupId }) => groupId !== group.id),
                          { groupId: group.id, queueIds: moved },
                        ],
                      });
                    }}
                  >
                    ▲
                  </Button>
                )}
              </li>
            ))}
          </ol>
        </Disclosed>
      );
    });
}

function Reserves() {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { groups, queues } = usePlan();
  const { routing, change } = useRouting();
  const { reserves = [] } = routing;
  const nameOf = (items: readonly { readonly id: string; readonly name: string }[], id: string) =>
    items.find((item) => item.id === id)?.name ?? id;
  const served = ({ queueIds, overflow = [] }: AgentGroup) => [
    ...queueIds,
    ...overflow.map(({ queueId }) => queueId),
  ];
  const pairs = groups.flatMap((group) =>
    served(group).length < 2 ? [] : served(group).map((queueId) => ({ groupId: group.id, queueId })),
  );
  const keyOf = ({ groupId, queueId }: { readonly groupId: string; readonly queueId: string }) =>
    `${groupId}/${queueId}`;
  const taken = new Set(reserves.map(keyOf));
  const next = pairs.find((pair) => !taken.has(keyOf(pair)));
  return (
    <Disclosed
      name={t("routing.reserve.name")}
      state={
        reserves.length === 0
          ? t("routing.reserve.none")
          : format.list(
              reserves.map(
                ({ groupId, keepFree }) => `${nameOf(groups, groupId)} ${format.number(keepFree)}`,
              ),
            )
      }
    >
      {reserves.map((one, at) => (
        <fieldset key={keyOf(one)} className="simulate-item">
          <legend className="visually-hidden">{nameOf(groups, one.groupId)}</legend>
          <SelectField
            label={t("routing.reserve.pair")}
            value={keyOf(one)}
            options={pairs
              .filter((pair) => keyOf(pair) === keyOf(one) || !taken.has(keyOf(pair)))
              .map((pair) => ({
                value: keyOf(pair),
                name: t("routing.reserve.pairName", {
                  group: nameOf(groups, pair.groupId),
                  queue: nameOf(queues, pair.queueId),
                }),
              }))}
            onChange={(key) => {
              const pair = pairs.find((other) => keyOf(other) === key);
              if (pair === undefined) return;
              change({
                reserves: reserves.map((other, index) => (index === at ? { ...other, ...pair } : other)),
              });
            }}
          />
          <NumberField
            {...reserveFields.keepFree}
            label={t("routing.reserve.keepFree")}
            value={one.keepFree}
            onChange={(keepFree) =>
              change({
                reserves: reserves.map((other, index) => (index === at ? { ...other, keepFree } : other)),
              })
            }
          />
          <Button
            look="quiet"
            onClick={() => change({ reserves: reserves.filter((_, index) => index !== at) })}
          >
            {t("floor.remove", { name: nameOf(groups, one.groupId) })}
          </Button>
        </fieldset>
      ))}
      <p className="field-hint">{t("routing.reserve.hint")}</p>
      {next !== undefined && (
        <Button onClick={() => change({ reserves: [...reserves, { ...next, keepFree: 1 }] })}>
          {t("routing.reserve.add")}
        </Button>
      )}
    </Disclosed>
  );
}

/** Groups that help out with a queue once a contact has waited so long. */
function Overflows() {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { groups, queues } = usePlan();
  const { editPlan } = useRouting();
  const all = groups.flatMap((group) =>
    (group.overflow ?? []).map((help) => ({ ...help, groupId: group.id, groupName: group.name })),
  );
  const nameOf = (id: string) => queues.find((queue) => queue.id === id)?.name ?? id;
  const missing = groups.flatMap((group) =>
    queues
      .filter(
        ({ id }) =>
          !group.queueIds.includes(id) && !(group.overflow ?? []).some(({ queueId }) => queueId === id),
      )
      .map(({ id }) => ({ groupId: group.id, queueId: id })),
  );
  const edit = (groupId: string, change: (before: NonNullable<AgentGroup["overflow"]>) => typeof before) =>
    editPlan(
      (plan) => ({
        ...plan,
        groups: plan.groups.map((group) => {
          if (group.id !== groupId) return group;
          const overflow = change(group.overflow ?? []);
          return { ...group, overflow: overflow.length > 0 ? overflow : undefined };
        }),
      }),
      `overflow.${groupId}`,
    );
  if (all.length === 0 && missing.length === 0) return null;
  return (
    <Disclosed
      name={t("routing.overflow.name")}
      state={
        all.length === 0
          ? t("routing.overflow.none")
          : format.list(
              all.map(({ groupName, queueId, afterSeconds }) =>
                t("routing.overflow.state", {
                  group: groupName,
                  queue: nameOf(queueId),
                  wait: format.wait(afterSeconds),
                }),
              ),
            )
      }
    >
      {all.map(({ groupId, groupName, queueId, afterSeconds }) => (
        <fieldset key={`${groupId}/${queueId}`} className="simulate-item">
          <legend className="field-label">
            {t("routing.overflow.pair", { group: groupName, queue: nameOf(queueId) })}
          </legend>
          <NumberField
            {...overflowFields.afterSeconds}
            label={t("routing.overflow.after")}
            value={afterSeconds}
            onChange={(seconds) =>
              edit(groupId, (before) =>
                before.map((help) => (help.queueId === queueId ? { ...help, afterSeconds: seconds } : help)),
              )
            }
          />
          <Button
            look="quiet"
            onClick={() => edit(groupId, (before) => before.filter((help) => help.queueId !== queueId))}
          >
            {t("floor.remove", { name: groupName })}
          </Button>
        </fieldset>
      ))}
      {missing.length > 0 && (
        <SelectField
          label={t("routing.overflow.add")}
          value=""
          options={[
            { value: "", name: t("routing.overflow.choose") },
            ...missing.map(({ groupId, queueId }) => ({
              value: `${groupId}/${queueId}`,
              name: t("routing.overflow.pair", {
                group: groups.find(({ id }) => id === groupId)?.name ?? groupId,
                queue: nameOf(queueId),
              }),
            })),
          ]}
          onChange={(key) => {
            const pair = missing.find(({ groupId, queueId }) => `${groupId}/${queueId}` === key);
            if (pair === undefined) return;
            edit(pair.groupId, (before) => [...before, { queueId: pair.queueId, afterSeconds: 30 }]);
          }}
        />
      )}
    </Disclosed>
  );
}
