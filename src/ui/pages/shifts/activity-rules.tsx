import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { ActivityRule } from "../../../domain/plan/shift.ts";
import { activityRuleSchema } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Chip, WeekdayChips } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { ClockWindow, Disclosed, RuleList } from "./rule-list.tsx";
import { useScheduling } from "./use-scheduling.ts";

const fields = fieldsOf(activityRuleSchema);

/** Training, meetings and coaching that the optimiser finds room for. */
export function ActivityRules() {
  const { t } = useTranslation("shifts");
  const { scheduling, groups } = usePlan();
  const change = useScheduling();
  const rules = scheduling.activities ?? [];
  const freshId = () => {
    let number = rules.length + 1;
    while (rules.some(({ id }) => id === `activity${number}`)) number++;
    return `activity${number}`;
  };
  return (
    <Disclosed title={t("place.title")} count={rules.length}>
      <p className="field-hint">{t("place.hint")}</p>
      <RuleList<ActivityRule>
        rules={rules}
        keyOf={({ id }) => id}
        remove={t("remove")}
        removeName={({ name }) => t("place.remove", { name })}
        add={t("place.add")}
        make={() => ({
          id: freshId(),
          name: t("place.newName"),
          kind: "training",
          lengthMinutes: 60,
          sessions: 2,
          peopleTogether: 4,
          groupIds: [],
          weekdays: [1, 2, 3, 4, 5],
          fromMinute: 540,
          toMinute: 1020,
        })}
        onChange={(list, field) => change("activities", { activities: list }, field)}
        fields={(rule, set) => (
          <>
            <div className="field-pair">
              <TextField
                label={t("template.name")}
                value={rule.name}
                onChange={(name) => name !== "" && set({ name })}
              />
              <SelectField
                label={t("break.kind")}
                value={rule.kind}
                options={(["training", "meeting", "coaching"] as const).map((value) => ({
                  value,
                  name: t(`activity.${value}`),
                }))}
                onChange={(kind) => set({ kind })}
              />
            </div>
            <NumberField
              {...fields.lengthMinutes}
              label={t("place.length")}
              value={rule.lengthMinutes}
              onChange={(lengthMinutes) => set({ lengthMinutes })}
            />
            <div className="field-pair">
              <NumberField
                {...fields.sessions}
                label={t("place.sessions")}
                value={rule.sessions}
                onChange={(sessions) => set({ sessions })}
              />
              <NumberField
                {...fields.peopleTogether}
                label={t("place.together")}
                value={rule.peopleTogether}
                onChange={(peopleTogether) => set({ peopleTogether })}
              />
            </div>
            {groups.length > 1 && (
              <fieldset className="chip-row">
                <legend className="field-label">{t("template.groups")}</legend>
                {groups.map(({ id, name }) => (
                  <Chip
                    key={id}
                    pressed={rule.groupIds.length === 0 || rule.groupIds.includes(id)}
                    name={name}
                    onPress={() => {
                      const now =
                        rule.groupIds.length === 0 ? groups.map((group) => group.id) : rule.groupIds;
                      const next = now.includes(id) ? now.filter((other) => other !== id) : [...now, id];
                      set({ groupIds: next.length === groups.length || next.length === 0 ? [] : next });
                    }}
                  >
                    {name}
                  </Chip>
                ))}
              </fieldset>
            )}
            <WeekdayChips
              label={t("template.weekdays")}
              value={rule.weekdays}
              onChange={(weekdays) => set({ weekdays })}
            />
            <ClockWindow
              fromLabel={t("place.from")}
              toLabel={t("place.to")}
              fromMinute={rule.fromMinute}
              toMinute={rule.toMinute}
              onChange={set}
            />
          </>
        )}
      />
    </Disclosed>
  );
}
