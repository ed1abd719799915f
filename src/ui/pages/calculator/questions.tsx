import { useTranslation } from "react-i18next";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { type Question, type Unknown, unknowns } from "./question.ts";

/** What is asked, and what is known. */
export function Questions(props: {
  readonly question: Question;
  readonly answer: Question | null;
  readonly onChange: (change: Partial<Question>) => void;
}) {
  const { t } = useTranslation("calculator");
  const { question, answer, onChange } = props;
  const { solveFor } = question;
  return (
    <>
      <SelectField<Unknown>
        label={t("solveFor")}
        value={solveFor}
        options={unknowns.map((value) => ({ value, name: t(`unknown.${value}`) }))}
        onChange={(value) =>
          // Go on from the answer, so that changing the question changes nothing else.
          onChange({
            ...(answer === null
              ? {}
              : { ...answer, offered: rounded(answer.offered), ahtSeconds: rounded(answer.ahtSeconds) }),
            solveFor: value,
          })
        }
      />
      <ControlGroup title={t("group.work")}>
        {solveFor !== "offered" && (
          <SliderField
            label={t("field.offered")}
            min={0}
            max={1e7}
            sliderMax={500}
            digits={1}
            value={question.offered}
            onChange={(offered) => onChange({ offered })}
          />
        )}
        <SegmentedControl
          label={t("field.interval")}
          value={String(question.intervalMinutes)}
          options={["15", "30", "60"].map((value) => ({ value, name: value }))}
          onChange={(value) => onChange({ intervalMinutes: Number(value) })}
        />
        {solveFor !== "aht" && (
          <SliderField
            label={t("field.aht")}
            min={0.1}
            max={1e6}
            sliderMin={10}
            sliderMax={900}
            step={5}
            digits={1}
            unit={t("unit.seconds")}
            value={question.ahtSeconds}
            onChange={(ahtSeconds) => onChange({ ahtSeconds })}
          />
        )}
        <NumberField
          label={t("field.patience")}
          min={0.1}
          max={1e7}
          step={10}
          unit={t("unit.seconds")}
          optional
          placeholder={t("field.noPatience")}
          hint={question.patienceSeconds === null ? t("model.c") : t("model.a")}
          value={question.patienceSeconds}
          onChange={(patienceSeconds) => onChange({ patienceSeconds })}
        />
      </ControlGroup>
      <ControlGroup title={t("group.goal")}>
        {solveFor !== "agents" && (
          <SliderField
            label={t("field.agents")}
            min={0}
            max={1e5}
            sliderMax={Math.max(60, Math.ceil(question.agents * 1.5))}
            digits={2}
            value={question.agents}
            onChange={(agents) => onChange({ agents })}
          />
        )}
        {solveFor !== "serviceLevel" && (
          <SliderField
            label={t("field.serviceLevel")}
            kind="share"
            min={0.001}
            max={0.9999}
            sliderMin={0.5}
            sliderMax={0.99}
            digits={2}
            value={question.serviceLevel}
            onChange={(serviceLevel) => onChange({ serviceLevel })}
          />
        )}
        <SliderField
          label={t("field.answerWithin")}
          min={0}
          max={1e6}
          sliderMax={120}
          step={5}
          digits={1}
          unit={t("unit.seconds")}
          value={question.answerWithinSeconds}
          onChange={(answerWithinSeconds) => onChange({ answerWithinSeconds })}
        />
        <SelectField
          label={t("field.rule")}
          value={question.rule}
          options={(["offered", "answered", "shortAbandonsExcluded"] as const).map((value) => ({
            value,
            name: t(`rule.${value}`),
          }))}
          onChange={(rule) => onChange({ rule })}
        />
        {solveFor !== "serviceLevel" && (
          <NumberField
            label={t("field.maxOccupancy")}
            kind="share"
            min={0.01}
            max={1}
            optional
            placeholder={t("field.none")}
            value={question.maxOccupancy}
            onChange={(maxOccupancy) => onChange({ maxOccupancy })}
          />
        )}
        <SliderField
          label={t("field.shrinkage")}
          kind="share"
          min={0}
          max={0.95}
          sliderMax={0.5}
          value={question.shrinkage}
          onChange={(shrinkage) => onChange({ shrinkage })}
        />
      </ControlGroup>
      <ControlGroup title={t("group.lines")}>
        <NumberField
          label={t("field.trunks")}
          kind="whole"
          min={1}
          max={100_000}
          optional
          placeholder={t("field.none")}
          hint={t("field.trunksHint")}
          value={question.trunks}
          onChange={(trunks) => onChange({ trunks })}
        />
        {question.trunks !== null &&
          (["redialBlocked", "redialAbandoned"] as const).map((share) => (
            <SliderField
              key={share}
              label={t(`field.${share}`)}
              kind="share"
              min={0}
              max={1}
              value={question[share]}
              onChange={(value) => onChange({ [share]: value })}
            />
          ))}
      </ControlGroup>
    </>
  );
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
