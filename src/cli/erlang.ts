import { type Command, Option } from "commander";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { readTable } from "../files/table-reader.ts";
import { withRedials } from "../queueing/finite-queue.ts";
import { erlangB, linesForBlocking } from "../queueing/steady/erlang-b.ts";
import { requiredAgents, type ServiceTargets } from "../queueing/steady/required-agents.ts";
import { type QueueLoad, type QueueService, steadyQueue } from "../queueing/steady/steady-queue.ts";
import { readText, usable, writeCsv, writeJson } from "./io.ts";
import { aboveZero, occupancy, positive, share } from "./option-values.ts";

interface ErlangOptions {
  readonly model: "b" | "c" | "a";
  readonly offered?: number;
  readonly intervalMinutes: number;
  readonly aht?: number;
  readonly answerWithin: number;
  readonly patience?: number;
  readonly agents?: number;
  readonly serviceLevel?: number;
  readonly maxOccupancy?: number;
  readonly maxAbandonment?: number;
  readonly maxAsa?: number;
  readonly trunks?: number;
  readonly redialBlocked: number;
  readonly redialAbandoned: number;
  readonly batch?: string;
}

export function addErlangCommand(program: Command): void {
  program
    .command("erlang")
    .description(
      "One interval by Erlang B, C or A: the service of so many agents, or the agents for a service",
    )
    .addOption(new Option("--model <model>", "b, c or a").choices(["b", "c", "a"]).default("c"))
    .option("--offered <contacts>", "contacts in the interval", positive)
    .option("--interval-minutes <minutes>", "length of the interval", aboveZero, 30)
    .option("--aht <seconds>", "mean handle time", positive)
    .option("--answer-within <seconds>", "threshold of the service level", positive, 20)
    .option("--patience <seconds>", "mean patience (model a)", aboveZero)
    .option("--agents <count>", "agents on queue, may be fractional", positive)
    .option("--service-level <share>", "0–1, share of offered answered within the threshold", share)
    .option("--max-occupancy <share>", "0.01 to 1", occupancy)
    .option("--max-abandonment <share>", "0–1 of offered (model b: blocked)", share)
    .option("--max-asa <seconds>", "longest mean wait of answered contacts", positive)
    .option(
      "--trunks <count>",
      "room for so many contacts in all, waiting ones too; others are blocked",
      positive,
    )
    .option("--redial-blocked <share>", "with --trunks: share of blocked contacts that try again", share, 0)
    .option("--redial-abandoned <share>", "with --trunks: share of abandoning ones that try again", share, 0)
    .option(
      "--batch <file>",
      "CSV with lambda_per_hour,aht_s,agents,patience_s,target_s; - for standard input",
    )
    .action((options: ErlangOptions, command: Command) => {
      if (options.batch !== undefined) {
        writeBatch(options.batch);
        return;
      }
      for (const name of ["offered", "aht"] as const) {
        if (options[name] === undefined)
          command.error(`error: option '--${name} <…>' is missing`, { exitCode: 2 });
      }
      if (options.model === "a" && options.patience === undefined)
        command.error("error: model a needs '--patience <seconds>'", { exitCode: 2 });
      const goals = [options.serviceLevel, options.maxOccupancy, options.maxAbandonment, options.maxAsa];
      if (options.agents === undefined && goals.every((goal) => goal === undefined))
        command.error("error: say '--agents <count>' or a goal such as '--service-level 0.8'", {
          exitCode: 2,
        });
      if (options.trunks !== undefined) writeJson(usable(answerWithTrunks(options, options.trunks)));
      else writeJson(usable(options.model === "b" ? answerB(options) : answerWithQueue(options)));
    });
}

function loadOf(options: ErlangOptions): QueueLoad {
  return {
    arrivalsPerSecond: (options.offered ?? 0) / (options.intervalMinutes * 60),
    ahtSeconds: options.aht ?? 0,
    patienceSeconds: options.model === "a" ? (options.patience ?? null) : null,
    answerWithinSeconds: options.answerWithin,
  };
}

