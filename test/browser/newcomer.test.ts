import { expect } from "vitest";
import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { test } from "./fixtures.ts";
import { shown, untilStage } from "./screen.ts";

/**
 * A small bank's own files: a hotline and a chat in one report of its telephone system, and sixteen people as HR lists
 * them, six of whom do both.
 */
function contacts(): string {
  const random = randomStream(14, "newcomer");
  const lines = ["Date,Interval,Queue,Offered,AHT (s)"];
  for (let day = 0; day < 63; day++) {
    const date = addDays("2026-08-31", day);
    if (weekdayOf(date) > 5) continue;
    for (let slot = 0; slot < 20; slot++) {
      const time = `${String(8 + Math.floor(slot / 2)).padStart(2, "0")}:${slot % 2 === 0 ? "00" : "30"}`;
      const shape = 0.6 + 0.8 * Math.exp(-(((slot - 5) / 5) ** 2));
      const about = (mean: number) => Math.round(mean * (0.8 + 0.4 * random.uniform()));
      lines.push(`${date},${time},Hotline,${about(20 * shape)},${about(250)}`);
      if (slot >= 2 && slot < 18) lines.push(`${date},${time},Chat,${about(8 * shape)},${about(460)}`);
    }
  }
  return `${lines.join("\r\n")}\r\n`;
}

const names =
  "Abel Brandt Conti Diaz Evans Fischer Green Huber Ivanov Jones Klein Lopez Meyer Novak Olsen Peters";

function people(): string {
  const rows = names.split(" ").map((name, at) => {
    const skills = at < 6 ? "Phone;Chat" : at < 13 ? "Phone" : "Chat";
    return `${4711 + at},"${name}, ${name[0]}.",${at < 8 ? "Morning" : "Late"},${at % 5 === 4 ? 20 : 38.5},${skills}`;
  });
  return `${["Personnel no.,Name,Team,Hours per week,Skills", ...rows].join("\r\n")}\r\n`;
}

test("somebody new gets from two own files to a printed two-skill roster in at most 25 clicks", async ({
  site,
  page,
}) => {
  const begin = Date.now();
  let clicks = 0;
  let drops = 0;
  const press = async (role: "button" | "link", name: string | RegExp) => {
    clicks++;
    await page.getByRole(role, { name }).first().click({ timeout: 60_000 });
  };
  const drop = async (name: string, text: string) => {
    drops++;
    await page
      .getByTestId("open-file")
      .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  };
  await page.goto(`${site.origin}/`);
  await page.getByText("Drop or paste your own history here").waitFor();
  await drop("contacts.csv", contacts());
  const account = page.getByRole("region", { name: "Contacts of the file" });
  await account.getByRole("row", { name: /^Chat Chat/ }).waitFor();
  await account.getByRole("row", { name: /^Hotline Voice/ }).waitFor();
  await press("button", "Start a new plan with it");

  await press("link", /Set-up/);
  await shown(page, "Set-up");
  // The week after the history is enough to see a roster.
  clicks++;
  await page.getByLabel("Length").fill("7");
  await page.getByLabel("Length").press("Enter");

  await press("link", /People/);
  await shown(page, "People");
  await drop("staff.csv", people());
  // "Phone" is no queue's name, and the hotline the only one of that kind: nothing has to be answered.
  await page.getByText("taken for Hotline, the only one on that channel").waitFor();
  await press("button", "Take over");
  await page.getByText(/^16 people with up to .*, 6 serve several queues\.$/).waitFor();

  await page.keyboard.press("Control+Enter");
  await untilStage(page, "Roster", "up to date", 240_000);
  await press("link", /Roster/);
  await shown(page, "Roster");
  await page.evaluate(() => {
    window.print = () => {
      window.dispatchEvent(new Event("beforeprint"));
      Object.assign(window, { printed: document.querySelector(".print-sheets")?.textContent });
      window.dispatchEvent(new Event("afterprint"));
    };
  });
  await press("button", /^Print teams$/);
  const printed = await page.evaluate(() => (window as unknown as { printed: string }).printed);
  for (const name of names.split(" ")) expect(printed).toContain(`${name}, ${name[0]}.`);
  expect(printed).toContain("Chat + Hotline");
  expect(printed.match(/\d\d:\d\d–\d\d:\d\d/g)?.length).toBeGreaterThan(40);
  const seconds = Math.round((Date.now() - begin) / 1000);
  console.log(`from own files to a printed roster: ${clicks} clicks, ${drops} files dropped, ${seconds} s`);
  expect(clicks).toBeLessThanOrEqual(25);
}, 400_000);
