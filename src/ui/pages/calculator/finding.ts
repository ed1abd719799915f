import type { TFunction } from "i18next";
import { serviceLevelBy } from "../../../queueing/steady/required-agents.ts";
import type { QueueService } from "../../../queueing/steady/steady-queue.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";
import type { Question } from "./question.ts";

/** The number asked for, in a sentence with what it gives. `answer` null: nothing fits the numbers. */
export function calculatorFinding(
  answer: { readonly question: Question; readonly service: QueueService } | null,
  t: TFunction<"calculator">,
  format: Format,
): Finding {
  if (answer === null) return { text: t("finding.none"), tone: "short" };
  const { question, service } = answer;
  const { agents, shrinkage } = question;
  return {
    text: t(`finding.${question.solveFor}`, {
      agents: format.number(agents, Number.isInteger(agents) ? 0 : 1),
      scheduled: format.number(Math.ceil(agents / (1 - shrinkage) - 1e-9)),
      level: format.percent(serviceLevelBy(question.rule, service)),
      offered: format.number(question.offered, 1),
      aht: format.duration(question.ahtSeconds),
      seconds: format.number(question.answerWithinSeconds),
      minutes: format.number(question.intervalMinutes),
    }),
  };
}
