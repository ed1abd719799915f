import type { Schedule, Shift } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { hoursCurve } from "../../src/scheduling/hours-curve.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { sessionsHeld } from "../../src/scheduling/search/place-activities.ts";
import { randomPins, randomPlan } from "./random-plans.ts";

/** What must hold of any plan; what does not, with the seed and the step at which it came. */
export interface Verdict {
  readonly seed: number;
  readonly faults: readonly string[];
  /** Runs of the optimiser by what came of them: `solved`, or the code of the first reason. */
  readonly outcomes: readonly string[];
}

/** Refusals that say what is wrong with the plan; any other would be a fault of the optimiser. */
const reasons = new Set([
  "shifts.breaksDoNotFit",
  "shifts.countsContradict",
  "shifts.minimumOutOfReach",
  "shifts.minimumMissed",
  "shifts.countMissed",
  "shifts.budgetBelowPinned",
  "shifts.budgetTooSmall",
]);

/** Refusals that must be followed by rules that contradict each other. */
const conflicts = new Set(["shifts.minimumMissed", "shifts.countMissed"]);

/**
 * Solves a random plan, and again from what came of it: with pins, with a price on changes, with another seed, with
 * breaks alone, and with shifts changed by hand. Nothing may throw; whatever is shown, progress included, passes the
 * checker (which compares bound and objective too); a refusal has its reason; and none is worse than what is there.
 */
export async function judgeRandomPlan(seed: number): Promise<Verdict> {
  const faults: string[] = [];
  const outcomes: string[] = [];
  const plan = randomPlan(seed);

  async function solve(step: string, task: ShiftsInput): Promise<Schedule | null> {
    const rules = { ...task, ...task.settings };
    const judge = (schedule: Schedule, what: string) => {
      const [fault] = checkSchedule(rules, schedule);
      if (fault !== undefined) faults.push(`${step}: ${what} breaks ${fault.rule} (${fault.detail})`);
    };
    try {
      const outcome = await optimiseShifts(task, ({ partial }) => {
        if (partial !== undefined) judge(partial, "progress");
      });
      if (outcome.ok) {
        outcomes.push("solved");
        judge(outcome.value, "the schedule");
        return outcome.value;
      }
      const codes = outcome.issues.filter(({ severity }) => severity === "error").map(({ code }) => code);
      outcomes.push(codes[0] ?? "no reason");
      if (!reasons.has(codes[0])) faults.push(`${step}: refused as ${codes[0]}`);
      if (conflicts.has(codes[0]) && codes.length < 2) faults.push(`${step}: ${codes[0]} without a conflict`);
      return null;
    } catch (error) {
      outcomes.push("threw");
      faults.push(`${step}: threw ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
  const sessions = ({ shifts }: Schedule) =>
    (plan.settings.activities ?? []).reduce((sum, rule) => sum + sessionsHeld(rule, shifts), 0);
  const notWorse = (step: string, before: Schedule, after: Schedule | null) => {
    // A session that could not be held before may cost what it costs.
    if (after !== null && sessions(after) > sessions(before)) return;
    const slack = 1e-6 * Math.max(1, before.objective);
    if (after !== null && after.objective > before.objective + slack)
      faults.push(`${step}: costs ${after.objective} where ${before.objective} is there`);
  };

  const first = await solve("first", plan);
  if (first === null) return { seed, faults, outcomes };
  const present = { shifts: first.shifts, ...(first.tours === undefined ? {} : { tours: first.tours }) };
  const withPrice = { ...plan.settings, changePrice: 5 };
  notWorse("again", first, await solve("again", { ...plan, seed: seed + 1, present }));
  notWorse(
    "price on changes",
    first,
    await solve("price on changes", { ...plan, present, settings: withPrice }),
  );
  notWorse("breaks alone", first, await solve("breaks alone", { ...plan, present, breaksOnly: true }));
  await solve("pinned", { ...plan, pinned: randomPins(seed, first.shifts) });
  const byHand = { shifts: changedByHand(first.shifts) };
  await solve("changed by hand", { ...plan, present: byHand, settings: withPrice });
  if (seed % 10 === 0) {
    const repeated = await solve("repeated", plan);
    const bytes = (schedule: Schedule | null) => JSON.stringify({ ...schedule, seconds: null });
    if (bytes(repeated) !== bytes(first)) faults.push("repeated: another schedule from the same input");
    const curve = await hoursCurve(plan);
    if (!curve.ok) faults.push(`curve: refused as ${curve.issues[0].code}`);
  }
  return { seed, faults, outcomes };
}

/** Every third shift gone, and the breaks of the others moved as a person drags them, against the rules now and then. */
function changedByHand(shifts: readonly Shift[]): Shift[] {
  return shifts
    .filter((_, index) => index % 3 !== 2)
    .map((shift, index) => {
      if (index % 2 === 0) return shift;
      const minutes = 15;
      const [work, pause, next, ...others] = shift.activities;
      if (next === undefined || next.kind !== "work" || next.endMinute - next.startMinute <= minutes)
        return shift;
      return {
        ...shift,
        activities: [
          { ...work, endMinute: work.endMinute + minutes },
          { ...pause, startMinute: pause.startMinute + minutes, endMinute: pause.endMinute + minutes },
          { ...next, startMinute: next.startMinute + minutes },
          ...others,
        ],
      };
    });
}
