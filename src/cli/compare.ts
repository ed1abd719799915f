import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError } from "commander";
import { addDays } from "../domain/calendar/clock.ts";
import type { Issue } from "../domain/outcome.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import type { Scenario } from "../domain/plan/scenario.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import type { CsvCell } from "../files/table-writer.ts";
import { adoptScenario } from "../scenarios/adopting/adopt-scenario.ts";
import {
  type BeyondComparison,
  type BeyondFigures,
  beyondMeasures,
  compareBeyondPlan,
  datesBeyond,
} from "../scenarios/measuring/beyond-plan.ts";
import {
  baseFor,
  compareScenarios,
  type MakeShifts,
  withNewShifts,
} from "../scenarios/measuring/compare-scenarios.ts";
import type { ComparedPlan, Comparison } from "../scenarios/measuring/comparison.ts";
import { type Figures, measures } from "../scenarios/measuring/figures.ts";
import { demandMakers, demandStagesHere } from "../stages/demand-makers.ts";
import { makeNewShifts, makersHere } from "../stages/new-shifts.ts";
import { readInput, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { isoInstant, wholeFrom } from "./option-values.ts";
import { chosenScenarios, daysOf, listOf, scenarioInputs, withScenarioFiles } from "./scenario-input.ts";

interface CompareOptions {
  readonly scenarios?: readonly string[];
  readonly files?: readonly string[];
  readonly method: Comparison["method"];
  readonly replications?: number;
  readonly seed?: number;
  readonly firstDay?: number;
  readonly days?: number;
  readonly json: boolean;
  readonly adopt?: string;
  readonly again: boolean;
  readonly at?: string;
  readonly out?: string;
}

/** `shiftwright compare PLAN --scenarios A,B`: base and scenarios on the same customers, with differences. */
export function addCompareCommand(program: Command): void {
  program
    .command("compare")
    .description(
      "The plan and its scenarios side by side: figures, differences from the plan, 95 % half-widths",
    )
    .argument("<plan>", "a plan file with forecast and shifts, or - for standard input")
    .option("--scenarios <names>", "names or ids of scenarios in the plan, with commas; default: all", listOf)
    .option("--files <files>", "scenario files saved on What-if, compared as well, with commas", listOf)
    .option(
      "--method <method>",
      "formula (at once, where it comes close) or simulation",
      methodOf,
      "simulation",
    )
    .option("--replications <count>", "at least 2; default: the plan's own", wholeFrom(2))
    .option("--seed <number>", "default: the plan's own", wholeFrom(0))
    .option("--first-day <day>", "first day compared, 1 is the plan's first", wholeFrom(1))
    .option("--days <count>", "number of days; default: to the end", wholeFrom(1))
    .option("--json", "JSON instead of CSV", false)
    .option("--adopt <name>", "makes this scenario the plan instead of comparing; needs --out")
    .option("--again", "with --adopt: also a scenario that is in the plan already", false)
    .option("--at <instant>", "when it is adopted, such as 2026-11-30T12:00:00Z (default: now)", isoInstant)
    .option("--out <file>", "with --adopt: the plan file written; gzipped where it ends in .gz")
    .addHelpText("after", help)
    .action(async (path: string, options: CompareOptions, command: Command) => {
      const document = withScenarioFiles(usable(readPlanFile(readInput(path)), path), options.files);
      if (options.adopt !== undefined || options.out !== undefined) {
        if (options.adopt === undefined || options.out === undefined)
          command.error("error: --adopt and --out go together");
        return writeAdopted(document, path, options.adopt, options.out, options);
      }
      const { plan } = document;
      const inputs = scenarioInputs(document, path);
      const days = daysOf(inputs, options);
      const chosen = chosenScenarios(document, path, options.scenarios);
      const isBeyond = (scenario: Scenario) => datesBeyond(plan, scenario) !== null;
      const inside = chosen.filter((scenario) => !isBeyond(scenario));
      const beyond: BeyondComparison[] = [];
      for (const scenario of chosen.filter(isBeyond))
        beyond.push(
          usable(
            await compareBeyondPlan(plan, scenario, demandMakers(document.history, demandStagesHere)),
            path,
          ),
        );
      for (const { name, firstDate, dayCount } of beyond)
        reportIssues([
          {
            code: "scenario.beyondPlan",
            severity: "info",
            values: { scenario: name, from: firstDate, to: addDays(firstDate, dayCount - 1) },
          },
        ]);
      if (inside.length === 0 && beyond.length > 0) {
        if (options.json) writeJson({ beyond: beyond.map(beyondAsJson) });
        else writeRows(beyond.flatMap(beyondRows));
        return;
      }
      const comparison = usable(
        await compareScenarios(
          {
            ...inputs,
            plan: { ...plan, seed: options.seed ?? plan.seed },
            scenarios: inside,
            days,
            method: options.method,
            replications: options.replications,
            balance: true,
            makeShifts: (inputs) => makeNewShifts(inputs, makersHere(null)),
          },
          ({ completed, total }) => process.stderr.write(`scenarios ${completed}/${total}\n`),
        ),
      );
      reportWithheld(plan, comparison);
      const further = beyond.length > 0 && { beyond: beyond.map(beyondAsJson) };
      if (options.json) writeJson({ ...asJson(comparison), ...further });
      else writeRows([...comparisonRows(plan, comparison), ...beyond.flatMap(beyondRows)]);
    });
}

const help = `
One row per scenario, queue (empty: all together) and measure: value, half_width, difference, difference_half_width.
The plan itself comes first, with empty differences; planWithNewShifts follows where a scenario has
shifts made anew, and such scenarios differ from that one. shifts are those worked, open_shifts those that nobody has. Shares are fractions; asa in seconds; hours and cost are sums over
the days compared. A scenario without effect differs by exactly 0. By formula (--method formula), a queue whose service
it does not know has no figures of service: not_in_formula says why instead. Needed and short hours are those of the goals. After an emergency with a
date recovery_minutes says when service is back; empty: not that day.

A scenario all of whose dates lie outside the plan's period is not simulated, since no shifts are there: those dates are
forecast, and the agents required are compared with and without it, whatever --method says: contacts, peak_agents,
hours_needed on queue, hours_to_schedule, and cost, which is that of these hours. Its differences are from the forecast.

--files takes scenarios that were saved on What-if, or written by hand: {"kind":"shiftwright.scenario","version":1,
"scenario":{"id":"…","name":"…","changes":[…]}}. The kinds of change and their fields stand in the README.

--adopt writes the plan as the scenario has it: overrides of the forecast, settings, people, shifts. Compared, it shows what
the scenario's rows show, bit for bit, but for costs beside wages, which a plan does not hold. What follows stands on standard error; a scenario that cannot be carried over whole
is refused with the reason, and nothing is written. The scenario stays in the file, marked as adopted, as is every other that holds
one of its changes: they are not compared any more unless named. Same input and --at, same bytes.`;

async function writeAdopted(
  document: PlanDocument,
  path: string,
  name: string,
  out: string,
  { again, at = new Date().toISOString() }: Pick<CompareOptions, "again" | "at">,
): Promise<void> {
  const [{ adoptedAt, ...rest }] = chosenScenarios(document, path, [name]);
  const scenario = again || adoptedAt === undefined ? rest : { ...rest, adoptedAt };
  const { plan, results } = document;
  const forecast = results.forecast?.value;
  const base = forecast && {
    plan,
    forecast,
    schedule: results.schedule?.value ?? null,
    roster: results.roster?.value ?? null,
  };
  const makeShifts: MakeShifts = (inputs) => makeNewShifts(inputs, makersHere(null));
  const newShifts =
    scenario.newShifts && base ? usable(await withNewShifts(base, scenario, makeShifts)).schedule : null;
  const text = planFileText(usable(adoptScenario(document, scenario, newShifts, at)));
  writeFileSync(out, out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

function beyondRows({ scenarioId, name, scopes }: BeyondComparison): CsvCell[][] {
  return scopes.flatMap(({ queueId, base, changed }) =>
    beyondMeasures.flatMap((measure): CsvCell[][] => {
      const [from, value] = [base[measure], changed[measure]];
      if (from === null || value === null) return [];
      return [[scenarioId, name, queueId ?? "", columnName(measure), value, null, value - from, null]];
    }),
  );
}

function beyondAsJson({ scenarioId, name, firstDate, dayCount, scopes, uncounted }: BeyondComparison) {
  const named = (figures: BeyondFigures) =>
    Object.fromEntries(beyondMeasures.map((measure) => [columnName(measure), figures[measure]]));
  return {
    scenario: scenarioId,
    name,
    first_date: firstDate,
    days: dayCount,
    changes_without_shifts: uncounted,
    scopes: scopes.map(({ queueId, base, changed }) => ({
      queue: queueId,
      forecast: named(base),
      changed: named(changed),
    })),
  };
}

function comparisonRows(plan: Plan, comparison: Comparison): CsvCell[][] {
  return comparison.plans.flatMap((compared) => [
    ...stateRows(plan, comparison, compared),
    ...figureRows(plan, compared),
  ]);
}

/** How many shifts are worked and open, and against the plan in the same state. */
function stateRows(plan: Plan, comparison: Comparison, compared: ComparedPlan): CsvCell[][] {
  const base = baseFor(comparison, compared);
  return (["shifts", "openShifts"] as const).map((measure) => [
    compared.scenarioId ?? plan.id,
    compared.name,
    "",
    columnName(measure),
    compared.state[measure],
    null,
    base === compared ? null : compared.state[measure] - base.state[measure],
    null,
  ]);
}

function figureRows(plan: Plan, { scenarioId, name, scopes, recovery }: ComparedPlan): CsvCell[][] {
  return [
    ...scopes.flatMap(({ queueId, withheld }) =>
      withheld === null
        ? []
        : [[scenarioId ?? plan.id, name, queueId ?? "", "not_in_formula", withheld.reason, null, null, null]],
    ),
    ...scopes.flatMap(({ queueId, figures, differences }) =>
      measures.flatMap((measure) => {
        const figure = figures[measure];
        if (figure === null) return [];
        const difference = differences?.[measure] ?? null;
        return [
          [
            scenarioId ?? plan.id,
            name,
            queueId ?? "",
            columnName(measure),
            figure.value,
            figure.halfWidth,
            difference?.value ?? null,
            difference?.halfWidth ?? null,
          ],
        ];
      }),
    ),
    ...(recovery === null
      ? []
      : [[scenarioId ?? plan.id, name, "", "recovery_minutes", recovery.minutes, null, null, null]]),
  ];
}

/** Says in words why there is no service by formula, once for each reason. */
function reportWithheld(plan: Plan, { plans }: Comparison): void {
  const reasons = new Map<string, Issue>();
  for (const { scopes } of plans)
    for (const { withheld } of scopes) {
      if (withheld === null) continue;
      const queue = plan.queues.find(({ id }) => id === withheld.queueId)?.name ?? withheld.queueId;
      const code = `withheld.${withheld.reason}`;
      reasons.set(`${code}/${queue}`, { code, severity: "info", values: { queue } });
    }
  reportIssues([...reasons.values()]);
}

function writeRows(rows: readonly (readonly CsvCell[])[]): void {
  writeCsv(
    ["scenario", "name", "queue", "measure", "value", "half_width", "difference", "difference_half_width"],
    rows,
  );
}

function asJson(comparison: Comparison) {
  const { method, days, replications, seed } = comparison;
  const named = (figures: Figures | null) =>
    figures === null
      ? null
      : Object.fromEntries(measures.map((measure) => [columnName(measure), figures[measure]]));
  return {
    method,
    days,
    replications,
    seed,
    plans: comparison.plans.map(({ scenarioId, name, state, scopes, recovery }) => ({
      scenario: scenarioId,
      name,
      shifts_of: state.kind,
      shifts_made_anew: state.madeAnew,
      shifts: state.shifts,
      open_shifts: state.openShifts,
      recovery_minutes: recovery?.minutes ?? null,
      scopes: scopes.map(({ queueId, figures, differences, withheld }) => ({
        queue: queueId,
        not_in_formula: withheld,
        figures: named(figures),
        differences: named(differences),
      })),
    })),
  };
}

/** `hoursNeeded` → `hours_needed`. */
function columnName(measure: string): string {
  return measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function methodOf(text: string): Comparison["method"] {
  if (text === "formula" || text === "simulation") return text;
  throw new InvalidArgumentError("it must be formula or simulation.");
}
