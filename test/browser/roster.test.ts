import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { test as browserTest } from "./fixtures.ts";
import { samplePlan, withAgents, withPlan } from "./sample-plan.ts";
import { drawn } from "./screen.ts";

/** A planner's Monday morning: move, undo, call in sick and replace, out and back in, pin and solve the rest. */
const test = browserTest.extend("roster", async ({ page, open }) => {
  await open("roster");
  await grid(page).waitFor();
  return rosterOn(page);
});

const grid = (page: Page) => page.getByRole("grid", { name: "Roster: agents by days" });

/** The roster page as a planner reads it. */
function rosterOn(page: Page) {
  const cells = (text: RegExp) => page.getByRole("gridcell", { name: text });
  return {
    cells,
    grid: grid(page),
    status: page.getByRole("status").filter({ hasText: /rule|cost|Breaks/ }),
    serviceOn: (day: string) =>
      grid(page).getByRole("gridcell", { name: new RegExp(`: ${day}: (Voice|Chat) .*goal`) }),
    /** How many lines the grid has, in sight or not, without head and foot. */
    lines: async () => Number(await grid(page).getAttribute("aria-rowcount")) - 4,
    openShifts: async () =>
      Number(
        await page
          .locator("dt", { hasText: /^Open shifts$/ })
          .locator("xpath=following-sibling::dd[1]")
          .innerText(),
      ),
    /** The first cell that nothing covers: rows beyond the foot are drawn too. Scrolls on where there is none. */
    async inSight(text: RegExp): Promise<Locator> {
      for (let round = 0; round < 5; round++) {
        const foot = (await page.locator(".roster-foot").boundingBox())!;
        const head = (await page.locator(".roster-head").boundingBox())!;
        for (const cell of await cells(text).all()) {
          const box = await cell.boundingBox();
          if (box && box.y > head.y + head.height && box.y + box.height < foot.y) return cell;
        }
        await page.evaluate(() => document.querySelector("[role=grid]")?.scrollBy(0, 200));
        await drawn(page);
      }
      throw new Error("nothing in sight");
    },
    async saveCsv(): Promise<string> {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "CSV", exact: true }).click(),
      ]);
      return readFileSync(await file.path(), "utf8");
    },
    /** Brings a table back in, reads what the proposal says of it, and discards that. */
    async proposalFor(csv: string, difference: RegExp): Promise<void> {
      await page
        .getByLabel("Import edited CSV")
        .and(page.locator("input"))
        .setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
      const proposal = page.getByRole("region", { name: "Proposed roster" });
      await proposal.getByText(difference).waitFor();
      await proposal.getByRole("button", { name: "Discard" }).click();
      await proposal.waitFor({ state: "detached" });
    },
  };
}

/** `E 08:30: Ada Berg, Mon 2 Nov: Early 08:30–17:00` in parts. */
async function read(cell: Locator): Promise<{ person: string; shift: string; name: string }> {
  const name = (await cell.getAttribute("aria-label")) ?? "";
  const [, person, shift] = /^(?:.*?: )?([^,:]+), [^:]+: (.*)$/.exec(name) ?? ["", "", ""];
  return { person, shift, name };
}

