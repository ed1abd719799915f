import { useTranslation } from "react-i18next";
import type { Weekday } from "../../../domain/calendar/clock.ts";
import type { Change, ChangeKind, Scenario, TimeWindow } from "../../../domain/plan/scenario.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ClockField } from "../../kit/controls/clock-field.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { type ChangeField, changeForms, changeLimits } from "./change-forms.ts";
import { changeWords } from "./change-words.ts";

/** They leave less to do, which saves wages only where shifts are made for it. */
const savesWork: ReadonlySet<ChangeKind> = new Set([
  "deflection",
  "resolution",
  "afterContactWork",
  "outsourcing",
]);
const aboutNewShifts: ReadonlySet<ChangeKind> = new Set(["newTemplate", "withoutTemplate"]);

/** The changes of one scenario, each with the fields of its kind. */
export function ScenarioEditor(props: {
  readonly scenario: Scenario;
  readonly onChange: (scenario: Scenario) => void;
}) {
  const { scenario, onChange } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const format = useFormat();
  const setChange = (place: number, change: Change | null) =>
    onChange({
      ...scenario,
      changes: scenario.changes.flatMap((old, at) => (at !== place ? old : (change ?? []))),
    });
  return (
    <section className="whatif-editor" aria-label={t("editor.label", { name: scenario.name })}>
      <TextField
        label={t("editor.name")}
        value={scenario.name}
        error={scenario.name.trim() === "" ? t("editor.nameNeeded") : null}
        onChange={(name) => onChange({ ...scenario, name: name === "" ? " " : name })}
      />
      {scenario.changes.map((change, place) => (
        // Changes have no identity but their place.
        <details key={place} className="whatif-change" open={place === scenario.changes.length - 1}>
          <summary>{changeWords(t, format, plan, change)}</summary>
          <div className="whatif-fields">
            {changeForms[change.kind].fields.map((field) => (
              <Field
                key={field.key}
                field={field}
                change={change}
                onChange={(value) => setChange(place, { ...change, [field.key]: value } as Change)}
              />
            ))}
          </div>
          {!scenario.newShifts && savesWork.has(change.kind) && (
            <p className="field-hint">{t("editor.sameShifts")}</p>
          )}
          {!scenario.newShifts && aboutNewShifts.has(change.kind) && (
            <p className="field-hint">{t("editor.newShiftsOnly")}</p>
          )}
          <Button look="quiet" onClick={() => setChange(place, null)}>
            {t("editor.removeChange")}
          </Button>
        </details>
      ))}
      <SelectField
        label={t("editor.add")}
        value=""
        options={[
          { value: "", name: t("editor.choose") },
          ...(Object.keys(changeForms) as ChangeKind[]).map((kind) => ({
            value: kind,
            name: t(`kind.${kind}`),
          })),
        ]}
        onChange={(kind) => {
          if (kind === "") return;
          onChange({
            ...scenario,
            changes: [...scenario.changes, changeForms[kind as ChangeKind].fresh(plan)],
          });
        }}
      />
      <Switch
        label={t("newShifts.label")}
        checked={scenario.newShifts ?? false}
        onChange={(checked) => {
          const { newShifts: _, ...rest } = scenario;
          onChange(checked ? { ...rest, newShifts: true } : rest);
        }}
      />
    </section>
  );
}

