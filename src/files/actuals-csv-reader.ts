import Papa from "papaparse";
import { type IntervalGrid, intervalCount, minuteOfInstant } from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { Actuals, GroupActuals, QueueActuals } from "../domain/plan/actuals.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { parseNumber } from "./cell-values.ts";
import { clockReader } from "./clock-cells.ts";
import { localInstants } from "./local-instants.ts";

const longestListed = 20;

/**
 * What really happened, in the layout that `exporting/actuals-csv.ts` writes to be filled in: `interval_start`, and
 * either `queue` with `offered` (and, where known, `aht_seconds` and `answered_in_time`) or `group` with `agents` (on
 * queue). Queues and groups by id or name. Rows that are not filled in, and intervals outside of the plan, are passed over.
 *
 * A faulty row is left out with its line and column: `actualsFile.unparsableTime`, `badNumber`, `unknownName`. Fails with
 * `missingColumn` and `nothing`.
 */
export function readActualsCsv(
  text: string,
  name: string,
  grid: IntervalGrid,
  plan: Pick<Plan, "queues" | "groups">,
): Outcome<Actuals> {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, "").trimEnd(), {
    header: true,
    delimitersToGuess: [",", ";", "\t"],
    transformHeader: (header) => header.trim().toLowerCase(),
  });
  const issues: Issue[] = [];
  const at = (code: string, line: number, column: string, values: Issue["values"]): Issue => ({
    code: `actualsFile.${code}`,
    severity: "warning",
    table: name,
    line,
    column,
    values,
  });
  for (const column of ["interval_start", "queue", "offered"]) {
    if (!meta.fields?.includes(column)) {
      issues.push({ ...at("missingColumn", 1, column, { column }), severity: "error" });
    }
  }
  if (issues.length > 0) return fail(...issues);
  const count = intervalCount(grid);
  const decimal = meta.delimiter === ";" && !data.some((row) => /\d\.\d/.test(row.offered ?? "")) ? "," : ".";
  const clock = clockReader("ymd");
  const instantsOf = localInstants(grid.timeZone);
  const queues = new Map<string, QueueActuals>();
  const groups = new Map<string, GroupActuals>();
  const series = () => new Float64Array(count);
  for (const [row, cells] of data.entries()) {
    const line = row + 2;
    const cell = (column: string) => (cells[column] ?? "").trim();
    const isGroup = cell("group") !== "";
    const wanted = isGroup ? "agents" : "offered";
    if (cell(wanted) === "") continue;
    const reading = clock(cell("interval_start"), null);
    const start = reading === null ? undefined : instantsOf(reading)[0];
    if (start === undefined) {
      issues.push(at("unparsableTime", line, "interval_start", { text: cell("interval_start") }));
      continue;
    }
    const index = Math.floor(minuteOfInstant(grid, start) / grid.intervalMinutes);
    if (index < 0 || index >= count) continue;
    const called = isGroup ? cell("group") : cell("queue");
    const id = (isGroup ? plan.groups : plan.queues).find(
      (one) => one.id === called || one.name === called,
    )?.id;
    if (id === undefined) {
      issues.push(at("unknownName", line, isGroup ? "group" : "queue", { text: called }));
      continue;
    }
    const number = (column: string): number | null => {
      const written = cell(column);
      if (written === "") return null;
      const value = parseNumber(written, decimal);
      if (value !== null && value >= 0) return value;
      issues.push(at("badNumber", line, column, { text: written }));
      return null;
    };
    const value = number(wanted);
    if (value === null) continue;
    if (isGroup) {
      const group = groups.get(id) ?? { groupId: id, known: new Uint8Array(count), agents: series() };
      groups.set(id, group);
      group.known[index] = 1;
      group.agents[index] = value;
      continue;
    }
    const told = (column: string) => (meta.fields?.includes(column) ? series() : null);
    const queue = queues.get(id) ?? {
      queueId: id,
      known: new Uint8Array(count),
      offered: series(),
      ahtSeconds: told("aht_seconds"),
      answeredInTime: told("answered_in_time"),
    };
    queues.set(id, queue);
    queue.known[index] = 1;
    queue.offered[index] = value;
    if (queue.ahtSeconds !== null) queue.ahtSeconds[index] = number("aht_seconds") ?? 0;
    if (queue.answeredInTime !== null) {
      queue.answeredInTime[index] = Math.min(value, number("answered_in_time") ?? 0);
    }
  }
  if (queues.size === 0) {
    return fail(
      { code: "actualsFile.nothing", severity: "error", table: name },
      ...issues.slice(0, longestListed),
    );
  }
  return succeed(
    { grid, queues: [...queues.values()].map(asTold), groups: [...groups.values()] },
    issues.slice(0, longestListed),
  );
}

/** A column that is there but never filled in says nothing. */
function asTold(queue: QueueActuals): QueueActuals {
  const filled = (series: Float64Array | null) => (series?.some((value) => value > 0) ? series : null);
  return { ...queue, ahtSeconds: filled(queue.ahtSeconds), answeredInTime: filled(queue.answeredInTime) };
}
