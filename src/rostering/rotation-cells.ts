import { weekdayOf } from "../domain/calendar/clock.ts";
import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { Issue } from "../domain/outcome.ts";
import { type Assignment, isEmployedOn, type RosteredAgent } from "../domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../domain/plan/shift.ts";
import { shiftOfTemplate } from "./problem/shift-candidates.ts";

/** One shift of each template and group that rotations ask for and no shift is there of, so that it can be worked at all. */
export function shiftsForRotations(
  grid: IntervalGrid,
  agents: readonly RosteredAgent[],
  templates: readonly ShiftTemplate[],
  shifts: readonly Shift[],
): Shift[] {
  const has = new Set(shifts.map(({ templateId, groupId }) => `${templateId} ${groupId}`));
  return agents.flatMap(({ groupId, rotationDays = [] }) =>
    rotationDays.flatMap(({ date, templateId }) => {
      const template = templates.find(({ id }) => id === templateId);
      const key = `${templateId} ${groupId}`;
      if (template === undefined || has.has(key) || !template.weekdays.includes(weekdayOf(date))) return [];
      const shift = shiftOfTemplate(grid, template, groupId, date);
      if (shift === null) return [];
      has.add(key);
      return [shift];
    }),
  );
}

/** Days on which somebody who is there works another template than the rotation says, or does not, or does: `roster.rotationNotKept`. */
export function rotationIssues(
  agents: readonly RosteredAgent[],
  assignments: readonly Assignment[],
): Issue[] {
  const worked = new Map(
    assignments.map(({ agentId, shift }) => [`${agentId} ${shift.date}`, shift.templateId]),
  );
  const broken = agents.flatMap((agent) =>
    (agent.rotationDays ?? [])
      .filter(
        ({ date, templateId }) =>
          isEmployedOn(agent, date) &&
          !agent.daysOff.includes(date) &&
          (worked.get(`${agent.id} ${date}`) ?? null) !== templateId,
      )
      .map(({ date }) => ({ agent: agent.name, date })),
  );
  if (broken.length === 0) return [];
  return [
    { code: "roster.rotationNotKept", severity: "warning", values: { count: broken.length, ...broken[0] } },
  ];
}
