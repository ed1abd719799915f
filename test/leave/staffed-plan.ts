import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Agent, Assignment } from "../../src/domain/plan/roster.ts";
import { requirementOf } from "../../src/staffing/require-agents.ts";
import { made } from "../builders.ts";
import { smallPlan } from "../scenarios/small-plan.ts";
import { fiveDays, rosterOf } from "./small-plan.ts";

/** Two queues and flexible people, open from 8 to 18; everybody works every day, by name. */
export function staffedPlan(options: {
  readonly days?: number;
  readonly voicePerHour?: number;
  readonly voiceAgents?: number;
  readonly bothAgents?: number;
  readonly seed?: number;
  readonly agent?: Partial<Agent>;
}): PlanDocument {
  const { days = 1, voicePerHour = 90, voiceAgents = 6, bothAgents = 4, seed = 1 } = options;
  const { plan, forecast, schedule } = smallPlan({
    days,
    open: { from: 8, to: 18 },
    queues: [
      { id: "voice", perHour: voicePerHour },
      { id: "service", perHour: 40 },
    ],
    groups: [
      { id: "voice", queueIds: ["voice"], agents: voiceAgents },
      { id: "both", queueIds: ["voice", "service"], agents: bothAgents },
    ],
  });
  const agents = new Map<string, Agent>();
  const assignments: Assignment[] = (schedule?.shifts ?? []).map((shift) => {
    const [groupId, , number] = shift.id.split("-");
    const id = `${groupId}-${number}`;
    agents.set(id, {
      id,
      name: `Agent ${id}`,
      team: "",
      groupId,
      contractId: "five",
      proficiency: 1,
      joined: "2020-01-01",
      daysOff: [],
      wishes: [],
      ...options.agent,
    });
    return { agentId: id, shift, pinned: false };
  });
  const { grid } = forecast;
  const templates = plan.templates.map((template) => ({ ...template, lengthsMinutes: [600] }));
  const full = { ...plan, seed, templates, contracts: [fiveDays], agents: [...agents.values()] };
  const requirement = requirementOf({ plan: full, forecast });
  if (!requirement.ok || schedule === null) throw new RangeError("the plan has no requirement");
  return {
    plan: full,
    history: null,
    results: {
      forecast: made(forecast),
      requirement: made(requirement.value),
      schedule: made(schedule),
      roster: made(rosterOf(assignments, grid)),
      simulation: null,
    },
  };
}
