import { describe, expect, test } from "vitest";
import { dateOfEpochDay, formatMinuteOfDay, formatOffset } from "../../src/domain/calendar/clock.ts";
import {
  type ClockFormat,
  clockReader,
  type DateOrder,
  parseDate,
  parseStretch,
  parseTimeOfDay,
} from "../../src/files/clock-cells.ts";

function read(date: string, time: string | null, format: DateOrder | ClockFormat): string | null {
  const reading = clockReader(format)(date, time);
  if (reading === null) return null;
  const offset = reading.offsetMinutes === null ? "" : formatOffset(reading.offsetMinutes);
  const length = reading.lengthSeconds === undefined ? "" : ` for ${reading.lengthSeconds / 60}`;
  const seconds = reading.secondOfDay % 60 === 0 ? "" : `:${reading.secondOfDay % 60}`;
  const clock = reading.hasTime ? ` ${formatMinuteOfDay(Math.floor(reading.secondOfDay / 60))}` : "";
  return `${dateOfEpochDay(reading.day)}${clock}${seconds}${offset}${length}`;
}

describe("dates", () => {
  const cases: readonly (readonly [string, DateOrder, string | null])[] = [
    ["2025-09-01", "dmy", "2025-09-01"],
    ["2025.09.01.", "dmy", "2025-09-01"],
    ["20250901", "dmy", "2025-09-01"],
    ["01092025", "dmy", "2025-09-01"],
    ["250901", "ymd", "2025-09-01"],
    ["010925", "dmy", "2025-09-01"],
    ["01/09/25", "dmy", "2025-09-01"],
    ["01/09/25", "mdy", "2025-01-09"],
    ["01/09/25", "ymd", "2001-09-25"],
    ["1.9.2025", "dmy", "2025-09-01"],
    ["01 09 2025", "dmy", "2025-09-01"],
    ["1. Okt. 2025", "dmy", "2025-10-01"],
    ["1. Oktober 2025", "dmy", "2025-10-01"],
    ["01-Sep-25", "dmy", "2025-09-01"],
    ["Sep 1, 2025", "mdy", "2025-09-01"],
    ["Sept. 1st, 2025", "mdy", "2025-09-01"],
    ["Monday, September 1, 2025", "mdy", "2025-09-01"],
    ["Mon 01/09/2025", "dmy", "2025-09-01"],
    ["Mo, 01.09.2025", "dmy", "2025-09-01"],
    ["01.09.2025 (Mo)", "dmy", "2025-09-01"],
    ["lundi 1er septembre 2025", "dmy", "2025-09-01"],
    ["1 août 2025", "dmy", "2025-08-01"],
    ["1 de septiembre de 2025", "dmy", "2025-09-01"],
    ["mar 02/09/2025", "dmy", "2025-09-02"],
    ["mar. 4 mars 2025", "dmy", "2025-03-04"],
    ["3 dicembre 2025", "dmy", "2025-12-03"],
    ["1 out 2025", "dmy", "2025-10-01"],
    ["1 wrz 2025", "dmy", "2025-09-01"],
    ["1 października 2025", "dmy", "2025-10-01"],
    ["5 Ağustos 2025", "dmy", "2025-08-05"],
    ["1 Şubat 2025", "dmy", "2025-02-01"],
    ["1 maart 2025", "dmy", "2025-03-01"],
    ["2025年9月1日", "ymd", "2025-09-01"],
    ["2025年9月1日(月)", "ymd", "2025-09-01"],
    ["2025/09/01(月)", "ymd", "2025-09-01"],
    ["２０２５／０９／０１", "ymd", "2025-09-01"],
    ["31.02.2003", "dmy", null],
    ["Total 01/09/2025", "dmy", null],
    ["2025-13-01", "ymd", null],
    ["9999-12-31", "ymd", null],
    ["Sep 2025", "mdy", null],
    ["12,5", "dmy", null],
  ];
  test.each(cases)("%s (%s) is %s", (text, order, expected) => {
    const day = parseDate(text, order);
    expect(day === null ? null : dateOfEpochDay(day)).toBe(expected);
  });
});

