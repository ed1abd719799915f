import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PlannedSpecialDay } from "../../../domain/plan/forecast-settings.ts";
import { holidayRegions, holidaysOfficialUntil } from "../../../forecasting/holidays/public-holidays.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** Public holidays of a region, and the planner's own days: dates with a name and an effect, measured or set. */
export function SpecialDays() {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { store } = useDesk();
  const { forecast: settings, firstDate } = usePlan();
  const [name, setName] = useState("");
  const [date, setDate] = useState(firstDate);
  const [closed, setClosed] = useState(false);
  const [effect, setEffect] = useState<number | null>(null);
  const none = "none";
  const official = settings.holidays === null ? null : (holidaysOfficialUntil[settings.holidays] ?? null);

  function edit(
    label: string,
    specialDays: (before: readonly PlannedSpecialDay[]) => PlannedSpecialDay[],
  ): void {
    store.edit(label, (plan) => ({
      ...plan,
      forecast: { ...plan.forecast, specialDays: specialDays(plan.forecast.specialDays) },
    }));
  }
  function add(): void {
    const wanted = name.trim();
    edit("forecast:edit.specialDay", (before) => {
      const known = before.find((day) => day.name === wanted);
      const day: PlannedSpecialDay = {
        id:
          known?.id ??
          `special-${before.reduce((most, one) => Math.max(most, +one.id.replace(/\D/g, "")), 0) + 1}`,
        name: wanted,
        dates: [...new Set([...(known?.dates ?? []), date])].sort(),
        closed,
        effect: closed || effect === null ? null : 1 + effect,
      };
      return known === undefined ? [...before, day] : before.map((one) => (one === known ? day : one));
    });
    setName("");
    setEffect(null);
    setClosed(false);
  }
  return (
    <ControlGroup title={t("special.title")}>
      <SelectField
        label={t("special.holidays")}
        value={settings.holidays ?? none}
        options={[
          { value: none, name: t("special.none") },
          ...holidayRegions.map((region) => ({
            value: region,
            name: regionName(region, format.locale),
          })),
        ]}
        onChange={(region) =>
          store.edit("forecast:edit.holidays", (plan) => ({
            ...plan,
            forecast: { ...plan.forecast, holidays: region === none ? null : region },
          }))
        }
      />
      {settings.holidays !== null && settings.holidays !== "CN" && (
        <p className="field-hint">{t("special.credit")}</p>
      )}
      {official !== null && (
        <p className="field-hint">{t("special.officialUntil", { date: format.date(official, "full") })}</p>
      )}
      {settings.specialDays.length > 0 && (
        <ul className="forecast-overrides" aria-label={t("special.list")}>
          {settings.specialDays.map((day) => (
            <li key={day.id}>
              <span>
                <b>{day.name}</b> {format.list(day.dates.map((one) => format.date(one, "full")))}{" "}
                {day.closed
                  ? t("special.isClosed")
                  : day.effect === null
                    ? t("special.measured")
                    : format.signedPercent(day.effect - 1)}
              </span>
              <Button
                look="quiet"
                aria-label={t("special.removeOne", { name: day.name })}
                onClick={() =>
                  edit("forecast:edit.specialDayRemoved", (before) =>
                    before.filter(({ id }) => id !== day.id),
                  )
                }
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{t("special.add")}</summary>
        <div className="forecast-form">
          <TextField label={t("special.name")} value={name} onChange={setName} />
          <TextField label={t("special.date")} type="date" value={date} onChange={setDate} />
          <Switch label={t("special.closed")} checked={closed} onChange={setClosed} />
          {!closed && (
            <NumberField
              label={t("special.effect")}
              kind="share"
              value={effect}
              onChange={setEffect}
              min={-0.99}
              max={19}
              optional
              hint={t("special.effectHint")}
            />
          )}
          <Button disabled={name.trim() === "" || !/^\d{4}-\d{2}-\d{2}$/.test(date)} onClick={add}>
            {t("special.addOne")}
          </Button>
        </div>
      </details>
    </ControlGroup>
  );
}

/** `Germany (BY)` in the page's language. */
function regionName(region: string, locale: string): string {
  const [country, part] = region.split("-");
  const name = new Intl.DisplayNames(locale, { type: "region" }).of(country) ?? country;
  return part === undefined ? name : `${name} (${part})`;
}