function answerB(options: ErlangOptions): Outcome<object> {
  const { arrivalsPerSecond, ahtSeconds } = loadOf(options);
  const offeredLoadErlangs = arrivalsPerSecond * ahtSeconds;
  const blocking =
    options.maxAbandonment ?? (options.serviceLevel === undefined ? null : 1 - options.serviceLevel);
  if (options.agents === undefined && (blocking === null || blocking <= 0)) return outOfReach();
  const agents = options.agents ?? linesForBlocking(offeredLoadErlangs, blocking ?? 1);
  const blocked = erlangB(agents, offeredLoadErlangs);
  return succeed({
    agents,
    waitProbability: blocked,
    serviceLevel: 1 - blocked,
    asaSeconds: 0,
    abandonmentRate: blocked,
    occupancy: agents === 0 ? 0 : (offeredLoadErlangs * (1 - blocked)) / agents,
    offeredLoadErlangs,
  });
}

function answerWithQueue(options: ErlangOptions): Outcome<object> {
  const load = loadOf(options);
  const targets: ServiceTargets = {
    serviceLevel: options.serviceLevel ?? null,
    serviceLevelRule: "offered",
    maxAsaSeconds: options.maxAsa ?? null,
    maxAbandonment: options.maxAbandonment ?? null,
    maxOccupancy: options.maxOccupancy ?? null,
  };
  const agents = options.agents ?? requiredAgents(load, targets, 1);
  if (agents === null) return outOfReach();
  const service = steadyQueue(load, agents);
  return succeed({
    agents,
    waitProbability: service.waitProbability,
    serviceLevel: service.serviceLevelOffered,
    asaSeconds: Number.isFinite(service.asaSeconds) ? service.asaSeconds : null,
    abandonmentRate: service.abandonmentRate,
    occupancy: service.occupancy,
    offeredLoadErlangs: load.arrivalsPerSecond * load.ahtSeconds,
  });
}

/** A finite number of trunks: the service of given agents, with those who redial as a fixed point. */
function answerWithTrunks(options: ErlangOptions, trunks: number): Outcome<object> {
  const { agents } = options;
  if (agents === undefined || !Number.isInteger(agents) || !Number.isInteger(trunks) || trunks < agents) {
    return fail({ code: "erlang.trunksNeedAgents", severity: "error" });
  }
  const load = loadOf(options);
  const habit = { afterBlocked: options.redialBlocked, afterAbandoned: options.redialAbandoned };
  const service = withRedials(load, agents, trunks, habit);
  if (service === null) return fail({ code: "erlang.redialsWithoutEnd", severity: "error" });
  return succeed({
    agents,
    trunks,
    ...service,
    offeredLoadErlangs: load.arrivalsPerSecond * load.ahtSeconds,
  });
}

function outOfReach(): Outcome<never> {
  return fail({ code: "requirement.goalOutOfReach", severity: "error" });
}

const batchColumns = ["lambda_per_hour", "aht_s", "agents", "patience_s", "target_s"];

/** Answers a row of questions each; an empty patience is none. One faulty row and there is no answer. */
function writeBatch(path: string): void {
  const layout = {
    prefix: "table",
    required: batchColumns,
    numbers: batchColumns,
    severity: "error",
  } as const;
  const table = usable(readTable(readText(path), path, layout));
  const questions = table.rows.map((row) => {
    const numbers = batchColumns.map((column) => {
      const isPatience = column === "patience_s";
      const accepts = (value: number) => (isPatience ? value > 0 : value >= 0);
      const value = row.number(column, "unparsableNumber", accepts);
      if (value === null && !isPatience) row.refuse("unparsableNumber", column);
      return value ?? null;
    });
    return { cells: batchColumns.map(row.cell), numbers };
  });
  if (table.issues().length > 0) usable(fail(...table.issues()));
  const answers = questions.map(({ cells, numbers }) => {
    const service = batchService(numbers.map(Number), numbers[3] === null);
    const digits = [
      service.waitProbability,
      service.serviceLevelOffered,
      service.asaSeconds,
      service.abandonmentRate,
      service.occupancy,
    ].map((value) => (Number.isFinite(value) ? Number(value.toPrecision(15)) : "inf"));
    return [...cells, ...digits];
  });
  writeCsv([...batchColumns, "p_wait", "service_level", "asa_s", "p_abandon", "occupancy"], answers);
}

function batchService(numbers: readonly number[], patient: boolean): QueueService {
  const [perHour, ahtSeconds, agents, patienceSeconds, answerWithinSeconds] = numbers;
  return steadyQueue(
    {
      arrivalsPerSecond: perHour / 3600,
      ahtSeconds,
      patienceSeconds: patient ? null : patienceSeconds,
      answerWithinSeconds,
    },
    agents,
  );
}
