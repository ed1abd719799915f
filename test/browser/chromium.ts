import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/**
 * Prints the path of a Chromium that starts: one that is installed, else playwright's own download, else Debian's
 * package where this is root. Fails with the ways to get one.
 */
const installed = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

async function starts(path: string | undefined): Promise<boolean> {
  if (path === undefined || path === "" || !existsSync(path)) return false;
  try {
    const browser = await chromium.launch({ executablePath: path, args: ["--no-sandbox", "--disable-gpu"] });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

async function firstThatStarts(paths: readonly (string | undefined)[]): Promise<string | null> {
  for (const path of paths) if (await starts(path)) return path as string;
  return null;
}

/** Output goes to standard error: standard output is the answer. */
function run(command: string, args: readonly string[]): boolean {
  console.error(`${command} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: ["ignore", 2, 2], timeout: 240_000, env }).status === 0;
}

async function findChromium(): Promise<string | null> {
  const present = await firstThatStarts([...installed, chromium.executablePath()]);
  if (present !== null) return present;
  const cli = join(import.meta.dirname, "../../node_modules/playwright-core/cli.js");
  if (run(process.execPath, [cli, "install", "chromium"])) {
    const own = await firstThatStarts([chromium.executablePath()]);
    if (own !== null) return own;
  }
  if (process.platform === "linux" && process.getuid?.() === 0) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  return firstThatStarts(installed);
}

const path = await findChromium();
if (path === null) {
  console.error("No Chromium starts here. Install one, or set CHROMIUM_PATH to it.");
  process.exit(1);
}
console.log(path);
