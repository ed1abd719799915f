import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf, limitsOf, shareSchema } from "../../../domain/number-limits.ts";
import {
  type Channel,
  type PastOfQueue,
  unplannedQueueIds,
  usesOfQueue,
  withNewQueue,
  withoutQueue,
  withQueue,
  withQueueMoved,
} from "../../../domain/plan/edit-queues.ts";
import { type Queue, queueSchema } from "../../../domain/plan/queue.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { type Column, DataGrid } from "../../kit/controls/data-grid.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { parseNumber } from "../../kit/controls/parse-number.ts";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { MergeQueue } from "./merge-queue.tsx";
import { nameError } from "./name-field.tsx";
import { RemoveQuestion } from "./remove-question.tsx";

const ahtLimits = fieldsOf(queueSchema).defaultAhtSeconds;
const borrowedShare = limitsOf(shareSchema({ step: 0.05, least: 0.01, most: 10 }));
const channels = queueSchema.shape.channel.options;

/** The plan's queues in their order; the one at the cursor stands in the controls. */
export function QueuesSection(props: {
  readonly chosen: string;
  readonly onChoose: (queueId: string) => void;
}) {
  const { chosen, onChoose } = props;
  const { t } = useTranslation("setup");
  const headingId = useId();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const { queues } = document.plan;
  const [asks, setAsks] = useState<"add" | "merge" | "remove" | null>(null);
  const columns = useQueueColumns();
  const row = queues.findIndex(({ id }) => id === chosen);
  const move = (places: number) =>
    store.edit("setup:edit.order", (plan) => withQueueMoved(plan, chosen, places));
  return (
    <section className="setup-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("queues.title")}
      </h2>
      <DataGrid
        label={t("queues.title")}
        rows={queues}
        rowKey={({ id }) => id}
        columns={columns}
        frozenColumns={1}
        height={240}
        selectedRows={{ first: row, end: row + 1 }}
        onSelectRows={({ first }) => queues[first] && onChoose(queues[first].id)}
      />
      <div className="setup-buttons">
        <Button onClick={() => setAsks("add")} aria-expanded={asks === "add"}>
          {t("queues.add")}
        </Button>
        {queues.length > 1 && (
          <>
            <Button disabled={row === 0} onClick={() => move(-1)}>
              {t("queues.up")}
            </Button>
            <Button disabled={row === queues.length - 1} onClick={() => move(1)}>
              {t("queues.down")}
            </Button>
            <Button onClick={() => setAsks("merge")} aria-expanded={asks === "merge"}>
              {t("queues.merge", { queue: queues[row].name })}
            </Button>
            <Button onClick={() => setAsks("remove")} aria-expanded={asks === "remove"}>
              {t("queues.remove", { queue: queues[row].name })}
            </Button>
          </>
        )}
      </div>
      {asks === "add" && (
        <AddQueue
          onDone={(queueId) => {
            setAsks(null);
            if (queueId !== null) onChoose(queueId);
          }}
        />
      )}
      {asks === "merge" && queues.length > 1 && (
        <MergeQueue
          key={chosen}
          queue={queues[row]}
          onDone={(intoId) => {
            setAsks(null);
            if (intoId !== null) onChoose(intoId);
          }}
        />
      )}
      {asks === "remove" && queues.length > 1 && (
        <RemoveQueue key={chosen} queue={queues[row]} onDone={() => setAsks(null)} />
      )}
    </section>
  );
}

function useQueueColumns(): Column<Queue>[] {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const { plan, history } = useSession((state) => state.document);
  const weekly = useMemo(() => (history === null ? null : contactsPerWeek(history)), [history]);
  return [
    {
      id: "name",
      header: t("queue.name"),
      width: 170,
      text: ({ name }) => name,
      onEdit({ id }, _, text) {
        const others = plan.queues.filter((queue) => queue.id !== id).map(({ name }) => name);
        const error = nameError(text, others, t);
        if (error === null)
          store.edit("setup:edit.queue", (before) =>
            withQueue(before, id, (queue) => ({ ...queue, name: text.trim() })),
          );
        return error;
      },
    },
    { id: "channel", header: t("queue.channel"), width: 110, text: ({ channel }) => t(`channel.${channel}`) },
    {
      id: "aht",
      header: t("queues.aht"),
      width: 130,
      align: "right",
      text: ({ defaultAhtSeconds }) => format.number(defaultAhtSeconds),
      hint: ({ defaultAhtSeconds }) => (defaultAhtSeconds === null ? t("queue.ahtHint") : undefined),
      onEdit({ id }, _, text) {
        const isEmpty = ["", "—", "-"].includes(text.trim());
        const seconds = isEmpty ? null : parseNumber(text, format.locale);
        if (!isEmpty && (seconds === null || seconds < (ahtLimits.min ?? 0)))
          return t("queues.noAht", { least: ahtLimits.min ?? 0 });
        store.edit("setup:edit.queue", (before) =>
          withQueue(before, id, (queue) => ({ ...queue, defaultAhtSeconds: seconds })),
        );
        return null;
      },
    },
    {
      id: "goal",
      header: t("queues.goal"),
      width: 150,
      text: ({ channel, goal, deferred }) =>
        channel === "deferred"
          ? t("queues.within", { time: format.hours((deferred?.withinMinutes ?? 240) / 60, 1) })
          : goal.serviceLevel === null
            ? "—"
            : t("queues.level", {
                share: format.percent(goal.serviceLevel, 0),
                seconds: format.wait(goal.answerWithinSeconds),
              }),
    },
    {
      id: "contacts",
      header: t("queues.weekly"),
      width: 140,
      align: "right",
      text: ({ id }) => format.number(weekly?.get(id) ?? null),
      hint: ({ id }) => (weekly?.has(id) ? undefined : t("queues.noHistory")),
    },
    {
      id: "groups",
      header: t("queues.servedBy"),
      width: 220,
      text: ({ id }) => {
        const groups = plan.groups.filter(({ queueIds }) => queueIds.includes(id));
        return groups.length === 0 ? t("queues.nobody") : format.list(groups.map(({ name }) => name));
      },
      tone: ({ id }) => (plan.groups.some(({ queueIds }) => queueIds.includes(id)) ? undefined : "short"),
    },
  ];
}

