import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Outcome } from "../domain/outcome.ts";
import { grantRequest, type NewLeaveRequest, withRequest } from "../domain/plan/edit-leave.ts";
import { type LeaveKind, leaveKinds } from "../domain/plan/leave.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import { nameLookup } from "../files/name-lookup.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import type { CsvCell } from "../files/table-writer.ts";
import type { LeaveCost, QueueCost } from "../leave/cost-figures.ts";
import { leaveCost } from "../leave/leave-cost.ts";
import { type LeaveLimits, leaveLimits } from "../leave/leave-limit.ts";
import { codesExclude, inCodes } from "./codes.ts";
import { readInput, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { localDate, wholeFrom } from "./option-values.ts";

interface AskedLeave {
  readonly person: string;
  readonly fromDate: string;
  readonly toDate: string;
}

interface LeaveOptions {
  readonly codes: boolean;
  readonly grant?: AskedLeave;
  readonly kind: LeaveKind;
  readonly replications?: number;
  readonly csv: boolean;
  readonly json: boolean;
  readonly out?: string;
}

const help = `
Without --grant: how many more of each group may be off on each day and every queue still has the agents that the
requirement asks for, by the roster where there is one, else by what contracts allow ("short": people lacking already).
Each number holds for its day and group alone. With --grant: what that leave would cost; service levels are in per cent,
simulated with and without it on the same customers ("±": half a 95 % interval), or by formulas where there is no
roster. A request of that person and those days that the plan holds is the one granted. With --out the plan is written
with the leave granted; the shifts it opens are open, and "shiftwright roster" makes a roster without that person. Same
input and seed, same bytes.`;

export function addLeaveCommand(program: Command): void {
  program
    .command("leave")
    .description("How many more people may be off on each day, and what granting leave would cost")
    .argument("<plan>", "plan file with a requirement; - for standard input")
    .option(
      "--grant <person:from..to>",
      "somebody by key or name, and dates: 4711:2026-11-03..2026-11-05, or one date",
      askedLeave,
    )
    .addOption(
      new Option("--kind <kind>", "what the leave is for")
        .choices(leaveKinds)
        .default("holiday" satisfies LeaveKind),
    )
    .option(
      "--replications <count>",
      "simulated with and without (default: the plan's, 100 at least)",
      wholeFrom(2, 100_000),
    )
    .option("--csv", "as CSV instead of a table", false)
    .option("--json", "as JSON instead of a table", false)
    .option("--codes", "codes instead of names and ids in what is printed; not with --out", false)
    .option("--out <file>", "the plan with the leave granted; gzipped where it ends in .gz")
    .addHelpText("after", help)
    .action(async (path: string, options: LeaveOptions, command: Command) => {
      if (options.csv && options.json) command.error("error: choose one of --csv and --json");
      if (options.out !== undefined && options.grant === undefined)
        command.error("error: --out writes the plan with leave granted: say which with --grant");
      if (options.codes && options.out !== undefined) command.error(codesExclude);
      const read = usable(readPlanFile(readInput(path)), path);
      const { document, textOf } = options.codes
        ? inCodes(read)
        : { document: read, textOf: (who: string) => who };
      if (options.grant === undefined) printLimits(usable(limitsOf(document), path), document.plan, options);
      else await printGrant(document, { ...options.grant, person: textOf(options.grant.person) }, options);
    });
}

function limitsOf({ plan, results }: PlanDocument): Outcome<LeaveLimits> {
  const requirement = results.requirement?.value;
  if (requirement === undefined)
    return { ok: false, issues: [{ code: "leave.noRequirement", severity: "error" }] };
  const value = leaveLimits({ plan, requirement, roster: results.roster?.value ?? null });
  return { ok: true, value, issues: [] };
}

function printLimits(limits: LeaveLimits, { groups }: Plan, options: LeaveOptions): void {
  const name = new Map(groups.map((group) => [group.id, group.name]));
  if (options.json) {
    writeJson(limits);
    return;
  }
  print(
    ["date", "group", "people", "away", "more_may_be_off", "short", "basis"],
    limits.dates.flatMap((date, day) =>
      limits.groups.map(({ groupId, days }): CsvCell[] => [
        date,
        name.get(groupId) ?? groupId,
        days[day].people,
        days[day].away,
        days[day].more,
        days[day].short,
        limits.basis,
      ]),
    ),
    options.csv,
  );
}

async function printGrant(document: PlanDocument, asked: AskedLeave, options: LeaveOptions): Promise<void> {
  const { plan } = document;
  const agent = nameLookup(
    plan.agents,
    ({ id }) => id,
    ({ name }) => name,
  )(asked.person);
  const { fromDate, toDate } = asked;
  const agentId = agent?.id ?? asked.person;
  const known = plan.leave?.requests.find(
    (one) =>
      one.agentId === agentId &&
      one.fromDate === fromDate &&
      one.toDate === toDate &&
      one.hours === undefined &&
      one.state !== "refused",
  );
  const request: NewLeaveRequest & { readonly id?: string } = known ?? {
    agentId,
    kind: options.kind,
    fromDate,
    toDate,
    askedOn: null,
  };
  const asking = known === undefined && agent !== undefined ? withRequest(document, request) : document;
  const id = known?.id ?? asking.plan.leave?.requests.at(-1)?.id ?? "";
  const cost = await leaveCost({
    document: asking,
    request: { ...request, id },
    replications: options.replications,
  });
  const value = usable(cost);
  printCost(value, plan, options);
  if (options.out === undefined) return;
  const granted = grantRequest(asking, id);
  if (!granted.ok) reportIssues(granted.issues);
  if (!granted.ok) process.exit(1);
  const text = planFileText(granted.value);
  writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}

function printCost(cost: LeaveCost, { queues, agents, currency }: Plan, options: LeaveOptions): void {
  const person = new Map(agents.map(({ id, name }) => [id, name]));
  if (options.json) {
    const cover = cost.cover.map(({ shift, agentId, candidates }) => ({
      shift: shift.id,
      date: shift.date,
      agentId,
      candidates,
    }));
    writeJson({ ...cost, cover });
    return;
  }
  const name = new Map(queues.map((queue) => [queue.id, queue.name]));
  const row = (date: string, queue: QueueCost, hours: readonly (number | null)[]): CsvCell[] => [
    date,
    name.get(queue.queueId) ?? queue.queueId,
    percent(queue.goal),
    percent(queue.before?.value),
    percent(queue.after?.value),
    percent(queue.difference?.value),
    percent(queue.difference?.halfWidth),
    queue.lost === null ? null : round(queue.lost.value),
    ...hours,
  ];
  print(
    [
      "date",
      "queue",
      "goal_pct",
      "before_pct",
      "after_pct",
      "difference_pct",
      "half_width_pct",
      "contacts_lost",
      "hours_short_before",
      "hours_short_after",
    ],
    [
      ...cost.days.flatMap((day) =>
        day.queues.map((queue) =>
          row(day.date, queue, [round(day.hoursShortBefore), round(day.hoursShortAfter)]),
        ),
      ),
      ...(cost.days.length > 1 ? cost.total.map((queue) => row("all", queue, [null, null])) : []),
    ],
    options.csv,
  );
  if (options.csv) return;
  const covered = cost.cover.filter(({ agentId }) => agentId !== null);
  const lines = [
    `${cost.openShifts} shifts open, ${round(cost.openHours)} paid hours`,
    ...(covered.length === 0
      ? []
      : [`${covered.length} can be covered by rule, for ${round(cost.coverCost)} ${currency}:`]),
    ...covered.map(
      ({ shift, agentId, candidates }) =>
        `  ${shift.date}  ${person.get(agentId ?? "") ?? agentId} (of ${candidates})`,
    ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** A table with aligned columns, numbers to the right; or CSV. */
function print(header: readonly string[], rows: readonly (readonly CsvCell[])[], asCsv: boolean): void {
  if (asCsv) {
    writeCsv(header, rows);
    return;
  }
  const cells = [header, ...rows.map((row) => row.map((cell) => String(cell ?? "–")))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const isNumber = header.map((_, column) => rows.every((row) => typeof row[column] !== "string"));
  for (const row of cells) {
    const line = row.map((cell, column) =>
      isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    );
    process.stdout.write(`${line.join("  ").trimEnd()}\n`);
  }
}

function percent(share: number | null | undefined): number | null {
  return share === null || share === undefined ? null : Math.round(10_000 * share) / 100;
}

function round(value: number): number {
  return Math.round(100 * value) / 100;
}

function askedLeave(text: string): AskedLeave {
  const [, person, from, to] = /^(.+):(\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$/.exec(text.trim()) ?? [];
  if (person === undefined)
    throw new InvalidArgumentError("it must be a person and dates, such as 4711:2026-11-03..2026-11-05.");
  return { person, fromDate: localDate(from), toDate: localDate(to ?? from) };
}
