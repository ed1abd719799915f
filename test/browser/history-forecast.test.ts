import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { test as browserTest } from "./fixtures.ts";
import { drawn, untilStage } from "./screen.ts";

/** What a planner does before trusting a forecast: correct what was read, override, name a day, look at what came. */
const test = browserTest
  .extend("drop", ({ page }) => async (name: string, text: string | Buffer) => {
    const buffer = typeof text === "string" ? Buffer.from(text) : text;
    await page.getByTestId("open-file").setInputFiles({ name, mimeType: "text/csv", buffer });
  })
  .extend("forecast", async ({ page, open }) => {
    await open("forecast");
    await page.getByLabel("Queue", { exact: true }).selectOption("Voice");
    const grid = page.getByRole("grid", { name: "Forecast" });
    const row = (time: string) => grid.getByRole("row").filter({ hasText: time });
    const contactsAt = async (time: string) =>
      Number(((await row(time).getByRole("gridcell").nth(1).textContent()) ?? "").replaceAll(",", ""));
    return {
      grid,
      contactsAt,
      async typeOver(time: string, contacts: number) {
        await row(time).getByRole("gridcell").nth(1).click();
        await page.keyboard.type(String(contacts));
        await page.keyboard.press("Enter");
        await expect.poll(() => contactsAt(time)).toBe(contacts);
      },
    };
  });

const leaveAside = (page: Page) => page.getByRole("button", { name: "Discard the file" }).click();

const rows = (days: readonly string[], row: (date: string, time: string, index: number) => string) =>
  days.flatMap((date, day) =>
    Array.from({ length: 40 }, (_, quarter) => {
      const minute = 8 * 60 + quarter * 15;
      const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      return row(date, time, day * 40 + quarter);
    }),
  );

