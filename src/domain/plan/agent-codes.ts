import type { PlanDocument } from "./plan.ts";
import type { Agent } from "./roster.ts";

/**
 * Codes that stand for agents where names must not leave the house: `P001`, `P002` … in the plan's order. Whoever has
 * the plan can read them, and a roster that comes back with codes is understood.
 */
export function agentCodes(agents: readonly Pick<Agent, "id">[]): ReadonlyMap<string, string> {
  const digits = Math.max(3, String(agents.length).length);
  return new Map(agents.map(({ id }, index) => [id, `P${String(index + 1).padStart(digits, "0")}`]));
}

/** The document with codes in place of agents' names and ids, for exports. */
export function withAgentCodes(document: PlanDocument): PlanDocument {
  const { plan, results } = document;
  const codes = agentCodes(plan.agents);
  const code = (id: string) => codes.get(id) ?? id;
  const recoded = <T extends { readonly agentId: string }>(entry: T): T => ({
    ...entry,
    agentId: code(entry.agentId),
  });
  const roster = results.roster && {
    ...results.roster,
    value: {
      ...results.roster.value,
      assignments: results.roster.value.assignments.map((assignment) => ({
        ...assignment,
        agentId: code(assignment.agentId),
        shift: { ...assignment.shift, id: renamedExtra(assignment.shift.id, code) },
      })),
      violations: results.roster.value.violations.map((violation) => ({
        ...violation,
        agentId: violation.agentId === null ? null : code(violation.agentId),
      })),
      ...(results.roster.value.ledger ? { ledger: results.roster.value.ledger.map(recoded) } : {}),
      ...(results.roster.value.awards
        ? {
            awards: results.roster.value.awards.map((award) => ({
              ...recoded(award),
              takenBy: award.takenBy.map(code),
            })),
          }
        : {}),
    },
  };
  return {
    ...document,
    plan: {
      ...plan,
      agents: plan.agents.map((agent) => ({
        ...agent,
        id: code(agent.id),
        name: code(agent.id),
        ...(agent.preferences?.partner
          ? { preferences: { ...agent.preferences, partner: recoded(agent.preferences.partner) } }
          : {}),
      })),
      ...(plan.ledger ? { ledger: plan.ledger.map(recoded) } : {}),
      ...(plan.priorRoster
        ? { priorRoster: { ...plan.priorRoster, people: plan.priorRoster.people.map(recoded) } }
        : {}),
    },
    results: { ...results, roster },
  };
}

/** Id of a shift; one beyond the schedule (`extra-2026-11-02-Ada`) is named for whoever worked it first. */
export function renamedExtra(shiftId: string, rename: (agentId: string) => string): string {
  return shiftId.replace(
    /^(extra-\d{4}-\d\d-\d\d-)(.*?)(\+*)$/,
    (_, before: string, agentId: string, after: string) => before + rename(agentId) + after,
  );
}