function Field(props: {
  readonly field: ChangeField;
  readonly change: Change;
  readonly onChange: (value: unknown) => void;
}) {
  const { field, change, onChange } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const label = t(`field.${field.key}`);
  const limits = changeLimits(change.kind)[field.key];
  const value = (change as unknown as Record<string, unknown>)[field.key];
  switch (field.kind) {
    case "factor":
      return (
        <NumberField
          label={field.key === "factor" ? t("field.change") : label}
          hint={field.key === "startingPace" ? t("hint.startingPace") : undefined}
          kind="share"
          value={Math.round(((value as number) - 1) * 1e6) / 1e6}
          min={(limits.min ?? 0) - 1}
          max={(limits.max ?? Infinity) - 1}
          onChange={(next) => onChange(Math.round((1 + next) * 1e6) / 1e6)}
        />
      );
    case "number":
    case "signed":
    case "money":
      return (
        <NumberField
          {...limits}
          label={label}
          currency={field.kind === "money" ? plan.currency : undefined}
          value={(value as number | null | undefined) ?? null}
          onChange={onChange}
        />
      );
    case "date":
      return (
        <TextField
          label={label}
          type="date"
          value={value as string}
          onChange={(date) => /^\d{4}-\d{2}-\d{2}$/.test(date) && onChange(date)}
        />
      );
    case "optionalDate":
      return (
        <TextField
          label={label}
          type="date"
          value={(value as string | null) ?? ""}
          onChange={(date) => onChange(date === "" ? null : date)}
        />
      );
    case "clock":
      return (
        <ClockField
          label={label}
          minute={value as number}
          isEnd={field.key === "toMinute"}
          onChange={onChange}
        />
      );
    case "queue":
    case "group":
    case "item":
    case "contract":
    case "template": {
      const list = {
        queue: plan.queues,
        group: plan.groups,
        item: plan.shrinkage,
        template: plan.templates,
        contract: plan.contracts,
      }[field.kind];
      const all = {
        queue: t("allQueues"),
        group: t("allGroups"),
        item: t("allShrinkage"),
        template: "",
        contract: t("words.fortyHours"),
      }[field.kind];
      return (
        <SelectField
          label={field.key === "toGroupId" ? label : t(`field.${field.kind}`)}
          value={(value as string | null) ?? ""}
          options={[
            ...(field.all ? [{ value: "", name: all }] : []),
            ...list.map(({ id, name }) => ({ value: id, name })),
          ]}
          onChange={(id) => onChange(id === "" ? null : id)}
        />
      );
    }
    case "choice":
      return (
        <SelectField
          label={label}
          value={value as string}
          options={field.values.map((choice) => ({ value: choice, name: t(`choice.${choice}`) }))}
          onChange={onChange}
        />
      );
    case "window":
      return <WindowFields window={value as TimeWindow | null} onChange={onChange} />;
  }
}

const everything: TimeWindow = {
  fromDate: null,
  toDate: null,
  weekdays: null,
  fromMinute: null,
  toMinute: null,
};

function WindowFields(props: {
  readonly window: TimeWindow | null;
  readonly onChange: (window: TimeWindow | null) => void;
}) {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const window = props.window ?? everything;
  const set = (part: Partial<TimeWindow>) => {
    const next = { ...window, ...part };
    props.onChange(Object.values(next).every((limit) => limit === null) ? null : next);
  };
  return (
    <>
      <TextField
        label={t("field.fromDate")}
        type="date"
        value={window.fromDate ?? ""}
        onChange={(date) => set({ fromDate: date === "" ? null : date })}
      />
      <TextField
        label={t("field.toDate")}
        type="date"
        value={window.toDate ?? ""}
        error={
          window.fromDate !== null && window.toDate !== null && window.toDate < window.fromDate
            ? t("field.reversed", { from: format.date(window.fromDate) })
            : null
        }
        onChange={(date) => set({ toDate: date === "" ? null : date })}
      />
      <ClockField
        optional
        label={t("field.fromMinute")}
        minute={window.fromMinute}
        onChange={(fromMinute) => set({ fromMinute })}
      />
      <ClockField
        optional
        isEnd
        label={t("field.toMinute")}
        minute={window.toMinute}
        onChange={(toMinute) => set({ toMinute })}
      />
      <fieldset className="whatif-weekdays">
        <legend className="field-label">{t("field.weekdays")}</legend>
        {([1, 2, 3, 4, 5, 6, 7] as Weekday[]).map((day) => {
          const chosen = window.weekdays?.includes(day) ?? false;
          return (
            <label key={day}>
              <input
                type="checkbox"
                checked={chosen}
                onChange={() => {
                  const days = chosen
                    ? (window.weekdays ?? []).filter((other) => other !== day)
                    : [...(window.weekdays ?? []), day].sort();
                  set({ weekdays: days.length === 0 ? null : days });
                }}
              />
              {format.weekday(day)}
            </label>
          );
        })}
      </fieldset>
    </>
  );
}

/** A clock time; midnight as an end is the end of the day. Empty: no limit. */