/** Mean contacts of a week, by queue. */
function contactsPerWeek({ grid, queues }: DemandHistory): ReadonlyMap<string, number> {
  return new Map(
    queues.map(({ queueId, offered }) => [
      queueId,
      offered.reduce((sum, contacts) => sum + contacts, 0) / (grid.dayCount / 7),
    ]),
  );
}

/** A further queue: one that the history knows already, or one with a share of another's past. */
function AddQueue({ onDone }: { readonly onDone: (queueId: string | null) => void }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const { plan, history } = document;
  const unplanned = unplannedQueueIds(document);
  const lenders = plan.queues.filter(({ id }) => history?.queues.some(({ queueId }) => queueId === id));
  const pasts = [
    ...unplanned.map((id) => ({ value: `own ${id}`, name: t("add.own", { queue: id }) })),
    ...lenders.map(({ id, name }) => ({ value: `like ${id}`, name: t("add.like", { queue: name }) })),
    ...(history === null ? [{ value: "none", name: t("add.noPast") }] : []),
  ];
  const [past, setPast] = useState(pasts[0]?.value ?? "none");
  const [typed, setTyped] = useState<string | null>(null);
  const [chosen, setChannel] = useState<Channel | null>(null);
  const [share, setShare] = useState(0.3);
  const [tried, setTried] = useState(false);
  const source = past.slice(past.indexOf(" ") + 1);
  const channel = chosen ?? plan.queues.find(({ id }) => id === source)?.channel ?? "voice";
  const name = typed ?? (past.startsWith("own ") ? source : "");
  const error = nameError(
    name,
    plan.queues.map((queue) => queue.name),
    t,
  );
  const weekly = history === null ? null : (contactsPerWeek(history).get(source) ?? null);
  function add(): void {
    setTried(true);
    if (error !== null) return;
    const taken: PastOfQueue | null = past.startsWith("own ")
      ? { queueId: source }
      : past.startsWith("like ")
        ? { like: source, share }
        : null;
    store.editDocument("setup:edit.addQueue", (before) => withNewQueue(before, name.trim(), channel, taken));
    onDone(store.state().document.plan.queues.at(-1)?.id ?? null);
  }
  return (
    <fieldset className="setup-ask">
      <legend className="field-label">{t("queues.add")}</legend>
      <div className="setup-fields">
        <SelectField label={t("add.past")} value={past} options={pasts} onChange={setPast} />
        {past.startsWith("like ") && (
          <NumberField {...borrowedShare} label={t("add.share")} value={share} onChange={setShare} />
        )}
        <TextField label={t("queue.name")} value={name} error={tried ? error : null} onChange={setTyped} />
        <SelectField
          label={t("queue.channel")}
          value={channel}
          options={channels.map((value) => ({ value, name: t(`channel.${value}`) }))}
          onChange={setChannel}
        />
      </div>
      <p className="setup-note">
        {past === "none"
          ? t("add.needsHistory")
          : t(past.startsWith("own ") ? "add.ownHint" : "add.likeHint", {
              contacts: format.number(
                weekly === null ? null : weekly * (past.startsWith("own ") ? 1 : share),
              ),
            })}
      </p>
      <div className="setup-buttons">
        <Button look="primary" onClick={add}>
          {t("add.do")}
        </Button>
        <Button onClick={() => onDone(null)}>{t("cancel")}</Button>
      </div>
    </fieldset>
  );
}

/** Says what uses a queue before it goes, and asks what its people serve instead. */
function RemoveQueue({ queue, onDone }: { readonly queue: Queue; readonly onDone: () => void }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const others = document.plan.queues.filter(({ id }) => id !== queue.id);
  const [chosen, setInstead] = useState(others[0].id);
  const instead = others.some(({ id }) => id === chosen) ? chosen : others[0].id;
  const uses = useMemo(() => usesOfQueue(document, queue.id), [document, queue.id]);
  const gone = (["overrides", "scenarios", "settings"] as const)
    .filter((name) => uses[name] > 0)
    .map((name) => t(`uses.${name}`, { count: uses[name] }));
  return (
    <RemoveQuestion
      title={t("queues.remove", { queue: queue.name })}
      name={queue.name}
      successor={
        uses.groupsAlone > 0
          ? { label: t("remove.instead"), value: instead, options: others, onChange: setInstead }
          : null
      }
      onRemove={() => {
        onDone();
        store.editDocument("setup:edit.removeQueue", (before) => withoutQueue(before, queue.id, instead));
      }}
      onCancel={onDone}
    >
      {uses.groups > 0 && <p>{t("remove.served", { groups: t("count.groups", { count: uses.groups }) })}</p>}
      {uses.groupsAlone > 0 && (
        <p>
          {t("remove.alone", {
            groups: t("count.groups", { count: uses.groupsAlone }),
            people: t("count.people", { count: uses.agents }),
            shifts: t("count.shifts", { count: uses.shifts }),
          })}
        </p>
      )}
      <p>{gone.length > 0 ? t("remove.goes", { what: format.list(gone) }) : t("remove.nothing")}</p>
      {uses.scenarios > 0 && <p>{t("remove.scenarios")}</p>}
      {document.history !== null && <p>{t("remove.history")}</p>}
    </RemoveQuestion>
  );
}
