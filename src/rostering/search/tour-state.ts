import { greatestCommonDivisor } from "../../numerics/greatest-common-divisor.ts";
import {
  goesPastMidnight,
  type RosterProblem,
  type Span,
  spansOf,
  type TourLimits,
} from "../problem/roster-problem.ts";

/**
 * What the days so far of a tour mean for those to come, under one set of limits. Counters that no limit reads stay 0,
 * so that states which differ in nothing that matters are the same.
 */
export interface TourState {
  /** Which kinds may be worked the day after the last shift (a row of `mayFollow`); 0 on days off. */
  successors: number;
  /** Days off still missing to the least before work may begin; 0 while working. */
  offMissing: number;
  /** Days worked in a row, counted up to where no limit tells the difference; 0 on days off. */
  workRun: number;
  /** The run of work is long enough to end, or began before the horizon. */
  mayEnd: boolean;
  weekends: number;
  /** Worked weekends in a row. */
  weekendRun: number;
  /** The weekend of the day to come is worked already. */
  isWeekendCounted: boolean;
  /** Paid time of the span and of the week, in units that divide every shift. */
  paidUnits: number;
  weekUnits: number;
  nights: number;
  /** Shifts of each tight cap in the span. */
  readonly capped: number[];
}

/** The moves from state to state that a set of limits allows: an option a day. */
export interface TourStates extends TourOptions {
  readonly spans: readonly Span[];
  /** Caps that are left out of the state: `cheapestTour` holds them by prices. */
  readonly looseCaps: readonly number[];
  /** Every code of a state is below this. */
  readonly codeCount: number;
  /** The state before the first day. */
  newState(): TourState;
  encode(state: TourState): number;
  decode(code: number, into: TourState): void;
  /** Writes to `next` where an option on a day leads; false, and `next` spoilt, where the limits forbid it. */
  advance(state: TourState, day: number, option: number, next: TourState): boolean;
}

