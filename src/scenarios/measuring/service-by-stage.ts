import { dayOfDate, sameGrid } from "../../domain/calendar/interval-grid.ts";
import { type DayRange, type IntervalRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import type { Schedule, Shift } from "../../domain/plan/shift.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import type { ExpectedQueue } from "../../staffing/expected-service.ts";
import type { Withheld } from "../../staffing/formula-limits.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { type Figure, ratioFigure, sure } from "./figures.ts";
import { expectedTotals, type Pairs, pairsOf, serviceOfInputs, sumPairs } from "./measured-plan.ts";

/** The same plan at four states of planning, from what is asked for to what is simulated. */
export const serviceStages = ["requirement", "schedule", "roster", "simulation"] as const;
export type ServiceStage = (typeof serviceStages)[number];

/** What some days of a plan answer in time in one state of planning. */
export interface ServiceOfStage {
  readonly stage: ServiceStage;
  /** Each queue that has contacts on these days, as the plan orders them. */
  readonly queues: readonly ServiceOfQueue[];
  /** All of them together: contacts in time ÷ contacts that count. */
  readonly all: ServiceFigures;
  /** Shifts whose agents are counted on these days, and those nobody has; null: it is not about shifts. */
  readonly shifts: number | null;
  readonly openShifts: number | null;
  /** null: by formula. */
  readonly replications: number | null;
}

export interface ServiceFigures {
  readonly serviceLevel: Figure | null;
  readonly offered: Figure | null;
  /** Why the formula does not answer; null: it does, or it was not asked. */
  readonly withheld: Withheld | null;
}

export interface ServiceOfQueue extends ServiceFigures {
  readonly queueId: string;
}

/** As much of a document as there is. */
export interface ServiceSources {
  readonly plan: Plan;
  readonly forecast: DemandForecast | null;
  readonly requirement: Requirement | null;
  readonly schedule: Schedule | null;
  readonly roster: Roster | null;
  readonly simulation: SimulationResult | null;
}

/**
 * Service level of some days in a state of planning: the one place that every page asks, so that two pages never name
 * two numbers for one thing.
 *
 * - `requirement`: staffed exactly as required, each queue by itself, by formula.
 * - `schedule`: every shift of the schedule worked, people of several skills shared among their queues, by formula.
 * - `roster`: the same of the shifts that somebody has; open ones are not worked.
 * - `simulation`: what was simulated last, with its 95 % interval, of all queues by replication.
 *
 * null where there is nothing of the stage on these days, or it was made for other dates.
 */
export function serviceOfStage(
  sources: ServiceSources,
  stage: ServiceStage,
  days: DayRange,
): ServiceOfStage | null {
  const { plan, forecast, requirement, schedule, roster, simulation } = sources;
  switch (stage) {
    case "requirement":
      return requirement && ofRequirement(requirement, plan.queues, days.first, days.end);
    case "schedule":
      return forecast && schedule && sameGrid(forecast.grid, schedule.grid)
        ? ofShifts(schedule, "schedule", forecast, plan, days)
        : null;
    case "roster":
      return forecast && roster && sameGrid(forecast.grid, roster.grid)
        ? ofShifts(roster, "roster", forecast, plan, days)
        : null;
    case "simulation":
      return simulation && ofSimulation(simulation, plan.queues, days.first, days.end);
  }
}

const ofRequirement = memoizeByObject(
  (requirement: Requirement, queues: Plan["queues"], first: number, end: number): ServiceOfStage | null => {
    const expected = requirement.queues.map((queue) => ({ ...queue, agents: queue.requiredAgents }));
    const range = intervalsOfDays(requirement.grid, { first, end });
    return byFormula("requirement", expected, queues, range, { shifts: null, openShifts: null });
  },
);

function ofShifts(
  made: Schedule | Roster,
  stage: "schedule" | "roster",
  forecast: DemandForecast,
  { queues, groups, shrinkage, agents, simulation }: Plan,
  { first, end }: DayRange,
): ServiceOfStage | null {
  return expectedOfShifts(made, stage, forecast, queues, groups, shrinkage, agents, simulation, first, end);
}

/** Prices, wishes and names change a plan, but not who is at work. */
const expectedOfShifts = memoizeByObject(
  (
    made: Schedule | Roster,
    stage: "schedule" | "roster",
    forecast: DemandForecast,
    queues: Plan["queues"],
    groups: Plan["groups"],
    shrinkage: Plan["shrinkage"],
    agents: Plan["agents"],
    simulation: Plan["simulation"],
    first: number,
    end: number,
  ): ServiceOfStage | null => {
    const plan = { queues, groups, shrinkage, agents, simulation };
    const range = intervalsOfDays(forecast.grid, { first, end });
    const expected = serviceOfInputs(inputsOf(made, forecast, plan), range.first, range.end);
    const lies = ({ date }: Shift) => {
      const day = dayOfDate(forecast.grid, date);
      return day !== null && day >= first && day < end;
    };
    const worked =
      "assignments" in made ? made.assignments.filter(({ shift }) => lies(shift)) : made.shifts.filter(lies);
    return byFormula(stage, expected, queues, range, {
      shifts: worked.length,
      openShifts: "assignments" in made ? made.unassigned.filter(lies).length : null,
    });
  },
);

/** Of a plan, what decides who is at work. */
type WorkedPlan = Pick<Plan, "queues" | "groups" | "shrinkage" | "agents" | "simulation">;

function inputsOf(made: Schedule | Roster, forecast: DemandForecast, plan: WorkedPlan): ScenarioInputs {
  const isRoster = "assignments" in made;
  return {
    plan: plan as Plan,
    forecast,
    schedule: isRoster ? null : made,
    roster: isRoster ? made : null,
  };
}

/**
 * The same interval by interval, of one queue: what is to be expected of all shifts of a schedule, or of a roster's;
 * null: they are of other dates, or the queue has no forecast.
 */
export function expectedOfQueue(
  plan: Plan,
  forecast: DemandForecast,
  made: Schedule | Roster,
  queueId: string,
  range: IntervalRange,
): ExpectedQueue | null {
  if (!sameGrid(forecast.grid, made.grid)) return null;
  const expected = serviceOfInputs(inputsOf(made, forecast, plan), range.first, range.end);
  return expected.find((queue) => queue.queueId === queueId) ?? null;
}

function byFormula(
  stage: ServiceStage,
  expected: Parameters<typeof expectedTotals>[1],
  queues: Plan["queues"],
  range: IntervalRange,
  counts: Pick<ServiceOfStage, "shifts" | "openShifts">,
): ServiceOfStage {
  const figuresOf = (some: typeof expected): ServiceFigures => {
    const { serviceLevel, offered } = expectedTotals({ plan: { queues } }, some, range);
    const withheld = some.find((queue) => queue.withheld != null)?.withheld ?? null;
    return { serviceLevel: sure(serviceLevel), offered: sure(offered), withheld };
  };
  return {
    stage,
    queues: inPlanOrder(queues, expected).flatMap((queue) => withContacts(queue.queueId, figuresOf([queue]))),
    all: figuresOf(expected),
    ...counts,
    replications: null,
  };
}

const ofSimulation = memoizeByObject(
  (
    simulation: SimulationResult,
    queues: Plan["queues"],
    first: number,
    end: number,
  ): ServiceOfStage | null => {
    const days = simulatedDays(simulation, { first, end });
    if (days === null) return null;
    const simulated = inPlanOrder(queues, simulation.queues).map((queue) => ({
      queueId: queue.queueId,
      pairs: pairsOf(queue, { plan: { queues } }, days),
    }));
    const figuresOf = ({ serviceLevel, offered }: Pairs): ServiceFigures => ({
      serviceLevel: serviceLevel === undefined ? null : ratioFigure(serviceLevel),
      offered: offered === undefined ? null : ratioFigure(offered),
      withheld: null,
    });
    return {
      stage: "simulation",
      queues: simulated.flatMap(({ queueId, pairs }) => withContacts(queueId, figuresOf(pairs))),
      all: figuresOf(sumPairs(simulated.map(({ pairs }) => pairs))),
      shifts: null,
      openShifts: null,
      replications: simulation.replications,
    };
  },
);

/** Days of the plan as days of the simulated span, as far as they were simulated; null: not at all. */
export function simulatedDays(
  { grid, firstInterval, endInterval }: Pick<SimulationResult, "grid" | "firstInterval" | "endInterval">,
  days: DayRange,
): DayRange | null {
  const offset = grid.dayOffsets.indexOf(firstInterval);
  const first = Math.max(0, days.first - offset);
  const end = Math.min(grid.dayOffsets.indexOf(endInterval), days.end) - offset;
  return end > first ? { first, end } : null;
}

function withContacts(queueId: string, figures: ServiceFigures): ServiceOfQueue[] {
  return figures.serviceLevel === null && figures.withheld === null ? [] : [{ queueId, ...figures }];
}

function inPlanOrder<Of extends { readonly queueId: string }>(
  queues: Plan["queues"],
  list: readonly Of[],
): readonly Of[] {
  return queues.flatMap(({ id }) => list.filter(({ queueId }) => queueId === id));
}
