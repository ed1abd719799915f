import { useTranslation } from "react-i18next";
import { fieldsOf, limitsOf } from "../../../domain/number-limits.ts";
import { withinFourHours } from "../../../domain/plan/edit-queues.ts";
import {
  concurrencySchema,
  deferredSchema,
  type Queue,
  selfServiceSchema,
  slowdownSchema,
} from "../../../domain/plan/queue.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { useFormat } from "../../kit/use-format.ts";

const concurrencyFields = fieldsOf(concurrencySchema);
const slowdownLimits = limitsOf(slowdownSchema);
const deferredFields = fieldsOf(deferredSchema);
const selfServiceFields = fieldsOf(selfServiceSchema);

const oneChatAtATime: NonNullable<Queue["concurrency"]> = { maxContacts: 1, slowdown: [1] };

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
  const { selfService, deferred = withinFourHours } = queue;
  const concurrency = queue.concurrency ?? oneChatAtATime;
  const together = new Set(
    plan.groups.filter(({ queueIds }) => queueIds.includes(queue.id)).flatMap(({ queueIds }) => queueIds),
  );
  const blended = plan.queues.filter(({ id, channel }) => channel !== "deferred" && together.has(id));
  return (
    <>
      {queue.channel === "chat" && (
        <ControlGroup title={t("chat.title")}>
          <NumberField
            {...concurrencyFields.maxContacts}
            label={t("chat.slots")}
            value={concurrency.maxContacts}
            onChange={(maxContacts) => {
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
              {...slowdownLimits}
              label={t("chat.slowdown", { count: level + 1 })}
              sliderMax={3}
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
            {...deferredFields.withinMinutes}
            label={t("deferred.within")}
            value={deferred.withinMinutes}
            hint={t("deferred.hint")}
            onChange={(withinMinutes) => edit("within", { deferred: { ...deferred, withinMinutes } })}
          />
          <NumberField
            {...deferredFields.backlogContacts}
            label={t("deferred.backlog")}
            value={deferred.backlogContacts}
            onChange={(backlogContacts) => edit("backlog", { deferred: { ...deferred, backlogContacts } })}
          />
          {blended.length > 0 && (
            <>
              <SliderField
                {...deferredFields.gapShare}
                label={t("deferred.gapShare")}
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
                {...selfServiceFields[share]}
                label={t(`selfService.${share}`)}
                value={selfService[share]}
                onChange={(value) => edit(share, { selfService: { ...selfService, [share]: value } })}
              />
            ))}
            <NumberField
              {...selfServiceFields.handoverMinutes}
              label={t("selfService.handoverMinutes")}
              value={selfService.handoverMinutes}
              onChange={(handoverMinutes) =>
                edit("handover", { selfService: { ...selfService, handoverMinutes } })
              }
            />
            <NumberField
              {...selfServiceFields.handoverAhtFactor}
              label={t("selfService.handoverAhtFactor")}
              value={selfService.handoverAhtFactor}
              onChange={(handoverAhtFactor) =>
                edit("factor", { selfService: { ...selfService, handoverAhtFactor } })
              }
            />
          </>
        )}
      </ControlGroup>
    </>
  );
}
