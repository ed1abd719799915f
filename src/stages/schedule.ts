import { sameGrid } from "../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../domain/plan/queue.ts";
import type { Agent } from "../domain/plan/roster.ts";
import { withRotationDays } from "../domain/plan/rotation.ts";
import type { SchedulingSettings } from "../domain/plan/scheduling-settings.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import { shiftsOnGrid } from "../rostering/problem/assigned-tours.ts";
import type { WorkLimitsInput } from "../rostering/work-limits.ts";
import type { ShiftGroup, ShiftsInput } from "../scheduling/problem/shift-block.ts";
import type { StaffedQueue } from "../staffing/staffed-queue.ts";
import { staffedQueues } from "./requirement.ts";
import { allBut, only, type Stage } from "./stage.ts";

/** What shifts are made from: weights of shortage are worked out where they are made, off the page's thread. */
export interface ScheduleInput extends Omit<ShiftsInput, "shortWeights" | "settings" | "workLimits"> {
  readonly settings: Omit<SchedulingSettings, "seconds" | "withoutPeople" | "keepGoals">;
  /** `settings.seconds`, the effort asked for; a fingerprint takes that name for how long something took. */
  readonly effortSeconds: number;
  /** Queues to weigh shortage by, where the plan asks for it; absent: a missing agent weighs alike everywhere. */
  readonly weighedBy?: readonly StaffedQueue[];
  /** Who could work the shifts; absent: the plan has nobody yet, or shifts are made as if there were people enough. */
  readonly people?: ShiftPeople;
}

/** Of the people of a plan, what says how much they can work. */
export type ShiftPeople = Pick<WorkLimitsInput, "contracts" | "agents" | "priorRoster"> & {
  readonly rotations?: Plan["rotations"];
};

const readOfQueues = only<Queue, "id" | "name" | "minimumAgents">("id", "name", "minimumAgents");
const readOfGroups = only<AgentGroup, keyof ShiftGroup>("id", "name", "queueIds");
const readOfSettings = memoizeByObject(
  ({
    weighByService: _,
    changePrice: _price,
    seconds: _seconds,
    withoutPeople: _people,
    keepGoals: _goals,
    ...settings
  }: SchedulingSettings) => settings,
);
const readOfAgents = allBut<
  Agent,
  "name" | "firstId" | "team" | "site" | "email" | "proficiency" | "wishes" | "preferences"
>("name", "firstId", "team", "site", "email", "proficiency", "wishes", "preferences");

function peopleOf({ agents, contracts, priorRoster, rotations, scheduling }: Plan): { people?: ShiftPeople } {
  if (agents.length === 0 || scheduling.withoutPeople === true) return {};
  return {
    people: {
      agents: readOfAgents(agents),
      contracts,
      ...(priorRoster === undefined ? {} : { priorRoster }),
      ...(rotations === undefined ? {} : { rotations }),
    },
  };
}

/** Requirement → shifts with breaks. */
export const scheduleStage: Stage<"schedule", ScheduleInput, Schedule> = {
  name: "schedule",
  after: () => ["requirement"],
  missing: ({ templates }) => (templates.length === 0 ? "templates" : null),
  read({ plan, results }) {
    if (results.requirement === null) return null;
    return {
      requirement: results.requirement.value,
      queues: readOfQueues(plan.queues),
      groups: readOfGroups(plan.groups),
      templates: plan.templates,
      settings: readOfSettings(plan.scheduling),
      effortSeconds: plan.scheduling.seconds,
      ...(plan.scheduling.weighByService === true ? { weighedBy: staffedQueues(plan.queues) } : {}),
      ...peopleOf(plan),
      pinned: [],
      seed: plan.seed,
      timeLimitSeconds: null,
    };
  },
  /**
   * Pins, and where changes have a price the present schedule. Without a price it is left out: the same plan gives the
   * same schedule, whatever was there before.
   */
  resume({ plan, results }, input) {
    const present = results.schedule?.value;
    if (present === undefined) return input;
    const { grid } = input.requirement;
    // Of another period, as far as the two have days in common.
    const pinned = shiftsOnGrid(
      present.shifts.filter((shift) => shift.pinned),
      present.grid,
      grid,
    );
    const { changePrice } = plan.scheduling;
    if (!changePrice || !sameGrid(present.grid, grid)) return { ...input, pinned };
    const { shifts, tours } = present;
    return {
      ...input,
      pinned,
      settings: { ...input.settings, changePrice },
      present: { shifts, ...(tours === undefined ? {} : { tours }) },
    };
  },
  async run(input, onProgress) {
    const { optimiseShifts } = await import("../scheduling/optimise-shifts.ts");
    return optimiseShifts(await shiftsInputOf(input), onProgress);
  },
};

/** The optimiser's own input, with what the people can work at most. */
export async function shiftsInputOf(input: ScheduleInput): Promise<ShiftsInput> {
  return withLimits(await withWeights(input), input);
}

/** The optimiser's own input: shortage weighed by service where the plan asks for it. */
export async function withWeights({
  weighedBy,
  effortSeconds,
  people: _,
  ...rest
}: ScheduleInput): Promise<ShiftsInput> {
  const input = { ...rest, settings: { ...rest.settings, seconds: effortSeconds } };
  if (weighedBy === undefined) return input;
  const { shortageWeights } = await import("../staffing/shortage-weights.ts");
  return { ...input, shortWeights: shortageWeights(input.requirement, weighedBy) };
}

/** The same with what the people can work at most. Who has a contract that the plan does not know can work nothing. */
async function withLimits(
  shifts: ShiftsInput,
  { people, requirement: { grid }, groups, templates }: ScheduleInput,
): Promise<ShiftsInput> {
  if (people === undefined || shifts.breaksOnly === true) return shifts;
  const { workLimits } = await import("../rostering/work-limits.ts");
  const contracts = new Set(people.contracts.map(({ id }) => id));
  const agents = people.agents.filter(({ contractId }) => contracts.has(contractId));
  return {
    ...shifts,
    workLimits: workLimits({
      ...people,
      grid,
      groups,
      templates,
      agents: withRotationDays(agents, people.rotations, grid),
    }),
  };
}
