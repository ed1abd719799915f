import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import { intervalCount, localTimeOf } from "../domain/calendar/interval-grid.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { type CsvCell, checkedCsvText, toHundredths } from "./table-writer.ts";

/** injixo's forecast: `Timestamp;Offered;AHT`, or a pair of columns per queue; local time. */
export function injixoForecastCsv({ grid, queues }: DemandForecast): string {
  const suffixes = queues.map(({ queueId }) => (queues.length === 1 ? "" : `_${queueId}`));
  const header = ["Timestamp", ...suffixes.flatMap((suffix) => [`Offered${suffix}`, `AHT${suffix}`])];
  const rows: CsvCell[][] = [];
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    if (!queues.some(({ open }) => open[interval] === 1)) continue;
    const { date, minuteOfDay } = localTimeOf(grid, interval);
    rows.push([
      `${date} ${formatMinuteOfDay(minuteOfDay)}`,
      ...queues.flatMap(({ open, offered, ahtSeconds }) =>
        open[interval] === 1
          ? [toHundredths(offered[interval]), toHundredths(ahtSeconds[interval])]
          : [null, null],
      ),
    ]);
  }
  return checkedCsvText(header, rows, ";");
}