describe("history in", () => {
  test("hopeless files say why, and leave the plan as it was", async ({ page, drop, open }) => {
    await open("history");
    for (const [name, text, words] of [
      ["empty.csv", "", "The file is empty."],
      ["photo.csv", Buffer.from([0x89, 0x50, 0, 1, 2, 0, 3, 0]), "binary file"],
      ["header.csv", "interval_start,queue,offered\n", "There is a header and no row under it."],
    ] as const) {
      await drop(name, text);
      await page.getByText("The open plan is unchanged.").waitFor();
      await page.getByRole("grid", { name: "Issues by row" }).getByText(words).waitFor();
      await leaveAside(page);
    }
    await untilStage(page, "Forecast");
  });

  test("a wrong guess is corrected, and the correction is remembered for the next file of its kind", async ({
    page,
    drop,
    open,
  }) => {
    await open("history");
    const days = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];
    const file = `when,number of cases,weight\n${rows(days, (date, time, index) => `${date} ${time},${index % 9},${(index % 9) * 2}`).join("\n")}\n`;
    await drop("odd.csv", file);
    await page.getByText("odd.csv: 200 rows read").waitFor();
    await page.getByLabel("Use of number of cases").selectOption("not used");
    await page.getByText("No column holds contacts").first().waitFor();
    await page.getByLabel("Use of weight").selectOption("offered");
    await page.getByText("odd.csv: 200 rows read").waitFor();
    await leaveAside(page);
    await drop("next.csv", file);
    await page.getByText("next.csv: 200 rows read").waitFor();
    expect(await page.getByLabel("Use of weight").inputValue()).toBe("offered");
    await leaveAside(page);
  });

  test("a file that can be read in two ways asks, shows what each answer makes of it, and takes the answer by keyboard", async ({
    page,
    drop,
    open,
  }) => {
    await open("history");
    const days = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];
    const file = `Date,Time,Calls,AHT\n${rows(days, (date, time, index) => `${date},${time},${5 + (index % 9)},4.05`).join("\n")}\n`;
    await drop("minutes.csv", file);
    const question = page.getByRole("group", { name: /A handle time of 4\.05 in AHT would average/ });
    await question.waitFor();
    await page.getByRole("button", { name: "Start a new plan with it" }).waitFor({ state: "detached" });
    await question.getByText(/1,79\d contacts, .*AHT 243/).waitFor();
    await question.getByRole("radio", { name: /^minutes/ }).focus();
    await page.keyboard.press("Space");
    await page.getByText("minutes.csv: 200 rows read").waitFor();
    const account = page.getByRole("region", { name: "Contacts of the file" });
    await account.getByRole("row", { name: /1,79\d 1,79\d 0 0/ }).waitFor();
    await leaveAside(page);
  });

  test("a file of a known kind is asked what the last one did not leave open", async ({
    page,
    drop,
    open,
  }) => {
    await open("history");
    const days = ["2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11"];
    const file = (date: (day: string) => string) =>
      `Day,From,Calls,Weight\n${rows(days, (day, time, index) => `${date(day)},${time},${index % 9},1`).join("\n")}\n`;
    await drop(
      "first.csv",
      file((day) => day),
    );
    await page.getByText("first.csv: 200 rows read").waitFor();
    await page.getByLabel("Use of Weight").selectOption("not used");
    await page.getByText("first.csv: 200 rows read").waitFor();
    await leaveAside(page);
    await drop(
      "second.csv",
      file((day) => day.slice(5).split("-").reverse().join("/")),
    );
    const question = page.getByRole("group", { name: /have no year/ });
    // The question goes with its answer, so that nothing stays that could be seen checked.
    await question.getByRole("radio", { name: /^2026/ }).click();
    await page.getByText("second.csv: 200 rows read, 7 – 11 Sept 2026").waitFor();
    await leaveAside(page);
  });

  test("bad rows are listed with line and column", async ({ page, drop, open }) => {
    await open("history");
    await drop(
      "faults.csv",
      "interval,offered\n2026-09-07 08:00,5\n2026-02-31 08:15,6\n2026-09-07 08:30,seven\n2026-09-07 08:45,-8\n2026-09-07 08:00,9\n",
    );
    await page.getByText("faults.csv: one row read").waitFor();
    const list = page.getByRole("grid", { name: "Issues by row" });
    for (const text of [
      /3\s*interval\s*2026-02-31 08:15 is not a date/,
      /4\s*offered\s*“seven” is not a number/,
      /5\s*offered\s*-8 is negative/,
      /6\s*interval\s*2026-09-07 08:00 stands in line 2 already/,
    ]) {
      await list.getByRole("row").filter({ hasText: text }).waitFor();
    }
    await leaveAside(page);
  });

  test("days are looked at closer by dragging over the trend, and weekdays stand side by side", async ({
    page,
    open,
  }) => {
    await open("history");
    const from = page.getByLabel("From", { exact: true });
    const whole = await from.inputValue();
    const trend = await page
      .getByRole("figure", { name: "Contacts per day" })
      .locator(".chart-drawing")
      .boundingBox();
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

  test("a log with callers and waits says what came of them before it is taken in", async ({
    page,
    drop,
    open,
  }) => {
    await open("history");
    const calls = rows(["2026-09-07", "2026-09-08"], (date, time, index) =>
      index % 5 === 0
        ? `${date} ${time}:00;C${index};90;abandoned;0`
        : `${date} ${time}:00;C${index - (index % 5)};${index % 40};answered;200`,
    );
    await drop("calls.csv", `call start;customer id;wait;outcome;handle time\n${calls.join("\n")}\n`);
    await page.getByText("calls.csv: 80 rows read").waitFor();
    expect(await page.getByLabel("Use of customer id").inputValue()).toBe("caller");
    await page.getByLabel("Service level threshold").waitFor();
    await leaveAside(page);
  });

  test("what looks like an outage is left out by a switch, and taken back", async ({ page, open }) => {
    await open("history");
    const outage = page.getByRole("switch", { name: /Exclude: likely outage, 9 Jun 2026/ });
    const list = page.getByRole("grid", { name: "What stands out, and how it is treated" });
    for (let turns = 0; turns < 40 && (await outage.count()) === 0; turns++) {
      await list.hover();
      await page.mouse.wheel(0, 120);
      await drawn(page);
    }
    const before = await outage.getAttribute("aria-checked");
    await outage.click();
    await expect.poll(() => outage.getAttribute("aria-checked")).not.toBe(before);
    await untilStage(page, "Forecast", "input changed");
    await page.keyboard.press("Control+z");
    await untilStage(page, "Forecast");
  });
});

