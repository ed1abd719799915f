import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Issue, Outcome } from "../domain/outcome.ts";
import {
  type ColumnMeaning,
  dateOrders,
  type PeopleListHabits,
  peopleFields,
} from "../domain/plan/people-list.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import {
  type Departure,
  type PeopleUpdate,
  type PersonValue,
  proposedLastDate,
  type UpdatedPerson,
  updatePeople,
} from "../domain/plan/update-people.ts";
import type { DateOrder } from "../files/clock-cells.ts";
import { nameLookup } from "../files/name-lookup.ts";
import { foldedHeading, recogniseColumns } from "../files/people-columns.ts";
import {
  type PeopleReading,
  type PeopleReadingOptions,
  type PeopleTable,
  peopleHabits,
  readPeople,
} from "../files/people-list.ts";
import { peopleTableOfFile } from "../files/people-workbook.ts";
import { planFileText, readPlanFile } from "../files/plan-file.ts";
import { readInput, reportIssues, usable, writeCsv, writeJson } from "./io.ts";
import { issueSentence } from "./issue-text.ts";
import { localDate } from "./option-values.ts";

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

interface PeopleOptions {
  readonly import: string;
  readonly columns?: readonly NamedValue[];
  readonly dateOrder?: DateOrder;
  readonly mapSkill: readonly NamedValue[];
  readonly mapContract: readonly NamedValue[];
  readonly gone: string;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly out?: string;
}

const help = `
The table says what the list changes: a row for everybody who is added or gone, and for each value that differs. Rows that
are refused stand on standard error with their line. People are known by their key, groups follow from skills, and
nobody else's roster is touched. How the list was read is kept in the plan, for the next list. Same input, same bytes.`;

