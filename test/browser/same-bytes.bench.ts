import { busyProcesses, differences, digestsInNode, digestsOnPage } from "./same-bytes.ts";
import { samplePlan, withAgents } from "./sample-plan.ts";
import { openSite } from "./site.ts";

/**
 * `npm run same-bytes -- [AGENTS]`: every stage and every table of the sample plan, made in Node and in Chromium on one to
 * eight workers, idle and busy, compared byte for byte. Ends with status 1 where any two differ. For a nightly run.
 * AGENTS: with so many people only (default all), which is quicker.
 */
const agents = process.argv[2];
const sample = samplePlan();
const document = agents === undefined ? sample : withAgents(sample, Number(agents));
const site = await openSite();
let different = 0;
try {
  const expected = await digestsInNode(document);
  console.log(`Node ${process.version}: ${JSON.stringify(expected)}`);
  for (const busy of [0, busyProcesses])
    for (let workers = 1; workers <= 8; workers++) {
      const started = performance.now();
      // Tables are made of the results by one worker, whatever their number: once idle and once busy is enough.
      const found = await digestsOnPage(site, document, workers, busy, workers === 1 || workers === 8);
      const names = differences(expected, found);
      different += names.length;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const verdict = names.length === 0 ? "same" : `DIFFERENT: ${names.join(", ")}`;
      const load = busy === 0 ? "idle" : `${busy} busy processes`;
      console.log(
        `Chromium, ${workers} workers, ${load}: ${Object.keys(found).length} compared, ${verdict}, ${seconds} s`,
      );
    }
  console.log(different === 0 ? "all the same" : `${different} differ`);
  if (different > 0) process.exitCode = 1;
} finally {
  await site.close();
}
