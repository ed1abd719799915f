import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { planFileText } from "../../src/files/plan-file.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { samplePlan, withAgents } from "./sample-plan.ts";
import { launchArguments } from "./site.ts";

/**
 * Kills Chromium with SIGKILL, its whole process group, at a random moment of editing and running, and opens the same
 * profile again.
 *
 * Acknowledged is what stood on the screen for two frames in a row together with "Saved in this browser": what a page
 * holds between two frames nobody sees, and a cell that is being typed into is not an edit yet. Each edit writes a number
 * that rises over all kills, so what is found afterwards is lost exactly where it is below what was acknowledged. Edits
 * without a number (a shift freed, an undo) are made one at a time, each after the one before was acknowledged: there,
 * lost is a state that was left behind.
 */
export interface KillLine {
  readonly kill: number;
  /** What was edited, and whether stages ran. */
  readonly kind: string;
  readonly milliseconds: number;
  /** States that were acknowledged before this kill, and what of the last of them was not there after it. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** The plan opened, without a word about anything that could not be read. */
  readonly readable: boolean;
}

/** What the page shows, by what it is: numbers that only rise, and texts. */
type Screen = Readonly<Record<string, number | string>>;

interface Chrome {
  readonly page: Page;
  /** Painted together with the word that it is saved, in this order. */
  readonly acknowledged: Screen[];
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
    await useSmallPlan(chrome.page, profile);
    for (let kill = 1; kill <= count; kill++) {
      const started = performance.now();
      const kind = kinds[Math.floor(random.uniform() * kinds.length)];
      const deadline = 150 + random.uniform() * 2000;
      const isOpen = await edit(chrome, kind, kill, deadline);
      await chrome.kill();
      const { acknowledged } = chrome;
      chrome = await open(profile, origin);
      const lost = await lostEdits(chrome.page, kind, acknowledged, isOpen);
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

/** The sample plan with twelve people and without a simulation: opened in a moment, and every stage can run. */
async function useSmallPlan(page: Page, folder: string): Promise<void> {
  const sample = withAgents(samplePlan(), 12);
  const file = join(folder, "small.json");
  writeFileSync(
    file,
    planFileText({ ...sample, plan: { ...sample.plan, id: "kills", name: numbered(0, 0) } }),
  );
  await page.getByTestId("open-file").setInputFiles(file);
  await page.locator(".plan-name-text").getByText(numbered(0, 0)).waitFor();
  await page.locator(".saved-saved").waitFor();
}

/** A text that the page finds its number in, whatever stands beside it. */
function numbered(kill: number, at: number): string {
  return `K${kill}x${at}e`;
}

/** One kind of edit: where, what is done again and again, and whether each waits for the one before. */
interface Kind {
  readonly name: string;
  readonly path: string;
  readonly ready: (page: Page) => Promise<void>;
  readonly edit: (page: Page, value: string, at: number) => Promise<void>;
  /** What of the screen is a text that changes with each edit, for edits without a number. */
  readonly oneByOne?: "plan" | "roster";
}

async function rename(page: Page, value: string): Promise<void> {
  await page.getByRole("button", { name: /^Plan menu/ }).click();
  await page.getByRole("textbox", { name: "Plan", exact: true }).fill(value);
  await page.keyboard.press("Escape");
}

async function runAll(page: Page): Promise<void> {
  await page.keyboard.press("Control+Enter");
}

const queueField = (page: Page) => page.getByRole("complementary").getByLabel("Queue", { exact: true });

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
      if (at % 3 === 2) {
        await page.getByRole("textbox", { name: "Name of the snapshot" }).fill(value);
        await page.getByRole("button", { name: "Take a snapshot" }).click();
      } else await rename(page, value);
    },
  },
  {
    name: "queue",
    path: "setup",
    ready: (page) => page.getByRole("grid", { name: "Queues" }).waitFor(),
    edit: (page, value) => queueField(page).fill(value),
  },
  {
    name: "queue while stages run",
    path: "setup",
    ready: (page) => page.getByRole("grid", { name: "Queues" }).waitFor(),
    async edit(page, value, at) {
      await queueField(page).fill(value);
      if (at === 0) await runAll(page);
    },
  },
  {
    name: "shrinkage and names while stages run",
    path: "required",
    ready: (page) => page.getByText("Add an item").waitFor(),
    async edit(page, value, at) {
      if (at === 0) await runAll(page);
      if (at % 2 === 0) await page.getByRole("button", { name: "Add an item" }).click();
      else await rename(page, value);
    },
  },
  {
    name: "people",
    path: "people",
    ready: (page) => page.getByRole("grid", { name: "People and skills" }).waitFor(),
    async edit(page, value) {
      await page.getByRole("grid", { name: "People and skills" }).focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.type(value);
      await page.keyboard.press("Enter");
    },
  },
  {
    name: "name and undo",
    path: "files",
    ready: (page) => page.getByRole("heading", { name: "Plans", exact: true }).waitFor(),
    async edit(page, value, at) {
      if (at % 2 === 0) await rename(page, value);
      else await page.keyboard.press("Control+z");
    },
    oneByOne: "plan",
  },
  {
    name: "shifts freed and undo",
    path: "roster",
    ready: (page) => page.getByRole("grid").first().waitFor(),
    async edit(page, _value, at) {
      await page.getByRole("grid").first().focus();
      await page.keyboard.press(at % 2 === 0 ? "ArrowRight" : "ArrowDown");
      await page.keyboard.press(at % 4 === 3 ? "Control+z" : "Delete");
    },
    oneByOne: "roster",
  },
];

