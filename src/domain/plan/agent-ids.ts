import type { PlanDocument } from "./plan.ts";

/**
 * The document with other ids for its people, wherever it names one: in plan, ledger, leave, the day that is going on, the roster before
 * and the roster.
 * Two people must not come to share an id. Published rosters go on knowing people by the same key (`personKeys`).
 */
export function withAgentIds(document: PlanDocument, idOf: (id: string) => string): PlanDocument {
  const { plan, results } = document;
  const renamed = <T extends { readonly agentId: string }>(entry: T): T => ({
    ...entry,
    agentId: idOf(entry.agentId),
  });
  const roster = results.roster && {
    ...results.roster,
    value: {
      ...results.roster.value,
      assignments: results.roster.value.assignments.map((assignment) => ({
        ...assignment,
        agentId: idOf(assignment.agentId),
        shift: { ...assignment.shift, id: renamedExtra(assignment.shift.id, idOf) },
      })),
      violations: results.roster.value.violations.map((violation) => ({
        ...violation,
        agentId: violation.agentId === null ? null : idOf(violation.agentId),
      })),
      ...(results.roster.value.ledger ? { ledger: results.roster.value.ledger.map(renamed) } : {}),
      ...(results.roster.value.awards
        ? {
            awards: results.roster.value.awards.map((award) => ({
              ...renamed(award),
              takenBy: award.takenBy.map(idOf),
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
        id: idOf(agent.id),
        ...(idOf(agent.id) === agent.id ? {} : { firstId: agent.firstId ?? agent.id }),
        ...(agent.preferences?.partner
          ? { preferences: { ...agent.preferences, partner: renamed(agent.preferences.partner) } }
          : {}),
      })),
      ...(plan.ledger ? { ledger: plan.ledger.map(renamed) } : {}),
      ...(plan.leave
        ? {
            leave: {
              ...plan.leave,
              requests: plan.leave.requests.map(renamed),
              allowances: plan.leave.allowances.map(renamed),
            },
          }
        : {}),
      ...(plan.today
        ? {
            today: {
              ...plan.today,
              sick: plan.today.sick.map(renamed),
              ...(plan.today.measures && {
                measures: plan.today.measures.map((one) => (one.kind === "lent" ? renamed(one) : one)),
              }),
            },
          }
        : {}),
      ...(plan.meetings
        ? { meetings: plan.meetings.map((one) => ({ ...one, agentIds: one.agentIds.map(idOf) })) }
        : {}),
      ...(plan.priorRoster
        ? { priorRoster: { ...plan.priorRoster, people: plan.priorRoster.people.map(renamed) } }
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
