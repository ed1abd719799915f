import { weekdayOf } from "../../domain/calendar/clock.ts";
import { clockMinuteAt } from "../../domain/calendar/interval-grid.ts";
import { begunAt } from "../../domain/plan/edit-shift.ts";
import { type Agent, isEmployedOn } from "../../domain/plan/roster.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { shiftOfTemplate } from "../../rostering/problem/shift-candidates.ts";
import { bestChanges, costOfChange, type Search } from "./candidates.ts";
import type { PersonChange } from "./option.ts";

/** Who is called needs so long until work begins. */
const noticeMinutes = 60;
const leastMinutes = 180;
const startStepMinutes = 30;

/**
 * People who are free that day come in for a shift of a template that they may work, or for what is left of one that
 * has begun. Who wishes to be off is not called.
 */
export function callIn(search: Search): PersonChange[] {
  return bestChanges(search, callInCandidates(search));
}

/** Everybody who may be called, with every shift that the rules allow. */
export function callInCandidates(search: Search): PersonChange[] {
  const { plan, roster, rules } = search;
  return callable(search).flatMap(({ agent: { id, wishes }, shifts }): PersonChange[] =>
    shifts
      .filter((shift) => rules.broken(id, shift).length === 0)
      .map((to) => ({
        agentId: id,
        from: null,
        to,
        cost: costOfChange(plan, roster, null, to),
        isWished: wishes.some((wish) => wish.date === to.date && wish.kind === "shiftOn"),
      })),
  );
}

/** Who is free that day and no wish stands against it, with the shifts that could still begin, whatever rules say. */
export function callable(search: Search): { readonly agent: Agent; readonly shifts: readonly Shift[] }[] {
  const { plan, roster, floor, rules } = search;
  const { date, sick } = floor.today;
  const isBusy = new Set(
    roster.assignments.filter(({ shift }) => shift.date === date).map(({ agentId }) => agentId),
  );
  const isSick = new Set(sick.map(({ agentId }) => agentId));
  const free = plan.agents.filter(
    (agent) =>
      !isBusy.has(agent.id) &&
      !isSick.has(agent.id) &&
      isEmployedOn(agent, date) &&
      !agent.daysOff.includes(date) &&
      !agent.wishes.some((wish) => wish.date === date && wish.kind === "shiftOff"),
  );
  const shiftsOf = new Map(
    [...new Set(free.map(({ groupId }) => groupId))].map((groupId) => [groupId, shiftsFor(search, groupId)]),
  );
  rules.learn([...shiftsOf.values()].flat());
  const taken = new Set(roster.assignments.map(({ shift }) => shift.id));
  const idFor = (agentId: string) => {
    let id = `extra-${date}-${agentId}`;
    while (taken.has(id)) id += "+";
    return id;
  };
  return free.map((agent) => ({
    agent,
    shifts: (shiftsOf.get(agent.groupId) ?? []).map((shift) => ({
      ...shift,
      id: idFor(agent.id),
    })),
  }));
}

/** Shifts of the day that a group can still begin: those of the templates, and what is left of earlier ones. */
function shiftsFor({ plan, roster, floor, line }: Search, groupId: string): Shift[] {
  const { grid } = roster;
  const { date } = floor.today;
  const soonest = Math.ceil((line + noticeMinutes) / startStepMinutes) * startStepMinutes;
  const shifts = plan.templates
    .filter(
      ({ groupIds, weekdays }) =>
        (groupIds.length === 0 || groupIds.includes(groupId)) && weekdays.includes(weekdayOf(date)),
    )
    .flatMap((template) =>
      template.lengthsMinutes.flatMap((lengthMinutes) => {
        const made: Shift[] = [];
        const { earliestStartMinute, latestStartMinute, startStepMinutes: step } = template;
        for (let start = earliestStartMinute; start <= latestStartMinute; start += step) {
          const shift = shiftOfTemplate(grid, template, groupId, date, {
            startMinute: start,
            lengthMinutes,
          });
          if (shift === null || shift.endMinute - Math.max(soonest, shift.startMinute) < leastMinutes)
            continue;
          made.push(shift.startMinute >= soonest ? shift : begunAt(shift, soonest));
        }
        return made;
      }),
    );
  // Of those that are worked at the same times one is enough.
  const seen = new Set<string>();
  return shifts.filter(({ templateId, startMinute, endMinute }) => {
    const key = `${templateId} ${startMinute} ${endMinute} ${clockMinuteAt(grid, startMinute)}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
