import { type ChildProcess, fork } from "node:child_process";
import { type Command, InvalidArgumentError } from "commander";
import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import { intervalStartIso } from "../domain/calendar/interval-grid.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { QueueSimulation } from "../domain/results/simulation.ts";
import { contactTraceCsv } from "../files/contact-trace-csv.ts";
import { readPlanFile } from "../files/plan-file.ts";
import { readSimulationProblem } from "../files/simulation-problem.ts";
import type { ShiftStates } from "../simulating/compile/compile-agents.ts";
import { compileBareProblem } from "../simulating/compile/compile-bare-problem.ts";
import { compilePlan } from "../simulating/compile/compile-plan.ts";
import type { SimulationProblem } from "../simulating/compile/problem.ts";
import type { SimulationInput } from "../simulating/compile/simulation-input.ts";
import { batchMeans } from "../simulating/measure/batch-means.ts";
import { type BlockSums, createBlockRunner } from "../simulating/measure/replication-blocks.ts";
import { traceContacts } from "../simulating/measure/trace-contacts.ts";
import { runReplications } from "../simulating/simulate-contacts.ts";
import { readInput, usable, writeJson } from "./io.ts";
import { share } from "./option-values.ts";
import {
  bottleneckOf,
  plain,
  plainBounds,
  plainEstimate,
  type RowSpan,
  type TableSource,
  writeBottleneck,
  writeGroups,
  writeTable,
} from "./simulation-tables.ts";

interface SimulateOptions {
  readonly replications?: number;
  readonly halfWidth?: number;
  readonly workers: number;
  readonly seed?: number;
  readonly by: RowSpan;
  readonly trace?: number;
  readonly batches?: number;
  readonly groups: boolean;
  readonly bottleneck: boolean;
  readonly json: boolean;
}

const help = `
A plan file holds forecast and shifts. A bare problem is JSON; series take one value per interval or one for all;
a time is a number of seconds (exponential with that mean) or {"kind": "deterministic" | "exponential", "mean"},
{"kind": "lognormal" | "gamma", "mean", "cv"}, {"kind": "hyperexponential", "shares", "means"}, {"kind": "empirical", "values"}:

  {
    "intervalMinutes": 30, "intervals": 48, "intervalsPerDay": 48, "warmUpIntervals": 0,
    "queues": [{
      "id": "sales", "arrivalsPerHour": 200, "handleTime": 180, "patience": 300,
      "answerWithinSeconds": 20, "serviceLevelRule": "offered", "serviceLevelGoal": 0.8,
      "balking": 0, "dayFactorCv": 0.05, "maxContacts": 1, "slowdown": [1], "waitingPlaces": null,
      "classes": [{"share": 0.2, "level": 0, "creditSeconds": 90}, {"share": 0.8, "level": 0}],
      "redial": {"probability": 0.3, "delay": 600},
      "callback": {"afterSeconds": 120, "acceptShare": 0.4, "when": "inTurn" | "quietTime"},
      "transfers": [{"queue": "service", "share": 0.1, "ahtSeconds": null}],
      "interruptible": false, "doneWithinMinutes": null
    }],
    "groups": [{
      "id": "team", "staffing": 13,
      "serves": ["sales", {"queue": "service", "level": 1, "preference": 1, "afterSeconds": 30, "keepFree": 2}]
    }],
    "present": {"interval": 22, "queues": [{
      "queue": "sales", "waitedSeconds": [35, 12], "handledSeconds": [200, null], "callbackSeconds": [600]
    }]},
    "atShiftEnd": "finishContact" | "handOver" | "stopTakingContacts",
    "routing": {"contact": "priority" | "skillOrder" | "furthestBelowGoal", "agent": "longestIdle" | "leastBusy"},
    "events": [
      {"kind": "outage", "groups": null, "fromMinute": 600, "toMinute": 630, "turnsAway": false},
      {"kind": "surge", "queues": ["sales"], "fromMinute": 600, "toMinute": 720, "factor": 1.5},
      {"kind": "lateOpening", "queues": null, "fromMinute": 480, "toMinute": 540},
      {"kind": "fireDrill", "groups": ["team"], "fromMinute": 840, "toMinute": 855}
    ]
  }

Of a queue only id, arrivalsPerHour and handleTime must be there; of a group id, serves and staffing.
A freed agent takes the lowest level first, and inside it who has waited longest (credit included); a contact goes
to the group with the lowest preference, and inside it to the agent idle longest. "skillOrder" takes the order of
"serves" for the levels; "furthestBelowGoal" looks first at the queue whose service level of the day is furthest below
its goal; "leastBusy" prefers the agent busy for the smallest share of the time. "keepFree": the group takes such a
contact only while more than so many of its agents are free. Who has waited so long may be offered a callback, counted
by itself; a share of those served may be transferred. Minutes of events count from the start. "present" is who is
there as that interval begins, each by how many seconds: waiting, in hand (null: nobody knows), owed a callback; nothing
before it is simulated, and totals begin with it.
The result does not depend on --workers.`;

