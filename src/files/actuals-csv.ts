import {
  type IntervalGrid,
  intervalCount,
  intervalStartIso,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { type DayRange, intervalsOfDays } from "../domain/calendar/ranges.ts";
import { type Outcome, succeed } from "../domain/outcome.ts";
import { type Actuals, type PartialSeries, setKnown, unknownSeries } from "../domain/plan/actuals.ts";
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
  const series = () => unknownSeries(intervalCount(grid));
  const queues = plan.queues.map(({ id, name }) => {
    const read = { queueId: id, offered: series(), ahtSeconds: series(), answeredInTime: series() };
    return { id, name, read };
  });
  const groups = plan.groups.map(({ id, name }) => ({ id, name, read: { groupId: id, agents: series() } }));
  const queueOf = byIdOrName(queues);
  const groupOf = byIdOrName(groups);
  const enter = figureWriter(grid);
  for (const row of table.rows) {
    if (row.cell("group") !== "") {
      if (row.cell(groupColumn) === "") continue;
      const group = groupOf(row.text("group"))?.read;
      if (group === undefined) row.refuse("unknownName", "group");
      else enter(row, groupColumn, group.agents);
      continue;
    }
    if (row.cell("offered") === "") continue;
    const queue = queueOf(row.text("queue"))?.read;
    if (queue === undefined) {
      row.refuse("unknownName", "queue");
      continue;
    }
    const entered = enter(row, "offered", queue.offered);
    if (entered === null) continue;
    const aht = figureOf(row, "aht_seconds");
    const inTime = figureOf(row, "answered_in_time");
    // A handle time of 0 says that nothing was handled.
    if (aht) setKnown(queue.ahtSeconds, entered.index, aht);
    if (inTime != null) setKnown(queue.answeredInTime, entered.index, Math.min(entered.value, inTime));
  }
  const known = {
    grid,
    queues: queues.map(({ read }) => read).filter(({ offered }) => offered.known.includes(1)),
    groups: groups.map(({ read }) => read).filter(({ agents }) => agents.known.includes(1)),
  };
  return known.queues.length > 0 ? succeed(known, table.issues()) : table.failure("nothing");
}

function byIdOrName<T extends { readonly id: string; readonly name: string }>(things: readonly T[]) {
  return nameLookup(
    things,
    ({ id }) => id,
    ({ name }) => name,
  );
}

function figureOf(row: TableRow, column: string): number | null | undefined {
  return row.number(column, "badNumber", (value) => value >= 0);
}

/**
 * Writes a row's figure into a series at the row's interval, and answers both; null: the row was refused, or lies outside
 * of the plan. In an hour that comes twice the second row is its second pass.
 */
function figureWriter(grid: IntervalGrid) {
  const instantsOf = instantReader(grid.timeZone);
  const count = intervalCount(grid);
  return (row: TableRow, column: string, series: PartialSeries): { index: number; value: number } | null => {
    const starts = instantsOf(row.cell("interval_start"));
    if (starts.length === 0) row.refuse("unparsableTime", "interval_start");
    const inside = starts
      .map((start) => Math.floor(minuteOfInstant(grid, start) / grid.intervalMinutes))
      .filter((index) => index >= 0 && index < count);
    const index = inside.find((one) => series.known[one] === 0);
    if (inside.length > 0 && index === undefined) row.refuse("repeated", "interval_start");
    const value = figureOf(row, column);
    if (index === undefined || value === null || value === undefined) return null;
    setKnown(series, index, value);
    return { index, value };
  };
}
