import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import {
  type BreakRule,
  breakRuleSchema,
  type ShiftTemplate,
  shiftTemplateSchema,
} from "../../../domain/plan/shift.ts";
import { Button } from "../../kit/controls/button.tsx";
import { Chip, WeekdayChips } from "../../kit/controls/chips.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { MinutesField } from "./minutes-field.tsx";

const templateFields = fieldsOf(shiftTemplateSchema);
const breakFields = fieldsOf(breakRuleSchema);

/** The fields of one template. Every change is an edit of the plan; `field` names it, so that typing is one undo step. */
export function TemplateEditor(props: {
  readonly template: ShiftTemplate;
  readonly groups: readonly AgentGroup[];
  readonly onChange: (field: string, change: Partial<ShiftTemplate>) => void;
  readonly onRemove: () => void;
  readonly onCopy: () => void;
}) {
  const { template, groups, onChange } = props;
  const { t } = useTranslation("shifts");
  return (
    <div className="template-editor">
      <TextField
        label={t("template.name")}
        value={template.name}
        error={template.name.trim() === "" ? t("template.nameNeeded") : null}
        onChange={(name) => name !== "" && onChange("name", { name })}
      />
      <WeekdayChips
        label={t("template.weekdays")}
        value={template.weekdays}
        onChange={(weekdays) => onChange("weekdays", { weekdays })}
      />
      <Starts template={template} onChange={onChange} />
      <SelectField
        label={t("template.clockChange")}
        value={template.overClockChange ?? "keepsLength"}
        options={[
          { value: "keepsLength", name: t("template.keepsLength") },
          { value: "keepsEnd", name: t("template.keepsEnd") },
        ]}
        onChange={(overClockChange) => onChange("clockChange", { overClockChange })}
      />
      {groups.length > 1 && <Groups template={template} groups={groups} onChange={onChange} />}
      <fieldset className="break-list">
        <legend className="field-label">{t("template.breaks")}</legend>
        {template.breaks.map((rule, index) => (
          <BreakEditor
            key={rule.id}
            rule={rule}
            number={index + 1}
            onChange={(change) =>
              onChange(`break${index}.${Object.keys(change).join()}`, {
                breaks: template.breaks.map((other, at) => (at === index ? { ...other, ...change } : other)),
              })
            }
            onRemove={() => onChange("breaks", { breaks: template.breaks.filter((_, at) => at !== index) })}
          />
        ))}
        <Button look="quiet" onClick={() => onChange("breaks", { breaks: withAnotherBreak(template) })}>
          {t("break.add")}
        </Button>
      </fieldset>
      <NumberField
        {...templateFields.minimumWorkMinutes}
        label={t("template.minimumWork")}
        value={template.minimumWorkMinutes}
        onChange={(minimumWorkMinutes) => onChange("work", { minimumWorkMinutes })}
      />
      <NumberField
        {...templateFields.costPerHour}
        label={t("template.cost")}
        value={template.costPerHour}
        onChange={(costPerHour) => onChange("cost", { costPerHour })}
      />
      <div className="field-pair">
        <NumberField
          {...templateFields.minimumCount}
          label={t("template.atLeast")}
          placeholder={t("noLimit")}
          value={template.minimumCount}
          onChange={(minimumCount) => onChange("minimum", { minimumCount })}
        />
        <NumberField
          {...templateFields.maximumCount}
          label={t("template.atMost")}
          placeholder={t("noLimit")}
          value={template.maximumCount}
          onChange={(maximumCount) => onChange("maximum", { maximumCount })}
        />
      </div>
      <div className="break-foot">
        <Button look="quiet" onClick={props.onCopy}>
          {t("template.copy")}
        </Button>
        <Button look="quiet" onClick={props.onRemove}>
          {t("template.remove")}
        </Button>
      </div>
    </div>
  );
}

interface TemplatePart {
  readonly template: ShiftTemplate;
  readonly onChange: (field: string, change: Partial<ShiftTemplate>) => void;
}

