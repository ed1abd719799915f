import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import { dateOfDay } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Schedule, Shift, SolveStatus } from "../domain/plan/shift.ts";
import { randomStream } from "../numerics/random.ts";
import { lowerBound } from "./bound/lower-bound.ts";
import { checkSchedule } from "./check/check-schedule.ts";
import { conflictingRules } from "./check/explain-conflict.ts";
import { scheduleOf, wagesIn } from "./check/schedule-of-shifts.ts";
import { chooseSolver } from "./choose-solver.ts";
import { concreteShifts } from "./problem/concrete-shifts.ts";
import {
  exchangedWithinHours,
  freeHours,
  leastHours,
  openHourMarket,
  withinHours,
} from "./problem/hour-budget.ts";
import type { Piece, Prices } from "./problem/placed-shift.ts";
import {
  changesBetween,
  droppedForSure,
  keptPieces,
  piecesOf,
  withOddShiftsFixed,
} from "./problem/present-shifts.ts";
import type { ShiftBlock, ShiftProblem, ShiftsInput } from "./problem/shift-block.ts";
import { buildShiftProblem } from "./problem/shift-problem.ts";
import { createFloor } from "./search/floor.ts";
import { improveByParts } from "./search/neighbourhoods.ts";
import { type PlacedActivities, placeActivities } from "./search/place-activities.ts";
import { distinct, fitting } from "./search/reused-pieces.ts";
import { type ShiftSearch, searchShifts } from "./search/search.ts";

/**
 * Shifts with breaks for a requirement, and a proved bound on how much better any could be.
 *
 * Days that no shift joins are solved one by one. For each: a greedy cover at once, so that there is always something
 * to keep; the linear bound by column generation; its optimum rounded and improved by local search until the gap
 * asked for is reached or the effort is spent. Every schedule that leaves here passes `checkSchedule`.
 *
 * Effort is counted in work (forms priced), `settings.seconds` at a nominal speed, so that the same input gives the
 * same answer; `timeLimitSeconds` cuts by the clock where a person asked for that.
 */
