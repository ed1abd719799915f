import type { Agent, LedgerEntry } from "../domain/plan/roster.ts";
import { csvText, figure } from "./table-writer.ts";

export const ledgerHeader = [
  "agent_id",
  "agent_name",
  "nights",
  "weekends",
  "lates",
  "undesired",
  "wishes",
  "wishes_granted",
] as const;

/** What agents carry over to the next period, a row per agent. */
export function ledgerCsv(agents: readonly Agent[], ledger: readonly LedgerEntry[]): string {
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return csvText(
    ledgerHeader,
    ledger.map((entry) => [
      entry.agentId,
      names.get(entry.agentId) ?? null,
      ...[entry.nights, entry.weekends, entry.lates, entry.undesired, entry.wishes, entry.wishesGranted].map(
        figure,
      ),
    ]),
  );
}
