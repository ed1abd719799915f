import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { stretchOf, withOverride } from "../../../domain/plan/edit-overrides.ts";
import type { ForecastOverride } from "../../../domain/plan/forecast-settings.ts";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

type Kind = ForecastOverride["kind"];
type What = ForecastOverride["what"];

/** Changes the selected stretch by hand, with a reason; lists what was changed, each to be taken back. */
export function OverrideForm(props: {
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
    store.edit("forecast:edit.override", (before) =>
      withOverride(before, {
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
    store.edit("forecast:edit.overrideRemoved", (before) => ({
      ...before,
      forecast: { ...before.forecast, overrides: before.forecast.overrides.filter((one) => one.id !== id) },
    }));
  }
  const selected =
    selection === null
      ? null
      : {
          ...stretchOf(grid, selection),
          contacts: queue.offered.subarray(selection.first, selection.end).reduce((sum, one) => sum + one, 0),
        };
  const own = plan.forecast.overrides.filter(({ queueId }) => queueId === queue.queueId);
  return (
    <ControlGroup title={t("override.title", { queue: queue.queueId })}>
      {selected === null ? (
        <p className="field-hint">{t("override.select")}</p>
      ) : (
        <>
          <p className="field-hint">
            {t("override.selected", {
              stretch: stretchText(selected),
              contacts: format.number(selected.contacts),
            })}
          </p>
          <SegmentedControl
            label={t("override.what")}
            value={what}
            options={[
              { value: "offered", name: t("column.offered") },
              { value: "aht", name: t("column.aht") },
            ]}
            onChange={setWhat}
          />
          <SegmentedControl
            label={t("override.kind")}
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
            unit={kind !== "scale" && what === "aht" ? "seconds" : undefined}
            optional
          />
          <TextField label={t("override.reason")} value={reason} onChange={setReason} />
          <Button disabled={value === null} onClick={add}>
            {t("override.add")}
          </Button>
        </>
      )}
      {own.length > 0 && (
        <ul className="forecast-overrides" aria-label={t("override.list")}>
          {own.map((override) => (
            <li key={override.id}>
              <span>
                <b>{amountText(override)}</b> {stretchText(override)}
                {override.reason === "" ? "" : ` · ${override.reason}`}
              </span>
              <Button
                look="quiet"
                aria-label={t("override.removeOne", {
                  what: `${amountText(override)} ${stretchText(override)}`,
                })}
                onClick={() => remove(override.id)}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
    </ControlGroup>
  );

  function stretchText(
    stretch: Pick<ForecastOverride, "fromDate" | "fromMinute" | "toDate" | "toMinute">,
  ): string {
    const from = `${format.date(stretch.fromDate, "day")} ${format.time(stretch.fromMinute)}`;
    const atMidnight = stretch.toMinute === 1440;
    const toDate = atMidnight ? addDays(stretch.toDate, 1) : stretch.toDate;
    const to = format.time(atMidnight ? 0 : stretch.toMinute);
    return toDate === stretch.fromDate ? `${from}–${to}` : `${from} – ${format.date(toDate, "day")} ${to}`;
  }
  function amountText({ kind: how, what: of, value: amount }: ForecastOverride): string {
    if (how === "scale")
      return `${format.signedPercent(amount - 1, 1)}${of === "aht" ? ` ${t("column.aht")}` : ""}`;
    const text =
      of === "aht" ? t("override.seconds", { seconds: format.number(amount) }) : format.number(amount);
    return how === "set" ? `= ${text}` : amount < 0 ? text : `+${text}`;
  }
}
