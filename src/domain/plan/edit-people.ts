import type { Weekday } from "../calendar/clock.ts";
import { withAgentIds } from "./agent-ids.ts";
import { freeId } from "./edit-queues.ts";
import type { PlanDocument } from "./plan.ts";
import { takenKeys } from "./published-roster.ts";
import { type Agent, type Assignment, type Contract, isEmployedOn } from "./roster.ts";

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const dayMinutes = 1440;

/** Forty hours at most, eleven hours of rest, at most five days in a row: to be changed, not to be right. */
export function newContract(id: string, name: string): Contract {
  return {
    id,
    name,
    minimumMinutesPerWeek: 0,
    maximumMinutesPerWeek: 2400,
    maximumConsecutiveDays: 5,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 660,
  };
}

interface Identified {
  readonly id: string;
}

/** `stem-N` for the smallest N beyond those that are there, and beyond former ones. */
export function nextId(
  stem: string,
  list: readonly Identified[],
  former: readonly Identified[] = [],
): string {
  const taken = new Set([...list, ...former].map(({ id }) => id));
  let number = list.length + 1;
  while (taken.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

/**
 * The document with so many more people, like the last one in team, group and contract, from the plan's first day on. None
 * gets the id of somebody who has left: published rosters still know them by it.
 */
export function withNewAgents(document: PlanDocument, count: number, name: string): PlanDocument {
  const { plan, published } = document;
  const former = [...takenKeys(plan.agents, published)].map((id) => ({ id }));
  const contracts = plan.contracts.length > 0 ? plan.contracts : [newContract("contract-1", "40 h")];
  const agents = [...plan.agents];
  for (let added = 0; added < count; added++) {
    const model = agents.at(-1);
    agents.push({
      id: nextId("agent", agents, former),
      name: freeId(
        name,
        agents.map((agent) => agent.name),
      ),
      team: model?.team ?? "",
      groupId: model?.groupId ?? plan.groups[0].id,
      contractId: model?.contractId ?? contracts[0].id,
      proficiency: 1,
      joined: plan.firstDate,
      daysOff: [],
      wishes: [],
    });
  }
  return { ...document, plan: { ...plan, contracts, agents } };
}

/** The document with people changed; shifts outside somebody's employment become open. */
export function withAgents(
  document: PlanDocument,
  ids: ReadonlySet<string>,
  change: (agent: Agent) => Agent,
): PlanDocument {
  const agents = document.plan.agents.map((agent) => (ids.has(agent.id) ? change(agent) : agent));
  return withShiftsOfEmployed({ ...document, plan: { ...document.plan, agents } }, ids);
}

/** The document with another key for somebody, wherever it names them; the same one where it is taken already. */
export function withAgentKey(document: PlanDocument, id: string, key: string): PlanDocument {
  if (key === id || document.plan.agents.some((agent) => agent.id === key)) return document;
  return withAgentIds(document, (other) => (other === id ? key : other));
}

/** Shifts that people have in the roster. */
export function shiftsOf({ results }: PlanDocument, ids: ReadonlySet<string>): readonly Assignment[] {
  return results.roster?.value.assignments.filter(({ agentId }) => ids.has(agentId)) ?? [];
}

/** The document without some people, and without what it holds of them alone; their shifts become open. */
export function withoutAgents(document: PlanDocument, ids: ReadonlySet<string>): PlanDocument {
  const { plan } = document;
  const stays = ({ agentId }: { readonly agentId: string }) => !ids.has(agentId);
  return withShiftsFreed(
    {
      ...document,
      plan: {
        ...plan,
        agents: plan.agents.filter(({ id }) => !ids.has(id)).map((agent) => withoutPartner(agent, ids)),
        ...(plan.ledger && { ledger: plan.ledger.filter(stays) }),
        ...(plan.leave && {
          leave: {
            ...plan.leave,
            requests: plan.leave.requests.filter(stays),
            allowances: plan.leave.allowances.filter(stays),
          },
        }),
        ...(plan.today && {
          today: {
            ...plan.today,
            sick: plan.today.sick.filter(stays),
            ...(plan.today.measures && {
              measures: plan.today.measures.filter((one) => one.kind !== "lent" || stays(one)),
            }),
          },
        }),
        ...(plan.meetings && {
          meetings: plan.meetings.map((one) => ({
            ...one,
            agentIds: one.agentIds.filter((id) => !ids.has(id)),
          })),
        }),
        ...(plan.priorRoster && {
          priorRoster: { ...plan.priorRoster, people: plan.priorRoster.people.filter(stays) },
        }),
      },
    },
    (assignment) => !stays(assignment),
  );
}

function withoutPartner(agent: Agent, ids: ReadonlySet<string>): Agent {
  if (agent.preferences?.partner === undefined || !ids.has(agent.preferences.partner.agentId)) return agent;
  const { partner: _partner, ...preferences } = agent.preferences;
  return { ...agent, preferences };
}

/** Opens the shifts that some people have before their first or after their last day. */
export function withShiftsOfEmployed(document: PlanDocument, ids: ReadonlySet<string>): PlanDocument {
  const agents = new Map(document.plan.agents.map((agent) => [agent.id, agent]));
  return withShiftsFreed(document, ({ agentId, shift }) => {
    const agent = ids.has(agentId) ? agents.get(agentId) : undefined;
    return agent !== undefined && !isEmployedOn(agent, shift.date);
  });
}

/** The document with some shifts of the roster open again. */
export function withShiftsFreed(
  document: PlanDocument,
  isFreed: (assignment: Assignment) => boolean,
): PlanDocument {
  const { roster } = document.results;
  const freed = roster?.value.assignments.filter(isFreed) ?? [];
  if (roster === null || freed.length === 0) return document;
  const days = new Set(freed.map(({ agentId, shift }) => `${agentId} ${shift.date}`));
  return {
    ...document,
    results: {
      ...document.results,
      roster: {
        ...roster,
        value: {
          ...roster.value,
          assignments: roster.value.assignments.filter((assignment) => !isFreed(assignment)),
          unassigned: [...roster.value.unassigned, ...freed.map(({ shift }) => shift)],
          violations: roster.value.violations.filter(({ agentId, date }) => !days.has(`${agentId} ${date}`)),
        },
      },
    },
  };
}

/** Weekdays on which somebody cannot work at all. */
export function daysNeverWorked({ availability }: Pick<Agent, "availability">): Weekday[] {
  if (availability === undefined) return [];
  return weekdays.filter((weekday) => availability.every((window) => window.weekday !== weekday));
}

/**
 * Somebody with other days that are never worked; hours agreed for the other days stay. A day that is open now is open
 * until its end, or into the next one where that may be worked as well.
 */
export function withDaysNeverWorked(agent: Agent, days: readonly Weekday[]): Agent {
  const before = daysNeverWorked(agent);
  if (before.length === days.length && days.every((day) => before.includes(day))) return agent;
  const { availability = [], ...rest } = agent;
  const hadHours = agent.availability !== undefined;
  const isWholeDay = ({ fromMinute, toMinute }: (typeof availability)[number]) =>
    fromMinute === 0 && toMinute >= dayMinutes;
  const windows = weekdays
    .filter((weekday) => !days.includes(weekday))
    .flatMap((weekday) => {
      const own = availability.filter((window) => window.weekday === weekday);
      if (hadHours && own.length > 0 && !own.every(isWholeDay)) return own;
      const isLastOfRun = days.includes(((weekday % 7) + 1) as Weekday);
      return [{ weekday, fromMinute: 0, toMinute: isLastOfRun ? dayMinutes : 2 * dayMinutes }];
    });
  const isAlways = windows.length === 7 && windows.every(isWholeDay);
  return isAlways ? rest : { ...rest, availability: windows };
}
