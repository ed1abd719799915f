import { addDays, type LocalDate } from "../calendar/clock.ts";
import type { Issue } from "../outcome.ts";
import { withAgentIds } from "./agent-ids.ts";
import {
  daysNeverWorked,
  newContract,
  shiftsOf,
  withDaysNeverWorked,
  withoutAgents,
  withShiftsOfEmployed,
} from "./edit-people.ts";
import { freeId } from "./edit-queues.ts";
import type { ListedPerson, PeopleListHabits, SkillLevel } from "./people-list.ts";
import type { Plan, PlanDocument } from "./plan.ts";
import { takenKeys, withOwnKeys } from "./published-roster.ts";
import { type Agent, type Contract, isEmployedOn } from "./roster.ts";
import {
  type SkillSet,
  secondaryAfterSeconds,
  skillSetName,
  skillSetOf,
  withSkillSets,
} from "./skill-sets.ts";

/** What becomes of somebody who is in the plan and not in the list. */
export type Departure =
  | { readonly kind: "keep" }
  | { readonly kind: "end"; readonly lastDate: LocalDate }
  | { readonly kind: "remove" };

export interface PeopleUpdateOptions {
  /** What the list calls contracts; a name that is none and not here is asked about. */
  readonly contracts: PeopleListHabits["contracts"];
  /** Keys of rows that were refused: these people are not gone. */
  readonly refusedKeys: ReadonlySet<string>;
  /** By id of whoever is gone; absent: kept. */
  readonly departures: ReadonlyMap<string, Departure>;
}

/** One value of a person that a list changes; lists of days and dates as such, for whoever shows them. */
export interface PersonChange {
  readonly field:
    | "key"
    | "name"
    | "email"
    | "team"
    | "site"
    | "contract"
    | "skills"
    | "speed"
    | "joined"
    | "lastDate"
    | "daysNeverWorked"
    | "leave";
  readonly from: PersonValue;
  readonly to: PersonValue;
}
export type PersonValue = string | number | null | readonly number[] | readonly LocalDate[];

/** A person of the list beside what the plan knows of them. */
export interface UpdatedPerson {
  readonly line: number;
  readonly key: string;
  readonly name: string;
  readonly changes: readonly PersonChange[];
}

/** What a list of people does to a plan, and the document after it. */
export interface PeopleUpdate {
  readonly document: PlanDocument;
  readonly added: readonly UpdatedPerson[];
  readonly changed: readonly UpdatedPerson[];
  readonly unchangedCount: number;
  /** In the plan, not in the list and without a last day yet, with the shifts they have in the roster. */
  readonly gone: readonly { readonly id: string; readonly name: string; readonly shifts: number }[];
  /** Contracts that are made from hours, as no contract of the plan has them. */
  readonly madeContracts: readonly Contract[];
  /** Contracts of the list that the plan does not have and that give no hours. */
  readonly unknownContracts: readonly { readonly text: string; readonly count: number }[];
  readonly issues: readonly Issue[];
}

/**
 * A list of people taken over into a plan, by key: who is new comes in, whose values differ is changed, who is not in the
 * list is gone and stays until `departures` says otherwise. Somebody whose key is unknown and whose name only one person
 * has, here and there, is that person with another key. Nobody's roster is touched but that of people who go or whose
 * days of work end or begin: their shifts there become open. Groups follow skills (`withSkillSets`).
 *
 * Assumes that keys are unique in `people`. A list of hours without contracts takes the contract with these hours, or
 * makes one like the nearest. Leave is added, never taken away. The same list again changes nothing.
 *
 * Issues, with the line: `people.noSkill` and `people.unknownContract` refuse somebody new (somebody known keeps what
 * they have); `people.endBeforeJoining` refuses somebody who would leave before their first day; `people.contractMade`; `people.firstContractMade`
 * where the plan has no contract yet; `people.contractHours` where the hours of a contract differ from the list's.
 */
