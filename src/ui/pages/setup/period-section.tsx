import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { daysBetween, isPlannableDate } from "../../../domain/calendar/clock.ts";
import { fieldsOf } from "../../../domain/number-limits.ts";
import { type Plan, planSchema } from "../../../domain/plan/plan.ts";
import { nextMonday } from "../../../domain/plan/plan-for-history.ts";
import {
  firstDateAfterHistory,
  lastDateOf,
  leftBehind,
  type Period,
  withClock,
} from "../../../domain/plan/plan-period.ts";
import { pageHref } from "../../frame/route.ts";
import { useDesk, usePlan, useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ListField } from "../../kit/controls/list-field.tsx";
import { NumberField } from "../../kit/controls/number-field.tsx";
import { SelectField } from "../../kit/controls/select-field.tsx";
import { TextField } from "../../kit/controls/text-field.tsx";
import { useFormat } from "../../kit/use-format.ts";
import { NameField } from "./name-field.tsx";

const planFields = fieldsOf(planSchema);
const intervals = [15, 30, 60] as const;
const fourWeeks = 28;

/** The dates that are planned, and the plan's clock, currency and name. */
export function PeriodSection() {
  const { t } = useTranslation("setup");
  const headingId = useId();
  return (
    <section className="setup-section" aria-labelledby={headingId}>
      <h2 id={headingId} className="control-title">
        {t("period.title")}
      </h2>
      <Dates />
      <p className="setup-note">
        <a href={pageHref("periods")}>{t("period.next")}</a> {t("period.nextHint")}
      </p>
      <ClockAndName />
    </section>
  );
}

/** First day and length; where a move leaves something outside, that is said before it happens. */
function Dates() {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const document = useSession((state) => state.document);
  const { plan } = document;
  const [draft, setDraft] = useState<Period | null>(null);
  const period = draft ?? plan;
  const next = firstDateAfterHistory(document);
  const monday = next === null ? null : nextMonday(next);
  const isDate = isPlannableDate(period.firstDate);
  const changes = draft !== null && (draft.firstDate !== plan.firstDate || draft.dayCount !== plan.dayCount);
  function change(part: Partial<Period>): void {
    const next = { firstDate: period.firstDate, dayCount: period.dayCount, ...part };
    const isHarmless =
      isPlannableDate(next.firstDate) &&
      Object.values(leftBehind(document, next)).every((count) => count === 0);
    if (isHarmless) store.edit("setup:edit.period", (before) => ({ ...before, ...next }), "setup.period");
    setDraft(isHarmless ? null : next);
  }
  function set(): void {
    if (draft !== null) store.edit("setup:edit.period", (before) => ({ ...before, ...draft }));
    setDraft(null);
  }
  return (
    <>
      <div className="setup-fields">
        <TextField
          type="date"
          label={t("period.firstDate")}
          value={period.firstDate}
          error={isDate ? null : t("period.noDate")}
          onChange={(firstDate) => change({ firstDate })}
        />
        <NumberField
          {...planFields.dayCount}
          label={t("period.length")}
          value={period.dayCount}
          onChange={(dayCount) => change({ dayCount })}
        />
        {monday !== null && (period.firstDate !== monday || period.dayCount !== fourWeeks) && (
          <div className="setup-beside">
            <Button onClick={() => change({ firstDate: monday, dayCount: fourWeeks })}>
              {t("period.afterHistory")}
            </Button>
          </div>
        )}
      </div>
      {isDate && (
        <p className="setup-note">
          {t("period.dates", {
            first: format.date(period.firstDate, "long"),
            last: format.date(lastDateOf(period), "long"),
          })}{" "}
          {next !== null && t(...historyWords(daysBetween(next, period.firstDate)))}
        </p>
      )}
      {changes && isDate && (
        <fieldset className="setup-ask">
          <legend className="visually-hidden">{t("period.set")}</legend>
          <LeftBehindLine period={period} />
          <div className="setup-buttons">
            <Button look="primary" onClick={set}>
              {t("period.set")}
            </Button>
            <Button onClick={() => setDraft(null)}>{t("period.keep")}</Button>
          </div>
        </fieldset>
      )}
    </>
  );
}

type HistoryWords = ["period.rightAfter" | "period.gap" | "period.overlap", { readonly count: number }];

/** How the first planned day lies to the end of the history. */
function historyWords(days: number): HistoryWords {
  if (days === 0) return ["period.rightAfter", { count: 0 }];
  return days > 0 ? ["period.gap", { count: days }] : ["period.overlap", { count: -days }];
}

