import type { Command } from "commander";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { PastPeriod, PlanDocument } from "../domain/plan/plan.ts";
import type { DemandHistory } from "../domain/results/demand.ts";
import { readPlanFile } from "../files/plan-file.ts";
import { figure } from "../files/table-writer.ts";
import { extendedHistory, type JoinedQueue } from "../periods/next-history.ts";
import { publishedPeriod } from "../periods/past-periods.ts";
import { type QueueReview, reviewPeriod } from "../periods/review-period.ts";
import { staffingCauses } from "../periods/staffing-error.ts";
import { addHistoryOptions, type HistoryOptions } from "./history-options.ts";
import { readInput, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { addJoinOption, hideClockOptions, readSince } from "./new-history.ts";
import { localDate } from "./option-values.ts";

interface ReviewOptions extends HistoryOptions {
  readonly history?: string;
  readonly period?: string;
  readonly join?: readonly JoinedQueue[];
  readonly json: boolean;
}

const help = `
With --history the plan's own period is reviewed by what that file knows of it; without, the last of the past periods
that "shiftwright next" and the browser keep in a plan file, by the plan's history. Errors of contacts and handle times
are fractions: WAPE over intervals, and bias, which is below 0 where the forecast was low. Hours are agent-hours on
queue. error_*_hours share out short_hours + over_hours among the causes, net_*_hours share out over_hours -
short_hours (Shapley values, so that they sum to it). The habit to change stands on standard error in a sentence.`;

/** `shiftwright review PLAN --history NEW.csv`: what was promised of a period, what came, and why. */
export function addReviewCommand(program: Command): void {
  const command = program
    .command("review")
    .description(
      "What was promised of a period and what came: forecast and staffing errors by queue and cause",
    )
    .argument("<plan>", "plan file; - for standard input")
    .option("--history <file>", "contacts since, in any known layout; read in the plan's zone and intervals")
    .option("--period <date>", "first day of the past period (default: the last one)", localDate)
    .option("--json", "JSON with each day, instead of CSV", false)
    .addHelpText("after", help);
  addJoinOption(command);
  addHistoryOptions(command, 15);
  hideClockOptions(command);
  command.action(async (path: string, options: ReviewOptions) => {
    const document = usable(readPlanFile(readInput(path)), path);
    const came =
      options.history === undefined
        ? null
        : await readSince(options.history, document.plan, command, options);
    const { period, history } = usable(toReview(document, came, options), path);
    const review = usable(await reviewPeriod(period, history), path);
    reportIssues(review.queues.map(({ habit }) => habit));
    if (options.json) writeJson(review);
    else writeCsv(header, review.queues.map(row));
  });
}

function toReview(
  document: PlanDocument,
  came: DemandHistory | null,
  { period: firstDate, join: joins = [] }: ReviewOptions,
): Outcome<{ readonly period: PastPeriod; readonly history: DemandHistory | null }> {
  const { plan, history, past = [] } = document;
  if (came !== null && (firstDate === undefined || firstDate === plan.firstDate)) {
    const whole = extendedHistory(plan, history, came, joins);
    return whole.ok
      ? succeed({ period: publishedPeriod(document), history: whole.value }, whole.issues)
      : whole;
  }
  const period = firstDate === undefined ? past.at(-1) : past.find((one) => one.plan.firstDate === firstDate);
  if (period === undefined)
    return fail({
      code: firstDate === undefined ? "review.noPast" : "review.noSuchPeriod",
      severity: "error",
      values: { date: firstDate ?? plan.firstDate },
    });
  if (came === null) return succeed({ period, history });
  const whole = extendedHistory(plan, history, came, joins);
  return whole.ok ? succeed({ period, history: whole.value }, whole.issues) : whole;
}

const snake = { volume: "volume", handleTime: "handle_time", pattern: "pattern", staff: "staff" } as const;
const header = [
  "queue",
  "contacts_forecast",
  "contacts_came",
  "contacts_wape",
  "contacts_bias",
  "aht_forecast_seconds",
  "aht_came_seconds",
  "aht_wape",
  "aht_bias",
  "required_hours",
  "needed_hours",
  "rostered_hours",
  "short_hours",
  "over_hours",
  ...staffingCauses.map((cause) => `error_${snake[cause]}_hours`),
  ...staffingCauses.map((cause) => `net_${snake[cause]}_hours`),
  "habit",
];

function row({ queueId, volume, handleTime, staffing, habit }: QueueReview) {
  const cell = (value: number | null | undefined) =>
    value === null || value === undefined ? null : figure(value);
  return [
    queueId,
    ...[volume?.forecast, volume?.came, volume?.wape, volume?.bias].map(cell),
    ...[handleTime?.forecast, handleTime?.came, handleTime?.wape, handleTime?.bias].map(cell),
    ...[staffing?.requiredHours, staffing?.neededHours, staffing?.rosteredHours].map(cell),
    ...[staffing?.shortHours, staffing?.overHours].map(cell),
    ...staffingCauses.map((cause) => cell(staffing?.misplaced[cause])),
    ...staffingCauses.map((cause) => cell(staffing?.net[cause])),
    habit.code.replace("habit.", ""),
  ];
}
