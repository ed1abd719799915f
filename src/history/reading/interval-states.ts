import { type Weekday, weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import { usualOpening } from "../../domain/calendar/usual-opening.ts";
import { intervalState } from "../../domain/results/demand.ts";
import { exp } from "../../numerics/elementary.ts";

/** What came in a queue's intervals, and how much of each the file speaks of. */
export interface QueueCounts {
  readonly offered: Float64Array;
  /** Seconds of each interval for which there is a row. */
  readonly covered: Float64Array;
}

/** Times of day of a grid, gathered once for all queues. */
interface Calendar {
  readonly grid: IntervalGrid;
  readonly slots: Int32Array;
  readonly slotCount: number;
  readonly weekdays: Uint8Array;
}

/** Contacts by weekday (1 to 7) and clock slot. */
interface WeekProfile {
  /** Dates of a weekday on which anything came. */
  readonly dates: Float64Array;
  readonly contacts: Float64Array;
  /** Dates on which anything came in the slot. */
  readonly used: Float64Array;
  readonly dayTotals: Float64Array;
}

/** An emptiness this unlikely in open time is no chance: e⁻⁸ is one in three thousand. */
const surelyMissed = 8;
/** An emptiness that chance may have made. */
const maybeMissed = 3;

/**
 * Closed, open or missing, per interval and queue.
 *
 * Where the file has no rows for empty intervals (a log of contacts, or counts that leave noughts out: `sparse`), a queue is
 * open from its first use of a weekday to its last, and whatever is empty between is a nought; hours that other weekdays
 * and queues keep are its own too, unless so much should have come in them that it would have been seen. Otherwise an
 * interval is open when it has a row, and missing without one when most dates of that weekday have one.
 *
 * In both: a day on which nothing came is closed when something surely should have come. Times that are hardly ever used,
 * far less than the others and too long for chance, are closed though a contact strayed into them.
 */
export function intervalStates(
  grid: IntervalGrid,
  queues: readonly QueueCounts[],
  sparse: (queue: number) => boolean,
): Uint8Array[] {
  const calendar: Calendar = {
    grid,
    slots: clockSlots(grid),
    slotCount: 1440 / grid.intervalMinutes,
    weekdays: Uint8Array.from({ length: grid.dayCount }, (_, day) => weekdayOf(dateOfDay(grid, day))),
  };
  const profiles = queues.map(({ offered }) => profileOf(calendar, offered));
  const place = sumOf(profiles, calendar);
  return queues.map((queue, index) => {
    const profile = profiles[index];
    const used = usedHours(calendar, profile);
    const open = widened(calendar, profile, used, [
      usedHours(calendar, place),
      rowHours(calendar, queue, profile),
    ]);
    const dayOpen = openDays(calendar, queue, profile, place, sparse(index));
    return sparse(index)
      ? sparseStates(calendar, queue, open, dayOpen)
      : writtenStates(calendar, queue, open, dayOpen);
  });
}

function profileOf({ grid, slots, slotCount, weekdays }: Calendar, offered: Float64Array): WeekProfile {
  const profile: WeekProfile = {
    dates: new Float64Array(8),
    contacts: new Float64Array(8 * slotCount),
    used: new Float64Array(8 * slotCount),
    dayTotals: new Float64Array(grid.dayCount),
  };
  for (let day = 0; day < grid.dayCount; day++) {
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (offered[interval] === 0) continue;
      const cell = weekdays[day] * slotCount + slots[interval];
      profile.contacts[cell] += offered[interval];
      profile.used[cell]++;
      profile.dayTotals[day] += offered[interval];
    }
    if (profile.dayTotals[day] > 0) profile.dates[weekdays[day]]++;
  }
  return profile;
}

