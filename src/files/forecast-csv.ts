import Papa from "papaparse";
import {
  createIntervalGrid,
  instantOfMinute,
  intervalCount,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { OutsideForecast } from "../domain/plan/forecast-settings.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { parseNumber } from "./cell-values.ts";
import { clockReader } from "./clock-cells.ts";
import { localInstants } from "./local-instants.ts";

const longestListed = 20;

/**
 * A forecast made elsewhere, or this program's own after somebody edited it: `interval_start`, `queue`, `offered` and,
 * where known, `aht_seconds` (the plan's interval table calls them `forecast_offered` and `forecast_aht_seconds`). Times
 * without an offset are the plan's clock; the second row of a repeated hour is its second pass. Other columns, such as
 * bands, are not read.
 *
 * A faulty row is left out with its line and column: `forecastFile.unparsableTime`, `badNumber`, `repeated`; rows of queues
 * the plan does not have, or outside its days, are counted (`unknownQueue`, `outsidePlan`). Fails with `missingColumn`,
 * `otherInterval` (rows that are not the plan's intervals would be silently too many or too few contacts) and `nothing`.
 */
export function readForecastCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "timeZone" | "intervalMinutes" | "firstDate" | "dayCount" | "queues">,
): Outcome<OutsideForecast> {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, "").trimEnd(), {
    header: true,
    delimitersToGuess: [",", ";", "\t"],
    transformHeader: (header) =>
      header
        .trim()
        .toLowerCase()
        .replace(/^forecast_/, ""),
  });
  const at = (code: string, line: number, column: string, values: Issue["values"]): Issue => ({
    code: `forecastFile.${code}`,
    severity: "warning",
    table: name,
    line,
    column,
    values,
  });
  const absent = ["interval_start", "queue", "offered"].filter((column) => !meta.fields?.includes(column));
  if (absent.length > 0) {
    return fail(
      ...absent.map(
        (column): Issue => ({ ...at("missingColumn", 1, column, { column }), severity: "error" }),
      ),
    );
  }
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, plan.dayCount);
  const decimal = meta.delimiter === ";" && !data.some((row) => /\d\.\d/.test(row.offered ?? "")) ? "," : ".";
  const clock = clockReader("ymd");
  const instantsOf = localInstants(plan.timeZone);
  const issues: Issue[] = [];
  const unknown = new Map<string, number>();
  let outsidePlan = 0;
  const found = new Map(
    plan.queues.map(({ id }) => [id, new Map<number, { offered: number; ahtSeconds: number | null }>()]),
  );
  for (const [index, row] of data.entries()) {
    const line = index + 2;
    const queueId = (row.queue ?? "").trim();
    const intervals = found.get(queueId);
    if (intervals === undefined) {
      unknown.set(queueId, (unknown.get(queueId) ?? 0) + 1);
      continue;
    }
    const startText = row.interval_start ?? "";
    const reading = clock(startText, null);
    const starts = reading === null ? [] : instantsOf(reading);
    if (starts.length === 0) {
      issues.push(at("unparsableTime", line, "interval_start", { text: startText }));
      continue;
    }
    const offered = parseNumber(row.offered ?? "", decimal);
    if (offered === null || offered < 0) {
      issues.push(at("badNumber", line, "offered", { text: row.offered ?? "" }));
      continue;
    }
    const ahtText = (row.aht_seconds ?? "").trim();
    const aht = ahtText === "" ? null : parseNumber(ahtText, decimal);
    if (ahtText !== "" && (aht === null || aht < 0 || (aht === 0 && offered > 0))) {
      issues.push(at("badNumber", line, "aht_seconds", { text: ahtText }));
      continue;
    }
    const start = starts.find((instant) => !intervals.has(instant));
    if (start === undefined) {
      issues.push(at("repeated", line, "interval_start", { text: startText, queue: queueId }));
      continue;
    }
    intervals.set(start, { offered, ahtSeconds: aht === 0 ? null : aht });
  }
  for (const [queue, rows] of unknown) {
    issues.push({
      code: "forecastFile.unknownQueue",
      severity: "warning",
      table: name,
      values: { queue, rows },
    });
  }
  const gridEnd = instantOfMinute(grid, intervalCount(grid) * grid.intervalMinutes);
  const queues: OutsideForecast["queues"] = [];
  let shortest = Number.POSITIVE_INFINITY;
  let fits = true;
  for (const [queueId, intervals] of found) {
    const rows = [...intervals].sort(([a], [b]) => a - b);
    const minutes = rows.map(([start]) => minuteOfInstant(grid, start));
    for (let row = 1; row < rows.length; row++)
      shortest = Math.min(shortest, minutes[row] - minutes[row - 1]);
    if (minutes.some((minute) => minute % grid.intervalMinutes !== 0)) fits = false;
    const inside = rows.filter(([start]) => start >= grid.startEpochSeconds && start < gridEnd);
    outsidePlan += rows.length - inside.length;
    if (inside.length === 0) continue;
    queues.push({
      queueId,
      startEpochSeconds: inside.map(([start]) => start),
      offered: inside.map(([, { offered }]) => offered),
      ahtSeconds: inside.map(([, { ahtSeconds }]) => ahtSeconds),
    });
  }
  const wrong = (code: string, values?: Issue["values"]): Issue => ({
    code: `forecastFile.${code}`,
    severity: "error",
    table: name,
    ...(values === undefined ? {} : { values }),
  });
  if (!fits || (Number.isFinite(shortest) && shortest !== grid.intervalMinutes))
    return fail(wrong("otherInterval", { minutes: plan.intervalMinutes }));
  if (outsidePlan > 0) issues.push({ ...wrong("outsidePlan", { rows: outsidePlan }), severity: "info" });
  const listed = issues.slice(0, longestListed);
  if (queues.length === 0) return fail(wrong("nothing"), ...listed);
  return succeed({ name, intervalMinutes: plan.intervalMinutes, queues }, listed);
}
