import type { Issue } from "../../domain/outcome.ts";
import { parseNumber } from "../../files/cell-values.ts";
import type { HeaderConcept } from "./header-words.ts";
import type { ColumnRole } from "./layouts.ts";
import type { Question } from "./questions.ts";
import type { Column } from "./recognise-moments.ts";

const queueNames: ReadonlySet<HeaderConcept> = new Set(["queue", "part", "channel", "otherFigure"]);

/** Whether nothing in a header speaks against its being the name of a queue. */
export function isNamedLikeQueue({ name: { concepts } }: Column): boolean {
  return [...concepts].every((concept) => queueNames.has(concept));
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
