import { isPause, withActivity, withoutActivity } from "../../domain/plan/edit-shift.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { bestChanges, costOfChange, gapOf, type Search } from "./candidates.ts";
import { changeableShifts } from "./day-rules.ts";
import type { PersonChange } from "./option.ts";

const stepMinutes = 5;
const passes = 3;
/** Of shifts whose template says nothing of where a break may lie. */
const farthestMinutes = 120;

/**
 * Breaks that have not begun go where they leave the smallest gap, within the windows of their templates: one after the
 * other to its best place, until none moves any more.
 */
export function moveBreaks(search: Search): PersonChange[] {
  const { plan, roster, line, dayEnd, groupOf } = search;
  const gap = gapOf(search);
  const shifts = changeableShifts(roster, search.floor.today, line, dayEnd);
  const moved = shifts.map(({ shift }) => shift);
  for (let pass = 0; pass < passes; pass++) {
    let isStill = true;
    for (const [index, { agentId }] of shifts.entries()) {
      const group = groupOf(agentId);
      const present = moved[index];
      for (let at = 0; at < present.activities.length; at++) {
        const current = moved[index];
        let best: Shift | null = null;
        let bestGain = 1e-6;
        for (const other of otherPlaces(search, current, at)) {
          const gain = gap.gain(group, current, other);
          if (gain > bestGain && search.rules.breaksFit(shifts[index].shift, other)) {
            best = other;
            bestGain = gain;
          }
        }
        if (best === null) continue;
        gap.put(group, current, best);
        moved[index] = best;
        isStill = false;
      }
    }
    if (isStill) break;
  }
  const changes = shifts.flatMap(({ agentId, shift }, index): PersonChange[] =>
    moved[index] === shift
      ? []
      : [
          {
            agentId,
            from: shift,
            to: moved[index],
            cost: costOfChange(plan, roster, shift, moved[index]),
            isWished: false,
          },
        ],
  );
  return bestChanges(search, changes);
}

/** The shift with its break number `at` elsewhere from now on; none where it is no break, or has begun. */
export function otherPlaces(
  { line, floor }: Pick<Search, "line" | "floor">,
  shift: Shift,
  at: number,
): Shift[] {
  const pause = shift.activities[at];
  if (pause === undefined || !isPause(pause) || pause.kind === "split" || pause.startMinute < line) return [];
  const without = withoutActivity(shift, at);
  if (without === null) return [];
  const length = pause.endMinute - pause.startMinute;
  const step = Math.min(stepMinutes, floor.soFar.grid.intervalMinutes);
  const steps = Math.floor(farthestMinutes / step);
  const places: Shift[] = [];
  for (let k = -steps; k <= steps; k++) {
    const startMinute = pause.startMinute + k * step;
    if (k === 0 || startMinute < Math.max(line, shift.startMinute + 1)) continue;
    if (startMinute + length >= shift.endMinute) continue;
    const other = withActivity(without, { ...pause, startMinute, endMinute: startMinute + length });
    if (other !== null) places.push(other);
  }
  return places;
}
