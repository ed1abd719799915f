import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { largePlan } from "./large-plan.ts";
import { openSite } from "./site.ts";

/**
 * The roster of 500 agents × 8 weeks in a real Chromium, on the built site: `npm run build && npm run bench:roster-grid`.
 * Prints intervals between frames while it scrolls both ways, and the time from an input to the frame that shows it.
 * `-- --profile FILE` writes a CPU profile of the whole.
 */
const root = resolve(import.meta.dirname, "../..");
const dist = resolve(root, process.env.SHIFTWRIGHT_DIST ?? "dist");
const profileAt = process.argv.indexOf("--profile");
const sample = readPlanFile(gunzipSync(readFileSync(join(dist, "sample-plan.json.gz"))));
if (!sample.ok) throw new Error(JSON.stringify(sample.issues));
const large = largePlan(sample.value, 500);
const folder = mkdtempSync(join(tmpdir(), "roster-grid-"));
const file = join(folder, "large.json");
writeFileSync(file, planFileText(large));

/** Plain text: a compiler's marks on functions do not exist in the page. */
const timeEchoes = `
  globalThis.__name = (named) => named;
  for (const kind of ["keydown", "pointerup", "click"])
    window.addEventListener(kind, (event) => {
      const began = event.timeStamp;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => (window.echo = performance.now() - began);
        channel.port2.postMessage(0);
      });
    }, { capture: true });`;

/** Milliseconds the page's thread has run so far: what counts on a machine that others use too. */
let busy: () => Promise<number> = async () => Number.NaN;
const site = await openSite();
try {
  const visit = await site.visit();
  const { page } = visit;
  page.setDefaultTimeout(60_000);
  await page.addInitScript(timeEchoes);
  await page.goto(`${site.origin}/#/roster`);
  await page.getByRole("grid", { name: /^Roster/ }).waitFor();
  await page.getByTestId("open-file").setInputFiles(file);
  await page.getByText("500 agents").first().waitFor();
  await page.getByRole("button", { name: "8 weeks", exact: true }).click();
  await page.getByRole("grid", { name: /^Roster/ }).waitFor();
  await page.waitForTimeout(3000);
  console.log(
    `${large.plan.agents.length} agents × ${large.plan.dayCount} days, ${large.results.roster!.value.assignments.length} shifts; load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`,
  );
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  busy = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  if (profileAt > 0) {
    await devtools.send("Profiler.enable");
    await devtools.send("Profiler.start");
  }
  console.log(
    "\nscrolling       | frames | median ms | 95 % | worst | over 20 ms | frames per second | thread ms a frame",
  );
  await scrolled(page, "down, 40 px", "top", 40);
  await scrolled(page, "up, 120 px", "top", -120);
  await scrolled(page, "sideways, 25 px", "left", 25);
  await scrolled(page, "back, 25 px", "left", -25);
  console.log("\nedit to paint   | count | median ms | 95 % | worst | thread ms an edit, saving included");
  const steps = ["ArrowDown", "ArrowRight"];
  await choose(page, await worked(page), 0);
  await edited(page, "arrow key", 20, (index) => page.keyboard.press(steps[index % 2]));
  await edited(page, "take off", 20, async (index) => {
    await choose(page, await worked(page), index);
    await page.keyboard.press("Delete");
  });
  await edited(page, "undo", 20, () => page.keyboard.press("z"), "Control");
  await edited(page, "drag and drop", 20, (index) => drag(page, index));
  await edited(page, "pin", 10, async (index) => {
    await choose(page, await worked(page), index);
    await page.keyboard.press("p");
  });
  await edited(page, "away that day", 6, async (index) => {
    await choose(page, await free(page), index);
    await page.getByRole("button", { name: "Away that day" }).click();
  });
  await edited(page, "undo those", 20, () => page.keyboard.press("z"), "Control");
  if (profileAt > 0) {
    const { profile } = await devtools.send("Profiler.stop");
    writeFileSync(process.argv[profileAt + 1], JSON.stringify(profile));
  }
  if (visit.complaints.length > 0) console.log(visit.complaints);
  await visit.close();
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}

