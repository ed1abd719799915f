import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dayOfDate, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { ComparedPlan, Comparison } from "../../../scenarios/measuring/comparison.ts";
import type { Finding } from "../../frame/page.tsx";
import { useDesk, usePlan } from "../../frame/session-context.tsx";
import { useAxisWords } from "../../kit/charts/axis-words.ts";
import { useFormat } from "../../kit/use-format.ts";
import { figureWords } from "./figure-words.ts";
import { firstDateOf } from "./scenario-templates.ts";

/** "+30 % contacts: service level 11.0 ± 0.5 points lower this week; 231 more agent-hours are needed." */
export function useFinding(
  comparison: Comparison,
  shown: ComparedPlan,
  changes: readonly Change[],
  queueId: string | null,
  span: string,
  grid: IntervalGrid,
  fix: string,
): Finding {
  const { t } = useTranslation("whatif");
  const format = useFormat();
  const plan = usePlan();
  const { store } = useDesk();
  const { intervalName } = useAxisWords(grid);
  const worst = useMemo(() => shortest(shown, queueId), [shown, queueId]);
  const scope = shown.scopes.find((one) => one.queueId === queueId);
  const base = comparison.plans[0].scopes.find((one) => one.queueId === queueId);
  const level = base?.figures.serviceLevel ?? null;
  const period = t(`period.${span}`);
  const where =
    worst === null
      ? ""
      : t("finding.worst", {
          time: intervalName(worst.index),
          agents: format.number(Math.ceil(worst.agents - 1e-9)),
        });
  const onOpen =
    worst === null
      ? undefined
      : () => store.setView({ selection: { first: worst.index, end: worst.index + 1 } });
  if (shown.scenarioId === null || scope?.differences == null) {
    if (level === null) return { text: t("finding.nothing") };
    const short = format.hours(base?.figures.hoursShort?.value ?? null);
    return { text: t("finding.base", { level: format.percent(level.value), period, short, where }), onOpen };
  }
  const name = shown.name;
  const difference = scope.differences.serviceLevel;
  const hours = scope.differences.hoursNeeded;
  const needs =
    hours === null || Math.abs(hours.value) < 0.5
      ? ""
      : t(hours.value > 0 ? "finding.moreHours" : "finding.fewerHours", {
          hours: format.hours(Math.abs(hours.value)),
        });
  const recovered =
    shown.recovery === null
      ? ""
      : shown.recovery.minutes === null
        ? t("finding.notRecovered")
        : t("finding.recovered", { minutes: format.number(shown.recovery.minutes) });
  const more = recovered + needs + where + fix;
  if (difference === null) return { text: t("finding.unknown", { name, more }), onOpen };
  const { value, halfWidth } = difference;
  if (value === 0 && halfWidth === 0) {
    const date = firstDateOf(changes);
    const { first, end } = comparison.days;
    const day = date === null ? null : dayOfDate(grid, date);
    return date === null || day === null || (day >= first && day < end)
      ? { text: t("finding.same", { name, period }) }
      : {
          text: t("finding.elsewhere", { name, date: format.date(date), period }),
          onOpen: () => store.setView({ date, span: "day", selection: null }),
        };
  }
  if (Math.abs(value) <= halfWidth) return { text: t("finding.chance", { name, period, more }), onOpen };
  const points = figureWords(t, format, "serviceLevel", plan.currency).difference({
    value: Math.abs(value),
    halfWidth,
  });
  return {
    text: t(value < 0 ? "finding.worse" : "finding.better", {
      name,
      period,
      points: points.replace("+", ""),
      level: format.percent(scope.figures.serviceLevel?.value ?? null),
      more,
    }),
    tone: value < 0 ? "short" : "good",
    onOpen,
  };
}

/** Interval with most agents missing, of one queue or of all together; null when less than half an agent is. */
function shortest(shown: ComparedPlan, queueId: string | null): { index: number; agents: number } | null {
  const queues = shown.queues.filter((queue) => queueId === null || queue.queueId === queueId);
  let worst: { index: number; agents: number } | null = null;
  for (let index = 0; index < (queues[0]?.offered.length ?? 0); index++) {
    let agents = 0;
    for (const { needed, agents: there } of queues) {
      if (needed !== null) agents += Math.max(0, needed[index] - there[index]);
    }
    if (agents >= 0.5 && agents > (worst?.agents ?? 0)) worst = { index, agents };
  }
  return worst;
}
