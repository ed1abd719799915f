import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { ServiceGoal } from "../domain/plan/queue.ts";
import type { Schedule, ScheduleJudgement } from "../domain/plan/shift.ts";
import { paidHoursOf } from "../domain/plan/wages.ts";
import type { Reserve } from "../domain/results/simulation.ts";
import { draftOf, scheduleOfDraft } from "../scheduling/assemble-schedule.ts";
import { checkSchedule } from "../scheduling/check/check-schedule.ts";
import { remarksOn } from "../scheduling/finish-run.ts";
import { coverDemand } from "../scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../scheduling/problem/shift-block.ts";
import { wagesIn } from "../scheduling/schedule-figures.ts";
import { prepareRun, type ShiftRun } from "../scheduling/shift-run.ts";
import { availableShare } from "../staffing/shrinkage.ts";
import { type BlockPieces, cheapestShifts, type LoopRound, shiftsOf, staffedBy } from "./cheapest-shifts.ts";
import { type CountService, countInBatches, countServiceHere, type JudgedPlan } from "./count-service.ts";
import { judgedGoals, keptWithin, openTargets } from "./judged-goals.ts";
import { costOfLeastWork } from "./least-work.ts";
import { effortOf, replicationsFrom, type SearchEffort } from "./loop-effort.ts";
import { type GoalTerms, missesOf, type ServiceTarget } from "./service-targets.ts";
import { tunedReserves, withJudgedReserves } from "./tuned-reserves.ts";

/** What the closed loop reads: what the shift optimiser reads, what the simulation reads, and the goals. */
export interface KeepGoalsInput {
  readonly shifts: ShiftsInput;
  readonly plan: JudgedPlan;
  /** By queue of the plan. */
  readonly goals: readonly ServiceGoal[];
  readonly terms: GoalTerms;
  /** Effort, at a nominal speed: a fixed amount of simulation and search, so that answers repeat. */
  readonly seconds: number;
}

/** The first that keeps the goals, and then after so many rounds a better one, is judged by fresh customers for Stop to keep. */
const partialEvery = 8;

/** How often shifts that fresh customers are not content with go back into the loop. */
const mostReturns = 3;

/**
 * The cheapest shifts whose simulation keeps the goals of every queue: requirement, shifts and simulation as one
 * optimisation.
 *
 * Assumes what the shift optimiser and the simulation assume; the requirement only says where to begin. Skills, routing,
 * breaks, absence, uncertain volume and waiting that is carried on count as they do in the simulation.
 *
 * Method: shifts that cover the requirement (`optimiseShifts`), then rounds of `cheapestShifts`; what comes of them meets
 * customers that the loop has not seen, goals missed there are raised and the loop goes on. Every schedule passes
 * `checkSchedule`. Where reserves may change too, they are tuned for those shifts (`tunedReserves`), and the loop goes on.
 *
 * @param input `seconds` is effort at a nominal speed, counted in work
 * @param onProgress phases `covering`, `keepingGoals`, `checking`, `tuningReserves`; `partial` is what Stop keeps, judged like the result
 * @param countFor how customers of a plan are simulated; absent: in this thread
 * @param now a clock in milliseconds, for the seconds taken
 *
 * Issues: those of `optimiseShifts`; `closedLoop.noGoals` (no queue has any), `closedLoop.breaksOnly` and
 * `closedLoop.budget` (a budget of hours and moving breaks only are for covering a requirement), `closedLoop.tooFewPeople`
 * (the plan's people cannot cover what must be met). Remark: `closedLoop.goalsMissed` with how many.
 *
 * Source: Avramidis, Chan, Gendreau, L'Ecuyer and Pisacane (2010); Cezik and L'Ecuyer (2008); Atlason, Epelman and
 * Henderson (2008).
 *
 * @example
 * const outcome = await keepGoals({ shifts, plan, goals, terms: { span: "day", confidence: null }, seconds: 60 });
 * if (outcome.ok) outcome.value.cost; // 4578, where covering the requirement costs 5320
 */
