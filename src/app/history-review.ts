import type { DemandHistory } from "../domain/demand.ts";
import { type QualityFinding, qualityReport, withExcluded } from "../importing/quality-report.ts";

const reports = new WeakMap<DemandHistory, readonly QualityFinding[]>();

/** What is odd in the plan's history; worked out once per history. */
export function reviewOf(history: DemandHistory): readonly QualityFinding[] {
  let report = reports.get(history);
  if (report === undefined) {
    report = qualityReport(history);
    reports.set(history, report);
  }
  return report;
}

export type HistoryFinding = QualityFinding;

/** The history with the stretch a finding is about left out of learning, or taken back in. */
export function withFinding(
  history: DemandHistory,
  finding: QualityFinding,
  excluded: boolean,
): DemandHistory {
  return withExcluded(history, finding, excluded);
}
