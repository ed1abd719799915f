import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { smallDocument } from "../app/sample-document.ts";
import { test } from "./fixtures.ts";

/** From whatever is wrong there is a way back to a plan that is right. */
test("a plan file with something wrong in it says so, and opens without it when asked", async ({
  page,
  open,
}) => {
  await open("files");
  const document = smallDocument();
  const { plan } = document;
  const text = planFileText({
    ...document,
    plan: { ...plan, name: "Broken", groups: [...plan.groups, { id: "x", name: "X", queueIds: ["gone"] }] },
  });
  await page.getByTestId("open-file").setInputFiles({
    name: "broken.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.getByText(/plan\.groups\.1\.queueIds\.0 names “gone”/).waitFor();
  expect(await page.getByRole("button", { name: "Plan menu: Broken" }).count()).toBe(0);
  await page.getByRole("button", { name: "Open what can be read" }).click();
  await page.getByRole("button", { name: "Plan menu: Broken" }).waitFor();
  await page.getByText(/left out \(plan\.groups\.1\.queueIds\.0, plan\.groups\.1\b/).waitFor();
});

test("where a page throws, the plan is saved as a file, and the others stay in reach", async ({
  page,
  visit,
  open,
}) => {
  await open("files");
  await page.getByRole("button", { name: "New plan with the same settings" }).click();
  await page.context().route("**/assets/calculator-*.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: "throw new Error('a page that throws')",
    }),
  );
  await page.evaluate(() => {
    window.location.hash = "#/calculator";
  });
  await page.getByRole("heading", { name: "This page stopped working" }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the plan as a file" }).click(),
  ]);
  expect(readPlanFile(gunzipSync(readFileSync(await download.path()))).ok).toBe(true);
  await page.getByText("Or open another plan that this browser keeps:").waitFor();
  visit.complaints.length = 0;
});
