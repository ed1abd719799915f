import type { Issue } from "../../domain/outcome.ts";
import { parseNumber } from "../../files/cell-values.ts";
import type { ClockReading } from "../../files/clock-cells.ts";
import type { HeaderConcept } from "./header-words.ts";
import type { ColumnRole, ColumnUse } from "./layouts.ts";
import type { Question } from "./questions.ts";
import type { Column } from "./recognise-moments.ts";

const queueNames: ReadonlySet<HeaderConcept> = new Set(["queue", "part", "channel", "otherFigure"]);

/** Whether nothing in a header speaks against its being the name of a queue. */
export function isNamedLikeQueue({ header, name: { concepts } }: Column): boolean {
  // "A" is a queue of that name before it is a word of some language.
  return header.length === 1 || [...concepts].every((concept) => queueNames.has(concept));
}

/** Queues side by side under their names alone, and the column that adds them up; null: there are none. */
export function queuesBesideTotal(
  columns: readonly Column[],
  moments: ReadonlyMap<number, ColumnRole>,
  rows: readonly (readonly string[])[],
): { readonly total: Column; readonly queues: readonly Column[] } | null {
  const counts = columns.filter(({ index, profile }) => profile.kind === "number" && !moments.has(index));
  const queues = counts.filter(
    (column) => isNamedLikeQueue(column) && (column.profile.numbers?.least ?? -1) >= 0,
  );
  const total = counts.find(({ name: { concepts } }) => concepts.has("total") && !concepts.has("average"));
  if (total === undefined || queues.length < 2 || queues.includes(total)) return null;
  const value = (cells: readonly string[], { index }: Column) =>
    parseNumber((cells[index] ?? "").trim(), ".");
  let [equal, told] = [0, 0];
  for (const cells of rows.slice(0, 500)) {
    const sum = value(cells, total);
    if (sum === null || sum === 0) continue;
    told++;
    const parts = queues.reduce((all, queue) => all + (value(cells, queue) ?? 0), 0);
    if (Math.abs(parts - sum) <= 1e-6 * sum) equal++;
  }
  return told >= 5 && equal >= told * 0.95 ? { total, queues } : null;
}

/** Which side of a threshold a count is on by its header: `Answered <= 20s`, `Answered > 20s`, `Abandoned 5-10 s`. */
export function sideOfThreshold(header: string): "within" | "beyond" | "between" | null {
  if (/\d\s*(-|–|to|bis)\s*\d+\s*s/i.test(header)) return "between";
  const level = "\\s*=?\\s*(the\\s+)?(\\d|sla?\\b|service|servicelevel|t\\b|threshold)";
  const beyond =
    "[>≥]|\\b(over|above|after|more than|longer than|out of|outside|not in|beyond|nach|über|außerhalb|ausserhalb|más de|plus de|mais de|oltre|dopo|hors|fuera de|fora do|fuori|buiten|poza)\\b";
  if (new RegExp(`(${beyond})${level}`, "i").test(header)) return "beyond";
  const within =
    "[<≤]|\\b(within|in|under|below|less than|up to|innerhalb|unter|bis|moins de|menos de|entro|binnen)\\b";
  return new RegExp(`(${within})${level}`, "i").test(header) ? "within" : null;
}

/**
 * Counts that are divided by a threshold: both sides of one are added up; other parts are asked about where nothing else
 * tells the contacts, and otherwise left aside.
 *
 * @param roles of all columns; changed in place
 */
export function joinParts(columns: readonly Column[], roles: Map<number, ColumnRole>) {
  const questions: Question[] = [];
  const notes: Issue[] = [];
  for (const role of ["handled", "abandoned"] as const) {
    const claimant = columns.find(({ index }) => roles.get(index) === role);
    if (claimant === undefined || sideOfThreshold(claimant.header) === null) continue;
    const parts = columns.filter(({ index, header, name, profile }) => {
      const isFree = [role, "inTime", "ignore", undefined].includes(roles.get(index));
      const isCount =
        profile.kind === "number" && !name.concepts.has("rate") && !name.concepts.has("average");
      return isFree && isCount && name.concepts.has(role) && sideOfThreshold(header) !== null;
    });
    const sides = parts.map(({ header }) => sideOfThreshold(header));
    const list = parts.map(({ header }) => header).join(", ");
    if (parts.length === 2 && sides.includes("within") && sides.includes("beyond")) {
      for (const { index } of parts) roles.set(index, role);
      notes.push({
        code: "import.partsAdded",
        severity: "info",
        column: parts[0].header,
        values: { columns: list },
      });
      continue;
    }
    roles.set(claimant.index, role === "handled" && sides[0] === "within" ? "inTime" : "ignore");
    if ([...roles.values()].includes("offered")) continue;
    const given = { columns: parts.map(({ header }) => ({ role, header })) };
    questions.push({
      about: "columns",
      code: "import.askParts",
      severity: "error",
      column: claimant.header,
      values: { columns: list },
      choices: parts.length > 1 ? [{ name: "sum", given }] : [{ name: claimant.header, given }],
    });
  }
  return { questions, notes };
}

