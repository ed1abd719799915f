import { expect, test } from "vitest";
import { minuteOfClock } from "../../../../src/ui/kit/controls/clock-field.tsx";

test("a time on the clock is a minute of the day; what is half typed is none", () => {
  expect(["00:00", "08:30", "23:59"].map(minuteOfClock)).toEqual([0, 510, 1439]);
  expect(["", "8:30", "24:00", "12:60", "12:3"].map(minuteOfClock)).toEqual([null, null, null, null, null]);
});
