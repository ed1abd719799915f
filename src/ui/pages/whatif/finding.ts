import type { TFunction } from "i18next";
import type { Span } from "../../../app/session/session.ts";
import { dayOfDate, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { ComparedPlan, ComparedQueue, Comparison } from "../../../scenarios/measuring/comparison.ts";
import type { Finding, FindingTarget } from "../../frame/finding.ts";
import { intervalText } from "../../kit/charts/axis-words.ts";
import type { Format } from "../../kit/format.ts";
import { shortBecause } from "../service/binding-words.ts";
import { figureWords } from "./figure-words.ts";
import { firstDateOf } from "./scenario-templates.ts";

/** What the page shows of a comparison. */
export interface ShownComparison {
  readonly comparison: Comparison;
  /** The plan or scenario whose charts are shown, under the name it has on screen. */
  readonly shown: ComparedPlan;
  /** Its changes; none for the plan itself. */
  readonly changes: readonly Change[];
  /** null: all queues. */
  readonly queueId: string | null;
  readonly span: Span;
  readonly grid: IntervalGrid;
  readonly currency: string;
  /** What the search for the cheapest fix found for this scenario, days and queue; "" where it has not been asked. */
  readonly fix: string;
  /** Which goal most of the hours that the plan is short are for; "" where it is not short. */
  readonly because: string;
}

/** "+30 % contacts: service level falls by 11.0 ± 0.5 points this week, to 69.2 %. Meeting the goals takes 231 h more on queue." */
export function whatIfFinding(view: ShownComparison, t: TFunction<"whatif">, format: Format): Finding {
  const { comparison, shown, queueId, grid } = view;
  const shortfall = largestShortfall(shown, queueId);
  const opens: FindingTarget | undefined =
    shortfall === null
      ? undefined
      : { view: { selection: { first: shortfall.index, end: shortfall.index + 1 } } };
  const where =
    shortfall === null
      ? ""
      : t("finding.worst", {
          time: intervalText(format, grid, shortfall.index),
          agents: format.number(Math.ceil(shortfall.agents - 1e-9)),
        });
  const differences = scopeOf(shown, queueId)?.differences ?? null;
  if (shown.scenarioId === null || differences === null) {
    const figures = scopeOf(comparison.plans[0], queueId)?.figures;
    const level = figures?.serviceLevel ?? null;
    if (level === null) return { text: t("finding.nothing") };
    const short = format.hours(figures?.hoursShort?.value ?? null);
    const period = t(`period.${view.span}`);
    const text = t("finding.base", { level: format.percent(level.value), period, short, where });
    return withTarget({ text: view.because === "" ? text : `${text} ${view.because}` }, opens);
  }
  const more =
    recoveryWords(shown, t, format) + needWords(scopeOf(shown, queueId), t, format) + where + view.fix;
  return scenarioFinding(view, more, opens, t, format);
}

/** The scenario's service beside the plan's: lower, higher, the same, or too close to tell. */
function scenarioFinding(
  view: ShownComparison,
  more: string,
  opens: FindingTarget | undefined,
  t: TFunction<"whatif">,
  format: Format,
): Finding {
  const { shown, queueId, currency } = view;
  const { name } = shown;
  const scope = scopeOf(shown, queueId);
  const difference = scope?.differences?.serviceLevel ?? null;
  const period = t(`period.${view.span}`);
  if (difference === null) return withTarget({ text: t("finding.unknown", { name, more }) }, opens);
  const { value, halfWidth } = difference;
  if (value === 0 && halfWidth === 0) {
    const date = dateOutOfSight(view);
    return date === null
      ? { text: t("finding.same", { name, period }) }
      : {
          text: t("finding.elsewhere", { name, date: format.date(date), period }),
          opens: { view: { date, span: "day", selection: null } },
        };
  }
  if (Math.abs(value) <= halfWidth)
    return withTarget({ text: t("finding.chance", { name, period, more }) }, opens);
  const words = figureWords(t, format, "serviceLevel", currency);
  const points = words.difference({ value: Math.abs(value), halfWidth }).replace("+", "");
  const level = format.percent(scope?.figures.serviceLevel?.value ?? null);
  return withTarget(
    {
      text: t(value < 0 ? "finding.worse" : "finding.better", { name, period, points, level, more }),
      tone: value < 0 ? "short" : "good",
    },
    opens,
  );
}

function scopeOf({ scopes }: ComparedPlan, queueId: string | null) {
  return scopes.find((scope) => scope.queueId === queueId);
}

function withTarget(finding: Finding, opens: FindingTarget | undefined): Finding {
  return opens === undefined ? finding : { ...finding, opens };
}

/** The first date the changes speak of, where it is not among the compared days. */
function dateOutOfSight({ comparison: { days }, changes, grid }: ShownComparison) {
  const date = firstDateOf(changes);
  const day = date === null ? null : dayOfDate(grid, date);
  return day === null || (day >= days.first && day < days.end) ? null : date;
}

function recoveryWords({ recovery }: ComparedPlan, t: TFunction<"whatif">, format: Format): string {
  if (recovery === null) return "";
  return recovery.minutes === null
    ? t("finding.notRecovered")
    : t("finding.recovered", { minutes: format.number(recovery.minutes) });
}

/** Hours on queue that the goals need beyond the plan's, from half an hour on, and what of all they need is missing here. */
function needWords(
  scope: ComparedPlan["scopes"][number] | undefined,
  t: TFunction<"whatif">,
  format: Format,
): string {
  const hoursNeeded = scope?.differences?.hoursNeeded ?? null;
  if (hoursNeeded === null || Math.abs(hoursNeeded.value) < 0.5) return "";
  const key = hoursNeeded.value > 0 ? "finding.moreHours" : "finding.fewerHours";
  const need = t(key, { hours: format.hours(Math.abs(hoursNeeded.value)) });
  const short = scope?.figures.hoursShort?.value ?? 0;
  return short < 0.5 ? need : need + t("finding.stillShort", { short: format.hours(short) });
}

/** The interval with most agents missing, of one queue or of all together; null when less than half an agent is. */
function largestShortfall(
  shown: ComparedPlan,
  queueId: string | null,
): { readonly index: number; readonly agents: number } | null {
  const queues = shown.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  let worst: { index: number; agents: number } | null = null;
  for (let index = 0; index < (queues[0]?.offered.length ?? 0); index++) {
    let agents = 0;
    for (const queue of queues)
      if (queue.needed !== null) agents += Math.max(0, queue.needed[index] - queue.agents[index]);
    if (agents >= 0.5 && agents > (worst?.agents ?? 0)) worst = { index, agents };
  }
  return worst;
}

/** Which goal most hours short are for, of one queue or of all; "" where less than half an hour is missing. */
export function shortWords(
  compared: readonly Pick<ComparedQueue, "queueId" | "shortFor">[],
  queues: readonly Queue[],
  queueId: string | null,
  t: TFunction<"service">,
  format: Format,
): string {
  const [most] = compared
    .flatMap((queue) => queue.shortFor.map((part) => ({ ...part, queueId: queue.queueId })))
    .filter((part) => queueId === null || part.queueId === queueId)
    .sort((a, b) => b.hours - a.hours);
  const queue = queues.find(({ id }) => id === most?.queueId);
  return queue === undefined || most.hours < 0.5 ? "" : shortBecause(queue, most, t, format);
}
