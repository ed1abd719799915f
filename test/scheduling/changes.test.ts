import { beforeAll, describe, expect, test } from "vitest";
import type { Schedule, Shift } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, requirement, rest, settings, template } from "./small-plans.ts";

/** Solving again with a schedule in hand: few changes, or none but breaks. */
async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

const templates = [
  template("day", { breaks: [rest("meal", 30, 180, 300)], minimumWorkMinutes: 60, maximumCount: 40 }),
  template("part", { lengthsMinutes: [240] }),
];
const before = input({ requirement: requirement({ Voice: humps(12) }, 2, 15), templates });
const later = input({ requirement: requirement({ Voice: (m) => humps(13)(m) }, 2, 15), templates });
const kindOf = ({ templateId, startMinute, endMinute }: Shift) => `${templateId} ${startMinute} ${endMinute}`;

/** Shifts dropped and added between two schedules. */
function changes(a: readonly Shift[], b: readonly Shift[]): number {
  const left = b.map(kindOf);
  let dropped = 0;
  for (const kind of a.map(kindOf)) {
    const at = left.indexOf(kind);
    if (at < 0) dropped++;
    else left.splice(at, 1);
  }
  return dropped + left.length;
}

let present: Schedule;
beforeAll(async () => {
  present = await scheduleFor(before);
});

describe("a price on changes", () => {
  test("keeps most shifts, by name, and counts what it changed", async () => {
    const free = await scheduleFor(later);
    const price = 15;
    const held = await scheduleFor({ ...later, present, settings: { ...settings, changePrice: price } });
    const many = changes(present.shifts, held.shifts);
    expect(many).toBeLessThan(changes(present.shifts, free.shifts));
    expect(held.changes).toEqual({ count: many, cost: many * price });
    const names = new Map(present.shifts.map((shift) => [shift.id, kindOf(shift)]));
    const kept = held.shifts.filter(({ id }) => names.has(id));
    expect(kept.length).toBeGreaterThan(present.shifts.length / 2);
    for (const shift of kept) expect(kindOf(shift)).toBe(names.get(shift.id));
    // The changes' price is a price like others: without it nothing can cost less than the free bound.
    expect(held.objective - (held.changes?.cost ?? 0)).toBeGreaterThanOrEqual(free.bound - 1e-6);
  });

  test("high enough, nothing changes, and that is proved best", async () => {
    const task = { ...before, present, settings: { ...settings, gap: 0, changePrice: 5000 } };
    const held = await scheduleFor(task);
    expect(held.changes?.count).toBe(0);
    expect(held.gap).toBeLessThan(0.02);
  });

  test("a shift that no rule makes any more is dropped, and its price stands in the bound", async () => {
    const odd: Shift = { ...present.shifts[0], id: "odd", startMinute: 5, endMinute: 485 };
    const with5 = { shifts: [...present.shifts, odd] };
    const task = { ...before, present: with5, settings: { ...settings, gap: 0, changePrice: 5000 } };
    const held = await scheduleFor(task);
    expect(held.changes?.count).toBe(1);
    expect(held.gap).toBeLessThan(0.02);
  });

  test("the checker counts changes itself", async () => {
    const task = { ...later, present, settings: { ...settings, changePrice: 15 } };
    const held = await scheduleFor(task);
    const cost = held.changes?.cost ?? 0;
    const lying = { ...held, changes: { count: 0, cost: 0 }, objective: held.objective - cost };
    expect(cost).toBeGreaterThan(0);
    expect(checkSchedule({ ...task, ...task.settings }, lying).map(({ rule }) => rule)).toContain("figures");
  });
});

describe("breaks alone", () => {
  /** Everybody eats as early as may be. */
  const clumsy = (schedule: Schedule): Schedule => ({
    ...schedule,
    shifts: schedule.shifts.map((shift) => {
      if (shift.templateId !== "day") return shift;
      const meal = shift.startMinute + 180;
      const cut = [shift.startMinute, meal, meal + 30, shift.endMinute];
      const kinds = ["work", "meal", "work"] as const;
      return {
        ...shift,
        activities: kinds.map((kind, at) => ({
          kind,
          startMinute: cut[at],
          endMinute: cut[at + 1],
          paid: kind === "work",
        })),
      };
    }),
  });

  test("shifts stay with their names, breaks move for the better, to a proved gap", async () => {
    const given = clumsy(present);
    const better = await scheduleFor({ ...before, present: given, breaksOnly: true });
    const named = (schedule: Schedule) =>
      [...schedule.shifts].map((shift) => `${shift.id} ${kindOf(shift)}`).sort();
    expect(named(better)).toEqual(named(given));
    expect(better.understaffedHours).toBeLessThanOrEqual(present.understaffedHours + 1);
    expect(better.gap).toBeLessThanOrEqual(settings.gap + 1e-9);
    const broken = { ...better, shifts: better.shifts.slice(1) };
    const faults = checkSchedule({ ...before, ...settings, present: given, breaksOnly: true }, broken);
    expect(faults.map(({ rule }) => rule)).toContain("onlyBreaksMove");
  });

  test("pinned shifts and those drawn by hand stay to the minute", async () => {
    const given = clumsy(present);
    const [first, ...others] = given.shifts.filter(({ templateId }) => templateId === "day");
    const pinned = { ...first, pinned: true };
    const last = others[others.length - 1];
    const drawn: Shift = { ...last, startMinute: last.startMinute + 5 };
    const shifts = given.shifts.map((shift) =>
      shift.id === pinned.id ? pinned : shift.id === drawn.id ? drawn : shift,
    );
    const better = await scheduleFor({ ...before, present: { shifts }, pinned: [pinned], breaksOnly: true });
    expect(better.shifts.find(({ id }) => id === pinned.id)).toEqual(pinned);
    expect(better.shifts.find(({ id }) => id === drawn.id)).toEqual(drawn);
  });
});
