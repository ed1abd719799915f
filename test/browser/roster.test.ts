import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { openSite, type Site, type Visit } from "./site.ts";

/** A planner's Monday morning: move, undo, call in sick and replace, out and back in, pin and solve the rest; before
 * it the roster is built from nothing, and after it printed. */
const dist = resolve(import.meta.dirname, "../..", process.env.SHIFTWRIGHT_DIST ?? "dist");
const folder = mkdtempSync(join(tmpdir(), "shiftwright-roster-"));
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
  rmSync(folder, { recursive: true, force: true });
});

const cells = (text: RegExp) => page.getByRole("gridcell", { name: text });
const grid = () => page.getByRole("grid", { name: "Roster: agents by days" });
const status = () => page.getByRole("status").filter({ hasText: /rule|price|Breaks/ });
const serviceOn = (day: string) =>
  grid().getByRole("gridcell", { name: new RegExp(`: ${day}: (Voice|Chat) .*goal`) });
/** How many lines the grid has, in sight or not, without head and foot. */
const lines = async () => Number(await grid().getAttribute("aria-rowcount")) - 4;
const openShifts = async () =>
  Number(
    await page
      .locator("dt", { hasText: /^Open shifts$/ })
      .locator("xpath=following-sibling::dd[1]")
      .innerText(),
  );
