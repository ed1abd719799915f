import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError } from "commander";
import { isLocalDate, type LocalDate } from "../domain/calendar/clock.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { dayWithoutNews, type Today } from "../domain/plan/today.ts";
import type { DemandForecast, DemandHistory } from "../domain/results/demand.ts";
import { intervalTableText } from "../files/interval-table.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { figure } from "../files/table-writer.ts";
import { withWhatCame } from "../intraday/came-so-far.ts";
import { type DayOutlook, dayOutlook } from "../intraday/day-outlook.ts";
import { type DaySoFar, daySoFar } from "../intraday/day-so-far.ts";
import { acceptChanges } from "../intraday/options/accept-changes.ts";
import { partiesOf } from "../intraday/options/candidates.ts";
import { dayOptions } from "../intraday/options/day-options.ts";
import { codesExclude, inCodes } from "./codes.ts";
import {
  changeColumns,
  changeRows,
  measureColumns,
  measureRows,
  optionColumns,
  optionRows,
} from "./day-options-table.ts";
import { addHistoryOptions, type HistoryOptions } from "./history-options.ts";
import { readInput, usable, writeCsv, writeJson } from "./io.ts";
import { hideClockOptions, readSince } from "./new-history.ts";
import { clockMinute, wholeFrom } from "./option-values.ts";

interface DayOptions extends HistoryOptions {
  readonly codes: boolean;
  readonly now: { readonly date: LocalDate; readonly minute: number };
  readonly actuals?: string;
  readonly sick?: readonly SickOption[];
  readonly out?: string;
  readonly options: boolean;
  readonly apply?: number;
  readonly replan: boolean;
  readonly agent?: readonly string[];
  readonly json: boolean;
}

interface SickOption {
  readonly who: string;
  readonly fromMinute: number;
}

const help = `
The rest of the day is re-forecast from what came (and, damped, the days after it), with the agents it requires and the
service it will get from the people of the roster without those who are sick. Who waits now is not known, so the hours
before are simulated with what came. One row per open interval and queue of the day: before now "came" and what had been
forecast, from now on also offered (the re-forecast) with its bands, required_agents, and the simulated service with the
half-width of its 95 % interval. --out writes the plan with what is known of the day, for the page Day.

--options prints what can be done about the rest of the day instead, best first: moved breaks and sessions, overtime,
people called in, people lent to a queue, callbacks, a queue closed early, time off where nobody is lacking; one row per option and queue, judged by the simulation on the same
contacts. "replan" solves breaks, ends and calls of everybody together. --apply makes the changes of one of them and prints each person's; with --agent only of those named. Nothing
before now changes; --out writes the plan.

  shiftwright day plan.json --now 2026-11-30T11:00 --actuals wallboard.csv --sick 4711 --sick 0815@10:30
  shiftwright day plan.json --now 2026-11-30T11:00 --actuals wallboard.csv --apply 1 --out monday.json`;

