import { addDays } from "../src/domain/calendar/clock.ts";
import { type Plan, planSchemaVersion } from "../src/domain/plan/plan.ts";
import type { ShiftTemplate } from "../src/domain/plan/shift.ts";
import { sampleAgents, sampleContracts, sampleLedger } from "./agents.ts";
import { planDayCount, planFirstDate, sampleIntervalMinutes, sampleTimeZone } from "./calendar.ts";

/** Seed of all sample data. */
export const sampleSeed = 20261102;

const weekdays = [1, 2, 3, 4, 5];

const meal = {
  id: "meal",
  kind: "meal",
  lengthMinutes: 30,
  paid: false,
  earliestMinute: 180,
  latestMinute: 300,
} as const;

function shortBreak(id: string, earliestMinute: number, latestMinute: number) {
  return { id, kind: "break", lengthMinutes: 15, paid: true, earliestMinute, latestMinute } as const;
}

const sampleTemplates: ShiftTemplate[] = [
  {
    id: "early",
    name: "Early",
    groupIds: [],
    weekdays,
    earliestStartMinute: 420,
    latestStartMinute: 540,
    startStepMinutes: 30,
    lengthsMinutes: [510],
    breaks: [shortBreak("morning", 90, 150), meal, shortBreak("afternoon", 375, 435)],
    minimumWorkMinutes: 60,
    costPerHour: 24,
    minimumCount: null,
    maximumCount: null,
  },
  {
    id: "late",
    name: "Late",
    groupIds: [],
    weekdays,
    earliestStartMinute: 570,
    latestStartMinute: 690,
    startStepMinutes: 30,
    lengthsMinutes: [510],
    breaks: [shortBreak("afternoon", 90, 150), meal, shortBreak("evening", 375, 435)],
    minimumWorkMinutes: 60,
    costPerHour: 25,
    minimumCount: null,
    maximumCount: null,
  },
  {
    id: "part",
    name: "Part day",
    groupIds: [],
    weekdays,
    earliestStartMinute: 420,
    latestStartMinute: 930,
    startStepMinutes: 30,
    lengthsMinutes: [270, 330],
    breaks: [shortBreak("pause", 105, 180)],
    minimumWorkMinutes: 60,
    costPerHour: 28,
    minimumCount: null,
    maximumCount: null,
  },
  {
    id: "weekend",
    name: "Weekend",
    groupIds: [],
    weekdays: [6, 7],
    earliestStartMinute: 480,
    latestStartMinute: 600,
    startStepMinutes: 30,
    lengthsMinutes: [360, 390],
    breaks: [{ ...meal, earliestMinute: 135, latestMinute: 225 }],
    minimumWorkMinutes: 60,
    costPerHour: 29,
    minimumCount: null,
    maximumCount: null,
  },
];

/** The plan the program opens with: one voice and one chat queue, eighty agents, four weeks of November 2026. All invented. */
export function samplePlan(): Plan {
  return {
    schemaVersion: planSchemaVersion,
    id: "sample",
    name: "Sample plan (synthetic)",
    timeZone: sampleTimeZone,
    intervalMinutes: sampleIntervalMinutes,
    currency: "EUR",
    firstDate: planFirstDate,
    dayCount: planDayCount,
    queues: [
      {
        id: "Voice",
        name: "Voice",
        channel: "voice",
        goal: {
          serviceLevel: 0.8,
          answerWithinSeconds: 20,
          serviceLevelRule: "offered",
          maxAsaSeconds: null,
          maxAbandonment: 0.05,
          maxOccupancy: 0.88,
        },
        patienceSeconds: 180,
        defaultAhtSeconds: 240,
        concurrency: null,
        openingHours: null,
        minimumAgents: 2,
        money: { revenuePerContact: 7.5, costPerContact: 0.12 },
      },
      {
        id: "Chat",
        name: "Chat",
        channel: "chat",
        goal: {
          serviceLevel: 0.8,
          answerWithinSeconds: 60,
          serviceLevelRule: "offered",
          maxAsaSeconds: null,
          maxAbandonment: 0.08,
          maxOccupancy: 0.9,
        },
        patienceSeconds: 300,
        defaultAhtSeconds: 480,
        concurrency: { maxContacts: 2, slowdown: [1, 1.25] },
        openingHours: null,
        minimumAgents: 1,
        money: { revenuePerContact: 5, costPerContact: 0.05 },
      },
    ],
    groups: [
      { id: "voice", name: "Voice", queueIds: ["Voice"] },
      { id: "chat", name: "Chat", queueIds: ["Chat"] },
      { id: "both", name: "Voice and chat", queueIds: ["Voice", "Chat"] },
    ],
    shrinkage: [
      shrinkage("sickness", "Sickness", 0.05, false),
      shrinkage("coaching", "Coaching and training", 0.04, true),
      shrinkage("meetings", "Team meetings", 0.02, true),
      shrinkage("system", "System trouble and log-in", 0.015, false),
    ],
    forecast: { model: "auto", holidays: "DE-BY", specialDays: [], overrides: [] },
    requirement: { method: "stationary", wholeAgents: false, spread: "ignored", missRisk: 0.2 },
    templates: sampleTemplates,
    scheduling: {
      solver: "auto",
      seconds: 20,
      gap: 0.01,
      costPerHourShort: 60,
      costPerHourOver: 12,
      premiums: [
        premium("evening", "Evening", 0.1, weekdays, 1080, 1440),
        premium("sunday", "Sunday", 0.5, [7], 0, 1440),
      ],
      activities: [
        {
          id: "product",
          name: "Product training",
          kind: "training",
          lengthMinutes: 60,
          sessions: 4,
          peopleTogether: 5,
          groupIds: [],
          weekdays: [2, 3, 4],
          fromMinute: 780,
          toMinute: 1020,
        },
      ],
    },
    contracts: [...sampleContracts],
    agents: sampleAgents(sampleSeed, planFirstDate, planDayCount),
    rostering: {
      changePrice: 2,
      fairness: { nights: 0, weekends: 0.5, lates: 0, undesired: 0, undesiredTemplateIds: [] },
    },
    ledger: sampleLedger(sampleSeed),
    simulation: {
      replications: 40,
      atShiftEnd: "finishContact",
      uncertainDemand: true,
      handleTimeCv: null,
      halfWidth: null,
      lateness: { share: 0.03, meanMinutes: 6 },
      events: [
        {
          kind: "fireDrill",
          groupIds: null,
          date: addDays(planFirstDate, 16),
          fromMinute: 840,
          toMinute: 860,
        },
      ],
    },
    scenarios: [
      {
        id: "busier",
        name: "20 % more contacts",
        changes: [{ kind: "volume", queueId: null, factor: 1.2, window: null }],
      },
      {
        id: "longer",
        name: "Calls 10 % longer",
        changes: [{ kind: "aht", queueId: "Voice", factor: 1.1, window: null }],
      },
      {
        id: "callback",
        name: "Callback offered",
        changes: [
          {
            kind: "callback",
            queueId: "Voice",
            afterSeconds: 60,
            acceptShare: 0.4,
            when: "quietTime",
            promiseMinutes: 120,
          },
        ],
      },
    ],
    lostContactValue: 6,
    seed: 1,
  };
}

function premium(
  id: string,
  name: string,
  share: number,
  onWeekdays: number[],
  fromMinute: number,
  toMinute: number,
) {
  return { kind: "clock", id, name, share, weekdays: onWeekdays, fromMinute, toMinute } as const;
}

function shrinkage(id: string, name: string, share: number, planned: boolean) {
  return { id, name, share, planned, weekdays: null, fromMinute: null, toMinute: null };
}
