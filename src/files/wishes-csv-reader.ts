import Papa from "papaparse";
import { isLocalDate } from "../domain/calendar/clock.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes } from "../domain/plan/agent-codes.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Wish } from "../domain/plan/roster.ts";

const needed = ["agent_id", "date", "wish"] as const;
const longestListed = 20;

/**
 * Wishes or bids as `wishesCsv` writes them, by agent: agents by id, code or name, shifts by id or name or none, a
 * missing weight is 1. Issues with line and column: `wishesFile.missingColumn`, `unknownAgent`, `badDate`, `badWish`,
 * `unknownShift`, `badWeight`; a faulty row is left out. `wishesFile.nothing` when no row is left.
 */
export function readWishesCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "agents" | "templates">,
): Outcome<ReadonlyMap<string, readonly Wish[]>> {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, "").trimEnd(), {
    header: true,
    delimitersToGuess: [",", ";", "\t"],
    transformHeader: (header) => header.trim().toLowerCase(),
  });
  const at = (code: string, line: number, column: string, values: Issue["values"]): Issue => ({
    code: `wishesFile.${code}`,
    severity: "error",
    table: name,
    line,
    column,
    values,
  });
  const absent = needed.filter((column) => !meta.fields?.includes(column));
  if (absent.length > 0) return fail(...absent.map((column) => at("missingColumn", 1, column, { column })));
  const codes = agentCodes(plan.agents);
  const agentOf = new Map(
    plan.agents.flatMap(({ id, name }) => [name, codes.get(id)!, id].map((word) => [word.toLowerCase(), id])),
  );
  const templateOf = new Map(
    plan.templates.flatMap(({ id, name }) => [name, id].map((word) => [word.toLowerCase(), id])),
  );
  const issues: Issue[] = [];
  const read = new Map<string, Wish[]>();
  for (const [index, row] of data.entries()) {
    const cell = (column: string) => (row[column] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
    const line = index + 2;
    const agentId = agentOf.get(cell("agent_id").toLowerCase());
    const kind = ({ on: "shiftOn", off: "shiftOff" } as const)[cell("wish").toLowerCase()];
    const templateId = cell("shift") === "" ? null : templateOf.get(cell("shift").toLowerCase());
    const weight = cell("weight") === "" ? 1 : Number(cell("weight").replace(",", "."));
    const count = issues.length;
    if (agentId === undefined) issues.push(at("unknownAgent", line, "agent_id", { text: cell("agent_id") }));
    if (!isLocalDate(cell("date"))) issues.push(at("badDate", line, "date", { text: cell("date") }));
    if (kind === undefined) issues.push(at("badWish", line, "wish", { text: cell("wish") }));
    if (templateId === undefined) issues.push(at("unknownShift", line, "shift", { text: cell("shift") }));
    if (!(weight > 0)) issues.push(at("badWeight", line, "weight", { text: cell("weight") }));
    if (issues.length > count || agentId === undefined || kind === undefined || templateId === undefined)
      continue;
    const wish: Wish = { date: cell("date"), kind, templateId, weight };
    const list = read.get(agentId);
    if (list) list.push(wish);
    else read.set(agentId, [wish]);
  }
  const told = issues.slice(0, longestListed);
  if (read.size === 0) return fail(...told, { code: "wishesFile.nothing", severity: "error", table: name });
  return succeed(read, told);
}
