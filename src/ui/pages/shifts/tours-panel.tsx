import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { TourRule } from "../../../domain/plan/shift.ts";
import { tourRuleSchema } from "../../../domain/plan/shift.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";

const tourFields = fieldsOf(tourRuleSchema);

/** How the shifts of one person go together in a week. Without rules every shift stands by itself. */
export function ToursPanel() {
  const { t } = useTranslation("shifts");
  const plan = usePlan();
  const { store } = useDesk();
  const tours = plan.scheduling.tours ?? [];
  const edit = (label: string, change: (rules: readonly TourRule[]) => TourRule[], key?: string) =>
    store.edit(
      label,
      (before) => ({
        ...before,
        scheduling: { ...before.scheduling, tours: change(before.scheduling.tours ?? []) },
      }),
      key,
    );
  const changeRule = (id: string, change: Partial<TourRule>) =>
    edit(
      "shifts:edit.tour",
      (rules) => rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
      `tour.${id}.${Object.keys(change).join()}`,
    );
  function add(): void {
    let number = tours.length + 1;
    while (tours.some(({ id }) => id === `tour${number}`)) number++;
    const rule: TourRule = {
      id: `tour${number}`,
      name: t("tour.newName"),
      templateIds: plan.templates.slice(0, 1).map(({ id }) => id),
      daysPerWeek: 5,
      daysOffTogether: true,
      startBandMinutes: 60,
    };
    edit("shifts:edit.tourAdd", (rules) => [...rules, rule]);
  }
  return (
    <ControlGroup title={t("tours")}>
      {tours.length === 0 && <p className="inherited">{t("tour.none")}</p>}
      <ul className="template-list">
        {tours.map((rule) => (
          <li key={rule.id} className="template-card template-editor">
            <TextField
              label={t("template.name")}
              value={rule.name}
              onChange={(name) => name !== "" && changeRule(rule.id, { name })}
            />
            <fieldset className="chip-row">
              <legend className="field-label">{t("tour.templates")}</legend>
              {plan.templates.map(({ id, name }) => {
                const chosen = rule.templateIds.includes(id);
                const next = chosen
                  ? rule.templateIds.filter((other) => other !== id)
                  : [...rule.templateIds, id];
                return (
                  <button
                    key={id}
                    type="button"
                    className="chip"
                    aria-pressed={chosen}
                    onClick={() => next.length > 0 && changeRule(rule.id, { templateIds: next })}
                  >
                    {name}
                  </button>
                );
              })}
            </fieldset>
            <div className="field-pair">
              <NumberField
                {...tourFields.daysPerWeek}
                label={t("tour.days")}
                value={rule.daysPerWeek}
                onChange={(daysPerWeek) => changeRule(rule.id, { daysPerWeek })}
              />
              <NumberField
                {...tourFields.startBandMinutes}
                label={t("tour.band")}
                value={rule.startBandMinutes}
                onChange={(startBandMinutes) => changeRule(rule.id, { startBandMinutes })}
              />
            </div>
            <div className="break-foot">
              <Switch
                label={t("tour.together")}
                checked={rule.daysOffTogether}
                onChange={(daysOffTogether) => changeRule(rule.id, { daysOffTogether })}
              />
              {plan.dayCount > 7 && (
                <Switch
                  label={t("tour.weekend")}
                  checked={rule.everySecondWeekendOff === true}
                  onChange={(everySecondWeekendOff) => changeRule(rule.id, { everySecondWeekendOff })}
                />
              )}
              <Button
                look="quiet"
                aria-label={t("tour.remove", { name: rule.name })}
                onClick={() =>
                  edit("shifts:edit.tourRemove", (rules) => rules.filter(({ id }) => id !== rule.id))
                }
              >
                {t("remove")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <Button onClick={add} disabled={plan.templates.length === 0}>
        {t("tour.add")}
      </Button>
    </ControlGroup>
  );
}
