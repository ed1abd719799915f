import { expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { forecastStage } from "../../src/stages/forecast.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withFreshKeys } from "./sample-plan.ts";
import { rail, shown } from "./screen.ts";

/** Two days of the sample, with the requirement and what further stages make of it. */
async function twoDays(...further: readonly ("schedule" | "roster")[]): Promise<PlanDocument> {
  const sample = samplePlan();
  const plan = {
    ...sample.plan,
    dayCount: 2,
    // A sixth of the people are missing, so that there is something to mend.
    agents: further.includes("roster") ? sample.plan.agents.filter((_, at) => at % 6 > 0) : [],
    scheduling: { ...sample.plan.scheduling, seconds: 1, activities: [] },
    simulation: { ...sample.plan.simulation, replications: 100 },
  };
  let document: PlanDocument = {
    ...sample,
    plan,
    results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
  };
  const later = [scheduleStage, rosterStage].filter(({ name }) => further.includes(name));
  const stages = [forecastStage, requirementStage, ...later] as unknown as Stage<
    "forecast",
    object,
    object
  >[];
  for (const stage of stages) {
    const outcome = await stage.run(stage.read(document)!);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const made = { value: outcome.value, madeAt: "2026-11-30T12:00:00Z", inputKey: "" };
    document = withFreshKeys({
      ...document,
      results: { ...document.results, [stage.name]: made } as PlanDocument["results"],
    });
  }
  return document;
}

test("shifts that keep the goals are made, stopped, made again and accepted, and Simulate agrees", async ({
  page,
  open,
}) => {
  await open("shifts", await twoDays());
  await page.getByLabel("Optimise for").selectOption({ label: "Keep the goals, judged by simulation" });
  expect(await page.getByLabel("Goals hold over").inputValue()).toBe("day");
  const optimise = page.getByRole("button", { name: "Optimise", exact: true });

  // Stopped in the midst of it: the best there is waits as a proposal, or nothing has changed.
  await optimise.click();
  await page.getByText(/^Round \d+ of \d+/).waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Stop" }).first().click();
  await expect.poll(() => optimise.isEnabled()).toBe(true);
  const proposal = page.getByRole("region", { name: "Proposed shifts" });
  const discard = proposal.getByRole("button", { name: "Discard" });
  if (await discard.isVisible()) await discard.click();
  expect(await page.getByRole("alert").count()).toBe(0);

  // To the end: what it costs beside covering the requirement, and every queue's goals.
  await optimise.click();
  await proposal.waitFor({ timeout: 240_000 });
  const goals = page.getByRole("region", { name: "Goals in the simulation" });
  expect(await goals.innerText()).toMatch(/against .* for covering the requirement/);
  const rows = goals.getByRole("row");
  expect(await rows.count()).toBe(1 + 6);
  const voice = await goals.getByRole("row", { name: /^Voice at least 80/ }).innerText();
  const promised = [...voice.matchAll(/(\d+\.\d)\s?%/g)].map(([, share]) => Number(share));
  const [least, most] = promised.slice(1, 3);
  expect(least).toBeGreaterThan(79);
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.waitFor({ state: "detached" });
  await goals.waitFor();

  await rail(page)
    .getByRole("link", { name: /Simulate$/ })
    .click();
  await shown(page, "Simulate");
  await page
    .getByRole("button", { name: /^Simulate/ })
    .first()
    .click();
  await expect
    .poll(async () => Number(/(\d+\.\d)\s?%/.exec(await page.getByRole("main").innerText())?.[1] ?? 0), {
      timeout: 120_000,
    })
    .toBeGreaterThan(least - 3);
  expect(most).toBeGreaterThanOrEqual(least);
});

test("shifts of a roster move so that more goals are kept; people and hours stay, and undo brings them back", async ({
  page,
  open,
}) => {
  await open("roster", await twoDays("schedule", "roster"));
  const hours = () => page.locator("dt:text-is('Open shifts') + dd").innerText();
  const open0 = await hours();
  const move = page.getByRole("button", { name: "Move shifts to keep goals" });
  await move.click();
  const proposal = page.getByRole("region", { name: "Proposed roster" });
  await proposal.waitFor({ timeout: 240_000 });
  expect(await move.isEnabled()).toBe(false);
  const sentence = await proposal.getByText(/at the same hours/).innerText();
  const [moved, before, now] = [...sentence.matchAll(/\d+/g)].map(([number]) => Number(number));
  expect(moved).toBeGreaterThan(0);
  expect(now).toBeLessThan(before);
  expect(await proposal.getByRole("row").count()).toBe(1 + 6);
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.waitFor({ state: "detached" });
  expect(await hours()).toBe(open0);
  expect(await move.isEnabled()).toBe(true);
});
