import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../../domain/results/demand.ts";
import { ahtOutliers, levelShifts } from "./drifts.ts";
import { oddDays } from "./odd-days.ts";
import { finding, type QualityFinding } from "./quality-finding.ts";

/**
 * What is odd in a history, in order of time. Days are compared with the median of up to four same weekdays before and
 * after, intervals with the same slots of those days, so that no model is needed and every figure can be checked by hand.
 */
export function qualityReport(history: DemandHistory): QualityFinding[] {
  const findings = history.queues.flatMap((queue) => [
    ...gaps(history.grid, queue),
    ...oddDays(history.grid, queue),
    ...levelShifts(history.grid, queue),
    ...ahtOutliers(history.grid, queue),
  ]);
  const [first] = history.queues;
  if (first !== undefined) findings.push(...clockChanges(history.grid, first));
  return findings.sort((a, b) => a.first - b.first || a.kind.localeCompare(b.kind));
}

/** The history with what the report suggests left out of learning. */
export function withSuggestions(history: DemandHistory): DemandHistory {
  return qualityReport(history)
    .filter(({ suggestExcluding }) => suggestExcluding)
    .reduce((changed, finding) => withExcluded(changed, finding, true), history);
}

/** The history with a stretch of one queue left out of learning, or taken back in. Counts are kept either way. */
export function withExcluded(
  history: DemandHistory,
  part: IntervalRange & { readonly queueId: string },
  excluded: boolean,
): DemandHistory {
  const [from, to] = excluded
    ? [intervalState.open, intervalState.excluded]
    : [intervalState.excluded, intervalState.open];
  return {
    ...history,
    queues: history.queues.map((queue) => {
      if (queue.queueId !== part.queueId) return queue;
      const state = queue.state.slice();
      for (let interval = part.first; interval < part.end; interval++)
        if (state[interval] === from) state[interval] = to;
      return { ...queue, state };
    }),
  };
}

function gaps(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const found: QualityFinding[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let start = -1;
    for (let interval = grid.dayOffsets[day]; interval <= grid.dayOffsets[day + 1]; interval++) {
      const missing = interval < grid.dayOffsets[day + 1] && queue.state[interval] === intervalState.missing;
      if (missing && start < 0) start = interval;
      if (missing || start < 0) continue;
      found.push(finding("gap", grid, queue, day, start, interval));
      start = -1;
    }
  }
  return found;
}

function clockChanges(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const found: QualityFinding[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const minutes = (end - first) * grid.intervalMinutes;
    if (minutes === 1440) continue;
    const night = queue.state.subarray(first, Math.min(end, first + 240 / grid.intervalMinutes));
    if (night.every((state) => state === intervalState.closed)) continue;
    found.push(finding("clockChange", grid, queue, day, first, end, { actual: minutes / 60 }));
  }
  return found;
}
