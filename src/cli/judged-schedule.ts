import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, Option } from "commander";
import { type KeepGoalsInput, keepGoals } from "../closed-loop/keep-goals.ts";
import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  intervalStartIso,
} from "../domain/calendar/interval-grid.ts";
import { fail, type Outcome, type Progress } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { GoalSpan, JudgedGoal, Schedule, ScheduleJudgement } from "../domain/plan/shift.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { scheduleCsv } from "../files/schedule-csv.ts";
import { closedLoopInput, withReservesOf } from "../stages/closed-loop.ts";
import { stageInputKey } from "../stages/freshness.ts";
import { readInput, usable, writeJson } from "./io.ts";
import { aboveZero, share } from "./option-values.ts";

/** How a plan is judged by its simulation. */
export interface GoalOptions {
  readonly span: GoalSpan;
  readonly confidence?: number;
  /** Effort; absent: the plan's. */
  readonly effort?: number;
  readonly goals: boolean;
}

/** `schedule PLAN --judge simulation`: the cheapest shifts whose simulation keeps the plan's goals. */
export interface JudgedScheduleOptions extends GoalOptions {
  readonly out?: string;
  readonly json: boolean;
  /** Whether agents kept free may change. */
  readonly reserves?: boolean;
}

/** Options of `schedule` that are for plans judged by simulation. */
export function addJudgedOptions(command: Command): Command {
  return addGoalOptions(
    command
      .addOption(
        new Option(
          "--judge <what>",
          "cover the requirement; or, of a plan file: the cheapest shifts whose simulation keeps the plan's goals",
        )
          .choices(["requirement", "simulation"])
          .default("requirement"),
      )
      .option("--out <plan>", "with --judge simulation: write the plan with these shifts (.gz: gzipped)")
      .option(
        "--reserves",
        "with --judge simulation: agents that groups keep free for other queues may change with the shifts",
      ),
  );
}

/** Options of judging by simulation that shifts and rosters have in common. */
export function addGoalOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--span <span>", "with --judge simulation: over what each goal must hold")
        .choices(["interval", "day", "period"])
        .default("day"),
    )
    .option(
      "--confidence <share>",
      "with --judge simulation: share of days, such as 0.9, on which a day's service level holds; absent: on average",
      share,
    )
    .option(
      "--effort <seconds>",
      "with --judge simulation: how much is searched, in seconds of a plain machine, so that the answer repeats; absent: fifteen times the plan's seconds for shifts",
      aboveZero,
    )
    .option("--goals", "with --judge simulation: instead of the table each goal and its value, JSON", false);
}

/** Options of `addGoalOptions`. */
export const goalOptionNames = ["span", "confidence", "effort", "goals"];

/**
 * Ends the program where an option is given that the chosen judge does not read, instead of leaving it aside without a
 * word.
 *
 * @param judged names of options that only a simulation reads
 * @param both names that it reads as well; null: all the others
 */
export function refuseUnread(
  command: Command,
  judge: string,
  judged: readonly string[],
  both: readonly string[] | null,
): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (name === "judge" || command.getOptionValueSource(name) !== "cli") continue;
    if (judge !== "simulation" && judged.includes(name))
      command.error(`error: ${option.long} needs --judge simulation`);
    if (judge === "simulation" && both !== null && ![...judged, ...both].includes(name))
      command.error(`error: with --judge simulation the plan file says what ${option.long} would say`);
  }
}

export async function writeJudgedSchedule(path: string, options: JudgedScheduleOptions): Promise<void> {
  const document = usable(readPlanFile(readInput(path)), path);
  const terms = {
    span: options.span,
    confidence: options.confidence ?? null,
    ...(options.reserves && { reservesMayChange: true }),
  };
  const input = await closedLoopInput(document, terms);
  if (input === null) usable(noRequirement(), path);
  else {
    const effort = options.effort ?? input.seconds;
    const outcome = await keepGoals({ ...input, seconds: effort }, reportProgress);
    const schedule = { ...usable(outcome), seconds: null };
    tell(schedule);
    if (options.out !== undefined)
      writePlan(options.out, withReservesOf(asking(document, terms), schedule), schedule);
    if (options.json) writeJson(asJson(schedule));
    else if (options.goals) writeJson(goalRows(schedule.grid, schedule.judgement?.goals ?? []));
    else process.stdout.write(scheduleCsv({ groups: document.plan.groups, agents: [] }, schedule));
  }
}

