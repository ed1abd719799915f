import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CommanderError } from "commander";
import type { Issue, Outcome } from "../domain/outcome.ts";
import { isLocked } from "../files/locked-file.ts";
import { type CsvCell, csvText } from "../files/table-writer.ts";
import { issueLine } from "./issue-text.ts";
import { unlockedBytes } from "./passphrase.ts";

/**
 * Bytes of a file, or of standard input for `-`, unlocked where it is behind a passphrase and gunzipped where it is
 * gzipped. A file that cannot be read ends the process with status 1.
 */
export function readInput(path: string): Uint8Array {
  try {
    const read = readFileSync(path === "-" ? 0 : path);
    const bytes = isLocked(read) ? usable(unlockedBytes(new Uint8Array(read)), path) : read;
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    reportIssues([{ code: "file.unreadable", severity: "error", table: path, values: { reason } }]);
    process.exit(1);
  }
}

/** UTF-8 text of a file or of standard input, without a byte order mark. */
export function readText(path: string): string {
  return new TextDecoder("utf-8").decode(readInput(path));
}

/** A table on standard output, as every other table is written. */
export function writeCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): void {
  process.stdout.write(csvText(header, rows));
}

export function writeJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** One line per issue, on standard error. */
export function reportIssues(issues: readonly Issue[]): void {
  for (const issue of issues) process.stderr.write(`${issueLine(issue)}\n`);
}

/**
 * The value of a usable outcome. Otherwise says why on standard error and ends the process with status 1.
 * @param path the file that it was read from, named before each issue that names none
 */
export function usable<T>(outcome: Outcome<T>, path?: string): T {
  reportIssues(outcome.issues.map((issue) => (path === undefined ? issue : { table: path, ...issue })));
  if (outcome.ok) return outcome.value;
  process.exit(1);
}

/**
 * Exit status for what ended a command: 0 for help and version, 2 for wrong usage, which commander has said already, 1 for a
 * file that cannot be written, such as in a folder that is not there. Anything else is our own fault. Both are said in a
 * sentence.
 */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isWriteRefused(error)) {
    const values = { reason: error.code };
    reportIssues([{ code: "file.unwritable", severity: "error", table: error.path, values }]);
    return 1;
  }
  const reason = error instanceof Error ? error.message : String(error);
  reportIssues([{ code: "program.fault", severity: "error", values: { reason } }]);
  return 1;
}

/** What node throws where the system refuses to open a path; inputs are read by `readInput`, so that it is one to write. */
function isWriteRefused(error: unknown): error is Error & { readonly code: string; readonly path: string } {
  return error instanceof Error && "syscall" in error && "code" in error && "path" in error;
}
