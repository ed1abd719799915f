import { useState } from "react";
import { useTranslation } from "react-i18next";
import { limitsOf } from "../../../domain/number-limits.ts";
import { type Agent, type Preferences, weightSchema } from "../../../domain/plan/roster.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { Switch } from "../../kit/controls/switch.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { readDatedWindows, readWindows, windowText } from "./window-text.ts";

const weightLimits = limitsOf(weightSchema);
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const partnerKinds = ["sameShifts", "sameDaysOff", "neverTogether"] as const;

/** What one person likes, what it costs to go against it, and when they can work at all. */
export function PersonAgreements({ agent }: { readonly agent: Agent }) {
  const { t } = useTranslation("roster");
  const { store } = useDesk();
  const change = (next: Partial<Agent>) =>
    store.edit("roster:edit.people", (before) => ({
      ...before,
      agents: before.agents.map((other) => (other.id === agent.id ? { ...other, ...next } : other)),
    }));
  return (
    <>
      <section className="person-section" aria-labelledby="person-likes">
        <h2 id="person-likes" className="control-title">
          {t("likes.title")}
        </h2>
        <Likes
          agent={agent}
          onChange={(preferences) => change({ preferences: { ...agent.preferences, ...preferences } })}
        />
      </section>
      <section className="person-section" aria-labelledby="person-times">
        <h2 id="person-times" className="control-title">
          {t("times.title")}
        </h2>
        <Times key={agent.id} agent={agent} onChange={change} />
      </section>
    </>
  );
}

function Likes(props: { readonly agent: Agent; readonly onChange: (next: Partial<Preferences>) => void }) {
  const { agent, onChange } = props;
  const { t } = useTranslation("roster");
  const plan = usePlan();
  const { startTime, daysOffTogether, partner } = agent.preferences ?? {};
  const others = plan.agents.filter(({ id }) => id !== agent.id).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div className="rules-fields">
      <SelectField
        label={t("likes.start")}
        value={startTime?.kind ?? "none"}
        options={(["none", "early", "late"] as const).map((value) => ({
          value,
          name: t(`likes.startOption.${value}`),
        }))}
        onChange={(kind) =>
          onChange({ startTime: kind === "none" ? undefined : { kind, weight: startTime?.weight ?? 1 } })
        }
      />
      <Weight
        label={t("likes.startWeight")}
        value={startTime?.weight}
        onChange={(weight) => startTime && onChange({ startTime: { ...startTime, weight } })}
      />
      <Switch
        label={t("likes.daysOffTogether")}
        checked={daysOffTogether !== undefined}
        onChange={(checked) => onChange({ daysOffTogether: checked ? { weight: 1 } : undefined })}
      />
      <Weight
        label={t("likes.daysOffWeight")}
        value={daysOffTogether?.weight}
        onChange={(weight) => onChange({ daysOffTogether: { weight } })}
      />
      <SelectField
        label={t("likes.partner")}
        value={partner?.agentId ?? ""}
        options={[
          { value: "", name: t("likes.nobody") },
          ...others.map(({ id, name }) => ({ value: id, name })),
        ]}
        onChange={(agentId) =>
          onChange({
            partner:
              agentId === ""
                ? undefined
                : { kind: partner?.kind ?? "sameShifts", weight: partner?.weight ?? 1, agentId },
          })
        }
      />
      <SelectField
        label={t("likes.partnerKind")}
        value={partner?.kind ?? "sameShifts"}
        disabled={!partner}
        options={partnerKinds.map((value) => ({ value, name: t(`likes.partnerOption.${value}`) }))}
        onChange={(kind) => partner && onChange({ partner: { ...partner, kind } })}
      />
      <Weight
        label={t("likes.partnerWeight")}
        value={partner?.weight}
        onChange={(weight) => partner && onChange({ partner: { ...partner, weight } })}
      />
    </div>
  );
}

function Weight(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (weight: number) => void;
}) {
  return (
    <NumberField
      {...weightLimits}
      label={props.label}
      disabled={props.value === undefined}
      value={props.value ?? 1}
      onChange={props.onChange}
    />
  );
}

function Times(props: { readonly agent: Agent; readonly onChange: (next: Partial<Agent>) => void }) {
  const { agent, onChange } = props;
  const { t } = useTranslation("roster");
  const format = useFormat();
  const plan = usePlan();
  const { availability, unavailable = [], fixedShifts = [] } = agent;
  return (
    <>
      <Switch
        label={t("times.always")}
        checked={availability === undefined}
        onChange={(always) =>
          onChange({
            availability: always
              ? undefined
              : weekdays.map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 })),
          })
        }
      />
      <div className="person-times">
        {weekdays.map((weekday) => (
          <div key={weekday} className="person-weekday">
            {availability !== undefined && (
              <Line
                label={t("times.on", { day: format.weekday(weekday, "long") })}
                text={windowText(availability.filter((window) => window.weekday === weekday))}
                placeholder={t("times.notAtAll")}
                onText={(text) => {
                  const windows = readWindows(text);
                  if (windows === null) return t("times.unreadable");
                  onChange({
                    availability: [
                      ...availability.filter((window) => window.weekday !== weekday),
                      ...windows.map((window) => ({ ...window, weekday })),
                    ],
                  });
                  return null;
                }}
              />
            )}
            <SelectField
              label={t("times.fixed", { day: format.weekday(weekday, "long") })}
              value={fixedShifts.find((fixed) => fixed.weekday === weekday)?.templateId ?? ""}
              options={[
                { value: "", name: t("times.free") },
                ...plan.templates.map(({ id, name }) => ({ value: id, name })),
              ]}
              onChange={(templateId) => {
                const others = fixedShifts.filter((fixed) => fixed.weekday !== weekday);
                const next = templateId === "" ? others : [...others, { weekday, templateId }];
                onChange({ fixedShifts: next.length > 0 ? next : undefined });
              }}
            />
          </div>
        ))}
      </div>
      <Line
        label={t("times.unavailable")}
        text={unavailable.map(({ date, ...window }) => `${date} ${windowText([window])}`).join("; ")}
        placeholder="2026-11-05 14:00–16:00; 2026-11-12 08:00–10:00"
        onText={(text) => {
          const windows = readDatedWindows(text);
          if (windows === null) return t("times.unreadableDates");
          onChange({ unavailable: windows.length > 0 ? windows : undefined });
          return null;
        }}
      />
    </>
  );
}

/** A line that is read when it is left; `onText` answers what is wrong with it, or null. */
function Line(props: {
  readonly label: string;
  readonly text: string;
  readonly placeholder: string;
  readonly onText: (text: string) => string | null;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  function leave(): void {
    if (draft === null) return;
    const wrong = draft === props.text ? null : props.onText(draft);
    setError(wrong);
    if (wrong === null) setDraft(null);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field inside has the focus
    <div className="person-line" onBlur={leave} onKeyDown={(event) => event.key === "Enter" && leave()}>
      <TextField
        label={props.label}
        value={draft ?? props.text}
        placeholder={props.placeholder}
        error={error}
        onChange={setDraft}
      />
    </div>
  );
}
