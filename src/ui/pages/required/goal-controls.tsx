import { useTranslation } from "react-i18next";
import type { Queue, ServiceGoal, ServiceLevelRule } from "../../../domain/plan/queue.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";

const rules: readonly ServiceLevelRule[] = ["offered", "answered", "shortAbandonsExcluded"];

/** What a queue promises its contacts. Every move of a slider is an edit of the plan; one drag is one step to undo. */
export function GoalControls({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation("required");
  const { store } = useDesk();
  const { goal } = queue;

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
      {queue.channel !== "deferred" && (
        <>
          <Optional
            label={t("goal.serviceLevel")}
            value={goal.serviceLevel}
            start={0.8}
            onChange={(serviceLevel) => editGoal({ serviceLevel })}
          >
            {(value) => (
              <SliderField
                label={t("goal.serviceLevel")}
                kind="share"
                min={0}
                max={1}
                sliderMin={0.5}
                sliderMax={0.99}
                value={value}
                onChange={(serviceLevel) => editGoal({ serviceLevel })}
              />
            )}
          </Optional>
          <SliderField
            label={t("goal.answerWithin")}
            kind="whole"
            min={0}
            max={86_400}
            sliderMax={queue.channel === "chat" ? 300 : 120}
            step={5}
            unit={t("unit.seconds")}
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
          <Optional
            label={t("goal.patience")}
            value={queue.patienceSeconds}
            start={180}
            offHint={t("goal.noPatience")}
            onChange={(patienceSeconds) => edit("patience", (before) => ({ ...before, patienceSeconds }))}
          >
            {(value) => (
              <SliderField
                label={t("goal.patience")}
                min={1}
                max={1_000_000}
                sliderMin={10}
                sliderMax={900}
                step={5}
                digits={0}
                unit={t("unit.seconds")}
                value={value}
                onChange={(patienceSeconds) => edit("patience", (before) => ({ ...before, patienceSeconds }))}
              />
            )}
          </Optional>
        </>
      )}
      <Optional
        label={t("goal.maxOccupancy")}
        value={goal.maxOccupancy}
        start={0.85}
        onChange={(maxOccupancy) => editGoal({ maxOccupancy })}
      >
        {(value) => (
          <SliderField
            label={t("goal.maxOccupancy")}
            kind="share"
            min={0.01}
            max={1}
            sliderMin={0.5}
            value={value}
            onChange={(maxOccupancy) => editGoal({ maxOccupancy })}
          />
        )}
      </Optional>
      {queue.channel !== "deferred" && (
        <>
          {queue.patienceSeconds !== null && (
            <Optional
              label={t("goal.maxAbandonment")}
              value={goal.maxAbandonment}
              start={0.05}
              onChange={(maxAbandonment) => editGoal({ maxAbandonment })}
            >
              {(value) => (
                <SliderField
                  label={t("goal.maxAbandonment")}
                  kind="share"
                  min={0.001}
                  max={1}
                  sliderMax={0.2}
                  step={0.005}
                  value={value}
                  onChange={(maxAbandonment) => editGoal({ maxAbandonment })}
                />
              )}
            </Optional>
          )}
          <Optional
            label={t("goal.maxAsa")}
            value={goal.maxAsaSeconds}
            start={30}
            onChange={(maxAsaSeconds) => editGoal({ maxAsaSeconds })}
          >
            {(value) => (
              <SliderField
                label={t("goal.maxAsa")}
                min={0.1}
                max={86_400}
                sliderMin={1}
                sliderMax={120}
                unit={t("unit.seconds")}
                value={value}
                onChange={(maxAsaSeconds) => editGoal({ maxAsaSeconds })}
              />
            )}
          </Optional>
        </>
      )}
      <NumberField
        label={t("goal.minimumAgents")}
        min={0}
        max={100_000}
        step={1}
        value={queue.minimumAgents}
        onChange={(minimumAgents) =>
          edit("minimumAgents", (before) => ({ ...before, minimumAgents: minimumAgents ?? 0 }))
        }
      />
    </ControlGroup>
  );
}

/** A promise that can be switched off: null. */
function Optional(props: {
  readonly label: string;
  readonly value: number | null;
  /** Value when it is switched on. */
  readonly start: number;
  readonly offHint?: string;
  readonly onChange: (value: number | null) => void;
  readonly children: (value: number) => React.ReactNode;
}) {
  const { t } = useTranslation("required");
  return (
    <div className="goal-optional">
      <Switch
        label={props.label}
        labelHidden={props.value !== null}
        name={t("goal.ask", { goal: props.label })}
        checked={props.value !== null}
        onChange={(on) => props.onChange(on ? props.start : null)}
      />
      {props.value === null ? (
        props.offHint && <span className="field-hint">{props.offHint}</span>
      ) : (
        <div className="goal-optional-field">{props.children(props.value)}</div>
      )}
    </div>
  );
}
