import { expect } from "vitest";
import { test } from "./fixtures.ts";
import { vendorExport } from "./vendor-export.ts";
import { fullWalks } from "./walk-size.ts";

/**
 * Somebody who has never seen the program: from opening it to a printed comparison of "Black Friday +60 %" on an export
 * of their own telephone system, by what the screen says alone.
 */
test("a printed comparison of Black Friday on one's own file, in a handful of clicks", async ({
  site,
  page,
}) => {
  await page.addInitScript(() => {
    window.print = () => {
      // The report is printed from a page of its own inside of this one.
      (window.top as unknown as { printed: string }).printed = document.body.innerText;
    };
  });
  let clicks = 0;
  const press = async (name: string) => {
    clicks++;
    await page.getByRole("button", { name, exact: true }).click({ timeout: 60_000 });
  };
  await page.goto(`${site.origin}/`);
  await page.getByText("Drop or paste your own history here").waitFor();
  clicks++;
  await page.getByTestId("open-file").setInputFiles({
    name: "acd_report.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(vendorExport(fullWalks ? 1 : 0.3)),
  });
  // Nothing has to be corrected: every column is understood.
  const understood = page.getByRole("region", { name: "What was recognised" });
  await understood.getByText("Orders and Returns & complaints").waitFor({ timeout: 60_000 });
  expect(await understood.locator("div", { hasText: "Missing" }).last().innerText()).toContain("nothing");
  await press("Start a new plan with it");
  // After-contact work counts: 205 + 40 seconds.
  await page.getByText("4:05").first().waitFor({ timeout: 60_000 });
  clicks++;
  await page
    .getByRole("link", { name: /What-if/ })
    .first()
    .click();
  const table = page.getByRole("table", { name: "The plan and its scenarios" });
  const make = page.getByRole("button", { name: "Make forecast and shifts" });
  await make.or(table).first().waitFor({ timeout: 60_000 });
  if (await make.isVisible()) await press("Make forecast and shifts");
  await table.waitFor({ timeout: 300_000 });
  clicks += 2;
  await page.getByLabel("Or start from").selectOption({ label: "A peak day, such as Black Friday: +60 %" });
  await page
    .getByText(/^Black Friday \+60 %: service level falls by \d+\.\d ± \d+\.\d points/)
    .first()
    .waitFor();
  await page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 60_000 });
  await press("Print report");
  await page.waitForFunction(() => "printed" in window, undefined, { timeout: 30_000 });
  const printed = await page.evaluate(() => (window as unknown as { printed: string }).printed);
  expect(printed).toContain("What-if: acd_report, Fri 27 Nov");
  expect(printed).toMatch(/Black Friday \+60 %: service level falls by .* points/);
  expect(printed).toContain("Assumptions");
  console.log(`a new user, from opening to the printed comparison: ${clicks} clicks`);
  expect(clicks).toBeLessThan(12);
});
