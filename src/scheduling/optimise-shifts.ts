import { type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import { hoursShort } from "./bound/deal-out-work.ts";
import { lowerBound } from "./bound/lower-bound.ts";
import { meetsMinimums } from "./check/missed-minimum.ts";
import { finishRun, presentSchedule } from "./finish-run.ts";
import { keepHardRules } from "./keep-hard-rules.ts";
import { carriedOver, distinctPieces } from "./problem/carry-over.ts";
import type { BlockSchedule, Piece, StaffedBlock } from "./problem/piece.ts";
import { keptPieces } from "./problem/present-schedule.ts";
import type { ShiftBlock, ShiftsInput } from "./problem/shift-block.ts";
import { type Report, reporterOf } from "./report-progress.ts";
import { exchangedWithinHours, withinHours } from "./search/hour-budget.ts";
import { improveByParts } from "./search/improve-by-parts.ts";
import { leanestSchedule } from "./search/leanest-schedule.ts";
import { noSearch, searchShifts } from "./search/ruin-and-recreate.ts";
import { type BlockRun, boundingShare, prepareRun, type ShiftRun } from "./shift-run.ts";

/**
 * Shifts with breaks for a requirement, and a proved bound on how much better any could be.
 *
 * Assumes that an agent at work serves one queue at a time, that shortage and surplus cost by the agent-hour, and that
 * shifts are nobody's yet. Hard are: templates and their breaks, counts a day, minimums of queues, tours, pinned shifts
 * and the budget of hours, and what the people of the plan can work (`input.workLimits`) unless one of the others would
 * be missed; all else is weighed in the plan's currency.
 *
 * Method: days that no shift joins are solved one by one. For each a greedy cover at once, so that there is always
 * something to keep; the linear bound by column generation; its optimum rounded and improved by ruin and recreate and by
 * mixed-integer programs over parts, until the gap asked for is reached or the effort is spent. A budget of hours is
 * dealt out by a price on each, and what people can work in more than a day by `dealOutWork`. What then misses a hard rule is made again by an exact program; sessions of activities
 * are placed last. Every schedule that leaves here, each progress report's too, passes `checkSchedule`, and none costs
 * more than `input.present` where that keeps the rules.
 *
 * Effort is counted in work (forms priced): `settings.seconds` at a nominal speed, so that the same input gives the
 * same answer; `timeLimitSeconds` cuts by the clock where a person asked for that.
 *
 * @param input requirement in agents per interval, templates in minutes, prices per agent-hour, gap 0–1
 * @param onProgress phases `people`, `firstCover`, `bounding`, `improving`; `partial` is what Stop keeps
 * @param now a clock in milliseconds, for time limits and the seconds taken
 * @returns shifts in minutes of the requirement's grid, with coverage, cost, bound and gap
 *
 * Issues that refuse the plan:
 * - read from the settings: `shifts.noTemplates`, `shifts.slotTooFine`, `shifts.tooManyQueues`, `shifts.unknownQueue`,
 *   `shifts.unknownGroup`, `shifts.startWindowEmpty`, `shifts.countsContradict`, `shifts.breaksDoNotFit` (a warning where
 *   another length fits), `shifts.pinnedTemplateGone`, `shifts.pinnedGroupGone`;
 * - rules that cannot all hold: `shifts.minimumOutOfReach`, `shifts.minimumMissed` or `shifts.countMissed` followed by
 *   the smallest conflict as `shifts.conflictRule.*` (`breaks`, `weekdays`, `minimumCount`, `startWindow`,
 *   `maximumCount`, `tour`, `minimumByTime`, `minimumAgents`), `shifts.budgetBelowPinned`, `shifts.budgetTooSmall`;
 * - not found, though not proved impossible: `shifts.minimumNotFound`, `shifts.countNotFound`, `shifts.budgetNotFound`;
 * - a fault of our own, kept from the plan: `shifts.ruleNotKept`.
 *
 * Remarks beside a schedule: `shifts.tooFewPeople`, `shifts.demandOutOfReach`, `shifts.highsUnavailable`,
 * `shifts.activityNotPlaced`, `shifts.overClockChange.*` (`endsEarlier`, `endsLater`, `isLonger`, `isShorter`).
 *
 * @example
 * const outcome = await optimiseShifts(input);
 * if (outcome.ok) outcome.value.shifts.map(({ templateId, date, activities }) => [templateId, date, activities.length]);
 */
export async function optimiseShifts(
  input: ShiftsInput,
  onProgress: OnProgress<Schedule> = () => {},
  now: () => number = () => performance.now(),
): Promise<Outcome<Schedule>> {
  const prepared = await prepareRun(input, now, onProgress);
  if (!prepared.ok) return prepared;
  const run = prepared.value;
  if (coverDemand(run, onProgress)) {
    const staffed = keepHardRules(run, dealOutHours(run));
    if (staffed.ok) return finishRun(run, staffed.value);
    if (run.work === null) return presentSchedule(run) ?? staffed;
  }
  const present = presentSchedule(run);
  if (present !== null) return present;
  // What must be met goes before who is there.
  const { workLimits: _, ...withoutPeople } = input;
  const outcome = await optimiseShifts(withoutPeople, onProgress, now);
  const remark: Issue = { code: "shifts.tooFewPeople", severity: "warning" };
  return outcome.ok ? succeed(outcome.value, [...outcome.issues, remark]) : outcome;
}

/**
 * Searches every block of a run: the best of each is left in the run. False where the people of the plan are too few for
 * what must be met, which is then not searched for.
 */
export function coverDemand(run: ShiftRun, onProgress: OnProgress<Schedule> = () => {}): boolean {
  const report = reporterOf(run, onProgress);
  coverGreedily(run, report);
  if (!mayMeetMinimums(run)) return false;
  boundBlocks(run, report);
  improveBlocks(run, report);
  return true;
}

/** A schedule of each block at once, so that there is always something to keep: the present one, filled up greedily. */
function coverGreedily({ input, blocks }: ShiftRun, report: Report): void {
  for (const run of blocks)
    run.best = searchShifts(
      run.block,
      keptPieces(input, run.block),
      randomStream(input.seed, "greedy"),
      noSearch,
    );
  report("firstCover", 0, true);
}

/** Rounds of column generation; it is done in ten or twenty. */
const mostRounds = 200;

/**
 * Whether the search is worth its time where people are few: false as soon as the first block that misses something it
 * must have misses it in its leanest schedule too.
 */
function mayMeetMinimums({ blocks, plain, solver, work }: ShiftRun): boolean {
  if (work === null) return true;
  const index = blocks.findIndex(({ block, best }) => !meetsMinimums({ block, best }));
  if (index < 0) return true;
  return leanestSchedule(plain.blocks[index], solver, blocks[index].best.pieces)?.meetsMinimums === true;
}

/** The linear bound of each block, begun with what the block before it used, and its optimum rounded. */
function boundBlocks({ input, blocks, solver, clock }: ShiftRun, report: Report): void {
  let usedBefore: readonly Piece[] = [];
  for (const [index, run] of blocks.entries()) {
    if (clock.isOver()) break;
    const useful = carriedOver(run.block, [...usedBefore, ...run.marketPieces]);
    const relaxed = lowerBound(run.block, solver, {
      start: distinctPieces([...run.best.pieces, ...useful]),
      mostRounds,
      isOutOfTime: () => clock.isOver(boundingShare),
    });
    run.bound = Math.max(0, relaxed.bound);
    run.guides = relaxed.prices;
    usedBefore = relaxed.used;
    const random = randomStream(input.seed, "rounding", index);
    const whole = relaxed.rounded();
    run.hoursShortRounded = hoursShort(run.block, whole);
    const rounded = searchShifts(run.block, whole, random, noSearch);
    run.rounded = rounded.pieces;
    if (rounded.cost < run.best.cost) run.best = rounded;
    report("bounding", index + 1);
  }
}

/** Forms that a plain machine prices in a second, and prices read per round of the search. */
const formsPerSecond = 1_500_000;
const pricingsPerRound = 4;

/** Share of a pass that the search has; the rest is for the parts of what it found. */
const searchShare = 0.6;

/** After so many parts in vain the next search may begin. */
const partsPatience = 12;

/** What is left of the effort, in forms priced. */
interface Work {
  forms: number;
}

/** Passes over the blocks that are not good enough yet, until all are or the effort is spent. */
function improveBlocks(run: ShiftRun, report: Report): void {
  const { input, blocks, clock } = run;
  const work: Work = {
    forms:
      input.timeLimitSeconds === null ? input.settings.seconds * formsPerSecond : Number.POSITIVE_INFINITY,
  };
  for (let pass = 0; work.forms > 0 && !clock.isOver(); pass++) {
    const open = blocks.filter((block) => block.best.cost > targetOf(block, input.settings.gap));
    if (open.length === 0) break;
    for (const [index, block] of open.entries()) {
      const onStep = () => report("improving", blocks.length - open.length + index);
      improveBlock(run, block, { pass, share: open.length - index, work, onStep });
    }
  }
}

/** A turn of a block: this `pass`, one of so many shares of what is left of time and work. */
interface Turn {
  readonly pass: number;
  readonly share: number;
  readonly work: Work;
  readonly onStep: () => void;
}

/** Searches a block from the rounded optimum, and then improves the best there is part by part. */
function improveBlock(run: ShiftRun, block: BlockRun, { pass, share, work, onStep }: Turn): void {
  const { input, solver, clock, blocks } = run;
  const number = blocks.indexOf(block);
  const target = targetOf(block, input.settings.gap);
  const began = clock.elapsedSeconds();
  const secondsOfTurn = (clock.limitSeconds - began) / share;
  const keepIfBetter = (other: BlockSchedule) => {
    if (other.cost < block.best.cost) block.best = other;
  };
  const formsPerRound = workPerRound(block.block);
  let rounds = 0;
  const searched = searchShifts(
    block.block,
    block.rounded,
    randomStream(input.seed, "improving", pass, number),
    {
      rounds: Math.ceil(
        Math.min(roundsOfPass(block.block, pass), (searchShare * work.forms) / share / formsPerRound),
      ),
      target,
      timeUsed: () =>
        secondsOfTurn === Number.POSITIVE_INFINITY
          ? 0
          : (clock.elapsedSeconds() - began) / (searchShare * secondsOfTurn),
      guides: block.guides,
      onRound: () => {
        rounds++;
        onStep();
      },
      onBetter: keepIfBetter,
    },
  );
  keepIfBetter(searched);
  work.forms -= Math.max(1, rounds) * formsPerRound;
  if (solver.name !== "highs") return;
  block.best = improveByParts(
    block.block,
    solver,
    block.best,
    randomStream(input.seed, "parts", pass, number),
    {
      work: work.forms / share,
      patience: partsPatience,
      target,
      secondsLeft: () => secondsOfTurn - (clock.elapsedSeconds() - began),
      onPart: (taken) => {
        work.forms -= taken;
        onStep();
      },
      onBetter: (better) => {
        block.best = better;
      },
    },
  );
}

/**
 * Rounds of the search in each pass over the days that are not good enough yet. Several searches of moderate length
 * from different chances find better days than one long one, because where each ends is a matter of luck.
 */
function roundsOfPass(block: ShiftBlock, pass: number): number {
  // A week of tours is still coming down when a day has long settled.
  if (block.tours.length > 0) return Number.POSITIVE_INFINITY;
  return pass < 2 ? 10_000 : 25_000;
}

/** A cost at which a block's gap is small enough. */
function targetOf({ bound }: BlockRun, gap: number): number {
  return (bound ?? 0) / Math.max(1e-9, 1 - gap) + 1e-9;
}

function workPerRound(block: ShiftBlock): number {
  const tourDays = block.tours.reduce((sum, { formsByDay }) => sum + formsByDay.length, 0);
  return pricingsPerRound * (block.forms.length + 3 * tourDays + (block.groupCount * block.slotCount) / 4);
}

/** Rounds of exchanges in each block once a budget is dealt out. */
const roundsWithinHours = 2000;

/** Where there is a budget: shifts leave until it is kept, and are then exchanged at the true price of hours. */
function dealOutHours({ input, blocks, plain, budget, clock }: ShiftRun): readonly StaffedBlock[] {
  if (budget.hours === Number.POSITIVE_INFINITY) return blocks;
  return exchangedWithinHours(plain.blocks, withinHours(blocks, budget.hours, budget.price), {
    hours: budget.hours,
    seed: input.seed,
    rounds: clock.isOver() ? 0 : roundsWithinHours,
  });
}
