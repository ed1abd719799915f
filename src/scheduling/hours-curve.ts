import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { HoursPoint } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import { coverageOf, paidHoursOf, wagesIn } from "./check/schedule-of-shifts.ts";
import { chooseSolver } from "./choose-solver.ts";
import { concreteShifts } from "./problem/concrete-shifts.ts";
import {
  exchangedWithinHours,
  openHourMarket,
  type StaffedBlock,
  withinHours,
} from "./problem/hour-budget.ts";
import type { ShiftsInput } from "./problem/shift-block.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { searchShifts } from "./search/search.ts";

/** Budgets looked at, as shares of the hours at which one more is no longer worth its wage. */
const levels = [1, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6];

/** Prices tried for a budget; what they miss is mended shift by shift. */
const trialsPerBudget = 3;

/** Rounds of exchanges in each block: enough that the curve is smooth, not that each point is the best there is. */
const roundsPerBlock = 150;
const noSearch = { rounds: 0, target: 0, timeUsed: () => 0 };

/**
 * What each hour of budget buys: schedules for a row of budgets from far too little to just enough, from the same market of
 * hours that a budget is dealt out by (`openHourMarket`). Quick ones: good enough to compare, not proved.
 * Fails like `optimiseShifts` on input that cannot be read.
 */
export async function hoursCurve(
  given: ShiftsInput,
  onProgress: OnProgress<readonly HoursPoint[]> = () => {},
): Promise<Outcome<readonly HoursPoint[]>> {
  const input: ShiftsInput = { ...given, settings: { ...given.settings, budgetHours: null } };
  const errors = buildShiftProblem(input).issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(...errors);
  const plain = buildShiftProblem(input);
  const { solver } = await chooseSolver(input.settings.solver, plain.blocks);
  const market = openHourMarket(input, solver, () => false, trialsPerBudget);
  const pinnedHours = input.pinned.reduce((sum, shift) => sum + paidHoursOf(shift), 0);
  const enough = market.at(0).hours;
  const points: HoursPoint[] = [];
  const cost = (runs: readonly StaffedBlock[]) => runs.reduce((sum, { best }) => sum + best.cost, 0);
  const exchanged = (runs: readonly StaffedBlock[], hours: number) =>
    exchangedWithinHours(plain.blocks, runs, hours, input.seed, roundsPerBlock);
  let before: readonly StaffedBlock[] | null = null;
  for (const [index, level] of levels.entries()) {
    onProgress({ phase: "budgets", completed: index, total: levels.length, partial: [...points] });
    const hours = level * enough;
    const { price, rounded } = market.priceFor(hours, 0);
    const priced = buildShiftProblem(input, price).blocks.map((block, at) => ({
      block,
      best: searchShifts(block, rounded[at], randomStream(input.seed, "curve", at), noSearch),
    }));
    // From the market's price, or from the richer budget before with the least useful shifts gone: the better of both.
    let runs = exchanged(withinHours(priced, hours, price), hours);
    if (before !== null) {
      const leaner = exchanged(withinHours(before, hours, 0), hours);
      if (cost(leaner) < cost(runs)) runs = leaner;
    }
    before = runs;
    const { shifts } = concreteShifts(input, plain, runs);
    const all = [...input.pinned, ...shifts];
    const { coverage, understaffedHours, overstaffedHours } = coverageOf(
      input,
      all,
      0,
      input.requirement.grid.dayCount,
    );
    points.push({
      paidHours: pinnedHours + shifts.reduce((sum, shift) => sum + paidHoursOf(shift), 0),
      cost: wagesIn(input, all),
      understaffedHours,
      overstaffedHours,
      coverage,
    });
  }
  points.reverse();
  return succeed(points.filter(({ paidHours }, at) => at === 0 || paidHours > points[at - 1].paidHours));
}
