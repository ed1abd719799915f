import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { randomStream } from "../../src/numerics/random.ts";
import { launchArguments } from "./site.ts";

/**
 * Kills Chromium with SIGKILL, its whole process group, at a random moment of editing and running, and opens the same
 * profile again. What the page showed while it said "Saved in this browser" was acknowledged: it, or what was typed
 * later, has to be there.
 */
export interface KillLine {
  readonly kill: number;
  /** What was edited, and whether stages ran. */
  readonly kind: string;
  readonly milliseconds: number;
  /** Edits that were acknowledged before this kill, and those of them that were not there after it. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** The plan opened, without a word about anything that could not be read. */
  readonly readable: boolean;
}

/** Texts of the open page by the name of what they show: the plan's name always, the others where the page has them. */
type Screen = Readonly<Record<string, string>>;

interface Chrome {
  readonly page: Page;
  /** What stood on the screen each time the page said that it is saved, and every text that stood there at any time. */
  readonly acknowledged: Screen[];
  readonly shown: Screen[];
  kill(): Promise<void>;
}

/** One kill after the other on one profile; `onLine` hears of each. Answers the lines. */
export async function killBrowsers(
  origin: string,
  count: number,
  seed: number,
  onLine: (line: KillLine) => void = () => {},
): Promise<readonly KillLine[]> {
  const random = randomStream(seed, "kills");
  const profile = mkdtempSync(join(tmpdir(), "shiftwright-kills-"));
  const lines: KillLine[] = [];
  let chrome = await open(profile, origin);
  try {
    for (let kill = 1; kill <= count; kill++) {
      const started = performance.now();
      const kind = kinds[Math.floor(random.uniform() * kinds.length)];
      const deadline = 150 + random.uniform() * 1500;
      await edit(chrome, kind, kill, deadline);
      await chrome.kill();
      const { acknowledged, shown } = chrome;
      chrome = await open(profile, origin);
      const lost = await lostEdits(chrome.page, kind, acknowledged, shown);
      const readable = (await chrome.page.getByText("cannot be read", { exact: false }).count()) === 0;
      const line = {
        kill,
        kind: kind.name,
        milliseconds: Math.round(performance.now() - started),
        acknowledged: acknowledged.length,
        lost,
        readable,
      };
      lines.push(line);
      onLine(line);
    }
  } finally {
    await chrome.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return lines;
}

/** One kind of edit: where, what is done again and again, and under which name the screen shows it. */
interface Kind {
  readonly name: string;
  readonly path: string;
  readonly ready: (page: Page) => Promise<void>;
  readonly edit: (page: Page, value: string, at: number) => Promise<void>;
}

async function rename(page: Page, value: string): Promise<void> {
  await page.getByRole("button", { name: /^Plan menu/ }).click();
  await page.getByRole("textbox", { name: "Plan", exact: true }).fill(value);
  await page.keyboard.press("Escape");
}

async function runAll(page: Page): Promise<void> {
  await page.keyboard.press("Control+Enter");
}

const kinds: readonly Kind[] = [
  {
    name: "plan's name",
    path: "files",
    ready: (page) => page.getByRole("heading", { name: "Plans", exact: true }).waitFor(),
    edit: rename,
  },
  {
    name: "snapshots and names",
    path: "files",
    ready: (page) => page.getByRole("heading", { name: "Snapshots" }).waitFor(),
    async edit(page, value, at) {
      if (at % 3 === 2) await page.getByRole("button", { name: "Take a snapshot" }).click();
      else await rename(page, value);
    },
  },
  {
    name: "queue",
    path: "setup",
    ready: (page) => page.getByRole("grid", { name: "Queues" }).waitFor(),
    edit: (page, value) => page.getByRole("complementary").getByLabel("Queue", { exact: true }).fill(value),
  },
  {
    name: "queue while stages run",
    path: "setup",
    ready: (page) => page.getByRole("grid", { name: "Queues" }).waitFor(),
    async edit(page, value, at) {
      await page.getByRole("complementary").getByLabel("Queue", { exact: true }).fill(value);
      if (at === 0) await runAll(page);
    },
  },
  {
    name: "shrinkage while stages run",
    path: "required",
    ready: (page) => page.getByText("Add an item").waitFor(),
    async edit(page, value, at) {
      const remove = page.getByRole("button", { name: /^Remove / });
      if (at % 4 === 3 && (await remove.count()) > 1) await remove.last().click();
      else await page.getByRole("button", { name: "Add an item" }).click();
      if (at === 1) await runAll(page);
      if (at % 5 === 4) await rename(page, value);
    },
  },
  {
    name: "person and undo",
    path: "people",
    ready: (page) => page.getByRole("grid", { name: "People and skills" }).waitFor(),
    async edit(page, value, at) {
      const grid = page.getByRole("grid", { name: "People and skills" });
      await grid.focus();
      if (at % 3 === 2) await page.keyboard.press("Control+z");
      else {
        await page.keyboard.press("ArrowDown");
        await page.keyboard.type(value);
        await page.keyboard.press("Enter");
      }
    },
  },
  {
    name: "roster",
    path: "roster",
    ready: (page) => page.getByRole("grid").first().waitFor(),
    async edit(page, value, at) {
      const grid = page.getByRole("grid").first();
      await grid.focus();
      await page.keyboard.press(at % 2 === 0 ? "ArrowRight" : "ArrowDown");
      await page.keyboard.press(at % 4 === 3 ? "Control+z" : "Delete");
      if (at % 5 === 4) await rename(page, value);
    },
  },
];

/** Edits one after the other until the time is over; what is under way then is cut off. */
async function edit(chrome: Chrome, kind: Kind, kill: number, milliseconds: number): Promise<void> {
  const { page } = chrome;
  await show(page, kind);
  // What stood there on the way belonged to another page.
  chrome.acknowledged.length = 0;
  chrome.shown.length = 0;
  let over = false;
  const editing = (async () => {
    for (let at = 0; !over; at++) await kind.edit(page, `K${kill}-${at}`, at);
  })();
  // The kill is what ends it: an edit that the page refuses is another matter.
  editing.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  over = true;
}

async function show(page: Page, kind: Kind): Promise<void> {
  await page.evaluate((path) => {
    window.location.hash = `#/${path}`;
  }, kind.path);
  await kind.ready(page);
}

/** What was acknowledged last of each text, where neither it nor anything that was shown later stands there now. */
async function lostEdits(
  page: Page,
  kind: Kind,
  acknowledged: readonly Screen[],
  shown: readonly Screen[],
): Promise<string[]> {
  const last = acknowledged.at(-1);
  if (last === undefined) return [];
  await show(page, kind);
  const later = shown.slice(shown.lastIndexOf(last));
  const fits = (screen: Screen) =>
    later.some((one) => Object.keys(last).every((name) => (screen[name] ?? "") === (one[name] ?? "")));
  // Grids are drawn in slices.
  const until = performance.now() + 5000;
  for (;;) {
    const screen = (await page.evaluate("readScreen()")) as Screen;
    if (fits(screen)) return [];
    if (performance.now() > until)
      return Object.keys(last)
        .filter((name) => !later.some((one) => one[name] === screen[name]))
        .concat("(together)")
        .map((name) => `${name}: ${last[name]} became ${screen[name]}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts Chromium on the profile in a process group of its own, and the program in it. */
async function open(profile: string, origin: string): Promise<Chrome> {
  const port = join(profile, "DevToolsActivePort");
  rmSync(port, { force: true });
  const child = spawn(
    process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    [
      ...launchArguments,
      "--headless=new",
      "--remote-debugging-port=0",
      "--window-size=1440,900",
      "--lang=en-GB",
      `--user-data-dir=${profile}`,
      "about:blank",
    ],
    { detached: true, stdio: "ignore" },
  );
  let browser: Browser | null = null;
  try {
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(port)}`);
    const [context] = browser.contexts();
    const acknowledged: Screen[] = [];
    const shown: Screen[] = [];
    await context.exposeBinding("onScreen", (_source, screen: Screen, saved: boolean) => {
      shown.push(screen);
      if (saved) acknowledged.push(screen);
    });
    // What the tool that runs this file adds to named functions is not there in a page.
    await context.addInitScript({ content: "globalThis.__name = (named) => named;" });
    await context.addInitScript(watchScreen);
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(30_000);
    await page.goto(`${origin}/#/files`, { waitUntil: "commit" });
    await page.locator("main h1").waitFor();
    return { page, acknowledged, shown, kill: () => killGroup(child, browser) };
  } catch (error) {
    await killGroup(child, browser);
    throw error;
  }
}

async function portOf(path: string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    try {
      const [port] = readFileSync(path, "utf8").split("\n");
      if (port !== "") return port;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("Chromium does not start");
}

async function killGroup(child: ChildProcess, browser: Browser | null): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.signalCode === null) {
    process.kill(-child.pid!, "SIGKILL");
    await gone;
  }
  await browser?.close().catch(() => {});
}