describe("the forecast", () => {
  test("is overridden with a reason, and the override undone", async ({ page, forecast }) => {
    const time = "Mon 2 Nov 08:00";
    const before = await forecast.contactsAt(time);
    await forecast.grid.getByText(time).click();
    await page.getByLabel("Change, %").fill("20");
    await page.keyboard.press("Tab");
    await page.getByLabel("Reason").fill("mailing");
    await page.getByRole("button", { name: "Override", exact: true }).click();
    const list = page.getByRole("list", { name: "Overrides" });
    await list.getByText("mailing").waitFor();
    await untilStage(page, "Forecast");
    await expect.poll(() => forecast.contactsAt(time)).toBeCloseTo(before * 1.2, 0);
    await page.keyboard.press("Control+z");
    await list.waitFor({ state: "detached" });
    await expect.poll(() => forecast.contactsAt(time)).toBeCloseTo(before, 0);
  });

  test("is typed over in the grid, once per typing", async ({ page, forecast }) => {
    const time = "Mon 2 Nov 08:00";
    await forecast.typeOver(time, 100);
    expect(await page.getByRole("list", { name: "Overrides" }).getByRole("listitem").count()).toBe(1);
    await page.keyboard.press("Control+z");
    await expect.poll(() => forecast.contactsAt(time)).not.toBe(100);
  });

  test("takes in a forecast from outside, marked as such, and gives it back", async ({ page, forecast }) => {
    const time = "Mon 2 Nov 08:00";
    const before = await forecast.contactsAt(time);
    await page.setInputFiles('input[aria-label="Import a forecast"]', {
      name: "board.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "interval_start,queue,offered,aht_seconds\n2026-11-02 08:00,Voice,77,300\n2026-11-02 08:15,Voice,78,300\n",
      ),
    });
    const list = page.getByRole("list", { name: "Imported forecast" });
    await list.getByText("board.csv: 2 intervals").waitFor();
    await expect.poll(() => forecast.contactsAt(time)).toBe(77);
    await page.keyboard.press("Control+z");
    await list.waitFor({ state: "detached" });
    await expect.poll(() => forecast.contactsAt(time)).toBeCloseTo(before, 0);
  });

  test("is kept as a snapshot and compared with what it became, by day and interval", async ({
    page,
    forecast,
  }) => {
    const time = "Mon 2 Nov 08:00";
    const before = await forecast.contactsAt(time);
    await forecast.typeOver(time, 100);
    await page.getByLabel("Name of the snapshot").fill("Before the mailing");
    await page.getByRole("button", { name: "Take a snapshot" }).click();
    await forecast.typeOver(time, 150);
    const comparison = page.getByRole("region", { name: "Before the mailing and Current forecast" });
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
    await expect.poll(() => forecast.contactsAt(time)).toBeCloseTo(before, 0);
  });

  test("knows a special day by its set effect", async ({ page, forecast }) => {
    await page
      .getByRole("radio", { name: "Days" })
      .or(page.getByText("Days", { exact: true }))
      .first()
      .click();
    const before = await forecast.contactsAt("Tue 3 Nov");
    await page.getByText("Add a special day").click();
    await page.getByLabel("Name", { exact: true }).fill("Campaign");
    await page.getByLabel("Date", { exact: true }).fill("2026-11-03");
    await page.getByLabel("Effect on contacts").fill("30");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Add the day" }).click();
    await page.getByRole("list", { name: "Planned special days" }).getByText("Campaign").waitFor();
    await expect.poll(async () => (await forecast.contactsAt("Tue 3 Nov")) / before).toBeCloseTo(1.3, 2);
  });

  test("is held against what came, and the rest of a day that has begun is re-forecast", async ({
    page,
    drop,
    open,
  }) => {
    await open("history");
    const came = rows(["2026-11-02", "2026-11-03", "2026-11-04"], (date, time) =>
      date === "2026-11-04" && time >= "12:00" ? "" : `${date}T${time}:00,Voice,70,69,1,240`,
    ).filter((row) => row !== "");
    await drop(
      "came.csv",
      `interval_start,queue,offered,handled,abandoned,aht_seconds\n${came.join("\n")}\n`,
    );
    await page.getByRole("button", { name: "Add to this plan's history" }).click();
    await open("forecast");
    await untilStage(page, "Forecast", "up to date", 120_000);
    const against = page.getByRole("region", { name: "Forecast and actual: Voice" });
    await against.getByText(/Off by [\d.]+.% per interval/).waitFor();
    await against.getByText(/Wednesday 4 November 2026 so far: 1,120 contacts/).waitFor();
    await against.getByRole("row").filter({ hasText: "Tue 3 Nov" }).filter({ hasText: "2,800" }).waitFor();
  });
});

const bank = join(import.meta.dirname, "../../../shared/data/bank_calls_5min.csv");
test.skipIf(!existsSync(bank))(
  "a file of the bank is read by itself (skipped without ../shared/data)",
  async ({ page, open }) => {
    await open("history");
    await page.getByTestId("open-file").setInputFiles(bank);
    await page.getByText("bank_calls_5min.csv: 21,294 rows read").waitFor();
    await leaveAside(page);
  },
);
