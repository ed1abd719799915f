import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { TourRule } from "../../domain/plan/shift.ts";
import type { BlockInput, ShiftForm, ShiftsInput, TourKind } from "./shift-block.ts";

/** Weeks that no block may be cut between: two where tours run over two, 0 without tours. */
export function weeksTogether(input: Pick<ShiftsInput, "settings" | "breaksOnly">): number {
  const rules = toursOf(input);
  return rules.some(({ everySecondWeekendOff }) => everySecondWeekendOff) ? 2 : Math.min(1, rules.length);
}

/** Which week, from Monday to Sunday, a day of the grid lies in; 0 is the first, whole or cut. */
export function weekOfDay(grid: IntervalGrid, day: number): number {
  return Math.floor((day + weekdayOf(grid.firstDate) - 1) / 7);
}

/** Rules for weeks; none where only breaks move, because the shifts of each week are known. */
function toursOf(input: Pick<ShiftsInput, "settings" | "breaksOnly">) {
  return input.breaksOnly === true ? [] : (input.settings.tours ?? []);
}

/** The kinds of tours of a block's weeks. A band is named by its first start that a form has. */
export function tourKinds(
  input: BlockInput,
  forms: readonly ShiftForm[],
  firstDay: number,
  dayCount: number,
): { inTours: Uint8Array; tours: TourKind[] } {
  const rules = toursOf(input);
  const inTours = Uint8Array.from(input.templates, ({ id }) =>
    rules.some(({ templateIds }) => templateIds.includes(id)) ? 1 : 0,
  );
  if (rules.length === 0 || forms.length === 0) return { inTours, tours: [] };
  const { grid } = input.requirement;
  /** Minutes after the start of its day. */
  const offsets = forms.map((form) => form.startMinute - grid.dayOffsets[form.day] * grid.intervalMinutes);
  const weeks: number[][] = [];
  for (let day = firstDay; day < firstDay + dayCount; day++) {
    const week = weekOfDay(grid, day);
    weeks[week] ??= [];
    weeks[week].push(day);
  }
  /** The stretches a tour of the rule covers: weeks, or pairs of them. */
  const stretches = (twoWeeks: boolean): number[][][] => {
    const found: number[][][] = [];
    for (const [week, days] of weeks.entries()) {
      if (days === undefined) continue;
      const pair = twoWeeks && week % 2 === 1 && found.at(-1)?.length === 1 ? found.at(-1) : undefined;
      if (pair === undefined) found.push([days]);
      else pair.push(days);
    }
    return found;
  };
  const tours: TourKind[] = [];
  for (const [rule, tourRule] of rules.entries()) {
    const { templateIds, startBandMinutes } = tourRule;
    const members = forms.flatMap((form, index) =>
      templateIds.includes(input.templates[form.shape.template].id) ? [index] : [],
    );
    const kinds = new Map<string, number[]>();
    for (const index of members) {
      const { shape, group } = forms[index];
      const key = `${shape.template} ${shape.length} ${group}`;
      kinds.set(key, [...(kinds.get(key) ?? []), index]);
    }
    for (const indices of kinds.values()) {
      const starts = [...new Set(indices.map((index) => offsets[index]))].sort((a, b) => a - b);
      // A band that holds no more than the one before it is that one again.
      const last = starts[starts.length - 1];
      const bands = starts.filter((_, at) => at === 0 || starts[at - 1] + startBandMinutes < last);
      for (const stretch of stretches(tourRule.everySecondWeekendOff === true)) {
        const patterns = patternsOf(grid, tourRule, stretch);
        for (const band of bands) {
          const formsByDay = stretch
            .flat()
            .map((day) =>
              Int32Array.from(
                indices.filter(
                  (index) =>
                    forms[index].day === day &&
                    offsets[index] >= band &&
                    offsets[index] <= band + startBandMinutes,
                ),
              ),
            );
          tours.push({ rule, formsByDay, patterns });
        }
      }
    }
  }
  return { inTours, tours };
}

/** Sets of days a tour may work in one week or two; of two weeks at least one weekend is off. */
function patternsOf(
  grid: IntervalGrid,
  { daysPerWeek, daysOffTogether }: TourRule,
  stretch: readonly (readonly number[])[],
): number[][] {
  const [first, second] = stretch.map((week) =>
    workingDays(week.length, Math.min(daysPerWeek, week.length), daysOffTogether),
  );
  if (second === undefined) return first;
  const worksWeekend = (week: number, chosen: readonly number[]) =>
    chosen.some((at) => weekdayOf(dateOfDay(grid, stretch[week][at])) >= 6);
  return first.flatMap((early) =>
    second
      .filter((late) => !(worksWeekend(0, early) && worksWeekend(1, late)))
      .map((late) => [...early, ...late.map((at) => at + stretch[0].length)]),
  );
}

/** Sets of `work` days of a week of `days`; with days off together, around the end of the week too. */
function workingDays(days: number, work: number, together: boolean): number[][] {
  const sets: number[][] = [];
  for (let mask = 0; mask < 1 << days; mask++) {
    const chosen = Array.from({ length: days }, (_, day) => day).filter((day) => (mask & (1 << day)) !== 0);
    if (chosen.length !== work) continue;
    const edges = chosen.filter((day) => !chosen.includes((day + 1) % days)).length;
    if (!together || edges <= 1) sets.push(chosen);
  }
  return sets;
}
