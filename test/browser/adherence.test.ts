import { expect } from "vitest";
import { minuteIso } from "../../src/domain/calendar/interval-grid.ts";
import { test } from "./fixtures.ts";
import { samplePlan } from "./sample-plan.ts";

/** Everybody's Monday as it was planned; somebody was an hour late, and breaks are called "Blue". */
function mondayLog(): { readonly late: string; readonly text: string } {
  const { plan, results } = samplePlan();
  const { grid, assignments } = results.roster!.value;
  const monday = assignments.filter(({ shift }) => shift.date === plan.firstDate);
  const late = monday[0].agentId;
  const names = { work: "On Queue", break: "Blue", meal: "Meal" } as Readonly<Record<string, string>>;
  const rows = monday.flatMap(({ agentId, shift }) =>
    shift.activities.map(({ kind, startMinute, endMinute }, at) => {
      const start = agentId === late && at === 0 ? startMinute + 60 : startMinute;
      return [agentId, minuteIso(grid, start), minuteIso(grid, endMinute), names[kind] ?? "Training"].join();
    }),
  );
  return {
    late: plan.agents.find(({ id }) => id === late)!.name,
    text: ["agent,start,end,state", ...rows].join("\n"),
  };
}

test("a status log says who kept to the plan, and its shrinkage becomes the plan's", async ({
  page,
  open,
}) => {
  const { late, text } = mondayLog();
  await open("periods");
  const section = page.getByRole("region", { name: "Adherence" });
  await section
    .getByLabel("Open a status log")
    .and(page.locator("input"))
    .setInputFiles({ name: "monday.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  const finding = section.getByText(/^Mon 2 Nov: adherence/);
  await finding.waitFor();
  const before = await finding.innerText();
  await section.getByText("What the state “Blue” means is not known").first().waitFor();

  // What is said of a state counts at once, and is remembered.
  await section.getByLabel("Meaning of Blue").selectOption("break");
  await expect.poll(() => finding.innerText()).not.toBe(before);
  expect(await finding.innerText()).toMatch(/adherence 99\.\d\s%, conformance 99\.\d\s%/);
  const people = section.getByRole("grid", { name: "People, furthest from the plan first" });
  await people.getByRole("gridcell", { name: late }).first().click();
  await section.getByRole("grid", { name: `${late} by interval` }).waitFor();

  const use = section.getByRole("button", { name: /^Plan with 0\.\d\s% shrinkage$/ });
  await use.click();
  await section.getByText("The plan reckons with this.").waitFor();
  await page.keyboard.press("Control+z");
  await section.getByText("Each kind of shrinkage changes in proportion").waitFor();
});
