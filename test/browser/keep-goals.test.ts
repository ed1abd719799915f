import { expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { forecastStage } from "../../src/stages/forecast.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import type { Stage } from "../../src/stages/stage.ts";
import { lopsided, people } from "../closed-loop/lopsided-roster.ts";
import { agent } from "../rostering/small-plan.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withFreshKeys } from "./sample-plan.ts";
import { rail, shown, untilStage } from "./screen.ts";

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

  // Stopped once goals were kept: the best so far waits as a proposal.
  await optimise.click();
  await page.getByText(/^Round \d+ of \d+: every goal kept/).waitFor({ timeout: 120_000 });
  // What Stop keeps is judged after every eighth round.
  await page.getByText(/^Round (9|[1-9]\d) of \d+: every goal kept/).waitFor({ timeout: 120_000 });
  await page.getByRole("button", { name: "Stop" }).first().click();
  await expect.poll(() => optimise.isEnabled()).toBe(true);
  const proposal = page.getByRole("region", { name: "Proposed shifts" });
  await proposal.waitFor();
  expect(await page.getByRole("region", { name: "Goals in the simulation" }).getByRole("row").count()).toBe(
    1 + 6,
  );
  await proposal.getByRole("button", { name: "Discard" }).click();
  await proposal.waitFor({ state: "detached" });
  expect(await page.getByRole("alert").count()).toBe(0);

  // To the end: what it costs beside covering the requirement, and every queue's goals.
  await optimise.click();
  await proposal.waitFor({ timeout: 240_000 });
  const goals = page.getByRole("region", { name: "Goals in the simulation" });
  expect(await goals.innerText()).toMatch(/against .* for covering the requirement/);
  const rows = goals.getByRole("row");
  expect(await rows.count()).toBe(1 + 6);
  const promised = new Map<string, { least: number; most: number; within: number }>();
  for (const queue of ["Voice", "Chat"]) {
    const row = await goals.getByRole("row", { name: new RegExp(`^${queue} at least 80`) }).innerText();
    // Goal, then from and to over the days, and the widest interval of them.
    const [least, most] = [...row.matchAll(/(\d+\.\d)\s?%/g)].slice(1, 3).map(([, share]) => Number(share));
    const within = Number(/± (\d+\.\d)/.exec(row)?.[1]);
    expect(least).toBeGreaterThan(79);
    expect(most).toBeGreaterThanOrEqual(least);
    promised.set(queue, { least, most, within });
  }
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.waitFor({ state: "detached" });
  await goals.waitFor();

  // Simulate shows each queue and day within what was promised, each within its own interval.
  await rail(page)
    .getByRole("link", { name: /Simulate$/ })
    .click();
  await shown(page, "Simulate");
  await page
    .getByRole("button", { name: /^Simulate/ })
    .first()
    .click();
  await untilStage(page, "Simulate", "up to date", 120_000);
  const grid = page.getByRole("grid", { name: "Service level by day and queue" });
  const days = grid.getByRole("row").filter({ hasText: "Nov", has: page.getByRole("gridcell") });
  await expect.poll(() => days.count(), { timeout: 30_000 }).toBe(2);
  for (const day of await days.all()) {
    const cells = await day.getByRole("gridcell").allInnerTexts();
    for (const [at, queue] of ["Voice", "Chat"].entries()) {
      const [level, within] = [...cells[2 + at].matchAll(/\d+(\.\d)?/g)].map(([number]) => Number(number));
      const range = promised.get(queue)!;
      expect(level).toBeGreaterThan(range.least - range.within - within);
      expect(level).toBeLessThan(range.most + range.within + within);
    }
  }
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
