import { type Command, InvalidArgumentError } from "commander";
import { isLocalDate } from "../domain/calendar/clock.ts";
import { dayOfDate } from "../domain/calendar/interval-grid.ts";
import { fail, type Outcome } from "../domain/outcome.ts";
import { actualsSheet, readActualsCsv } from "../files/actuals-csv.ts";
import { readPlanFile } from "../files/plan-file.ts";
import { applyChanges } from "../scenarios/changes/apply-changes.ts";
import { agentsOfGroups } from "../scenarios/measuring/expected-service.ts";
import { reviewPilot } from "../scenarios/searches/pilot.ts";
import { readInput, readText, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { wholeFrom } from "./option-values.ts";

interface PilotOptions {
  readonly scenario?: string;
  readonly actuals?: string;
  readonly from?: string;
  readonly to?: string;
  readonly group?: string;
  readonly queue?: string;
  readonly replications?: number;
  readonly json: boolean;
}

/** `shiftwright pilot PLAN --scenario NAME --actuals FILE`: what came of it against what was forecast, by cause. */
export function addPilotCommand(program: Command): void {
  program
    .command("pilot")
    .description("A plan, or a scenario tried on it, against what really happened: the difference by cause")
    .argument("<plan>", "a plan file with forecast and shifts, or - for standard input")
    .option("--scenario <name>", "name or id of the scenario that was tried; default: the plan as it is")
    .option("--actuals <file>", "what really happened; without it a sheet to fill in is printed")
    .option("--from <date>", "first day; default: the plan's first", dateOf)
    .option("--to <date>", "last day; default: the plan's last", dateOf)
    .option("--group <id>", "changes of people were tried with this group only")
    .option("--queue <id>", "default: all queues together")
    .option("--replications <count>", "at least 2; default: the plan's own", wholeFrom(2))
    .option("--json", "JSON instead of CSV", false)
    .addHelpText("after", help)
    .action(async (path: string, options: PilotOptions) => {
      const { plan, results } = usable(readPlanFile(readInput(path)), path);
      const { forecast, schedule, roster } = results;
      if (forecast === null || (schedule === null && roster === null)) {
        reportIssues([{ code: "scenario.noShifts", severity: "error", table: path }]);
        process.exit(1);
      }
      const { grid } = forecast.value;
      const first = options.from === undefined ? 0 : dayOfDate(grid, options.from);
      const last = options.to === undefined ? grid.dayCount - 1 : dayOfDate(grid, options.to);
      if (first === null || last === null || last < first) {
        reportIssues([{ code: "simulate.badDays", severity: "error", table: path }]);
        process.exit(1);
      }
      const days = { first, end: last + 1 };
      const scenario = plan.scenarios.find(
        ({ id, name }) => id === options.scenario || name === options.scenario,
      );
      if (options.scenario !== undefined && scenario === undefined) {
        usable(
          fail({
            code: "scenario.unknown",
            severity: "error",
            table: path,
            values: { scenario: options.scenario },
          }) as Outcome<never>,
        );
      }
      const inputs = {
        plan,
        forecast: forecast.value,
        schedule: schedule?.value ?? null,
        roster: roster?.value ?? null,
      };
      const changes = scenario?.changes ?? [];
      if (options.actuals === undefined) {
        const changed = usable(applyChanges(inputs, changes));
        const agents = agentsOfGroups(changed).map((series, at) => ({
          groupId: changed.plan.groups[at].id,
          agents: series,
        }));
        process.stdout.write(actualsSheet(changed.forecast, agents, days));
        return;
      }
      const actuals = usable(readActualsCsv(readText(options.actuals), options.actuals, grid, plan));
      const review = usable(
        await reviewPilot({
          ...inputs,
          changes,
          days,
          groupId: options.group ?? null,
          queueId: options.queue ?? null,
          actuals,
          replications: options.replications ?? plan.simulation.replications,
        }),
      );
      if (options.json) {
        writeJson(review);
        return;
      }
      writeCsv(
        ["cause", "effect", "effect_half_width", "service_level", "service_level_half_width"],
        [
          ["forecast", null, null, review.forecast.value, review.forecast.halfWidth],
          ...review.steps.map(({ cause, effect, serviceLevel }) => [
            cause === "scheduleFit" ? "schedule_fit" : cause,
            effect.value,
            effect.halfWidth,
            serviceLevel.value,
            serviceLevel.halfWidth,
          ]),
        ],
      );
    });
}

const help = `
Causes are told apart by replacing one input after the other by what it really was, on the same random numbers:
volume, handle time, hours on queue in the planned shape (staffing), when they were there (schedule_fit). The rest is
chance; its half-width is that of one such period, so an effect outside of it has another cause. Levels are fractions.`;

function dateOf(text: string): string {
  if (!isLocalDate(text)) throw new InvalidArgumentError("it must be a date such as 2026-11-02.");
  return text;
}
