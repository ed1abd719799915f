import { expect, test } from "vitest";
import { weekdayOf } from "../../../src/domain/calendar/clock.ts";
import {
  createIntervalGrid,
  dateOfDay,
  intervalAt,
  intervalCount,
} from "../../../src/domain/calendar/interval-grid.ts";
import { hoursTogether, recognisedHours } from "../../../src/domain/calendar/recognised-hours.ts";
import { intervalState } from "../../../src/domain/results/demand.ts";

test("hours are those of most dates: a late evening and a closed Monday change nothing, a pause shows", () => {
  const grid = createIntervalGrid("Europe/Berlin", 30, "2026-09-07", 70);
  const state = new Uint8Array(intervalCount(grid));
  const open = (date: string, from: number, to: number, as: number = intervalState.open) => {
    for (let minute = from; minute < to; minute += 30) state[intervalAt(grid, date, minute) ?? -1] = as;
  };
  for (let day = 0; day < grid.dayCount; day++) {
    const date = dateOfDay(grid, day);
    if (weekdayOf(date) <= 5) open(date, 8 * 60, 18 * 60);
    if (weekdayOf(date) === 6) {
      open(date, 9 * 60, 12 * 60);
      open(date, 13 * 60, 15 * 60);
    }
  }
  open("2026-11-02", 18 * 60, 22 * 60);
  open("2026-11-09", 8 * 60, 18 * 60, intervalState.closed);
  open("2026-11-08", 10 * 60, 12 * 60);
  const queue = { queueId: "Voice", state, offered: new Float64Array(state.length) };
  const history = { grid, queues: [{ ...queue, handled: null, abandoned: null, handleSeconds: null }] };
  const told = hoursTogether(recognisedHours(history, ["Voice"])).map(({ weekdays, spans }) => [
    weekdays,
    spans.map(({ openMinute, closeMinute }) => [openMinute / 60, closeMinute / 60]),
  ]);
  expect(told).toEqual([
    [[1, 2, 3, 4, 5], [[8, 18]]],
    [
      [6],
      [
        [9, 12],
        [13, 15],
      ],
    ],
  ]);
  expect(recognisedHours(history, ["Chat"])).toEqual([]);
});
