import { expect, test } from "vitest";
import {
  longClosures,
  type OpeningRecord,
  usualOpening,
} from "../../../src/domain/calendar/usual-opening.ts";

/** Weeks of four slots a day, Monday first; `hours` answers the open slots of a day. */
function record(weeks: number, hours: (week: number, weekday: number) => readonly number[]): OpeningRecord {
  const [dayCount, slotCount] = [weeks * 7, 4];
  const weekdays = Uint8Array.from({ length: dayCount }, (_, day) => (day % 7) + 1);
  const open = new Uint8Array(dayCount * slotCount);
  const dayOpen = new Uint8Array(dayCount);
  for (let day = 0; day < dayCount; day++) {
    for (const slot of hours(Math.floor(day / 7), weekdays[day])) {
      open[day * slotCount + slot] = 1;
      dayOpen[day] = 1;
    }
  }
  return { dayCount, slotCount, weekdays, dayOpen, open };
}
const slotsOf = (usual: { readonly times: Uint8Array }, weekday: number) => [
  ...usual.times.subarray(weekday * 4, weekday * 4 + 4),
];

test("a place open from Monday to Friday is usually open on these weekdays, at these times", () => {
  const usual = usualOpening(record(10, (_, weekday) => (weekday <= 5 ? [1, 2] : [])));
  expect([...usual.weekdays]).toEqual([0, 1, 1, 1, 1, 1, 0, 0]);
  expect(slotsOf(usual, 3)).toEqual([0, 1, 1, 0]);
  expect(slotsOf(usual, 7)).toEqual([0, 0, 0, 0]);
});

test("one holiday in two weeks of history does not close its weekday", () => {
  const usual = usualOpening(record(2, (week, weekday) => (week === 1 && weekday === 1 ? [] : [1, 2])));
  expect(usual.weekdays[1]).toBe(1);
  expect(slotsOf(usual, 1)).toEqual([0, 1, 1, 0]);
});

test("a single Sunday that was open in ten weeks leaves Sunday closed", () => {
  const usual = usualOpening(record(10, (week, weekday) => (weekday < 7 || week === 8 ? [2] : [])));
  expect(usual.weekdays[7]).toBe(0);
});

test("a weekday given up seven weeks ago is closed, one begun three weeks ago is open", () => {
  const usual = usualOpening(
    record(20, (week, weekday) => ((weekday === 6 && week >= 13) || (weekday === 5 && week < 17) ? [] : [1])),
  );
  expect([usual.weekdays[6], usual.weekdays[5]]).toEqual([0, 1]);
});

test("times follow hours that were extended three weeks ago", () => {
  const usual = usualOpening(record(20, (week) => (week >= 17 ? [1, 2, 3] : [1, 2])));
  expect(slotsOf(usual, 2)).toEqual([0, 1, 1, 1]);
});

test("a run of closed weeks does not blur the hours of the open ones", () => {
  const usual = usualOpening(record(20, (week) => (week >= 14 && week < 17 ? [] : [1, 2])));
  expect(usual.weekdays[2]).toBe(1);
  expect(slotsOf(usual, 2)).toEqual([0, 1, 1, 0]);
});

test("a window asks about some days only", () => {
  const wasOpen = record(20, (week) => (week < 10 ? [0, 1] : [2, 3]));
  expect(slotsOf(usualOpening(wasOpen, { end: 70 }), 4)).toEqual([1, 1, 0, 0]);
  expect(slotsOf(usualOpening(wasOpen, { first: 70 }), 4)).toEqual([0, 0, 1, 1]);
  expect(slotsOf(usualOpening(wasOpen, { dates: 20 }), 4)).toEqual([1, 1, 1, 1]);
});

/** Weeks of a Monday-to-Saturday place of which some days are closed or missing, and the weekdays it is usually open on. */
function openWeekdays(closed: (day: number) => boolean, weeks = 12): number[] {
  const usual = usualOpening(
    record(weeks, (week, weekday) => (weekday === 7 || closed(week * 7 + weekday - 1) ? [] : [1, 2])),
  );
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => usual.weekdays[weekday] === 1);
}

test.each([
  ["four weeks, two weeks before the end", (day: number) => day >= 42 && day < 70],
  ["four weeks, one week before the end", (day: number) => day >= 49 && day < 77],
  ["eight weeks, two weeks before the end", (day: number) => day >= 14 && day < 70],
  ["three weeks from a Wednesday to a Wednesday", (day: number) => day >= 58 && day < 79],
  ["every second week", (day: number) => Math.floor(day / 7) % 2 === 0],
  ["two weeks of three", (day: number) => Math.floor(day / 7) % 3 !== 0],
  ["ten days twice", (day: number) => (day >= 45 && day < 55) || (day >= 66 && day < 76)],
  ["all before the last week", (day: number) => day < 77],
])("rows that are missing close no weekday: %s", (_, closed) => {
  expect(openWeekdays(closed)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a weekday that was closed while its neighbours were open stays closed after a hole", () => {
  const closed = (day: number) => (day >= 42 && day < 63) || (day % 7 === 2 && day >= 14);
  expect(openWeekdays(closed)).toEqual([1, 2, 4, 5, 6]);
});

test("what is a long closure depends on the rhythm of a place", () => {
  const every = (distance: number, holes: readonly (readonly [number, number])[] = []) =>
    Uint8Array.from({ length: 120 }, (_, day) =>
      day % distance === 0 && !holes.some(([first, end]) => day >= first && day < end) ? 1 : 0,
    );
  expect(longClosures(every(1))).toEqual([]);
  expect(longClosures(every(1, [[20, 26]]))).toEqual([]);
  expect(longClosures(every(1, [[20, 27]]))).toEqual([{ first: 20, end: 27 }]);
  expect(longClosures(every(7, [[21, 35]]))).toEqual([]);
  expect(longClosures(every(7, [[21, 63]]))).toEqual([{ first: 15, end: 63 }]);
  expect(longClosures(every(30))).toEqual([]);
  expect(
    longClosures(
      every(1, [
        [0, 40],
        [110, 120],
      ]),
    ),
  ).toEqual([
    { first: 0, end: 40 },
    { first: 110, end: 120 },
  ]);
  expect(longClosures(new Uint8Array(50))).toEqual([]);
});
