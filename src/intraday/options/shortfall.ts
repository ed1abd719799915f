import type { Shift } from "../../domain/plan/shift.ts";
import { callable } from "./call-in.ts";
import { gapOf, type Search } from "./candidates.ts";
import { longerShifts } from "./change-ends.ts";
import { changeableShifts } from "./day-rules.ts";
import type { PersonChange, Shortfall } from "./option.ts";

/** An interval that lacks less than this is not told. */
const leastAgents = 0.5;

/** What is lacking with some changes made, and which rules keep people from filling it; null: nothing is lacking. */
export function shortfallOf(search: Search, changes: readonly PersonChange[]): Shortfall | null {
  const { now, range } = search.floor.soFar;
  const gap = gapOf(search);
  for (const { agentId, from, to } of changes) gap.put(search.groupOf(agentId), from, to);
  const lacking = Array.from({ length: range.end - now }, (_, k) => gap.lacking(now + k));
  const deepest = lacking.indexOf(Math.max(...lacking));
  if (!(lacking[deepest] >= leastAgents)) return null;
  let [first, end] = [deepest, deepest + 1];
  while (first > 0 && lacking[first - 1] >= leastAgents) first--;
  while (end < lacking.length && lacking[end] >= leastAgents) end++;
  return { first: now + first, end: now + end, agents: lacking[deepest], refused: refusals(search) };
}

/** People for whom no overtime, or no call, is within the rules: by the rule that the least of it would break. */
function refusals(search: Search): Shortfall["refused"] {
  const { roster, rules, line, dayEnd, floor } = search;
  const asked: { readonly agentId: string; readonly shifts: readonly Shift[] }[] = [
    ...callable(search).map(({ agent, shifts }) => ({ agentId: agent.id, shifts })),
    ...changeableShifts(roster, floor.today, line, dayEnd).map(({ agentId, shift }) => ({
      agentId,
      shifts: longerShifts(search, shift),
    })),
  ];
  rules.learn(asked.flatMap(({ shifts }) => shifts));
  const people = new Map<string, number>();
  for (const { agentId, shifts } of asked) {
    const broken = shifts.map((shift) => rules.broken(agentId, shift)).sort((a, b) => a.length - b.length);
    const [rule] = broken[0] ?? [];
    if (rule !== undefined) people.set(rule, (people.get(rule) ?? 0) + 1);
  }
  return [...people]
    .map(([rule, count]) => ({ rule, people: count }))
    .sort((a, b) => b.people - a.people || (a.rule < b.rule ? -1 : 1));
}
