import { useTranslation } from "react-i18next";
import type { FixGoal, RemedyChoice } from "../../../scenarios/searches/remedies.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

/** Which queues are to reach what, on each day or not, and what it may be made of. */
export function FixQuestion(props: {
  readonly goals: readonly FixGoal[];
  readonly onGoals: (goals: readonly FixGoal[]) => void;
  readonly eachDay: boolean;
  /** null: a single day is asked about. */
  readonly onEachDay: ((eachDay: boolean) => void) | null;
  readonly choice: RemedyChoice;
  readonly onChoice: (choice: RemedyChoice) => void;
}) {
  const { goals, onGoals, choice, onChoice } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const set = (part: Partial<RemedyChoice>) => onChoice({ ...choice, ...part });
  return (
    <>
      <fieldset className="whatif-choices">
        <legend className="field-label">{t("fix.goals")}</legend>
        {plan.queues.map(({ id, name, goal }) => {
          const own = goals.find(({ queueId }) => queueId === id);
          const others = goals.filter(({ queueId }) => queueId !== id);
          const fresh = { queueId: id, serviceLevel: goal.serviceLevel ?? 0.8 };
          return (
            <div key={id} className="whatif-choice">
              <Switch
                label={name}
                checked={own !== undefined}
                onChange={(checked) => onGoals(checked ? [...others, fresh] : others)}
              />
              {own !== undefined && (
                <NumberField
                  label={t("fix.goalNamed", { queue: name })}
                  labelHidden
                  kind="share"
                  min={0.01}
                  max={0.999}
                  value={own.serviceLevel}
                  onChange={(serviceLevel) =>
                    onGoals(goals.map((other) => (other === own ? { ...own, serviceLevel } : other)))
                  }
                />
              )}
            </div>
          );
        })}
        {props.onEachDay !== null && (
          <Switch label={t("fix.eachDay")} checked={props.eachDay} onChange={props.onEachDay} />
        )}
      </fieldset>
      <fieldset className="whatif-choices">
        <legend className="field-label">{t("fix.groups")}</legend>
        {plan.groups.map(({ id, name }) => (
          <Switch
            key={id}
            label={name}
            checked={choice.groupIds.includes(id)}
            onChange={(checked) =>
              set({
                groupIds: checked
                  ? [...choice.groupIds, id]
                  : choice.groupIds.filter((other) => other !== id),
              })
            }
          />
        ))}
      </fieldset>
      <fieldset className="whatif-choices">
        <legend className="field-label">{t("fix.madeOf")}</legend>
        <Switch label={t("fix.templates")} checked={choice.shifts} onChange={(shifts) => set({ shifts })} />
      </fieldset>
      <div className="whatif-fields">
        <NumberField
          optional
          label={t("fix.blockHours")}
          kind="whole"
          min={1}
          max={24}
          unit="hours"
          value={choice.blockHours}
          onChange={(blockHours) => set({ blockHours })}
        />
        <NumberField
          optional
          label={t("fix.overtimeMinutes")}
          kind="whole"
          min={15}
          max={240}
          unit="minutes"
          value={choice.overtimeMinutes}
          onChange={(overtimeMinutes) => set({ overtimeMinutes })}
        />
        <NumberField
          optional
          label={t("fix.vendorHour")}
          min={0}
          max={10_000}
          currency={plan.currency}
          value={choice.vendorPricePerHour}
          onChange={(vendorPricePerHour) => set({ vendorPricePerHour })}
        />
        <NumberField
          optional
          label={t("fix.vendorContact")}
          min={0}
          max={10_000}
          currency={plan.currency}
          value={choice.vendorPricePerContact}
          onChange={(vendorPricePerContact) => set({ vendorPricePerContact })}
        />
      </div>
    </>
  );
}
