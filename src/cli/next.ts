import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, Option } from "commander";
import type { DemandHistory } from "../domain/results/demand.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { mergeHistories } from "../history/reading/merge-histories.ts";
import type { JoinedQueue } from "../periods/next-history.ts";
import { nextPeriod } from "../periods/next-period.ts";
import { type RosterStart, rosterStarts } from "../periods/start-of-roster.ts";
import { addHistoryOptions, type HistoryOptions } from "./history-options.ts";
import { readInput, usable } from "./io.ts";
import { addJoinOption, hideClockOptions, readSince } from "./new-history.ts";
import { localDate, mostDays, wholeFrom } from "./option-values.ts";

interface NextOptions extends HistoryOptions {
  readonly history?: readonly string[];
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
--start copy its roster begins with the shifts of the last one, moved on by whole weeks, with --start rotate with those of
the rotations, carried on from where they stood. What is lost or changed stands
on standard error. Same input, same bytes.`;

export function addNextCommand(program: Command): void {
  const command = program
    .command("next")
    .description("Plans the next period: adds what came since to the history and moves the dates on")
    .argument("<plan>", "plan file of the period just planned; - for standard input")
    .option(
      "--history <file>",
      "contacts since, in any known layout, read in the plan's zone and intervals; can be repeated, and of a day in two files the later counts (default: nothing new is known)",
      (path: string, before: readonly string[] = []) => [...before, path],
    )
    .option("--from <date>", "first day (default: the day after the period)", localDate)
    .option("--days <count>", "days to plan (default: as many as the period has)", wholeFrom(1, mostDays))
    .addOption(
      new Option("--start <roster>", "what the next roster begins with")
        .choices(rosterStarts)
        .default("empty" satisfies RosterStart),
    )
    .requiredOption("--out <file>", "the next period's plan file; gzipped where it ends in .gz")
    .addHelpText("after", help);
  addJoinOption(command);
  addHistoryOptions(command, 15);
  hideClockOptions(command);
  command.action(async (path: string, options: NextOptions) => {
    const document = usable(readPlanFile(readInput(path)), path);
    const { history, from: firstDate, days: dayCount, join: joins, start } = options;
    let came: DemandHistory | null = null;
    for (const file of history ?? []) {
      const read = await readSince(file, document.plan, command, options);
      came = came === null ? read : mergeHistories(read, came);
    }
    const next = usable(nextPeriod(document, came, { firstDate, dayCount, joins, start }));
    const text = planFileText(next);
    writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
  });
}
