import { createIntervalGrid, dateOfDay, intervalAt } from "../../src/domain/calendar/interval-grid.ts";
import { withActivity } from "../../src/domain/plan/edit-shift.ts";
import type { Made, Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import type { Today } from "../../src/domain/plan/today.ts";
import type { QueueForecast } from "../../src/domain/results/demand.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { shiftOfTemplate } from "../../src/rostering/problem/shift-candidates.ts";
import { scheduleOf, voiceQueue } from "../builders.ts";
import { smallPlan } from "../scenarios/small-plan.ts";

const everyDay = [1, 2, 3, 4, 5, 6, 7];

function template(id: string, more: Partial<ShiftTemplate>): ShiftTemplate {
  return {
    id,
    name: id,
    groupIds: [],
    weekdays: everyDay,
    earliestStartMinute: 420,
    latestStartMinute: 600,
    startStepMinutes: 30,
    lengthsMinutes: [510],
    breaks: [
      {
        id: "morning",
        kind: "break",
        lengthMinutes: 15,
        paid: true,
        earliestMinute: 90,
        latestMinute: 150,
      },
      { id: "meal", kind: "meal", lengthMinutes: 30, paid: false, earliestMinute: 210, latestMinute: 330 },
    ],
    minimumWorkMinutes: 45,
    costPerHour: 24,
    minimumCount: null,
    maximumCount: null,
    ...more,
  };
}

const templates = [
  template("early", {}),
  template("late", { earliestStartMinute: 660, latestStartMinute: 720, costPerHour: 26 }),
  template("short", {
    earliestStartMinute: 480,
    latestStartMinute: 960,
    lengthsMinutes: [240],
    breaks: [
      { id: "pause", kind: "break", lengthMinutes: 15, paid: true, earliestMinute: 90, latestMinute: 150 },
    ],
    costPerHour: 28,
  }),
];

/**
 * A week of a small centre, and a day of it (a Wednesday) that has begun: two queues, three groups, contracts of three kinds,
 * breaks, a training for three people, premiums, wishes, pins, sickness, and more or fewer contacts than expected.
 */
export function seededDay(
  seed: number,
  options: {
    readonly agents?: number;
    /** Contacts came so many times as expected. */
    readonly factor?: number;
    /** Contacts expected, so many times what the people can about manage. */
    readonly load?: number;
    readonly replications?: number;
    /** Day of the week that has begun, 0 for Monday. */
    readonly day?: number;
  } = {},
): { readonly document: PlanDocument; readonly today: Today } {
  const stream = randomStream(seed, "seeded", "day");
  const below = (count: number) => Math.floor(stream.uniform() * count);
  const grid = createIntervalGrid("Europe/Berlin", 30, "2026-11-02", 7);
  const count = 7 * 48;
  const day = options.day ?? 2;
  const date = dateOfDay(grid, day);
  const agentCount = options.agents ?? 14 + below(8);
  const { plan: small } = smallPlan({ days: 7, replications: options.replications ?? 8 });
  const forecast = (queueId: string, perHour: number): QueueForecast => {
    const open = Uint8Array.from({ length: count }, (_, at) => (at % 48 >= 14 && at % 48 < 40 ? 1 : 0));
    const offered = Float64Array.from(
      open,
      (isOpen, at) => (isOpen * perHour * (1 + 0.4 * Math.sin(((at % 48) / 48) * 4 * Math.PI))) / 2,
    );
    return {
      queueId,
      open,
      offered,
      offeredLower80: offered.map((value) => value * 0.9),
      offeredUpper80: offered.map((value) => value * 1.1),
      offeredLower95: offered.map((value) => value * 0.85),
      offeredUpper95: offered.map((value) => value * 1.15),
      dispersion: new Float64Array(count).fill(0.01),
      dayFactorVariance: 0.01,
      ahtSeconds: new Float64Array(count).fill(240),
      model: "table",
      backtest: [],
      notes: [],
    };
  };
  const { load = 1 } = options;
  const queues = [forecast("voice", 3.2 * load * agentCount), forecast("sales", 1.4 * load * agentCount)];
  const contractIds = ["full", "part", "free"];
  const groupIds = ["voice", "sales", "both"];
  const agents: Plan["agents"] = Array.from({ length: agentCount }, (_, k) => ({
    id: `a${k}`,
    name: `Agent ${k}`,
    team: "",
    groupId: groupIds[below(6) < 3 ? 0 : 1 + below(2)],
    contractId: contractIds[below(3)],
    joined: "2020-01-01",
    proficiency: 1,
    daysOff: below(12) === 0 ? [date] : [],
    wishes:
      below(5) === 0
        ? [
            {
              date,
              kind: below(2) === 0 ? "shiftOn" : "shiftOff",
              templateId: null,
              weight: 1,
            },
          ]
        : [],
  }));
  const assignments: Assignment[] = agents.flatMap(({ id, groupId, daysOff }) => {
    const chosen = templates[below(3)];
    const free = below(7);
    return everyDay.flatMap((_, at): Assignment[] => {
      const worked = dateOfDay(grid, at);
      if (at === free || at === (free + 1) % 7 || daysOff.includes(worked) || below(10) === 0) return [];
      const steps = (chosen.latestStartMinute - chosen.earliestStartMinute) / chosen.startStepMinutes;
      const startMinute = chosen.earliestStartMinute + below(steps + 1) * chosen.startStepMinutes;
      const shift = shiftOfTemplate(grid, chosen, groupId, worked, { startMinute })!;
      return [{ agentId: id, shift: { ...shift, id: `${worked}-${id}` }, pinned: below(15) === 0 }];
    });
  });
  const seated = assignments.filter(({ shift, pinned }) => shift.date === date && !pinned).slice(0, 5);
  const trained = new Map<string, Shift>();
  for (const { shift } of seated) {
    const start = intervalAt(grid, date, 900)! * 30;
    const activity = { kind: "training", startMinute: start, endMinute: start + 60, paid: true } as const;
    const withTraining = withActivity(shift, { ...activity, ruleId: "training", session: 1 });
    if (withTraining !== null && trained.size < 3) trained.set(shift.id, withTraining);
  }
  const rostered = assignments.map((one) => ({ ...one, shift: trained.get(one.shift.id) ?? one.shift }));
  const made = <T>(value: T): Made<T> => ({ value, madeAt: "2026-11-01T00:00:00Z", inputKey: "" });
  const contract = {
    minimumMinutesPerWeek: 0,
    maximumConsecutiveDays: 6,
    minimumConsecutiveDays: 1,
    minimumConsecutiveDaysOff: 1,
    maximumWeekends: null,
    minimumRestMinutes: 660,
  };
  const plan: Plan = {
    ...small,
    timeZone: "Europe/Berlin",
    queues: [
      voiceQueue({ patienceSeconds: 150 }),
      voiceQueue({ id: "sales", name: "Sales", patienceSeconds: 200 }),
    ],
    groups: [
      { id: "voice", name: "Voice", queueIds: ["voice"] },
      { id: "sales", name: "Sales", queueIds: ["sales"] },
      { id: "both", name: "Both", queueIds: ["voice", "sales"] },
    ],
    shrinkage: [
      {
        id: "meetings",
        name: "Meetings",
        share: 0.05,
        planned: true,
        weekdays: null,
        fromMinute: null,
        toMinute: null,
      },
    ],
    templates,
    contracts: [
      {
        ...contract,
        id: "full",
        name: "Full",
        maximumMinutesPerWeek: 2400,
        maximumMinutesPerDay: 600,
        minimumMinutesPerWeek: 1200,
      },
      { ...contract, id: "part", name: "Part", maximumMinutesPerWeek: 1500 },
      { ...contract, id: "free", name: "Free", maximumMinutesPerWeek: 3000, maximumMinutesPerDay: 570 },
    ],
    agents,
    scheduling: {
      ...small.scheduling,
      premiums: [
        { kind: "overtime", id: "over", name: "Overtime", share: 0.25, afterMinutes: 480 },
        {
          kind: "clock",
          id: "evening",
          name: "Evening",
          share: 0.2,
          weekdays: everyDay,
          fromMinute: 1080,
          toMinute: 1440,
        },
      ],
      activities: [
        {
          id: "training",
          name: "Training",
          kind: "training",
          lengthMinutes: 60,
          sessions: 1,
          peopleTogether: trained.size || 1,
          groupIds: [],
          weekdays: everyDay,
          fromMinute: 600,
          toMinute: 1080,
        },
      ],
    },
    seed,
  };
  const nowMinute = 540 + below(8 * 12) * 5 + below(2) * 7;
  const factor = options.factor ?? 0.7 + 0.9 * stream.uniform();
  const ids = agents.map(({ id }) => id);
  const today: Today = {
    date,
    nowMinute,
    came: queues.map(({ queueId, offered }) => ({
      queueId,
      offered: Array.from({ length: 48 }, (_, slot) =>
        (slot + 1) * 30 <= nowMinute ? Math.round(factor * offered[day * 48 + slot]) : null,
      ),
      handled: null,
      handleSeconds: null,
    })),
    sick: [
      { agentId: ids[below(agentCount)], fromMinute: 0 },
      { agentId: ids[below(agentCount)], fromMinute: nowMinute },
    ],
  };
  const shifts = rostered.map(({ shift }) => shift);
  return {
    today,
    document: {
      plan,
      history: null,
      results: {
        forecast: made({ grid, queues }),
        requirement: null,
        schedule: made(scheduleOf(grid, shifts)),
        roster: made({
          grid,
          assignments: rostered,
          unassigned: [],
          violations: [],
          status: "optimal",
          objective: 0,
          bound: null,
          seconds: null,
        }),
        simulation: null,
      },
    },
  };
}
