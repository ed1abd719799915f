import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError, Option } from "commander";
import { samplePlan } from "../../sample-data/plan.ts";
import { intervalStartIso } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { withAgentCodes } from "../domain/plan/agent-codes.ts";
import { noResults } from "../domain/plan/no-results.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import { planForHistory } from "../domain/plan/plan-for-history.ts";
import { backtestCsv } from "../files/backtest-csv.ts";
import { forecastCsv } from "../files/forecast-csv.ts";
import { intervalsCsv } from "../files/intervals-csv.ts";
import { readPlan } from "../files/plan-document.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { requirementCsv } from "../files/requirement-csv.ts";
import { scheduleCsv } from "../files/schedule-csv.ts";
import { readSetUp, type SetUp, setUpText, withSetUp } from "../files/set-up-file.ts";
import { simulationCsv } from "../files/simulation-csv.ts";
import { modelNames } from "../forecasting/models/models.ts";
import type { HistoryImport } from "../history/reading/history-import.ts";
import { withSuggestions } from "../history/review/quality-report.ts";
import { serviceOfResults } from "../scenarios/measuring/measured-plan.ts";
import { stageNamed, stageOrder } from "../stages/chain.ts";
import { inputKey, inputOf } from "../stages/stage.ts";
import { addHistoryOptions, type HistoryOptions, readHistory } from "./history-options.ts";
import { readInput, readText, reportIssues, usable } from "./io.ts";
import {
  localDate,
  mostDays,
  occupancy,
  positive,
  share,
  shareBelowOne,
  wholeFrom,
} from "./option-values.ts";

interface PlanOptions extends HistoryOptions {
  readonly codes: boolean;
  readonly out?: string;
  readonly planFile?: string;
  readonly plan?: string;
  readonly setUp?: string;
  readonly setUpOut?: string;
  readonly days?: number;
  readonly from?: string;
  readonly aht?: number;
  readonly model?: string;
  readonly holidays?: string;
  readonly serviceLevel?: number;
  readonly answerWithin?: number;
  readonly patience?: number;
  readonly shrinkage?: number;
  readonly maxOccupancy?: number;
  readonly replications?: number;
  readonly seed?: number;
  readonly madeAt?: string;
}

const help = `
Files in FOLDER: forecast.csv, backtest.csv, requirement.csv, schedule.csv, simulation.csv, intervals.csv and plan.json,
the plan file that the browser opens; roster.csv where the plan has agents. Same input, same bytes: nothing is timed,
and the results say they were made when the history ended, unless --made-at says otherwise.

Without --plan, goals, shrinkage and costs are those of the sample plan, each changeable by an option, and shift
templates are cut to the opening hours of the history. With --plan (a plan file, or a plan alone as in
sample-data/plan.json) everything comes from there, and its queues are matched with the history by name.

--set-up FILE is JSON in the fields of a plan file, each optional but format and the queues' names:
  { "format": "shiftwright-set-up", "name": "Bank", "timeZone": "Europe/Berlin", "intervalMinutes": 30, "currency": "EUR",
    "firstDate": "2026-11-30", "dayCount": 28,
    "queues": [{ "name": "Hotline", "channel": "voice", "defaultAhtSeconds": 240,
                 "goal": { "serviceLevel": 0.8, "answerWithinSeconds": 20 },
                 "openingHours": [{ "weekday": 1, "openMinute": 480, "closeMinute": 1080 }] }],
    "groups": [{ "id": "both", "name": "Both", "queueIds": ["Hotline", "Chat"] }] }
and shrinkage, templates, contracts and agents. It goes over the defaults, and the options above over it.
--set-up-out writes it from the plan that is made.`;

