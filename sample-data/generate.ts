import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { sampleHistoryCsv } from "./history.ts";
import { samplePlan, sampleSeed } from "./plan.ts";

/** Every sample file by name. Same code, same bytes: a test compares them with what is committed. */
export function sampleFiles(): Record<string, string> {
  const plan = samplePlan();
  return {
    "history.csv": sampleHistoryCsv(sampleSeed),
    "plan.json": `${JSON.stringify(plan, null, 1)}\n`,
    "templates.json": `${JSON.stringify(plan.templates, null, 1)}\n`,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const [name, text] of Object.entries(sampleFiles())) {
    writeFileSync(join(import.meta.dirname, name), text);
    console.log(`${name} ${text.length} characters`);
  }
}
