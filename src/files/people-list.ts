import Papa from "papaparse";
import { addDays, type LocalDate } from "../domain/calendar/clock.ts";
import { withoutGuard } from "../domain/formula-guard.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { daysNeverWorked } from "../domain/plan/edit-people.ts";
import type {
  ColumnMeaning,
  ListedPerson,
  PeopleField,
  PeopleListHabits,
  SkillLevel,
} from "../domain/plan/people-list.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { Agent } from "../domain/plan/roster.ts";
import { skillSetOf } from "../domain/plan/skill-sets.ts";
import { channelOfName } from "./channel-words.ts";
import type { DateOrder } from "./clock-cells.ts";
import { issueList } from "./issue-list.ts";
import { nameLookup } from "./name-lookup.ts";
import {
  dateOfCell,
  dateOrderOf,
  daysOf,
  leaveOfCell,
  levelOfCell,
  levelOfSkill,
  type PeopleDateOrder,
} from "./people-cells.ts";
import { foldedHeading, recogniseColumns } from "./people-columns.ts";
import { type CsvCell, csvText, figure } from "./table-writer.ts";
import { weekdayReader } from "./weekday-words.ts";

/** A list of people as it came, before anybody says what its columns are. */
export interface PeopleTable {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** What was settled about a table: what its columns hold, in which order dates are written, what its skills mean. */
export interface PeopleReadingOptions {
  readonly columns: readonly ColumnMeaning[];
  /** null: the dates say it. */
  readonly dateOrder: DateOrder | null;
  readonly skills: PeopleListHabits["skills"];
}

/** People of a table, and what has to be asked about it. */
export interface PeopleReading {
  readonly people: readonly ListedPerson[];
  /** Keys of rows that were refused: they are in the list, though nothing is taken from it. */
  readonly refusedKeys: ReadonlySet<string>;
  readonly dateOrder: PeopleDateOrder;
  /** Skills that are no queue of the plan, with how many people have them. */
  readonly unknownSkills: readonly { readonly text: string; readonly count: number }[];
  /** Skills that name a channel, taken for the plan's only queue on it. */
  readonly channelSkills: readonly {
    readonly text: string;
    readonly queueId: string;
    readonly count: number;
  }[];
}

const delimiters = [",", ";", "\t", "|"];
const mostHeadingRow = 12;

/**
 * A list of people from the bytes of a text file: UTF-8, UTF-16 with its mark, or the older encoding and the delimiter
 * under which most of its headings are known. Lines above the headings, such as a title, are passed over.
 *
 * Fails with `people.nothing` where no line has two headings or more.
 */
export function peopleTableOfBytes(
  bytes: Uint8Array,
  name: string,
  queues: readonly Queue[],
): Outcome<PeopleTable> {
  const tables = decodings(bytes).map((text) => peopleTableOfText(text, name, queues));
  const known = (outcome: Outcome<PeopleTable>) =>
    outcome.ok ? knownColumns(outcome.value.headings, queues) : -1;
  return tables.reduce((best, other) => (known(other) > known(best) ? other : best));
}

function decodings(bytes: Uint8Array): string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return [new TextDecoder("utf-16le").decode(bytes)];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return [new TextDecoder("utf-16be").decode(bytes)];
  try {
    return [new TextDecoder("utf-8", { fatal: true }).decode(bytes)];
  } catch {
    const older = ["windows-1252", "windows-1250", "windows-1254", "gb18030", "shift_jis"];
    return older.map((encoding) => new TextDecoder(encoding).decode(bytes));
  }
}

/** A list of people from text, as it is pasted from a spreadsheet or read from a file. */
export function peopleTableOfText(
  text: string,
  name: string,
  queues: readonly Queue[],
): Outcome<PeopleTable> {
  const body = text.replace(/^\uFEFF/, "");
  const tables = delimiters.map((delimiter) => {
    const { data } = Papa.parse<string[]>(body, { delimiter });
    let line = 1;
    return peopleTableOfRows(
      data.map((cells) => {
        const row = { line, cells: cells.map((cell) => withoutGuard(cell).trim()) };
        line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        return row;
      }),
      name,
      queues,
    );
  });
  const score = (outcome: Outcome<PeopleTable>) =>
    outcome.ok ? 1000 * knownColumns(outcome.value.headings, queues) + outcome.value.headings.length : -1;
  return tables.reduce((best, other) => (score(other) > score(best) ? other : best));
}

