import type { OnProgress } from "../domain/outcome.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import { stoppedSchedule } from "./finish-run.ts";
import { withinHours } from "./search/hour-budget.ts";
import { boundOf, type ShiftRun } from "./shift-run.ts";

/** Least seconds between reports, and between reports that carry a whole schedule. */
const secondsBetweenReports = 0.1;
const secondsBetweenSchedules = 0.5;

/** Tells of progress now and then; `force` at once, and with the schedule. */
export type Report = (phase: string, completed: number, force?: boolean) => void;

export function reporterOf(run: ShiftRun, onProgress: OnProgress<Schedule>): Report {
  const { blocks, budget, clock } = run;
  let lastReport = Number.NEGATIVE_INFINITY;
  let lastSchedule = Number.NEGATIVE_INFINITY;
  return (phase, completed, force = false) => {
    const now = clock.elapsedSeconds();
    if (!force && now - lastReport < secondsBetweenReports) return;
    lastReport = now;
    let partial: Schedule | null = null;
    if (force || now - lastSchedule >= secondsBetweenSchedules) {
      const limited = budget.hours < Number.POSITIVE_INFINITY;
      partial = stoppedSchedule(run, limited ? withinHours(blocks, budget.hours, budget.price) : blocks);
      if (partial !== null) lastSchedule = now;
    }
    onProgress({
      phase,
      completed,
      total: blocks.length,
      best: blocks.reduce((sum, { best }) => sum + best.cost, 0) - budget.worth,
      ...(blocks.every(({ bound }) => bound !== null) ? { bound: boundOf(run) } : {}),
      ...(partial === null ? {} : { partial }),
    });
  };
}