async function scrolled(page: Page, name: string, side: "top" | "left", pixels: number): Promise<void> {
  const before = await busy();
  const intervals = await page.evaluate(
    ([property, step]) =>
      new Promise<number[]>((done) => {
        const grid = document.querySelector<HTMLElement>("[role=grid]")!;
        const times: number[] = [];
        function frame(time: number): void {
          times.push(time);
          const before = grid[property];
          grid[property] += step;
          if (times.length < 240 && (grid[property] !== before || times.length < 3))
            requestAnimationFrame(frame);
          else done(times.slice(1).map((at, index) => at - times[index]));
        }
        requestAnimationFrame(frame);
      }),
    [side === "top" ? "scrollTop" : "scrollLeft", pixels] as const,
  );
  const sorted = intervals.toSorted((a, b) => a - b);
  const mean = intervals.reduce((sum, value) => sum + value, 0) / intervals.length;
  console.log(
    [
      name.padEnd(15),
      intervals.length,
      at(sorted, 0.5).toFixed(1),
      at(sorted, 0.95).toFixed(1),
      at(sorted, 1).toFixed(1),
      `${((100 * intervals.filter((value) => value > 20).length) / intervals.length).toFixed(1)} %`,
      (1000 / mean).toFixed(1),
      (((await busy()) - before) / intervals.length).toFixed(1),
    ].join(" | "),
  );
}

/** From the last input of each edit to the task after the frame that shows it. */
async function edited(
  page: Page,
  name: string,
  count: number,
  edit: (index: number) => Promise<void>,
  held: "Control" | null = null,
): Promise<void> {
  const times: number[] = [];
  const before = await busy();
  if (held) await page.keyboard.down(held);
  for (let index = 0; index < count; index++) {
    await edit(index);
    // The last input of the edit counts.
    await page.waitForTimeout(250);
    times.push(await page.evaluate(() => window.echo));
  }
  if (held) await page.keyboard.up(held);
  times.sort((a, b) => a - b);
  console.log(
    [
      name.padEnd(15),
      count,
      at(times, 0.5).toFixed(1),
      at(times, 0.95).toFixed(1),
      at(times, 1).toFixed(1),
      (((await busy()) - before) / count).toFixed(1),
    ].join(" | "),
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Middles of cells in sight that match, every seventh, so that edits are spread over the screen. */
async function spots(page: Page, words: string): Promise<Spot[]> {
  return page.evaluate((pattern) => {
    const grid = document.querySelector<HTMLElement>("[role=grid]")!.getBoundingClientRect();
    return [...document.querySelectorAll("[role=gridcell][aria-label]")]
      .filter((cell) => new RegExp(pattern).test(cell.getAttribute("aria-label")!))
      .map((cell) => cell.getBoundingClientRect())
      .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))
      .filter(
        ({ x, y }) =>
          x > grid.left + 260 &&
          x < grid.right - 20 &&
          y > grid.top + 50 &&
          y < Math.min(grid.bottom - 110, innerHeight - 60),
      )
      .filter((_, index) => index % 7 === 3);
  }, words);
}

function worked(page: Page): Promise<Spot[]> {
  return spots(page, "–\\d\\d:\\d\\d$");
}

function free(page: Page): Promise<Spot[]> {
  return spots(page, ": free$");
}

async function choose(page: Page, list: readonly Spot[], index: number): Promise<void> {
  const { x, y } = picked(list, index);
  await page.mouse.click(x, y);
  await page.waitForTimeout(150);
}

/** A worked day of one row in sight to a free day of another. */
async function drag(page: Page, index: number): Promise<void> {
  const from = picked(await worked(page), index);
  const to = picked(await free(page), index);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

declare global {
  interface Window {
    /** Milliseconds from the last input to the task after the frame that shows it; -1 until then. */
    echo: number;
  }
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function picked(list: readonly Spot[], index: number): Spot {
  if (list.length === 0) throw new Error("nothing in sight to edit");
  return list[index % list.length];
}
