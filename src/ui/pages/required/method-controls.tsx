import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { planSchema } from "../../../domain/plan/plan.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

const fields = fieldsOf(planSchema.shape.requirement);

type Settings = Plan["requirement"];

/** How a day becomes intervals, what is made of the spread of demand, and where fractions are rounded. */
export function MethodControls() {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const { requirement: settings } = usePlan();
  const set = (change: Partial<Settings>) =>
    store.edit(
      "required:edit.method",
      (plan) => ({ ...plan, requirement: { ...plan.requirement, ...change } }),
      `method.${Object.keys(change)[0]}`,
    );
  return (
    <ControlGroup title={t("method.title")}>
      <SelectField<Settings["method"]>
        label={t("method.day")}
        value={settings.method}
        options={(["stationary", "lagged", "transient", "transientDay"] as const).map((value) => ({
          value,
          name: t(`method.${value}`),
        }))}
        hint={t(`method.hint.${settings.method}`)}
        onChange={(method) => set({ method })}
      />
      <SelectField<Settings["spread"]>
        label={t("spread.label")}
        value={settings.spread}
        options={(["ignored", "expectedService", "missRisk"] as const).map((value) => ({
          value,
          name: t(`spread.${value}`),
        }))}
        hint={t(`spread.hint.${settings.spread}`)}
        onChange={(spread) => set({ spread })}
      />
      {settings.spread === "missRisk" && (
        <SliderField
          {...fields.missRisk}
          label={t("spread.risk")}
          sliderMin={0.05}
          sliderMax={0.5}
          value={settings.missRisk}
          onChange={(missRisk) => set({ missRisk })}
        />
      )}
      {!settings.method.startsWith("transient") && (
        <>
          <Switch
            label={t("method.whole")}
            checked={settings.wholeAgents}
            onChange={(wholeAgents) => set({ wholeAgents })}
          />
          <p className="field-hint">
            {settings.wholeAgents ? t("method.wholeHint") : t("method.fractionHint")}
          </p>
        </>
      )}
    </ControlGroup>
  );
}
