import { begunAt, endedAt } from "../../domain/plan/edit-shift.ts";
import type { Assignment } from "../../domain/plan/roster.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { bestChanges, costOfChange, gapOf, type Search } from "./candidates.ts";
import { changeableShifts } from "./day-rules.ts";
import type { PersonChange } from "./option.ts";

const stepMinutes = 30;
const mostSteps = 4;
/** Somebody who is to come earlier has to know so long before. */
const noticeMinutes = 60;

/** Overtime: shifts end later, or, where they have not begun, begin earlier; by half-hours up to two hours. */
export function overtime(search: Search): PersonChange[] {
  return bestChanges(search, overtimeCandidates(search));
}

/** Every overtime that the rules allow. */
export function overtimeCandidates(search: Search): PersonChange[] {
  return allowed(search, "shiftOn", (shift) => longerShifts(search, shift));
}

/** A shift with all the overtime that is offered, whether rules allow it or not. */
export function longerShifts({ line }: Pick<Search, "line">, shift: Shift): Shift[] {
  const variants: Shift[] = [];
  for (let k = 1; k <= mostSteps; k++) {
    variants.push(endedAt(shift, shift.endMinute + k * stepMinutes));
    const earlier = shift.startMinute - k * stepMinutes;
    if (earlier >= line + noticeMinutes) variants.push(begunAt(shift, earlier));
  }
  return variants;
}

/** Voluntary time off: shifts end earlier, unpaid, where nobody is lacking; who saves most first, and before them who asked. */
export function timeOff(search: Search): PersonChange[] {
  const { line, groupOf } = search;
  const gap = gapOf(search);
  const candidates = allowed(search, "shiftOff", (shift) =>
    Array.from({ length: mostSteps }, (_, k) => endedAt(shift, shift.endMinute - (k + 1) * stepMinutes))
      // A break that would end the shift goes with it, and the end may come to lie before it.
      .filter(({ endMinute }) => endMinute >= Math.max(line, shift.startMinute) + stepMinutes),
  ).sort((a, b) => Number(b.isWished) - Number(a.isWished) || a.cost - b.cost);
  const taken: PersonChange[] = [];
  const busy = new Set<string>();
  for (const change of candidates) {
    const { agentId, from, to, cost } = change;
    if (busy.has(agentId) || cost >= 0 || gap.gain(groupOf(agentId), from, to) < -1e-6) continue;
    gap.put(groupOf(agentId), from, to);
    busy.add(agentId);
    taken.push(change);
  }
  return taken;
}

/** All variants of the shifts that are still to change, as far as the rules of the roster let them. */
function allowed(
  search: Search,
  wish: "shiftOn" | "shiftOff",
  variantsOf: (shift: Shift) => readonly Shift[],
): PersonChange[] {
  const { plan, roster, line, dayEnd, rules } = search;
  const variants = changeableShifts(roster, search.floor.today, line, dayEnd).map((assignment) => ({
    assignment,
    shifts: variantsOf(assignment.shift),
  }));
  rules.learn(variants.flatMap(({ shifts }) => shifts));
  const hasWished = ({ agentId, shift }: Assignment) =>
    plan.agents
      .find(({ id }) => id === agentId)
      ?.wishes.some(({ date, kind }) => date === shift.date && kind === wish) ?? false;
  return variants.flatMap(({ assignment, shifts }) =>
    shifts
      .filter((to) => rules.broken(assignment.agentId, to).length === 0)
      .map((to) => ({
        agentId: assignment.agentId,
        from: assignment.shift,
        to,
        cost: costOfChange(plan, roster, assignment.shift, to),
        isWished: hasWished(assignment),
      })),
  );
}