/** The states of all tours that `limits` allow over the horizon of a problem. */
export function tourStates(problem: RosterProblem, limits: TourLimits): TourStates {
  const { dayCount, weekOfDay, weekendOfDay, weekendOfNight = weekendOfDay } = problem;
  const { isLeave, before } = limits;
  const spans = spansOf(dayCount, limits);
  const { tightCaps, looseCaps } = splitCaps(problem, limits, spans);
  const grouped = tourOptions(problem, limits, tightCaps);
  const { minutesOf, isNight, isPastMidnight, successorsOf, mayFollow, capsOf } = grouped;
  const counted = countedBy(problem, limits, spans, grouped);
  const { unit, longestRun, leastRun, leastOff, longestNights } = counted;
  const weekMinutesBefore = before?.weekMinutes ?? 0;
  const firstWeekUnits = Math.min(
    counted.weekUnits ?? 0,
    Math.floor((limits.maximumMinutesPerWeek - weekMinutesBefore) / unit),
  );
  const weekendBefore = before?.isWeekendWorked ? weekOfDay[0] : -1;
  const codes = stateCodes(counted, mayFollow.length, capSizes(spans, tightCaps));
  const spanOfDay = spans.flatMap((span) => new Array<Span>(span.to - span.from).fill(span));

  /** Runs that leave cuts short or prolongs may be shorter than the least. */
  const takeDayOff = (state: TourState, day: number, next: TourState): boolean => {
    if (state.workRun > 0 && !state.mayEnd && !isLeave?.[day]) return false;
    next.successors = 0;
    next.offMissing = state.workRun > 0 ? leastOff - 1 : Math.max(0, state.offMissing - 1);
    if (isLeave?.[day]) next.offMissing = 0;
    next.workRun = 0;
    next.mayEnd = false;
    next.nights = 0;
    return true;
  };
  const takeShift = (state: TourState, day: number, option: number, next: TourState): boolean => {
    const isAtWork = state.workRun > 0;
    if (isAtWork ? !mayFollow[state.successors][option] : state.offMissing > 0) return false;
    const run = state.workRun + 1;
    if (counted.isRunLimited && run > longestRun) return false;
    next.successors = successorsOf[option];
    next.offMissing = 0;
    next.workRun = Math.min(run, longestRun);
    const mayBeShort = day === 0 ? (before?.mayEnd ?? true) : run === 1 && isLeave?.[day - 1] === true;
    next.mayEnd = state.mayEnd || run >= leastRun || mayBeShort;
    next.nights = isNight[option] ? state.nights + 1 : 0;
    if (next.nights > longestNights) return false;
    const weekend = isPastMidnight[option] ? weekendOfNight[day] : weekendOfDay[day];
    const isNewWeekend = weekend >= 0 && !(state.isWeekendCounted && weekendOfDay[day] === weekend);
    if (counted.weekends !== null && isNewWeekend) {
      next.weekends++;
      if (next.weekends > spanOfDay[day].maximumWeekends) return false;
    }
    if (counted.weekendRun !== null && isNewWeekend && weekend !== weekendBefore) {
      next.weekendRun++;
      if (next.weekendRun > counted.weekendRun) return false;
    }
    next.isWeekendCounted ||= counted.tellsWeekends && weekend >= 0;
    if (counted.paidUnits !== null) {
      next.paidUnits += minutesOf[option] / unit;
      if (next.paidUnits * unit > spanOfDay[day].maximumMinutes) return false;
    }
    if (counted.weekUnits !== null) {
      next.weekUnits += minutesOf[option] / unit;
      if (next.weekUnits > (weekOfDay[day] === weekOfDay[0] ? firstWeekUnits : counted.weekUnits))
        return false;
    }
    for (let position = 0; position < tightCaps.length; position++) {
      next.capped[position] += capsOf[option][position];
      if (next.capped[position] > spanOfDay[day].caps[tightCaps[position]]) return false;
    }
    return true;
  };
  /** What must hold where a week or a span ends, and begins again from 0. */
  const closeDay = (day: number, next: TourState): boolean => {
    const weekend = weekendOfDay[day];
    const isWeekendOver = weekend >= 0 && weekendOfDay[day + 1] !== weekend;
    if (isWeekendOver && !next.isWeekendCounted && weekend !== weekendBefore) next.weekendRun = 0;
    next.isWeekendCounted &&=
      day + 1 < dayCount && weekendOfDay[day + 1] >= 0 && weekendOfNight[day] === weekendOfDay[day + 1];
    const isWeekOver = day + 1 === dayCount || weekOfDay[day + 1] !== weekOfDay[day];
    if (counted.weekUnits !== null && isWeekOver) {
      if (next.weekUnits * unit < (limits.minimumMinutesOfWeek[weekOfDay[day]] ?? 0)) return false;
      next.weekUnits = 0;
    }
    if (day + 1 === spanOfDay[day].to) {
      if (counted.paidUnits !== null && next.paidUnits * unit < spanOfDay[day].minimumMinutes) return false;
      next.paidUnits = 0;
      next.weekends = 0;
      next.capped.fill(0);
    }
    return true;
  };
  return {
    options: grouped.options,
    optionOfKind: grouped.optionOfKind,
    spans,
    looseCaps,
    codeCount: codes.count,
    newState: () => ({
      successors: grouped.successorsBefore,
      offMissing: before && before.workRun === 0 ? Math.max(0, leastOff - before.offRun) : 0,
      workRun: Math.min(before?.workRun ?? 0, longestRun),
      mayEnd: before !== undefined && before.workRun > 0 && (before.mayEnd || before.workRun >= leastRun),
      weekends: 0,
      weekendRun: counted.weekendRun === null ? 0 : Math.min(before?.weekendRun ?? 0, counted.weekendRun),
      isWeekendCounted: false,
      paidUnits: 0,
      weekUnits: 0,
      nights: counted.countsNights ? Math.min(before?.nightRun ?? 0, longestNights) : 0,
      capped: new Array<number>(tightCaps.length).fill(0),
    }),
    encode: codes.encode,
    decode: codes.decode,
    advance(state, day, option, next) {
      next.weekends = state.weekends;
      next.weekendRun = state.weekendRun;
      next.isWeekendCounted = state.isWeekendCounted;
      next.paidUnits = state.paidUnits;
      next.weekUnits = state.weekUnits;
      for (let position = 0; position < tightCaps.length; position++)
        next.capped[position] = state.capped[position];
      const isAllowed = option === 0 ? takeDayOff(state, day, next) : takeShift(state, day, option, next);
      return isAllowed && closeDay(day, next);
    },
  };
}

