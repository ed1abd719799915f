import { expect, test } from "vitest";
import type { Agent, LedgerEntry } from "../../src/domain/plan/roster.ts";
import { ledgerCsv, readLedgerCsv } from "../../src/files/ledger-csv.ts";

const entry = (agentId: string, nights: number): LedgerEntry => ({
  agentId,
  nights,
  weekends: 3,
  lates: 1.5,
  undesired: 0,
  wishes: 7,
  wishesGranted: 6,
});

test("a ledger that was written reads back the same", () => {
  const ledger = [entry("A1", 4), entry("=B", 0)];
  const text = ledgerCsv([{ id: "A1", name: "Ada; Ärmel" } as Agent], ledger);
  expect(readLedgerCsv(text, "ledger.csv", [])).toEqual({ ok: true, value: ledger, issues: [] });
});

test("bad rows are named with line and column, and left out", () => {
  const outcome = readLedgerCsv("nights;agent_id\r\n2;A\r\n-1;B\r\nx;C\r\n1;A\r\n", "l.csv", []);
  expect(outcome.ok && outcome.value.map(({ agentId, nights }) => [agentId, nights])).toEqual([["A", 2]]);
  expect(outcome.issues.map(({ code, line, column }) => [code, line, column])).toEqual([
    ["ledgerFile.badCount", 3, "nights"],
    ["ledgerFile.badCount", 4, "nights"],
    ["ledgerFile.repeatedAgent", 5, "agent_id"],
  ]);
  expect(readLedgerCsv("name\nA", "l.csv", []).issues[0].code).toBe("ledgerFile.missingColumn");
  expect(readLedgerCsv("agent_id\n", "l.csv", []).ok).toBe(false);
});