/** `shiftwright day PLAN --now 2026-11-30T11:00 --actuals FILE`: the rest of a day that has begun. */
export function addDayCommand(program: Command): void {
  const command = program
    .command("day")
    .description("The day that is going on: its rest re-forecast, required and simulated")
    .argument("<plan>", "plan file with forecast and roster; - for standard input")
    .requiredOption(
      "--now <time>",
      "date and clock of the plan's zone, such as 2026-11-30T11:00",
      dateAndClock,
    )
    .option("--actuals <file>", "what came so far, in any known layout, cumulative or by interval")
    .option("--sick <agent>", "key or name, with @HH:MM away from then on; can be repeated", sickOption)
    .option("--out <plan>", "plan file to write, with what is known of the day (.gz: gzipped)")
    .option("--options", "what can be done about the rest of the day, instead", false)
    .option("--apply <number>", "make the changes of the option with this number", wholeFrom(1))
    .option("--replan", "make the changes of the rest of the day solved again", false)
    .option(
      "--agent <agent>",
      "of --apply or --replan: only this person, by key or name; can be repeated",
      agentOption,
    )
    .option("--codes", "codes instead of names and ids in what is printed; not with --out", false)
    .option("--json", "JSON with the totals of the rest of the day, instead of CSV", false)
    .addHelpText("after", help);
  addHistoryOptions(command, 15);
  hideClockOptions(command);
  command.action(async (path: string, given: DayOptions) => {
    if (given.codes && given.out !== undefined) command.error(codesExclude);
    const read = usable(readPlanFile(readInput(path)), path);
    const { document, textOf } = given.codes
      ? inCodes(read)
      : { document: read, textOf: (who: string) => who };
    const options = {
      ...given,
      sick: given.sick?.map((one) => ({ ...one, who: textOf(one.who) })),
      agent: given.agent?.map(textOf),
    };
    const came =
      options.actuals === undefined
        ? null
        : await readSince(options.actuals, document.plan, command, options);
    const today = usable(todayFrom(document, came, options), path);
    if (options.options || options.replan || options.apply !== undefined) {
      await printOptions(document, today, options);
      return;
    }
    const outlook = usable(await dayOutlook(document, today), path);
    const forecast = document.results.forecast?.value;
    const soFar = forecast === undefined ? null : daySoFar(forecast, today);
    if (forecast === undefined || soFar === null)
      throw new RangeError("an outlook has a forecast of its day");
    if (options.out !== undefined) writePlan(options.out, { ...document, plan: { ...document.plan, today } });
    if (options.json) writeJson(totals(soFar, outlook));
    else process.stdout.write(tableText(forecast, soFar, outlook));
  });
}

