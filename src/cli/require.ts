import { type Command, Option } from "commander";
import { intervalCount } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { readIntervalTable } from "../files/interval-table.ts";
import { requirementCsv } from "../files/requirement-csv.ts";
import { bindingGoals } from "../staffing/binding-goal.ts";
import { type RequirementInput, requireAgents } from "../staffing/require-agents.ts";
import { readText, usable, writeJson } from "./io.ts";
import { occupancy, positive, share, shareBelowOne, timeZone } from "./option-values.ts";
import { readPlanOf } from "./plan.ts";

interface RequireOptions {
  readonly serviceLevel: number;
  readonly answerWithin: number;
  readonly serviceLevelRule: Queue["goal"]["serviceLevelRule"];
  readonly patience?: number;
  readonly shrinkage: number;
  readonly maxOccupancy?: number;
  readonly maxAbandonment?: number;
  readonly maxAsa?: number;
  readonly minimumAgents: number;
  readonly wholeAgents: boolean;
  readonly method: Plan["requirement"]["method"];
  readonly spread: "ignored" | "expectedService";
  readonly missRisk?: number;
  readonly timeZone?: string;
  readonly plan?: string;
  readonly json: boolean;
}

export function addRequireCommand(program: Command): void {
  program
    .command("require")
    .description("Agents required and to be scheduled, per interval and queue")
    .argument("<forecast>", "CSV as `forecast` writes it, or - for standard input")
    .option("--service-level <share>", "0–1, share answered within the threshold", share, 0.8)
    .option("--answer-within <seconds>", "threshold", positive, 20)
    .addOption(
      new Option("--service-level-rule <rule>", "what the share is of")
        .choices(["offered", "answered", "shortAbandonsExcluded"])
        .default("offered"),
    )
    .option("--patience <seconds>", "mean patience; absent or 0: nobody abandons", positive)
    .option("--shrinkage <share>", "of scheduled time, below 1", shareBelowOne, 0)
    .option("--max-occupancy <share>", "0.01 to 1", occupancy)
    .option("--max-abandonment <share>", "0–1 of offered", share)
    .option("--max-asa <seconds>", "longest mean wait of answered contacts", positive)
    .option("--minimum-agents <count>", "least agents on queue while open", positive, 0)
    .addOption(
      new Option(
        "--method <method>",
        "steady state of each interval, load lagged by AHT, or the exact changing queue with the goal kept in every interval or over each day",
      )
        .choices(["stationary", "lagged", "transient", "transientDay"])
        .default("stationary"),
    )
    .addOption(
      new Option("--spread <what>", "what is made of the forecast's 80 % band")
        .choices(["ignored", "expectedService"])
        .default("ignored"),
    )
    .option(
      "--miss-risk <share>",
      "staff for the demand that is exceeded with this risk, above 0 and below 1",
      share,
    )
    .option("--whole-agents", "round every interval up to whole agents", false)
    .option("--time-zone <zone>", "IANA name, where the forecast's own offsets do not settle it", timeZone)
    .option(
      "--plan <file>",
      "queues, goals, channels, groups, shrinkage and method of a plan file, in place of the options above",
    )
    .option("--json", "JSON instead of CSV", false)
    .action(async (path: string, options: RequireOptions, command: Command) => {
      if (options.missRisk === 0 || options.missRisk === 1) {
        command.error("error: option '--miss-risk' must be above 0 and below 1", { exitCode: 2 });
      }
      const forecast = forecastOf(path, options.timeZone);
      const plan =
        options.plan === undefined
          ? planOf(forecast, options)
          : usable(readPlanOf(options.plan), options.plan);
      const requirement = usable(await requireAgents({ plan, forecast }));
      if (!options.json) {
        process.stdout.write(requirementCsv(requirement));
        return;
      }
      const { grid } = requirement;
      const queues = requirement.queues.map((required) => {
        const queue = plan.queues.find(({ id }) => id === required.queueId)!;
        return {
          ...Object.fromEntries(
            Object.entries(required).map(([name, value]) => [
              name,
              value instanceof Float64Array ? [...value] : value,
            ]),
          ),
          bindingGoal: bindingGoals(queue, required, grid, { first: 0, end: intervalCount(grid) }),
        };
      });
      writeJson({ grid, queues });
    });
}

function forecastOf(path: string, timeZone: string | undefined): DemandForecast {
  const bands = ["offered_lower80", "offered_upper80", "offered_lower95", "offered_upper95"];
  const table = usable(readIntervalTable(readText(path), path, ["offered", "aht_seconds"], bands, timeZone));
  return {
    grid: table.grid,
    queues: table.queues.map(({ queueId, present, values }) => ({
      queueId,
      open: present,
      offered: values.offered,
      offeredLower80: values.offered_lower80,
      offeredUpper80: values.offered_upper80,
      offeredLower95: values.offered_lower95,
      offeredUpper95: values.offered_upper95,
      dispersion: dispersionOf(values),
      dayFactorVariance: 0,
      ahtSeconds: values.aht_seconds,
      model: "table",
      backtest: [],
      notes: [],
    })),
  };
}

/** φ of Var = μ + φμ², from the width of the 80 % band where the table has one. */
function dispersionOf(values: Readonly<Record<string, Float64Array>>): Float64Array {
  return values.offered.map((mean, index) => {
    const deviation =
      (values.offered_upper80[index] - values.offered_lower80[index]) / (2 * 1.2815515655446004);
    return mean > 0 ? Math.max(0, deviation ** 2 - mean) / mean ** 2 : 0;
  });
}

function planOf(forecast: DemandForecast, options: RequireOptions): RequirementInput["plan"] {
  return {
    queues: forecast.queues.map(({ queueId }) => ({
      id: queueId,
      name: queueId,
      channel: "voice",
      goal: {
        serviceLevel: options.serviceLevel,
        answerWithinSeconds: options.answerWithin,
        serviceLevelRule: options.serviceLevelRule,
        maxAsaSeconds: options.maxAsa ?? null,
        maxAbandonment: options.maxAbandonment ?? null,
        maxOccupancy: options.maxOccupancy ?? null,
      },
      patienceSeconds: options.patience || null,
      defaultAhtSeconds: null,
      concurrency: null,
      openingHours: null,
      minimumAgents: options.minimumAgents,
    })),
    shrinkage:
      options.shrinkage === 0
        ? []
        : [
            {
              share: options.shrinkage,
              weekdays: null,
              fromMinute: null,
              toMinute: null,
            },
          ],
    requirement: {
      method: options.method,
      wholeAgents: options.wholeAgents,
      spread: options.missRisk !== undefined ? "missRisk" : options.spread,
      missRisk: options.missRisk ?? 0.2,
    },
  };
}
