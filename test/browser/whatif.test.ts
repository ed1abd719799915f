import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site, type Visit } from "./site.ts";

/** What a manager comes for: build three scenarios, compare, sweep, ask for the cheapest fix, take the report along. */
/** The first scenario that is kept, called what it changes. */
const thirty = "+30 % contacts, all queues";

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit();
  page = visit.page;
  await page.goto(`${site.origin}/#/whatif`);
  await page.getByRole("table", { name: "The plan and its scenarios" }).waitFor();
  await page.getByText("Day", { exact: true }).first().click();
});
afterAll(async () => {
  await visit?.close();
  await site?.close();
});

async function lever(name: RegExp, value: string): Promise<void> {
  const box = page.getByRole("textbox", { name });
  await box.fill(value);
  await box.press("Enter");
}

/** Value and difference in the row of a measure, column by column. */
async function cells(measure: string): Promise<string[]> {
  const table = page.getByRole("table", { name: "The plan and its scenarios" });
  const row = table
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: measure, exact: true }) });
  return row.getByRole("cell").allInnerTexts();
}

const simulated = () => page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 60_000 });

/**
 * Drags the volume slider as fast as frames come. Medians, milliseconds: the script of one step, and from the step to
 * the frame that shows it. `exact`: from letting go to the transient answer; null when it took more than `patience`.
 */