function sumOf(profiles: readonly WeekProfile[], { grid, slotCount, weekdays }: Calendar): WeekProfile {
  if (profiles.length === 1) return profiles[0];
  const sum: WeekProfile = {
    dates: new Float64Array(8),
    contacts: new Float64Array(8 * slotCount),
    used: new Float64Array(8 * slotCount),
    dayTotals: new Float64Array(grid.dayCount),
  };
  for (const profile of profiles) {
    for (let cell = 0; cell < sum.contacts.length; cell++) {
      sum.contacts[cell] += profile.contacts[cell];
      sum.used[cell] = Math.max(sum.used[cell], profile.used[cell]);
    }
    for (let day = 0; day < grid.dayCount; day++) sum.dayTotals[day] += profile.dayTotals[day];
  }
  for (let day = 0; day < grid.dayCount; day++) if (sum.dayTotals[day] > 0) sum.dates[weekdays[day]]++;
  return sum;
}

/** 1 in slots that have rows on dates of a weekday on which anything came. */
function rowHours(
  { grid, slots, slotCount, weekdays }: Calendar,
  { covered }: QueueCounts,
  profile: WeekProfile,
): Uint8Array {
  const hours = new Uint8Array(8 * slotCount);
  for (let day = 0; day < grid.dayCount; day++) {
    if (profile.dayTotals[day] === 0) continue;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (covered[interval] > 0) hours[weekdays[day] * slotCount + slots[interval]] = 1;
    }
  }
  return hours;
}

/** 1 in slots from the first use of a weekday to the last, without stretches that are hardly used. */
function usedHours({ grid, slotCount }: Calendar, profile: WeekProfile): Uint8Array {
  const open = new Uint8Array(8 * slotCount);
  for (let weekday = 1; weekday <= 7; weekday++) {
    const cells = profile.used.subarray(weekday * slotCount, (weekday + 1) * slotCount);
    const first = cells.findIndex((dates) => dates > 0);
    if (first < 0) continue;
    const last = cells.findLastIndex((dates) => dates > 0);
    open.fill(1, weekday * slotCount + first, weekday * slotCount + last + 1);
    const dates = profile.dates[weekday];
    if (dates < 4) continue;
    const contacts = profile.contacts.subarray(weekday * slotCount, (weekday + 1) * slotCount);
    let total = 0;
    for (let slot = first; slot <= last; slot++) total += contacts[slot];
    // Hours without the empty ones between first and last use: a stray call at night makes no quiet day of a busy one.
    const busy = cells.subarray(first, last + 1).filter((used) => used >= dates * 0.1).length;
    const usual = total / dates / Math.max(1, busy > 0 ? busy : last - first + 1);
    let from = first;
    while (from <= last) {
      let end = from;
      let seen = 0;
      let came = 0;
      while (end <= last && cells[end] < dates * 0.1 && contacts[end] < usual * dates * 0.1) {
        seen += cells[end];
        came += contacts[end];
        end++;
      }
      const length = end - from;
      const hours = Math.max(1, (length * grid.intervalMinutes) / 60);
      const expected = usual * dates * length;
      if (length > 0 && expected >= surelyMissed && came < expected * 0.1 && seen < dates * hours * 0.1) {
        open.fill(0, weekday * slotCount + from, weekday * slotCount + end);
      }
      from = end + 1;
    }
  }
  return open;
}

/**
 * Hours of use, widened to those of the whole week, of all queues together and of the rows there are, where a queue is too
 * quiet to show them: what is added would have brought a few contacts at most, so that none came is no wonder. Of a weekday
 * that came three times or less, all hours that have rows are taken for open.
 */
