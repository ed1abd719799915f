import {
  dayOff,
  openLimits,
  type Person,
  type RosterProblem,
  type ShiftKind,
  type Tour,
  type TourLimits,
} from "../../src/rostering/problem/roster-problem.ts";

/** Kinds of the small cases: E early, L late (and by law a night), both 480 paid minutes, H half a day of 240. */
export const smallKinds: readonly ShiftKind[] = [
  { id: "E", minutes: 480, startMinute: 360, endMinute: 840 },
  { id: "L", minutes: 480, startMinute: 1080, endMinute: 1560, isNight: true },
  { id: "H", minutes: 240, startMinute: 480, endMinute: 720 },
];

/**
 * A horizon of days from a Monday, one cell per day and kind that wants nobody, and one person per entry of `limits`.
 * `needed` fills cells: `{ "3E": 2 }` wants two early shifts on day 3.
 */
export function smallProblem(
  dayCount: number,
  limits: readonly Partial<TourLimits>[],
  needed: Readonly<Record<string, number>> = {},
): RosterProblem {
  const kindCount = smallKinds.length;
  const days = Array.from({ length: dayCount }, (_, day) => day);
  const need = new Float64Array(dayCount * kindCount);
  for (const [cell, count] of Object.entries(needed))
    need[Number.parseInt(cell, 10) * kindCount + kindOf(cell.slice(-1))] = count;
  return {
    dayCount,
    weekOfDay: days.map((day) => Math.floor(day / 7)),
    weekendOfDay: days.map((day) => (day % 7 >= 5 ? Math.floor(day / 7) : -1)),
    kinds: smallKinds,
    cover: {
      need,
      underPrice: new Float64Array(need.length).fill(100),
      overPrice: new Float64Array(need.length).fill(1),
      cellsOf: Array.from(need, (_, cell) => [cell]),
    },
    people: limits.map(
      (own, index): Person => ({
        id: ["Ada", "Ben", "Cy"][index] ?? `P${index}`,
        limits: { ...openLimits(kindCount), ...own },
        prices: new Float64Array(dayCount * (kindCount + 1)),
      }),
    ),
  };
}

/** `"EE-L"` as a tour; `-` is a day off. */
export function tour(text: string): Tour {
  return Int16Array.from(text, kindOf);
}

function kindOf(letter: string): number {
  return letter === "-" ? dayOff : smallKinds.findIndex(({ id }) => id === letter);
}

/** Early may not follow late. */
export const noEarlyAfterLate = smallKinds.map((last) =>
  smallKinds.map((next) => !(last.id === "L" && next.id === "E")),
);
