import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { mergerOf, withMergedQueues } from "../../../domain/plan/merge-queues.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Says what follows before a queue becomes part of another. */
export function MergeQueue(props: {
  readonly queue: Queue;
  /** With the queue that stays; null: nothing was merged. */
  readonly onDone: (intoId: string | null) => void;
}) {
  const { queue, onDone } = props;
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const others = document.plan.queues.filter(({ id }) => id !== queue.id);
  const alike = others.find(({ channel }) => channel === queue.channel) ?? others[0];
  const [chosen, setInto] = useState(alike.id);
  const into = others.find(({ id }) => id === chosen) ?? alike;
  const merger = useMemo(() => mergerOf(document, queue.id, into.id), [document, queue.id, into.id]);
  const follow = (["agents", "shifts", "scenarios", "settings"] as const)
    .filter((name) => merger[name] > 0)
    .map((name) => t(`uses.${name}`, { count: merger[name] }));
  const names = { queue: queue.name, into: into.name };
  return (
    <fieldset className="setup-ask">
      <legend className="field-label">{t("queues.merge", names)}</legend>
      <div className="setup-fields">
        <SelectField
          label={t("merge.into")}
          value={into.id}
          options={others.map(({ id, name }) => ({ value: id, name }))}
          onChange={setInto}
        />
      </div>
      <div role="status">
        <p>{t("merge.stays", names)}</p>
        {document.history !== null && (
          <p>
            {merger.summedIntervals > 0
              ? t("merge.summed", { count: merger.summedIntervals })
              : t("merge.joined", names)}
          </p>
        )}
        {follow.length > 0 && <p>{t("merge.follow", { ...names, what: format.list(follow) })}</p>}
        {merger.groupsAlike > 0 && <p>{t("merge.groupsAlike", { count: merger.groupsAlike })}</p>}
        {merger.overrides > 0 && <p>{t("merge.overrides", { ...names, count: merger.overrides })}</p>}
        {into.channel !== queue.channel && (
          <p>{t("merge.otherChannel", { ...names, channel: t(`channel.${into.channel}`) })}</p>
        )}
      </div>
      <div className="setup-buttons">
        <Button
          look="primary"
          onClick={() => {
            store.editDocument("setup:edit.mergeQueues", (before) =>
              withMergedQueues(before, queue.id, into.id),
            );
            onDone(into.id);
          }}
        >
          {t("merge.do", names)}
        </Button>
        <Button onClick={() => onDone(null)}>{t("cancel")}</Button>
      </div>
    </fieldset>
  );
}
