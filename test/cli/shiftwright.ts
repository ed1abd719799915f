import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll } from "vitest";

const root = join(import.meta.dirname, "../..");
let program = "";
beforeAll(async () => {
  program = await builtProgram();
});

/** Runs the command line, built from its present source, as `shiftwright ARGS` would. */
export function shiftwright(args: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, output: stdout, error: stderr };
}

/**
 * Path of the command line as it is built: starting the source itself would translate it at every start. Built once for
 * each state of the source, whatever test file asks first.
 */
export async function builtProgram(): Promise<string> {
  const state = createHash("sha256");
  for (const path of ["package-lock.json", "package.json", "vite.config.ts", ...filesBelow("src")]) {
    const { size, mtimeMs } = statSync(join(root, path));
    state.update(`${path} ${size} ${mtimeMs}\n`);
  }
  const cache = join(root, "node_modules/.cache/shiftwright");
  const folder = join(cache, state.digest("hex").slice(0, 16));
  if (!existsSync(folder)) {
    const making = `${folder}.${process.pid}`;
    await build({ root, mode: "cli", logLevel: "error", build: { outDir: making } });
    try {
      renameSync(making, folder);
    } catch {
      // Another test file was quicker.
      rmSync(making, { recursive: true, force: true });
    }
    for (const name of readdirSync(cache)) {
      // A state of yesterday is of no use any more.
      if (Date.now() - statSync(join(cache, name)).mtimeMs > 86_400_000) {
        rmSync(join(cache, name), { recursive: true, force: true });
      }
    }
  }
  return join(folder, "shiftwright.js");
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
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
