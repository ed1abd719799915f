import { type LocalDate, weekdayOf } from "../domain/clock.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../domain/demand.ts";
import { clockSlots, dateOfDay, type IntervalGrid } from "../domain/interval-grid.ts";

export type QualityKind =
  /** Intervals of open time without a row. */
  | "gap"
  /** A usually open day without contacts. */
  | "closedDay"
  /** Hours in which far fewer contacts came than always: lines down, or the counter. */
  | "outage"
  /** A day far from its weekday. */
  | "outlierDay"
  /** A day whose every count equals another day's. */
  | "copiedDay"
  /** The level changed and stayed. */
  | "levelShift"
  /** A day whose AHT is far from its neighbours'. */
  | "ahtOutlier"
  /** A day of 23 or 25 hours. */
  | "clockChange";

/** One oddity of a history, and what is done about it. */
export interface QualityFinding {
  readonly kind: QualityKind;
  readonly queueId: string;
  readonly date: LocalDate;
  /** Intervals of the history's grid, half-open. */
  readonly first: number;
  readonly end: number;
  /** Contacts that came and that were to be expected; null where that is not the point. */
  readonly actual: number | null;
  readonly expected: number | null;
  /** Excluding is offered; for the other kinds there is nothing to decide. */
  readonly switchable: boolean;
  /** What a careful planner would do. */
  readonly suggestExcluding: boolean;
  /** Now left out of learning. */
  readonly excluded: boolean;
  /** Another date the finding speaks of: the day a copy equals. */
  readonly otherDate: LocalDate | null;
}

const neighbours = 4;
/** Below this share of the expected, an interval may belong to an outage. */
const outageShare = 0.25;
/** An outage misses at least this many contacts, and as many times their standard deviation. */
const outageContacts = 12;

/**
 * What is odd in a history, in order of time. Days are compared with the median of up to four same weekdays before and
 * after, intervals with the same slots of those days, so that no model is needed and every figure can be checked by hand.
 */
export function qualityReport(history: DemandHistory): QualityFinding[] {
  const findings = history.queues.flatMap((queue) => [
    ...gaps(history.grid, queue),
    ...oddDays(history.grid, queue),
    ...levelShifts(history.grid, queue),
    ...ahtOutliers(history.grid, queue),
  ]);
  const [first] = history.queues;
  if (first !== undefined) findings.push(...clockChanges(history.grid, first));
  return findings.sort((a, b) => a.first - b.first || a.kind.localeCompare(b.kind));
}

/** The history with what the report suggests left out of learning. */
export function withSuggestions(history: DemandHistory): DemandHistory {
  return qualityReport(history)
    .filter(({ suggestExcluding }) => suggestExcluding)
    .reduce((changed, finding) => withExcluded(changed, finding, true), history);
}

/** The history with a stretch of one queue left out of learning, or taken back in. Counts are kept either way. */
export function withExcluded(
  history: DemandHistory,
  part: { readonly queueId: string; readonly first: number; readonly end: number },
  excluded: boolean,
): DemandHistory {
  const [from, to] = excluded
    ? [intervalState.open, intervalState.excluded]
    : [intervalState.excluded, intervalState.open];
  return {
    ...history,
    queues: history.queues.map((queue) => {
      if (queue.queueId !== part.queueId) return queue;
      const state = queue.state.slice();
      for (let interval = part.first; interval < part.end; interval++)
        if (state[interval] === from) state[interval] = to;
      return { ...queue, state };
    }),
  };
}

function finding(
  kind: QualityKind,
  grid: IntervalGrid,
  queue: QueueHistory,
  day: number,
  first: number,
  end: number,
  more: Partial<QualityFinding> = {},
): QualityFinding {
  let excluded = true;
  let any = false;
  for (let interval = first; interval < end; interval++) {
    if (queue.state[interval] === intervalState.open) excluded = false;
    if (queue.state[interval] === intervalState.excluded) any = true;
  }
  return {
    kind,
    queueId: queue.queueId,
    date: dateOfDay(grid, day),
    first,
    end,
    actual: null,
    expected: null,
    switchable: false,
    suggestExcluding: false,
    excluded: any && excluded,
    otherDate: null,
    ...more,
  };
}

function gaps(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const found: QualityFinding[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let start = -1;
    for (let interval = grid.dayOffsets[day]; interval <= grid.dayOffsets[day + 1]; interval++) {
      const missing = interval < grid.dayOffsets[day + 1] && queue.state[interval] === intervalState.missing;
      if (missing && start < 0) start = interval;
      if (missing || start < 0) continue;
      found.push(finding("gap", grid, queue, day, start, interval));
      start = -1;
    }
  }
  return found;
}

function counted(state: number): boolean {
  return state === intervalState.open || state === intervalState.excluded;
}