/** Edits until the time is over; what is under way then is cut off. Answers whether an edit had not been acknowledged. */
async function edit(chrome: Chrome, kind: Kind, kill: number, milliseconds: number): Promise<boolean> {
  const { page, acknowledged } = chrome;
  await show(page, kind);
  // What stood there on the way belonged to another page.
  acknowledged.length = 0;
  let over = false;
  let isOpen = true;
  const editing = (async () => {
    for (let at = 0; !over; at++) {
      const before = acknowledged.at(-1);
      isOpen = true;
      await kind.edit(page, numbered(kill, at + 1), at);
      const watched = kind.oneByOne;
      if (watched === undefined) continue;
      const until = performance.now() + 700;
      while (!over && acknowledged.at(-1)?.[watched] === before?.[watched] && performance.now() < until)
        await sleep(5);
      // An edit that changes nothing leaves the last state; one that was not shown stays open.
      isOpen = acknowledged.at(-1)?.[watched] === before?.[watched];
    }
  })();
  // The kill is what ends it: an edit that the page refuses is another matter.
  editing.catch(() => {});
  await sleep(milliseconds);
  over = true;
  return isOpen;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function show(page: Page, kind: Kind): Promise<void> {
  await page.evaluate((path) => {
    window.location.hash = `#/${path}`;
  }, kind.path);
  await kind.ready(page);
}

/** What of the last acknowledged state is not there now, nor anything later. */
async function lostEdits(
  page: Page,
  kind: Kind,
  acknowledged: readonly Screen[],
  isOpen: boolean,
): Promise<string[]> {
  const last = acknowledged.at(-1);
  if (last === undefined) return [];
  await show(page, kind);
  // Grids are drawn in slices.
  const until = performance.now() + 5000;
  for (;;) {
    const screen = (await page.evaluate("readScreen()")) as Screen;
    const lost = Object.keys(last).filter((name) => isLost(name, screen[name]));
    if (lost.length === 0) return [];
    if (performance.now() > until)
      return lost.map((name) => `${name}: ${last[name]} became ${screen[name] ?? "nothing"}`);
    await sleep(50);
  }

  function isLost(name: string, now: number | string | undefined): boolean {
    const then = last![name];
    if (now === then) return false;
    if (name !== kind.oneByOne) return typeof then === "number" && !(typeof now === "number" && now > then);
    return !isOpen || now === undefined || acknowledged.some((one) => one[name] === now);
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
    await context.exposeBinding("onSaved", (_source, screen: Screen) => {
      acknowledged.push(screen);
    });
    // What the tool that runs this file adds to named functions is not there in a page.
    await context.addInitScript({ content: "globalThis.__name = (named) => named;" });
    await context.addInitScript(watchScreen);
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(30_000);
    await page.goto(`${origin}/#/files`, { waitUntil: "commit" });
    await page.locator("main h1").waitFor();
    return { page, acknowledged, kill: () => killGroup(child, browser) };
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

/** Runs in the page: tells of each state that was painted together with "saved". */
function watchScreen(): void {
  const numberIn = (text: string | null | undefined) => {
    const found = /K(\d+)x(\d+)e/.exec(text ?? "");
    return found ? Number(found[1]) * 10_000 + Number(found[2]) : null;
  };
  const greatest = (nodes: Iterable<Element>) =>
    Math.max(-1, ...[...nodes].map((node) => numberIn(node.textContent) ?? -1));
  const read = (): Record<string, number | string> => {
    const screen: Record<string, number | string> = {};
    const name = document.querySelector(".plan-name-text")?.textContent;
    const page = window.location.hash;
    if (name) screen.plan = numberIn(name) ?? name;
    if (page === "#/setup")
      screen.queue = greatest(document.querySelectorAll('[aria-label="Queues"] [role="gridcell"]'));
    if (page === "#/people")
      for (const row of document.querySelectorAll('[aria-label="People and skills"] [role="row"]')) {
        const cell = row.querySelector('[role="gridcell"]');
        const number = cell?.querySelector("input") ? null : numberIn(cell?.textContent);
        if (number !== null) screen[`person ${row.getAttribute("aria-rowindex")}`] = number;
      }
    if (page === "#/required") screen.shrinkage = document.querySelectorAll(".shrinkage-item").length;
    if (page === "#/files")
      screen.snapshots = greatest(document.querySelectorAll('[aria-labelledby="files-snapshots"] h3'));
    if (page === "#/roster")
      screen.roster = document.querySelector('nav a[href="#/roster"]')?.textContent ?? "";
    return screen;
  };
  const global = window as unknown as {
    readScreen: typeof read;
    onSaved: (screen: Record<string, number | string>) => void;
  };
  global.readScreen = read;
  let told = "";
  let before = "";
  let isWatching = false;
  const frame = () => {
    const isSaved = document.querySelector(".saved-saved") !== null;
    const screen = read();
    const now = JSON.stringify([screen, isSaved]);
    // The same at the beginning of two frames in a row: it was painted in between.
    const isPainted = now === before;
    before = now;
    if (isPainted && now !== told && screen.plan !== undefined) {
      told = now;
      if (isSaved) global.onSaved(screen);
    }
    if (isPainted) isWatching = false;
    else requestAnimationFrame(frame);
  };
  const watch = () => {
    if (isWatching) return;
    isWatching = true;
    requestAnimationFrame(frame);
  };
  new MutationObserver(watch).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["class"],
  });
}
