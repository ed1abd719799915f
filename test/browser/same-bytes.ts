import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { gunzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument, StageName } from "../../src/domain/plan/plan.ts";
import { exportNames } from "../../src/files/export-names.ts";
import { exportCsv } from "../../src/files/plan-exports.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { serviceOfResults } from "../../src/scenarios/measuring/measured-plan.ts";
import { stageNamed, stageOrder } from "../../src/stages/chain.ts";
import { inputKey, inputOf } from "../../src/stages/stage.ts";
import { withAgents } from "./sample-plan.ts";
import { shown, untilStage } from "./screen.ts";
import type { Site } from "./site.ts";

/** What was made of a plan: each stage's answer as it is kept, and each table that can be saved, by its name. */
export interface Made {
  readonly results: Readonly<Record<StageName, unknown>>;
  readonly tables: Readonly<Record<string, string>>;
}

const titles = {
  forecast: "Forecast",
  requirement: "Required",
  schedule: "Shifts",
  roster: "Roster",
  simulation: "Simulate",
} as const;

/** The document with fewer people and dates, nothing made of it yet: quicker to make, on every path that a large one takes. */
export function cutPlan(
  document: PlanDocument,
  agents: number | null,
  dayCount: number | null,
): PlanDocument {
  const cut = agents === null ? document : withAgents(document, agents);
  return { ...cut, plan: { ...cut.plan, dayCount: dayCount ?? cut.plan.dayCount }, results: noResults };
}

/** Every stage of the document in order, on this thread. */
export async function madeInNode(document: PlanDocument): Promise<Made> {
  let made: PlanDocument = { ...document, results: noResults };
  for (const name of stageOrder) {
    const stage = stageNamed(name);
    const input = inputOf(stage, made);
    if (input === null) throw new Error(`nothing to make the ${name} from`);
    const outcome = await stage.run(input);
    if (!outcome.ok) throw new Error(`${name}: ${outcome.issues.map(({ code }) => code).join(", ")}`);
    const result = {
      value: outcome.value,
      madeAt: new Date().toISOString(),
      inputKey: inputKey(stage, made),
    };
    made = { ...made, results: { ...made.results, [name]: result } };
  }
  const tables = exportNames.map((name) => {
    const text = exportCsv(name, made, name === "intervals" ? serviceOfResults(made) : []);
    return [`${name}.csv`, text ?? ""];
  });
  return { results: answers(made), tables: Object.fromEntries(tables) };
}

/**
 * The same on the page, with so many workers at most; tables as they are saved, where asked for.
 * @param busy processes that keep the machine busy meanwhile
 */
export async function madeOnPage(
  site: Site,
  document: PlanDocument,
  workers: number,
  busy = 0,
  withTables = true,
): Promise<Made> {
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
    for (const stage of stageOrder) await untilStage(page, titles[stage], "up to date", 1_200_000);
    const file = await saved(page, "Save the plan as a file");
    const read = readPlanFile(gunzipSync(file));
    if (!read.ok) throw new Error("the page's own plan file cannot be read");
    const tables: Record<string, string> = {};
    if (withTables) {
      const words = JSON.parse(
        readFileSync(new URL("../../src/ui/pages/files/words/en.json", import.meta.url), "utf8"),
      );
      for (const name of exportNames)
        tables[`${name}.csv`] = (await saved(page, `Save ${words.export[name].title} as CSV`)).toString(
          "utf8",
        );
    }
    return { results: answers(read.value), tables };
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

/** What the stages answered, as plan files keep it: series by their bytes. When it was made, and how long that took, is left out. */
function answers(document: PlanDocument): Made["results"] {
  const { results } = JSON.parse(planFileText(document));
  return Object.fromEntries(
    stageOrder.map((name) => [name, { value: results[name]?.value, inputKey: results[name]?.inputKey }]),
  ) as Made["results"];
}

/** Where two results and tables first differ, a line for each stage and table: the place, one value, the other. */
export function differences(one: Made, other: Made): string[] {
  const results = stageOrder.map((name) => firstDifference(one.results[name], other.results[name], name));
  const tables = Object.keys(other.tables).map((name) => {
    const [here, there] = [one.tables[name].split("\n"), other.tables[name].split("\n")];
    const at = here.findIndex((line, index) => line !== there[index]);
    if (at < 0 && here.length === there.length) return null;
    return `${name}, line ${at + 1}: ${here[at]} | ${there[at]}`;
  });
  return [...results, ...tables].filter((line) => line !== null);
}

function firstDifference(one: unknown, other: unknown, path: string): string | null {
  if (isRecord(one) && isRecord(other)) {
    if (typeof one.base64 === "string" && typeof other.base64 === "string" && one.base64 !== other.base64)
      return firstDifference([...numbersOf(one)], [...numbersOf(other)], path);
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (key === "seconds" && !isRecord(one[key]) && !isRecord(other[key])) continue;
      const place = Array.isArray(one) ? `${path}[${key}]` : `${path}.${key}`;
      const found = firstDifference(one[key], other[key], place);
      if (found !== null) return found;
    }
    return null;
  }
  return Object.is(one, other) ? null : `${path}: ${JSON.stringify(one)} | ${JSON.stringify(other)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A series of a plan file; bytes where it holds no whole number of doubles. */
function numbersOf({ base64 }: Record<string, unknown>): Float64Array | Uint8Array {
  const bytes = Uint8Array.from(Buffer.from(String(base64), "base64"));
  return bytes.length % 8 === 0 ? new Float64Array(bytes.buffer) : bytes;
}

/** As many as make a machine busy: twice its cores. */
export const busyProcesses = 2 * availableParallelism();
