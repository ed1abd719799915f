import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import { type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Overrule } from "../../../domain/plan/forecast-settings.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

type Kind = Overrule["kind"];
type What = Overrule["what"];

/** An overrule's stretch as the plan keeps it, from a range of intervals. */
export function stretchOf(
  grid: IntervalGrid,
  range: IntervalRange,
): Pick<Overrule, "fromDate" | "fromMinute" | "toDate" | "toMinute"> {
  const from = localTimeOf(grid, range.first);
  const last = localTimeOf(grid, range.end - 1);
  return {
    fromDate: from.date,
    fromMinute: from.minuteOfDay,
    toDate: last.date,
    toMinute: Math.min(1440, last.minuteOfDay + grid.intervalMinutes),
  };
}

/** The plan with one overrule more; its id is new. */
export function withOverrule(plan: Plan, overrule: Omit<Overrule, "id">): Plan {
  const { overrules } = plan.forecast;
  const last = overrules.reduce((most, { id }) => Math.max(most, Number(id.replace(/\D/g, ""))), 0);
  return {
    ...plan,
    forecast: { ...plan.forecast, overrules: [...overrules, { id: `overrule-${last + 1}`, ...overrule }] },
  };
}

/** Changes the selected stretch by hand, with a reason; lists what was changed, each to be taken back. */
export function OverruleForm(props: {
  readonly grid: IntervalGrid;
  readonly queue: QueueForecast;
  readonly selection: IntervalRange | null;
}) {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  const [what, setWhat] = useState<What>("offered");
  const [kind, setKind] = useState<Kind>("scale");
  const [value, setValue] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const { grid, queue, selection } = props;

  function add(): void {
    if (selection === null || value === null) return;
    store.edit("forecast:edit.overrule", (before) =>
      withOverrule(before, {
        queueId: queue.queueId,
        ...stretchOf(grid, selection),
        what,
        kind,
        value: kind === "scale" ? 1 + value : value,
        reason: reason.trim(),
      }),
    );
    setValue(null);
    setReason("");
  }
  function remove(id: string): void {
    store.edit("forecast:edit.overruleRemoved", (before) => ({
      ...before,
      forecast: { ...before.forecast, overrules: before.forecast.overrules.filter((one) => one.id !== id) },
    }));
  }
  const selected =
    selection === null
      ? null
      : {
          ...stretchOf(grid, selection),
          contacts: queue.offered.subarray(selection.first, selection.end).reduce((sum, one) => sum + one, 0),
        };
  const own = plan.forecast.overrules.filter(({ queueId }) => queueId === queue.queueId);
  return (
    <ControlGroup title={t("overrule.title", { queue: queue.queueId })}>
      {selected === null ? (
        <p className="field-hint">{t("overrule.select")}</p>
      ) : (
        <>
          <p className="field-hint">
            {t("overrule.selected", {
              stretch: stretchText(selected),
              contacts: format.number(selected.contacts),
            })}
          </p>
          <SegmentedControl
            label={t("overrule.what")}
            value={what}
            options={[
              { value: "offered", name: t("column.offered") },
              { value: "aht", name: t("column.aht") },
            ]}
            onChange={setWhat}
          />
          <SegmentedControl
            label={t("overrule.kind")}
            value={kind}
            options={(["scale", "add", "set"] as const).map((one) => ({
              value: one,
              name: t(`kind.${one}`),
            }))}
            onChange={(next) => {
              setKind(next);
              setValue(null);
            }}
          />
          <NumberField
            key={`${what}.${kind}`}
            label={t(`amount.${what}.${kind}`)}
            kind={kind === "scale" ? "share" : "number"}
            value={value}
            onChange={setValue}
            min={kind === "scale" ? -1 : kind === "set" ? 0 : -1_000_000}
            max={kind === "scale" ? 20 : 10_000_000}
            unit={kind === "scale" ? undefined : what === "aht" ? t("unit.seconds") : undefined}
            optional
          />
          <TextField label={t("overrule.reason")} value={reason} onChange={setReason} />
          <Button disabled={value === null} onClick={add}>
            {t("overrule.add")}
          </Button>
        </>
      )}
      {own.length > 0 && (
        <ul className="forecast-overrules" aria-label={t("overrule.list")}>
          {own.map((overrule) => (
            <li key={overrule.id}>
              <span>
                <b>{amountText(overrule)}</b> {stretchText(overrule)}
                {overrule.reason === "" ? "" : ` · ${overrule.reason}`}
              </span>
              <Button
                look="quiet"
                aria-label={t("overrule.removeOne", {
                  what: `${amountText(overrule)} ${stretchText(overrule)}`,
                })}
                onClick={() => remove(overrule.id)}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
    </ControlGroup>
  );

  function stretchText(stretch: Pick<Overrule, "fromDate" | "fromMinute" | "toDate" | "toMinute">): string {
    const from = `${format.date(stretch.fromDate, "day")} ${format.time(stretch.fromMinute)}`;
    const atMidnight = stretch.toMinute === 1440;
    const toDate = atMidnight ? addDays(stretch.toDate, 1) : stretch.toDate;
    const to = format.time(atMidnight ? 0 : stretch.toMinute);
    return toDate === stretch.fromDate ? `${from}–${to}` : `${from} – ${format.date(toDate, "day")} ${to}`;
  }
  function amountText({ kind: how, what: of, value: amount }: Overrule): string {
    if (how === "scale")
      return `${format.signedPercent(amount - 1, 1)}${of === "aht" ? ` ${t("column.aht")}` : ""}`;
    const text =
      of === "aht" ? t("overrule.seconds", { seconds: format.number(amount) }) : format.number(amount);
    return how === "set" ? `= ${text}` : amount < 0 ? text : `+${text}`;
  }
}