/** Per day: contacts, and whether the queue was open at all. */
function dayTotals(grid: IntervalGrid, queue: QueueHistory): { totals: Float64Array; open: Uint8Array } {
  const totals = new Float64Array(grid.dayCount);
  const open = new Uint8Array(grid.dayCount);
  for (let day = 0; day < grid.dayCount; day++) {
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (queue.state[interval] !== intervalState.closed) open[day] = 1;
      if (counted(queue.state[interval])) totals[day] += queue.offered[interval];
    }
  }
  return { totals, open };
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

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function oddDays(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const { totals, open } = dayTotals(grid, queue);
  const slots = clockSlots(grid);
  const found: QualityFinding[] = [];
  const expectedOf = new Float64Array(grid.dayCount).fill(Number.NaN);
  const logs: number[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const like = likeDays(day, open);
    if (like.length < 3) continue;
    expectedOf[day] = middle(like.map((other) => totals[other]));
    if (open[day] === 1 && totals[day] > 0 && expectedOf[day] > 0)
      logs.push(Math.log(totals[day] / expectedOf[day]));
  }
  const scatter = logs.length > 0 ? 1.4826 * middle(logs.map(Math.abs)) : 0;
  const limit = Math.max(0.3, 5 * scatter);
  const seen = new Map<string, number>();
  for (let day = 0; day < grid.dayCount; day++) {
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const usual = expectedOf[day];
    if (open[day] === 0) {
      if (usual > 0 && usuallyOpen(day, open)) {
        found.push(finding("closedDay", grid, queue, day, first, end, { expected: usual }));
      }
      continue;
    }
    const copied = copyOf(grid, queue, day, totals, seen);
    if (copied !== null) {
      found.push(
        finding("copiedDay", grid, queue, day, first, end, {
          switchable: true,
          suggestExcluding: true,
          otherDate: dateOfDay(grid, copied),
        }),
      );
      continue;
    }
    if (Number.isNaN(usual) || usual <= 0) continue;
    const like = likeDays(day, open);
    const outages = outagesOf(grid, queue, day, like, slots);
    found.push(...outages);
    if (outages.length > 0) continue;
    // Only what the file has of the day is compared.
    const expected = usual * shareSeen(grid, queue, day, like);
    if (expected <= 0) continue;
    const ratio = Math.log(Math.max(totals[day], 0.5) / expected);
    const noise = 4 / Math.sqrt(expected);
    if (Math.abs(ratio) > limit + noise) {
      found.push(
        finding("outlierDay", grid, queue, day, first, end, {
          actual: totals[day],
          expected,
          switchable: true,
          suggestExcluding: Math.abs(ratio) > Math.log(2),
        }),
      );
    }
  }
  return found;
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

/** Most of the same weekdays around were open. */
function usuallyOpen(day: number, open: Uint8Array): boolean {
  let dates = 0;
  let openDates = 0;
  for (let step = -neighbours; step <= neighbours; step++) {
    const other = day + 7 * step;
    if (step === 0 || other < 0 || other >= open.length) continue;
    dates++;
    openDates += open[other];
  }
  return dates > 0 && openDates * 2 > dates;
}

/** An earlier day with exactly the same counts in at least eight intervals that are not all alike; null otherwise. */
function copyOf(
  grid: IntervalGrid,
  queue: QueueHistory,
  day: number,
  totals: Float64Array,
  seen: Map<string, number>,
): number | null {
  if (totals[day] < 50) return null;
  const counts = queue.offered.subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1]);
  const distinct = new Set(counts);
  if (distinct.size < 8) return null;
  const key = counts.join();
  const earlier = seen.get(key);
  if (earlier !== undefined) return earlier;
  seen.set(key, day);
  return null;
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
    const usual = values.length >= 3 ? middle(values) : Number.NaN;
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

/**
 * Weeks before and after which the level differs: medians of six weeks on either side of log(day ÷ its weekday's median)
 * differ by more than fifteen percent and by five standard errors; the sharpest week of a stretch is named.
 */
function levelShifts(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const { totals, open } = dayTotals(grid, queue);
  const byWeekday = Array.from({ length: 8 }, () => [] as number[]);
  const weekdays = Array.from({ length: grid.dayCount }, (_, day) => weekdayOf(dateOfDay(grid, day)));
  for (let day = 0; day < grid.dayCount; day++)
    if (open[day] === 1) byWeekday[weekdays[day]].push(totals[day]);
  const usual = byWeekday.map((values) => (values.length >= 4 ? middle(values) : Number.NaN));
  const side = 42;
  let best: { day: number; shift: number; before: number; after: number } | null = null;
  const found: QualityFinding[] = [];
  const relative = (from: number, to: number) => {
    const values: number[] = [];
    for (let day = from; day < to; day++) {
      const base = usual[weekdays[day]];
      if (open[day] === 1 && totals[day] > 0 && base > 0) values.push(Math.log(totals[day] / base));
    }
    return values;
  };
  for (let day = side; day + side <= grid.dayCount; day += 7) {
    const before = relative(day - side, day);
    const after = relative(day, day + side);
    if (before.length < 20 || after.length < 20) continue;
    const [low, high] = [middle(before), middle(after)];
    const scatter =
      1.4826 *
      middle([...before.map((one) => Math.abs(one - low)), ...after.map((one) => Math.abs(one - high))]);
    const error = 1.2533 * scatter * Math.sqrt(1 / before.length + 1 / after.length);
    const shift = high - low;
    const sharp = Math.abs(shift) > Math.max(Math.log(1.15), 5 * error);
    if (sharp && (best === null || Math.abs(shift) > Math.abs(best.shift))) {
      best = { day, shift, before: Math.exp(low), after: Math.exp(high) };
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

function ahtOutliers(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
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
    const usual = middle(around);
    const scatter = 1.4826 * middle(around.map((one) => Math.abs(one - usual)));
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

function clockChanges(grid: IntervalGrid, queue: QueueHistory): QualityFinding[] {
  const found: QualityFinding[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const minutes = (end - first) * grid.intervalMinutes;
    if (minutes === 1440) continue;
    const night = queue.state.subarray(first, Math.min(end, first + 240 / grid.intervalMinutes));
    if (night.every((state) => state === intervalState.closed)) continue;
    found.push(finding("clockChange", grid, queue, day, first, end, { actual: minutes / 60 }));
  }
  return found;
}
