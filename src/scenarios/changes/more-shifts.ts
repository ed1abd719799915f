import { dayOfDate } from "../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Agent, Assignment, Contract } from "../../domain/plan/roster.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { shiftOfTemplate } from "../../domain/plan/template-shift.ts";
import { freeId, shiftsAtWork, withMoreShifts } from "./change-people.ts";
import type { ScenarioInputs } from "./scenario-inputs.ts";

/** More shifts of a template, breaks spread over their windows; null: the template has no such shift. */
export function addTemplateShifts(
  inputs: ScenarioInputs,
  change: ChangeOf<"shifts">,
  place: number,
): ScenarioInputs | null {
  const { grid } = inputs.forecast;
  const { count, groupId, startMinute, lengthMinutes } = change;
  const template = inputs.plan.templates.find(({ id }) => id === change.templateId);
  const day = dayOfDate(grid, change.date);
  if (template === undefined || day === null) return null;
  if (count === 0) return inputs;
  const taken = new Set(shiftsAtWork(inputs).map(({ id }) => id));
  const shifts: Shift[] = [];
  for (let at = 0; at < count; at++) {
    const id = freeId(`extra-${place}-${change.date}-${at}`, (other) => taken.has(other));
    const breaksAt = (at + 0.5) / count;
    const shift = shiftOfTemplate(grid, template, { id, groupId, day, startMinute, lengthMinutes, breaksAt });
    if (shift === null) return null;
    shifts.push(shift);
  }
  return withExtraPeople(inputs, groupId, shifts);
}

/** Between two shifts of one person. */
const leastRestMinutes = 11 * 60;

/** The shifts, each worked by somebody beside the plan's people where shifts have names: as few of them as rest allows. */
function withExtraPeople(inputs: ScenarioInputs, groupId: string, shifts: readonly Shift[]): ScenarioInputs {
  const { plan, roster } = inputs;
  if (roster === null)
    return withMoreShifts(
      inputs,
      shifts.map((shift) => ({ agentId: "", shift, pinned: false })),
    );
  const busy = new Map<string, Shift[]>();
  for (const { agentId, shift } of roster.assignments)
    busy.set(agentId, [...(busy.get(agentId) ?? []), shift]);
  const agents = new Map(plan.agents.map((agent) => [agent.id, agent]));
  const added: Assignment[] = shifts.map((shift) => {
    for (let number = 1; ; number++) {
      const agentId = `extra-${groupId}-${number}`;
      const theirs = busy.get(agentId) ?? [];
      const isFree = theirs.every(
        (other) =>
          other.endMinute + leastRestMinutes <= shift.startMinute ||
          shift.endMinute + leastRestMinutes <= other.startMinute,
      );
      if (!isFree) continue;
      busy.set(agentId, [...theirs, shift]);
      if (!agents.has(agentId)) agents.set(agentId, extraPerson(plan, groupId, agentId, number));
      return { agentId, shift, pinned: false };
    }
  });
  const contracts = plan.contracts.some(({ id }) => id === extraContract.id)
    ? plan.contracts
    : [...plan.contracts, extraContract];
  return withMoreShifts({ ...inputs, plan: { ...plan, contracts, agents: [...agents.values()] } }, added);
}

/** Whoever comes for single days: no hours of their own, no limits but rest. */
const extraContract: Contract = {
  id: "extra",
  name: "+",
  minimumMinutesPerWeek: 0,
  maximumMinutesPerWeek: 10_080,
  maximumConsecutiveDays: 7,
  minimumConsecutiveDays: 1,
  minimumConsecutiveDaysOff: 1,
  maximumWeekends: null,
  minimumRestMinutes: leastRestMinutes,
};

function extraPerson(plan: Plan, groupId: string, id: string, number: number): Agent {
  const group = plan.groups.find((other) => other.id === groupId);
  return {
    id,
    name: `+${number} ${group?.name ?? groupId}`,
    team: plan.agents.find((agent) => agent.groupId === groupId)?.team ?? plan.agents[0]?.team ?? "",
    groupId,
    contractId: extraContract.id,
    proficiency: 1,
    joined: plan.firstDate,
    daysOff: [],
    wishes: [],
  };
}