describe("times of day", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["7:05", "07:05"],
    ["0705", "07:05"],
    ["07.05", "07:05"],
    ["7h05", "07:05"],
    ["7 h", "07:00"],
    ["7 Uhr", "07:00"],
    ["7:30 Uhr", "07:30"],
    ["godz. 7:30", "07:30"],
    ["7:05 PM", "19:05"],
    ["7:05 p. m.", "19:05"],
    ["7pm", "19:00"],
    ["12:00 AM", "00:00"],
    ["12:30 pm", "12:30"],
    ["下午7:05", "19:05"],
    ["午前7時5分", "07:05"],
    ["오후 7:05", "19:05"],
    ["7:05 ÖS", "19:05"],
    ["7：05", "07:05"],
    ["24:00", "24:00"],
    ["08:00:59.250", "08:00"],
    ["25:00", null],
    ["8", null],
    ["8.5", null],
    ["08:61", null],
  ];
  test.each(cases)("%s is %s", (text, expected) => {
    const seconds = parseTimeOfDay(text);
    expect(seconds === null ? null : formatMinuteOfDay(Math.floor(seconds / 60))).toBe(expected);
  });

  const stretches: readonly (readonly [string, string | null])[] = [
    ["08:00-08:30", "480 510"],
    ["08:00 – 08:30", "480 510"],
    ["8:00AM-8:30AM", "480 510"],
    ["8:00-8:30 AM", "480 510"],
    ["11:30-12:00 PM", "690 720"],
    ["1:00 - 1:30 PM", "780 810"],
    ["8-9", "480 540"],
    ["0800-0830", "480 510"],
    ["08:00 to 08:30", "480 510"],
    ["von 08:00 bis 08:30", "480 510"],
    ["de 8h à 9h", "480 540"],
    ["08:00～08:30", "480 510"],
    ["8時〜9時", "480 540"],
    ["08:00至08:30", "480 510"],
    ["[08:00, 08:30)", "480 510"],
    ["23:30-00:00", "1410 0"],
    ["08:00", null],
    ["08:00-", null],
  ];
  test.each(stretches)("%s goes from and to %s", (text, expected) => {
    const stretch = parseStretch(text);
    expect(stretch === null ? null : `${stretch.from / 60} ${stretch.to / 60}`).toBe(expected);
  });
});

