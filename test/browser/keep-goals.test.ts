import { expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { forecastStage } from "../../src/stages/forecast.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { lopsided, people } from "../closed-loop/lopsided-roster.ts";
import { agent } from "../rostering/small-plan.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withFreshKeys } from "./sample-plan.ts";
import { rail, shown } from "./screen.ts";

/** Two days of the sample, with the requirement and no shifts yet. */
async function twoDays(): Promise<PlanDocument> {
  const sample = samplePlan();
  const plan = {
    ...sample.plan,
    dayCount: 2,
    agents: [],
    scheduling: { ...sample.plan.scheduling, seconds: 1, activities: [] },
    simulation: { ...sample.plan.simulation, replications: 100 },
  };
  let document: PlanDocument = {
    ...sample,
    plan,
    results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
  };
  for (const stage of [forecastStage, requirementStage] as unknown as Stage<"forecast", object, object>[]) {
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

test("shifts of a roster move so that more goals are kept; open shifts stay, and undo brings the roster back", async ({
  page,
  open,
}) => {
  const agents = Array.from({ length: people }, (_, at) => agent(`a${at}`, { groupId: "all" }));
  const document = withFreshKeys(await lopsided(agents));
  await open("roster", document);
  const openShifts = () => page.locator("dt:text-is('Open shifts') + dd").innerText();
  const before = await openShifts();
  const move = page.getByRole("button", { name: "Move shifts to keep goals" });
  await move.click();
  const proposal = page.getByRole("region", { name: "Proposed roster" });
  await proposal.waitFor({ timeout: 240_000 });
  expect(await move.isEnabled()).toBe(false);
  const sentence = await proposal.getByText(/at the same hours/).innerText();
  const [moved, missedBefore, missed] = [...sentence.matchAll(/\d+/g)].map(([number]) => Number(number));
  expect(moved).toBeGreaterThan(0);
  expect(missedBefore).toBe(7);
  expect(missed).toBeLessThan(7);
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.waitFor({ state: "detached" });
  expect(await openShifts()).toBe(before);
  expect(await move.isEnabled()).toBe(true);
  // Nobody began after eight before; somebody does now, until it is undone.
  const cells = page.getByRole("grid").getByText("D 12:00");
  expect(await cells.count()).toBeGreaterThan(0);
  await page.keyboard.press("Control+z");
  await expect.poll(() => cells.count()).toBe(0);
});