/** Sums among the rows of a file that no word tells. */
export interface RowSums {
  /** Texts of dimensions whose rows are the sum of all others of their time: `National` among regions. */
  readonly totalParts: readonly string[];
  /** Whether the row at midnight is the sum of its day's others. */
  readonly atMidnight: boolean;
  readonly notes: readonly Issue[];
}

/** Times, or days, at which a sum must be right before it is believed, and the share of them. */
const fewestSums = { times: 10, days: 3 };
const mostSums = 0.95;

/**
 * Looks for rows that sum others up by what they count: parts of a dimension at each time, and rows at midnight of files whose
 * days begin later.
 */
export function sumsAmongRows(input: {
  readonly uses: readonly ColumnUse[];
  readonly readings: readonly (ClockReading | null)[];
  readonly rows: readonly (readonly string[])[];
}): RowSums {
  const { uses, readings, rows } = input;
  const count = uses.findIndex(({ role }) => role === "offered" || role === "handled");
  const splits = uses.flatMap(({ role }, index) =>
    ["queue", "channel", "dimension"].includes(role) ? [index] : [],
  );
  const time = uses.findIndex(({ role }) => role === "time");
  const counted = rows.flatMap((cells, at) => {
    if (time >= 0 && (cells[time] ?? "").trim() === "") return [];
    const [reading, value] = [readings[at], parseNumber((cells[count] ?? "").trim(), ".")];
    return reading == null || value === null ? [] : [{ reading, value, cells }];
  });
  const notes: Issue[] = [];
  const totalParts = splits.flatMap((column) => {
    if (uses[column].role !== "dimension") return [];
    const others = splits.filter((index) => index !== column);
    const groups = groupsBy(counted, ({ reading, cells }) =>
      [reading.day, reading.secondOfDay, reading.offsetMinutes, ...others.map((index) => cells[index])].join(
        "\u0001",
      ),
    );
    const part = partThatSums([...groups.values()], column);
    if (part === null) return [];
    const { header } = uses[column];
    notes.push({
      code: "import.totalPart",
      severity: "warning",
      column: header,
      values: { column: header, text: part },
    });
    return [part];
  });
  const days = groupsBy(counted, ({ reading, cells }) =>
    [reading.day, ...splits.map((index) => cells[index])].join("\u0001"),
  );
  const headed = [...days.values()].flatMap((day) => {
    const [first, ...others] = [...day].sort((a, b) => a.reading.secondOfDay - b.reading.secondOfDay);
    return first.reading.secondOfDay === 0 && first.value > 0 && others.length >= 3
      ? [first.value - others.reduce((sum, { value }) => sum + value, 0)]
      : [];
  });
  const right = headed.filter((difference) => Math.abs(difference) < 1e-6).length;
  const atMidnight = right >= fewestSums.days && right >= headed.length * mostSums;
  if (atMidnight)
    notes.push({ code: "import.midnightTotals", severity: "warning", values: { count: right } });
  return { totalParts, atMidnight, notes };
}

function groupsBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}

/** The part that is the sum of the others of its group, in which two or more have a count; null: none is. */
function partThatSums(
  groups: readonly (readonly { readonly value: number; readonly cells: readonly string[] }[])[],
  column: number,
): string | null {
  const tallies = new Map<string, { right: number; wrong: number }>();
  for (const rows of groups) {
    const values = new Map<string, number>();
    for (const { value, cells } of rows) {
      const part = (cells[column] ?? "").trim();
      values.set(part, (values.get(part) ?? 0) + value);
    }
    const sum = [...values.values()].reduce((all, value) => all + value, 0);
    // One part beside its sum has the sum's own count, which tells nothing.
    if ([...values.values()].filter((value) => value > 0).length < 3) continue;
    for (const [part, value] of values) {
      const tally = tallies.get(part) ?? { right: 0, wrong: 0 };
      if (Math.abs(value * 2 - sum) < 1e-6 * sum) tally.right++;
      else tally.wrong++;
      tallies.set(part, tally);
    }
  }
  const sums = [...tallies].filter(
    ([, { right, wrong }]) => right >= fewestSums.times && right >= (right + wrong) * mostSums,
  );
  return sums.length === 1 ? sums[0][0] : null;
}
