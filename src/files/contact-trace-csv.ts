import { formatMinuteOfDay, formatOffset, localTimeAt, offsetMinutesAt } from "../domain/calendar/clock.ts";
import { instantOfMinute } from "../domain/calendar/interval-grid.ts";
import { type ContactTrace, contactOutcome } from "../domain/results/simulation.ts";
import { type CsvCell, csvText, figure } from "./table-writer.ts";

const header = [
  "contact",
  "queue",
  "arrival",
  "outcome",
  "wait_seconds",
  "answered",
  "ended",
  "handle_seconds",
  "agent",
] as const;

const outcomeNames = Object.fromEntries(
  Object.entries(contactOutcome).map(([name, value]) => [value, name]),
) as Record<number, keyof typeof contactOutcome>;

/** One row per contact of a simulated day, in order of arrival; times are local, to the second, with their offset. */
export function contactTraceCsv(trace: ContactTrace): string {
  const firstMinute = trace.firstInterval * trace.grid.intervalMinutes;
  const time = (seconds: number | null): CsvCell => {
    if (seconds === null) return null;
    const epoch = Math.round(instantOfMinute(trace.grid, firstMinute + Math.floor(seconds) / 60));
    const offset = offsetMinutesAt(epoch, trace.grid.timeZone);
    const { date, minuteOfDay } = localTimeAt(epoch, offset);
    const second = String(((epoch % 60) + 60) % 60).padStart(2, "0");
    return `${date}T${formatMinuteOfDay(minuteOfDay)}:${second}${formatOffset(offset)}`;
  };
  const rows = Array.from(trace.arrival, (arrival, k): CsvCell[] => {
    const answered = trace.answered[k];
    const ended = trace.ended[k];
    const agent = trace.agent[k];
    const waitedUntil = answered ?? ended;
    return [
      k + 1,
      trace.queueIds[trace.queue[k]],
      time(arrival),
      outcomeNames[trace.outcome[k]],
      waitedUntil === null ? null : figure(waitedUntil - arrival),
      time(answered),
      time(ended),
      answered === null || ended === null ? null : figure(ended - answered),
      agent === null ? null : trace.agents[agent].name,
    ];
  });
  return csvText(header, rows);
}
