import type { Issue } from "../../domain/outcome.ts";
import type { Change, ChangeKind } from "../../domain/plan/scenario.ts";

const quantile: Issue = { code: "adopt.quantile", severity: "error" };
const swap: Issue = { code: "adopt.swap", severity: "error" };
const emergency: Issue = { code: "adopt.emergency", severity: "error" };
const absence: Issue = { code: "adopt.absence", severity: "error" };
const selfService: Issue = { code: "adopt.selfService", severity: "error" };
const fastLane: Issue = { code: "adopt.fastLane", severity: "error" };
const vendor: Issue = { code: "adopt.vendor", severity: "error" };
const rotation: Issue = { code: "adopt.rotation", severity: "error" };

/**
 * Why a kind of change cannot become an edit of the plan that measures the same; null: it can. Each reason names what a
 * person can enter instead.
 */
const refusals: { readonly [Kind in ChangeKind]: Issue | null } = {
  volume: null,
  aht: null,
  surge: null,
  swapDays: swap,
  demandQuantile: quantile,
  outage: emergency,
  absence,
  epidemic: absence,
  deflection: selfService,
  handleTimeSpread: null,
  afterContactWork: null,
  resolution: null,
  agents: null,
  crossTraining: null,
  shrinkage: null,
  wages: null,
  goal: null,
  patience: null,
  redials: null,
  fastLane,
  overflow: null,
  callback: null,
  routing: null,
  rotation: null,
  dropQueue: emergency,
  overtime: null,
  newTemplate: null,
  withoutTemplate: null,
  move: null,
  hire: null,
  shifts: null,
  campaign: null,
  outsourcing: vendor,
  vendorAgents: vendor,
  cost: null,
};

/** @param hasRoster a named person belongs to one group all the time, a shift without a name to any */
export function refusal(change: Change, hasRoster: boolean): Issue | null {
  return change.kind === "rotation" && hasRoster ? rotation : refusals[change.kind];
}
