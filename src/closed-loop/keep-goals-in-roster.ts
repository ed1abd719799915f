import { dayOfInterval, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Assignment, MovedShifts } from "../domain/plan/roster.ts";
import { randomStream } from "../numerics/random.ts";
import { problemFromPlan } from "../rostering/problem/problem-from-plan.ts";
import { asWorked, type RosterInput, rosterSource } from "../rostering/problem/roster-input.ts";
import type { StaffingValue } from "../scheduling/search/crew.ts";
import { prepareRun, type ShiftRun } from "../scheduling/shift-run.ts";
import { type CountService, countInBatches, countServiceHere, type ServiceCounts } from "./count-service.ts";
import { judgedGoals, keptWithin, openTargets } from "./judged-goals.ts";
import type { KeepGoalsInput } from "./keep-goals.ts";
import { effortOf, replicationsFrom } from "./loop-effort.ts";
import { marginalService } from "./marginal-service.ts";
import { type MoveTerms, moveByModel, moveTermsOf, workedSlots } from "./roster-moves.ts";
import { minimumsOf, modelledService } from "./service-model.ts";
import { missesOf, type ServiceTarget } from "./service-targets.ts";
import {
  type TargetState,
  type TargetTerms,
  targetsInBlock,
  targetTermsOf,
  unitsOf,
} from "./target-model.ts";

/** What the second stage of the closed loop reads: the plan as the first one does, its people, and who works when. */
export interface RosterGoalsInput extends KeepGoalsInput {
  readonly roster: RosterInput;
  readonly assignments: readonly Assignment[];
}

/** Rounds of moving, and free days that each shift is tried on. */
const mostRounds = 20;
const otherDays = 3;

/** Share by which every goal is raised: the loop's own customers are a sample, and it fits shifts to them. */
const toSpare = 0.004;

/** Share of the shifts that one round moves at most: more where the simulation agrees, half where it does not. */
const firstShare = 0.08;
const mostShare = 0.2;

/** A miss, as a share, up to which goals are held as firmly as if they were kept. */
const smallMiss = 0.005;

/** What a move must gain, as a share of what is missed in all. */
const leastGainShare = 2e-4;

/**
 * Moves shifts of a roster in time, at the same hours of the same people, so that the simulation keeps more goals.
 *
 * Assumes what the simulation assumes of a roster. Nobody's hard rules are newly broken, no wish or soft rule costs more,
 * pinned shifts and those with something placed in them stay, and what is open stays open.
 *
 * Method: as in `cheapestShifts` the same customers are simulated with an agent more of each group; a model through that
 * says which moves help (`moveByModel`), and the simulation whether they did. Where it disagrees, fewer shifts are moved
 * at once. Goals that fresh customers miss are raised, and it goes on.
 *
 * @param onProgress phases `keepingGoals` (with `partial`, what Stop keeps) and `checking`
 * @param count how customers are simulated; absent: in this thread
 *
 * Issues: those of reading the shifts' plan; `closedLoop.noGoals`. Remarks: `closedLoop.allKept` and
 * `closedLoop.nothingMoved` (the assignments are as they were), `closedLoop.goalsMissed` with how many.
 *
 * @example
 * const outcome = await keepGoalsInRoster(input);
 * if (outcome.ok) outcome.value.judgement.goals.filter(({ missedBy }) => missedBy > keptWithin).length; // queue-days still missed
 */