export async function keepGoals(
  input: KeepGoalsInput,
  onProgress: OnProgress<Schedule> = () => {},
  countFor: (plan: JudgedPlan) => CountService = countServiceHere,
  now: () => number = () => performance.now(),
): Promise<Outcome<Schedule>> {
  const refusal = refusalOf(input);
  if (refusal !== null) return fail(error(refusal));
  const prepared = await prepareRun(input.shifts, now);
  if (!prepared.ok) return prepared;
  const run = prepared.value;
  const isCovered = coverDemand(run, ({ completed, total, best }) =>
    onProgress({ phase: "covering", completed, total, ...(best === undefined ? {} : { best }) }),
  );
  if (!isCovered) return fail(error("closedLoop.tooFewPeople"));
  const opened = await openSearch(input, run, countFor(input.plan));
  const begun = await searchUntilKept(opened, opened.start, opened.effort.rounds, onProgress);
  const found = { search: opened, pieces: begun };
  const { search, pieces } =
    input.terms.reservesMayChange === true ? await withTunedReserves(found, countFor, onProgress) : found;
  const outcome = await judged(search, pieces);
  if (!outcome.ok) return outcome;
  const goals = outcome.value.judgement?.goals ?? [];
  const missed = goals.filter(({ missedBy: by }) => by > keptWithin).length;
  const remark: Issue = {
    code: "closedLoop.goalsMissed",
    severity: "warning",
    values: { count: missed, of: goals.length },
  };
  return succeed(outcome.value, [
    ...run.issues,
    ...remarksOn(run.input, outcome.value),
    ...(missed === 0 ? [] : [remark]),
  ]);
}

/** A search: what it is asked, where it begins and what it was like round by round. */
interface Search {
  readonly input: KeepGoalsInput;
  readonly run: ShiftRun;
  readonly count: CountService;
  readonly targets: readonly ServiceTarget[];
  readonly effort: SearchEffort;
  readonly start: BlockPieces;
  readonly covering: ScheduleJudgement["covering"];
  readonly leastWorkCost: number;
  readonly rounds: LoopRound[];
  /** Agents kept free, where that was changed. */
  readonly reserves?: readonly Reserve[];
}

async function openSearch(input: KeepGoalsInput, run: ShiftRun, count: CountService): Promise<Search> {
  const { shifts, plan, goals } = input;
  const targets = openTargets(plan, goals, input.terms);
  const effort = effortOf(plan, input.seconds);
  const start = run.blocks.map(({ best }) => best.pieces);
  const drafted = shiftsOf(run, start);
  const judging = { shifts: drafted, firstReplication: 0, replications: 2 * effort.replications };
  const batches = await countInBatches(count, judging);
  return {
    input,
    run,
    count,
    targets,
    effort,
    start,
    covering: {
      cost: wagesIn(shifts, drafted),
      paidHours: drafted.reduce((sum, shift) => sum + paidHoursOf(shift), 0),
      goals: judgedGoals(input.plan, targets, batches),
    },
    leastWorkCost: costOfLeastWork(
      plan,
      shifts,
      goals,
      availableShare(plan.forecast.grid, plan.plan.shrinkage),
      run.solver,
    ),
    rounds: [],
  };
}

/** The loop; goals that customers unknown to it miss are raised, and it goes on. */
async function searchUntilKept(
  search: Search,
  start: BlockPieces,
  firstRounds: number,
  onProgress: OnProgress<Schedule>,
): Promise<BlockPieces> {
  const { input, run, count, targets, effort, rounds, leastWorkCost } = search;
  const { shifts, plan } = input;
  const raised = targets.map(() => 0);
  let pieces = start;
  for (let visit = 0; ; visit++) {
    const length = visit === 0 ? firstRounds : Math.ceil(effort.rounds / 4);
    const exchanges = Math.ceil(length / 2);
    const before = rounds.length;
    let bestCost = Number.POSITIVE_INFINITY;
    pieces = await cheapestShifts(
      {
        run,
        plan,
        targets,
        count: (request) =>
          count({ ...request, firstReplication: replicationsFrom.loop + request.firstReplication }),
        seed: shifts.seed + visit,
        effort: { ...effort, rounds: length, exchanges },
        raised,
        async onRound(round, best) {
          rounds.push({ ...round, round: before + round.round });
          const isFirst = bestCost === Number.POSITIVE_INFINITY;
          const isDue = best !== null && (isFirst || round.round % partialEvery === 0);
          const isBetter = round.bestCost !== null && round.bestCost < bestCost;
          const partial = isDue && isBetter ? await judged(search, best) : null;
          if (partial !== null) bestCost = round.bestCost ?? bestCost;
          onProgress({
            phase: "keepingGoals",
            completed: round.round,
            total: length + exchanges,
            bound: leastWorkCost,
            ...(round.bestCost === null ? {} : { best: round.bestCost }),
            ...(partial?.ok ? { partial: { ...partial.value, status: "stopped" as const } } : {}),
          });
        },
      },
      pieces,
    );
    onProgress({ phase: "checking", completed: visit, total: mostReturns });
    const counts = await count({
      shifts: shiftsOf(run, pieces),
      firstReplication: replicationsFrom.check + visit * 10_000,
      replications: 2 * effort.replications,
    });
    const misses = missesOf(targets, counts, plan.plan.queues.length);
    if (visit === mostReturns || misses.every((miss) => miss <= keptWithin)) return pieces;
    for (const [k, miss] of misses.entries()) if (miss > 0) raised[k] += miss + 0.001;
  }
}

