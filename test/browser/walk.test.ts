import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import Papa from "papaparse";
import type { Download, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withAgents, withPlan } from "./sample-plan.ts";
import { rail, settled, untilStage } from "./screen.ts";
import { fullWalks } from "./walk-size.ts";

/**
 * A person's way through the whole program on the sample history, planned by the week. Every table that is downloaded is
 * read back and compared with what stood on the screen. `npm run test:walks` plans four weeks, and then those of the bank
 * where its history is at hand.
 */
const root = join(import.meta.dirname, "../..");
const walks = [
  {
    name: "the sample history",
    path: join(root, "sample-data/history.csv"),
    ahtSeconds: null,
    understood: { "A row is": "15 minutes", "First day": "27 Oct 2025", Missing: "nothing" },
    take: "Use in this plan",
    queue: "Voice",
    goal: { field: "Service level", value: "92" },
  },
  {
    name: "the bank's five-minute calls",
    path: join(root, "../shared/data/bank_calls_5min.csv"),
    ahtSeconds: 240,
    understood: {
      "A row is": "5 minutes",
      "First day": "3 Mar 2003",
      "Last day": "29 Aug 2003",
      Missing: "handle time",
    },
    take: "Start a new plan with it",
    queue: "Calls",
    // So many agents are there that how busy they may be decides, not how long anybody waits.
    goal: { field: "Maximum occupancy", value: "80" },
  },
];

/** The sample plan with less time for shifts: what they cost is not what is walked for. */
const briefly = withPlan(samplePlan(), (plan) => ({
  ...plan,
  scheduling: { ...plan.scheduling, seconds: fullWalks ? 6 : 3 },
  ...(fullWalks ? {} : { dayCount: 7, simulation: { ...plan.simulation, replications: 20 } }),
}));

