import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setUp } from "../.ci/set-up.mjs";

/**
 * `npm test`: set-up, types, lint, tests, build, tests in a real browser. Prints how long each part took and the ten
 * slowest tests, and ends with a line `N passed, N failed`; the status is 0 only when nothing failed. Plain Node, since
 * it runs before anything is installed.
 */
setUp();
const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "shiftwright-test-"));
const tool = {
  biome: "@biomejs/biome/bin/biome",
  vitest: "vitest/vitest.mjs",
  tsx: "tsx/dist/cli.mjs",
};
let passed = 0;
let failed = 0;
/** Name and seconds of each part, and name and milliseconds of each test. */
const parts = [];
const durations = [];

function part(name, run) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  run();
  parts.push([name, (performance.now() - started) / 1000]);
}

function node(script, args, options = {}) {
  return spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
    ...options,
  });
}

/** A script of package.json. */
function script(name) {
  return spawnSync("npm", ["run", "--silent", name], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

/** One check that holds or does not. */
function check(name, { status }) {
  if (status === 0) passed++;
  else failed++;
  console.log(`${status === 0 ? "✓" : "✗"} ${name}`);
  return status === 0;
}

/** A run of vitest, counted test by test. A run that dies before it can report is one failure. */
function tests(name, args, env = {}) {
  const report = join(scratch, `${name}.json`);
  const { status } = node(
    tool.vitest,
    ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`, ...args],
    { env: { ...process.env, ...env } },
  );
  if (!existsSync(report)) {
    failed++;
    return;
  }
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  // A file that cannot be loaded has no tests to count.
  if (status !== 0 && result.numFailedTests === 0) failed++;
  for (const file of result.testResults) {
    for (const { status, fullName, duration } of file.assertionResults) {
      if (status === "pending" || status === "skipped") console.log(`skipped: ${fullName}`);
      durations.push([`${relative(root, file.name)}: ${fullName}`, duration ?? 0]);
    }
  }
}

part("types and lint", () => {
  check("types", script("types"));
  check("lint and format, no warnings", node(tool.biome, ["ci", "--error-on-warnings", "."]));
});
part("engines and files", () => tests("engines", []));
let built = false;
part("build", () => {
  built = check("build, first load under its limit", script("build"));
});
if (built) {
  part("browser", () => {
    const chromium = node(tool.tsx, ["test/browser/chromium.ts"], { stdio: ["ignore", "pipe", "inherit"] });
    if (check("a Chromium is there", chromium)) {
      tests("browser", ["--mode", "browser"], { CHROMIUM_PATH: chromium.stdout.toString().trim() });
    }
  });
}
rmSync(scratch, { recursive: true, force: true });

console.log("\n── the ten slowest tests");
for (const [name, milliseconds] of durations.sort(([, a], [, b]) => b - a).slice(0, 10)) {
  console.log(`${(milliseconds / 1000).toFixed(1).padStart(7)} s  ${name}`);
}
const total = parts.reduce((sum, [, seconds]) => sum + seconds, 0);
const each = parts.map(([name, seconds]) => `${name} ${seconds.toFixed(0)} s`).join(", ");
console.log(`\n${each}: ${(total / 60).toFixed(1)} min together`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