export async function optimiseShifts(
  task: ShiftsInput,
  onProgress: OnProgress<Schedule> = () => {},
): Promise<Outcome<Schedule>> {
  const started = performance.now();
  const input = task.breaksOnly === true ? withOddShiftsFixed(task) : task;
  const plain = buildShiftProblem(input);
  const errors = plain.issues.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(...errors);
  const pinnedIssues = pinnedFaults(input);
  if (pinnedIssues.length > 0) return fail(...pinnedIssues);
  const unreachable = outOfReach(input, plain);
  if (unreachable.some(({ severity }) => severity === "error")) return fail(...unreachable);
  const issues = [...plain.issues, ...unreachable];
  const { solver, issue } = await chooseSolver(input.settings.solver, plain.blocks);
  if (issue !== null) issues.push(issue);

  const limit = input.timeLimitSeconds === null ? Number.POSITIVE_INFINITY : input.timeLimitSeconds * 1000;
  const elapsed = () => performance.now() - started;
  const outOfTime = () => elapsed() > limit;
  // Under the clock, most of the time belongs to the search: a bound that is not yet tight is a bound all the same.
  const outOfBoundingTime = () => elapsed() > boundingShare * limit;
  const hours = freeHours(input);
  if (hours !== null && hours < 0)
    return fail({
      code: "shifts.budgetBelowPinned",
      severity: "error",
      values: { budget: input.settings.budgetHours ?? 0, over: Math.ceil(-hours) },
    });
  const needed = hours === null ? 0 : leastHours(input, solver);
  if (hours !== null && needed > (input.settings.budgetHours ?? 0) + 1e-6)
    return fail(budgetTooSmall(input, needed));
  const market = hours === null ? null : openHourMarket(input, solver, outOfBoundingTime).priceFor(hours, 0);
  const budget: Budget | null =
    hours === null || market === null
      ? null
      : { hours, price: market.price, bound: market.bound - market.price * hours };
  const problem = budget === null ? plain : buildShiftProblem(input, budget.price);
  const runs: BlockRun[] = problem.blocks.map((block) => ({
    block,
    best: searchShifts(block, keptPieces(input, block), randomStream(input.seed, "greedy"), noSearch),
    bound: null,
    guides: null,
    rounded: [],
  }));
  const report = progressReporter(input, problem, runs, budget, solver.name, started, onProgress);
  report("firstCover", 0, true);

  let seeds: readonly Piece[] = [];
  for (const [index, run] of runs.entries()) {
    if (outOfTime()) break;
    const known = [...seeds, ...(market?.used[index] ?? [])];
    const first = distinct([...run.best.pieces, ...fitting(run.block, known)]);
    const relaxed = lowerBound(run.block, solver, first, mostRounds, outOfBoundingTime);
    run.bound = Math.max(0, relaxed.bound);
    run.guides = relaxed.prices;
    seeds = relaxed.used;
    const rounded = searchShifts(
      run.block,
      relaxed.rounded,
      randomStream(input.seed, "rounding", index),
      noSearch,
    );
    run.rounded = rounded.pieces;
    if (rounded.cost < run.best.cost) run.best = rounded;
    report("bounding", index + 1, false);
  }

  let work =
    input.timeLimitSeconds === null ? input.settings.seconds * formsPerSecond : Number.POSITIVE_INFINITY;
  for (let pass = 0; work > 0 && !outOfTime(); pass++) {
    const open = runs.filter((run) => run.best.cost > targetOf(run, input.settings.gap));
    if (open.length === 0) break;
    for (const [index, run] of open.entries()) {
      const left = open.length - index;
      const began = elapsed();
      const slice = (limit - began) / left;
      const perRound = workPerRound(run.block);
      let rounds = 0;
      const better = searchShifts(
        run.block,
        run.rounded,
        randomStream(input.seed, "improving", pass, runs.indexOf(run)),
        {
          rounds: Math.ceil(Math.min(roundsOfPass(run.block, pass), (searchShare * work) / left / perRound)),
          target: targetOf(run, input.settings.gap),
          timeUsed: () =>
            limit === Number.POSITIVE_INFINITY ? 0 : (elapsed() - began) / (searchShare * slice),
          onRound: () => {
            rounds++;
            report("improving", runs.length - open.length + index, false);
          },
          onBetter: (found) => {
            if (found.cost < run.best.cost) run.best = found;
          },
        },
        run.guides,
      );
      if (better.cost < run.best.cost) run.best = better;
      work -= Math.max(1, rounds) * perRound;
      if (solver.name !== "highs") continue;
      let parts = 0;
      run.best = improveByParts(
        run.block,
        solver,
        run.best,
        randomStream(input.seed, "parts", pass, runs.indexOf(run)),
        {
          parts: Math.max(0, work / left / formsPerPart),
          patience: partsPatience,
          target: targetOf(run, input.settings.gap),
          secondsLeft: () => (slice - (elapsed() - began)) / 1000,
          onPart: () => {
            parts++;
            report("improving", runs.length - open.length + index, false);
          },
          onBetter: (found) => {
            run.best = found;
          },
        },
      );
      work -= parts * formsPerPart;
    }
  }
  const kept =
    budget === null
      ? runs
      : exchangedWithinHours(
          plain.blocks,
          withinHours(runs, budget.hours, budget.price),
          budget.hours,
          input.seed,
          outOfTime() ? 0 : roundsWithinHours,
        );
  const seconds = (performance.now() - started) / 1000;
  const made = toSchedule(input, problem, kept, budget, solver.name, seconds, null, outOfTime);
  const { schedule } = made;
  issues.push(...made.issues);
  const missed = hardShortage(input, kept);
  const overdrawn = budget !== null && schedule.paidHours > (input.settings.budgetHours ?? 0) + 1e-6;
  if (overdrawn) return fail(budgetTooSmall(input, schedule.paidHours));
  if (missed !== null) return fail(missed.issue, ...conflictingRules(input, missed.firstDay, solver));
  const faults = checkSchedule({ ...input, ...input.settings }, schedule);
  if (faults.length > 0) throw new RangeError(`the schedule breaks its rules: ${JSON.stringify(faults[0])}`);
  return succeed(schedule, issues);
}

