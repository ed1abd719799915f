import type { Command } from "commander";
import { readPlanFile } from "../files/plan-file.ts";
import { usualEffort } from "../scenarios/searches/least-cost.ts";
import { standsForMonths } from "../scenarios/searches/return-on-investment.ts";
import { type SizedWay, type Way, waysToGoal } from "../scenarios/searches/ways-to-goal.ts";
import { goalsOf, ownGoals } from "./fix.ts";
import { readInput, usable, writeCsv, writeJson } from "./io.ts";
import { positive, wholeFrom } from "./option-values.ts";
import { chosenScenarios, daysOf, listOf, scenarioInputs, withScenarioFiles } from "./scenario-input.ts";

interface WaysOptions {
  readonly scenario?: string;
  readonly files?: readonly string[];
  readonly goals?: ReturnType<typeof goalsOf>;
  readonly group?: string;
  readonly contract?: string;
  readonly overtime: number;
  readonly vendorHour?: number;
  readonly vendorContact?: number;
  readonly firstDay?: number;
  readonly days?: number;
  readonly replications?: number;
  readonly json: boolean;
}

const help = `
One row per way: its size (people hired, per cent of each day's shifts that stay longer, a provider's agents, per cent of
contacts), whether that reaches the goals, points of service level won with half_width, money per month (of the
days alone, where they are no whole weeks or what happened holds on dates) and once (earned is positive; empty: a price is
not known), and wages and other costs of the days per point won. Every way is as
small as the goals allow, on the same customers. A provider is compared where its price is given.`;

/** `shiftwright ways PLAN`: hire, overtime or a service provider, side by side. */
export function addWaysCommand(program: Command): void {
  program
    .command("ways")
    .description(
      "Hire, overtime or a service provider: each as large as the goals take, and what a point costs",
    )
    .argument("<plan>", "a plan file with forecast and shifts, or - for standard input")
    .option("--scenario <name>", "what happened: a scenario of the plan; default: the plan as it is")
    .option("--files <files>", "scenario files saved on What-if, with commas", listOf)
    .option(
      "--goals <goals>",
      "queues and levels, as Voice=0.8,Chat=0.8; default: every queue's own goal",
      goalsOf,
    )
    .option("--group <id>", "whose skills are added; default: the plan's first group")
    .option("--contract <id>", "of new people; default: 40 hours a week")
    .option("--overtime <minutes>", "how long people stay", wholeFrom(15, 240), 60)
    .option("--vendor-hour <price>", "of a service provider's agent", positive)
    .option("--vendor-contact <price>", "of a contact at a service provider", positive)
    .option("--first-day <day>", "first day, 1 is the plan's first", wholeFrom(1))
    .option("--days <count>", "number of days; default: to the end", wholeFrom(1))
    .option(
      "--replications <count>",
      `default: the plan's own, ${usualEffort.replications} at most`,
      wholeFrom(2),
    )
    .option("--json", "JSON instead of CSV", false)
    .addHelpText("after", help)
    .action(async (path: string, options: WaysOptions) => {
      const document = withScenarioFiles(usable(readPlanFile(readInput(path)), path), options.files);
      const { plan } = document;
      const inputs = scenarioInputs(document, path);
      const [what] =
        options.scenario === undefined ? [] : chosenScenarios(document, path, [options.scenario]);
      const goals = options.goals ?? ownGoals(plan);
      const groupId = options.group ?? plan.groups[0].id;
      const ways: Way[] = [
        {
          kind: "hire",
          change: {
            kind: "hire",
            groupId,
            contractId: options.contract ?? null,
            count: 1,
            startDate: null,
            trainingWeeks: 0,
            startingPace: 1,
            learningWeeks: 0,
          },
        },
        { kind: "overtime", groupId, minutes: options.overtime },
        ...(options.vendorHour === undefined
          ? []
          : [{ kind: "vendorAgents" as const, groupId, pricePerHour: options.vendorHour }]),
        ...(options.vendorContact === undefined
          ? []
          : goals.map(({ queueId }) => ({
              kind: "outsourcing" as const,
              queueId,
              pricePerContact: options.vendorContact ?? null,
            }))),
      ];
      const sized = usable(
        await waysToGoal(
          {
            ...inputs,
            changes: what?.changes ?? [],
            ways,
            goals,
            days: daysOf(inputs, options),
            replications:
              options.replications ?? Math.min(usualEffort.replications, plan.simulation.replications),
          },
          ({ completed, total }) => process.stderr.write(`ways ${completed}/${total}\n`),
        ),
        path,
      );
      const { first, end } = daysOf(inputs, options);
      const recurs = standsForMonths(what?.changes ?? [], end - first);
      if (options.json) writeJson(sized.map((one) => asJson(one, recurs)));
      else
        writeCsv(
          [
            "way",
            "size",
            "reached",
            "points",
            "half_width",
            recurs ? "per_month" : "on_days",
            "once",
            "cost_per_point",
            "cost_half_width",
          ],
          sized.map((one) => [
            one.way.kind,
            one.size,
            one.reached ? 1 : 0,
            100 * one.gain.value,
            100 * one.gain.halfWidth,
            one.money.netPerMonth.value,
            0 - one.money.once,
            one.costPerPoint?.value ?? null,
            one.costPerPoint?.halfWidth ?? null,
          ]),
        );
    });
}

function asJson({ way, size, reached, changes, gain, money, costPerPoint }: SizedWay, recurs: boolean) {
  return {
    way: way.kind,
    size,
    reached,
    changes,
    points: { value: 100 * gain.value, halfWidth: 100 * gain.halfWidth },
    [recurs ? "net_per_month" : "net_of_days"]: money.netPerMonth,
    once: 0 - money.once,
    unknown: money.unknown.map(({ kind }) => kind),
    cost_per_point: costPerPoint,
  };
}
