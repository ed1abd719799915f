import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, type Site } from "./site.ts";
import { longestTaskAllowed, taskWords } from "./trace.ts";

const dist = resolve(import.meta.dirname, "../..", process.env.SHIFTWRIGHT_DIST ?? "dist");
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

describe("a first visit", () => {
  test("shows the sample plan with every stage filled within five seconds, and loads under 300 kB", async () => {
    const visit = await site.visit();
    await visit.page.goto("about:blank");
    await visit.watchThread();
    const started = performance.now();
    await visit.page.goto(`${site.origin}/`);
    const rail = visit.page.getByRole("navigation", { name: "Stages of the plan" });
    for (const stage of ["History", "Forecast", "Required", "Shifts", "Simulate"]) {
      await rail.getByRole("link", { name: new RegExp(`up to date ${stage}`) }).waitFor({ timeout: 5_000 });
    }
    await visit.page.getByRole("heading", { level: 1 }).waitFor();
    const seconds = (performance.now() - started) / 1000;
    expect(seconds).toBeLessThan(5);

    const paths = new Set(visit.requested.map((url) => new URL(url).pathname.slice(1) || "index.html"));
    const files = [...paths].filter((path) => !path.endsWith(".wasm") && path !== "sample-plan.json.gz");
    const bytes = files.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
    const task = await visit.longestTask();
    console.log(
      `opened in ${seconds.toFixed(1)} s; ${files.length} files, ${(bytes / 1000).toFixed(0)} kB gzipped without wasm and sample; longest main-thread task ${taskWords(task)}`,
    );
    expect(task?.busyMilliseconds).toBeLessThan(longestTaskAllowed);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(300_000);
    expect(visit.complaints).toEqual([]);
    expect(visit.strangers).toEqual([]);
    await visit.close();
  });

  test("gives an instant answer to three numbers", async () => {
    const visit = await site.visit();
    const { page } = visit;
    await page.goto(`${site.origin}/`);
    await page.getByText("14 agents on queue, about 20 on the payroll, 89 % answered within 20 s.").waitFor();
    await page.getByLabel("minutes each").fill("6");
    await page.getByText(/^2[3-9] agents on queue/).waitFor();
    await page.getByLabel("contacts in half an hour").fill("no");
    await page.getByText("Give three positive numbers.").waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });

  test("may talk to its own origin only, and may not compile text", async () => {
    const visit = await site.visit();
    const { page } = visit;
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
    await visit.close();
  });

  test("speaks Chinese where the browser does, and remembers a switch", async () => {
    const visit = await site.visit({ locale: "zh-CN" });
    const { page } = visit;
    await page.goto(`${site.origin}/`);
    await page.locator('html[lang="zh-CN"]').waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("link", { name: /Files/ }).waitFor();
    await page.reload();
    await page.getByRole("link", { name: /Files/ }).waitFor();
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });
});
