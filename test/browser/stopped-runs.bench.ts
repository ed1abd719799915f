import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { stageNamed } from "../../src/stages/chain.ts";
import { inputOf } from "../../src/stages/stage.ts";
import { cutPlan } from "./same-bytes.ts";
import { samplePlan } from "./sample-plan.ts";
import { shown, untilStage } from "./screen.ts";
import { openSite, type Site } from "./site.ts";

/**
 * `npm run stops -- N SEED`: N runs (100) of all stages, each stopped at a random moment (seed 1); afterwards nothing may
 * run, no more workers may live than before, memory has to be what it was, and the next run has to answer what Node does.
 * Prints figures; status 1 where one of these does not hold.
 */
const [count, seed] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 1)];
/** Of the heap after a collection, against that after the first runs: what pages and undo keep is no leak. */
const mostGrowth = 1.5;
const site = await openSite();
try {
  await stopRuns(site);
} finally {
  await site.close();
}

async function stopRuns({ origin, visit }: Site): Promise<void> {
  const random = randomStream(seed, "stops");
  const document = cutPlan(samplePlan(), 12, 7);
  const { page, complaints } = await visit();
  await page
    .context()
    .route("**/sample-plan.json.gz", (route) =>
      route.fulfill({ contentType: "application/octet-stream", body: planFileText(document) }),
    );
  await page.goto(`${origin}/#/files`);
  await shown(page, "Files");
  const stop = page.getByRole("button", { name: /^Stop/ }).first();
  let stopped = 0;
  let first = { heapBytes: 0, workers: 0 };
  for (let run = 1; run <= count; run++) {
    await page.keyboard.press("Control+Enter");
    await page.waitForTimeout(random.uniform() * 600);
    // A run that has ended meanwhile cannot be stopped; the next begins where it left off.
    if (await stop.isVisible()) {
      await stop.click({ timeout: 5000 }).then(
        () => stopped++,
        () => {},
      );
    }
    if (run === Math.min(10, count)) first = await memoryOf(page);
  }
  await stop.waitFor({ state: "detached", timeout: 60_000 });
  const last = await memoryOf(page);
  console.log(`${count} runs with seed ${seed}, ${stopped} stopped by the button`);
  for (const [name, { heapBytes, workers }] of Object.entries({ "after 10": first, "at the end": last }))
    console.log(`${name}: ${(heapBytes / 1e6).toFixed(1)} MB on the page's heap, ${workers} workers`);
  await page.keyboard.press("Control+Enter");
  await untilStage(page, "Required", "up to date", 300_000);
  const wrong = await wrongStages(page, document);
  console.log(
    `forecast and requirement as Node makes them: ${wrong.length === 0 ? "yes" : `NOT ${wrong.join()}`}`,
  );
  console.log(`complaints of the page: ${complaints.length === 0 ? "none" : complaints.join(" | ")}`);
  const isGrown = last.heapBytes > mostGrowth * first.heapBytes || last.workers > first.workers;
  if (isGrown || wrong.length > 0 || complaints.length > 0) process.exitCode = 1;
}

/** After a collection of what is no longer used. */
async function memoryOf(page: Page): Promise<{ readonly heapBytes: number; readonly workers: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return { heapBytes: usedSize, workers: page.workers().length };
}

/** The stages whose kept answer is not what they answer here. */
async function wrongStages(page: Page, document: ReturnType<typeof cutPlan>): Promise<string[]> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the plan as a file", exact: true }).click(),
  ]);
  const read = readPlanFile(gunzipSync(readFileSync(await download.path())));
  if (!read.ok) return ["the plan file"];
  let made = document;
  const wrong: string[] = [];
  for (const name of ["forecast", "requirement"] as const) {
    const stage = stageNamed(name);
    const outcome = await stage.run(inputOf(stage, made)!);
    if (!outcome.ok) return [name];
    const result = { value: outcome.value, madeAt: "", inputKey: "" };
    made = { ...made, results: { ...made.results, [name]: result } };
    if (seriesOf(read.value.results[name]?.value) !== seriesOf(outcome.value)) wrong.push(name);
  }
  return wrong;
}

/** A result's numbers, without the seconds it took. */
function seriesOf(value: unknown): string {
  return JSON.stringify(value, (key, item) =>
    key === "seconds" ? undefined : ArrayBuffer.isView(item) ? [...(item as Float64Array)] : item,
  );
}
