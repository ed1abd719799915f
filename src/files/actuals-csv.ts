import { intervalStartIso } from "../domain/calendar/interval-grid.ts";
import { type DayRange, intervalsOfDays } from "../domain/calendar/ranges.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { type CsvCell, csvText, figure } from "./table-writer.ts";

/**
 * A sheet to fill in with what really happened on some days, read back by `importing/actuals-csv.ts`: a row per open
 * interval and queue, and one per interval and group, with what was planned beside what is asked for.
 *
 * @param agents planned agents on queue, per group and interval
 */
export function actualsSheet(
  forecast: DemandForecast,
  agents: readonly { readonly groupId: string; readonly agents: Float64Array }[],
  days: DayRange,
): string {
  const { grid } = forecast;
  const rows: CsvCell[][] = [];
  const range = intervalsOfDays(grid, days);
  for (let index = range.first; index < range.end; index++) {
    const start = intervalStartIso(grid, index);
    for (const { queueId, open, offered, ahtSeconds } of forecast.queues) {
      if (open[index] === 0) continue;
      rows.push([
        start,
        queueId,
        "",
        figure(offered[index]),
        figure(ahtSeconds[index]),
        null,
        null,
        null,
        null,
        null,
      ]);
    }
    for (const group of agents) {
      if (group.agents[index] === 0) continue;
      rows.push([start, "", group.groupId, null, null, figure(group.agents[index]), null, null, null, null]);
    }
  }
  return csvText(
    [
      "interval_start",
      "queue",
      "group",
      "planned_offered",
      "planned_aht_seconds",
      "planned_agents",
      "offered",
      "aht_seconds",
      "answered_in_time",
      "agents",
    ],
    rows,
  );
}
