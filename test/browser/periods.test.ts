import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { samplePlan as sampleOfData } from "../../sample-data/plan.ts";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { test } from "./fixtures.ts";
import { rail, shown, untilStage } from "./screen.ts";

/** Days of one queue, hour by hour from 8 to 16, as a file names them. */
function calls(from: string, dayCount: number, queue = "Voice"): string {
  const lines = ["interval_start,queue,offered,handled,abandoned,aht_seconds"];
  for (let day = 0; day < dayCount; day++)
    for (let hour = 8; hour < 16; hour++) {
      const offered = 20 + ((day * 17 + hour * 5 + day * day) % 7);
      const time = `${addDays(from, day)}T${String(hour).padStart(2, "0")}:00:00`;
      lines.push(`${time},${queue},${offered},${offered},0,${230 + ((day * 31 + hour) % 40)}`);
    }
  return `${lines.join("\n")}\n`;
}

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** A week of one queue with six people, and no history yet. */
function smallPlan(): PlanDocument {
  const plan = sampleOfData();
  const queue = { ...plan.queues[0], id: "Voice", name: "Voice", minimumAgents: 1 };
  const groups = [{ id: "voice", name: "Voice", queueIds: ["Voice"] }];
  const agents = plan.agents.slice(0, 6).map((agent) => ({
    ...agent,
    groupId: "voice",
    contractId: plan.contracts[0].id,
    daysOff: [],
    wishes: [],
    unavailable: [],
  }));
  const { forecastSnapshots: _, ...rest } = plan;
  return {
    plan: {
      ...rest,
      id: "small",
      name: "Small",
      intervalMinutes: 60,
      dayCount: 7,
      queues: [queue],
      groups,
      agents,
      forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] },
      templates: plan.templates.map((template) => ({
        ...template,
        groupIds: [],
        weekdays: [1, 2, 3, 4, 5, 6, 7],
      })),
      scheduling: { solver: "auto", seconds: 1, gap: 0.05, costPerHourShort: 60, costPerHourOver: 12 },
      scenarios: [],
      ledger: [],
      simulation: { ...plan.simulation, replications: 4, events: [] },
    },
    history: null,
    results: noResults,
  };
}

test("three periods in a row: people, rules and the past go along, and Undo brings the former one back", async ({
  page,
  open,
}) => {
  const { plan } = smallPlan();
  await open("history", smallPlan());
  await page.getByTestId("open-file").setInputFiles(file("past.csv", calls("2026-09-07", 56)));
  await page.getByRole("button", { name: "Use in this plan", exact: true }).click({ timeout: 60_000 });
  for (let period = 0; period < 2; period++) {
    const first = addDays("2026-11-02", 7 * period);
    await page.keyboard.press("Control+Enter");
    await untilStage(page, "Roster", "up to date", 90_000);
    await rail(page).getByRole("link", { name: "Periods" }).click();
    await shown(page, "Periods");
    await page.getByRole("button", { name: "Plan the next period", exact: true }).click();
    await page
      .locator("main input[type=file]")
      .first()
      .setInputFiles(file(`week ${period}.csv`, calls(first, 7)));
    const row = (name: string) => page.getByRole("row", { name: new RegExp(`^${name}`) });
    await row("History").getByText("7 days more").waitFor({ timeout: 60_000 });
    await row("People").getByText("6", { exact: true }).waitFor();
    await row("Over the border")
      .getByText(/[1-9]\d* shifts/)
      .waitFor();
    await page.getByRole("button", { name: "Move on" }).click();
    await page
      .getByText(`${period + 1} period`)
      .first()
      .waitFor();
    await page.getByText(/Which habit to change/).waitFor({ timeout: 60_000 });
    if (period === 0) {
      await page.keyboard.press("Control+z");
      await page.getByText("no period is over yet").waitFor();
      await untilStage(page, "Roster");
      await page.keyboard.press("Control+Shift+z");
      await page.getByText("1 period is over").waitFor();
    }
  }
  await page.keyboard.press("Control+Enter");
  await untilStage(page, "Roster", "up to date", 90_000);
  const list = page.getByRole("grid", { name: "Past periods" });
  await list.getByText(/9.{1,3}15 Nov 2026/).waitFor();
  await list.getByText(/2.{1,3}8 Nov 2026/).waitFor();

  const saved = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const outcome = readPlanFile(gunzipSync(readFileSync(await (await saved).path())));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const now = outcome.value;
  expect([now.plan.firstDate, now.plan.dayCount, now.plan.id]).toEqual(["2026-11-16", 7, "small"]);
  expect(now.plan.agents.map(({ id, name }) => `${id} ${name}`)).toEqual(
    plan.agents.map(({ id, name }) => `${id} ${name}`),
  );
  expect(now.past?.map(({ plan: former }) => former.firstDate)).toEqual(["2026-11-02", "2026-11-09"]);
  expect([now.plan.priorRoster?.firstDate, now.plan.priorRoster?.lastDate]).toEqual([
    "2026-11-02",
    "2026-11-15",
  ]);
  const hard = now.results.roster?.value.violations.filter(({ penalty }) => penalty === null);
  expect(hard).toEqual([]);

  // What is over opens as it was, beside the plan.
  await list.getByText(/2.{1,3}8 Nov 2026/).click();
  await page.getByRole("button", { name: /^Open 2.* as published/ }).click();
  await page
    .getByText(/Small, 2.{1,3}8 Nov 2026 \(past, as published\)/)
    .first()
    .waitFor();
  await untilStage(page, "Roster");
}, 240_000);

test("a queue under a new name can be joined before the plan moves on", async ({ page, open }) => {
  await open("history", smallPlan());
  await page.getByTestId("open-file").setInputFiles(file("past.csv", calls("2026-09-07", 56)));
  await page.getByRole("button", { name: "Use in this plan", exact: true }).click({ timeout: 60_000 });
  await page.goto(page.url().replace(/#.*/, "#/periods"));
  await shown(page, "Periods");
  await page.getByRole("button", { name: "Plan the next period", exact: true }).click();
  await page
    .locator("main input[type=file]")
    .setInputFiles(file("new.csv", calls("2026-11-02", 7, "Voice EU")));
  await page.getByText(/has no queue of the plan/).waitFor({ timeout: 60_000 });
  expect(await page.getByRole("button", { name: "Move on" }).isDisabled()).toBe(true);
  await page.getByLabel("“Voice EU” is new. It is").selectOption({ label: "the new name of Voice" });
  await page
    .getByRole("row", { name: /^History/ })
    .getByText("7 days more")
    .waitFor();
  // A further file of the same step; what was answered stays.
  await page
    .locator("main input[type=file]")
    .setInputFiles(file("newer.csv", calls("2026-11-09", 7, "Voice EU")));
  await page
    .getByRole("row", { name: /^History/ })
    .getByText("14 days more")
    .waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Move on" }).click();
  await page.getByText("1 period is over").waitFor();
});
