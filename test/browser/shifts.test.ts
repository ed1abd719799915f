import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site, type Visit } from "./site.ts";

/** A planner's shifts: design a template, optimise, drag a break, pin, solve again, take the schedule along. */
let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit();
  page = visit.page;
  await page.goto(`${site.origin}/#/shifts`);
  await page.getByRole("listbox", { name: "Shifts with their breaks" }).waitFor({ timeout: 60_000 });
});
afterAll(async () => {
  await visit?.close();
  await site?.close();
});

async function field(name: string | RegExp, value: string): Promise<void> {
  const box = page
    .getByLabel(name, typeof name === "string" ? { exact: true } : {})
    .filter({ visible: true });
  await box.fill(value);
  await box.press("Enter");
}

const bars = (name: RegExp) => page.getByRole("option", { name });

/** Scrolls the chart until such a bar is drawn: only rows in sight are. */
async function reveal(name: RegExp) {
  const chart = page.getByRole("listbox", { name: "Shifts with their breaks" });
  await chart.hover();
  await chart.evaluate((box) => box.scrollTo(0, 0));
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 200);
      return bars(name).count();
    })
    .toBeGreaterThan(0);
  const bar = bars(name).first();
  await bar.scrollIntoViewIfNeeded();
  return bar;
}

async function optimiseAndAccept(): Promise<void> {
  await page.getByRole("button", { name: "Optimise", exact: true }).click();
  const proposed = page.getByRole("region", { name: "Proposed shifts" });
  await proposed.getByRole("button", { name: "Accept" }).click({ timeout: 120_000 });
  await proposed.waitFor({ state: "detached" });
}

/** Start of the chosen shift's meal, as the panel says it. */
async function mealStart(): Promise<string> {
  const meal = page.locator(".activity-meal").first();
  return ((await meal.innerText()).match(/\d\d:\d\d/) ?? [""])[0];
}

