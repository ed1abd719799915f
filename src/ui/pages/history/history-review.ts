import { memoizeByObject } from "../../../domain/memo.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { DemandHistory, QueueHistory } from "../../../domain/results/demand.ts";
import type { QualityFinding } from "../../../history/review/quality-finding.ts";
import { type Bottleneck, bottlenecks, overallRatio } from "../../../history/review/service-history.ts";
import { importWorker } from "./import-client.ts";

/** What is odd in the plan's history; worked out once per history, off the page's thread. */
export const reviewOf = memoizeByObject(
  (history: DemandHistory): Promise<readonly QualityFinding[]> =>
    importWorker.call((worker) => worker.qualityReport(history)),
);

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

/** Share of offered that may abandon where a queue's goal does not say: a customary five per cent. */
export const customaryAbandonment = 0.05;

/** Hours of the week by the contacts they lost beyond their queue's goal, worst first. */
export function lostHours(history: DemandHistory, plan: Plan): readonly Bottleneck[] {
  return bottlenecks(
    history,
    (queueId) => plan.queues.find(({ id }) => id === queueId)?.goal.maxAbandonment ?? customaryAbandonment,
  );
}
