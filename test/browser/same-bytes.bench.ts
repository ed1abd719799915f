import { busyProcesses, cutPlan, differences, madeInNode, madeOnPage } from "./same-bytes.ts";
import { samplePlan } from "./sample-plan.ts";
import { openSite } from "./site.ts";

/**
 * `npm run same-bytes -- [AGENTS] [DAYS]`: every stage and every table of the sample plan, made in Node and in Chromium on
 * one, two, four and eight workers, idle and busy, compared byte for byte. Where two differ, the first place in which they
 * do, and status 1. For a nightly run. AGENTS and DAYS: with so many people and dates only (default all), which is quicker.
 */
const [agents, days] = [process.argv[2], process.argv[3]].map((text) => (text ? Number(text) : null));
const document = cutPlan(samplePlan(), agents, days);
const site = await openSite();
let different = 0;
try {
  const began = performance.now();
  const expected = await madeInNode(document);
  console.log(`Node ${process.version}: made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  for (const busy of [0, busyProcesses])
    for (const workers of [1, 2, 4, 8]) {
      const started = performance.now();
      // Tables are made of the results by one worker, whatever their number: once idle and once busy is enough.
      const withTables = workers === (busy === 0 ? 1 : 8);
      const found = await madeOnPage(site, document, workers, busy, withTables);
      const lines = differences(expected, found);
      different += lines.length;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const compared = Object.keys(found.results).length + Object.keys(found.tables).length;
      const load = busy === 0 ? "idle" : `${busy} busy processes`;
      const verdict = lines.length === 0 ? "same" : `${lines.length} DIFFERENT`;
      console.log(`Chromium, ${workers} workers, ${load}: ${compared} compared, ${verdict}, ${seconds} s`);
      for (const line of lines) console.log(`  ${line}`);
    }
  console.log(different === 0 ? "all the same" : `${different} differ`);
  if (different > 0) process.exitCode = 1;
} finally {
  await site.close();
}
