import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { exportNames } from "../../src/files/export-names.ts";
import { exportCsv } from "../../src/files/plan-exports.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { serviceOfResults } from "../../src/scenarios/measuring/measured-plan.ts";
import { stageNamed, stageOrder } from "../../src/stages/chain.ts";
import { inputKey, inputOf } from "../../src/stages/stage.ts";
import { shown, untilStage } from "./screen.ts";
import type { Site } from "./site.ts";

/** A digest of each stage's result and of each table that can be saved. Times taken by the way are no part of a result. */
export type Digests = Readonly<Record<string, string>>;

const titles = {
  forecast: "Forecast",
  requirement: "Required",
  schedule: "Shifts",
  roster: "Roster",
  simulation: "Simulate",
} as const;

const digest = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** Every stage of the document in order, on this thread. */
export async function digestsInNode(document: PlanDocument): Promise<Digests> {
  let made: PlanDocument = { ...document, results: noResults };
  for (const name of stageOrder) {
    const stage = stageNamed(name);
    const input = inputOf(stage, made);
    if (input === null) throw new Error(`nothing to make the ${name} from`);
    const outcome = await stage.run(input);
    if (!outcome.ok) throw new Error(`${name}: ${outcome.issues.map(({ code }) => code).join(", ")}`);
    const result = { value: outcome.value, madeAt: "", inputKey: inputKey(stage, made) };
    made = { ...made, results: { ...made.results, [name]: result } };
  }
  const tables = exportNames.map((name) => {
    const text = exportCsv(name, made, name === "intervals" ? serviceOfResults(made) : []);
    return [`${name}.csv`, digest(text ?? "")];
  });
  return { ...resultDigests(made), ...Object.fromEntries(tables) };
}

/**
 * The same on the page, with so many workers at most; tables as they are saved, where asked for.
 * @param busy processes that keep the machine busy meanwhile
 */
export async function digestsOnPage(
  site: Site,
  document: PlanDocument,
  workers: number,
  busy = 0,
  withTables = true,
): Promise<Digests> {
  const burning = Array.from({ length: busy }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
  );
  const visit = await site.visit();
  const { page } = visit;
  try {
    await page.addInitScript((count) => {
      Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => count });
    }, workers);
    const body = planFileText({ ...document, results: noResults });
    await page
      .context()
      .route("**/sample-plan.json.gz", (route) =>
        route.fulfill({ contentType: "application/octet-stream", body }),
      );
    await page.goto(`${site.origin}/#/files`);
    await shown(page, "Files");
    await page.keyboard.press("Control+Enter");
    for (const stage of stageOrder) await untilStage(page, titles[stage], "up to date", 600_000);
    const file = await saved(page, "Save the plan as a file");
    const read = readPlanFile(gunzipSync(file));
    if (!read.ok) throw new Error("the page's own plan file cannot be read");
    const tables: [string, string][] = [];
    if (withTables) {
      const words = JSON.parse(
        readFileSync(new URL("../../src/ui/pages/files/words/en.json", import.meta.url), "utf8"),
      );
      for (const name of exportNames) {
        const bytes = await saved(page, `Save ${words.export[name].title} as CSV`);
        tables.push([`${name}.csv`, digest(bytes)]);
      }
    }
    return { ...resultDigests(read.value), ...Object.fromEntries(tables) };
  } finally {
    await visit.close();
    for (const process of burning) process.kill();
  }
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

function resultDigests({ results }: PlanDocument): Digests {
  return Object.fromEntries(stageOrder.map((name) => [name, digest(textOf(results[name]?.value))]));
}

/** A result as text, its series to the last bit, without the seconds it took. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (key, item) => {
    if (key === "seconds" && (item === null || typeof item === "number")) return undefined;
    if (ArrayBuffer.isView(item)) {
      const bytes = Buffer.from(item.buffer, item.byteOffset, item.byteLength);
      return `${item.constructor.name} ${bytes.toString("base64")}`;
    }
    if (typeof item === "number" && (!Number.isFinite(item) || Object.is(item, -0)))
      return Object.is(item, -0) ? "-0" : String(item);
    return item;
  });
}

/** Names under which two sets of digests differ. */
export function differences(one: Digests, other: Digests): string[] {
  return Object.keys(other).filter((name) => one[name] !== other[name]);
}

/** As many as make a machine busy: twice its cores. */
export const busyProcesses = 2 * availableParallelism();
