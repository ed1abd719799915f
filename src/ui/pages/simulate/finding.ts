import type { TFunction } from "i18next";
import { dateOfDay } from "../../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { QueueSimulation, SimulationResult } from "../../../domain/results/simulation.ts";
import type { Finding } from "../../frame/finding.ts";
import type { Format } from "../../kit/format.ts";
import { inTimeWords } from "./in-time.ts";

/** A queue in sight, what was simulated of it, and its service level over the days in sight. */
export interface SimulatedQueueInView {
  readonly queue: Queue;
  readonly simulated: QueueSimulation;
  readonly serviceLevel: number | null;
}

/** From this risk of missing its goal on a day counts as at risk, and from that as lost. */
const riskFrom = 0.1;
const missFrom = 0.5;

/** The day that most probably misses its goal, or that all will hold; the service level where no queue has a goal. */
export function simulateFinding(
  shown: {
    readonly result: SimulationResult;
    /** At least one. */
    readonly queues: readonly SimulatedQueueInView[];
    readonly days: DayRange;
  },
  t: TFunction<"simulate">,
  format: Format,
): Finding {
  const { result, queues, days } = shown;
  const risks = dailyRisks(result, queues, days);
  if (risks.length === 0) {
    const [{ queue, serviceLevel }] = queues;
    return { text: t("finding.plain", { queue: queue.name, level: format.percent(serviceLevel) }) };
  }
  const worst = risks.reduce((most, day) => (day.risk > most.risk ? day : most));
  const missed = risks.filter(({ risk }) => risk >= missFrom).length;
  const kind = missed > 1 ? "many" : missed === 1 ? "miss" : worst.risk >= riskFrom ? "risk" : "holds";
  const { queue, day, risk, halfWidth } = worst;
  const date = dateOfDay(result.grid, day);
  const dateStyle = days.end - days.first > 7 ? "weekdayDay" : "long";
  return {
    text: t(`finding.${kind}`, {
      queue: queue.name,
      day: withoutYear(format.date(date, dateStyle)),
      risk: format.percent(risk, 0),
      half: format.number(halfWidth * 100),
      goal: format.percent(queue.goal.serviceLevel, 0),
      wait: inTimeWords(queue, format),
      count: missed,
    }),
    tone: kind === "holds" ? "good" : kind === "risk" ? "plain" : "short",
    opens: { view: { date, span: "day", queueId: queue.id } },
  };
}

/** Of every day in sight with contacts and a goal, the share of replications that missed it. */
function dailyRisks(result: SimulationResult, queues: readonly SimulatedQueueInView[], days: DayRange) {
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  return queues.flatMap(({ queue, simulated: { missRisk, days: measures } }) => {
    if (queue.goal.serviceLevel === null) return [];
    return Array.from({ length: days.end - days.first }, (_, at) => days.first + at).flatMap((day) => {
      const risk = missRisk.mean[day - offset];
      return risk !== undefined && measures.offered.mean[day - offset] > 0
        ? [{ queue, day, risk, halfWidth: missRisk.halfWidth[day - offset] }]
        : [];
    });
  });
}

function withoutYear(date: string): string {
  return date.replace(/ \d{4}$|^\d{4}年/, "");
}