export function addSimulateCommand(program: Command): void {
  program
    .command("simulate")
    .description("Contacts through queues to agents, event by event: means and 95 % half-widths")
    .argument("<plan>", "a plan file, or a bare simulation problem (below), or - for standard input")
    .option("--replications <count>", "at least 2; default: the plan's own, or 100", wholeFrom(2))
    .option(
      "--half-width <share>",
      "stop before when every day's service level is known to within so much, such as 0.02",
      share,
    )
    .option("--workers <count>", "processes to spread the work over", wholeFrom(1), 1)
    .option("--seed <number>", "default: the plan's own, or 1", wholeFrom(0))
    .option("--by <span>", "interval, day or total: what a row of the CSV is", spanOf, "interval")
    .option(
      "--trace <day>",
      "of a plan file: every contact of one simulated day instead, 1 being the plan's first",
      wholeFrom(1),
    )
    .option(
      "--batches <count>",
      "of a bare problem: one long run cut into so many batches, instead of replications; counts are per batch",
      wholeFrom(2),
    )
    .option("--groups", "agents of each group by interval instead: on queue, handling, free, by shift", false)
    .option(
      "--bottleneck",
      "where most contacts are missing to a goal instead, and which skill or group would have helped",
      false,
    )
    .option("--json", "JSON instead of CSV: total, days and intervals of each queue", false)
    .addHelpText("after", help)
    .action(async (path: string, options: SimulateOptions) => {
      if (options.trace !== undefined) {
        const input = usable(planInput(readInput(path), options), path);
        process.stdout.write(contactTraceCsv(usable(traceContacts(input, options.trace - 1, 0))));
        return;
      }
      const source = usable(sourceOf(readInput(path), options), path);
      if (options.batches !== undefined) {
        writeBatches(usable(checkBatches(source, options.batches)), options);
        return;
      }
      const measures = await simulate(source, options.workers);
      const { queues, replications, contacts, stillThere } = measures;
      const groups = measures.groups.map((group, g) => ({ ...group, ...source.shiftStates?.[g] }));
      const bottleneck = bottleneckOf(source, queues, groups);
      if (options.json) {
        const starts = Array.from({ length: source.problem.intervalCount }, (_, k) => source.startOf(k));
        writeJson({
          replications,
          seed: source.problem.seed,
          contacts,
          stillThere,
          intervalStarts: starts,
          queues: queues.map(({ queueId, total, days, intervals, missRisk, waitPercentiles }) => ({
            queue: queueId,
            total: plain(total, 0),
            days: plain(days),
            missRisk: plainEstimate(missRisk),
            waitPercentiles: waitPercentiles && {
              shares: waitPercentiles.shares,
              total: plainBounds(waitPercentiles.total),
              days: plainBounds(waitPercentiles.days),
            },
            intervals: plain(intervals),
          })),
          groups: groups.map(({ groupId, working, otherwise, ...estimates }) => ({
            group: groupId,
            ...Object.fromEntries(
              Object.entries(estimates).map(([name, estimate]) => [name, plainEstimate(estimate)]),
            ),
            ...(working && { working: [...working] }),
            ...(otherwise && { otherwise: [...otherwise] }),
          })),
          bottleneck,
        });
        return;
      }
      if (options.groups) {
        writeGroups(groups, source);
        return;
      }
      if (options.bottleneck) {
        writeBottleneck(bottleneck);
        return;
      }
      const { by } = options;
      const measuresOf = (queue: QueueSimulation) =>
        by === "interval" ? queue.intervals : by === "day" ? queue.days : queue.total;
      writeTable(
        queues.map((queue) => ({
          queueId: queue.queueId,
          measures: measuresOf(queue),
          waits: by === "interval" ? undefined : queue.waitPercentiles,
        })),
        source,
        by,
      );
    });
}

interface Source extends TableSource {
  readonly replications: number;
  readonly halfWidth: number | null;
  /** Not of a plan file. */
  readonly bare: boolean;
  /** Of a plan. */
  readonly shiftStates?: readonly ShiftStates[];
}

