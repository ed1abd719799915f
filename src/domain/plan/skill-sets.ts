import { type Skill, withoutGroup } from "./edit-groups.ts";
import { freeId } from "./edit-queues.ts";
import type { Plan, PlanDocument } from "./plan.ts";
import type { AgentGroup, Queue } from "./queue.ts";

/** What somebody can do: queues with how they are served. A queue that is not in it is not served. */
export type SkillSet = ReadonlyMap<string, Exclude<Skill, "none">>;

/** How long a contact waits before somebody for whom the queue is secondary takes it, until a person says otherwise. */
export const secondaryAfterSeconds = 30;

export function skillSetOf({ queueIds, overflow = [] }: AgentGroup): SkillSet {
  const set = new Map<string, Exclude<Skill, "none">>(queueIds.map((id) => [id, "serves"]));
  for (const { queueId, afterSeconds } of overflow) if (!set.has(queueId)) set.set(queueId, { afterSeconds });
  return set;
}

/**
 * The set with another skill in one queue. Somebody serves at least one queue: where none would be left as their own,
 * the queues in which they help out become it, and where none is left at all the set stays as it was.
 */
export function withSkillIn(set: SkillSet, queueId: string, skill: Skill): SkillSet {
  const next = new Map(set);
  if (skill === "none") next.delete(queueId);
  else next.set(queueId, skill);
  if (next.size === 0) return set;
  return [...next.values()].includes("serves") ? next : new Map([...next.keys()].map((id) => [id, "serves"]));
}

/**
 * A group's name by what it can do, in the order of the queues: `Voice + Chat`; queues where it only helps out stand in
 * brackets.
 *
 * @example skillSetName(new Map([["voice", "serves"], ["chat", { afterSeconds: 30 }]]), queues) // "Voice (+ Chat)"
 */
export function skillSetName(set: SkillSet, queues: readonly Queue[]): string {
  const named = (isMeant: (skill: Skill | undefined) => boolean) =>
    queues.filter(({ id }) => isMeant(set.get(id))).map(({ name }) => name);
  const own = named((skill) => skill === "serves").join(" + ");
  const helps = named((skill) => typeof skill === "object").join(" + ");
  return helps === "" ? own : `${own} (+ ${helps})`;
}

/**
 * The document with people's skills set; groups follow. Whoever can do what a group can belongs to it: people whose
 * skills stay keep their group, and of several groups that can do the same the first takes those who change. For a set
 * that no group has, one is made and named by its queues; templates, activities and floor events that name the groups
 * its people came from name it too (for people of no group yet: the groups that share a queue with it).
 *
 * A group that loses its last member here goes, and so does one that waited for people while the plan had none, where
 * others with people serve all of its queues; what named it goes to the one most like it. Every other group stays as it
 * is, id, name and settings.
 *
 * @param skillsOf by person; a person whose `groupId` is no group's belongs to none yet
 */
export function withSkillSets(document: PlanDocument, skillsOf: ReadonlyMap<string, SkillSet>): PlanDocument {
  const { plan } = document;
  const groupOfSet = new Map<string, AgentGroup>();
  for (const group of plan.groups) {
    const key = setKey(skillSetOf(group));
    if (!groupOfSet.has(key)) groupOfSet.set(key, group);
  }
  const groupById = new Map(plan.groups.map((group) => [group.id, group]));
  const made = new Map<string, AgentGroup>();
  const sources = new Map<string, Set<string>>();
  const before = new Set<string>();
  const agents = plan.agents.map((agent) => {
    const own = groupById.get(agent.groupId);
    if (own !== undefined) before.add(own.id);
    const set = skillsOf.get(agent.id);
    if (set === undefined || (own !== undefined && setKey(skillSetOf(own)) === setKey(set))) return agent;
    const key = setKey(set);
    let group = groupOfSet.get(key);
    if (group === undefined) {
      group = groupFor(set, plan, [...made.values()]);
      groupOfSet.set(key, group);
      made.set(group.id, group);
    }
    if (made.has(group.id)) {
      const from = sources.get(group.id) ?? new Set<string>();
      for (const id of own === undefined ? sharing(set, plan.groups) : [own.id]) from.add(id);
      sources.set(group.id, from);
    }
    return { ...agent, groupId: group.id };
  });
  const grown = namedWith({ ...plan, groups: [...plan.groups, ...made.values()], agents }, sources);
  return withoutEmptied({ ...document, plan: grown }, before);
}

function setKey(set: SkillSet): string {
  const entries = [...set].map(([id, skill]) => [id, skill === "serves" ? null : skill.afterSeconds]);
  return JSON.stringify(entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function groupFor(set: SkillSet, plan: Plan, others: readonly AgentGroup[]): AgentGroup {
  const taken = [...plan.groups, ...others];
  const name = freeId(
    skillSetName(set, plan.queues),
    taken.map((group) => group.name),
  );
  const inOrder = plan.queues.flatMap(({ id }) => {
    const skill = set.get(id);
    return skill === undefined ? [] : [{ queueId: id, skill }];
  });
  const overflow = inOrder.flatMap(({ queueId, skill }) =>
    skill === "serves" ? [] : [{ queueId, afterSeconds: skill.afterSeconds }],
  );
  return {
    id: freeId(
      name,
      taken.map(({ id }) => id),
    ),
    name,
    queueIds: inOrder.filter(({ skill }) => skill === "serves").map(({ queueId }) => queueId),
    ...(overflow.length > 0 && { overflow }),
  };
}

function sharing(set: SkillSet, groups: readonly AgentGroup[]): string[] {
  return groups.filter(({ queueIds }) => queueIds.some((id) => set.get(id) === "serves")).map(({ id }) => id);
}

/** Lists of groups that hold one from which people came hold the group they came to as well. */
function namedWith(plan: Plan, sources: ReadonlyMap<string, ReadonlySet<string>>): Plan {
  if (sources.size === 0) return plan;
  const extended = (groupIds: readonly string[]) => [
    ...groupIds,
    ...[...sources].filter(([, from]) => groupIds.some((id) => from.has(id))).map(([id]) => id),
  ];
  const withGroups = <T extends { readonly groupIds: readonly string[] }>(entry: T): T => ({
    ...entry,
    groupIds: extended(entry.groupIds),
  });
  const { activities } = plan.scheduling;
  const { events } = plan.simulation;
  return {
    ...plan,
    templates: plan.templates.map(withGroups),
    scheduling: { ...plan.scheduling, ...(activities && { activities: activities.map(withGroups) }) },
    simulation: {
      ...plan.simulation,
      ...(events && {
        events: events.map((event) =>
          "groupIds" in event && event.groupIds !== null
            ? { ...event, groupIds: extended(event.groupIds) }
            : event,
        ),
      }),
    },
  };
}

function withoutEmptied(document: PlanDocument, before: ReadonlySet<string>): PlanDocument {
  const { plan } = document;
  const members = new Set(plan.agents.map(({ groupId }) => groupId));
  const staffed = plan.groups.filter(({ id }) => members.has(id));
  const served = new Set(staffed.flatMap(({ queueIds }) => queueIds));
  const emptied = plan.groups.filter(
    ({ id, queueIds }) =>
      !members.has(id) && (before.has(id) || before.size === 0) && queueIds.every((one) => served.has(one)),
  );
  return emptied.reduce((rest, { id, queueIds }) => {
    const common = (group: AgentGroup) => group.queueIds.filter((one) => queueIds.includes(one)).length;
    const heir = staffed.reduce((best, group) => (common(group) > common(best) ? group : best));
    return withoutGroup(rest, id, heir.id);
  }, document);
}