describe("dates and times together", () => {
  const cases: readonly (readonly [string, string | null, DateOrder | ClockFormat, string | null])[] = [
    ["2025-09-01T08:00:00.000Z", null, "ymd", "2025-09-01 08:00+00:00"],
    ["2025-09-01 08:00:00+01", null, "ymd", "2025-09-01 08:00+01:00"],
    ["2025-09-01T08:00:00+0100", null, "ymd", "2025-09-01 08:00+01:00"],
    ["2025-09-01T08:00-03:30", null, { order: "ymd", ranges: false }, "2025-09-01 08:00-03:30"],
    ["2025-09-01 08:00:00 CET", null, "ymd", "2025-09-01 08:00+01:00"],
    ["2025-09-01 08:00 GMT+2", null, "ymd", "2025-09-01 08:00+02:00"],
    ["2025-09-01T08:00+02:00[Europe/Berlin]", null, "ymd", "2025-09-01 08:00+02:00"],
    ["2025-09-01T16:00-15:00", null, "ymd", null],
    ["09/08/2026, 10:07", null, "dmy", "2026-08-09 10:07"],
    ["9/1/2025, 8:00 AM", null, "mdy", "2025-09-01 08:00"],
    ["Sep 1, 2025 8:00 AM", null, "mdy", "2025-09-01 08:00"],
    ["Mon 01/09/2025 08:00", null, "dmy", "2025-09-01 08:00"],
    ["1. Okt. 2025 um 08:00 Uhr", null, "dmy", "2025-10-01 08:00"],
    ["2025年9月1日8時30分", null, "ymd", "2025-09-01 08:30"],
    ["2025年9月1日 下午3:00", null, "ymd", "2025-09-01 15:00"],
    ["202509010830", null, "ymd", "2025-09-01 08:30"],
    ["20250901083000", null, "ymd", "2025-09-01 08:30"],
    ["20250901T083000", null, "ymd", "2025-09-01 08:30"],
    ["08:30 01/09/2025", null, "dmy", "2025-09-01 08:30"],
    ["2025-09-01 08:00-08:30", null, "ymd", "2025-09-01 08:00 for 30"],
    ["2025-09-01 08:00-09:00", null, { order: "ymd", ranges: true }, "2025-09-01 08:00 for 60"],
    ["2025-09-01T08:00/2025-09-01T08:30", null, "ymd", "2025-09-01 08:00 for 30"],
    ["2025-09-01T08:00:00Z/PT15M", null, "ymd", "2025-09-01 08:00+00:00 for 15"],
    ["01.09.2025 08:00 - 01.09.2025 08:30", null, "dmy", "2025-09-01 08:00 for 30"],
    ["2025-09-01", "08:00-08:30", "ymd", "2025-09-01 08:00 for 30"],
    ["2025-09-01", "23:30-00:00", { order: "ymd", ranges: true }, "2025-09-01 23:30 for 30"],
    ["2025-09-01 00:00:00", "08:00", "ymd", "2025-09-01 08:00"],
    ["2025-09-01", "1899-12-30 08:00:00", "ymd", "2025-09-01 08:00"],
    ["2025-09-01", "1900-01-01 08:00:00", "ymd", "2025-09-01 08:00"],
    ["2025-09-01", "8", { order: "ymd", times: "hour" }, "2025-09-01 08:00"],
    ["2025-09-01", "9", { order: "ymd", times: "hour1" }, "2025-09-01 08:00"],
    ["2025-09-01", "480", { order: "ymd", times: "minute" }, "2025-09-01 08:00"],
    ["2025-09-01", "830", { order: "ymd", times: "hhmm" }, "2025-09-01 08:30"],
    ["2025-09-01", "880", { order: "ymd", times: "hhmm" }, null],
    ["2025-09-01", "0.3333", { order: "ymd", times: "dayFraction" }, "2025-09-01 08:00"],
    ["2025-09-01", "0,354166667", { order: "ymd", times: "dayFraction" }, "2025-09-01 08:30"],
    ["2025-09-01", "17", { order: "ymd", times: "halfHour1" }, "2025-09-01 08:00"],
    ["2025-09-01", "32", { order: "ymd", times: "quarterHour0" }, "2025-09-01 08:00"],
    ["2025-09-01", "1500", { order: "ymd", times: "minute" }, null],
    ["1756713600", null, { order: "ymd", dates: "epochSeconds" }, "2025-09-01 08:00+00:00"],
    ["1756713600123", null, { order: "ymd", dates: "epochMilliseconds" }, "2025-09-01 08:00+00:00"],
    ["45901", null, { order: "ymd", dates: "serial" }, "2025-09-01"],
    ["45901.333333", null, { order: "ymd", dates: "serial" }, "2025-09-01 08:00"],
    ["45901,3333", null, { order: "ymd", dates: "serial" }, "2025-09-01 08:00"],
    ["45901", "08:30", { order: "ymd", dates: "serial" }, "2025-09-01 08:30"],
    ["9".repeat(30), null, { order: "ymd", dates: "serial" }, null],
  ];
  test.each(cases)("%s | %s (%j) is %s", (date, time, format, expected) => {
    expect(read(date, time, format)).toBe(expected);
  });
});
