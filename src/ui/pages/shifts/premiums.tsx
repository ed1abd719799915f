import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { Premium } from "../../../domain/plan/shift.ts";
import { premiumSchema } from "../../../domain/plan/shift.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { WeekdayChips } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { MinutesField } from "./minutes-field.tsx";
import { ClockWindow, Disclosed, RuleList } from "./rule-list.tsx";
import { useScheduling } from "./use-scheduling.ts";

/** Both kinds of premium are shares alike. */
const premiumFields = fieldsOf(premiumSchema.options[0]);

type Clock = Extract<Premium, { kind: "clock" }>;

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** What is paid on top of the cost per hour: nights, weekends, overtime. */
export function Premiums() {
  const { t } = useTranslation("shifts");
  const premiums = usePlan().scheduling.premiums ?? [];
  const change = useScheduling();
  const freshId = () => {
    let number = premiums.length + 1;
    while (premiums.some(({ id }) => id === `premium${number}`)) number++;
    return `premium${number}`;
  };
  const night = (id: string, name: string): Clock => ({
    kind: "clock",
    id,
    name,
    share: 0.25,
    weekdays: everyDay,
    fromMinute: 1320,
    toMinute: 360,
  });
  const asKind = (premium: Premium, kind: string): Premium => {
    const { id, share } = premium;
    if (kind === "overtime")
      return { kind: "overtime", id, share, name: t("premium.overtime"), afterMinutes: 480 };
    if (kind === "weekend")
      return { ...night(id, t("premium.weekend")), share, weekdays: [6, 7], fromMinute: 0, toMinute: 1440 };
    return { ...night(id, t("premium.night")), share };
  };
  return (
    <Disclosed title={t("premium.title")} count={premiums.length}>
      <p className="field-hint">{t("premium.hint")}</p>
      <RuleList<Premium>
        rules={premiums}
        keyOf={({ id }) => id}
        remove={t("remove")}
        removeName={({ name }) => t("premium.remove", { name })}
        add={t("premium.add")}
        make={() => night(freshId(), t("premium.night"))}
        onChange={(rules, field) => change("premiums", { premiums: rules }, field)}
        fields={(premium, set) => (
          <>
            <TextField
              label={t("template.name")}
              value={premium.name}
              onChange={(name) => name !== "" && set({ name })}
            />
            <div className="field-pair">
              <SelectField
                label={t("premium.kind")}
                value={kindOf(premium)}
                options={(["night", "weekend", "overtime"] as const).map((value) => ({
                  value,
                  name: t(value === "night" ? "premium.window" : `premium.${value}`),
                }))}
                onChange={(kind) => set(asKind(premium, kind))}
              />
              <NumberField
                {...premiumFields.share}
                label={t("premium.share")}
                value={premium.share}
                onChange={(share) => set({ share })}
              />
            </div>
            {premium.kind === "overtime" ? (
              <MinutesField
                label={t("premium.after")}
                value={[premium.afterMinutes]}
                wrong={t("break.windowWrong")}
                onChange={([afterMinutes]) => set({ afterMinutes })}
              />
            ) : (
              <>
                <WeekdayChips
                  label={t("template.weekdays")}
                  value={premium.weekdays}
                  onChange={(weekdays) => set({ weekdays })}
                />
                <ClockWindow
                  fromLabel={t("window.from")}
                  toLabel={t("window.to")}
                  fromMinute={premium.fromMinute}
                  toMinute={premium.toMinute}
                  onChange={set}
                />
              </>
            )}
          </>
        )}
      />
    </Disclosed>
  );
}

function kindOf(premium: Premium): "night" | "weekend" | "overtime" {
  if (premium.kind === "overtime") return "overtime";
  return premium.fromMinute === 0 && premium.toMinute === 1440 ? "weekend" : "night";
}
