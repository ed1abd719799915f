import { parseNumber } from "../../files/cell-values.ts";
import type { ClockReading } from "../../files/clock-cells.ts";
import { log } from "../../numerics/elementary.ts";
import type { ColumnUse } from "./layouts.ts";
import type { Question } from "./questions.ts";
import type { Column } from "./recognise-moments.ts";

/** Rows of a day that tell something. */
const fewestOfDay = 5;
/** Counts that never fall are no chance where in so few orders of theirs none would: the logarithm of one in 10,000. */
const evidenceWanted = log(10_000);

/**
 * The question about counts that run on through the day, as displays and some reports have them: by their name, where no
 * column of plain counts stands beside them, or because they never fall within a day. Null: there are none.
 */
export function askCumulative(input: {
  readonly columns: readonly Column[];
  readonly uses: readonly ColumnUse[];
  readonly readings: readonly (ClockReading | null)[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that a person named as the count. */
  readonly named: ReadonlySet<number>;
}): Question | null {
  const { columns, uses, named } = input;
  const counts = columns.filter(({ index }) => ["offered", "handled"].includes(uses[index].role));
  const byName = columns.find(
    ({ name, profile }) => name.concepts.has("cumulative") && profile.numbers !== null,
  );
  const column =
    counts.length === 0
      ? byName
      : counts.find(
          // Numbers that go up by one are rows numbered, and not contacts added up.
          ({ index, profile }) =>
            !named.has(index) && (profile.numbers?.running ?? 0) < 0.8 && neverFallsInADay(index, input),
        );
  if (column === undefined) return null;
  const { header, profile } = column;
  return {
    about: "columns",
    code: "import.cumulativeCounts",
    severity: "error",
    column: header,
    values: { column: header, sample: profile.examples.join(", ") },
    choices: (["running", "plain"] as const).map((counts) => ({
      name: counts,
      given: { counts, columns: [{ role: "offered", header }] },
    })),
  };
}

/** The question about counts whose header says that they are thousands; null: none does. */
export function askThousands(
  columns: readonly Column[],
  uses: readonly ColumnUse[],
  named: ReadonlySet<number>,
): Question | null {
  const column = columns.find(
    ({ index, header }) =>
      ["offered", "handled"].includes(uses[index].role) && !named.has(index) && inThousands.test(header),
  );
  if (column === undefined) return null;
  const { header, profile } = column;
  return {
    about: "columns",
    code: "import.inThousands",
    severity: "error",
    column: header,
    values: { column: header, sample: profile.examples.join(", ") },
    choices: (["thousands", "plain"] as const).map((counts) => ({ name: counts, given: { counts } })),
  };
}

/** Marks the columns whose counts run on, or are thousands, as a person said of the file. */
export function markCounting(
  counting: "running" | "thousands",
  input: Pick<Parameters<typeof askCumulative>[0], "columns" | "uses" | "readings" | "rows">,
): ColumnUse[] {
  const { columns, uses } = input;
  const fits = ({ index, header, name }: Column) =>
    counting === "thousands"
      ? inThousands.test(header)
      : name.concepts.has("cumulative") || neverFallsInADay(index, input);
  const counts = columns.filter(({ index }) => countRoles.has(uses[index].role));
  const fitting = counts.filter(fits);
  const marked = fitting.length > 0 ? fitting : counts.filter(({ index }) => uses[index].role === "offered");
  const isMarked = (index: number) => marked.some((column) => column.index === index);
  return uses.map((use, index) => (isMarked(index) ? { ...use, counting } : use));
}

const countRoles: ReadonlySet<ColumnUse["role"]> = new Set(["offered", "handled", "abandoned", "blocked"]);

const inThousands =
  /(^|[^\d])'?000s?\b|\b(thousands?|tsd|tausend|milliers|en miles|milhares|migliaia|duizend|duizenden|tys)\b|千|万/i;

function neverFallsInADay(
  index: number,
  { uses, readings, rows }: Pick<Parameters<typeof askCumulative>[0], "uses" | "readings" | "rows">,
): boolean {
  const split = uses.flatMap(({ role }, at) =>
    role === "queue" || role === "channel" || role === "dimension" ? [at] : [],
  );
  const days = new Map<string, { day: number; counts: { time: number; value: number }[] }>();
  for (const [at, reading] of readings.entries()) {
    const value = parseNumber((rows[at][index] ?? "").trim(), ".");
    if (reading === null || !reading.hasTime || value === null) continue;
    const key = [reading.day, ...split.map((column) => rows[at][column] ?? "")].join("\u0001");
    const of = days.get(key) ?? { day: reading.day, counts: [] };
    of.counts.push({ time: reading.secondOfDay, value });
    days.set(key, of);
  }
  let restarted = 0;
  let goingOn = 0;
  const sorted = [...days.values()].sort((a, b) => a.day - b.day);
  for (const [at, { counts }] of sorted.entries()) {
    counts.sort((a, b) => a.time - b.time);
    if (counts.some(({ value }, row) => row > 0 && value < counts[row - 1].value)) return false;
    const [first, last] = [counts[0].value, counts[counts.length - 1].value];
    // A day of noughts, or of one and the same number, tells nothing.
    if (counts.length < fewestOfDay || last === first) continue;
    // What restarts each day ends at so many times its first figure as the day has rows, or nearly.
    const evidence = orders(counts.map(({ value }) => value));
    if (last * 3 >= first * counts.length) restarted += evidence;
    const before = sorted[at - 1]?.counts;
    if (before !== undefined && before[before.length - 1].value <= first) goingOn += evidence;
  }
  return Math.max(restarted, goingOn) >= evidenceWanted;
}

/** Logarithm of the number of orders of rising values that can be told apart; of equal values there is one. */
function orders(rising: readonly number[]): number {
  let sum = 0;
  let equal = 0;
  for (const [at, value] of rising.entries()) {
    equal = at > 0 && value === rising[at - 1] ? equal + 1 : 1;
    sum += log((at + 1) / equal);
  }
  return sum;
}
