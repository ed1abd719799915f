import type { Command } from "commander";
import { pooledRequirement } from "../closed-loop/pooled-requirement.ts";
import { dayOfDate } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, succeed } from "../domain/outcome.ts";
import { readPlanFile } from "../files/plan-file.ts";
import { pooledRequirementInput } from "../stages/pooled-requirement.ts";
import { readInput, usable, writeCsv, writeJson } from "./io.ts";
import { aboveZero, localDate } from "./option-values.ts";

interface PoolingOptions {
  readonly date?: string;
  readonly effort?: number;
  readonly json: boolean;
}

export function addPoolingCommand(program: Command): void {
  program
    .command("pooling")
    .description("Agents that a day needs as groups share queues, and what one more of each group is worth")
    .argument("<plan>", "plan file with forecast and requirement, or - for standard input")
    .option("--date <date>", "a day of the plan, such as 2026-11-27; absent: its first", localDate)
    .option("--effort <seconds>", "effort, in nominal seconds of work", aboveZero)
    .option("--json", "JSON instead of CSV", false)
    .action(async (path: string, options: PoolingOptions) => {
      const document = usable(readPlanFile(readInput(path)), path);
      const grid = document.results.requirement?.value.grid;
      const day = grid === undefined || options.date === undefined ? 0 : dayOfDate(grid, options.date);
      const input = day === null ? null : await pooledRequirementInput(document, day);
      const refusal: Issue =
        day === null
          ? { code: "closedLoop.notOnPlan", severity: "error", values: { date: options.date ?? "" } }
          : { code: "closedLoop.noRequirement", severity: "error" };
      const asked = usable(input === null ? fail(refusal) : succeed(input), path);
      const found = usable(await pooledRequirement({ ...asked, seconds: options.effort ?? asked.seconds }));
      if (options.json) {
        writeJson(found);
        return;
      }
      const saved = (100 * (1 - found.pooledHours / found.separateHours)).toFixed(1);
      process.stderr.write(
        `${found.date}: ${found.separateHours} agent-hours in shifts cover the requirement, ${found.pooledHours} keep the goals over the day (${saved} % less)\n`,
      );
      writeCsv(
        ["group", "queue", "service_level_gain", "half_width"],
        found.worth.map(({ groupId, queueId, gain, halfWidth }) => [groupId, queueId, gain, halfWidth]),
      );
    });
}
