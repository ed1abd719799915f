import { createIntervalGrid, intervalCount, localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../src/domain/plan/queue.ts";
import type { BreakRule, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { queue } from "./small-plans.ts";

/** Seeded instances of the benchmark: days of 96 quarter-hours around the clock, whole agents asked for, with noise. */

const prices = { costPerHourShort: 60, costPerHourOver: 5 };

/** Agents asked for: a night trough, two humps, noise of a twentieth and of a Poisson count. */
export function benchRequirement(
  queueIds: readonly string[],
  days: number,
  peak: number,
  seed: number,
): Requirement {
  const grid = createIntervalGrid("UTC", 15, "2026-11-02", days);
  const count = intervalCount(grid);
  const queues = queueIds.map((queueId, number) => {
    const random = randomStream(seed, "bench", queueId, peak);
    const share = 0.6 + random.uniform();
    const late = random.uniform() * 2;
    const asked = new Float64Array(count);
    for (let index = 0; index < count; index++) {
      const hour = localTimeOf(grid, index).minuteOfDay / 60;
      const day = Math.floor(index / 96) % 7;
      const level = queueIds.length === 1 ? 1 : (share * 1.6) / queueIds.length;
      const weekday = [1.08, 1, 0.98, 0.97, 0.95, 0.7, 0.55][day];
      const shape =
        0.12 +
        0.88 * Math.exp(-((hour - 10.5 - late) ** 2) / 7) +
        0.72 * Math.exp(-((hour - 16 - late) ** 2) / 9) -
        0.1 * Math.exp(-((hour - 13 - number) ** 2) / 1.5);
      const mean = peak * level * (days === 1 ? 1 : weekday) * shape;
      const noise = (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2;
      asked[index] = Math.max(1, Math.round(mean * (1 + 0.02 * noise) + 0.3 * Math.sqrt(mean) * noise));
    }
    return {
      queueId,
      offered: asked,
      ahtSeconds: asked,
      requiredAgents: asked,
      scheduledAgents: asked,
      serviceLevel: asked,
      asaSeconds: asked,
      abandonmentRate: asked,
      occupancy: asked,
    };
  });
  return { grid, queues };
}

function rest(kind: "break" | "meal", lengthMinutes: number, middle: number, slack: number): BreakRule {
  const quarter = (minutes: number) => Math.round(minutes / 15) * 15;
  return {
    id: `${kind}${middle}`,
    kind,
    lengthMinutes,
    paid: kind === "break",
    earliestMinute: quarter(middle - slack),
    latestMinute: quarter(middle + slack),
  };
}

/** Shifts of 4, 6, 8 and 9 hours, each with a meal and two breaks in windows, inside the day. */
export function benchTemplates(startStepMinutes: number): ShiftTemplate[] {
  return [4, 6, 8, 9].map((hours) => {
    const length = hours * 60;
    return {
      id: `h${hours}`,
      name: `${hours} hours`,
      groupIds: [],
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      earliestStartMinute: 0,
      latestStartMinute: 1440 - length,
      startStepMinutes,
      lengthsMinutes: [length],
      breaks: [
        rest("break", 15, length * 0.25, length / 12),
        rest("meal", 30, length * 0.5 - 15, length / 10),
        rest("break", 15, length * 0.78, length / 12),
      ],
      minimumWorkMinutes: 30,
      costPerHour: 20,
      minimumCount: null,
      maximumCount: null,
    };
  });
}

export function benchInput(
  requirement: Requirement,
  templates: readonly ShiftTemplate[],
  groups: readonly AgentGroup[],
  seconds: number,
  seed: number,
): ShiftsInput {
  return {
    requirement,
    queues: requirement.queues.map(({ queueId }) => queue(queueId)),
    groups,
    templates,
    settings: { solver: "highs", seconds, gap: 0, ...prices },
    pinned: [],
    seed,
    timeLimitSeconds: seconds,
  };
}

/** One queue, one day. */
export function oneDay(peak: number, startStepMinutes: number, seconds: number, seed = 1): ShiftsInput {
  const groups = [{ id: "all", name: "all", queueIds: ["Voice"] }];
  return benchInput(
    benchRequirement(["Voice"], 1, peak, seed),
    benchTemplates(startStepMinutes),
    groups,
    seconds,
    seed,
  );
}

/** Four skills, six groups of agents with one to three of them, one day; `peak` is of all queues together, about. */
export function fourSkills(peak: number, seconds: number, seed = 1): ShiftsInput {
  const sets = [["A"], ["B"], ["C", "D"], ["A", "B"], ["B", "C"], ["A", "C", "D"]];
  const groups = sets.map((queueIds) => ({ id: queueIds.join(""), name: queueIds.join(""), queueIds }));
  return benchInput(
    benchRequirement(["A", "B", "C", "D"], 1, peak, seed),
    benchTemplates(30),
    groups,
    seconds,
    seed,
  );
}

/** A week of tours with breaks: five of seven days with two days off together, or four of seven; starts within an hour. */
export function weekOfTours(peak: number, seconds: number, seed = 1): ShiftsInput {
  const task = benchInput(
    benchRequirement(["Voice"], 7, peak, seed),
    benchTemplates(30),
    [{ id: "all", name: "all", queueIds: ["Voice"] }],
    seconds,
    seed,
  );
  const tours = [
    {
      id: "five",
      name: "five days",
      templateIds: ["h6", "h8"],
      daysPerWeek: 5,
      daysOffTogether: true,
      startBandMinutes: 60,
    },
    {
      id: "four",
      name: "four days",
      templateIds: ["h4", "h9"],
      daysPerWeek: 4,
      daysOffTogether: false,
      startBandMinutes: 60,
    },
  ];
  return { ...task, settings: { ...task.settings, tours } };
}
