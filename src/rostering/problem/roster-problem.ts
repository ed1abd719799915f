/**
 * Rostering in its neutral form: people, days, kinds of shift, cover, and the limits of a contract.
 *
 * A plan and a benchmark file are both turned into this; rules, search, bound and explanation know nothing else.
 * Hard rules are limits of one person's tour; everything that several people share is cover, and costs.
 */
export interface RosterProblem {
  readonly dayCount: number;
  /** Week of each day, for limits per week. */
  readonly weekOfDay: readonly number[];
  /** Weekend of each day, −1 on other days; days of one weekend are neighbours. */
  readonly weekendOfDay: readonly number[];
  /** The same for shifts that go on past midnight: theirs begins on Friday. Absent: no shift does. */
  readonly weekendOfNight?: readonly number[];
  readonly kinds: readonly ShiftKind[];
  readonly cover: Cover;
  readonly people: readonly Person[];
}

/** What can be worked on a day. Kind −1 in a tour is a day off. */
export interface ShiftKind {
  readonly id: string;
  /** Paid minutes. */
  readonly minutes: number;
  /** Clock minutes; the end may lie beyond 1440. Absent where no rule asks. */
  readonly startMinute?: number;
  readonly endMinute?: number;
  readonly isNight?: boolean;
}

/** Soft: cells that want so many people. One shift of kind k on day d counts in the cells `cellsOf[d * kinds + k]`. */
export interface Cover {
  readonly need: Float64Array;
  /** Price of each person missing, and of each too many. */
  readonly underPrice: Float64Array;
  readonly overPrice: Float64Array;
  readonly cellsOf: readonly (readonly number[])[];
  /** Cells that a shift fills on average; absent: one. */
  readonly cellsPerShift?: number;
}

export interface Person {
  readonly id: string;
  readonly limits: TourLimits;
  /**
   * Price of each choice, `day * (kinds + 1) + kind + 1` with 0 for a day off: wishes not granted, wages.
   * Infinity: not available.
   */
  readonly prices: Float64Array;
  /**
   * The same prices with what blocks the person set aside (leave, appointments, weekly hours, fixed shifts): Infinity
   * only where there is no such shift, or another is pinned. Absent: 0 wherever `prices` forbids.
   */
  readonly unblockedPrices?: Float64Array;
  /** Soft rules that are no sum over days. */
  readonly soft?: SoftTerms;
}

/** Hard limits of one tour. People with the same object share the work of unfolding it. */
export interface TourLimits {
  /** `mayFollow[a][b]`: kind b may be worked the day after kind a (minimum rest, forbidden successions). */
  readonly mayFollow: readonly (readonly boolean[])[];
  /** At most so many shifts of these kinds in the horizon; 0 for kinds the person may not work at all. */
  readonly caps: readonly KindCap[];
  readonly minimumMinutes: number;
  readonly maximumMinutes: number;
  /** One entry per week of the horizon: less in a week that the horizon cuts, or that holds paid time off. */
  readonly minimumMinutesOfWeek: readonly number[];
  readonly maximumMinutesPerWeek: number;
  readonly maximumConsecutiveDays: number;
  readonly minimumConsecutiveDays: number;
  readonly minimumConsecutiveDaysOff: number;
  readonly maximumWeekends: number;
  /** At most so many days in a row of kinds with `isNight`. Absent: no limit. */
  readonly maximumConsecutiveNights?: number;
  /** Days of leave: a run of work or of days off that leave cuts short or prolongs may be shorter than the least. */
  readonly isLeave?: readonly boolean[];
  /** At most so many worked weekends in a row. Absent: no limit. */
  readonly maximumConsecutiveWeekends?: number;
  /** What the person worked until the horizon begins. Absent: nothing is known, and all of it satisfies the limits. */
  readonly before?: DaysBefore;
  /**
   * Parts of a long horizon that each keep their share of the limits on minutes, weekends and kinds, so that what
   * counts over the whole horizon need not be remembered beyond a part (`horizon-spans.ts`). Absent: one part.
   */
  readonly spans?: readonly Span[];
}

/** What the days before the horizon mean for those in it. Counts that no limit reads are 0. */
export interface DaysBefore {
  /** Days of work in a row up to the horizon; 0: the last day was off. */
  readonly workRun: number;
  /**
   * A run of work at the horizon's beginning may be shorter than the least: it is long enough by now, or began after
   * leave or before what is known.
   */
  readonly mayEnd: boolean;
  /** Days off in a row up to the horizon, no more than the least; 0: the last day was worked. */
  readonly offRun: number;
  readonly nightRun: number;
  /** Worked weekends in a row, up to the last that has begun. */
  readonly weekendRun: number;
  /** The weekend in which the horizon begins is among them. */
  readonly isWeekendWorked: boolean;
  /** Paid minutes of the first week; its least minutes are what is still owed after them. */
  readonly weekMinutes: number;
  /** Kinds that may be worked on the first day, by rest and forbidden successions. */
  readonly mayStart: readonly boolean[];
}

