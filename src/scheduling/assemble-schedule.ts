import type { Schedule, Shift, ShiftTour } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import { freeHours } from "./bound/hour-market.ts";
import { concreteShifts } from "./problem/concrete-shifts.ts";
import { paidHoursIn, type StaffedBlock } from "./problem/piece.ts";
import { changesBetween, droppedForSure, piecesOf } from "./problem/present-schedule.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { scheduleOf, wagesIn } from "./schedule-figures.ts";
import { placeActivities } from "./search/place-activities.ts";
import { searchShifts } from "./search/ruin-and-recreate.ts";
import { boundOf, type ShiftRun } from "./shift-run.ts";

/** Shifts of a whole plan, pinned ones included, and the tours among them. */
export interface DraftSchedule {
  readonly shifts: readonly Shift[];
  /** null: the plan has none, or only breaks move and it is not known which there are. */
  readonly tours: readonly ShiftTour[] | null;
}

/** The run's pieces as shifts, with the sessions of activities placed into them. */
export function draftOf({ input, plain }: ShiftRun, staffed: readonly StaffedBlock[]): DraftSchedule {
  const { shifts, tours } = concreteShifts(input, plain, staffed);
  const pinnedIds = new Set(input.pinned.map(({ id }) => id));
  return {
    shifts: placeActivities(input, [...input.pinned, ...shifts], pinnedIds),
    tours: input.breaksOnly === true ? (input.present?.tours ?? null) : tours,
  };
}

/**
 * Others come in for those who sit in a session, who stay as they are. Only where shifts stand by themselves: tours and
 * the shifts that keep their times cannot be added to one by one.
 */
export function rebuiltAroundSessions(run: ShiftRun, draft: DraftSchedule, rounds: number): DraftSchedule {
  const { input } = run;
  const pinnedIds = new Set(input.pinned.map(({ id }) => id));
  const inSession = ({ activities }: Shift) => activities.some(({ ruleId }) => ruleId !== undefined);
  const attended = draft.shifts.some((shift) => !pinnedIds.has(shift.id) && inSession(shift));
  if (!attended || input.breaksOnly === true || (input.settings.tours ?? []).length > 0) return draft;
  const stays = (shift: Shift) => pinnedIds.has(shift.id) || inSession(shift);
  const around = { ...input, pinned: draft.shifts.filter(stays) };
  const others = draft.shifts.filter((shift) => !stays(shift));
  const problem = buildShiftProblem(around);
  const starts = problem.blocks.map((block) => piecesOf(around, block, others));
  let left = freeHours(around) - paidHoursIn(starts.flat());
  const staffed = problem.blocks.map((block, index): StaffedBlock => {
    const mostHours = left + paidHoursIn(starts[index]);
    const random = randomStream(input.seed, "around sessions", index);
    const best = searchShifts(block, starts[index], random, { rounds, target: 0, mostHours });
    left = mostHours - paidHoursIn(best.pieces);
    return { block, best };
  });
  const { shifts } = concreteShifts(around, problem, staffed);
  return { shifts: [...around.pinned, ...shifts], tours: draft.tours };
}

/** The present schedule as it is; null where there is none. */
export function presentDraft({ input }: ShiftRun): DraftSchedule | null {
  if (input.present === undefined) return null;
  const pinnedIds = new Set(input.pinned.map(({ id }) => id));
  const others = input.present.shifts.filter(({ id }) => !pinnedIds.has(id));
  return { shifts: [...input.pinned, ...others], tours: input.present.tours ?? null };
}

/** Figures, bound and status of a draft. */
export function scheduleOfDraft(run: ShiftRun, { shifts, tours }: DraftSchedule): Schedule {
  const { input, plain, solver, clock } = run;
  const pinnedIds = new Set(input.pinned.map(({ id }) => id));
  const free = shifts.filter(({ id }) => !pinnedIds.has(id));
  const changes = changesBetween(input, free);
  const freeBound =
    boundOf(run) +
    (changes === undefined ? 0 : droppedForSure(input, plain.blocks) * (input.settings.changePrice ?? 0)) -
    // A session may take an agent away who was too many.
    hoursInSessions(free) * input.settings.costPerHourOver;
  return {
    ...scheduleOf(input, shifts, {
      // Nothing that is still to be decided has a negative cost.
      bound: wagesIn(input, input.pinned) + Math.max(0, freeBound),
      solver: solver.name,
      seconds: clock.elapsedSeconds(),
      changes,
    }),
    ...(input.settings.tours?.length && tours !== null ? { tours } : {}),
    ...(run.work === null ? {} : { people: priceOfPeople(run, run.work) }),
  };
}

/** Both sides are linear optima made whole alike, so that what the search adds later does not count as people. */
function priceOfPeople(
  { blocks }: ShiftRun,
  { bound, boundWithout, hoursShortWithout }: NonNullable<ShiftRun["work"]>,
): NonNullable<Schedule["people"]> {
  const cost = Math.max(0, bound - boundWithout);
  const short = blocks.reduce((sum, { hoursShortRounded }) => sum + hoursShortRounded, 0);
  // Below a thousandth the programs cannot tell it from their own tolerance.
  const isPriced = cost > 1e-3 * boundWithout;
  return {
    cost: isPriced ? cost : 0,
    understaffedHours: isPriced ? Math.max(0, short - hoursShortWithout) : 0,
  };
}

function hoursInSessions(shifts: readonly Shift[]): number {
  const minutes = shifts
    .flatMap(({ activities }) => activities)
    .reduce(
      (sum, { ruleId, startMinute, endMinute }) => sum + (ruleId === undefined ? 0 : endMinute - startMinute),
      0,
    );
  return minutes / 60;
}
