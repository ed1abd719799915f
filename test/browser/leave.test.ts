import { expect } from "vitest";
import { leaveLimits } from "../../src/leave/leave-limit.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withAgents } from "./sample-plan.ts";
import { drawn } from "./screen.ts";

test("leave is asked for by keyboard, costed, granted and taken back", async ({ page, open }) => {
  const document = withAgents(samplePlan(), 12);
  const { plan, results } = document;
  await open("leave", document);
  const calendar = page.getByRole("grid", { name: "Leave calendar" });
  const { groups } = leaveLimits({
    plan,
    requirement: results.requirement!.value,
    roster: results.roster!.value,
  });
  const { more, short } = groups[0].days[0];
  const limit = calendar.getByRole("row").nth(1).getByRole("gridcell").nth(2);
  await expect.poll(() => limit.textContent()).toBe(more > 0 ? `+${more}` : short > 0 ? `−${short}` : "0");

  // The first shift of the roster: its person's row, its day's column, and the day after.
  const first = results.roster!.value.assignments.find(({ shift }) => shift.date < "2026-11-20")!;
  const row = plan.agents.findIndex(({ id }) => id === first.agentId) + groups.length;
  const column = 2 + Number(first.shift.date.slice(8)) - 2;
  await calendar.focus();
  await page.keyboard.press("Control+Home");
  for (let down = 0; down < row; down++) await page.keyboard.press("ArrowDown");
  for (let right = 0; right < column; right++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await drawn(page);
  const controls = page.getByRole("complementary");
  await expect.poll(() => controls.getByLabel("First day").inputValue()).toBe(first.shift.date);
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => globalThis.document.activeElement?.tagName)).not.toBe("BODY");

  await controls.getByRole("button", { name: "Add as request" }).click();
  const requests = page.getByRole("grid", { name: "Requests" });
  await requests.getByRole("gridcell", { name: "asked" }).waitFor();
  await controls.getByRole("button", { name: "What would it cost?" }).first().click();
  await controls.getByText(/times on the same customers/).waitFor({ timeout: 120_000 });

  await controls.getByRole("button", { name: "Grant", exact: true }).click();
  await requests.getByRole("gridcell", { name: "granted" }).waitFor();
  await controls.getByRole("button", { name: "Take back" }).click();
  await requests.getByRole("gridcell", { name: "asked" }).waitFor();
  await page.keyboard.press("Control+z");
  await requests.getByRole("gridcell", { name: "granted" }).waitFor();
  await page.getByRole("radio", { name: "Year 2026" }).check({ force: true });
  await calendar.getByRole("columnheader", { name: "November" }).waitFor();
});

test("a plan without people says where they come from", async ({ page, open }) => {
  const { plan, ...rest } = samplePlan();
  await open("leave", { ...rest, plan: { ...plan, agents: [] }, results: { ...rest.results, roster: null } });
  await page.getByRole("link", { name: "Open People" }).click();
  await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
});
