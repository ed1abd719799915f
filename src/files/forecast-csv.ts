import { createIntervalGrid, intervalCount, minuteOfInstant } from "../domain/calendar/interval-grid.ts";
import { type Outcome, succeed } from "../domain/outcome.ts";
import type { OutsideForecast } from "../domain/plan/forecast-settings.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { type DemandForecast, handleTimesOf } from "../domain/results/demand.ts";
import { intervalTableText } from "./interval-table.ts";
import { instantReader } from "./local-instants.ts";
import { nameLookup } from "./name-lookup.ts";
import { readTable, type Table } from "./table-reader.ts";
import { figure } from "./table-writer.ts";

/** Columns of the bands, and the series they are. */
const bands = {
  offered_lower80: "offeredLower80",
  offered_upper80: "offeredUpper80",
  offered_lower95: "offeredLower95",
  offered_upper95: "offeredUpper95",
} as const;

/** A forecast, a row per open interval and queue. */
export function forecastCsv(forecast: DemandForecast): string {
  const columns = ["offered", ...Object.keys(bands), "aht_seconds"];
  return intervalTableText(forecast.grid, forecast.queues, columns, (queue, index) => {
    if (queue.open[index] === 0) return null;
    const aht = handleTimesOf(queue)?.[index];
    return [
      figure(queue.offered[index]),
      ...Object.values(bands).map((series) => figure(queue[series][index])),
      aht === undefined ? null : figure(aht),
    ];
  });
}

interface Figures {
  readonly offered: number;
  readonly ahtSeconds: number | null;
}

/** By queue and by start of the interval, seconds since 1970. */
type FiguresRead = ReadonlyMap<string, Map<number, Figures>>;

/**
 * A forecast made elsewhere, or this program's own after somebody edited it: `interval_start`, `queue` (id or name),
 * `offered` and, where known, `aht_seconds` (the plan's interval table calls them `forecast_offered` and
 * `forecast_aht_seconds`). Times without an offset are the plan's clock; the second row of a repeated hour is its second
 * pass. Other columns, such as bands, are not read.
 *
 * Issues: `forecastFile.missingColumn`; `unparsableTime`, `badNumber`, `repeated` with line and column, the row is left
 * out; rows of queues the plan does not have, or outside its days, are counted (`unknownQueue`, `outsidePlan`). Fails with
 * `otherInterval` (rows that are not the plan's intervals would be silently too many or too few contacts) and `nothing`.
 */
export function readForecastCsv(
  text: string,
  name: string,
  plan: Pick<Plan, "timeZone" | "intervalMinutes" | "firstDate" | "dayCount" | "queues">,
): Outcome<OutsideForecast> {
  const outcome = readTable(text, name, {
    prefix: "forecastFile",
    required: ["interval_start", "queue", "offered"],
    numbers: ["offered", "aht_seconds"],
    aliases: { forecast_offered: "offered", forecast_aht_seconds: "aht_seconds" },
  });
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const figures = figuresOf(table, plan);
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, plan.dayCount);
  const step = grid.intervalMinutes;
  const isInside = (minute: number) => minute >= 0 && minute < intervalCount(grid) * step;
  const queues: OutsideForecast["queues"] = [];
  let outsidePlan = 0;
  let isOnGrid = true;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [queueId, intervals] of figures) {
    const rows = [...intervals].sort(([a], [b]) => a - b);
    const minutes = rows.map(([start]) => minuteOfInstant(grid, start));
    if (minutes.some((minute) => minute % step !== 0)) isOnGrid = false;
    for (let row = 1; row < rows.length; row++)
      shortest = Math.min(shortest, minutes[row] - minutes[row - 1]);
    const inside = rows.filter((_, row) => isInside(minutes[row]));
    outsidePlan += rows.length - inside.length;
    if (inside.length === 0) continue;
    queues.push({
      queueId,
      startEpochSeconds: inside.map(([start]) => start),
      offered: inside.map(([, { offered }]) => offered),
      ahtSeconds: inside.map(([, { ahtSeconds }]) => ahtSeconds),
    });
  }
  // Rows all farther apart than an interval are those of longer ones.
  if (Number.isFinite(shortest) && shortest !== step) isOnGrid = false;
  if (outsidePlan > 0) table.remark("outsidePlan", "info", { rows: outsidePlan });
  if (isOnGrid && queues.length > 0)
    return succeed({ name, intervalMinutes: plan.intervalMinutes, queues }, table.issues());
  if (isOnGrid) return table.failure("nothing");
  return table.failure("otherInterval", { minutes: plan.intervalMinutes });
}

function figuresOf(table: Table, plan: Pick<Plan, "timeZone" | "queues">): FiguresRead {
  const instantsOf = instantReader(plan.timeZone);
  const queueOf = nameLookup(
    plan.queues,
    ({ id }) => id,
    ({ name }) => name,
  );
  const figures = new Map(plan.queues.map(({ id }) => [id, new Map<number, Figures>()]));
  const unknown = new Map<string, number>();
  for (const row of table.rows) {
    const queueId = queueOf(row.text("queue"))?.id;
    const intervals = queueId === undefined ? undefined : figures.get(queueId);
    if (intervals === undefined) {
      unknown.set(row.cell("queue"), (unknown.get(row.cell("queue")) ?? 0) + 1);
      continue;
    }
    const starts = instantsOf(row.cell("interval_start"));
    if (starts.length === 0) {
      row.refuse("unparsableTime", "interval_start");
      continue;
    }
    const offered = row.number("offered", "badNumber", (value) => value >= 0);
    if (offered === null) row.refuse("badNumber", "offered");
    if (offered === null || offered === undefined) continue;
    // Where nothing is offered, a handle time of 0 says that there is none.
    const aht = row.number(
      "aht_seconds",
      "badNumber",
      (value) => value > 0 || (value === 0 && offered === 0),
    );
    if (aht === undefined) continue;
    const start = starts.find((instant) => !intervals.has(instant));
    if (start === undefined) row.refuse("repeated", "interval_start", { queue: row.cell("queue") });
    else intervals.set(start, { offered, ahtSeconds: aht === 0 ? null : aht });
  }
  for (const [queue, rows] of unknown) table.remark("unknownQueue", "warning", { queue, rows });
  return figures;
}
