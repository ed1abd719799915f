import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { onChannel, withQueue } from "../../../domain/plan/edit-queues.ts";
import { type Queue, queueSchema } from "../../../domain/plan/queue.ts";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { ChannelControls } from "../required/channel-controls.tsx";
import { GoalControls } from "../required/goal-controls.tsx";
import { NameField } from "./name-field.tsx";

const queueFields = fieldsOf(queueSchema);
const channels = queueSchema.shape.channel.options;

/** All about one queue: what it is here, what it owes its contacts with the same controls as on Required. */
export function QueueControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("setup");
  const { store } = useDesk();
  const { queues } = usePlan();
  function edit(field: string, change: (queue: Queue) => Queue): void {
    store.edit("setup:edit.queue", (plan) => withQueue(plan, queue.id, change), `queue.${queue.id}.${field}`);
  }
  return (
    <>
      <ControlGroup title={t("queue.title", { queue: queue.name })}>
        <NameField
          label={t("queue.name")}
          value={queue.name}
          taken={queues.filter((other) => other.id !== queue.id).map(({ name }) => name)}
          onChange={(name) => edit("name", (before) => ({ ...before, name }))}
        />
        <SelectField
          label={t("queue.channel")}
          value={queue.channel}
          options={channels.map((value) => ({ value, name: t(`channel.${value}`) }))}
          onChange={(channel) => edit("channel", (before) => onChannel(before, channel))}
        />
        <NumberField
          {...queueFields.defaultAhtSeconds}
          label={t("queue.aht")}
          hint={t("queue.ahtHint")}
          value={queue.defaultAhtSeconds}
          onChange={(defaultAhtSeconds) => edit("aht", (before) => ({ ...before, defaultAhtSeconds }))}
        />
      </ControlGroup>
      <GoalControls queue={queue} />
      <ChannelControls queue={queue} />
      <p className="inherited">
        <a href={pageHref("required")}>{t("queue.more")}</a>
      </p>
    </>
  );
}
