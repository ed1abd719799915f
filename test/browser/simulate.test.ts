import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test as browserTest } from "./fixtures.ts";
import { rail, untilStage } from "./screen.ts";

/** Will it hold on the day: run, watch, stop, hold another roster against it, look at one day contact by contact. */
const test = browserTest.extend("main", async ({ page, open }) => {
  await open("simulate");
  await page.getByRole("button", { name: "Simulate", exact: true }).waitFor();
  await show(page, "Day");
  return page.locator("main");
});

const show = (page: Page, span: "Day" | "Week") => page.getByText(span, { exact: true }).first().click();
const count = (text: string) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(",", ""));

async function simulate(page: Page, replications: number): Promise<void> {
  const box = page.getByRole("textbox", { name: "Replications" });
  await box.fill(String(replications));
  await box.press("Enter");
  await page.getByRole("button", { name: "Simulate", exact: true }).click();
}

test("a run is watched as it converges, stopped, and keeps what it had", async ({ page, main }) => {
  await simulate(page, 100_000);
  const soFar = main.getByText(/^So far [\d,]+ replications?\.$/);
  await soFar.waitFor();
  const first = count(await soFar.innerText());
  await expect.poll(async () => count(await soFar.innerText()), { timeout: 15_000 }).toBeGreaterThan(first);
  await main.getByRole("button", { name: "Stop" }).click();
  const kept = main.getByText(/^[\d,]+ replications?, [\d,]+ contacts/);
  await kept.waitFor();
  const stopped = count(await kept.innerText());
  expect(stopped).toBeGreaterThan(first);
  expect(stopped).toBeLessThan(100_000);
});

test("the same roster with an agent off sick is held against it, on the same contacts", async ({
  page,
  main,
}) => {
  await page.getByRole("button", { name: "Keep as reference" }).click();
  await main.getByText(/^This is the reference itself/).waitFor();
  await rail(page)
    .getByRole("link", { name: /Roster/ })
    .click();
  await show(page, "Week");
  const worked = page.getByRole("gridcell", { name: /Mon.*\d\d:\d\d–\d\d:\d\d$/ }).first();
  await worked.click();
  await page.getByRole("button", { name: "Called in sick" }).click();
  await rail(page)
    .getByRole("link", { name: /Simulate/ })
    .click();
  await show(page, "Day");
  await main.getByText(/^The plan has changed since this simulation/).waitFor();
  await page.getByRole("button", { name: "Simulate", exact: true }).click();
  const table = page.getByRole("table", { name: "Differences from the reference" });
  await table.waitFor({ timeout: 30_000 });
  await main.getByText(/on the same contacts in 40 replications/).waitFor({ timeout: 30_000 });
  const cells = await table.getByRole("cell").allInnerTexts();
  console.log(`one agent less: ${cells.join(" | ")}`);
  await main.getByText("Voice: service is worse, beyond random variation.").waitFor();
  expect(cells.filter((cell) => /^−\d+\.\d ± \d+\.\d points$/.test(cell)).length).toBeGreaterThan(0);
});

test("the bottleneck is named, and shown at its hours", async ({ main }) => {
  const line = main.locator("p", { hasText: /^Bottleneck:/ });
  const said = await line.innerText();
  const [, queue, from, until] =
    /^Bottleneck: (\w+), .*? (\d\d:\d\d)–(\d\d:\d\d), answers \d+\s% in time instead of/.exec(said) ?? [];
  expect(from < until, said).toBe(true);
  await line.getByRole("button", { name: "Show" }).click();
  await expect.poll(() => main.getByRole("figure", { name: /answered within/ }).count()).toBe(1);
  await main.getByRole("figure", { name: `${queue}: answered within` }).waitFor();
});

test("the replay of a day plays, and its contacts read back from CSV as the screen counts them", async ({
  page,
  main: _main,
}) => {
  await page.getByRole("button", { name: /^Replay \w/ }).click();
  const replay = page.getByRole("region", { name: "Replay of one day" });
  const floor = replay.getByText(/in service; so far/);
  await floor.waitFor();
  const atTheEnd = await floor.innerText();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    replay.getByRole("button", { name: "Contacts as CSV" }).click(),
  ]);
  const csv = Papa.parse<Record<string, string>>(readFileSync(await file.path(), "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  expect(csv.errors).toEqual([]);
  const became = (outcome: string) => csv.data.filter((row) => row.outcome === outcome).length;
  expect(count(/so far ([\d,]+) answered/.exec(atTheEnd)?.[1] ?? "")).toBe(became("answered"));
  expect(count(/([\d,]+) abandoned/.exec(atTheEnd)?.[1] ?? "")).toBe(became("abandoned"));
  expect(became("answered")).toBeGreaterThan(1000);
  await replay.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => floor.innerText()).not.toBe(atTheEnd);
  await replay.getByRole("button", { name: "Pause" }).click();
  await replay.getByRole("button", { name: "Close" }).click();
  await replay.getByRole("button", { name: /^Replay \w/ }).waitFor();
});

test("a callback and an outage are set, simulated, and told apart; undo takes them back", async ({
  page,
  main,
}) => {
  const setting = (name: string) => page.locator("summary").filter({ hasText: name }).first();
  await setting("Callback").click();
  await page.getByRole("switch", { name: "Offer a callback" }).click();
  await page.getByRole("combobox", { name: "Add an event" }).selectOption("outage");
  await setting("Outage").waitFor();
  await simulate(page, 20);
  await untilStage(page, "Simulate", "up to date", 60_000);
  await page.getByRole("group", { name: "Figures of" }).getByText("Voice", { exact: true }).click();
  await main.getByText("Accepted a callback").waitFor();
  const waits = page.getByRole("table", { name: /^Waits of answered contacts/ });
  const heads = await waits.getByRole("columnheader").allInnerTexts();
  expect(heads.map((head) => head.replace(/\s/g, " "))).toEqual([
    "Longest wait of",
    "50 %",
    "80 %",
    "90 %",
    "95 %",
  ]);
  for (let edit = 0; edit < 3; edit++) await page.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(() => setting("Outage").count()).toBe(0);
});