/** Kinds of shift that lead from every state to the same state are one option. */
export interface TourOptions {
  /** Kinds of each option; option 0 is the day off and holds −1. */
  readonly options: readonly (readonly number[])[];
  /** Option of each kind, or −1 where the limits never allow it. */
  readonly optionOfKind: Int16Array;
}

/** What the options mean to the counters, option by option. */
interface GroupedOptions extends TourOptions {
  readonly minutesOf: readonly number[];
  readonly isNight: readonly boolean[];
  readonly isPastMidnight: readonly boolean[];
  /** Row of `mayFollow` after a shift of the option. */
  readonly successorsOf: readonly number[];
  /** Row of `mayFollow` on the first day, where the day before was worked. */
  readonly successorsBefore: number;
  /** `mayFollow[row][option]`. */
  readonly mayFollow: readonly (readonly boolean[])[];
  /** 1 for each tight cap in which the option counts. */
  readonly capsOf: readonly (readonly number[])[];
}

function tourOptions(
  { kinds, dayCount, weekendOfNight }: RosterProblem,
  limits: TourLimits,
  tightCaps: readonly number[],
): GroupedOptions {
  const isAllowed = kinds.map(
    (_, kind) => !limits.caps.some((cap) => cap.maximum === 0 && cap.kinds.includes(kind)),
  );
  const { before } = limits;
  const nightsAtMost = dayCount + (before?.nightRun ?? 0);
  const countsNights = (limits.maximumConsecutiveNights ?? nightsAtMost) < nightsAtMost;
  const isNightKind = (kind: number): boolean => countsNights && kind >= 0 && kinds[kind].isNight === true;
  // What goes past midnight matters where Friday's night would count as a weekend.
  const areWeekendsLimited =
    limits.maximumWeekends < dayCount || limits.maximumConsecutiveWeekends !== undefined;
  const tellsPastMidnight = weekendOfNight !== undefined && areWeekendsLimited;
  const isPastMidnight = (kind: number): boolean =>
    tellsPastMidnight && kind >= 0 && goesPastMidnight(kinds[kind]);
  const marks = (isMarked: (other: number) => boolean): string =>
    kinds.map((_, other) => (isAllowed[other] && isMarked(other) ? "1" : "0")).join("");
  const rowOf = kinds.map((_, kind) => marks((next) => limits.mayFollow[kind][next]));
  const rowBefore = before && before.workRun > 0 ? marks((next) => before.mayStart[next]) : null;
  const rows = [
    ...new Set([...rowOf.filter((_, kind) => isAllowed[kind]), ...(rowBefore === null ? [] : [rowBefore])]),
  ];

  const options: number[][] = [[-1]];
  const optionOfKind = new Int16Array(kinds.length).fill(-1);
  const optionByName = new Map<string, number>();
  for (const [kind, { minutes }] of kinds.entries()) {
    if (!isAllowed[kind]) continue;
    const predecessors = marks((last) => limits.mayFollow[last][kind]) + (rowBefore?.[kind] ?? "");
    const caps = tightCaps.filter((cap) => limits.caps[cap].kinds.includes(kind));
    const name = [rowOf[kind], predecessors, minutes, caps, isNightKind(kind), isPastMidnight(kind)].join(
      "/",
    );
    const option = optionByName.get(name) ?? options.push([]) - 1;
    optionByName.set(name, option);
    options[option].push(kind);
    optionOfKind[kind] = option;
  }
  // Kinds of an option are alike, so the first stands for all.
  const first = options.map(([kind]) => kind);
  return {
    options,
    optionOfKind,
    minutesOf: first.map((kind) => (kind < 0 ? 0 : kinds[kind].minutes)),
    isNight: first.map(isNightKind),
    isPastMidnight: first.map(isPastMidnight),
    successorsOf: first.map((kind) => (kind < 0 ? 0 : rows.indexOf(rowOf[kind]))),
    successorsBefore: rowBefore === null ? 0 : rows.indexOf(rowBefore),
    mayFollow: rows.map((row) => first.map((kind) => kind < 0 || row[kind] === "1")),
    capsOf: first.map((kind) => tightCaps.map((cap) => (limits.caps[cap].kinds.includes(kind) ? 1 : 0))),
  };
}