/** So often reserves are tuned, each time for the shifts of the last. */
const mostTunings = 3;

/** Reserves that give the shifts more room, and shifts that use it, as long as that makes them cheaper. */
async function withTunedReserves(
  found: Found,
  countFor: (plan: JudgedPlan) => CountService,
  onProgress: OnProgress<Schedule>,
): Promise<Found> {
  let best = found;
  for (let tuning = 0; tuning < mostTunings; tuning++) {
    const { search, pieces } = best;
    const { targets, effort } = search;
    onProgress({ phase: "tuningReserves", completed: tuning, total: mostTunings });
    const reserves = await tunedReserves({
      plan: search.input.plan,
      targets,
      shifts: shiftsOf(search.run, pieces),
      countFor,
      firstReplication: replicationsFrom.loop,
      replications: effort.replications,
      tries: effort.rounds,
    });
    if (reserves === null) return best;
    const plan = withJudgedReserves(search.input.plan, reserves);
    const tuned: Search = { ...search, input: { ...search.input, plan }, count: countFor(plan), reserves };
    const rounds = Math.ceil(effort.rounds / 4);
    const next = { search: tuned, pieces: await searchUntilKept(tuned, pieces, rounds, onProgress) };
    if (!(await isBetter(next, best))) return best;
    best = next;
  }
  return best;
}

interface Found {
  readonly search: Search;
  readonly pieces: BlockPieces;
}

/** Whether shifts cost less and fresh customers miss no more goals. */
async function isBetter(next: Found, best: Found): Promise<boolean> {
  const figures = async ({ search, pieces }: Found) => {
    const { run, count, targets, effort, input } = search;
    const shifts = shiftsOf(run, pieces);
    const firstReplication = replicationsFrom.check + 10_000 * (mostReturns + 1);
    const counts = await count({ shifts, firstReplication, replications: 2 * effort.replications });
    const misses = missesOf(targets, counts, input.plan.plan.queues.length);
    return { cost: wagesIn(input.shifts, shifts), missed: misses.filter((miss) => miss > keptWithin).length };
  };
  const [now, before] = [await figures(next), await figures(best)];
  return now.cost < before.cost && now.missed <= before.missed;
}

/** The pieces as a schedule that keeps every rule, with what fresh customers say of it. */
async function judged(search: Search, pieces: BlockPieces): Promise<Outcome<Schedule>> {
  const { input, run, count, targets, effort, covering, leastWorkCost, rounds, reserves } = search;
  const { shifts, terms } = input;
  // Its objective and gap are those of covering the requirement, as of any schedule.
  const schedule = scheduleOfDraft(run, draftOf(run, staffedBy(run, pieces)));
  const rules = { ...shifts, ...shifts.settings, workLimits: run.work?.dealt ?? [] };
  const [fault] = checkSchedule(rules, schedule);
  if (fault !== undefined)
    return fail({ ...error("shifts.ruleNotKept"), values: { rule: fault.rule, detail: fault.detail } });
  const replications = 2 * effort.replications;
  const batches = await countInBatches(count, { shifts: schedule.shifts, firstReplication: 0, replications });
  return succeed({
    ...schedule,
    judgement: {
      span: terms.span,
      confidence: terms.confidence,
      ...(reserves === undefined ? {} : { reserves }),
      keptWithin,
      goals: judgedGoals(input.plan, targets, batches),
      replications,
      leastWorkCost,
      covering,
      rounds: rounds.map(({ cost, missed }) => ({ cost, missed })),
    },
  });
}

function refusalOf({ shifts, goals }: KeepGoalsInput): string | null {
  const isAsked = ({ serviceLevel, maxAbandonment, maxAsaSeconds, maxOccupancy }: ServiceGoal) =>
    [serviceLevel, maxAbandonment, maxAsaSeconds, maxOccupancy].some((goal) => goal !== null);
  if (!goals.some(isAsked)) return "closedLoop.noGoals";
  if (shifts.breaksOnly === true) return "closedLoop.breaksOnly";
  return (shifts.settings.budgetHours ?? null) === null ? null : "closedLoop.budget";
}

function error(code: string): Issue {
  return { code, severity: "error" };
}