async function drag(patience: number): Promise<{ script: number; frame: number; exact: number | null }> {
  return page.evaluate(async (patience) => {
    const slider = document.querySelector<HTMLInputElement>("input[type=range]");
    if (slider === null) throw new Error("no slider");
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const script: number[] = [];
    const frame: number[] = [];
    for (let step = 1; step <= 15; step++) {
      const start = performance.now();
      write?.call(slider, String(step / 50));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      script.push(performance.now() - start);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      frame.push(performance.now() - start);
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7];
    const dropped = performance.now();
    let exact: number | null = null;
    while (exact === null && performance.now() - dropped < patience) {
      const said = document.querySelector(".whatif-state strong")?.textContent ?? "";
      if (said.includes("carried over")) exact = performance.now() - dropped;
      else await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return { script: median(script), frame: median(frame), exact };
  }, patience);
}

const told = ({ script, frame }: { script: number; frame: number }) =>
  `${script.toFixed(0)} ms of script, ${frame.toFixed(0)} ms to the frame`;

describe("what-if", () => {
  test("dragging answers at once by formula, and the simulation replaces it and says so", async () => {
    await simulated();
    const day = await drag(2000);
    console.log(`slider redraw, a day: ${told(day)} (medians)`);
    // A quarter of this on an idle machine; tests run beside others.
    expect(day.script).toBeLessThan(100);
    await page.getByText(/^By formula/).waitFor();
    await page.getByText("+30 % contacts, all queues:", { exact: false }).first().waitFor();
    console.log(`exact transient answer of a day: ${day.exact?.toFixed(0)} ms after the last step`);
    expect(day.exact).not.toBeNull();
    const start = Date.now();
    await simulated();
    console.log(`simulated answer of four columns after ${Date.now() - start} ms`);
    const [, level] = await cells("Service level");
    expect(level).toMatch(/−\d+\.\d ± \d+\.\d points/);
    await page.getByText("4 weeks", { exact: true }).first().click();
    const month = await drag(0);
    await page.getByText("Day", { exact: true }).first().click();
    console.log(`slider redraw, four weeks: ${told(month)} (medians)`);
    expect(month.script).toBeLessThan(300);
    await simulated();
    // Four weeks take longer than people wait: few replications answer first, all of the plan's follow.
    await page.getByText("4 weeks", { exact: true }).first().click();
    const asked = Date.now();
    await page.getByText(/^8 replications on the same customers/).waitFor({ timeout: 60_000 });
    console.log(`first simulated answer of four weeks after ${Date.now() - asked} ms`);
    await page.getByText(/^40 replications on the same customers/).waitFor({ timeout: 60_000 });
    await page.getByText("Day", { exact: true }).first().click();
    await simulated();
  });

  test("three scenarios are kept, one of them with a change from the list, and stand side by side", async () => {
    await page.getByRole("button", { name: "Keep as scenario" }).click();
    await lever(/Handle time, longer/, "10");
    await page.getByRole("button", { name: "Keep as scenario" }).click();
    await page.getByRole("button", { name: "New scenario" }).click();
    const editor = page.getByRole("region", { name: /^Changes of/ });
    await editor.getByLabel("Name").fill("Lines down");
    await editor.getByLabel("Add a change").selectOption("outage");
    await editor.getByText(/^Outage .* call again/).waitFor();
    await simulated();
    const offered = await cells("Contacts offered");
    expect(offered.length).toBeGreaterThanOrEqual(4);
    // The outage is on the first day of the plan, which is the day shown: 30 % never come back.
    const lost = await cells("Contacts lost");
    expect(lost.at(-1)).toMatch(/^\+/);
  });

  test("a sweep draws a map that says its values", async () => {
    await page.getByRole("button", { name: "The plan", exact: true }).click();
    await page.getByRole("button", { name: "Sweep", exact: true }).click();
    const map = page.getByRole("slider", { name: /^Service level, / });
    await map.waitFor({ timeout: 60_000 });
    await map.focus();
    await page.keyboard.press("ArrowRight");
    expect(await map.getAttribute("aria-valuetext")).toMatch(/Agents .*, Contacts .*: \d+\.\d\s%/);
  });

  test("the cheapest fix comes with its evidence and is kept as a scenario", async () => {
    await page.getByRole("button", { name: thirty, exact: true }).click();
    await page.getByRole("tab", { name: "Cheapest fix" }).click();
    await page.getByLabel("Part of the day").fill("8");
    await page.getByLabel("Part of the day").press("Enter");
    await page.getByRole("button", { name: "Find the cheapest" }).click();
    const evidence = page.getByRole("table", { name: "Combinations judged" });
    await evidence.waitFor({ timeout: 120_000 });
    await page.getByText(/for the period, service level/).waitFor();
    await page.getByRole("tabpanel").getByRole("button", { name: "Keep as scenario" }).click();
    await page.getByRole("button", { name: `${thirty}, mended`, exact: true }).waitFor();
    await simulated();
  });

  test("shifts are made anew for a scenario; the plan keeps its own", async () => {
    await page.getByRole("button", { name: thirty, exact: true }).click();
    const editor = page.getByRole("region", { name: /^Changes of/ });
    await editor.getByRole("switch", { name: "Make shifts anew for it" }).click();
    const table = page.getByRole("table", { name: "The plan and its scenarios" });
    await table.getByText("Shifts made anew").waitFor({ timeout: 120_000 });
    // 30 % more contacts are not staffed with fewer hours.
    expect((await cells("Paid hours")).join(" ")).toMatch(/\+\d+\sh/);
    await editor.getByRole("switch", { name: "Make shifts anew for it" }).click();
    await table.getByText("Shifts made anew").waitFor({ state: "detached" });
    await simulated();
  });

  test("a pilot: actuals are filled in and held against the forecast, cause by cause", async () => {
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
      .getByText("Who was there is not told and taken as planned.", { exact: false })
      .first()
      .waitFor();
    const chart = page.locator("figure", { hasText: "From forecast to actual" });
    await chart.getByRole("button", { name: /Table/ }).click();
    const volume = chart.getByRole("row").filter({ hasText: "volume" });
    expect(await volume.innerText()).toMatch(/−\d+\.\d/);
  });

  test("the report stands on its own and says what the screen says", async () => {
    const finding = await page.locator(".finding").textContent();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save report" }).click(),
    ]);
    const html = readFileSync(await download.path(), "utf8");
    const report = await visit.newTab();
    await report.setContent(html);
    expect(await report.locator(".finding").textContent()).toBe(finding);
    expect(await report.locator("svg path").count()).toBeGreaterThan(5);
    expect(await report.getByRole("heading", { name: "Assumptions" }).count()).toBe(1);
    expect(await report.getByRole("button").count()).toBe(0);
    expect(html).not.toMatch(/<script|src="http/);
    await report.close();
  });

  test("a scenario goes out as a file and comes back the same", async () => {
    await page.getByRole("button", { name: "Lines down", exact: true }).click();
    const before = await cells("Service level");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save scenario" }).click(),
    ]);
    const file = readFileSync(await download.path());
    await page.getByRole("button", { name: "Remove Lines down" }).click();
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor({ state: "detached" });
    await page.setInputFiles('input[type=file][aria-label="Open scenario"]', {
      name: "lines-down.json",
      mimeType: "application/json",
      buffer: file,
    });
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor();
    await simulated();
    expect([...(await cells("Service level"))].sort()).toEqual([...before].sort());
    await page.setInputFiles('input[type=file][aria-label="Open scenario"]', {
      name: "nonsense.json",
      mimeType: "application/json",
      buffer: Buffer.from("{}"),
    });
    await page.getByText("This is not a scenario of Shiftwright. Nothing was changed.").waitFor();
  });

  test("a scenario that cannot be applied says why and stays open to be mended", async () => {
    const editor = page.getByRole("region", { name: "Changes of Lines down" });
    const date = editor.getByLabel("Date", { exact: true });
    const right = await date.inputValue();
    await date.fill("2031-01-01");
    await page.getByRole("button", { name: /^Lines down, change 1: a date lies outside the plan/ }).waitFor();
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor({ state: "detached" });
    await date.fill(right);
    await page.getByRole("button", { name: "Lines down", exact: true }).waitFor();
  });

  test("nothing complained and nothing left the site", () => {
    expect(visit.complaints).toEqual([]);
    expect(visit.strangers).toEqual([]);
  });
});
