import { addDays } from "../../src/domain/calendar/clock.ts";
import {
  createIntervalGrid,
  type IntervalGrid,
  intervalCount,
} from "../../src/domain/calendar/interval-grid.ts";
import type { Made, PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import type { QueueForecast } from "../../src/domain/results/demand.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { stageInputKey } from "../../src/stages/freshness.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { inputOf } from "../../src/stages/stage.ts";

/**
 * The sample plan grown to so many agents and twice its four weeks: copies of its people with their tours, its second
 * half a repetition of the first. For measuring the roster page, not for planning.
 */
export function largePlan(sample: PlanDocument, agentCount: number): PlanDocument {
  const { plan, results } = sample;
  const { forecast, requirement, schedule, roster } = results;
  if (!forecast || !requirement || !schedule || !roster) throw new Error("the sample plan is not filled");
  const half = plan.dayCount;
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, plan.firstDate, 2 * half);
  const twice = (series: Float64Array) => repeated(series, grid);
  const copies = Math.ceil(agentCount / plan.agents.length);
  const share = agentCount / plan.agents.length;
  const agents = Array.from({ length: agentCount }, (_, index) => {
    const agent = plan.agents[index % plan.agents.length];
    const copy = Math.floor(index / plan.agents.length);
    return copy === 0 ? agent : { ...agent, id: `${agent.id}-${copy}`, name: `${agent.name} ${copy + 1}` };
  });
  const known = new Set(agents.map(({ id }) => id));
  const assignments: Assignment[] = [];
  for (const { agentId, shift, pinned } of roster.value.assignments) {
    for (let copy = 0; copy < copies; copy++) {
      const id = copy === 0 ? agentId : `${agentId}-${copy}`;
      if (!known.has(id)) continue;
      for (const later of [0, half])
        assignments.push({ agentId: id, shift: moved(shift, later, copy, grid), pinned });
    }
  }
  const open = roster.value.unassigned.flatMap((shift) => [
    moved(shift, 0, 0, grid),
    moved(shift, half, 0, grid),
  ]);
  const scale = (series: Float64Array) => twice(series).map((value) => value * share);
  const larger = {
    ...plan,
    id: "large",
    name: `${agentCount} agents`,
    dayCount: 2 * half,
    agents,
  };
  let document: PlanDocument = {
    plan: larger,
    history: sample.history,
    results: {
      forecast: {
        ...forecast,
        value: {
          ...forecast.value,
          grid,
          queues: forecast.value.queues.map((queue) => seriesOf(queue, forecast.value.grid, twice, scale)),
        },
      },
      requirement: {
        ...requirement,
        value: {
          grid,
          queues: requirement.value.queues.map((queue) => ({
            ...seriesOf(queue, requirement.value.grid, twice, scale),
          })),
        },
      },
      schedule: {
        ...schedule,
        value: {
          ...schedule.value,
          grid,
          shifts: [...assignments.map(({ shift }) => shift), ...open],
          coverage: schedule.value.coverage.map((queue) => ({
            ...queue,
            asked: scale(queue.asked),
            staffed: scale(queue.staffed),
          })),
          tours: undefined,
        },
      },
      roster: { ...roster, value: { ...roster.value, grid, assignments, unassigned: open } },
      simulation: null,
    },
  };
  const source = rosterSource(inputOf(rosterStage, document)!);
  const verdict = judgeAssignments(problemFromPlan(source), assignments);
  document = withResult(document, "roster", { ...document.results.roster!.value, ...verdict });
  for (const stage of ["forecast", "requirement", "schedule", "roster"] as const)
    document = withResult(document, stage, document.results[stage]!.value);
  return document;
}

function withResult(
  document: PlanDocument,
  stage: keyof PlanDocument["results"],
  value: unknown,
): PlanDocument {
  const made = { ...document.results[stage], value, inputKey: stageInputKey(stage, document) } as Made<never>;
  return { ...document, results: { ...document.results, [stage]: made } };
}

/** Every series of a queue, on the longer grid; volumes and heads grow, times and shares do not. */
function seriesOf<T extends object>(
  queue: T,
  grid: IntervalGrid,
  twice: (series: Float64Array) => Float64Array,
  scale: (series: Float64Array) => Float64Array,
): T {
  const grows = /^(offered|required|scheduled|gap)/;
  const entries = Object.entries(queue as QueueForecast).map(([field, value]) => [
    field,
    ArrayBuffer.isView(value) && (value as Float64Array).length === intervalCount(grid)
      ? (grows.test(field) ? scale : twice)(value as Float64Array)
      : value,
  ]);
  return Object.fromEntries(entries) as T;
}

function repeated<T extends Float64Array | Uint8Array>(series: T, grid: IntervalGrid): T {
  const copy = new (series.constructor as new (length: number) => T)(intervalCount(grid));
  return copy.map((_, index) => series[index % series.length]) as T;
}

function moved(shift: Shift, days: number, copy: number, grid: IntervalGrid): Shift {
  const from = Math.round((Date.parse(shift.date) - Date.parse(grid.firstDate)) / 86_400_000);
  const later = (grid.dayOffsets[from + days] - grid.dayOffsets[from]) * grid.intervalMinutes;
  const activities = shift.activities.map((activity) => ({
    ...activity,
    startMinute: activity.startMinute + later,
    endMinute: activity.endMinute + later,
  }));
  return {
    ...shift,
    id: `${shift.id}${days === 0 ? "" : "-later"}${copy === 0 ? "" : `-${copy}`}`,
    date: addDays(shift.date, days),
    startMinute: shift.startMinute + later,
    endMinute: shift.endMinute + later,
    activities,
  };
}
