import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type FloorEvent, surgeSchema } from "../../../domain/plan/floor-event.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { latenessSchema } from "../../../domain/results/simulation.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { Disclosed } from "./disclosed.tsx";

const latenessFields = fieldsOf(latenessSchema);
const surgeFields = fieldsOf(surgeSchema);

const kinds = ["outage", "surge", "lateOpening", "fireDrill"] as const;
const everything = "";

/** What may go wrong on the day: who comes late, and what befalls the floor. */
export function EventSettings() {
  const { t } = useTranslation("simulate");
  const { store } = useDesk();
  const format = useFormat();
  const { simulation } = usePlan();
  const date = useSession((state) => state.view.date);
  const { lateness, events = [] } = simulation;
  const edit = (change: Partial<Plan["simulation"]>, key: string) =>
    store.edit(
      "simulate:edit.events",
      (plan) => ({ ...plan, simulation: { ...plan.simulation, ...change } }),
      `events.${key}`,
    );
  const put = (at: number, event: FloorEvent) =>
    edit({ events: events.map((other, index) => (index === at ? event : other)) }, `${at}`);
  return (
    <ControlGroup title={t("events.title")}>
      <Disclosed
        name={t("lateness.name")}
        state={
          lateness === undefined
            ? t("lateness.none")
            : t("lateness.state", {
                share: format.percent(lateness.share, 0),
                minutes: format.number(lateness.meanMinutes),
              })
        }
      >
        <Switch
          label={t("lateness.on")}
          checked={lateness !== undefined}
          onChange={(on) => edit({ lateness: on ? { share: 0.1, meanMinutes: 15 } : undefined }, "lateness")}
        />
        {lateness !== undefined && (
          <>
            <NumberField
              {...latenessFields.share}
              label={t("lateness.share")}
              value={lateness.share}
              onChange={(share) => edit({ lateness: { ...lateness, share } }, "lateShare")}
            />
            <NumberField
              {...latenessFields.meanMinutes}
              label={t("lateness.minutes")}
              value={lateness.meanMinutes}
              onChange={(meanMinutes) => edit({ lateness: { ...lateness, meanMinutes } }, "lateMinutes")}
            />
          </>
        )}
      </Disclosed>
      {events.map((event, at) => (
        <Disclosed key={at} name={t(`event.${event.kind}`)} state={whenOf(event)}>
          <EventFields event={event} onChange={(changed) => put(at, changed)} />
          <Button
            look="quiet"
            onClick={() => edit({ events: events.filter((_, index) => index !== at) }, "remove")}
          >
            {t("event.remove")}
          </Button>
        </Disclosed>
      ))}
      <SelectField
        label={t("event.add")}
        value={everything}
        options={[
          { value: everything, name: t("event.choose") },
          ...kinds.map((kind) => ({ value: kind, name: t(`event.${kind}`) })),
        ]}
        onChange={(kind) =>
          kind !== everything && edit({ events: [...events, newEvent(kind, date)] }, `add${events.length}`)
        }
      />
    </ControlGroup>
  );

  function whenOf(event: FloorEvent): string {
    const from = event.kind === "lateOpening" ? null : event.fromMinute;
    const words = { day: format.date(event.date, "weekdayDay"), until: format.time(event.toMinute) };
    return from === null
      ? t("event.until", words)
      : t("event.between", { ...words, from: format.time(from) });
  }
}

function newEvent(kind: FloorEvent["kind"], date: string): FloorEvent {
  switch (kind) {
    case "outage":
      return { kind, groupIds: null, date, fromMinute: 600, toMinute: 630, turnsAway: false };
    case "surge":
      return { kind, queueIds: null, date, fromMinute: 600, toMinute: 720, factor: 1.5 };
    case "lateOpening":
      return { kind, queueIds: null, date, toMinute: 600 };
    case "fireDrill":
      return { kind, groupIds: null, date, fromMinute: 660, toMinute: 675 };
  }
}

function EventFields(props: { readonly event: FloorEvent; readonly onChange: (event: FloorEvent) => void }) {
  const { t } = useTranslation("simulate");
  const { groups, queues } = usePlan();
  const { event, onChange } = props;
  const ofQueues = event.kind === "surge" || event.kind === "lateOpening";
  const ids = event.kind === "surge" || event.kind === "lateOpening" ? event.queueIds : event.groupIds;
  return (
    <>
      <TextField
        label={t("event.date")}
        type="date"
        value={event.date}
        onChange={(date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && onChange({ ...event, date })}
      />
      <div className="field-pair">
        {event.kind !== "lateOpening" && (
          <ClockField
            label={t("event.from")}
            minute={event.fromMinute}
            onChange={(fromMinute) => fromMinute < event.toMinute && onChange({ ...event, fromMinute })}
          />
        )}
        <ClockField
          isEnd
          label={t(event.kind === "lateOpening" ? "event.opens" : "event.to")}
          minute={event.toMinute}
          onChange={(toMinute) => {
            const from = event.kind === "lateOpening" ? 0 : event.fromMinute;
            if (toMinute > from) onChange({ ...event, toMinute });
          }}
        />
      </div>
      <SelectField
        label={t(ofQueues ? "event.queues" : "event.groups")}
        value={ids?.[0] ?? everything}
        options={[
          { value: everything, name: t("event.all") },
          ...(ofQueues ? queues : groups).map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(id) => {
          const chosen = id === everything ? null : [id];
          onChange(
            event.kind === "surge" || event.kind === "lateOpening"
              ? { ...event, queueIds: chosen }
              : { ...event, groupIds: chosen },
          );
        }}
      />
      {event.kind === "surge" && (
        <NumberField
          {...surgeFields.factor}
          label={t("event.factor")}
          value={event.factor}
          onChange={(factor) => onChange({ ...event, factor })}
        />
      )}
      {event.kind === "outage" && (
        <Switch
          label={t("event.turnsAway")}
          checked={event.turnsAway}
          onChange={(turnsAway) => onChange({ ...event, turnsAway })}
        />
      )}
      <p className="field-hint">{t(`event.hint.${event.kind}`)}</p>
    </>
  );
}