function sourceOf(bytes: Uint8Array, options: SimulateOptions): Outcome<Source> {
  const text = new TextDecoder("utf-8").decode(bytes);
  // A plan file says what it is; anything else is read as a bare problem.
  if (!/"format"\s*:\s*"shiftwright-plan"/.test(text.slice(0, 2000))) {
    const bare = readSimulationProblem(text);
    if (!bare.ok) return bare;
    const compiled = compileBareProblem(bare.value, options.seed ?? 1);
    if (!compiled.ok) return compiled;
    return succeed({
      problem: compiled.value,
      replications: options.replications ?? 100,
      halfWidth: options.halfWidth ?? null,
      bare: true,
      startOf: (interval) => formatMinuteOfDay(interval * bare.value.intervalMinutes),
    });
  }
  const input = planInput(bytes, options);
  if (!input.ok) return input;
  const compiled = compilePlan(input.value);
  if (!compiled.ok) return compiled;
  const { problem, span, shiftStates } = compiled.value;
  return succeed(
    {
      problem,
      shiftStates,
      replications: options.replications ?? input.value.plan.simulation.replications,
      halfWidth: options.halfWidth ?? input.value.plan.simulation.halfWidth,
      bare: false,
      startOf: (interval) => intervalStartIso(span.grid, span.firstInterval + interval),
    },
    [...input.issues, ...compiled.issues],
  );
}

/** What a plan file holds to be simulated. */
function planInput(bytes: Uint8Array, options: SimulateOptions): Outcome<SimulationInput> {
  const file = readPlanFile(bytes);
  if (!file.ok) return file;
  const { plan, results } = file.value;
  if (results.forecast === null) return fail({ code: "simulate.noForecastYet", severity: "error" });
  return succeed(
    {
      plan: { ...plan, seed: options.seed ?? plan.seed },
      forecast: results.forecast.value,
      schedule: results.schedule?.value ?? null,
      roster: results.roster?.value ?? null,
    },
    file.issues,
  );
}

/** A bare problem long enough to be cut. A plan's weeks are no long run in one state: they have no batches. */
function checkBatches(source: Source, batches: number): Outcome<Source> {
  const { intervalCount, warmUpIntervals } = source.problem;
  const intervals = intervalCount - warmUpIntervals;
  if (!source.bare) return fail({ code: "simulate.batchesOfPlan", severity: "error" });
  if (intervals < batches) {
    return fail({ code: "simulate.tooFewIntervals", severity: "error", values: { intervals, batches } });
  }
  return succeed(source);
}

function writeBatches(source: Source, { batches = 2, json }: SimulateOptions): void {
  const found = batchMeans(source.problem, batches);
  if (!json) {
    writeTable(
      found.queues.map(({ queueId, total }) => ({ queueId, measures: total })),
      source,
      "total",
    );
    return;
  }
  const { queues, ...run } = found;
  writeJson({
    ...run,
    seed: source.problem.seed,
    queues: queues.map(({ queueId, total, correlation }) => ({
      queue: queueId,
      correlation,
      total: plain(total, 0),
    })),
  });
}

async function simulate({ problem, replications, halfWidth }: Source, workers: number) {
  if (workers === 1) {
    const run = createBlockRunner(problem, replications);
    return runReplications(problem, replications, [async (block) => run(block)], undefined, halfWidth);
  }
  const lanes = Array.from({ length: workers }, () =>
    fork(process.argv[1], [laneArgument], { serialization: "advanced" }),
  );
  try {
    for (const lane of lanes) lane.send({ problem, replications });
    return await runReplications(problem, replications, lanes.map(blocksOf), undefined, halfWidth);
  } finally {
    for (const lane of lanes) lane.kill();
  }
}

/** Node cannot run TypeScript in a thread, but it can in a process; so a lane is this program started once more. */
const laneArgument = "--simulation-lane";

function blocksOf(lane: ChildProcess): (block: number) => Promise<BlockSums> {
  return (block) =>
    new Promise((resolve, reject) => {
      lane.removeAllListeners();
      lane.once("message", (sums) => resolve(sums as BlockSums));
      lane.once("exit", (code) => reject(new Error(`a simulation process ended with ${code}`)));
      lane.send(block);
    });
}

/** In a process that `simulate --workers` started: answers block numbers with their sums. False in any other. */
export function serveSimulationLane(): boolean {
  if (process.argv[2] !== laneArgument || process.send === undefined) return false;
  let run: ((block: number) => BlockSums) | null = null;
  process.on(
    "message",
    (message: number | { readonly problem: SimulationProblem; readonly replications: number }) => {
      if (typeof message !== "number") run = createBlockRunner(message.problem, message.replications);
      else if (run !== null) process.send?.(run(message));
    },
  );
  return true;
}

function wholeFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > 0xffffffff) {
      throw new InvalidArgumentError(`it must be a whole number from ${least}.`);
    }
    return value;
  };
}

function spanOf(text: string): RowSpan {
  if (text === "interval" || text === "day" || text === "total") return text;
  throw new InvalidArgumentError("it must be interval, day or total.");
}
