import { createIntervalGrid, dateOfDay } from "../../src/domain/calendar/interval-grid.ts";
import { type Plan, planSchemaVersion } from "../../src/domain/plan/plan.ts";
import type { AgentGroup } from "../../src/domain/plan/queue.ts";
import type { Agent, Contract, Roster } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import type { DemandForecast, QueueForecast } from "../../src/domain/results/demand.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { scheduleOf, voiceQueue } from "../builders.ts";

/** A floor small enough to reckon by hand: every queue open round the clock, agents there from midnight to midnight. */
export function smallPlan(
  options: {
    readonly queues?: readonly {
      readonly id: string;
      readonly perHour: number;
      readonly ahtSeconds?: number;
      readonly patienceSeconds?: number | null;
    }[];
    readonly groups?: readonly {
      readonly id: string;
      readonly queueIds: readonly string[];
      readonly agents: number;
    }[];
    readonly days?: number;
    readonly replications?: number;
    readonly open?: { readonly from: number; readonly to: number };
  } = {},
): ScenarioInputs {
  const queues = options.queues ?? [{ id: "voice", perHour: 100 }];
  const groups = options.groups ?? [{ id: "team", queueIds: ["voice"], agents: 14 }];
  const days = options.days ?? 1;
  const open = options.open ?? { from: 0, to: 24 };
  const grid = createIntervalGrid("UTC", 30, "2026-11-02", days);
  const count = days * 48;
  const openSeries = Uint8Array.from({ length: count }, (_, index) => {
    const hour = (index % 48) / 2;
    return hour >= open.from && hour < open.to ? 1 : 0;
  });
  const forecast: DemandForecast = {
    grid,
    queues: queues.map(({ id, perHour, ahtSeconds = 180 }): QueueForecast => {
      const offered = Float64Array.from(openSeries, (isOpen) => (isOpen * perHour) / 2);
      return {
        queueId: id,
        open: openSeries,
        offered,
        offeredLower80: offered.map((value) => value * 0.9),
        offeredUpper80: offered.map((value) => value * 1.1),
        offeredLower95: offered.map((value) => value * 0.85),
        offeredUpper95: offered.map((value) => value * 1.15),
        dispersion: new Float64Array(count).fill(0.01),
        dayFactorVariance: 0,
        ahtSeconds: new Float64Array(count).fill(ahtSeconds),
        model: "table",
        backtest: [],
        notes: [],
      };
    }),
  };
  const shifts = groups.flatMap(({ id, agents }) =>
    Array.from({ length: days }, (_, day) =>
      Array.from({ length: agents }, (_, agent): Shift => {
        const startMinute = day * 1440 + open.from * 60;
        const endMinute = day * 1440 + open.to * 60;
        return {
          id: `${id}-${day}-${agent}`,
          templateId: "long",
          groupId: id,
          date: dateOfDay(grid, day),
          startMinute,
          endMinute,
          activities: [{ kind: "work", startMinute, endMinute, paid: true }],
          pinned: false,
        };
      }),
    ).flat(),
  );
  const schedule = scheduleOf(grid, shifts);
  const plan: Plan = {
    schemaVersion: planSchemaVersion,
    id: "small",
    name: "Small",
    timeZone: "UTC",
    intervalMinutes: 30,
    currency: "EUR",
    firstDate: "2026-11-02",
    dayCount: days,
    queues: queues.map(({ id, patienceSeconds = 120 }) => voiceQueue({ id, name: id, patienceSeconds })),
    groups: groups.map(({ id, queueIds }): AgentGroup => ({ id, name: id, queueIds: [...queueIds] })),
    shrinkage: [],
    forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] },
    requirement: { method: "stationary", wholeAgents: true, spread: "ignored", missRisk: 0.2 },
    templates: [
      {
        id: "long",
        name: "long",
        groupIds: [],
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        earliestStartMinute: 0,
        latestStartMinute: 0,
        startStepMinutes: 30,
        lengthsMinutes: [1440],
        breaks: [],
        minimumWorkMinutes: 0,
        costPerHour: 20,
        minimumCount: null,
        maximumCount: null,
      },
    ],
    scheduling: { solver: "auto", seconds: 1, gap: 0.01, costPerHourShort: 60, costPerHourOver: 10 },
    contracts: [],
    agents: [],
    simulation: {
      replications: options.replications ?? 40,
      atShiftEnd: "finishContact",
      uncertainDemand: false,
      handleTimeCv: null,
      halfWidth: null,
    },
    scenarios: [],
    seed: 1,
  };
  return { plan, forecast, schedule, roster: null };
}

/** The same shifts worked by people with names, the same ones on every day; of the last `open` shifts nobody has one. */
export function rostered(inputs: ScenarioInputs, open = 0): ScenarioInputs {
  const shifts = inputs.schedule?.shifts ?? [];
  const worked = shifts.slice(0, shifts.length - open);
  const nameOf = (id: string) => id.replace(/^(\w+)-\d+-/, "$1 ");
  const agents = [...new Map(worked.map(({ id, groupId }) => [nameOf(id), groupId]))].map(
    ([id, groupId]): Agent => ({
      id,
      name: id,
      team: groupId,
      groupId,
      contractId: "full",
      proficiency: 1,
      joined: "2020-01-01",
      daysOff: [],
      wishes: [],
    }),
  );
  const contract: Contract = {
    id: "full",
    name: "Full",
    minimumMinutesPerWeek: 0,
    maximumMinutesPerWeek: 2400,
    maximumConsecutiveDays: 6,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 660,
  };
  const roster: Roster = {
    grid: inputs.forecast.grid,
    assignments: worked.map((shift) => ({ agentId: nameOf(shift.id), shift, pinned: false })),
    violations: [],
    unassigned: shifts.slice(shifts.length - open),
    objective: 0,
    bound: 0,
    status: "optimal",
    seconds: null,
  };
  return { ...inputs, plan: { ...inputs.plan, agents, contracts: [contract] }, roster };
}
