import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { personCalendar } from "../files/person-calendar.ts";
import { test } from "./fixtures.ts";

const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function downloaded(page: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  return readFileSync(await file.path());
}

const filesOf = (archive: Buffer) =>
  Object.entries(unzipSync(archive)).map(([name, bytes]) => ({ name, text: strFromU8(bytes) }));

/** Every sheet says what it is of, from which plan and version. */
async function printed(page: Page, button: string, title: RegExp, least: number): Promise<void> {
  await page.evaluate(() => {
    window.print = () => window.dispatchEvent(new Event("beforeprint"));
  });
  await page.getByRole("button", { name: button }).click();
  const sheets = page.locator(".print-sheet");
  expect(await sheets.count()).toBeGreaterThan(least);
  expect(await sheets.locator("h2").first().textContent()).toMatch(title);
  const origins = await sheets.locator(".print-origin").allTextContents();
  for (const origin of origins)
    expect(origin).toMatch(/^Sample plan .* · version 2, published .* · printed /);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
}

test("a published roster tells what changed since, to the right person and nobody else", async ({
  page,
  open,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("roster");
  const line = page.getByRole("status").filter({ hasText: /ublished/ });
  await line.getByText("Not published yet.").waitFor();
  await line.getByRole("button", { name: "Publish" }).click();
  await page.getByLabel("Note").fill("November");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await page.getByText("The roster is as it was published.").waitFor();
  const first = filesOf(await downloaded(page, "Calendar files (ZIP)"));
  expect(first.length).toBeGreaterThan(50);

  // One shift taken off, by hand, in the grid.
  await tab(page, "Roster");
  await line.getByText("nothing changed since").waitFor();
  const cell = page.getByRole("gridcell", { name: /Mon 2 Nov: [^,]*–[^,]*$/ }).first();
  const [, person] = /^(?:.*?: )?([^,:]+), [^:]+: /.exec((await cell.getAttribute("aria-label")) ?? "") ?? [];
  await cell.click();
  await page.keyboard.press("Delete");
  await line.getByText("1 person changed since").waitFor();
  await page.getByRole("gridcell", { name: new RegExp(`${person}, Mon 2 Nov: free, changed`) }).waitFor();
  await line.getByRole("button", { name: "What changed" }).click();
  const list = page.getByRole("list", { name: "What changed, by person" });
  expect(await list.getByRole("heading").allInnerTexts()).toEqual([person]);
  await list.getByText(/^Mon 2 Nov: no shift \(was \d\d:\d\d–\d\d:\d\d /).waitFor();
  await page.getByRole("button", { name: `Copy text for ${person}` }).click();
  await page.getByText("Copied").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    new RegExp(`^${person}: your shifts in .* have changed\\.\\n– Mon 2 Nov: no shift`),
  );
  const rows = String(await downloaded(page, "Changes as CSV"))
    .trim()
    .split(/\r?\n/);
  expect(rows).toHaveLength(2);
  expect(rows[1]).toContain(`${person},dropped,`);
  expect(await page.getByRole("button", { name: "Calendar files (ZIP)" }).isDisabled()).toBe(true);

  // The second version: undo does not call it back, and the person's calendar loses that day only.
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByText("The roster is as it was published.").waitFor();
  const second = filesOf(await downloaded(page, "Calendar files (ZIP)"));
  expect(second.map(({ name }) => name)).toEqual([expect.stringMatching(/-cancelled\.ics$/)]);
  const calendar = personCalendar();
  const own = first.find(({ name }) => second[0].name === name.replace(".ics", "-cancelled.ics"))!;
  calendar.open({ events: own.text, cancelled: null });
  const before = calendar.shown().length;
  calendar.open({ events: null, cancelled: second[0].text });
  expect(calendar.shown()).toHaveLength(before - 1);
  await printed(page, "Print people", /^\S.* · 2 – 8 Nov 2026$/, 50);
  await printed(page, "Print teams", /^\S+ · 2 – 8 Nov 2026$/, 4);
  await tab(page, "Publish");
  await page.keyboard.press("Control+z");
  await page.getByText("1 person has changes that are not published.").waitFor();
  await list.getByText(/^Mon 2 Nov: new shift/).waitFor();

  // Kept with the plan.
  await page.reload();
  await line.getByText("1 person changed since").waitFor();
});