test.for(fullWalks ? walks : walks.slice(0, 1))(
  "from history to files on $name",
  async (walk, { open, page, newVisit, site, skip }) => {
    skip(!existsSync(walk.path), `${walk.path} is not here`);
    /** What the screen said, to be found again in the files. */
    const seen: Record<string, number> = {};
    await open("history", fullWalks ? briefly : { ...briefly, results: noResults });

    await step("1–2: a dropped file is understood, and asked for what it lacks", async () => {
      await page.getByTestId("open-file").setInputFiles(walk.path);
      const understood = page.getByRole("region", { name: "What was recognised" });
      await understood.waitFor({ timeout: 60_000 });
      for (const [name, value] of Object.entries(walk.understood)) {
        const fact = understood.locator("div", {
          has: page.locator("dt", { hasText: new RegExp(`^${name}$`) }),
        });
        expect(await textIn(fact.locator("dd")), name).toBe(value);
      }
      const take = page.getByRole("button", { name: walk.take });
      if (walk.ahtSeconds !== null) {
        expect(await take.isDisabled()).toBe(true);
        await page.getByLabel("Average handle time").fill(String(walk.ahtSeconds));
        await page.getByLabel("Average handle time").press("Enter");
      }
      await take.click();
      await understood.waitFor({ state: "detached" });
    });

    await step("3: the forecast stands beside the history, with the error of every model tried", async () => {
      await openPage(page, "Forecast");
      await untilStage(page, "Forecast", "up to date", 60_000);
      const league = page.getByRole("table", { name: new RegExp(`models for ${walk.queue}`) });
      await league.waitFor();
      expect(await league.getByRole("row").count()).toBeGreaterThan(5);
      seen.contactsInWeek = figures(await finding(page))[0];
      const fan = page.getByRole("figure", { name: walk.queue, exact: true });
      await fan.getByText("80 %").first().waitFor();
      expect(seen.contactsInWeek).toBeGreaterThan(1000);
    });

    await step("4: a higher goal asks for more agents, and undo takes it back", async () => {
      await openPage(page, "Required");
      await bringUpToDate(page, "Required");
      const before = await finding(page);
      const goal = page.getByRole("textbox", { name: walk.goal.field });
      await goal.fill(walk.goal.value);
      await goal.press("Enter");
      await untilChanged(page, before);
      expect(figures(await finding(page))[0]).toBeGreaterThan(figures(before)[0]);
      await page.locator("main h1").click();
      await page.keyboard.press("Control+z");
      await page.waitForFunction(
        (text) => document.querySelector("main .finding")?.textContent === text,
        before,
      );
      [seen.hoursOnQueue, seen.hoursToSchedule] = figures(before);
      const summary = await textIn(
        page
          .getByRole("figure")
          .first()
          .getByText(/at most [\d.]+ at/),
      );
      seen.peakAgents = Number(/at most ([\d.,]+)/.exec(summary)?.[1]);
    });

    await step("5: a template is edited, Optimise shows progress, Stop keeps the best so far", async () => {
      await openPage(page, "Shifts");
      await bringUpToDate(page, "Shifts");
      const templates = page.getByRole("region", { name: "Shift templates" });
      await templates.getByRole("button").first().click();
      const cost = page.getByRole("textbox", { name: /Cost per paid hour/ });
      await cost.fill("26");
      await cost.press("Enter");
      await page
        .getByRole("navigation")
        .getByRole("link", { name: /input changed Shifts/ })
        .waitFor();
      await page.getByRole("button", { name: "Optimise", exact: true }).click();
      const line = page.getByRole("region", { name: "Work in progress" });
      await line.getByRole("progressbar").waitFor();
      const stop = line.getByRole("button", { name: "Stop and keep the best so far" });
      await stop.waitFor({ timeout: 60_000 });
      await stop.click();
      const proposed = page.getByRole("region", { name: "Proposed shifts" });
      await proposed.getByRole("button", { name: "Accept" }).click();
      await proposed.waitFor({ state: "detached" });
      await untilStage(page, "Shifts");

      await page.getByRole("button", { name: "Optimise", exact: true }).click();
      await proposed.getByRole("button", { name: "Accept" }).click({ timeout: 120_000 });
      await proposed.waitFor({ state: "detached" });
      await untilStage(page, "Shifts");
      const facts = page.getByRole("complementary");
      await settled(page, 500);
      seen.paidHours = figures(await textIn(facts.locator("dt:text-is('Paid hours') + dd")))[0];
      seen.gap = figures(await textIn(facts.locator("dt:text-is('Optimality gap') + dd")))[0];
      seen.shiftsInWeek = figures(await textIn(page.getByRole("tab", { name: /shifts/ })))[0];
      expect(seen.gap).toBeLessThan(5);
    });

    await step(
      "6: contacts run through exactly these shifts, with 95 % intervals beside Erlang's promise",
      async () => {
        await openPage(page, "Simulate");
        await page.getByRole("button", { name: "Simulate", exact: true }).first().click();
        await untilStage(page, "Simulate", "up to date", 120_000);
        // Several queues are shown together until one is chosen.
        const one = page
          .getByRole("group", { name: "Figures of" })
          .locator("label", { hasText: new RegExp(`^${walk.queue}$`) });
        if ((await one.count()) > 0) await one.click();
        const grid = page.getByRole("grid", { name: `${walk.queue}: simulated by interval` });
        // A new result is drawn when there is time: until then the former one stands there.
        await settled(page, 500);
        const row = grid
          .getByRole("row")
          .filter({ hasText: "±", has: page.getByRole("gridcell") })
          .first();
        await grid.scrollIntoViewIfNeeded();
        await row.waitFor({ timeout: 30_000 });
        const cells = await row.getByRole("gridcell").allInnerTexts();
        seen.simulatedContacts = figures(cells[1])[0];
        [seen.simulatedLevel, seen.simulatedLevelHalfWidth] = figures(cells[4]);
        expect(cells[5]).toMatch(/%|—/);
      },
    );

    await step("7: thirty per cent more contacts, compared with the plan", async () => {
      await openPage(page, "What-if");
      const lever = page.getByRole("textbox", { name: "More contacts" });
      await lever.fill("30");
      await lever.press("Enter");
      const table = page.getByRole("table", { name: "The plan and its scenarios" });
      const row = table.getByRole("row", { name: /^Contacts offered/ });
      const cells = await row.getByRole("cell").allInnerTexts();
      const [base] = figures(cells[0]);
      expect(cells[1]).toContain("+");
      expect(figures(cells[1])[0] / base).toBeCloseTo(0.3, 2);
      await page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 120_000 });
      await table
        .getByRole("row", { name: /^Service level/ })
        .getByText("±")
        .first()
        .waitFor();
      await page.getByRole("button", { name: "Back to the plan" }).click();
    });

    await step("8: what is downloaded says what was on the screen", async () => {
      await openPage(page, "Files");
      const forecast = table(await textOf(page, "Save Forecast as CSV"));
      const firstDate = forecast[0].interval_start.slice(0, 10);
      const week = (rows: Row[]) =>
        rows.filter(({ interval_start }) => daysBetween(firstDate, interval_start) < 7);
      expect(Math.abs(sum(week(forecast), "offered") - seen.contactsInWeek)).toBeLessThanOrEqual(1);
      expect(forecast.every((row) => Number(row.offered_lower80) <= Number(row.offered_upper80))).toBe(true);

      const requirement = table(await textOf(page, "Save Requirement as CSV"));
      expect(Math.abs(sum(week(requirement), "required_agents") / 4 - seen.hoursOnQueue)).toBeLessThanOrEqual(
        1,
      );
      expect(
        Math.abs(sum(week(requirement), "scheduled_agents") / 4 - seen.hoursToSchedule),
      ).toBeLessThanOrEqual(1);
      const peaks = new Map<string, number>();
      for (const row of week(requirement)) {
        peaks.set(row.interval_start, (peaks.get(row.interval_start) ?? 0) + Number(row.required_agents));
      }
      expect(Math.max(...peaks.values())).toBeCloseTo(seen.peakAgents, 1);

      const intervals = table(await textOf(page, "Save Intervals as CSV"));
      // Where shifts reach beyond closing time the table has rows of its own.
      expect(intervals.length).toBeGreaterThanOrEqual(forecast.length);
      expect(sum(intervals, "forecast_offered")).toBeCloseTo(sum(forecast, "offered"), 2);
      expect(sum(intervals, "required_agents")).toBeCloseTo(sum(requirement, "required_agents"), 2);

      const schedule = table(await textOf(page, "Save Schedule as CSV"));
      const paid = schedule
        .filter((row) => row.paid === "true")
        .reduce((hours, row) => hours + (Date.parse(row.end) - Date.parse(row.start)) / 3_600_000, 0);
      expect(Math.abs(paid - seen.paidHours)).toBeLessThanOrEqual(1);
      const shifts = new Map(schedule.map((row) => [row.shift_id, row.date]));
      const inWeek = [...shifts.values()].filter((date) => daysBetween(firstDate, date) < 7);
      expect(inWeek).toHaveLength(seen.shiftsInWeek);

      const simulation = table(await textOf(page, "Save Simulation as CSV")).filter(
        (row) => row.queue === walk.queue,
      );
      expect(Number(simulation[0].offered)).toBeCloseTo(seen.simulatedContacts, 0);
      expect(100 * Number(simulation[0].service_level)).toBeCloseTo(seen.simulatedLevel, 0);
      expect(100 * Number(simulation[0].service_level_half_width95)).toBeCloseTo(
        seen.simulatedLevelHalfWidth,
        0,
      );
    });

    await step("nothing is lost by a reload, and a plan file opens to the same state elsewhere", async () => {
      await openPage(page, "Files");
      const before = await textOf(page, "Save the plan as a file");
      const kept = page.getByText("Saved in this browser", { exact: true });
      await kept.first().waitFor({ state: "attached" });
      await page.reload();
      await page.locator("main h1").waitFor();
      const after = await textOf(page, "Save the plan as a file");
      expect(differences(JSON.parse(after), JSON.parse(before))).toEqual([]);
      const backup = await textOf(page, "Save a backup of all plans");

      // As it is saved now, and plain as earlier versions saved it.
      for (const [name, content, count] of [
        ["plan.shiftwright.json.gz", gzipSync(before), 1],
        ["backup.json", backup, JSON.parse(backup).plans.length],
      ] as const) {
        const other = await newVisit();
        await other.page.goto(`${site.origin}/#/files`);
        await untilStage(other.page, "Forecast");
        await other.page.getByLabel("Open a plan or backup").setInputFiles(onDisk(name, content));
        const plans = other.page.getByRole("region", { name: "Plans" }).getByRole("heading", { level: 3 });
        await expect.poll(() => plans.count()).toBe(1 + count);
        await other.page.getByTitle("Saved in this browser").waitFor();
        const reopened = JSON.parse(await textOf(other.page, "Save the plan as a file"));
        const original = JSON.parse(before);
        // Beside a plan of the same id it becomes a copy with an id and a name of its own; all else is the same.
        const { id, name: title } = original.plan;
        expect({ ...reopened.plan, id, name: title }).toEqual(original.plan);
        expect(reopened.history).toEqual(original.history);
        expect(reopened.results).toEqual(original.results);
      }
    });

    await step("a damaged plan file leaves everything as it was", async () => {
      await openPage(page, "Files");
      const before = await textOf(page, "Save the plan as a file");
      await page
        .getByLabel("Open a plan or backup")
        .setInputFiles(onDisk("half.json", before.slice(0, before.length / 2)));
      await page.getByText("is incomplete: its end is missing").waitFor();
      expect((await textOf(page, "Save the plan as a file")) === before).toBe(true);
    });
  },
);

