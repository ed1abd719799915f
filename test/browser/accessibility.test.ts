import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite, pageTitles, type Site, type Visit } from "./site.ts";

const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
const cases = (["light", "dark"] as const).flatMap((scheme) =>
  Object.entries(sizes).map(([size, viewport]) => ({ scheme, size, viewport })),
);

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

/** What axe finds against WCAG 2.2 AA and its own best practice, one line per rule and element. */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`),
    );
  });
}

describe.each(cases)("axe finds nothing, $scheme, $size", ({ scheme, viewport }) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await site.visit({ viewport, colorScheme: scheme, reducedMotion: "reduce" });
    await visit.page.goto(`${site.origin}/`);
    await visit.page.locator("main h1").waitFor();
    await visit.page.evaluate(axe.source);
  });
  afterAll(() => visit?.close());

  test.each(Object.entries(pageTitles))("%s", async (name, title) => {
    const { page } = visit;
    await page.goto(`${site.origin}/#/${name}`);
    await page.waitForFunction((wanted) => document.title.startsWith(`${wanted} ·`), title);
    await page.locator("main h1").waitFor();
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    // Nothing sticks out sideways: WCAG 1.4.10, reflow.
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    expect(visit.complaints.splice(0)).toEqual([]);
  });
});

describe("axe finds nothing in Chinese", () => {
  test.each(Object.keys(pageTitles))("%s", async (name) => {
    const visit = await site.visit({ locale: "zh-CN", reducedMotion: "reduce" });
    const { page } = visit;
    await page.goto(`${site.origin}/#/${name}`);
    await page.locator('html[lang="zh-CN"] main h1').waitFor();
    await page.evaluate(axe.source);
    await page.waitForTimeout(300);
    expect(await violations(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  });
});