/** A list of people from rows of cells; the headings are the row of the first twelve in which most are known. */
export function peopleTableOfRows(
  rows: PeopleTable["rows"],
  name: string,
  queues: readonly Queue[],
): Outcome<PeopleTable> {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const known = filled.slice(0, mostHeadingRow).map(({ cells }) => knownColumns(cells, queues));
  const at = known.indexOf(Math.max(...known));
  const heading = filled[at];
  if (heading === undefined || heading.cells.filter((cell) => cell !== "").length < 2)
    return fail({ code: "people.nothing", severity: "error", table: name });
  return succeed({ name, headings: heading.cells, rows: filled.slice(at + 1) });
}

function knownColumns(headings: readonly string[], queues: readonly Queue[]): number {
  return recogniseColumns(headings, queues, undefined).filter((meaning) => meaning !== "ignored").length;
}

/**
 * Reads the people of a table. A row that cannot be read in full is refused and the others count. A key that comes
 * again adds leave where its row says nothing else that is new, and is refused otherwise. Without a column of keys people
 * of the plan are known by e-mail address or name and keep their key; whoever is new has the address as key, and without
 * that the name.
 *
 * Issues, with line and column: `people.noKey` fails; `people.keyIsEmail`, `people.keyIsName`, `people.dateOrderOpen`,
 * `people.unknownSkill`,
 * `people.skillOfChannel` about the list; `people.missingKey`, `people.duplicateKey`, `people.ambiguousName`, `people.badDate`, `people.badHours`,
 * `people.badSpeed`, `people.badDays`, `people.badLevel`, `people.badLeave`, `people.endBeforeStart` refuse a row.
 */
export function readPeople(
  table: PeopleTable,
  { queues, agents }: Pick<Plan, "queues" | "agents">,
  options: PeopleReadingOptions,
): Outcome<PeopleReading> {
  const { columns } = options;
  const placeOf = new Map(columns.map((meaning, at) => [meaning, at] as const).reverse());
  const keyField = (["key", "email", "name", "lastName"] as const).find((field) => placeOf.has(field));
  if (keyField === undefined) return fail({ code: "people.noKey", severity: "error", table: table.name });
  const remarks: Issue[] = [];
  const remark = (code: string, severity: Issue["severity"], values?: Issue["values"]) =>
    remarks.push({ code: `people.${code}`, severity, table: table.name, ...(values && { values }) });
  if (keyField === "email") remark("keyIsEmail", "info");
  else if (keyField !== "key") remark("keyIsName", "info");

  const column = (meaning: ColumnMeaning) => {
    const at = placeOf.get(meaning);
    return at === undefined
      ? []
      : table.rows.map(({ cells }) => cells[at] ?? "").filter((cell) => cell !== "");
  };
  const dates = dateOrderOf(
    (["firstDay", "lastDay", "leave", "leaveFrom", "leaveTo"] as const).flatMap((field) => column(field)),
  );
  const isOpen = options.dateOrder === null && dates.other !== null;
  if (isOpen) remark("dateOrderOpen", "error", { text: dates.example ?? "", option: "--date-order" });

  const refusals = issueList(table.name, [], 1000);
  const skills = skillReader(queues, options.skills);
  const readers: CellReaders = {
    order: options.dateOrder ?? dates.order,
    days: weekdayReader([...column("daysNeverWorked"), ...column("daysWorked")]),
    skills,
  };
  const people = new Map<string, ListedPerson>();
  const refusedKeys = new Set<string>();
  const agentsWith = keyField === "key" ? null : agentFinder(agents);
  for (const { line, cells } of table.rows) {
    const row: Row = {
      line,
      cell: (meaning) => cells[placeOf.get(meaning) ?? cells.length]?.trim() ?? "",
      has: (meaning) => placeOf.has(meaning),
      refuse(code, meaning, values) {
        const at = placeOf.get(meaning);
        const heading = at === undefined ? undefined : table.headings[at];
        refusals.add({
          code: `people.${code}`,
          severity: "warning",
          line,
          ...(heading !== undefined && { column: heading }),
          values: { text: at === undefined ? "" : (cells[at] ?? ""), ...values },
        });
      },
    };
    const text = keyField === "lastName" || keyField === "name" ? nameOf(row) : row.cell(keyField);
    if (text === "") {
      row.refuse("missingKey", keyField);
      continue;
    }
    const same = agentsWith?.(row.cell("email"), nameOf(row)) ?? [];
    if (same.length > 1) {
      for (const { id } of same) refusedKeys.add(id);
      row.refuse("ambiguousName", keyField, { text, people: same.length });
      continue;
    }
    const key = same[0]?.id ?? text;
    const person = personOf(row, key, columns, readers);
    const first = people.get(key);
    if (person === null) refusedKeys.add(key);
    else if (first === undefined) people.set(key, person);
    else if (addsLeaveOnly(first, person))
      people.set(key, {
        ...first,
        leave: [...new Set([...(first.leave ?? []), ...(person.leave ?? [])])].sort(),
      });
    else row.refuse("duplicateKey", keyField, { key, firstLine: first.line });
  }
  const unknownSkills = skills.unknown();
  for (const { text, count } of unknownSkills)
    remark("unknownSkill", "warning", { text, count, option: "--map-skill" });
  const channelSkills = skills.byChannel();
  for (const { text, queueId, count } of channelSkills)
    remark("skillOfChannel", "info", {
      text,
      queue: queues.find(({ id }) => id === queueId)?.name ?? queueId,
      count,
      option: "--map-skill",
    });
  return succeed(
    { people: [...people.values()], refusedKeys, dateOrder: dates, unknownSkills, channelSkills },
    [...remarks, ...refusals.all()],
  );
}

