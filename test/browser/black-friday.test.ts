import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test } from "./fixtures.ts";
import { samplePlan, withPlan } from "./sample-plan.ts";

/**
 * What a manager asks in November: Black Friday, every queue at 80 %, as cheaply as the plan's own shifts allow, and that
 * for this day only.
 */
/** The sample with fewer replications: intervals are wider, and nothing else is different. */
const quick = () =>
  withPlan(samplePlan(), (plan) => ({ ...plan, simulation: { ...plan.simulation, replications: 12 } }));

const table = (page: Page) => page.getByRole("table", { name: "The plan and its scenarios" });

/** What a column of the comparison says in a row, without its difference. */
async function values(page: Page, measure: string): Promise<string[]> {
  const row = table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: measure, exact: true }) })
    .first();
  return row.locator(".whatif-value").allInnerTexts();
}

const differenceOf = (page: Page, measure: string) =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: measure, exact: true }) })
    .first()
    .locator(".whatif-difference")
    .last()
    .innerText();

/** What the page of the shifts says that all of them are paid. */
async function wagesOfSchedule(page: Page): Promise<number> {
  const row = page.locator(".figure-row").filter({ has: page.getByText("Wages", { exact: true }) });
  return eurosIn(await row.first().locator("dd").innerText());
}

const eurosIn = (text: string) => Number(text.replace(/[^\d]/g, ""));

const refined = (page: Page) =>
  page.getByText(/^12 replications on the same customers/).waitFor({ timeout: 120_000 });

describe("Black Friday", () => {
  test("both queues at 80 %, cheapest by the plan's shifts, adopted for that day only", async ({
    page,
    open,
  }) => {
    await open("shifts", quick());
    const scheduled = await wagesOfSchedule(page);
    await page.evaluate(() => {
      location.hash = "#/whatif";
    });
    await table(page).waitFor();
    await page.getByText("Week", { exact: true }).first().click();
    await refined(page);
    const firstWeek = await Promise.all(
      ["Service level", "Wages", "Contacts lost"].map((row) => values(page, row)),
    );

    let actions = 0;
    const act = async (what: () => Promise<unknown>) => {
      actions++;
      await what();
    };
    await act(() => page.getByLabel("Or start from").selectOption("peakDay"));
    await refined(page);
    await act(() => page.getByRole("tab", { name: "Cheapest fix" }).click());
    // Both queues are asked for, at their own goals of 80 %, on the day that is shown.
    for (const queue of ["Voice", "Chat"])
      expect(await page.getByLabel(`Goal of ${queue}`).inputValue()).toBe("80");
    await act(() => page.getByRole("button", { name: "Find the cheapest" }).click());
    const answer = page.getByText(/^Restored for €/);
    await answer.waitFor({ timeout: 180_000 });
    const cost = /€[\d,]+/.exec(await answer.innerText())?.[0] ?? "";
    await act(() => page.getByRole("tabpanel").getByRole("button", { name: "Keep as scenario" }).click());
    const name = "Black Friday +60 %, fixed";
    await table(page).getByRole("button", { name, exact: true }).waitFor();
    await refined(page);
    // The table's cost is the fix's.
    expect(await differenceOf(page, "Wages")).toBe(`+${cost}`);
    const levels = (await values(page, "Service level")).at(-1);
    const wages = (await values(page, "Wages")).at(-1);
    for (const queue of ["Voice", "Chat"]) {
      const level = Number.parseFloat((await values(page, `Service level, ${queue}`)).at(-1) ?? "0");
      expect(level).toBeGreaterThanOrEqual(79);
    }

    await act(() => page.getByRole("button", { name: `Make this the plan: ${name}`, exact: true }).click());
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^\d+ overrides? of the forecast/).waitFor();
    await act(() => dialog.getByRole("button", { name: "Make this the plan" }).click());
    await table(page).getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
    console.log(`actions: ${actions}`);
    expect(actions).toBeLessThanOrEqual(12);

    // The plan is now what the scenario was, to the last digit.
    await refined(page);
    expect((await values(page, "Service level"))[0]).toBe(levels);
    expect((await values(page, "Wages"))[0]).toBe(wages);
    // Every other day is what it was.
    await page.getByText("Week", { exact: true }).first().click();
    for (let week = 0; week < 3; week++) await page.getByRole("button", { name: "Earlier: week" }).click();
    await refined(page);
    const unmoved = await Promise.all(
      ["Service level", "Wages", "Contacts lost"].map((row) => values(page, row)),
    );
    expect(unmoved.map(([plan]) => plan)).toEqual(firstWeek.map(([plan]) => plan));
    // The schedule costs as much more as the fix.
    await page.evaluate(() => {
      location.hash = "#/shifts";
    });
    expect(Math.abs((await wagesOfSchedule(page)) - scheduled - eurosIn(cost))).toBeLessThanOrEqual(1);
  });
});
