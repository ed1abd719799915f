import { sameGrid } from "../../domain/calendar/interval-grid.ts";
import type { Made, PlanDocument } from "../../domain/plan/plan.ts";
import type { QueueSimulation, ReplicationDays, SimulationResult } from "../../domain/results/simulation.ts";
import { type Figure, ratioDifference } from "../../scenarios/measuring/figures.ts";
import { spanSums } from "../../simulating/measure/day-figures.ts";
import { stageInputKey } from "../../stages/freshness.ts";
import { contactsKey } from "../../stages/simulation.ts";

/** A simulation kept aside, to compare the next one with. */
export interface ReferenceRun {
  readonly made: Made<SimulationResult>;
  /** Names the contacts it faced: equal keys, equal contacts in each replication. */
  readonly contactsKey: string;
  readonly shiftCount: number;
}

/** The document's simulation as a reference; null while it is not of the plan as it stands. */
export function referenceRun(document: PlanDocument): ReferenceRun | null {
  const { simulation } = document.results;
  if (simulation === null || !simulatedAsItStands(document)) return null;
  return { made: simulation, contactsKey: contactsKey(document), shiftCount: shiftCount(document) };
}

/** Whether the simulation ran the very plan, forecast and shifts that are there now. */
export function simulatedAsItStands(document: PlanDocument): boolean {
  const { simulation } = document.results;
  return simulation !== null && simulation.inputKey === stageInputKey("simulation", document);
}

/** Shifts that a simulation of the document runs: a roster's where there is one. */
export function shiftCount({ results }: PlanDocument): number {
  return results.roster?.value.assignments.length ?? results.schedule?.value.shifts.length ?? 0;
}

/** A simulation less its reference, replication by replication on the same contacts. null: nothing to measure. */
export interface QueueDifference {
  /** Replications that both have run. */
  readonly pairs: number;
  readonly serviceLevel: Figure | null;
  /** Of the share of replications that miss the goal over the days; null without a goal. */
  readonly missRisk: Figure | null;
  readonly asaSeconds: Figure | null;
  readonly abandonmentRate: Figure | null;
  readonly occupancy: Figure | null;
}

/** Over `dayCount` days from day `firstDay` of the plan's grid. null: the two have no day or too few replications in common. */
export function queueDifference(
  result: SimulationResult,
  reference: SimulationResult,
  queue: QueueSimulation,
  goal: number | null,
  firstDay: number,
  dayCount: number,
): QueueDifference | null {
  const other = reference.queues.find(({ queueId }) => queueId === queue.queueId);
  const pairs = Math.min(result.replications, reference.replications);
  if (other === undefined || pairs < 2 || !sameGrid(result.grid, reference.grid)) return null;
  if (result.firstInterval !== reference.firstInterval || result.endInterval !== reference.endInterval) {
    return null;
  }
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  const first = Math.max(0, firstDay - offset);
  const end = Math.min(queue.replicationDays.dayCount, firstDay - offset + dayCount);
  if (end <= first) return null;

  type Series = Exclude<keyof ReplicationDays, "dayCount" | "blocked" | "callbacksTaken" | "calledBack">;
  const sums = (of: QueueSimulation, series: Series) =>
    spanSums(of.replicationDays[series], of.replicationDays.dayCount, first, end - first).subarray(0, pairs);
  const difference = (above: Series, below: Series) =>
    ratioDifference(
      { above: sums(queue, above), below: sums(queue, below) },
      { above: sums(other, above), below: sums(other, below) },
    );
  const missed = (of: QueueSimulation, level: number) => {
    const base = sums(of, "serviceLevelBase");
    return {
      above: sums(of, "answeredInTime").map((inTime, k) => (inTime < level * base[k] ? 1 : 0)),
      below: base.map((contacts) => (contacts > 0 ? 1 : 0)),
    };
  };
  return {
    pairs,
    serviceLevel: difference("answeredInTime", "serviceLevelBase"),
    missRisk: goal === null ? null : ratioDifference(missed(queue, goal), missed(other, goal)),
    asaSeconds: difference("waitSeconds", "answered"),
    abandonmentRate: difference("abandoned", "offered"),
    occupancy: difference("handlingSeconds", "onQueueSeconds"),
  };
}
