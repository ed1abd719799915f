import type { Assignment } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { type RandomStream, shuffled } from "../numerics/random.ts";
import { movedShift, toursOf } from "../rostering/problem/assigned-tours.ts";
import type { PlanProblem } from "../rostering/problem/problem-from-plan.ts";
import { choiceIndex, dayOff, type Tour } from "../rostering/problem/roster-problem.ts";
import { rulesNewlyBroken } from "../rostering/replacements.ts";
import { mayDo } from "../rostering/rules/day-rules.ts";
import { softPrice } from "../rostering/rules/soft-rules.ts";
import type { ServiceModel } from "./service-model.ts";

/** People and when they could work instead: what stays the same while shifts are moved. */
export interface MoveTerms {
  readonly plan: PlanProblem;
  readonly slotMinutes: number;
  readonly slotCount: number;
  /** Index of the plan's group that a person's work counts for, by agent id. */
  readonly groupOf: ReadonlyMap<string, number>;
  /** Per kind of shift and day: the ways to work it, which differ in where the breaks lie. */
  readonly waysOn: (kind: number, day: number) => readonly Way[];
}

/** A shift as it would be on a day, and the slots that it works in. */
interface Way {
  readonly shift: Shift;
  readonly slots: readonly number[];
}

/** How moves are sought. */
export interface MoveEffort {
  /** No more shifts are moved at once. */
  readonly mostMoves: number;
  /** Free days that are tried for each shift, beside its own. */
  readonly otherDays: number;
  /** A move lowers the model's penalty by at least this. */
  readonly leastGain: number;
}

/** Of a kind so many ways are tried. */
const mostWays = 8;

/** Passes over all shifts: each is content with half the gain of the one before, so that the best moves come first. */
const passes = 7;

/** Of the times that would help a shift most, so many are asked whether its person may work them. */
const timesAsked = 6;

/** @param shifts those whose times others may take over */
export function moveTermsOf(
  plan: PlanProblem,
  groups: readonly { readonly id: string }[],
  shifts: readonly Shift[],
  slots: Pick<MoveTerms, "slotMinutes" | "slotCount">,
): MoveTerms {
  const groupIndex = new Map(groups.map(({ id }, index) => [id, index]));
  const samples = waysOfKinds(plan, shifts);
  const { dayCount } = plan.problem;
  const ways: (readonly Way[] | undefined)[] = new Array(plan.kinds.length * dayCount);
  const { grid } = plan.source;
  return {
    plan,
    ...slots,
    groupOf: new Map(plan.source.agents.map(({ id, groupId }) => [id, groupIndex.get(groupId) ?? 0])),
    waysOn(kind, day) {
      const at = kind * dayCount + day;
      ways[at] ??= samples[kind].map((sample) => {
        const shift = movedShift(sample, grid, grid, plan.dates[day]);
        return { shift, slots: workedSlots(shift, slots) };
      });
      return ways[at];
    },
  };
}

function waysOfKinds(plan: PlanProblem, shifts: readonly Shift[]): readonly (readonly Shift[])[] {
  const ways = plan.kinds.map(() => new Map<string, Shift>());
  for (const shift of shifts) {
    const kind = plan.kindOf(shift);
    if (kind === null || !isPlain(shift) || ways[kind].size === mostWays) continue;
    const breaks = shift.activities
      .filter((activity) => activity.kind !== "work")
      .map(
        ({ startMinute, endMinute }) => `${startMinute - shift.startMinute}-${endMinute - shift.startMinute}`,
      )
      .join();
    if (!ways[kind].has(breaks)) ways[kind].set(breaks, shift);
  }
  return ways.map((ofKind) => [...ofKind.values()]);
}

const plainKinds: readonly string[] = ["work", "break", "meal", "split"];

/** Nothing but work and breaks: what was placed in a shift for its person or its day stays where it is. */
function isPlain({ activities, handleFactor }: Shift): boolean {
  return (
    (handleFactor ?? 1) === 1 &&
    activities.every(({ kind, ruleId }) => ruleId === undefined && plainKinds.includes(kind))
  );
}

/** Slots of the period in which a shift is worked. */
export function workedSlots(
  { activities }: Shift,
  { slotMinutes, slotCount }: Pick<MoveTerms, "slotMinutes" | "slotCount">,
): number[] {
  return activities.flatMap(({ kind, startMinute, endMinute }) => {
    if (kind !== "work") return [];
    const first = Math.max(0, Math.ceil(startMinute / slotMinutes));
    const end = Math.min(slotCount, Math.floor(endMinute / slotMinutes));
    return Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  });
}

/**
 * Moves single shifts to other times that their people may work, of the same paid time, as long as the model's penalty
 * falls: another start, other breaks, another day.
 *
 * Nobody's move breaks a hard rule that held, or raises the price of wishes and soft rules. Pinned shifts stay, and
 * those with a meeting, a training or handling times of their own in them.
 *
 * @param model holds the staffing of the assignments, and afterwards that of the answer
 * @returns the assignments in their order; a shift that moved keeps its id
 */
