import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./fixtures.ts";
import { type PageName, pageTitles, settled, shown } from "./screen.ts";

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

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

/** Titles of the pages in Chinese. */
const frame = new URL("../../src/ui/frame/words/zh-CN.json", import.meta.url);
const chineseTitles: Record<string, string> = JSON.parse(readFileSync(frame, "utf8")).page;

// Colours follow the theme, room the width, lengths of words the language: each way of each is looked at once.
test.for([
  { look: "light, wide", viewport: wide, colorScheme: "light", locale: "en-GB", titles: pageTitles },
  { look: "dark, narrow", viewport: narrow, colorScheme: "dark", locale: "en-GB", titles: pageTitles },
  {
    look: "Chinese, dark, wide",
    viewport: wide,
    colorScheme: "dark",
    locale: "zh-CN",
    titles: chineseTitles,
  },
] as const)("axe finds nothing on any page: $look", async ({ titles, ...options }, { site, newVisit }) => {
  const { page } = await newVisit({ ...options, reducedMotion: "reduce" });
  await page.goto(`${site.origin}/`);
  await page.locator("main h1").waitFor();
  await page.evaluate(axe.source);
  for (const name of Object.keys(pageTitles) as PageName[]) {
    await page.goto(`${site.origin}/#/${name}`);
    await shown(page, titles[name]);
    await settled(page);
    expect.soft(await violations(page), name).toEqual([]);
    // Nothing sticks out sideways: WCAG 1.4.10, reflow.
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${name}, pixels beyond the window`).toBeLessThanOrEqual(0);
  }
});