export function updatePeople(
  document: PlanDocument,
  people: readonly ListedPerson[],
  options: PeopleUpdateOptions,
): PeopleUpdate {
  const issues: Issue[] = [];
  const before = document.plan;
  const keys = new Set([...people.map(({ key }) => key), ...options.refusedKeys]);
  const renamed = renamedKeys(before.agents, people, keys);
  const keyed = renamed.size === 0 ? document : withAgentIds(document, (id) => renamed.get(id) ?? id);
  const formerKey = new Map([...renamed].map(([from, to]) => [to, from]));
  const agents = new Map(keyed.plan.agents.map((agent) => [agent.id, agent]));
  const contracts = contractFinder(keyed.plan, options.contracts, issues);
  const groups = new Map(keyed.plan.groups.map((group) => [group.id, group]));
  const skillsOf = new Map<string, SkillSet>();
  const listed: { readonly person: ListedPerson; readonly agent: Agent }[] = [];
  for (const person of people) {
    const agent = agents.get(person.key);
    const group = groups.get(agent?.groupId ?? "");
    const skills = skillsAfter(person, group && skillSetOf(group), keyed.plan);
    const contractId = skills === null ? null : contracts.idFor(person, agent);
    if (skills === null || contractId === null) {
      if (skills === null)
        issues.push({
          code: "people.noSkill",
          severity: "warning",
          line: person.line,
          values: { key: person.key },
        });
      continue;
    }
    const next = withListed(agent ?? newAgent(person, keyed.plan), person, contractId);
    if (agent !== undefined && next.lastDate !== undefined && next.lastDate < next.joined) {
      issues.push({
        code: "people.endBeforeJoining",
        severity: "warning",
        line: person.line,
        values: { key: person.key, date: next.lastDate, joined: next.joined },
      });
      continue;
    }
    if (person.levels !== undefined || agent === undefined) skillsOf.set(person.key, skills);
    listed.push({ person, agent: next });
  }
  const after = new Map(listed.map(({ agent }) => [agent.id, agent]));
  const isNew = ({ id }: Agent) => !agents.has(id);
  const merged: PlanDocument = {
    ...keyed,
    plan: {
      ...keyed.plan,
      contracts: [...keyed.plan.contracts, ...contracts.made()],
      agents: [
        ...keyed.plan.agents.map((agent) => after.get(agent.id) ?? agent),
        ...withOwnKeys(
          listed.map(({ agent }) => agent).filter(isNew),
          takenKeys(keyed.plan.agents, keyed.published),
        ),
      ],
    },
  };
  const gone = before.agents.filter(
    ({ id, lastDate }) => lastDate === undefined && !keys.has(id) && !renamed.has(id),
  );
  const skilled = withSkillSets(merged, skillsOf);
  const present = withDepartures(skilled, gone, options.departures);
  const updated = listed.map(({ person, agent: { id, name } }) => ({
    isNew: !agents.has(id),
    line: person.line,
    key: id,
    name,
    changes: changesOf(
      valuesOf(keyed.plan, agents.get(id), formerKey.get(id)),
      valuesOf(
        skilled.plan,
        skilled.plan.agents.find((agent) => agent.id === id),
      ),
    ),
  }));
  const changed = updated.filter(({ isNew, changes }) => !isNew && changes.length > 0);
  const added = updated.filter(({ isNew }) => isNew);
  const isSame = added.length === 0 && changed.length === 0 && present === skilled;
  return {
    document: isSame
      ? document
      : withShiftsOfEmployed(
          present,
          new Set([...changed.map(({ key }) => key), ...gone.map(({ id }) => id)]),
        ),
    added,
    changed,
    unchangedCount: updated.length - added.length - changed.length,
    gone: gone.map(({ id, name }) => ({ id, name, shifts: shiftsOf(document, new Set([id])).length })),
    madeContracts: contracts.made(),
    unknownContracts: contracts.unknown(),
    issues,
  };
}

/** New keys by old ones, where only the name says that a person of the list is one of the plan. */
function renamedKeys(
  agents: readonly Agent[],
  people: readonly ListedPerson[],
  keys: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const ids = new Set(agents.map(({ id }) => id));
  const folded = (name: string) => name.normalize("NFKC").trim().toLowerCase();
  const once = <T extends { readonly name?: string }>(list: readonly T[]) => {
    const byName = new Map<string, T | null>();
    for (const entry of list) {
      const name = folded(entry.name ?? "");
      byName.set(name, byName.has(name) ? null : entry);
    }
    return byName;
  };
  const present = once(agents);
  const renamed = new Map<string, string>();
  for (const [name, person] of once(people)) {
    const agent = present.get(name);
    if (name === "" || !person || !agent || ids.has(person.key) || keys.has(agent.id)) continue;
    renamed.set(agent.id, person.key);
  }
  return renamed;
}

