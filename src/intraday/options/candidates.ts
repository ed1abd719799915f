import type { Plan } from "../../domain/plan/plan.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { wagesOf } from "../../domain/plan/wages.ts";
import type { DayFloor } from "../day-floor.ts";
import { lineMinute } from "../line-minute.ts";
import { type DayRules, dayRules } from "./day-rules.ts";
import type { PersonChange } from "./option.ts";
import { type StaffingGap, staffingGap } from "./staffing-gap.ts";

/** What every search for options starts from. */
export interface Search {
  readonly plan: Plan;
  readonly floor: DayFloor;
  /** Without who is sick. */
  readonly roster: Roster;
  readonly rules: DayRules;
  /** Minutes of the grid: now, and the end of the day. */
  readonly line: number;
  readonly dayEnd: number;
  readonly groupOf: (agentId: string) => string;
  readonly stress: number;
}

export function openSearch(plan: Plan, floor: DayFloor, stress: number): Search | null {
  const { roster } = floor.simulation;
  if (roster === null) return null;
  const { grid, range } = floor.soFar;
  const groups = new Map(plan.agents.map(({ id, groupId }) => [id, groupId]));
  return {
    plan,
    floor,
    roster,
    rules: dayRules(plan, roster),
    line: lineMinute(grid, floor.today, floor.soFar),
    dayEnd: range.end * grid.intervalMinutes,
    groupOf: (agentId) => groups.get(agentId) ?? "",
    stress,
  };
}

/** Who is lacking where with the roster as it stands. */
export function gapOf({ plan, floor, roster, groupOf, stress }: Search): StaffingGap {
  const { now, range } = floor.soFar;
  const gap = staffingGap(plan, floor.requirement, { first: now, end: range.end }, stress);
  for (const { agentId, shift } of roster.assignments) gap.put(groupOf(agentId), null, shift);
  return gap;
}

/** Wages of `to` less those of `from`. */
export function costOfChange(
  { templates, scheduling }: Pick<Plan, "templates" | "scheduling">,
  { grid }: Pick<Roster, "grid">,
  from: Shift | null,
  to: Shift | null,
): number {
  const wages = (shift: Shift | null) =>
    shift === null ? 0 : wagesOf(grid, templates, scheduling.premiums ?? [], [shift]);
  return wages(to) - wages(from);
}

/** A fall of the squared gap that is worth a change: one agent lacking over an interval counts 1. */
const leastGain = 0.25;
/** Who asked for it counts as so much cheaper. */
const wishFactor = 0.8;
/** Each person who has to be asked costs something, where the plan has no price of its own for a changed day. */
const leastPrice = 1;
const mostPeople = 40;

/**
 * Of many possible changes those that fill the gap, each person once, best first: by the gap they fill per money, the
 * plan's price of a changed day included. Changes named together are taken together.
 */
export function bestChanges(search: Search, candidates: readonly PersonChange[]): PersonChange[] {
  const gap = gapOf(search);
  const parties = partiesOf(candidates);
  const taken: PersonChange[] = [];
  const busy = new Set<string>();
  const gainOf = (party: readonly PersonChange[]) =>
    party.reduce((sum, { agentId, from, to }) => sum + gap.gain(search.groupOf(agentId), from, to), 0);
  const changePrice = Math.max(leastPrice, search.plan.rostering?.changePrice ?? 0);
  const worth = (party: readonly PersonChange[], gain: number) =>
    gain /
    (party.length * changePrice +
      Math.max(0, costOf(party)) * (party.every(({ isWished }) => isWished) ? wishFactor : 1));
  while (taken.length < mostPeople) {
    let best: readonly PersonChange[] | null = null;
    let bestWorth = 0;
    for (const party of parties) {
      if (party.some(({ agentId }) => busy.has(agentId))) continue;
      const gain = gainOf(party);
      if (gain < leastGain) continue;
      const value = worth(party, gain);
      if (value > bestWorth) {
        best = party;
        bestWorth = value;
      }
    }
    if (best === null) break;
    for (const change of best) {
      busy.add(change.agentId);
      gap.put(search.groupOf(change.agentId), change.from, change.to);
      taken.push(change);
    }
  }
  return taken;
}

/** Changes that stand alone, and those that belong together. */
export function partiesOf(changes: readonly PersonChange[]): readonly (readonly PersonChange[])[] {
  const parties = new Map<string, PersonChange[]>();
  const all: PersonChange[][] = [];
  for (const change of changes) {
    const party = change.together === undefined ? undefined : parties.get(change.together);
    if (party !== undefined) party.push(change);
    else {
      all.push([change]);
      if (change.together !== undefined) parties.set(change.together, all[all.length - 1]);
    }
  }
  return all;
}

export function costOf(changes: readonly PersonChange[]): number {
  return changes.reduce((sum, { cost }) => sum + cost, 0);
}
