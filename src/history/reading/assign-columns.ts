import type { Issue } from "../../domain/outcome.ts";
import { foldedText } from "../../files/calendar-words.ts";
import { parseDuration, parseNumber } from "../../files/cell-values.ts";
import { clockReader } from "../../files/clock-cells.ts";
import { areTotals } from "./handle-time-units.ts";
import type { ColumnRole, ColumnUse, HistoryMapping, LayoutName } from "./layouts.ts";
import { joinParts } from "./parts-of-total.ts";
import type { GivenColumn, GivenReading, Question } from "./questions.ts";
import type { NamedRole } from "./recognise-measures.ts";
import type { Column } from "./recognise-moments.ts";
import { type RowKind, rolesByName } from "./recognise-rows.ts";

/** Roles that make sense only of contacts, and only of counts. */
const ofContacts: ReadonlySet<ColumnRole> = new Set([
  "outcome",
  "contactId",
  "caller",
  "wasAnswered",
  "wasAbandoned",
  "answeredAt",
  "endedAt",
  "resolved",
  "waitSeconds",
]);
const ofCounts: ReadonlySet<ColumnRole> = new Set([
  "handled",
  "abandoned",
  "blocked",
  "talkTotalSeconds",
  "acwTotalSeconds",
  "waitTotalSeconds",
  "asaSeconds",
  "serviceLevel",
  "inTime",
  "duration",
]);

export interface AssignedColumns {
  readonly uses: ColumnUse[];
  readonly questions: Question[];
  readonly notes: Issue[];
}

/** What each column is for, when it is known which say the time and what a row is. */
export function assignColumns(input: {
  readonly columns: readonly Column[];
  readonly moments: ReadonlyMap<number, ColumnRole>;
  readonly kind: RowKind;
  readonly rows: readonly (readonly string[])[];
  readonly given: GivenReading;
}): AssignedColumns {
  const { columns, moments, kind, rows, given } = input;
  const contacts = kind.rows === "contact";
  const questions: Question[] = [];
  const notes: Issue[] = [];
  const roles = new Map<number, ColumnRole>();
  for (const [index, role] of moments) if (contacts || !ofContacts.has(role)) roles.set(index, role);
  const forced = givenIndices(columns, given.columns ?? []);
  for (const [index, role] of forced) roles.set(index, role);
  const forcedRoles = new Set(forced.values());
  const named = rolesByName(columns, new Set(roles.keys()), contacts, kind.timesRepeat);
  const queues = contacts ? null : queuesSideBySide(columns, named);
  const claims = [...named].sort(([a, one], [b, other]) => other.strength - one.strength || a - b);
  const claimed = new Set<string>(roles.values());
  for (const [index, { role }] of claims) {
    // Columns that split rows are chosen by what they explain, the count by what it holds.
    if (["offered", "ignore", "dimension"].includes(role) || forcedRoles.has(role)) continue;
    const use = contacts ? roleOfContact(role, columns[index]) : role;
    if (use === null || (contacts ? ofCounts : ofContacts).has(use)) continue;
    const claim = `${use}${queues?.get(index) ?? ""}`;
    if (claimed.has(claim)) continue;
    roles.set(index, use);
    claimed.add(claim);
  }
  if (!forcedRoles.has("offered"))
    chooseCount({ columns, claims, roles, kind, rows, queues, questions, notes });
  if (contacts) {
    handlingWithoutWait(columns, roles, rows, forced);
    handlingByTimes(columns, roles, rows, forced);
  }
  if (!contacts && given.columns === undefined) {
    const parts = joinParts(columns, roles);
    questions.push(...parts.questions);
    notes.push(...parts.notes);
  }
  const uses = columns.map(({ index, header, name, profile }): ColumnUse => {
    const role = roles.get(index) ?? "ignore";
    const unit = role.endsWith("Seconds") ? unitOf(role, name.unit, profile.kind, given) : {};
    return { header, role, queueId: queues?.get(index) ?? null, ...unit };
  });
  // Several columns named as the count are queues side by side.
  const several = (given.columns ?? []).filter(({ role }) => role === "offered").length > 1;
  if (several)
    for (const [index, role] of forced)
      if (role === "offered") uses[index] = { ...uses[index], queueId: columns[index].header };
  if (!contacts) totalsInsteadOfMeans(columns, uses, rows, notes);
  return { uses, questions, notes };
}