/** What would no longer lie in the plan's dates, with counts, and what becomes of it. */
function LeftBehindLine({ period }: { readonly period: Period }) {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const document = useSession((state) => state.document);
  const left = useMemo(() => leftBehind(document, period), [document, period]);
  const kept = (["overrides", "specialDays", "daysOfPeople", "floorEvents", "scenarios"] as const)
    .filter((name) => left[name] > 0)
    .map((name) => t(`left.${name}`, { count: left[name] }));
  return (
    <div role="status">
      {left.shifts > 0 && (
        <p>
          {t("left.shifts", { count: left.shifts })}
          {left.pinned > 0 && ` ${t("left.pinned", { count: left.pinned })}`}
        </p>
      )}
      {kept.length > 0 && <p>{t("left.kept", { what: format.list(kept) })}</p>}
      {left.shifts === 0 && kept.length === 0 && <p>{t("left.nothing")}</p>}
    </div>
  );
}

function ClockAndName() {
  const { t } = useTranslation("setup");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  const history = useSession((state) => state.document.history);
  const zones = useMemo(() => listOf("timeZone", plan.timeZone).map((value) => ({ value })), [plan.timeZone]);
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(format.locale, { type: "currency" });
    return listOf("currency", plan.currency).map((value) => ({ value, name: names.of(value) }));
  }, [format.locale, plan.currency]);
  const finest = history?.grid.intervalMinutes ?? 1;
  /** An interval that would lose detail of the history, until the person has said that it shall. */
  const [wider, setWider] = useState<Plan["intervalMinutes"] | null>(null);
  function setClock(clock: Partial<Pick<Plan, "timeZone" | "intervalMinutes">>): void {
    store.editDocument("setup:edit.clock", (before) => {
      const { timeZone, intervalMinutes } = before.plan;
      return withClock(before, { timeZone, intervalMinutes, ...clock });
    });
  }
  return (
    <>
      <div className="setup-fields">
        <NameField
          label={t("period.name")}
          value={plan.name}
          onChange={(name) => store.edit("frame:edit.rename", (before) => ({ ...before, name }), "rename")}
        />
        <SelectField
          label={t("period.interval")}
          value={String(plan.intervalMinutes)}
          options={intervals.map((minutes) => ({
            value: String(minutes),
            name: t("period.minutes", { count: minutes }),
            disabled: minutes % finest !== 0,
          }))}
          hint={intervals[0] % finest === 0 ? undefined : t("period.finest", { count: finest })}
          onChange={(value) => {
            const intervalMinutes = Number(value) as Plan["intervalMinutes"];
            const isWider = history !== null && intervalMinutes > finest;
            setWider(isWider ? intervalMinutes : null);
            if (!isWider) setClock({ intervalMinutes });
          }}
        />
        <ListField
          label={t("period.zone")}
          value={plan.timeZone}
          options={zones}
          unknown={(zone) => t("period.noZone", { zone })}
          hint={t("period.zoneHint")}
          onChange={(timeZone) => setClock({ timeZone })}
        />
        <ListField
          label={t("period.currency")}
          value={plan.currency}
          options={currencies}
          unknown={(code) => t("period.noCurrency", { code })}
          onChange={(currency) => store.edit("setup:edit.currency", (before) => ({ ...before, currency }))}
        />
      </div>
      {wider !== null && history !== null && (
        <fieldset className="setup-ask">
          <legend className="visually-hidden">{t("period.interval")}</legend>
          <p role="status">
            {t("period.wider", { days: format.number(history.grid.dayCount), finest, wider })}
          </p>
          <div className="setup-buttons">
            <Button
              look="primary"
              onClick={() => {
                setClock({ intervalMinutes: wider });
                setWider(null);
              }}
            >
              {t("period.setInterval", { count: wider })}
            </Button>
            <Button onClick={() => setWider(null)}>
              {t("period.keepInterval", { count: plan.intervalMinutes })}
            </Button>
          </div>
        </fieldset>
      )}
    </>
  );
}

/** What the browser knows by name, with what the plan has already. */
function listOf(kind: "timeZone" | "currency", own: string): string[] {
  const usual = kind === "timeZone" ? ["UTC", own] : [own];
  return [...new Set([...usual, ...Intl.supportedValuesOf(kind)])].sort();
}
