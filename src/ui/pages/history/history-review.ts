import { recognisedHours } from "../../../domain/calendar/recognised-hours.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { OpeningHours } from "../../../domain/plan/queue.ts";
import type { DemandHistory, QueueHistory } from "../../../domain/results/demand.ts";
import type { QualityFinding } from "../../../history/review/quality-finding.ts";
import { withExcluded } from "../../../history/review/quality-report.ts";
import {
  type Bottleneck,
  bottlenecks,
  type ControlChart,
  controlChart,
  measureOf,
  overallRatio,
  type ServiceMeasure,
  type ServiceRow,
  serviceMeasures,
  serviceRows,
} from "../../../history/review/service-history.ts";
import { importWorker } from "./import-client.ts";

/** What is odd in the plan's history; worked out once per history, off the page's thread. */
export const reviewOf = memoizeByObject(
  (history: DemandHistory): Promise<readonly QualityFinding[]> =>
    importWorker.call((worker) => worker.qualityReport(history)),
);

export type HistoryFinding = QualityFinding;

/** The history with the stretch a finding is about left out of learning, or taken back in. */
export function withFinding(
  history: DemandHistory,
  finding: QualityFinding,
  excluded: boolean,
): DemandHistory {
  return withExcluded(history, finding, excluded);
}

export type WeekChart = ControlChart;
export type WeekMeasure = ServiceMeasure;
export type LostHour = Bottleneck;
export const weekMeasures: readonly ServiceMeasure[] = serviceMeasures;

/** A queue's weeks with the limits of chance; null where the history cannot say. */
export function weekChart(
  history: DemandHistory,
  queueId: string,
  measure: ServiceMeasure,
): ControlChart | null {
  return controlChart(history, queueId, measure);
}

export type ServiceStretch = ServiceRow;

/** What came and what came of it, by week, day or interval, oldest first. */
export function serviceHistory(
  history: DemandHistory,
  queueId: string,
  by: "week" | "day" | "interval",
): readonly ServiceStretch[] {
  return serviceRows(history, queueId, by);
}

/** A measure of a stretch; null where the history does not say. */
export function measureOfStretch(stretch: ServiceStretch, measure: ServiceMeasure): number | null {
  return measureOf(stretch, measure);
}

/** Shares and means of a queue's whole past, over the days for which they are known. */
export function overallService(queue: QueueHistory) {
  return {
    ahtSeconds: overallRatio(queue, "handleSeconds", "handled"),
    abandonment: overallRatio(queue, "abandoned", "offered"),
    serviceLevel: overallRatio(queue, "inTime", "offered"),
    asaSeconds: overallRatio(queue, "waitSeconds", "handled"),
    redialShare: overallRatio(queue, "redials", "abandoned"),
  };
}

/** When a queue was open, by weekday, as the last weeks show. */
export function openingSeen(history: DemandHistory, queueId: string): readonly OpeningHours[] {
  return recognisedHours(history, [queueId]);
}

/** Share of offered that may abandon where a queue's goal does not say: a customary five per cent. */
export const customaryAbandonment = 0.05;

/** Hours of the week by the contacts they lost beyond their queue's goal, worst first. */
export function lostHours(history: DemandHistory, plan: Plan): readonly LostHour[] {
  return bottlenecks(
    history,
    (queueId) => plan.queues.find(({ id }) => id === queueId)?.goal.maxAbandonment ?? customaryAbandonment,
  );
}