/** Columns that a person named, by header or `#3`; names that are not there are left out (and said by `unknownColumns`). */
export function givenIndices(
  columns: readonly Column[],
  given: readonly GivenColumn[],
): Map<number, ColumnRole> {
  const indices = new Map<number, ColumnRole>();
  for (const { role, header } of given) {
    const index = indexOfHeader(columns, header);
    if (index !== null) indices.set(index, role);
  }
  return indices;
}

/** Column of a header as a person types it: `#3`, or the name, whatever its case. */
export function indexOfHeader(columns: readonly { readonly header: string }[], typed: string): number | null {
  const number = /^#(\d+)$/.exec(typed.trim());
  if (number !== null && +number[1] >= 1 && +number[1] <= columns.length) return +number[1] - 1;
  const exact = columns.findIndex(({ header }) => header === typed);
  if (exact >= 0) return exact;
  const folded = foldedText(typed).trim();
  const alike = columns.findIndex(({ header }) => foldedText(header).trim() === folded);
  return alike < 0 ? null : alike;
}

/** A count of the answered in a log is 0 or 1. */
function roleOfContact(role: ColumnRole, { profile }: Column): ColumnRole | null {
  if (role === "handled" || role === "abandoned") {
    return (profile.numbers?.most ?? 2) <= 1 ? (role === "handled" ? "wasAnswered" : "wasAbandoned") : null;
  }
  return role;
}

function unitOf(
  role: ColumnRole,
  named: ColumnUse["unit"] | null,
  kind: Column["profile"]["kind"],
  given: GivenReading,
): Pick<ColumnUse, "unit"> {
  const handling = /^(aht|talk|handle|acw|hold)/.test(role);
  if (handling && given.handleTimeUnit !== undefined) return { unit: given.handleTimeUnit };
  if (named === null || named === undefined) return {};
  // A header of (hh:mm:ss) says nothing of plain numbers, and (min) nothing of clock durations.
  if (kind !== "number" && named !== "hoursMinutes") return {};
  return { unit: named };
}

/** Which column is the count: the one that says so plainest, several side by side, or the one guessed by its contents. */
function chooseCount(input: {
  readonly columns: readonly Column[];
  readonly claims: readonly (readonly [number, NamedRole])[];
  readonly roles: Map<number, ColumnRole>;
  readonly kind: RowKind;
  readonly rows: readonly (readonly string[])[];
  readonly queues: ReadonlyMap<number, string> | null;
  readonly questions: Question[];
  readonly notes: Issue[];
}): void {
  const { columns, claims, roles, kind, rows, queues, questions, notes } = input;
  const offered = claims.filter(([index, { role }]) => role === "offered" && !roles.has(index));
  const plainest = offered[0]?.[1].strength ?? 0;
  if (kind.rows === "contact") {
    // In a log of calls a number "calls" may say anything; rows without a sign of a log are counts at odd times.
    if (plainest >= 3 || (plainest >= 2 && kind.logSigns === 0)) roles.set(offered[0][0], "offered");
    return;
  }
  if (kind.guessedCount !== null) {
    const { index, header, profile } = kind.guessedCount;
    roles.set(index, "offered");
    if (kind.question !== null) return;
    notes.push({
      code: "import.guessedCount",
      severity: plainest > 0 ? "info" : "warning",
      column: header,
      values: { column: header, sample: profile.examples.join(", "), option: `--columns offered=${header}` },
    });
    return;
  }
  if (queues !== null) {
    for (const [index] of offered) if (queues.has(index)) roles.set(index, "offered");
    return;
  }
  const best = offered.filter(([, { strength }]) => strength === plainest);
  if (best.length === 0) return;
  roles.set(best[0][0], "offered");
  const cells = (index: number) => rows.map((row) => (row[index] ?? "").trim()).join("\u0001");
  const different = best.filter(([index]) => cells(index) !== cells(best[0][0]));
  if (different.length === 0) return;
  const choices = [best[0], ...different].map(([index]) => columns[index]);
  questions.push({
    about: "columns",
    code: "import.askCount",
    severity: "error",
    column: choices[0].header,
    values: {
      columns: choices.map(({ header }) => header).join(", "),
      sample: choices[0].profile.examples.join(", "),
    },
    choices: choices.map(({ header, index }) => {
      const twice = choices.filter((one) => one.header === header).length > 1;
      const name = twice ? `#${index + 1}` : header;
      return { name, given: { columns: [{ role: "offered" as const, header: name }] } };
    }),
  });
}