/** The lines and areas of the coverage chart. */
const curves = () =>
  page.locator("figure svg path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

describe("shifts", () => {
  let kept = { from: "", to: "", meal: "" };

  test("a template is designed, and the optimiser makes shifts of it", async () => {
    await page.getByText("Day", { exact: true }).first().click();
    await page.getByRole("button", { name: "Add a template" }).click();
    await field("Name", "Lunch help");
    await field("Starts from", "09:00");
    await field("to", "11:30");
    await field("Lengths, h:mm", "5:00");
    await field("Starts after, h:mm", "1:30");
    await field("at the latest", "3:00");
    await field(/^At least a day/, "2");
    await field(/^Enough at a gap of/, "5");
    await optimiseAndAccept();
    await reveal(/^Lunch help/);
  });

  test("a break dragged in the chart lands a quarter of an hour later, and coverage follows the hand", async () => {
    const bar = await reveal(/^Lunch help/);
    const name = (await bar.getAttribute("aria-label")) ?? "";
    const [from, to] = name.match(/\d\d:\d\d/g) ?? ["", ""];
    const width = (await bar.boundingBox())!.width;
    const quarter = (width / (minutes(to) - minutes(from))) * 15;
    const rest = (await bar.locator(".gantt-break").first().boundingBox())!;
    const middle = { x: rest.x + rest.width / 2, y: rest.y + rest.height / 2 };
    await page.mouse.move(middle.x, middle.y);
    await page.mouse.down();
    const before = await mealStart();
    const curvesBefore = await curves();
    await page.mouse.move(middle.x + quarter, middle.y, { steps: 4 });
    await expect.poll(curves).not.toEqual(curvesBefore);
    await page.getByText(/^Expected service level in these days: .* points$/).waitFor();
    await page.mouse.up();
    await expect.poll(async () => minutes(await mealStart())).toBe(minutes(before) + 15);
    kept = { from, to, meal: await mealStart() };
    await page.keyboard.press("Control+z");
    await expect.poll(mealStart).toBe(before);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(mealStart).toBe(kept.meal);
  });

  test("breaks alone move: no shift comes or goes", async () => {
    await page.getByRole("button", { name: "Move breaks only" }).click();
    const proposed = page.getByRole("region", { name: "Proposed shifts" });
    await proposed.getByText(/wages .*, hours short −.*, shifts 0\.$/).waitFor({ timeout: 60_000 });
    await proposed.getByRole("button", { name: "Discard" }).click();
    await proposed.waitFor({ state: "detached" });
  });

  test("the map of the week shows each day and opens it", async () => {
    await page.getByText("Week", { exact: true }).first().click();
    const map = page.getByRole("figure", { name: "Over and under by day" });
    await map.waitFor();
    await page.getByText("Day", { exact: true }).first().click();
    await map.waitFor({ state: "detached" });
  });

  test("a training is asked for, and a premium for nights", async () => {
    for (const [title, add] of [
      ["Training and meetings", "Add an activity"],
      ["Premiums", "Add a premium"],
    ]) {
      const part = page.locator("details", { has: page.locator("summary", { hasText: title }) });
      if (!(await part.evaluate((details: HTMLDetailsElement) => details.open)))
        await part.locator("summary").click();
      const before = await part.getByRole("listitem").count();
      await part.getByRole("button", { name: add }).click();
      await expect.poll(() => part.getByRole("listitem").count()).toBe(before + 1);
    }
  });

  test("a pinned shift stays as it was made by hand when all else is solved again around the training", async () => {
    await page.getByRole("switch", { name: "Pinned" }).click();
    const pinned = bars(/^Lunch help.*pinned$/);
    await reveal(/^Lunch help.*pinned$/);
    const name = (await pinned.getAttribute("aria-label")) ?? "";
    await optimiseAndAccept();
    await reveal(/^Lunch help.*pinned$/);
    expect(await pinned.getAttribute("aria-label")).toBe(name);
    await pinned.click();
    expect(await mealStart()).toBe(kept.meal);
  });

  test("the schedule goes out as CSV with that very break and at least two such shifts every weekday", async () => {
    const count = Number(
      ((await page.getByRole("tab", { name: /shifts$/ }).innerText()).match(/[\d,]+/) ?? ["0"])[0],
    );
    await page.getByRole("link", { name: /Files$/ }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save Schedule as CSV" }).click(),
    ]);
    const { data, errors } = Papa.parse<Record<string, string>>(readFileSync(await download.path(), "utf8"), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    const shifts = new Map<string, Record<string, string>[]>();
    for (const row of data) shifts.set(row.shift_id, [...(shifts.get(row.shift_id) ?? []), row]);
    const clock = (iso: string) => iso.slice(11, 16);
    const lunchHelp = [...shifts.values()].filter((rows) => {
      const hours = (Date.parse(rows.at(-1)?.end ?? "") - Date.parse(rows[0].start)) / 3_600_000;
      const apart = rows.filter(({ activity }) => activity !== "work" && activity !== "training");
      return hours === 5 && apart.length === 1 && apart[0].activity === "meal";
    });
    // The sample's four sessions of five people, and two of four as they come with a new activity.
    expect(data.filter(({ activity }) => activity === "training")).toHaveLength(28);
    const days = new Map<string, number>();
    for (const [{ date }] of lunchHelp) days.set(date, (days.get(date) ?? 0) + 1);
    const weekdays = [...new Set(data.map(({ date }) => date))].filter(
      (date) => ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay()),
    );
    for (const date of weekdays) expect(days.get(date)).toBeGreaterThanOrEqual(2);
    const firstDay = [...shifts.values()].filter(([{ date }]) => date === data[0].date);
    expect(firstDay).toHaveLength(count);
    expect(
      firstDay.some(
        ([first, meal, last]) =>
          clock(first.start) === kept.from &&
          clock(meal.start) === kept.meal &&
          meal.activity === "meal" &&
          clock(last?.end ?? "") === kept.to,
      ),
    ).toBe(true);
  });

  test("nothing complained and nothing left the site", () => {
    expect(visit.complaints).toEqual([]);
    expect(visit.strangers).toEqual([]);
  });
});
