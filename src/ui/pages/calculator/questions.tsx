import { useTranslation } from "react-i18next";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SegmentedControl } from "../../kit/controls/segmented-control.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { SliderField } from "../../kit/controls/slider-field.tsx";
import { type Question, questionLimits, type Unknown, unknowns } from "./question.ts";

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
      <Work question={question} onChange={onChange} />
      <Goal question={question} onChange={onChange} />
      <Lines question={question} onChange={onChange} />
    </>
  );
}

interface QuestionPart {
  readonly question: Question;
  readonly onChange: (change: Partial<Question>) => void;
}

/** Contacts, how long they take, and how long they wait. */
function Work({ question, onChange }: QuestionPart) {
  const { t } = useTranslation("calculator");
  const { solveFor } = question;
  return (
    <ControlGroup title={t("group.work")}>
      {solveFor !== "offered" && (
        <SliderField
          {...questionLimits.offered}
          label={t("field.offered")}
          sliderMax={500}
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
          {...questionLimits.ahtSeconds}
          label={t("field.aht")}
          sliderMin={10}
          sliderMax={900}
          value={question.ahtSeconds}
          onChange={(ahtSeconds) => onChange({ ahtSeconds })}
        />
      )}
      <NumberField
        {...questionLimits.patienceSeconds}
        label={t("field.patience")}
        placeholder={t("field.noPatience")}
        hint={question.patienceSeconds === null ? t("model.c") : t("model.a")}
        value={question.patienceSeconds}
        onChange={(patienceSeconds) => onChange({ patienceSeconds })}
      />
    </ControlGroup>
  );
}

/** What is asked of the agents. */
function Goal({ question, onChange }: QuestionPart) {
  const { t } = useTranslation("calculator");
  const { solveFor } = question;
  return (
    <ControlGroup title={t("group.goal")}>
      {solveFor !== "agents" && (
        <SliderField
          {...questionLimits.agents}
          label={t("field.agents")}
          sliderMax={Math.max(60, Math.ceil(question.agents * 1.5))}
          value={question.agents}
          onChange={(agents) => onChange({ agents })}
        />
      )}
      {solveFor !== "serviceLevel" && (
        <SliderField
          {...questionLimits.serviceLevel}
          label={t("field.serviceLevel")}
          sliderMin={0.5}
          sliderMax={0.99}
          value={question.serviceLevel}
          onChange={(serviceLevel) => onChange({ serviceLevel })}
        />
      )}
      <SliderField
        {...questionLimits.answerWithinSeconds}
        label={t("field.answerWithin")}
        sliderMax={120}
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
          {...questionLimits.maxOccupancy}
          label={t("field.maxOccupancy")}
          placeholder={t("field.none")}
          value={question.maxOccupancy}
          onChange={(maxOccupancy) => onChange({ maxOccupancy })}
        />
      )}
      <SliderField
        {...questionLimits.shrinkage}
        label={t("field.shrinkage")}
        sliderMax={0.5}
        value={question.shrinkage}
        onChange={(shrinkage) => onChange({ shrinkage })}
      />
    </ControlGroup>
  );
}

/** Lines that may be busy, and who redials. */
function Lines({ question, onChange }: QuestionPart) {
  const { t } = useTranslation("calculator");
  return (
    <ControlGroup title={t("group.lines")}>
      <NumberField
        {...questionLimits.trunks}
        label={t("field.trunks")}
        placeholder={t("field.none")}
        hint={t("field.trunksHint")}
        value={question.trunks}
        onChange={(trunks) => onChange({ trunks })}
      />
      {question.trunks !== null &&
        (["redialBlocked", "redialAbandoned"] as const).map((share) => (
          <SliderField
            key={share}
            {...questionLimits[share]}
            label={t(`field.${share}`)}
            value={question[share]}
            onChange={(value) => onChange({ [share]: value })}
          />
        ))}
    </ControlGroup>
  );
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