/** Where a log has the whole duration of a call, its wait and the rest, the rest is the time it took to handle. */
function handlingWithoutWait(
  columns: readonly Column[],
  roles: Map<number, ColumnRole>,
  rows: readonly (readonly string[])[],
  forced: ReadonlyMap<number, ColumnRole>,
): void {
  const at = (role: ColumnRole) => columns.find(({ index }) => roles.get(index) === role);
  const [whole, wait] = [at("handleTotalSeconds"), at("waitSeconds")];
  if (whole === undefined || wait === undefined || forced.has(whole.index)) return;
  const seconds = (cells: readonly string[], { index, name }: Column) =>
    parseDuration((cells[index] ?? "").trim(), ".", name.unit ?? undefined);
  const isRest = (rest: Column) => {
    let [equal, told] = [0, 0];
    for (const cells of rows.slice(0, 400)) {
      const [all, waited, other] = [whole, wait, rest].map((column) => seconds(cells, column));
      if (all === null || waited === null || other === null || waited === 0 || other === 0) continue;
      told++;
      if (Math.abs(all - waited - other) <= 1) equal++;
    }
    return told >= 5 && equal >= told * 0.8;
  };
  const others = columns.filter(({ index, profile }) => {
    const isFree = ["ignore", "talkSeconds", undefined].includes(roles.get(index));
    return isFree && ["number", "time", "duration"].includes(profile.kind);
  });
  const handling = others.find(isRest);
  if (handling === undefined) return;
  roles.set(whole.index, "ignore");
  roles.set(handling.index, "talkSeconds");
}

/** Where a log has the moments of the answer and of the end, a duration from the start to the end is no handle time: these tell it. */
function handlingByTimes(
  columns: readonly Column[],
  roles: Map<number, ColumnRole>,
  rows: readonly (readonly string[])[],
  forced: ReadonlyMap<number, ColumnRole>,
): void {
  const at = (role: ColumnRole) => columns.find(({ index }) => roles.get(index) === role);
  const [start, answered, ended] = [at("start"), at("answeredAt"), at("endedAt")];
  const whole = at("handleTotalSeconds");
  if (start === undefined || answered === undefined || ended === undefined) return;
  if (whole === undefined || forced.has(whole.index)) return;
  const some = rows.slice(0, 400);
  const isWhole = (["ymd", "dmy", "mdy"] as const).some((order) => {
    const read = clockReader(order);
    const second = (text: string) => {
      const reading = read(text, null);
      return reading === null ? Number.NaN : reading.day * 86_400 + reading.secondOfDay;
    };
    const equal = some.filter((cells) => {
      const length = second(cells[ended.index] ?? "") - second(cells[start.index] ?? "");
      const duration = parseDuration((cells[whole.index] ?? "").trim(), ".", whole.name.unit ?? undefined);
      return duration !== null && Math.abs(length - duration) <= 1;
    });
    return equal.length >= some.length * 0.8;
  });
  if (isWhole) roles.set(whole.index, "ignore");
}