export function moveByModel(
  terms: MoveTerms,
  assignments: readonly Assignment[],
  model: ServiceModel,
  { mostMoves, otherDays, leastGain }: MoveEffort,
  random: RandomStream,
): readonly Assignment[] {
  const personOf = new Map(terms.plan.source.agents.map(({ id }, index) => [id, index]));
  const { tours } = toursOf(terms.plan, assignments);
  const result = [...assignments];
  const movable = assignments.flatMap(({ agentId, shift, pinned }, at) => {
    const person = personOf.get(agentId);
    return pinned || !isPlain(shift) || person === undefined ? [] : [{ at, person }];
  });
  const moved = new Set<number>();
  /** Makes the moves that gain what is asked; the largest gain seen. */
  const pass = (asked: number): number => {
    let most = 0;
    for (const index of shuffled(movable.length, random)) {
      const { at, person } = movable[index];
      if (moved.size >= mostMoves && !moved.has(at)) continue;
      const floor: Floor = { tours, model, person, group: terms.groupOf.get(result[at].agentId) as number };
      const move = bestMove(terms, floor, result[at].shift, otherDays, random);
      if (move === null) continue;
      most = Math.max(most, move.gain);
      if (move.gain < asked) continue;
      carryOut(terms, floor, result[at].shift, move);
      result[at] = { ...result[at], shift: move.shift };
      moved.add(at);
    }
    return most;
  };
  let asked = pass(Number.POSITIVE_INFINITY);
  for (let done = 0; done < passes && asked > leastGain; done++) {
    asked = Math.max(leastGain, asked / 2);
    pass(asked);
  }
  return result;
}

/** What everybody works, what that is worth, and who is to move. */
interface Floor {
  readonly tours: readonly Tour[];
  readonly model: ServiceModel;
  readonly person: number;
  readonly group: number;
}

interface Move {
  readonly shift: Shift;
  readonly day: number;
  readonly kind: number;
  /** By which the model's penalty falls. */
  readonly gain: number;
}

/** The move of a person's shift that helps most; null: none helps. The model stands afterwards as it did. */
function bestMove(
  terms: MoveTerms,
  floor: Floor,
  shift: Shift,
  otherDays: number,
  random: RandomStream,
): Move | null {
  const { plan } = terms;
  const { tours, model, person, group } = floor;
  const own = plan.dayOf(shift.date);
  if (own === null || tours[person][own] === dayOff) return null;
  const free = [...tours[person].keys()].filter((day) => tours[person][day] === dayOff);
  const tried = shuffled(free.length, random).slice(0, otherDays);
  const standing = model.penalty();
  const ownSlots = workedSlots(shift, terms);
  for (const slot of ownSlots) model.remove(group, slot);
  const without = model.penalty();
  const times = [own, ...tried.map((index) => free[index])]
    .flatMap((day) => timesOn(terms, floor, own, day))
    .filter(({ change }) => without + change < standing)
    .sort((a, b) => a.change - b.change)
    .slice(0, timesAsked);
  let best: Move | null = null;
  for (const { way, day, kind } of times) {
    for (const slot of way.slots) model.add(group, slot);
    const gain = standing - model.penalty();
    for (const slot of way.slots) model.remove(group, slot);
    if (gain <= (best?.gain ?? 0) || !mayMove(terms, floor, own, { day, kind })) continue;
    best = { shift: { ...way.shift, id: shift.id }, day, kind, gain };
  }
  for (const slot of ownSlots) model.add(group, slot);
  return best;
}

/** Everything of the same paid time that the person can work that day, with what the model says of it at a glance. */
function timesOn(
  { plan, waysOn }: MoveTerms,
  { tours, model, person, group }: Floor,
  own: number,
  day: number,
): { readonly way: Way; readonly day: number; readonly kind: number; readonly change: number }[] {
  const { problem } = plan;
  const { limits, prices } = problem.people[person];
  const { minutes } = problem.kinds[tours[person][own]];
  return problem.kinds.flatMap((one, kind) => {
    if (one.minutes !== minutes || !mayDo(limits, kind)) return [];
    if (prices[choiceIndex(problem, day, kind)] === Number.POSITIVE_INFINITY) return [];
    return waysOn(kind, day).map((way) => {
      let change = 0;
      for (const slot of way.slots) change += model.addChange(group, slot);
      return { way, day, kind, change };
    });
  });
}

/** Whether no rule that holds would be broken, and no wish or soft rule would cost more than now. */
function mayMove(
  { plan }: MoveTerms,
  { tours, person }: Floor,
  own: number,
  { day, kind }: Pick<Move, "day" | "kind">,
): boolean {
  const { problem } = plan;
  const one = problem.people[person];
  const before = tours[person];
  if (day === own && kind === before[own]) return true;
  const after = before.slice();
  after[own] = dayOff;
  after[day] = kind;
  const choices = (tour: Tour) =>
    one.prices[choiceIndex(problem, own, tour[own])] +
    (day === own ? 0 : one.prices[choiceIndex(problem, day, tour[day])]);
  const others = problem.people.filter(({ soft }) => soft?.partner?.person === person);
  const wishes = (tour: Tour) => {
    const all = tours.map((other, at) => (at === person ? tour : other));
    return others.reduce(
      (sum, other) => sum + softPrice(problem, other, all[problem.people.indexOf(other)], all),
      choices(tour) + softPrice(problem, one, tour, all),
    );
  };
  return (
    !(wishes(after) > wishes(before) + 1e-9) && rulesNewlyBroken(problem, one, before, after).length === 0
  );
}

function carryOut(terms: MoveTerms, { tours, model, person, group }: Floor, from: Shift, to: Move): void {
  for (const slot of workedSlots(from, terms)) model.remove(group, slot);
  for (const slot of workedSlots(to.shift, terms)) model.add(group, slot);
  tours[person][terms.plan.dayOf(from.date) as number] = dayOff;
  tours[person][to.day] = to.kind;
}
