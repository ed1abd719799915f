import type { Reserve } from "../results/simulation.ts";
import type { Plan, PlanDocument } from "./plan.ts";
import type { AgentGroup } from "./queue.ts";
import type { Change, Scenario } from "./scenario.ts";

/** Whether a group serves a queue: as its own, once a contact there has waited so long, or not at all. */
export type Skill = "serves" | "none" | { readonly afterSeconds: number };

export function skillOf({ queueIds, overflow = [] }: AgentGroup, queueId: string): Skill {
  if (queueIds.includes(queueId)) return "serves";
  const help = overflow.find((one) => one.queueId === queueId);
  return help === undefined ? "none" : { afterSeconds: help.afterSeconds };
}

/**
 * The plan with a skill of a group set; a queue that is new to it comes last among its skills. A group serves at least
 * one queue: the same plan where its last one would be taken away.
 */
export function withSkill(plan: Plan, groupId: string, queueId: string, skill: Skill): Plan {
  const group = plan.groups.find(({ id }) => id === groupId);
  if (group === undefined) return plan;
  const others = group.queueIds.filter((id) => id !== queueId);
  const before = skillOf(group, queueId);
  const queueIds =
    skill === "serves" ? (before === "serves" ? group.queueIds : [...others, queueId]) : others;
  if (queueIds.length === 0) return plan;
  const helps = (group.overflow ?? []).filter((help) => help.queueId !== queueId);
  const overflow = typeof skill === "object" ? [...helps, { queueId, ...skill }] : helps;
  const next = {
    ...plan,
    groups: plan.groups.map((other) => (other === group ? withOverflow(other, queueIds, overflow) : other)),
  };
  return skill === "serves" ? next : withRoutedPairs(next);
}

function withOverflow(
  { overflow: _before, ...group }: AgentGroup,
  queueIds: AgentGroup["queueIds"],
  overflow: NonNullable<AgentGroup["overflow"]>,
): AgentGroup {
  return { ...group, queueIds, ...(overflow.length > 0 && { overflow }) };
}

/** The plan without what its routing says of groups and queues that no longer go together. */
export function withRoutedPairs(plan: Plan): Plan {
  const { routing } = plan.simulation;
  if (routing === undefined) return plan;
  const { skillOrders, reserves, ...rules } = routing;
  const groups = new Map(plan.groups.map((group) => [group.id, group]));
  const orders = (skillOrders ?? []).flatMap(({ groupId, queueIds }) => {
    const kept = queueIds.filter((id) => groups.get(groupId)?.queueIds.includes(id));
    return kept.length === 0 ? [] : [{ groupId, queueIds: kept }];
  });
  const kept = (reserves ?? []).filter(({ groupId, queueId }) => {
    const group = groups.get(groupId);
    return group !== undefined && skillOf(group, queueId) !== "none";
  });
  return {
    ...plan,
    simulation: {
      ...plan.simulation,
      routing: {
        ...rules,
        ...(orders.length > 0 && { skillOrders: orders }),
        ...(kept.length > 0 && { reserves: kept }),
      },
    },
  };
}

/** The plan with these agents kept free, in place of those it keeps free now. */
export function withReserves<Part extends Pick<Plan, "simulation">>(
  plan: Part,
  reserves: readonly Reserve[],
): Part {
  const { simulation } = plan;
  const { reserves: _before, ...routing } = simulation.routing ?? {};
  const next = { ...routing, ...(reserves.length > 0 && { reserves: [...reserves] }) };
  return { ...plan, simulation: { ...simulation, routing: next } };
}

/** The plan with one more group, last in the list. */
export function withGroup(plan: Plan, group: AgentGroup): Plan {
  return { ...plan, groups: [...plan.groups, group] };
}

/** What a group is named by elsewhere in a document; counts. */
export interface GroupUses {
  readonly agents: number;
  readonly shifts: number;
  readonly templates: number;
  readonly scenarios: number;
}

