import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { test } from "./fixtures.ts";
import { untilStage } from "./screen.ts";

const dist = resolve(import.meta.dirname, "../..", process.env.SHIFTWRIGHT_DIST ?? "dist");

test("a first visit shows the sample plan with every stage filled, and loads under 400 kB", async ({
  site,
  visit,
  page,
}) => {
  await page.goto(`${site.origin}/`);
  for (const stage of ["History", "Forecast", "Required", "Shifts", "Simulate"]) {
    await untilStage(page, stage);
  }
  await page.getByRole("heading", { level: 1 }).waitFor();

  const paths = new Set(visit.requested.map((url) => new URL(url).pathname.slice(1) || "index.html"));
  const files = [...paths].filter((path) => !path.endsWith(".wasm") && path !== "sample-plan.json.gz");
  const bytes = files.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
  console.log(
    `opened: ${files.length} files, ${(bytes / 1000).toFixed(0)} kB gzipped without wasm and sample`,
  );
  expect(bytes).toBeGreaterThan(50_000);
  // 300 kB was the limit until the fields took their limits from the schemas, which brought the schema library to the
  // page; people, leave, past periods and published rosters brought more of it, and the one reckoning of service, which Shifts
  // opens with, 37 kB: 398 kB now. To be brought back (`zod/mini` would save 36).
  expect(bytes).toBeLessThan(400_000);
});

test("a first visit gives an instant answer to three numbers", async ({ site, page }) => {
  await page.goto(`${site.origin}/`);
  await page.getByText("14 agents on queue, about 20 on the payroll, 89 % answered within 20 s.").waitFor();
  await page.getByLabel("minutes each").fill("6");
  await page.getByText(/^2[3-9] agents on queue/).waitFor();
  await page.getByLabel("contacts per half hour").fill("no");
  await page.getByText("Enter three positive numbers.").waitFor();
});

test("a page may talk to its own origin only, and may not compile text", async ({ site, visit, page }) => {
  await page.goto(`${site.origin}/`);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  const sources = (policy ?? "").split(";").flatMap((rule) => rule.trim().split(/\s+/).slice(1));
  expect(policy).toContain("default-src 'none'");
  const allowed = ["'none'", "'self'", "'wasm-unsafe-eval'", "'unsafe-inline'", "data:", "blob:"];
  expect(sources.filter((source) => !allowed.includes(source))).toEqual([]);
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);

  // The policy is in force: a foreign request and compiled text are refused.
  const refused = await page.evaluate(async () => {
    const fetched = await fetch("https://example.org/").then(
      () => "fetched",
      () => "refused",
    );
    const script = document.createElement("script");
    script.textContent = "window.ranInline = true";
    document.head.append(script);
    return [fetched, "ranInline" in window];
  });
  expect(refused).toEqual(["refused", false]);
  // That is what the browser complains about.
  visit.complaints.length = 0;
});

test("the program speaks Chinese where the browser does, and remembers a switch", async ({
  site,
  newVisit,
}) => {
  const { page } = await newVisit({ locale: "zh-CN" });
  await page.goto(`${site.origin}/`);
  await page.locator('html[lang="zh-CN"]').waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: /Files/ }).waitFor();
  await page.reload();
  await page.getByRole("link", { name: /Files/ }).waitFor();
});
