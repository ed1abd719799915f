import Papa from "papaparse";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { LedgerEntry } from "../domain/plan/roster.ts";

const counts = {
  nights: "nights",
  weekends: "weekends",
  lates: "lates",
  undesired: "undesired",
  wishes: "wishes",
  wishes_granted: "wishesGranted",
} as const;

/**
 * Reads a ledger as `ledgerCsv` writes it, in any order of columns; a count whose column is missing is 0.
 * Issues: `ledgerFile.missingColumn` (agent_id), `ledgerFile.badCount`, `ledgerFile.repeatedAgent` with line and
 * column; a faulty row is left out. `ledgerFile.nothing` when no row is left.
 */
export function readLedgerCsv(text: string, name: string): Outcome<readonly LedgerEntry[]> {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, "").trimEnd(), {
    header: true,
    delimitersToGuess: [",", ";", "\t"],
    transformHeader: (header) => header.trim().toLowerCase(),
  });
  if (!meta.fields?.includes("agent_id"))
    return fail({
      code: "ledgerFile.missingColumn",
      severity: "error",
      table: name,
      line: 1,
      column: "agent_id",
      values: { column: "agent_id" },
    });
  const issues: Issue[] = [];
  const entries = new Map<string, LedgerEntry>();
  for (const [index, row] of data.entries()) {
    const agentId = (row.agent_id ?? "").trim().replace(/^'(?=[=+\-@])/, "");
    if (agentId === "") continue;
    const at = { severity: "error" as const, table: name, line: index + 2 };
    const read: Record<string, number> = {};
    for (const [column, field] of Object.entries(counts)) {
      const cell = (row[column] ?? "").trim();
      const value = cell === "" ? 0 : Number(cell.replace(",", "."));
      if (Number.isFinite(value) && value >= 0) read[field] = value;
      else issues.push({ ...at, code: "ledgerFile.badCount", column, values: { text: cell } });
    }
    if (Object.keys(read).length < Object.keys(counts).length) continue;
    if (entries.has(agentId))
      issues.push({ ...at, code: "ledgerFile.repeatedAgent", column: "agent_id", values: { text: agentId } });
    else entries.set(agentId, { agentId, ...read } as LedgerEntry);
  }
  if (entries.size === 0)
    return fail(...issues, { code: "ledgerFile.nothing", severity: "error", table: name });
  return succeed([...entries.values()], issues);
}
