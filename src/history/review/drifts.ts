import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { QueueHistory } from "../../domain/results/demand.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { median, robustDeviation } from "../../numerics/order-statistics.ts";
import { counted, dayTotals, finding, type QualityFinding } from "./quality-finding.ts";

/**
 * Weeks before and after which the level differs: medians of six weeks on either side of log(day ÷ its weekday's median)
 * differ by more than fifteen percent and by five standard errors; the sharpest week of a stretch is named.
 */
export function levelShifts(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const { totals, open } = dayTotals(grid, queue);
  const byWeekday = Array.from({ length: 8 }, () => [] as number[]);
  const weekdays = Array.from({ length: grid.dayCount }, (_, day) => weekdayOf(dateOfDay(grid, day)));
  for (let day = 0; day < grid.dayCount; day++)
    if (open[day] === 1) byWeekday[weekdays[day]].push(totals[day]);
  const usual = byWeekday.map((values) => (values.length >= 4 ? median(values) : 0));
  const side = 42;
  let best: { day: number; shift: number; before: number; after: number } | null = null;
  const found: QualityFinding[] = [];
  const relative = (from: number, to: number) => {
    const values: number[] = [];
    for (let day = from; day < to; day++) {
      const base = usual[weekdays[day]];
      if (open[day] === 1 && totals[day] > 0 && base > 0) values.push(log(totals[day] / base));
    }
    return values;
  };
  for (let day = side; day + side <= grid.dayCount; day += 7) {
    const before = relative(day - side, day);
    const after = relative(day, day + side);
    if (before.length < 20 || after.length < 20) continue;
    const [low, high] = [median(before), median(after)];
    const scatter = robustDeviation(
      [...before.map((one) => one - low), ...after.map((one) => one - high)],
      0,
    );
    const error = 1.2533 * scatter * Math.sqrt(1 / before.length + 1 / after.length);
    const shift = high - low;
    const sharp = Math.abs(shift) > Math.max(log(1.15), 5 * error);
    if (sharp && (best === null || Math.abs(shift) > Math.abs(best.shift))) {
      best = { day, shift, before: exp(low), after: exp(high) };
    }
    if (best !== null && (!sharp || day - best.day >= side)) {
      found.push(shiftFinding(grid, queue, best));
      best = null;
    }
  }
  if (best !== null) found.push(shiftFinding(grid, queue, best));
  return found;
}

function shiftFinding(
  grid: IntervalGrid,
  queue: QueueHistory,
  at: { day: number; before: number; after: number },
): QualityFinding {
  return finding("levelShift", grid, queue, at.day, grid.dayOffsets[at.day], grid.dayOffsets[at.day + 1], {
    actual: at.after,
    expected: at.before,
  });
}

/** Days whose AHT is far from that of the ten days before and after. */
export function ahtOutliers(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const { handled, handleSeconds } = queue;
  if (handled === null || handleSeconds === null) return [];
  const days: { day: number; aht: number; contacts: number }[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let contacts = 0;
    let seconds = 0;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (!counted(queue.state[interval])) continue;
      contacts += handled[interval];
      seconds += handleSeconds[interval];
    }
    if (contacts >= 20 && seconds > 0) days.push({ day, aht: seconds / contacts, contacts });
  }
  return days.flatMap(({ day, aht }, index) => {
    const around = days.slice(Math.max(0, index - 10), index + 11).map((one) => one.aht);
    if (around.length < 7) return [];
    const usual = median(around);
    const scatter = robustDeviation(around, usual);
    if (Math.abs(aht - usual) <= Math.max(0.35 * usual, 6 * scatter)) return [];
    const first = grid.dayOffsets[day];
    return [
      finding("ahtOutlier", grid, queue, day, first, grid.dayOffsets[day + 1], {
        actual: aht,
        expected: usual,
        switchable: true,
      }),
    ];
  });
}