const byQueue = /^(offered|aht|handled|abandoned)[_\s-]+(.+)$/i;

/** Queue of each column where queues stand side by side (`Offered_x;AHT_x`, `Calls Sales, Calls Support`); null otherwise. */
function queuesSideBySide(
  columns: readonly Column[],
  named: ReadonlyMap<number, NamedRole>,
): ReadonlyMap<number, string> | null {
  const nameOf = ({ header, name }: Column) => byQueue.exec(header.trim())?.[2] ?? name.rest;
  const offered = columns.filter(({ index }) => named.get(index)?.role === "offered");
  const plainest = Math.max(...offered.map(({ index }) => named.get(index)?.strength ?? 0));
  const prefixed = offered.filter(({ header }) => byQueue.test(header.trim()));
  const best =
    prefixed.length > 1 ? prefixed : offered.filter(({ index }) => named.get(index)?.strength === plainest);
  const names = new Set(best.map(nameOf));
  if (
    best.length === 1 &&
    byQueue.test(best[0].header.trim()) &&
    /^timestamp$/i.test(columns[0].header.trim())
  ) {
    names.add(nameOf(best[0]));
  } else if (best.length < 2 || names.size < best.length || names.has("")) return null;
  const folded = new Map([...names].map((name) => [foldedText(name), name]));
  const queues = new Map<number, string>();
  for (const column of columns) {
    const name = folded.get(foldedText(nameOf(column)));
    if (named.has(column.index) && name !== undefined && name !== "") queues.set(column.index, name);
  }
  return queues;
}

const totalOf: Partial<Record<ColumnRole, ColumnRole>> = {
  ahtSeconds: "handleTotalSeconds",
  talkSeconds: "talkTotalSeconds",
  acwSeconds: "acwTotalSeconds",
};

/** A "handle time" that does not say whether it is a mean or a total is the one that its figures make sense as. */
function totalsInsteadOfMeans(
  columns: readonly Column[],
  uses: ColumnUse[],
  rows: readonly (readonly string[])[],
  notes: Issue[],
): void {
  for (const [index, { role, queueId, header, unit }] of uses.entries()) {
    const total = totalOf[role];
    const { concepts } = columns[index].name;
    if (total === undefined || concepts.has("average") || concepts.has("aht")) continue;
    const handled = uses.findIndex((use) => use.role === "handled" && use.queueId === queueId);
    const count =
      handled >= 0 ? handled : uses.findIndex((use) => use.role === "offered" && use.queueId === queueId);
    if (count < 0) continue;
    const some = rows.slice(0, 400);
    const seconds = some.map((cells) => parseDuration((cells[index] ?? "").trim(), ".", unit));
    const contacts = some.map((cells) => parseNumber((cells[count] ?? "").trim(), "."));
    if (!areTotals(seconds, contacts)) continue;
    uses[index] = { ...uses[index], role: total };
    notes.push({
      code: "import.totalsNotMeans",
      severity: "info",
      column: header,
      values: { column: header, sample: columns[index].profile.examples.join(", ") },
    });
  }
}

/** What a layout is called on the screen. */
export function layoutOf(uses: readonly ColumnUse[], rows: HistoryMapping["rows"]): LayoutName {
  const keys = uses.map(({ header }) => foldedText(header).replace(/[^a-z0-9]+/g, ""));
  const has = (role: ColumnRole) => uses.some((use) => use.role === role);
  if (rows === "contact") return has("resolved") ? "ticketLog" : "callLog";
  if (["intervalstart", "queue", "offered"].every((key) => keys.includes(key))) return "own";
  if (keys[0] === "timestamp" && keys.slice(1).some((key) => key.startsWith("offered"))) return "injixo";
  return rows === "day" ? "dailyReport" : "intervals";
}