function budgetTooSmall({ settings }: ShiftsInput, needed: number): Issue {
  return {
    code: "shifts.budgetTooSmall",
    severity: "error",
    values: { budget: settings.budgetHours ?? 0, needed: Math.ceil(needed - 1e-6) },
  };
}

/** A limit on paid hours, and the price of an hour by which the blocks keep to it. */
interface Budget {
  /** What pinned shifts leave of it. */
  readonly hours: number;
  readonly price: number;
  /** No schedule within it costs less, pinned shifts' wages not counted. */
  readonly bound: number;
}

interface BlockRun {
  readonly block: ShiftBlock;
  best: ShiftSearch;
  /** null: not known yet. */
  bound: number | null;
  /** Prices of the linear program's optimum. */
  guides: Prices | null;
  /** That optimum made whole: where every search starts. */
  rounded: readonly Piece[];
}

/** Rounds of exchanges in each block once a budget is dealt out. */
const roundsWithinHours = 2000;

const noSearch = { rounds: 0, target: 0, timeUsed: () => 0 };

/**
 * Rounds of the search in each pass over the days that are not good enough yet. Several searches of moderate length
 * from different chances find better days than one long one, because where each ends is a matter of luck.
 */
function roundsOfPass(block: ShiftBlock, pass: number): number {
  // A week of tours is still coming down when a day has long settled.
  if (block.tours.length > 0) return Number.POSITIVE_INFINITY;
  return pass < 2 ? 10_000 : 25_000;
}

/** Share of a pass that the search has; the rest is for the parts of what it found. */
const searchShare = 0.6;

/** A part's program counts as much as pricing so many forms; after so many in vain the next search may begin. */
const formsPerPart = 600_000;
const partsPatience = 12;

/** A cost at which a block's gap is small enough. */
function targetOf({ bound }: BlockRun, gap: number): number {
  return (bound ?? 0) / Math.max(1e-9, 1 - gap) + 1e-9;
}

/** Share of a time limit after which no further round of bounding begins. */
const boundingShare = 0.35;

/** Rounds of column generation; it is done in ten or twenty. */
const mostRounds = 200;

/** Forms that a plain machine prices in a second, and prices read per round of the search. */
const formsPerSecond = 1_500_000;
const pricingsPerRound = 4;

function workPerRound(block: ShiftBlock): number {
  const tourDays = block.tours.reduce((sum, { formsByDay }) => sum + formsByDay.length, 0);
  return pricingsPerRound * (block.forms.length + 3 * tourDays + (block.groupCount * block.slotCount) / 4);
}

function pinnedFaults(input: ShiftsInput): Issue[] {
  return input.pinned.flatMap((shift): Issue[] => {
    if (!input.templates.some(({ id }) => id === shift.templateId))
      return [
        {
          code: "shifts.pinnedTemplateGone",
          severity: "error",
          values: { shift: shift.id, template: shift.templateId },
        },
      ];
    if (!input.groups.some(({ id }) => id === shift.groupId))
      return [
        {
          code: "shifts.pinnedGroupGone",
          severity: "error",
          values: { shift: shift.id, group: shift.groupId },
        },
      ];
    return [];
  });
}

/**
 * Demand that no template reaches: a warning per queue with its first time and hours; an error where a hard minimum
 * stands there, because then no schedule is right.
 */
function outOfReach(input: ShiftsInput, problem: ShiftProblem): Issue[] {
  const issues: Issue[] = [];
  for (const [queue, { queueId }] of input.requirement.queues.entries()) {
    const name = input.queues.find(({ id }) => id === queueId)?.name ?? queueId;
    let hours = 0;
    let first: { readonly date: string; readonly minute: number } | null = null;
    let hard: { readonly date: string; readonly minute: number } | null = null;
    for (const block of problem.blocks) {
      const reached = reachedSlots(block, queue);
      for (let slot = 0; slot < block.slotCount; slot++) {
        const at = queue * block.slotCount + slot;
        if (reached[slot] === 1 || block.asked[at] <= 0) continue;
        hours += (block.asked[at] * block.slotMinutes) / 60;
        const when = {
          date: dateOfDay(problem.grid, block.firstDay),
          minute: (block.firstSlot + slot) * block.slotMinutes,
        };
        first ??= when;
        if (block.minimum[at] > 0) hard ??= when;
      }
    }
    const worst = hard ?? first;
    if (worst === null) continue;
    const dayStart = problem.grid.dayOffsets[dayIndex(problem, worst.minute)] * problem.grid.intervalMinutes;
    issues.push({
      code: hard === null ? "shifts.demandOutOfReach" : "shifts.minimumOutOfReach",
      severity: hard === null ? "warning" : "error",
      values: {
        queue: name,
        date: dateOfDay(problem.grid, dayIndex(problem, worst.minute)),
        time: formatMinuteOfDay(worst.minute - dayStart),
        hours: Math.round(hours * 100) / 100,
      },
    });
  }
  return issues;
}