export function addPeopleCommand(program: Command): void {
  program
    .command("people")
    .description("Takes a list of people over into a plan: who is new, who changed, who is gone")
    .argument("<plan>", "plan file; - for standard input")
    .requiredOption("--import <file>", "list of people: CSV, tab-separated text or XLSX")
    .option(
      "--columns <uses>",
      `what columns are, by heading or #3: key=Badge,name=#2,Voice=Phones (${peopleFields.join(", ")}, a queue, ignored; the rest is recognised)`,
      columnUses,
    )
    .addOption(
      new Option("--date-order <order>", "order of dates in numbers (else recognised)").choices(dateOrders),
    )
    .option(
      "--map-skill <skill=queue>",
      "a skill of the list that is a queue; =- leaves it out; can be repeated",
      namedValue,
      [],
    )
    .option(
      "--map-contract <contract=planned>",
      "a contract of the list that is one of the plan; can be repeated",
      namedValue,
      [],
    )
    .option(
      "--gone <what>",
      "who is not in the list: keep, remove, end, or a last day such as 2026-11-30",
      gone,
      "keep",
    )
    .option("--dry-run", "only says what would change", false)
    .option("--json", "what changes as JSON", false)
    .option("--out <file>", "the plan with these people; gzipped where it ends in .gz")
    .addHelpText("after", help)
    .action(async (path: string, options: PeopleOptions, command: Command) => {
      if (options.out === undefined && !options.dryRun)
        command.error("error: say where the plan goes with --out, or --dry-run");
      const document = usable(readPlanFile(readInput(path)), path);
      const name = basename(options.import);
      const bytes = new Uint8Array(readInput(options.import));
      const table = usable(await peopleTableOfFile(bytes, name, document.plan.queues), name);
      const habits = habitsOf(document.plan, options);
      const reading = readingOptions(table, document.plan, habits, options);
      const outcome = readPeople(table, document.plan, reading);
      const people = usable(settled(outcome), name);
      const update = updateOf(document, people, habits, options.gone);
      const issues = update.issues.map((issue) => ({ table: name, ...issue }));
      reportIssues(issues);
      print(update, [...outcome.issues, ...issues], options.json);
      if (options.dryRun || options.out === undefined) return;
      const peopleList = peopleHabits(document.plan.peopleList, table, reading, habits.contracts);
      const text = planFileText({ ...update.document, plan: { ...update.document.plan, peopleList } });
      writeFileSync(options.out, options.out.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
    });
}

/** No people without an answer to a question, and none from a list whose rows were all refused. */
function settled(outcome: Outcome<PeopleReading>): Outcome<PeopleReading> {
  if (!outcome.ok || outcome.value.people.length > 0)
    return outcome.issues.some(({ severity }) => severity === "error")
      ? { ok: false, issues: outcome.issues }
      : outcome;
  return { ok: false, issues: [...outcome.issues, { code: "people.nobody", severity: "error" }] };
}

function updateOf(
  document: PlanDocument,
  { people, refusedKeys }: PeopleReading,
  { contracts }: PeopleListHabits,
  what: string,
): PeopleUpdate {
  const departures = new Map(
    document.plan.agents.map((agent): [string, Departure] => [
      agent.id,
      what === "keep" || what === "remove"
        ? { kind: what }
        : { kind: "end", lastDate: what === "end" ? proposedLastDate(document.plan, agent) : what },
    ]),
  );
  return updatePeople(document, people, { contracts, refusedKeys, departures });
}

function habitsOf(plan: Plan, { mapSkill, mapContract }: PeopleOptions): PeopleListHabits {
  const { peopleList = { columns: [], skills: [], contracts: [] } } = plan;
  const queueOf = nameLookup(
    plan.queues,
    ({ id }) => id,
    ({ name }) => name,
  );
  const contractOf = nameLookup(
    plan.contracts,
    ({ id }) => id,
    ({ name }) => name,
  );
  const found = <T>(value: string, of: T | undefined, option: string): T => {
    if (of !== undefined) return of;
    const issue: Issue = { code: "people.unknownTarget", severity: "error", values: { text: value, option } };
    return usable<T>({ ok: false, issues: [issue] });
  };
  return {
    ...peopleList,
    skills: [
      ...peopleList.skills,
      ...mapSkill.map(({ name, value }) => ({
        text: name,
        queueId: value === "-" ? null : found(value, queueOf(value), "--map-skill").id,
      })),
    ],
    contracts: [
      ...peopleList.contracts,
      ...mapContract.map(({ name, value }) => ({
        text: name,
        contractId: found(value, contractOf(value), "--map-contract").id,
      })),
    ],
  };
}

function readingOptions(
  { headings }: PeopleTable,
  { queues }: Plan,
  habits: PeopleListHabits,
  { columns: given = [], dateOrder }: PeopleOptions,
): PeopleReadingOptions {
  const columns = recogniseColumns(headings, queues, habits);
  for (const { name, value } of given) {
    const meaning = meaningOf(name, queues);
    const at = /^#\d+$/.test(value)
      ? Number(value.slice(1)) - 1
      : headings.findIndex((heading) => foldedHeading(heading) === foldedHeading(value));
    if (meaning === null || headings[at] === undefined) {
      const values = { text: meaning === null ? name : value, option: "--columns" };
      return usable<never>({
        ok: false,
        issues: [{ code: "people.unknownTarget", severity: "error", values }],
      });
    }
    if (meaning !== "ignored")
      for (const [other, was] of columns.entries()) if (was === meaning) columns[other] = "ignored";
    columns[at] = meaning;
  }
  return { columns, dateOrder: dateOrder ?? habits.dateOrder ?? null, skills: habits.skills };
}

function meaningOf(name: string, queues: readonly Queue[]): ColumnMeaning | null {
  const field = [...peopleFields, "ignored" as const].find((one) => one.toLowerCase() === name.toLowerCase());
  if (field !== undefined) return field;
  const queue = nameLookup(
    queues,
    ({ id }) => id,
    (one) => one.name,
  )(name);
  return queue === undefined ? null : `queue:${queue.id}`;
}

function print(update: PeopleUpdate, issues: readonly Issue[], asJson: boolean): void {
  const { added, changed, gone, unchangedCount, madeContracts } = update;
  if (asJson) {
    const refused = issues
      .filter(({ line, severity }) => line !== undefined && severity === "warning")
      .map(({ code, line, column, ...issue }) => ({
        line,
        column,
        code,
        reason: issueSentence({ code, column, ...issue }),
      }));
    writeJson({ added, changed, gone, unchangedCount, madeContracts, refused });
    return;
  }
  const fields = (kind: string, { line, key, name, changes }: UpdatedPerson) =>
    changes.map(({ field, from, to }) => [kind, line, key, name, field, textOf(from), textOf(to)]);
  writeCsv(
    ["change", "line", "key", "name", "field", "from", "to"],
    [
      ...added.map(({ line, key, name }) => ["added", line, key, name, null, null, null]),
      ...changed.flatMap((person) => fields("changed", person)),
      ...gone.map(({ id, name }) => ["gone", null, id, name, null, null, null]),
    ],
  );
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function textOf(value: PersonValue): string | number | null {
  if (value === null || typeof value !== "object") return value;
  return value.map((part) => (typeof part === "number" ? weekdays[part - 1] : part)).join(" ");
}

/** `key=Badge,name=#2`; a comma belongs to the heading unless another use follows it. */
function columnUses(text: string): readonly NamedValue[] {
  return text.split(/,(?=[^,=]+=)/).map((part) => namedValue(part, [])[0]);
}

function namedValue(text: string, before: readonly NamedValue[]): readonly NamedValue[] {
  const at = text.indexOf("=");
  const [name, value] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || name === "" || value === "")
    throw new InvalidArgumentError('it must be two names, such as "Phones=Voice".');
  return [...before, { name, value }];
}

function gone(text: string): string {
  return ["keep", "remove", "end"].includes(text) ? text : localDate(text);
}
