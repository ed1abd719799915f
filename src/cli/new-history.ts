import { type Command, InvalidArgumentError } from "commander";
import type { Plan } from "../domain/plan/plan.ts";
import type { DemandHistory } from "../domain/results/demand.ts";
import type { JoinedQueue } from "../periods/next-history.ts";
import { type HistoryOptions, readHistory } from "./history-options.ts";

/** What the plan says already. */
const ofThePlan = ["timeZone", "intervalMinutes"];

/** Leaves the options out of the help that the plan answers. */
export function hideClockOptions(command: Command): void {
  for (const option of command.options) if (ofThePlan.includes(option.attributeName())) option.hideHelp();
}

export function addJoinOption(command: Command): void {
  command.option(
    "--join <new=planned>",
    "a queue of the new history that is one of the plan under another name; can be repeated",
    joinedQueue,
  );
}

/** What came since, in the plan's zone and intervals; a file that names no queue is of the plan's only one. */
export async function readSince(
  path: string,
  { timeZone, intervalMinutes, queues }: Plan,
  command: Command,
  options: HistoryOptions,
): Promise<DemandHistory> {
  if (ofThePlan.some((name) => command.getOptionValueSource(name) === "cli"))
    command.error("error: the history is read in the zone and intervals of the plan");
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