/** When a shift may start, and how long it may be. One end of the window takes the other along. */
function Starts({ template, onChange }: TemplatePart) {
  const { t } = useTranslation("shifts");
  const { earliestStartMinute, latestStartMinute, startStepMinutes } = template;
  return (
    <>
      <div className="field-pair">
        <ClockField
          label={t("template.earliest")}
          minute={earliestStartMinute}
          onChange={(minute) =>
            onChange("start", {
              earliestStartMinute: minute,
              latestStartMinute: Math.max(minute, latestStartMinute),
            })
          }
        />
        <ClockField
          label={t("template.latest")}
          minute={latestStartMinute}
          onChange={(minute) =>
            onChange("start", {
              latestStartMinute: minute,
              earliestStartMinute: Math.min(minute, earliestStartMinute),
            })
          }
        />
      </div>
      <div className="field-pair">
        <SelectField
          label={t("template.step")}
          value={String(startStepMinutes)}
          options={[...new Set([15, 30, 60, startStepMinutes])]
            .sort((a, b) => a - b)
            .map((step) => ({ value: String(step), name: t("minutes", { minutes: step }) }))}
          onChange={(step) => onChange("step", { startStepMinutes: Number(step) })}
        />
        <MinutesField
          several
          label={t("template.lengths")}
          value={template.lengthsMinutes}
          wrong={t("template.lengthsWrong")}
          onChange={(lengthsMinutes) => onChange("lengths", { lengthsMinutes })}
        />
      </div>
    </>
  );
}

/** Who may work it; no group named: all. */
function Groups(props: TemplatePart & { readonly groups: readonly AgentGroup[] }) {
  const { t } = useTranslation("shifts");
  const { groupIds } = props.template;
  const choose = (ids: readonly string[]) => props.onChange("groups", { groupIds: [...ids] });
  return (
    <fieldset className="chip-row">
      <legend className="field-label">{t("template.groups")}</legend>
      <Chip pressed={groupIds.length === 0} name={t("template.allGroups")} onPress={() => choose([])}>
        {t("template.allGroups")}
      </Chip>
      {props.groups.map(({ id, name }) => (
        <Chip
          key={id}
          pressed={groupIds.includes(id)}
          name={name}
          onPress={() =>
            choose(groupIds.includes(id) ? groupIds.filter((other) => other !== id) : [...groupIds, id])
          }
        >
          {name}
        </Chip>
      ))}
    </fieldset>
  );
}

function BreakEditor(props: {
  readonly rule: BreakRule;
  readonly number: number;
  readonly onChange: (change: Partial<BreakRule>) => void;
  readonly onRemove: () => void;
}) {
  const { rule, number, onChange } = props;
  const { t } = useTranslation("shifts");
  return (
    <fieldset className="break-rule">
      <legend className="visually-hidden">{t("break.name", { number })}</legend>
      <div className="field-pair">
        <SelectField
          label={t("break.kind")}
          value={rule.kind}
          options={breakRuleSchema.shape.kind.options.map((value) => ({ value, name: t(`break.${value}`) }))}
          onChange={(kind) =>
            // The gap of a split shift is the person's own time: long, and not paid.
            onChange(
              kind === "split"
                ? { kind, paid: false, lengthMinutes: Math.max(120, rule.lengthMinutes) }
                : { kind },
            )
          }
        />
        <NumberField
          {...breakFields.lengthMinutes}
          label={t("break.length")}
          value={rule.lengthMinutes}
          onChange={(lengthMinutes) => onChange({ lengthMinutes })}
        />
      </div>
      <div className="field-pair">
        <MinutesField
          label={t("break.from")}
          value={[rule.earliestMinute]}
          wrong={t("break.windowWrong")}
          onChange={([earliestMinute]) =>
            onChange({ earliestMinute, latestMinute: Math.max(earliestMinute, rule.latestMinute) })
          }
        />
        <MinutesField
          label={t("break.to")}
          value={[rule.latestMinute]}
          wrong={t("break.windowWrong")}
          onChange={([latestMinute]) =>
            onChange({ latestMinute, earliestMinute: Math.min(latestMinute, rule.earliestMinute) })
          }
        />
      </div>
      <div className="break-foot">
        <Switch
          label={t("break.paid")}
          checked={rule.paid}
          disabled={rule.kind === "split"}
          onChange={(paid) => onChange({ paid })}
        />
        <Button look="quiet" aria-label={t("break.remove", { number })} onClick={props.onRemove}>
          {t("remove")}
        </Button>
      </div>
    </fieldset>
  );
}

/** One more break, in the middle of the longest shift. */
function withAnotherBreak(template: ShiftTemplate): BreakRule[] {
  const middle = Math.floor(Math.max(...template.lengthsMinutes) / 2 / 15) * 15;
  let number = template.breaks.length + 1;
  while (template.breaks.some(({ id }) => id === `break${number}`)) number++;
  return [
    ...template.breaks,
    {
      id: `break${number}`,
      kind: "break",
      lengthMinutes: 15,
      paid: true,
      earliestMinute: Math.max(0, middle - 60),
      latestMinute: middle + 60,
    },
  ];
}
