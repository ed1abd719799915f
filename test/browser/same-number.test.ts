import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./fixtures.ts";
import { type PageName, pageTitles, shown } from "./screen.ts";

const stages = { required: "Required", shifts: "Shifts", roster: "Roster", simulate: "Simulate" } as const;
const region = "Service level, stage by stage";

/** What a page says of the service: its own sentence, and the level of each stage and queue in the table beside it. */
async function saidOn(page: Page, queue: string): Promise<{ sentence: string; levels: Map<string, string> }> {
  const part = page.getByRole("region", { name: region }).filter({ hasText: `, ${queue}:` });
  await part.first().waitFor();
  const sentence = (await part.first().locator("p").first().innerText()).replaceAll("\u00a0", " ");
  await part.first().getByRole("button", { name: "Why other pages say another number" }).click();
  const rows = part.getByRole("table", { name: region }).locator("tbody tr");
  await rows.first().waitFor();
  const levels = new Map<string, string>();
  const heads = await part.getByRole("table", { name: region }).locator("thead th").allInnerTexts();
  for (const row of await rows.all()) {
    const stage = (await row.locator("th").innerText()).split("\n")[0].trim();
    const cells = await row.locator("td b").allInnerTexts();
    for (const [at, level] of cells.entries())
      levels.set(`${stage}/${heads[at + 1]}`, level.replaceAll("\u00a0", " "));
  }
  return { sentence, levels };
}

test("five pages name the same service for the same days, queue and stage, and each says which its own is", async ({
  page,
  site,
  open,
}) => {
  await open("required");
  const pages: PageName[] = ["required", "shifts", "roster", "simulate", "whatif"];
  for (const queue of ["All queues", "Voice"]) {
    let first: Map<string, string> | null = null;
    for (const name of pages) {
      await page.goto(`${site.origin}/#/${name}`);
      await shown(page, pageTitles[name]);
      await page.getByRole("combobox", { name: /queue/i }).first().selectOption({ label: queue });
      const { sentence, levels } = await saidOn(page, queue);
      first ??= levels;
      expect(levels, name).toEqual(first);
      expect(levels.size).toBe(12);
      expect(sentence, name).toMatch(new RegExp(`2\\s?–\\s?8 Nov 2026, ${queue}:`));
      const own = stages[name as keyof typeof stages] ?? "Simulate";
      expect(sentence, name).toContain(levels.get(`${own}/${queue}`) ?? "?");
    }
  }

  // What-if, simulated to the end, says of the plan what Simulate says.
  await page.getByText(/^40 replications on the same customers/).waitFor({ timeout: 240_000 });
  const simulated = await page
    .getByRole("region", { name: region })
    .locator(".is-own td b")
    .first()
    .innerText();
  const row = page
    .getByRole("table", { name: "The plan and its scenarios" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "Service level", exact: true }) });
  const plan = (await row.getByRole("cell").first().innerText())
    .replaceAll("\u00a0", " ")
    .replace(/\s+/g, " ");
  expect(plan).toBe(simulated.replaceAll("\u00a0", " "));

  // The rail is of the whole plan and says so.
  const rail = page
    .getByRole("navigation", { name: "Stages of the plan" })
    .locator(".rail-figure", { hasText: "· 4 weeks" });
  const figure = (await rail.innerText()).replaceAll("\u00a0", " ").split(" · ")[0];
  await page.goto(`${site.origin}/#/simulate`);
  await shown(page, pageTitles.simulate);
  await page.getByRole("combobox", { name: /queue/i }).first().selectOption({ label: "All queues" });
  await page.getByText("4 weeks", { exact: true }).first().click();
  await page.getByRole("region", { name: region }).getByText(figure, { exact: false }).first().waitFor();
});
