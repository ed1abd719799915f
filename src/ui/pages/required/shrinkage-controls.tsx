import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Weekday } from "../../../domain/calendar/clock.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type ShrinkageItem, shrinkageItemSchema } from "../../../domain/plan/queue.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { WeekdayChips } from "../../kit/controls/chips.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

const itemFields = fieldsOf(shrinkageItemSchema);

/** Paid time that is not available, item by item, and what all of them leave. */
export function ShrinkageControls() {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const format = useFormat();
  const [added, setAdded] = useState<string | null>(null);
  const { shrinkage } = usePlan();
  const always = shrinkage.filter(
    (item) => item.weekdays === null && item.fromMinute === null && item.toMinute === null,
  );
  const left = always.reduce((share, item) => share * (1 - item.share), 1);

  function edit(key: string, change: (items: readonly ShrinkageItem[]) => ShrinkageItem[]): void {
    store.edit(
      "required:edit.shrinkage",
      (plan) => ({ ...plan, shrinkage: change(plan.shrinkage) }),
      `shrinkage.${key}`,
    );
  }

  return (
    <ControlGroup title={t("shrinkage.title")}>
      {shrinkage.map((item) => (
        <div key={item.id} className="shrinkage-item">
          <SliderField
            {...itemFields.share}
            label={item.name}
            sliderMax={0.3}
            value={item.share}
            onChange={(share) => editItem(item, { share })}
          />
          <Button
            look="quiet"
            aria-label={t("shrinkage.remove", { item: item.name })}
            title={t("shrinkage.remove", { item: item.name })}
            onClick={() =>
              edit(`remove.${item.id}`, (items) => items.filter((other) => other.id !== item.id))
            }
          >
            ×
          </Button>
          <details className="shrinkage-when" open={item.id === added || undefined}>
            <summary aria-label={t("shrinkage.change", { item: item.name, when: whenOf(item) })}>
              {whenOf(item)}
            </summary>
            <ItemEditor item={item} onChange={(change) => editItem(item, change)} />
          </details>
        </div>
      ))}
      <Button look="quiet" onClick={add}>
        {t("shrinkage.add")}
      </Button>
      <p className="field-hint">{t("shrinkage.total", { share: format.percent(1 - left) })}</p>
    </ControlGroup>
  );

  function editItem(item: ShrinkageItem, change: Partial<ShrinkageItem>): void {
    edit(`${item.id}.${Object.keys(change).join()}`, (items) =>
      items.map((other) => (other.id === item.id ? { ...other, ...change } : other)),
    );
  }

  function add(): void {
    let number = shrinkage.length + 1;
    while (shrinkage.some((item) => item.id === `shrinkage-${number}`)) number++;
    const id = `shrinkage-${number}`;
    edit(`add.${id}`, (items) => [
      ...items,
      {
        id,
        name: t("shrinkage.newName", { number }),
        share: 0.02,
        planned: true,
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    ]);
    setAdded(id);
  }

  /** `Mon and Tue, 08:00–10:00, planned`. */
  function whenOf(item: ShrinkageItem): string {
    const days =
      item.weekdays === null
        ? t("shrinkage.everyDay")
        : format.list(item.weekdays.map((weekday) => format.weekday(weekday as Weekday)));
    const parts = [days];
    if (item.fromMinute !== null || item.toMinute !== null)
      parts.push(`${format.time(item.fromMinute ?? 0)}–${format.time(item.toMinute ?? 1440)}`);
    parts.push(t(item.planned ? "shrinkage.planned" : "shrinkage.unplanned"));
    return parts.join(", ");
  }
}

/** Name, days, hours and kind of one item. */
function ItemEditor(props: {
  readonly item: ShrinkageItem;
  readonly onChange: (change: Partial<ShrinkageItem>) => void;
}) {
  const { item, onChange } = props;
  const { t } = useTranslation("required");
  const timed = item.fromMinute !== null || item.toMinute !== null;
  const from = item.fromMinute ?? 0;
  const to = item.toMinute ?? 1440;
  return (
    <div className="shrinkage-editor">
      <TextField
        label={t("shrinkage.name")}
        value={item.name}
        onChange={(name) => name.trim() !== "" && onChange({ name })}
      />
      <WeekdayChips
        label={t("shrinkage.weekdays")}
        value={item.weekdays ?? [1, 2, 3, 4, 5, 6, 7]}
        onChange={(weekdays) => onChange({ weekdays: weekdays.length === 7 ? null : weekdays })}
      />
      <Switch
        label={t("shrinkage.timed")}
        checked={timed}
        onChange={(on) =>
          onChange(on ? { fromMinute: 480, toMinute: 720 } : { fromMinute: null, toMinute: null })
        }
      />
      {timed && (
        <div className="field-pair">
          <ClockField
            label={t("shrinkage.from")}
            minute={from}
            onChange={(minute) => minute !== to && onChange({ fromMinute: minute, toMinute: to })}
          />
          <ClockField
            isEnd
            label={t("shrinkage.to")}
            minute={to}
            hint={to < from ? t("shrinkage.pastMidnight") : undefined}
            onChange={(minute) => minute !== from && onChange({ fromMinute: from, toMinute: minute })}
          />
        </div>
      )}
      <Switch
        label={t("shrinkage.isPlanned")}
        checked={item.planned}
        onChange={(planned) => onChange({ planned })}
      />
    </div>
  );
}
