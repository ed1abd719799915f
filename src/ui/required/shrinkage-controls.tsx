import { useTranslation } from "react-i18next";
import type { Weekday } from "../../domain/clock.ts";
import type { ShrinkageItem } from "../../domain/queue.ts";
import { Button } from "../controls/button.tsx";
import { SliderField } from "../controls/slider-field.tsx";
import { ControlGroup } from "../page.tsx";
import { useDesk, useFormat, usePlan } from "../session-context.tsx";

/** Paid time that is not available, item by item, and what all of them leave. */
export function ShrinkageControls() {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const format = useFormat();
  const { shrinkage } = usePlan();
  const always = shrinkage.filter((item) => item.weekdays === null && item.fromMinute === null);
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
            label={itemName(item)}
            kind="share"
            min={0}
            max={0.99}
            sliderMax={0.3}
            step={0.005}
            value={item.share}
            onChange={(share) =>
              edit(item.id, (items) =>
                items.map((other) => (other.id === item.id ? { ...other, share } : other)),
              )
            }
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
        </div>
      ))}
      <Button look="quiet" onClick={() => edit("add", (items) => [...items, newItem(items)])}>
        {t("shrinkage.add")}
      </Button>
      <p className="field-hint">{t("shrinkage.total", { share: format.percent(1 - left) })}</p>
    </ControlGroup>
  );

  function newItem(items: readonly ShrinkageItem[]): ShrinkageItem {
    let number = items.length + 1;
    while (items.some((item) => item.id === `shrinkage-${number}`)) number++;
    return {
      id: `shrinkage-${number}`,
      name: t("shrinkage.newName", { number }),
      share: 0.02,
      planned: true,
      weekdays: null,
      fromMinute: null,
      toMinute: null,
    };
  }

  function itemName(item: ShrinkageItem): string {
    const parts = [item.name];
    if (item.weekdays !== null)
      parts.push(format.list(item.weekdays.map((weekday) => format.weekday(weekday as Weekday))));
    if (item.fromMinute !== null || item.toMinute !== null)
      parts.push(`${format.time(item.fromMinute ?? 0)}–${format.time(item.toMinute ?? 1440)}`);
    return parts.join(", ");
  }
}