function newAgent({ key, name, joined }: ListedPerson, plan: Plan): Agent {
  return {
    id: key,
    name: name ?? key,
    team: "",
    // None yet: `withSkillSets` finds it.
    groupId: "",
    contractId: "",
    proficiency: 1,
    joined: joined ?? plan.firstDate,
    daysOff: [],
    wishes: [],
  };
}

function withListed(agent: Agent, person: ListedPerson, contractId: string): Agent {
  const { name, email, team, site, speed, joined, lastDate, leave } = person;
  const { lastDate: lastBefore, ...rest } = agent;
  const last = lastDate === undefined ? lastBefore : (lastDate ?? undefined);
  const next: Agent = {
    ...rest,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(team !== undefined && { team }),
    ...(site !== undefined && { site }),
    contractId,
    ...(speed !== undefined && { proficiency: speed }),
    ...(joined !== undefined && { joined }),
    ...(last !== undefined && { lastDate: last }),
    ...(leave !== undefined && { daysOff: [...new Set([...agent.daysOff, ...leave])].sort() }),
  };
  return person.daysNeverWorked === undefined ? next : withDaysNeverWorked(next, person.daysNeverWorked);
}

/** What somebody can do after the list; null: somebody new who can do nothing. */
function skillsAfter(person: ListedPerson, before: SkillSet | undefined, plan: Plan): SkillSet | null {
  const { levels, levelsAreAll } = person;
  // A list without skills says nothing of them; where there is one queue, everybody serves it.
  if (levels === undefined)
    return before ?? (plan.queues.length === 1 ? new Map([[plan.queues[0].id, "serves"]]) : null);
  const next = new Map<string, SkillLevel>();
  for (const { id } of plan.queues) {
    const had = before?.get(id);
    const kept = had === undefined || levelsAreAll ? "none" : had === "serves" ? "primary" : "secondary";
    const level = levels.get(id) ?? kept;
    if (level !== "none") next.set(id, level);
  }
  if (next.size === 0) return before ?? null;
  const hasOwn = [...next.values()].includes("primary");
  return new Map(
    [...next].map(([id, level]): [string, "serves" | { readonly afterSeconds: number }] => {
      const had = before?.get(id);
      if (level === "primary" || !hasOwn) return [id, "serves"];
      return [id, typeof had === "object" ? had : { afterSeconds: secondaryAfterSeconds }];
    }),
  );
}

/** Finds the contract that a list means for somebody. */
function contractFinder(plan: Plan, settled: PeopleListHabits["contracts"], issues: Issue[]) {
  const folded = (text: string) => text.normalize("NFKC").trim().toLowerCase();
  const made: Contract[] = [];
  const unknown = new Map<string, number>();
  const byId = new Map(plan.contracts.map((contract) => [contract.id, contract]));
  const settledAs = new Map(settled.map(({ text, contractId }) => [folded(text), contractId]));
  const named = (text: string) =>
    byId.get(settledAs.get(folded(text)) ?? "") ??
    [...plan.contracts, ...made].find(({ id, name }) =>
      [id, name].some((one) => folded(one) === folded(text)),
    );
  const hours = (contract: Contract) => contract.maximumMinutesPerWeek;
  function make(name: string, weeklyMinutes: number): Contract {
    const all = [...plan.contracts, ...made];
    const away = (contract: Contract) => Math.abs(hours(contract) - weeklyMinutes);
    const model = plan.contracts.reduce<Contract>(
      (best, other) => (away(other) < away(best) ? other : best),
      plan.contracts[0] ?? newContract("", ""),
    );
    const { minimumMinutesPerPeriod: _least, maximumMinutesPerPeriod: _most, ...rules } = model;
    const share = model.minimumMinutesPerWeek / model.maximumMinutesPerWeek;
    const taken = (field: "id" | "name") => all.map((contract) => contract[field]);
    const contract = {
      ...rules,
      id: freeId(name, taken("id")),
      name: freeId(name, taken("name")),
      minimumMinutesPerWeek: 15 * Math.floor((share * weeklyMinutes) / 15),
      maximumMinutesPerWeek: weeklyMinutes,
    };
    made.push(contract);
    const values = { contract: contract.name, hours: weeklyMinutes / 60 };
    issues.push({
      severity: "info",
      ...(plan.contracts.length === 0
        ? { code: "people.firstContractMade", values }
        : { code: "people.contractMade", values: { ...values, like: model.name } }),
    });
    return contract;
  }
  function ofHours(weeklyMinutes: number, before: Contract | undefined): Contract {
    if (before !== undefined && hours(before) === weeklyMinutes) return before;
    const fitting = [...plan.contracts, ...made].find((contract) => hours(contract) === weeklyMinutes);
    return fitting ?? make(`${Math.round((weeklyMinutes / 60) * 100) / 100} h`, weeklyMinutes);
  }
  return {
    made: () => made,
    unknown: () => [...unknown].map(([text, count]) => ({ text, count })),
    /** null: somebody new whose contract nobody knows. */
    idFor({ contract: text, weeklyMinutes, line }: ListedPerson, agent: Agent | undefined): string | null {
      const before = agent && byId.get(agent.contractId);
      if (text === undefined) {
        if (weeklyMinutes !== undefined) return ofHours(weeklyMinutes, before).id;
        if (agent !== undefined) return agent.contractId;
        return (plan.contracts[0] ?? made[0] ?? make("40 h", 2400)).id;
      }
      const contract = named(text) ?? (weeklyMinutes === undefined ? undefined : make(text, weeklyMinutes));
      if (contract === undefined) {
        unknown.set(text, (unknown.get(text) ?? 0) + 1);
        issues.push({
          ...(agent === undefined
            ? { code: "people.unknownContract", severity: "warning" }
            : { code: "people.unknownContractKept", severity: "info" }),
          line,
          values: { text, option: "--map-contract" },
        });
        return agent?.contractId ?? null;
      }
      if (weeklyMinutes !== undefined && hours(contract) !== weeklyMinutes)
        issues.push({
          code: "people.contractHours",
          severity: "info",
          line,
          values: { contract: contract.name, hours: weeklyMinutes / 60, contractHours: hours(contract) / 60 },
        });
      return contract.id;
    },
  };
}