test("what is stale is brought up to date, stage after stage", async ({ open, page }) => {
  const few = withAgents(samplePlan(), 12);
  await open(
    "forecast",
    withPlan(few, (plan) => ({
      ...plan,
      scheduling: { ...plan.scheduling, seconds: 1 },
      simulation: { ...plan.simulation, replications: 10 },
    })),
  );
  await page.getByLabel("Forecast model").selectOption({ label: "Calendar × profile" });
  await page
    .getByRole("region", { name: "Work in progress" })
    .getByRole("button", { name: "Bring up to date" })
    .click();
  for (const stage of ["Forecast", "Required", "Shifts", "Roster", "Simulate"]) {
    await untilStage(page, stage, "up to date", 120_000);
  }
});

type Row = Record<string, string>;

/** A part of the walk, named where it fails. */
async function step(name: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    throw new Error(`step ${name}: ${cause}`, { cause });
  }
}

async function openPage(page: Page, title: string): Promise<void> {
  await rail(page)
    .getByRole("link", { name: new RegExp(`(^|\\s)${title}(\\s|$)`) })
    .click();
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
}

async function bringUpToDate(page: Page, stage: string): Promise<void> {
  const fresh = rail(page).getByRole("link", { name: new RegExp(`up to date ${stage}`) });
  if ((await fresh.count()) > 0) return;
  const names: Record<string, string> = { Required: "Calculate the requirement", Shifts: "Optimise" };
  const button = page.locator("main").getByRole("button", { name: names[stage] }).first();
  if ((await button.count()) > 0) await button.click();
  else await page.keyboard.press("Control+Enter");
  await fresh.waitFor({ timeout: 120_000 });
}

