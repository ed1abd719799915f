import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError, Option } from "commander";
import { measureAdherence } from "../adherence/measure-adherence.ts";
import { withMeasuredShrinkage } from "../adherence/use-shrinkage.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { codeBook, withAgentCodes } from "../domain/plan/agent-codes.ts";
import { type StateKind, type StateMeanings, stateKinds } from "../domain/plan/agent-states.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Roster } from "../domain/plan/roster.ts";
import { toldRoster } from "../domain/plan/told-roster.ts";
import { adherenceOf, conformanceOf } from "../domain/results/adherence.ts";
import { adherenceByDayCsv, adherenceByIntervalCsv, adherenceWithCodes } from "../files/adherence-csv.ts";
import type { DateOrder } from "../files/clock-cells.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { readStateLog } from "../files/state-log.ts";
import { readInput, readText, usable, writeJson } from "./io.ts";
import { wholeFrom } from "./option-values.ts";

interface AdherenceOptions {
  readonly codes: boolean;
  readonly state?: StateMeanings;
  readonly dateOrder?: DateOrder;
  readonly against?: number;
  readonly by: "day" | "interval";
  readonly out?: string;
  readonly json: boolean;
}

const help = `
Adherence is time in the planned activity ÷ planned time, conformance time worked ÷ time planned to be worked, both in per
cent; shrinkage the share of time planned to be worked that was not, with what the plan reckoned with at the same time. The
log is CSV (agent, start, end or duration, state, and the exports of Genesys Cloud, NICE CXone, Five9 and Cisco) or agent
events of Amazon Connect as JSON. What each state was taken for stands on standard error. --out writes the plan with the
measured shrinkage in place of its own, and with what was said of states.

  shiftwright adherence plan.json states.csv --state "Blended=working" --out next.json`;

/** `shiftwright adherence PLAN LOG`: what people did beside what was planned. */
export function addAdherenceCommand(program: Command): void {
  program
    .command("adherence")
    .description("Adherence and conformance per person from a status log, and the shrinkage that really was")
    .argument("<plan>", "plan file with a roster; - for standard input")
    .argument("<log>", "status log of an ACD")
    .option(
      "--state <name=kind>",
      "what a state means: working, break, away or offline; can be repeated",
      meaning,
    )
    .addOption(
      new Option("--date-order <order>", "of dates such as 03/04/2026").choices(["dmy", "mdy", "ymd"]),
    )
    .addOption(
      new Option("--by <row>", "a row per person and day, or interval")
        .choices(["day", "interval"])
        .default("day"),
    )
    .option(
      "--against <version>",
      "published version to hold the log against, so that who called in sick later counts (default: the roster as it stands)",
      wholeFrom(1),
    )
    .option("--out <plan>", "plan file to write, with the measured shrinkage (.gz: gzipped)")
    .option("--codes", "codes instead of names and ids in what is printed", false)
    .option("--json", "JSON instead of CSV", false)
    .addHelpText("after", help)
    .action((path: string, logPath: string, options: AdherenceOptions) => {
      const document = usable(readPlanFile(readInput(path)), path);
      const { plan } = document;
      const roster = usable(plannedRoster(document, options.against), path);
      // What is said again counts as it is said last.
      const said = [...(plan.stateMeanings ?? []), ...(options.state ?? [])];
      const meanings = [...new Map(said.map((one) => [one.state, one])).values()];
      const log = usable(
        readStateLog(readText(logPath), logPath, plan, { meanings, dateOrder: options.dateOrder }),
        logPath,
      );
      const measured = usable(measureAdherence(plan, roster, log), logPath);
      for (const { state, kind, seconds } of log.meanings)
        process.stderr.write(`${state}: ${kind ?? "away, unknown"} (${Math.round(seconds / 60)} min)\n`);
      const percent = (share: number | null) => (share === null ? "–" : `${(100 * share).toFixed(1)} %`);
      process.stderr.write(
        `adherence ${percent(adherenceOf(measured.total))}, conformance ${percent(conformanceOf(measured.total))}, ` +
          `shrinkage ${percent(measured.shrinkage)} (planned ${percent(measured.plannedShrinkage)})\n`,
      );
      if (options.out !== undefined) {
        const next = withMeasuredShrinkage(plan, roster.grid, measured, "Measured shrinkage");
        const kept = meanings.length > 0 ? { ...next, stateMeanings: meanings } : next;
        const text = planFileText({ ...document, plan: kept });
        writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
      }
      const shown = options.codes ? adherenceWithCodes(measured, codeBook(document)) : measured;
      const who = options.codes ? withAgentCodes(document).plan : plan;
      if (options.json) {
        const { intervals: _intervals, agents, ...rest } = shown;
        writeJson({
          adherence: adherenceOf(measured.total),
          conformance: conformanceOf(measured.total),
          ...rest,
          states: log.meanings,
          agents: agents.map(({ intervals: _, ...agent }) => ({
            ...agent,
            adherence: adherenceOf(agent.total),
            conformance: conformanceOf(agent.total),
          })),
        });
      } else
        process.stdout.write(
          options.by === "day"
            ? adherenceByDayCsv(shown, who)
            : adherenceByIntervalCsv(shown, who, roster.grid),
        );
    });
}

/** The roster as it stands, or as a version told it. */
function plannedRoster(
  { plan, results, published }: PlanDocument,
  version: number | undefined,
): Outcome<Pick<Roster, "grid" | "assignments">> {
  const roster = results.roster?.value;
  if (roster === undefined) return fail({ code: "adherence.noRoster", severity: "error" });
  if (version === undefined) return succeed(roster);
  const last = published?.versions.length ?? 0;
  const told = version > last ? null : toldRoster(published, plan.agents, roster.grid, version);
  return told
    ? succeed(told)
    : fail({ code: "publish.noVersion", severity: "error", values: { version, last } });
}

function meaning(text: string, before: StateMeanings = []): StateMeanings {
  const [, state, kind] = /^(.+)=\s*(\w+)\s*$/.exec(text) ?? [];
  if (state === undefined || !(stateKinds as readonly string[]).includes(kind))
    throw new InvalidArgumentError(
      `it must be a state and one of ${stateKinds.join(", ")}, such as "Blended=working".`,
    );
  return [...before.filter((one) => one.state !== state), { state, kind: kind as StateKind }];
}
