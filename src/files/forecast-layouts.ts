import Papa from "papaparse";
import { formatMinuteOfDay } from "../domain/calendar/clock.ts";
import {
  type IntervalGrid,
  instantOfMinute,
  intervalCount,
  localTimeOf,
} from "../domain/calendar/interval-grid.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

/**
 * The forecast in layouts that other programs import. Every text is read back and compared with the forecast before it
 * is given out, so a file that exists holds what it should.
 */

/** Figures in these layouts have two decimals. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Amazon Connect's forecast override: the header of its history without `ContactsHandled`, times in UTC, rows of 15 or
 * 30 minutes (hours are cut in two halves).
 */
export function amazonConnectForecastCsv(
  forecast: DemandForecast,
  channelOf: (queueId: string) => "voice" | "chat" | "deferred",
): string {
  const header = [
    "QueueName",
    "QueueId",
    "ChannelType",
    "TimeStamp",
    "IntervalDuration",
    "IncomingContactVolume",
    "AverageHandleTime",
  ];
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
          rounded(queue.offered[interval] / parts),
          rounded(queue.ahtSeconds[interval]),
        ]);
      }
    }
  }
  return readBack(csvText(header, rows), rows, 1, ",");
}

/** injixo's forecast: `Timestamp;Offered;AHT`, or a pair of columns per queue; local time. */
export function injixoForecastCsv(forecast: DemandForecast): string {
  const { grid, queues } = forecast;
  const header = ["Timestamp", ...queues.flatMap(({ queueId }) => names(queueId))];
  const rows: CsvCell[][] = [];
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    if (!queues.some((queue) => queue.open[interval] === 1)) continue;
    rows.push([
      localText(grid, interval, "-", " "),
      ...queues.flatMap((queue) =>
        queue.open[interval] === 1
          ? [rounded(queue.offered[interval]), rounded(queue.ahtSeconds[interval])]
          : [null, null],
      ),
    ]);
  }
  return readBack(semicolons(header, rows), rows, 1, ";");

  function names(queueId: string): string[] {
    return queues.length === 1 ? ["Offered", "AHT"] : [`Offered_${queueId}`, `AHT_${queueId}`];
  }
}

/**
 * Calabrio's forecast, without a header: skill, start, end, volume, talk seconds, after-work seconds, agents. What of
 * AHT is after-contact work is not known here, so all of it stands as talk.
 */
export function calabrioForecastCsv(forecast: DemandForecast, requirement: Requirement): string {
  const { grid } = forecast;
  const rows: CsvCell[][] = [];
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    for (const queue of forecast.queues) {
      if (queue.open[interval] === 0) continue;
      const needed = requirement.queues.find(({ queueId }) => queueId === queue.queueId);
      rows.push([
        queue.queueId,
        localText(grid, interval, "", " "),
        endText(grid, interval),
        rounded(queue.offered[interval]),
        rounded(queue.ahtSeconds[interval]),
        0,
        rounded(needed?.requiredAgents[interval] ?? 0),
      ]);
    }
  }
  return readBack(semicolons(null, rows), rows, 0, ";");
}

function localText(grid: IntervalGrid, interval: number, dateSeparator: string, between: string): string {
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  return `${date.replaceAll("-", dateSeparator)}${between}${formatMinuteOfDay(minuteOfDay)}`;
}

/** End of an interval on the clock; the last of a day ends at 24:00 of that day. */
function endText(grid: IntervalGrid, interval: number): string {
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  return `${date.replaceAll("-", "")} ${formatMinuteOfDay(minuteOfDay + grid.intervalMinutes)}`;
}

/** The same quoting and protection as every other table, with `;` between fields. */
function semicolons(header: readonly string[] | null, rows: readonly (readonly CsvCell[])[]): string {
  const plain = Papa.parse<string[]>(csvText(header ?? [], rows), { skipEmptyLines: true }).data;
  const data = header === null ? plain.slice(plain.length - rows.length) : plain;
  return `${Papa.unparse(data, { delimiter: ";", newline: "\n" })}\n`;
}

/** The text, when every figure in it is the one that was meant. Throws RangeError otherwise: that would be our bug. */
function readBack(
  text: string,
  rows: readonly (readonly CsvCell[])[],
  headerLines: number,
  delimiter: string,
): string {
  const read = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: true }).data.slice(headerLines);
  const same =
    read.length === rows.length &&
    rows.every((row, at) =>
      row.every((cell, column) =>
        typeof cell === "number"
          ? Number(read[at][column]) === cell
          : typeof cell === "string" || read[at][column] === "",
      ),
    );
  if (!same) throw new RangeError("the forecast does not read back as it was written");
  return text;
}
