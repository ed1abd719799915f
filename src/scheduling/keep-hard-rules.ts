import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { randomStream } from "../numerics/random.ts";
import { firstMissedMinimum, type MissedMinimum, meetsMinimums } from "./check/missed-minimum.ts";
import { conflictingRules } from "./conflicting-rules.ts";
import { paidHoursIn, type StaffedBlock } from "./problem/piece.ts";
import { exchangedWithinHours, withinHours } from "./search/hour-budget.ts";
import { leanestSchedule } from "./search/leanest-schedule.ts";
import { noSearch, searchShifts } from "./search/ruin-and-recreate.ts";
import { budgetTooSmall, type ShiftRun } from "./shift-run.ts";

/** Rounds of search in a block that had to be made again. */
const roundsAfterRepair = 500;

/** Hours are sums of quarters and the like. */
const hoursTolerance = 1e-6;

/**
 * The same blocks where they meet every hard minimum and the budget; else repaired: made again from the leanest
 * schedule there is. Fails where even that misses something, with the rules that contradict each other where that can
 * be proved.
 */
export function keepHardRules(
  run: ShiftRun,
  staffed: readonly StaffedBlock[],
): Outcome<readonly StaffedBlock[]> {
  const { input, plain, solver, clock, budget } = run;
  const rounds = clock.isOver() ? 0 : roundsAfterRepair;
  let isHopeless = false;
  const complete = staffed.map((one, index): StaffedBlock => {
    if (isHopeless || meetsMinimums(one)) return one;
    const block = plain.blocks[index];
    const leanest = leanestSchedule(block, solver, one.best.pieces);
    if (leanest === null || !leanest.meetsMinimums) {
      // Where people are few, one such block is enough: the shifts are then made without asking who is there.
      isHopeless = run.work !== null;
      return one;
    }
    const random = randomStream(input.seed, "repairing", index);
    return { block, best: searchShifts(block, leanest.pieces, random, { ...noSearch, rounds }) };
  });
  const missed = firstMissedMinimum(input, complete);
  if (missed !== null) return fail(...(isHopeless ? [missed.issue] : reasonsFor(run, missed)));
  return hoursOf(complete) <= budget.hours + hoursTolerance
    ? succeed(complete)
    : leaner(run, complete, rounds);
}

/** The leanest schedule of every block, filled up to the budget; fails where even that is too much. */
function leaner(
  { input, plain, solver, budget }: ShiftRun,
  staffed: readonly StaffedBlock[],
  rounds: number,
): Outcome<readonly StaffedBlock[]> {
  let isProved = true;
  const lean = plain.blocks.map((block, index): StaffedBlock => {
    const leanest = leanestSchedule(block, solver, staffed[index].best.pieces);
    isProved = isProved && leanest?.isProved === true;
    const pieces = leanest?.meetsMinimums ? leanest.pieces : staffed[index].best.pieces;
    return { block, best: { pieces, cost: 0 } };
  });
  const hours = hoursOf(lean);
  if (hours > budget.hours + hoursTolerance) {
    const budgetHours = input.settings.budgetHours ?? 0;
    const needed = hours + budgetHours - budget.hours;
    return fail(
      isProved
        ? budgetTooSmall(budgetHours, needed)
        : {
            code: "shifts.budgetNotFound",
            severity: "error",
            values: { budget: budgetHours, hours: Math.ceil(needed - hoursTolerance) },
          },
    );
  }
  const limits = { hours: budget.hours, seed: input.seed, rounds };
  return succeed(exchangedWithinHours(plain.blocks, withinHours(lean, budget.hours, 0), limits));
}

function hoursOf(staffed: readonly StaffedBlock[]): number {
  return staffed.reduce((sum, { best }) => sum + paidHoursIn(best.pieces), 0);
}

/** What is missed, and why that cannot be helped; where that is not proved, the sentence says so. */
function reasonsFor({ input, solver }: ShiftRun, missed: MissedMinimum): Issue[] {
  const conflict = conflictingRules(input, missed, solver);
  if (conflict.length > 0) return [missed.issue, ...conflict];
  return [{ ...missed.issue, code: missed.codeUnproved }];
}
