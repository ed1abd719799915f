import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid, localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { TourRule } from "../../domain/plan/shift.ts";
import type { BlockInput, ShiftForm, ShiftsInput, TourKind } from "./shift-block.ts";

/** Weeks that no block may be cut between: two where tours run over two, 0 without tours. */
export function weeksTogether(input: Pick<ShiftsInput, "settings" | "breaksOnly">): number {
  const rules = tourRulesOf(input);
  return rules.some(({ everySecondWeekendOff }) => everySecondWeekendOff) ? 2 : Math.min(1, rules.length);
}

/** Which week, from Monday to Sunday, a day of the grid lies in; 0 is the first, whole or cut. */
export function weekOfDay(grid: IntervalGrid, day: number): number {
  return Math.floor((day + weekdayOf(grid.firstDate) - 1) / 7);
}

/** Rules for weeks; none where only breaks move, because each week's shifts are given. */
function tourRulesOf(input: Pick<ShiftsInput, "settings" | "breaksOnly">): readonly TourRule[] {
  return input.breaksOnly === true ? [] : (input.settings.tours ?? []);
}

/** A form with what a tour's rule asks of it. */
interface TourForm {
  readonly index: number;
  readonly form: ShiftForm;
  /** Clock time at which it starts. */
  readonly clockMinute: number;
  /** Starts on a Friday and is still at work on Saturday. */
  readonly isFridayNight: boolean;
}

/** Days of the grid that a tour covers: one week or two. */
type Stretch = readonly (readonly number[])[];

/** The kinds of tours of a block's weeks. A band is named by its first start that a form has. */
export function tourKinds(
  input: BlockInput,
  forms: readonly ShiftForm[],
  {
    firstDay,
    dayCount,
    slotMinutes,
  }: { readonly firstDay: number; readonly dayCount: number; readonly slotMinutes: number },
): { inTours: Uint8Array; tours: TourKind[] } {
  const rules = tourRulesOf(input);
  const inTours = Uint8Array.from(input.templates, ({ id }) =>
    rules.some(({ templateIds }) => templateIds.includes(id)) ? 1 : 0,
  );
  if (rules.length === 0 || forms.length === 0) return { inTours, tours: [] };
  const { grid } = input.requirement;
  const tourForms = forms.map((form, index) => tourForm(grid, form, index, slotMinutes));
  const weeks = weeksOf(grid, firstDay, dayCount);
  const tours = rules.flatMap((rule, number) => {
    const members = tourForms.filter(({ form }) =>
      rule.templateIds.includes(input.templates[form.shape.template].id),
    );
    return [...byShapeAndGroup(members).values()].flatMap((alike) => {
      const bands = bandsOf(alike, rule.startBandMinutes);
      return stretchesOf(weeks, rule.everySecondWeekendOff === true).flatMap((stretch) =>
        bands.flatMap((band) => kindsOf(grid, rule, number, stretch, alike.filter(band))),
      );
    });
  });
  return { inTours, tours };
}

function tourForm(grid: IntervalGrid, form: ShiftForm, index: number, slotMinutes: number): TourForm {
  const { intervalMinutes } = grid;
  const start = localTimeOf(grid, Math.floor(form.startMinute / intervalMinutes));
  const lastMinute = form.startMinute + form.shape.length * slotMinutes - 1;
  const end = localTimeOf(grid, Math.floor(lastMinute / intervalMinutes));
  return {
    index,
    form,
    clockMinute: start.minuteOfDay + (form.startMinute % intervalMinutes),
    isFridayNight: weekdayOf(start.date) === 5 && end.date !== start.date,
  };
}

/** Days of the block by week of the plan. */
function weeksOf(grid: IntervalGrid, firstDay: number, dayCount: number): Map<number, number[]> {
  const weeks = new Map<number, number[]>();
  for (let day = firstDay; day < firstDay + dayCount; day++) {
    const week = weekOfDay(grid, day);
    weeks.set(week, [...(weeks.get(week) ?? []), day]);
  }
  return weeks;
}

/** The stretches that tours cover: weeks, or pairs of them that begin with an even one. */
function stretchesOf(weeks: ReadonlyMap<number, readonly number[]>, isTwoWeeks: boolean): Stretch[] {
  const stretches: (readonly number[])[][] = [];
  for (const [week, days] of weeks) {
    const pair = isTwoWeeks && week % 2 === 1 ? stretches.at(-1) : undefined;
    if (pair?.length === 1) pair.push(days);
    else stretches.push([days]);
  }
  return stretches;
}

