import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { publishRoster, rosterChanges } from "../../src/domain/plan/roster-changes.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { seededDay } from "../intraday/seeded-day.ts";
import { test } from "./fixtures.ts";
import { withFreshKeys } from "./sample-plan.ts";
import { rail } from "./screen.ts";

const monday = "2026-11-02";

/** A small centre of forty people, planned to keep its goals on Monday, its roster published. */
async function plannedWeek(): Promise<PlanDocument> {
  const { document } = seededDay(4, { agents: 40, load: 0.53, replications: 40, day: 0 });
  const requirement = await requirementStage.run(requirementStage.read(document)!);
  if (!requirement.ok) throw new Error("no requirement");
  const planned = withFreshKeys({
    ...document,
    results: {
      ...document.results,
      requirement: { value: requirement.value, madeAt: "2026-11-01T00:00:00Z", inputKey: "" },
    },
  });
  const published = publishRoster(planned, { publishedAt: "2026-10-20T09:00:00Z", note: "November" });
  if (!published.ok) throw new Error("not published");
  return published.value;
}

/** What a wallboard says at 11:00, 18 % above the forecast. */
function board({ results }: PlanDocument): string {
  const { grid, queues } = results.forecast!.value;
  const lines = queues.flatMap(({ queueId, open, offered }) =>
    Array.from({ length: 22 }, (_, at) => at)
      .filter((at) => open[at] === 1)
      .map((at) => {
        const clock = new Date(localTimeOf(grid, at).minuteOfDay * 60_000).toISOString().slice(11, 16);
        return `${monday} ${clock},${queueId},${Math.round(1.18 * offered[at])}`;
      }),
  );
  return `interval_start,queue,offered\n${lines.join("\n")}\n`;
}

async function savedPlan(page: Page): Promise<PlanDocument> {
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+s");
  const outcome = readPlanFile(gunzipSync(readFileSync(await (await download).path())));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

/** Everybody's minutes before a minute of the grid, and whole shifts of other days. */
function roster({ results }: PlanDocument, line: number) {
  const assignments = results.roster!.value.assignments;
  const past = assignments.map(({ agentId, shift }) => {
    const done = shift.activities
      .filter(({ startMinute }) => startMinute < line)
      .map(({ kind, startMinute, endMinute }) => [kind, startMinute, Math.min(endMinute, line)]);
    return JSON.stringify([agentId, shift.date, shift.date === monday ? done : shift.activities]);
  });
  return new Set(past.filter((text) => !text.endsWith("[]]")));
}

test("a Monday at 11:00 with 18 % more contacts and two sick is brought back to its goals, nothing before 11:00 moves, and only whose shifts changed are told", async ({
  page,
  open,
}) => {
  const document = await plannedWeek();
  await open("day", document);
  const controls = page.getByRole("complementary");
  await controls.getByLabel("Or paste a table").fill(board(document));
  await controls.getByRole("button", { name: "Read it" }).click();
  await expect.poll(() => controls.getByLabel("Time", { exact: true }).inputValue()).toBe("11:00");
  const sick = document.results
    .roster!.value.assignments.filter(
      ({ shift }) => shift.date === monday && shift.startMinute < 600 && shift.endMinute > 900,
    )
    .slice(0, 2)
    .map(({ agentId }) => agentId);
  for (const agentId of sick) {
    await controls.getByLabel("Person").selectOption(agentId);
    await controls.getByRole("button", { name: "Sick from now" }).click();
  }
  const finding = page.locator(".finding");
  await finding.getByText(/\(\+1[78].*will reach .* its goal is 80/).waitFor({ timeout: 30_000 });

  const panel = page.getByRole("region", { name: "What to do about it" });
  await panel.getByRole("button", { name: "Look for options" }).click();
  await panel.getByText(/Simulated 40 times each/).waitFor({ timeout: 60_000 });
  const rows = panel.getByRole("row");
  expect(await rows.nth(1).innerText()).toMatch(/As it stands.*missed: /s);
  expect(await rows.filter({ hasText: "Overtime" }).innerText()).toMatch(/kept/);

  // One proposal is discarded: the roster stays as it is.
  const proposal = panel.getByRole("region", { name: "Proposal" });
  await panel.getByRole("button", { name: /^Move breaks of/ }).click();
  await proposal.getByText(/(\d+) of \1 changes are open/).waitFor();
  await proposal.getByRole("button", { name: "Discard all" }).click();
  await proposal.getByText(/^0 of /).waitFor();
  const before = await savedPlan(page);
  expect(roster(before, 1e9)).toEqual(roster(document, 1e9));

  // One is accepted: first one person's change, undone and redone, then all.
  await panel.getByRole("button", { name: /^Overtime: / }).click();
  const people = proposal.getByRole("list", { name: "Changes by person" }).getByRole("listitem");
  const count = await people.count();
  expect(count).toBeGreaterThan(2);
  await people
    .first()
    .getByRole("button", { name: /^Accept: / })
    .click();
  await proposal.getByText(`${count - 1} of ${count} changes are open`, { exact: false }).waitFor();
  await page.keyboard.press("Control+z");
  await proposal.getByText(`${count} of ${count} changes are open`, { exact: false }).waitFor();
  await page.keyboard.press("Control+Shift+z");
  await proposal.getByText(`${count - 1} of ${count} changes are open`, { exact: false }).waitFor();
  await proposal.getByRole("button", { name: "Accept all" }).click();
  await finding
    .getByText("Every service level goal will be kept", { exact: false })
    .waitFor({ timeout: 30_000 });

  const after = await savedPlan(page);
  expect(roster(after, 660)).toEqual(roster(document, 660));
  const shiftOf = new Map(
    document.results.roster!.value.assignments.map(({ shift }) => [shift.id, JSON.stringify(shift)]),
  );
  const changed = after.results
    .roster!.value.assignments.filter(({ shift }) => shiftOf.get(shift.id) !== JSON.stringify(shift))
    .map(({ agentId }) => agentId);
  expect(changed).toHaveLength(count);
  expect(changed.filter((agentId) => sick.includes(agentId))).toEqual([]);

  // Published: the next version tells those people of their changes, and nobody else.
  await rail(page)
    .getByRole("link", { name: /(^|\s)Roster(\s|$)/ })
    .click();
  await page.getByRole("tab", { name: "Publish" }).click();
  const list = page.getByRole("list", { name: "What changed, by person" });
  await expect.poll(() => list.getByRole("listitem").filter({ hasText: "Copy text" }).count()).toBe(count);
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await page.getByText("The roster is as it was published.").waitFor();
  const told = rosterChanges(await savedPlan(page), 1, 2);
  expect(told.map(({ agentId }) => agentId).sort()).toEqual([...changed].sort());
  expect(told.every(({ changes }) => changes.length === 1)).toBe(true);
}, 120_000);
