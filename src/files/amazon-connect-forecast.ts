import { instantOfMinute, intervalCount } from "../domain/calendar/interval-grid.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { type CsvCell, checkedCsvText, toHundredths } from "./table-writer.ts";

const header = [
  "QueueName",
  "QueueId",
  "ChannelType",
  "TimeStamp",
  "IntervalDuration",
  "IncomingContactVolume",
  "AverageHandleTime",
];

/**
 * Amazon Connect's forecast override: the header of its history without `ContactsHandled`, times in UTC, rows of 15 or
 * 30 minutes (hours are cut in two halves).
 */
export function amazonConnectForecastCsv(
  forecast: DemandForecast,
  channelOf: (queueId: string) => Queue["channel"],
): string {
  const { grid } = forecast;
  const parts = grid.intervalMinutes === 60 ? 2 : 1;
  const minutes = grid.intervalMinutes / parts;
  const rows: CsvCell[][] = [];
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    for (const queue of forecast.queues) {
      if (queue.open[interval] === 0) continue;
      for (let part = 0; part < parts; part++) {
        const instant = instantOfMinute(grid, interval * grid.intervalMinutes + part * minutes);
        rows.push([
          queue.queueId,
          "",
          channelOf(queue.queueId) === "chat" ? "CHAT" : "VOICE",
          new Date(instant * 1000).toISOString().replace(".000Z", "Z"),
          `${minutes}mins`,
          toHundredths(queue.offered[interval] / parts),
          toHundredths(queue.ahtSeconds[interval]),
        ]);
      }
    }
  }
  return checkedCsvText(header, rows);
}
