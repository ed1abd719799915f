import { expect, test } from "vitest";
import { type OpeningRecord, usualOpening } from "../../../src/domain/calendar/usual-opening.ts";

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
    record(20, (week, weekday) => (weekday === 6 ? (week < 13 ? [1] : []) : week >= 17 ? [1] : [])),
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
