import type { IntervalGrid } from "../src/domain/calendar/interval-grid.ts";
import type { Made } from "../src/domain/plan/plan.ts";
import type { Queue } from "../src/domain/plan/queue.ts";
import type { Schedule, Shift } from "../src/domain/plan/shift.ts";

/** A telephone queue with the goal 80/20 and nothing else set. */
export function voiceQueue(more: Partial<Queue> = {}): Queue {
  return {
    id: "voice",
    name: "Voice",
    channel: "voice",
    goal: {
      serviceLevel: 0.8,
      answerWithinSeconds: 20,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy: null,
    },
    patienceSeconds: null,
    defaultAhtSeconds: null,
    concurrency: null,
    openingHours: null,
    minimumAgents: 0,
    ...more,
  };
}

/** Shifts as a schedule that claims nothing about cover or cost. */
export function scheduleOf(
  grid: IntervalGrid,
  shifts: readonly Shift[],
  more: Partial<Schedule> = {},
): Schedule {
  return {
    grid,
    shifts,
    coverage: [],
    status: "optimal",
    objective: 0,
    bound: 0,
    gap: 0,
    cost: 0,
    paidHours: 0,
    understaffedHours: 0,
    overstaffedHours: 0,
    solver: "none",
    seconds: null,
    ...more,
  };
}

/** A result as a run leaves it, made from inputs that nobody compares. */
export function made<Result>(value: Result): Made<Result> {
  return { value, madeAt: "2026-11-01T10:00:00.000Z", inputKey: "" };
}
