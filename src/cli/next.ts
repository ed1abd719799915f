import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Plan } from "../domain/plan/plan.ts";
import type { DemandHistory } from "../domain/results/demand.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import type { JoinedQueue } from "../periods/next-history.ts";
import { nextPeriod } from "../periods/next-period.ts";
import { type RosterStart, rosterStarts } from "../periods/start-of-roster.ts";
import { addHistoryOptions, type HistoryOptions, readHistory } from "./history-options.ts";
import { readInput, usable } from "./io.ts";
import { localDate, mostDays, wholeFrom } from "./option-values.ts";

interface NextOptions extends HistoryOptions {
  readonly history?: string;
  readonly start: RosterStart;
  readonly from?: string;
  readonly days?: number;
  readonly join?: readonly JoinedQueue[];
  readonly out: string;
}

const help = `
People, contracts, templates, special days, prices, scenarios and the fairness ledger come along, and so does what
still lies ahead of overrides, events, leave and requests. The last four weeks of the roster become what rest, runs of
days, nights and weekends, and hours of a week that the border cuts are counted on from. The period just planned is kept
in NEXT as it was published. NEXT has no results of its own yet: "shiftwright roster" and the browser make them; with
--start copy its roster begins with the shifts of the last one, moved on by whole weeks. What is lost or changed stands
on standard error. Same input, same bytes.`;

/** What the plan says already. */
const ofThePlan = ["timeZone", "intervalMinutes"];

export function addNextCommand(program: Command): void {
  const command = program
    .command("next")
    .description("Plans the next period: adds what came since to the history and moves the dates on")
    .argument("<plan>", "plan file of the period just planned; - for standard input")
    .option(
      "--history <file>",
      "contacts since, in any known layout; read in the plan's zone and intervals (default: nothing new is known)",
    )
    .option("--from <date>", "first day (default: the day after the period)", localDate)
    .option("--days <count>", "days to plan (default: as many as the period has)", wholeFrom(1, mostDays))
    .option(
      "--join <new=planned>",
      "a queue of the new history that is one of the plan under another name; can be repeated",
      joinedQueue,
    )
    .addOption(
      new Option("--start <roster>", "what the next roster begins with")
        .choices(rosterStarts)
        .default("empty" satisfies RosterStart),
    )
    .requiredOption("--out <file>", "the next period's plan file; gzipped where it ends in .gz")
    .addHelpText("after", help);
  addHistoryOptions(command, 15);
  for (const option of command.options) if (ofThePlan.includes(option.attributeName())) option.hideHelp();
  command.action(async (path: string, options: NextOptions) => {
    if (ofThePlan.some((name) => command.getOptionValueSource(name) === "cli"))
      command.error("error: the history is read in the zone and intervals of the plan");
    const document = usable(readPlanFile(readInput(path)), path);
    const { history, from: firstDate, days: dayCount, join: joins, start } = options;
    const came = history === undefined ? null : await readSince(history, document.plan, command, options);
    const next = usable(nextPeriod(document, came, { firstDate, dayCount, joins, start }));
    const text = planFileText(next);
    writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
  });
}

/** What came since, in the plan's zone and intervals; a file that names no queue is of the plan's only one. */
async function readSince(
  path: string,
  { timeZone, intervalMinutes, queues }: Plan,
  command: Command,
  options: NextOptions,
): Promise<DemandHistory> {
  const isUnnamed = command.getOptionValueSource("queue") === "default";
  const queue = isUnnamed && queues.length === 1 ? queues[0].id : options.queue;
  return (await readHistory(path, { ...options, timeZone, intervalMinutes, queue })).history;
}

function joinedQueue(text: string, before: readonly JoinedQueue[] = []): readonly JoinedQueue[] {
  const at = text.lastIndexOf("=");
  const [from, to] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || from === "" || to === "")
    throw new InvalidArgumentError('it must be two names, such as "Sales EU=Sales".');
  return [...before, { from, to }];
}
