import { memoizeByObject } from "../domain/memo.ts";
import { type Meeting, participants } from "../domain/plan/meeting.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Agent, Roster, RosteringSettings } from "../domain/plan/roster.ts";
import type { PlacedMeeting } from "../rostering/place-meetings.ts";
import type { RosterInput } from "../rostering/problem/roster-input.ts";
import { allBut, only, type Stage } from "./stage.ts";

const readOfGroups = only<AgentGroup, "id" | "name" | "queueIds">("id", "name", "queueIds");
const readOfAgents = allBut<Agent, "team" | "site" | "email" | "proficiency" | "firstId">(
  "team",
  "site",
  "email",
  "proficiency",
  "firstId",
);
const readOfSettings = memoizeByObject(
  (settings: RosteringSettings): RosteringSettings => ({ ...settings, changePrice: 0 }),
);
/** Meetings by what placing them reads: their people, whichever team they are of; names are words for people. */
export const meetingsOf = memoizeByObject(
  (meetings: readonly Meeting[], agents: readonly Agent[]): readonly PlacedMeeting[] =>
    meetings.map(({ name: _, teams, ...meeting }) => ({
      ...meeting,
      agentIds: participants({ agentIds: meeting.agentIds, teams }, agents),
    })),
);
const noSettings: RosteringSettings = { changePrice: 0 };

/** Shifts → named agents; or, where the plan says so, requirement and templates → shifts of named agents. */
export const rosterStage: Stage<"roster", RosterInput, Roster> = {
  name: "roster",
  after: ({ plan }) => [fromRequirement(plan.rostering) ? "requirement" : "schedule"],
  missing: ({ agents }) => (agents.length === 0 ? "agents" : null),
  read({ plan, results }) {
    const direct = fromRequirement(plan.rostering);
    const made = direct ? results.requirement : results.schedule;
    if (made === null) return null;
    return {
      schedule: direct ? null : (results.schedule?.value ?? null),
      requirement: direct ? (results.requirement?.value ?? null) : null,
      groups: readOfGroups(plan.groups),
      templates: plan.templates,
      contracts: plan.contracts,
      agents: readOfAgents(plan.agents),
      costPerHourShort: plan.scheduling.costPerHourShort,
      costPerHourOver: plan.scheduling.costPerHourOver,
      rostering: plan.rostering === undefined ? noSettings : readOfSettings(plan.rostering),
      ledger: plan.ledger ?? [],
      ...(plan.priorRoster === undefined ? {} : { priorRoster: plan.priorRoster }),
      ...(plan.rotations === undefined ? {} : { rotations: plan.rotations }),
      ...(plan.meetings === undefined ? {} : { meetings: meetingsOf(plan.meetings, plan.agents) }),
      present: null,
      seed: plan.seed,
      seconds: null,
      timed: false,
    };
  },
  resume({ plan, results }, input) {
    if (results.roster === null || results.roster.value.assignments.length === 0) return input;
    const { grid, assignments } = results.roster.value;
    const changePrice = plan.rostering?.changePrice ?? 0;
    return {
      ...input,
      rostering: { ...input.rostering, changePrice },
      present: { grid, assignments },
    };
  },
  async run(input, onProgress) {
    const { assignRoster } = await import("../rostering/assign-roster.ts");
    return assignRoster(input, onProgress);
  },
};

function fromRequirement(settings: RosteringSettings | undefined): boolean {
  return settings?.buildFrom === "requirement";
}
