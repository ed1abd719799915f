import { useTranslation } from "react-i18next";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import type { BreakRule, ShiftTemplate } from "../../../domain/plan/shift.ts";
import { Button } from "../../kit/controls/button.tsx";
import { Chip, WeekdayChips } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { MinutesField } from "./minutes-field.tsx";

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
  const format = useFormat();
  const clock = (text: string) => {
    const [hours, minutes] = text.split(":").map(Number);
    return Number.isFinite(hours) && Number.isFinite(minutes) ? hours * 60 + minutes : null;
  };
  const toggled = <Item,>(list: readonly Item[], item: Item) =>
    list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
  const changeBreak = (index: number, change: Partial<BreakRule>) =>
    onChange(`break${index}.${Object.keys(change).join()}`, {
      breaks: template.breaks.map((rule, at) => (at === index ? { ...rule, ...change } : rule)),
    });
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
      <div className="field-pair">
        <TextField
          type="time"
          label={t("template.earliest")}
          value={format.time(template.earliestStartMinute)}
          onChange={(text) => {
            const minute = clock(text);
            if (minute !== null)
              onChange("start", {
                earliestStartMinute: minute,
                latestStartMinute: Math.max(minute, template.latestStartMinute),
              });
          }}
        />
        <TextField
          type="time"
          label={t("template.latest")}
          value={format.time(template.latestStartMinute)}
          onChange={(text) => {
            const minute = clock(text);
            if (minute !== null)
              onChange("start", {
                latestStartMinute: minute,
                earliestStartMinute: Math.min(minute, template.earliestStartMinute),
              });
          }}
        />
      </div>
      <div className="field-pair">
        <SelectField
          label={t("template.step")}
          value={String(template.startStepMinutes)}
          options={[...new Set([15, 30, 60, template.startStepMinutes])]
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
      <SelectField
        label={t("template.clockChange")}
        value={template.overClockChange ?? "keepsLength"}
        options={[
          { value: "keepsLength", name: t("template.keepsLength") },
          { value: "keepsEnd", name: t("template.keepsEnd") },
        ]}
        onChange={(overClockChange) => onChange("clockChange", { overClockChange })}
      />
      {groups.length > 1 && (
        <fieldset className="chip-row">
          <legend className="field-label">{t("template.groups")}</legend>
          <Chip
            pressed={template.groupIds.length === 0}
            name={t("template.allGroups")}
            onPress={() => onChange("groups", { groupIds: [] })}
          >
            {t("template.allGroups")}
          </Chip>
          {groups.map((group) => (
            <Chip
              key={group.id}
              pressed={template.groupIds.includes(group.id)}
              name={group.name}
              onPress={() => onChange("groups", { groupIds: toggled(template.groupIds, group.id) })}
            >
              {group.name}
            </Chip>
          ))}
        </fieldset>
      )}
      <fieldset className="break-list">
        <legend className="field-label">{t("template.breaks")}</legend>
        {template.breaks.map((rule, index) => (
          <fieldset key={rule.id} className="break-rule">
            <legend className="visually-hidden">{t("break.name", { number: index + 1 })}</legend>
            <div className="field-pair">
              <SelectField
                label={t("break.kind")}
                value={rule.kind}
                options={[
                  { value: "break", name: t("break.break") },
                  { value: "meal", name: t("break.meal") },
                  { value: "split", name: t("break.split") },
                ]}
                onChange={(kind) =>
                  // The gap of a split shift is the person's own time: long, and not paid.
                  changeBreak(
                    index,
                    kind === "split"
                      ? { kind, paid: false, lengthMinutes: Math.max(120, rule.lengthMinutes) }
                      : { kind },
                  )
                }
              />
              <NumberField
                label={t("break.length")}
                kind="whole"
                min={5}
                max={360}
                step={5}
                unit={t("unit.minutes")}
                value={rule.lengthMinutes}
                onChange={(minutes) => minutes !== null && changeBreak(index, { lengthMinutes: minutes })}
              />
            </div>
            <div className="field-pair">
              <MinutesField
                label={t("break.from")}
                value={[rule.earliestMinute]}
                wrong={t("break.windowWrong")}
                onChange={([earliestMinute]) =>
                  changeBreak(index, {
                    earliestMinute,
                    latestMinute: Math.max(earliestMinute, rule.latestMinute),
                  })
                }
              />
              <MinutesField
                label={t("break.to")}
                value={[rule.latestMinute]}
                wrong={t("break.windowWrong")}
                onChange={([latestMinute]) =>
                  changeBreak(index, {
                    latestMinute,
                    earliestMinute: Math.min(latestMinute, rule.earliestMinute),
                  })
                }
              />
            </div>
            <div className="break-foot">
              <Switch
                label={t("break.paid")}
                checked={rule.paid}
                disabled={rule.kind === "split"}
                onChange={(paid) => changeBreak(index, { paid })}
              />
              <Button
                look="quiet"
                aria-label={t("break.remove", { number: index + 1 })}
                onClick={() =>
                  onChange("breaks", { breaks: template.breaks.filter((_, at) => at !== index) })
                }
              >
                {t("remove")}
              </Button>
            </div>
          </fieldset>
        ))}
        <Button look="quiet" onClick={() => onChange("breaks", { breaks: withAnotherBreak(template) })}>
          {t("break.add")}
        </Button>
      </fieldset>
      <NumberField
        label={t("template.minimumWork")}
        kind="whole"
        min={0}
        max={600}
        step={15}
        unit={t("unit.minutes")}
        value={template.minimumWorkMinutes}
        onChange={(minutes) => minutes !== null && onChange("work", { minimumWorkMinutes: minutes })}
      />
      <NumberField
        label={t("template.cost")}
        min={0}
        value={template.costPerHour}
        onChange={(cost) => cost !== null && onChange("cost", { costPerHour: cost })}
      />
      <div className="field-pair">
        <NumberField
          label={t("template.atLeast")}
          kind="whole"
          min={0}
          optional
          placeholder={t("noLimit")}
          value={template.minimumCount}
          onChange={(minimumCount) => onChange("minimum", { minimumCount })}
        />
        <NumberField
          label={t("template.atMost")}
          kind="whole"
          min={0}
          optional
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
