import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Runs the whole chain on the sample history, so that the program opens filled: dist/sample-plan.json. */
const root = join(import.meta.dirname, "..");
const started = performance.now();
const { status, stderr } = spawnSync(
  process.execPath,
  [
    "dist/cli/shiftwright.js",
    "plan",
    "sample-data/history.csv",
    "--plan",
    "sample-data/plan.json",
    "--plan-file",
    "dist/sample-plan.json",
  ],
  // What the import has to say about the faults that are there on purpose is of interest only when it fails.
  { cwd: root, stdio: ["ignore", "inherit", "pipe"], maxBuffer: 64 * 1024 * 1024 },
);
if (status !== 0) process.stderr.write(stderr);
else console.log(`sample plan: whole chain in ${((performance.now() - started) / 1000).toFixed(1)} s`);
process.exit(status ?? 1);