function withDepartures(
  document: PlanDocument,
  gone: readonly Agent[],
  departures: PeopleUpdateOptions["departures"],
): PlanDocument {
  const removed = new Set(gone.filter(({ id }) => departures.get(id)?.kind === "remove").map(({ id }) => id));
  const isEnding = (id: string) => departures.get(id)?.kind === "end";
  const rest = removed.size === 0 ? document : withoutAgents(document, removed);
  if (!gone.some(({ id }) => isEnding(id))) return rest;
  const goneIds = new Set(gone.map(({ id }) => id));
  const agents = rest.plan.agents.map((agent) => {
    const departure = goneIds.has(agent.id) ? departures.get(agent.id) : undefined;
    return departure?.kind === "end" ? { ...agent, lastDate: departure.lastDate } : agent;
  });
  return { ...rest, plan: { ...rest.plan, agents } };
}

/** The last day that is proposed for somebody who is gone: the day before the period. */
export function proposedLastDate(
  { firstDate }: Pick<Plan, "firstDate">,
  agent: Pick<Agent, "joined">,
): LocalDate {
  const dayBefore = addDays(firstDate, -1);
  return isEmployedOn(agent, dayBefore) ? dayBefore : agent.joined;
}

type PersonValues = Readonly<Record<PersonChange["field"], PersonValue>>;

function valuesOf(plan: Plan, agent: Agent | undefined, key?: string): PersonValues | null {
  if (agent === undefined) return null;
  const group = plan.groups.find(({ id }) => id === agent.groupId);
  return {
    key: key ?? agent.id,
    name: agent.name,
    email: agent.email ?? null,
    team: agent.team === "" ? null : agent.team,
    site: agent.site ?? null,
    contract: plan.contracts.find(({ id }) => id === agent.contractId)?.name ?? null,
    skills: group === undefined ? null : skillSetName(skillSetOf(group), plan.queues),
    speed: agent.proficiency,
    joined: agent.joined,
    lastDate: agent.lastDate ?? null,
    daysNeverWorked: daysNeverWorked(agent),
    leave: agent.daysOff,
  };
}

function changesOf(before: PersonValues | null, after: PersonValues | null): PersonChange[] {
  if (after === null) return [];
  const fields = Object.keys(after) as PersonChange["field"][];
  return fields.flatMap((field): PersonChange[] => {
    const from = before === null ? null : before[field];
    const to = after[field];
    const isEmpty = to === null || (Array.isArray(to) && to.length === 0);
    if (before === null ? isEmpty : JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ field, from, to }];
  });
}
