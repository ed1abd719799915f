import type { TFunction } from "i18next";
import type { VisibleRange } from "../../../app/session/session.ts";
import { addDays } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Comparison } from "../../../scenarios/measuring/comparison.ts";
import type { Format } from "../../kit/format.ts";
import { changesWords } from "./change-words.ts";

/** What a report says besides the page itself. */
export interface ReportWords {
  readonly title: string;
  /** Heading above the assumptions. */
  readonly heading: string;
  readonly assumptions: readonly string[];
}

/** The plan and period of a report, and what its figures rest on: method, demand, goals and patience, each scenario. */
export function reportWords(
  plan: Plan,
  comparison: Comparison,
  { firstDate, dayCount }: Pick<VisibleRange, "firstDate" | "dayCount">,
  t: TFunction<"whatif">,
  format: Format,
): ReportWords {
  const { method, replications, seed } = comparison;
  return {
    title: t("report.title", {
      plan: plan.name,
      period: format.dateRange(firstDate, addDays(firstDate, dayCount - 1)),
    }),
    heading: t("report.assumptions"),
    assumptions: [
      t(`method.${method}Text`, method === "simulation" ? { replications, seed } : {}),
      t(plan.simulation.uncertainDemand ? "report.uncertain" : "report.certain"),
      ...plan.queues.map(({ name, goal, patienceSeconds }) =>
        t("report.queue", {
          queue: name,
          goal: goal.serviceLevel === null ? "—" : format.percent(goal.serviceLevel, 0),
          seconds: format.wait(goal.answerWithinSeconds),
          patience: patienceSeconds === null ? "∞" : format.wait(patienceSeconds),
        }),
      ),
      ...plan.scenarios.map(({ name, changes }) => `${name}: ${changesWords(t, format, plan, changes)}`),
    ],
  };
}
