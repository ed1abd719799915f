import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUp } from "../.ci/set-up.mjs";

/**
 * `npm test`: set-up, types, lint, tests, build, tests in a real browser. Ends with a line `N passed, N failed`; the
 * status is 0 only when nothing failed. Plain Node, since it runs before anything is installed.
 */
setUp();
const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "shiftwright-test-"));
const tool = {
  tsc: "typescript/bin/tsc",
  biome: "@biomejs/biome/bin/biome",
  vitest: "vitest/vitest.mjs",
  tsx: "tsx/dist/cli.mjs",
};
let passed = 0;
let failed = 0;

function node(script, args, options = {}) {
  return spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
    ...options,
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
  console.log(`\n── ${name}`);
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
    for (const one of file.assertionResults) {
      if (one.status === "pending" || one.status === "skipped") console.log(`skipped: ${one.fullName}`);
    }
  }
}

console.log("── types and lint");
check("types", spawnSync("npm", ["run", "--silent", "types"], { cwd: root, stdio: "inherit", shell }));
check("lint and format, no warnings", node(tool.biome, ["ci", "--error-on-warnings", "."]));
tests("engines and files", []);
console.log("\n── build");
const build = spawnSync("npm", ["run", "--silent", "build"], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (check("build, first load under its limit", build)) {
  const chromium = node(tool.tsx, ["test/browser/chromium.ts"], { stdio: ["ignore", "pipe", "inherit"] });
  if (check("a Chromium is there", chromium)) {
    tests("browser", ["--mode", "browser"], { CHROMIUM_PATH: chromium.stdout.toString().trim() });
  }
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
