import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { planWithNewShifts } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedPlan, Comparison, PlanningState } from "../../../scenarios/measuring/comparison.ts";
import { betterWay, type Measure, measures } from "../../../scenarios/measuring/figures.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { DifferenceBar } from "../../kit/charts/difference-bar.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import { changeWords } from "./change-words.ts";
import { figureWords } from "./figure-words.ts";
import { liveScenarioId } from "./levers.ts";

/** Scenarios as columns, measures as rows; each difference with its interval and a bar. */
export function ComparisonTable(props: {
  readonly comparison: Comparison;
  readonly queueId: string | null;
  readonly scenarios: readonly Scenario[];
  /** True while shifts for a scenario are still being made. */
  readonly waitsForShifts: (scenario: Scenario) => boolean;
  /** Column whose charts are shown. */
  readonly shownId: string | null;
  readonly onShow: (scenarioId: string | null) => void;
  readonly onRemove: (scenarioId: string) => void;
  readonly onDuplicate: (scenarioId: string) => void;
  readonly onAdopt: (scenarioId: string) => void;
}) {
  const { comparison, queueId, shownId } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const format = useFormat();
  const shownColumn = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    const cell = shownColumn.current;
    const box = cell?.closest(".whatif-scroll");
    if (cell == null || box == null) return;
    const over = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
    if (box.scrollLeft < over) box.scrollLeft = over;
  }, [shownId, comparison.plans.length, comparison.method]);
  const rows = measures.filter((measure) =>
    comparison.plans.some((column) => figureOf(column, queueId, measure) !== null),
  );
  return (
    <div className="whatif-scroll">
      <table className="whatif-table" aria-label={t("table.label")}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("table.measure")}</span>
            </th>
            {comparison.plans.map(({ scenarioId, name, state }) => {
              const scenario = props.scenarios.find(({ id }) => id === scenarioId);
              return (
                <th
                  key={scenarioId ?? ""}
                  ref={scenarioId === shownId ? shownColumn : undefined}
                  scope="col"
                  className={scenarioId === shownId ? "is-shown" : undefined}
                >
                  <button
                    type="button"
                    className="whatif-column"
                    aria-pressed={scenarioId === shownId}
                    onClick={() => props.onShow(scenarioId)}
                  >
                    {columnName(t, { scenarioId, name })}
                  </button>
                  <ul className="whatif-changes">
                    <li>{stateWords(t, format, state)}</li>
                    {scenario?.changes.map((change) => {
                      const words = changeWords(t, format, plan, change);
                      return <li key={words}>{words}</li>;
                    })}
                    {scenario?.newShifts && (
                      <li>{t(props.waitsForShifts(scenario) ? "newShifts.waits" : "newShifts.made")}</li>
                    )}
                  </ul>
                  {scenario !== undefined && scenarioId !== liveScenarioId && (
                    <span className="whatif-column-actions">
                      <button
                        type="button"
                        className="button button-quiet"
                        aria-label={t("adopt.buttonNamed", { name })}
                        onClick={() => props.onAdopt(scenario.id)}
                      >
                        {t("adopt.button")}
                      </button>
                      <button
                        type="button"
                        className="button button-quiet"
                        aria-label={t("duplicateNamed", { name })}
                        onClick={() => props.onDuplicate(scenario.id)}
                      >
                        {t("duplicate")}
                      </button>
                      <button
                        type="button"
                        className="button button-quiet"
                        aria-label={t("removeNamed", { name })}
                        onClick={() => props.onRemove(scenario.id)}
                      >
                        {t("remove")}
                      </button>
                    </span>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((measure) => {
            const words = figureWords(t, format, measure, plan.currency);
            const extent = Math.max(
              ...comparison.plans.map((column) => {
                const difference = differenceOf(column, queueId, measure);
                return difference === null ? 0 : Math.abs(difference.value) + difference.halfWidth;
              }),
            );
            return (
              <tr key={measure}>
                <th scope="row" title={t(`hint.${measure}`)}>
                  {t(`measure.${measure}`)}
                </th>
                {comparison.plans.map((column) => {
                  const figure = figureOf(column, queueId, measure);
                  const difference = differenceOf(column, queueId, measure);
                  const changed =
                    difference !== null && (difference.value !== 0 || difference.halfWidth !== 0);
                  return (
                    <td key={column.scenarioId ?? ""} title={figure === null ? t("noFigure") : undefined}>
                      <div className="whatif-cell">
                        {changed && (
                          <DifferenceBar
                            difference={difference.value}
                            halfWidth={difference.halfWidth}
                            extent={extent}
                            better={betterWay[measure]}
                            width={comparison.plans.length > 3 ? 36 : 64}
                            label={`${t(`measure.${measure}`)}: ${words.difference(difference)}`}
                          />
                        )}
                        {difference !== null && (
                          <span className="whatif-difference">
                            {changed ? words.difference(difference) : t("same")}
                          </span>
                        )}
                        <span className="whatif-value">
                          {figure === null ? "—" : words.value(figure.value)}
                        </span>
                      </div>
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {comparison.plans.some(({ recovery }) => recovery !== null) && (
            <tr>
              <th scope="row" title={t("hint.recovery")}>
                {t("measure.recovery")}
              </th>
              {comparison.plans.map(({ scenarioId, recovery }) => (
                <td key={scenarioId ?? ""}>
                  <div className="whatif-cell">
                    <span className="whatif-value">
                      {recovery === null
                        ? "—"
                        : recovery.minutes === null
                          ? t("notThatDay")
                          : t("minutes", { minutes: format.number(recovery.minutes) })}
                    </span>
                  </div>
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** What the head of a column says. */
export function columnName(
  t: TFunction<"whatif">,
  { scenarioId, name }: Pick<ComparedPlan, "scenarioId" | "name">,
): string {
  if (scenarioId === null) return t("base");
  if (scenarioId === planWithNewShifts.id) return t("baseAnew");
  return scenarioId === liveScenarioId ? t("live") : name;
}

/** "Roster: 1,221 shifts, 58 open": two columns in the same state can be held against each other. */
function stateWords(t: TFunction<"whatif">, format: Format, state: PlanningState): string {
  const shifts = format.number(state.shifts);
  if (state.kind === "schedule") return t("state.schedule", { shifts });
  return state.openShifts === 0
    ? t("state.roster", { shifts })
    : t("state.rosterOpen", { shifts, open: format.number(state.openShifts) });
}

function figureOf(column: ComparedPlan, queueId: string | null, measure: Measure) {
  return column.scopes.find((scope) => scope.queueId === queueId)?.figures[measure] ?? null;
}

function differenceOf(column: ComparedPlan, queueId: string | null, measure: Measure) {
  return column.scopes.find((scope) => scope.queueId === queueId)?.differences?.[measure] ?? null;
}
