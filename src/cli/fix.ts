import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError } from "commander";
import { dateOfDay, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { scenarioFileText } from "../files/scenario-file.ts";
import type { CsvCell } from "../files/table-writer.ts";
import { cheapestRemedy, type LeastCost, usualEffort } from "../scenarios/searches/least-cost.ts";
import { type FixGoal, remediesOn } from "../scenarios/searches/remedies.ts";
import { readInput, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { aboveZero, positive, wholeFrom } from "./option-values.ts";
import { chosenScenarios, daysOf, listOf, scenarioInputs, withScenarioFiles } from "./scenario-input.ts";

interface FixOptions {
  readonly scenario?: string;
  readonly files?: readonly string[];
  readonly goals?: readonly FixGoal[];
  readonly together: boolean;
  readonly groups?: readonly string[];
  readonly templates: boolean;
  readonly blocks?: number;
  readonly overtime?: number;
  readonly vendorHour?: number;
  readonly vendorContact?: number;
  readonly firstDay?: number;
  readonly days?: number;
  readonly replications?: number;
  readonly json: boolean;
  readonly save?: string;
  readonly out?: string;
}

const help = `
One row per day and queue: what is bought, its cost on that day, the queue's service level with half_width on customers
the search has not seen, and its goal. Status: kept (nothing has to be bought), restored, outOfReach. Search: exhaustive
(every cheaper combination fails), settled (the others are predicted to), ended. The numbers are those of What-if's
"Cheapest fix" for the same question, bit for bit; the cost is what "compare" shows for the scenario that --save or
--out writes, whose changes hold on their dates alone. Same input, same bytes.`;

/** `shiftwright fix PLAN --goal Voice=0.8`: the cheapest shifts that restore service, day by day and queue by queue. */
export function addFixCommand(program: Command): void {
  program
    .command("fix")
    .description("The cheapest shifts, overtime or service provider that bring every queue back to its goal")
    .argument("<plan>", "a plan file with forecast and shifts, or - for standard input")
    .option(
      "--scenario <name>",
      "what happened: a scenario of the plan, by name or id; default: the plan as it is",
    )
    .option("--files <files>", "scenario files saved on What-if, with commas", listOf)
    .option(
      "--goals <goals>",
      "queues and levels, as Voice=0.8,Chat=0.8; default: every queue's own goal",
      goalsOf,
    )
    .option("--together", "over all days together instead of on each of them", false)
    .option("--groups <groups>", "ids of groups who may work more, with commas; default: all", listOf)
    .option("--no-templates", "without whole shifts of the plan's templates")
    .option("--blocks <hours>", "blocks of so many hours without a break as well", wholeFrom(1, 24))
    .option("--overtime <minutes>", "people may stay so much longer as well", wholeFrom(15, 240))
    .option("--vendor-hour <price>", "a service provider's agents as well, at so much an hour", positive)
    .option("--vendor-contact <price>", "contacts to a service provider as well, at so much each", aboveZero)
    .option("--first-day <day>", "first day, 1 is the plan's first", wholeFrom(1))
    .option("--days <count>", "number of days; default: to the end", wholeFrom(1))
    .option(
      "--replications <count>",
      `default: the plan's own, ${usualEffort.replications} at most`,
      wholeFrom(2),
    )
    .option("--json", "JSON instead of CSV", false)
    .option("--save <file>", "the fix with what happened, as a scenario file")
    .option("--out <file>", "the plan with the fix as a further scenario; gzipped where it ends in .gz")
    .addHelpText("after", help)
    .action(async (path: string, options: FixOptions) => {
      const document = withScenarioFiles(usable(readPlanFile(readInput(path)), path), options.files);
      const { plan } = document;
      const inputs = scenarioInputs(document, path);
      const days = daysOf(inputs, options);
      const [what] =
        options.scenario === undefined ? [] : chosenScenarios(document, path, [options.scenario]);
      const goals = options.goals ?? ownGoals(plan);
      for (const { queueId } of goals)
        if (!plan.queues.some(({ id }) => id === queueId)) {
          reportIssues([
            { code: "scenario.unknownQueue", severity: "error", table: path, values: { name: queueId } },
          ]);
          process.exit(1);
        }
      const remedies = remediesOn(inputs, days, {
        groupIds: options.groups ?? plan.groups.map(({ id }) => id),
        shifts: options.templates,
        blockHours: options.blocks ?? null,
        overtimeMinutes: options.overtime ?? null,
        vendorPricePerHour: options.vendorHour ?? null,
        vendorPricePerContact: options.vendorContact ?? null,
      });
      const changes = what?.changes ?? [];
      const found = usable(
        await cheapestRemedy(
          {
            ...inputs,
            changes,
            remedies,
            goals,
            days,
            eachDay: !options.together,
            ...usualEffort,
            replications:
              options.replications ?? Math.min(usualEffort.replications, plan.simulation.replications),
          },
          ({ completed, total }) => process.stderr.write(`judging ${completed}/${total}\n`),
        ),
        path,
      );
      const scenario = {
        id: `${what?.id ?? "plan"}-fixed`,
        name: `${what?.name ?? plan.name} (fixed)`,
        changes: [...changes, ...found.changes],
      };
      if (options.save !== undefined) writeFileSync(options.save, scenarioFileText(scenario));
      if (options.out !== undefined) writePlan(document, scenario, options.out);
      const { grid } = inputs.forecast;
      if (options.json) writeJson(asJson(found, grid));
      else
        writeCsv(
          [
            "date",
            "days",
            "status",
            "search",
            "judged",
            "bought",
            "cost",
            "queue",
            "goal",
            "service_level",
            "half_width",
          ],
          rowsOf(found, goals, grid),
        );
    });
}

function writePlan(
  document: PlanDocument,
  scenario: PlanDocument["plan"]["scenarios"][number],
  out: string,
): void {
  const scenarios = [...document.plan.scenarios.filter(({ id }) => id !== scenario.id), scenario];
  const text = planFileText({ ...document, plan: { ...document.plan, scenarios } });
  writeFileSync(out, out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

/** Every queue that has a goal for its service level. */
export function ownGoals({ queues }: Plan): FixGoal[] {
  return queues.flatMap(({ id, goal: { serviceLevel } }) =>
    serviceLevel === null ? [] : [{ queueId: id, serviceLevel }],
  );
}

function rowsOf({ parts, checks }: LeastCost, goals: readonly FixGoal[], grid: IntervalGrid): CsvCell[][] {
  return parts.flatMap(({ days, status, search, judged, answer }) =>
    goals.map(({ queueId, serviceLevel }) => {
      const check = checks.find((one) => one.queueId === queueId && one.days.first === days.first);
      return [
        dateOfDay(grid, days.first),
        days.end - days.first,
        status,
        search,
        judged.length,
        answer === null ? null : answer.purchases.reduce((sum, { steps }) => sum + steps, 0),
        answer?.cost ?? null,
        queueId,
        serviceLevel,
        check?.level.value ?? null,
        check?.level.halfWidth ?? null,
      ];
    }),
  );
}

function asJson({ parts, changes, cost, checks, simulations }: LeastCost, grid: IntervalGrid) {
  return {
    cost,
    simulations,
    changes,
    days: parts.map(({ days, status, search, judged, answer }) => ({
      date: dateOfDay(grid, days.first),
      days: days.end - days.first,
      status,
      search,
      judged: judged.length,
      cost: answer?.cost ?? null,
      service: checks
        .filter((check) => check.days.first === days.first)
        .map(({ queueId, goal, level }) => ({ queue: queueId, goal, ...level })),
    })),
  };
}

/** `Voice=0.8,Chat=0.8` */
export function goalsOf(text: string): FixGoal[] {
  return listOf(text).map((part) => {
    const [, queueId, level] = /^(.+)=(0?\.\d+)$/.exec(part) ?? [];
    if (queueId === undefined || Number(level) === 0)
      throw new InvalidArgumentError("it must be queues and levels such as Voice=0.8,Chat=0.8.");
    return { queueId, serviceLevel: Number(level) };
  });
}
