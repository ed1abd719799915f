import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { shortageStepSchema, staffingMinimumSchema } from "../../../domain/plan/scheduling-settings.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { WeekdayChips } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { ClockWindow, Disclosed, RuleList } from "./rule-list.tsx";
import { useScheduling } from "./use-scheduling.ts";

const stepFields = fieldsOf(shortageStepSchema);
const minimumFields = fieldsOf(staffingMinimumSchema);

/** How shortage is priced beyond its hours, and where agents must not go missing. */
export function ShortageSettings() {
  const { t } = useTranslation("shifts");
  const { scheduling, queues } = usePlan();
  const change = useScheduling();
  const steps = scheduling.shortageSteps ?? [];
  const minimums = scheduling.minimums ?? [];
  return (
    <>
      <Disclosed title={t("shortage.title")} count={steps.length + (scheduling.weighByService ? 1 : 0)}>
        <p className="field-hint">{t("shortage.hint")}</p>
        <RuleList
          rules={steps}
          keyOf={(_, index) => String(index)}
          remove={t("remove")}
          removeName={(_, index) => t("shortage.remove", { number: index + 1 })}
          add={t("shortage.add")}
          make={() => ({
            beyondShare: Math.min(0.9, (steps.at(-1)?.beyondShare ?? 0) + 0.1),
            factor: (steps.at(-1)?.factor ?? 1) + 1,
          })}
          onChange={(rules, field) => change("shortageSteps", { shortageSteps: rules }, field)}
          fields={(step, set) => (
            <div className="field-pair">
              <NumberField
                {...stepFields.beyondShare}
                label={t("shortage.beyond")}
                value={step.beyondShare}
                onChange={(beyondShare) => set({ beyondShare })}
              />
              <NumberField
                {...stepFields.factor}
                label={t("shortage.factor")}
                value={step.factor}
                onChange={(factor) => set({ factor })}
              />
            </div>
          )}
        />
        <Switch
          label={t("shortage.weigh")}
          checked={scheduling.weighByService === true}
          onChange={(weighByService) => change("weigh", { weighByService })}
        />
        <p className="field-hint">{t("shortage.weighHint")}</p>
      </Disclosed>
      <Disclosed title={t("minimum.title")} count={minimums.length}>
        <p className="field-hint">{t("minimum.hint")}</p>
        <RuleList
          rules={minimums}
          keyOf={(_, index) => String(index)}
          remove={t("remove")}
          removeName={(_, index) => t("minimum.remove", { number: index + 1 })}
          add={t("minimum.add")}
          make={() => ({
            queueId: queues[0].id,
            weekdays: [1, 2, 3, 4, 5],
            fromMinute: 540,
            toMinute: 1020,
            agents: 2,
          })}
          onChange={(rules, field) => change("minimums", { minimums: rules }, field)}
          fields={(minimum, set) => (
            <>
              <div className="field-pair">
                <SelectField
                  label={t("minimum.queue")}
                  value={minimum.queueId}
                  options={queues.map(({ id, name }) => ({ value: id, name }))}
                  onChange={(queueId) => set({ queueId })}
                />
                <NumberField
                  {...minimumFields.agents}
                  label={t("minimum.agents")}
                  value={minimum.agents}
                  onChange={(agents) => set({ agents })}
                />
              </div>
              <WeekdayChips
                label={t("template.weekdays")}
                value={minimum.weekdays}
                onChange={(weekdays) => set({ weekdays })}
              />
              <ClockWindow
                fromLabel={t("window.from")}
                toLabel={t("window.to")}
                fromMinute={minimum.fromMinute}
                toMinute={minimum.toMinute}
                onChange={set}
              />
            </>
          )}
        />
      </Disclosed>
    </>
  );
}
