import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { OutsideForecast } from "../../../domain/plan/forecast-settings.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { readForecastCsv } from "../../../files/forecast-csv.ts";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import { ControlGroup } from "../../kit/controls/control-group.tsx";
import { useFormat } from "../../kit/use-format.ts";

/** A forecast that somebody else made, in place of the model's; listed with what it covers, and taken back. */
export function OutsideForecastPanel() {
  const { t } = useTranslation("forecast");
  const format = useFormat();
  const { store } = useDesk();
  const plan = usePlan();
  const input = useRef<HTMLInputElement>(null);
  const outside = plan.forecast.outside ?? null;

  async function take(file: File): Promise<void> {
    const outcome = readForecastCsv(await file.text(), file.name, plan);
    if (outcome.ok) store.edit("forecast:edit.outside", (before) => withOutside(before, outcome.value));
    const [issue] = outcome.issues;
    if (issue) store.dispatch({ type: "notice", notice: { id: "forecast.file", issue } });
    else store.dispatch({ type: "dismiss", id: "forecast.file" });
  }
  return (
    <ControlGroup title={t("outside.title")}>
      <p className="field-hint">{t("outside.hint")}</p>
      {outside !== null && (
        <ul className="forecast-overrides" aria-label={t("outside.title")}>
          {outside.queues.map(({ queueId, startEpochSeconds }, at) => (
            <li key={queueId}>
              <span>
                <b>{queueId}</b>{" "}
                {t("outside.covers", {
                  name: outside.name,
                  count: startEpochSeconds.length,
                  intervals: format.number(startEpochSeconds.length),
                })}
              </span>
              {at === 0 && (
                <Button
                  look="quiet"
                  aria-label={t("outside.remove", { name: outside.name })}
                  onClick={() =>
                    store.edit("forecast:edit.outsideRemoved", (before) => withOutside(before, null))
                  }
                >
                  ×
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Button onClick={() => input.current?.click()}>{t("outside.choose")}</Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept=".csv,text/csv"
        tabIndex={-1}
        aria-label={t("outside.choose")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void take(file);
        }}
      />
    </ControlGroup>
  );
}

/** The plan with the figures of a forecast made elsewhere in place of the former one's; null: none. */
function withOutside(plan: Plan, outside: OutsideForecast | null): Plan {
  return { ...plan, forecast: { ...plan.forecast, outside } };
}
