import {
  dateOfEpochDay,
  epochDay,
  type LocalDate,
  localTimeAt,
  offsetMinutesAt,
} from "../../domain/calendar/clock.ts";
import {
  clockSlots,
  createIntervalGrid,
  dateOfDay,
  type IntervalGrid,
  intervalCount,
  minuteOfInstant,
} from "../../domain/calendar/interval-grid.ts";
import { fail, type Outcome, succeed } from "../../domain/outcome.ts";
import { intervalState, type QueueHistory } from "../../domain/results/demand.ts";
import type { IssueList } from "../../files/issue-list.ts";
import type {
  ContactAccount,
  Gap,
  HistoryImport,
  HistoryImportInput,
  Lacking,
  QueueAccount,
} from "./history-import.ts";
import { intervalStates, leavesOutNoughts } from "./interval-states.ts";
import type { HistoryMapping } from "./layouts.ts";
import { customaryAnswerSeconds, type Measure, measures } from "./measure-columns.ts";
import type { RowReader } from "./row-reader.ts";
import { isDaily } from "./row-times.ts";

/** A plan's history longer than this is a mistyped year. */
const maximumDays = 20 * 366;

/** What was read, summed onto the plan's grid, with closed told from missing. */
export function historyOnGrid(
  reader: RowReader,
  mapping: HistoryMapping,
  input: HistoryImportInput,
  issues: IssueList,
): Outcome<HistoryImport> {
  const line = mapping.headerLine + 1;
  const { firstDate, lastDate } = spanOf(reader, mapping, input.timeZone);
  const dayCount = epochDay(lastDate) - epochDay(firstDate) + 1;
  if (dayCount > maximumDays) {
    const lonely = reader.firstLineOf(epochDay(firstDate)) || reader.firstLineOf(epochDay(lastDate)) || line;
    issues.add({
      code: "import.spanTooLong",
      severity: "error",
      line: lonely,
      values: { firstDate, lastDate },
    });
    return fail(...issues.all());
  }
  const grid = createIntervalGrid(input.timeZone, input.intervalMinutes, firstDate, dayCount);
  const { sums, split } = sumsOnGrid(reader, mapping, grid);
  if (split) {
    const values = { rowMinutes: mapping.rowMinutes, intervalMinutes: input.intervalMinutes };
    const code = isDaily(mapping) ? "import.dailySpread" : "import.splitRows";
    issues.add({ code, severity: "warning", line, values });
  }
  if (mapping.firstDate !== null) {
    issues.add({
      code: "import.dateAssumed",
      severity: "warning",
      line,
      values: { firstDate: mapping.firstDate },
    });
  }
  const { rowsRead, rowsRefused, hasNoughts } = reader.tally();
  const gaps: Gap[] = [];
  const total = mapping.rows === "contact" ? null : totalAmong(sums);
  if (total !== null) {
    issues.add({ code: "import.totalQueue", severity: "warning", line, values: { queue: total } });
    sums.delete(total);
  }
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  const isSparse = sorted.map(([queueId, sum]) => {
    if (mapping.rows !== "interval") return mapping.rows === "contact" && !isDaily(mapping);
    if (hasNoughts || !leavesOutNoughts(grid, sum)) return false;
    issues.add({ code: "import.noughtsLeftOut", severity: "info", line, values: { queue: queueId } });
    return true;
  });
  const states = intervalStates(
    grid,
    sorted.map(([, sum]) => sum),
    (queue) => isSparse[queue],
  );
  const leftOut = new Map<string, number>();
  if (total !== null) leftOut.set(total, reader.tally().contacts.get(total)?.read ?? 0);
  const queues = sorted.map(([queueId, sum], index) => {
    const remark = (code: string, values: Readonly<Record<string, number>>) =>
      issues.add({ code, severity: "info", line, values: { queue: queueId, ...values } });
    const queue = queueOnGrid(grid, queueId, sum, states[index], mapping, reader, remark);
    leftOut.set(queueId, queue.leftOut);
    gaps.push(...gapsOf(grid, queueId, queue.history.state));
    return queue.history;
  });
  const contacts = accountOf(reader, queues, leftOut);
  if (contacts === null) {
    issues.add({ code: "import.sumsDiffer", severity: "error", line });
    return fail(...issues.all());
  }
  const lacking: Lacking[] = [];
  if (!reader.has("handleSeconds")) lacking.push("aht");
  if (mapping.firstDate !== null) lacking.push("date");
  if (isDaily(mapping)) lacking.push("intraday");
  return succeed(
    {
      mapping,
      history: { grid, queues },
      channels: queues.map(({ queueId }) => reader.channelOf(queueId)),
      rowsInFile: rowsRead + rowsRefused,
      rowsRead,
      rowsRefused,
      contacts,
      firstDate,
      lastDate,
      gaps,
      closedDates: closedDatesOf(grid, queues),
      lacking,
      resolutionTimes: reader.resolutionTimes(),
    },
    issues.all(),
  );
}

