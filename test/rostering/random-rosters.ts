import type { Outcome } from "../../src/domain/outcome.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";
import { randomRosterInput } from "./random-plan.ts";
import { checkRoster, penaltiesOf } from "./roster-check.ts";

/** What came of one seed: `faults` is empty where all is as it must be. */
export interface SeedReport {
  readonly seed: number;
  readonly outcome: "proved" | "open" | "relaxed" | "refused";
  readonly faults: readonly string[];
}

/**
 * Rosters the random plan of a seed and looks at the answer with the independent judge: no exception, no hard rule
 * broken but those that a conflict names for that agent, the price as reckoned anew, the bound not above it; and
 * solving again from the roster, after the same lottery if there is one, gives nothing worse.
 */
export async function reportOfSeed(seed: number): Promise<SeedReport> {
  const input = randomRosterInput(seed);
  const faults: string[] = [];
  const first = await solved(input, "first", faults);
  if (first === null) return { seed, outcome: "refused", faults };
  if (!first.ok) {
    if (first.issues.length === 0) faults.push("refused without a reason");
    return { seed, outcome: "refused", faults };
  }
  faults.push(...faultsOf(input, first));
  // Another seed would draw the lottery anew: other wishes would be granted, whatever that costs.
  const isDrawn = input.rostering?.selfRostering?.order === "lottery";
  const again = { ...input, present: first.value, seed: isDrawn ? input.seed : seed + 1 };
  const second = await solved(again, "again", faults);
  if (second?.ok) {
    const before = costOf(first.value);
    const after = costOf(second.value);
    if (after.hard > before.hard || (after.hard === before.hard && after.objective > before.objective + 1e-6))
      faults.push(`again: ${after.hard}, ${after.objective} for ${before.hard}, ${before.objective}`);
    faults.push(...faultsOf(again, second).map((fault) => `again: ${fault}`));
  } else if (second) faults.push(`again: refused ${second.issues[0]?.code}`);
  const isRelaxed = first.issues.some(({ code }) => code === "roster.conflict");
  const outcome = isRelaxed ? "relaxed" : first.value.status === "optimal" ? "proved" : "open";
  return { seed, outcome, faults };
}

async function solved(input: RosterInput, name: string, faults: string[]): Promise<Outcome<Roster> | null> {
  try {
    return await assignRoster(input);
  } catch (error) {
    faults.push(`${name}: throws ${(error as Error).message}`);
    return null;
  }
}

function costOf({ violations, objective }: Roster) {
  return { hard: violations.filter(({ penalty }) => penalty === null).length, objective };
}

function faultsOf(input: RosterInput, outcome: Extract<Outcome<Roster>, { ok: true }>): string[] {
  const { value: roster, issues } = outcome;
  const faults: string[] = [];
  const excused = new Map<string, Set<string>>();
  for (const { code, values } of issues) {
    if (code !== "roster.conflict") continue;
    const agentId = String(values!.agent);
    excused.set(agentId, (excused.get(agentId) ?? new Set()).add(String(values!.dropped)));
  }
  const { hard, penalties } = checkRoster(input, roster);
  // A roster that stays breaks what it broke: no more rules than the best that was found.
  const stays = issues.some(({ code }) => code === "roster.nothingBetter");
  for (const { agentId, rule, detail } of hard)
    if (!stays && !excused.get(agentId)?.has(rule)) faults.push(`${agentId} breaks ${rule}: ${detail}`);
  const shown = new Set(
    roster.violations
      .filter(({ penalty }) => penalty === null)
      .map(({ agentId, rule }) => `${agentId} ${rule}`),
  );
  const found = new Set(hard.map(({ agentId, rule }) => `${agentId} ${rule}`));
  // A fixed shift may be worked on every weekday of its template; the judge knows of those in the schedule alone.
  const mayBeBroken = new Set(
    input.agents.filter(({ fixedShifts }) => fixedShifts !== undefined).map(({ id }) => `${id} availability`),
  );
  for (const one of shown)
    if (!found.has(one) && !mayBeBroken.has(one)) faults.push(`${one} is shown as broken and is not`);
  for (const one of found) if (!shown.has(one)) faults.push(`${one} is broken and not shown`);
  const own = penaltiesOf(roster.violations);
  for (const [rule, penalty] of Object.entries(penalties))
    if (Math.abs(penalty - (own[rule] ?? 0)) > 1e-6)
      faults.push(`${rule} costs ${penalty}, shown ${own[rule] ?? 0}`);
  const total = Object.values(own).reduce((sum, penalty) => sum + penalty, 0);
  if (Math.abs(total - roster.objective) > 1e-6) faults.push(`price ${roster.objective}, sum ${total}`);
  const slack = 1e-6 * (1 + Math.abs(roster.objective));
  if (roster.bound !== null && roster.bound > roster.objective + slack)
    faults.push(`bound ${roster.bound} above ${roster.objective}`);
  if (roster.status === "optimal" && (roster.bound === null || roster.bound < roster.objective - slack))
    faults.push(`called optimal at ${roster.objective}, bound ${roster.bound}`);
  return faults;
}