function widened(
  calendar: Calendar,
  profile: WeekProfile,
  own: Uint8Array,
  [place, rows]: readonly [Uint8Array, Uint8Array],
): Uint8Array {
  const { slotCount } = calendar;
  const open = own.slice();
  const week = new Uint8Array(slotCount);
  for (let cell = slotCount; cell < own.length; cell++) if (own[cell] === 1) week[cell % slotCount] = 1;
  for (let weekday = 1; weekday <= 7; weekday++) {
    const dates = profile.dates[weekday];
    if (dates === 0) continue;
    const at = weekday * slotCount;
    const hours = own.subarray(at, at + slotCount);
    const first = hours.indexOf(1);
    const end = hours.lastIndexOf(1) + 1;
    if (first < 0) continue;
    const sum = profile.contacts
      .subarray(at, at + slotCount)
      .reduce((total, contacts) => total + contacts, 0);
    const perSlot =
      sum /
      Math.max(
        1,
        hours.reduce((count, slot) => count + slot, 0),
      );
    for (const wider of [place.subarray(at, at + slotCount), week, rows.subarray(at, at + slotCount)]) {
      const [from, to] = [wider.indexOf(1), wider.lastIndexOf(1) + 1];
      if (from >= 0 && from < first && (first - from) * perSlot < maybeMissed)
        open.fill(1, at + from, at + first);
      if (to > end && (to - end) * perSlot < maybeMissed) open.fill(1, at + end, at + to);
    }
    if (dates < 4) for (let slot = at; slot < at + slotCount; slot++) if (rows[slot] === 1) open[slot] = 1;
  }
  return open;
}

/** 1 on days that were open. */
function openDays(
  { grid, weekdays }: Calendar,
  { covered }: QueueCounts,
  profile: WeekProfile,
  place: WeekProfile,
  sparse: boolean,
): Uint8Array {
  const dates = new Float64Array(8);
  const sums = new Float64Array(8);
  const placeSums = new Float64Array(8);
  const [first, end] = lifeOf(profile, grid.dayCount);
  for (let day = first; day < end; day++) {
    dates[weekdays[day]]++;
    sums[weekdays[day]] += profile.dayTotals[day];
    placeSums[weekdays[day]] += place.dayTotals[day];
  }
  const means = sums.map((sum, weekday) => (dates[weekday] > 0 ? sum / dates[weekday] : 0));
  const busiest = Math.max(...means);
  const open = new Uint8Array(grid.dayCount);
  for (let day = 0; day < grid.dayCount; day++) {
    if (profile.dayTotals[day] > 0) {
      open[day] = 1;
      continue;
    }
    const weekday = weekdays[day] as Weekday;
    const hasRow = sparse
      ? day >= first && day < end
      : covered.subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1]).some((part) => part > 0);
    const byChance =
      means[weekday] > 0 &&
      means[weekday] < maybeMissed &&
      means[weekday] >= busiest * 0.1 &&
      (place.dayTotals[day] > 0 || placeSums[weekday] / dates[weekday] < maybeMissed);
    if (hasRow && byChance) open[day] = 1;
  }
  return open;
}

/**
 * Days from a queue's first contact to its last: half-open. Before and after, the days on which nothing came are its own as
 * far as chance explains them; a queue that began late, or has ended, was closed then.
 */
function lifeOf({ dayTotals }: WeekProfile, dayCount: number): [number, number] {
  const first = dayTotals.findIndex((contacts) => contacts > 0);
  const end = dayTotals.findLastIndex((contacts) => contacts > 0) + 1;
  if (first < 0) return [0, 0];
  const perDay = dayTotals.reduce((sum, contacts) => sum + contacts, 0) / (end - first);
  const slack = Math.floor(maybeMissed / perDay);
  return [first <= slack ? 0 : first, dayCount - end <= slack ? dayCount : end];
}

function sparseStates(
  { grid, slots, slotCount, weekdays }: Calendar,
  { offered }: QueueCounts,
  hours: Uint8Array,
  dayOpen: Uint8Array,
): Uint8Array {
  const state = new Uint8Array(offered.length);
  for (let day = 0; day < grid.dayCount; day++) {
    if (dayOpen[day] === 0) continue;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (hours[weekdays[day] * slotCount + slots[interval]] === 1) state[interval] = intervalState.open;
    }
  }
  return state;
}