describe("the roster", () => {
  test("a dragged shift moves, and undo brings it back", async ({ page, roster: { cells, inSight } }) => {
    const free = await inSight(/Wed.*: free$/);
    const worked = await inSight(/Wed.*\d\d:\d\d–\d\d:\d\d$/);
    const { person, shift } = await read(worked);
    const { person: other } = await read(free);
    const from = (await worked.boundingBox())!;
    const to = (await free.boundingBox())!;
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 20, to.y + 10, { steps: 5 });
    await page.mouse.up();
    await cells(new RegExp(`${other}, Wed.*${shift}`)).waitFor();
    await cells(new RegExp(`${person}, Wed.*: free`)).waitFor();
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, Wed.*${shift}`)).waitFor();
  });

  test("cover and expected service follow an edit; undo brings them back", async ({
    page,
    roster: { cells, openShifts, serviceOn },
  }) => {
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

  test("a shift put where the agent is away is marked at once with the rule's name", async ({
    page,
    roster: { cells, status },
  }) => {
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
    await status.filter({ hasText: "Not available" }).waitFor();
    // The next edit breaks nothing more, which is not the same as nothing.
    await worked.click();
    await page.keyboard.press(".");
    // The shift may break more there than that the agent is away, such as the rest after it.
    await status
      .filter({ hasText: /^Breaks nothing more; (1 hard rule is|\d+ hard rules are) still broken/ })
      .waitFor();
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, .*: away$`))
      .first()
      .waitFor();
  });

  test("an open shift is given without a mouse", async ({ page, roster: { cells, openShifts } }) => {
    const open = await openShifts();
    await cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/)
      .first()
      .click();
    await page.keyboard.press("Delete");
    await expect.poll(openShifts).toBe(open + 1);
    await page.keyboard.press("Enter");
    const give = page.getByLabel("Assign an open shift");
    await expect.poll(() => give.evaluate((field) => field === document.activeElement)).toBe(true);
    await give.selectOption({ index: 1 });
    await expect.poll(openShifts).toBe(open);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await expect.poll(openShifts).toBe(open);
  });

  test("headings close, a search finds, and nearer is a day with its breaks", async ({
    page,
    roster: { grid, lines },
  }) => {
    const all = await lines();
    await grid.getByRole("button", { name: "Alz" }).click();
    await expect.poll(lines).toBeLessThan(all);
    await grid.getByRole("button", { name: "Alz" }).click();
    await expect.poll(lines).toBe(all);
    await page.getByLabel("Search names").fill("Lopes");
    await expect.poll(lines).toBeLessThan(6);
    await page.getByLabel("Search names").fill("");
    await page.getByRole("button", { name: "Day", exact: true }).click();
    await grid.locator(".roster-bar b").first().waitFor();
    await page.getByRole("button", { name: "Week", exact: true }).click();
    await expect.poll(lines).toBe(all);
  });

  test("a person's weeks open from the roster", async ({ page, roster: { cells, grid } }) => {
    const worked = cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { person } = await read(worked);
    await worked.click();
    await page.getByRole("button", { name: "Open person" }).click();
    const weeks = page.getByRole("table", { name: `Weeks of ${person}` });
    expect(await weeks.getByRole("row").count()).toBe(5);
    await page.getByRole("tab", { name: "Roster", exact: true }).click();
    await grid.waitFor();
  });

  test("called in sick: the shift is open, somebody is found, the agent is away", async ({
    page,
    roster: { cells, openShifts },
  }) => {
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

  test("in a wide day an end is dragged, coverage moves under the hand, and times are typed", async ({
    page,
    roster: { cells, grid },
  }) => {
    await page.getByRole("button", { name: "Day", exact: true }).click();
    const bar = grid.locator(".roster-bar").nth(3);
    await bar.waitFor();
    const { person, shift } = await read(bar.locator("xpath=.."));
    const [, start, end] = /(\d\d:\d\d)–(\d\d:\d\d)/.exec(shift)!;
    const onQueue = grid.getByRole("gridcell", { name: /required at the peak/ }).locator("path.is-rostered");
    const before = await onQueue.getAttribute("d");
    const box = (await bar.boundingBox())!;
    await page.mouse.move(box.x + box.width - 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 60, box.y + 8, { steps: 6 });
    const ghost = page.locator(".roster-ghost");
    await ghost.getByText(/^\+\d+ min/).waitFor();
    await expect.poll(() => onQueue.getAttribute("d")).not.toBe(before);
    await page.mouse.up();
    await cells(new RegExp(`${person}, .*${start}–(?!${end})`)).waitFor();
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, .*${start}–${end}`)).waitFor();
    await expect.poll(() => onQueue.getAttribute("d")).toBe(before);

    // The same by keys, for the shift at the cursor: later by a quarter, and earlier again.
    await cells(new RegExp(`${person}, .*${start}–${end}`)).click({ position: { x: 5, y: 5 } });
    await page.keyboard.press(".");
    await cells(new RegExp(`${person}, .*${start}–(?!${end})`)).waitFor();
    await page.keyboard.press(",");
    await cells(new RegExp(`${person}, .*${start}–${end}`)).waitFor();

    // Typed: a break outside the shift is refused in words, a split makes two halves.
    await page.keyboard.press("Enter");
    const times = page.getByRole("region", { name: "Times of the shift" });
    const pause = times.getByLabel("Break from").first();
    await pause.fill(end);
    await pause.press("Enter");
    await times.getByText(/^Impossible: /).waitFor();
    const breaks = times.getByRole("button", { name: "Remove: Break" });
    const count = await breaks.count();
    await breaks.first().click();
    await expect.poll(() => breaks.count()).toBe(count - 1);
    await times.getByRole("button", { name: "Split the shift" }).click();
    await times.getByLabel("Gap from").waitFor();
  });

  test("a shift is swapped with a colleague; many days are chosen and ended later at once", async ({
    page,
    roster: { cells, inSight },
  }) => {
    const worked = await inSight(/Tue.*\d\d:\d\d–\d\d:\d\d$/);
    const { person, shift } = await read(worked);
    await worked.click();
    await page.getByRole("button", { name: "Give or swap" }).click();
    const list = page.getByRole("region", { name: "Give to a colleague or swap" });
    const first = list.getByRole("listitem").first();
    const inReturn = /\d\d:\d\d–\d\d:\d\d/.exec(await first.innerText())![0];
    await first.getByRole("button").click();
    await cells(new RegExp(`${person}, Tue.*${inReturn}`))
      .first()
      .waitFor();
    await page.keyboard.press("Control+z");
    await cells(new RegExp(`${person}, Tue.*${shift}`))
      .first()
      .waitFor();
    await worked.click();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByRole("heading", { name: "4 days chosen" }).waitFor();
    await page.getByRole("button", { name: "End 15 min later" }).click();
    await expect
      .poll(async () => (await read(cells(new RegExp(`${person}, Tue`)).first())).shift)
      .not.toBe(shift);
    await page.keyboard.press("Control+z");
    await expect
      .poll(async () => (await read(cells(new RegExp(`${person}, Tue`)).first())).shift)
      .toBe(shift);
  });

  test("sick until a date: all shifts till then are open, and who could take them is asked one by one", async ({
    page,
    roster: { cells, openShifts },
  }) => {
    const before = await openShifts();
    const worked = cells(/Mon.*\d\d:\d\d–\d\d:\d\d$/).first();
    const { person } = await read(worked);
    await worked.click();
    await page.getByLabel("Sick until").fill("2026-11-08");
    const shifts = await cells(new RegExp(`${person}, .*\\d–\\d`)).count();
    expect(shifts).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Called in sick" }).click();
    await expect.poll(openShifts).toBe(before + shifts);
    // Somebody for each, where anybody is free; else it is left open.
    const asked = page.getByRole("region", { name: "Replacements" });
    await asked.getByRole("heading", { name: /Mon 2 Nov/ }).waitFor();
    let given = 0;
    for (let at = 0; at < shifts; at++) {
      const title = await asked.getByRole("heading").innerText();
      const [first] = await asked.getByRole("listitem").all();
      if (first) {
        given++;
        await first.getByRole("button").click();
      } else await asked.getByRole("button", { name: "Leave it open" }).click();
      await expect.poll(openShifts).toBe(before + shifts - given);
      await asked.getByRole("heading", { name: title }).waitFor({ state: "detached" });
    }
    expect(given).toBeGreaterThan(0);
  });

  test("a team's weekly meeting is placed in its shifts, who comes is said, and a person's page names it", async ({
    page,
    roster,
  }) => {
    await roster.grid.waitFor();
    await page.getByRole("tab", { name: "Rules and requests" }).click();
    await page.getByRole("button", { name: "Add a meeting" }).click();
    await page.getByRole("button", { name: "Place in this roster" }).click();
    const attendance = page.getByRole("list", { name: "Who comes to Team meeting" });
    await attendance
      .getByText(/\d+ of 16 come/)
      .first()
      .waitFor();
    expect(await attendance.getByRole("listitem").count()).toBe(4);
    await page.getByRole("tab", { name: "Person" }).click();
    await page.getByLabel("Agent", { exact: true }).selectOption(samplePlan().plan.agents[0].id);
    await page
      .getByRole("list", { name: "Meetings" })
      .getByText(/^Team meeting: /)
      .first()
      .waitFor();
    await page.getByRole("tab", { name: "Rules and requests" }).click();
    await page.keyboard.press("Control+z");
    await page.getByText("Not in the roster yet", { exact: false }).waitFor();
  });

  test("out as CSV, edited, back as a proposal with its differences", async ({ roster }) => {
    const lines = (await roster.saveCsv()).split("\n");
    const [date, agentId] = lines[1].split(",");
    const edited = lines.filter((line) => !line.startsWith(`${date},${agentId},`)).join("\n");
    await roster.proposalFor(edited, /^1 person-day moves/);
  });

  test("out with codes: no name leaves, and it comes back as it was", async ({ page, roster }) => {
    const codes = page.getByRole("switch", { name: "Agent codes instead of names" });
    await codes.click();
    const text = await roster.saveCsv();
    await codes.click();
    expect(text).toMatch(/,P001,P001,/);
    const { person } = await read(roster.cells(/Mon/).first());
    expect(text).not.toContain(person);
    await roster.proposalFor(text, /^0 person-days move/);
  });

  test("with codes, no name stands on sheets, in balances and wishes, in changes as text, table and calendars", async ({
    page,
    roster,
  }) => {
    await roster.grid.waitFor();
    const names = new Set(samplePlan().plan.agents.map(({ name }) => name));
    const named = (text: string) => [...names].filter((name) => text.includes(name));
    const saved = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button, exact: true }).click(),
      ]);
      return readFileSync(await download.path(), "latin1");
    };
    const sheets = async () => {
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      const texts = await page.locator(".print-sheet").allTextContents();
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      return texts.join();
    };
    expect(named(await sheets()).length).toBeGreaterThan(5);
    await page.getByRole("switch", { name: "Agent codes instead of names" }).click();
    expect(named(await sheets())).toEqual([]);
    await page.getByRole("tab", { name: "Rules and requests" }).click();
    expect(named(await saved("Requests as CSV"))).toEqual([]);
    expect(named(await saved("Ledger as CSV"))).toEqual([]);
    await page.getByRole("tab", { name: "Publish" }).click();
    await page.getByRole("list", { name: "What changed, by person" }).getByText("P001").first().waitFor();
    expect(named(await saved("Changes as CSV"))).toEqual([]);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy text for all" }).click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("P001");
    expect(named(copied)).toEqual([]);
  });

  test("a week on paper: a sheet for each team, with everybody on it", async ({ page, roster }) => {
    await roster.grid.waitFor();
    const pages = (await page.pdf({ preferCSSPageSize: true }))
      .toString("latin1")
      .match(/\/Type\s*\/Page\b/g);
    expect(pages).toHaveLength(5);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    expect(await page.locator(".print-sheet tbody tr").count()).toBe(80);
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.locator(".print-sheet").first().waitFor({ state: "detached" });
  });
});

describe("open shifts", () => {
  test("the tab says why, names who could, and a fix is applied and undone", async ({ page, open }) => {
    const { document, person, count } = withLeaveTaken();
    await open("roster", document);
    await page.getByRole("tab", { name: "Open shifts" }).press("Enter");
    const tab = page.getByRole("region", { name: "Open shifts" });
    await tab.getByText(`${count} shifts are open`).waitFor();
    await tab.getByText("What would close most of them").waitFor({ timeout: 60_000 });
    await tab.getByText(`${person}: on leave`).first().waitFor({ state: "attached" });
    await tab
      .getByRole("button", { name: /^Apply: / })
      .first()
      .press("Enter");
    await tab.getByText("The roster has changed since.").waitFor();
    expect(await tab.getByText(`${count} shifts are open`).count()).toBe(0);
    await page.keyboard.press("Control+z");
    await tab.getByText(`${count} shifts are open`).waitFor();
  });
});

describe("a roster that is solved here", () => {
  test("a pinned shift stays when the rest is solved again", async ({ page, open }) => {
    await open("roster", withAgents(samplePlan(), 12));
    const worked = rosterOn(page)
      .cells(/Wed.*\d\d:\d\d–\d\d:\d\d$/)
      .first();
    const { name } = await read(worked);
    await worked.click();
    await page.keyboard.press("p");
    await page.getByRole("button", { name: "Solve the rest again" }).click();
    const proposal = page.getByRole("region", { name: "Proposed roster" });
    await proposal.getByRole("button", { name: "Accept" }).click({ timeout: 120_000 });
    await page.getByRole("gridcell", { name: `${name}, pinned` }).waitFor();
  });

  test("from nothing: built by seniority and fairly; who cannot meet all rules is named with what would free them", async ({
    page,
    open,
  }) => {
    await open("roster", withoutRoster());
    const [first] = samplePlan().plan.agents;
    await page.getByLabel("Bidding order").selectOption({ label: "By seniority" });
    await page.getByLabel("Weekends", { exact: true }).fill("2");
    await page.getByRole("button", { name: "Build roster" }).click();
    await grid(page).waitFor({ timeout: 120_000 });
    const conflict = page.getByRole("list", { name: "Rules in conflict" });
    await conflict.getByRole("button", { name: first.name }).first().waitFor();
    await conflict.getByText("Too few hours in the week").first().waitFor();
    await conflict.getByText("Fewer hours due that week", { exact: false }).first().waitFor();

    // Who got what and why, and what the next period carries over.
    await page.getByRole("tab", { name: "Rules and requests" }).click();
    const wishes = page.getByRole("grid", { name: "Requests and their outcome" });
    await wishes
      .getByText(/^Granted, turn \d+ of round \d/)
      .first()
      .waitFor();
    await wishes
      .getByText(/^Not granted: /)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Carry this roster over" }).click();
    await page.getByRole("table", { name: /^Ledger/ }).waitFor();
    await page.getByRole("tab", { name: "Fairness" }).click();
    await page.getByRole("columnheader", { name: "Total: Weekends" }).waitFor({ state: "attached" });
  });
});

/** The sample after somebody's leave was granted for four days of work: their shifts are open. */
function withLeaveTaken() {
  const sample = samplePlan();
  const roster = sample.results.roster!;
  const { agentId } = roster.value.assignments[0];
  const theirs = roster.value.assignments.filter((one) => one.agentId === agentId).slice(0, 4);
  const value = {
    ...roster.value,
    assignments: roster.value.assignments.filter((one) => !theirs.includes(one)),
    unassigned: [...roster.value.unassigned, ...theirs.map(({ shift }) => shift)],
  };
  const results = { ...sample.results, roster: { ...roster, value } };
  const dates = theirs.map(({ shift }) => shift.date);
  const document = withPlan({ ...sample, results }, (plan) => ({
    ...plan,
    agents: plan.agents.map((agent) =>
      agent.id === agentId ? { ...agent, daysOff: [...agent.daysOff, ...dates].sort() } : agent,
    ),
  }));
  const person = sample.plan.agents.find(({ id }) => id === agentId)!.name;
  return { document, person, count: value.unassigned.length };
}

/** Twelve agents without a roster, of whom the first owes sixty hours a week and may work forty. */
function withoutRoster(): PlanDocument {
  const sample = withAgents(samplePlan(), 12);
  const document = withPlan(sample, (plan) => {
    const [first, ...others] = plan.agents;
    const hopeless = { ...plan.contracts[0], id: "hopeless", name: "Hopeless", minimumMinutesPerWeek: 3600 };
    return {
      ...plan,
      contracts: [...plan.contracts, hopeless],
      agents: [{ ...first, contractId: "hopeless" }, ...others],
    };
  });
  return { ...document, results: { ...document.results, roster: null, simulation: null } };
}
