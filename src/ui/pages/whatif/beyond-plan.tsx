import { useTranslation } from "react-i18next";
import { stageRunners } from "../../../app/running/stage-runners.ts";
import { addDays } from "../../../domain/calendar/clock.ts";
import { fingerprint } from "../../../domain/fingerprint.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import {
  type BeyondComparison,
  type BeyondFigures,
  beyondMeasures,
  compareBeyondPlan,
  datesBeyond,
} from "../../../scenarios/measuring/beyond-plan.ts";
import { demandMakers } from "../../../stages/demand-makers.ts";
import { useSession } from "../../frame/session-context.tsx";
import { Button } from "../../kit/controls/button.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import { RunAnalysis } from "./run-analysis.tsx";
import { useAnalysis } from "./use-analysis.ts";

/** Scenarios on dates for which there is no roster: forecast and agents required, with and without the changes. */
export function BeyondPlan(props: {
  readonly scenarios: readonly Scenario[];
  readonly queueId: string | null;
  /** Opens a scenario in the controls. */
  readonly onShow: (scenarioId: string) => void;
  readonly onRemove: (scenarioId: string) => void;
}) {
  const { t } = useTranslation("whatif");
  return (
    <section aria-label={t("beyond.title")}>
      <h2 className="control-title">{t("beyond.title")}</h2>
      <p className="field-hint">{t("beyond.text")}</p>
      {props.scenarios.map((scenario) => (
        <BeyondScenario
          key={scenario.id}
          scenario={scenario}
          queueId={props.queueId}
          onShow={() => props.onShow(scenario.id)}
          onRemove={() => props.onRemove(scenario.id)}
        />
      ))}
    </section>
  );
}

function BeyondScenario(props: {
  readonly scenario: Scenario;
  readonly queueId: string | null;
  readonly onShow: () => void;
  readonly onRemove: () => void;
}) {
  const { scenario, queueId } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const { plan, history } = useSession((state) => state.document);
  const { state, trouble, running, run } = useAnalysis<string, BeyondComparison>("beyond");
  const dates = datesBeyond(plan, scenario);
  if (dates === null) return null;
  const { scenarios: _, ...settings } = plan;
  const question = fingerprint({ settings, scenario, history: history?.grid ?? null });
  const start = () =>
    run(question, (onProgress, signal) =>
      compareBeyondPlan(
        plan,
        scenario,
        demandMakers(history, {
          forecast: (sources) => stageRunners.forecast(sources, onProgress, signal),
          requirement: (sources) => stageRunners.requirement(sources, onProgress, signal),
        }),
      ),
    );
  const lastDate = addDays(dates.firstDate, dates.dayCount - 1);
  // The year as well: it may be another one than the plan's.
  const days =
    dates.dayCount === 1 ? format.date(dates.firstDate, "full") : format.dateRange(dates.firstDate, lastDate);
  const answer = state?.question === question ? state.answer : null;
  return (
    <div className="whatif-analysis">
      <h3 className="field-label">{t("beyond.scenario", { name: scenario.name, days })}</h3>
      <RunAnalysis label={t("beyond.run")} disabled={running} trouble={trouble} onRun={start}>
        <Button onClick={props.onShow}>{t("beyond.change")}</Button>
        <Button look="quiet" aria-label={t("removeNamed", { name: scenario.name })} onClick={props.onRemove}>
          {t("remove")}
        </Button>
      </RunAnalysis>
      {answer !== null && <BeyondTable answer={answer} plan={plan} queueId={queueId} />}
    </div>
  );
}

function BeyondTable(props: {
  readonly answer: BeyondComparison;
  readonly plan: Plan;
  readonly queueId: string | null;
}) {
  const { answer, plan } = props;
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const scope = answer.scopes.find(({ queueId }) => queueId === props.queueId) ?? answer.scopes.at(-1);
  if (scope === undefined) return null;
  const { base, changed } = scope;
  const hours = changed.hoursToSchedule - base.hoursToSchedule;
  return (
    <>
      <p className="whatif-answer" role="status">
        {t(hours === 0 ? "beyond.same" : hours > 0 ? "beyond.more" : "beyond.less", {
          name: answer.name,
          hours: format.hours(Math.abs(hours)),
          peak: format.number(changed.peakAgents),
          before: format.number(base.peakAgents),
        })}
      </p>
      <div className="whatif-scroll">
        <table className="whatif-table" aria-label={t("beyond.label", { name: answer.name })}>
          <thead>
            <tr>
              <th scope="col">{t("beyond.measure")}</th>
              <th scope="col">{t("beyond.forecast")}</th>
              <th scope="col">{answer.name}</th>
              <th scope="col">{t("beyond.difference")}</th>
            </tr>
          </thead>
          <tbody>
            {beyondMeasures.map((measure) => (
              <tr key={measure}>
                <th scope="row">{t(`beyond.${measure}`)}</th>
                <td>{written(measure, base[measure], plan, format)}</td>
                <td>{written(measure, changed[measure], plan, format)}</td>
                <td>{differenceOf(measure, base[measure], changed[measure], plan, format)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {answer.uncounted > 0 && (
        <p className="field-hint">{t("beyond.uncounted", { count: answer.uncounted })}</p>
      )}
    </>
  );
}

function written(
  measure: keyof BeyondFigures,
  value: number | null,
  plan: Pick<Plan, "currency">,
  format: Format,
): string {
  if (value === null) return "—";
  if (measure === "cost") return format.money(value, plan.currency);
  return measure === "hoursNeeded" || measure === "hoursToSchedule"
    ? format.hours(value)
    : format.number(Math.round(value));
}

function differenceOf(
  measure: keyof BeyondFigures,
  from: number | null,
  to: number | null,
  plan: Pick<Plan, "currency">,
  format: Format,
): string {
  if (from === null || to === null) return "—";
  const sign = to > from ? "+" : to < from ? "−" : "±";
  return `${sign}${written(measure, Math.abs(to - from), plan, format)}`;
}
