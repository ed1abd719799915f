import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { SimulationResult } from "../domain/simulation.ts";
import { compilePlan, type SimulatedSpan, type SimulationInput } from "./compile-plan.ts";
import { blockCount, createReduction } from "./estimates.ts";
import type { SimulationProblem } from "./problem.ts";
import { type BlockSums, createBlockRunner } from "./replications.ts";

const progressEveryMilliseconds = 100;

/**
 * Runs contacts through exactly the shifts of a plan, event by event, `replications` times.
 *
 * Arrivals are Poisson in each interval (with `uncertainDemand` mixed by the forecast's own spread); handle times
 * exponential or lognormal around the forecast's mean; patience exponential. Breaks, meals and shift ends happen when
 * the shifts say; shrinkage is drawn (see `createDutyTape`). `onProgress` gets partial results that are as valid as the
 * final one, with fewer replications.
 *
 * Same input, same bits, but for `seconds`. Fails as `compilePlan` does.
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
  const { problem, span } = compiled.value;
  const started = performance.now();
  const replications = replicationsOf(input);
  if (replications < 2) {
    return fail({ code: "simulate.tooFewReplications", severity: "error", values: { replications } });
  }
  const result = await runReplications(problem, replications, lanes, (reduction, completed) => {
    onProgress?.({
      phase: "replications",
      completed,
      total: replications,
      partial: resultOf(problem, span, reduction, (performance.now() - started) / 1000),
    });
  });
  return succeed(resultOf(problem, span, result, (performance.now() - started) / 1000), compiled.issues);
}

/** Spreads a problem's blocks over lanes and adds them up in order; `report` at most every 100 ms. */
export async function runReplications(
  problem: SimulationProblem,
  replications: number,
  lanes: readonly ((block: number) => Promise<BlockSums>)[],
  report?: (reduction: Measures, completed: number) => void,
): Promise<Measures> {
  const reduction = createReduction(problem);
  const blocks = blockCount(replications);
  let next = 0;
  let reported = performance.now();
  async function work(lane: (block: number) => Promise<BlockSums>): Promise<void> {
    while (next < blocks) {
      reduction.add(await lane(next++));
      const completed = reduction.replications();
      const now = performance.now();
      if (
        report &&
        completed >= 2 &&
        completed < replications &&
        now - reported >= progressEveryMilliseconds
      ) {
        report(reduction.measures(), completed);
        reported = performance.now();
      }
    }
  }
  await Promise.all(lanes.map(work));
  return reduction.measures();
}

type Measures = ReturnType<ReturnType<typeof createReduction>["measures"]>;

function replicationsOf(input: SimulationInput): number {
  return input.replications ?? input.plan.simulation.replications;
}

function resultOf(
  problem: SimulationProblem,
  span: SimulatedSpan,
  measures: Measures,
  seconds: number,
): SimulationResult {
  const { replications, queues, groups, contacts } = measures;
  return { ...span, replications, seed: problem.seed, queues, groups, contacts, seconds };
}
