import { useTranslation } from "react-i18next";
import type { Schedule } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { ActivityRules } from "./activity-rules.tsx";
import { Premiums } from "./premiums.tsx";
import { Disclosed } from "./rule-list.tsx";
import { ShortageSettings } from "./shortage-settings.tsx";
import { useScheduling } from "./use-scheduling.ts";

/** Prices, limits and effort of the optimiser; what few plans need stays folded. */
export function WhatCounts({ schedule }: { readonly schedule: Schedule | null }) {
  const { t } = useTranslation("shifts");
  const { scheduling } = usePlan();
  const change = useScheduling();
  return (
    <ControlGroup title={t("settings.title")}>
      <NumberField
        label={t("settings.short")}
        min={0}
        value={scheduling.costPerHourShort}
        onChange={(value) => value !== null && change("short", { costPerHourShort: value })}
      />
      <NumberField
        label={t("settings.over")}
        min={0}
        value={scheduling.costPerHourOver}
        onChange={(value) => value !== null && change("over", { costPerHourOver: value })}
      />
      <ShortageSettings />
      <Premiums />
      <Disclosed
        title={t("limits.title")}
        count={Number(Boolean(scheduling.budgetHours)) + Number(Boolean(scheduling.changePrice))}
      >
        <NumberField
          label={t("limits.budget")}
          min={1}
          optional
          digits={1}
          placeholder={t("noLimit")}
          hint={t("limits.budgetHint")}
          value={scheduling.budgetHours ?? null}
          onChange={(budgetHours) => change("budget", { budgetHours })}
        />
        <NumberField
          label={t("limits.change")}
          min={0}
          hint={t("limits.changeHint")}
          value={scheduling.changePrice ?? 0}
          onChange={(value) => value !== null && change("change", { changePrice: value })}
        />
      </Disclosed>
      <ActivityRules />
      <NumberField
        label={t("settings.gap")}
        kind="share"
        min={0}
        max={1}
        digits={2}
        step={0.001}
        value={scheduling.gap}
        onChange={(value) => value !== null && change("gap", { gap: value })}
      />
      <NumberField
        label={t("settings.seconds")}
        kind="whole"
        min={1}
        max={3600}
        unit={t("unit.seconds")}
        hint={t("settings.secondsHint")}
        value={scheduling.seconds}
        onChange={(value) => value !== null && change("seconds", { seconds: value })}
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
