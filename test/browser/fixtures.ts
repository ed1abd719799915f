import type { BrowserContextOptions } from "playwright-core";
import { test as base, expect } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { type PageName, pageTitles, shown } from "./screen.ts";
import { openSite, type Visit } from "./site.ts";

/**
 * A browser test: one served site and one Chromium for the file, and for each test a browser profile of its own, so that
 * every test runs alone. A test fails when a page of it complained or asked for anything outside the site.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: a fixture names what it uses, and this one uses nothing
  .extend("site", { scope: "file" }, async ({}, { onCleanup }) => {
    const site = await openSite();
    onCleanup(() => site.close());
    return site;
  })
  /** Another person with a browser of their own. */
  .extend("newVisit", async ({ site }, { onCleanup }) => {
    const visits: Visit[] = [];
    onCleanup(async () => {
      for (const visit of visits) await visit.close();
      expect(visits.flatMap(({ complaints }) => complaints)).toEqual([]);
      expect(visits.flatMap(({ strangers }) => strangers)).toEqual([]);
    });
    return async (options?: BrowserContextOptions): Promise<Visit> => {
      const visit = await site.visit(options);
      visits.push(visit);
      return visit;
    };
  })
  .extend("visit", ({ newVisit }) => newVisit())
  .extend("page", ({ visit }) => visit.page)
  /** Opens a page of the program, on the sample plan or, at the first visit, on another in its place. */
  .extend("open", ({ site, page }) => async (name: PageName, document?: PlanDocument): Promise<void> => {
    if (document !== undefined) {
      await page.context().route("**/sample-plan.json.gz", (route) => {
        return route.fulfill({ contentType: "application/octet-stream", body: planFileText(document) });
      });
    }
    await page.goto(`${site.origin}/#/${name}`);
    await shown(page, pageTitles[name]);
  });
