import type { LocalDate } from "../../domain/calendar/clock.ts";
import { type PlanDocument, planSchemaVersion } from "../../domain/plan/plan.ts";
import { newPlanId } from "./plan-id.ts";

/**
 * A plan with one voice queue at 80/20 and nothing else: where a plan starts that does not start from another.
 * Four weeks from `firstDate`, half-hour intervals.
 */
export function blankDocument(name: string, timeZone: string, firstDate: LocalDate): PlanDocument {
  return {
    plan: {
      schemaVersion: planSchemaVersion,
      id: newPlanId(),
      name,
      timeZone,
      intervalMinutes: 30,
      currency: "EUR",
      firstDate,
      dayCount: 28,
      queues: [
        {
          id: "calls",
          name: "Calls",
          channel: "voice",
          goal: {
            serviceLevel: 0.8,
            answerWithinSeconds: 20,
            serviceLevelRule: "offered",
            maxAsaSeconds: null,
            maxAbandonment: null,
            maxOccupancy: null,
          },
          patienceSeconds: null,
          defaultAhtSeconds: 240,
          concurrency: null,
          openingHours: null,
          minimumAgents: 1,
        },
      ],
      groups: [{ id: "all", name: "Calls", queueIds: ["calls"] }],
      shrinkage: [],
      forecast: { model: "auto", holidays: null, specialDays: [], overrides: [] },
      requirement: { method: "stationary", wholeAgents: true, spread: "ignored", missRisk: 0.2 },
      templates: [],
      scheduling: { solver: "auto", seconds: 8, gap: 0.01, costPerHourShort: 60, costPerHourOver: 12 },
      contracts: [],
      agents: [],
      simulation: {
        replications: 100,
        atShiftEnd: "finishContact",
        uncertainDemand: false,
        handleTimeCv: null,
        halfWidth: null,
      },
      scenarios: [],
      seed: 1,
    },
    history: null,
    results: { forecast: null, requirement: null, schedule: null, roster: null, simulation: null },
  };
}
