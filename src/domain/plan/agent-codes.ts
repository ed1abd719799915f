import { withAgentIds } from "./agent-ids.ts";
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

/** The document with codes in place of agents' names and ids, and without their addresses and what they wrote, for exports. */
export function withAgentCodes(document: PlanDocument): PlanDocument {
  const codes = agentCodes(document.plan.agents);
  const coded = withAgentIds(document, (id) => codes.get(id) ?? id);
  return {
    ...coded,
    plan: {
      ...coded.plan,
      agents: coded.plan.agents.map(({ email: _email, ...agent }) => ({ ...agent, name: agent.id })),
      ...(coded.plan.leave && {
        leave: {
          ...coded.plan.leave,
          requests: coded.plan.leave.requests.map(({ note: _note, ...request }) => request),
        },
      }),
    },
  };
}
