import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site, type Visit } from "./site.ts";

/** What a planner does before trusting a forecast: correct what was read, override, name a day, look at what came. */
let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit();
  page = visit.page;
  await page.goto(`${site.origin}/`);
  await railEntry("Forecast", "up to date").waitFor();
});
afterAll(async () => {
  await visit?.close();
  await site?.close();
});

function railEntry(name: string, state: string) {
  return page
    .getByRole("navigation", { name: "Stages of the plan" })
    .getByRole("link", { name: new RegExp(`${state} ${name}`) });
}

async function drop(name: string, text: string | Buffer): Promise<void> {
  const buffer = typeof text === "string" ? Buffer.from(text) : text;
  await page.setInputFiles('[data-testid="open-file"]', { name, mimeType: "text/csv", buffer });
}

const rows = (days: readonly string[], row: (date: string, time: string, index: number) => string) =>
  days.flatMap((date, day) =>
    Array.from({ length: 40 }, (_, quarter) => {
      const minute = 8 * 60 + quarter * 15;
      const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      return row(date, time, day * 40 + quarter);
    }),
  );

async function contactsOf(time: string): Promise<number> {
  const row = page.getByRole("grid", { name: "Forecast" }).getByRole("row").filter({ hasText: time });
  return Number(((await row.getByRole("gridcell").nth(1).textContent()) ?? "").replaceAll(",", ""));
}

describe("history in", () => {
  test("hopeless files say why, and leave the plan as it was", async () => {
    for (const [name, text, words] of [
      ["empty.csv", "", "The file is empty."],
      ["photo.csv", Buffer.from([0x89, 0x50, 0, 1, 2, 0, 3, 0]), "binary file"],
      ["header.csv", "interval_start,queue,offered\n", "There is a header and no row under it."],
    ] as const) {
      await drop(name, text);
      await page.getByText("The open plan stays as it was.").waitFor();
      await page.getByRole("grid", { name: "Rows and remarks" }).getByText(words).waitFor();
      await page.getByRole("button", { name: "Leave the file aside" }).click();
    }
    await railEntry("Forecast", "up to date").waitFor();
  });

  test("a wrong guess is corrected, and the correction is remembered for the next file of its kind", async () => {
    const days = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];
    const file = `when,number of cases,weight\n${rows(days, (date, time, index) => `${date} ${time},${index % 9},${(index % 9) * 2}`).join("\n")}\n`;
    await drop("odd.csv", file);
    await page.getByText("odd.csv: 200 rows read").waitFor();
    await page.getByLabel("Use of number of cases").selectOption("not used");
    await page.getByText("No column holds contacts").first().waitFor();
    await page.getByLabel("Use of weight").selectOption("offered");
    await page.getByText("odd.csv: 200 rows read").waitFor();
    await page.getByRole("button", { name: "Leave the file aside" }).click();
    await drop("next.csv", file);
    await page.getByText("next.csv: 200 rows read").waitFor();
    expect(await page.getByLabel("Use of weight").inputValue()).toBe("offered");
    await page.getByRole("button", { name: "Leave the file aside" }).click();
  });

  test("bad rows are listed with line and column", async () => {
    await drop(
      "faults.csv",
      "interval,offered\n2026-09-07 08:00,5\n2026-02-31 08:15,6\n2026-09-07 08:30,seven\n2026-09-07 08:45,-8\n2026-09-07 08:00,9\n",
    );
    await page.getByText("faults.csv: one row read").waitFor();
    const list = page.getByRole("grid", { name: "Rows and remarks" });
    for (const text of [
      /3\s*interval\s*2026-02-31 08:15 is not a date/,
      /4\s*offered\s*“seven” is not a number/,
      /5\s*offered\s*-8 is negative/,
      /6\s*interval\s*2026-09-07 08:00 stands in line 2 already/,
    ]) {
      await list.getByRole("row").filter({ hasText: text }).waitFor();
    }
    await page.getByRole("button", { name: "Leave the file aside" }).click();
  });

  test("days are looked at closer by dragging over the trend, and weekdays stand side by side", async () => {
    await page.goto(`${site.origin}/#/history`);
    const from = page.getByLabel("From", { exact: true });
    const whole = await from.inputValue();
    const trend = await page.locator(".history-trend").boundingBox();
    if (trend === null) throw new Error("no trend");
    const y = trend.y + trend.height / 2;
    await page.mouse.move(trend.x + trend.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(trend.x + trend.width / 2 + 60, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => from.inputValue()).not.toBe(whole);
    await page.getByRole("tab", { name: "Weekdays" }).click();
    const weekdays = page.getByRole("grid", { name: "Weekdays" });
    const dates = async () =>
      Number(
        await weekdays
          .getByRole("row")
          .filter({ hasText: "Monday" })
          .getByRole("gridcell")
          .nth(1)
          .innerText(),
      );
    await expect.poll(dates).toBeLessThan(12);
    await page.getByRole("button", { name: "Whole history" }).click();
    await expect.poll(() => from.inputValue()).toBe(whole);
    await expect.poll(dates).toBeGreaterThan(40);
    await page.getByRole("tab", { name: "What stands out" }).click();
  });

  test("a log with callers and waits says what came of them before it is taken in", async () => {
    const calls = rows(["2026-09-07", "2026-09-08"], (date, time, index) =>
      index % 5 === 0
        ? `${date} ${time}:00;C${index};90;abandoned;0`
        : `${date} ${time}:00;C${index - (index % 5)};${index % 40};answered;200`,
    );
    await drop("calls.csv", `call start;customer id;wait;outcome;handle time\n${calls.join("\n")}\n`);
    await page.getByText("calls.csv: 80 rows read").waitFor();
    expect(await page.getByLabel("Use of customer id").inputValue()).toBe("caller");
    await page.getByLabel("In time is answered within").waitFor();
    await page.getByRole("button", { name: "Leave the file aside" }).click();
  });

  test("what looks like an outage is left out by a switch, and taken back", async () => {
    await page.goto(`${site.origin}/#/history`);
    const outage = page.getByRole("switch", { name: /Leave out: likely outage, 9 Jun 2026/ });
    const list = page.getByRole("grid", { name: "What stands out, and what is done about it" });
    for (let turns = 0; turns < 40 && (await outage.count()) === 0; turns++) {
      await list.hover();
      await page.mouse.wheel(0, 120);
      await page.waitForTimeout(50);
    }
    const before = await outage.getAttribute("aria-checked");
    await outage.click();
    await expect.poll(() => outage.getAttribute("aria-checked")).not.toBe(before);
    await railEntry("Forecast", "input changed").waitFor();
    await page.keyboard.press("Control+z");
    await railEntry("Forecast", "up to date").waitFor();
  });
});