function dayIndex(problem: ShiftProblem, minute: number): number {
  const interval = Math.floor(minute / problem.grid.intervalMinutes);
  let day = 0;
  while (day < problem.grid.dayCount - 1 && problem.grid.dayOffsets[day + 1] <= interval) day++;
  return day;
}

/** 1 for each slot at which some form for the queue, or a pinned shift, may be at work. */
function reachedSlots(block: ShiftBlock, queue: number): Uint8Array {
  const reached = new Uint8Array(block.slotCount);
  for (const { group, start, shape } of block.forms)
    if ((block.groupMask[group] & (1 << queue)) !== 0) reached.fill(1, start, start + shape.length);
  for (let group = 0; group < block.groupCount; group++)
    if ((block.groupMask[group] & (1 << queue)) !== 0)
      for (let slot = 0; slot < block.slotCount; slot++)
        if (block.pinnedStaff[group * block.slotCount + slot] > 0) reached[slot] = 1;
  return reached;
}

/** A hard minimum that the best schedule still misses: rules that cannot hold together. */
function hardShortage(
  input: ShiftsInput,
  runs: readonly BlockRun[],
): { readonly issue: Issue; readonly firstDay: number } | null {
  for (const { block, best } of runs) {
    const { staff } = staffedFloor(block, best.pieces);
    for (let at = 0; at < staff.length; at++) {
      if (staff[at] >= block.minimum[at]) continue;
      const queueId = input.requirement.queues[Math.floor(at / block.slotCount)].queueId;
      const minute = (block.firstSlot + (at % block.slotCount)) * block.slotMinutes;
      const { grid } = input.requirement;
      const date = dateOfDay(grid, block.firstDay);
      const issue: Issue = {
        code: "shifts.minimumMissed",
        severity: "error",
        values: {
          queue: input.queues.find(({ id }) => id === queueId)?.name ?? queueId,
          date,
          time: formatMinuteOfDay(minute - grid.dayOffsets[block.firstDay] * grid.intervalMinutes),
          minimum: block.minimum[at],
          staffed: staff[at],
        },
      };
      return { issue, firstDay: block.firstDay };
    }
  }
  return null;
}

function staffedFloor(block: ShiftBlock, pieces: readonly Piece[]) {
  const floor = createFloor(block);
  for (const { group, slots } of pieces) for (const slot of slots) floor.add(group, slot);
  return floor;
}

/** Milliseconds between reports, and between reports that carry a whole schedule. */
const reportEvery = 100;
const partialEvery = 500;

function progressReporter(
  input: ShiftsInput,
  problem: ShiftProblem,
  runs: readonly BlockRun[],
  budget: Budget | null,
  solver: string,
  started: number,
  onProgress: OnProgress<Schedule>,
) {
  let last = Number.NEGATIVE_INFINITY;
  let lastPartial = Number.NEGATIVE_INFINITY;
  return (phase: string, completed: number, force: boolean) => {
    const now = performance.now();
    if (!force && now - last < reportEvery) return;
    last = now;
    const withPartial = (force || now - lastPartial >= partialEvery) && hardShortage(input, runs) === null;
    if (withPartial) lastPartial = now;
    const partial = withPartial
      ? toSchedule(
          input,
          problem,
          budget === null ? runs : withinHours(runs, budget.hours, budget.price),
          budget,
          solver,
          (now - started) / 1000,
          "stopped",
        ).schedule
      : null;
    // Blocks price hours by the budget's price; what the budget is worth at it is no cost.
    const worth = budget === null ? 0 : budget.price * budget.hours;
    onProgress({
      phase,
      completed,
      total: runs.length,
      best: runs.reduce((sum, { best }) => sum + best.cost, 0) - worth,
      ...(runs.every(({ bound }) => bound !== null) ? { bound: boundOf(runs, budget) } : {}),
      ...(partial === null ? {} : { partial }),
    });
  };
}

