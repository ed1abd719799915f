import type { KeepGoalsInput } from "../closed-loop/keep-goals.ts";
import { pooledRequirement } from "../closed-loop/pooled-requirement.ts";
import { createIntervalGrid, dateOfDay } from "../domain/calendar/interval-grid.ts";
import { fail, type OnProgress, type Outcome } from "../domain/outcome.ts";
import { noResults } from "../domain/plan/no-results.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { ShiftTemplate } from "../domain/plan/shift.ts";
import type { PooledRequirement } from "../domain/results/pooled-requirement.ts";
import { closedLoopInput } from "./closed-loop.ts";

/** Effort, at a nominal speed: one day is soon found. */
const seconds = 20;

/**
 * What the closed loop reads to find the agents of each group that a day needs when groups share queues as the routing
 * shares them: the day by itself, with agents who can come and go at every interval and cost one an hour each, so that
 * costs are hours. null while there is no requirement.
 */
export async function pooledRequirementInput(
  document: Pick<PlanDocument, "plan" | "results">,
  day: number,
): Promise<KeepGoalsInput | null> {
  const { plan, results } = document;
  const { forecast, requirement } = results;
  if (forecast === null || requirement === null) return null;
  const whole = forecast.value.grid;
  const firstDate = dateOfDay(whole, day);
  const grid = createIntervalGrid(plan.timeZone, plan.intervalMinutes, firstDate, 1);
  const [first, end] = [whole.dayOffsets[day], whole.dayOffsets[day + 1]];
  const cut = <Part extends object>(part: Part): Part =>
    Object.fromEntries(
      Object.entries(part).map(([name, value]) => [
        name,
        ArrayBuffer.isView(value) ? (value as Float64Array).slice(first, end) : value,
      ]),
    ) as Part;
  const made = { madeAt: "", inputKey: "" };
  const input = await closedLoopInput(
    {
      plan: {
        ...plan,
        firstDate,
        dayCount: 1,
        templates: [anyInterval(plan.intervalMinutes)],
        scheduling: { ...plan.scheduling, activities: [], budgetHours: null },
        agents: [],
        contracts: [],
      },
      history: null,
      results: {
        ...noResults,
        forecast: { ...made, value: { ...forecast.value, grid, queues: forecast.value.queues.map(cut) } },
        requirement: {
          ...made,
          value: { ...requirement.value, grid, queues: requirement.value.queues.map(cut) },
        },
      },
    },
    { span: "day", confidence: null },
  );
  return input && { ...input, seconds };
}

/** What sharing agents saves on a day of the document; fails with `closedLoop.noRequirement` while there is none. */
export async function poolingOf(
  document: Pick<PlanDocument, "plan" | "results">,
  day: number,
  onProgress?: OnProgress,
): Promise<Outcome<PooledRequirement>> {
  const input = await pooledRequirementInput(document, day);
  if (input === null) return fail({ code: "closedLoop.noRequirement", severity: "error" });
  return pooledRequirement(input, onProgress);
}

function anyInterval(intervalMinutes: number): ShiftTemplate {
  return {
    id: "interval",
    name: "",
    groupIds: [],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    earliestStartMinute: 0,
    latestStartMinute: 1440 - intervalMinutes,
    startStepMinutes: intervalMinutes,
    lengthsMinutes: [intervalMinutes],
    breaks: [],
    minimumWorkMinutes: 0,
    costPerHour: 1,
    minimumCount: null,
    maximumCount: null,
  };
}