function byShapeAndGroup(forms: readonly TourForm[]): Map<string, TourForm[]> {
  const alike = new Map<string, TourForm[]>();
  for (const one of forms) {
    const { shape, group } = one.form;
    const key = `${shape.template} ${shape.plannedLength} ${group}`;
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return alike;
}

/** Bands of starts by the clock. One that holds no more than the one before it is that one again, and left out. */
function bandsOf(forms: readonly TourForm[], bandMinutes: number): ((form: TourForm) => boolean)[] {
  const starts = [...new Set(forms.map(({ clockMinute }) => clockMinute))].sort((a, b) => a - b);
  const last = starts[starts.length - 1];
  return starts
    .filter((_, at) => at === 0 || starts[at - 1] + bandMinutes < last)
    .map(
      (from) =>
        ({ clockMinute }) =>
          clockMinute >= from && clockMinute <= from + bandMinutes,
    );
}

/**
 * Kinds of tours of like forms in a stretch. Over two weeks a Friday night counts to the weekend; where the band holds
 * Friday shifts that end by midnight as well, those make kinds of their own, by which the weekend stays free.
 */
function kindsOf(
  grid: IntervalGrid,
  rule: TourRule,
  number: number,
  stretch: Stretch,
  forms: readonly TourForm[],
): TourKind[] {
  const days = stretch.flat();
  const hasFridayNight = stretch.map((week) =>
    forms.some(({ form, isFridayNight }) => isFridayNight && week.includes(form.day)),
  );
  const kind = (isNightAllowed: readonly boolean[], patterns: readonly (readonly number[])[]): TourKind => ({
    rule: number,
    formsByDay: days.map((day) => {
      const week = stretch.findIndex((ofWeek) => ofWeek.includes(day));
      const ofDay = forms.filter(
        ({ form, isFridayNight }) => form.day === day && (isNightAllowed[week] || !isFridayNight),
      );
      return Int32Array.from(ofDay, ({ index }) => index);
    }),
    patterns,
  });
  const first = kind([true, true], patternsOf(grid, rule, stretch, hasFridayNight));
  if (stretch.length < 2) return [first];
  const allowed = new Set(first.patterns.map((pattern) => pattern.join()));
  const withFreeWeekend = [
    [false, true],
    [true, false],
  ].map((isNightAllowed) => {
    const nights = hasFridayNight.map((has, week) => has && isNightAllowed[week]);
    const more = kind(isNightAllowed, patternsOf(grid, rule, stretch, nights));
    const patterns = more.patterns.filter(
      (pattern) => !allowed.has(pattern.join()) && pattern.every((day) => more.formsByDay[day].length > 0),
    );
    return { ...more, patterns };
  });
  return [first, ...withFreeWeekend.filter(({ patterns }) => patterns.length > 0)];
}

/** Sets of days a tour may work in one week or two; of two weeks at least one weekend is off. */
function patternsOf(
  grid: IntervalGrid,
  { daysPerWeek, daysOffTogether }: TourRule,
  stretch: Stretch,
  fridayCounts: readonly boolean[],
): number[][] {
  const [first, second] = stretch.map((week) =>
    workingDays(week.length, Math.min(daysPerWeek, week.length), daysOffTogether),
  );
  if (second === undefined) return first;
  const worksWeekend = (week: number, pattern: readonly number[]) =>
    pattern.some((at) => {
      const weekday = weekdayOf(dateOfDay(grid, stretch[week][at]));
      return weekday >= 6 || (weekday === 5 && fridayCounts[week]);
    });
  return first.flatMap((early) =>
    second
      .filter((late) => !(worksWeekend(0, early) && worksWeekend(1, late)))
      .map((late) => [...early, ...late.map((at) => at + stretch[0].length)]),
  );
}

/** Sets of `work` days of a week of `days`; with days off together, around the end of the week too. */
function workingDays(days: number, work: number, isTogether: boolean): number[][] {
  const sets: number[][] = [];
  for (let mask = 0; mask < 1 << days; mask++) {
    const chosen = Array.from({ length: days }, (_, day) => day).filter((day) => (mask & (1 << day)) !== 0);
    if (chosen.length !== work) continue;
    const edges = chosen.filter((day) => !chosen.includes((day + 1) % days)).length;
    if (!isTogether || edges <= 1) sets.push(chosen);
  }
  return sets;
}
