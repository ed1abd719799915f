import { expect } from "vitest";
import { intervalAt, localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { test } from "./fixtures.ts";
import { samplePlan } from "./sample-plan.ts";

const monday = "2026-11-09";

/** What a wallboard says at 11:00 on a Monday with `factor` times the contacts that were expected. */
function cameUntilEleven({ results }: PlanDocument, factor: number): string {
  const { grid, queues } = results.forecast!.value;
  const rows = queues.flatMap(({ queueId, open, offered }) => {
    const lines: string[] = [];
    for (let at = intervalAt(grid, monday, 0)!; at < intervalAt(grid, monday, 660)!; at++) {
      const minute = localTimeOf(grid, at).minuteOfDay;
      const clock = new Date(minute * 60_000).toISOString().slice(11, 16);
      if (open[at] === 1) lines.push(`${monday} ${clock},${queueId},${Math.round(factor * offered[at])}`);
    }
    return lines;
  });
  return `interval_start,queue,offered\n${rows.join("\n")}\n`;
}

test("a Monday at 11:00 with 18 % more contacts and two people sick is re-forecast and simulated", async ({
  page,
  open,
}) => {
  const document = samplePlan();
  await open("day", document);
  const controls = page.getByRole("complementary");
  await controls.getByLabel("Date").fill(monday);
  await controls.getByLabel("Or paste a table").fill(cameUntilEleven(document, 1.18));
  await controls.getByRole("button", { name: "Read it" }).click();
  const finding = page.locator(".finding");
  await finding.getByText(/11:00: .* contacts came, .* were expected \(\+1[78]/).waitFor();
  await expect.poll(() => controls.getByLabel("Time", { exact: true }).inputValue()).toBe("11:00");
  await page.getByText(/Simulated \d+ times with the people of the roster/).waitFor({ timeout: 60_000 });
  await page
    .getByRole("figure", { name: /expected service level/ })
    .first()
    .waitFor();

  // Expected until 11:00, re-forecast above the plan's afterwards.
  const voice = page.getByRole("grid", { name: "Voice by interval" });
  const cells = voice.getByRole("row").filter({ hasText: "11:00" }).getByRole("gridcell");
  const number = async (column: number) => Number.parseFloat((await cells.nth(column).textContent()) ?? "");
  expect((await number(3)) / (await number(2))).toBeGreaterThan(1.05);

  for (let person = 0; person < 2; person++)
    await controls.getByRole("button", { name: "Sick from now" }).click();
  const sick = controls.getByRole("list", { name: "Sick today" }).getByRole("listitem");
  await expect.poll(() => sick.count()).toBe(2);
  await page.getByText(/Simulated \d+ times/).waitFor({ timeout: 60_000 });
  await finding.getByText(/goal/).waitFor();
  await controls
    .getByRole("button", { name: /Take back: / })
    .first()
    .click();
  await expect.poll(() => sick.count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => sick.count()).toBe(2);
});