export function usesOfGroup({ plan, results }: PlanDocument, groupId: string): GroupUses {
  const count = <T>(list: readonly T[], test: (entry: T) => boolean) => list.filter(test).length;
  return {
    agents: count(plan.agents, (agent) => agent.groupId === groupId),
    shifts: count(results.schedule?.value.shifts ?? [], (shift) => shift.groupId === groupId),
    templates: count(plan.templates, ({ groupIds }) => groupIds.includes(groupId)),
    scenarios: count(plan.scenarios, ({ changes }) =>
      changes.some((change) => "groupId" in change && change.groupId === groupId),
    ),
  };
}

/**
 * The document without a group. Its people, shifts, templates, activities, events and scenarios go to another one; a
 * change of a scenario that would teach that group what it can already do is left out. The simulation, which counts by
 * group, is dropped. Throws RangeError where either group does not exist, or both are one.
 */
export function withoutGroup(document: PlanDocument, groupId: string, toGroupId: string): PlanDocument {
  const { plan, results } = document;
  const to = plan.groups.find(({ id }) => id === toGroupId);
  if (to === undefined || groupId === toGroupId || !plan.groups.some(({ id }) => id === groupId))
    throw new RangeError(`no group ${groupId} whose people could go to ${toGroupId}`);
  const moved = (id: string) => (id === groupId ? toGroupId : id);
  const movedAll = (ids: readonly string[]) => [...new Set(ids.map(moved))];
  const regrouped = <T extends { readonly groupId: string }>(entry: T): T =>
    entry.groupId === groupId ? { ...entry, groupId: toGroupId } : entry;
  const { activities } = plan.scheduling;
  const { events, routing } = plan.simulation;
  const { schedule, roster } = results;
  return {
    ...document,
    plan: withRoutedPairs({
      ...plan,
      groups: plan.groups.filter(({ id }) => id !== groupId),
      agents: plan.agents.map(regrouped),
      templates: plan.templates.map((template) => ({ ...template, groupIds: movedAll(template.groupIds) })),
      scheduling: {
        ...plan.scheduling,
        ...(activities && {
          activities: activities.map((rule) => ({ ...rule, groupIds: movedAll(rule.groupIds) })),
        }),
      },
      simulation: {
        ...plan.simulation,
        ...(events && {
          events: events.map((event) =>
            "groupIds" in event && event.groupIds !== null
              ? { ...event, groupIds: movedAll(event.groupIds) }
              : event,
          ),
        }),
        ...(routing?.skillOrders && {
          routing: {
            ...routing,
            skillOrders: routing.skillOrders.filter((order) => order.groupId !== groupId),
          },
        }),
      },
      scenarios: plan.scenarios.map(
        (scenario): Scenario => ({
          ...scenario,
          changes: scenario.changes.flatMap((change) => regroupedChange(change, groupId, to)),
        }),
      ),
    }),
    results: {
      ...results,
      schedule: schedule && {
        ...schedule,
        value: {
          ...schedule.value,
          shifts: schedule.value.shifts.map(regrouped),
          ...(schedule.value.tours && { tours: schedule.value.tours.map(regrouped) }),
        },
      },
      roster: roster && {
        ...roster,
        value: {
          ...roster.value,
          assignments: roster.value.assignments.map((assignment) => ({
            ...assignment,
            shift: regrouped(assignment.shift),
          })),
          unassigned: roster.value.unassigned.map(regrouped),
        },
      },
      simulation: null,
    },
  };
}

function regroupedChange(change: Change, groupId: string, to: AgentGroup): Change[] {
  if (!("groupId" in change) || change.groupId !== groupId) return [change];
  if ("queueId" in change && change.queueId !== null && skillOf(to, change.queueId) !== "none")
    return change.kind === "rotation" ? [{ ...change, groupId: to.id }] : [];
  return [{ ...change, groupId: to.id }];
}