/** How far each counter of a state goes; null: no limit reads it. */
interface Counted {
  /** Minutes that divide every shift's. */
  readonly unit: number;
  readonly paidUnits: number | null;
  readonly weekUnits: number | null;
  readonly weekends: number | null;
  readonly weekendRun: number | null;
  /** Something of weekends is limited. */
  readonly tellsWeekends: boolean;
  readonly isRunLimited: boolean;
  readonly longestRun: number;
  readonly leastRun: number;
  readonly leastOff: number;
  readonly longestNights: number;
  readonly countsNights: boolean;
}

function countedBy(
  { dayCount, weekendOfDay, weekendOfNight = weekendOfDay }: RosterProblem,
  limits: TourLimits,
  spans: readonly Span[],
  { minutesOf, isNight }: GroupedOptions,
): Counted {
  const most = (value: (span: Span) => number): number => Math.max(0, ...spans.map(value));
  const longestShift = Math.max(0, ...minutesOf);
  const unit = minutesOf.reduce(greatestCommonDivisor, 0) || 1;
  const isPaidLimited = spans.some(
    ({ from, to, minimumMinutes, maximumMinutes }) =>
      minimumMinutes > 0 || maximumMinutes < longestShift * (to - from),
  );
  const mostPaid = Math.min(
    most(({ maximumMinutes }) => maximumMinutes),
    longestShift * most(({ from, to }) => to - from),
  );
  const { before } = limits;
  const isWeekLimited =
    limits.minimumMinutesOfWeek.some((minutes) => minutes > 0) ||
    limits.maximumMinutesPerWeek < longestShift * 7 + (before?.weekMinutes ?? 0);
  const weekendCount = new Set(weekendOfNight.filter((weekend) => weekend >= 0)).size;
  const areWeekendsLimited = spans.some(({ maximumWeekends }) => maximumWeekends < weekendCount);
  const mostDays = dayCount + (before?.workRun ?? 0);
  const mostNights = dayCount + (before?.nightRun ?? 0);
  const mostWeekends = weekendCount + (before?.weekendRun ?? 0);
  const { maximumConsecutiveWeekends = mostWeekends } = limits;
  const areWeekendRunsLimited = maximumConsecutiveWeekends < mostWeekends;
  const leastRun = Math.min(limits.minimumConsecutiveDays, mostDays);
  const isRunLimited = limits.maximumConsecutiveDays < mostDays;
  const longestNights = Math.min(limits.maximumConsecutiveNights ?? mostNights, mostNights);
  return {
    unit,
    paidUnits: isPaidLimited ? Math.floor(mostPaid / unit) : null,
    weekUnits: isWeekLimited
      ? Math.floor(Math.min(limits.maximumMinutesPerWeek, longestShift * 7) / unit)
      : null,
    weekends: areWeekendsLimited
      ? Math.min(
          most(({ maximumWeekends }) => maximumWeekends),
          weekendCount,
        )
      : null,
    weekendRun: areWeekendRunsLimited ? maximumConsecutiveWeekends : null,
    tellsWeekends: areWeekendsLimited || areWeekendRunsLimited,
    isRunLimited,
    longestRun: isRunLimited ? limits.maximumConsecutiveDays : leastRun,
    leastRun,
    leastOff: Math.min(limits.minimumConsecutiveDaysOff, before ? Infinity : dayCount),
    longestNights,
    countsNights: isNight.includes(true),
  };
}

