import { withAgentIds } from "./agent-ids.ts";
import type { PlanDocument } from "./plan.ts";
import { type PublishedRoster, personKeys } from "./published-roster.ts";
import type { Agent } from "./roster.ts";

/**
 * Codes that stand for agents where names must not leave the house: `P001`, `P002` … in the plan's order. Whoever has
 * the plan can read them, and a roster that comes back with codes is understood.
 */
export function agentCodes(agents: readonly Pick<Agent, "id">[]): ReadonlyMap<string, string> {
  const digits = Math.max(3, String(agents.length).length);
  return new Map(agents.map(({ id }, index) => [id, `P${String(index + 1).padStart(digits, "0")}`]));
}

/**
 * The document with codes in place of agents' names and ids, and without their addresses and what they wrote, for exports.
 * Past periods too: who was in them keeps their code of today, and who has gone since has one after everybody's of today.
 */
export function withAgentCodes(document: PlanDocument): PlanDocument {
  const { past = [] } = document;
  const codes = agentCodes(uniqueById([document, ...past].flatMap(({ plan }) => plan.agents)));
  return {
    ...withCodes(document, codes),
    ...(document.past && {
      past: past.map((period) => {
        const { plan, results } = withCodes({ ...period, history: null }, codes);
        return { ...period, plan, results };
      }),
    }),
  };
}

function uniqueById(agents: readonly Agent[]): readonly Agent[] {
  return [...new Map(agents.map((agent) => [agent.id, agent])).values()];
}

function withCodes(document: PlanDocument, codes: ReadonlyMap<string, string>): PlanDocument {
  const coded = withAgentIds(document, (id) => codes.get(id) ?? id);
  return {
    ...coded,
    plan: {
      ...coded.plan,
      agents: coded.plan.agents.map(({ email: _email, firstId: _firstId, ...agent }) => ({
        ...agent,
        name: agent.id,
      })),
      ...(coded.plan.leave && {
        leave: {
          ...coded.plan.leave,
          requests: coded.plan.leave.requests.map(({ note: _note, ...request }) => request),
        },
      }),
    },
    ...(document.published && {
      published: withPersonCodes(document.published, document.plan.agents, codes),
    }),
  };
}

/** What was published, without names and notes; who is no longer in the plan is `X001`, `X002` … in the order of leaving. */
function withPersonCodes(
  published: PublishedRoster,
  agents: readonly Agent[],
  codes: ReadonlyMap<string, string>,
): PublishedRoster {
  const codeOfKey = new Map([...personKeys(agents)].map(([id, key]) => [key, codes.get(id)!]));
  let gone = 0;
  const codeOf = (key: string) => {
    const code = codeOfKey.get(key) ?? `X${String(++gone).padStart(3, "0")}`;
    codeOfKey.set(key, code);
    return code;
  };
  return {
    ...published,
    versions: published.versions.map((version) => ({
      ...version,
      note: "",
      names: Object.fromEntries(Object.keys(version.names).map((key) => [codeOf(key), codeOf(key)])),
      changes: version.changes.map((change) => ({ ...change, personKey: codeOf(change.personKey) })),
    })),
  };
}
