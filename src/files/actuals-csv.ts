import {
  type IntervalGrid,
  intervalCount,
  intervalStartIso,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { type DayRange, intervalsOfDays } from "../domain/calendar/ranges.ts";
import { type Outcome, succeed } from "../domain/outcome.ts";
import type { Actuals, GroupActuals, QueueActuals } from "../domain/plan/actuals.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { instantReader } from "./local-instants.ts";
import { nameLookup } from "./name-lookup.ts";
import { readTable, type TableRow } from "./table-reader.ts";
import { type CsvCell, csvText, figure } from "./table-writer.ts";

/** What somebody fills in, of a queue and of a group. */
const queueColumns = ["offered", "aht_seconds", "answered_in_time"] as const;
const groupColumn = "agents";

/**
 * A sheet to fill in with what really happened on some days: a row per open interval and queue, and one per interval
 * and group, with what was planned beside what is asked for.
 *
 * @param agents planned agents on queue, per group and interval
 */
export function actualsSheet(
  forecast: DemandForecast,
  agents: readonly { readonly groupId: string; readonly agents: Float64Array }[],
  days: DayRange,
): string {
  const { grid } = forecast;
  const header = [
    "interval_start",
    "queue",
    "group",
    "planned_offered",
    "planned_aht_seconds",
    "planned_agents",
    ...queueColumns,
    groupColumn,
  ];
  const empty = [null, null, null, null];
  const rows: CsvCell[][] = [];
  const range = intervalsOfDays(grid, days);
  for (let index = range.first; index < range.end; index++) {
    const start = intervalStartIso(grid, index);
    for (const { queueId, open, offered, ahtSeconds } of forecast.queues) {
      if (open[index] === 0) continue;
      rows.push([start, queueId, "", figure(offered[index]), figure(ahtSeconds[index]), null, ...empty]);
    }
    for (const group of agents) {
      if (group.agents[index] === 0) continue;
      rows.push([start, "", group.groupId, null, null, figure(group.agents[index]), ...empty]);
    }
  }
  return csvText(header, rows);
}

/**
 * What really happened, in the layout of `actualsSheet`: `interval_start`, and either `queue` with `offered` (and, where
 * known, `aht_seconds` and `answered_in_time`) or `group` with `agents` (on queue). Queues and groups by id or name. Rows
 * that are not filled in, and intervals outside of the plan, are passed over.
 *
 * Issues: `actualsFile.missingColumn`; `unparsableTime`, `badNumber`, `unknownName`, `repeated` with line and column, the
 * row is left out; `nothing` when no queue is left.
 */
export function readActualsCsv(
  text: string,
  name: string,
  grid: IntervalGrid,
  plan: Pick<Plan, "queues" | "groups">,
): Outcome<Actuals> {
  const outcome = readTable(text, name, {
    prefix: "actualsFile",
    required: ["interval_start", "queue", "offered"],
    numbers: [...queueColumns, groupColumn],
  });
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const count = intervalCount(grid);
  const instantsOf = instantReader(grid.timeZone);
  const queueOf = byIdOrName(plan.queues);
  const groupOf = byIdOrName(plan.groups);
  const series = () => new Float64Array(count);
  const seriesOf = (column: string) => (table.has(column) ? series() : null);
  const queues = new Map<string, QueueActuals>();
  const groups = new Map<string, GroupActuals>();

  /** Where a row's figures go; null: nowhere. In an hour that comes twice the second row is its second pass. */
  function intervalOf(row: TableRow, known: Uint8Array): number | null {
    const starts = instantsOf(row.cell("interval_start"));
    if (starts.length === 0) row.refuse("unparsableTime", "interval_start");
    const intervals = starts
      .map((start) => Math.floor(minuteOfInstant(grid, start) / grid.intervalMinutes))
      .filter((index) => index >= 0 && index < count);
    const free = intervals.find((index) => known[index] === 0);
    if (intervals.length > 0 && free === undefined) row.refuse("repeated", "interval_start");
    return free ?? null;
  }
  const figureOf = (row: TableRow, column: string) => row.number(column, "badNumber", (value) => value >= 0);

  function addGroup(row: TableRow): void {
    const id = groupOf(row.text("group"))?.id;
    if (id === undefined) {
      row.refuse("unknownName", "group");
      return;
    }
    const group = groups.get(id) ?? { groupId: id, known: new Uint8Array(count), agents: series() };
    const index = intervalOf(row, group.known);
    const agents = figureOf(row, groupColumn);
    if (index === null || agents === undefined || agents === null) return;
    groups.set(id, group);
    group.known[index] = 1;
    group.agents[index] = agents;
  }

  function addQueue(row: TableRow): void {
    const id = queueOf(row.text("queue"))?.id;
    if (id === undefined) {
      row.refuse("unknownName", "queue");
      return;
    }
    const queue = queues.get(id) ?? {
      queueId: id,
      known: new Uint8Array(count),
      offered: series(),
      ahtSeconds: seriesOf("aht_seconds"),
      answeredInTime: seriesOf("answered_in_time"),
    };
    const index = intervalOf(row, queue.known);
    const offered = figureOf(row, "offered");
    if (index === null || offered === undefined || offered === null) return;
    queues.set(id, queue);
    queue.known[index] = 1;
    queue.offered[index] = offered;
    if (queue.ahtSeconds !== null) queue.ahtSeconds[index] = figureOf(row, "aht_seconds") ?? 0;
    if (queue.answeredInTime !== null)
      queue.answeredInTime[index] = Math.min(offered, figureOf(row, "answered_in_time") ?? 0);
  }

  for (const row of table.rows) {
    const isGroup = row.cell("group") !== "";
    if (row.cell(isGroup ? groupColumn : "offered") === "") continue;
    if (isGroup) addGroup(row);
    else addQueue(row);
  }
  if (queues.size > 0) {
    const filled = [...queues.values()].map(withoutEmptySeries);
    return succeed({ grid, queues: filled, groups: [...groups.values()] }, table.issues());
  }
  return table.failure("nothing");
}

function byIdOrName<T extends { readonly id: string; readonly name: string }>(things: readonly T[]) {
  return nameLookup(
    things,
    ({ id }) => id,
    ({ name }) => name,
  );
}

/** A column that is there but was never filled in says nothing. */
function withoutEmptySeries(queue: QueueActuals): QueueActuals {
  const filled = (series: Float64Array | null) => (series?.some((value) => value > 0) ? series : null);
  return { ...queue, ahtSeconds: filled(queue.ahtSeconds), answeredInTime: filled(queue.answeredInTime) };
}
