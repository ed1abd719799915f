import type { Page } from "playwright-core";

/** The pages by the name in their address, with their English titles. */
export const pageTitles = {
  setup: "Set-up",
  people: "People",
  leave: "Leave",
  history: "History",
  forecast: "Forecast",
  required: "Required",
  shifts: "Shifts",
  roster: "Roster",
  simulate: "Simulate",
  day: "Day",
  whatif: "What-if",
  periods: "Periods",
  files: "Files",
  calculator: "Calculator",
  selftest: "Self-test",
} as const;

export type PageName = keyof typeof pageTitles;

/** Waits until the page with this title is there. */
export async function shown(page: Page, title: string): Promise<void> {
  await page.waitForFunction((wanted) => document.title.startsWith(`${wanted} ·`), title);
  await page.locator("main h1").waitFor();
}

export function rail(page: Page) {
  return page.getByRole("navigation", { name: "Stages of the plan" });
}

/** Waits until a stage is up to date, or in another state that the rail names. */
export async function untilStage(page: Page, stage: string, state = "up to date", timeout?: number) {
  await rail(page)
    .getByRole("link", { name: new RegExp(`${state} ${stage}`) })
    .waitFor({ timeout });
}

/** The next frame but one: what an event changed is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Waits until nothing of the page has changed for a while: results are drawn in slices. */
export async function settled(page: Page, milliseconds = 200): Promise<void> {
  await page.evaluate((milliseconds) => {
    return new Promise<void>((done) => {
      const finish = () => {
        observer.disconnect();
        done();
      };
      let timer = setTimeout(finish, milliseconds);
      const observer = new MutationObserver(() => {
        clearTimeout(timer);
        timer = setTimeout(finish, milliseconds);
      });
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
  }, milliseconds);
}
