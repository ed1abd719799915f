import type { LocalDate } from "../domain/calendar/clock.ts";
import { dateOfDay, sameGrid } from "../domain/calendar/interval-grid.ts";
import { shrinkageBesideLeave } from "../domain/plan/leave.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { isEmployedOn, type Roster } from "../domain/plan/roster.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { availableShare } from "../staffing/shrinkage.ts";
import { limitsByContracts } from "./limit-by-contracts.ts";
import { limitsByRoster } from "./limit-by-roster.ts";
import type { DayLimit, LimitSource } from "./limit-source.ts";
import { queueSets } from "./queue-sets.ts";

/** What the limits are made from. */
export interface LeaveLimitInput {
  readonly plan: Pick<Plan, "agents" | "groups" | "contracts" | "templates" | "shrinkage" | "leave">;
  readonly requirement: Requirement;
  /** null, or of other dates than the requirement: the limits follow from contracts. */
  readonly roster: Roster | null;
}

export interface GroupLimits {
  readonly groupId: string;
  /** One per day of the requirement. */
  readonly days: readonly DayLimit[];
}

export interface LeaveLimits {
  /** What they were read from. */
  readonly basis: "roster" | "contracts";
  readonly dates: readonly LocalDate[];
  /** In the plan's order. */
  readonly groups: readonly GroupLimits[];
}

/**
 * How many more people of each group may be off on each day of the plan, so that every queue keeps the agents that the
 * requirement asks for its goal.
 *
 * Each number holds for one day and one group alone, with the leave that stands in the plan: granting some lowers what
 * is left for other groups that serve the same queues, and, before there is a roster, for other days of the same week.
 *
 * Assumes that people of a group are alike, that a flexible person may serve any of the group's queues at any time
 * (queues in `overflow` are not counted on), and that a day of leave is a day of work less in that week. Shrinkage is
 * taken off as in the requirement, without the items that the plan says stand for leave (`leave.shrinkageIds`): who is
 * on leave is counted by name, and would be counted twice. Somebody whose contract is not in the plan can give nothing.
 *
 * Method: with a roster, `limitsByRoster` takes shifts out one by one as long as no interval becomes short; before there
 * is one, `limitsByContracts` compares person-days that contracts allow in a week with those that the requirement's
 * hours and peaks need. Both share flexible people by the cuts of a flow (`queueSets`).
 *
 * Numbers are whole people, 0 or more.
 *
 * Source: Ford and Fulkerson (max-flow min-cut); Hall's condition for the sets of queues.
 *
 * @example
 * // Ten people of five days a week for one queue that needs 7 on each of seven days: 50 person-days for 49.
 * leaveLimits({ plan, requirement, roster: null }).groups[0].days[1].more; // 1
 */
export function leaveLimits({ plan, requirement, roster }: LeaveLimitInput): LeaveLimits {
  const source = limitSource(plan, requirement);
  const { grid, dates } = source;
  const usable = roster !== null && sameGrid(roster.grid, grid) ? roster : null;
  const counted = usable === null ? limitsByContracts(source) : limitsByRoster(source, usable);
  const daysOff = new Map(plan.agents.map(({ id, daysOff: days }) => [id, new Set(days)]));
  return {
    basis: usable === null ? "contracts" : "roster",
    dates,
    groups: plan.groups.map(({ id }, group) => {
      const members = plan.agents.filter(({ groupId }) => groupId === id);
      return {
        groupId: id,
        days: dates.map((date, day) => {
          const employed = members.filter((agent) => isEmployedOn(agent, date));
          const away = employed.filter((agent) => daysOff.get(agent.id)?.has(date)).length;
          return { ...counted[group][day], people: employed.length, away };
        }),
      };
    }),
  };
}

/** What a plan and its requirement say to both ways of counting. */
export function limitSource(plan: LeaveLimitInput["plan"], { grid, queues }: Requirement): LimitSource {
  return {
    plan,
    grid,
    dates: Array.from({ length: grid.dayCount }, (_, day) => dateOfDay(grid, day)),
    required: queues.map(({ requiredAgents }) => requiredAgents),
    available: availableShare(grid, shrinkageBesideLeave(plan)),
    sets: queueSets(
      queues.map(({ queueId }) => queueId),
      plan.groups,
    ),
  };
}
