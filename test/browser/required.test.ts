import { expect } from "vitest";
import { test as browserTest } from "./fixtures.ts";

/** What a planner changes on the Required page besides the goal. */
const test = browserTest.extend("figure", async ({ page, open }) => {
  await open("required");
  await page.getByText("Add an item").waitFor();
  return async (name: string) => {
    const text = await page
      .locator("dt", { hasText: new RegExp(`^${name}$`) })
      .locator("xpath=following-sibling::dd[1]/b")
      .innerText();
    return Number(text.replace(/[^\d.]/g, ""));
  };
});

test("a shrinkage item is added, bound to weekdays and hours, and taken back step by step", async ({
  page,
  figure,
}) => {
  const before = await figure("To schedule, with shrinkage");
  const required = await figure("Required on queue");
  await page.getByRole("button", { name: "Add an item" }).click();
  await expect.poll(() => figure("To schedule, with shrinkage")).toBeGreaterThan(before);
  const always = await figure("To schedule, with shrinkage");
  await page.getByRole("button", { name: "Sunday", exact: true }).click();
  await page.getByRole("button", { name: "Saturday", exact: true }).click();
  await page.getByRole("switch", { name: "Only at certain times" }).click();
  await page.getByLabel("Until").fill("10:00");
  await page.getByText(/Mon, Tue, Wed, Thu,? and Fri, 08:00–10:00, planned/).waitFor();
  await expect.poll(() => figure("To schedule, with shrinkage")).toBeLessThan(always);
  expect(await figure("To schedule, with shrinkage")).toBeGreaterThan(before);
  expect(await figure("Required on queue")).toBe(required);
  // In a field the key would undo the typing alone.
  await page.getByRole("switch", { name: "Only at certain times" }).focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("Control+z");
  await expect.poll(() => figure("To schedule, with shrinkage")).toBe(before);
});

test("opening hours are those the history shows until they are set by hand, and back again", async ({
  page,
  figure,
}) => {
  const before = await figure("Required on queue");
  await page.getByText(/As the history shows: Mon–Fri 07:00–20:00/).waitFor();
  await page.getByRole("switch", { name: "Set manually" }).click();
  const closes = page.getByLabel("Monday closes");
  expect(await closes.inputValue()).toBe("20:00");
  await closes.fill("1400");
  await closes.press("Enter");
  await expect.poll(() => figure("Required on queue")).toBeLessThan(before);
  await closes.fill("half past");
  expect(await closes.getAttribute("aria-invalid")).toBe("true");
  await closes.press("Enter");
  expect(await closes.inputValue()).toBe("14:00");
  await page.getByRole("switch", { name: "Set manually" }).click();
  await expect.poll(() => figure("Required on queue")).toBe(before);
});

test("a price per contact shows what the shown week brings, by queue and in total", async ({
  page,
  open,
}) => {
  await open("required");
  await page.getByLabel("Revenue per handled contact").fill("10");
  await page.getByLabel("Revenue per handled contact").press("Enter");
  const table = page.getByRole("grid", { name: "What the contacts bring in, staffed as required" });
  const cells = table.getByRole("row").nth(1).getByRole("gridcell");
  const number = async (column: number) =>
    Number((await cells.nth(column).innerText()).replace(/[^\d.]/g, ""));
  await expect.poll(() => number(3)).toBeGreaterThan(0);
  // Shown in whole contacts and euros.
  expect(Math.abs((await number(3)) - 10 * (await number(1)))).toBeLessThanOrEqual(6);
});
