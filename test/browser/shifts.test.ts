import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test as browserTest } from "./fixtures.ts";
import { samplePlan, withPlan } from "./sample-plan.ts";
import { rail } from "./screen.ts";

/** A planner's shifts: design a template, optimise, drag a break, pin, solve again, take the schedule along. */
const test = browserTest.extend("shifts", async ({ page, open }) => {
  const chart = page.getByRole("listbox", { name: "Shifts with their breaks" });
  const proposed = page.getByRole("region", { name: "Proposed shifts" });
  // Three seconds are enough for shifts that hold; the sample's twenty are for better ones.
  await open(
    "shifts",
    withPlan(samplePlan(), (plan) => ({ ...plan, scheduling: { ...plan.scheduling, seconds: 3 } })),
  );
  await chart.waitFor();
  return {
    proposed,
    bars: (name: RegExp) => page.getByRole("option", { name }),
    /** Scrolls the chart until such a bar is drawn: only rows in sight are. */
    async reveal(name: RegExp) {
      await chart.evaluate((box) => box.scrollTo(0, 0));
      const bar = page.getByRole("option", { name }).first();
      await expect
        .poll(async () => {
          // Seen and still there: what has just been accepted is drawn a moment later, in another order.
          if (await bar.isVisible()) {
            const stays = await bar.scrollIntoViewIfNeeded({ timeout: 1000 }).then(
              () => true,
              () => false,
            );
            if (stays) return true;
          }
          // At once, not as a wheel does: what glides on may have passed the bar by.
          await chart.evaluate((box) => box.scrollBy({ top: 100, behavior: "instant" }));
          return false;
        })
        .toBe(true);
      return bar;
    },
    async optimiseAndAccept() {
      await page.getByRole("button", { name: "Optimise", exact: true }).click();
      await proposed.getByRole("button", { name: "Accept" }).click({ timeout: 120_000 });
      await proposed.waitFor({ state: "detached" });
    },
    /** Start of the chosen shift's meal, as the panel says it. */
    async mealStart() {
      const meal = page.locator(".activity-meal").first();
      return ((await meal.innerText()).match(/\d\d:\d\d/) ?? [""])[0];
    },
  };
});

async function field(page: Page, name: string | RegExp, value: string): Promise<void> {
  const box = page
    .getByLabel(name, typeof name === "string" ? { exact: true } : {})
    .filter({ visible: true });
  await box.fill(value);
  await box.press("Enter");
}

