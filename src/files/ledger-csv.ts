import { type Outcome, succeed } from "../domain/outcome.ts";
import { agentCodes } from "../domain/plan/agent-codes.ts";
import type { Agent, LedgerEntry } from "../domain/plan/roster.ts";
import { nameLookup } from "./name-lookup.ts";
import { readTable } from "./table-reader.ts";
import { csvText, figure } from "./table-writer.ts";

/** Columns of counts, and the fields they are. */
const counts = {
  nights: "nights",
  weekends: "weekends",
  lates: "lates",
  undesired: "undesired",
  wishes: "wishes",
  wishes_granted: "wishesGranted",
} as const satisfies Record<string, keyof LedgerEntry>;

/** What agents carry over to the next period, a row per agent. */
export function ledgerCsv(agents: readonly Agent[], ledger: readonly LedgerEntry[]): string {
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return csvText(
    ["agent_id", "agent_name", ...Object.keys(counts)],
    ledger.map((entry) => [
      entry.agentId,
      names.get(entry.agentId) ?? null,
      ...Object.values(counts).map((field) => figure(entry[field])),
    ]),
  );
}

/**
 * Reads a ledger as `ledgerCsv` writes it, agents by id, code or name; who is not among `agents` keeps the id that the
 * file has. A count that is empty, or whose column is missing, is 0.
 *
 * Issues: `ledgerFile.missingColumn` (agent_id); `badCount` and `repeatedAgent` with line and column, the row is left
 * out; `nothing` when no row is left.
 */
export function readLedgerCsv(
  text: string,
  name: string,
  agents: readonly Pick<Agent, "id" | "name">[],
): Outcome<readonly LedgerEntry[]> {
  const layout = { prefix: "ledgerFile", required: ["agent_id"], numbers: Object.keys(counts) };
  const outcome = readTable(text, name, layout);
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const codes = agentCodes(agents);
  const agentOf = nameLookup(
    agents,
    ({ id }) => id,
    ({ id }) => codes.get(id)!,
    (agent) => agent.name,
  );
  const entries = new Map<string, LedgerEntry>();
  for (const row of table.rows) {
    if (row.cell("agent_id") === "") continue;
    const agentId = agentOf(row.text("agent_id"))?.id ?? row.cell("agent_id");
    const values = Object.entries(counts).map(([column, field]) => {
      const count = row.number(column, "badCount", (value) => value >= 0);
      return [field, count === null ? 0 : count] as const;
    });
    if (values.some(([, count]) => count === undefined)) continue;
    if (entries.has(agentId)) row.refuse("repeatedAgent", "agent_id");
    else entries.set(agentId, { agentId, ...Object.fromEntries(values) } as unknown as LedgerEntry);
  }
  if (entries.size > 0) return succeed([...entries.values()], table.issues());
  return table.failure("nothing");
}
