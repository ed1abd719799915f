import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { schedulingSettingsSchema } from "../../../domain/plan/scheduling-settings.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { ActivityRules } from "./activity-rules.tsx";
import { Premiums } from "./premiums.tsx";
import { Disclosed } from "./rule-list.tsx";
import { ShortageSettings } from "./shortage-settings.tsx";
import { useScheduling } from "./use-scheduling.ts";

const fields = fieldsOf(schedulingSettingsSchema);

/** Prices, limits and effort of the optimiser; what few plans need stays folded. */
export function WhatCounts({ schedule }: { readonly schedule: Schedule | null }) {
  const { t } = useTranslation("shifts");
  const { scheduling, agents } = usePlan();
  const change = useScheduling();
  return (
    <ControlGroup title={t("settings.title")}>
      <NumberField
        {...fields.costPerHourShort}
        label={t("settings.short")}
        value={scheduling.costPerHourShort}
        onChange={(costPerHourShort) => change("short", { costPerHourShort })}
      />
      <NumberField
        {...fields.costPerHourOver}
        label={t("settings.over")}
        value={scheduling.costPerHourOver}
        onChange={(costPerHourOver) => change("over", { costPerHourOver })}
      />
      {agents.length > 0 && (
        <>
          <Switch
            label={t("settings.people")}
            checked={scheduling.withoutPeople !== true}
            onChange={(isOn) => change("people", { withoutPeople: isOn ? undefined : true })}
          />
          <p className="field-hint">{t("settings.peopleHint")}</p>
        </>
      )}
      <ShortageSettings />
      <Premiums />
      <Disclosed
        title={t("limits.title")}
        count={Number(Boolean(scheduling.budgetHours)) + Number(Boolean(scheduling.changePrice))}
      >
        <NumberField
          {...fields.budgetHours}
          label={t("limits.budget")}
          placeholder={t("noLimit")}
          hint={t("limits.budgetHint")}
          value={scheduling.budgetHours ?? null}
          onChange={(budgetHours) => change("budget", { budgetHours })}
        />
        <NumberField
          {...fields.changePrice}
          label={t("limits.change")}
          hint={t("limits.changeHint")}
          value={scheduling.changePrice ?? 0}
          onChange={(changePrice) => change("change", { changePrice })}
          optional={false}
        />
      </Disclosed>
      <ActivityRules />
      <NumberField
        {...fields.gap}
        label={t("settings.gap")}
        value={scheduling.gap}
        onChange={(gap) => change("gap", { gap })}
      />
      <NumberField
        {...fields.seconds}
        label={t("settings.seconds")}
        hint={t("settings.secondsHint")}
        value={scheduling.seconds}
        onChange={(seconds) => change("seconds", { seconds })}
      />
      <SelectField
        label={t("settings.solver")}
        value={scheduling.solver}
        options={(["auto", "highs", "javascript-lp-solver"] as const).map((value) => ({
          value,
          name: value === "auto" ? t("settings.auto") : value === "highs" ? "HiGHS" : value,
        }))}
        hint={schedule === null ? undefined : t("settings.ran", { solver: schedule.solver })}
        onChange={(solver) => change("solver", { solver })}
      />
    </ControlGroup>
  );
}
