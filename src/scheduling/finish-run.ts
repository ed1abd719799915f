import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import {
  type DraftSchedule,
  draftOf,
  presentDraft,
  rebuiltAroundSessions,
  scheduleOfDraft,
} from "./assemble-schedule.ts";
import { checkSchedule } from "./check/check-schedule.ts";
import { firstMissedMinimum } from "./check/missed-minimum.ts";
import type { ScheduleFault } from "./check/schedule-rules.ts";
import { clockChangeIssues } from "./clock-change-issues.ts";
import type { StaffedBlock } from "./problem/piece.ts";
import type { ShiftsInput } from "./problem/shift-block.ts";
import { activityIssues, sessionsHeld } from "./search/place-activities.ts";
import type { ShiftRun } from "./shift-run.ts";

/** Rounds of search in each block once its sessions are placed. */
const roundsAroundSessions = 500;

/** The run's answer: sessions placed, others brought in for who sits in them, and everything checked. */
export function finishRun(run: ShiftRun, staffed: readonly StaffedBlock[]): Outcome<Schedule> {
  const { input, clock, issues } = run;
  const draft = draftOf(run, staffed);
  const rebuilt = rebuiltAroundSessions(run, draft, clock.isOver() ? 0 : roundsAroundSessions);
  const { schedule, fault } = bestThatHolds(run, [rebuilt, draft]);
  if (schedule !== null) return succeed(schedule, [...issues, ...remarksOn(input, schedule)]);
  return fail({
    code: "shifts.ruleNotKept",
    severity: "error",
    values: { rule: fault?.rule ?? "", detail: fault?.detail ?? "" },
  });
}

/** What a planner should know of finished shifts: those over a clock change, and sessions that found no place. */
export function remarksOn(input: ShiftsInput, schedule: Schedule): Issue[] {
  return [
    ...clockChangeIssues(input, schedule),
    ...activityIssues(input.settings.activities ?? [], schedule.shifts),
  ];
}

/** The present schedule, where a run found nothing that keeps every rule and it does; else null. */
export function presentSchedule(run: ShiftRun): Outcome<Schedule> | null {
  const present = presentDraft(run);
  const schedule = present === null ? null : bestThatHolds(run, [present]).schedule;
  return schedule === null ? null : succeed(schedule, run.issues);
}

/** A stopped run's answer; null where what there is does not keep every rule yet. */
export function stoppedSchedule(run: ShiftRun, staffed: readonly StaffedBlock[]): Schedule | null {
  if (firstMissedMinimum(run.input, staffed) !== null) return null;
  const { schedule } = bestThatHolds(run, [draftOf(run, staffed)]);
  return schedule === null ? null : { ...schedule, status: "stopped" };
}

/**
 * The cheapest of the drafts, and of the present schedule where no fewer sessions are held in it, that keeps every rule;
 * of equal ones the first. The checker knows nothing of how they were made.
 */
function bestThatHolds(
  run: ShiftRun,
  drafts: readonly DraftSchedule[],
): { readonly schedule: Schedule | null; readonly fault: ScheduleFault | null } {
  const { input } = run;
  const rules = { ...input, ...input.settings, workLimits: run.work?.dealt ?? [] };
  const present = presentDraft(run);
  const holdsAsMany = (other: DraftSchedule) =>
    (input.settings.activities ?? []).every(
      (rule) => sessionsHeld(rule, other.shifts) >= sessionsHeld(rule, drafts[0].shifts),
    );
  const candidates = present !== null && holdsAsMany(present) ? [...drafts, present] : drafts;
  const schedules = candidates
    .map((draft) => scheduleOfDraft(run, draft))
    .sort((a, b) => a.objective - b.objective);
  let firstFault: ScheduleFault | null = null;
  for (const schedule of schedules) {
    const [fault] = checkSchedule(rules, schedule);
    if (fault === undefined) return { schedule, fault: null };
    firstFault ??= fault;
  }
  return { schedule: null, fault: firstFault };
}