/** A queue that is the sum of all others at every time, whatever it is called; null: none is. */
function totalAmong(sums: ReadonlyMap<string, Sums>): string | null {
  if (sums.size < 3) return null;
  const series = [...sums.values()].map(({ offered }) => offered);
  const all = series[0].map((_, interval) => series.reduce((sum, offered) => sum + offered[interval], 0));
  for (const [queueId, { offered }] of sums) {
    let [intervals, ofSeveral] = [0, 0];
    const isSum = offered.every((count, interval) => {
      if (all[interval] === 0) return true;
      intervals++;
      if (series.filter((other) => other[interval] > 0).length > 2) ofSeveral++;
      return Math.abs(all[interval] - 2 * count) <= 1e-6 * all[interval];
    });
    if (isSum && ofSeveral >= 5 && ofSeveral * 10 >= intervals) return queueId;
  }
  return null;
}

/** Where all contacts went; null when some were lost or made on the way, which must not be. */
function accountOf(
  reader: RowReader,
  queues: readonly QueueHistory[],
  leftOut: ReadonlyMap<string, number>,
): ContactAccount | null {
  const { contacts, rowsWithoutCount } = reader.tally();
  const accounts: QueueAccount[] = [];
  for (const [queueId, { read, refused }] of contacts) {
    const offered = queues.find((queue) => queue.queueId === queueId)?.offered ?? new Float64Array(0);
    const inHistory = offered.reduce((sum, count) => sum + count, 0);
    const outside = leftOut.get(queueId) ?? 0;
    if (!(Math.abs(read - inHistory - outside) <= 1e-6 * Math.max(1, read))) return null;
    accounts.push({ queueId, inFile: read + refused, inHistory, leftOut: outside, refused });
  }
  accounts.sort((a, b) => (a.queueId < b.queueId ? -1 : 1));
  return { queues: accounts, rowsWithoutCount };
}

function spanOf(
  reader: RowReader,
  mapping: HistoryMapping,
  timeZone: string,
): { firstDate: LocalDate; lastDate: LocalDate } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { start } of reader.table.filled()) {
    if (start < first) first = start;
    if (start > last) last = start;
  }
  const dateOf = (instant: number) =>
    isDaily(mapping)
      ? dateOfEpochDay(instant / 86_400)
      : localTimeAt(instant, offsetMinutesAt(instant, timeZone)).date;
  return { firstDate: dateOf(first), lastDate: dateOf(last) };
}

/** Figures per interval, and the seconds of each interval for which there was a row. */
type Sums = Readonly<Record<Measure, Float64Array>> & { readonly covered: Float64Array };

/** `split`: some row lies in more than one interval and was divided in proportion to time. */
function sumsOnGrid(
  reader: RowReader,
  mapping: HistoryMapping,
  grid: IntervalGrid,
): { sums: Map<string, Sums>; split: boolean } {
  const count = intervalCount(grid);
  const length = grid.intervalMinutes * 60;
  const sums = new Map<string, Sums>();
  let split = false;
  const rowSecondsAt = rowLengths(mapping, grid.timeZone);
  for (const { queueId, start, cells, slot } of reader.table.filled()) {
    let sum = sums.get(queueId);
    if (sum === undefined) {
      const series = Object.fromEntries(
        [...measures, "covered"].map((name) => [name, new Float64Array(count)]),
      );
      sum = series as Record<Measure | "covered", Float64Array>;
      sums.set(queueId, sum);
    }
    let from: number;
    let to: number;
    if (isDaily(mapping)) {
      const day = start / 86_400 - epochDay(grid.firstDate);
      // Counted from the day's end, because clocks change in the small hours.
      const end = grid.dayOffsets[day + 1] * length;
      from = Math.max(grid.dayOffsets[day] * length, end - (1440 - mapping.dayStartMinute) * 60);
      to = end - (1440 - mapping.dayEndMinute) * 60;
    } else {
      from = minuteOfInstant(grid, start) * 60;
      to = from + rowSecondsAt(start, reader.table.slotSeconds);
    }
    const first = Math.floor(from / length);
    const last = Math.ceil(to / length) - 1;
    if (last > first) split = true;
    for (let interval = Math.max(0, first); interval <= Math.min(count - 1, last); interval++) {
      const overlap = Math.min(to, (interval + 1) * length) - Math.max(from, interval * length);
      const share = overlap / (to - from);
      for (const measure of measures) sum[measure][interval] += cells[measure][slot] * share;
      sum.covered[interval] += overlap;
    }
  }
  return { sums, split };
}

/**
 * Seconds that a row covers which starts at an instant. A row whose clock time fell into a change of the clocks starts with the change, and ends when it would have ended.
 */