export function addPlanCommand(program: Command): void {
  const command = program
    .command("plan")
    .description("The whole chain: history to forecast, requirement, shifts, roster and simulation, as files")
    .argument("<history>", "CSV file in any known layout; - for standard input")
    .option("--out <folder>", "where the files go; made if it is not there")
    .option("--plan-file <file>", "write only the plan file, to this path; gzipped where it ends in .gz")
    .option("--plan <file>", "plan to follow in place of the defaults")
    .addOption(
      new Option(
        "--set-up <file>",
        "a set-up kept in a file: queues, dates, zone, currency, groups, people",
      ).conflicts("plan"),
    )
    .option("--set-up-out <file>", "write the plan's set-up to this file, to be given again")
    .option("--days <count>", "days to plan (default 28)", wholeFrom(1, mostDays))
    .option("--from <date>", "first day (default: the Monday after the history ends)", localDate)
    .option("--aht <seconds>", "mean handle time where the history has none", positive)
    .addOption(new Option("--model <name>", "forecast model (default auto)").choices(["auto", ...modelNames]))
    .option("--holidays <region>", "public holidays, such as US, GB-ENG, DE-BY, CN")
    .option("--service-level <share>", "share answered in time", share)
    .option("--answer-within <seconds>", "threshold of the service level", positive)
    .option("--patience <seconds>", "mean patience; 0: nobody abandons", positive)
    .option("--shrinkage <share>", "one figure in place of the listed kinds, below 1", shareBelowOne)
    .option("--max-occupancy <share>", "at most so busy", occupancy)
    .option("--replications <count>", "of the simulation", wholeFrom(2, 100_000))
    .option("--seed <number>", "seed of everything that involves chance", wholeFrom(0, 0xffffffff))
    .option("--made-at <instant>", "what the results say about when they were made, ISO", instant)
    .option("--codes", "codes instead of people's names and ids in the folder's files", false)
    .addHelpText("after", help);
  addHistoryOptions(command, 15).action(async (path: string, options: PlanOptions) => {
    if (options.out === undefined && options.planFile === undefined && options.setUpOut === undefined) {
      command.error("error: one of --out FOLDER, --plan-file FILE and --set-up-out FILE must be given");
    }
    const base = options.plan === undefined ? null : usable(readPlanOf(options.plan), options.plan);
    const setUp =
      options.setUp === undefined ? null : usable(readSetUp(readText(options.setUp)), options.setUp);
    const { timeZone, intervalMinutes } = { ...options, ...given(base), ...given(setUp) };
    const imported = await readHistory(path, { ...options, timeZone, intervalMinutes });
    const plan = planOf(base, setUp, imported, options);
    if (setUp !== null) reportIssues(queuesWithoutSetUp(plan, imported));
    if (options.setUpOut !== undefined) write(options.setUpOut, setUpText(plan));
    if (options.out === undefined && options.planFile === undefined) return;
    // As in the browser: what looks like an outage is not learnt from.
    const history = withSuggestions(imported.history);
    const { grid } = history;
    const madeAt = options.madeAt ?? intervalStartIso(grid, grid.dayOffsets[grid.dayCount - 1]);
    const document = usable(await runChain({ plan, history, results: noResults }, madeAt));
    if (options.planFile !== undefined) write(options.planFile, planFileText(document));
    if (options.out === undefined) return;
    for (const [name, text] of Object.entries(filesOf(options.codes ? withAgentCodes(document) : document)))
      write(join(options.out, name), text);
  });
}

/**
 * Every stage in order, each made from the one before; a roster where the plan has agents. Timings are left out and the
 * clock is given, so bytes repeat.
 */
async function runChain(start: PlanDocument, madeAt: string): Promise<Outcome<PlanDocument>> {
  const issues: Issue[] = [];
  let document = start;
  for (const name of stageOrder) {
    const stage = stageNamed(name);
    if (name === "roster" && stage.missing(document.plan) !== null) continue;
    process.stderr.write(`${name}\n`);
    const input = inputOf(stage, document);
    if (input === null) throw new RangeError(`nothing to make the ${name} from`);
    const outcome = await stage.run(input);
    issues.push(...outcome.issues);
    if (!outcome.ok) return fail(...issues);
    const value = outcome.value as object;
    const made = {
      value: "seconds" in value ? { ...value, seconds: null } : value,
      madeAt,
      inputKey: inputKey(stage, document) as string,
    };
    document = { ...document, results: { ...document.results, [name]: made } };
    if (name === "forecast")
      issues.push(...document.results.forecast!.value.queues.flatMap(({ notes }) => notes));
  }
  return succeed(document, issues);
}

