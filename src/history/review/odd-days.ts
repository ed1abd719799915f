import { weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import { type OpeningRecord, usualOpening } from "../../domain/calendar/usual-opening.ts";
import { intervalState, type QueueHistory } from "../../domain/results/demand.ts";
import { log } from "../../numerics/elementary.ts";
import { median, robustDeviation } from "../../numerics/order-statistics.ts";
import { counted, dayTotals, finding, type QualityFinding } from "./quality-finding.ts";

const neighbours = 4;
/** Below this share of the expected, an interval may belong to an outage. */
const outageShare = 0.25;
/** An outage misses at least this many contacts, and as many times their standard deviation. */
const outageContacts = 12;

/** Closed days, copies, outages and days far from their weekday. */
export function oddDays(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const { totals, open } = dayTotals(grid, queue);
  const slots = clockSlots(grid);
  const weekdays = Uint8Array.from(open, (_, day) => weekdayOf(dateOfDay(grid, day)));
  const record = { dayCount: grid.dayCount, slotCount: 0, weekdays, dayOpen: open, open: new Uint8Array() };
  const found: QualityFinding[] = [];
  const expectedOf: (number | null)[] = new Array(grid.dayCount).fill(null);
  const logs: number[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const like = likeDays(day, open);
    if (like.length < 3) continue;
    const usual = median(like.map((other) => totals[other]));
    expectedOf[day] = usual;
    if (open[day] === 1 && totals[day] > 0 && usual > 0) logs.push(log(totals[day] / usual));
  }
  const scatter = logs.length > 0 ? robustDeviation(logs, 0) : 0;
  const limit = Math.max(0.3, 5 * scatter);
  const copies = copiedFrom(grid, queue, totals);
  for (let day = 0; day < grid.dayCount; day++) {
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const usual = expectedOf[day];
    if (open[day] === 0) {
      if (usual !== null && usual > 0 && isUsuallyOpen(record, day)) {
        found.push(finding("closedDay", grid, queue, day, first, end, { expected: usual }));
      }
      continue;
    }
    const copied = copies.get(day);
    if (copied !== undefined) {
      found.push(
        finding("copiedDay", grid, queue, day, first, end, {
          switchable: true,
          suggestExcluding: true,
          otherDate: dateOfDay(grid, copied),
        }),
      );
      continue;
    }
    if (usual === null || usual <= 0) continue;
    const like = likeDays(day, open);
    const outages = outagesOf(grid, queue, day, like, slots);
    found.push(...outages);
    if (outages.length > 0) continue;
    // Only what the file has of the day is compared.
    const expected = usual * shareSeen(grid, queue, day, like);
    if (expected <= 0) continue;
    const ratio = log(Math.max(totals[day], 0.5) / expected);
    const noise = 4 / Math.sqrt(expected);
    if (Math.abs(ratio) > limit + noise) {
      found.push(
        finding("outlierDay", grid, queue, day, first, end, {
          actual: totals[day],
          expected,
          switchable: true,
          suggestExcluding: Math.abs(ratio) > log(2),
        }),
      );
    }
  }
  return found;
}

/** Up to four open days of the same weekday before and after. */
function likeDays(day: number, open: Uint8Array): number[] {
  const days: number[] = [];
  for (const step of [-7, 7]) {
    let taken = 0;
    for (let other = day + step; other >= 0 && other < open.length && taken < neighbours; other += step) {
      if (open[other] === 0) continue;
      days.push(other);
      taken++;
    }
  }
  return days;
}

/** Share of a like day's contacts that fall into the intervals this day has. */
function shareSeen(grid: IntervalGrid, queue: QueueHistory, day: number, like: readonly number[]): number {
  const first = grid.dayOffsets[day];
  const count = grid.dayOffsets[day + 1] - first;
  let all = 0;
  let seen = 0;
  for (const other of like) {
    const start = grid.dayOffsets[other];
    if (grid.dayOffsets[other + 1] - start !== count) continue;
    for (let offset = 0; offset < count; offset++) {
      all += queue.offered[start + offset];
      if (queue.state[first + offset] !== intervalState.missing) seen += queue.offered[start + offset];
    }
  }
  return all > 0 ? seen / all : 1;
}

/** Whether the weekday of a closed day is usually open around it; the day itself counts against it. */
function isUsuallyOpen(record: OpeningRecord, day: number): boolean {
  const first = Math.max(0, day - 7 * neighbours);
  const end = Math.min(record.dayCount, day + 7 * neighbours + 1);
  const usual = usualOpening(record, { first, end, dates: 2 * neighbours + 1 });
  return usual.weekdays[record.weekdays[day]] === 1;
}

/**
 * Per day the earlier one of which it looks a copy: exactly the same counts, in at least eight intervals that are not all
 * alike. Nothing where being alike is the rule, as in figures somebody smoothed or planned: when most days equal some
 * other, or most dates of a weekday (of at least four) one another.
 */
function copiedFrom(grid: IntervalGrid, queue: QueueHistory, totals: Float64Array): Map<number, number> {
  const alike = new Map<string, number[]>();
  const rich: number[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const counts = queue.offered.subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1]);
    if (totals[day] < 50 || new Set(counts).size < 8) continue;
    rich.push(day);
    const key = counts.join();
    const days = alike.get(key);
    if (days === undefined) alike.set(key, [day]);
    else days.push(day);
  }
  const groups = [...alike.values()].filter((days) => days.length > 1);
  const copies = new Map<number, number>();
  if (groups.reduce((sum, days) => sum + days.length, 0) * 2 > rich.length) return copies;
  for (const [first, ...later] of groups) {
    for (const day of later) {
      const same = [first, ...later].filter((other) => (other - day) % 7 === 0).length;
      const dates = rich.filter((other) => (other - day) % 7 === 0).length;
      if (dates < 4 || same * 2 <= dates) copies.set(day, first);
    }
  }
  return copies;
}

/** Runs of intervals with a small part of what the same slots of like days had. */
function outagesOf(
  grid: IntervalGrid,
  queue: QueueHistory,
  day: number,
  like: readonly number[],
  slots: Int32Array,
): QualityFinding[] {
  const slotCount = 1440 / grid.intervalMinutes;
  const bySlot = Array.from({ length: slotCount }, () => [] as number[]);
  for (const other of like) {
    for (let interval = grid.dayOffsets[other]; interval < grid.dayOffsets[other + 1]; interval++) {
      if (counted(queue.state[interval])) bySlot[slots[interval]].push(queue.offered[interval]);
    }
  }
  const found: QualityFinding[] = [];
  let start = -1;
  let actual = 0;
  let expected = 0;
  const close = (end: number) => {
    const missed = expected - actual;
    if (start >= 0 && end - start >= 2 && missed >= outageContacts && missed >= 5 * Math.sqrt(expected)) {
      found.push(
        finding("outage", grid, queue, day, start, end, {
          actual,
          expected,
          switchable: true,
          suggestExcluding: true,
        }),
      );
    }
    start = -1;
    actual = 0;
    expected = 0;
  };
  for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
    const values = bySlot[slots[interval]];
    const usual = values.length >= 3 ? median(values) : 0;
    const low =
      counted(queue.state[interval]) && usual >= 1 && queue.offered[interval] <= outageShare * usual;
    if (!low) {
      close(interval);
      continue;
    }
    if (start < 0) start = interval;
    actual += queue.offered[interval];
    expected += usual;
  }
  close(grid.dayOffsets[day + 1]);
  return found;
}
