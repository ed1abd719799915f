import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import {
  callbackSchema,
  customerClassSchema,
  type Queue,
  queueSchema,
  redialSchema,
  transferSchema,
} from "../../../domain/plan/queue.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Disclosed } from "./disclosed.tsx";

const queueFields = fieldsOf(queueSchema);
const redialFields = fieldsOf(redialSchema);
const callbackFields = fieldsOf(callbackSchema);
const customerFields = fieldsOf(customerClassSchema);
const transferFields = fieldsOf(transferSchema);

/** How the floor treats who waits in a queue: only the simulation knows of it. */
export function QueueFloorSettings(props: { readonly queueId: string }) {
  const { t } = useTranslation("simulate");
  const { queues } = usePlan();
  const [chosen, setChosen] = useState<string | null>(null);
  const queue = queues.find(({ id }) => id === (chosen ?? props.queueId)) ?? queues[0];
  return (
    <ControlGroup title={t("floor.title")}>
      {queues.length > 1 && (
        <SelectField
          label={t("floor.queue")}
          value={queue.id}
          options={queues.map(({ id, name }) => ({ value: id, name }))}
          onChange={setChosen}
        />
      )}
      {queue.channel === "deferred" ? <DeferredWork queue={queue} /> : <Waiting queue={queue} />}
      <Transfers queue={queue} />
    </ControlGroup>
  );
}

interface OfQueue {
  readonly queue: Queue;
}

function useQueueEdit({ id }: Queue) {
  const { store } = useDesk();
  return (change: Partial<Queue>) =>
    store.edit(
      "simulate:edit.floor",
      (plan) => ({
        ...plan,
        queues: plan.queues.map((other) => (other.id === id ? { ...other, ...change } : other)),
      }),
      `floor.${id}.${Object.keys(change).join()}`,
    );
}

function Waiting({ queue }: OfQueue) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const edit = useQueueEdit(queue);
  const { redial, waitingPlaces, callback } = queue;
  return (
    <>
      <Disclosed
        name={t("floor.redial.name")}
        state={
          redial === undefined
            ? t("floor.redial.none")
            : t("floor.redial.state", {
                share: format.percent(redial.share, 0),
                minutes: format.number(redial.afterMinutes),
              })
        }
      >
        <Switch
          label={t("floor.redial.on")}
          checked={redial !== undefined}
          onChange={(on) => edit({ redial: on ? { share: 0.4, afterMinutes: 10 } : undefined })}
        />
        {redial !== undefined && (
          <>
            <NumberField
              {...redialFields.share}
              label={t("floor.redial.share")}
              value={redial.share}
              onChange={(share) => edit({ redial: { ...redial, share } })}
            />
            <NumberField
              {...redialFields.afterMinutes}
              label={t("floor.redial.after")}
              value={redial.afterMinutes}
              onChange={(afterMinutes) => edit({ redial: { ...redial, afterMinutes } })}
            />
          </>
        )}
      </Disclosed>
      <Disclosed
        name={t("floor.places.name")}
        state={
          waitingPlaces === undefined
            ? t("floor.places.none")
            : t("floor.places.state", { count: waitingPlaces, places: format.number(waitingPlaces) })
        }
      >
        <NumberField
          {...queueFields.waitingPlaces}
          label={t("floor.places.field")}
          value={waitingPlaces ?? null}
          onChange={(places) => edit({ waitingPlaces: places ?? undefined })}
          hint={t("floor.places.hint")}
        />
      </Disclosed>
      <Disclosed
        name={t("floor.callback.name")}
        state={
          callback === undefined
            ? t("floor.callback.none")
            : t("floor.callback.state", {
                wait: format.wait(callback.afterSeconds),
                share: format.percent(callback.acceptShare, 0),
              })
        }
      >
        <Switch
          label={t("floor.callback.on")}
          checked={callback !== undefined}
          onChange={(on) =>
            edit({ callback: on ? { afterSeconds: 90, acceptShare: 0.4, when: "inTurn" } : undefined })
          }
        />
        {callback !== undefined && (
          <>
            <NumberField
              {...callbackFields.afterSeconds}
              label={t("floor.callback.after")}
              value={callback.afterSeconds}
              onChange={(afterSeconds) => edit({ callback: { ...callback, afterSeconds } })}
            />
            <NumberField
              {...callbackFields.acceptShare}
              label={t("floor.callback.accept")}
              value={callback.acceptShare}
              onChange={(acceptShare) => edit({ callback: { ...callback, acceptShare } })}
            />
            <SelectField
              label={t("floor.callback.when")}
              value={callback.when}
              options={(["inTurn", "quietTime"] as const).map((value) => ({
                value,
                name: t(`floor.callback.${value}`),
              }))}
              onChange={(when) => edit({ callback: { ...callback, when } })}
            />
            <NumberField
              {...callbackFields.promiseMinutes}
              label={t("floor.callback.promise")}
              value={callback.promiseMinutes ?? null}
              onChange={(promiseMinutes) => edit({ callback: { ...callback, promiseMinutes } })}
              hint={t("floor.callback.hint")}
            />
          </>
        )}
      </Disclosed>
      <Customers queue={queue} />
    </>
  );
}

