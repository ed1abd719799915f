import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type Plan, planSchema } from "../../../domain/plan/plan.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

const fields = fieldsOf(planSchema.shape.simulation);

const atShiftEnd = ["finishContact", "handOver", "stopTakingContacts"] as const;

/** How the floor is simulated: each setting changes the plan and makes the result stale. */
export function SimulationSettings() {
  const { t } = useTranslation("simulate");
  const { store } = useDesk();
  const { simulation } = usePlan();
  const edit = (change: Partial<Plan["simulation"]>) =>
    store.edit("simulate:edit.settings", (plan) => ({
      ...plan,
      simulation: { ...plan.simulation, ...change },
    }));
  return (
    <ControlGroup title={t("settings.title")}>
      <NumberField
        {...fields.replications}
        label={t("settings.replications")}
        value={simulation.replications}
        onChange={(replications) => edit({ replications })}
        hint={t("settings.replicationsHint")}
      />
      <NumberField
        {...fields.halfWidth}
        label={t("settings.halfWidth")}
        value={simulation.halfWidth}
        onChange={(halfWidth) => edit({ halfWidth })}
        hint={simulation.halfWidth === null ? t("settings.allReplications") : t("settings.halfWidthHint")}
      />
      <SelectField
        label={t("settings.atShiftEnd")}
        value={simulation.atShiftEnd}
        options={atShiftEnd.map((value) => ({ value, name: t(`atShiftEnd.${value}`) }))}
        onChange={(value) => edit({ atShiftEnd: value })}
        hint={t(`atShiftEnd.hint.${simulation.atShiftEnd}`)}
      />
      <Switch
        label={t("settings.uncertainDemand")}
        checked={simulation.uncertainDemand}
        onChange={(uncertainDemand) => edit({ uncertainDemand })}
      />
      <p className="field-hint">
        {simulation.uncertainDemand ? t("settings.uncertainHint") : t("settings.certainHint")}
      </p>
      <NumberField
        {...fields.handleTimeCv}
        label={t("settings.handleTimeCv")}
        value={simulation.handleTimeCv}
        placeholder="1"
        onChange={(handleTimeCv) => edit({ handleTimeCv })}
        hint={simulation.handleTimeCv === null ? t("settings.exponential") : t("settings.lognormal")}
      />
    </ControlGroup>
  );
}
