import { useTranslation } from "react-i18next";
import type { Plan } from "../../../domain/plan/plan.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

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
        label={t("settings.replications")}
        kind="whole"
        min={2}
        max={100_000}
        step={10}
        value={simulation.replications}
        onChange={(replications) => replications !== null && edit({ replications })}
        hint={t("settings.replicationsHint")}
      />
      <NumberField
        label={t("settings.halfWidth")}
        kind="share"
        min={0.001}
        max={0.5}
        step={0.005}
        optional
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
        label={t("settings.handleTimeCv")}
        min={0.05}
        max={10}
        step={0.1}
        digits={2}
        optional
        value={simulation.handleTimeCv}
        placeholder="1"
        onChange={(handleTimeCv) => edit({ handleTimeCv })}
        hint={simulation.handleTimeCv === null ? t("settings.exponential") : t("settings.lognormal")}
      />
    </ControlGroup>
  );
}