/** The lines and areas of the coverage chart. */
const curves = (page: Page) =>
  page.locator("figure svg path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

test("a template is designed, a break of its shifts dragged, that shift pinned, and all else solved again around a training", async ({
  page,
  shifts,
}) => {
  const { bars, reveal, optimiseAndAccept, mealStart } = shifts;
  await page.getByText("Day", { exact: true }).first().click();
  await page.getByRole("button", { name: "Add a template" }).click();
  await field(page, "Name", "Lunch help");
  await field(page, "Starts from", "09:00");
  await field(page, "to", "11:30");
  await field(page, "Lengths, h:mm", "5:00");
  await field(page, "Starts after, h:mm", "1:30");
  await field(page, "at the latest", "3:00");
  await field(page, /^Minimum per day/, "2");
  await field(page, /^Stop at a gap of/, "5");
  await optimiseAndAccept();

  // A break lands a quarter of an hour later, and coverage follows the hand.
  const bar = await reveal(/^Lunch help/);
  const [from, to] = ((await bar.getAttribute("aria-label")) ?? "").match(/\d\d:\d\d/g) ?? ["", ""];
  const width = (await bar.boundingBox())!.width;
  const quarter = (width / (minutes(to) - minutes(from))) * 15;
  const rest = (await bar.locator(".gantt-break").first().boundingBox())!;
  const middle = { x: rest.x + rest.width / 2, y: rest.y + rest.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  const before = await mealStart();
  const curvesBefore = await curves(page);
  await page.mouse.move(middle.x + quarter, middle.y, { steps: 4 });
  await expect.poll(() => curves(page)).not.toEqual(curvesBefore);
  // What it does to service stands beside it, or that only a simulation could say.
  await page
    .getByRole("region", { name: "Service level, stage by stage" })
    .getByText(/points$|^only by simulation$/)
    .waitFor();
  await page.mouse.up();
  await expect.poll(async () => minutes(await mealStart())).toBe(minutes(before) + 15);
  const meal = await mealStart();
  await page.keyboard.press("Control+z");
  await expect.poll(mealStart).toBe(before);
  await page.keyboard.press("Control+Shift+z");
  await expect.poll(mealStart).toBe(meal);

  // Pinned, it stays as it was made by hand.
  const activities = page.locator("details", {
    has: page.locator("summary", { hasText: "Training and meetings" }),
  });
  if (!(await activities.evaluate((details: HTMLDetailsElement) => details.open)))
    await activities.locator("summary").click();
  await activities.getByRole("button", { name: "Add an activity" }).click();
  await page.getByRole("switch", { name: "Pinned" }).click();
  const pinned = bars(/^Lunch help.*pinned$/);
  await reveal(/^Lunch help.*pinned$/);
  const name = (await pinned.getAttribute("aria-label")) ?? "";
  await optimiseAndAccept();
  await reveal(/^Lunch help.*pinned$/);
  expect(await pinned.getAttribute("aria-label")).toBe(name);
  await pinned.click();
  expect(await mealStart()).toBe(meal);

  // The schedule goes out as CSV with that very break and at least two such shifts every weekday.
  const tab = await page.getByRole("tab", { name: /shifts$/ }).innerText();
  await rail(page)
    .getByRole("link", { name: /Files$/ })
    .click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save Schedule as CSV" }).click(),
  ]);
  const { data, errors } = Papa.parse<Record<string, string>>(readFileSync(await download.path(), "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  const rowsOfShifts = new Map<string, Record<string, string>[]>();
  for (const row of data) rowsOfShifts.set(row.shift_id, [...(rowsOfShifts.get(row.shift_id) ?? []), row]);
  const clock = (iso: string) => iso.slice(11, 16);
  const lunchHelp = [...rowsOfShifts.values()].filter((rows) => {
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
  const firstDay = [...rowsOfShifts.values()].filter(([{ date }]) => date === data[0].date);
  expect(firstDay).toHaveLength(Number((tab.match(/[\d,]+/) ?? ["0"])[0]));
  expect(
    firstDay.some(
      ([first, second, last]) =>
        clock(first.start) === from &&
        clock(second.start) === meal &&
        second.activity === "meal" &&
        clock(last?.end ?? "") === to,
    ),
  ).toBe(true);
});

test("breaks alone move: no shift comes or goes", async ({ page, shifts: { proposed } }) => {
  await page.getByRole("button", { name: "Move breaks only" }).click();
  await proposed
    .getByText(/wages .*, understaffed hours −.*, shifts 0\. [\d,]+ shifts differ/)
    .waitFor({ timeout: 60_000 });
  await proposed.getByRole("button", { name: "Discard" }).click();
  await proposed.waitFor({ state: "detached" });
});

test("the map of the week shows each day and opens it", async ({ page, shifts: _shifts }) => {
  await page.getByText("Week", { exact: true }).first().click();
  const map = page.getByRole("figure", { name: "Over- and understaffing by day" });
  await map.waitFor();
  await page.getByText("Day", { exact: true }).first().click();
  await map.waitFor({ state: "detached" });
});

test.for([
  ["Training and meetings", "Add an activity"],
  ["Premiums", "Add a premium"],
])("%s: one is added", async ([title, add], { page, shifts: _shifts }) => {
  const part = page.locator("details", { has: page.locator("summary", { hasText: title }) });
  if (!(await part.evaluate((details: HTMLDetailsElement) => details.open)))
    await part.locator("summary").click();
  const before = await part.getByRole("listitem").count();
  await part.getByRole("button", { name: add }).click();
  await expect.poll(() => part.getByRole("listitem").count()).toBe(before + 1);
});