interface Row {
  readonly line: number;
  /** "" where there is no such column. */
  readonly cell: (meaning: ColumnMeaning) => string;
  readonly has: (meaning: ColumnMeaning) => boolean;
  readonly refuse: (code: string, meaning: ColumnMeaning, values?: Issue["values"]) => void;
}

interface CellReaders {
  readonly order: DateOrder;
  readonly days: ReturnType<typeof weekdayReader>;
  readonly skills: ReturnType<typeof skillReader>;
}

/** Finds people of a plan by their e-mail address, else by their name. */
function agentFinder(agents: Plan["agents"]) {
  const byEmail = agentsByText(agents, ({ email }) => email ?? "");
  const byName = agentsByText(agents, ({ name }) => name);
  return (email: string, name: string) =>
    (email === "" ? undefined : byEmail.get(folded(email))) ?? byName.get(folded(name)) ?? [];
}

function agentsByText(agents: Plan["agents"], textOf: (agent: Agent) => string): Map<string, Agent[]> {
  const byText = new Map<string, Agent[]>();
  for (const agent of agents) {
    const text = folded(textOf(agent));
    byText.set(text, [...(byText.get(text) ?? []), agent]);
  }
  return byText;
}

function folded(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

function nameOf({ cell }: Row): string {
  const parts = [cell("firstName"), cell("lastName")].filter((part) => part !== "");
  return cell("name") || parts.join(" ");
}

/** The person of a row; null where it was refused. */
function personOf(
  row: Row,
  key: string,
  columns: readonly ColumnMeaning[],
  { order, days, skills }: CellReaders,
): ListedPerson | null {
  let isRefused = false;
  /** What a filled cell holds; undefined where it is empty. */
  function read<T>(field: PeopleField, code: string, reader: (text: string) => T | null): T | undefined {
    const text = row.cell(field);
    if (text === "") return undefined;
    const value = reader(text);
    if (value !== null) return value;
    isRefused = true;
    row.refuse(code, field);
    return undefined;
  }
  const date = (text: string) => dateOfCell(text, order);
  const joined = read("firstDay", "badDate", date);
  const lastDay = read("lastDay", "badDate", date);
  const weeklyHours = read("weeklyHours", "badHours", (text) => hoursOf(text));
  const speed = read("speed", "badSpeed", speedOf);
  const never = read("daysNeverWorked", "badDays", days);
  const worked = read("daysWorked", "badDays", days);
  const leave = leaveOf(order, read);
  const levels = new Map<string, SkillLevel>(skills.read(row.cell("skills")));
  for (const meaning of columns) {
    if (!meaning.startsWith("queue:")) continue;
    const level = levelOfCell(row.cell(meaning));
    if (level === null) {
      isRefused = true;
      row.refuse("badLevel", meaning);
    } else levels.set(meaning.slice("queue:".length), level);
  }
  if (joined !== undefined && lastDay !== undefined && lastDay < joined) {
    isRefused = true;
    row.refuse("endBeforeStart", "lastDay");
  }
  if (isRefused) return null;
  const text = (field: "email" | "team" | "site" | "contract") =>
    row.cell(field) === "" ? {} : { [field]: row.cell(field) };
  const name = nameOf(row);
  const off =
    never ??
    (worked === undefined
      ? undefined
      : ([1, 2, 3, 4, 5, 6, 7] as const).filter((day) => !worked.includes(day)));
  return {
    line: row.line,
    key,
    ...(name !== "" && { name }),
    ...text("email"),
    ...text("team"),
    ...text("site"),
    ...text("contract"),
    ...(weeklyHours !== undefined && { weeklyMinutes: Math.round(weeklyHours * 60) }),
    ...(levels.size > 0 && { levels, levelsAreAll: row.cell("skills") !== "" }),
    ...(speed !== undefined && { speed }),
    ...(joined !== undefined && { joined }),
    ...(row.has("lastDay") && { lastDate: lastDay ?? null }),
    ...(off !== undefined && { daysNeverWorked: off }),
    ...(leave.length > 0 && { leave }),
  };
}

function leaveOf(
  order: DateOrder,
  read: <T>(field: PeopleField, code: string, reader: (text: string) => T | null) => T | undefined,
): LocalDate[] {
  const listed = read("leave", "badLeave", (text) => leaveOfCell(text, order)) ?? [];
  const from = read("leaveFrom", "badDate", (text) => dateOfCell(text, order));
  const to = read("leaveTo", "badLeave", (text) => {
    const date = dateOfCell(text, order);
    return date === null || from === undefined ? null : daysOf(from, date);
  });
  const stretch = to ?? (from === undefined ? [] : [from]);
  return [...new Set([...listed, ...stretch])].sort();
}

function hoursOf(text: string): number | null {
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(text);
  if (clock !== null) return Number(clock[1]) + Number(clock[2]) / 60;
  const number = /^(\d{1,3}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?|std\.?|stunden|ore|uur|saat|小时|時間)?$/i.exec(
    text,
  );
  const hours = number === null ? null : Number(number[1].replace(",", "."));
  return hours !== null && hours > 0 && hours <= 168 ? hours : null;
}

function speedOf(text: string): number | null {
  const value = Number(text.replace(",", "."));
  return value >= 0.1 && value <= 10 ? value : null;
}

/** A further row of the same person: it says nothing that the first does not say as well, but for leave. */
function addsLeaveOnly(first: ListedPerson, again: ListedPerson): boolean {
  if (again.leave === undefined) return false;
  const { line: _line, leave: _leave, levels, levelsAreAll: _all, lastDate, ...rest } = again;
  const plain = first as unknown as Readonly<Record<string, unknown>>;
  return (
    Object.entries(rest).every(([field, value]) => JSON.stringify(plain[field]) === JSON.stringify(value)) &&
    (lastDate ?? null) === (lastDate == null ? null : first.lastDate) &&
    [...(levels ?? [])].every(([queueId, level]) => level === "none" || first.levels?.get(queueId) === level)
  );
}

/** Reads lists of skills: names of queues or what was settled for them, each with a level. */
function skillReader(queues: readonly Queue[], settled: PeopleListHabits["skills"]) {
  const find = nameLookup(
    queues,
    ({ name }) => name,
    ({ id }) => id,
    ({ name }) => foldedHeading(name),
  );
  const settledAs = new Map(settled.map(({ text, queueId }) => [foldedHeading(text), queueId]));
  const unknown = new Map<string, number>();
  const byChannel = new Map<string, { readonly queueId: string; readonly count: number }>();
  /** undefined: no skill that is known; null: left out. */
  function queueOf(text: string): string | null | undefined {
    const before = settledAs.get(foldedHeading(text));
    if (before !== undefined && (before === null || queues.some(({ id }) => id === before))) return before;
    return (find(text) ?? find(foldedHeading(text)))?.id;
  }
  /** The only queue on the channel that a skill names. */
  function queueOfChannel(name: string): string | undefined {
    const channel = channelOfName(name);
    const queuesOn = channel === null ? [] : queues.filter((queue) => queue.channel === channel);
    return queuesOn.length === 1 ? queuesOn[0].id : undefined;
  }
  /** A name may hold what stands between names, such as "Sales & Service": whole before in parts. */
  function* parts(text: string): Generator<{ readonly queueId: string | null; readonly level: SkillLevel }> {
    const { name, level } = levelOfSkill(text);
    if (name === "") return;
    for (const candidate of [
      { name: text.trim(), level: "primary" as const },
      { name, level },
    ]) {
      const queueId = queueOf(candidate.name);
      if (queueId === undefined) continue;
      yield { queueId, level: candidate.level };
      return;
    }
    const separator = [/[;|\n；]/, /[,，、]/, /\//, /\+/, /&/].find((one) => one.test(text));
    if (separator !== undefined) {
      for (const part of text.split(separator)) yield* parts(part);
      return;
    }
    const queueId = queueOfChannel(name);
    if (queueId === undefined) {
      unknown.set(name, (unknown.get(name) ?? 0) + 1);
      return;
    }
    byChannel.set(name, { queueId, count: (byChannel.get(name)?.count ?? 0) + 1 });
    yield { queueId, level };
  }
  return {
    *read(text: string): Generator<[string, SkillLevel]> {
      for (const { queueId, level } of parts(text)) if (queueId !== null) yield [queueId, level];
    },
    unknown: () => [...unknown].map(([text, count]) => ({ text, count })),
    byChannel: () => [...byChannel].map(([text, taken]) => ({ text, ...taken })),
  };
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/**
 * The people of a plan as a list that reads back into the same: a level for every queue (1 primary, 2 secondary), leave as
 * stretches of days.
 */
export function peopleCsv({ agents, queues, groups, contracts }: Plan): string {
  const skillsOf = new Map(groups.map((group) => [group.id, skillSetOf(group)]));
  const contractName = new Map(contracts.map(({ id, name }) => [id, name]));
  return csvText(
    [
      ...["key", "name", "email", "team", "site", "contract"],
      ...queues.map(({ name }) => `skill ${name}`),
      ...["speed", "first_day", "last_day", "days_never_worked", "leave"],
    ],
    agents.map((agent): CsvCell[] => {
      const skills = skillsOf.get(agent.groupId);
      return [
        agent.id,
        agent.name,
        agent.email ?? null,
        agent.team,
        agent.site ?? null,
        contractName.get(agent.contractId) ?? agent.contractId,
        ...queues.map(({ id }) => {
          const skill = skills?.get(id);
          return skill === undefined ? null : skill === "serves" ? 1 : 2;
        }),
        figure(agent.proficiency),
        agent.joined,
        agent.lastDate ?? null,
        daysNeverWorked(agent)
          .map((day) => weekdays[day - 1])
          .join(";"),
        stretchesOf(agent.daysOff).join("; "),
      ];
    }),
  );
}

/** `2026-11-02 – 2026-11-06` for days that follow each other. */
export function stretchesOf(days: readonly LocalDate[]): string[] {
  const stretches: { from: LocalDate; to: LocalDate }[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = stretches.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else stretches.push({ from: day, to: day });
  }
  return stretches.map(({ from, to }) => (from === to ? from : `${from} – ${to}`));
}

/** What is kept with the plan of how a list was read, added to what was kept of earlier lists. */
export function peopleHabits(
  before: PeopleListHabits | undefined,
  { headings }: PeopleTable,
  { columns, dateOrder, skills }: PeopleReadingOptions,
  contracts: PeopleListHabits["contracts"],
): PeopleListHabits {
  const added = <T>(old: readonly T[], now: readonly T[], name: (entry: T) => string) => [
    ...new Map([...old, ...now].map((entry) => [foldedHeading(name(entry)), entry])).values(),
  ];
  const named = headings.map((heading, at) => ({ heading, meaning: columns[at] ?? "ignored" }));
  const order = dateOrder ?? before?.dateOrder;
  return {
    columns: added(
      before?.columns ?? [],
      named.filter(({ heading }) => heading !== ""),
      ({ heading }) => heading,
    ),
    ...(order !== undefined && { dateOrder: order }),
    skills: added(before?.skills ?? [], skills, ({ text }) => text),
    contracts: added(before?.contracts ?? [], contracts, ({ text }) => text),
  };
}
