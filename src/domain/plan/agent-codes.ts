import { renamedExtra, withAgentIds } from "./agent-ids.ts";
import type { PlanDocument } from "./plan.ts";
import { type PublishedRoster, personKeys } from "./published-roster.ts";
import type { Agent } from "./roster.ts";
import type { PersonChanges } from "./roster-changes.ts";

/**
 * Codes that stand for agents where names must not leave the house: `P001`, `P002` … in the plan's order. Whoever has
 * the plan can read them, and a roster that comes back with codes is understood.
 */
export function agentCodes(agents: readonly Pick<Agent, "id">[]): ReadonlyMap<string, string> {
  const digits = Math.max(3, String(agents.length).length);
  return new Map(agents.map(({ id }, index) => [id, `P${String(index + 1).padStart(digits, "0")}`]));
}

/** The code of each person, by id and by the key under which published rosters know them. */
export interface CodeBook {
  readonly ofAgent: (id: string) => string;
  readonly ofPerson: (key: string) => string;
}

/**
 * Everybody's code, in all periods: who was in past ones keeps their code of today, and who has gone since has one after
 * everybody's of today. Who is only known from a published roster or a ledger is `X001`, `X002` … in the order of leaving.
 */
export function codeBook({ plan, past = [], published }: PlanDocument): CodeBook {
  const codes = agentCodes(
    uniqueById([plan, ...past.map((period) => period.plan)].flatMap(({ agents }) => agents)),
  );
  const codeOfKey = new Map([...personKeys(plan.agents)].map(([id, key]) => [key, codes.get(id)!]));
  const gone = new Map<string, string>();
  const codeOfGone = (id: string) => {
    const code = gone.get(id) ?? `X${String(gone.size + 1).padStart(3, "0")}`;
    gone.set(id, code);
    return code;
  };
  const ofAgent = (id: string) => codes.get(id) ?? codeOfGone(id);
  const ofPerson = (key: string) => codeOfKey.get(key) ?? codeOfGone(key);
  // Fixed here, so that a code does not depend on who is asked for first.
  for (const { names } of published?.versions ?? []) for (const key of Object.keys(names)) ofPerson(key);
  for (const { agentId } of plan.ledger ?? []) ofAgent(agentId);
  return { ofAgent, ofPerson };
}

/**
 * The document with codes in place of agents' names and ids, and without their addresses and what they wrote, for exports;
 * past periods too.
 */
export function withAgentCodes(document: PlanDocument): PlanDocument {
  const book = codeBook(document);
  return {
    ...withCodes(document, book),
    ...(document.past && {
      past: document.past.map((period) => {
        const { plan, results } = withCodes({ ...period, history: null }, book);
        return { ...period, plan, results };
      }),
    }),
  };
}

/** Changes of people with their codes in place of names, ids and keys. */
export function changesWithCodes(
  people: readonly PersonChanges[],
  { ofAgent, ofPerson }: CodeBook,
): readonly PersonChanges[] {
  return people.map(({ personKey, agentId, changes }) => {
    const code = agentId === null ? ofPerson(personKey) : ofAgent(agentId);
    return {
      personKey: ofPerson(personKey),
      agentId: agentId === null ? null : code,
      name: code,
      changes: changes.map((change) => ({ ...change, personKey: ofPerson(change.personKey) })),
    };
  });
}

function uniqueById(agents: readonly Agent[]): readonly Agent[] {
  return [...new Map(agents.map((agent) => [agent.id, agent])).values()];
}

function withCodes(document: PlanDocument, { ofAgent, ofPerson }: CodeBook): PlanDocument {
  const coded = withAgentIds(document, ofAgent);
  const { roster } = coded.results;
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
    results: {
      ...coded.results,
      roster: roster && {
        ...roster,
        value: {
          ...roster.value,
          unassigned: roster.value.unassigned.map((shift) => ({
            ...shift,
            id: renamedExtra(shift.id, ofAgent),
          })),
        },
      },
    },
    ...(document.published && { published: publishedWithCodes(document.published, ofPerson) }),
  };
}

/** What was published, without names and notes. */
function publishedWithCodes(published: PublishedRoster, codeOf: (key: string) => string): PublishedRoster {
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
