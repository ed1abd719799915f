import { dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { Activity, Shift, ShiftTour } from "../../domain/plan/shift.ts";
import type { Piece, StaffedBlock } from "./piece.ts";
import { idsOfKept } from "./present-schedule.ts";
import type { ShiftProblem, ShiftsInput } from "./shift-block.ts";

/** The optimiser's pieces as shifts with ids, numbered by day in order of start; kept ones have the ids they had. */
export function concreteShifts(
  input: ShiftsInput,
  problem: ShiftProblem,
  staffed: readonly StaffedBlock[],
): { shifts: Shift[]; tours: ShiftTour[] } {
  const { slotMinutes, grid } = problem;
  const keptIds = idsOfKept(input, staffed);
  const taken = new Set([...input.pinned.map(({ id }) => id), ...[...keptIds.values()].flat()]);
  const placed = staffed.flatMap(({ block, best }) =>
    best.pieces.flatMap((piece) =>
      piece.shifts.map((shift) => ({
        shift,
        piece,
        start: (block.firstSlot + shift.form.start) * slotMinutes,
      })),
    ),
  );
  const idsOf = new Map<Piece, string[]>();
  const key = ({ shift: { form, breakStarts } }: (typeof placed)[number]) =>
    [form.shape.template, form.group, form.shape.length, ...breakStarts].map((part) => 1000 + part).join(" ");
  placed.sort(
    (a, b) => a.shift.form.day - b.shift.form.day || a.start - b.start || (key(a) < key(b) ? -1 : 1),
  );
  const lastNumber = new Map<number, number>();
  const freshId = (day: number, date: string) => {
    for (;;) {
      const next = (lastNumber.get(day) ?? 0) + 1;
      lastNumber.set(day, next);
      const id = `${date}-${String(next).padStart(3, "0")}`;
      if (!taken.has(id)) return id;
    }
  };
  const shifts = placed.map(({ shift, piece, start }) => {
    const { form, breakStarts } = shift;
    const template = input.templates[form.shape.template];
    const date = dateOfDay(grid, form.day);
    const id = keptIds.get(shift)?.shift() ?? freshId(form.day, date);
    if (piece.tourRule !== null) idsOf.set(piece, [...(idsOf.get(piece) ?? []), id]);
    return {
      id,
      templateId: template.id,
      groupId: input.groups[form.group].id,
      date,
      startMinute: start,
      endMinute: start + form.shape.length * slotMinutes,
      activities: activitiesOf(
        start,
        start + form.shape.length * slotMinutes,
        template.breaks.map(({ kind, paid, lengthMinutes }, rule) => ({
          kind,
          paid,
          startMinute: start + breakStarts[rule] * slotMinutes,
          endMinute: start + breakStarts[rule] * slotMinutes + lengthMinutes,
        })),
      ),
      pinned: false,
    };
  });
  return { shifts, tours: toursOf(input, [...idsOf]) };
}

/** Tours of the pieces, in order of their first shift. A piece used n times has n ids a day, which are dealt out. */
function toursOf(input: ShiftsInput, pieces: readonly (readonly [Piece, readonly string[]])[]): ShiftTour[] {
  const tours = pieces.flatMap(([{ tourRule, group, shifts }, ids]) => {
    const copies = ids.length / shifts.length;
    return Array.from({ length: copies }, (_, copy) => ({
      ruleId: input.settings.tours?.[tourRule ?? 0].id ?? "",
      groupId: input.groups[group].id,
      shiftIds: shifts.map((_, day) => ids[day * copies + copy]),
    }));
  });
  tours.sort((a, b) => (a.shiftIds[0] < b.shiftIds[0] ? -1 : 1));
  return tours.map((tour, index) => ({ id: `tour-${String(index + 1).padStart(4, "0")}`, ...tour }));
}

/** Breaks in order, paid work between them. */
function activitiesOf(startMinute: number, endMinute: number, breaks: readonly Activity[]): Activity[] {
  const activities: Activity[] = [];
  let at = startMinute;
  const work = (until: number) => {
    if (until > at) activities.push({ kind: "work", startMinute: at, endMinute: until, paid: true });
  };
  for (const pause of [...breaks].sort((a, b) => a.startMinute - b.startMinute)) {
    work(pause.startMinute);
    activities.push(pause);
    at = pause.endMinute;
  }
  work(endMinute);
  return activities;
}
