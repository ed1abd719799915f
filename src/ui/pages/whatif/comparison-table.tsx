import type { TFunction } from "i18next";
import { type Ref, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { chargeKinds } from "../../../scenarios/changes/scenario-inputs.ts";
import { planWithNewShifts } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedPlan, Comparison, PlanningState } from "../../../scenarios/measuring/comparison.ts";
import { betterWay, type Measure, measures } from "../../../scenarios/measuring/figures.ts";
import type { LedgerItem } from "../../../scenarios/money-ledger.ts";
import { usePlan } from "../../frame/session-context.tsx";
import { DifferenceBar } from "../../kit/charts/difference-bar.tsx";
import type { Format } from "../../kit/format.ts";
import { useFormat } from "../../kit/use-format.ts";
import { changeWords } from "./change-words.ts";
import { figureWords } from "./figure-words.ts";
import { liveScenarioId } from "./levers.ts";

/** Of a long list, as many changes stand at the head of a column. */
const mostChanges = 5;
/** What the formula says of service, where it answers. */
const formulaMeasures: readonly Measure[] = [
  "serviceLevel",
  "asaSeconds",
  "abandonmentRate",
  "lost",
  "lostValue",
  "handled",
  "occupancy",
  "costPerContact",
];

interface ColumnActions {
  readonly onShow: (scenarioId: string | null) => void;
  readonly onRemove: (scenarioId: string) => void;
  readonly onDuplicate: (scenarioId: string) => void;
  readonly onAdopt: (scenarioId: string) => void;
}

interface TableProps extends ColumnActions {
  readonly comparison: Comparison;
  readonly queueId: string | null;
  readonly scenarios: readonly Scenario[];
  /** True while shifts for a scenario are still being made. */
  readonly waitsForShifts: (scenario: Scenario) => boolean;
  /** Column whose charts are shown. */
  readonly shownId: string | null;
}

