import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site, type Visit } from "./site.ts";

/** A planner's Monday morning: move, undo, call in sick and replace, out and back in, pin and solve the rest. */
let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit();
  page = visit.page;
  await page.goto(`${site.origin}/#/roster`);
  await page.getByRole("grid", { name: "Roster: agents by days" }).waitFor({ timeout: 60_000 });
});
afterAll(async () => {
  await visit?.close();
  await site?.close();
});

const cells = (text: RegExp) => page.getByRole("gridcell", { name: text });
const openShifts = async () =>
  Number(
    await page
      .locator("dt", { hasText: /^Open shifts$/ })
      .locator("xpath=following-sibling::dd[1]")
      .innerText(),
  );
/** `E 08:30: Ada Berg, Mon 2 Nov: Early 08:30–17:00` in parts. */
async function read(
  cell: ReturnType<typeof cells>,
): Promise<{ person: string; shift: string; name: string }> {
  const name = (await cell.getAttribute("aria-label")) ?? "";
  const [, person, shift] = /^(?:.*?: )?([^,:]+), [^:]+: (.*)$/.exec(name) ?? ["", "", ""];
  return { person, shift, name };
}

describe("the roster", () => {
  test("a dragged shift moves, and undo brings it back", async () => {
    const worked = cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { person, shift } = await read(worked);
    const free = cells(/Mon.*: free$/).first();
    const { person: other } = await read(free);
    const from = (await worked.boundingBox())!;
    const to = (await free.boundingBox())!;
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 10, { steps: 5 });
    await page.mouse.up();
    await cells(new RegExp(`${other}, Mon.*${shift}`)).waitFor();
    await cells(new RegExp(`${person}, Mon.*: free`)).waitFor();
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, Mon.*${shift}`)).waitFor();
  });

  test("called in sick: the shift is open, somebody is found, the agent is away", async () => {
    const before = await openShifts();
    const worked = cells(/Tue.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { person } = await read(worked);
    await worked.click();
    await page.getByRole("button", { name: "Called in sick" }).click();
    await cells(new RegExp(`${person}, Tue.*away`)).waitFor();
    await expect.poll(openShifts).toBe(before + 1);
    await page
      .getByRole("region", { name: "Replacements" })
      .getByRole("listitem")
      .first()
      .getByRole("button")
      .click();
    await expect.poll(openShifts).toBe(before);
  });

  test("out as CSV, edited, back as a proposal with its differences", async () => {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "CSV", exact: true }).click(),
    ]);
    const lines = readFileSync(await file.path(), "utf8").split("\n");
    const [date, agentId] = lines[1].split(",");
    const edited = join(tmpdir(), `roster-edited-${process.pid}.csv`);
    writeFileSync(edited, lines.filter((line) => !line.startsWith(`${date},${agentId},`)).join("\n"));
    await page.getByLabel("Bring back edited CSV").and(page.locator("input")).setInputFiles(edited);
    const proposal = page.getByRole("region", { name: "Proposed roster" });
    await proposal.getByText(/^1 day differs/).waitFor();
    await proposal.getByRole("button", { name: "Discard" }).click();
    await proposal.waitFor({ state: "detached" });
  });

  test("a pinned shift stays when the rest is solved again", async () => {
    const worked = cells(/Wed.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { name } = await read(worked);
    await worked.click();
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "Solve the rest again" }).click();
    const proposal = page.getByRole("region", { name: "Proposed roster" });
    await proposal.waitFor({ timeout: 180_000 });
    await proposal.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("gridcell", { name: `${name}, pinned` }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});