export async function keepGoalsInRoster(
  input: RosterGoalsInput,
  onProgress: OnProgress<MovedShifts> = () => {},
  count: CountService = countServiceHere(input.plan),
): Promise<Outcome<MovedShifts>> {
  const targets = openTargets(input.plan, input.goals, input.terms);
  if (targets.length === 0) return fail({ code: "closedLoop.noGoals", severity: "error" });
  const prepared = await prepareRun(input.shifts, () => 0);
  if (!prepared.ok) return prepared;
  const search = openSearch(input, prepared.value, targets, count);
  const before = judgedGoals(input.plan, targets, await freshCounts(search, input.assignments));
  const answer = async (assignments: readonly Assignment[]): Promise<MovedShifts> => ({
    assignments,
    judgement: {
      ...input.terms,
      goals: judgedGoals(input.plan, targets, await freshCounts(search, assignments)),
      before,
      keptWithin,
      replications: 2 * search.replications,
      moved: assignments.filter(({ shift }, at) => shift !== input.assignments[at].shift).length,
    },
  });
  if (before.every(({ missedBy }) => missedBy <= keptWithin))
    return succeed(await answer(input.assignments), [{ code: "closedLoop.allKept", severity: "info" }]);
  let best = await judgedNow(search, input.assignments);
  let share = firstShare;
  for (let round = 0; round < mostRounds; round++) {
    onProgress({ phase: "keepingGoals", completed: round, total: mostRounds });
    if (!best.missing.some((miss) => miss > 0) && !(await raiseWhatIsMissed(search, best, round))) break;
    const tried = await movedRound(search, best, Math.ceil(share * input.assignments.length), round);
    if (tried === null) break;
    const next = await whatHelped(search, best, await judgedNow(search, tried));
    if (next === null) share /= 2;
    else {
      share = Math.min(mostShare, 1.5 * share);
      best = next;
      const partial = await answer(best.assignments);
      onProgress({ phase: "keepingGoals", completed: round + 1, total: mostRounds, partial });
    }
  }
  onProgress({ phase: "checking", completed: mostRounds, total: mostRounds });
  const moved = await answer(best.assignments);
  const { goals, moved: movedCount } = moved.judgement;
  const missed = goals.filter(({ missedBy }) => missedBy > keptWithin).length;
  const issues: Issue[] = [];
  if (movedCount === 0) issues.push({ code: "closedLoop.nothingMoved", severity: "info" });
  else if (missed > 0)
    issues.push({
      code: "closedLoop.goalsMissed",
      severity: "warning",
      values: { count: missed, of: goals.length },
    });
  return succeed(moved, issues);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

interface RosterSearch {
  readonly input: RosterGoalsInput;
  readonly count: CountService;
  readonly targets: readonly ServiceTarget[];
  readonly raised: number[];
  readonly states: readonly TargetState[];
  readonly terms: TargetTerms;
  readonly moves: MoveTerms;
  readonly run: ShiftRun;
  readonly replications: number;
  readonly marginalReplications: number;
}

/** Assignments and what the loop's own customers say of them. */
interface JudgedAssignments {
  readonly assignments: readonly Assignment[];
  readonly counts: ServiceCounts;
  /** By target: contacts that miss its goal, as far as it is raised. */
  readonly missing: readonly number[];
}

function openSearch(
  input: RosterGoalsInput,
  run: ShiftRun,
  targets: readonly ServiceTarget[],
  count: CountService,
): RosterSearch {
  const { plan, shifts, roster, assignments, seconds } = input;
  const worked = assignments.map(({ shift }) => shift);
  const problem = problemFromPlan(asWorked(rosterSource(roster), worked), worked);
  const { slotMinutes } = run.plain;
  const { grid } = plan.forecast;
  const slotCount = (grid.dayOffsets[grid.dayCount] * grid.intervalMinutes) / slotMinutes;
  const raised = targets.map(() => toSpare);
  const { replications, marginalReplications } = effortOf(plan, seconds);
  return {
    input,
    count,
    targets,
    raised,
    states: targets.map(() => ({ price: 0, margin: 0.002, predicted: null })),
    terms: targetTermsOf(plan, shifts, slotMinutes, { targets, raised }),
    moves: moveTermsOf(problem, plan.plan.groups, [...worked, ...problem.source.shifts], {
      slotMinutes,
      slotCount,
    }),
    run,
    replications,
    marginalReplications,
  };
}

function freshCounts(
  { count, replications }: RosterSearch,
  assignments: readonly Assignment[],
): Promise<readonly ServiceCounts[]> {
  return countInBatches(count, {
    shifts: [],
    assignments,
    firstReplication: 0,
    replications: 2 * replications,
  });
}

async function judgedNow(
  search: RosterSearch,
  assignments: readonly Assignment[],
): Promise<JudgedAssignments> {
  const { count, replications } = search;
  const counts = await count({
    shifts: [],
    assignments,
    firstReplication: replicationsFrom.loop,
    replications,
  });
  return { assignments, counts, missing: missingOf(search, counts) };
}

function missingOf({ input, targets, raised }: RosterSearch, counts: ServiceCounts): number[] {
  const queueCount = input.plan.plan.queues.length;
  return missesOf(targets, counts, queueCount).map(
    (miss, k) => Math.max(0, miss + raised[k]) * unitsOf(targets[k], counts, queueCount),
  );
}

/**
 * Of the moves tried, those on days where less is missed with them, and no more goals are: days that a move joins stand
 * or fall together.
 * null: none helped.
 */
async function whatHelped(
  search: RosterSearch,
  best: JudgedAssignments,
  tried: JudgedAssignments,
): Promise<JudgedAssignments | null> {
  const { input, targets, moves } = search;
  const { grid } = input.plan.forecast;
  const dayOf = ({ shift }: Assignment) => moves.plan.dayOf(shift.date) ?? 0;
  const joined = joinedDays(grid.dayCount, [
    ...tried.assignments.map((one, at) => [dayOf(one), dayOf(best.assignments[at])] as const),
    ...targets.flatMap((target) => {
      const [first, last] = daysOf(target, grid);
      return Array.from({ length: last - first }, (_, at) => [first + at, first + at + 1] as const);
    }),
  ]);
  const more = new Float64Array(grid.dayCount);
  const missedMore = new Int32Array(grid.dayCount);
  for (const [k, target] of targets.entries()) {
    const day = joined[daysOf(target, grid)[0]];
    more[day] += tried.missing[k] - best.missing[k];
    missedMore[day] += Number(tried.missing[k] > 0) - Number(best.missing[k] > 0);
  }
  const chosen = best.assignments.map((one, at) => {
    const day = joined[dayOf(one)];
    return more[day] < 0 && missedMore[day] <= 0 ? tried.assignments[at] : one;
  });
  if (chosen.every((one, at) => one === best.assignments[at])) return null;
  if (chosen.every((one, at) => one === tried.assignments[at])) return tried;
  const judged = await judgedNow(search, chosen);
  return sumOf(judged.missing) < sumOf(best.missing) ? judged : null;
}

/** First and last day of a target's span. */
function daysOf(
  { firstInterval, endInterval }: ServiceTarget,
  grid: IntervalGrid,
): readonly [number, number] {
  return [dayOfInterval(grid, firstInterval), dayOfInterval(grid, endInterval - 1)];
}

/** Per day the first of those that it is joined with, as the two of a pair are. */
function joinedDays(dayCount: number, pairs: readonly (readonly [number, number])[]): number[] {
  const joined = Array.from({ length: dayCount }, (_, day) => day);
  for (const [one, other] of pairs) {
    const [to, from] = [joined[one], joined[other]];
    for (const [day, part] of joined.entries()) if (part === from) joined[day] = to;
  }
  return joined;
}

/** Whether customers that the loop has not seen miss goals, which then are raised. */
async function raiseWhatIsMissed(
  { input, count, targets, raised, replications }: RosterSearch,
  { assignments }: JudgedAssignments,
  round: number,
): Promise<boolean> {
  const counts = await count({
    shifts: [],
    assignments,
    firstReplication: replicationsFrom.check + round * 10_000,
    replications: 2 * replications,
  });
  const misses = missesOf(targets, counts, input.plan.plan.queues.length);
  for (const [k, miss] of misses.entries()) if (miss > 0) raised[k] += miss + 0.001;
  return misses.some((miss) => miss > keptWithin);
}

/** The assignments with the moves that the model advises; null: it advises none. */
async function movedRound(
  { input, count, states, terms, moves, run, marginalReplications }: RosterSearch,
  { assignments, counts }: JudgedAssignments,
  mostMoves: number,
  round: number,
): Promise<readonly Assignment[] | null> {
  const groupCount = input.plan.plan.groups.length;
  const { slotMinutes, slotCount } = moves;
  const marginal = await marginalService(
    count,
    {
      shifts: [],
      assignments,
      firstReplication: replicationsFrom.loop + round * marginalReplications,
      replications: marginalReplications,
    },
    groupCount,
  );
  const staff = new Int32Array(groupCount * slotCount);
  for (const { agentId, shift } of assignments)
    for (const slot of workedSlots(shift, moves))
      staff[(moves.groupOf.get(agentId) ?? 0) * slotCount + slot]++;
  const span = { firstSlot: 0, slotCount, slotMinutes, groupCount };
  const { modelled } = targetsInBlock(terms, span, [...terms.targets.keys()], {
    states,
    marginal,
    counts,
    nudge: 0,
    isExploring: false,
  });
  // Squares would spread what is missed over all days; so weighted they are what is missed itself, and goals are kept.
  const misses = missesOf(terms.targets, counts, input.plan.plan.queues.length);
  const weighted = modelled.map((target, k) => ({
    ...target,
    stiffness: (target.stiffness * smallMiss) / (smallMiss + Math.max(0, misses[k] + terms.raised[k])),
  }));
  const minimums = minimumsOfRun(run, staff, slotCount);
  const model = modelledService({ ...span, pinnedStaff: staff }, staff, weighted, minimums);
  const leastGain = Math.max(1e-9, leastGainShare * model.penalty());
  const tried = moveByModel(
    moves,
    assignments,
    model,
    { mostMoves, otherDays, leastGain },
    randomStream(input.shifts.seed, "roster moves", round),
  );
  return tried.some((one, at) => one !== assignments[at]) ? tried : null;
}

/** Least agents on queues over the whole period; null: there are none. `pinnedStaff` is added by the model. */
function minimumsOfRun(run: ShiftRun, staff: Int32Array, slotCount: number): StaffingValue | null {
  const blocks = run.plain.blocks.map((block) => ({ block, value: minimumsOf(block) }));
  if (blocks.every(({ value }) => value === null)) return null;
  const groupCount = staff.length / slotCount;
  const at = (slot: number) =>
    blocks.find(({ block }) => slot >= block.firstSlot && slot < block.firstSlot + block.slotCount);
  const ofSlot = Array.from({ length: slotCount }, (_, slot) => at(slot));
  const asked = (what: "add" | "remove" | "addChange") => (group: number, slot: number) => {
    const here = ofSlot[slot];
    return group < groupCount && here?.value ? here.value[what](group, slot - here.block.firstSlot) : 0;
  };
  return {
    penalty: () => blocks.reduce((sum, { value }) => sum + (value?.penalty() ?? 0), 0),
    add: asked("add"),
    remove: asked("remove"),
    addChange: asked("addChange"),
  };
}
