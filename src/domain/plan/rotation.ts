import { z } from "zod";
import { addDays, daysBetween, type LocalDate, weekdayOf } from "../calendar/clock.ts";
import { memoizeByObject } from "../memo.ts";

/** As in a plan, which reads this file. */
interface Period {
  readonly firstDate: LocalDate;
  readonly dayCount: number;
}

/** Shortest and longest pattern, weeks. */
export const rotationWeeks = { least: 2, most: 53 } as const;

/** One day of a pattern: a shift of a template, a day off (`templateId` null), or nothing said (null). */
export const rotationCellSchema = z.object({ templateId: z.string().min(1).nullable() }).nullable();
export type RotationCell = z.infer<typeof rotationCellSchema>;

/**
 * A pattern of weeks that people work one after the other, and begin again. The position follows from the date alone,
 * so it goes on over the borders of periods.
 */
export const shiftRotationSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Monday to Sunday, in every row. */
  weeks: z.array(z.array(rotationCellSchema).length(7)).min(rotationWeeks.least).max(rotationWeeks.most),
  /** A day of the week in which people at offset 0 work the first row. */
  startDate: z.iso.date(),
  /** Who works it, and how many rows ahead of the first they are in that week. */
  people: z.array(
    z.object({
      agentId: z.string().min(1),
      offset: z
        .number()
        .int()
        .min(0)
        .max(rotationWeeks.most - 1),
    }),
  ),
});
export type ShiftRotation = z.infer<typeof shiftRotationSchema>;

/** What a rotation asks of a person on a date. */
export interface RotationDay {
  readonly date: LocalDate;
  /** null: a day off. */
  readonly templateId: string | null;
}

/**
 * Row of the pattern that somebody works in the week of a date, from 0.
 *
 * @example weekOfRotation({ weeks: threeWeeks, startDate: "2026-11-02" }, 1, "2026-11-30") // 2: four weeks on, from 1
 */
export function weekOfRotation(
  { weeks, startDate }: Pick<ShiftRotation, "weeks" | "startDate">,
  offset: number,
  date: LocalDate,
): number {
  const monday = (of: LocalDate) => addDays(of, 1 - weekdayOf(of));
  const row = (offset + daysBetween(monday(startDate), monday(date)) / 7) % weeks.length;
  return row < 0 ? row + weeks.length : row;
}

/** The days of a period on which a rotation asks something of a person. */
export function rotationDays(rotation: ShiftRotation, offset: number, period: Period): RotationDay[] {
  return Array.from({ length: period.dayCount }, (_, day) => addDays(period.firstDate, day)).flatMap(
    (date) => {
      const cell = rotation.weeks[weekOfRotation(rotation, offset, date)][weekdayOf(date) - 1];
      return cell === null ? [] : [{ date, templateId: cell.templateId }];
    },
  );
}

/** People of a plan, with what rotations ask of them in a period; of several rotations of one person the first counts. */
export function withRotationDays<Person extends { readonly id: string }>(
  people: readonly Person[],
  rotations: readonly ShiftRotation[] | undefined,
  { firstDate, dayCount }: Period,
): readonly (Person & { readonly rotationDays?: readonly RotationDay[] })[] {
  if (rotations === undefined || rotations.length === 0) return people;
  return addDaysTo(rotations)(people, firstDate, dayCount) as unknown as readonly Person[];
}

const addDaysTo = memoizeByObject((rotations: readonly ShiftRotation[]) =>
  memoizeByObject((people: readonly { readonly id: string }[], firstDate: LocalDate, dayCount: number) => {
    const daysOf = new Map<string, readonly RotationDay[]>();
    for (const rotation of rotations)
      for (const { agentId, offset } of rotation.people)
        if (!daysOf.has(agentId))
          daysOf.set(agentId, rotationDays(rotation, offset, { firstDate, dayCount }));
    return people.map((person) => {
      const days = daysOf.get(person.id);
      return days === undefined || days.length === 0 ? person : { ...person, rotationDays: days };
    });
  }),
);

/** Row, from 0, that a person works in the week of a date; null: not in the rotation. */
export function rowOfPerson(rotation: ShiftRotation, agentId: string, date: LocalDate): number | null {
  const person = rotation.people.find((one) => one.agentId === agentId);
  return person === undefined ? null : weekOfRotation(rotation, person.offset, date);
}

/** The rotation with a person in a row, from 0, in the week of a date; null: no longer in it. */
export function withPersonInRow(
  rotation: ShiftRotation,
  agentId: string,
  row: number | null,
  date: LocalDate,
): ShiftRotation {
  const others = rotation.people.filter((one) => one.agentId !== agentId);
  if (row === null) return { ...rotation, people: others };
  const count = rotation.weeks.length;
  const offset = (row - weekOfRotation(rotation, 0, date) + count) % count;
  return { ...rotation, people: [...others, { agentId, offset }] };
}

/** The rotation with so many rows: the last ones go, or ones that say nothing are added. Nobody's row on the date changes. */
export function withWeekCount(rotation: ShiftRotation, count: number, date: LocalDate): ShiftRotation {
  const weeks = Array.from(
    { length: count },
    (_, row) => rotation.weeks[row] ?? Array<RotationCell>(7).fill(null),
  );
  return rotation.people.reduce(
    (changed, { agentId }) =>
      withPersonInRow(changed, agentId, rowOfPerson(rotation, agentId, date)! % count, date),
    { ...rotation, weeks },
  );
}
