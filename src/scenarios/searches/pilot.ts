import { dateOfDay, intervalCount, sameGrid } from "../../domain/calendar/interval-grid.ts";
import { type DayRange, type IntervalRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import { type Actuals, knownAt, type PartialSeries, type QueueActuals } from "../../domain/plan/actuals.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { Schedule, Shift } from "../../domain/plan/shift.ts";
import type { DemandForecast, QueueForecast } from "../../domain/results/demand.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import { studentFactor95 } from "../../numerics/student.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { agentsOfGroups } from "../measuring/expected-service.ts";
import { type Figure, type RatioSums, ratioDifference, ratioFigure } from "../measuring/figures.ts";
import { runsOfMask } from "../measuring/time-window.ts";

/** Causes of a difference between forecast and actual, in the order in which they are told apart. */
export const pilotCauses = ["volume", "aht", "staffing", "scheduleFit", "chance"] as const;
export type PilotCause = (typeof pilotCauses)[number];

export interface PilotInput extends ScenarioInputs {
  /** The scenario that was tried; none: the plan as it was. */
  readonly changes: readonly Change[];
  readonly days: DayRange;
  /** Changes of people count for this group only; null: for all. */
  readonly groupId: string | null;
  /** null: all queues together. */
  readonly queueId: string | null;
  readonly actuals: Actuals;
  readonly replications: number;
}

export interface PilotStep {
  readonly cause: PilotCause;
  /** Service level gained or lost by this cause. */
  readonly effect: Figure;
  /** Service level with this cause and those before it as they really were. */
  readonly serviceLevel: Figure;
}

export interface PilotReview {
  /** What the simulation promised of forecast and plan, with the changes. */
  readonly forecast: Figure;
  /** Without `chance` where the actual service level is not told. */
  readonly steps: readonly PilotStep[];
  /** null: not told. */
  readonly actual: number | null;
  /** Whether handle times and agents were told; a cause that was not is taken to be as planned. */
  readonly ahtKnown: boolean;
  readonly agentsKnown: boolean;
  readonly replications: number;
}

/**
 * What came of a plan, or of a scenario tried on it, against what was forecast, told apart by cause.
 *
 * Forecast, then one input after the other is replaced by what it really was, always on the same random numbers:
 * contacts per interval; handle times; agents on queue, first only as many hours as there were in the planned shape
 * (`staffing`), then when they were there (`scheduleFit`). What then still lies between simulation and actual is
 * chance: its half-width is that of one such period, so an effect inside of it needs no explanation, and one outside
 * has a cause that is not among the inputs. The order matters where causes work together, which is why it is stated.
 *
 * Fails as `applyChanges` and `simulateContacts` do, and with `pilot.otherGrid` and `pilot.noActuals`.
 */
export async function reviewPilot(
  input: PilotInput,
  onProgress?: OnProgress<PilotReview>,
): Promise<Outcome<PilotReview>> {
  const { actuals, days, queueId } = input;
  const { grid } = input.forecast;
  if (!sameGrid(grid, actuals.grid)) return fail({ code: "pilot.otherGrid", severity: "error" });
  const changed = applyChanges(input, changesForGroup(input.changes, input.groupId));
  if (!changed.ok) return changed;
  const inputs = changed.value;
  const range = intervalsOfDays(grid, days);
  const told = actuals.queues.filter(({ offered }) => isKnownIn(offered, range));
  if (told.length === 0) return fail({ code: "pilot.noActuals", severity: "error" });
  const toldIds = told.map((queue) => queue.queueId).filter((id) => queueId === null || id === queueId);
  const planned = agentsOfGroups(inputs);
  const there = actualAgents(inputs, planned, actuals, range);
  const promised = withoutUnknown(inputs.forecast, told);
  const volume = withActuals(promised, told, "offered");
  const both = withActuals(volume, told, "ahtSeconds");
  const stages: readonly [PilotCause | null, DemandForecast, readonly Float64Array[]][] = [
    [null, promised, planned],
    ["volume", volume, planned],
    ["aht", both, planned],
    ["staffing", both, there.inPlannedShape],
    ["scheduleFit", both, there.asTheyWere],
  ];
  const steps: PilotStep[] = [];
  let sums: RatioSums | null = null;
  let forecast: Figure | null = null;
  for (const [at, [cause, demand, agents]] of stages.entries()) {
    const simulated = await simulateContacts({
      plan: presentPlan(inputs),
      forecast: demand,
      schedule: scheduleOf(inputs, agents, range),
      roster: null,
      days,
      replications: input.replications,
    });
    if (!simulated.ok) return simulated;
    const now = levelSums(simulated.value, toldIds);
    const serviceLevel = ratioFigure(now);
    const effect = sums === null ? null : ratioDifference(now, sums);
    if (serviceLevel === null) return fail({ code: "pilot.noActuals", severity: "error" });
    if (cause === null) forecast = serviceLevel;
    else if (effect !== null) steps.push({ cause, effect, serviceLevel });
    sums = now;
    onProgress?.({ phase: "pilot", completed: at + 1, total: stages.length });
  }
  const actual = actualLevel(told, queueId, range);
  const last = steps.at(-1);
  if (actual !== null && last !== undefined && sums !== null) {
    steps.push({
      cause: "chance",
      effect: { value: actual - last.serviceLevel.value, halfWidth: halfWidthOfOne(sums) },
      serviceLevel: { value: actual, halfWidth: 0 },
    });
  }
  return succeed({
    forecast: forecast as Figure,
    steps,
    actual,
    ahtKnown: told.some(({ ahtSeconds }) => isKnownIn(ahtSeconds, range)),
    agentsKnown: there.known,
    replications: input.replications,
  });
}

/** Changes that name a group (or all) are tried with one group only; the others stay. */
function changesForGroup(changes: readonly Change[], groupId: string | null): Change[] {
  return changes.flatMap((change): Change[] => {
    if (groupId === null || !("groupId" in change)) return [change];
    if (change.groupId === null) return [{ ...change, groupId } as Change];
    return change.groupId === groupId ? [change] : [];
  });
}

/** Who is there is told by agents per interval: nobody is drawn absent, late or faster than the mean. */
function presentPlan({ plan }: ScenarioInputs): ScenarioInputs["plan"] {
  const { lateness: _, ...simulation } = plan.simulation;
  return { ...plan, shrinkage: [], agents: [], simulation: { ...simulation, uncertainDemand: false } };
}

/** Nobody comes in intervals of which nothing is told, so that the same intervals are measured on both sides. */
function withoutUnknown(forecast: DemandForecast, actuals: readonly QueueActuals[]): DemandForecast {
  return {
    grid: forecast.grid,
    queues: forecast.queues.map((queue) => {
      const real = actuals.find(({ queueId }) => queueId === queue.queueId);
      if (real === undefined) return queue;
      const known = (value: number, at: number) => (knownAt(real.offered, at) === null ? 0 : value);
      return { ...queue, offered: queue.offered.map(known) };
    }),
  };
}

function isKnownIn({ known }: PartialSeries, range: IntervalRange): boolean {
  return known.subarray(range.first, range.end).includes(1);
}

function withActuals(
  forecast: DemandForecast,
  actuals: readonly QueueActuals[],
  series: "offered" | "ahtSeconds",
): DemandForecast {
  return {
    grid: forecast.grid,
    queues: forecast.queues.map((queue): QueueForecast => {
      const real = actuals.find(({ queueId }) => queueId === queue.queueId);
      if (real === undefined) return queue;
      return {
        ...queue,
        [series]: queue[series].map((value, index) => knownAt(real[series], index) ?? value),
      };
    }),
  };
}

/**
 * Agents on queue per group as they really were, and as many hours in the planned shape. A group that a scenario split
 * off (cross-training) shares the agents of the group it came from as planned.
 */
function actualAgents(
  inputs: ScenarioInputs,
  planned: readonly Float64Array[],
  actuals: Actuals,
  range: IntervalRange,
) {
  const asTheyWere = planned.map((series) => series.slice());
  const inPlannedShape = planned.map((series) => series.slice());
  let known = false;
  for (const real of actuals.groups) {
    const rows = inputs.plan.groups.flatMap(({ id }, row) =>
      id === real.groupId || id.startsWith(`${real.groupId}+`) ? [row] : [],
    );
    let hours = 0;
    let plannedHours = 0;
    for (let index = range.first; index < range.end; index++) {
      const agents = knownAt(real.agents, index);
      if (agents === null) continue;
      known = true;
      const there = rows.reduce((sum, row) => sum + planned[row][index], 0);
      hours += agents;
      plannedHours += there;
      for (const row of rows) {
        const share = there > 0 ? planned[row][index] / there : row === rows[0] ? 1 : 0;
        asTheyWere[row][index] = agents * share;
      }
    }
    if (plannedHours === 0) continue;
    for (const row of rows) {
      for (let index = range.first; index < range.end; index++) {
        if (real.agents.known[index] === 1) inPlannedShape[row][index] *= hours / plannedHours;
      }
    }
  }
  return { asTheyWere, inPlannedShape, known };
}

/**
 * Shifts that put so many agents there, interval by interval. Fractions are carried on, so that hours are kept to
 * within half an agent and interval.
 */
function scheduleOf(
  { plan, forecast, schedule, roster }: ScenarioInputs,
  agents: readonly Float64Array[],
  range: IntervalRange,
): Schedule {
  const { grid } = forecast;
  const shifts = plan.groups.flatMap(({ id }, row): Shift[] => {
    const whole = new Int32Array(intervalCount(grid));
    let carried = 0;
    let most = 0;
    for (let index = range.first; index < range.end; index++) {
      carried += agents[row][index];
      whole[index] = agents[row][index] > 0 ? Math.max(0, Math.round(carried)) : 0;
      carried -= whole[index];
      most = Math.max(most, whole[index]);
    }
    return Array.from({ length: most }, (_, level) =>
      runsOfMask(
        grid,
        whole.map((count) => (count > level ? 1 : 0)),
      ).map(({ day, first, end }): Shift => {
        const startMinute = first * grid.intervalMinutes;
        const endMinute = end * grid.intervalMinutes;
        return {
          id: `pilot-${id}-${level}-${first}`,
          templateId: "",
          groupId: id,
          date: dateOfDay(grid, day),
          startMinute,
          endMinute,
          activities: [{ kind: "work", startMinute, endMinute, paid: true }],
          pinned: false,
        };
      }),
    ).flat();
  });
  return { ...(schedule ?? ({ grid: (roster as NonNullable<typeof roster>).grid } as Schedule)), shifts };
}

/** Answered in time over the denominator of each queue's own rule, per replication. */
function levelSums(simulation: SimulationResult, queueIds: readonly string[]): RatioSums {
  const above = new Float64Array(simulation.replications);
  const below = new Float64Array(simulation.replications);
  for (const queue of simulation.queues) {
    if (!queueIds.includes(queue.queueId)) continue;
    const { dayCount, answeredInTime, serviceLevelBase } = queue.replicationDays;
    for (let at = 0; at < answeredInTime.length; at++) {
      above[Math.floor(at / dayCount)] += answeredInTime[at];
      below[Math.floor(at / dayCount)] += serviceLevelBase[at];
    }
  }
  return { above, below };
}

/** Where 95 % of single periods fall around the mean of the simulated ones. */
function halfWidthOfOne({ above, below }: RatioSums): number {
  const levels = Array.from(below, (base, at) => above[at] / base).filter(Number.isFinite);
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (levels.length - 1);
  return studentFactor95(levels.length - 1) * Math.sqrt(variance * (1 + 1 / levels.length));
}

/** Answered in time ÷ offered over the intervals where both are known; null where a queue has none. */
function actualLevel(
  told: readonly QueueActuals[],
  queueId: string | null,
  range: IntervalRange,
): number | null {
  let inTime = 0;
  let offered = 0;
  for (const queue of told) {
    if (queueId !== null && queue.queueId !== queueId) continue;
    if (!isKnownIn(queue.answeredInTime, range)) return null;
    for (let index = range.first; index < range.end; index++) {
      const answered = knownAt(queue.answeredInTime, index);
      const contacts = knownAt(queue.offered, index);
      if (answered === null || contacts === null) continue;
      inTime += answered;
      offered += contacts;
    }
  }
  return offered > 0 ? inTime / offered : null;
}