function Customers({ queue }: OfQueue) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const edit = useQueueEdit(queue);
  const { customers = [] } = queue;
  const change = (at: number, part: Partial<(typeof customers)[number]>) =>
    edit({ customers: customers.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const left = 1 - customers.reduce((sum, { share }) => sum + share, 0);
  return (
    <Disclosed
      name={t("floor.customers.name")}
      state={
        customers.length === 0
          ? t("floor.customers.none")
          : format.list(customers.map(({ name, share }) => `${name} ${format.percent(share, 0)}`))
      }
    >
      {customers.map((one, at) => (
        <fieldset key={at} className="simulate-item">
          <legend className="visually-hidden">{one.name}</legend>
          <TextField
            label={t("floor.customers.field")}
            value={one.name}
            onChange={(name) => name.trim() !== "" && change(at, { name })}
          />
          <NumberField
            {...customerFields.share}
            label={t("floor.customers.share")}
            max={one.share + Math.max(0, left)}
            value={one.share}
            onChange={(share) => change(at, { share })}
          />
          <NumberField
            {...customerFields.creditSeconds}
            label={t("floor.customers.credit")}
            value={one.creditSeconds}
            onChange={(creditSeconds) => change(at, { creditSeconds })}
          />
          <Switch
            label={t("floor.customers.first")}
            checked={one.level < 0}
            onChange={(first) => change(at, { level: first ? -1 : 0 })}
          />
          <Button
            look="quiet"
            onClick={() => edit({ customers: customers.filter((_, index) => index !== at) })}
          >
            {t("floor.remove", { name: one.name })}
          </Button>
        </fieldset>
      ))}
      <p className="field-hint">{t("floor.customers.hint")}</p>
      {customers.length < 5 && left > 0 && (
        <Button
          onClick={() =>
            edit({
              customers: [
                ...customers,
                {
                  name: t("floor.customers.newName"),
                  share: Math.min(0.2, left),
                  level: 0,
                  creditSeconds: 90,
                },
              ],
            })
          }
        >
          {t("floor.customers.add")}
        </Button>
      )}
    </Disclosed>
  );
}

function Transfers({ queue }: OfQueue) {
  const { t } = useTranslation("simulate");
  const format = useFormat();
  const { queues } = usePlan();
  const edit = useQueueEdit(queue);
  const { transfers = [] } = queue;
  const others = queues.filter(({ id }) => id !== queue.id);
  if (others.length === 0) return null;
  const nameOf = (id: string) => queues.find((other) => other.id === id)?.name ?? id;
  const change = (at: number, part: Partial<(typeof transfers)[number]>) =>
    edit({ transfers: transfers.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const left = 1 - transfers.reduce((sum, { share }) => sum + share, 0);
  const next = others.find(({ id }) => transfers.every(({ queueId }) => queueId !== id));
  return (
    <Disclosed
      name={t("floor.transfers.name")}
      state={
        transfers.length === 0
          ? t("floor.transfers.none")
          : format.list(
              transfers.map(({ share, queueId }) =>
                t("floor.transfers.state", { share: format.percent(share, 0), queue: nameOf(queueId) }),
              ),
            )
      }
    >
      {transfers.map((one, at) => (
        <fieldset key={one.queueId} className="simulate-item">
          <legend className="visually-hidden">{nameOf(one.queueId)}</legend>
          <SelectField
            label={t("floor.transfers.to")}
            value={one.queueId}
            options={others
              .filter(({ id }) => id === one.queueId || transfers.every(({ queueId }) => queueId !== id))
              .map(({ id, name }) => ({ value: id, name }))}
            onChange={(queueId) => change(at, { queueId })}
          />
          <NumberField
            {...transferFields.share}
            label={t("floor.transfers.share")}
            max={one.share + Math.max(0, left)}
            value={one.share}
            onChange={(share) => change(at, { share })}
          />
          <NumberField
            {...transferFields.ahtSeconds}
            label={t("floor.transfers.aht")}
            value={one.ahtSeconds}
            onChange={(ahtSeconds) => change(at, { ahtSeconds })}
            hint={one.ahtSeconds === null ? t("floor.transfers.ahtHint") : undefined}
          />
          <Button
            look="quiet"
            onClick={() => edit({ transfers: transfers.filter((_, index) => index !== at) })}
          >
            {t("floor.remove", { name: nameOf(one.queueId) })}
          </Button>
        </fieldset>
      ))}
      {next !== undefined && left > 0 && (
        <Button
          onClick={() =>
            edit({
              transfers: [...transfers, { queueId: next.id, share: Math.min(0.05, left), ahtSeconds: null }],
            })
          }
        >
          {t("floor.transfers.add")}
        </Button>
      )}
    </Disclosed>
  );
}

function DeferredWork({ queue }: OfQueue) {
  const { t } = useTranslation("simulate");
  const edit = useQueueEdit(queue);
  const deferred = queue.deferred ?? { withinMinutes: 240, backlogContacts: 0 };
  return (
    <>
      <Switch
        label={t("floor.interruptible.on")}
        checked={deferred.interruptible === true}
        onChange={(interruptible) =>
          edit({ deferred: { ...deferred, interruptible: interruptible || undefined } })
        }
      />
      <p className="field-hint">{t("floor.interruptible.hint")}</p>
    </>
  );
}
