import { describe, expect, test } from "vitest";
import { addDays, epochDay, offsetMinutesAt } from "../../../src/domain/calendar/clock.ts";
import { intervalCount, localTimeOf } from "../../../src/domain/calendar/interval-grid.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { clockChanges } from "../../domain/calendar/clock-changes.ts";

const zones = Intl.supportedValuesOf("timeZone");
const two = (value: number) => String(value).padStart(2, "0");
const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Passes of a clock minute of a date: 0 where it is skipped, 2 where it is repeated. */
function passes(zone: string, date: string, minute: number): number {
  const wall = epochDay(date) * 86_400 + minute * 60;
  const offsets = new Set([-1, 1].map((side) => offsetMinutesAt(wall + side * 93_600, zone)));
  return [...offsets].filter((offset) => offsetMinutesAt(wall - offset * 60, zone) === offset).length;
}

/** A row for each stretch of the local clock, as a telephone system writes it: none for skipped time, two where all of it is repeated. */
function rowsOf(zone: string, dates: readonly string[], minutes: number): { date: string; minute: number }[] {
  return dates.flatMap((date) => {
    const changing = passes(zone, date, 0) !== 1 || clockChanges(zone, 2025).includes(date);
    return Array.from({ length: 1440 / minutes }, (_, index) => index * minutes).flatMap((minute) => {
      const parts = changing
        ? Array.from({ length: minutes / 15 }, (_, part) => passes(zone, date, minute + part * 15))
        : [1];
      const rows = Math.max(...parts) === 0 ? 0 : Math.min(...parts) === 2 ? 2 : 1;
      return Array.from({ length: rows }, () => ({ date, minute }));
    });
  });
}

describe("rows on the local clock of every zone, around both clock changes of 2025", () => {
  for (const minutes of [15, 30, 60] as const) {
    test(`of ${minutes} minutes: each lands in its own slot of the local clock, and none is lost (${zones.length} zones)`, {
      timeout: 240_000,
    }, async () => {
      for (const zone of zones) {
        const changes = clockChanges(zone, 2025);
        for (const date of changes.length > 0 ? changes : ["2025-06-15"]) {
          const around = changes.length > 0 ? [addDays(date, -1), date, addDays(date, 1)] : [date];
          const rows = rowsOf(zone, around, minutes);
          const lines = rows.map((row, index) => `${row.date},${clock(row.minute)},${index + 1}`);
          const outcome = await importHistory({
            source: { name: zone, data: new TextEncoder().encode(`Date,Time,Calls\n${lines.join("\n")}\n`) },
            mapping: null,
            timeZone: zone,
            intervalMinutes: minutes,
            queueId: "main",
          });
          if (!outcome.ok || outcome.value.rowsRefused > 0)
            throw new Error(`${zone}: ${JSON.stringify(outcome.issues)}`);
          const { grid, queues } = outcome.value.history;
          const got: Record<string, number> = {};
          for (let index = 0; index < intervalCount(grid); index++) {
            const start = localTimeOf(grid, index);
            const slot = `${start.date} ${clock(start.minuteOfDay)}`;
            got[slot] = (got[slot] ?? 0) + queues[0].offered[index];
          }
          const expected = Object.fromEntries(Object.keys(got).map((slot) => [slot, 0]));
          for (const [index, row] of rows.entries()) {
            // On Chatham the clock goes from 02:45 to 03:45: no hour begins with three, what came then is in the one from two.
            let { minute } = row;
            while (expected[`${row.date} ${clock(minute)}`] === undefined) minute -= minutes;
            expected[`${row.date} ${clock(minute)}`] += index + 1;
          }
          expect(got, zone).toEqual(expected);
        }
      }
    });
  }
});

describe("hours in zones with half and quarter hours, in plans of any interval", () => {
  const at = async (zone: string, planMinutes: number, times: readonly string[]) => {
    const lines = [1, 2, 3, 4, 5].flatMap((day) =>
      times.map((time) => `2025-09-0${day},${time},${10 * Number(time.slice(0, 2))}`),
    );
    const outcome = await importHistory({
      source: { name: zone, data: new TextEncoder().encode(`Date,Time,Calls\n${lines.join("\n")}\n`) },
      mapping: null,
      timeZone: zone,
      intervalMinutes: planMinutes,
      queueId: "main",
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const { grid, queues } = outcome.value.history;
    return Array.from({ length: intervalCount(grid) }, (_, index) => index)
      .filter((index) => queues[0].offered[index] > 0 && localTimeOf(grid, index).date === "2025-09-02")
      .map((index) => `${clock(localTimeOf(grid, index).minuteOfDay)} ${queues[0].offered[index]}`);
  };
  const hours = ["09:00", "10:00", "11:00"];

  for (const zone of [
    "Asia/Kolkata",
    "Australia/Adelaide",
    "Asia/Tehran",
    "Asia/Yangon",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Australia/Eucla",
    "Pacific/Marquesas",
  ]) {
    test(`${zone}: 09:00 stays 09:00`, async () => {
      expect(await at(zone, 60, hours)).toEqual(["09:00 90", "10:00 100", "11:00 110"]);
      expect(await at(zone, 30, hours)).toEqual([
        "09:00 45",
        "09:30 45",
        "10:00 50",
        "10:30 50",
        "11:00 55",
        "11:30 55",
      ]);
      expect((await at(zone, 15, hours))[0]).toBe("09:00 22.5");
    });
  }

  test("hours from half past to half past stay where they are", async () => {
    expect(await at("UTC", 30, ["09:30", "10:30", "11:30"])).toEqual([
      "09:30 45",
      "10:00 45",
      "10:30 50",
      "11:00 50",
      "11:30 55",
      "12:00 55",
    ]);
    expect(await at("Asia/Kathmandu", 15, ["09:45", "10:45", "11:45"])).toHaveLength(12);
  });
});