describe("the forecast", () => {
  test("is overridden with a reason, and the override undone", async () => {
    await page.goto(`${site.origin}/#/forecast`);
    await page.getByLabel("Queue", { exact: true }).selectOption("Voice");
    const time = "Mon 2 Nov 08:00";
    const before = await contactsOf(time);
    await page.getByRole("grid", { name: "Forecast" }).getByText(time).click();
    await page.getByLabel("Change in per cent").fill("20");
    await page.keyboard.press("Tab");
    await page.getByLabel("Reason").fill("mailing");
    await page.getByRole("button", { name: "Change", exact: true }).click();
    const list = page.getByRole("list", { name: "Changes by hand" });
    await list.getByText("mailing").waitFor();
    await railEntry("Forecast", "up to date").waitFor();
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBeCloseTo(before * 1.2, 0);
    await page.keyboard.press("Control+z");
    await list.waitFor({ state: "detached" });
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBeCloseTo(before, 0);
  });

  test("is typed over in the grid, once per typing", async () => {
    const time = "Mon 2 Nov 08:00";
    const row = page.getByRole("grid", { name: "Forecast" }).getByRole("row").filter({ hasText: time });
    await row.getByRole("gridcell").nth(1).click();
    await page.keyboard.type("100");
    await page.keyboard.press("Enter");
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBe(100);
    expect(await page.getByRole("list", { name: "Changes by hand" }).getByRole("listitem").count()).toBe(1);
    await page.keyboard.press("Control+z");
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).not.toBe(100);
  });

  test("takes in a forecast from outside, marked as such, and gives it back", async () => {
    const time = "Mon 2 Nov 08:00";
    const before = await contactsOf(time);
    await page.setInputFiles('input[aria-label="Import a forecast"]', {
      name: "board.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "interval_start,queue,offered,aht_seconds\n2026-11-02 08:00,Voice,77,300\n2026-11-02 08:15,Voice,78,300\n",
      ),
    });
    const list = page.getByRole("list", { name: "Forecast from outside" });
    await list.getByText("board.csv: 2 intervals").waitFor();
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBe(77);
    await page.keyboard.press("Control+z");
    await list.waitFor({ state: "detached" });
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBeCloseTo(before, 0);
  });

  test("is kept as a snapshot and compared with what it became, by day and interval", async () => {
    const time = "Mon 2 Nov 08:00";
    const before = await contactsOf(time);
    const typeOver = async (contacts: number) => {
      const row = page.getByRole("grid", { name: "Forecast" }).getByRole("row").filter({ hasText: time });
      await row.getByRole("gridcell").nth(1).click();
      await page.keyboard.type(String(contacts));
      await page.keyboard.press("Enter");
      await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBe(contacts);
    };
    await typeOver(100);
    await page.getByLabel("Name of the snapshot").fill("Before the mailing");
    await page.getByRole("button", { name: "Keep a snapshot" }).click();
    await typeOver(150);
    const comparison = page.getByRole("region", { name: "Before the mailing and The forecast now" });
    const difference = async (name: string) => {
      const cells = comparison.getByRole("row").filter({ hasText: name }).getByRole("gridcell");
      return Number(((await cells.nth(3).textContent()) ?? "").replaceAll(",", ""));
    };
    expect(await difference("Mon 2 Nov")).toBe(50);
    expect(await difference("Tue 3 Nov")).toBe(0);
    await comparison.getByText("Intervals", { exact: true }).click();
    expect(await difference(time)).toBe(50);
    for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z");
    await comparison.waitFor({ state: "detached" });
    await expect.poll(() => contactsOf(time), { timeout: 20_000 }).toBeCloseTo(before, 0);
  });

  test("knows a special day by its set effect", async () => {
    await page
      .getByRole("radio", { name: "Days" })
      .or(page.getByText("Days", { exact: true }))
      .first()
      .click();
    const before = await contactsOf("Tue 3 Nov");
    await page.getByText("Add a special day").click();
    await page.getByLabel("Name", { exact: true }).fill("Campaign");
    await page.getByLabel("Date", { exact: true }).fill("2026-11-03");
    await page.getByLabel("Effect on contacts").fill("30");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Add the day" }).click();
    await page.getByRole("list", { name: "Planner's special days" }).getByText("Campaign").waitFor();
    await expect
      .poll(async () => (await contactsOf("Tue 3 Nov")) / before, { timeout: 20_000 })
      .toBeCloseTo(1.3, 2);
  });

  test("is held against what came, and the rest of a day that has begun is re-forecast", async () => {
    const came = rows(["2026-11-02", "2026-11-03", "2026-11-04"], (date, time) =>
      date === "2026-11-04" && time >= "12:00" ? "" : `${date}T${time}:00,Voice,70,69,1,240`,
    ).filter((row) => row !== "");
    await drop(
      "came.csv",
      `interval_start,queue,offered,handled,abandoned,aht_seconds\n${came.join("\n")}\n`,
    );
    await page.getByRole("button", { name: "Add to this plan's history" }).click();
    await railEntry("Forecast", "up to date").waitFor();
    await page.goto(`${site.origin}/#/forecast`);
    const against = page.getByRole("region", { name: "Against what came: Voice" });
    await against.getByText(/Off by [\d.]+.% per interval/).waitFor();
    await against.getByText(/Wednesday 4 November 2026 so far: 1,120 contacts/).waitFor();
    await against.getByRole("row").filter({ hasText: "Tue 3 Nov" }).filter({ hasText: "2,800" }).waitFor();
  });

  test("and nothing went wrong on the way", () => {
    expect(visit.complaints).toEqual([]);
    expect(visit.strangers).toEqual([]);
  });
});

const bank = join(import.meta.dirname, "../../../shared/data/bank_calls_5min.csv");
test.skipIf(!existsSync(bank))(
  "a file of the bank is read by itself (skipped without ../shared/data)",
  async () => {
    await page.setInputFiles('[data-testid="open-file"]', bank);
    await page.getByText("bank_calls_5min.csv: 21,294 rows read").waitFor();
    await page.getByRole("button", { name: "Leave the file aside" }).click();
  },
);
