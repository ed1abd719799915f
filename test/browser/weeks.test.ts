import { readFileSync } from "node:fs";
import Papa from "papaparse";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { test } from "./fixtures.ts";
import { rail, shown, untilStage } from "./screen.ts";
import { fullWalks } from "./walk-size.ts";

/**
 * A planner's job over three periods: a bank's calls, chats as Amazon Connect exports them, forty people as an HR
 * system lists them. No file is edited by hand, and nothing is typed twice. Here the bank is a small one, planned by the
 * week; `npm run test:walks` plans the whole one by four weeks.
 */
const size = fullWalks
  ? { periodDays: 28, historyDays: 84, people: 40, both: 15, voice: 17, contacts: 1 }
  : { periodDays: 7, historyDays: 42, people: 16, both: 6, voice: 6, contacts: 0.3 };
const firstDay = "2026-09-07";
const { periodDays } = size;

const file = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(`${lines.join("\r\n")}\r\n`),
});

/** Weekdays, in order. */
function workdays(from: string, dayCount: number): string[] {
  return Array.from({ length: dayCount }, (_, day) => addDays(from, day)).filter(
    (date) => weekdayOf(date) < 6,
  );
}

/** Calls per quarter-hour, 08:00 to 18:00, without handle times. */
function voice(from: string, dayCount: number): string[] {
  const random = randomStream(14, "voice", from);
  return [
    "DateTime,Calls",
    ...workdays(from, dayCount).flatMap((date) =>
      Array.from({ length: 40 }, (_, slot) => {
        const time = `${String(8 + Math.floor(slot / 4)).padStart(2, "0")}:${String(15 * (slot % 4)).padStart(2, "0")}`;
        const mean = size.contacts * (12 + 8 * Math.exp(-(((slot - 10) / 8) ** 2)));
        return `${date} ${time}:00,${Math.round(mean * (0.8 + 0.4 * random.uniform()))}`;
      }),
    ),
  ];
}

/** Chats per quarter-hour, 09:00 to 17:00 in Berlin, in UTC. */
function chat(from: string, dayCount: number): string[] {
  const random = randomStream(14, "chat", from);
  return [
    "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled",
    ...workdays(from, dayCount).flatMap((date) =>
      Array.from({ length: 32 }, (_, slot) => {
        const summer = date < "2026-10-25";
        const hour = String(9 - (summer ? 2 : 1) + Math.floor(slot / 4)).padStart(2, "0");
        const time = `${date}T${hour}:${String(15 * (slot % 4)).padStart(2, "0")}:00Z`;
        const count = Math.round(size.contacts * 8 * (0.7 + 0.6 * random.uniform()));
        return `Chat - Retail,a1b2c3d4-5e6f-7890,CHAT,${time},15mins,${count},${480 + Math.round(80 * random.uniform())},${count}`;
      }),
    ),
  ];
}

/** The people, some of whom do both. */
const people = [
  "Employee Number,Employee Name,E-mail,Team,Contract Hours/Week,Skills,Days Off,Hire Date",
  ...Array.from({ length: size.people }, (_, at) => {
    const skills = at < size.both ? "Voice;Chat" : at < size.both + size.voice ? "Voice" : "Chat";
    return `${100200 + 3 * at},"Person ${at + 1}",p${at + 1}@bank.example,Team ${at % 2 === 0 ? "A" : "B"},40,${skills},Sat;Sun,13/0${1 + (at % 9)}/2015`;
  }),
];

async function goTo(page: Page, title: string): Promise<void> {
  await rail(page)
    .getByRole("link", { name: new RegExp(`(^|\\s)${title}(\\s|$)`) })
    .click();
  await shown(page, title);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("button", { name, exact: true }).first().click({ timeout: 90_000 });
}

/** Who works in the roster's CSV, by key. */
async function keysInRoster(page: Page): Promise<Set<string>> {
  await goTo(page, "Files");
  const download = page.waitForEvent("download");
  await press(page, /^Save Roster as CSV/);
  const csv = readFileSync(await (await download).path(), "utf8");
  const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  expect(errors).toEqual([]);
  // Shifts that stay open have no key.
  return new Set(data.map((row) => row.agent_id).filter((key) => key !== ""));
}

test("three periods of a bank: own calls, chats and people, planned, rostered, simulated and moved on", async ({
  page,
  site,
}) => {
  const { historyDays } = size;
  const historyFrom = addDays(firstDay, -historyDays);
  await page.goto(`${site.origin}/#/history`);
  await shown(page, "History");
  await page.getByTestId("open-file").setInputFiles(file("voice.csv", voice(historyFrom, historyDays)));
  await page.getByLabel("Average handle time").fill("240");
  await page.getByLabel("Average handle time").press("Enter");
  await press(page, "Start a new plan with it");
  // Chosen while the new plan is still being opened.
  await page.getByTestId("open-file").setInputFiles(file("chat.csv", chat(historyFrom, historyDays)));
  await press(page, "Add to this plan as a new queue");

  await goTo(page, "Set-up");
  const queues = page.getByRole("grid", { name: "Queues" });
  await expect.poll(() => queues.getByRole("row").count()).toBe(3);
  expect(await page.getByLabel("First day").inputValue()).toBe(firstDay);
  // Four weeks are what the program proposes.
  expect(await page.getByLabel("Length").inputValue()).toBe("28");
  if (periodDays !== 28) {
    await page.getByLabel("Length").fill(String(periodDays));
    await page.getByLabel("Length").press("Enter");
  }

  await goTo(page, "People");
  await page.getByTestId("open-file").setInputFiles(file("hr.csv", people));
  await page.getByLabel("Skill “Voice”").selectOption({ label: "Calls" });
  await page.getByLabel("Skill “Chat”").selectOption({ label: "Chat - Retail chat" });
  await press(page, "Take over");
  await page
    .getByText(new RegExp(`^${size.people} people with up to .*, ${size.both} serve several queues\\.$`))
    .waitFor();

  const numbers = new Set(people.slice(1).map((line) => line.slice(0, 6)));
  for (let period = 0; period < 3; period++) {
    const from = addDays(firstDay, period * periodDays);
    await page.keyboard.press("Control+Enter");
    await untilStage(page, "Simulate", "up to date", 240_000);
    const keys = await keysInRoster(page);
    // The week needs fewer than all sixteen; an empty or half-given roster does not pass.
    expect(keys.size).toBeGreaterThan(size.people / 2);
    for (const key of keys) expect(numbers).toContain(key);
    if (period === 2) break;
    // The chats come in on History, the calls with the step itself.
    await page.getByTestId("open-file").setInputFiles(file("chat.csv", chat(from, periodDays)));
    await press(page, "Add to this plan's history");
    await goTo(page, "Periods");
    await press(page, "Plan the next period");
    await page
      .locator("main input[type=file]")
      .first()
      .setInputFiles(file("voice.csv", voice(from, periodDays)));
    await page
      .getByRole("row", { name: /^Over the border/ })
      .getByText(/[1-9]\d* shifts/)
      .waitFor();
    await press(page, "Move on");
    await page.getByText(period === 0 ? "1 period is over" : "2 periods are over").waitFor();
  }
}, 900_000);