function rowLengths(
  { rows, rowMinutes, rowPhaseMinutes = 0, timeZone }: HistoryMapping,
  planZone: string,
): (start: number, slotSeconds: number) => number {
  // Contacts lie in the slot they are counted in, unless their times are those of intervals.
  if (rows === "contact" && rowMinutes === 1) return (_, slotSeconds) => slotSeconds;
  const rowSeconds = rowMinutes * 60;
  const zone = timeZone ?? planZone;
  const changes = new Map<number, boolean>();
  return (start) => {
    const day = Math.floor(start / 86_400);
    let changing = changes.get(day);
    if (changing === undefined) {
      changing =
        offsetMinutesAt((day - 1) * 86_400, zone) !== offsetMinutesAt((day + 2) * 86_400, zone) ||
        offsetMinutesAt(day * 86_400, zone) !== offsetMinutesAt((day + 1) * 86_400, zone);
      changes.set(day, changing);
    }
    if (!changing) return rowSeconds;
    const late = start + offsetMinutesAt(start, zone) * 60 - rowPhaseMinutes * 60;
    return rowSeconds - (((late % rowSeconds) + rowSeconds) % rowSeconds);
  };
}

/** One queue with its states; contacts in intervals that count as closed are left out and said. */
function queueOnGrid(
  grid: IntervalGrid,
  queueId: string,
  sum: Sums,
  state: Uint8Array,
  mapping: HistoryMapping,
  reader: RowReader,
  remark: (code: string, values: Readonly<Record<string, number>>) => void,
): { readonly history: QueueHistory; readonly leftOut: number } {
  // Contacts cover no time: an interval with a single one is no part of an interval.
  const stray =
    mapping.rows === "contact"
      ? { intervals: 0, contacts: 0 }
      : leaveOutStrayRows(grid, state, sum, grid.intervalMinutes * 60);
  if (stray.intervals > 0) {
    remark("import.partIntervals", { intervals: stray.intervals, contacts: Math.round(stray.contacts) });
  }
  let outside = -stray.contacts;
  for (let interval = 0; interval < state.length; interval++) {
    if (state[interval] === intervalState.open) continue;
    outside += sum.offered[interval];
    for (const measure of measures) sum[measure][interval] = 0;
  }
  if (outside > 0.5) remark("import.outsideHours", { contacts: Math.round(outside) });
  const history: QueueHistory = {
    queueId,
    state,
    offered: sum.offered,
    handled: reader.has("handled") ? sum.handled : null,
    abandoned: reader.has("abandoned") ? sum.abandoned : null,
    handleSeconds: reader.has("handleSeconds") ? sum.handleSeconds : null,
    ...(reader.has("waitSeconds") ? { waitSeconds: sum.waitSeconds } : {}),
    ...(reader.has("inTime")
      ? { inTime: { seconds: mapping.answerWithinSeconds ?? customaryAnswerSeconds, contacts: sum.inTime } }
      : {}),
    ...(reader.has("redials") ? { redials: sum.redials } : {}),
  };
  return { history, leftOut: outside + stray.contacts };
}

/** Dates on which no queue was open. */
function closedDatesOf(grid: IntervalGrid, queues: readonly QueueHistory[]): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    const open = queues.some(({ state }) =>
      state
        .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
        .some((one) => one !== intervalState.closed),
    );
    if (!open) dates.push(dateOfDay(grid, day));
  }
  return dates;
}

/**
 * Files that close with a row at the closing time itself (21:00 of a day that ends at 21:00) leave an interval of which
 * only a small part is covered, day after day. Planning it as a full interval would be wrong, so it is left out and said.
 */
function leaveOutStrayRows(
  grid: IntervalGrid,
  state: Uint8Array,
  sum: { readonly offered: Float64Array; readonly covered: Float64Array },
  length: number,
): { intervals: number; contacts: number } {
  const slots = clockSlots(grid);
  const seen = new Map<number, { part: number; all: number }>();
  for (let interval = 0; interval < state.length; interval++) {
    if (state[interval] !== intervalState.open) continue;
    const slot = seen.get(slots[interval]) ?? { part: 0, all: 0 };
    slot.all++;
    if (sum.covered[interval] > 0 && sum.covered[interval] < length * 0.4) slot.part++;
    seen.set(slots[interval], slot);
  }
  let intervals = 0;
  let contacts = 0;
  for (let interval = 0; interval < state.length; interval++) {
    const slot = seen.get(slots[interval]);
    if (slot === undefined || slot.part < slot.all * 0.9 || state[interval] === intervalState.closed)
      continue;
    if (state[interval] === intervalState.open) {
      intervals++;
      contacts += sum.offered[interval];
    }
    state[interval] = intervalState.closed;
  }
  return { intervals, contacts };
}

function gapsOf(grid: IntervalGrid, queueId: string, state: Uint8Array): Gap[] {
  const gaps: Gap[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let start = -1;
    for (let interval = grid.dayOffsets[day]; interval <= grid.dayOffsets[day + 1]; interval++) {
      const missing = interval < grid.dayOffsets[day + 1] && state[interval] === intervalState.missing;
      if (missing && start < 0) start = interval;
      if (!missing && start >= 0) {
        gaps.push({ queueId, date: dateOfDay(grid, day), firstInterval: start, intervals: interval - start });
        start = -1;
      }
    }
  }
  return gaps;
}
