import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs the whole chain on the sample history, so that the program opens filled: dist/sample-plan.json.gz,
 * gzipped here because not every static host does it.
 * By the built command line, or from its source where there is none yet (the development server asks for that).
 */
const root = join(import.meta.dirname, "..");
const commandLine = existsSync(join(root, "dist/cli/shiftwright.js"))
  ? ["dist/cli/shiftwright.js"]
  : ["node_modules/tsx/dist/cli.mjs", "src/cli/shiftwright.ts"];
const started = performance.now();
const { status, stderr } = spawnSync(
  process.execPath,
  [
    ...commandLine,
    "plan",
    "sample-data/history.csv",
    "--plan",
    "sample-data/plan.json",
    "--plan-file",
    "dist/sample-plan.json.gz",
  ],
  // What the import has to say about the faults that are there on purpose is of interest only when it fails.
  { cwd: root, stdio: ["ignore", "inherit", "pipe"], maxBuffer: 64 * 1024 * 1024 },
);
if (status === 0) {
  console.log(`sample plan: whole chain in ${((performance.now() - started) / 1000).toFixed(1)} s`);
} else process.stderr.write(stderr);
process.exit(status ?? 1);