/** Runs in the page: tells of each frame in which something has changed what it shows, and whether it says "saved". */
function watchScreen(): void {
  const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? "";
  const read = (): Record<string, string> => {
    const screen: Record<string, string> = { plan: textOf(".plan-name-text"), page: window.location.hash };
    for (const grid of document.querySelectorAll('main [role="grid"]')) {
      const name = grid.getAttribute("aria-label") ?? "grid";
      if (name === "Queues" || name === "People and skills") {
        const rows = [...grid.querySelectorAll('[role="row"]')].slice(0, 12);
        screen[name] = rows.map((row) => row.textContent).join(" / ");
      }
    }
    const items = document.querySelectorAll(".shrinkage-item").length;
    if (items > 0) screen.shrinkage = String(items);
    const snapshots = document.querySelectorAll('[aria-labelledby="files-snapshots"] h3').length;
    if (snapshots > 0) screen.snapshots = String(snapshots);
    if (window.location.hash === "#/roster") screen.roster = textOf('nav a[href="#/roster"]');
    return screen;
  };
  const global = window as unknown as {
    readScreen: typeof read;
    onScreen: (screen: Record<string, string>, saved: boolean) => void;
  };
  global.readScreen = read;
  let before = "";
  const look = () => {
    const isSaved = document.querySelector(".saved-saved") !== null;
    const screen = read();
    const now = JSON.stringify([screen, isSaved]);
    if (now === before || screen.plan === "") return;
    before = now;
    global.onScreen(screen, isSaved);
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["class"],
  });
}
