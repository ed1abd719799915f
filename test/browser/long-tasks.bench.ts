import { join } from "node:path";
import type { Page } from "playwright-core";
import { pageTitles } from "./screen.ts";
import { openSite } from "./site.ts";
import { taskWords } from "./trace.ts";

/**
 * `npm run bench:long-tasks`: how long one task holds the page's thread at most, step by step through the whole
 * program on the sample plan, in processor time (on a busy machine the clock says more). `--why` also says where the
 * time went, which itself slows things by some tenths; `--only TEXT` shows the steps whose name holds TEXT.
 */
const why = process.argv.includes("--why");
const only = process.argv[process.argv.indexOf("--only") + 1];
const wanted = (name: string) => !process.argv.includes("--only") || name.includes(only);
const history = join(import.meta.dirname, "../../sample-data/history.csv");

const site = await openSite();
const visit = await site.visit();
const { page } = visit;
let worst = 0;

async function step(name: string, act: () => Promise<unknown>): Promise<void> {
  await visit.watchThread(why);
  let failure = "";
  try {
    await act();
  } catch (error) {
    failure = ` (broke off: ${String(error).split("\n")[0]})`;
  }
  await page.waitForTimeout(700);
  const task = await visit.longestTask();
  if (task === null || !wanted(name)) return;
  worst = Math.max(worst, task.busyMilliseconds);
  console.log(`${name.padEnd(32)} ${taskWords(task)}${failure}`);
  if (why && task.busyMilliseconds > 35) console.log(task.spent);
}

const fresh = (title: string, timeout = 200_000) =>
  page
    .getByRole("navigation", { name: "Stages of the plan" })
    .getByRole("link", { name: new RegExp(`up to date ${title}`) })
    .waitFor({ timeout });
const main = () => page.locator("main h1").waitFor();
const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();

async function show(name: string, to: Page): Promise<void> {
  await to.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/${name}`);
  await to.waitForFunction((title) => document.title.startsWith(`${title} ·`), pageTitles[name as "history"]);
  await main();
}

async function field(label: string | RegExp, value: string): Promise<void> {
  const box = page.getByRole("textbox", { name: label }).first();
  await box.fill(value);
  await box.press("Enter");
}

await page.goto("about:blank");
await step("first visit", async () => {
  await page.goto(`${site.origin}/`);
  await fresh("Simulate");
});
for (const name of Object.keys(pageTitles)) await step(`${name}, first time`, () => show(name, page));
for (const name of Object.keys(pageTitles)) await step(`${name}, again`, () => show(name, page));
await show("required", page);
await step("four weeks", () => press("4 weeks"));
for (const name of Object.keys(pageTitles)) await step(`${name}, four weeks`, () => show(name, page));
await press("Week");

await step("palette", async () => {
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type a page or a command").fill("run");
  await page.keyboard.press("Escape");
});
await step("Chinese and back", async () => {
  await press("简体中文");
  await press("English");
});

await show("required", page);
await step("goal raised", () => field("Service level", "92"));
await step("undo", () => page.keyboard.press("Control+z"));
await show("shifts", page);
await step("template edited", async () => {
  await page.getByRole("region", { name: "Shift templates" }).getByRole("button").first().click();
  await field(/Cost per paid hour/, "26");
});
await step("optimise", async () => {
  await press("Optimise");
  await press("Accept");
  await fresh("Shifts");
});
await step("whole chain", async () => {
  await page.keyboard.press("Control+Enter");
  await fresh("Simulate");
});
for (const name of ["shifts", "roster", "simulate"])
  await step(`${name}, after the chain`, () => show(name, page));
await show("whatif", page);
await step("volume +30 %", async () => {
  await field("More contacts", "30");
  await page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 120_000 });
});
await show("files", page);
await step("plan file", async () => {
  await Promise.all([page.waitForEvent("download"), press("Save the plan as a file")]);
});
await step("snapshot", () => press("Take a snapshot"));
await step("snapshot restored", () => press("Restore"));
await step("duplicate", () => press("Duplicate"));
await step("history dropped", async () => {
  await page.getByTestId("open-file").setInputFiles(history);
  await page.getByRole("region", { name: "What was recognised" }).waitFor({ timeout: 60_000 });
});
await step("history taken", async () => {
  await press("Use in this plan");
  await page.getByRole("region", { name: "What was recognised" }).waitFor({ state: "detached" });
});
await step("forecast run", async () => {
  await show("forecast", page);
  await fresh("Forecast");
});
await step("rest of the chain", async () => {
  await page.keyboard.press("Control+Enter");
  await fresh("Simulate");
});
await page.getByTitle("Saved in this browser").waitFor({ state: "attached" });
await step("reload", async () => {
  await page.reload();
  await main();
});
console.log(`longest of all: ${worst.toFixed(0)} ms`);
await site.close();
