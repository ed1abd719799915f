import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import { compilePlan } from "../simulating/compile/compile-plan.ts";
import type { SimulationProblem } from "../simulating/compile/problem.ts";
import type { SimulationInput } from "../simulating/compile/simulation-input.ts";
import { createEngine } from "../simulating/engine/engine.ts";
import {
  createTally,
  groupCount,
  groupCounts,
  queueCount,
  queueCounts,
} from "../simulating/measure/tally.ts";

/** What a simulation reads of a plan, but for its shifts. */
export type JudgedPlan = Omit<SimulationInput, "schedule" | "roster" | "replications" | "present" | "days">;

/** Whom to simulate, and which customers: the same replications bring the same ones, whoever is there. */
export interface CountRequest {
  readonly shifts: readonly Shift[];
  /** Present: who works them; `shifts` is then not read. */
  readonly assignments?: readonly Assignment[];
  readonly firstReplication: number;
  readonly replications: number;
  /** Agents of one group more, on queue all the time, without breaks or absence. */
  readonly extra?: { readonly group: number; readonly agents: number };
}

/** Contacts and seconds summed over replications; series by interval of the grid × queues + queue. */
export interface ServiceCounts {
  readonly replications: number;
  readonly offered: Float64Array;
  /** What the queue's service level is a share of, and those of them who were answered in time. */
  readonly base: Float64Array;
  readonly inTime: Float64Array;
  readonly answered: Float64Array;
  /** Gave up or were turned away. */
  readonly lost: Float64Array;
  /** Waiting of the answered. */
  readonly waitSeconds: Float64Array;
  /** Agent-seconds of all groups that serve the queue. */
  readonly handlingSeconds: Float64Array;
  readonly onQueueSeconds: Float64Array;
  readonly dayCount: number;
  /** Service level by replication × days × queues, a series for each run; NaN where nobody came. */
  readonly dailyLevel: readonly Float64Array[];
}

const series = [
  "offered",
  "base",
  "inTime",
  "answered",
  "lost",
  "waitSeconds",
  "handlingSeconds",
  "onQueueSeconds",
] as const;

/** Counts what becomes of the customers; several may be asked for at once. */
export type CountService = (request: CountRequest) => Promise<ServiceCounts>;

/** In this thread. */
export function countServiceHere(plan: JudgedPlan): CountService {
  return async (request) => countService(plan, request);
}

/** Simulates so many replications of the plan with the shifts. Throws RangeError where the plan does not compile. */
export function countService(plan: JudgedPlan, request: CountRequest): ServiceCounts {
  const { grid } = plan.forecast;
  const { shifts, assignments } = request;
  const schedule = { grid, shifts } as Schedule;
  const roster = assignments === undefined ? null : ({ grid, assignments } as Roster);
  const compiled = compilePlan({ ...plan, roster, schedule });
  if (!compiled.ok) throw new RangeError(compiled.issues.map(({ code }) => code).join(", "));
  const { problem } = compiled.value;
  return countReplications(withExtra(problem, request.extra), request);
}

function withExtra(problem: SimulationProblem, extra: CountRequest["extra"]): SimulationProblem {
  if (extra === undefined) return problem;
  const staffing = new Int32Array(problem.intervalCount).fill(extra.agents);
  return {
    ...problem,
    groups: problem.groups.map((group, g) => (g === extra.group ? { ...group, staffing } : group)),
  };
}

function countReplications(
  problem: SimulationProblem,
  { firstReplication, replications }: Pick<CountRequest, "firstReplication" | "replications">,
): ServiceCounts {
  const { queues, groups, intervalCount, dayOffsets } = problem;
  const cells = intervalCount * queues.length;
  const dayCount = dayOffsets.length - 1;
  const daily = new Float64Array(replications * dayCount * queues.length);
  const counts = { replications, dayCount, dailyLevel: [daily], ...emptyCounts(cells) };
  const servers = queues.map((_, q) =>
    groups.flatMap(({ serves }, g) => (serves.some(({ queue }) => queue === q) ? [g] : [])),
  );
  const dayBase = new Float64Array(dayCount * queues.length);
  const dayInTime = new Float64Array(dayCount * queues.length);
  const engine = createEngine(problem);
  const tally = createTally(problem);
  for (let replication = 0; replication < replications; replication++) {
    tally.queues.fill(0);
    tally.groups.fill(0);
    dayBase.fill(0);
    dayInTime.fill(0);
    engine(firstReplication + replication, tally);
    for (let day = 0; day < dayCount; day++)
      for (let cell = dayOffsets[day] * queues.length; cell < dayOffsets[day + 1] * queues.length; cell++) {
        const q = cell % queues.length;
        const of = (what: number) => tally.queues[cell * queueCounts + what];
        const offered = of(queueCount.offered);
        const answered = of(queueCount.answered);
        const inTime = of(queueCount.answeredInTime);
        const { serviceLevelRule } = queues[q];
        const base =
          serviceLevelRule === "offered"
            ? offered
            : serviceLevelRule === "answered"
              ? answered
              : offered - of(queueCount.abandonedShort);
        counts.offered[cell] += offered;
        counts.answered[cell] += answered;
        counts.inTime[cell] += inTime;
        counts.base[cell] += base;
        counts.lost[cell] += of(queueCount.abandoned) + of(queueCount.blocked);
        counts.waitSeconds[cell] += of(queueCount.waitAnswered);
        dayBase[day * queues.length + q] += base;
        dayInTime[day * queues.length + q] += inTime;
        for (const g of servers[q]) {
          const group = (((cell - q) / queues.length) * groups.length + g) * groupCounts;
          counts.handlingSeconds[cell] += tally.groups[group + groupCount.handlingTime];
          counts.onQueueSeconds[cell] += tally.groups[group + groupCount.onQueueTime];
        }
      }
    for (let at = 0; at < dayBase.length; at++)
      daily[replication * dayBase.length + at] = dayBase[at] > 0 ? dayInTime[at] / dayBase[at] : Number.NaN;
  }
  return counts;
}

function emptyCounts(cells: number): Record<(typeof series)[number], Float64Array> {
  return Object.fromEntries(series.map((name) => [name, new Float64Array(cells)])) as Record<
    (typeof series)[number],
    Float64Array
  >;
}

/** Counts of several runs of replications together. */
export function addCounts(parts: readonly ServiceCounts[]): ServiceCounts {
  const sum = {
    replications: 0,
    dayCount: parts[0].dayCount,
    dailyLevel: parts.flatMap(({ dailyLevel }) => dailyLevel),
    ...emptyCounts(parts[0].base.length),
  };
  for (const part of parts) {
    sum.replications += part.replications;
    for (const name of series) for (const [cell, value] of part[name].entries()) sum[name][cell] += value;
  }
  return sum;
}

const batchCount = 10;

/** The same customers in ten batches (fewer where there are fewer replications), so that their spread says how sure the sums are. */
export async function countInBatches(
  count: CountService,
  request: CountRequest,
): Promise<readonly ServiceCounts[]> {
  const { firstReplication, replications } = request;
  const batches = Math.min(batchCount, replications);
  const from = (batch: number) => Math.round((batch * replications) / batches);
  const parts: ServiceCounts[] = [];
  for (let batch = 0; batch < batches; batch++)
    parts.push(
      await count({
        ...request,
        firstReplication: firstReplication + from(batch),
        replications: from(batch + 1) - from(batch),
      }),
    );
  return parts;
}
