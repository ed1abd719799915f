import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import { scenarioParameter } from "../../src/ui/pages/whatif/scenario-exchange.ts";
import { payloads } from "../payloads.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withFreshKeys } from "./sample-plan.ts";
import { drawn, type PageName, pageTitles, shown } from "./screen.ts";

/** The sample plan with payloads for every name: of the plan, queues, groups, people, teams, templates, scenarios … */
function named(): PlanDocument {
  const document = samplePlan();
  let at = 0;
  const next = () => payloads[at++ % payloads.length];
  const renamed = <T extends { readonly name: string }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, name: next() }));
  const { plan } = document;
  const agents = renamed(plan.agents.slice(0, 300)).map((agent, place) => ({
    ...agent,
    team: payloads[place % 12],
    site: next(),
    email: next(),
  }));
  const ids = new Set(agents.map(({ id }) => id));
  const roster = document.results.roster;
  const edited: Plan = {
    ...plan,
    name: payloads[0],
    queues: renamed(plan.queues),
    groups: renamed(plan.groups),
    templates: renamed(plan.templates),
    contracts: renamed(plan.contracts),
    shrinkage: renamed(plan.shrinkage),
    scenarios: renamed(plan.scenarios),
    agents,
    ledger: plan.ledger?.filter(({ agentId }) => ids.has(agentId)),
  };
  return withFreshKeys({
    ...document,
    plan: edited,
    results: {
      ...document.results,
      roster: roster && {
        ...roster,
        value: {
          ...roster.value,
          assignments: roster.value.assignments.filter(({ agentId }) => ids.has(agentId)),
        },
      },
    },
  });
}

const watch = () => {
  const heard: string[] = [];
  Object.assign(window, { heard, ran: (number: unknown) => heard.push(String(number)) });
};

test("names that try to run something do so on no page, nor in the saved report", async ({
  page,
  open,
  newVisit,
}) => {
  await page.addInitScript(watch);
  await open("files", named());
  for (const name of Object.keys(pageTitles) as PageName[]) {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, `#/${name}`);
    await shown(page, pageTitles[name]);
    await drawn(page);
    expect(await page.locator(".crash").count(), name).toBe(0);
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard), name).toEqual([]);
  }
  await page.evaluate(() => {
    window.location.hash = "#/whatif";
  });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save report" }).click({ timeout: 240_000 }),
  ]);
  const html = readFileSync(await download.path(), "utf8");
  expect(html).toMatch(/style-src-elem 'sha256-/);
  const reader = (await newVisit()).page;
  await reader.addInitScript(watch);
  await reader.route("https://report.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: html }),
  );
  await reader.setContent(html);
  await drawn(reader);
  expect(await reader.evaluate(() => (window as unknown as { heard?: string[] }).heard ?? [])).toEqual([]);
  expect(await reader.locator("script, iframe, form, base").count()).toBe(0);
  // The style of the report is the one that its policy knows.
  expect(await reader.evaluate(() => getComputedStyle(document.body).maxWidth)).not.toBe("none");
});

test("a scenario in a link asks before it joins the plan, and one that is too long is refused", async ({
  page,
  open,
}) => {
  await open("whatif");
  const scenario = {
    id: "from-afar",
    name: "From afar",
    changes: [{ kind: "wages" as const, factor: 1.5 }],
  };
  const goTo = (hash: string) =>
    page.evaluate((address) => {
      window.location.hash = address;
    }, hash);
  await goTo(`#/whatif?${scenarioParameter(scenario)}`);
  const dialog = page.getByRole("dialog", { name: "Open the scenario from this link?" });
  await dialog.getByRole("button", { name: "Leave it" }).click();
  expect(await page.getByRole("button", { name: "From afar", exact: true }).count()).toBe(0);
  await goTo(`#/whatif?${scenarioParameter(scenario)}`);
  await dialog.getByRole("button", { name: "Open it" }).click();
  await page.getByText("From afar").first().waitFor();
  await goTo(`#/whatif?${scenarioParameter({ ...scenario, name: "x".repeat(40_000) })}`);
  await page.getByText(/a scenario's link has 32,?768 at most/).waitFor();
});
