import { expect } from "vitest";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { test } from "./fixtures.ts";
import { samplePlan } from "./sample-plan.ts";
import { rail, shown, untilStage } from "./screen.ts";

/** The sample plan with as little work as it can be made with. */
const document = () => {
  const { plan, history } = samplePlan();
  const small = { ...plan, dayCount: 7, scheduling: { ...plan.scheduling, seconds: 1 } };
  return { plan: small, history, results: noResults };
};

/** Eight weeks of two queues, hour by hour, ending on Sunday, 25 October 2026. */
function twoQueues(): string {
  const lines = ["Date,Time,Queue,Offered,Handled,AHT"];
  for (let day = 0; day < 56; day++)
    for (let hour = 8; hour < 18; hour++)
      for (const [queue, contacts, seconds] of [
        ["Orders", 30, 240],
        ["Returns", 12, 300],
      ] as const) {
        const offered = contacts + ((day * 7 + hour * 3) % 9) - 4;
        lines.push(`${addDays("2026-08-31", day)},${hour}:00,${queue},${offered},${offered},${seconds}`);
      }
  return `${lines.join("\r\n")}\r\n`;
}

test("own data of two queues is set up: dates, a name, one group for both, and shifts made of it", async ({
  page,
  open,
}) => {
  await open("history", document());
  await page.getByTestId("open-file").setInputFiles({
    name: "two queues.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(twoQueues()),
  });
  await page
    .getByRole("button", { name: "Start a new plan with it", exact: true })
    .click({ timeout: 60_000 });
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type a page or a command").fill("queues");
  await page.keyboard.press("Enter");
  await shown(page, "Set-up");

  await page.getByLabel("First day").fill("2026-11-09");
  await page.getByLabel("Length").fill("6");
  await page.getByLabel("Length").press("Enter");
  await page.getByText("14 days lie between the history and the first day.").waitFor();
  await page.getByText(/9.{1,3}14 Nov 2026: 2 queues, 2 groups/).waitFor();

  const controls = page.getByRole("complementary");
  await controls.getByLabel("Queue", { exact: true }).fill("Orders EU");
  await page.getByRole("columnheader", { name: "Orders EU" }).waitFor();

  // The cursor of the grid: second group down, its cell of the first queue, then served as well.
  const skills = page.getByRole("grid", { name: "Skills" });
  await skills.focus();
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "x", "Enter"]) await page.keyboard.press(key);
  const orders = page.getByRole("grid", { name: "Queues" }).getByRole("row", { name: /^Orders EU/ });
  await orders.getByText("Orders and Returns").waitFor();

  await page.keyboard.press("Control+Enter");
  for (const stage of ["Required", "Shifts"]) await untilStage(page, stage, "up to date", 60_000);
  await rail(page)
    .getByRole("link", { name: /Shifts/ })
    .click();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("moving the dates says first what falls outside, and is undone with one key", async ({ page, open }) => {
  await open("setup", samplePlan());
  await page.getByLabel("Length").fill("7");
  await page.getByLabel("Length").press("Enter");
  await page.getByText(/\d+ shifts fall outside and go when shifts are made again/).waitFor();
  await page.getByRole("button", { name: "Move the dates" }).click();
  for (const stage of ["Forecast", "Shifts", "Roster"]) await untilStage(page, stage, "input changed");
  for (const name of ["Required", "Shifts", "Roster", "Set-up"]) {
    await rail(page)
      .getByRole("link", { name: new RegExp(name) })
      .click();
    await shown(page, name);
  }
  await page.keyboard.press("Control+z");
  expect(await page.getByLabel("Length").inputValue()).toBe("28");
  await untilStage(page, "Roster");

  // So does an interval at which the history would lose its finer steps.
  const interval = page.getByLabel("Interval", { exact: true });
  await interval.selectOption({ label: "60 minutes" });
  await page.getByText(/days of history in steps of 15 minutes are summed to 60/).waitFor();
  await page.getByRole("button", { name: "Keep 15 minutes" }).click();
  expect(await interval.inputValue()).toBe("15");
  await untilStage(page, "Roster");
  await interval.selectOption({ label: "60 minutes" });
  await page.getByRole("button", { name: "Sum to 60 minutes" }).click();
  expect(await interval.inputValue()).toBe("60");
  await untilStage(page, "Forecast", "input changed");
  await page.locator("main h1").click();
  await page.keyboard.press("Control+z");
  expect(await interval.inputValue()).toBe("15");
  await untilStage(page, "Roster");
});

test("a queue says what uses it before it goes or is merged; a rotation is drawn; all is back after undo", async ({
  page,
  open,
}) => {
  await open("setup", samplePlan());
  const queues = page.getByRole("grid", { name: "Queues" });
  await queues.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: /^Remove queue Chat/ }).click();
  await page.getByText(/would serve nothing else: \d+ people, \d+ shifts/).waitFor();
  await page.getByRole("button", { name: "Remove Chat", exact: true }).click();
  await expect.poll(() => queues.getByRole("row").count()).toBe(2);
  for (const name of ["Forecast", "Simulate", "What-if", "Set-up"]) {
    await rail(page)
      .getByRole("link", { name: new RegExp(name) })
      .click();
    await shown(page, name);
  }
  await page.keyboard.press("Control+z");
  await expect.poll(() => queues.getByRole("row").count()).toBe(3);

  // Merged instead of removed: whoever did both or one of them is one group.
  await queues.focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: /^Merge queue Chat/ }).click();
  await page.getByText(/Both have contacts in [\d,]+ intervals of the history/).waitFor();
  await page.getByText(/\d+ groups can then do the same as others/).waitFor();
  await page.getByRole("button", { name: "Merge into Voice", exact: true }).click();
  await page.getByText(/1 queue, 1 group,/).waitFor();
  await page.keyboard.press("Control+z");
  await expect.poll(() => queues.getByRole("row").count()).toBe(3);

  // A rotation: a day off typed into its pattern, a team put in row after row.
  await page.getByRole("button", { name: "Add a rotation" }).click();
  const pattern = page.getByRole("grid", { name: "Pattern of the rotation" });
  await pattern.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("off");
  await page.keyboard.press("Enter");
  await pattern.getByRole("gridcell", { name: "off", exact: true }).waitFor();
  await page.getByRole("button", { name: /^Put \d+ people in/ }).click();
  const people = page.getByRole("grid", { name: "People of the rotation" });
  const rowsOfPeople = async () => {
    const lines = (await people.getByRole("row").allInnerTexts()).slice(1).map((text) => text.split("\n"));
    return lines.map((cells) => cells.at(-1)?.trim()).filter((row) => /^\d$/.test(row ?? ""));
  };
  // The first of the team are in view.
  await expect.poll(async () => (await rowsOfPeople()).slice(0, 3)).toEqual(["1", "2", "3"]);
  await page.keyboard.press("Control+z");
  await expect.poll(rowsOfPeople).toEqual([]);
});