function filesOf({ plan, results, history }: PlanDocument): Record<string, string> {
  const files: Record<string, string> = {};
  const { forecast, requirement, schedule, roster, simulation } = results;
  if (forecast !== null) {
    files["forecast.csv"] = forecastCsv(forecast.value);
    files["backtest.csv"] = backtestCsv(forecast.value);
  }
  if (requirement !== null) files["requirement.csv"] = requirementCsv(requirement.value);
  if (schedule !== null) files["schedule.csv"] = scheduleCsv(plan, schedule.value);
  if (roster !== null) files["roster.csv"] = scheduleCsv(plan, roster.value);
  if (simulation !== null) files["simulation.csv"] = simulationCsv(simulation.value);
  files["intervals.csv"] = intervalsCsv(results, serviceOfResults({ plan, results }));
  files["plan.json"] = planFileText({ plan, results, history });
  return files;
}

/** Zone and interval, where they are said. */
function given(clock: Partial<Pick<Plan, "timeZone" | "intervalMinutes">> | null) {
  const { timeZone, intervalMinutes } = clock ?? {};
  return { ...(timeZone && { timeZone }), ...(intervalMinutes && { intervalMinutes }) };
}

/** Queues of the file that the set-up leaves out, and queues of the set-up that the file does not know. */
function queuesWithoutSetUp(plan: Plan, { history }: HistoryImport): Issue[] {
  const inFile = history.queues.map(({ queueId }) => queueId);
  const planned = plan.queues.map(({ id }) => id);
  const issue = (code: string, queue: string): Issue => ({ code, severity: "warning", values: { queue } });
  return [
    ...inFile.filter((id) => !planned.includes(id)).map((id) => issue("setUp.queueLeftOut", id)),
    ...planned.filter((id) => !inFile.includes(id)).map((id) => issue("setUp.queueWithoutHistory", id)),
  ];
}

function planOf(base: Plan | null, setUp: SetUp | null, imported: HistoryImport, options: PlanOptions): Plan {
  const { history, channels } = imported;
  const defaults = samplePlan();
  const made =
    base ??
    planForHistory({
      history,
      channels,
      base: { ...defaults, forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] } },
      id: "plan",
      name: "Plan",
      ahtSeconds: options.aht ?? null,
    });
  const plan = setUp === null ? made : withSetUp(made, setUp);
  return {
    ...plan,
    firstDate: options.from ?? plan.firstDate,
    dayCount: options.days ?? plan.dayCount,
    seed: options.seed ?? plan.seed,
    forecast: {
      ...plan.forecast,
      model: options.model ?? plan.forecast.model,
      holidays: options.holidays ?? plan.forecast.holidays,
    },
    shrinkage:
      options.shrinkage === undefined
        ? plan.shrinkage
        : [
            {
              id: "shrinkage",
              name: "Shrinkage",
              share: options.shrinkage,
              planned: true,
              weekdays: null,
              fromMinute: null,
              toMinute: null,
            },
          ],
    simulation: {
      ...plan.simulation,
      replications: options.replications ?? plan.simulation.replications,
    },
    queues: plan.queues.map((queue) => ({
      ...queue,
      defaultAhtSeconds: options.aht ?? queue.defaultAhtSeconds,
      patienceSeconds:
        options.patience === undefined
          ? queue.patienceSeconds
          : options.patience === 0
            ? null
            : options.patience,
      goal: {
        ...queue.goal,
        serviceLevel: options.serviceLevel ?? queue.goal.serviceLevel,
        answerWithinSeconds: options.answerWithin ?? queue.goal.answerWithinSeconds,
        maxOccupancy: options.maxOccupancy ?? queue.goal.maxOccupancy,
      },
    })),
  };
}

/** The plan in a plan file, or a plan alone. */
export function readPlanOf(path: string): Outcome<Plan> {
  const bytes = readInput(path);
  const file = readPlanFile(bytes);
  if (file.ok) return succeed(file.value.plan, file.issues);
  if (!file.issues.some(({ code }) => code === "planFile.notAPlan")) return file;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8").decode(bytes));
  } catch {
    return file;
  }
  return readPlan(value);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

function instant(text: string): string {
  if (Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("it must be an instant such as 2026-11-02T08:00Z.");
  return text;
}