function writePlan(path: string, document: PlanDocument): void {
  const text = planFileText(document);
  writeFileSync(path, path.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

/** The options of the day, or with `--apply` the changes of one of them, made in the plan that `--out` writes. */
async function printOptions(
  document: PlanDocument,
  today: Today,
  { apply, replan, agent: only, out, json }: DayOptions,
): Promise<void> {
  const known = { ...document, plan: { ...document.plan, today } };
  const found = usable(await dayOptions(document, today));
  if (apply === undefined && !replan) {
    if (json) writeJson(found);
    else writeCsv(optionColumns, optionRows(document.plan, found));
    if (out !== undefined) writePlan(out, known);
    return;
  }
  const option = replan ? found.options.find(({ kind }) => kind === "replan") : found.options[apply! - 1];
  if (option === undefined) {
    usable(
      fail({
        code: "today.noOption",
        severity: "error",
        values: { number: replan ? "replan" : apply!, count: found.options.length },
      }),
    );
    return;
  }
  const unknown = only?.find(
    (who) => !document.plan.agents.some(({ id, name }) => who === id || who === name),
  );
  if (unknown !== undefined) {
    usable(fail({ code: "today.unknownAgent", severity: "error", values: { agent: unknown } }));
    return;
  }
  const isMeant = (agentId: string) =>
    only === undefined ||
    document.plan.agents.some(({ id, name }) => id === agentId && (only.includes(id) || only.includes(name)));
  if (option.measures.length > 0) {
    const measures = option.measures.filter((one) => one.kind !== "lent" || isMeant(one.agentId));
    const decided = { ...today, measures: [...(today.measures ?? []), ...measures] };
    if (json) writeJson(measures);
    else writeCsv(measureColumns, measureRows(document.plan, measures));
    if (out !== undefined) writePlan(out, { ...document, plan: { ...document.plan, today: decided } });
    return;
  }
  const chosen = partiesOf(option.changes)
    .filter((party) => party.some(({ agentId }) => isMeant(agentId)))
    .flat();
  const after = usable(acceptChanges(known, today, chosen));
  if (json) writeJson(chosen);
  else writeCsv(changeColumns, changeRows(after, chosen));
  if (out !== undefined) writePlan(out, after);
}

/** What is known of the day: what the plan knew, with what came and who is sick. */
function todayFrom(
  { plan, results }: PlanDocument,
  came: DemandHistory | null,
  { now, sick = [] }: DayOptions,
): Outcome<Today> {
  const known = plan.today?.date === now.date ? plan.today : dayWithoutNews(now.date, now.minute);
  // Said again, with another time, counts as it is said last.
  const away = new Map(known.sick.map((one) => [one.agentId, one]));
  for (const { who, fromMinute } of sick) {
    const agent = plan.agents.find(({ id, name }) => id === who || name === who);
    if (agent === undefined)
      return fail({ code: "today.unknownAgent", severity: "error", values: { agent: who } });
    away.set(agent.id, { agentId: agent.id, fromMinute });
  }
  const grid = results.forecast?.value.grid;
  const read = came === null || grid === undefined ? succeed(known) : withWhatCame(plan, grid, known, came);
  return read.ok
    ? succeed({ ...read.value, nowMinute: now.minute, sick: [...away.values()] }, read.issues)
    : read;
}

const columns = [
  "came",
  "forecast_offered",
  "offered",
  "offered_lower80",
  "offered_upper80",
  "offered_lower95",
  "offered_upper95",
  "aht_seconds",
  "required_agents",
  "service_level",
  "service_level_half_width",
  "asa_seconds",
];

function tableText(
  planned: DemandForecast,
  soFar: DaySoFar,
  { requirement, simulation }: DayOutlook,
): string {
  const { grid, range, now } = soFar;
  const queues = soFar.forecast.queues.map((queue, q) => ({
    ...queue,
    came: soFar.came[q],
    planned: planned.queues[q].offered,
    required: requirement.queues.find(({ queueId }) => queueId === queue.queueId)?.requiredAgents,
    measured: simulation.queues.find(({ queueId }) => queueId === queue.queueId)?.intervals,
  }));
  return intervalTableText(
    grid,
    queues,
    columns,
    (queue, interval) => {
      if (queue.open[interval] === 0) return null;
      const known = [queue.came[interval], figure(queue.planned[interval])];
      if (interval < now) return [...known, ...columns.slice(known.length).map(() => null)];
      const at = interval - simulation.firstInterval;
      const cells = [
        queue.offered[interval],
        queue.offeredLower80[interval],
        queue.offeredUpper80[interval],
        queue.offeredLower95[interval],
        queue.offeredUpper95[interval],
        queue.ahtSeconds[interval],
        queue.required?.[interval],
        queue.measured?.serviceLevel.mean[at],
        queue.measured?.serviceLevel.halfWidth[at],
        queue.measured?.asaSeconds.mean[at],
      ];
      return [...known, ...cells.map((value) => (value === undefined ? null : figure(value)))];
    },
    range,
  );
}

/** The rest of the day in one object per queue. */
function totals({ updates, forecast }: DaySoFar, { simulation }: DayOutlook) {
  return forecast.queues.map(({ queueId }, q) => {
    const total = simulation.queues.find((queue) => queue.queueId === queueId)?.total;
    const first = (of: "serviceLevel" | "abandonmentRate" | "asaSeconds" | "offered" | "occupancy") =>
      total === undefined ? null : { mean: total[of].mean[0], halfWidth: total[of].halfWidth[0] };
    const update = updates[q];
    return {
      queue: queueId,
      came: update?.seen ?? null,
      expected: update?.expectedSeen ?? null,
      restForecast: update?.restBefore ?? null,
      restReforecast: update?.restAfter ?? null,
      serviceLevel: first("serviceLevel"),
      abandonmentRate: first("abandonmentRate"),
      asaSeconds: first("asaSeconds"),
      occupancy: first("occupancy"),
      offered: first("offered"),
    };
  });
}

function dateAndClock(text: string): DayOptions["now"] {
  const [date, clock, ...rest] = text.trim().split(/[T ]/);
  if (!isLocalDate(date) || clock === undefined || rest.length > 0)
    throw new InvalidArgumentError("it must be a date and a time such as 2026-11-30T11:00.");
  return { date, minute: clockMinute(clock) };
}

function agentOption(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text.trim()];
}

function sickOption(text: string, before: readonly SickOption[] = []): readonly SickOption[] {
  const [, who, clock] = /^(.*?)(?:@(\d{1,2}:\d{2}))?$/.exec(text.trim()) ?? [];
  if (!who) throw new InvalidArgumentError("it must be a key or a name, such as 4711 or 4711@10:30.");
  return [...before, { who, fromMinute: clock === undefined ? 0 : clockMinute(clock) }];
}
