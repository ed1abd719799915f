import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { Decision } from "./generate-regions.ts";
import { holidayRegions, specialDaysOf } from "./public-holidays.ts";

/**
 * Compares the region files for 2015 to 2030 with the Python package `holidays` (MIT; `pip install holidays`), prints what
 * differs, and ends with status 1 where a difference is not decided in `decisions.json`: a date that only one of the two
 * has must be one that was added or dropped there, or be listed under `kept` with the reason.
 */
const years = { first: 2015, last: 2030 } as const;

interface Kept {
  readonly regions: string;
  /** As the source that has it names it; `*`: whatever its name. */
  readonly name: string;
  readonly source: "library" | "second";
  readonly why: string;
}

const { decisions, kept } = JSON.parse(readFileSync(join(import.meta.dirname, "decisions.json"), "utf8")) as {
  readonly decisions: readonly Decision[];
  readonly kept: readonly Kept[];
};

/** Names by date of each region. */
type Calendars = Readonly<Record<string, Readonly<Record<LocalDate, string>>>>;

function secondSource(regions: readonly string[]): Calendars {
  const program = `
import holidays, json, sys
out = {"version": holidays.__version__}
for region in sys.argv[1:]:
    country, _, part = region.partition("-")
    days = holidays.country_holidays(country, subdiv=part or None, years=range(${years.first}, ${years.last + 1}), language="en_US")
    out[region] = {str(day): name for day, name in days.items()}
print(json.dumps(out))`;
  const run = spawnSync("python3", ["-W", "ignore", "-c", program, ...regions], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (run.status !== 0) throw new Error(`no second source: ${run.stderr}`);
  const { version, ...calendars } = JSON.parse(run.stdout);
  console.log(`second source: Python package holidays ${version}, ${years.first} to ${years.last}`);
  return calendars;
}

async function regionFile(region: string): Promise<Record<LocalDate, string>> {
  const settings = { holidays: region, specialDays: [] };
  const outcome = await specialDaysOf(settings, `${years.first}-01-01`, `${years.last}-12-31`);
  if (!outcome.ok) throw new Error(region);
  return Object.fromEntries(
    outcome.value.filter(({ partOfDay }) => !partOfDay).map(({ date, name }) => [date, name]),
  );
}

function reasonFor(region: string, name: string, source: Kept["source"]): string | undefined {
  const named = (one: { readonly regions: string; readonly name: string }) =>
    one.regions.split(" ").includes(region) && (one.name === "*" || one.name === name);
  const decided =
    source === "library" ? decisions.find((one) => one.add !== undefined && named(one)) : undefined;
  return (kept.find((one) => one.source === source && named(one)) ?? decided)?.why;
}

// China's file holds bridge and make-up days, which the second source does not.
const regions = holidayRegions.filter((region) => region !== "CN");
const second = secondSource(regions);
let agreeing = 0;
let decided = 0;
let open = 0;
for (const region of regions) {
  const here = await regionFile(region);
  const differences = new Map<string, LocalDate[]>();
  for (const date of [...new Set([...Object.keys(here), ...Object.keys(second[region])])].sort()) {
    if (date in here && date in second[region]) {
      agreeing++;
      continue;
    }
    const source = date in here ? "library" : "second";
    const key = `${source}\t${here[date] ?? second[region][date]}`;
    differences.set(key, [...(differences.get(key) ?? []), date]);
  }
  for (const [key, dates] of differences) {
    const [source, name] = key.split("\t") as [Kept["source"], string];
    const reason = reasonFor(region, name, source);
    if (reason === undefined) open += dates.length;
    else decided += dates.length;
    const where = source === "library" ? "here only" : "there only";
    console.log(`${region} ${where}: ${name} ×${dates.length} ${dates[0]} … ${reason ?? "NOT DECIDED"}`);
  }
}
console.log(
  `${regions.length} regions: ${agreeing} holidays in both, ${decided} decided otherwise, ${open} not decided`,
);
if (open > 0) process.exitCode = 1;
