import type { KeepGoalsInput } from "../closed-loop/keep-goals.ts";
import { sameGrid } from "../domain/calendar/interval-grid.ts";
import { memoizeByObject, memoizeLast } from "../domain/memo.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../domain/plan/queue.ts";
import type { Agent } from "../domain/plan/roster.ts";
import { withRotationDays } from "../domain/plan/rotation.ts";
import type { SchedulingSettings } from "../domain/plan/scheduling-settings.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import { shiftsOnGrid } from "../rostering/problem/assigned-tours.ts";
import type { WorkLimitsInput } from "../rostering/work-limits.ts";
import type { ShiftGroup, ShiftsInput } from "../scheduling/problem/shift-block.ts";
import type { StaffedQueue } from "../staffing/staffed-queue.ts";
import { staffedQueues } from "./requirement.ts";
import { simulatedPlan } from "./simulation.ts";
import { allBut, only, type Stage, type StageSources } from "./stage.ts";

/** What shifts are made from: weights of shortage are worked out where they are made, off the page's thread. */
export interface ScheduleInput extends Omit<ShiftsInput, "shortWeights" | "settings" | "workLimits"> {
  readonly settings: Omit<SchedulingSettings, "seconds" | "withoutPeople" | "keepGoals">;
  /** `settings.seconds`, the effort asked for; a fingerprint takes that name for how long something took. */
  readonly effortSeconds: number;
  /** Queues to weigh shortage by, where the plan asks for it; absent: a missing agent weighs alike everywhere. */
  readonly weighedBy?: readonly StaffedQueue[];
  /** Who could work the shifts; absent: the plan has nobody yet, or shifts are made as if there were people enough. */
  readonly people?: ShiftPeople;
  /** Where the plan asks for shifts whose simulation keeps the goals: what is simulated, and the goals. */
  readonly judged?: Judged;
}

/** What judges shifts by simulation, besides the shifts. */
export type Judged = Pick<KeepGoalsInput, "plan" | "goals" | "terms">;

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

/** Simulating shifts takes so many times the effort of covering a requirement. */
const effortFactor = 15;

/** What judges a document's shifts; null while there is no forecast. */
export function judgedBy(
  { plan, results }: Pick<StageSources, "plan" | "results">,
  terms: Judged["terms"],
): Judged | null {
  if (results.forecast === null) return null;
  const { queues, groups, shrinkage, simulation, seed } = plan;
  const { span, confidence, reservesMayChange = false } = terms;
  return judgedFrom(
    queues,
    groups,
    shrinkage,
    simulation,
    seed,
    results.forecast.value,
    span,
    confidence,
    reservesMayChange,
  );
}

/** The same parts give the same answer, so that its digest is remembered. How often Simulate simulates is no part of it. */
const judgedFrom = memoizeLast(
  (
    queues: Plan["queues"],
    groups: Plan["groups"],
    shrinkage: Plan["shrinkage"],
    simulation: Plan["simulation"],
    seed: Plan["seed"],
    forecast: DemandForecast,
    span: Judged["terms"]["span"],
    confidence: number | null,
    reservesMayChange: boolean,
  ): Judged => ({
    plan: {
      plan: simulatedPlan(
        { queues, groups, shrinkage, seed, simulation: { ...simulation, replications: 2, halfWidth: null } },
        [],
      ),
      forecast,
    },
    goals: queues.map(({ goal }) => goal),
    terms: { span, confidence, ...(reservesMayChange && { reservesMayChange }) },
  }),
);

/** Shifts of this input, judged by simulation. */
export async function keepGoalsInputOf(input: ScheduleInput, judged: Judged): Promise<KeepGoalsInput> {
  return { ...judged, shifts: await shiftsInputOf(input), seconds: effortFactor * input.effortSeconds };
}

/** Requirement → shifts with breaks: the cheapest that cover it, or the cheapest whose simulation keeps the goals. */
export const scheduleStage: Stage<"schedule", ScheduleInput, Schedule> = {
  name: "schedule",
  after: ({ plan }) =>
    plan.scheduling.keepGoals === undefined ? ["requirement"] : ["forecast", "requirement"],
  missing: ({ templates }) => (templates.length === 0 ? "templates" : null),
  read({ plan, results }) {
    if (results.requirement === null) return null;
    const { keepGoals } = plan.scheduling;
    // Reserves change when somebody accepts shifts with others: a stage changes nothing of the plan.
    const terms = keepGoals && { ...keepGoals, reservesMayChange: false };
    const judged = terms && judgedBy({ plan, results }, terms);
    if (judged === null) return null;
    return {
      requirement: results.requirement.value,
      queues: readOfQueues(plan.queues),
      groups: readOfGroups(plan.groups),
      templates: plan.templates,
      settings: readOfSettings(plan.scheduling),
      effortSeconds: plan.scheduling.seconds,
      ...(plan.scheduling.weighByService === true ? { weighedBy: staffedQueues(plan.queues) } : {}),
      ...peopleOf(plan),
      ...(judged === undefined ? {} : { judged }),
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
    if (input.judged !== undefined && input.breaksOnly !== true) {
      const { keepGoals } = await import("../closed-loop/keep-goals.ts");
      return keepGoals(await keepGoalsInputOf(input, input.judged), onProgress);
    }
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
  people: _people,
  judged: _judged,
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
