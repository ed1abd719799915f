import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import { intervalCount, localTimeOf } from "../domain/calendar/interval-grid.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { type CsvCell, checkedCsvText, toHundredths } from "./table-writer.ts";

/**
 * Calabrio's forecast, without a header: skill, start, end, volume, talk seconds, after-work seconds, agents. The end of
 * a day's last interval is 24:00 of that day. What of AHT is after-contact work is not known here, so all of it stands
 * as talk.
 */
export function calabrioForecastCsv({ grid, queues }: DemandForecast, requirement: Requirement): string {
  const needs = new Map(requirement.queues.map((queue) => [queue.queueId, queue.requiredAgents]));
  const rows: CsvCell[][] = [];
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    const { date, minuteOfDay } = localTimeOf(grid, interval);
    const clock = (minute: number) => `${date.replaceAll("-", "")} ${formatMinuteOfDay(minute)}`;
    for (const { queueId, open, offered, ahtSeconds } of queues) {
      if (open[interval] === 0) continue;
      rows.push([
        queueId,
        clock(minuteOfDay),
        clock(minuteOfDay + grid.intervalMinutes),
        toHundredths(offered[interval]),
        toHundredths(ahtSeconds[interval]),
        0,
        toHundredths(needs.get(queueId)?.[interval] ?? 0),
      ]);
    }
  }
  return checkedCsvText(null, rows, ";");
}
