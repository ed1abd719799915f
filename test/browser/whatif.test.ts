import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Scenario } from "../../src/domain/plan/scenario.ts";
import { test as browserTest } from "./fixtures.ts";
import { samplePlan, withPlan } from "./sample-plan.ts";

/** What a manager comes for: build scenarios, compare, sweep, ask for the cheapest fix, take the report along. */
const test = browserTest.extend("compare", ({ page, open }) => async (document?: PlanDocument) => {
  await open("whatif", document);
  await table(page).waitFor();
  await page.getByText("Day", { exact: true }).first().click();
});

/** As the page names a scenario that is kept: what it changes. */
const thirty: Scenario = {
  id: "thirty",
  name: "+30 % contacts, all queues",
  changes: [{ kind: "volume", queueId: null, factor: 1.3, window: null }],
};
/** On the first day of the plan, which is the day shown. */
const linesDown: Scenario = {
  id: "lines-down",
  name: "Lines down",
  changes: [
    {
      kind: "outage",
      queueId: null,
      date: "2026-11-02",
      fromMinute: 600,
      toMinute: 660,
      redialShare: 0.7,
      redialMinutes: 15,
    },
  ],
};

const peakInFebruary: Scenario = {
  id: "february",
  name: "Peak in February",
  changes: [
    {
      kind: "volume",
      queueId: null,
      factor: 1.6,
      window: {
        fromDate: "2027-02-12",
        toDate: "2027-02-12",
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    },
  ],
};

const withScenarios = (...scenarios: Scenario[]) =>
  withPlan(samplePlan(), (plan) => ({ ...plan, scenarios: [...scenarios] }));

const table = (page: Page) => page.getByRole("table", { name: "The plan and its scenarios" });
const choose = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const simulated = (page: Page) => page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 120_000 });

/** Value and difference in the row of a measure, column by column. */
async function cells(page: Page, measure: string): Promise<string[]> {
  const row = table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: measure, exact: true }) });
  return row.getByRole("cell").allInnerTexts();
}