/** Scenarios as columns, measures as rows; each difference with its interval and a bar. */
export function ComparisonTable(props: TableProps) {
  const { comparison, queueId, shownId } = props;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const format = useFormat();
  const { t: issueText } = useTranslation("issues");
  const shownColumn = useRef<HTMLTableCellElement>(null);
  function withheldWords({ scopes }: ComparedPlan, of: string | null): string | null {
    const withheld = scopes.find((scope) => scope.queueId === of)?.withheld ?? null;
    if (withheld === null) return null;
    const queue = plan.queues.find(({ id }) => id === withheld.queueId)?.name ?? withheld.queueId;
    return issueText(`withheld.${withheld.reason}`, { queue });
  }
  useEffect(() => {
    const cell = shownColumn.current;
    const box = cell?.closest(".whatif-scroll");
    if (cell == null || box == null) return;
    const over = cell.offsetLeft + cell.offsetWidth - box.clientWidth;
    if (box.scrollLeft < over) box.scrollLeft = over;
  }, [shownId, comparison.plans.length, comparison.method]);
  const rows = tableRows(comparison, queueId);
  const { firstDate } = plan;
  const span = format.dateRange(
    addDays(firstDate, comparison.days.first),
    addDays(firstDate, comparison.days.end - 1),
  );
  const queueName = (id: string | null) =>
    id === null ? t("allQueues") : (plan.queues.find((queue) => queue.id === id)?.name ?? id);
  return (
    <div className="whatif-scroll">
      <table className="whatif-table" aria-label={t("table.label")}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("table.measure")}</span>
              <span className="whatif-scope">
                {queueName(queueId)}
                <br />
                {span}
              </span>
            </th>
            {comparison.plans.map(({ scenarioId, name, state }) => {
              const scenario = props.scenarios.find(({ id }) => id === scenarioId);
              return (
                <ColumnHead
                  key={scenarioId ?? ""}
                  ref={scenarioId === shownId ? shownColumn : undefined}
                  column={{ scenarioId, name, state }}
                  scenario={scenario}
                  isWaiting={scenario !== undefined && props.waitsForShifts(scenario)}
                  isShown={scenarioId === shownId}
                  actions={props}
                />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ measure, queueId: of, isPart }) => {
            const words = figureWords(t, format, measure, plan.currency);
            const name = measureName(t, measure, of);
            const extent = Math.max(
              ...comparison.plans.map((column) => {
                const difference = differenceOf(column, of, measure);
                return difference === null ? 0 : Math.abs(difference.value) + difference.halfWidth;
              }),
            );
            return (
              <tr key={`${measure} ${of}`} className={isPart ? "is-part" : undefined}>
                <th
                  scope="row"
                  title={t(`hint.${measure}`)}
                  aria-label={isPart ? `${name}, ${queueName(of)}` : undefined}
                >
                  {isPart ? queueName(of) : name}
                </th>
                {comparison.plans.map((column) => {
                  const figure = figureOf(column, of, measure);
                  const withheld = formulaMeasures.includes(measure) ? withheldWords(column, of) : null;
                  const difference = differenceOf(column, of, measure);
                  const changed =
                    difference !== null && (difference.value !== 0 || difference.halfWidth !== 0);
                  return (
                    <td
                      key={column.scenarioId ?? ""}
                      className={columnClass(column.scenarioId, null)}
                      title={
                        figure !== null
                          ? undefined
                          : lacksPrice(column, measure)
                            ? t("hint.noPrice")
                            : (withheld ?? t("noFigure"))
                      }
                    >
                      <div className="whatif-cell">
                        {changed && (
                          <DifferenceBar
                            difference={difference.value}
                            halfWidth={difference.halfWidth}
                            extent={extent}
                            better={betterWay[measure]}
                            width={comparison.plans.length > 3 ? 36 : 64}
                            label={`${name}: ${words.difference(difference)}`}
                          />
                        )}
                        {difference !== null && (
                          <span className="whatif-difference">
                            {changed ? words.difference(difference) : t("same")}
                          </span>
                        )}
                        <span className="whatif-value">
                          {figure !== null
                            ? words.value(figure.value)
                            : lacksPrice(column, measure)
                              ? t("payBack.noPrice")
                              : withheld === null
                                ? "—"
                                : t("notInFormula")}
                          {figure !== null && figure.halfWidth > 0 && (
                            <span className="whatif-interval"> {words.interval(figure.halfWidth)}</span>
                          )}
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
                <td key={scenarioId ?? ""} className={columnClass(scenarioId, null)}>
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

/** What a column holds, and what can be done with it. */
function ColumnHead(props: {
  readonly ref: Ref<HTMLTableCellElement> | undefined;
  readonly column: Pick<ComparedPlan, "scenarioId" | "name" | "state">;
  readonly scenario: Scenario | undefined;
  /** Its shifts are still being made. */
  readonly isWaiting: boolean;
  readonly isShown: boolean;
  readonly actions: ColumnActions;
}) {
  const { scenario, isShown, actions } = props;
  const { scenarioId, name, state } = props.column;
  const { t } = useTranslation("whatif");
  const plan = usePlan();
  const format = useFormat();
  return (
    <th ref={props.ref} scope="col" className={columnClass(scenarioId, isShown ? scenarioId : null)}>
      <button
        type="button"
        className="whatif-column"
        aria-pressed={isShown}
        onClick={() => actions.onShow(scenarioId)}
      >
        {columnName(t, { scenarioId, name })}
      </button>
      <ul className="whatif-changes">
        <li>{stateWords(t, format, state)}</li>
        {scenario?.changes.slice(0, mostChanges).map((change) => {
          const words = changeWords(t, format, plan, change);
          return <li key={words}>{words}</li>;
        })}
        {scenario !== undefined && scenario.changes.length > mostChanges && (
          <li>{t("moreChanges", { count: scenario.changes.length - mostChanges })}</li>
        )}
        {scenario?.newShifts && <li>{t(props.isWaiting ? "newShifts.waits" : "newShifts.made")}</li>}
      </ul>
      {scenario !== undefined && scenarioId !== liveScenarioId && (
        <span className="whatif-column-actions">
          <button
            type="button"
            className="button button-quiet"
            aria-label={t("adopt.buttonNamed", { name })}
            onClick={() => actions.onAdopt(scenario.id)}
          >
            {t("adopt.button")}
          </button>
          <button
            type="button"
            className="button button-quiet"
            aria-label={t("duplicateNamed", { name })}
            onClick={() => actions.onDuplicate(scenario.id)}
          >
            {t("duplicate")}
          </button>
          <button
            type="button"
            className="button button-quiet"
            aria-label={t("removeNamed", { name })}
            onClick={() => actions.onRemove(scenario.id)}
          >
            {t("remove")}
          </button>
        </span>
      )}
    </th>
  );
}

/** The plan stays in sight while scenarios scroll by. */
function columnClass(scenarioId: string | null, shownId: string | null): string | undefined {
  const names = [scenarioId === null ? "is-plan" : "", scenarioId === shownId ? "is-shown" : ""];
  return names.filter((name) => name !== "").join(" ") || undefined;
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

interface TableRow {
  readonly measure: Measure;
  /** null: all queues. */
  readonly queueId: string | null;
  /** A queue's own figure under that of all queues. */
  readonly isPart: boolean;
}

/**
 * Measures that a plan has a figure of; callbacks and a bot's contacts only where there are any. Of several queues,
 * service and missed days are said by queue as well: what is right in total may hide a queue that fails.
 */
export function tableRows({ plans }: Comparison, queueId: string | null): TableRow[] {
  const hasFigure = (measure: Measure, of: string | null) =>
    plans.some((column) => {
      if (besideWages.has(measure)) return of === null && hasCosts(column, measure);
      const figure = figureOf(column, of, measure);
      return figure !== null && (!onlyWhereAny.has(measure) || figure.value > 0);
    });
  const queueIds = plans[0].scopes.flatMap((scope) => scope.queueId ?? []);
  return measures.flatMap((measure) => {
    if (!hasFigure(measure, queueId)) return [];
    const parts = queueId === null && queueIds.length > 1 && saidByQueue.has(measure) ? queueIds : [];
    return [
      { measure, queueId, isPart: false },
      ...parts
        .filter((id) => hasFigure(measure, id))
        .map((id): TableRow => ({ measure, queueId: id, isPart: true })),
    ];
  });
}

/** Lines of the ledger that make up a measure of costs beside wages; `totalCost` is of any. */
function partOf(measure: Measure, { kind, once }: LedgerItem): boolean {
  const isCharge = chargeKinds.some((charge) => charge === kind);
  switch (measure) {
    case "otherCost":
      return isCharge && !once;
    case "onceCost":
      return isCharge && once;
    case "penalties":
      return kind === "penalties";
    case "totalCost":
      return isCharge || kind === "penalties";
    case "costPerContact":
      return isCharge && !once;
    default:
      return false;
  }
}

const besideWages: ReadonlySet<Measure> = new Set(["otherCost", "onceCost", "penalties", "totalCost"]);

/** Costs beside wages, known or not. */
function hasCosts({ ledger }: ComparedPlan, measure: Measure): boolean {
  return ledger.some((item) => partOf(measure, item));
}

/** What stands where a sum of money has no figure: a price that nobody has said, where that is the reason. */
export function lacksPrice({ ledger }: ComparedPlan, measure: Measure): boolean {
  return ledger.some((item) => item.kind !== "penalties" && item.cost === null && partOf(measure, item));
}

const onlyWhereAny: ReadonlySet<Measure> = new Set([
  "calledBack",
  "settled",
  "outsourced",
  "overrunHours",
  "overrunCost",
]);
const saidByQueue: ReadonlySet<Measure> = new Set(["serviceLevel", "missRisk"]);

/** Of several queues, days are counted once per queue, and the name says so. */
export function measureName(t: TFunction<"whatif">, measure: Measure, queueId: string | null): string {
  return measure === "missRisk" && queueId !== null ? t("measure.missRiskOfQueue") : t(`measure.${measure}`);
}

export function figureOf(column: ComparedPlan, queueId: string | null, measure: Measure) {
  return column.scopes.find((scope) => scope.queueId === queueId)?.figures[measure] ?? null;
}

export function differenceOf(column: ComparedPlan, queueId: string | null, measure: Measure) {
  return column.scopes.find((scope) => scope.queueId === queueId)?.differences?.[measure] ?? null;
}
