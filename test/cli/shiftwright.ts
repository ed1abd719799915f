import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const root = join(import.meta.dirname, "../..");

/** Runs the command line from its source, as `shiftwright ARGS` would. */
export function shiftwright(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "src/cli/shiftwright.ts"), ...args],
    { input, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  return { status, output: stdout, error: stderr };
}

/** A folder for the files of a test file, gone after it. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), "shiftwright-cli-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    pathOf: (name: string) => join(folder, name),
    /** Path of a file with this text. */
    file(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