describe("comparing", () => {
  test("the slider answers at once by formula, and the simulation replaces it and says so", async ({
    page,
    compare,
  }) => {
    await compare(withScenarios(peakInFebruary));
    await page.locator("input[type=range]").first().fill("0.3");
    await page.getByText(`${thirty.name}:`, { exact: false }).first().waitFor();
    await page
      .getByText(/^By formula/)
      .or(page.getByText("Simulated.", { exact: true }))
      .waitFor();
    await simulated(page);
    const [, level] = await cells(page, "Service level");
    expect(level).toMatch(/−\d+\.\d ± \d+\.\d points/);

    // Ten weeks after the plan there is no roster: what is required is compared, and nothing simulated.
    const beyond = page.getByRole("region", { name: "Beyond the plan" });
    await beyond.getByRole("button", { name: "Forecast and compare" }).click();
    await beyond.getByText(/^Peak in February: [\d,]+\sh more to schedule, \d+ agents at the peak/).waitFor();
    await beyond.getByRole("row", { name: /^Contacts/ }).waitFor();
  });

  test("four weeks take longer than people wait: few replications answer first, all of the plan's follow", async ({
    page,
    compare,
  }) => {
    await compare(withScenarios(thirty));
    await page.getByText("4 weeks", { exact: true }).first().click();
    await page.getByText(/^8 replications on the same customers/).waitFor({ timeout: 60_000 });
    await page.getByText(/^40 replications on the same customers/).waitFor({ timeout: 120_000 });
  });

  test("a scenario becomes the plan in one step with the figures it had, an outage does not, and undo brings it back", async ({
    page,
    compare,
  }) => {
    await compare(withScenarios(thirty, linesDown));
    await simulated(page);
    const shownValue = (cell: string) => cell.split("\n").at(-1);
    const before = (await cells(page, "Service level")).map(shownValue);
    const dialog = page.getByRole("dialog");
    await choose(page, "Make this the plan: Lines down");
    await dialog.getByText(/an emergency is not a decision/).waitFor();
    expect(await dialog.getByRole("button", { name: "Make this the plan" }).isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await choose(page, `Make this the plan: ${thirty.name}`);
    await dialog.getByText(/^\d+ overrides of the forecast are added/).waitFor();
    await dialog.getByText(/^The requirement becomes stale/).waitFor();
    await dialog.getByRole("button", { name: "Make this the plan" }).click();
    await table(page).getByRole("button", { name: thirty.name, exact: true }).waitFor({ state: "detached" });
    await simulated(page);
    expect(shownValue((await cells(page, "Service level"))[0])).toBe(before[1]);

    await page.keyboard.press("Control+z");
    await table(page).getByRole("button", { name: thirty.name, exact: true }).waitFor();
    await simulated(page);
    expect((await cells(page, "Service level")).map(shownValue)).toEqual(before);
  });

  test("three scenarios are kept, one of them with a change from the list, and stand side by side", async ({
    page,
    compare,
  }) => {
    await compare();
    for (const [lever, percent] of [
      [/^More contacts/, "30"],
      [/Longer handle time/, "10"],
    ] as const) {
      const box = page.getByRole("textbox", { name: lever });
      await box.fill(percent);
      await box.press("Enter");
      await page.getByRole("button", { name: "Keep as scenario" }).click();
    }
    await page.getByRole("button", { name: "New scenario" }).click();
    const editor = page.getByRole("region", { name: /^Changes of/ });
    await editor.getByLabel("Name").fill("Lines down");
    await editor.getByLabel("Add a change").selectOption("outage");
    await editor.getByText(/^Outage .* call again/).waitFor();
    await simulated(page);
    expect((await cells(page, "Contacts offered")).length).toBeGreaterThanOrEqual(4);
    // The outage is on the first day of the plan, which is the day shown: 30 % never come back.
    expect((await cells(page, "Contacts lost")).at(-1)).toMatch(/^\+/);
  });

  test("a scenario that cannot be applied says why and stays open to be mended", async ({
    page,
    compare,
  }) => {
    // With dates in the plan and beyond it, it can be measured in neither.
    const [outage] = linesDown.changes;
    await compare(withScenarios({ ...linesDown, changes: [outage, outage] }));
    await choose(page, "Lines down");
    const editor = page.getByRole("region", { name: "Changes of Lines down" });
    const date = editor.getByLabel("Date", { exact: true }).last();
    await date.fill("2031-01-01");
    await page.getByRole("button", { name: /^Lines down, change 2: a date lies outside the plan/ }).waitFor();
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor({ state: "detached" });
    await date.fill("2026-11-02");
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor();
  });
});

describe("searching", () => {
  test("a sweep draws a map that says its values", async ({ page, compare }) => {
    await compare();
    await choose(page, "Sweep");
    const map = page.getByRole("slider", { name: /^Service level, / });
    await map.waitFor({ timeout: 300_000 });
    await map.focus();
    await page.keyboard.press("ArrowRight");
    // The formula does not come close for the sample's shared chat agents, so that every point is simulated.
    expect(await map.getAttribute("aria-valuetext")).toMatch(/Agents .*, Contacts .*: \d+\.\d\s%$/);
  });

  test("the cheapest fix comes with its evidence and is kept as a scenario", async ({ page, compare }) => {
    await compare(withScenarios(thirty));
    await choose(page, thirty.name);
    await page.getByRole("tab", { name: "Cheapest fix" }).click();
    await page.getByRole("button", { name: "Find the cheapest" }).click();
    const parts = page.getByRole("table", { name: "What each day gets" });
    await parts.waitFor({ timeout: 300_000 });
    // Each queue by itself, on customers the search has not seen.
    await parts.getByRole("columnheader", { name: /^Voice, goal/ }).waitFor();
    await parts
      .getByText(/^\d+ × /)
      .first()
      .waitFor();
    await page.getByText("Combinations judged", { exact: true }).click();
    await page.getByRole("table", { name: "Combinations judged" }).waitFor();
    await page.getByRole("tabpanel").getByRole("button", { name: "Keep as scenario" }).click();
    await page.getByRole("button", { name: `${thirty.name}, fixed`, exact: true }).waitFor();
  });

  test("shifts are made anew for a scenario; the plan keeps its own", async ({ page, compare }) => {
    await compare(withScenarios(thirty));
    await choose(page, thirty.name);
    const editor = page.getByRole("region", { name: /^Changes of/ });
    const anew = editor.getByRole("switch", { name: "Make new shifts for it" });
    await anew.click();
    await table(page).getByText("With new shifts", { exact: true }).waitFor({ timeout: 120_000 });
    // 30 % more contacts are not staffed with fewer hours.
    expect((await cells(page, "Paid hours")).join(" ")).toMatch(/\+\d+\sh/);
    await anew.click();
    await table(page).getByText("With new shifts", { exact: true }).waitFor({ state: "detached" });
  });
});

describe("taking along", () => {
  test("a pilot: actuals are filled in and held against the forecast, cause by cause", async ({
    page,
    compare,
  }) => {
    await compare();
    await page.getByRole("tab", { name: "Pilot" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save a sheet to fill in" }).click(),
    ]);
    const { data, meta } = Papa.parse<Record<string, string>>(
      readFileSync(await download.path(), "utf8").trim(),
      { header: true },
    );
    for (const row of data) {
      if (row.queue === "") continue;
      row.offered = String(Math.round(Number(row.planned_offered) * 1.2));
      row.answered_in_time = String(Math.round(Number(row.offered) * 0.5));
    }
    await page.setInputFiles('input[type=file][aria-label="Load actuals"]', {
      name: "actuals.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(Papa.unparse({ fields: meta.fields as string[], data })),
    });
    await page.getByText("Actuals from actuals.csv.").waitFor();
    await page.getByRole("button", { name: "Compare with actuals" }).click();
    await page
      .getByText(/^Forecast \d+\.\d\s% in time, actual (49|50)\.\d\s%/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page
      .getByText("Actual staffing is missing; planned staffing is used.", { exact: false })
      .first()
      .waitFor();
    const chart = page.locator("figure", { hasText: "From forecast to actual" });
    await chart.getByRole("button", { name: /Table/ }).click();
    const volume = chart.getByRole("row").filter({ hasText: "volume" });
    expect(await volume.innerText()).toMatch(/−\d+\.\d/);
  });

  test("a scenario goes out as a file and comes back the same", async ({ page, compare }) => {
    await compare(withScenarios(thirty, linesDown));
    await choose(page, "Lines down");
    await simulated(page);
    const before = await cells(page, "Service level");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save scenario" }).click(),
    ]);
    const buffer = readFileSync(await download.path());
    const openScenario = (name: string, buffer: Buffer) =>
      page.setInputFiles('input[type=file][aria-label="Open scenario"]', {
        name,
        mimeType: "application/json",
        buffer,
      });
    await page.getByRole("button", { name: "Remove Lines down" }).click();
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor({ state: "detached" });
    await openScenario("lines-down.json", buffer);
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor();
    await simulated(page);
    expect([...(await cells(page, "Service level"))].sort()).toEqual([...before].sort());
    await openScenario("nonsense.json", Buffer.from("{}"));
    await page.getByText("This is not a Shiftwright scenario. Nothing was changed.").waitFor();
  });
});
