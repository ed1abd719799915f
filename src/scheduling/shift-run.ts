import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Solver } from "../optimising/solver.ts";
import { type DealtWork, dealOutWork } from "./bound/deal-out-work.ts";
import { freeHours, leastHours, openHourMarket } from "./bound/hour-market.ts";
import { chooseSolver } from "./choose-solver.ts";
import { demandOutOfReach } from "./problem/out-of-reach.ts";
import type { BlockSchedule, Piece } from "./problem/piece.ts";
import { withOddShiftsFixed } from "./problem/present-schedule.ts";
import type { Prices } from "./problem/pricing.ts";
import type { ShiftBlock, ShiftProblem, ShiftsInput } from "./problem/shift-block.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { type RunClock, startClock } from "./run-clock.ts";

/** One run of the shift optimiser: what it is asked, and how far it has come. */
export interface ShiftRun {
  readonly input: ShiftsInput;
  /** The plan with hours at their true price. */
  readonly plain: ShiftProblem;
  /** The plan that is searched: each hour costs the budget's price on top. */
  readonly priced: ShiftProblem;
  readonly solver: Solver;
  readonly budget: HourBudget;
  readonly clock: RunClock;
  readonly blocks: readonly BlockRun[];
  /** What the people can work, dealt out to the blocks; null: as much as shifts want. */
  readonly work: DealtWork | null;
  /** Remarks so far. */
  readonly issues: readonly Issue[];
}

/** A block of the priced plan and the best there is for it. */
export interface BlockRun {
  readonly block: ShiftBlock;
  /** Pieces that the market of hours found useful here: columns to begin with. */
  readonly marketPieces: readonly Piece[];
  best: BlockSchedule;
  /** null: not bounded yet. */
  bound: number | null;
  /** Prices of the linear program's optimum. */
  guides: Prices | null;
  /** That optimum made whole: where every search starts. */
  rounded: readonly Piece[];
  /** Agent-hours short with just that. */
  hoursShortRounded: number;
}

/** A limit on paid hours, and the price of an hour by which the blocks keep to it; without one hours are endless and free. */
export interface HourBudget {
  /** What pinned shifts leave of it. */
  readonly hours: number;
  readonly price: number;
  /** Price × hours: what the blocks' costs hold too much. */
  readonly worth: number;
  /** No schedule within it costs less, pinned shifts' wages not counted. */
  readonly bound: number;
}

const noBudget: HourBudget = {
  hours: Number.POSITIVE_INFINITY,
  price: 0,
  worth: 0,
  bound: Number.NEGATIVE_INFINITY,
};

/** Share of a time limit after which no further round of bounding begins: the rest belongs to the search. */
export const boundingShare = 0.35;

/** Reads the plan into blocks, chooses the solver and prices a budget of hours; fails on what no schedule can keep. */
export async function prepareRun(
  task: ShiftsInput,
  now: () => number,
  onProgress: OnProgress = () => {},
): Promise<Outcome<ShiftRun>> {
  const clock = startClock(task.timeLimitSeconds, now);
  const fixed = task.breaksOnly === true ? withOddShiftsFixed(task) : task;
  const free = buildShiftProblem({ ...fixed, workLimits: [] });
  const errors = free.issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(...errors);
  const pinnedIssues = issuesOfPinned(fixed);
  if (pinnedIssues.length > 0) return fail(...pinnedIssues);
  const outOfReach = demandOutOfReach(fixed, free);
  if (outOfReach.some(({ severity }) => severity === "error")) return fail(...outOfReach);
  const { solver, issue } = await chooseSolver(fixed.settings.solver, free.blocks);
  const work = dealtWork(fixed, solver, clock, onProgress);
  const input = work === null ? fixed : { ...fixed, workLimits: work.limits };
  const plain = work === null ? free : buildShiftProblem(input);
  const budgeted = priceHours(input, solver, clock);
  if (!budgeted.ok) return budgeted;
  const { budget, marketPieces } = budgeted.value;
  const priced = budget.price === 0 ? plain : buildShiftProblem(input, budget.price);
  return succeed({
    input,
    plain,
    priced,
    solver,
    budget,
    clock,
    blocks: priced.blocks.map((block, index) => ({
      block,
      marketPieces: [...(work?.used[index] ?? []), ...(marketPieces[index] ?? [])],
      best: { pieces: [], cost: Number.POSITIVE_INFINITY },
      bound: null,
      guides: null,
      rounded: [],
      hoursShortRounded: 0,
    })),
    work,
    issues: [...plain.issues, ...outOfReach, ...(issue === null ? [] : [issue])],
  });
}

/** The people's limits dealt out; null where there are none, or only breaks move. */
function dealtWork(
  input: ShiftsInput,
  solver: Solver,
  clock: RunClock,
  onProgress: OnProgress,
): DealtWork | null {
  if (input.workLimits === undefined || input.breaksOnly === true) return null;
  return dealOutWork(
    input,
    input.workLimits,
    solver,
    () => clock.isOver(boundingShare),
    (completed) => onProgress({ phase: "people", completed, total: null }),
  );
}

/** The price at which the days use up just the budget; fails where it is too small for what must be met. */
function priceHours(
  input: ShiftsInput,
  solver: Solver,
  clock: RunClock,
): Outcome<{ readonly budget: HourBudget; readonly marketPieces: readonly (readonly Piece[])[] }> {
  const hours = freeHours(input);
  if (hours === Number.POSITIVE_INFINITY) return succeed({ budget: noBudget, marketPieces: [] });
  const budgetHours = input.settings.budgetHours ?? 0;
  if (hours < 0)
    return fail({
      code: "shifts.budgetBelowPinned",
      severity: "error",
      values: { budget: budgetHours, over: Math.ceil(-hours) },
    });
  const needed = leastHours(input, solver);
  if (needed > budgetHours + 1e-6) return fail(budgetTooSmall(budgetHours, needed));
  const market = openHourMarket(input, solver, () => clock.isOver(boundingShare));
  const { price, bound, used } = market.priceFor(hours, 0);
  const worth = price * hours;
  return succeed({ budget: { hours, price, worth, bound: bound - worth }, marketPieces: used });
}

export function budgetTooSmall(budget: number, needed: number): Issue {
  return {
    code: "shifts.budgetTooSmall",
    severity: "error",
    values: { budget, needed: Math.ceil(needed - 1e-6) },
  };
}

function issuesOfPinned(input: ShiftsInput): Issue[] {
  return input.pinned.flatMap(({ id, templateId, groupId }): Issue[] => {
    if (!input.templates.some((template) => template.id === templateId))
      return [
        {
          code: "shifts.pinnedTemplateGone",
          severity: "error",
          values: { shift: id, template: templateId },
        },
      ];
    if (!input.groups.some((group) => group.id === groupId))
      return [{ code: "shifts.pinnedGroupGone", severity: "error", values: { shift: id, group: groupId } }];
    return [];
  });
}

/** No free shifts cost less: the blocks' bounds, less what their hours were priced at beyond the budget's worth. */
export function boundOf({ blocks, budget, work }: ShiftRun): number {
  // Blocks hold what was dealt out to them: another deal might cost less.
  if (work !== null) return work.bound;
  const bound = blocks.reduce((sum, run) => sum + (run.bound ?? 0), 0);
  return Math.max(budget.bound, bound - budget.worth);
}
