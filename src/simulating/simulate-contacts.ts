import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import { type CompiledPlan, compilePlan } from "./compile/compile-plan.ts";
import type { SimulationProblem } from "./compile/problem.ts";
import type { SimulationInput } from "./compile/simulation-input.ts";
import { blockCount, createReduction } from "./measure/estimates.ts";
import { type BlockSums, createBlockRunner } from "./measure/replication-blocks.ts";

const progressEveryMilliseconds = 100;
const partialEveryMilliseconds = 300;
/** A partial result is worth its transport when it has so many times the replications of the last. */
const partialGrowth = 1.1;

/**
 * The service that the roster, or the schedule where there is no roster, gives to the forecast's contacts: a
 * discrete-event simulation of the whole floor, `replications` times.
 *
 * Assumes Poisson arrivals within each interval (with `uncertainDemand` mixed by the forecast's own spread), handle
 * times exponential or lognormal around the forecast's mean, exponential patience, and absences that are drawn so that
 * shrinkage takes its share (`createDutyTape`). Breaks, meals and shift ends happen when the shifts say.
 *
 * Method: contacts and absences are drawn ahead, each from a stream of its own name, so that two plans meet the same
 * customers; an event loop serves them by the plan's routing. Estimates are means over replications, ratios are ratios
 * of sums, and half-widths are those of 95 % intervals (linearised, Student's factor). The run ends early when the
 * plan's `halfWidth` is reached, unless `replications` asks for a number.
 *
 * Times are seconds, fractions 0–1; `days` is half-open and counts from the start of the grid. `onProgress` gets
 * partial results, as valid as the final one with fewer replications. Same input, same bytes, but for `seconds`.
 *
 * Errors: `simulate.noShifts`, `simulate.gridsDiffer`, `simulate.badDays`, `simulate.noForecast`,
 * `simulate.unknownGroup`, `simulate.tooFewReplications`. Warning: `simulate.queueUnserved`.
 *
 * Source: Law, Simulation Modeling and Analysis (replications, common random numbers, ratio estimates).
 *
 * @example
 * const outcome = await simulateContacts({ plan, forecast, schedule, roster: null, replications: 20 });
 * if (outcome.ok) outcome.value.queues[0].total.serviceLevel.mean[0]; // 0.89, and halfWidth[0] beside it
 */
export async function simulateContacts(
  input: SimulationInput,
  onProgress?: OnProgress<SimulationResult>,
): Promise<Outcome<SimulationResult>> {
  let runBlock: ((block: number) => BlockSums) | null = null;
  return spreadSimulation(
    input,
    [
      async (block) => {
        runBlock ??= openSimulation(input);
        return runBlock(block);
      },
    ],
    onProgress,
  );
}

/** What a worker keeps: runs single blocks of an input that has compiled. Throws RangeError when it does not. */
export function openSimulation(input: SimulationInput): (block: number) => BlockSums {
  const compiled = compilePlan(input);
  if (!compiled.ok) throw new RangeError(compiled.issues.map((issue) => issue.code).join(", "));
  return createBlockRunner(compiled.value.problem, replicationsOf(input));
}

/**
 * The same with the blocks spread over several lanes, each of which runs one block at a time (a worker, usually).
 * The result has the same bits whatever the lanes are.
 */
export async function spreadSimulation(
  input: SimulationInput,
  lanes: readonly ((block: number) => Promise<BlockSums>)[],
  onProgress?: OnProgress<SimulationResult>,
): Promise<Outcome<SimulationResult>> {
  const compiled = compilePlan(input);
  if (!compiled.ok) return compiled;
  const { problem } = compiled.value;
  const started = performance.now();
  const replications = replicationsOf(input);
  if (replications < 2) {
    return fail({ code: "simulate.tooFewReplications", severity: "error", values: { replications } });
  }
  const result = await runReplications(
    problem,
    replications,
    lanes,
    (completed, measures) => {
      onProgress?.({
        phase: "replications",
        completed,
        total: replications,
        ...(measures === null ? {} : { partial: resultOf(compiled.value, measures, secondsSince(started)) }),
      });
    },
    halfWidthOf(input),
  );
  return succeed(resultOf(compiled.value, result, secondsSince(started)), compiled.issues);
}

/**
 * Spreads a problem's blocks over lanes and adds them up in order. `report` hears of progress at most every 100 ms, and
 * now and then gets the measures so far. With a `halfWidth` it ends early, as `createReduction` says.
 */
export async function runReplications(
  problem: SimulationProblem,
  replications: number,
  lanes: readonly ((block: number) => Promise<BlockSums>)[],
  report?: (completed: number, measures: Measures | null) => void,
  halfWidth: number | null = null,
): Promise<Measures> {
  const reduction = createReduction(problem, halfWidth);
  const blocks = blockCount(replications);
  let next = 0;
  let reported = performance.now();
  let partialAt = reported;
  let partialSize = 0;
  async function work(lane: (block: number) => Promise<BlockSums>): Promise<void> {
    while (next < blocks && !reduction.enough()) {
      reduction.add(await lane(next++));
      const completed = reduction.replications();
      const now = performance.now();
      if (!report || completed < 2 || completed >= replications || reduction.enough()) continue;
      if (now - reported < progressEveryMilliseconds) continue;
      const partialDue =
        now - partialAt >= partialEveryMilliseconds && completed >= partialGrowth * partialSize;
      report(completed, partialDue ? reduction.measures() : null);
      reported = performance.now();
      if (partialDue) {
        partialAt = reported;
        partialSize = completed;
      }
    }
  }
  await Promise.all(lanes.map(work));
  return reduction.measures();
}

type Measures = ReturnType<ReturnType<typeof createReduction>["measures"]>;

/** A number of replications that the caller asks for is kept to: pairs of plans need the same. */
function halfWidthOf(input: SimulationInput): number | null {
  return input.replications === undefined ? input.plan.simulation.halfWidth : null;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

function replicationsOf(input: SimulationInput): number {
  return input.replications ?? input.plan.simulation.replications;
}

function resultOf(
  { problem, span, shiftStates }: CompiledPlan,
  measures: Measures,
  seconds: number,
): SimulationResult {
  const { replications, queues, contacts } = measures;
  const groups = measures.groups.map((group, g) => ({ ...group, ...shiftStates[g] }));
  return { ...span, replications, seed: problem.seed, queues, groups, contacts, seconds };
}