/** States as whole numbers: each counter is a digit of its own size. Throws TooManyStates beyond exact numbers. */
function stateCodes(
  counted: Counted,
  successorRows: number,
  capDigits: readonly number[],
): {
  count: number;
  encode: (state: TourState) => number;
  decode: (code: number, into: TourState) => void;
} {
  const { leastOff, longestRun } = counted;
  const rows = Math.max(1, successorRows);
  // Days off still missing, then days worked that may not end, then those that may.
  const runs = leastOff + 2 * longestRun;
  const weekends = (counted.weekends ?? 0) + 1;
  const weekendRuns = (counted.weekendRun ?? 0) + 1;
  const weekendFlags = counted.tellsWeekends ? 2 : 1;
  const paid = (counted.paidUnits ?? 0) + 1;
  const week = (counted.weekUnits ?? 0) + 1;
  const nights = counted.countsNights ? counted.longestNights + 1 : 1;
  const count = [rows, runs, weekends, weekendRuns, weekendFlags, paid, week, nights, ...capDigits].reduce(
    (product, size) => product * size,
    1,
  );
  if (count > Number.MAX_SAFE_INTEGER) throw new TooManyStates("too many states of a tour");
  return {
    count,
    encode(state) {
      const run =
        state.workRun === 0
          ? state.offMissing
          : leastOff + (state.mayEnd ? longestRun : 0) + state.workRun - 1;
      let code = 0;
      for (let position = capDigits.length - 1; position >= 0; position--)
        code = code * capDigits[position] + state.capped[position];
      code = code * nights + state.nights;
      code = code * week + state.weekUnits;
      code = code * paid + state.paidUnits;
      code = code * weekendFlags + (state.isWeekendCounted ? 1 : 0);
      code = code * weekendRuns + state.weekendRun;
      code = code * weekends + state.weekends;
      return (code * runs + run) * rows + state.successors;
    },
    decode(code, into) {
      let rest = code;
      const digit = (size: number): number => {
        const value = rest % size;
        rest = (rest - value) / size;
        return value;
      };
      into.successors = digit(rows);
      const run = digit(runs);
      into.offMissing = run < leastOff ? run : 0;
      into.mayEnd = run >= leastOff + longestRun;
      into.workRun = run < leastOff ? 0 : ((run - leastOff) % longestRun) + 1;
      into.weekends = digit(weekends);
      into.weekendRun = digit(weekendRuns);
      into.isWeekendCounted = digit(weekendFlags) === 1;
      into.paidUnits = digit(paid);
      into.weekUnits = digit(week);
      into.nights = digit(nights);
      for (let position = 0; position < capDigits.length; position++)
        into.capped[position] = digit(capDigits[position]);
    },
  };
}

/** The limits count too much over too long a horizon: cut it into spans. */
export class TooManyStates extends RangeError {}

/** How often states with capped counts may multiply before the loosest cap is left to prices. */
const cappedStates = 30;

/** Caps that can bind, tightest first; those whose counts would blow the state up are loose. */
function splitCaps(
  { kinds }: RosterProblem,
  limits: TourLimits,
  spans: readonly Span[],
): { tightCaps: number[]; looseCaps: number[] } {
  const shortest = Math.max(1, Math.min(...kinds.map(({ minutes }) => minutes)));
  const binding = limits.caps
    .map((cap, index) => ({
      index,
      isOpen: cap.maximum > 0,
      isBinding: spans.some(
        ({ from, to, maximumMinutes, caps }) => caps[index] < Math.min(to - from, maximumMinutes / shortest),
      ),
      maximum: Math.max(...spans.map(({ caps }) => caps[index])),
    }))
    .filter(({ isOpen, isBinding }) => isOpen && isBinding)
    .sort((a, b) => a.maximum - b.maximum || a.index - b.index);
  const tightCaps: number[] = [];
  const looseCaps: number[] = [];
  let states = 1;
  for (const { index, maximum } of binding) {
    if (states * (maximum + 1) <= cappedStates) {
      states *= maximum + 1;
      tightCaps.push(index);
    } else {
      looseCaps.push(index);
    }
  }
  return { tightCaps, looseCaps };
}

function capSizes(spans: readonly Span[], tightCaps: readonly number[]): number[] {
  return tightCaps.map((cap) => Math.max(...spans.map(({ caps }) => caps[cap])) + 1);
}
