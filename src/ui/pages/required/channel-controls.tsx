import { useTranslation } from "react-i18next";
import type { Queue } from "../../../domain/plan/queue.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** What only some channels have: slots of a chat agent, a deadline, self-service in front. */
export function ChannelControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  function edit(field: string, change: Partial<Queue>): void {
    store.edit(
      "required:edit.queue",
      (plan) => ({
        ...plan,
        queues: plan.queues.map((other) => (other.id === queue.id ? { ...other, ...change } : other)),
      }),
      `queue.${queue.id}.${field}`,
    );
  }
  const { concurrency, selfService } = queue;
  const deferred = queue.deferred ?? { withinMinutes: 240, backlogContacts: 0 };
  const together = new Set(
    plan.groups.filter(({ queueIds }) => queueIds.includes(queue.id)).flatMap(({ queueIds }) => queueIds),
  );
  const blended = plan.queues.filter(({ id, channel }) => channel !== "deferred" && together.has(id));
  return (
    <>
      {queue.channel === "chat" && concurrency !== null && (
        <ControlGroup title={t("chat.title")}>
          <NumberField
            label={t("chat.slots")}
            kind="whole"
            min={1}
            max={10}
            value={concurrency.maxContacts}
            onChange={(value) => {
              const maxContacts = value ?? 1;
              const slowdown = Array.from(
                { length: maxContacts },
                (_, at) => concurrency.slowdown[Math.min(at, concurrency.slowdown.length - 1)],
              );
              edit("slots", { concurrency: { maxContacts, slowdown } });
            }}
          />
          {Array.from({ length: concurrency.maxContacts - 1 }, (_, at) => at + 1).map((level) => (
            <SliderField
              key={level}
              label={t("chat.slowdown", { count: level + 1 })}
              min={1}
              max={20}
              sliderMax={3}
              step={0.05}
              unit="×"
              value={concurrency.slowdown[Math.min(level, concurrency.slowdown.length - 1)]}
              onChange={(value) => {
                const slowdown = Array.from(
                  { length: concurrency.maxContacts },
                  (_, other) => concurrency.slowdown[Math.min(other, concurrency.slowdown.length - 1)],
                );
                slowdown[level] = value;
                edit(`slowdown.${level}`, { concurrency: { ...concurrency, slowdown } });
              }}
            />
          ))}
        </ControlGroup>
      )}
      {queue.channel === "deferred" && (
        <ControlGroup title={t("deferred.title")}>
          <NumberField
            label={t("deferred.within")}
            min={0.25}
            max={1000}
            step={1}
            unit="h"
            value={deferred.withinMinutes / 60}
            hint={t("deferred.hint")}
            onChange={(hours) =>
              edit("within", { deferred: { ...deferred, withinMinutes: (hours ?? 4) * 60 } })
            }
          />
          <NumberField
            label={t("deferred.backlog")}
            min={0}
            max={1e7}
            value={deferred.backlogContacts}
            onChange={(backlogContacts) =>
              edit("backlog", { deferred: { ...deferred, backlogContacts: backlogContacts ?? 0 } })
            }
          />
          {blended.length > 0 && (
            <>
              <SliderField
                label={t("deferred.gapShare")}
                kind="share"
                min={0}
                max={1}
                value={deferred.gapShare ?? 0}
                onChange={(gapShare) => edit("gapShare", { deferred: { ...deferred, gapShare } })}
              />
              <p className="field-hint">
                {t("deferred.gapHint", { queues: format.list(blended.map(({ name }) => name)) })}
              </p>
            </>
          )}
        </ControlGroup>
      )}
      <ControlGroup title={t("selfService.title")}>
        <Switch
          label={t("selfService.on")}
          checked={selfService !== undefined}
          onChange={(on) =>
            edit("selfService", {
              selfService: on
                ? { offeredShare: 0.3, containedShare: 0.4, handoverMinutes: 5, handoverAhtFactor: 1.2 }
                : undefined,
            })
          }
        />
        {selfService !== undefined && (
          <>
            {(["offeredShare", "containedShare"] as const).map((share) => (
              <SliderField
                key={share}
                label={t(`selfService.${share}`)}
                kind="share"
                min={0}
                max={1}
                value={selfService[share]}
                onChange={(value) => edit(share, { selfService: { ...selfService, [share]: value } })}
              />
            ))}
            <NumberField
              label={t("selfService.handoverMinutes")}
              min={0}
              max={10_000}
              unit="min"
              value={selfService.handoverMinutes}
              onChange={(value) =>
                edit("handover", { selfService: { ...selfService, handoverMinutes: value ?? 0 } })
              }
            />
            <NumberField
              label={t("selfService.handoverAhtFactor")}
              min={0.1}
              max={20}
              step={0.1}
              unit="×"
              value={selfService.handoverAhtFactor}
              onChange={(value) =>
                edit("factor", { selfService: { ...selfService, handoverAhtFactor: value ?? 1 } })
              }
            />
          </>
        )}
      </ControlGroup>
    </>
  );
}
