import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import {
  type Queue,
  queueSchema,
  type ServiceGoal,
  type ServiceLevelRule,
  serviceGoalSchema,
} from "../../../domain/plan/queue.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField, type SliderFieldProps } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

const goalFields = fieldsOf(serviceGoalSchema);
const queueFields = fieldsOf(queueSchema);
const rules: readonly ServiceLevelRule[] = ["offered", "answered", "shortAbandonsExcluded"];

/** What a queue owes its contacts. Every move of a slider is an edit of the plan; one drag is one step to undo. */
export function GoalControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const { goal } = queue;
  const isLive = queue.channel !== "deferred";

  function edit(field: string, change: (queue: Queue) => Queue): void {
    store.edit(
      "required:edit.goal",
      (plan) => ({
        ...plan,
        queues: plan.queues.map((other) => (other.id === queue.id ? change(other) : other)),
      }),
      `goal.${queue.id}.${field}`,
    );
  }
  function editGoal(change: Partial<ServiceGoal>): void {
    edit(Object.keys(change)[0], (before) => ({ ...before, goal: { ...before.goal, ...change } }));
  }

  return (
    <ControlGroup title={t("goal.title", { queue: queue.name })}>
      {isLive && (
        <>
          <OptionalGoal
            {...goalFields.serviceLevel}
            label={t("goal.serviceLevel")}
            sliderMin={0.5}
            sliderMax={0.99}
            value={goal.serviceLevel}
            start={0.8}
            onChange={(serviceLevel) => editGoal({ serviceLevel })}
          />
          <SliderField
            {...goalFields.answerWithinSeconds}
            label={t("goal.answerWithin")}
            sliderMax={queue.channel === "chat" ? 300 : 120}
            value={goal.answerWithinSeconds}
            onChange={(answerWithinSeconds) => editGoal({ answerWithinSeconds })}
          />
          <SelectField
            label={t("goal.rule")}
            value={goal.serviceLevelRule}
            options={rules.map((value) => ({ value, name: t(`rule.${value}`) }))}
            hint={t(`definition.${goal.serviceLevelRule}`, { seconds: goal.answerWithinSeconds })}
            onChange={(serviceLevelRule) => editGoal({ serviceLevelRule })}
          />
          <OptionalGoal
            {...queueFields.patienceSeconds}
            label={t("goal.patience")}
            sliderMin={10}
            sliderMax={900}
            value={queue.patienceSeconds}
            start={180}
            offHint={t("goal.noPatience")}
            onChange={(patienceSeconds) => edit("patience", (before) => ({ ...before, patienceSeconds }))}
          />
        </>
      )}
      <OptionalGoal
        {...goalFields.maxOccupancy}
        label={t("goal.maxOccupancy")}
        sliderMin={0.5}
        value={goal.maxOccupancy}
        start={0.85}
        onChange={(maxOccupancy) => editGoal({ maxOccupancy })}
      />
      {isLive && queue.patienceSeconds !== null && (
        <OptionalGoal
          {...goalFields.maxAbandonment}
          label={t("goal.maxAbandonment")}
          sliderMax={0.2}
          value={goal.maxAbandonment}
          start={0.05}
          onChange={(maxAbandonment) => editGoal({ maxAbandonment })}
        />
      )}
      {isLive && (
        <OptionalGoal
          {...goalFields.maxAsaSeconds}
          label={t("goal.maxAsa")}
          sliderMin={1}
          sliderMax={120}
          value={goal.maxAsaSeconds}
          start={30}
          onChange={(maxAsaSeconds) => editGoal({ maxAsaSeconds })}
        />
      )}
      <NumberField
        {...queueFields.minimumAgents}
        label={t("goal.minimumAgents")}
        value={queue.minimumAgents}
        onChange={(minimumAgents) => edit("minimumAgents", (before) => ({ ...before, minimumAgents }))}
      />
    </ControlGroup>
  );
}

/** A goal that can be switched off: null. */
function OptionalGoal(
  props: Omit<SliderFieldProps, "value" | "onChange"> & {
    readonly value: number | null;
    /** Value when it is switched on. */
    readonly start: number;
    readonly offHint?: string;
    readonly onChange: (value: number | null) => void;
  },
) {
  const { value, start, offHint, onChange, ...slider } = props;
  const { t } = useTranslation("required");
  return (
    <div className="goal-optional">
      <Switch
        label={props.label}
        labelHidden={value !== null}
        name={t("goal.ask", { goal: props.label })}
        checked={value !== null}
        onChange={(on) => onChange(on ? start : null)}
      />
      {value === null ? (
        offHint && <span className="field-hint">{offHint}</span>
      ) : (
        <div className="goal-optional-field">
          <SliderField {...slider} value={value} onChange={onChange} />
        </div>
      )}
    </div>
  );
}