function toSchedule(
  input: ShiftsInput,
  problem: ShiftProblem,
  runs: readonly BlockRun[],
  budget: Budget | null,
  solver: string,
  seconds: number,
  stopped: SolveStatus | null,
  outOfTime: () => boolean = () => false,
): { readonly schedule: Schedule; readonly issues: readonly Issue[] } {
  const { shifts: made, tours } = concreteShifts(input, problem, runs);
  const pinnedIds = new Set(input.pinned.map(({ id }) => id));
  const placed = placeActivities(input, [...input.pinned, ...made], pinnedIds);
  // A stopped run keeps what it has; otherwise others may come in for those who sit in a session.
  const { shifts, issues } =
    stopped === null ? filledUp(input, placed, pinnedIds, outOfTime() ? 0 : roundsAroundSessions) : placed;
  const changes = changesBetween(
    input,
    shifts.filter(({ id }) => !pinnedIds.has(id)),
  );
  const free =
    boundOf(runs, budget) +
    (changes === undefined ? 0 : droppedForSure(input, problem.blocks) * (input.settings.changePrice ?? 0)) -
    // A session may take an agent away who was too many.
    placed.hours * input.settings.costPerHourOver;
  // Nothing that is still to be decided has a negative cost.
  const bound = wagesIn(input, input.pinned) + Math.max(0, free);
  const inTours = input.breaksOnly === true ? input.present?.tours : tours;
  const schedule = {
    ...scheduleOf(input, shifts, bound, solver, seconds, changes),
    ...(input.settings.tours?.length && inTours !== undefined ? { tours: inTours } : {}),
    ...(stopped === null ? {} : { status: stopped }),
  };
  return { schedule, issues };
}

/** Rounds of search in each block once its sessions are placed. */
const roundsAroundSessions = 500;

/** Those in sessions stay as they are; the others are made anew around them, and more come in where that is worth it. */
function filledUp(
  input: ShiftsInput,
  placed: PlacedActivities,
  pinnedIds: ReadonlySet<string>,
  rounds: number,
): Pick<PlacedActivities, "shifts" | "issues"> {
  if (placed.hours === 0 || input.breaksOnly === true || (input.settings.tours ?? []).length > 0)
    return placed;
  const stay = (shift: Shift) =>
    pinnedIds.has(shift.id) || shift.activities.some(({ ruleId }) => ruleId !== undefined);
  const around = { ...input, pinned: placed.shifts.filter(stay) };
  const others = placed.shifts.filter((shift) => !stay(shift));
  const problem = buildShiftProblem(around);
  const paid = (pieces: readonly Piece[]) => pieces.reduce((sum, { hours }) => sum + hours, 0);
  const starts = problem.blocks.map((block) => piecesOf(around, block, others));
  let left = (freeHours(around) ?? Number.POSITIVE_INFINITY) - paid(starts.flat());
  const runs = problem.blocks.map((block, index) => {
    const mostHours = left + paid(starts[index]);
    const random = randomStream(input.seed, "around sessions", index);
    const effort = { ...noSearch, rounds, mostHours };
    const best = searchShifts(block, starts[index], random, effort);
    left = mostHours - paid(best.pieces);
    return { block, best };
  });
  const { shifts } = concreteShifts(around, problem, runs);
  const { issues } = placed;
  return { shifts: [...around.pinned, ...shifts], issues };
}

/** No free shifts cost less: the blocks' bounds, less what their hours were priced at beyond the budget's worth. */
function boundOf(runs: readonly BlockRun[], budget: Budget | null): number {
  const bound = runs.reduce((sum, run) => sum + (run.bound ?? 0), 0);
  return budget === null ? bound : Math.max(budget.bound, bound - budget.price * budget.hours);
}