function writtenStates(
  { grid, slots, slotCount, weekdays }: Calendar,
  { covered }: QueueCounts,
  hours: Uint8Array,
  dayOpen: Uint8Array,
): Uint8Array {
  const open = new Uint8Array(grid.dayCount * slotCount);
  for (let day = 0; day < grid.dayCount; day++) {
    if (dayOpen[day] === 0) continue;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++)
      if (covered[interval] > 0) open[day * slotCount + slots[interval]] = 1;
  }
  const record = { dayCount: grid.dayCount, slotCount, weekdays, dayOpen, open };
  const usual = usualOpening(record, { dates: grid.dayCount });
  const state = new Uint8Array(covered.length);
  for (let day = 0; day < grid.dayCount; day++) {
    if (dayOpen[day] === 0) continue;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const cell = weekdays[day] * slotCount + slots[interval];
      if (hours[cell] === 0) continue;
      if (covered[interval] > 0) state[interval] = intervalState.open;
      else if (usual.times[cell] === 1) state[interval] = intervalState.missing;
    }
  }
  for (let day = 0; day < grid.dayCount; day++) {
    if (dayOpen[day] === 0 || !isShortDay(grid, day, dayOpen, usual.weekdays)) continue;
    const [first, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
    for (const [from, step] of [
      [end - 1, -1],
      [first, 1],
    ]) {
      for (let at = from; at >= first && at < end && state[at] !== intervalState.open; at += step)
        if (state[at] === intervalState.missing) state[at] = intervalState.closed;
    }
  }
  return state;
}

/**
 * Days on which a place closes early or opens late by custom, so that hours without a row before closing or after opening
 * are no gap: Christmas Eve, New Year's Eve, and the days beside one that should have been open and was closed.
 */
function isShortDay(grid: IntervalGrid, day: number, dayOpen: Uint8Array, usuallyOpen: Uint8Array): boolean {
  const monthAndDay = dateOfDay(grid, day).slice(5);
  if (monthAndDay === "12-24" || monthAndDay === "12-31") return true;
  return [day - 1, day + 1].some(
    (other) =>
      other >= 0 &&
      other < grid.dayCount &&
      dayOpen[other] === 0 &&
      usuallyOpen[weekdayOf(dateOfDay(grid, other))] === 1,
  );
}

/**
 * Whether counts leave out the rows of empty intervals. No row of the file is nought, and as many rows are missing between
 * first and last use as chance makes noughts at the counts there are: among those of one time of a weekday, of which only
 * the ones above nought are seen, the mean tells how many are not.
 */
export function leavesOutNoughts(grid: IntervalGrid, queue: QueueCounts): boolean {
  const calendar: Calendar = {
    grid,
    slots: clockSlots(grid),
    slotCount: 1440 / grid.intervalMinutes,
    weekdays: Uint8Array.from({ length: grid.dayCount }, (_, day) => weekdayOf(dateOfDay(grid, day))),
  };
  const profile = profileOf(calendar, queue.offered);
  const hours = usedHours(calendar, profile);
  let absent = 0;
  let expected = 0;
  for (let cell = calendar.slotCount; cell < hours.length; cell++) {
    const dates = profile.dates[Math.floor(cell / calendar.slotCount)];
    if (hours[cell] === 0 || dates === 0) continue;
    absent += dates - profile.used[cell];
    expected += dates * exp(-meanOfSeen(profile.contacts[cell] / Math.max(1, profile.used[cell])));
  }
  return absent >= 10 && absent < expected * 2.5 && absent > expected * 0.3;
}

/** Mean of a Poisson count whose mean among those above nought is `seen`: the λ of λ ÷ (1 − e^−λ) = seen. */
function meanOfSeen(seen: number): number {
  if (seen <= 1) return 0.05;
  let mean = seen;
  for (let round = 0; round < 30; round++) mean = seen * (1 - exp(-mean));
  return mean;
}
