import { expect, test } from "vitest";
import { readDatedWindows, readWindows, windowText } from "../../../../src/ui/pages/roster/window-text.ts";

test("windows are read and written, past midnight too", () => {
  const windows = [
    { fromMinute: 480, toMinute: 960 },
    { fromMinute: 1320, toMinute: 1800 },
  ];
  expect(readWindows("8:00-16:00, 22:00 – 06:00")).toEqual(windows);
  expect(readWindows(windowText(windows))).toEqual(windows);
  expect(readWindows("00:00-24:00")).toEqual([{ fromMinute: 0, toMinute: 1440 }]);
  expect(readWindows(windowText([{ fromMinute: 0, toMinute: 1440 }]))).toEqual([
    { fromMinute: 0, toMinute: 1440 },
  ]);
  expect(readWindows(" ")).toEqual([]);
  for (const wrong of ["8-16", "25:00-26:00", "08:70-09:00", "08:00", "24:30-01:00", "08:00-24:30"])
    expect(readWindows(wrong)).toBeNull();
});

test("dated windows need a date and a time", () => {
  expect(readDatedWindows("2026-11-05 14:00–16:00; 2026-11-12 8:00 - 10:00")).toEqual([
    { date: "2026-11-05", fromMinute: 840, toMinute: 960 },
    { date: "2026-11-12", fromMinute: 480, toMinute: 600 },
  ]);
  for (const wrong of ["05.11.2026 14:00-16:00", "2026-11-05", "2026-02-30 08:00-09:00"])
    expect(readDatedWindows(wrong)).toBeNull();
});