function noRequirement(): Outcome<never> {
  return fail({ code: "closedLoop.noRequirement", severity: "error" });
}

function reportProgress({ phase, completed, total, best, bound }: Progress<Schedule>): void {
  const figures = best === undefined ? "" : ` best ${best.toFixed(2)}`;
  const least = bound === undefined ? "" : ` work alone ${bound.toFixed(2)}`;
  process.stderr.write(`${phase} ${completed}/${total ?? "?"}${figures}${least}\n`);
}

/** In a few lines on standard error: what it costs beside covering the requirement, and the goals of each queue. */
function tell(schedule: Schedule): void {
  const { judgement } = schedule;
  if (judgement === undefined) return;
  const { covering, leastWorkCost } = judgement;
  const change = (100 * (schedule.cost / covering.cost - 1)).toFixed(1);
  const lines = [
    `cost ${schedule.cost.toFixed(2)} (${change} % beside ${covering.cost.toFixed(2)} of covering the requirement), work alone ${leastWorkCost.toFixed(2)}`,
    `paid hours ${schedule.paidHours} (covering: ${covering.paidHours})`,
    ...goalLines(judgement, covering.goals, "covering"),
    ...(judgement.reserves ?? []).map(
      ({ groupId, queueId, keepFree }) => `kept free in ${groupId} from ${queueId}: ${keepFree}`,
    ),
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}

/** A line for each goal of a queue: its values over the spans, and how many are missed now and before. */
export function goalLines(
  { goals, keptWithin, replications }: Pick<ScheduleJudgement, "goals" | "keptWithin" | "replications">,
  before: readonly JudgedGoal[],
  beforeName: string,
): string[] {
  const missed = (all: readonly JudgedGoal[]) => all.filter(({ missedBy }) => missedBy > keptWithin).length;
  return [...groupedByQueue(goals)].map(([name, list]) => {
    const values = list.map(({ value }) => value);
    const same = before.filter((goal) => `${goal.queueId} ${goal.kind}` === name);
    return `${name}: ${Math.min(...values).toFixed(4)} to ${Math.max(...values).toFixed(4)} in ${replications} fresh replications, ${missed(list)} of ${list.length} missed (${beforeName}: ${missed(same)})`;
  });
}

function groupedByQueue(goals: readonly JudgedGoal[]): Map<string, JudgedGoal[]> {
  const groups = new Map<string, JudgedGoal[]>();
  for (const goal of goals) {
    const name = `${goal.queueId} ${goal.kind}`;
    groups.set(name, [...(groups.get(name) ?? []), goal]);
  }
  return groups;
}

/** A plan that asks for what it is given, so that its shifts are made alike when it is brought up to date. */
function asking(document: PlanDocument, keepGoals: KeepGoalsInput["terms"]): PlanDocument {
  const { plan } = document;
  return { ...document, plan: { ...plan, scheduling: { ...plan.scheduling, keepGoals } } };
}

function writePlan(path: string, document: PlanDocument, schedule: Schedule): void {
  const made = {
    value: schedule,
    madeAt: new Date().toISOString(),
    inputKey: stageInputKey("schedule", document) ?? "",
  };
  const text = planFileText({ ...document, results: { ...document.results, schedule: made } });
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

/** Goals with their dates and times. */
export function goalRows(grid: IntervalGrid, goals: readonly JudgedGoal[]) {
  return goals.map(({ firstInterval, endInterval, ...goal }) => ({
    date: dateOfDay(grid, dayOfInterval(grid, firstInterval)),
    from: intervalStartIso(grid, firstInterval),
    intervals: endInterval - firstInterval,
    ...goal,
  }));
}

function asJson({ grid, coverage, ...rest }: Schedule) {
  return {
    ...rest,
    gridStart: intervalStartIso(grid, 0),
    intervalMinutes: grid.intervalMinutes,
    coverage: coverage.map(({ queueId, asked, staffed }) => ({
      queue: queueId,
      asked: [...asked],
      staffed: [...staffed],
    })),
  };
}
