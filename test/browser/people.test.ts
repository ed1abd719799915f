import { expect } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { textCell, workbook } from "../files/workbook.ts";
import { test } from "./fixtures.ts";
import { samplePlan } from "./sample-plan.ts";
import { rail, shown } from "./screen.ts";

/** The sample plan without its people. */
const document = () => {
  const { plan, history } = samplePlan();
  return { plan: { ...plan, dayCount: 7, agents: [], ledger: [] }, history, results: noResults };
};

/** Forty people, the first fifteen of whom serve both queues; one column is called what nobody else would call it. */
const list = [
  ["Chip", "Employee Name", "Skills", "Contract Hours/Week", "Days Off", "Hire Date"],
  ...Array.from({ length: 40 }, (_, at) => [
    String(100200 + at),
    `Person ${at + 1}`,
    at < 15 ? "Voice;Chat" : at % 2 === 0 ? "Voice" : "Chat",
    at % 4 === 0 ? "25" : "40",
    "Sun",
    `0${1 + (at % 9)}/0${1 + (at % 7)}/2001`,
  ]),
]
  .map((cells) => cells.join("\t"))
  .join("\n");

test("forty people are pasted, a column is put right, they are taken over, one is edited by keyboard, and undone", async ({
  page,
  open,
}) => {
  await open("people", document());
  await page.getByText(/^Nobody is named yet/).waitFor();
  await page.getByLabel("Paste a list").fill(list);
  await page.getByRole("button", { name: "Read the list" }).click();

  // Nothing says that a chip is an employee number: the name would be the key.
  await page.getByText("The list has neither employee numbers nor e-mail addresses").waitFor();
  await page.getByLabel("What “Chip” is").selectOption("Key");
  const takeOver = page.getByRole("button", { name: "Take over" });
  expect(await takeOver.isDisabled()).toBe(true);
  await page
    .getByText(/ is \d+ \S+ 2001$/)
    .first()
    .click();
  await page.getByRole("row", { name: /New 2 100200 Person 1/ }).waitFor();
  await takeOver.click();
  await page.getByText(/^40 people with up to .* a week, 15 serve several queues\.$/).waitFor();

  const grid = page.getByRole("grid", { name: "People and skills" });
  const second = grid.getByRole("row", { name: /^Person 20 / });
  await grid.focus();
  await page.getByPlaceholder(/^Filter/).fill("Person 20");
  expect(await second.textContent()).toContain("100219");
  await grid.focus();
  // Name, key, voice: somebody of the chats learns to take calls as well.
  for (const key of ["ArrowRight", "ArrowRight", "1", "Enter"]) await page.keyboard.press(key);
  await page.getByText(/16 serve several queues/).waitFor();
  expect(await second.textContent()).toContain("Voice and chat");
  await grid.focus();
  await page.keyboard.press("Control+z");
  await page.getByText(/15 serve several queues/).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText(/^Nobody is named yet/).waitFor();
  await page.keyboard.press("Control+Shift+z");
  await page.getByText(/15 serve several queues/).waitFor();

  // The same list once more: what was settled is remembered, and nothing would change.
  await page.getByPlaceholder(/^Filter/).fill("");
  await page.getByLabel("Paste a list").fill(list);
  await page.getByRole("button", { name: "Read the list" }).click();
  await expect.poll(() => page.getByLabel("What “Chip” is").inputValue()).toBe("key");
  expect(await page.locator("dl").filter({ hasText: "Unchanged" }).textContent()).toBe(
    "New0Changed0Unchanged40Gone0Refused0",
  );

  // Another list in its place, with its columns in another order: nothing of what was settled holds for it.
  await page
    .locator("main input[type=file]")
    .first()
    .setInputFiles({
      name: "corrected.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("Employee Name,Team,Employee Number\nPerson 1,North,100200\n"),
    });
  await page.getByRole("heading", { name: "corrected.csv: what it would change" }).waitFor();
  expect(await page.getByLabel("What “Employee Number” is").inputValue()).toBe("key");
  await page.getByRole("row", { name: /Changed 2 100200 Person 1 Team/ }).waitFor();
  await page.getByRole("button", { name: "Leave the list" }).click();

  // Headings alone do not mean that everybody is gone.
  await page
    .locator("main input[type=file]")
    .first()
    .setInputFiles({
      name: "headings.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("Employee Number,Employee Name\n"),
    });
  await page.getByText("No row of the list can be taken over").waitFor();
  await page.getByLabel("All of them").selectOption({ label: "Is removed" });
  expect(await page.getByRole("button", { name: "Take over", exact: true }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Leave the list" }).click();

  // A workbook that is opened on another page is known for what it is.
  await rail(page).getByRole("link", { name: "Roster" }).click();
  await shown(page, "Roster");
  await page.getByTestId("open-file").setInputFiles({
    name: "staff.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(
      workbook(
        list
          .split("\n")
          .slice(0, 3)
          .map((line, row) => {
            const cells = line.replace("Chip", "Employee number").split("\t");
            return `<row r="${row + 1}">${cells.map((cell, at) => textCell(`${"ABCDEF"[at]}${row + 1}`, cell)).join("")}</row>`;
          }),
      ),
    ),
  });
  await shown(page, "People");
  await page.getByRole("heading", { name: "staff.xlsx: what it would change" }).waitFor();
  await page.getByText("38 people of the plan are not in the list").waitFor();
});
