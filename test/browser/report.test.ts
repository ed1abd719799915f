import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { getDocumentProxy } from "unpdf";
import { describe, expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Scenario } from "../../src/domain/plan/scenario.ts";
import { test } from "./fixtures.ts";
import { samplePlan, withPlan } from "./sample-plan.ts";

const blackFriday: Scenario = {
  id: "black-friday",
  name: "Black Friday +60 %",
  changes: [
    {
      kind: "volume",
      queueId: null,
      factor: 1.6,
      window: {
        fromDate: "2026-11-27",
        toDate: "2026-11-27",
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    },
  ],
};

/** The sample's three scenarios and a fourth. */
const document = (): PlanDocument =>
  withPlan(samplePlan(), (plan) => ({ ...plan, scenarios: [...plan.scenarios, blackFriday] }));

const table = (page: Page) => page.getByRole("table", { name: "The plan and its scenarios" });

/** The report of Black Friday with four scenarios, payback of one of them looked at before another tab was opened. */
async function savedReport(page: Page): Promise<string> {
  await table(page).getByRole("button", { name: blackFriday.name, exact: true }).click();
  // What it changes lies on another day, and the finding leads there.
  await page.locator(".finding-open").click();
  await page.getByText(/^40 replications on the same customers/).waitFor({ timeout: 240_000 });
  await page.getByRole("tab", { name: "Payback" }).click();
  await page.getByRole("tabpanel").getByRole("table").first().waitFor();
  // Kept once the panel has been still for a moment.
  await page.waitForTimeout(600);
  await page.getByRole("tab", { name: "Sweep" }).click();
  await page.getByRole("textbox", { name: "Prepared by" }).fill("Ada Berg");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save report" }).click(),
  ]);
  return readFileSync(await download.path(), "utf8");
}

/** Texts of a PDF page by page, each with where it begins and ends across. */
async function pdfPages(pdf: Buffer) {
  const file = await getDocumentProxy(new Uint8Array(pdf));
  return Promise.all(
    Array.from({ length: file.numPages }, async (_, at) => {
      const page = await file.getPage(at + 1);
      const [, , width, height] = page.view;
      const { items } = await page.getTextContent();
      const texts = items.flatMap((item) =>
        "str" in item && item.str.trim() !== ""
          ? [{ text: item.str, from: item.transform[4], to: item.transform[4] + item.width }]
          : [],
      );
      return { width, height, texts };
    }),
  );
}

describe("the report", () => {
  test("printed on A4 and on Letter holds every column, value and analysis, and nothing is cut", async ({
    page,
    visit,
    open,
  }) => {
    await open("whatif", document());
    await table(page).waitFor();
    const html = await savedReport(page);
    expect(html).toContain("default-src 'none'");
    const report = await visit.newTab();
    await report.setContent(html);
    expect(await report.locator("button, input, select, script").count()).toBe(0);
    const shown = await report.locator("table").first().locator("td .value").allInnerTexts();
    expect(shown.length).toBeGreaterThan(60);

    for (const format of ["A4", "Letter"] as const) {
      const pages = await pdfPages(
        await report.pdf({ format, preferCSSPageSize: false, printBackground: true }),
      );
      expect(pages.length, format).toBeGreaterThanOrEqual(2);
      expect(pages.length, format).toBeLessThanOrEqual(4);
      // A reader of PDF sets spaces where letters are joined or lines end.
      const withoutSpaces = (text: string) => text.replace(/\s/g, "");
      const words = withoutSpaces(pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join(" "));
      const names = ["20 % more contacts", "Calls 10 % longer", "Callback offered", "Black Friday +60 %"];
      const parts = ["The question", "Recommendation", "Cost", "Risk", "Payback", "Definitions", "Ada Berg"];
      for (const text of [...names, ...parts, ...shown]) expect(words, format).toContain(withoutSpaces(text));
      // 14 mm of margin are 39.7 points; nothing stands in it.
      for (const { width, texts } of pages) {
        expect(Math.min(...texts.map(({ from }) => from)), format).toBeGreaterThan(38);
        expect(Math.max(...texts.map(({ to }) => to)), format).toBeLessThan(width - 38);
      }
    }
  });

  test("its numbers come out as a table", async ({ page, open }) => {
    await open("whatif", document());
    await table(page).waitFor();
    await page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 120_000 });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save its numbers" }).click(),
    ]);
    const [header, ...rows] = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\n");
    expect(header.split(",")).toContain("half_width95");
    expect(rows.filter((row) => row.includes("Black Friday")).length).toBeGreaterThan(20);
  });
});
