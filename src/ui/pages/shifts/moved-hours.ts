import { clockMinuteAt } from "../../../domain/calendar/interval-grid.ts";
import type { Schedule, Shift } from "../../../domain/plan/shift.ts";

/** Agent-hours at work that a group has more of (or fewer) in some hours of the day, over all days. */
export interface MovedHours {
  readonly groupId: string;
  /** Clock minutes; the hours run on from one to the other. */
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly hours: number;
}

const stretchMinutes = 120;
const mostTold = 6;

/** The largest differences between two schedules, by group and two hours of the day; less than half an hour is nothing. */
export function movedHours(before: Schedule, after: Schedule): MovedHours[] {
  const hours = new Map<string, Float64Array>();
  const add = (schedule: Schedule, sign: number) => {
    for (const shift of schedule.shifts) addShift(schedule, shift, sign, hours);
  };
  add(before, -1);
  add(after, 1);
  return [...hours]
    .flatMap(([groupId, series]) =>
      Array.from(series, (value, at) => ({
        groupId,
        fromMinute: at * stretchMinutes,
        toMinute: (at + 1) * stretchMinutes,
        hours: value,
      })),
    )
    .filter((one) => Math.abs(one.hours) >= 0.5)
    .sort((a, b) => Math.abs(b.hours) - Math.abs(a.hours))
    .slice(0, mostTold);
}

function addShift({ grid }: Schedule, shift: Shift, sign: number, hours: Map<string, Float64Array>): void {
  const series = hours.get(shift.groupId) ?? new Float64Array(1440 / stretchMinutes);
  hours.set(shift.groupId, series);
  for (const { kind, startMinute, endMinute } of shift.activities) {
    if (kind !== "work") continue;
    for (let minute = startMinute; minute < endMinute; ) {
      const end = Math.min(endMinute, (Math.floor(minute / 15) + 1) * 15);
      series[Math.floor(clockMinuteAt(grid, minute) / stretchMinutes) % series.length] +=
        (sign * (end - minute)) / 60;
      minute = end;
    }
  }
}
