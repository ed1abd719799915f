import { useTranslation } from "react-i18next";
import { fieldsOf } from "../../../domain/number-limits.ts";
import {
  burdens,
  fairnessSchema,
  type Roster,
  type RosteringSettings,
  rotationSchema,
  stableStartsSchema,
} from "../../../domain/plan/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { Chip } from "../../kit/controls/chips.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { BidsTable } from "./bids-table.tsx";
import { MeetingsSection } from "./meetings-section.tsx";
import { PlanFileButtons } from "./plan-file-buttons.tsx";
import { ledgerAfter } from "./roster-answers.ts";
import { ledgerFile, withLedgerOf } from "./roster-files.ts";

const stableStartsFields = fieldsOf(stableStartsSchema);
const rotationFields = fieldsOf(rotationSchema);
const fairnessFields = fieldsOf(fairnessSchema);

/** What a roster is made from and what it is to respect beyond contracts: prices, fairness, shift bidding, ledger. */
export function RulesView(props: { readonly roster: Roster | null; readonly editable: boolean }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const plan = usePlan();
  const settings: RosteringSettings = plan.rostering ?? { changePrice: 0 };
  const change = (next: Partial<RosteringSettings>) =>
    store.edit("roster:edit.rules", (before) => ({
      ...before,
      rostering: { changePrice: 0, ...before.rostering, ...next },
    }));
  return (
    <div className="rules">
      <section aria-labelledby="rules-from">
        <h2 id="rules-from" className="control-title">
          {t("rules.from")}
        </h2>
        <SelectField
          label={t("rules.buildFrom")}
          value={settings.buildFrom ?? "schedule"}
          options={(["schedule", "requirement"] as const).map((value) => ({
            value,
            name: t(`rules.buildFromOption.${value}`),
          }))}
          onChange={(buildFrom) => change({ buildFrom: buildFrom === "schedule" ? undefined : buildFrom })}
        />
        <p className="inherited">{t(`rules.buildFromHint.${settings.buildFrom ?? "schedule"}`)}</p>
      </section>
      <MeetingsSection roster={props.roster} editable={props.editable} />
      <Fairness settings={settings} onChange={change} />
      <section aria-labelledby="rules-habits">
        <h2 id="rules-habits" className="control-title">
          {t("rules.habits")}
        </h2>
        <div className="rules-fields">
          <NumberField
            {...stableStartsFields.weight}
            label={t("rules.stableStarts")}
            value={settings.stableStarts?.weight ?? 0}
            hint={t("rules.zeroIsOff")}
            onChange={(weight) =>
              change({
                stableStarts: weight
                  ? { toleranceMinutes: settings.stableStarts?.toleranceMinutes ?? 60, weight }
                  : undefined,
              })
            }
            // Nothing is no weight at all, but the rule switched off.
            min={0}
          />
          <NumberField
            {...stableStartsFields.toleranceMinutes}
            label={t("rules.tolerance")}
            disabled={!settings.stableStarts}
            value={settings.stableStarts?.toleranceMinutes ?? 60}
            onChange={(toleranceMinutes) =>
              settings.stableStarts &&
              change({ stableStarts: { ...settings.stableStarts, toleranceMinutes } })
            }
          />
          <NumberField
            {...rotationFields.weight}
            label={t("rules.rotation")}
            value={settings.rotation?.weight ?? 0}
            hint={t("rules.rotationHint")}
            onChange={(weight) =>
              change({
                rotation: weight
                  ? { minimumShifts: settings.rotation?.minimumShifts ?? 2, weight }
                  : undefined,
              })
            }
            min={0}
          />
          <NumberField
            {...rotationFields.minimumShifts}
            label={t("rules.minimumShifts")}
            disabled={!settings.rotation}
            value={settings.rotation?.minimumShifts ?? 2}
            onChange={(minimumShifts) =>
              settings.rotation && change({ rotation: { ...settings.rotation, minimumShifts } })
            }
          />
        </div>
      </section>
      <section aria-labelledby="rules-self">
        <h2 id="rules-self" className="control-title">
          {t("rules.selfRostering")}
        </h2>
        <SelectField
          label={t("rules.order")}
          value={settings.selfRostering?.order ?? "none"}
          options={(["none", "seniority", "lottery"] as const).map((value) => ({
            value,
            name: t(`rules.orderOption.${value}`),
          }))}
          onChange={(order) => change({ selfRostering: order === "none" ? undefined : { order } })}
        />
        <p className="inherited">{t("rules.selfHint")}</p>
        <BidsTable roster={props.roster} />
      </section>
      <Ledger roster={props.roster} />
    </div>
  );
}

