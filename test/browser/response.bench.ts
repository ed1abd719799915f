import type { Page } from "playwright-core";
import { pageTitles, shown } from "./screen.ts";
import { openSite } from "./site.ts";
import { taskWords } from "./trace.ts";

/**
 * `npm run bench:response`: how long a person waits, on the sample plan: until the program is open with every stage
 * filled; for a frame while the volume slider of What-if is dragged, for the exact and the simulated answer after it;
 * and for every stage when all is made anew. Each in a browser profile of its own.
 */
const site = await openSite();

async function fresh(page: Page, stage: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Stages of the plan" })
    .getByRole("link", { name: new RegExp(`up to date ${stage}`) })
    .waitFor({ timeout: 300_000 });
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function opening(): Promise<void> {
  const visit = await site.visit();
  await visit.page.goto("about:blank");
  await visit.watchThread();
  const started = performance.now();
  await visit.page.goto(`${site.origin}/`);
  for (const stage of ["History", "Forecast", "Required", "Shifts", "Simulate"])
    await fresh(visit.page, stage);
  await visit.page.getByRole("heading", { level: 1 }).waitFor();
  console.log(`opened, every stage filled: ${seconds(started)}`);
  console.log(`longest task of the page's thread meanwhile: ${taskWords(await visit.longestTask())}`);
  await visit.close();
}

/** Milliseconds, medians of fifteen steps: the script of a step, and from the step to the frame that shows it. */
function drag(page: Page): Promise<{ readonly script: number; readonly frame: number }> {
  return page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>("input[type=range]");
    if (slider === null) throw new Error("no slider");
    const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
    const script: number[] = [];
    const frame: number[] = [];
    for (let step = 1; step <= 15; step++) {
      const start = performance.now();
      write?.call(slider, String(step / 50));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      script.push(performance.now() - start);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      frame.push(performance.now() - start);
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[7];
    return { script: median(script), frame: median(frame) };
  });
}

async function dragging(): Promise<void> {
  const { page, close } = await site.visit();
  const simulated = () => page.getByText("Simulated.", { exact: true }).waitFor({ timeout: 300_000 });
  const show = (span: string) => page.getByText(span, { exact: true }).first().click();
  await page.goto(`${site.origin}/#/whatif`);
  await shown(page, pageTitles.whatif);
  for (const span of ["Day", "Week", "4 weeks"]) {
    await show(span);
    await simulated();
    const { script, frame } = await drag(page);
    const dropped = performance.now();
    console.log(
      `volume slider, ${span}: ${script.toFixed(0)} ms of script, ${frame.toFixed(0)} ms to the frame`,
    );
    const exact = page.locator(".whatif-state strong").filter({ hasText: "carried over" });
    const answer = await Promise.race([
      exact.waitFor({ timeout: 300_000 }).then(() => "exact"),
      simulated().then(() => "simulated, before any exact one,"),
    ]);
    console.log(`  ${answer} answer after ${seconds(dropped)}`);
    await simulated();
    console.log(`  simulated answer after ${seconds(dropped)}`);
  }
  await close();
}

async function wholeChain(): Promise<void> {
  const { page, close } = await site.visit();
  await page.goto(`${site.origin}/#/forecast`);
  await fresh(page, "Simulate");
  await page.getByLabel("Forecast model").selectOption({ label: "Calendar × profile" });
  const started = performance.now();
  await page
    .getByRole("region", { name: "Work in progress" })
    .getByRole("button", { name: "Bring up to date" })
    .click();
  for (const stage of ["Forecast", "Required", "Shifts", "Roster", "Simulate"]) {
    await fresh(page, stage);
    console.log(`${stage} up to date after ${seconds(started)}`);
  }
  await close();
}

await opening();
await dragging();
await wholeChain();
await site.close();
