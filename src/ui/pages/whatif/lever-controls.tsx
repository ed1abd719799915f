import { useTranslation } from "react-i18next";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { type Levers, leversAtRest } from "./levers.ts";

/** The few numbers that are dragged; what they make can be kept as a scenario. */
export function LeverControls(props: {
  readonly levers: Levers;
  /** False: all levers are at rest. */
  readonly isLive: boolean;
  readonly onChange: (levers: Levers) => void;
  readonly onKeep: () => void;
}) {
  const { levers } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const set = (part: Partial<Levers>) => props.onChange({ ...levers, ...part });
  return (
    <ControlGroup title={t("levers.title")}>
      <SliderField
        label={t("levers.volume")}
        kind="share"
        value={levers.volume}
        min={-0.9}
        max={9}
        sliderMin={0}
        sliderMax={1}
        step={0.01}
        onChange={(volume) => set({ volume })}
      />
      <SliderField
        label={t("levers.aht")}
        kind="share"
        value={levers.aht}
        min={-0.9}
        max={9}
        sliderMin={-0.3}
        sliderMax={0.5}
        step={0.01}
        onChange={(aht) => set({ aht })}
      />
      {plan.queues.length > 1 && (
        <SelectField
          label={t("levers.queue")}
          value={levers.queueId ?? ""}
          options={[
            { value: "", name: t("allQueues") },
            ...plan.queues.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChange={(id) => set({ queueId: id === "" ? null : id })}
        />
      )}
      <SliderField
        label={t("levers.agents")}
        kind="whole"
        value={levers.agents}
        min={-1000}
        max={1000}
        sliderMin={-20}
        sliderMax={20}
        onChange={(agents) => set({ agents })}
      />
      {plan.groups.length > 1 && (
        <SelectField
          label={t("levers.group")}
          value={levers.groupId}
          options={plan.groups.map(({ id, name }) => ({ value: id, name }))}
          onChange={(groupId) => set({ groupId })}
        />
      )}
      <div className="run-stage">
        <Button look="primary" disabled={!props.isLive} onClick={props.onKeep}>
          {t("levers.keep")}
        </Button>
        <Button disabled={!props.isLive} onClick={() => set(leversAtRest)}>
          {t("levers.reset")}
        </Button>
      </div>
    </ControlGroup>
  );
}
