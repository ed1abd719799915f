import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type Contract, shiftCapSchema } from "../../../domain/plan/roster.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { Chip } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";

const { maximum: capLimits } = fieldsOf(shiftCapSchema);

interface ShiftRulesProps {
  readonly contract: Contract;
  readonly onChange: (next: Partial<Contract>) => void;
}

/** Rules of a contract on single kinds of shifts: how many of them in the period, and which may not follow which. */
export function ShiftRules(props: ShiftRulesProps) {
  const { t } = useTranslation("people");
  const { templates } = usePlan();
  if (templates.length === 0) return <p className="people-note">{t("rules.noTemplates")}</p>;
  return (
    <div className="people-rules">
      <Caps {...props} />
      <Successions {...props} />
    </div>
  );
}

/** An empty list is the same as none. */
function orAbsent<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

function Caps({ contract, onChange }: ShiftRulesProps) {
  const { t } = useTranslation("people");
  const { templates } = usePlan();
  const { maximumShifts: caps = [] } = contract;
  const set = (at: number, next: (typeof caps)[number]) =>
    onChange({ maximumShifts: caps.map((cap, place) => (place === at ? next : cap)) });
  return (
    <fieldset className="people-rule-list">
      <legend className="field-label">{t("rules.caps", { contract: contract.name })}</legend>
      {caps.map((cap, at) => (
        <div key={at} className="people-rule">
          <NumberField
            label={t("rules.atMost")}
            {...capLimits}
            value={cap.maximum}
            onChange={(maximum) => set(at, { ...cap, maximum })}
          />
          <fieldset className="chip-row">
            <legend className="field-label">{t("rules.ofShifts")}</legend>
            {templates.map(({ id, name }) => (
              <Chip
                key={id}
                pressed={cap.templateIds.includes(id)}
                name={name}
                onPress={() => {
                  const templateIds = templates
                    .map((template) => template.id)
                    .filter((other) => cap.templateIds.includes(other) !== (other === id));
                  if (templateIds.length > 0) set(at, { ...cap, templateIds });
                }}
              >
                {name}
              </Chip>
            ))}
          </fieldset>
          <Button
            look="quiet"
            onClick={() => onChange({ maximumShifts: orAbsent(caps.filter((_, place) => place !== at)) })}
          >
            {t("rules.remove")}
          </Button>
        </div>
      ))}
      <Button
        onClick={() => onChange({ maximumShifts: [...caps, { templateIds: [templates[0].id], maximum: 5 }] })}
      >
        {t("rules.addCap")}
      </Button>
    </fieldset>
  );
}

function Successions({ contract, onChange }: ShiftRulesProps) {
  const { t } = useTranslation("people");
  const { templates } = usePlan();
  const { forbiddenSuccessions: pairs = [] } = contract;
  const options = templates.map(({ id, name }) => ({ value: id, name }));
  const set = (at: number, next: (typeof pairs)[number]) =>
    onChange({ forbiddenSuccessions: pairs.map((pair, place) => (place === at ? next : pair)) });
  return (
    <fieldset className="people-rule-list">
      <legend className="field-label">{t("rules.successions", { contract: contract.name })}</legend>
      {pairs.map((pair, at) => (
        <div key={at} className="people-rule">
          <SelectField
            label={t("rules.after")}
            value={pair.templateId}
            options={options}
            onChange={(templateId) => set(at, { ...pair, templateId })}
          />
          <SelectField
            label={t("rules.never")}
            value={pair.nextTemplateId}
            options={options}
            onChange={(nextTemplateId) => set(at, { ...pair, nextTemplateId })}
          />
          <Button
            look="quiet"
            onClick={() =>
              onChange({ forbiddenSuccessions: orAbsent(pairs.filter((_, place) => place !== at)) })
            }
          >
            {t("rules.remove")}
          </Button>
        </div>
      ))}
      <Button
        onClick={() =>
          onChange({
            forbiddenSuccessions: [
              ...pairs,
              { templateId: (templates.at(-1) ?? templates[0]).id, nextTemplateId: templates[0].id },
            ],
          })
        }
      >
        {t("rules.addSuccession")}
      </Button>
    </fieldset>
  );
}