/** The first that nothing covers: rows beyond the foot are drawn too. Scrolls on where there is none. */
async function inSight(found: ReturnType<typeof cells>): Promise<ReturnType<typeof cells>> {
  for (let round = 0; round < 5; round++) {
    const foot = (await page.locator(".roster-foot").boundingBox())!;
    const head = (await page.locator(".roster-head").boundingBox())!;
    for (const cell of await found.all()) {
      const box = await cell.boundingBox();
      if (box && box.y > head.y + head.height && box.y + box.height < foot.y) return cell;
    }
    await page.evaluate(() => document.querySelector("[role=grid]")?.scrollBy(0, 200));
    await page.waitForTimeout(200);
  }
  throw new Error("nothing in sight");
}
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
    const free = await inSight(cells(/Mon.*: free$/));
    const worked = await inSight(cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/));
    const { person, shift } = await read(worked);
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

  test("cover and expected service follow an edit; undo brings them back", async () => {
    const before = await serviceOn("Thu 5 Nov").getAttribute("aria-label");
    const open = await openShifts();
    // A block of three people's Thursday, taken off together.
    await cells(/Thu.*\d\d:\d\d–\d\d:\d\d$/)
      .first()
      .click();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Delete");
    await expect.poll(openShifts).toBeGreaterThan(open);
    await expect.poll(() => serviceOn("Thu 5 Nov").getAttribute("aria-label")).not.toBe(before);
    await page.keyboard.press("Control+z");
    await expect.poll(openShifts).toBe(open);
    await expect.poll(() => serviceOn("Thu 5 Nov").getAttribute("aria-label")).toBe(before);
  });

  test("a shift put where the agent is away is marked at once with the rule's name", async () => {
    const worked = cells(/Wed.*\d\d:\d\d–\d\d:\d\d$/).first();
    await worked.click();
    await page.keyboard.press("Control+c");
    const away = cells(/: away$/).first();
    const { person } = await read(away);
    await away.click();
    await page.keyboard.press("Control+v");
    await cells(new RegExp(`${person}, .*Not available: hard rule`))
      .first()
      .waitFor();
    await status().filter({ hasText: "Not available" }).waitFor();
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, .*: away$`))
      .first()
      .waitFor();
  });

  test("an open shift is given without a mouse", async () => {
    const open = await openShifts();
    await cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/)
      .first()
      .click();
    await page.keyboard.press("Delete");
    await expect.poll(openShifts).toBe(open + 1);
    await page.keyboard.press("Enter");
    const give = page.getByLabel("Give an open shift");
    await expect.poll(() => give.evaluate((field) => field === document.activeElement)).toBe(true);
    await give.selectOption({ index: 1 });
    await expect.poll(openShifts).toBe(open);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(openShifts).toBe(open);
  });

  test("headings close, a search finds, and nearer is a day with its breaks", async () => {
    const all = await lines();
    await grid().getByRole("button", { name: "Alz" }).click();
    await expect.poll(lines).toBeLessThan(all);
    await grid().getByRole("button", { name: "Alz" }).click();
    await expect.poll(lines).toBe(all);
    await page.getByLabel("Search names").fill("Lopes");
    await expect.poll(lines).toBeLessThan(6);
    await page.getByLabel("Search names").fill("");
    await page.getByRole("button", { name: "Day", exact: true }).click();
    await grid().locator(".roster-bar b").first().waitFor();
    await page.getByRole("button", { name: "Week", exact: true }).click();
    await expect.poll(lines).toBe(all);
  });

  test("a person's weeks open from the roster", async () => {
    const worked = cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { person } = await read(worked);
    await worked.click();
    await page.getByRole("button", { name: "Open person" }).click();
    const weeks = page.getByRole("table", { name: `Weeks of ${person}` });
    expect(await weeks.getByRole("row").count()).toBe(5);
    await page.getByRole("tab", { name: "Roster", exact: true }).click();
    await grid().waitFor();
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

  test("out with codes: no name leaves, and it comes back as it was", async () => {
    const codes = page.getByRole("switch", { name: "Codes instead of names" });
    await codes.click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "CSV", exact: true }).click(),
    ]);
    await codes.click();
    const text = readFileSync(await file.path(), "utf8");
    expect(text).toMatch(/,P001,P001,/);
    const { person } = await read(cells(/Mon/).first());
    expect(text).not.toContain(person);
    const coded = join(folder, "coded.csv");
    writeFileSync(coded, text);
    await page.getByLabel("Bring back edited CSV").and(page.locator("input")).setInputFiles(coded);
    const proposal = page.getByRole("region", { name: "Proposed roster" });
    await proposal.getByText(/^0 days differ/).waitFor();
    await proposal.getByRole("button", { name: "Discard" }).click();
    await proposal.waitFor({ state: "detached" });
  });

  test("a week on paper: a sheet for each team, with everybody on it", async () => {
    const pages = (await page.pdf({ preferCSSPageSize: true }))
      .toString("latin1")
      .match(/\/Type\s*\/Page\b/g);
    expect(pages).toHaveLength(5);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".print-sheet tbody tr").count()).toBe(80);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.locator(".print-sheet").first().waitFor({ state: "detached" });
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

describe("a roster from nothing", () => {
  test("is built by seniority and fairly; who cannot meet all rules is named with what would free them", async () => {
    const sample = readPlanFile(gunzipSync(readFileSync(join(dist, "sample-plan.json.gz"))));
    if (!sample.ok) throw new Error("the sample plan cannot be read");
    const { plan, results } = sample.value;
    const [first, ...others] = plan.agents;
    // Sixty hours owed and forty allowed.
    const hopeless = { ...plan.contracts[0], id: "hopeless", name: "Hopeless", minimumMinutesPerWeek: 3600 };
    const document: PlanDocument = {
      ...sample.value,
      plan: {
        ...plan,
        id: "from-nothing",
        name: "From nothing",
        contracts: [...plan.contracts, hopeless],
        agents: [{ ...first, contractId: "hopeless" }, ...others],
      },
      results: { ...results, roster: null, simulation: null },
    };
    const file = join(folder, "from-nothing.json");
    writeFileSync(file, planFileText(document));
    const own = await site.visit();
    await own.page.goto(`${site.origin}/#/roster`);
    await own.page.getByRole("grid", { name: "Roster: agents by days" }).waitFor({ timeout: 60_000 });
    await own.page.getByTestId("open-file").setInputFiles(file);
    await own.page.getByLabel("Who chooses first").selectOption({ label: "The longest with us" });
    await own.page.getByLabel("Weekends", { exact: true }).fill("2");
    await own.page.getByRole("button", { name: "Build roster" }).click();
    await own.page.getByRole("grid", { name: "Roster: agents by days" }).waitFor({ timeout: 180_000 });
    const conflict = own.page.getByRole("list", { name: "Rules in conflict" });
    await conflict.getByRole("button", { name: first.name }).first().waitFor();
    await conflict.getByText("Too few hours in the week").first().waitFor();
    await conflict.getByText("Fewer hours owed that week", { exact: false }).first().waitFor();

    // Who got what and why, and what the next period carries over.
    await own.page.getByRole("tab", { name: "Rules and wishes" }).click();
    const wishes = own.page.getByRole("grid", { name: "Wishes and what came of them" });
    await wishes
      .getByText(/^Granted, turn \d+ of round \d/)
      .first()
      .waitFor();
    await wishes
      .getByText(/^Not granted: /)
      .first()
      .waitFor();
    await own.page.getByRole("button", { name: "Carry this roster over" }).click();
    await own.page.getByRole("table", { name: /^Ledger/ }).waitFor();
    await own.page.getByRole("tab", { name: "Fairness" }).click();
    await own.page.getByRole("columnheader", { name: "Together: Weekends" }).waitFor({ state: "attached" });
    expect(own.complaints).toEqual([]);
    await own.close();
  });
});