function Fairness(props: {
  readonly settings: RosteringSettings;
  readonly onChange: (next: Partial<RosteringSettings>) => void;
}) {
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const fairness = props.settings.fairness ?? {
    nights: 0,
    weekends: 0,
    lates: 0,
    undesired: 0,
    undesiredTemplateIds: [],
  };
  const chosen = fairness.undesiredTemplateIds;
  return (
    <section aria-labelledby="rules-fairness">
      <h2 id="rules-fairness" className="control-title">
        {t("rules.fairness")}
      </h2>
      <p className="inherited">{t("rules.fairnessHint")}</p>
      <div className="rules-fields">
        {burdens.map((burden) => (
          <NumberField
            key={burden}
            {...fairnessFields[burden]}
            label={t(`measure.${burden}`)}
            value={fairness[burden]}
            onChange={(price) => props.onChange({ fairness: { ...fairness, [burden]: price } })}
          />
        ))}
      </div>
      <fieldset className="chip-row">
        <legend className="field-label">{t("rules.undesired")}</legend>
        {plan.templates.map(({ id, name }) => (
          <Chip
            key={id}
            name={name}
            pressed={chosen.includes(id)}
            onPress={() =>
              props.onChange({
                fairness: {
                  ...fairness,
                  undesiredTemplateIds: chosen.includes(id)
                    ? chosen.filter((other) => other !== id)
                    : [...chosen, id],
                },
              })
            }
          >
            {name}
          </Chip>
        ))}
      </fieldset>
    </section>
  );
}

/** What people bring from earlier periods, and handing this period on to the next. */
function Ledger({ roster }: { readonly roster: Roster | null }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const format = useFormat();
  const plan = usePlan();
  const carried = plan.ledger ?? [];
  const names = new Map(plan.agents.map(({ id, name }) => [id, name]));
  return (
    <section aria-labelledby="rules-ledger">
      <h2 id="rules-ledger" className="control-title">
        {t("rules.ledger")}
      </h2>
      <p className="inherited">{t("rules.ledgerHint")}</p>
      {carried.length > 0 ? (
        <div className="ledger-scroll">
          <table className="person-table" aria-label={t("rules.ledger")}>
            <thead>
              <tr>
                <th scope="col">{t("column.agent")}</th>
                {burdens.map((burden) => (
                  <th key={burden} scope="col">
                    {t(`measure.${burden}`)}
                  </th>
                ))}
                <th scope="col">{t("measure.wishesGranted")}</th>
              </tr>
            </thead>
            <tbody>
              {carried.map((entry) => (
                <tr key={entry.agentId}>
                  <th scope="row">{names.get(entry.agentId) ?? entry.agentId}</th>
                  {burdens.map((burden) => (
                    <td key={burden}>
                      {format.number(entry[burden], Number.isInteger(entry[burden]) ? 0 : 1)}
                    </td>
                  ))}
                  <td>
                    {format.number(entry.wishesGranted, 0)}/{format.number(entry.wishes, 0)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p>{t("rules.noLedger")}</p>
      )}
      <div className="people-buttons">
        <Button
          disabled={roster === null}
          onClick={() =>
            store.editDocument("roster:edit.ledger", (document) => ({
              ...document,
              plan: { ...document.plan, ledger: ledgerAfter(document) },
            }))
          }
        >
          {t("rules.carryOver")}
        </Button>
        <Button
          disabled={carried.length === 0}
          onClick={() => store.edit("roster:edit.ledger", ({ ledger: _, ...before }) => before)}
        >
          {t("rules.clearLedger")}
        </Button>
        <PlanFileButtons
          part="ledger"
          outLabel={t("rules.ledgerOut")}
          inLabel={t("rules.ledgerIn")}
          file={ledgerFile}
          withFile={withLedgerOf}
        />
      </div>
    </section>
  );
}
