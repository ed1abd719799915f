import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { HoursPoint, Shift } from "../domain/plan/shift.ts";
import { paidHoursOf } from "../domain/plan/wages.ts";
import { randomStream } from "../numerics/random.ts";
import { openHourMarket } from "./bound/hour-market.ts";
import { chooseSolver } from "./choose-solver.ts";
import { concreteShifts } from "./problem/concrete-shifts.ts";
import type { StaffedBlock } from "./problem/piece.ts";
import type { ShiftsInput } from "./problem/shift-block.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { coverageOf, wagesIn } from "./schedule-figures.ts";
import { exchangedWithinHours, withinHours } from "./search/hour-budget.ts";
import { noSearch, searchShifts } from "./search/ruin-and-recreate.ts";

/** Budgets looked at, as shares of the hours at which one more is no longer worth its wage; the richest first. */
const levels = [1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6];

/** Prices tried for a budget; what they miss is mended shift by shift. */
const trialsPerBudget = 3;

/** Rounds of exchanges in each block: enough that the curve is smooth, not that each point is the best there is. */
const roundsPerBlock = 150;

/**
 * What each hour of budget buys: schedules for a row of budgets from far too little to just enough, from the same market
 * of hours that a budget is dealt out by (`openHourMarket`). Quick ones: good enough to compare, not proved.
 *
 * Assumes what `optimiseShifts` assumes; a budget, activities and the people of the plan are left aside.
 *
 * @param given what the optimiser reads
 * @param onProgress points so far, the richest budget first
 * @returns points with rising paid hours (agent-hours) and their cost in the plan's currency
 *
 * Issues: those of a plan that cannot be read, as `optimiseShifts` lists them: `shifts.slotTooFine`,
 * `shifts.noTemplates`, `shifts.tooManyQueues`, `shifts.unknownQueue`, `shifts.unknownGroup`, `shifts.startWindowEmpty`,
 * `shifts.countsContradict`, `shifts.breaksDoNotFit`.
 *
 * @example
 * const curve = await hoursCurve(input);
 * if (curve.ok) curve.value.map(({ paidHours, understaffedHours }) => [paidHours, understaffedHours]);
 */
export async function hoursCurve(
  given: ShiftsInput,
  onProgress: OnProgress<readonly HoursPoint[]> = () => {},
): Promise<Outcome<readonly HoursPoint[]>> {
  const input: ShiftsInput = {
    ...given,
    workLimits: [],
    settings: { ...given.settings, budgetHours: null },
  };
  const plain = buildShiftProblem(input);
  const errors = plain.issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(...errors);
  const { solver } = await chooseSolver(input.settings.solver, plain.blocks);
  const market = openHourMarket(input, solver, () => false, trialsPerBudget);
  const enough = market.at(0).hours;
  const exchanged = (staffed: readonly StaffedBlock[], hours: number) =>
    exchangedWithinHours(plain.blocks, staffed, { hours, seed: input.seed, rounds: roundsPerBlock });
  const points: HoursPoint[] = [];
  let before: readonly StaffedBlock[] | null = null;
  for (const [index, level] of levels.entries()) {
    onProgress({ phase: "budgets", completed: index, total: levels.length, partial: [...points] });
    const hours = level * enough;
    const { price, rounded } = market.priceFor(hours, 0);
    const priced = buildShiftProblem(input, price).blocks.map((block, at) => ({
      block,
      best: searchShifts(block, rounded[at](), randomStream(input.seed, "curve", at), noSearch),
    }));
    // From the market's price, or from the richer budget before with the least useful shifts gone: the better of both.
    let staffed = exchanged(withinHours(priced, hours, price), hours);
    if (before !== null) {
      const leaner = exchanged(withinHours(before, hours, 0), hours);
      if (costIn(leaner) < costIn(staffed)) staffed = leaner;
    }
    before = staffed;
    points.push(pointOf(input, [...input.pinned, ...concreteShifts(input, plain, staffed).shifts]));
  }
  points.reverse();
  return succeed(points.filter(({ paidHours }, at) => at === 0 || paidHours > points[at - 1].paidHours));
}

function costIn(staffed: readonly StaffedBlock[]): number {
  return staffed.reduce((sum, { best }) => sum + best.cost, 0);
}

function pointOf(input: ShiftsInput, shifts: readonly Shift[]): HoursPoint {
  const days = input.requirement.grid.dayCount;
  const { coverage, understaffedHours, overstaffedHours } = coverageOf(input, shifts, 0, days);
  return {
    paidHours: shifts.reduce((sum, shift) => sum + paidHoursOf(shift), 0),
    cost: wagesIn(input, shifts),
    understaffedHours,
    overstaffedHours,
    coverage,
  };
}