function finding(page: Page): Promise<string> {
  return textIn(page.locator("main .finding"));
}

async function textIn(place: Locator): Promise<string> {
  return (await place.textContent()) ?? "";
}

async function untilChanged(page: Page, before: string): Promise<void> {
  await page.waitForFunction((text) => document.querySelector("main .finding")?.textContent !== text, before);
}

/** Paths at which two documents differ, so that a failure says more than that they do. */
function differences(a: unknown, b: unknown, path = ""): string[] {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b) ? [] : [path];
  }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const one = a as Record<string, unknown>;
  const other = b as Record<string, unknown>;
  return keys.flatMap((key) => differences(one[key], other[key], `${path}.${key}`)).slice(0, 10);
}

/** The numbers in a text as the program writes them: `1,897 h` is 1897. */
function figures(text: string): number[] {
  return [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replace(/,/g, "")));
}

async function textOf(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button }).click(),
  ]);
  const bytes = readFileSync(await (download as Download).path());
  return (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** A file as a person has it: handing its content over through the page would hold the page up. */
function onDisk(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "shiftwright-walk-")), name);
  writeFileSync(path, content);
  return path;
}

function table(csv: string): Row[] {
  const parsed = Papa.parse<Row>(csv, {
    header: true,
    skipEmptyLines: true,
  });
  expect(parsed.errors).toEqual([]);
  return parsed.data;
}

function sum(rows: Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

function daysBetween(firstDate: string, isoTime: string): number {
  return (Date.parse(isoTime.slice(0, 10)) - Date.parse(firstDate)) / 86_400_000;
}
