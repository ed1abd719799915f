import { clockMinuteAt } from "../../domain/calendar/interval-grid.ts";
import { withActivity, withoutActivity } from "../../domain/plan/edit-shift.ts";
import type { Assignment } from "../../domain/plan/roster.ts";
import { bestChanges, costOfChange, type Search } from "./candidates.ts";
import { changeableShifts } from "./day-rules.ts";
import type { PersonChange } from "./option.ts";

const stepMinutes = 15;

/** Meetings, training and coaching that have not begun go to another time of the day, with everybody who sits in them. */
export function moveSessions(search: Search): PersonChange[] {
  const { plan, roster, line, dayEnd } = search;
  const { grid } = roster;
  const sessions = new Map<string, { readonly assignment: Assignment; readonly at: number }[]>();
  const pinned = new Set<string>();
  for (const assignment of roster.assignments)
    for (const [at, { ruleId, session, startMinute }] of assignment.shift.activities.entries()) {
      if (ruleId === undefined || startMinute < line || startMinute >= dayEnd) continue;
      const key = `${ruleId} ${session}`;
      sessions.set(key, [...(sessions.get(key) ?? []), { assignment, at }]);
      if (assignment.pinned) pinned.add(key);
    }
  const changeable = new Set(changeableShifts(roster, search.floor.today, line, dayEnd));
  const candidates = [...sessions].flatMap(([key, seats]): PersonChange[] => {
    const { ruleId, startMinute, endMinute } = seats[0].assignment.shift.activities[seats[0].at];
    const rule = plan.scheduling.activities?.find(({ id }) => id === ruleId);
    if (rule === undefined || pinned.has(key) || !seats.every(({ assignment }) => changeable.has(assignment)))
      return [];
    const length = endMinute - startMinute;
    const dayStart = startMinute - clockMinuteAt(grid, startMinute);
    const first = Math.max(dayStart + rule.fromMinute, Math.ceil(line / stepMinutes) * stepMinutes);
    const changes: PersonChange[] = [];
    for (let start = first; start + length <= dayStart + rule.toMinute; start += stepMinutes) {
      if (start === startMinute) continue;
      const party = seats.flatMap(({ assignment: { agentId, shift }, at }): PersonChange[] => {
        const without = withoutActivity(shift, at);
        const session = { ...shift.activities[at], startMinute: start, endMinute: start + length };
        const to = without && withActivity(without, session);
        const cost = costOfChange(plan, roster, shift, to);
        return to === null
          ? []
          : [{ agentId, from: shift, to, cost, isWished: false, together: `${key} ${start}` }];
      });
      if (party.length === seats.length) changes.push(...party);
    }
    return changes;
  });
  return bestChanges(search, candidates);
}