/** Whole weeks of the horizon, `from` to before `to`, and their share of the limits. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly minimumMinutes: number;
  readonly maximumMinutes: number;
  readonly maximumWeekends: number;
  /** One per cap. */
  readonly caps: readonly number[];
}

/** The parts in which limits are counted: the whole horizon where there are no spans. */
export function spansOf(dayCount: number, limits: TourLimits): readonly Span[] {
  return (
    limits.spans ?? [
      {
        from: 0,
        to: dayCount,
        minimumMinutes: limits.minimumMinutes,
        maximumMinutes: limits.maximumMinutes,
        maximumWeekends: limits.maximumWeekends,
        caps: limits.caps.map(({ maximum }) => maximum),
      },
    ]
  );
}

export interface KindCap {
  readonly kinds: readonly number[];
  readonly maximum: number;
  /** The cap is the legal limit of nights: it is a rule of its own on screen. */
  readonly isNights?: boolean;
}

/** One person's kind per day; −1 is a day off. */
export type Tour = Int16Array;

export const dayOff = -1;

/** Weekend that a choice works in, −1 for none. */
export function weekendOf(
  { weekendOfDay, weekendOfNight, kinds }: Omit<RosterProblem, "people">,
  day: number,
  kind: number,
): number {
  if (kind === dayOff) return -1;
  return weekendOfNight && goesPastMidnight(kinds[kind]) ? weekendOfNight[day] : weekendOfDay[day];
}

export function goesPastMidnight({ endMinute = 0 }: ShiftKind): boolean {
  return endMinute > 1440;
}

/** Price index of a choice in `Person.prices`. */
export function choiceIndex(problem: RosterProblem, day: number, kind: number): number {
  return day * (problem.kinds.length + 1) + kind + 1;
}

/** Limits that forbid nothing, to be narrowed. */
export function openLimits(kindCount: number): TourLimits {
  return {
    mayFollow: Array.from({ length: kindCount }, () => new Array<boolean>(kindCount).fill(true)),
    caps: [],
    minimumMinutes: 0,
    maximumMinutes: Infinity,
    minimumMinutesOfWeek: [],
    maximumMinutesPerWeek: Infinity,
    maximumConsecutiveDays: Infinity,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: Infinity,
  };
}

/** Price of what one person works, without cover and without soft rules that are no sum over days. */
export function tourPrice(problem: RosterProblem, person: Person, tour: Tour): number {
  let price = 0;
  for (let day = 0; day < problem.dayCount; day++)
    price += person.prices[choiceIndex(problem, day, tour[day])];
  return price;
}

/** People present in each cell of the cover. */
export function coverOf(problem: RosterProblem, tours: readonly Tour[]): Float64Array {
  const present = new Float64Array(problem.cover.need.length);
  for (const tour of tours) {
    for (let day = 0; day < problem.dayCount; day++) {
      if (tour[day] === dayOff) continue;
      for (const cell of problem.cover.cellsOf[day * problem.kinds.length + tour[day]]) present[cell]++;
    }
  }
  return present;
}

export function coverPrice(cover: Cover, present: Float64Array): number {
  let price = 0;
  for (let cell = 0; cell < present.length; cell++) {
    const missing = cover.need[cell] - present[cell];
    price += missing > 0 ? missing * cover.underPrice[cell] : -missing * cover.overPrice[cell];
  }
  return price;
}

/**
 * The soft rules that are no sum over single days, one function each: they answer the days on which they are broken and
 * what each costs. What is a sum over days (wishes, early or late starts, changes) stands in `Person.prices`.
 *
 * The search cannot keep them by construction: it is guided towards them by prices (`addGuidePrices`) and judged by them.
 */
export interface SoftTerms {
  readonly tallies: readonly Tally[];
  /** Price of a single day off between two days of work. */
  readonly singleDayOff?: number;
  readonly startMove?: { readonly weight: number; readonly toleranceMinutes: number };
  readonly partner?: {
    /** Index of the other person. */
    readonly person: number;
    readonly kind: "sameShifts" | "sameDaysOff" | "neverTogether";
    readonly weight: number;
  };
}

/** Something of which everybody is to have about as much, or at least so much. */
export interface Tally {
  readonly rule: "fairNights" | "fairWeekends" | "fairLates" | "fairUndesired" | "skillRotation";
  /** 1 where a choice counts, `day * kinds + kind`; of several days of a weekend one counts where `perWeekend`. */
  readonly counted: Uint8Array;
  readonly perWeekend: boolean;
  /** What was carried over from earlier periods. */
  readonly carried: number;
  /** Below `least` and above `most` the distance costs. */
  readonly least: number;
  readonly most: number;
  readonly weight: number;
  /** The distance counts squared: two too many cost four times as much as one. */
  readonly squared: boolean;
}
