import type { StageName } from "../domain/plan/plan.ts";
import { forecastStage } from "./forecast.ts";
import { requirementStage } from "./requirement.ts";
import { rosterStage } from "./roster.ts";
import { scheduleStage } from "./schedule.ts";
import { simulationStage } from "./simulation.ts";
import type { Stage } from "./stage.ts";

/** The stages that make results, in the order data walks. */
export const stageOrder = ["forecast", "requirement", "schedule", "roster", "simulation"] as const;

/** The five stages by name. */
export const stages = {
  forecast: forecastStage,
  requirement: requirementStage,
  schedule: scheduleStage,
  roster: rosterStage,
  simulation: simulationStage,
} as const;

/** A stage as something to ask for keys and what comes before it, whatever it reads and makes. */
export function stageNamed(name: StageName): Stage<StageName, object, unknown> {
  return stages[name] as unknown as Stage<StageName, object, unknown>;
}
