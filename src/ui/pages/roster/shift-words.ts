import { clockMinuteAt, type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Shift, ShiftTemplate } from "../../../domain/plan/shift.ts";
import type { Format } from "../../kit/format.ts";

/** How a template's shifts are marked: letters, name, and one of six colours. */
export interface TemplateLook {
  readonly code: string;
  readonly name: string;
  /** 1 to 6: `--series-…`. */
  readonly series: number;
}

const seriesCount = 6;

export function templateLooks(plan: Plan): ReadonlyMap<string, TemplateLook> {
  const codes = templateCodes(plan.templates);
  return new Map(
    plan.templates.map(({ id, name }, index) => [
      id,
      { code: codes.get(id) ?? "", name, series: (index % seriesCount) + 1 },
    ]),
  );
}

/** A letter or two for each template, different from each other. */
export function templateCodes(templates: readonly ShiftTemplate[]): Map<string, string> {
  const codes = new Map<string, string>();
  for (const { id, name } of templates) {
    const letters = Array.from(name.trim() || id);
    const taken = new Set(codes.values());
    const first = letters[0].toUpperCase();
    const second =
      letters.slice(1).find((letter) => letter.trim() !== "" && !taken.has(first + letter)) ?? "";
    codes.set(id, taken.has(first) ? first + second : first);
  }
  return codes;
}

/** `07:30–16:00`. Remembered, since scrolling asks for it again and again. */
export function shiftText(shift: Shift, grid: IntervalGrid, format: Format): string {
  return shiftTexts(format)(shift, grid);
}

const shiftTexts = memoizeByObject((format: Format) =>
  memoizeByObject(
    ({ startMinute, endMinute }: Shift, grid: IntervalGrid) =>
      `${format.time(clockMinuteAt(grid, startMinute))}–${format.time(clockMinuteAt(grid, endMinute))}`,
  ),
);

/** `Tue 3 Nov 10:00`, of a minute since the start of a grid. */
export function momentText(grid: IntervalGrid, minute: number, format: Format): string {
  const { date } = localTimeOf(grid, Math.floor(minute / grid.intervalMinutes));
  return `${format.date(date)} ${format.time(clockMinuteAt(grid, minute))}`;
}

/** What fits into a cell of that width, pixels. */
export function shiftLabel(
  shift: Shift,
  code: string,
  width: number,
  grid: IntervalGrid,
  format: Format,
): string {
  if (width >= 104) return `${code} ${shiftText(shift, grid, format)}`;
  const start = clockMinuteAt(grid, shift.startMinute);
  if (width >= 58) return `${code} ${format.time(start)}`;
  if (width >= 40) return format.time(start);
  return `${code}${Math.floor(start / 60)}`;
}
