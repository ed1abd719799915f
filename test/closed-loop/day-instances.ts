import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import type { AgentGroup, Queue } from "../../src/domain/plan/queue.ts";
import type { DemandForecast } from "../../src/domain/results/demand.ts";
import { randomStream } from "../../src/numerics/random.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { requirementOf } from "../../src/staffing/require-agents.ts";
import { voiceQueue } from "../builders.ts";
import { rest, settings, template } from "../scheduling/small-plans.ts";

/**
 * A day from 08:00 to 17:00 with shifts of 7.5 hours, a meal and two breaks, shaped after the centres of Avramidis,
 * Chan, Gendreau, L'Ecuyer and Pisacane (2010): handle times of some eight minutes, wages that rise with the number of
 * skills, arrivals that change by the quarter-hour. All figures are drawn by our own generator.
 */
export interface DaySize {
  readonly queues: number;
  readonly groups: number;
  /** Mean offered load of a queue, erlangs. */
  readonly load: number;
}

export function dayInstance({ queues: queueTotal, groups: groupTotal, load }: DaySize, seed: number) {
  const random = randomStream(seed, "day instance", queueTotal, groupTotal);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const queues: Queue[] = Array.from({ length: queueTotal }, (_, q) =>
    voiceQueue({
      id: `q${q + 1}`,
      name: `Queue ${q + 1}`,
      defaultAhtSeconds: Math.round(between(360, 600)),
      patienceSeconds: Math.round(between(360, 720)),
      goal: {
        serviceLevel: 0.8,
        answerWithinSeconds: 20,
        serviceLevelRule: "offered",
        maxAsaSeconds: null,
        maxAbandonment: null,
        maxOccupancy: null,
      },
    }),
  );
  const ids = queues.map(({ id }) => id);
  const skillSets = new Map<string, string[]>();
  const addSet = (skills: readonly string[]) => {
    const sorted = ids.filter((id) => skills.includes(id));
    skillSets.set(sorted.join(" "), sorted);
  };
  if (groupTotal > queueTotal) for (const id of ids) addSet([id]);
  while (skillSets.size < groupTotal) {
    const most = Math.min(queueTotal, 5);
    const size = 2 + Math.floor((most - 1) * random.uniform() ** 2);
    const shuffled = [...ids].sort(() => 0);
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = Math.floor((at + 1) * random.uniform());
      [shuffled[at], shuffled[other]] = [shuffled[other], shuffled[at]];
    }
    addSet(shuffled.slice(0, size));
  }
  const groups: AgentGroup[] = [...skillSets.values()].map((queueIds, g) => ({
    id: `g${g + 1}`,
    name: queueIds.join(" + "),
    queueIds,
  }));
  const grid = createIntervalGrid("UTC", 15, "2026-03-02", 1);
  const count = intervalCount(grid);
  const forecast: DemandForecast = {
    grid,
    queues: queues.map((queue) => {
      const open = new Uint8Array(count);
      const offered = new Float64Array(count);
      const mean = load * between(0.6, 1.4);
      const peaks = [between(1.5, 3.5), between(5, 7.5)];
      const heights = [between(0.3, 1.2), between(0.1, 0.9)];
      let sum = 0;
      for (let at = 32; at < 68; at++) {
        open[at] = 1;
        const hour = (at - 32) / 4;
        const level =
          0.6 +
          heights.reduce(
            (total, height, k) => total + height * Math.exp(-(((hour - peaks[k]) / 1.3) ** 2)),
            0,
          );
        offered[at] = level;
        sum += level;
      }
      const aht = queue.defaultAhtSeconds as number;
      const scale = (mean * 36 * 900) / aht / sum;
      for (let at = 0; at < count; at++) offered[at] *= scale;
      return {
        queueId: queue.id,
        open,
        offered,
        offeredLower80: offered,
        offeredUpper80: offered,
        offeredLower95: offered,
        offeredUpper95: offered,
        dispersion: new Float64Array(count),
        dayFactorVariance: 0,
        ahtSeconds: new Float64Array(count).fill(aht),
        model: "given",
        backtest: [],
        notes: [],
      };
    }),
  };
  const templates = groups.map((group) =>
    template(group.id, {
      groupIds: [group.id],
      earliestStartMinute: 480,
      latestStartMinute: 570,
      startStepMinutes: 15,
      lengthsMinutes: [450],
      breaks: [rest("break", 15, 60, 120), rest("meal", 30, 180, 255), rest("break", 15, 315, 375)],
      costPerHour: 20 * (1 + 0.1 * (group.queueIds.length - 1)),
    }),
  );
  return {
    plan: {
      queues,
      groups,
      templates,
      agents: [],
      shrinkage: [],
      requirement: {
        method: "stationary" as const,
        wholeAgents: false,
        spread: "ignored" as const,
        missRisk: 0.2,
      },
      simulation: {
        replications: 40,
        atShiftEnd: "finishContact" as const,
        uncertainDemand: false,
        handleTimeCv: null,
        halfWidth: null,
      },
      seed,
    },
    forecast,
  };
}

/** An instance as the closed loop reads it: the requirement by Erlang A, in fractions, so that factors act smoothly. */
export function dayProblem({ plan, forecast }: ReturnType<typeof dayInstance>) {
  const requirement = requirementOf({ plan, forecast });
  if (!requirement.ok) throw new Error(JSON.stringify(requirement.issues));
  const shifts: ShiftsInput = {
    requirement: requirement.value,
    queues: plan.queues,
    groups: plan.groups,
    templates: plan.templates,
    settings: { ...settings, seconds: 4, gap: 0.002, costPerHourOver: 0 },
    pinned: [],
    seed: plan.seed,
    timeLimitSeconds: null,
  };
  return { shifts, plan: { plan, forecast }, goals: plan.queues.map(({ goal }) => goal) };
}
