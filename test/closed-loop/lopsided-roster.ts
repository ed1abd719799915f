import { createIntervalGrid, dateOfDay } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Agent, Assignment, Roster } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { flatForecast, madeFrom, smallDocument } from "../app/sample-document.ts";
import { scheduleOf } from "../builders.ts";
import { contract } from "../rostering/small-plan.ts";
import { template } from "../scheduling/small-plans.ts";

const starts = [8, 9, 10, 11, 12];
export const people = 10;

/** Eight hours from `hour`, the meal in their middle. */
function shift(document: PlanDocument, day: number, hour: number, id: string): Shift {
  const { timeZone, intervalMinutes, firstDate, dayCount } = document.plan;
  const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
  const startMinute = grid.dayOffsets[day] * intervalMinutes + hour * 60;
  const part = (kind: "work" | "meal", from: number, to: number) => ({
    kind,
    startMinute: startMinute + from,
    endMinute: startMinute + to,
    paid: kind === "work",
  });
  return {
    id: `${id}-${day}-${hour}`,
    templateId: "day",
    groupId: "all",
    date: dateOfDay(grid, day),
    startMinute,
    endMinute: startMinute + 480,
    activities: [part("work", 0, 240), part("meal", 240, 300), part("work", 300, 480)],
    pinned: false,
  };
}

/** Calls come from eight to eight on seven days; ten people all begin at eight, from Monday to Friday. */
export async function lopsided(agents: Agent[]): Promise<PlanDocument> {
  const small = smallDocument();
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, openMinute: 480, closeMinute: 1200 }));
  let document: PlanDocument = {
    ...small,
    plan: {
      ...small.plan,
      queues: [{ ...small.plan.queues[0], openingHours: week }],
      templates: [
        template("day", {
          earliestStartMinute: 480,
          latestStartMinute: 720,
          startStepMinutes: 60,
          lengthsMinutes: [480],
        }),
      ],
      contracts: [contract],
      agents,
      scheduling: { ...small.plan.scheduling, seconds: 1 },
    },
  };
  const forecast = madeFrom("forecast", document, flatForecast(document, 30));
  document = { ...document, results: { ...noResults, forecast } };
  const required = await requirementStage.run(requirementStage.read(document)!);
  if (!required.ok) throw new Error(JSON.stringify(required.issues));
  const { grid } = required.value;
  const early = Array.from({ length: 5 * people }, (_, at) =>
    shift(document, Math.floor(at / people), 8, `s${at % people}`),
  );
  const others = [0, 1, 2, 3, 4, 5, 6].flatMap((day) =>
    starts.map((hour) => shift(document, day, hour, "open")),
  );
  const schedule = scheduleOf(grid, [...early, ...others]);
  const roster: Roster = {
    grid,
    assignments: early.map(
      (one, at): Assignment => ({ agentId: `a${at % people}`, shift: one, pinned: at === 0 }),
    ),
    unassigned: others,
    violations: [],
    status: "stopped",
    objective: 0,
    bound: null,
    seconds: null,
  };
  const made = { madeAt: "2026-11-01T10:00:00.000Z", inputKey: "" };
  return {
    ...document,
    results: {
      ...document.results,
      requirement: madeFrom("requirement", document, required.value),
      schedule: { ...made, value: schedule },
      roster: { ...made, value: roster },
    },
  };
}
